"""Analyses kept on disk between the two passes, so that memory does not grow with their text.

Which events are the same can only be said when all are known. The first pass writes every analysis to a temporary
file and keeps a light key per event; the second reads them back with their clusters filled in.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from types import TracebackType
from typing import IO, Any, Self

from mapper.codec import encode_line, from_record, to_record
from mapper.corrections import Correction, Corrections, apply, regroup
from mapper.events import merge
from mapper.events.placing_merged import placed_together
from mapper.filters import Filter
from mapper.grouping import Groups
from mapper.model import Analysis, Event, PlaceRef, Why
from mapper.settled import Telling, settle
from mapper.shelf import HELD, Shelf, told


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Merged events that were not asked for: their clusters, the places where they happened, how many reports."""

    clusters: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    reports: int = 0


class Spill:
    """Takes analyses in, applies corrections, clusters the events, and gives everything back in the same order.

    Use it as a context manager: the temporary file goes with it. ``place`` looks a gazetteer id up for corrections;
    ``wanted`` tells which merged events are given back, all articles staying: clusters are made of everything, so that
    an event has the same id whatever else is asked for.
    """

    def __init__(
        self, *, corrections: Corrections, place: Callable[[str], PlaceRef], wanted: Filter | None = None
    ) -> None:
        self._corrections = corrections
        self._place = place
        self._wanted = wanted if wanted is not None and wanted.active else None
        self._tellings = Shelf(Telling, held=HELD)
        self._keys = merge.Keys()
        self._matched: list[tuple[str, Correction]] = []
        self._used: set[Correction] = set()
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self.articles = 0
        self.events = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # a full disk, told when it was written to; nothing of the file is wanted any more
            self._file.close()

    def add(self, analysis: Analysis) -> Analysis:
        """Take in one analysis and give it back corrected."""
        found = analysis
        analysis, used = apply(found, self._corrections.items, place=self._place)
        self._used.update(used)
        for item in used:
            if item.do in {"merge", "split", "note"}:
                meant = item.meant(found)
                self._matched += [(event.id, item) for event in analysis.events if event.id in meant]
        self._keys.add(analysis)
        if self._wanted is not None:
            article = analysis.article
            for event in analysis.events:
                self._tellings.append(Telling(_light(event), article.published, article.id))
        self.articles += 1
        self.events += len(analysis.events)
        with told():
            self._file.write(encode_line(to_record(analysis)))
        return analysis

    def cluster(self) -> merge.Clusters:
        """Which events are the same, corrections included."""
        clusters = self._keys.cluster()
        return clusters.regrouped(regroup(clusters.of_event, self._matched)) if self._matched else clusters

    def left_out(self, clusters: Mapping[str, str]) -> LeftOut:
        """The merged events that are not wanted."""
        if self._wanted is None:
            return LeftOut()
        groups = Groups()
        for telling in self._tellings:
            groups.append(clusters[telling.event.id])
        out: list[str] = []
        places: set[str] = set()
        reports = 0
        for name, members in groups:
            settled = settle([self._tellings[number] for number in members])
            if not self._wanted.keeps(settled):
                out.append(name)
                reports += len(members)
                if settled.location is not None:
                    places.add(settled.location.place_id)
        return LeftOut(clusters=frozenset(out), places=frozenset(places), reports=reports)

    def notes(self) -> Mapping[str, str]:
        """Notes from the corrections, by event id."""
        return {event: f"{item.to} ({item.who})" for event, item in self._matched if item.do == "note"}

    def unused(self) -> tuple[Correction, ...]:
        """Corrections that matched nothing."""
        return self._corrections.unused(self._used)

    def records(self, clusters: merge.Clusters, out: frozenset[str] = frozenset()) -> Iterator[dict[str, Any]]:
        """The records in the order they came, clusters filled in, without the events of the clusters ``out``.

        What is merged says why.
        """
        with told():
            self._file.seek(0)
        for line in self._file:
            record: dict[str, Any] = json.loads(line)
            for event in record["events"]:
                event["cluster"] = clusters[event["id"]]
                event["why"]["merged"] = clusters.reasons.get(event["id"], "")
            if out:
                record["events"] = [event for event in record["events"] if event["cluster"] not in out]
            yield _placed(record)

    def analyses(self, clusters: merge.Clusters, out: frozenset[str] = frozenset()) -> Iterator[Analysis]:
        """The analyses in the order they came, clusters filled in, without the events of the clusters ``out``."""
        return (from_record(record) for record in self.records(clusters, out))


def _placed(record: dict[str, Any]) -> dict[str, Any]:
    """The record with tellings of one event that are placed in a country put where another of them is placed in it."""
    told: dict[str, set[str]] = defaultdict(set)
    for event in record["events"]:
        if event["location"] is not None:
            told[event["cluster"]].add(event["location"]["precision"])
    if not any(len(precisions) > 1 and "country" in precisions for precisions in told.values()):
        return record
    analysis = from_record(record)
    return to_record(replace(analysis, events=placed_together(analysis.events)))


def _light(event: Event) -> Event:
    """The event without what no filter asks for."""
    return replace(event, places=(), why=Why())
