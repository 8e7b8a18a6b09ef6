"""From an event map to the page's data blocks: columns to filter and draw by, and texts to read when asked for."""

from __future__ import annotations

import datetime
import gc
import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from mapper import model
from mapper.model import EventMap, Location, MappedEvent, PlaceMention
from mapper.render import areas
from mapper.render.columns import Ints, Table, block, sound
from mapper.render.tellings import Names, Rows, Tellings, codes, exact, marks_of

HEADLINES_ONLY_ABOVE = 250_000
"""Events. A larger map carries headlines, sources and links alone, and says so: with its sentences it would be too
large to send and slow to open."""

ACTORS_OFFERED = 3000
"""Names to filter by: the most used ones. All are searched and shown."""

NO_DAY = -(1 << 31)
STILL_ON = (1 << 31) - 1

_CONTINENTAL = 450.0
"""Square degrees. A wider area that is only mentioned does not widen the first view."""

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_EPOCH = datetime.date(1970, 1, 1).toordinal()
_STATUSES = codes(model.Status)
_PRECISIONS = codes(model.Precision)
_BASES = codes(model.LocationBasis)
_FOOTPRINTS = codes(model.FootprintKind)
_CHANGES = codes(model.Change)
_ENUMS = {
    "status": _STATUSES,
    "precision": _PRECISIONS,
    "basis": _BASES,
    "footprint": _FOOTPRINTS,
    "date_precision": codes(model.DatePrecision),
    "date_basis": codes(model.DateBasis),
    "role": codes(model.ActorRole),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """What goes into the page: packed text, inert by its alphabet.

    ``points``: (longitude, latitude) around which things are drawn, areas by their corners; ``places``: of point marks.
    """

    data: str
    texts: str
    points: tuple[tuple[float, float], ...]
    places: tuple[tuple[float, float], ...]
    headlines_only: bool


def in_list_order(events: Iterable[MappedEvent]) -> list[MappedEvent]:
    """The events as the page lists them: newest first (the undated last), those of one article together, then by id."""
    numbers = _DayNumbers()
    return sorted(events, key=lambda event: (-_days(event, numbers)[0], _first_article(event), event.id))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of circular garbage: there is none here, and it would walk through every event held."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


@_uncollected()
def build(
    event_map: EventMap,
    *,
    title: str,
    subtitle: str | None,
    as_of: str | None,
    credits_: Sequence[str],
    also: Callable[[MappedEvent], None] | None = None,
) -> Blocks:
    """Pack the map. The texts of articles pass through here and nowhere else on their way into the page.

    The events are gone through once and none is kept, so that they may be read from elsewhere one by one; ``also`` is
    called with each.
    """
    headlines_only = len(event_map.events) > HEADLINES_ONLY_ABOVE
    encoder = _Encoder(event_map, headlines_only=headlines_only)
    for event in event_map.events:
        encoder.add(event)
        if also is not None:
            also(event)
    encoder.mentions()
    order = encoder.order()
    table = encoder.table(order)
    meta = encoder.meta() | {
        "title": sound(title),
        "subtitle": sound(subtitle or ""),
        "as_of": as_of,
        "articles": event_map.articles,
        "credits": " · ".join(credits_),
        "credits_text": " · ".join(credits_),
        "headlines_only": headlines_only,
    }
    return Blocks(
        data=block(meta, table, {}),
        texts=encoder.texts(order),
        points=tuple(encoder.points),
        places=tuple(encoder.seen),
        headlines_only=headlines_only,
    )


class _Encoder:
    def __init__(self, event_map: EventMap, *, headlines_only: bool) -> None:
        self.map = event_map
        self.tellings = Tellings(headlines_only=headlines_only)
        self.types = Names()
        self.places = Names()
        self.countries = Names()
        self.areas: list[dict[str, Any]] = []
        self.points: list[tuple[float, float]] = []
        self.seen: list[tuple[float, float]] = []
        self.bounds: list[tuple[float, float, float, float]] = []
        self._rows = Rows("spot", "country", "basis", "type", "status", "change", "start", "end", "first_article")
        self._confidences = array("d")
        self._day_numbers = _DayNumbers()
        self._first_articles: dict[str, int] = {}
        self._actors: list[str] = []
        self._spot_ids: list[str] = []
        self._area_of: dict[str, int] = {}
        self._latest: tuple[Location | None, int] = (None, 0)
        self._spot_of: dict[tuple[Any, ...], int] = {}
        self._spots: list[tuple[int, ...]] = []
        self._mentioned: list[dict[str, Any]] = []
        self._mentions: list[list[list[Any]]] = []
        self._aside: list[tuple[float, float, float, float]] = []

    # ---- events

    def add(self, event: MappedEvent) -> None:
        """Take in one event."""
        location = event.location
        if location is None:
            spot = country = basis = 0
        else:
            spot = self._spot(location) + 1
            country = self.countries[location.country_code] + 1 if location.country_code else 0
            basis = _BASES[location.basis]
        start, end = _days(event, self._day_numbers)
        firsts = self._first_articles
        first = firsts.setdefault(_first_article(event), len(firsts))
        self._confidences.append(event.confidence)
        rows = self._rows
        rows.packed += rows.pack(
            spot, country, basis, self.types[event.type], _STATUSES[event.status],
            _CHANGES[event.change] + 1 if event.change else 0,
            start, end, first,
        )  # fmt: skip
        self.tellings.add(event)

    def order(self) -> Ints:
        """Positions of the events in the order of the list, as :func:`in_list_order` has it."""
        columns = self._rows.columns()
        names = list(self._first_articles)
        ranks = np.empty(len(names), dtype=np.int64)
        ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
        return np.lexsort([self.tellings.id_ranks(), ranks[columns["first_article"]], -columns["start"]])

    def table(self, order: Ints) -> Table:
        """What is drawn and filtered by."""
        table = Table()
        columns = self._rows.columns(order)
        columns["confidence"] = np.rint(np.clip(np.asarray(self._confidences)[order], 0, 1) * 100).astype(np.int64)
        compared = ("change",) if self.map.since is not None else ()
        for name in ("type", "status", "basis", "confidence", "spot", "country", *compared):
            table.add("event", name, columns[name])
        table.add("event", "start", columns["start"], coding="delta")
        lasting = columns["end"] - columns["start"]
        table.add("event", "lasting", np.where(columns["end"] == STILL_ON, -1, lasting), "i4")
        counts, names, self._actors = self.tellings.actors_by_use(order)
        table.add("event", "actors_n", counts)
        table.add("link", "actors", names)
        counts, sources = self.tellings.sources_of(order)
        table.add("event", "sources_n", counts)
        table.add("link", "sources", sources)
        rows = list(zip(*self._spots, strict=True)) if self._spots else [()] * 7
        for name, values, kind in zip(
            ("place", "lat", "lon", "radius", "precision", "footprint", "area"),
            rows,
            (None, "i4", "i4", None, None, None, None),
            strict=True,
        ):
            table.add("spot", name, values, kind)  # type: ignore[arg-type]
        return table

    def _spot(self, location: Location) -> int:
        """Where events share a mark: the same place at the same precision."""
        if location is self._latest[0]:
            return self._latest[1]
        key = (
            location.place_id, location.lat, location.lon, location.precision, location.radius_km, location.footprint,
        )  # fmt: skip
        found = self._spot_of.get(key)
        if found is None:
            found = self._spot_of[key] = len(self._spots)
            self._spot_ids.append(exact(location.place_id))
            area = 0
            if location.footprint != "point":
                area = self._area(location.place_id, lat=location.lat, lon=location.lon) + 1
            if area:
                self._see_area(self.areas[area - 1])
            else:
                self._see(location.lon, location.lat)
            self._spots.append((
                self.places[location.name], round(location.lat * 1e5), round(location.lon * 1e5),
                round((location.radius_km or 0) * 10), _PRECISIONS[location.precision],
                _FOOTPRINTS[location.footprint], area,
            ))  # fmt: skip
        self._latest = location, found
        return found

    def _see(self, lon: float, lat: float) -> None:
        self.points.append((lon, lat))
        self.seen.append((lon, lat))
        self.bounds.append((lon, lat, lon, lat))

    def _area(self, place_id: str, *, lat: float, lon: float) -> int:
        """Index of the footprint, or -1 where the pipeline handed none."""
        found = self._area_of.get(place_id)
        if found is None:
            footprint = self.map.footprints.get(place_id)
            found = -1
            if footprint is not None:
                area = areas.encode(footprint, lat=lat, lon=lon)
                if area["rings"]:
                    found = len(self.areas)
                    self.areas.append(area)
            self._area_of[place_id] = found
        return found

    def _see_area(self, area: dict[str, Any]) -> None:
        box = _box(area)
        self.points += [(box[0], box[1]), (box[2], box[3])]
        self.bounds.append(box)

    # ---- places only mentioned

    def mentions(self) -> None:
        """The quiet layer: names and outlines among the columns' names, sentences in the text block."""
        texts = []
        for mentioned in self.map.mentioned:
            place = mentioned.place
            area = self._area(place.id, lat=place.lat, lon=place.lon) if place.footprint != "point" else -1
            if area < 0:
                self._aside.append((place.lon, place.lat, place.lon, place.lat))
            elif self.areas[area]["size"] <= _CONTINENTAL:
                self._aside.append(_box(self.areas[area]))
            self._mentioned.append(
                {
                    "id": sound(place.id),
                    "name": sound(place.name),
                    "country": place.country_code,
                    "lat": round(place.lat, 5),
                    "lon": round(place.lon, 5),
                    "footprint": place.footprint,
                    "area": area,
                    "labelled": place.feature_code.startswith("PCL"),
                    "count": len(mentioned.mentions),
                }
            )
            texts.append([_mention(mention) for mention in mentioned.mentions])
        self._mentions = texts

    # ---- results

    def meta(self) -> dict[str, Any]:
        """Everything that is not a column: names, dictionaries, areas, and what is first in view."""
        view = self._view()
        if view is not None:
            self.points += [(view[0][1], view[0][0]), (view[1][1], view[1][0])]
        statuses = np.bincount(self._rows.columns()["status"], minlength=len(_STATUSES))
        return {
            "version": 2,
            "n": len(self.map.events),
            "enums": {name: list(values) for name, values in _ENUMS.items()},
            "types": list(map(sound, self.types.lines)),
            "places": list(map(sound, self.places.lines)),
            "countries": list(map(sound, self.countries.lines)),
            "sources": list(map(sound, self.tellings.sources.lines)),
            "actors": list(map(sound, self._actors[:ACTORS_OFFERED])),
            "areas": self.areas,
            "mentioned": self._mentioned,
            "status_counts": statuses.tolist(),
            "bounds": view,
            **self._since(),
        }

    def _since(self) -> dict[str, Any]:
        """The earlier run's name, and its events that are gone."""
        if self.map.since is None:
            return {}
        gone = [
            {
                "type": one.type,
                "date": one.date,
                "place": one.place and sound(one.place),
                "sources": [sound(source) for source in one.sources],
            }
            for one in self.map.retracted
        ]
        return {"since": sound(self.map.since), "retracted": gone}

    def _view(self) -> list[list[float]] | None:
        """South-west and north-east corner of what is first shown, latitude first as Leaflet has it."""
        box = _around(self.bounds) or _around(self._aside)
        if box is None:
            return None
        west, south, east, north = box
        # What is mentioned close by is part of the picture; a far capital or a whole continent is not.
        dx, dy = max(3.0, (east - west) / 2), max(3.0, (north - south) / 2)
        reach = box[0] - dx, box[1] - dy, box[2] + dx, box[3] + dy
        for x0, y0, x1, y1 in self._aside:
            if x0 < reach[2] and y0 < reach[3] and x1 > reach[0] and y1 > reach[1]:
                west, south = min(west, max(x0, reach[0])), min(south, max(y0, reach[1]))
                east, north = max(east, min(x1, reach[2])), max(north, min(y1, reach[3]))
        return [[round(max(south, -78), 3), round(west, 3)], [round(min(north, 80), 3), round(east, 3)]]

    def texts(self, order: Ints) -> str:
        """The second block: what is read once the first picture stands."""
        table = Table()
        sections = self.tellings.write(order, table)
        sections["actors"] = self._actors[ACTORS_OFFERED:]
        sections["spots"] = self._spot_ids
        sections["mentions"] = [_json(mentions) for mentions in self._mentions]
        if self.map.texts:
            sections["wholes"] = [_json(pair) for pair in sorted(self.map.texts.items())]
        return block({}, table, sections)


def _box(area: dict[str, Any]) -> tuple[float, float, float, float]:
    xs, ys = [], []
    for ring in area["rings"]:
        x = y = 0
        for index in range(0, len(ring), 2):
            x += ring[index]
            y += ring[index + 1]
            xs.append(x / areas.UNIT)
            ys.append(y / areas.UNIT)
    return min(xs), min(ys), max(xs), max(ys)


def _around(boxes: Sequence[tuple[float, float, float, float]]) -> tuple[float, float, float, float] | None:
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _first_article(event: MappedEvent) -> str:
    return event.reports[0].article_id if event.reports else ""


def _days(event: MappedEvent, numbers: dict[str, int]) -> tuple[int, int]:
    date = event.date
    if date is None:
        return NO_DAY, NO_DAY
    start = numbers[date.start]
    if date.end is None:
        return start, STILL_ON
    return (start, start) if date.end == date.start else (start, max(start, numbers[date.end]))


class _DayNumbers(dict[str, int]):
    """Days since 1970-01-01 by how they are written."""

    def __missing__(self, text: str) -> int:
        day = self[text] = datetime.date.fromisoformat(text[:10]).toordinal() - _EPOCH
        return day


def _mention(mention: PlaceMention) -> list[Any]:
    return [
        mention.title, mention.source, mention.url, mention.published, mention.sentence,
        list(chain.from_iterable(marks_of(mention.sentence, mention.marks))), mention.kind,
    ]  # fmt: skip
