"""An event that an article tells twice, once by its town and once by the country, happened in the town both times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from mapper.events.locate import FINENESS
from mapper.model import Event

_CORRECTED = "corrected by "


def placed_together(events: Sequence[Event]) -> tuple[Event, ...]:
    """An article's events, tellings of one event placed in a country put where another of them is placed within it.

    ``events`` carry their clusters. What an analyst put right stays, and so does what only lies in a region.
    """
    tellings: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.cluster is not None:
            tellings[event.cluster].append(event)
    return tuple(_placed(event, tellings[event.cluster]) if event.cluster in tellings else event for event in events)


def _placed(event: Event, tellings: Sequence[Event]) -> Event:
    place = event.location
    if place is None or place.precision != "country" or event.why.place.startswith(_CORRECTED):
        return event
    finer = [
        (FINENESS[where.precision], n, where)
        for n, other in enumerate(tellings)
        if (where := other.location) is not None
        and FINENESS[where.precision] < FINENESS["region"]
        and where.country_code == place.country_code
    ]
    if not finer:
        return event
    _, n, where = min(finer, key=lambda telling: telling[:2])
    why = f'told as in {place.name}; more closely at "{tellings[n].trigger.text}", the same event'
    return replace(event, location=replace(where, basis="inherited"), why=replace(event.why, place=why))
