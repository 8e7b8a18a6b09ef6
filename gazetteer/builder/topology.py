"""Shared arcs out of polygons, so that neighbours are simplified alike and no border is stored twice.

Pure functions over numpy arrays of whole-number coordinates (thousandths of a degree, x before y).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Points = NDArray[np.int64]

UNIT = 1000
"""Coordinates are whole thousandths of a degree: about 110 m."""

_OFFSET = 1 << 22


@dataclass(frozen=True, slots=True)
class Topology:
    """Arcs, and for each input geometry its polygons as rings of arc references (``~i``: arc i backwards)."""

    arcs: list[Points]
    shapes: list[list[list[list[int]]]]

    def users(self) -> list[set[int]]:
        """For each arc, the input geometries that it bounds."""
        users: list[set[int]] = [set() for _ in self.arcs]
        for index, polygons in enumerate(self.shapes):
            for polygon in polygons:
                for ring in polygon:
                    for ref in ring:
                        users[ref if ref >= 0 else ~ref].add(index)
        return users


def quantise(coordinates: NDArray[np.float64]) -> Points:
    """Round degrees to :data:`UNIT` and drop repeated points."""
    points = np.rint(coordinates[:, :2] * UNIT).astype(np.int64)
    keep = np.ones(len(points), dtype=bool)
    keep[1:] = (np.diff(points, axis=0) != 0).any(axis=1)
    return points[keep]


def _keys(points: Points) -> NDArray[np.int64]:
    return (points[:, 0] + _OFFSET) * (2 * _OFFSET) + points[:, 1] + _OFFSET


def _rings(geometry: BaseGeometry) -> list[list[Points]]:
    polygons = []
    for part in shapely.get_parts(geometry):
        if part.geom_type != "Polygon":
            continue
        rings = []
        for ring in [part.exterior, *part.interiors]:
            points = quantise(shapely.get_coordinates(ring))
            if len(points) >= 4:
                rings.append(points[:-1])
            elif ring is part.exterior:
                break
        if rings:
            polygons.append(rings)
    return polygons


def _junctions(rings: Iterable[Points]) -> NDArray[np.int64]:
    """The points at which the company changes: where two rings meet or part."""
    rows = []
    for ring in rings:
        keys = _keys(ring)
        before, after = np.roll(keys, 1), np.roll(keys, -1)
        rows.append(np.column_stack([keys, np.minimum(before, after), np.maximum(before, after)]))
    unique = np.unique(np.concatenate(rows), axis=0)
    keys, counts = np.unique(unique[:, 0], return_counts=True)
    junctions: NDArray[np.int64] = keys[counts > 1]
    return junctions


def build(geometries: Sequence[BaseGeometry]) -> Topology:
    """Cut the rings of all geometries into arcs, each stored once however many share it."""
    shapes = [_rings(geometry) for geometry in geometries]
    junctions = _junctions(ring for polygons in shapes for polygon in polygons for ring in polygon)
    arcs: list[Points] = []
    known: dict[bytes, int] = {}

    def reference(arc: Points) -> int:
        found = known.get(arc.tobytes())
        if found is None:
            found = len(arcs)
            arcs.append(arc)
            known[arc.tobytes()] = found
            known.setdefault(arc[::-1].tobytes(), ~found)
        return found

    def cut(ring: Points) -> list[int]:
        keys = _keys(ring)
        cuts = np.flatnonzero(np.isin(keys, junctions))
        # A ring without a junction starts at its smallest point, so that an enclave and its hole are one arc.
        start = int(cuts[0]) if len(cuts) else int(np.argmin(keys))
        ring = np.concatenate([ring[start:], ring[: start + 1]])
        cuts = cuts - start if len(cuts) else np.array([0])
        ends = [*cuts[1:].tolist(), len(ring) - 1]
        return [
            reference(np.ascontiguousarray(ring[a : b + 1])) for a, b in zip(cuts.tolist(), ends, strict=True) if b > a
        ]

    return Topology(arcs, [[[cut(ring) for ring in polygon] for polygon in polygons] for polygons in shapes])


def weights(arc: Points) -> NDArray[np.float64]:
    """How much each point matters: Visvalingam and Whyatt's effective area, east-west shrunk by latitude.

    In square degrees; the ends matter infinitely. A point's weight is never less than that of a point removed before
    it, so that any threshold leaves a consistent line.
    """
    count = len(arc)
    result = np.full(count, np.inf)
    if count < 3:
        return result
    shrink = max(0.05, float(np.cos(np.deg2rad(arc[:, 1].mean() / UNIT))))
    xs: list[float] = (arc[:, 0] / UNIT * shrink).tolist()
    ys: list[float] = (arc[:, 1] / UNIT).tolist()
    before = list(range(-1, count - 1))
    after = list(range(1, count + 1))

    def area(i: int) -> float:
        a, b = before[i], after[i]
        return 0.5 * abs((xs[i] - xs[a]) * (ys[b] - ys[a]) - (xs[b] - xs[a]) * (ys[i] - ys[a]))

    current = [0.0] + [area(i) for i in range(1, count - 1)] + [0.0]
    heap = [(current[i], i) for i in range(1, count - 1)]
    heapq.heapify(heap)
    gone = [False] * count
    floor = 0.0
    while heap:
        value, i = heapq.heappop(heap)
        if gone[i] or value != current[i]:
            continue
        floor = max(floor, value)
        result[i] = floor
        gone[i] = True
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for j in (a, b):
            if 0 < j < count - 1:
                current[j] = area(j)
                heapq.heappush(heap, (current[j], j))
    return result


def deltas(points: Points) -> list[int]:
    """``[x0, y0, dx, dy, ...]``, which compresses well."""
    flat = np.concatenate([points[:1], np.diff(points, axis=0)]).ravel()
    return [int(value) for value in flat]
