"""Where marks and names stand: on the ground that they are of, in sight, and not under the page's own controls."""

# ruff: noqa: E501

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mapper.render.page import build
from tests.browser.conftest import Open, Watched
from tests.render import sample

pytestmark = pytest.mark.browser

MAP = "window[document.querySelector('.folium-map').id]"
DRAWN = "const fill = CanvasRenderingContext2D.prototype.fillText; window.drawn = []; CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...rest) { if (this.canvas.closest('.leaflet-pane')) drawn.push([text, x, y, this.measureText(text).width, this.textAlign]); fill.call(this, text, x, y, ...rest); };"


def everywhere(tmp_path: Path) -> Path:
    """Two events in the far north and the far south, and one on either side of the 180th meridian."""
    base = sample.event_map()
    placed = [event for event in base.events if event.location and event.location.footprint == "point"][:4]
    spots = [(78.2, 15.6), (-54.8, -68.3), (-17.8, 178.1), (-13.8, -171.8)]
    events = tuple(
        replace(
            event,
            status="reported",
            location=replace(event.location, place_id=f"x:{k}", name=f"Spot {k}", lat=lat, lon=lon),
        )
        for k, (event, (lat, lon)) in enumerate(zip(placed, spots, strict=True))
        if event.location
    )
    path = tmp_path / "world.html"
    build(replace(base, events=events, mentioned=(), footprints={}), title="World").save(path)
    return path


@pytest.mark.parametrize(
    "view", ["", "#map=1.25/75/0", "#map=1.5/-70/0", "#map=2/0/179", "#map=1.5/20/-180", "#map=2/10/540"]
)
def test_marks_stand_where_their_places_are(open_page: Open, tmp_path: Path, view: str) -> None:
    """Beyond the projection's edge as well, where a canvas reaches farther than any latitude."""
    watched = open_page(everywhere(tmp_path), hash_=view).ready()
    for item in watched.js("eventMap.items()"):
        if item["kind"] != "point":
            continue
        k = int(item["name"].removeprefix("Spot "))
        lat, lon = ((78.2, 15.6), (-54.8, -68.3), (-17.8, 178.1), (-13.8, -171.8))[k]
        at = watched.js(
            f"(() => {{ const m = {MAP}, c = m.getCenter().lng; return m.latLngToContainerPoint([{lat}, {lon} + 360 * Math.round((c - {lon}) / 360)]); }})()"
        )
        assert item["x"] == pytest.approx(at["x"], abs=1.5)
        assert item["y"] == pytest.approx(at["y"], abs=1.5)
    assert len([item for item in watched.js("eventMap.items()") if item["kind"] == "point"]) == 4 or view != ""


def under_controls(watched: Watched) -> list[str]:
    """Names drawn on the map that lie, wholly or in part, under a button, the key or the credits."""
    return list(
        watched.js(
            """(() => {
  const map = document.querySelector('.folium-map').getBoundingClientRect(), pad = [Math.round(map.width * .2), Math.round(map.height * .2)];
  const boxes = [...document.querySelectorAll('.folium-map .leaflet-control, .em-legend')].map((e) => e.getBoundingClientRect()).filter((b) => b.width);
  return drawn.filter(([text, x, y, wide, align]) => {
    const left = x - pad[0] + map.left - (align === 'left' ? 0 : align === 'right' ? wide : wide / 2), top = y - pad[1] + map.top;
    return text.length > 2 && boxes.some((b) => left < b.right && left + wide > b.left && top - 4 < b.bottom && top + 4 > b.top);
  }).map(([text]) => text);
})()"""
        )
    )


@pytest.mark.parametrize("size", [(1280, 800), (390, 844), (360, 640)])
@pytest.mark.parametrize("view", ["", "#map=4.5/14/4", "#map=6/16/-2"])
def test_no_name_lies_under_a_control(open_page: Open, sample_file: Path, size: tuple[int, int], view: str) -> None:
    watched = open_page(sample_file, hash_=view, init=DRAWN, viewport={"width": size[0], "height": size[1]}).ready()
    watched.settled()
    watched.js(f"(() => {{ drawn.length = 0; {MAP}.fire('moveend'); }})()")
    watched.settled()
    assert len(watched.js("drawn")) > 5
    assert under_controls(watched) == []


def test_an_area_keeps_its_badge_in_sight(open_page: Open, sample_file: Path) -> None:
    """Moved so far into a country that none of the badge's own places is in view, it stands in the middle of the view."""
    watched = open_page(sample_file, hash_="#map=8.5/18.9/-1.2").ready()
    mali = next(item for item in watched.js("eventMap.items()") if item["name"] == "Mali" and item["kind"] == "area")
    size = watched.js(f"{MAP}.getSize()")
    assert 0 < mali["x"] < size["x"]
    assert 0 < mali["y"] < size["y"]
    tally = watched.js("eventMap.tally()")
    assert tally["areas"] + tally["points"] + tally["unplaced"] == tally["filtered"]


def test_a_country_with_events_is_always_named(open_page: Open, sample_file: Path) -> None:
    for view in ("", "#map=3/15/5", "#map=4/16/0"):
        watched = open_page(sample_file, hash_=view, init=DRAWN).ready()
        watched.settled()
        names = {str(row[0]).upper() for row in watched.js("drawn")}
        areas = {item["name"] for item in watched.js("eventMap.items()") if item["kind"] == "area"}
        assert {"MALI", "NIGER"} <= {name.upper() for name in areas}
        assert {"MALI", "NIGER"} <= names, view
