"""GeoPackage and FlatGeobuf, through GDAL (pyogrio).

A GeoPackage has the layers ``events`` (with geometry), ``places`` (each place named anywhere, its geometry once),
``articles`` and ``mentions`` (tables without geometry: a country named a thousand times is not drawn a thousand
times; ``mentions.place_id`` leads to ``places.id``). Lists are JSON text.
"""

from __future__ import annotations

import io
import itertools
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.errors import OutputError
from mapper.export.outlines import Outlines
from mapper.export.rows import (
    ARTICLE_COLUMNS,
    EVENT_COLUMNS,
    MENTION_COLUMNS,
    PLACE_COLUMNS,
    article_row,
    clean,
    cleaned,
    flat,
    mention_row,
    told,
)
from mapper.export.tables import geo_table, table
from mapper.files import replacing
from mapper.model import Analysis, PlaceRef

if TYPE_CHECKING:
    import geopandas
    import pandas

GEOPACKAGE = "1.3"
"""The version written: GDAL 3.6, and what is built on it, opens 1.4 with a warning."""
BATCH = 1_000
"""Analyses held in memory at a time while a GeoPackage is written."""
ROWS = 10_000
"""Events held as rows at a time, of other formats."""
# A GeoPackage notes when each layer was last changed; the clock has no place in an output.
_STAMP = "1970-01-01T00:00:00.000Z"


def write_geopackage(path: Path, analyses: Iterable[Analysis], outlines: Outlines) -> None:
    """Write the four layers, batch by batch."""
    places: dict[str, PlaceRef] = {}
    counts = Counter[str]()
    with replacing(path) as temporary, _fixed_clock():
        temporary.unlink()
        for number, batch in enumerate(_batches(analyses)):
            rows = [(t.event.location, flat(t.row)) for t in told(batch)]
            shapes = [outlines.of_location(where) for where, _ in rows]
            articles = [flat(article_row(a.article)) for a in batch]
            mentions = [flat(mention_row(a.article, t)) for a in batch for t in a.toponyms]
            for place in (t.place for a in batch for t in a.toponyms if t.place is not None):
                places.setdefault(clean(place.id), place)
            layers = {
                "events": geo_table([row for _, row in rows], EVENT_COLUMNS, shapes),
                "articles": table(articles, ARTICLE_COLUMNS),
                "mentions": table(mentions, MENTION_COLUMNS),
            }
            for layer, frame in layers.items():
                counts[layer] += len(frame)
                if number == 0 or len(frame):
                    _write_layer(frame, path, temporary, layer, append=number > 0)
        known = [place for _, place in sorted(places.items())]
        frame = geo_table(
            [cleaned({name: getattr(place, name) for name in PLACE_COLUMNS}) for place in known],
            PLACE_COLUMNS,
            [outlines.of(p.id, p.footprint, lat=p.lat, lon=p.lon) for p in known],
        )
        _write_layer(frame, path, temporary, "places", append=False)
        _check(path, temporary, counts | {"places": len(frame)})


def write_flatgeobuf(path: Path, analyses: Iterable[Analysis], outlines: Outlines) -> None:
    """Write one feature per event and article. Without a spatial index, which would leave out unplaced events."""
    import pandas

    frame = pandas.concat(event_frames(analyses, outlines), ignore_index=True)
    # In memory first: on a full disk GDAL's driver leaves half a file and says nothing.
    buffer = io.BytesIO()
    _write(frame, path, buffer, driver="FlatGeobuf", layer="events", layer_options={"SPATIAL_INDEX": "NO"})
    with replacing(path) as temporary:
        temporary.write_bytes(buffer.getbuffer())


def event_frames(analyses: Iterable[Analysis], outlines: Outlines) -> Iterator[geopandas.GeoDataFrame]:
    """Every event's flat row and its geometry, :data:`ROWS` at a time; at least one frame, which may be empty."""
    items = told(analyses)
    first = True
    while (some := list(itertools.islice(items, ROWS))) or first:
        first = False
        shapes = [outlines.of_location(item.event.location) for item in some]
        yield geo_table([flat(item.row) for item in some], EVENT_COLUMNS, shapes)


def _check(path: Path, temporary: Path, counts: Mapping[str, int]) -> None:
    """Refuse a GeoPackage that is not whole. GDAL makes indexes and triggers when it closes the file, and a failure
    to (no room left) goes unheard."""
    database = sqlite3.connect(f"{temporary.absolute().as_uri()}?immutable=1", uri=True)
    try:
        whole = database.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        held = {layer: database.execute(f"SELECT count(*) FROM {layer}").fetchone()[0] for layer in counts}  # noqa: S608
        names = {name for (name,) in database.execute("SELECT name FROM sqlite_schema")}
    except sqlite3.Error as error:
        raise OutputError(f"{path}: could not be written whole ({error})") from error
    finally:
        database.close()
    # Tables, indexes and triggers of layers of one kind go by one pattern; what the last ones lack was not written.
    made = {layer: {name.replace(layer, "") for name in names if layer in name} for layer in counts}
    alike = made["events"] == made["places"] and made["articles"] == made["mentions"]
    if not (whole and alike and held == counts):
        raise OutputError(f"{path}: could not be written whole (no room left?)")


def _write_layer(frame: pandas.DataFrame, path: Path, target: Path, layer: str, *, append: bool) -> None:
    # The version is said when the file is made, and only then.
    version = {} if target.exists() else {"dataset_options": {"VERSION": GEOPACKAGE}}
    _write(frame, path, target, driver="GPKG", layer=layer, append=append, **version)


def _write(frame: pandas.DataFrame, path: Path, target: Path | io.BytesIO, **options: Any) -> None:
    import pyogrio

    geometry = {"geometry_type": "Unknown", "promote_to_multi": False} if "geometry" in frame.columns else {}
    try:
        pyogrio.write_dataframe(frame, target, **geometry, **options)
    except (RuntimeError, ValueError) as error:  # what pyogrio makes of GDAL's refusals
        raise OutputError(f"{path}: {' '.join(str(error).split())}") from error


def _batches(analyses: Iterable[Analysis]) -> Iterator[list[Analysis]]:
    """Lists of analyses, at least one, which may be empty: layers are there even when nothing is in them."""
    remaining = iter(analyses)
    batch = list(itertools.islice(remaining, BATCH))
    yield batch
    while batch := list(itertools.islice(remaining, BATCH)):
        yield batch


@contextmanager
def _fixed_clock() -> Iterator[None]:
    import pyogrio

    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _STAMP})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
