"""The base map on the page: land, water, borders, and the names that may be written on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gazetteer import basemap
from mapper.render.brief.projection import Array
from mapper.render.brief.shapes import Dash, Group, Path, Point
from mapper.render.brief.styles import Style
from mapper.render.brief.text import line
from mapper.render.brief.view import View

ADMIN1_KM = 3200.0
"""First-level divisions are drawn up to this width of the map; on a wider one they would be a grey veil."""
DETAIL_KM = 1800.0
"""Up to this width the finest borders are drawn."""
LEAST_AREA = 0.6
"""Square points: smaller islands are left out, there being nothing to see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name that may be written: where it would stand best, elsewhere if not, and how weighty it is (most first)."""

    text: str
    places: tuple[Point, ...]
    weight: float
    country: bool
    shape: BaseGeometry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The drawn base map, the names on it, and the countries' shapes on the page."""

    group: Group
    names: tuple[Name, ...]
    shapes: tuple[BaseGeometry, ...]

    def on_land(self, x: float, y: float) -> bool:
        """Whether a point of the page is on land."""
        return any(bool(shapely.intersects_xy(shape, x, y)) for shape in self.shapes)


def rings_of(geometry: BaseGeometry, *, least: float = 0.0) -> tuple[tuple[Point, ...], ...]:
    """Every ring of the polygons in a page geometry, to a tenth of a point."""
    rings = []
    for part in shapely.get_parts(shapely.normalize(geometry)):
        if part.geom_type == "Polygon" and part.area > least:
            rings += [_rounded(ring.coords) for ring in (part.exterior, *part.interiors)]
        elif part.geom_type in ("MultiPolygon", "GeometryCollection"):
            rings += rings_of(part, least=least)
    return tuple(ring for ring in rings if len(ring) > 2)


def lines_of(geometry: BaseGeometry) -> tuple[tuple[Point, ...], ...]:
    """Every line in a page geometry, to a tenth of a point."""
    found = []
    for part in shapely.get_parts(geometry):
        if part.geom_type == "LineString" and part.length > 0.3:
            found.append(_rounded(part.coords))
        elif part.geom_type in ("MultiLineString", "GeometryCollection"):
            found += lines_of(part)
    return tuple(one for one in found if len(one) > 1)


def _rounded(coordinates: Iterable[Any]) -> tuple[Point, ...]:
    points: list[Point] = []
    for x, y, *_ in coordinates:
        point = (round(float(x), 1) + 0.0, round(float(y), 1) + 0.0)
        if not points or points[-1] != point:
            points.append(point)
    return tuple(points)


def draw(view: View, style: Style) -> Ground:
    """The base map of a view."""
    data = _cut(view)
    unit = data["unit"]
    arcs = [_degrees(arc, unit) for arc in data["arcs"]]
    items = []
    names = []
    shapes = []
    users: dict[int, set[int]] = defaultdict(set)
    for index, country in enumerate(data["countries"]):
        for ring in country["rings"]:
            for ref in ring:
                users[ref if ref >= 0 else ~ref].add(index)
        shape = view.place(_polygons(country["rings"], arcs))
        rings = rings_of(shape, least=LEAST_AREA)
        if not rings:
            continue
        shapes.append(shape)
        name = line(country["names"].get("en", ""))
        items.append(Path(rings=rings, fill=style.land, name=f"Country: {name}"))
        names.append(_country_name(name, shape, country["label"], unit, view))
    if view.km <= ADMIN1_KM:
        lines = _lines([_degrees(arc, unit) for arc in data["admin1"]], view)
        items += _strokes(lines, style.admin1, 0.5, "solid", "First-level divisions")
    for zoom, rings_ in data["lakes"]:
        if zoom <= _zoom(view):
            shape = view.place(shapely.Polygon(_degrees(rings_[0], unit), [_degrees(r, unit) for r in rings_[1:]]))
            if rings := rings_of(shape, least=1.5):
                items.append(Path(rings=rings, fill=style.lake, stroke=style.coast, width=0.35, name="Lake"))
    rivers = [_degrees(deltas, unit) for zoom, deltas in data["rivers"] if zoom <= _zoom(view) - 0.5]
    items += _strokes(_lines(rivers, view), style.lake, 0.7, "solid", "Rivers")
    disputed = set(data["disputed"])
    kinds: dict[str, list[Array]] = {"coast": [], "border": [], "disputed": []}
    for index, arc in enumerate(arcs):
        kind = "disputed" if index in disputed else "border" if len(users[index]) > 1 else "coast"
        kinds[kind] += _without_seam(arc)
    claims = [
        line_ for _, _, lines in data["claims"] for deltas in lines for line_ in _without_seam(_degrees(deltas, unit))
    ]
    items += _strokes(_lines(kinds["coast"], view), style.coast, 0.55, "solid", "Coasts")
    items += _strokes(_lines(kinds["border"], view), style.border, 0.7, "solid", "Borders")
    # A claim's line may run along a border: the land's colour under it keeps the dashes apart.
    items += _strokes(_lines(claims, view), style.land, 1.4, "solid", "Ground of disputed borders")
    items += _strokes(_lines(kinds["disputed"] + claims, view), style.border, 0.8, "dash", "Disputed borders")
    names += _city_names(data["cities"], unit, view)
    return Ground(group=Group(name="Base map", items=tuple(items)), names=tuple(names), shapes=tuple(shapes))


def has_disputed(ground: Ground) -> bool:
    return any(isinstance(item, Path) and item.name == "Disputed borders" for item in ground.group.items)


@lru_cache(maxsize=1)
def land() -> BaseGeometry:
    """All land, coarsely, in degrees: for the inset."""
    data = basemap.cut(basemap.load(), None)
    arcs = [_degrees(arc, data["unit"]) for arc in data["arcs"]]
    shapes = [_polygons(country["rings"], arcs) for country in data["countries"]]
    return shapely.union_all([shapely.make_valid(shape) for shape in shapes if not shape.is_empty])


def _cut(view: View) -> dict[str, Any]:
    west, south, east, north = view.window()
    if west < -180 or east > 180:
        west, east = -180, 180
    level = 0 if view.world else 2 if view.km <= DETAIL_KM else 1
    return basemap.cut(basemap.load(), (west, south, east, north), inside=level)


def _zoom(view: View) -> float:
    """The zoom of a web map (256-pixel tiles, 96 pixels an inch) that shows as much detail as this page."""
    return float(np.log2(40075 * view.scale * 96 / 72 / 256))


def _degrees(deltas: Sequence[int], unit: int) -> Array:
    return np.cumsum(np.array(deltas, dtype=np.float64).reshape(-1, 2), axis=0) / unit


def _polygons(rings: Sequence[Sequence[int]], arcs: Sequence[Array]) -> BaseGeometry:
    """A country from its rings, outer ones and holes alike: what an odd number of them encloses is inside."""
    loops = []
    for refs in rings:
        loop = np.concatenate([arcs[ref] if ref >= 0 else arcs[~ref][::-1] for ref in refs])
        if len(loop) >= 4:
            loops.append(shapely.LinearRing(loop))
    # Simplified coasts may cross themselves: where lines cross they are divided first, or no area is found.
    return shapely.build_area(shapely.union_all(loops)) if loops else shapely.Polygon()


def _lines(lines: Sequence[Array], view: View) -> tuple[tuple[Point, ...], ...]:
    lines = [one for one in lines if len(one) > 1]
    return lines_of(view.place(shapely.MultiLineString(lines), simplify=0.25)) if lines else ()


def _strokes(lines: tuple[tuple[Point, ...], ...], colour: str, width: float, dash: Dash, name: str) -> list[Path]:
    return [Path(rings=lines, closed=False, stroke=colour, width=width, dash=dash, name=name)] if lines else []


def _without_seam(arc: Array) -> list[Array]:
    """The arc's stretches that are coast or border, not where the map data are cut at the date line or the pole."""
    on_seam = (np.abs(arc[:, 0]) > 179.98) | (arc[:, 1] < -89.9)
    joined = on_seam[:-1] & on_seam[1:]
    if not joined.any():
        return [arc]
    pieces, start = [], 0
    for index in np.flatnonzero(joined):
        pieces.append(arc[start : index + 1])
        start = int(index) + 1
    pieces.append(arc[start:])
    return [piece for piece in pieces if len(piece) > 1]


def _country_name(name: str, shape: BaseGeometry, label: Sequence[int], unit: int, view: View) -> Name:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    largest = max(parts, key=lambda part: part.area)
    middle = shapely.maximum_inscribed_circle(largest, tolerance=2).coords[0]
    best = view.point(label[0] / unit, label[1] / unit)
    spread = [best] if shapely.intersects_xy(shape, *best) else []
    spread.append((middle[0], middle[1]))
    west, north, east, south = largest.bounds
    for fx, fy in (
        (0.5, 0.35),
        (0.5, 0.65),
        (0.35, 0.5),
        (0.65, 0.5),
        (0.35, 0.25),
        (0.65, 0.25),
        (0.35, 0.75),
        (0.65, 0.75),
    ):
        point = (west + fx * (east - west), north + fy * (south - north))
        if shapely.intersects_xy(largest, *point):
            spread.append(point)
    return Name(text=name, places=tuple(spread), weight=float(largest.area), country=True, shape=shape)


def _city_names(cities: dict[str, Any], unit: int, view: View) -> list[Name]:
    zoom = _zoom(view)
    names = []
    for name, x, y, first, rank in zip(
        cities["name"], cities["x"], cities["y"], cities["zoom"], cities["rank"], strict=True
    ):
        # A printed page has less room than a screen that can be zoomed: only the weightier towns.
        if first <= zoom + (0.4 if rank == 2 else -0.6) and view.shows(x / unit, y / unit):
            point = view.point(x / unit, y / unit)
            names.append(Name(text=line(name), places=(point,), weight=float(rank * 10 - first), country=False))
    return names
