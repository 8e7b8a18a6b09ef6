"""What a reader takes along, and what happens where the frame around the page forbids it."""

# ruff: noqa: E501

from __future__ import annotations

import csv
import io
import math
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mapper.model import FigureRange, RetractedEvent
from mapper.render.page import build
from mapper.render.tiles import Tiles
from tests.browser.conftest import Open, Watched
from tests.render import sample

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"


def clean(watched: Watched) -> None:
    assert watched.outside() == []
    assert watched.complaints == []


def menu(watched: Watched, id_: str) -> None:
    watched.page.locator("#em-menu > summary").click()
    watched.page.locator(f"#{id_}").click()


def save(event_map: Any, path: Path, **options: Any) -> Path:
    build(event_map, **{"title": "Sample", **options}).save(path)
    return path


def kilometres(watched: Watched) -> float:
    return float(watched.js("document.getElementById('em-measure-out').textContent").split(" km")[0].replace(",", ""))


def test_distance_by_keyboard(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file, hash_="#map=6/0/0").ready()
    menu(watched, "em-measure-start")
    watched.until("document.activeElement === document.querySelector('.folium-map')")
    watched.page.keyboard.press("Enter")
    watched.page.keyboard.press("ArrowRight")
    watched.page.wait_for_timeout(500)
    degrees = float(watched.js("location.hash.split('map=')[1].split('&')[0].split('/')[2]"))
    assert degrees > 0.5
    watched.page.keyboard.press("Enter")
    # Along the equator a degree is a 360th of the way round.
    assert kilometres(watched) == pytest.approx(degrees * 2 * math.pi * 6371.0088 / 360, rel=0.02)
    assert "km" in watched.js("document.getElementById('em-live').textContent")
    watched.page.keyboard.press("Backspace")
    assert "Enter" in watched.js("document.getElementById('em-measure-out').textContent")
    watched.page.keyboard.press("Escape")
    assert not watched.page.locator("#em-measure").is_visible()
    clean(watched)


def test_distance_by_clicks_opens_no_receipt(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    menu(watched, "em-measure-start")
    box = watched.page.locator(".folium-map").bounding_box()
    for item in [one for one in watched.js("eventMap.items()") if one["name"] in ("Tunis", "Algiers")]:
        watched.page.mouse.click(box["x"] + item["x"], box["y"] + item["y"])
    assert kilometres(watched) == pytest.approx(634, abs=12)
    assert watched.js("document.querySelector('.receipt')") is None
    watched.page.get_by_role("button", name="Done").click()
    assert not watched.page.locator("#em-cross").is_visible()
    clean(watched)


def test_drawing_is_the_map_as_svg(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    with watched.page.expect_download() as download:
        menu(watched, "em-svg")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    assert root.tag == SVG + "svg"
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {
        "svg", "title", "defs", "clipPath", "pattern", "path", "g", "text",
    }  # fmt: skip
    written = [element.text for element in root.iter(SVG + "text")]
    assert {"Sahel: events in the press, March 2024", "Tunis", "ALGERIA", "Attack 6"} <= set(written)
    assert not any("NaN" in value or "undefined" in value for e in root.iter() for value in e.attrib.values())
    references = {value[5:-1] for e in root.iter() for value in e.attrib.values() if value.startswith("url(#")}
    assert references
    assert references <= {element.get("id") for element in root.iter()}
    clean(watched)


def framed(open_page: Open, file: Path, tmp_path: Path, sandbox: str = "allow-scripts") -> tuple[Watched, Any]:
    outer = tmp_path / "outer.html"
    frame = f'<iframe sandbox="{sandbox}" src="{file.as_uri()}" width="1200" height="700"></iframe>'
    outer.write_text(f"<!DOCTYPE html><title>outer</title>{frame}", encoding="utf-8")
    watched = open_page(outer)
    inner = watched.page.frames[1]
    inner.wait_for_selector("html[data-texts=ready]", state="attached")
    return watched, inner


@pytest.mark.parametrize("tool", ["em-csv", "em-geojson", "em-svg", "em-png", "em-copy-link", "em-embed"])
def test_no_dead_button_in_a_sandbox(open_page: Open, sample_file: Path, tmp_path: Path, tool: str) -> None:
    _, inner = framed(open_page, sample_file, tmp_path)
    inner.locator("#em-menu > summary").click()
    inner.locator(f"#{tool}").click()
    inner.wait_for_selector("#em-dialog[open]")
    if tool == "em-png":
        inner.wait_for_selector("#em-dialog img")
        assert (
            inner.evaluate(
                "document.querySelector('#em-dialog img').decode().then(() => document.querySelector('#em-dialog img').naturalWidth)"
            )
            > 1000
        )
    else:
        assert len(inner.locator("#em-dialog-text").input_value()) > 60
    if tool not in ("em-copy-link", "em-embed"):
        assert inner.locator("#em-dialog a[download]").count() == 1


def test_a_link_that_a_sandbox_did_not_open_is_shown(open_page: Open, sample_file: Path, tmp_path: Path) -> None:
    _, inner = framed(open_page, sample_file, tmp_path)
    inner.evaluate("eventMap.pick(eventMap.shown().find((i) => eventMap.facts(i).headline.startsWith('Gunmen')))")
    inner.locator(".receipt .sources a").first.click()
    inner.wait_for_selector("#em-dialog[open]")
    assert inner.locator("#em-dialog-text").input_value() == "https://news.example/1"


def test_what_cannot_be_printed_is_said(open_page: Open, sample_file: Path, tmp_path: Path) -> None:
    _, inner = framed(open_page, sample_file, tmp_path)
    inner.locator("#em-menu > summary").click()
    inner.locator("#em-print").click()
    inner.wait_for_selector("#em-dialog[open]")
    assert "window of its own" in inner.locator("#em-dialog-title").text_content()
    assert not inner.locator("#em-full").is_visible()


def test_printed_marks_bear_the_numbers_of_the_table(open_page: Open, sample_file: Path) -> None:
    hook = "const fill = CanvasRenderingContext2D.prototype.fillText; window.drawn = []; CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) { drawn.push(text); fill.call(this, text, ...rest); };"
    watched = open_page(sample_file, init=hook).ready()
    watched.page.emulate_media(media="print")
    watched.js("(() => { drawn.length = 0; dispatchEvent(new Event('beforeprint')); })()")
    rows = watched.js(
        "[...document.querySelectorAll('#em-print-table tbody tr')].map((r) => [...r.cells].map((c) => c.textContent))"
    )
    tunis = next(row[0] for row in rows if row[4].startswith("Tunis"))
    assert f"Tunis {tunis}" in watched.js("drawn")
    assert "Attack 6" in watched.js("document.getElementById('em-print-key').textContent")
    assert "disputed" in watched.js("document.getElementById('em-print-note').textContent")
    watched.js("(() => { drawn.length = 0; dispatchEvent(new Event('afterprint')); })()")
    watched.settled()
    assert f"Tunis {tunis}" not in watched.js("drawn")
    clean(watched)


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_a_very_long_heading_leaves_the_map_its_room(open_page: Open, tmp_path: Path, size: tuple[int, int]) -> None:
    path = save(
        sample.event_map(), tmp_path / "long.html", title="A very long heading. " * 60, subtitle="And more. " * 40
    )
    watched = open_page(path, viewport={"width": size[0], "height": size[1]}).ready()
    assert watched.page.locator(".em-head").bounding_box()["height"] < 140
    assert watched.page.locator(".folium-map").bounding_box()["height"] > 260
    more = watched.page.locator("#em-title-more")
    watched.until("!document.getElementById('em-title-more').hidden")
    more.click()
    assert more.get_attribute("aria-expanded") == "true"
    assert watched.page.locator(".em-head").bounding_box()["height"] > 140
    more.click()
    assert watched.page.locator(".em-head").bounding_box()["height"] < 140
    clean(watched)


def test_a_short_heading_has_nothing_to_unfold(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    assert not watched.page.locator("#em-title-more").is_visible()


def test_tiles_are_asked_for_only_once_switched_on(open_page: Open, tmp_path: Path) -> None:
    tiles = Tiles(url="https://tile.example/{z}/{x}/{y}.png", credit="© <b>Tile</b> makers")
    watched = open_page(save(sample.event_map(), tmp_path / "tiles.html", tiles=tiles)).ready()
    watched.page.mouse.move(700, 400)
    watched.page.mouse.wheel(0, -300)
    watched.page.wait_for_timeout(400)
    clean(watched)
    watched.js("document.getElementById('em-legend').open = true")
    box = watched.page.get_by_label("tile.example")
    assert "network address" in watched.js("document.getElementById('em-tiles').closest('label').textContent")
    box.check()
    watched.page.wait_for_timeout(500)
    assert watched.outside()
    assert {url.split("/")[2] for url in watched.outside()} == {"tile.example"}
    assert "© <b>Tile</b> makers" in watched.js("document.querySelector('.leaflet-control-attribution').textContent")
    asked = len(watched.outside())
    box.uncheck()
    watched.page.mouse.wheel(0, 300)
    watched.page.wait_for_timeout(400)
    assert len(watched.outside()) == asked
    assert not [one for one in watched.complaints if "Content Security Policy" in one]


@pytest.mark.parametrize(
    "url",
    ["http://tile.example/{z}/{x}/{y}.png", "https://tile.example/{z}/{x}.png", "https://{s}.tile.example/{z}/{x}/{y}", "https://a.example;script-src *//{z}/{x}/{y}", "https://a.example/{z}/{x}/{y}/{key}", "https://u@a.example/{z}/{x}/{y}", "javascript:{z}{x}{y}"],
)  # fmt: skip
def test_tile_addresses_that_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"tiles|the path"):
        Tiles(url=url, credit="x")


def since(tmp_path: Path) -> Path:
    base = sample.event_map()
    events = tuple(
        replace(one, change=change, changed_fields=("date", "place") if change == "updated" else ())
        for one, change in zip(base.events, ("new", "updated", None, "merged", *[None] * 30), strict=False)
    )
    gone = RetractedEvent(id="x", type="PROTEST", date="2024-03-01", place="Sebha <i>x</i>", sources=("Sample Wire",))
    changed = replace(base, events=events, since="Monday's <b>run</b>", retracted=(gone,))
    return save(changed, tmp_path / "since.html")


def test_what_changed_is_marked_filtered_and_listed(open_page: Open, tmp_path: Path) -> None:
    watched = open_page(since(tmp_path)).ready()
    assert watched.js("document.getElementById('em-since-name').textContent") == "Since Monday's <b>run</b>"
    watched.page.get_by_role("checkbox", name="As before").uncheck()
    assert watched.js("eventMap.count()") == 3
    rows = watched.js("[...document.querySelectorAll('.list .row .changed')].map((r) => [r.textContent, r.title])")
    assert sorted(rows) == [["Merged", ""], ["New", ""], ["Updated", "changed: date, place"]]
    watched.until("location.hash.includes('change=new.updated.merged.split')")
    again = open_page(since(tmp_path), hash_=watched.js("location.hash")).ready()
    assert again.js("eventMap.count()") == 3
    watched.page.get_by_role("tab", name="Gone").click()
    text = watched.js("document.querySelector('.list .row').textContent")
    for part in ("Protest", "Sebha <i>x</i>", "2024-03-01", "Sample Wire"):
        assert part in text
    watched.page.get_by_role("tab", name="On the map").click()
    watched.js("eventMap.pick(eventMap.shown()[0])")
    watched.until("!!document.querySelector('.receipt .changed')")
    clean(watched)


def test_saved_tables_are_rectangular_where_only_some_events_changed(open_page: Open, tmp_path: Path) -> None:
    watched = open_page(since(tmp_path)).ready()
    with watched.page.expect_download() as download:
        menu(watched, "em-csv")
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"), newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert rows[0][-1] == "change"
    assert sorted({row[-1] for row in rows[1:]}) == ["", "merged", "new", "updated"]


def test_how_many_were_harmed_is_on_the_receipt(open_page: Open, tmp_path: Path) -> None:
    base = sample.event_map()
    figures = (
        FigureRange(kind="killed", low=3, high=1200, tellings=2),
        FigureRange(kind="wounded", low=7, high=7, tellings=1),
    )
    events = (replace(base.events[0], figures=figures), *base.events[1:])
    for language, killed, wounded in (
        ("en", "3 to 1,200 killed", "7 wounded"),
        ("fr", "3 à 1\u202f200 tués", "7 blessés"),
    ):
        path = save(replace(base, events=events), tmp_path / f"{language}.html", language=language)
        watched = open_page(path).ready()
        watched.js("eventMap.pick(eventMap.shown().find((i) => eventMap.facts(i).headline.startsWith('Gunmen')))")
        watched.until("!!document.querySelector('.receipt dl')")
        text = watched.js("document.querySelector('.receipt dl').textContent")
        assert killed in text
        assert wounded in text
        clean(watched)


def test_without_an_earlier_run_nothing_speaks_of_change(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file, hash_="#change=new").ready()
    assert watched.js("eventMap.count()") == 23
    assert not watched.page.locator("#em-since").is_visible()
    assert not watched.page.locator("#em-tab-retracted").is_visible()
    assert watched.js("document.querySelectorAll('.changed').length") == 0


def test_whole_articles_are_shown_where_the_map_carries_them(open_page: Open, tmp_path: Path) -> None:
    text = "The whole article.\n\nSecond paragraph, {{ 7*7 }} <script>window.canary=1</script>"
    path = save(replace(sample.event_map(), texts={"sample-1": text}), tmp_path / "whole.html")
    watched = open_page(path).ready()
    watched.js("eventMap.pick(eventMap.shown().find((i) => eventMap.facts(i).headline.startsWith('Gunmen')))")
    watched.until("!!document.querySelector('.receipt .article')")
    assert watched.js("document.querySelector('.receipt .article').textContent") == text
    assert watched.js("document.querySelectorAll('.receipt .article').length") == 1
    clean(watched)


def test_a_frame_that_is_shown_later_shows_the_whole_map(open_page: Open, sample_file: Path, tmp_path: Path) -> None:
    outer = tmp_path / "outer.html"
    frame = f'<iframe id="f" style="display:none" src="{sample_file.as_uri()}" width="1200" height="700"></iframe>'
    outer.write_text(f"<!DOCTYPE html><title>outer</title>{frame}", encoding="utf-8")
    watched = open_page(outer)
    inner = watched.page.frames[1]
    inner.wait_for_selector("html[data-texts=ready]", state="attached")
    tally = inner.evaluate("eventMap.tally()")
    assert tally["areas"] + tally["points"] + tally["unplaced"] == tally["filtered"] == 23
    watched.js("document.getElementById('f').style.display = 'block'")
    watched.page.wait_for_timeout(600)
    assert sum(item["n"] for item in inner.evaluate("eventMap.items()")) == 21
    assert {"Tunis", "Sahel"} <= {item["name"] for item in inner.evaluate("eventMap.items()")}
    inner.evaluate("eventMap.pick(0)")
    inner.wait_for_selector(".receipt h2")
    assert watched.complaints == []


def test_each_act_is_a_step_back_however_quickly_it_follows(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    watched.page.get_by_role("checkbox", name="Attack").uncheck()
    watched.until("location.hash.includes('hide=ASSAULT')")
    watched.page.get_by_role("checkbox", name="Protest").uncheck()
    watched.until("location.hash.includes('PROTEST')")
    watched.page.locator("#em-reset").click()
    watched.until("!location.hash.includes('hide')")
    assert watched.js("eventMap.count()") == 23
    for expected in (15, 17, 23):
        watched.page.go_back()
        watched.until(f"eventMap.count() === {expected}")
    watched.page.go_forward()
    watched.until("eventMap.count() === 17")
    clean(watched)
