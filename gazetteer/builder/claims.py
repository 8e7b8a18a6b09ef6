"""The lines that a map draws dashed: where disputed areas (``gazetteer/worldviews.toml``) end on land."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.builder import topology
from gazetteer.builder.topology import UNIT
from gazetteer.worldview import disputed

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from gazetteer.index import Gazetteer

FILE = "claims.json.gz"

_SIMPLIFIED = 0.005
_COAST = 0.04
"""Degrees from the coast within which an outline is the coast: outlines of areas and of countries are two drawings."""

_ALONG = 0.03
"""Degrees within which a border of the base map is the same line as a disputed one."""

_SAME = 0.8
"""Share of a border of the base map that has to run along disputed lines for all of it to be drawn dashed."""

_LEAST = 0.1
"""Degrees: shorter bits are where two drawings of one coast cross."""


def build(gazetteer: Gazetteer) -> dict[str, Any]:
    """Id, box and lines of every disputed area, for :mod:`gazetteer.claims`.

    An area without a line on land (an island, a group of reefs) has its whole outline if that is drawn at sea, and no
    line if it is its coast: who holds it shows in its colour and its name.
    """
    import shapely

    land = _land_around(gazetteer)
    inland = shapely.buffer(land, -_COAST, quad_segs=2)
    areas = []
    for area in disputed():
        outline = shapely.simplify(gazetteer.footprint(area.place_id), _SIMPLIFIED)
        edge = shapely.line_merge(shapely.intersection(shapely.boundary(outline), inland))
        parts = [part for part in shapely.get_parts(edge) if part.length >= _LEAST]
        if not parts and shapely.intersection(outline, land).area < 0.5 * outline.area:
            parts = list(shapely.get_parts(shapely.boundary(outline)))
        drawn = [topology.deltas(topology.quantise(shapely.get_coordinates(part))) for part in parts]
        areas.append({
            "place": area.place_id,
            "box": [round(value, 2) for value in outline.bounds],
            "lines": sorted(drawn),
        })  # fmt: skip
    return {"version": 1, "unit": UNIT, "areas": areas}


def write(claims: dict[str, Any], path: Path) -> None:
    """Store as gzipped JSON, the same bytes for the same data."""
    text = json.dumps(claims, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


def _land_around(gazetteer: Gazetteer) -> BaseGeometry:
    """All land of the countries that come near a disputed area."""
    import shapely

    outlines = [gazetteer.footprint(area.place_id) for area in disputed()]
    near = shapely.STRtree([shapely.box(*outline.buffer(1).bounds) for outline in outlines])
    land = [gazetteer.footprint(country.id) for country in gazetteer.countries()]
    return shapely.union_all([outline for outline in land if len(near.query(outline, predicate="intersects"))])


def along(basemap: dict[str, Any], claims: dict[str, Any]) -> list[int]:
    """Numbers of the base map's borders that run along disputed lines and are to be drawn dashed like them."""
    import shapely

    lines = [_degrees(line, claims["unit"]) for area in claims["areas"] for line in area["lines"]]
    near = shapely.buffer(shapely.union_all(lines), _ALONG, quad_segs=2)
    shapely.prepare(near)
    users = Counter(
        ref if ref >= 0 else ~ref
        for country in basemap["countries"]
        for polygon in country["polygons"]
        for _, refs in polygon
        for ref in refs
    )
    found = []
    for index, deltas in enumerate(basemap["arcs"]):
        if users[index] > 1 and len(deltas) >= 4:
            arc = _degrees(deltas, basemap["unit"])
            if shapely.intersects(near, arc) and shapely.intersection(arc, near).length >= _SAME * arc.length:
                found.append(index)
    return found


def _degrees(deltas: list[int], unit: int) -> BaseGeometry:
    import numpy as np
    import shapely

    return shapely.LineString(np.cumsum(np.array(deltas).reshape(-1, 2), axis=0) / unit)
