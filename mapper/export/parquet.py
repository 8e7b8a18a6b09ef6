"""GeoParquet 1.1, through pyarrow (the extra ``parquet``)."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from mapper.errors import MissingExtraError
from mapper.export.gdal import event_table
from mapper.export.outlines import Outlines
from mapper.export.rows import EVENT_COLUMNS
from mapper.export.tables import geo_table
from mapper.files import replacing
from mapper.model import Analysis


def write(path: Path, analyses: Iterable[Analysis], outlines: Outlines) -> None:
    """Write one row per event and article, with a covering bounding box column by which readers skip row groups.

    Raises :class:`MissingExtraError` where pyarrow is not installed.
    """
    if find_spec("pyarrow") is None:
        raise MissingExtraError(
            f'{path}: GeoParquet needs pyarrow: pip install "geospatial-event-mapper[parquet]" (or write .gpkg)'
        )
    rows, shapes = event_table(analyses, outlines)
    frame = geo_table(rows, EVENT_COLUMNS, shapes)
    with replacing(path) as temporary:
        frame.to_parquet(temporary, index=False, compression="zstd", schema_version="1.1.0", write_covering_bbox=True)
