"""The jobs behind the commands: from input words to files on disk."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from tqdm import tqdm

import gazetteer
from gazetteer import Gazetteer
from mapper import __version__, articles, export
from mapper.accuracy import accuracy
from mapper.codec import encode_line, from_record, to_record
from mapper.corrections import Corrections
from mapper.corrections import read as read_corrections
from mapper.drawing import event_map_from
from mapper.errors import InputError, StoreError
from mapper.files import replacing
from mapper.language import MODEL_VERSION
from mapper.model import Analysis, Article, Event, EventMap
from mapper.pipeline import Refuse, analyse, place_ref
from mapper.spill import Spill
from mapper.store import Store, batches


def day(value: str) -> datetime.date:
    """The day of an ISO 8601 date or time. Raises ``ValueError``."""
    return datetime.datetime.fromisoformat(value).date()


def _is_database(path: str) -> bool:
    """Whether the path is an SQLite file, and so a store or nothing that can be read."""
    try:
        with Path(path).open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except (OSError, ValueError):
        return False  # whatever is wrong with it, the reader of articles says so by name


def analysis_version() -> str:
    """What an analysis depends on besides the article: this program, its gazetteer and its language model."""
    data = str(gazetteer.info()["database"]["sha256"])[:12]
    return f"mapper {__version__}, gazetteer {data}, model {MODEL_VERSION}"


class Job:
    """One run over some input: read, analyse, correct, filter; then save in one form or another.

    A context manager. ``refuse`` is told of every input that could not be used; the other arguments are the commands'
    options of the same names. With a ``store``, input that it holds already (as analysed by this very version) is not
    analysed again, the rest is added to it, and what is saved is everything that the store then holds.
    """

    def __init__(
        self,
        inputs: Sequence[str],
        *,
        refuse: Refuse,
        published: str | None = None,
        source: str | None = None,
        url: str | None = None,
        since: str | None = None,
        until: str | None = None,
        corrections_file: Path | None = None,
        store: Path | None = None,
        workers: int = 1,
        quiet: bool = False,
    ) -> None:
        self._inputs = inputs
        self._refuse = refuse
        self._published = published
        self._source = source
        self._url = url
        self._since = day(since) if since else None
        self._until = day(until) if until else None
        self._workers = workers
        self._quiet = quiet
        corrections = read_corrections(corrections_file) if corrections_file else Corrections()
        self._open = ExitStack()
        self._gazetteer = self._open.enter_context(Gazetteer.open())
        self._store = self._open.enter_context(Store.open(store)) if store else None
        self._spill = self._open.enter_context(
            Spill(
                corrections=corrections,
                place=lambda identifier: place_ref(self._gazetteer.place(identifier)),
                keep=self._is_wanted,
            )
        )
        self.used = 0
        self.duplicates = 0
        self.known = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def run(self) -> None:
        """The first pass: analyse everything."""
        for analysis in self._analyses():
            self._spill.add(analysis)

    def stream(self, out: IO[bytes]) -> None:
        """Write each record as soon as it is known, clusters left null."""
        for analysis in self._analyses():
            out.write(encode_line(to_record(self._spill.add(analysis))))
            out.flush()

    def save_data(self, path: Path) -> None:
        """Write all events, clusters filled in, in the format that the name of ``path`` asks for."""
        clusters = self._spill.cluster().of_event
        if export.suffix_of(path) == ".jsonl":
            with replacing(path) as temporary, temporary.open("wb") as file:
                file.writelines(encode_line(record) for record in self._spill.records(clusters))
        else:
            export.write(path, self._spill.analyses(clusters), footprint=self._gazetteer.footprint)

    def print_records(self, out: IO[bytes]) -> None:
        """Write all records, clusters filled in, to an open stream."""
        out.writelines(encode_line(record) for record in self._spill.records(self._spill.cluster().of_event))

    def save_map(self, path: Path, *, title: str, subtitle: str | None, as_of: str | None) -> None:
        """Write the map, one self-contained HTML file."""
        from mapper.render import page

        page.build(self._event_map(), title=title, subtitle=subtitle, as_of=as_of, accuracy=accuracy()).save(path)

    def save_brief(
        self, path: Path, *, title: str, subtitle: str | None, as_of: str | None, style: str, tlp: str | None
    ) -> None:
        """Write a slide, a document or a picture, as the name of ``path`` asks for."""
        from mapper.render import brief

        brief.write(path, self._event_map(), title=title, subtitle=subtitle, as_of=as_of, style=style, tlp=tlp)

    def _event_map(self) -> EventMap:
        clusters = self._spill.cluster()
        return event_map_from(
            self._spill.analyses(clusters.of_event),
            footprint=self._gazetteer.footprint,
            notes=self._spill.notes(),
            voices=clusters.voices,
        )

    def summary(self) -> Iterator[str]:
        """What the person is told at the end, a line each."""
        again = f", {self.duplicates} given twice" if self.duplicates else ""
        known = f", {self.known} of them known already" if self.known else ""
        yield f"{self.used} articles used{known}{again}"
        if self._store is not None:
            yield f"{self._spill.articles} articles in the store"
        yield f"{self._spill.events} reports of events"
        for item in self._spill.unused():
            yield f"correction matched nothing: {item.do} on “{item.evidence[:60]}” ({item.who})"

    def _analyses(self) -> Iterator[Analysis]:
        """What goes into the output: the input, or all that the store holds once the input is in it."""
        fresh = self._progress(analyse(self._unknown(), workers=self._workers, refuse=self._refuse))
        if self._store is None:
            for analysis in fresh:
                self.used += 1
                yield analysis
            return
        for batch in batches(fresh):
            self._store.add_all(batch, version=analysis_version())
            self.used += len(batch)
        yield from self._store.analyses()

    def _unknown(self) -> Iterator[Article | Analysis]:
        """The input, less what the store holds as analysed by this version, and less what only has to be stored."""
        if self._store is None:
            yield from self._read()
            return
        version = analysis_version()
        for item in self._read():
            if isinstance(item, Analysis):
                # What analysed it is not known, so that the article, should it come again, is analysed anew.
                self._store.add(item, version="")
                self.used += 1
            elif self._store.has(item, version=version):
                self.known += 1
                self.used += 1
            else:
                yield item

    def _read(self) -> Iterator[Article | Analysis]:
        """Articles and earlier analyses, in the order of the input; a store among the input gives all that it holds."""
        for stored, group in groupby(self._inputs, key=_is_database):
            if stored:
                for path in group:
                    yield from self._read_store(path)
            else:
                yield from articles.read(
                    *group,
                    from_record=from_record,
                    on_refusal=self._refuse,
                    on_duplicate=self._count_duplicate,
                    published=self._published,
                    source=self._source,
                    url=self._url,
                )

    def _read_store(self, path: str) -> Iterator[Analysis]:
        try:
            with Store.open(Path(path), read_only=True) as store:
                yield from store.analyses()
        except StoreError as error:
            self._refuse(InputError(str(error).removeprefix(f"{path}: "), file=path))

    def _progress(self, items: Iterator[Analysis]) -> Iterator[Analysis]:
        # disable=None: shown on a terminal only
        shown: Iterator[Analysis] = tqdm(items, unit=" articles", disable=True if self._quiet else None, leave=False)
        return shown

    def _count_duplicate(self, _: str) -> None:
        self.duplicates += 1

    def _is_wanted(self, event: Event) -> bool:
        if self._since is None and self._until is None:
            return True
        if event.date is None:
            return False
        ends = event.date.end is None or self._since is None or day(event.date.end) >= self._since
        return ends and (self._until is None or day(event.date.start) <= self._until)
