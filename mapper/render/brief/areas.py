"""Areas on the page: how much of the world they need, their hatching, and where in them a plate may stand."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import shapely
from shapely.geometry import shape as as_shape
from shapely.geometry.base import BaseGeometry

from mapper.model import Geometry
from mapper.render.brief.entries import Spot
from mapper.render.brief.ground import lines_of
from mapper.render.brief.shapes import Point
from mapper.render.brief.view import Extent

_HATCH = 6.5
"""Points between the lines of a hatching."""


def shapely_of(geometry: Geometry) -> BaseGeometry:
    found = geometry if isinstance(geometry, BaseGeometry) else as_shape(dict(geometry.__geo_interface__))
    return found if shapely.is_valid(found) else shapely.make_valid(found)


def extent(spot: Spot, footprints: Mapping[str, Geometry]) -> Extent:
    """What has to be on the map for a spot: its point, its ring, or its area's larger parts."""
    where = spot.location
    weight = len(spot.entries)
    if where.footprint != "point" and where.place_id in footprints:
        shape = shapely_of(footprints[where.place_id])
        parts = list(shapely.get_parts(shape))
        largest = max(part.area for part in parts)
        # Far islands and overseas parts would push everything else into a corner.
        kept = [part for part in parts if part.area >= 0.2 * largest]
        corners = np.concatenate([shapely.get_coordinates(part.simplify(0.1)) for part in kept])
        return Extent(
            lons=tuple(corners[:, 0].tolist()), lats=tuple(corners[:, 1].tolist()), lon=where.lon, lat=where.lat,
            weight=weight,
        )  # fmt: skip
    up = (where.radius_km or 0) / 111.2
    across = up / max(0.1, math.cos(math.radians(where.lat)))
    return Extent(
        lons=(where.lon - across, where.lon + across), lats=(max(-90, where.lat - up), min(90, where.lat + up)),
        lon=where.lon, lat=where.lat, weight=weight,
    )  # fmt: skip


def lighter(colour: str) -> str:
    """Two thirds of the way to white."""
    return "#" + "".join(f"{(int(colour[i : i + 2], 16) + 2 * 255) // 3:02x}" for i in (1, 3, 5))


def hatching(shape: BaseGeometry, *, steep: bool) -> tuple[tuple[Point, ...], ...]:
    """Diagonal lines inside a shape."""
    left, top, right, bottom = shape.bounds
    height = bottom - top
    lines = []
    start = math.floor((left - height) / _HATCH) * _HATCH
    while start < right:
        a, b = (start, start + height) if steep else (start + height, start)
        lines.append(((a, top), (b, bottom)))
        start += _HATCH
    return lines_of(shapely.intersection(shapely.MultiLineString(lines), shape)) if lines else ()


def anchors(shape: BaseGeometry, best: Point) -> list[Point]:
    """Places inside an area for its plate: the gazetteer's own point, then the deepest."""
    if shape.area == 0:
        longest = max(shapely.get_parts(shape), key=lambda part: part.length)
        along = (longest.interpolate(share, normalized=True) for share in (0.5, 0.35, 0.65, 0.2, 0.8))
        return [(point.x, point.y) for point in along]
    largest = max((part for part in shapely.get_parts(shape) if part.area), key=lambda part: part.area)
    left, top, right, bottom = largest.bounds
    xs, ys = np.meshgrid(np.linspace(left, right, 19)[1:-1], np.linspace(top, bottom, 19)[1:-1])
    inside = shapely.intersects_xy(largest, xs.ravel(), ys.ravel())
    xs, ys = xs.ravel()[inside], ys.ravel()[inside]
    depth = shapely.distance(shapely.points(xs, ys), largest.boundary)
    order = np.lexsort((ys, xs, -np.round(depth, 1)))
    found = [best] if shapely.intersects_xy(shape, *best) else []
    found += [(float(xs[i]), float(ys[i])) for i in order[:40]]
    # Near the edge, for leader lines only, where signs crowd the middle.
    rim = largest.buffer(-2.0)
    if not rim.is_empty:
        ends = shapely.line_interpolate_point(rim.boundary, np.linspace(0, 1, 24, endpoint=False), normalized=True)
        found += [(float(point.x), float(point.y)) for point in ends]
    if not found:
        inner = largest.representative_point()
        found = [(inner.x, inner.y)]
    return found
