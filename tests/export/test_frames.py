"""The GeoDataFrame that Python users get is drawn as the files are."""

from __future__ import annotations

from dataclasses import replace

from mapper.frames import COLUMNS, to_geodataframe
from tests.export.hostile import MALI_OUTLINE, footprint
from tests.samples import GAO, MALI, analysis, location


def test_points_areas_and_nothing() -> None:
    one = analysis()
    where = (location(GAO), location(MALI), replace(location(MALI), place_id="user:none"), None)
    events = tuple(replace(one.events[0], id=f"{n:016x}", location=at) for n, at in enumerate(where))
    frame = to_geodataframe([replace(one, events=events)], footprint=footprint)
    assert tuple(frame.columns) == COLUMNS
    assert frame.crs.to_epsg() == 4326
    point, area, unknown, nowhere = frame.geometry
    assert (point.x, point.y) == (GAO.lon, GAO.lat)
    assert area.equals_exact(MALI_OUTLINE, 1e-6, normalize=True)
    assert unknown is None
    assert nowhere is None
    assert list(frame["place_name"].fillna("")) == ["Gao", "Mali", "Mali", ""]


def test_no_analyses_make_an_empty_frame() -> None:
    frame = to_geodataframe([], footprint=footprint)
    assert tuple(frame.columns) == COLUMNS
    assert frame.empty
