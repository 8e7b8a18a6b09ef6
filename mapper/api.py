"""The Python interface: read, analyse, tabulate, draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.worldview import DEFAULT
from mapper.model import Analysis, Article, EventMap, Status
from mapper.pipeline import Refuse

if TYPE_CHECKING:
    import geopandas


def read(
    *paths: str | Path,
    published: str | None = None,
    source: str | None = None,
    url: str | None = None,
    refuse: Refuse | None = None,
) -> Iterator[Article | Analysis]:
    """Read files and folders. Lines of an earlier output come as analyses, everything else as articles.

    ``published`` (ISO 8601), ``source`` and ``url`` are for articles that state none themselves. ``refuse`` is told of
    each :class:`~mapper.errors.InputError`; without it the first one is raised.
    """
    from mapper import articles
    from mapper.codec import from_record

    return articles.read(
        *paths, published=published, source=source, url=url, from_record=from_record, on_refusal=refuse
    )


def analyse(
    articles: Iterable[Article | Analysis],
    *,
    workers: int = 1,
    refuse: Refuse | None = None,
    worldview: str = DEFAULT,
) -> Iterator[Analysis]:
    """Find places and events, article by article, in input order.

    Events get their clusters (the same event told twice) when all are known: in :func:`build_map`, or from the
    ``mapper parse`` command. Raises the first :class:`~mapper.errors.InputError` unless ``refuse`` takes them.
    ``worldview`` ("un", "de-facto") says whose country places in disputed areas are shown with: see
    :mod:`gazetteer.worldview`, whose :class:`~gazetteer.worldview.WorldviewError` one gets for another.
    """
    from mapper import pipeline

    return pipeline.analyse(articles, workers=workers, refuse=refuse, worldview=worldview)


def to_geodataframe(analyses: Iterable[Analysis]) -> geopandas.GeoDataFrame:
    """Every event as a row, EPSG:4326; areas as areas, unplaced events with a null geometry."""
    from gazetteer import Gazetteer
    from mapper import frames

    with Gazetteer.open() as gazetteer:
        return frames.to_geodataframe(analyses, footprint=gazetteer.footprint)


def event_map(analyses: Iterable[Analysis]) -> EventMap:
    """The analyses merged into what a map, a slide or a table shows: the same event told twice is one."""
    from gazetteer import Gazetteer
    from mapper.drawing import event_map_from
    from mapper.events import merge
    from mapper.pipeline import with_clusters

    kept = list(analyses)
    keys = merge.Keys()
    for analysis in kept:
        keys.add(analysis)
    clusters = keys.cluster()
    with Gazetteer.open() as gazetteer:
        return event_map_from(
            (with_clusters(analysis, clusters.of_event.get, clusters.reasons) for analysis in kept),
            footprint=gazetteer.footprint,
            voices=clusters.voices,
        )


def build_map(
    analyses: Iterable[Analysis],
    *,
    title: str = "Events in the news",
    subtitle: str | None = None,
    as_of: str | None = None,
    language: str | None = None,
    worldview: str = DEFAULT,
) -> Any:
    """The map of the analyses: an object that a notebook shows, that folium layers can be added to, and that saves
    itself as one self-contained file (``.save(path)``).

    ``language``: "en", "fr" or "ar", what the map speaks; None: English, with names on the map in the reader's own.
    ``worldview``: how disputed areas are described; the one that the analyses were made with.
    """
    from mapper.accuracy import accuracy
    from mapper.render import page

    return page.build(
        event_map(analyses), title=title, subtitle=subtitle, as_of=as_of, accuracy=accuracy(), language=language,
        worldview=worldview,
    )  # fmt: skip


def brief(
    analyses: Iterable[Analysis],
    path: str | Path,
    *,
    title: str = "Events in the news",
    subtitle: str | None = None,
    as_of: str | None = None,
    style: str = "plain",
    tlp: str | None = None,
    mentioned: bool = True,
    statuses: tuple[Status, ...] = ("reported", "planned"),
    dpi: int = 300,
) -> Path:
    """Write briefing material; the end of the name of ``path`` chooses: .pptx, .docx, .pdf, .png or .svg.

    ``style`` is "plain", "atlas" or "ink"; ``tlp`` a Traffic Light Protocol label; ``mentioned``: also draw places
    that are only mentioned; ``statuses``: the events shown; ``dpi``: pixels an inch of pictures. Returns the path.
    Raises ``ValueError`` for an unknown format, style or label.
    """
    from mapper.render import brief as material

    material.write(
        Path(path), event_map(analyses), title=title, subtitle=subtitle, as_of=as_of, style=style, tlp=tlp,
        mentioned=mentioned, statuses=statuses, dpi=dpi,
    )  # fmt: skip
    return Path(path)
