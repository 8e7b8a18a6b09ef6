"""Event maps to brief on, made up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import shapely

from mapper.model import (
    EventDate,
    EventMap,
    Location,
    MappedEvent,
    Mark,
    Report,
    Status,
    Why,
)


def location(name: str, lat: float, lon: float, **changes: object) -> Location:
    values: dict[str, object] = {
        "place_id": f"p:{name}", "name": name, "lat": lat, "lon": lon, "country_code": None, "footprint": "point",
        "basis": "stated", "precision": "settlement", "radius_km": None, "acled_geo_precision": 1,
        "ucdp_where_prec": 1,
    }  # fmt: skip
    return Location(**(values | changes))  # type: ignore[arg-type]  # a test's shorthand


def event(
    number: int,
    where: Location | None,
    *,
    kind: str = "ASSAULT",
    day: str | None = "2024-03-10",
    status: Status = "reported",
    evidence: str = "Gunmen attacked a post.",
    title: str | None = "A report",
    source: str | None = "Sample Wire",
) -> MappedEvent:
    trigger = evidence.find("attacked")
    report = Report(
        event_id=f"{number:016x}", article_id=f"a{number}", title=title, source=source,
        url=f"https://news.example/{number}", published="2024-03-11", published_basis="given", language="en",
        type=kind, evidence=evidence,
        marks=(Mark(start=trigger, end=trigger + 8, kind="trigger"),) if trigger >= 0 else (),
        date=None, location=where, alternatives=(), confidence=0.8, place_why="", why=Why(),
    )  # fmt: skip
    date = EventDate(start=day, end=day, precision="day", basis="explicit") if day else None
    return MappedEvent(
        id=f"{number:016x}", type=kind, mode=None, status=status, date=date, actors=(), location=where,
        confidence=0.8, reports=(report,), independent_sources=1,
    )  # fmt: skip


def event_map(events: Iterable[MappedEvent], footprints: Mapping[str, shapely.Geometry] | None = None) -> EventMap:
    return EventMap(
        events=tuple(events), mentioned=(), footprints=footprints or {}, articles=3,
        attribution=("Natural Earth (public domain)", "GeoNames (CC BY 4.0)"),
    )  # fmt: skip


DESERT = shapely.box(-2, 17, 3, 22)


def small() -> EventMap:
    """Six events: two towns, a ring, an area, one planned, one without a place; one more that is background."""
    area = location("Desert", 19.5, 0.5, footprint="area", precision="admin1")
    return event_map(
        [
            event(1, location("Gao", 16.27, -0.04)),
            event(2, location("Kidal", 18.44, 1.41), kind="PROTEST", day="2024-03-12", status="planned"),
            event(3, location("Timbuktu", 16.77, -3.01, precision="near", radius_km=40.0), kind="AID", day=None),
            event(4, area, kind="MOBILIZE", day="2024-03-09", evidence="Two battalions moved into the desert."),
            event(5, None, kind="CONSULT", evidence="Ministers met."),
            event(6, location("Gao", 16.27, -0.04, basis="inferred", place_id="p:other"), kind="AGREE"),
            event(7, location("Gao", 16.27, -0.04), status="background"),
        ],
        {"p:Desert": DESERT},
    )
