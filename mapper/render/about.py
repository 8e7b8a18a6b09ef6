"""The map described in words: what it counts, how sure it is, and whose data it is drawn on. All of it escaped HTML."""

from __future__ import annotations

from mapper.model import EventMap
from mapper.render import noscript

CREDITS = ("Base map: Natural Earth", "Places: GeoNames (CC BY 4.0)")
"""Shown on every map: what it is drawn on."""


def attribution(event_map: EventMap) -> tuple[str, ...]:
    """The lines for the map's corner: the base map's, then what the event map asks for beyond them."""
    known = " ".join(CREDITS).casefold()
    more = [credit for credit in event_map.attribution if credit.split("(")[0].strip().casefold() not in known]
    return (*CREDITS, *dict.fromkeys(more))


def describe(event_map: EventMap, *, as_of: str | None) -> str:
    """A list for the page's "About this map"."""
    default = [event for event in event_map.events if event.status in ("reported", "planned")]
    placed = [event for event in default if event.location is not None]
    areas = sum(1 for event in placed if event.location and event.location.footprint != "point")
    inferred = sum(1 for event in placed if event.location and event.location.basis == "inferred")
    several = sum(1 for event in default if event.independent_sources > 1)
    rows = [f"As of {as_of}."] if as_of else []
    rows += [
        (
            f"{_count(event_map.articles, 'article')} read, {_count(len(event_map.events), 'event')} found; "
            f"{len(default)} reported or planned are shown, the rest (background, denied, hypothetical) "
            "are one click away under “More filters”."
        ),
        (
            f"{len(placed)} have a place: {len(placed) - areas} at a point, {areas} known only by an area and drawn "
            f"as that area, never as a pin. {len(default) - len(placed)} have none and are listed as unplaced."
        ),
        (
            f"Of the places, {inferred} are inferred rather than stated (hollow signs). "
            f"Of the events, {several} are told by more than one independent source."
        ),
        f"{_count(len(event_map.mentioned), 'place')} only mentioned: outlined lightly, not counted.",
        (
            "The events were found and placed by a program. Every mark opens to the sentence it rests on: "
            "read it before you rely on it."
        ),
        "Borders and names follow Natural Earth; dashed borders are disputed. They take no position.",
        " · ".join(attribution(event_map)) + ". Drawn with Leaflet and folium.",
    ]
    return "<ul>" + "".join(f"<li>{noscript.text(row)}</li>" for row in rows) + "</ul>"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
