"""GeoParquet 1.1, through pyarrow (the extra ``parquet``)."""

from __future__ import annotations

import io
import itertools
import json
import math
import tempfile
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.errors import MissingExtraError
from mapper.export.gdal import event_frames
from mapper.export.outlines import Outlines
from mapper.files import replacing
from mapper.model import Analysis

if TYPE_CHECKING:
    import geopandas
    import pyarrow


def write(path: Path, analyses: Iterable[Analysis], outlines: Outlines) -> None:
    """Write one row per event and article, with a covering bounding box column by which readers skip row groups.

    Raises :class:`MissingExtraError` where pyarrow is not installed.
    """
    if find_spec("pyarrow") is None:
        raise MissingExtraError(
            f'{path}: GeoParquet needs pyarrow: pip install "geospatial-event-mapper[parquet]" (or write .gpkg)'
        )
    with replacing(path) as temporary:
        _write(temporary, (_as_arrow(frame) for frame in event_frames(analyses, outlines)))


def _as_arrow(frame: geopandas.GeoDataFrame) -> pyarrow.Table:
    """The rows as geopandas writes them, with what it says of their geometry in the schema's metadata."""
    from pyarrow import parquet

    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False, compression=None, schema_version="1.1.0", write_covering_bbox=True)
    buffer.seek(0)
    return parquet.read_table(buffer)


def _write(path: Path, tables: Iterator[pyarrow.Table]) -> None:
    """Write table by table, a row group each: never more than one is in memory.

    The file's head says which kinds of geometry there are and how far they reach, which is known when all have been
    seen: until then they wait in a temporary file.
    """
    import pyarrow
    from pyarrow import parquet

    first = next(tables)
    metadata = dict(first.schema.metadata)
    geometry = json.loads(metadata.pop(b"geo"))
    with tempfile.TemporaryFile() as waiting:
        with pyarrow.ipc.new_stream(waiting, first.schema.with_metadata(metadata)) as stream:
            for table in itertools.chain((first,), tables):
                part = json.loads(table.schema.metadata[b"geo"])
                _widen(geometry["columns"]["geometry"], part["columns"]["geometry"])
                stream.write_table(table.replace_schema_metadata(metadata))
        waiting.seek(0)
        schema = first.schema.with_metadata(metadata | {b"geo": json.dumps(geometry).encode("utf-8")})
        with (
            pyarrow.ipc.open_stream(waiting) as batches,
            parquet.ParquetWriter(path, schema, compression="zstd") as writer,
        ):
            for batch in batches:
                writer.write_batch(batch.replace_schema_metadata(schema.metadata))


def _widen(whole: dict[str, Any], part: dict[str, Any]) -> None:
    """Make the description of a geometry column hold for these rows too."""
    whole["geometry_types"] = sorted({*whole["geometry_types"], *part["geometry_types"]})
    boxes = [one["bbox"] for one in (whole, part) if "bbox" in one and all(map(math.isfinite, one["bbox"]))]
    if boxes:
        west, south, east, north = zip(*boxes, strict=True)
        whole["bbox"] = [min(west), min(south), max(east), max(north)]
