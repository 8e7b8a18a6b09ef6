"""What an event or a place is drawn as: a point, its whole area or line, or nothing. Never a centroid for an area."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mapper.model import FootprintKind, Geometry, Location

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

DECIMALS = 6
"""Decimals of a degree that are written: 6 is about a tenth of a metre, and RFC 7946 advises no more."""


class Outlines:
    """Geometries by place, in lon, lat order, rings wound as RFC 7946 asks (outer rings counterclockwise).

    ``footprint`` gives a place's area or line by its id. Where it raises ``LookupError`` (unknown place) or has but a
    point for an area, the outline is not known, and nothing is drawn.
    """

    def __init__(self, footprint: Callable[[str], Geometry]) -> None:
        self._footprint = footprint
        self._shapes: dict[str, BaseGeometry | None] = {}
        self._json: dict[str, str] = {}

    def of(self, place_id: str, kind: FootprintKind, *, lat: float, lon: float) -> BaseGeometry | None:
        """The geometry of a place; ``lat`` and ``lon`` (degrees) are used for points only."""
        if kind == "point":
            from shapely.geometry import Point

            return Point(_rounded(lon), _rounded(lat))
        if place_id not in self._shapes:
            self._shapes[place_id] = self._outline(place_id)
        return self._shapes[place_id]

    def of_location(self, where: Location | None) -> BaseGeometry | None:
        """The geometry of an event's location."""
        return None if where is None else self.of(where.place_id, where.footprint, lat=where.lat, lon=where.lon)

    def geojson(self, where: Location | None) -> str:
        """The same as a GeoJSON geometry, ``null`` where there is none."""
        if where is None or where.footprint == "point":
            shape = self.of_location(where)
            return json.dumps(shape and shape.__geo_interface__, separators=(",", ":"))
        if where.place_id not in self._json:
            shape = self.of_location(where)
            self._json[where.place_id] = json.dumps(shape and shape.__geo_interface__, separators=(",", ":"))
        return self._json[where.place_id]

    def _outline(self, place_id: str) -> BaseGeometry | None:
        import numpy
        import shapely
        from shapely.geometry import shape

        try:
            found = shape(dict(self._footprint(place_id).__geo_interface__))
        except LookupError:
            return None

        def rounded(coordinates: Any) -> Any:
            return numpy.round(coordinates, DECIMALS) + 0.0  # turns -0.0 into 0.0

        result: BaseGeometry = shapely.orient_polygons(shapely.transform(found, rounded))
        # A point in an area's stead would be a pin where nothing is known to have happened.
        return None if result.is_empty or result.geom_type in {"Point", "MultiPoint"} else result


def _rounded(degrees: float) -> float:
    return round(degrees, DECIMALS) + 0.0
