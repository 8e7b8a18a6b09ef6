"""Outlines come back as they went in, to the grid's precision."""

from __future__ import annotations

import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from gazetteer import shapes

DEGREES = st.tuples(
    st.integers(-1_800_000, 1_800_000).map(lambda step: step / shapes.PER_DEGREE),
    st.integers(-900_000, 900_000).map(lambda step: step / shapes.PER_DEGREE),
)


@given(DEGREES)
def test_points(point: tuple[float, float]) -> None:
    assert shapes.decode(shapes.encode(Point(point))).equals(Point(point))


@given(st.lists(DEGREES, min_size=2, max_size=50, unique=True))
def test_lines_keep_every_vertex(points: list[tuple[float, float]]) -> None:
    line = shapes.decode(shapes.encode(LineString(points)))
    assert line.geom_type == "LineString"
    assert list(line.coords) == points


@given(st.lists(st.tuples(DEGREES, DEGREES), min_size=1, max_size=5))
def test_areas_keep_parts_and_holes(corners: list[tuple[tuple[float, float], tuple[float, float]]]) -> None:
    parts = [box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for a, b in corners]
    whole = shapely.union_all([part for part in parts if part.area])
    whole = shapely.set_precision(whole, 1 / shapes.PER_DEGREE)
    if not whole.is_empty:
        back = shapes.decode(shapes.encode(whole))
        assert shapely.equals_exact(shapely.normalize(back), shapely.normalize(whole), tolerance=1e-9)


def test_a_hole_stays_a_hole() -> None:
    ring = Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])
    two = MultiPolygon([ring, box(10, 10, 11, 11)])
    assert shapes.decode(shapes.encode(two)).equals(two)
    assert shapes.decode(shapes.encode(ring)).area == 15
