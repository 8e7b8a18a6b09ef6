"""The events of a briefing, numbered: the same numbers in every output, whatever its size."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from mapper.model import EventDate, EventMap, Location, MappedEvent, Status
from mapper.render.brief.kinds import Kind, kind
from mapper.render.brief.projection import EARTH_KM
from mapper.render.brief.text import excerpt, line

SHOWN: tuple[Status, ...] = ("reported", "planned")
"""What a briefing shows unless told otherwise."""

TOGETHER = 0.03
"""Places nearer to each other than this share of the events' spread are numbered one after the other."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

SpotKey = tuple[str, float, float, str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event of the key. ``number`` is None for an event that no place could be given to."""

    number: int | None
    event: MappedEvent
    kind: Kind
    place: str
    date: str
    what: str
    notes: tuple[str, ...]

    @property
    def label(self) -> str:
        return "–" if self.number is None else str(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One place at one precision, and its events."""

    location: Location
    entries: tuple[Entry, ...]

    @property
    def inferred(self) -> bool:
        return all(e.event.location is not None and e.event.location.basis == "inferred" for e in self.entries)

    @property
    def planned(self) -> bool:
        return any(e.event.status == "planned" for e in self.entries)

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(e.number for e in self.entries if e.number is not None)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The types here, most events first."""
        counts: dict[str, int] = {}
        for entry in self.entries:
            counts[entry.kind.code] = counts.get(entry.kind.code, 0) + 1
        return tuple(kind(code) for code in sorted(counts, key=lambda code: (-counts[code], kind(code).rank, code)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """The events shown, by place, and those that could not be placed; how many were left out by their status."""

    spots: tuple[Spot, ...]
    unplaced: tuple[Entry, ...]
    left_out: int

    @property
    def placed(self) -> tuple[Entry, ...]:
        entries = [entry for spot in self.spots for entry in spot.entries]
        return tuple(sorted(entries, key=lambda entry: entry.number or 0))

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.placed + self.unplaced


def number(event_map: EventMap, *, statuses: Sequence[Status] = SHOWN) -> Briefing:
    """Number the placed events: newest place first, neighbouring places together, newest event of a place first."""
    shown = [event for event in event_map.events if event.status in statuses]
    by_spot: dict[SpotKey, list[MappedEvent]] = {}
    unplaced = []
    for event in _newest_first(shown):
        if event.location is None:
            unplaced.append(event)
        else:
            by_spot.setdefault(_spot_key(event.location), []).append(event)
    spots = []
    count = 0
    for key in _neighbours_together(by_spot):
        entries = []
        for event in by_spot[key]:
            count += 1
            entries.append(_entry(event, count))
        location = by_spot[key][0].location
        if location is not None:
            spots.append(Spot(location=location, entries=tuple(entries)))
    return Briefing(
        spots=tuple(spots),
        unplaced=tuple(_entry(event, None) for event in unplaced),
        left_out=len(event_map.events) - len(shown),
    )


def ranges(numbers: Sequence[int]) -> list[str]:
    """Numbers as a reader wants them: 3, 7–9."""
    runs: list[list[int]] = []
    for one in sorted(numbers):
        if runs and one == runs[-1][1] + 1:
            runs[-1][1] = one
        else:
            runs.append([one, one])
    return [str(first) if first == last else f"{first}–{last}" for first, last in runs]


def _newest_first(events: Sequence[MappedEvent]) -> list[MappedEvent]:
    return sorted(sorted(events, key=lambda e: e.id), key=lambda e: e.date.start if e.date else "", reverse=True)


def _spot_key(location: Location) -> SpotKey:
    if location.footprint == "area":
        # An area is drawn once, however its precision is called.
        return location.place_id, location.lat, location.lon, "", 0.0
    return location.place_id, location.lat, location.lon, location.precision, location.radius_km or 0.0


def _neighbours_together(by_spot: dict[SpotKey, list[MappedEvent]]) -> list[SpotKey]:
    points = [key for key, events in by_spot.items() if events[0].location and events[0].location.footprint == "point"]
    spread = max((_km(a, b) for a in points[:1] for b in points), default=0.0)
    reach = max(20.0, spread * TOGETHER)
    order: list[SpotKey] = []
    taken: set[SpotKey] = set()
    for key in by_spot:  # newest first
        if key in taken:
            continue
        together = [key]
        if key in points:
            together += [other for other in points if other != key and other not in taken and _km(key, other) <= reach]
        order += together
        taken.update(together)
    return order


def _km(a: SpotKey, b: SpotKey) -> float:
    """Great-circle distance."""
    lat, other = radians(a[1]), radians(b[1])
    half = sin((other - lat) / 2) ** 2 + cos(lat) * cos(other) * sin(radians(b[2] - a[2]) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def _entry(event: MappedEvent, number_: int | None) -> Entry:
    location = event.location
    notes: list[str] = []
    if event.status != "reported":
        notes.append(event.status)
    if location is not None and location.basis == "inferred":
        notes.append("place inferred")
    if event.date is not None and event.date.basis == "inferred":
        notes.append("date inferred")
    if event.change is not None:
        notes.append(event.change)
    if event.independent_sources > 1:
        notes.append(f"{event.independent_sources} sources")
    return Entry(
        number=number_,
        event=event,
        kind=kind(event.type),
        place=_place(location),
        date=date_words(event.date),
        what=_what(event),
        notes=tuple(notes),
    )


def _place(location: Location | None) -> str:
    if location is None:
        return "no place stated"
    name = line(location.name)
    if location.precision == "near" and location.footprint == "point":
        around = f", within {location.radius_km:g} km" if location.radius_km else ""
        return f"near {name}{around}"
    return name


def _what(event: MappedEvent) -> str:
    if not event.reports:
        return ""
    report = event.reports[0]
    # Offsets are moved by the folding of white space, so that the trigger is measured in the folded text too.
    start = next((len(line(report.evidence[: mark.start])) for mark in report.marks if mark.kind == "trigger"), 0)
    return excerpt(line(report.evidence), start, 120)


def date_words(date: EventDate | None) -> str:
    """A date at the precision known, such as "3 Apr 2014", "Apr 2014" or "since 3 Apr 2014"."""
    if date is None:
        return "no date"
    start = _words(date.start, date.precision)
    if date.end is None:
        return f"since {start}"
    if date.end == date.start or date.precision in ("month", "year"):
        return start
    end = _words(date.end, date.precision)
    return start if start == end else f"{start} – {end}"


def _words(day: str, precision: str) -> str:
    try:
        value = datetime.date.fromisoformat(day[:10])
    except ValueError:
        return line(day)
    if precision == "year":
        return str(value.year)
    month = f"{_MONTHS[value.month - 1]} {value.year}"
    return month if precision == "month" else f"{value.day} {month}"
