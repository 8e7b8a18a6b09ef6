"""The map described in words: what it counts, how sure it is, and whose data it is drawn on. All of it escaped HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NotRequired, TypedDict

from mapper.model import EventMap
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


def describe(
    event_map: EventMap,
    words: Words,
    *,
    as_of: str | None,
    accuracy: Accuracy | None = None,
    tiles: Tiles | None = None,
) -> str:
    """The page's "About this map": counts, how sure, what was measured, what is not promised, whose data."""
    say = words.say
    shown = [event for event in event_map.events if event.status in _SHOWN]
    hidden = Counter(event.status for event in event_map.events if event.status not in _SHOWN)
    placed = [event for event in shown if event.location is not None]
    areas = sum(1 for event in placed if event.location and event.location.footprint != "point")
    inferred = sum(1 for event in placed if event.location and event.location.basis == "inferred")
    planned = sum(1 for event in shown if event.status == "planned")
    undated = sum(1 for event in shown if event.date is None)
    several = sum(1 for event in shown if event.independent_sources > 1)
    noted = sum(1 for event in shown if event.note)
    told = ", ".join(say(f"hidden.{status}", n=hidden[status]) for status in sorted(hidden))
    rows = [
        (say("articles"), event_map.articles, ""),
        (say("found"), len(event_map.events), ""),
        (say("hidden"), sum(hidden.values()), say("hidden.how", told=told) if told else ""),
        (say("shown"), len(shown), say("planned", n=planned) if planned else ""),
        (say("points"), len(placed) - areas, ""),
        (say("areas"), areas, say("areas.how")),
        (say("unplaced"), len(shown) - len(placed), say("unplaced.how")),
        (say("inferred"), inferred, say("inferred.how")),
        (say("undated"), undated, ""),
        (say("several"), several, ""),
        (say("mentioned"), len(event_map.mentioned), say("mentioned.how")),
        *([(say("corrected"), noted, "")] if noted else []),
    ]
    parts = [f"<p>{noscript.text(say('asof', day=as_of))}</p>"] if as_of else []
    parts += [_heading(say("counts")), _table(rows)]
    parts += [_heading(say("right")), *_accuracy(accuracy, words)]
    parts += [_heading(say("limits")), _list(say(key) for key in _LIMITS)]
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
