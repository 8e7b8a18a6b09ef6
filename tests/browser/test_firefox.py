"""The same page in Firefox: opened, filtered, clicked, searched, without an error and without a request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mapper.render.page import build
from tests.bench import made_up
from tests.browser import firefox
from tests.browser.firefox import Firefox

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(firefox.path() is None, reason="no Firefox here (set FIREFOX to its path)"),
]

PAINTED = """(() => {
  const canvas = document.querySelector('.leaflet-em-events-pane canvas'), g = canvas.getContext('2d');
  const data = g.getImageData(0, 0, canvas.width, canvas.height).data;
  let painted = 0;
  for (let k = 3; k < data.length; k += 4) if (data[k]) painted++;
  return painted;
})()"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with firefox.firefox(tmp_path_factory.mktemp("firefox") / "profile") as one:
        yield one


def clean(browser: Firefox, file: Path) -> None:
    assert [url for url in browser.requests if url.split("#")[0] != file.as_uri()] == []
    assert browser.complaints == []


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_opens_and_adds_up(browser: Firefox, sample_file: Path, size: tuple[int, int]) -> None:
    browser.open(sample_file, size=size)
    tally = browser.js("eventMap.tally()")
    assert tally["areas"] + tally["points"] + tally["unplaced"] == tally["filtered"] == 23
    assert browser.js(PAINTED) > 2000
    assert len(browser.picture()) > 30_000
    clean(browser, sample_file)


def test_a_click_opens_the_receipt(browser: Firefox, sample_file: Path) -> None:
    browser.open(sample_file)
    item = browser.js("eventMap.items().find((i) => i.kind === 'area' && i.name === 'Niger')")
    box = browser.js("document.querySelector('.folium-map').getBoundingClientRect()")
    browser.click(box["x"] + item["x"], box["y"] + item["y"])
    browser.until("document.querySelector('.receipt h2')")
    assert "1 of 2" in browser.js("document.querySelector('.receipt').textContent")
    clean(browser, sample_file)


def test_filters_search_and_links(browser: Firefox, sample_file: Path) -> None:
    browser.open(sample_file)
    browser.js(
        "(() => { const q = document.getElementById('em-query'); q.value = 'tillaberi';"
        " q.dispatchEvent(new Event('input')); })()"
    )
    browser.until("eventMap.count() === 1")
    browser.until("location.hash.includes('q=tillaberi')")
    browser.open(sample_file, "#hide=ASSAULT&map=5/14/3")
    assert browser.js("eventMap.count()") == 17
    clean(browser, sample_file)


def test_prints_the_map_and_its_table(browser: Firefox, sample_file: Path) -> None:
    browser.open(sample_file)
    browser.js("dispatchEvent(new Event('beforeprint'))")
    assert browser.js("document.querySelectorAll('#em-print-table tbody tr').length") == 23
    painted = browser.js(
        "document.getElementById('em-print-map').getContext('2d').getImageData(1000, 500, 60, 60).data.some((v) => v)"
    )
    assert painted
    browser.js("dispatchEvent(new Event('afterprint'))")
    clean(browser, sample_file)


def test_many_events(browser: Firefox, tmp_path: Path) -> None:
    file = tmp_path / "many.html"
    build(made_up.event_map(20_000), title="Many").save(file)
    browser.open(file)
    tally = browser.js("eventMap.tally()")
    assert tally["areas"] + tally["points"] + tally["unplaced"] == tally["filtered"] == 20_000
    assert browser.js(PAINTED) > 10_000
    clean(browser, file)
