"""Which events go into an output: the one filter that every command and every format shares.

It is asked about merged events, when all tellings are known: an event that one article places and another does not is
in or out with both tellings, and under the same id, whatever else was filtered.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self, get_args

from mapper.model import EventDate, Location, PlaceRef, Status
from mapper.settled import Settled


def day(value: str) -> datetime.date:
    """The day of an ISO 8601 date or time. Raises ``ValueError``."""
    return datetime.datetime.fromisoformat(value).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """An area between two meridians and two parallels, in degrees. ``west`` > ``east`` runs over the date line."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def of(cls, text: str) -> Self:
        """``"west,south,east,north"`` in degrees, as GeoJSON orders them. Raises ``ValueError``."""
        try:
            west, south, east, north = (float(part) for part in text.split(","))
        except ValueError:
            raise ValueError(f"{text!r} is not four numbers: west,south,east,north") from None
        if not all(map(math.isfinite, (west, south, east, north))) or not (
            -90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180
        ):
            raise ValueError(f"{text!r}: longitudes lie between -180 and 180, and south <= north between -90 and 90")
        return cls(west=west, south=south, east=east, north=north)

    def holds(self, *, lat: float, lon: float) -> bool:
        """Whether a point lies in the box, edges included."""
        across = self.west <= lon <= self.east if self.west <= self.east else lon >= self.west or lon <= self.east
        return across and self.south <= lat <= self.north


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What an event must be to be kept; an empty set, None or 0 asks for nothing.

    ``types`` and ``statuses`` as in the output format; ``countries`` ISO 3166-1 alpha-2 codes of where it happened;
    ``since`` and ``until`` the days between which some of it happened; ``places`` gazetteer ids or names (case aside)
    of the very place; ``actors`` words of which an actor's name holds one (case aside). An event without a date fits no
    ``since`` or ``until``, one without a place no ``countries``, ``places`` or ``bbox``. An area lies in ``bbox`` where
    its representative point does. Use :meth:`of` to have words checked.
    """

    types: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    since: datetime.date | None = None
    until: datetime.date | None = None
    min_confidence: float = 0.0
    bbox: Box | None = None
    statuses: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        *,
        types: Iterable[str] = (),
        countries: Iterable[str] = (),
        since: str | None = None,
        until: str | None = None,
        min_confidence: float = 0.0,
        bbox: str | None = None,
        statuses: Iterable[str] = (),
        places: Iterable[str] = (),
        actors: Iterable[str] = (),
    ) -> Self:
        """The filter that a person's words ask for. Raises ``ValueError`` naming the word that is wrong."""
        codes = frozenset(code.strip().upper() for code in countries)
        if wrong := sorted(code for code in codes if not (len(code) == 2 and code.isascii() and code.isalpha())):
            raise ValueError(f"country {wrong[0]!r} is no ISO 3166-1 code of two letters, such as ML")
        told = frozenset(status.strip().lower() for status in statuses)
        if unknown := sorted(told - set(get_args(Status))):
            raise ValueError(f"status {unknown[0]!r} is none of {', '.join(get_args(Status))}")
        if not 0 <= min_confidence <= 1:
            raise ValueError(f"min_confidence {min_confidence} is not between 0 and 1")
        return cls(
            types=frozenset(kind.strip().upper() for kind in types),
            countries=codes,
            since=day(since) if since else None,
            until=day(until) if until else None,
            min_confidence=min_confidence,
            bbox=Box.of(bbox) if bbox else None,
            statuses=told,
            places=frozenset(name.strip().casefold() for name in places),
            actors=frozenset(name.strip().casefold() for name in actors),
        )

    @property
    def active(self) -> bool:
        """Whether anything is asked for."""
        return self != type(self)()

    def keeps(self, event: Settled) -> bool:
        """Whether a merged event is wanted."""
        return (
            (not self.types or event.type in self.types)
            and (not self.statuses or event.status in self.statuses)
            and event.confidence >= self.min_confidence
            and self._keeps_date(event.date)
            and self._keeps_location(event.location)
            and (
                not self.actors or any(word in actor.text.casefold() for word in self.actors for actor in event.actors)
            )
        )

    def keeps_place(self, place: PlaceRef) -> bool:
        """Whether a place that is only mentioned lies where events are asked for."""
        return self._lies(place.id, place.name, place.country_code, lat=place.lat, lon=place.lon)

    def _keeps_date(self, date: EventDate | None) -> bool:
        if self.since is None and self.until is None:
            return True
        if date is None:
            return False
        ends = date.end is None or self.since is None or day(date.end) >= self.since
        return ends and (self.until is None or day(date.start) <= self.until)

    def _keeps_location(self, where: Location | None) -> bool:
        if where is None:
            return not (self.countries or self.places or self.bbox)
        return self._lies(where.place_id, where.name, where.country_code, lat=where.lat, lon=where.lon)

    def _lies(self, identifier: str, name: str, country: str | None, *, lat: float, lon: float) -> bool:
        return (
            (not self.countries or country in self.countries)
            and (not self.places or bool({identifier.casefold(), name.casefold()} & self.places))
            and (self.bbox is None or self.bbox.holds(lat=lat, lon=lon))
        )
