"""A made-up event map over the Sahel: every kind of place, date and status, and text that tries to be code."""

# ruff: noqa: E501

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely

from gazetteer import basemap
from mapper.model import (
    Actor,
    Alternative,
    EventDate,
    EventMap,
    Location,
    MappedEvent,
    Mark,
    MentionedPlace,
    PlaceMention,
    PlaceRef,
    Report,
    Why,
)

HOSTILE = (
    "{{ 7*7 }} {% if x %} {# gone #} ${x} `tick` \\u{41} C:\\2019",
    "</script><script>window.canary=1</script><img src=x onerror=window.canary=1>",
    "<!--<script> ]]> &lt;b&gt; \u2028\u2029 \u202eright to left\u202c \x00 end",
)


@lru_cache(maxsize=1)
def countries() -> dict[str, shapely.MultiPolygon]:
    """Country outlines from the base map, by code."""
    data = basemap.load()
    arcs = [np.cumsum(np.array(arc).reshape(-1, 2), axis=0) / data["unit"] for arc in data["arcs"]]
    result = {}
    for country in data["countries"]:
        polygons = []
        for rings in country["polygons"]:
            lines = [np.concatenate([arcs[r] if r >= 0 else arcs[~r][::-1] for r in refs]) for _, refs in rings]
            if len(lines[0]) >= 4:
                polygons.append(
                    shapely.make_valid(shapely.Polygon(lines[0], [line for line in lines[1:] if len(line) >= 4]))
                )
        result[country["code"]] = shapely.union_all(polygons)
    return result


PLACES: dict[str, tuple[str, float, float, str | None, str]] = {
    "p:timbuktu": ("Timbuktu", 16.7735, -3.0074, "ML", "point"),
    "p:gao": ("Gao", 16.2717, -0.0447, "ML", "point"),
    "p:kidal": ("Kidal", 18.4411, 1.4078, "ML", "point"),
    "p:bamako": ("Bamako", 12.65, -8.0, "ML", "point"),
    "p:niamey": ("Niamey", 13.5137, 2.1098, "NE", "point"),
    "p:agadez": ("Agadez", 16.9733, 7.9911, "NE", "point"),
    "p:djibo": ("Djibo", 14.102, -1.6306, "BF", "point"),
    "p:ouaga": ("Ouagadougou", 12.3657, -1.5339, "BF", "point"),
    "p:ndjamena": ("N’Djamena", 12.1067, 15.0444, "TD", "point"),
    "p:tunis": ("Tunis", 36.819, 10.1658, "TN", "point"),
    "p:algiers": ("Algiers", 36.7525, 3.042, "DZ", "point"),
    "p:nouakchott": ("Nouakchott", 18.0858, -15.9785, "MR", "point"),
    "c:ML": ("Mali", 17.0, -4.0, "ML", "area"),
    "c:NE": ("Niger", 17.6, 8.0, "NE", "area"),
    "c:DZ": ("Algeria", 28.0, 3.0, "DZ", "area"),
    "c:LY": ("Libya", 27.0, 17.0, "LY", "area"),
    "c:TD": ("Chad", 15.4, 18.7, "TD", "area"),
    "c:MA": ("Morocco", 32.0, -6.0, "MA", "area"),
    "r:sahel": ("Sahel", 14.5, 4.0, None, "area"),
    "a:tillaberi": ("Tillabéri", 14.2, 1.4, "NE", "area"),
    "a:mopti": ("Mopti", 14.9, -3.6, "ML", "area"),
    "l:niger": ("Niger River", 16.6, -2.0, None, "line"),
}


@lru_cache(maxsize=1)
def footprints() -> dict[str, shapely.Geometry]:
    outlines = countries()
    shapes: dict[str, shapely.Geometry] = {f"c:{code}": outlines[code] for code in ("ML", "NE", "DZ", "LY", "TD", "MA")}
    sahel = shapely.union_all(
        [outlines[code] for code in ("SN", "MR", "ML", "BF", "NE", "NG", "TD", "SD", "ER", "ET", "GM")]
    )
    shapes["r:sahel"] = sahel.intersection(shapely.box(-18, 12, 40, 18))
    shapes["a:tillaberi"] = outlines["NE"].intersection(shapely.box(0, 12, 3.2, 15.6))
    shapes["a:mopti"] = outlines["ML"].intersection(shapely.box(-5.2, 13.4, -1.6, 16))
    shapes["l:niger"] = shapely.LineString(
        [(-8, 12.6), (-5.2, 13.9), (-4, 15.2), (-3, 16.6), (0, 16.3), (1.2, 14.6), (2.1, 13.5)]
    )
    return shapes


def location(
    place: str, *, precision: str | None = None, radius: float | None = None, basis: str = "stated"
) -> Location:
    name, lat, lon, code, footprint = PLACES[place]
    usual = {"p": "settlement", "c": "country", "r": "region", "a": "admin1", "l": "region"}[place[0]]
    return Location(
        place_id=place, name=name, lat=lat, lon=lon, country_code=code, footprint=footprint, basis=basis,
        precision=precision or usual, radius_km=radius, acled_geo_precision=1, ucdp_where_prec=1,
    )  # type: ignore[arg-type]  # fmt: skip


def report(
    number: int,
    kind: str,
    title: str | None,
    evidence: str,
    *,
    marked: dict[str, str] | None = None,
    source: str | None = "Sample Wire",
    url: str | None = None,
    language: str | None = "en",
    where: Location | None = None,
) -> Report:
    marks = tuple(
        Mark(start=evidence.index(words), end=evidence.index(words) + len(words), kind=mark)  # type: ignore[arg-type]
        for mark, words in (marked or {}).items()
        if words in evidence
    )
    return Report(
        event_id=f"{number:016x}", article_id=f"sample-{number}", title=title, source=source, url=url or f"https://news.example/{number}",
        published="2024-03-20", published_basis="given", language=language, type=kind, evidence=evidence, marks=tuple(sorted(marks)),
        date=None, location=where, confidence=0.8,
        alternatives=(Alternative(id="x:1", name="Elsewhere", lat=40.0, lon=-90.0, country_code="US", score=0.07), Alternative(id="x:2", name="Elsewhere", lat=51.0, lon=0.0, country_code="GB", score=0.03)),
        place_why="most populous place of that name in the country that the text is about",
        content_hash=f"{number:064x}", why=Why(type="the verb and what it is done to", place="in the same clause as the verb", date="the weekday before publication"),
    )  # fmt: skip


def event(
    number: int, kind: str, place: str | None, day: str | None, title: str | None, evidence: str, **more: object
) -> MappedEvent:
    """One event; ``more``: marked, status, end, precision, radius, basis, reports, actors, mode, note, source, url, language."""
    where = (
        location(
            place,
            precision=more.pop("precision", None),
            radius=more.pop("radius", None),
            basis=more.pop("basis", "stated"),
        )
        if place
        else None
    )  # type: ignore[arg-type]
    end = more.pop("end", day)
    date = None
    if day:
        date = EventDate(
            start=day, end=end, precision=more.pop("date_precision", "day"), basis="relative", text="on Tuesday"
        )  # type: ignore[arg-type]
    status, mode, note, extra = (
        more.pop("status", "reported"),
        more.pop("mode", None),
        more.pop("note", None),
        more.pop("reports", ()),
    )
    actors = tuple(
        Actor(start=0, end=1, text=text, role=role, country_code=code)
        for text, role, code in more.pop("actors", ())  # type: ignore[attr-defined]
    )
    confidence = more.pop("confidence", 0.8)
    first = report(number, kind, title, evidence, where=where, **more)  # type: ignore[arg-type]
    reports = (first, *extra)  # type: ignore[misc]
    return MappedEvent(
        id=f"{number:016x}", type=kind, mode=mode, status=status, date=date, actors=actors, location=where,  # type: ignore[arg-type]
        confidence=confidence, reports=reports, independent_sources=len(reports), note=note,  # type: ignore[arg-type]
    )  # fmt: skip


@lru_cache(maxsize=1)
def event_map() -> EventMap:
    """25 events, of which 2 are filtered out by default and 3 have no place; 3 places only mentioned."""
    second = report(
        900,
        "ASSAULT",
        "Army says convoy ambushed near Timbuktu",
        "A convoy was ambushed near Timbuktu early on Tuesday, the army said.",
        marked={"trigger": "ambushed", "place": "Timbuktu"},
        source="Second Agency",
    )
    events = (
        event(1, "ASSAULT", "p:timbuktu", "2024-03-19", "Gunmen attack convoy north of Timbuktu", "Gunmen attacked a supply convoy near Timbuktu on Tuesday, killing four soldiers.", marked={"actor": "Gunmen", "trigger": "attacked", "recipient": "a supply convoy", "place": "Timbuktu", "date": "on Tuesday"}, precision="near", radius=40.0, reports=(second,), actors=(("Gunmen", "actor", None), ("four soldiers", "recipient", "ML")), mode="ambush"),
        event(2, "PROTEST", "p:bamako", "2024-03-18", "Unions march in Bamako", "Thousands marched through Bamako over unpaid wages.", marked={"trigger": "marched", "place": "Bamako"}),
        event(3, "CONSULT", "p:bamako", "2024-03-15", "Foreign ministers meet in Bamako", "Foreign ministers met in Bamako.", marked={"trigger": "met", "place": "Bamako"}),
        event(4, "AID", "p:gao", "2024-03-12", "Grain reaches Gao", "The first grain lorries in a month reached Gao.", marked={"place": "Gao", "trigger": "reached"}),
        event(5, "ASSAULT", "p:gao", "2024-03-12", "Rocket fire at Gao airfield", "Rockets hit the airfield at Gao.", marked={"trigger": "hit", "place": "Gao"}, precision="exact"),
        event(6, "COERCE", "p:kidal", "2024-03-09", "Dozens detained in Kidal", "Soldiers detained dozens of men in Kidal.", marked={"trigger": "detained", "place": "Kidal"}),
        event(7, "RETREAT", "p:kidal", "2024-03-21", "Mission leaves Kidal camp", "The mission pulled out of its camp in Kidal.", marked={"trigger": "pulled out", "place": "Kidal"}, basis="inherited"),
        event(8, "LEADERSHIP_CHANGE", "p:niamey", "2024-03-05", "New prime minister sworn in", "A new prime minister was sworn in in Niamey.", marked={"trigger": "sworn in", "place": "Niamey"}),
        event(9, "MOBILIZE", "p:agadez", "2024-03-14", "Troops move to Agadez", "Two battalions moved to Agadez.", marked={"trigger": "moved", "place": "Agadez"}, basis="inferred"),
        event(10, "ASSAULT", "p:djibo", "2024-03-16", HOSTILE[0], "Hostile text is shown literally near Djibo: " + HOSTILE[1], marked={"place": "Djibo", "trigger": "shown"}, source=HOSTILE[2], url="javascript:window.canary=1", actors=((HOSTILE[1], "actor", None),), note=HOSTILE[0]),
        event(11, "ELECTION", "p:ouaga", "2024-07-07", "Vote set for July", "Elections will be held in Ouagadougou on 7 July.", marked={"trigger": "Elections", "place": "Ouagadougou"}, status="planned"),
        event(12, "DISASTER", "p:ndjamena", "2024-03-10", "Floods reach N’Djamena", "Floods destroyed 300 houses in N’Djamena.", marked={"trigger": "Floods", "place": "N’Djamena"}),
        event(13, "AGREE", "p:tunis", "2024-03-11", "تونس توقع اتفاقا مع الجزائر بشأن الحدود", "وقعت تونس والجزائر اتفاقا بشأن الحدود في تونس يوم الاثنين.", marked={"trigger": "وقعت", "date": "يوم الاثنين"}, language="ar", source="وكالة الأنباء"),
        event(14, "ACCUSE", "p:algiers", "2024-03-08", "Algiers rejects claims", "Algiers accused its neighbour of meddling.", marked={"trigger": "accused"}),
        event(15, "SANCTION", "p:nouakchott", "2024-03-07", "Ban on fish exports", "Nouakchott banned fish exports.", marked={"trigger": "banned"}),
        event(16, "ASSAULT", "c:ML", "2024-03-17", "Attacks rise in Mali", "Attacks have risen in Mali since January.", marked={"trigger": "Attacks", "place": "Mali"}, end=None, date_precision="range"),
        event(17, "THREATEN", "c:NE", "2024-03-13", "Junta warns of reprisals in Niger", "The junta warned of reprisals anywhere in Niger.", marked={"trigger": "warned", "place": "Niger"}),
        event(18, "PROTEST", "c:NE", "2024-03-13", "Protests across Niger", "Protests were reported across Niger.", marked={"trigger": "Protests", "place": "Niger"}),
        event(19, "AID", "r:sahel", "2024-03-06", "Appeal for the Sahel", "Agencies began handing out seed across the Sahel.", marked={"trigger": "handing out", "place": "Sahel"}),
        event(20, "ASSAULT", "r:sahel", "2024-03-04", "Violence in the Sahel", "Armed groups struck villages across the Sahel.", marked={"trigger": "struck", "place": "Sahel"}),
        event(21, "ASSAULT", "a:tillaberi", "2024-03-16", "Raid in Tillabéri", "Raiders killed herders in Tillabéri.", marked={"trigger": "killed", "place": "Tillabéri"}),
        event(22, "COOPERATE", None, "2024-03-15", "Neighbours agree on patrols 🚓", "The neighbours 🚓 will share patrols, both said on Friday.", marked={"trigger": "share patrols", "date": "on Friday"}),
        event(23, "REQUEST", None, None, "Call for a truce", "Mediators called for a truce.", marked={"trigger": "called"}),
        event(24, "OTHER", "c:DZ", "1962-07-05", "Looking back at 1962", "Algeria became independent on 5 July 1962.", marked={"trigger": "became independent", "place": "Algeria"}, status="background"),
        event(25, "REJECT", None, "2024-03-02", None, "No troops crossed the border, the ministry said.", marked={"trigger": "crossed"}, status="denied"),
    )  # fmt: skip
    mentioned = tuple(
        MentionedPlace(
            place=PlaceRef(id=key, name=PLACES[key][0], lat=PLACES[key][1], lon=PLACES[key][2], country_code=PLACES[key][3], feature_class="P", feature_code="PPL", footprint=PLACES[key][4]),  # type: ignore[arg-type]
            mentions=(PlaceMention(article_id="sample-1", title=HOSTILE[1] if key == "c:LY" else "Background", source="Sample Wire", url="https://news.example/1", published="2024-03-20", sentence=f"Officials in {PLACES[key][0]} did not comment.", marks=(Mark(start=13, end=13 + len(PLACES[key][0]), kind="place"),), kind="literal"),),
        )
        for key in ("c:LY", "c:MA", "p:ouaga")
    )  # fmt: skip
    shapes = footprints()
    return EventMap(
        events=events,
        mentioned=mentioned,
        footprints=shapes,
        articles=21,
        attribution=("Natural Earth (public domain)", "GeoNames (CC BY 4.0)"),
    )
