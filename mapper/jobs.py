"""The jobs behind the commands: from input words to files on disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from tqdm import tqdm

from gazetteer import Gazetteer
from gazetteer.worldview import DEFAULT
from mapper import changes, export
from mapper.accuracy import accuracy
from mapper.codec import encode_line, to_record
from mapper.corrections import Corrections
from mapper.corrections import read as read_corrections
from mapper.diff import Diff, Known
from mapper.drawing import event_map_from
from mapper.errors import StoreError
from mapper.events.merge import Clusters
from mapper.export import Written
from mapper.filters import Filter
from mapper.intake import Intake, refusal
from mapper.model import Analysis, Article, EventMap
from mapper.pipeline import Refuse, analyse, place_ref
from mapper.reanalysis import analysis_version
from mapper.sharing import ShareSafe, Text, with_text
from mapper.spill import LeftOut, Spill
from mapper.store import Store, batches


class Job:
    """One run over some input: read, analyse, correct, merge, filter; then save in one form or another.

    A context manager. ``refuse`` is told of every input that could not be used; ``wanted`` says which merged events go
    into what is saved; the other arguments are the commands' options of the same names. With a ``store``, input that it
    holds already (as analysed by this very version) is not analysed again, the rest is added to it, and what is saved
    is everything that the store then holds. ``since_run`` names an earlier run of the store (or of the one store among
    the inputs) to compare with, ``run`` the name under which this one is remembered there by :meth:`record`.
    """

    def __init__(
        self,
        inputs: Sequence[str],
        *,
        refuse: Refuse,
        published: str | None = None,
        source: str | None = None,
        url: str | None = None,
        columns: Mapping[str, str] | None = None,
        fetch: bool = False,
        wanted: Filter | None = None,
        corrections_file: Path | None = None,
        store: Path | None = None,
        since_run: str | None = None,
        run: str | None = None,
        share_safe: bool = False,
        worldview: str = DEFAULT,
        workers: int = 1,
        quiet: bool = False,
    ) -> None:
        self._refuse = refuse
        self._intake = Intake(
            inputs=inputs, refuse=refuse, duplicate=self._count_duplicate, published=published, source=source, url=url,
            columns=columns or {}, fetch=fetch,
        )  # fmt: skip
        self._wanted = wanted or Filter()
        self._share_safe = share_safe
        self._worldview = worldview
        self._workers = workers
        self._quiet = quiet
        self._name = run
        self._since = since_run
        corrections = read_corrections(corrections_file) if corrections_file else Corrections()
        self._open = ExitStack()
        self._gazetteer = self._open.enter_context(Gazetteer.open(worldview=worldview))
        self._store = self._open.enter_context(Store.open(store)) if store else None
        self._runs = store or self._only_store() if run or since_run else None
        self._before = self._remembered(since_run) if since_run else []
        self._spill = self._open.enter_context(
            Spill(
                corrections=corrections,
                place=lambda identifier: place_ref(self._gazetteer.place(identifier)),
                wanted=self._wanted,
            )
        )
        self._merged: tuple[Clusters, LeftOut] | None = None
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

    @property
    def can_stream(self) -> bool:
        """Whether a record can be written before all articles are known."""
        return not self._wanted.active and self._name is None

    def stream(self, out: IO[bytes]) -> None:
        """Write each record as soon as it is known, clusters left null."""
        shared = self._shared()
        for analysis in self._analyses():
            out.write(encode_line(to_record(shared(self._spill.add(analysis)))))
            out.flush()

    def save_data(self, path: Path) -> Written:
        """Write all events, clusters filled in, in the format that the name of ``path`` asks for."""
        return export.write(path, self._finished(), footprint=self._gazetteer.footprint)

    def print_records(self, out: IO[bytes], *, clusters: bool) -> None:
        """Write all records to an open stream, ``clusters`` filled in or null."""
        for analysis in self._finished():
            record = to_record(analysis)
            if not clusters:
                for event in record["events"]:
                    event["cluster"] = None
            out.write(encode_line(record))

    def save_map(
        self,
        path: Path,
        *,
        title: str,
        subtitle: str | None,
        as_of: str | None,
        text: Text = "evidence",
        tlp: str | None = None,
        embed: bool = False,
        language: str | None = None,
        tiles: tuple[str, str] | None = None,
    ) -> None:
        """Write the map, one self-contained HTML file. ``tiles``: address and credit; see :class:`Tiles`."""
        from mapper.render import page
        from mapper.render.tiles import Tiles

        event_map = with_text(self.event_map(), text, of_article=self.texts)
        page.build(
            event_map, title=title, subtitle=subtitle, as_of=as_of, accuracy=accuracy(), tlp=tlp, embed=embed,
            language=language, tiles=Tiles(url=tiles[0], credit=tiles[1]) if tiles else None, worldview=self._worldview,
        ).save(path)  # fmt: skip

    def save_brief(self, path: Path, **how: Any) -> None:
        """Write a slide, a document or a picture, as the name of ``path`` asks for; see :func:`brief.write`."""
        from mapper.render import brief

        brief.write(path, self.event_map(), **how)

    def event_map(self) -> EventMap:
        """The merged events that are wanted, with what changed since the earlier run where one is named."""
        return self._drawn() if self._since is None else self._compared[0]

    def _drawn(self) -> EventMap:
        clusters, _ = self._clusters()
        event_map = event_map_from(
            self._finished(),
            footprint=self._gazetteer.footprint,
            notes={} if self._share_safe else self._spill.notes(),
            voices=clusters.voices,
        )
        return self._without_places_left_out(event_map)

    def changes(self) -> Diff:
        """What changed since the earlier run."""
        return self._compared[1]

    def record(self) -> None:
        """Remember this run's events, those that were filtered out included, where a name was given for it."""
        if self._name is not None and self._runs is not None:
            everything = self._everything
            with Store.open(self._runs, create=False) as store:
                store.record_run(self._name, everything)

    def summary(self) -> Iterator[str]:
        """What the person is told at the end, a line each."""
        again = f", {self.duplicates} given twice" if self.duplicates else ""
        known = f", {self.known} of them known already" if self.known else ""
        yield f"{self.used} articles used{known}{again}"
        if self._store is not None:
            yield f"{self._spill.articles} articles in the store"
        left_out = self._clusters()[1].reports if self._wanted.active else 0
        filtered = f", {left_out} more not asked for" if self._wanted.active else ""
        yield f"{self._spill.events - left_out} reports of events{filtered}"
        for item in self._spill.unused():
            yield f"correction matched nothing: {item.do} on “{item.evidence[:60]}” ({item.who})"

    def _clusters(self) -> tuple[Clusters, LeftOut]:
        """Which events are the same, and which of them are not wanted; once all articles are known."""
        if self._merged is None:
            clusters = self._spill.cluster()
            self._merged = clusters, self._spill.left_out(clusters.of_event)
        return self._merged

    def _finished(self) -> Iterator[Analysis]:
        """What every output is made of: clusters filled in, events that are not wanted left out, safe to share."""
        clusters, left_out = self._clusters()
        return map(self._shared(), self._spill.analyses(clusters, left_out.clusters))

    def _shared(self) -> Any:
        return ShareSafe(self._gazetteer) if self._share_safe else _as_it_is

    def texts(self) -> dict[str, str]:
        """The text of every article, by id."""
        return {analysis.article.id: analysis.article.text for analysis in self._finished()}

    def _without_places_left_out(self, event_map: EventMap) -> EventMap:
        """Where an event happened that is not asked for, it is no place only mentioned; nor is one not asked for."""
        if not self._wanted.active:
            return event_map
        hidden = self._clusters()[1].places
        kept = tuple(
            one for one in event_map.mentioned if one.place.id not in hidden and self._wanted.keeps_place(one.place)
        )
        return replace(event_map, mentioned=kept)

    @cached_property
    def _compared(self) -> tuple[EventMap, Diff]:
        assert self._since is not None  # noqa: S101 - the one way here
        return changes.compared(self._drawn(), self._everything, self._before, run=self._since, wanted=self._wanted)

    @cached_property
    def _everything(self) -> list[Known]:
        """Every merged event, as a run remembers it, whatever is asked for."""
        clusters, _ = self._clusters()
        whole = event_map_from(
            self._spill.analyses(clusters),
            footprint=_no_outline,
            notes=self._spill.notes(),
            voices=clusters.voices,
        )
        return changes.known_events(whole)

    def _only_store(self) -> Path:
        stores = self._intake.stores
        if len(stores) != 1:
            raise StoreError("runs are kept in a store: name one with --store, or give one as the input")
        return Path(stores[0])

    def _remembered(self, name: str) -> list[Known]:
        assert self._runs is not None  # noqa: S101 - set where a run is named
        with Store.open(self._runs, read_only=self._store is None) as store:
            return store.run(name)

    def _analyses(self) -> Iterator[Analysis]:
        """What goes into the output: the input, or all that the store holds once the input is in it."""
        fresh = self._progress(
            analyse(self._unknown(), workers=self._workers, refuse=self._refuse, worldview=self._worldview)
        )
        if self._store is None:
            for analysis in fresh:
                self.used += 1
                yield analysis
            return
        for batch in batches(fresh):
            self._store.add_all(batch, version=analysis_version(self._worldview))
            self.used += len(batch)
        path = self._store.path
        yield from self._store.analyses(on_damage=lambda error: self._refuse(refusal(path, error)))

    def _unknown(self) -> Iterator[Article | Analysis]:
        """The input, less what the store holds as analysed by this version, and less what only has to be stored."""
        if self._store is None:
            yield from self._intake
            return
        version = analysis_version(self._worldview)
        for item in self._intake:
            if isinstance(item, Analysis):
                # What analysed it is not known, so that the article, should it come again, is analysed anew.
                self._store.add(item, version="")
                self.used += 1
            elif self._store.has(item, version=version):
                self.known += 1
                self.used += 1
            else:
                yield item

    def _progress(self, items: Iterator[Analysis]) -> Iterator[Analysis]:
        # disable=None: shown on a terminal only
        shown: Iterator[Analysis] = tqdm(items, unit=" articles", disable=True if self._quiet else None, leave=False)
        return shown

    def _count_duplicate(self, _: str) -> None:
        self.duplicates += 1


def _as_it_is(analysis: Analysis) -> Analysis:
    return analysis


def _no_outline(place: str) -> Any:
    raise LookupError(place)
