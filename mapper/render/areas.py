"""Footprints as the page draws them: simplified rings, and places inside for the count badge."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from mapper.model import Geometry

UNIT = 1000
"""Thousandths of a degree."""

_ANCHORS = 6
_GRID = 9


def encode(footprint: Geometry, *, lat: float, lon: float) -> dict[str, Any]:
    """Rings as deltas, the area in square degrees (for the drawing order), and anchors, best first.

    ``lat``/``lon``: the gazetteer's representative point, the first anchor if it lies inside.
    """
    geometry = shapely.make_valid(_as_shapely(footprint))
    west, south, east, north = geometry.bounds
    tolerance = min(0.05, max(0.001, float(np.hypot(east - west, north - south)) / 1500))
    simple = geometry.simplify(tolerance)
    polygons = [part for part in shapely.get_parts(simple) if part.geom_type == "Polygon" and not part.is_empty]
    if not polygons:
        lines = [part for part in shapely.get_parts(simple) if "Line" in part.geom_type]
        rings = [ring for line in lines if (ring := _deltas(line))]
        return {"line": True, "size": 0, "rings": rings, "anchors": [[round(lon * UNIT), round(lat * UNIT)]]}
    polygons.sort(key=lambda polygon: -polygon.area)
    least = polygons[0].area * 2e-4
    kept = [polygon for polygon in polygons if polygon.area >= least]
    rings = [ring for polygon in kept for line in (polygon.exterior, *polygon.interiors) if (ring := _deltas(line))]
    return {
        "line": False,
        "size": round(sum(polygon.area for polygon in kept), 3),
        "rings": rings,
        "anchors": _anchors(simple, polygons[0], lat=lat, lon=lon),
    }


def _as_shapely(footprint: Geometry) -> BaseGeometry:
    return footprint if isinstance(footprint, BaseGeometry) else shape(dict(footprint.__geo_interface__))


def _deltas(line: BaseGeometry) -> list[int]:
    points = np.rint(shapely.get_coordinates(line) * UNIT).astype(np.int64)
    keep = np.ones(len(points), dtype=bool)
    keep[1:] = (np.diff(points, axis=0) != 0).any(axis=1)
    points = points[keep]
    if len(points) < 2:
        return []
    return [int(value) for value in np.concatenate([points[:1], np.diff(points, axis=0)]).ravel()]


def _anchors(geometry: BaseGeometry, largest: BaseGeometry, *, lat: float, lon: float) -> list[list[int]]:
    """The representative point, then grid points of the largest part: deepest inside and far from the others first."""
    first = (lon, lat)
    if not geometry.intersects(shapely.Point(first)):
        point = shapely.point_on_surface(largest)
        first = (point.x, point.y)
    west, south, east, north = largest.bounds
    xs, ys = np.meshgrid(
        np.linspace(west, east, _GRID + 2)[1:-1], np.linspace(south, north, _GRID + 2)[1:-1], indexing="ij"
    )
    grid = np.column_stack([xs.ravel(), ys.ravel()])
    points = np.array([shapely.Point(x, y) for x, y in grid])
    inside = shapely.contains(largest, points)
    grid, points = grid[inside], points[inside]
    chosen = [np.array(first)]
    if len(grid):
        depth = shapely.distance(points, largest.boundary)
        away = np.hypot(*(grid - chosen[0]).T)
        while len(chosen) < _ANCHORS:
            best = int(np.argmax(np.minimum(depth, away / 2)))
            if away[best] <= 0:
                break
            chosen.append(grid[best])
            away = np.minimum(away, np.hypot(*(grid - grid[best]).T))
    return [[round(float(x) * UNIT), round(float(y) * UNIT)] for x, y in chosen]
