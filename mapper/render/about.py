"""The map described in words: what it counts, how sure it is, and whose data it is drawn on. All of it escaped HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NotRequired, TypedDict

from gazetteer.claims import Claim
from mapper.model import EventMap, MappedEvent
from mapper.render import noscript
from mapper.render.tiles import Tiles
from mapper.render.words import Words
from mapper.render.words import words as words_in


class AccuracyRow(TypedDict):
    """One figure: what was measured ("place names resolved within 161 km"), the figure in words, on which test set."""

    what: str
    figure: str
    on: NotRequired[str]


class Accuracy(TypedDict):
    """What the method scored where it was measured, as read from JSON. All plain text."""

    rows: list[AccuracyRow]
    note: NotRequired[str]


_SHOWN = frozenset({"reported", "planned"})
_LIMITS = ("limits.1", "limits.2", "limits.3", "limits.4")


def attribution(event_map: EventMap, words: Words | None = None) -> tuple[str, ...]:
    """The lines for the map's corner: the base map's, then what the event map asks for beyond them."""
    words = words or words_in("en")
    base = (words.say("credit.base"), words.say("credit.places"))
    known = " ".join(base).casefold()
    more = [credit for credit in event_map.attribution if credit.split("(")[0].strip().casefold() not in known]
    return (*base, *dict.fromkeys(more))


class Tally:
    """Counts of events, taken in one by one."""

    def __init__(self) -> None:
        self.events = self.shown = self.placed = self.areas = self.inferred = 0
        self.planned = self.undated = self.several = self.noted = 0
        self.hidden: Counter[str] = Counter()

    def add(self, event: MappedEvent) -> None:
        self.events += 1
        if event.status not in _SHOWN:
            self.hidden[event.status] += 1
            return
        self.shown += 1
        self.planned += event.status == "planned"
        self.undated += event.date is None
        self.several += event.independent_sources > 1
        self.noted += event.note is not None and event.note != ""
        if event.location is not None:
            self.placed += 1
            self.areas += event.location.footprint != "point"
            self.inferred += event.location.basis == "inferred"


def describe(
    event_map: EventMap,
    words: Words,
    *,
    as_of: str | None,
    accuracy: Accuracy | None = None,
    tiles: Tiles | None = None,
    claims: Iterable[Claim] = (),
    tally: Tally | None = None,
) -> str:
    """The page's "About this map": counts, how sure, what was measured, what is not promised, whose data; of each
    disputed area on the map (``claims``) how the map's worldview has it.

    ``tally``: the events counted, where that was done already.
    """
    if tally is None:
        tally = Tally()
        for event in event_map.events:
            tally.add(event)
    say = words.say
    told = ", ".join(say(f"hidden.{status}", n=tally.hidden[status]) for status in sorted(tally.hidden))
    rows = [
        (say("articles"), event_map.articles, ""),
        (say("found"), tally.events, ""),
        (say("hidden"), tally.hidden.total(), say("hidden.how", told=told) if told else ""),
        (say("shown"), tally.shown, say("planned", n=tally.planned) if tally.planned else ""),
        (say("points"), tally.placed - tally.areas, ""),
        (say("areas"), tally.areas, say("areas.how")),
        (say("unplaced"), tally.shown - tally.placed, say("unplaced.how")),
        (say("inferred"), tally.inferred, say("inferred.how")),
        (say("undated"), tally.undated, ""),
        (say("several"), tally.several, ""),
        (say("mentioned"), len(event_map.mentioned), say("mentioned.how")),
        *([(say("corrected"), tally.noted, "")] if tally.noted else []),
    ]
    parts = [f"<p>{noscript.text(say('asof', day=as_of))}</p>"] if as_of else []
    parts += [_heading(say("counts")), _table(rows)]
    parts += [_heading(say("right")), *_accuracy(accuracy, words)]
    parts += [_heading(say("limits")), _list(say(key) for key in _LIMITS)]
    if stated := [f"{claim.name}: {claim.status}" for claim in claims]:
        # What resolutions and the sources say is told in the language that it was written down in.
        lang = "" if words.language == "en" else ' lang="en" dir="ltr"'
        parts += [_heading(say("claims")), f"<div{lang}>{_list(stated)}</div>"]
    data = [f"{' · '.join(attribution(event_map, words))}. {say('drawn')}"]
    data += [say("tiles", host=tiles.host)] if tiles else []
    return "".join([*parts, _heading(say("data")), *(f"<p>{noscript.text(line)}</p>" for line in data)])


def _accuracy(accuracy: Accuracy | None, words: Words) -> list[str]:
    if not accuracy or not accuracy.get("rows"):
        return [f"<p>{noscript.text(words.say('right.none'))}</p>"]
    rows = [(row["what"], row["figure"], row.get("on", "")) for row in accuracy["rows"]]
    note = accuracy.get("note", "")
    # The figures come in the language that they were written in.
    told = f"{_table(rows)}{f'<p>{noscript.text(note)}</p>' if note else ''}"
    return [told if words.language == "en" else f'<div lang="en" dir="ltr">{told}</div>']


def _heading(words: str) -> str:
    return f"<h3>{noscript.text(words)}</h3>"


def _table(rows: Iterable[tuple[str, object, str]]) -> str:
    lines = (
        f'<tr><th scope="row">{noscript.text(name)}</th><td>{noscript.text(str(value))}</td>'
        f"<td>{noscript.text(remark)}</td></tr>"
        for name, value, remark in rows
    )
    return f'<table class="card">{"".join(lines)}</table>'


def _list(rows: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{noscript.text(row)}</li>" for row in rows) + "</ul>"
