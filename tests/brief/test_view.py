"""The crop is chosen from the data, anywhere on the globe."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.render.brief.projection import EqualEarth, Lambert
from mapper.render.brief.view import LEAST_KM, Extent, choose

BOX = (0.0, 0.0, 600.0, 400.0)


def points(*places: tuple[float, float]) -> list[Extent]:
    return [Extent(lons=(lon,), lats=(lat,), lon=lon, lat=lat) for lon, lat in places]


@pytest.mark.parametrize("projection", [Lambert(0, 0), Lambert(-170, 65), Lambert(30, -90), EqualEarth()])
def test_projections_invert(projection: Lambert | EqualEarth) -> None:
    lon = np.array([0.0, 20.0, -35.0, 60.0]) + projection.lon
    lat = np.clip(np.array([10.0, -30.0, 5.0, 40.0]) + projection.lat / 2, -89, 89)
    back = projection.inverse(*projection.forward(lon, lat))
    assert np.allclose(back[0], lon, atol=1e-6)
    assert np.allclose(back[1], lat, atol=1e-6)


def test_projections_keep_areas() -> None:
    # The band from the equator to 30 degrees north over 40 degrees of longitude: R² · Δλ · sin φ.
    truth = 6371.0088**2 * np.radians(40) * 0.5
    band = shapely.segmentize(shapely.box(-20, 0, 20, 30), 0.5)
    for projection in (Lambert(0, 15), EqualEarth()):
        flat = shapely.transform(band, lambda c, p=projection: np.column_stack(p.forward(c[:, 0], c[:, 1])))
        assert flat.area == pytest.approx(truth, rel=1e-4)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-85, 85)), min_size=1, max_size=12))
def test_what_is_not_left_out_is_in_the_frame(places: list[tuple[float, float]]) -> None:
    view = choose(points(*places), BOX)
    shown = [view.shows(lon, lat) for lon, lat in places]
    assert sum(shown) >= 0.8 * len(places) - 1e-9


def test_one_place_is_shown_with_its_surroundings() -> None:
    view = choose(points((0.0, 16.0)), BOX)
    assert view.km >= LEAST_KM
    assert view.point(0.0, 16.0) == pytest.approx((300, 200), abs=1)


def test_the_date_line_does_not_part_neighbours() -> None:
    view = choose(points((178.4, -18.1), (-171.8, -13.8), (-175.2, -21.1)), BOX)
    assert not view.world
    assert view.km < 4000


def test_the_world_is_shown_whole() -> None:
    assert choose(points((2.3, 48.9), (-74, 40.7), (139.7, 35.7), (151.2, -33.9), (-77, -12)), BOX).world
    assert choose([], BOX).world


def test_a_far_event_is_left_to_the_inset() -> None:
    near = [(-3.0, 16.8), (0.0, 16.3), (1.4, 18.4), (-4.2, 14.5), (-8.0, 12.6)]
    view = choose(points(*near, (-77.0, 38.9)), BOX)
    assert all(view.shows(lon, lat) for lon, lat in near)
    assert not view.shows(-77.0, 38.9)


def test_a_country_over_the_date_line_stays_in_one_piece() -> None:
    view = choose(points((178.0, 66.0), (-178.0, 66.0)), BOX)
    both = shapely.MultiPolygon([shapely.box(176, 64, 180, 68), shapely.box(-180, 64, -176, 68)])
    placed = view.place(both)
    assert len([part for part in shapely.get_parts(placed) if part.area > 1]) == 1
