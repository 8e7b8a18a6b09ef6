"""What part of the world is shown: chosen from where the events are, and carried onto the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from mapper.render.brief.projection import EARTH_KM, Array, EqualEarth, Lambert, Projection
from mapper.render.brief.shapes import Box, Point

LEAST_KM = 450.0
"""Width of the smallest part of the world shown: less would show a town without anything to know it by."""
WORLD_MARGIN = 0.02
"""Of the whole world's frame: enough for a mark on the date line to be seen whole."""
MARGIN = 0.09
"""Of the frame, on each side, so that marks and their labels keep off its edge."""
WORLD_KM = 12500.0
"""From this diagonal on, a map is of the world."""
WORTH = ((0.05, 0.8), (0.2, 0.62))
"""Up to such a share of the events may be left to the inset and the key, where the map of the rest then needs at most
so many of the kilometres a point: a few for a somewhat finer map, more only for a much finer one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """What has to be on the map for one place: corners in degrees, the place's own point, and how many events."""

    lons: tuple[float, ...]
    lats: tuple[float, ...]
    lon: float
    lat: float
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A part of the world in a box on the page. ``scale``: points a kilometre; ``x``/``y``: the middle, projected."""

    projection: Projection
    x: float
    y: float
    scale: float
    box: Box

    @property
    def world(self) -> bool:
        return isinstance(self.projection, EqualEarth)

    @property
    def km(self) -> float:
        """Width of the frame in kilometres."""
        return (self.box[2] - self.box[0]) / self.scale

    def points(self, lon: Array, lat: Array) -> tuple[Array, Array]:
        """Degrees to page. Longitudes may be on any turn of the globe."""
        x, y = self.projection.forward(lon, lat)
        left, top, right, bottom = self.box
        return (left + right) / 2 + (x - self.x) * self.scale, (top + bottom) / 2 - (y - self.y) * self.scale

    def point(self, lon: float, lat: float) -> Point:
        turned = self.projection.lon + (lon - self.projection.lon + 180) % 360 - 180
        x, y = self.points(np.array([turned]), np.array([lat]))
        return float(x[0]), float(y[0])

    def shows(self, lon: float, lat: float) -> bool:
        x, y = self.point(lon, lat)
        left, top, right, bottom = self.box
        return (self.world or self._near(lon, lat)) and left + 3 <= x <= right - 3 and top + 3 <= y <= bottom - 3

    def _near(self, lon: float, lat: float) -> bool:
        """Whether the place is on this side of the globe, where the projection does not turn inside out."""
        phi, middle, turn = np.radians(lat), np.radians(self.projection.lat), np.radians(lon - self.projection.lon)
        return bool(np.sin(phi) * np.sin(middle) + np.cos(phi) * np.cos(middle) * np.cos(turn) > -0.3)

    def outline(self) -> tuple[Array, Array]:
        """The frame's edge in degrees, for the inset; NaN where it runs off the globe."""
        left, top, right, bottom = self.box
        t = np.linspace(0, 1, 25)
        xs = np.concatenate(
            [left + (right - left) * t, np.full(25, right), right - (right - left) * t, np.full(25, left)]
        )
        ys = np.concatenate(
            [np.full(25, top), top + (bottom - top) * t, np.full(25, bottom), bottom - (bottom - top) * t]
        )
        return self._degrees(xs, ys)

    def _degrees(self, xs: Array, ys: Array) -> tuple[Array, Array]:
        left, top, right, bottom = self.box
        return self.projection.inverse(
            self.x + (xs - (left + right) / 2) / self.scale, self.y - (ys - (top + bottom) / 2) / self.scale
        )

    def window(self) -> Box:
        """West, south, east, north of what may be seen; longitudes on the turn around the projection's middle."""
        middle = self.projection.lon
        left, top, right, bottom = self.box
        xs, ys = np.meshgrid(np.linspace(left, right, 33), np.linspace(top, bottom, 33))
        lon, lat = self._degrees(xs.ravel(), ys.ravel())
        off = bool(np.isnan(lon).any())
        south, north = float(np.nanmin(lat)) - 1, float(np.nanmax(lat)) + 1
        pole = [self.point(0, p) for p in (90.0, -90.0)]
        seen = [left <= x <= right and top <= y <= bottom for x, y in pole]
        if seen[0] or north > 88:
            north = 90.0
        if seen[1] or south < -88:
            south = -90.0
        if off or self.world or any(seen) or north >= 90 or south <= -90:
            return middle - 180, max(-90, south), middle + 180, min(90, north)
        return max(middle - 180, float(lon.min()) - 1), south, min(middle + 180, float(lon.max()) + 1), north

    def place(self, geometry: BaseGeometry, *, simplify: float = 0.2) -> BaseGeometry:
        """A geometry in degrees as it lies on the page, cut at the frame."""
        window = self.window()
        pieces = []
        for turn in (-360, 0, 360):
            if geometry.bounds[2] + turn < window[0] or geometry.bounds[0] + turn > window[2]:
                continue
            piece = shapely.clip_by_rect(translate(geometry, xoff=turn) if turn else geometry, *window)
            if not piece.is_empty:
                pieces.append(piece)
        if not pieces:
            return shapely.GeometryCollection()
        whole: BaseGeometry = (
            pieces[0] if len(pieces) == 1 else shapely.union_all([shapely.make_valid(piece) for piece in pieces])
        )
        # Cutting may leave lines of one point, which cannot be drawn (nor divided).
        parts = shapely.get_parts(whole)
        drawable: BaseGeometry = shapely.GeometryCollection(list(parts[shapely.length(parts) > 1e-9]))
        whole = shapely.segmentize(drawable, 2.0 if self.km > 1500 else 0.5)

        def onto(coordinates: Array) -> Array:
            return np.column_stack(self.points(coordinates[:, 0], coordinates[:, 1]))

        flat = shapely.transform(whole, onto)
        if simplify:
            flat = shapely.simplify(flat, simplify)
        if not shapely.is_valid(flat):
            flat = shapely.make_valid(flat)
        cut: BaseGeometry = shapely.intersection(flat, shapely.box(*self.box))
        return cut


def choose(extents: Sequence[Extent], box: Box) -> View:
    """The view of the extents in the page's ``box``; the world where there are none."""
    if not extents:
        return _fitted(EqualEarth(), (-9000.0, -5500.0, 9000.0, 8000.0), box)
    kept = _without_outliers(list(extents), box)
    projection: Projection = Lambert(*_middle(kept))
    bounds = _bounds(projection, kept)
    for _ in range(2):
        lon, lat = projection.inverse(np.array([(bounds[0] + bounds[2]) / 2]), np.array([(bounds[1] + bounds[3]) / 2]))
        if np.isnan(lon[0]) or np.hypot(bounds[2] - bounds[0], bounds[3] - bounds[1]) > WORLD_KM:
            return _world(kept, box)
        projection = Lambert(round(float((lon[0] + 180) % 360 - 180), 2), round(float(lat[0]), 2))
        bounds = _bounds(projection, kept)
    view = _fitted(projection, bounds, box)
    reach = np.hypot(box[2] - box[0], box[3] - box[1]) / view.scale / 2
    return view if reach < EARTH_KM * 1.25 else _world(kept, box)


def _world(extents: Sequence[Extent], box: Box) -> View:
    projection = EqualEarth()
    xs, ys = projection.forward(np.array([-180.0, 180.0, 0, 0]), np.array([0, 0, -58.0, 84.0]))
    west, south, east, north = _bounds(projection, extents)
    whole = float(xs[0]), float(ys[2]), float(xs[1]), float(ys[3])
    if east - west < 0.75 * (whole[2] - whole[0]):
        return _fitted(projection, (west, south, east, north), box)
    return _fitted(
        projection, (whole[0], min(south, whole[1]), whole[2], max(north, whole[3])), box, margin=WORLD_MARGIN
    )


def _fitted(projection: Projection, bounds: Box, box: Box, *, margin: float = MARGIN) -> View:
    width, height = (box[2] - box[0]) * (1 - 2 * margin), (box[3] - box[1]) * (1 - 2 * margin)
    across = max(bounds[2] - bounds[0], LEAST_KM)
    up = max(bounds[3] - bounds[1], LEAST_KM * 0.6)
    return View(
        projection=projection,
        x=(bounds[0] + bounds[2]) / 2,
        y=(bounds[1] + bounds[3]) / 2,
        scale=min(width / across, height / up),
        box=box,
    )


def _middle(extents: Sequence[Extent]) -> Point:
    """The mean direction of the places, which knows no date line."""
    lon, lat = np.radians([e.lon for e in extents]), np.radians([e.lat for e in extents])
    x, y, z = np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)
    mean = np.array([x.mean(), y.mean(), z.mean()])
    if float(np.hypot(*mean[:2])) < 1e-9:
        return 0.0, 0.0
    return float(np.degrees(np.arctan2(mean[1], mean[0]))), float(np.degrees(np.arctan2(mean[2], np.hypot(*mean[:2]))))


def _bounds(projection: Projection, extents: Sequence[Extent]) -> Box:
    lons = np.concatenate([e.lons for e in extents])
    lons = projection.lon + (lons - projection.lon + 180) % 360 - 180
    x, y = projection.forward(lons, np.concatenate([e.lats for e in extents]))
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def _without_outliers(extents: list[Extent], box: Box) -> list[Extent]:
    total = sum(e.weight for e in extents)
    lon0, lat0 = _middle([e for e in extents for _ in range(min(e.weight, 20))])
    around = Lambert(lon0, lat0)
    x, y = around.forward(np.array([e.lon for e in extents]), np.array([e.lat for e in extents]))
    weights = np.array([e.weight for e in extents])
    cx, cy = _median(x, weights), _median(y, weights)
    nearest = sorted(range(len(extents)), key=lambda i: (round(float(np.hypot(x[i] - cx, y[i] - cy)), 3), i))
    whole = _fineness(around, extents, box)
    best, finest = extents, whole
    for count in range(len(extents) - 1, 0, -1):
        kept = [extents[i] for i in sorted(nearest[:count])]
        left_out = 1 - sum(e.weight for e in kept) / total
        worth = next((ratio for share, ratio in WORTH if left_out <= share), None)
        if worth is None:
            break
        fineness = _fineness(around, kept, box)
        if fineness <= whole * worth and fineness <= finest * 0.8:
            best, finest = kept, fineness
    return best


def _median(values: Array, weights: Array) -> float:
    order = np.argsort(values, kind="stable")
    cumulated = np.cumsum(weights[order])
    return float(values[order][int(np.searchsorted(cumulated, cumulated[-1] / 2))])


def _fineness(projection: Projection, extents: Sequence[Extent], box: Box) -> float:
    """Kilometres a point at which the extents would be shown."""
    return 1 / _fitted(projection, _bounds(projection, extents), box).scale
