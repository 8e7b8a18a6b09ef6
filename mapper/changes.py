"""What changed since an earlier run, on the map and as a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from mapper.codec import plain
from mapper.diff import Change, Diff, Known, diff, known
from mapper.filters import Filter
from mapper.model import Actor, EventDate, EventMap, Location, MappedEvent, RetractedEvent
from mapper.settled import Settled


def compared(
    event_map: EventMap, everything: Iterable[Known], before: Iterable[Known], *, run: str, wanted: Filter
) -> tuple[EventMap, Diff]:
    """The map with each event's change since the events ``before`` of the run named ``run``, and the changes.

    ``everything`` are all present events, those that ``wanted`` leaves out of the map included: an event that is only
    not asked for is not retracted. Changes told are those of events on the map, and of retracted ones that ``wanted``
    would have kept.
    """
    whole = diff(before, everything)
    shown = {event.id for event in event_map.events}
    changes = tuple(change for change in whole.changes if _is_shown(change, shown, wanted))
    of_event = {after.id: change for change in changes for after in change.after}
    events = tuple(_marked(event, of_event.get(event.id)) for event in event_map.events)
    gone = tuple(_retracted(change.before[0]) for change in changes if change.kind == "retracted")
    changed = sum(event.change is not None for event in events)
    marked = replace(event_map, events=events, since=run, retracted=gone)
    return marked, Diff(changes=changes, unchanged=len(events) - changed)


def known_events(event_map: EventMap) -> list[Known]:
    """What is remembered of a run."""
    return [known(event) for event in event_map.events]


def as_lines(result: Diff, *, run: str) -> Iterator[str]:
    """The changes for people to read: a line that counts them, then one for each."""
    kinds = ("new", "updated", "merged", "split", "retracted")
    counts = ", ".join(f"{len(result.of(kind))} {kind}" for kind in kinds)  # type: ignore[arg-type]  # the same words
    yield f"since {run}: {counts}, {result.unchanged} as they were"
    for change in result.changes:
        for one in change.after or change.before:
            facts = one.facts
            place = (facts.get("place") or {}).get("name") or "unplaced"
            sources = ", ".join(facts.get("sources") or ())
            told = f"{change.kind:<9}  {_days(facts) or 'undated':<10}  {facts['type']}  {place}  ({sources})  {one.id}"
            yield f"{told}{_what_differs(change)}"


def as_records(result: Diff) -> Iterator[dict[str, Any]]:
    """The changes as JSON objects: ``change``, ``fields`` that differ, events ``before`` and ``after``."""
    for change in result.changes:
        yield {
            "change": change.kind,
            "fields": list(change.fields),
            "before": [_record(one) for one in change.before],
            "after": [_record(one) for one in change.after],
        }


def _record(one: Known) -> dict[str, Any]:
    return {"id": one.id, "members": sorted(one.members), **plain(dict(one.facts))}


def _what_differs(change: Change) -> str:
    if change.kind == "updated":
        before, after = change.before[0].facts, change.after[0].facts
        parts = [
            f"{name}: {_shown(name, before)} → {_shown(name, after)}" if name in before or name in after else name
            for name in change.fields
        ]
        return "  " + "; ".join(parts)
    if change.kind == "merged":
        return f"  from {', '.join(one.id for one in change.before)}"
    return f"  from {change.before[0].id}" if change.kind == "split" else ""


def _shown(name: str, facts: Mapping[str, Any]) -> str:
    value = facts.get(name)
    if value is None:
        return "none"
    if name == "date":
        return _days(facts) or "none"
    if name == "place":
        return str(value["name"])
    return ", ".join(value) if isinstance(value, list) else str(value)


def _days(facts: Mapping[str, Any]) -> str | None:
    date = facts.get("date")
    if date is None:
        return None
    return str(date["start"]) if date["start"] == date["end"] else f"{date['start']}/{date['end'] or ''}"


def _marked(event: MappedEvent, change: Change | None) -> MappedEvent:
    if change is None or change.kind == "retracted":
        return event
    return replace(event, change=change.kind, changed_fields=change.fields)


def _is_shown(change: Change, shown: set[str], wanted: Filter) -> bool:
    if change.kind == "retracted":
        return not wanted.active or wanted.keeps(_settled(change.before[0]))
    return any(after.id in shown for after in change.after)


def _retracted(one: Known) -> RetractedEvent:
    place = one.facts.get("place")
    return RetractedEvent(
        id=one.id,
        type=str(one.facts["type"]),
        date=_days(one.facts),
        place=place and place["name"],
        sources=tuple(one.facts.get("sources") or ()),
    )


def _settled(one: Known) -> Settled:
    """What a run remembers, as a filter asks about it. How sure it was is not remembered: sure enough."""
    facts, place = one.facts, one.facts.get("place")
    return Settled(
        type=facts["type"],
        mode=facts.get("mode"),
        status=facts["status"],
        date=msgspec.convert(facts["date"], EventDate) if facts.get("date") else None,
        actors=tuple(
            Actor(start=0, end=0, text=text.partition(": ")[2], role="actor") for text in facts.get("actors") or ()
        ),
        location=None if place is None else _location(place),
        confidence=1.0,
    )


def _location(place: Mapping[str, Any]) -> Location:
    return Location(
        place_id=place["id"], name=place["name"], lat=place["lat"], lon=place["lon"],
        country_code=place["country_code"], footprint="point", basis="stated", precision=place["precision"],
        radius_km=None, acled_geo_precision=1, ucdp_where_prec=1,
    )  # fmt: skip
