"""axe-core finds nothing: light and dark, with a receipt open, on a phone, enlarged, in every language."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from mapper.render.page import build
from mapper.render.words import LANGUAGES
from tests.browser.conftest import Open, Watched
from tests.render import sample

pytestmark = pytest.mark.browser

# axe-core 4.14.1, as npm has it.
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
NARROW = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
# What 200 % zoom makes of a window 1280 pixels wide.
ENLARGED = {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2}


def violations(watched: Watched) -> list[tuple[str, list[Any]]]:
    source = AXE.read_bytes()
    assert hashlib.sha256(source).hexdigest() == SHA256
    watched.js(source.decode("utf-8") + ";0")
    found = watched.js("axe.run(document, { resultTypes: ['violations'] })")
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]]


@pytest.fixture(scope="session")
def in_language(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("languages")
    for language in LANGUAGES:
        build(sample.event_map(), title="Sample", subtitle="Made up", language=language).save(
            folder / f"{language}.html"
        )
    return {language: folder / f"{language}.html" for language in LANGUAGES}


@pytest.mark.parametrize(
    "options",
    [{}, {"color_scheme": "dark"}, PHONE, NARROW, ENLARGED, {"forced_colors": "active"}],
    ids=["light", "dark", "phone", "narrow", "enlarged", "forced colours"],
)
def test_nothing_is_found(open_page: Open, sample_file: Path, options: dict[str, Any]) -> None:
    watched = open_page(sample_file, **options).ready()
    assert violations(watched) == []
    watched.js("eventMap.pick(eventMap.shown()[3])")
    watched.until("!!document.querySelector('.receipt h2')")
    watched.js("for (const one of document.querySelectorAll('details')) one.open = true")
    watched.page.wait_for_timeout(400)
    assert violations(watched) == []
    watched.page.keyboard.press("Escape")
    watched.js("document.getElementById('em-about').showModal()")
    assert violations(watched) == []
    assert watched.complaints == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_in_any_language(open_page: Open, in_language: dict[str, Path], language: str) -> None:
    watched = open_page(in_language[language]).ready()
    watched.js("eventMap.pick(eventMap.shown()[0])")
    watched.until("!!document.querySelector('.receipt h2')")
    watched.page.wait_for_timeout(400)
    assert violations(watched) == []
    assert watched.js("document.documentElement.lang") == language
    assert watched.complaints == []


def test_the_map_is_described_in_words(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    map_ = watched.page.locator(".folium-map")
    assert map_.get_attribute("aria-describedby") == "em-description"
    watched.until("document.getElementById('em-description').textContent")
    assert watched.js("document.getElementById('em-description').textContent") == (
        "23 events of 25: 21 on the map, 2 unplaced. 4 Mar – 21 Mar 2024. What happened: Attack 6, Protest 2, Aid 2, "
        "Talks, visit 1, Coercion 1. Where most: Bamako 2, Kidal 2, Niger 2, Sahel 2, Timbuktu 1."
    )
    watched.page.locator("#em-query").fill("zzzz")
    watched.until("document.getElementById('em-description').textContent.startsWith('0 events')")


@pytest.mark.parametrize("options", [PHONE, NARROW, ENLARGED], ids=["phone", "narrow", "enlarged"])
def test_nothing_is_wider_than_the_screen(open_page: Open, in_language: dict[str, Path], options: Any) -> None:
    for path in in_language.values():
        watched = open_page(path, **options).ready()
        assert watched.js("document.documentElement.scrollWidth <= innerWidth"), path.name
        for one in ("em-query", "em-menu", "em-list"):
            box = watched.page.locator(f"#{one}").bounding_box()
            assert box
            assert box["x"] >= 0, one
            assert box["x"] + box["width"] <= watched.js("innerWidth"), one
