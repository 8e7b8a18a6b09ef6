"""The map of the two seed articles, made by the command line and opened as a reader opens it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mapper.cli import main
from tests.browser.conftest import Open, Watched

pytestmark = pytest.mark.browser

SEEDS = Path(__file__).parents[2] / "seeds"
AREAS = {"Algeria", "Mali", "Libya", "Morocco", "Tunisia", "Sahel"}
POINTS = {"Timbuktu", "Tunis", "Carthage"}
ON_SCREEN = """(() => {
  const { clientWidth, clientHeight } = document.querySelector(".folium-map");
  return eventMap.items().filter((it) => it.x > 0 && it.y > 0 && it.x < clientWidth && it.y < clientHeight);
})()"""


@pytest.fixture(scope="module")
def seeds_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeds") / "seeds.html"
    result = CliRunner().invoke(main, ["map", str(SEEDS), "-o", str(path), "--quiet"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return path


def clean(watched: Watched) -> None:
    assert watched.outside() == []
    assert watched.complaints == []


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (390, 844)])
def test_countries_and_regions_are_areas_and_towns_are_points(
    open_page: Open, seeds_file: Path, size: tuple[int, int]
) -> None:
    watched = open_page(seeds_file, viewport={"width": size[0], "height": size[1]}).ready()
    watched.settled()
    items: list[dict[str, Any]] = watched.js(ON_SCREEN)
    assert {item["name"] for item in items if item["outlined"]} >= AREAS
    pointed = {item["name"] for item in items if not item["outlined"]}
    assert pointed >= POINTS
    assert not pointed & AREAS
    assert all(item["kind"] in ("area", "mentioned") for item in items if item["outlined"])
    assert not {"Washington", "Turkey"} & {item["name"] for item in items if item["kind"] != "mentioned"}
    clean(watched)


def test_outlines_are_really_drawn(open_page: Open, seeds_file: Path) -> None:
    """Inside a mentioned area the map is tinted: switching the mentions off changes the pixels there."""
    watched = open_page(seeds_file).ready()
    sample = """(() => {
      const canvas = document.querySelector(".leaflet-em-events-pane canvas"), g = canvas.getContext("2d");
      const box = canvas.getBoundingClientRect(), map = document.querySelector(".folium-map").getBoundingClientRect();
      return eventMap.items().filter((it) => ["Libya", "Morocco", "Sahel"].includes(it.name)).map((it) => {
        const x = it.x + map.left - box.left, y = it.y + map.top - box.top + 12;
        return [it.name, g.getImageData(x * canvas.width / box.width, y * canvas.height / box.height, 1, 1).data[3]];
      });
    })()"""
    tinted = dict(watched.js(sample))
    assert set(tinted) == {"Libya", "Morocco", "Sahel"}
    assert all(alpha > 0 for alpha in tinted.values())
    watched.page.get_by_label("only mentioned, no event").uncheck()
    watched.settled()
    assert not [item for item in watched.js("eventMap.items()") if item["kind"] == "mentioned"]


def test_every_receipt_shows_words_of_its_article(open_page: Open, seeds_file: Path) -> None:
    articles = [folded(path.read_text(encoding="utf-8")) for path in sorted(SEEDS.glob("*.txt"))]
    titles = [folded(json.loads(path.read_text(encoding="utf-8"))["title"]) for path in SEEDS.glob("*.meta.json")]
    watched = open_page(seeds_file).ready()
    shown = watched.js("eventMap.shown()")
    assert len(shown) >= 5
    for index in shown:
        watched.js(f"eventMap.pick({index})")
        headline = watched.js(f"eventMap.facts({index}).headline")
        watched.until(f"document.querySelector('.receipt h2')?.textContent === {json.dumps(headline)}")
        quotes = watched.js("[...document.querySelectorAll('.receipt blockquote')].map((q) => q.textContent)")
        assert quotes
        assert all(any(folded(quote) in article for article in articles) for quote in quotes)
        assert folded(headline) in titles
    clean(watched)


def test_a_mentioned_place_shows_where_it_is_named(open_page: Open, seeds_file: Path) -> None:
    watched = open_page(seeds_file).ready()
    box = watched.page.locator(".folium-map").bounding_box()
    place = next(item for item in watched.js(ON_SCREEN) if item["kind"] == "mentioned" and not item["outlined"])
    watched.page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])
    watched.until(f"document.querySelector('.receipt h2')?.textContent === {json.dumps(place['name'])}")
    assert place["name"] in watched.js("document.querySelector('.receipt blockquote').textContent")
    clean(watched)
