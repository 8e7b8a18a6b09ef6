"""The Python interface: what the README shows works."""

from __future__ import annotations

from pathlib import Path

import pytest

import mapper
from mapper.model import Analysis


def test_reading_names_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Talks in Gao."}\n{broken\n', "utf-8")
    with pytest.raises(mapper.InputError, match=r"a\.jsonl:2: "):
        list(mapper.read(tmp_path))
    refused: list[mapper.InputError] = []
    assert len(list(mapper.read(tmp_path, refuse=refused.append))) == 1
    assert [error.line for error in refused] == [2]


def test_a_frame_has_areas_as_areas_and_unplaced_events_as_null(seed_analyses: list[Analysis]) -> None:
    frame = mapper.to_geodataframe(seed_analyses)
    assert frame.crs.to_epsg() == 4326
    assert frame[frame.footprint == "area"].geometry.geom_type.isin(["Polygon", "MultiPolygon"]).all()
    assert frame[frame.footprint == "point"].geometry.geom_type.eq("Point").all()
    assert frame[frame.place_id.isna()].geometry.isna().all()


def test_a_map_shows_itself_in_a_notebook_and_is_a_folium_map(seed_analyses: list[Analysis]) -> None:
    import folium

    page = mapper.build_map(seed_analyses, title="Seeds")
    assert isinstance(page, folium.Map)
    assert page._repr_html_().startswith("<iframe")


def test_a_brief_is_written_and_its_path_given_back(seed_analyses: list[Analysis], tmp_path: Path) -> None:
    written = mapper.brief(seed_analyses, tmp_path / "seeds.svg", title="Seeds", tlp="GREEN", mentioned=False)
    assert written == tmp_path / "seeds.svg"
    assert "TLP:GREEN" in written.read_text("utf-8")
    with pytest.raises(ValueError, match="no format"):
        mapper.brief(seed_analyses, tmp_path / "seeds.gif")
