"""Rows as data frames whose columns have a type whatever is in them, so that an empty layer is like a full one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mapper.export.rows import FLOATS, INTEGERS

if TYPE_CHECKING:
    import geopandas
    import pandas


def table(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> pandas.DataFrame:
    """The rows as a data frame; text, float or nullable integer by the column's name."""
    import pandas

    return pandas.DataFrame(
        {name: pandas.array([row[name] for row in rows], dtype=_dtype(name)) for name in columns}, columns=list(columns)
    )


def geo_table(rows: Sequence[dict[str, Any]], columns: Sequence[str], shapes: Sequence[Any]) -> geopandas.GeoDataFrame:
    """The rows with a geometry each (None for none), EPSG:4326."""
    import geopandas

    geometry = geopandas.GeoSeries(list(shapes), crs="EPSG:4326", dtype="geometry")
    return geopandas.GeoDataFrame(table(rows, columns), geometry=geometry)


def _dtype(name: str) -> Any:
    return "float64" if name in FLOATS else "Int64" if name in INTEGERS else "string"
