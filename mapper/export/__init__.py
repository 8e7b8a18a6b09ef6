"""Events as files for other programs: one short module per format, the same text and the same events in each.

A format is chosen by the end of the file's name (:data:`SUFFIXES`). Whatever the format, a file appears whole or not
at all, the same analyses give the same bytes, and text is data: never a formula, never markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mapper.model import Analysis, Geometry

SUFFIXES: Final[dict[str, str]] = {
    ".jsonl": "JSON lines, the full record",
    ".geojson": "GeoJSON (RFC 7946)",
    ".gpkg": "GeoPackage, with articles, mentions and places",
    ".fgb": "FlatGeobuf",
    ".parquet": "GeoParquet 1.1 (extra: parquet)",
    ".csv": "CSV",
    ".xlsx": "Excel workbook",
    ".kml": "KML",
    ".gdelt.tsv": "a table of GDELT's shape",
    ".acled.csv": "a table of ACLED's shape",
}
"""What a file's name may end in, and what is then written."""


@dataclass(slots=True)
class Counts:
    """What went into a file. ``clusters`` counts merged events."""

    articles: int = 0
    events: int = 0
    placed: int = 0
    unplaced: int = 0
    clusters: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file that was written, its format (a key of :data:`SUFFIXES`) and what is in it."""

    path: Path
    format: str
    counts: Counts


def suffix_of(path: Path) -> str:
    """The format that a file's name asks for. Raises ``ValueError`` naming the known ones for any other."""
    name = path.name.lower()
    known = [suffix for suffix in SUFFIXES if name.endswith(suffix) and name != suffix]
    if not known:
        raise ValueError(f"{path}: no format is known by that name; it may end in {', '.join(SUFFIXES)}")
    return max(known, key=len)


def write(path: Path, analyses: Iterable[Analysis], *, footprint: Callable[[str], Geometry]) -> Written:
    """Write the events of the analyses (read once, in order) in the format that the name of ``path`` asks for.

    ``footprint`` gives a place's area or line by its id, and raises ``LookupError`` for an unknown one.
    Raises ``ValueError`` for an unknown format, :class:`mapper.errors.OutputError` where the file cannot be written
    and :class:`mapper.errors.MissingExtraError` where the format needs a library that is not installed.
    """
    chosen = suffix_of(path)
    counts = Counts()
    _writer(chosen, footprint)(path, _counted(analyses, counts))
    return Written(path=path, format=chosen, counts=counts)


def _writer(chosen: str, footprint: Callable[[str], Geometry]) -> Callable[[Path, Iterable[Analysis]], None]:
    # Imported one by one: a CSV file needs neither GDAL nor shapely.
    if chosen == ".jsonl":
        from mapper.export import jsonl

        return jsonl.write
    if chosen == ".csv":
        from mapper.export import csv_file

        return csv_file.write
    if chosen == ".xlsx":
        from mapper.export import xlsx

        return xlsx.write
    if chosen == ".gdelt.tsv":
        from mapper.export import gdelt

        return gdelt.write
    if chosen == ".acled.csv":
        from mapper.export import acled

        return acled.write
    return _drawing_writer(chosen, footprint)


def _drawing_writer(chosen: str, footprint: Callable[[str], Geometry]) -> Callable[[Path, Iterable[Analysis]], None]:
    from mapper.export import gdal, geojson, kml, parquet
    from mapper.export.outlines import Outlines

    write_shapes = {
        ".geojson": geojson.write,
        ".gpkg": gdal.write_geopackage,
        ".fgb": gdal.write_flatgeobuf,
        ".parquet": parquet.write,
        ".kml": kml.write,
    }[chosen]
    outlines = Outlines(footprint)
    return lambda path, analyses: write_shapes(path, analyses, outlines)


def _counted(analyses: Iterable[Analysis], counts: Counts) -> Iterator[Analysis]:
    clusters: set[str] = set()
    for analysis in analyses:
        counts.articles += 1
        counts.events += len(analysis.events)
        counts.placed += sum(event.location is not None for event in analysis.events)
        clusters.update(event.cluster or event.id for event in analysis.events)
        yield analysis
    counts.unplaced = counts.events - counts.placed
    counts.clusters = len(clusters)
