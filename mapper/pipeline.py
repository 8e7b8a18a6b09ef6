"""Where the stages meet: articles in, analyses out, in batches, on one process or several.

Batches are cut from the input alone, never by the number of workers, so that the answers are the same on any number.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from gazetteer import Gazetteer, Place
from gazetteer.errors import DataError
from gazetteer.worldview import DEFAULT
from mapper.errors import InputError
from mapper.events import EventCoder
from mapper.events.groups import groups
from mapper.events.placing_merged import placed_together
from mapper.geoparse import Geoparser
from mapper.model import Analysis, Article, PlaceRef
from mapper.pool import Workers

BATCH_ARTICLES = 32
BATCH_CHARACTERS = 200_000

Refuse = Callable[[InputError], None]


@dataclass(slots=True)
class Engine:
    """The stages, loaded once."""

    gazetteer: Gazetteer
    geoparser: Geoparser
    coder: EventCoder

    @classmethod
    def load(cls, gazetteer_path: Path | None = None, *, worldview: str = DEFAULT) -> Engine:
        """Raises what :meth:`gazetteer.Gazetteer.open` raises, and :class:`~mapper.errors.GroupsError`."""
        groups()  # a broken file of the user's is no fault of the first article
        gazetteer = Gazetteer.open(gazetteer_path, worldview=worldview)
        return cls(gazetteer, Geoparser(gazetteer), EventCoder(within=gazetteer.within))

    def analyse(self, articles: list[Article]) -> list[Analysis | InputError]:
        """Analyse a batch. An article that a stage fails on is answered by an error; the others are not held up."""
        try:
            return list(self._analyse(articles))
        except (sqlite3.DatabaseError, DataError):
            raise  # a damaged gazetteer is no article's fault
        except Exception as error:  # noqa: BLE001 - hostile input must never take other articles down; it is named
            if len(articles) == 1:
                reason = f"could not be analysed ({type(error).__name__}: {error})"
                return [InputError(" ".join(reason.split())[:500], file=articles[0].id)]
            return [result for article in articles for result in self.analyse([article])]

    def _analyse(self, articles: list[Article]) -> Iterator[Analysis]:
        toponyms = self.geoparser.parse(articles)
        coded = self.coder.code(list(zip(articles, toponyms, strict=True)))
        for article, found, (times, events) in zip(articles, toponyms, coded, strict=True):
            yield Analysis(article=article, toponyms=found, times=times, events=events)


def analyse(
    items: Iterable[Article | Analysis],
    *,
    engine: Engine | None = None,
    workers: int = 1,
    refuse: Refuse | None = None,
    worldview: str = DEFAULT,
) -> Iterator[Analysis]:
    """Analyse articles in input order; an earlier analysis among them is passed on as it is.

    ``workers`` is the number of processes. ``worldview`` says whose country places in disputed areas are shown with
    (see :mod:`gazetteer.worldview`); an ``engine`` that is given knows already. ``refuse`` is told of each article that
    could not be analysed; without it the first such error is raised. Clusters are left open:
    :mod:`mapper.events.merge` assigns them.
    """
    batches = _batches(items)
    results = _pooled(batches, workers, worldview) if workers > 1 else _serial(batches, engine, worldview)
    for result in results:
        if isinstance(result, Analysis):
            yield result
        elif refuse is None:
            raise result
        else:
            refuse(result)


def place_ref(place: Place) -> PlaceRef:
    """A gazetteer place as it travels with an article."""
    return PlaceRef(
        id=place.id,
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        country_code=place.country_code,
        feature_class=place.feature_class,
        feature_code=place.feature_code,
        footprint=place.footprint,
        population=place.population,
    )


_Batch = list[Article | Analysis]


def _batches(items: Iterable[Article | Analysis]) -> Iterator[_Batch]:
    batch: _Batch = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += len(item.text) if isinstance(item, Article) else 0
        if len(batch) >= BATCH_ARTICLES or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _serial(batches: Iterable[_Batch], engine: Engine | None, worldview: str) -> Iterator[Analysis | InputError]:
    for batch in batches:
        if engine is None and any(isinstance(item, Article) for item in batch):
            engine = Engine.load(worldview=worldview)
        yield from _answered(batch, engine)


def _answered(batch: _Batch, engine: Engine | None) -> Iterator[Analysis | InputError]:
    articles = [item for item in batch if isinstance(item, Article)]
    fresh = iter(engine.analyse(articles) if engine is not None and articles else ())
    for item in batch:
        yield item if isinstance(item, Analysis) else next(fresh)


def _pooled(batches: Iterable[_Batch], workers: int, worldview: str) -> Iterator[Analysis | InputError]:
    groups()
    return Workers(workers, start=_start_worker, arguments=(worldview,), work=_work, lost=_lost).answers(batches)


def _lost(item: Article | Analysis) -> Analysis | InputError:
    if isinstance(item, Analysis):
        return item
    return InputError("could not be analysed (the process that tried came to an end)", file=item.id)


_worker_engine: list[Engine] = []


def _start_worker(worldview: str) -> None:
    _worker_engine.append(Engine.load(worldview=worldview))


def _work(batch: _Batch) -> list[Analysis | InputError]:
    return list(_answered(batch, _worker_engine[0]))


def with_clusters(
    analysis: Analysis, clusters: Callable[[str], str | None], reasons: Mapping[str, str] | None = None
) -> Analysis:
    """The analysis with each event's cluster filled in by ``clusters`` (event id to cluster id), and why it joined.

    Of tellings of one event the one placed in a country takes the place that another names within it.
    """
    why = reasons or {}
    events = tuple(
        replace(event, cluster=clusters(event.id), why=replace(event.why, merged=why.get(event.id, "")))
        for event in analysis.events
    )
    return replace(analysis, events=placed_together(events))
