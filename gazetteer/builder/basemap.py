"""Make the compact vector base map that maps are drawn on: countries, first-level lines, water, labels.

Plain inputs in, one gzipped JSON file out (read by :mod:`gazetteer.basemap`, which documents its fields).
Method: borders are cut into arcs that neighbours share (:mod:`gazetteer.builder.topology`), each point keeps the level
of detail at which it appears, so that a page can take a coarse world and a fine region without a seam between them.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gazetteer.builder import topology
from gazetteer.builder.topology import UNIT, Points

LEVELS = (8e-3, 7e-4, 1.3e-4)
"""Effective area, in square degrees, from which a point belongs to detail level 0 (the world), 1 and 2 (a region)."""

RINGS = (0.4, 0.02, 0.002)
"""Area, in square degrees, from which an island or a hole appears at each level; the largest part always does."""

ADMIN1_LEVELS = (1.0, 1.6e-2, 2.5e-3)
LINE_LEVELS = (2e-2, 3e-3, 6e-4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country or territory. ``names`` by language code; ``label_zoom``: the map zoom from which it is labelled."""

    code: str
    names: Mapping[str, str]
    geometry: BaseGeometry
    label_lat: float
    label_lon: float
    label_zoom: float
    disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A first-level division, or part of one: lines are drawn between different ``unit`` of the same ``country``."""

    country: str
    unit: str
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True, kw_only=True)
class Water:
    """A lake (polygon) or a river (line), drawn from map zoom ``min_zoom``."""

    geometry: BaseGeometry
    min_zoom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A place to label. ``rank``: 2 a national capital, 1 a first-level seat, 0 any other."""

    name: str
    lat: float
    lon: float
    population: int
    rank: int = 0
    names: Mapping[str, str] = field(default_factory=dict)


def build(
    *,
    countries: Sequence[Country],
    divisions: Sequence[Division],
    lakes: Sequence[Water],
    rivers: Sequence[Water],
    cities: Sequence[City],
    attribution: str,
) -> dict[str, Any]:
    """The base map as plain data; :func:`write` stores it."""
    countries = sorted(countries, key=lambda country: country.code)
    borders = topology.build([country.geometry for country in countries])
    users = borders.users()
    disputed = [
        index for index, around in enumerate(users) if len(around) > 1 and any(countries[i].disputed for i in around)
    ]
    shapes = _drop_small(borders)
    refs = (ref for polygons in shapes for polygon in polygons for ring, _ in polygon for ref in ring)
    used = sorted({ref if ref >= 0 else ~ref for ref in refs})
    number = {old: new for new, old in enumerate(used)}
    arcs = [_levelled(borders.arcs[old], LEVELS) for old in used]
    return {
        "version": 1,
        "unit": UNIT,
        "attribution": attribution,
        "arcs": [arc for arc, _ in arcs],
        "levels": [level for _, level in arcs],
        "disputed": [number[old] for old in disputed if old in number],
        "countries": [
            {
                "code": country.code,
                "names": dict(sorted(country.names.items())),
                "label": [
                    round(country.label_lon * UNIT),
                    round(country.label_lat * UNIT),
                    round(country.label_zoom, 1),
                ],
                "polygons": [
                    [[level, [number[r] if r >= 0 else ~number[~r] for r in ring]] for ring, level in polygon]
                    for polygon in polygons
                ],
            }
            for country, polygons in zip(countries, shapes, strict=True)
        ],
        "admin1": _division_lines(divisions),
        "lakes": _lakes(lakes),
        "rivers": _rivers(rivers),
        "cities": _cities(cities),
    }


def write(basemap: Mapping[str, Any], path: Path) -> None:
    """Store a base map as gzipped JSON, the same bytes for the same data."""
    text = json.dumps(basemap, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


def _levelled(points: Points, levels: Sequence[float]) -> tuple[list[int], str]:
    """The points worth keeping, and the level at which each appears, a digit a point."""
    value = topology.weights(points)
    level = np.full(len(points), len(levels), dtype=np.int64)
    for index in reversed(range(len(levels))):
        level[value >= levels[index]] = index
    keep = level < len(levels)
    return topology.deltas(points[keep]), "".join(map(str, level[keep].tolist()))


def _ring_area(borders: topology.Topology, ring: Sequence[int]) -> float:
    points = np.concatenate([borders.arcs[r] if r >= 0 else borders.arcs[~r][::-1] for r in ring]) / UNIT
    x, y = points[:, 0] * max(0.1, np.cos(np.deg2rad(points[:, 1].mean()))), points[:, 1]
    return float(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2)


def _drop_small(borders: topology.Topology) -> list[list[list[tuple[list[int], int]]]]:
    """Every polygon's rings with the level at which they appear; rings too small for all levels are left out."""

    def level(area: float) -> int:
        return next((index for index, least in enumerate(RINGS) if area >= least), len(RINGS))

    result = []
    for polygons in borders.shapes:
        areas = [_ring_area(borders, polygon[0]) for polygon in polygons]
        largest = areas.index(max(areas)) if areas else -1
        kept = []
        for index, polygon in enumerate(polygons):
            outer = 0 if index == largest else level(areas[index])
            if outer == len(RINGS):
                continue
            rings = [(polygon[0], outer)]
            # An enclave's hole must appear with the enclave, whatever its size, so holes with company stay.
            rings += [(hole, max(outer, min(level(_ring_area(borders, hole)), 2))) for hole in polygon[1:]]
            kept.append(rings)
        result.append(kept)
    return result


def _division_lines(divisions: Sequence[Division]) -> dict[str, list[Any]]:
    divided = topology.build([division.geometry for division in divisions])
    kept = []
    for arc, around in zip(divided.arcs, divided.users(), strict=True):
        units = {divisions[index].unit for index in around}
        if len(units) > 1 and len({divisions[index].country for index in around}) == 1:
            kept.append(arc)
    lines_kept = shapely.MultiLineString([arc.astype(float) for arc in kept])
    merged = shapely.get_parts(shapely.line_merge(lines_kept))
    lines = [_levelled(shapely.get_coordinates(line).astype(np.int64), ADMIN1_LEVELS) for line in merged]
    lines.sort()
    return {"arcs": [line for line, _ in lines], "levels": [level for _, level in lines]}


def _lakes(lakes: Sequence[Water]) -> list[list[Any]]:
    result = []
    for lake in lakes:
        rings = []
        for part in shapely.get_parts(lake.geometry):
            for ring in [part.exterior, *part.interiors]:
                points, level = _levelled(topology.quantise(shapely.get_coordinates(ring)), LEVELS)
                if len(level) >= 4:
                    rings.append([points, level])
        if rings:
            result.append([round(lake.min_zoom, 1), rings])
    return sorted(result)


def _rivers(rivers: Sequence[Water]) -> list[list[Any]]:
    result = []
    for river in rivers:
        for part in shapely.get_parts(river.geometry):
            points, level = _levelled(topology.quantise(shapely.get_coordinates(part)), LINE_LEVELS)
            if len(level) >= 2:
                result.append([round(river.min_zoom, 1), points, level])
    return sorted(result)


CITY_SPACING = 95 / 256
"""Two labelled cities are at least this far apart (in tiles) at the zoom from which the lesser one is labelled."""

LAST_CITY_ZOOM = 7.4


def _cities(cities: Sequence[City]) -> dict[str, Any]:
    """Cities with the zoom from which each has room for a label, counting only weightier cities around it.

    Weight is log10 of the population, raised for capitals and seats, so that remote towns appear where nothing else is.
    """

    def weight(city: City) -> float:
        return float(np.log10(city.population + 10)) + (0.0, 0.6, 1.4)[city.rank]

    ordered = sorted(cities, key=lambda city: (-weight(city), city.name, city.lat, city.lon))
    world: NDArray[np.float64] = np.zeros((len(ordered), 2))
    count = 0
    chosen: list[tuple[float, City]] = []
    for city in ordered:
        sine = np.sin(np.deg2rad(np.clip(city.lat, -85, 85)))
        here = np.array([city.lon / 360, -np.arctanh(sine) / (2 * np.pi)])
        zoom = 1.0
        if count:
            gap = np.abs(world[:count] - here)
            gap[:, 0] = np.minimum(gap[:, 0], 1 - gap[:, 0])
            nearest = float(np.sqrt((gap**2).sum(axis=1).min()))
            zoom = float(np.log2(CITY_SPACING / max(nearest, 1e-6)))
        # However alone it is, a small place is not labelled on a map of the world.
        floor = 9.2 - weight(city) * 0.95
        zoom = round(max(1.5, zoom, floor), 1)
        if zoom <= LAST_CITY_ZOOM:
            world[count] = here
            count += 1
            chosen.append((zoom, city))
    chosen.sort(key=lambda pair: (pair[0], -weight(pair[1]), pair[1].name, pair[1].lat))
    languages = sorted({language for _, city in chosen for language in city.names})
    return {
        "name": [city.name for _, city in chosen],
        "x": [round(city.lon * UNIT) for _, city in chosen],
        "y": [round(city.lat * UNIT) for _, city in chosen],
        "zoom": [zoom for zoom, _ in chosen],
        "rank": [city.rank for _, city in chosen],
        "names": {
            language: {str(i): city.names[language] for i, (_, city) in enumerate(chosen) if language in city.names}
            for language in languages
        },
    }
