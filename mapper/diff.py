"""What has changed between two sets of merged events: since the last briefing, or between two runs.

Events are matched by the tellings they are made of. A telling is known by its event id, which survives re-analysis;
where an article's text was edited, which changes every id in it, by its article and the words that tell the event.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mapper.codec import plain
from mapper.model import MappedEvent, Report

ChangeKind = Literal["new", "updated", "merged", "split", "retracted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a run remembers of a merged event.

    ``members`` maps the id of each telling to its anchor, by which it is found again in an edited article. ``facts``
    are what an analyst would want to hear about when it changes: type, date, place, actors, status, sources and note.
    No sentence of an article is kept.
    """

    id: str
    members: Mapping[str, str]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change. ``fields`` names the facts that differ, and ``reports`` where tellings came or went."""

    kind: ChangeKind
    before: tuple[Known, ...]
    after: tuple[Known, ...]
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """Every change, in order of kind and id, and how many events are as they were."""

    changes: tuple[Change, ...]
    unchanged: int

    def of(self, kind: ChangeKind) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind == kind)


def known(event: MappedEvent) -> Known:
    """What is remembered of an event."""
    location = event.location
    facts = {
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "date": plain(event.date),
        "place": location
        and {
            "id": location.place_id,
            "name": location.name,
            "precision": location.precision,
            "country_code": location.country_code,
            "lat": location.lat,
            "lon": location.lon,
        },
        "actors": sorted({f"{actor.role}: {actor.text}" for actor in event.actors}),
        "sources": sorted({report.source or report.article_id for report in event.reports}),
        "note": event.note,
    }
    return Known(id=event.id, members={report.event_id: _anchor(report) for report in event.reports}, facts=facts)


def diff(before: Iterable[Known], after: Iterable[Known]) -> Diff:
    """The changes that lead from the events ``before`` to those ``after``."""
    old, new = {one.id: one for one in before}, {one.id: one for one in after}
    came_from, went_to = _links(old, new)
    changes: list[Change] = []
    unchanged = 0
    for identifier, one in sorted(new.items()):
        origins = [old[other] for other in sorted(came_from[identifier])]
        if not origins:
            changes.append(Change(kind="new", before=(), after=(one,)))
        elif len(origins) > 1:
            changes.append(Change(kind="merged", before=tuple(origins), after=(one,)))
        elif len(went_to[origins[0].id]) == 1:
            if fields := _differing(origins[0], one):
                changes.append(Change(kind="updated", before=(origins[0],), after=(one,), fields=fields))
            else:
                unchanged += 1
    for identifier, one in sorted(old.items()):
        parts = tuple(new[other] for other in sorted(went_to[identifier]))
        if not parts:
            changes.append(Change(kind="retracted", before=(one,), after=()))
        elif len(parts) > 1:
            changes.append(Change(kind="split", before=(one,), after=parts))
    order: tuple[ChangeKind, ...] = ("new", "updated", "merged", "split", "retracted")
    changes.sort(key=lambda change: order.index(change.kind))
    return Diff(changes=tuple(changes), unchanged=unchanged)


_Links = Mapping[str, set[str]]


def _links(old: Mapping[str, Known], new: Mapping[str, Known]) -> tuple[_Links, _Links]:
    """For each new event those it came from, for each old one those it went to."""
    holders: dict[str, set[str]] = defaultdict(set)
    for one in new.values():
        for member in one.members:
            holders[member].add(one.id)
    still_told = {member for one in old.values() for member in one.members} & set(holders)
    # Anchors are for tellings that have no namesake on the other side; the others are matched for certain.
    anchored: dict[str, set[str]] = defaultdict(set)
    for one in new.values():
        for member, anchor in one.members.items():
            if member not in still_told:
                anchored[anchor].add(one.id)
    came_from: dict[str, set[str]] = defaultdict(set)
    went_to: dict[str, set[str]] = defaultdict(set)
    for one in old.values():
        for member, anchor in one.members.items():
            for target in holders[member] if member in still_told else anchored.get(anchor, ()):
                came_from[target].add(one.id)
                went_to[one.id].add(target)
    return came_from, went_to


def _differing(before: Known, after: Known) -> tuple[str, ...]:
    names = sorted(set(before.facts) | set(after.facts))
    fields = [name for name in names if before.facts.get(name) != after.facts.get(name)]
    if set(before.members) != set(after.members):
        fields.append("reports")
    return tuple(fields)


def _anchor(report: Report) -> str:
    trigger = next((mark for mark in report.marks if mark.kind == "trigger"), None)
    where = -1 if trigger is None else trigger.start
    key = json.dumps([report.article_id, " ".join(report.evidence.split()), where])
    return hashlib.sha256(key.encode("ascii")).hexdigest()[:16]
