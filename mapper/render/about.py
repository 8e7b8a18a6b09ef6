"""The map described in words: what it counts, how sure it is, and whose data it is drawn on. All of it escaped HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NotRequired, TypedDict

from mapper.model import EventMap
from mapper.render import noscript


class AccuracyRow(TypedDict):
    """One figure: what was measured ("place names resolved within 161 km"), the figure in words, on which test set."""

    what: str
    figure: str
    on: NotRequired[str]


class Accuracy(TypedDict):
    """What the method scored where it was measured, as read from JSON. All plain text."""

    rows: list[AccuracyRow]
    note: NotRequired[str]


CREDITS = ("Base map: Natural Earth", "Places: GeoNames (CC BY 4.0)")
"""Shown on every map: what it is drawn on."""

_SHOWN = frozenset({"reported", "planned"})
_LIMITS = (
    (
        "The events were found and placed by a program, which misses some and misreads others. Every mark opens to the "
        "sentence it rests on: read it before you rely on it."
    ),
    "The map shows what was reported, not what happened: where few reporters are, few marks are.",
    "“Certainty” is the program's own estimate that it read the report rightly, not that the report is true.",
    "Borders and names follow Natural Earth; dashed borders are disputed. They take no position.",
)


def attribution(event_map: EventMap) -> tuple[str, ...]:
    """The lines for the map's corner: the base map's, then what the event map asks for beyond them."""
    known = " ".join(CREDITS).casefold()
    more = [credit for credit in event_map.attribution if credit.split("(")[0].strip().casefold() not in known]
    return (*CREDITS, *dict.fromkeys(more))


def describe(event_map: EventMap, *, as_of: str | None, accuracy: Accuracy | None = None) -> str:
    """The page's "About this map": counts, how sure, what was measured, what is not promised, whose data."""
    shown = [event for event in event_map.events if event.status in _SHOWN]
    hidden = Counter(event.status for event in event_map.events if event.status not in _SHOWN)
    placed = [event for event in shown if event.location is not None]
    areas = sum(1 for event in placed if event.location and event.location.footprint != "point")
    inferred = sum(1 for event in placed if event.location and event.location.basis == "inferred")
    planned = sum(1 for event in shown if event.status == "planned")
    undated = sum(1 for event in shown if event.date is None)
    several = sum(1 for event in shown if event.independent_sources > 1)
    told = ", ".join(f"{hidden[status]} {status}" for status in sorted(hidden))
    rows = [
        ("Articles read", event_map.articles, ""),
        ("Events found", len(event_map.events), ""),
        ("Hidden at first", sum(hidden.values()), f"{told}: see “More filters”" if told else ""),
        ("Events shown", len(shown), f"{planned} of them planned (clock)" if planned else ""),
        ("At a point", len(placed) - areas, ""),
        ("In an area", areas, "only the area is known: drawn as that area, never as a pin"),
        ("Unplaced", len(shown) - len(placed), "no place is said: in the list, not on the map"),
        ("Place inferred", inferred, "not stated in the text (hollow signs)"),
        ("Date not known", undated, ""),
        ("Two or more independent sources", several, ""),
        ("Places only mentioned", len(event_map.mentioned), "outlined lightly, never counted"),
    ]
    parts = [f"<p>{noscript.text(f'As of {as_of}.')}</p>"] if as_of else []
    parts += [_heading("What this map counts"), _table(rows)]
    parts += [_heading("How often the method is right"), *_accuracy(accuracy)]
    parts += [_heading("What it does not promise"), _list(_LIMITS)]
    parts += [
        _heading("Data"),
        f"<p>{noscript.text(' · '.join(attribution(event_map)))}. Drawn with Leaflet and folium.</p>",
    ]
    return "".join(parts)


def _accuracy(accuracy: Accuracy | None) -> list[str]:
    if not accuracy or not accuracy.get("rows"):
        return ["<p>No figures were given with this map. Read each receipt before you rely on it.</p>"]
    rows = [(row["what"], row["figure"], row.get("on", "")) for row in accuracy["rows"]]
    note = accuracy.get("note", "")
    return [_table(rows), *([f"<p>{noscript.text(note)}</p>"] if note else [])]


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
