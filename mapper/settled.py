"""What tellings of one event amount to: its type, status, date, place and actors, whoever is surest or most exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mapper.model import Actor, Event, EventDate, Location, Status

# An event that one article reports and another only recalls is a reported one.
_STATUS_ORDER: tuple[Status, ...] = ("reported", "planned", "background", "denied", "hypothetical")
_BASIS_ORDER = ("stated", "inherited", "inferred")
_PRECISION_ORDER = ("exact", "near", "settlement", "admin2", "admin1", "country", "region")
_DATE_BASIS_ORDER = ("explicit", "relative", "published", "inferred")
_DATE_PRECISION_ORDER = ("day", "week", "month", "season", "year", "range")


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as one article tells it, with what decides between tellings that are equally sure."""

    event: Event
    published: str | None
    article_id: str

    @property
    def rank(self) -> tuple[float, str, str]:
        """The order of tellings: the surest first, then the earliest."""
        return -self.event.confidence, self.published or "", self.article_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The facts of a merged event."""

    type: str
    mode: str | None
    status: Status
    date: EventDate | None
    actors: tuple[Actor, ...]
    location: Location | None
    confidence: float


def settle(tellings: Sequence[Telling]) -> Settled:
    """Type, mode and status as the surest telling has them; where and when from whoever says it most exactly."""
    members = [telling.event for telling in sorted(tellings, key=lambda telling: telling.rank)]
    best = min(members, key=lambda event: _STATUS_ORDER.index(event.status))
    return Settled(
        type=best.type,
        mode=best.mode,
        status=best.status,
        date=_best_date([event.date for event in members if event.date]),
        actors=max((event.actors for event in members), key=len),
        location=_best_location([event.location for event in members if event.location]),
        confidence=max(event.confidence for event in members),
    )


def _best_location(locations: list[Location]) -> Location | None:
    return min(
        locations,
        key=lambda one: (_BASIS_ORDER.index(one.basis), _PRECISION_ORDER.index(one.precision), one.place_id),
        default=None,
    )


def _best_date(dates: list[EventDate]) -> EventDate | None:
    return min(
        dates,
        key=lambda one: (
            _DATE_PRECISION_ORDER.index(one.precision),
            _DATE_BASIS_ORDER.index(one.basis),
            one.start,
            one.end or "9999",
        ),
        default=None,
    )
