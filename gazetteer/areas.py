"""What covers a point, and what is near it: the geometry behind the look-up."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer import schema
from gazetteer.layer import Layer

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

NEAREST_KM = 200.0
"""Farther than this nothing counts as near."""

_RINGS = 5
_KM_PER_DEGREE = 111.0


class Areas:
    """Outlines of the first layer, points of all layers; places go by their numbers."""

    def __init__(self, layers: tuple[Layer, ...]) -> None:
        self._layers = layers
        self._boxes: list[tuple[int, float, float, float, float]] | None = None
        # Bound here and not on the method, so that the cache ends with its gazetteer.
        self.shape: Callable[[int], BaseGeometry | None] = lru_cache(maxsize=512)(layers[0].shape)

    def holding(self, lat: float, lon: float) -> list[int]:
        """All areas that cover a point."""
        if self._boxes is None:
            self._boxes = self._layers[0].boxes()
        return [
            number
            for number, west, south, east, north in self._boxes
            if west <= lon <= east and south <= lat <= north and self.covers(number, lat, lon)
        ]

    def covers(self, number: int, lat: float, lon: float) -> bool:
        """Whether the outline of a place covers a point; a line covers none."""
        import shapely

        shape = self.shape(number)
        return shape is not None and shapely.get_dimensions(shape) == 2 and bool(shapely.intersects_xy(shape, lon, lat))

    def extent(self, number: int) -> float:
        """The size of an outline in square degrees, to tell the smaller of two; 0 without one."""
        import shapely

        shape = self.shape(number)
        return 0.0 if shape is None else float(shapely.area(shape))

    def hull(self, number: int, country: str | None, above: int | None) -> BaseGeometry | None:
        """The neighbourhood of a division's places, cut to the division above; None with fewer than three places."""
        import shapely

        rows = [row for layer in self._layers for row in layer.members(number, country)]
        if len(rows) < 3:
            return None
        step = schema.COORDINATE_STEPS
        hull = shapely.convex_hull(shapely.multipoints([(lon / step, lat / step) for lat, lon in rows]))
        hull = hull.buffer(0.03, quad_segs=4)
        outer = None if above is None else self.shape(above)
        cut = hull if outer is None else hull.intersection(outer)
        result: BaseGeometry = hull if cut.is_empty else cut
        return result

    def nearest(self, lat: float, lon: float, country: str | None) -> int | None:
        """The populated place nearest to a point, in one country if that is given, within :data:`NEAREST_KM`."""
        best: tuple[float, int] | None = None
        # The reach of a ring shrinks with the meridians; near a pole it is next to nothing and all rings are read.
        reach = schema.CELL_DEGREES * _KM_PER_DEGREE * max(0.05, math.cos(math.radians(min(abs(lat) + 3, 89))))
        for ring in range(_RINGS):
            cells = json.dumps(_ring(lat, lon, ring))
            for layer in self._layers:
                for number, place_lat, place_lon in layer.in_cells(cells, country):
                    km = distance_km(lat, lon, place_lat / schema.COORDINATE_STEPS, place_lon / schema.COORDINATE_STEPS)
                    best = (km, number) if best is None else min(best, (km, number))
            # Everything nearer than this lies in the rings already seen.
            if best is not None and best[0] <= ring * reach:
                break
        return best[1] if best is not None and best[0] <= NEAREST_KM else None


def _ring(lat: float, lon: float, ring: int) -> list[int]:
    """The cells at a distance of so many cells around a point's own."""
    step = schema.CELL_DEGREES
    cells = set()
    for row in range(-ring, ring + 1):
        for column in range(-ring, ring + 1):
            if max(abs(row), abs(column)) == ring and -90 <= lat + row * step <= 90:
                cells.add(schema.cell_of(lat + row * step, (lon + column * step + 180) % 360 - 180))
    return sorted(cells)


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance between two points in degrees."""
    p, q = math.radians(lat1), math.radians(lat2)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.0176 * math.asin(min(1.0, math.sqrt(h)))
