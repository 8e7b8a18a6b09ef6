"""Analyses kept on disk between the two passes, so that memory does not grow with their text.

Which events are the same can only be said when all are known. The first pass writes every analysis to a temporary
file and keeps a light key per event; the second reads them back with their clusters filled in.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from types import TracebackType
from typing import IO, Any, Self

from mapper.codec import encode_line, from_record, to_record
from mapper.corrections import Correction, Corrections, apply, regroup
from mapper.errors import OutputError
from mapper.events import merge
from mapper.model import Analysis, Event, PlaceRef


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"temporary file in {tempfile.gettempdir()}: {error.strerror or error}") from error


class Spill:
    """Takes analyses in, applies corrections, clusters the events, and gives everything back in the same order.

    Use it as a context manager: the temporary file goes with it. ``place`` looks a gazetteer id up for corrections;
    ``keep`` tells which events, as corrected, are wanted at all.
    """

    def __init__(
        self, *, corrections: Corrections, place: Callable[[str], PlaceRef], keep: Callable[[Event], bool]
    ) -> None:
        self._corrections = corrections
        self._place = place
        self._keep = keep
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
        analysis, used = apply(analysis, self._corrections.items, place=self._place)
        self._used.update(used)
        for item in used:
            if item.do in {"merge", "split", "note"}:
                matching = (e for e in analysis.events if item.matches(analysis.article, e))
                self._matched += [(event.id, item) for event in matching]
        analysis = replace(analysis, events=tuple(event for event in analysis.events if self._keep(event)))
        self._keys.add(analysis)
        self.articles += 1
        self.events += len(analysis.events)
        with _told():
            self._file.write(encode_line(to_record(analysis)))
        return analysis

    def cluster(self) -> merge.Clusters:
        """Which events are the same, corrections included."""
        clusters = self._keys.cluster()
        return clusters.regrouped(regroup(clusters.of_event, self._matched)) if self._matched else clusters

    def notes(self) -> Mapping[str, str]:
        """Notes from the corrections, by event id."""
        return {event: f"{item.to} ({item.who})" for event, item in self._matched if item.do == "note"}

    def unused(self) -> tuple[Correction, ...]:
        """Corrections that matched nothing."""
        return self._corrections.unused(self._used)

    def records(self, clusters: Mapping[str, str] | None) -> Iterator[dict[str, Any]]:
        """The records in the order they came, clusters filled in (left null where ``clusters`` is None)."""
        with _told():
            self._file.seek(0)
        for line in self._file:
            record: dict[str, Any] = json.loads(line)
            for event in record["events"]:
                event["cluster"] = clusters[event["id"]] if clusters is not None else None
            yield record

    def analyses(self, clusters: Mapping[str, str]) -> Iterator[Analysis]:
        """The analyses in the order they came, clusters filled in."""
        return (from_record(record) for record in self.records(clusters))
