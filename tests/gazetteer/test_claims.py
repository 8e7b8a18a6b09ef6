"""Disputed areas as a map draws them."""

from __future__ import annotations

import pytest
import shapely

from gazetteer import Gazetteer, basemap
from gazetteer.claims import claims
from gazetteer.worldview import WorldviewError, disputed, worldviews


@pytest.mark.parametrize("worldview", list(worldviews()))
def test_every_disputed_area_is_there_with_what_the_worldview_says(worldview: str) -> None:
    found = {claim.place_id: claim for claim in claims(worldview)}
    assert set(found) == {area.place_id for area in disputed(worldview)}
    for area in disputed(worldview):
        claim = found[area.place_id]
        assert (claim.name, claim.status, claim.country_code) == (area.name, area.status, area.country_code)


def test_a_worldview_there_is_not_is_refused() -> None:
    with pytest.raises(WorldviewError):
        claims("flat-earth")
    with pytest.raises(WorldviewError):
        basemap.cut(basemap.load(), None, worldview="flat-earth")


def test_lines_run_along_the_outline_of_their_area(places: Gazetteer) -> None:
    for claim in claims():
        edge = shapely.boundary(places.footprint(claim.place_id))
        for line in claim.lines:
            assert len(line) >= 2
            # Simplified by 0.005 degrees and rounded to a thousandth.
            assert edge.buffer(0.02).covers(shapely.LineString(line)), claim.name


def test_islands_have_no_line_and_land_has() -> None:
    drawn = {claim.name: bool(claim.lines) for claim in claims()}
    assert [name for name, has in drawn.items() if not has] == ["Taiwan", "Falkland Islands (Malvinas)"]


def test_only_those_that_reach_into_the_box_come() -> None:
    assert [claim.name for claim in claims(box=(-18, 20, -8, 28))] == ["Western Sahara"]
    assert claims(box=(-100, 35, -95, 40)) == ()
    assert "Crimea" in {claim.name for claim in claims(box=(30, 44, 38, 48))}


def test_the_base_map_carries_them_in_the_map_s_own_units() -> None:
    whole = basemap.load()
    cut = basemap.cut(whole, (-20.0, 18.0, -5.0, 30.0), worldview="un")
    ((name, status, lines),) = cut["claims"]
    assert name == "Western Sahara"
    assert "Non-Self-Governing" in status
    x, y = lines[0][0] / cut["unit"], lines[0][1] / cut["unit"]
    assert -17.5 <= x <= -8
    assert 20 <= y <= 28
    other = basemap.cut(whole, (-20.0, 18.0, -5.0, 30.0), worldview="de-facto")
    assert other["claims"][0][1] != status
    assert other["claims"][0][2] == lines


def test_they_are_small_enough_for_every_page() -> None:
    assert sum(len(line) for claim in claims() for line in claim.packed) < 5_000
