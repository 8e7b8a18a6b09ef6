"""The compact vector base map: read it and cut the part that a page needs.

Stored as gzipped JSON (made by :mod:`gazetteer.builder.basemap` from Natural Earth and GeoNames). Coordinates are
whole thousandths of a degree, longitude first, each point relative to the one before:

- ``arcs``: lines that make up borders, shared by neighbours; ``levels``: for each arc a digit a point, the level of
  detail at which it appears (0 the world, 2 a region); ``disputed``: arcs to draw dashed;
- ``countries``: ``code``, ``names`` by language, ``label`` (longitude, latitude, first zoom), ``polygons`` of
  ``[level, arc references]`` (``~i``: arc i backwards);
- ``admin1``: lines between first-level divisions, as ``arcs`` and ``levels``;
- ``lakes`` (first zoom, rings with levels) and ``rivers`` (first zoom, line, levels);
- ``cities``: columns ``name``, ``x``, ``y``, ``zoom`` (first), ``rank`` (2 a national capital), ``names`` by language.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate, chain, compress
from operator import sub
from pathlib import Path
from typing import Any

from gazetteer.claims import claims
from gazetteer.worldview import DEFAULT

_FILE = Path(__file__).parent / "data" / "basemap.json.gz"

_UP_TO = [bytes(48 <= digit <= 48 + most for digit in range(256)) for most in range(3)]
"""For each level of detail, by the digit of a point: 1 where the point appears, else 0."""

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

_Bounds = tuple[int, int, int, int]
"""West, south, east, north in the base map's unit."""


@lru_cache(maxsize=2)
def load(path: Path = _FILE) -> dict[str, Any]:
    """The whole base map. Raises FileNotFoundError where it was not built."""
    data: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return data


def cut(
    basemap: dict[str, Any],
    box: Box | None,
    *,
    near: Sequence[tuple[float, float]] = (),
    inside: int = 1,
    local: bool = True,
    languages: Sequence[str] = (),
    worldview: str = DEFAULT,
) -> dict[str, Any]:
    """What a page draws: the world at level 0, what touches ``box`` at level ``inside``, around points at level 2.

    ``near``: (longitude, latitude) of the points that a reader will zoom to. Divisions, small rivers and small towns
    are kept inside the box only, or with ``local`` false around ``near`` only (for boxes as wide as the world); with
    no box, the world alone. ``languages`` are those in which names are kept beside English (all when empty).

    ``claims`` in the answer are the disputed areas in the box as ``worldview`` has them, each ``[name, status, lines]``
    with lines packed like arcs, to be drawn dashed like the arcs of ``disputed``. Raises
    :class:`gazetteer.worldview.WorldviewError` for a worldview that there is not.
    """
    unit = basemap["unit"]
    focus: tuple[float, ...] | None = None if box is None else tuple(value * unit for value in box)
    close = _Close(near, unit)

    def overlaps(deltas: Sequence[int], bounds: _Bounds | None = None) -> bool:
        if focus is None:
            return False
        # Of most lines the first point says it already.
        if focus[0] <= deltas[0] <= focus[2] and focus[1] <= deltas[1] <= focus[3]:
            return True
        west, south, east, north = bounds or _bounds(deltas)
        return west <= focus[2] and east >= focus[0] and south <= focus[3] and north >= focus[1]

    def here(deltas: Sequence[int]) -> bool:
        """Is this where small things are shown?"""
        return overlaps(deltas) if local else bool(near) and focus is not None and close.touched(_bounds(deltas))

    def level(deltas: Sequence[int]) -> int:
        bounds = _bounds(deltas) if near else None
        if bounds is not None and close.touched(bounds):
            return 2
        return inside if overlaps(deltas, bounds) else 0

    arc_levels: dict[int, int] = {}

    def arc_level(ref: int) -> int:
        old = ref if ref >= 0 else ~ref
        found = arc_levels.get(old)
        if found is None:
            found = arc_levels[old] = level(basemap["arcs"][old])
        return found

    arcs: list[list[int]] = []
    number: dict[int, int] = {}

    def reference(ref: int) -> int:
        old = ref if ref >= 0 else ~ref
        if old not in number:
            number[old] = len(arcs)
            arcs.append(_thin(basemap["arcs"][old], basemap["levels"][old], arc_level(old)))
        return number[old] if ref >= 0 else ~number[old]

    countries = []
    for country in basemap["countries"]:
        rings = [
            [reference(ref) for ref in refs]
            for polygon in country["polygons"]
            for ring_level, refs in polygon
            if ring_level <= max(map(arc_level, refs))
        ]
        names = country["names"]
        names = {
            key: value
            for key, value in names.items()
            if key == "en" or (value != names.get("en") and (not languages or key in languages))
        }
        countries.append({"code": country["code"], "names": names, "label": country["label"], "rings": rings})
    return {
        "unit": unit,
        "arcs": arcs,
        "disputed": [number[old] for old in basemap["disputed"] if old in number],
        "claims": [
            [claim.name, claim.status, [list(line) for line in claim.packed]] for claim in claims(worldview, box)
        ],
        "countries": countries,
        "admin1": []
        if focus is None
        else [
            _thin(deltas, levels, max(1, level(deltas)))
            for deltas, levels in zip(basemap["admin1"]["arcs"], basemap["admin1"]["levels"], strict=True)
            if here(deltas)
        ],
        "lakes": _lakes(basemap["lakes"], level, here),
        "rivers": [
            [zoom, _thin(deltas, levels, level(deltas))]
            for zoom, deltas, levels in basemap["rivers"]
            if zoom <= 3.5 or here(deltas)
        ],
        "cities": _cities(basemap["cities"], here, languages),
    }


class _Close:
    """Whether a box comes within some degrees of any of many points: a summed grid of one-degree cells."""

    _REACH = 2

    def __init__(self, points: Sequence[tuple[float, float]], unit: int) -> None:
        self._unit = unit
        self._sums: list[list[int]] | None = None
        if not points:
            return
        cells = [[0] * 361 for _ in range(181)]
        for lon, lat in points:
            row, column = int(lat + 90), int(lon + 180)
            for i in range(max(0, row - self._REACH), min(181, row + self._REACH + 1)):
                for j in range(max(0, column - self._REACH), min(361, column + self._REACH + 1)):
                    cells[i][j] = 1
        sums = [[0] * 362]
        for cell_row in cells:
            total, line = 0, [0]
            for above, cell in zip(sums[-1][1:], cell_row, strict=True):
                total += cell
                line.append(above + total)
            sums.append(line)
        self._sums = sums

    def touched(self, bounds: _Bounds) -> bool:
        if self._sums is None:
            return False
        west, south = max(0, bounds[0] // self._unit + 180), max(0, bounds[1] // self._unit + 90)
        east, north = min(360, bounds[2] // self._unit + 180), min(180, bounds[3] // self._unit + 90)
        sums = self._sums
        return sums[north + 1][east + 1] - sums[south][east + 1] - sums[north + 1][west] + sums[south][west] > 0


def _thin(deltas: Sequence[int], levels: str, most: int) -> list[int]:
    """The line with only the points of level ``most`` and below."""
    kept = levels.encode("ascii").translate(_UP_TO[most])
    out: list[int] = [0, 0] * sum(kept)
    for axis in (0, 1):
        values = list(compress(accumulate(deltas[axis::2]), kept))
        out[axis::2] = map(sub, values, chain((0,), values))
    return out


def _bounds(deltas: Sequence[int]) -> _Bounds:
    if len(deltas) == 2:
        return deltas[0], deltas[1], deltas[0], deltas[1]
    xs = list(accumulate(deltas[::2]))
    ys = list(accumulate(deltas[1::2]))
    return min(xs), min(ys), max(xs), max(ys)


def _lakes(
    lakes: Sequence[Any], level: Callable[[Sequence[int]], int], here: Callable[[Sequence[int]], bool]
) -> list[Any]:
    result = []
    for zoom, rings in lakes:
        if zoom > 2.5 and not here(rings[0][0]):
            continue
        thinned = [_thin(deltas, levels, level(deltas)) for deltas, levels in rings]
        thinned = [ring for ring in thinned if len(ring) >= 8]
        if thinned:
            result.append([zoom, thinned])
    return result


def _cities(cities: dict[str, Any], here: Callable[[Sequence[int]], bool], languages: Sequence[str]) -> dict[str, Any]:
    def wanted(index: int) -> bool:
        return cities["zoom"][index] <= 4.6 or here((cities["x"][index], cities["y"][index]))

    kept = [index for index in range(len(cities["name"])) if wanted(index)]
    result: dict[str, Any] = {
        column: [cities[column][i] for i in kept] for column in ("name", "x", "y", "zoom", "rank")
    }
    position = {str(old): str(new) for new, old in enumerate(kept)}
    result["names"] = {
        language: {position[old]: name for old, name in names.items() if old in position}
        for language, names in cities["names"].items()
        if not languages or language in languages
    }
    return result
