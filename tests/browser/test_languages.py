"""The page speaks the language that it was made in, and no other."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from mapper.render import bundle
from mapper.render.page import build
from mapper.render.words import LANGUAGES, words
from tests.browser.conftest import Open
from tests.browser.test_accessible import in_language
from tests.render import sample

__all__ = ["in_language"]

SCRIPTS = sorted((bundle.ASSETS / "js").glob("*.js"))
PLURALS = {"en": {"one", "other"}, "fr": {"one", "other"}, "ar": {"zero", "one", "two", "few", "many", "other"}}


def fields(entry: Any) -> set[str]:
    texts = [entry] if isinstance(entry, str) else list(entry.values()) if isinstance(entry, dict) else entry
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_text_is_there_with_the_same_names_to_fill_in(language: str) -> None:
    english, other = words("en"), words(language)
    for part in ("page", "shell", "about"):
        mine, theirs = getattr(english, part), getattr(other, part)
        assert mine.keys() == theirs.keys()
        for key in mine:
            assert type(mine[key]) is type(theirs[key]), key
            assert fields(theirs[key]) == fields(mine[key]), key
            assert isinstance(mine[key], list) or fields(theirs[key]) or theirs[key], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_the_languages_own(language: str) -> None:
    forms = [entry for entry in words(language).page.values() if isinstance(entry, dict)]
    assert forms
    assert all(set(entry) == PLURALS[language] for entry in forms)
    assert [len(words(language).page[key]) for key in ("months", "months.short")] == [12, 12]


def test_the_script_asks_for_texts_that_there_are() -> None:
    asked: set[str] = set()
    for path in SCRIPTS:
        asked |= set(re.findall(r"\bt\(\"([\w.]*\w)\"", path.read_text(encoding="utf-8")))
    assert len(asked) > 60
    assert asked <= words("en").page.keys()


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="en, fr, ar"):
        build(sample.event_map(), title="x", language="tlh")


def test_french_page(open_page: Open, in_language: dict[str, Path]) -> None:
    watched = open_page(in_language["fr"]).ready()
    assert watched.js("document.getElementById('em-count').textContent") == (
        "23 événements sur 25 : 21 sur la carte, 2 sans lieu"
    )
    watched.js("eventMap.pick(eventMap.shown().find((i) => eventMap.facts(i).headline.startsWith('Gunmen')))")
    watched.until("!!document.querySelector('.receipt h2')")
    text = watched.js("document.querySelector('.receipt').textContent")
    for part in ("Attaque", "19 mars 2024", "à environ 40 km au plus", "2 sources indépendantes", "près de ce lieu"):
        assert part in text
    assert watched.complaints == []


def test_arabic_page_runs_from_right_to_left(open_page: Open, in_language: dict[str, Path]) -> None:
    watched = open_page(in_language["ar"]).ready()
    side, map_ = (watched.page.locator(one).bounding_box() for one in (".em-side", ".em-map"))
    assert side
    assert map_
    assert side["x"] > map_["x"]
    zoom = watched.page.locator(".leaflet-control-zoom").bounding_box()
    assert zoom
    assert zoom["x"] > map_["x"] + map_["width"] / 2
    # The latest days stand at the left, and the slider with them.
    watched.js("(() => { const r = document.getElementById('em-from'); r.value = r.max; r.dispatchEvent(new Event('input')); })()")  # fmt: skip  # noqa: E501
    watched.page.keyboard.press("Escape")
    watched.js("eventMap.pick(eventMap.shown()[0])")
    watched.until("!!document.querySelector('.receipt dl')")
    assert watched.js("getComputedStyle(document.querySelector('.receipt dl')).direction") == "rtl"
    assert watched.js("getComputedStyle(document.querySelector('.receipt h2')).direction") == "ltr"
    assert watched.complaints == []


def test_time_is_brushed_from_right_to_left_in_arabic(open_page: Open, in_language: dict[str, Path]) -> None:
    found = {}
    for language, settled in (("en", "to=2024-03-0"), ("ar", "from=2024-03-1")):
        watched = open_page(in_language[language]).ready()
        box = watched.page.locator("#em-histogram").bounding_box()
        assert box
        y = box["y"] + box["height"] / 2
        watched.page.mouse.move(box["x"] + 5, y)
        watched.page.mouse.down()
        watched.page.mouse.move(box["x"] + box["width"] * 0.25, y, steps=3)
        watched.page.mouse.up()
        watched.until(f"location.hash.includes('{settled}')")  # the address follows the hand, step by step
        found[language] = watched.js("location.hash")
    assert "from=" not in found["en"]
    assert "to=" not in found["ar"]


def test_countries_are_named_in_the_pages_language(open_page: Open, tmp_path: Path) -> None:
    hook = "const fill = CanvasRenderingContext2D.prototype.fillText; window.drawn = []; CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) { drawn.push(text); fill.call(this, text, ...rest); };"  # noqa: E501
    for language, name, event in (("fr", "ALGÉRIE", "Mali"), ("ar", "الجزائر", "مالي")):
        path = tmp_path / f"{language}.html"
        build(sample.event_map(), title="x", language=language).save(path)
        # A reader of Russian is not shown a third language on a page made in one.
        watched = open_page(path, init=hook, locale="ru-RU").ready()
        assert name in watched.js("drawn"), language
        rows = watched.js("[...document.querySelectorAll('.list .row')].map((r) => r.textContent).join('|')")
        watched.page.locator("#em-query").fill(event)
        watched.until("eventMap.count() < 10")
        assert watched.js("eventMap.count()") >= 1
        assert rows
    default = tmp_path / "default.html"
    build(sample.event_map(), title="x").save(default)
    watched = open_page(default, init=hook, locale="ru-RU").ready()
    assert "АЛЖИР" in watched.js("drawn")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_english_is_left_in_the_frame(language: str) -> None:
    markup = build(sample.event_map(), title="Title", language=language).to_html()
    shell = markup[markup.index("<body>") : markup.index("<noscript><div")]
    assert not re.search(r"\{[\w.]+\}", shell)
    if language != "en":
        for text in words("en").shell.values():
            if len(text) > 9:
                assert f">{text}<" not in shell, text


def test_settings_hold_only_one_language() -> None:
    settings = json.loads(build(sample.event_map(), title="x", language="fr")._settings())
    assert settings["language"] == settings["labels"] == "fr"
    assert settings["words"]["type.ASSAULT"] == "Attaque"
    assert settings["tiles"] is None


def test_towns_and_areas_are_named_in_the_pages_language(open_page: Open, tmp_path: Path) -> None:
    """On the map, in the list and on the receipt, and found by either name."""
    base = sample.event_map()
    events = tuple(
        replace(event, location=replace(event.location, lat=36.73225, lon=3.08746))
        if event.location and event.location.name == "Algiers"
        else event
        for event in base.events
    )
    for language, name in (("fr", "Alger"), ("ar", "الجزائر")):
        path = tmp_path / f"{language}.html"
        build(replace(base, events=events), title="x", language=language).save(path)
        watched = open_page(path).ready()
        for query in (name, "Algiers"):
            watched.page.locator("#em-query").fill(query)
            watched.until("eventMap.count() < 12")
            found = watched.js("eventMap.shown().filter((i) => eventMap.facts(i).place === 'Algiers')")
            assert found, query
        watched.js(f"eventMap.pick({found[0]})")
        watched.until("!!document.querySelector('.receipt dl')")
        assert name in watched.js("document.querySelector('.receipt dl').textContent")
        assert name in watched.js("[...document.querySelectorAll('.list .m')].map((m) => m.textContent).join('|')")
        assert watched.complaints == []


def test_a_small_map_stays_small_in_every_language() -> None:
    """Only names of what is drawn travel with a page."""
    sizes = {language: len(build(sample.event_map(), title="x", language=language).to_html()) for language in LANGUAGES}
    default = len(build(sample.event_map(), title="x").to_html())
    assert max(sizes.values()) < min(sizes.values()) * 1.06
    assert default < min(sizes.values()) * 1.06
