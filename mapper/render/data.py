"""From an event map to the page's data blocks: columns to filter and draw by, and texts to read when asked for."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from mapper import model
from mapper.model import EventMap, Location, MappedEvent, Mark, PlaceMention, Report
from mapper.render import areas
from mapper.render.columns import Table, index_kind, line, packed, sound, utf16_offsets

SECTIONS = ("title", "evidence", "rest")
"""The parts of the text block, one line an event in each; tellings of an event are parted by U+001F."""

NO_DAY = -(1 << 31)
STILL_ON = (1 << 31) - 1

_HASH_DIGITS = 16
"""Of an article's digest: corrections ask for twelve or more, and digits do not compress."""

_CONTINENTAL = 450.0
"""Square degrees. A wider area that is only mentioned does not widen the first view."""

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_EPOCH = datetime.date(1970, 1, 1).toordinal()
_MARKS = get_args(model.MarkKind)
_CHANGES = get_args(model.Change)
_ENUMS: dict[str, tuple[str, ...]] = {
    "status": get_args(model.Status),
    "precision": get_args(model.Precision),
    "basis": get_args(model.LocationBasis),
    "footprint": get_args(model.FootprintKind),
    "date_precision": get_args(model.DatePrecision),
    "date_basis": get_args(model.DateBasis),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """What goes into the page: base64 text, inert by its alphabet.

    ``points``: (longitude, latitude) around which things are drawn, areas by their corners; ``places``: of point marks.
    """

    data: str
    texts: str
    points: tuple[tuple[float, float], ...]
    places: tuple[tuple[float, float], ...]


class _Names:
    """A dictionary column: each distinct value once, in order of first use."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self._index: dict[str, int] = {}

    def __call__(self, value: str) -> int:
        index = self._index.get(value)
        if index is None:
            index = self._index[value] = len(self.values)
            self.values.append(sound(value))
        return index


def in_list_order(events: Iterable[MappedEvent]) -> list[MappedEvent]:
    """Newest first, the undated last."""
    return sorted(
        sorted(events, key=lambda event: event.id),
        key=lambda event: event.date.start if event.date else "",
        reverse=True,
    )


def build(
    event_map: EventMap, *, title: str, subtitle: str | None, as_of: str | None, credits_: Sequence[str]
) -> Blocks:
    """Pack the map. The texts of articles pass through here and nowhere else on their way into the page."""
    encoder = _Encoder(event_map)
    encoder.events(in_list_order(event_map.events))
    encoder.mentions()
    encoder.changes()
    meta = encoder.meta()
    meta |= {
        "title": sound(title),
        "subtitle": sound(subtitle or ""),
        "as_of": as_of,
        "articles": event_map.articles,
        "credits": " · ".join(credits_),
        "credits_text": " · ".join(credits_),
    }
    head = json.dumps(meta, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    data = len(head).to_bytes(4, "little") + head + encoder.table.to_bytes()
    return Blocks(
        data=packed(data), texts=packed(encoder.texts()), points=tuple(encoder.points), places=tuple(encoder.seen)
    )


class _Encoder:
    def __init__(self, event_map: EventMap) -> None:
        self.map = event_map
        self.table = Table()
        self.types = _Names()
        self.places = _Names()
        self.countries = _Names()
        self.sources = _Names()
        self.actors = _Names()
        self.hashes = _Names()
        self._spot_ids: list[str] = []
        self.areas: list[dict[str, Any]] = []
        self.points: list[tuple[float, float]] = []
        self.seen: list[tuple[float, float]] = []
        self.bounds: list[tuple[float, float, float, float]] = []
        self._area_of: dict[str, int] = {}
        self._spot_of: dict[tuple[Any, ...], int] = {}
        self._spots: list[tuple[int, ...]] = []
        self._lines: dict[str, list[str]] = {section: [] for section in SECTIONS}
        self._status_counts = [0] * len(_ENUMS["status"])
        self._mentioned: list[dict[str, Any]] = []
        self._mentions: list[list[list[Any]]] = []
        self._aside: list[tuple[float, float, float, float]] = []
        self._changes: list[int] = []

    # ---- events

    def events(self, events: Sequence[MappedEvent]) -> None:
        """Columns and texts of all events, in the order given."""
        columns: dict[str, list[int]] = {
            name: []
            for name in (
                "spot", "type", "status", "basis", "confidence", "start", "end", "date_precision", "date_basis",
                "independent", "country", "actors_n", "sources_n",
            )
        }  # fmt: skip
        flat: dict[str, list[int]] = {"actors": [], "sources": []}
        for event in events:
            status = _code("status", event.status)
            self._status_counts[status] += 1
            location = event.location
            columns["spot"].append(self._spot(location) + 1 if location else 0)
            columns["country"].append(
                self.countries(location.country_code) + 1 if location and location.country_code else 0
            )
            columns["basis"].append(_code("basis", location.basis) if location else 0)
            columns["type"].append(self.types(event.type))
            columns["status"].append(status)
            columns["confidence"].append(max(0, min(100, round(event.confidence * 100))))
            start, end = _days(event)
            columns["start"].append(start)
            columns["end"].append(end)
            columns["date_precision"].append(_code("date_precision", event.date.precision) if event.date else 0)
            columns["date_basis"].append(_code("date_basis", event.date.basis) if event.date else 0)
            columns["independent"].append(min(65535, event.independent_sources))
            for name, indices in (
                ("actors", [self.actors(actor.text) for actor in event.actors]),
                ("sources", [self.sources(report.source) for report in event.reports if report.source]),
            ):
                distinct = list(dict.fromkeys(indices))[:255]
                flat[name] += distinct
                columns[name + "_n"].append(len(distinct))
            self._changes.append(0 if event.change is None else 1 + _CHANGES.index(event.change))
            self._text(event)
        spots = len(self._spots)
        for name in ("type", "status", "basis", "confidence", "date_precision", "date_basis", "actors_n", "sources_n"):
            self.table.add("event", name, columns[name], "u1")
        self.table.add("event", "spot", columns["spot"], index_kind(spots + 1))
        self.table.add("event", "country", columns["country"], "u2")
        self.table.add("event", "independent", columns["independent"], "u2")
        self.table.add("event", "start", columns["start"], "i4")
        self.table.add("event", "end", columns["end"], "i4")
        self.table.add("link", "actors", flat["actors"], index_kind(len(self.actors.values)))
        self.table.add("link", "sources", flat["sources"], index_kind(len(self.sources.values)))
        rows = list(zip(*self._spots, strict=True)) if self._spots else [()] * 7
        for name, values, kind in zip(
            ("place", "lat", "lon", "radius", "precision", "footprint", "area"),
            rows,
            ("u4", "i4", "i4", "u4", "u1", "u1", "u4"),
            strict=True,
        ):
            self.table.add("spot", name, values, kind)  # type: ignore[arg-type]

    def _spot(self, location: Location) -> int:
        """Where events share a mark: the same place at the same precision."""
        radius = round((location.radius_km or 0) * 10)
        key = (location.place_id, location.lat, location.lon, location.precision, radius, location.footprint)
        found = self._spot_of.get(key)
        if found is None:
            found = self._spot_of[key] = len(self._spots)
            self._spot_ids.append(location.place_id)
            area = 0
            if location.footprint != "point":
                area = self._area(location.place_id, lat=location.lat, lon=location.lon) + 1
            if area:
                self._see_area(self.areas[area - 1])
            else:
                self._see(location.lon, location.lat)
            self._spots.append((
                self.places(location.name), round(location.lat * 1e5), round(location.lon * 1e5), radius,
                _code("precision", location.precision), _code("footprint", location.footprint), area,
            ))  # fmt: skip
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

    def _text(self, event: MappedEvent) -> None:
        reports = event.reports
        self._lines["title"].append("\x1f".join(line(report.title or "") for report in reports))
        self._lines["evidence"].append("\x1f".join(line(report.evidence) for report in reports))
        rest = [
            event.id,
            event.mode,
            event.note,
            [[self.actors(actor.text), actor.role, actor.country_code] for actor in event.actors],
            event.date.text if event.date else None,
            [self._report(report) for report in reports],
            *([event.changed_fields] if event.changed_fields else []),
        ]
        self._lines["rest"].append(_json(rest))

    def _report(self, report: Report) -> list[Any]:
        # A correction quotes the trigger as it stands in the article, line ends and all.
        raw = next((mark.of(report.evidence) for mark in report.marks if mark.kind == "trigger"), "")
        return [
            report.article_id,
            self.sources(report.source) if report.source else -1,
            report.url,
            report.published,
            report.published_basis,
            report.language,
            _marks(report.evidence, report.marks),
            [[other.name, other.country_code, round(other.score, 3), other.id] for other in report.alternatives],
            report.place_why,
            [report.why.type, report.why.place, report.why.date],
            self.hashes(report.content_hash[:_HASH_DIGITS]) if report.content_hash else -1,
            *([raw] if line(raw) != raw else []),
        ]

    # ---- what changed since an earlier run

    def changes(self) -> None:
        """A column of what became of each event, where the map is compared with an earlier run."""
        if self.map.since is not None:
            self.table.add("event", "change", self._changes, "u1")

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
        return {
            "version": 1,
            "n": len(self.map.events),
            "columns": self.table.description,
            "enums": {name: list(values) for name, values in _ENUMS.items()},
            "sections": list(SECTIONS),
            "types": self.types.values,
            "places": self.places.values,
            "countries": self.countries.values,
            "sources": self.sources.values,
            "actors": self.actors.values,
            "areas": self.areas,
            "mentioned": self._mentioned,
            "status_counts": self._status_counts,
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

    def texts(self) -> bytes:
        sections = ["\n".join(self._lines[section]) for section in SECTIONS]
        tail = {"mentions": self._mentions, "hashes": self.hashes.values, "spots": self._spot_ids}
        if self.map.texts:
            tail |= {"articles": {identifier: sound(text) for identifier, text in sorted(self.map.texts.items())}}
        sections.append(_json(tail))
        return sound("\0".join(sections)).encode("utf-8")


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


def _code(enum: str, value: str) -> int:
    return _ENUMS[enum].index(value)


def _days(event: MappedEvent) -> tuple[int, int]:
    if event.date is None:
        return NO_DAY, NO_DAY
    start = _day(event.date.start)
    if event.date.end is None:
        return start, STILL_ON
    return start, max(start, _day(event.date.end))


def _day(text: str) -> int:
    return datetime.date.fromisoformat(text[:10]).toordinal() - _EPOCH


def _marks(text: str, marks: Sequence[Mark]) -> list[int]:
    ordered = sorted(marks)
    offsets = utf16_offsets(text, [offset for mark in ordered for offset in (mark.start, mark.end)])
    flat: list[int] = []
    for index, mark in enumerate(ordered):
        flat += (offsets[2 * index], offsets[2 * index + 1], _MARKS.index(mark.kind))
    return flat


def _mention(mention: PlaceMention) -> list[Any]:
    return [
        mention.title, mention.source, mention.url, mention.published, mention.sentence,
        _marks(mention.sentence, mention.marks), mention.kind,
    ]  # fmt: skip
