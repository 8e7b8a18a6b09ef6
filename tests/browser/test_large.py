"""A map of more events than a browser can lay out rows for: headlines only, and every row still reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapper.render import data
from mapper.render.page import build
from tests.bench.made_up import event_map
from tests.browser.conftest import Open

COUNT = 150_000


@pytest.fixture(scope="module")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "HEADLINES_ONLY_ABOVE", COUNT - 1)
        build(event_map(COUNT, held=False), title="Large").save(path)
    return path


_ROWS = "[...document.querySelectorAll('#em-list .item')].map((row) => +row.getAttribute('aria-posinset'))"
_SEEN = """[...document.querySelectorAll('#em-list .item')].filter((row) => {
  const box = document.getElementById('em-list').getBoundingClientRect(), at = row.getBoundingClientRect();
  return at.bottom > box.top && at.top < box.bottom;
}).map((row) => +row.getAttribute('aria-posinset'))"""


def test_headlines_only_and_every_row_reached(large_file: Path, open_page: Open) -> None:
    page = open_page(large_file).ready()
    assert "Headlines only" in page.js("document.querySelector('.notice').textContent")
    placed = page.js("window.eventMap.tally().points + window.eventMap.tally().areas")
    assert placed + page.js("window.eventMap.tally().unplaced") == page.js("window.eventMap.count()") == COUNT

    assert page.js(_SEEN)[0] == 1
    list_ = page.page.locator("#em-list")
    list_.hover()
    page.page.mouse.wheel(0, 240)
    page.until(f"{_SEEN}[0] > 1")
    assert page.js(_SEEN)[0] <= 6, "the wheel moves the list as far as it turns"

    page.js("document.getElementById('em-list').scrollTop = document.getElementById('em-list').scrollHeight / 2")
    page.until(f"{_SEEN}[0] > 1000")
    assert abs(page.js(_SEEN)[0] / placed - 0.5) < 0.01, "half way down the bar is half way down the list"

    page.page.locator("#em-list button").first.focus()
    page.page.keyboard.press("End")
    page.until(f"{_ROWS}.includes({placed})")
    assert placed in page.js(_SEEN)
    page.page.keyboard.press("Home")
    page.until(f"{_SEEN}[0] === 1")

    page.page.keyboard.press("Enter")
    page.until("document.querySelector('.receipt a[href^=\"https://www.\"]') !== null")
    assert page.js("document.querySelector('.receipt blockquote')") is None
    assert page.outside() == []
    assert page.complaints == []
