"""The page as a file: self-contained, the same twice, and nothing of an article read as a template or as markup."""

# ruff: noqa: E501

from __future__ import annotations

import gzip
import html
import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import branca.element
import folium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.errors import OutputError
from mapper.model import EventMap
from mapper.render import bundle, csp, noscript, vendor
from mapper.render.page import build
from tests.render import sample
from tests.render.test_data import unpack

RENDER = Path(bundle.__file__).parent


def page(event_map: EventMap | None = None, **options: Any) -> str:
    return build(event_map or sample.event_map(), **{"title": "Sample", **options}).to_html()


@pytest.fixture(scope="module")
def markup() -> str:
    return page()


def test_same_input_same_bytes(markup: str) -> None:
    assert page() == markup


def test_saved_with_lf_and_utf8_and_nothing_left_beside(tmp_path: Path, markup: str) -> None:
    build(sample.event_map(), title="Sample").save(tmp_path / "map.html")
    data = (tmp_path / "map.html").read_bytes()
    assert b"\r" not in data
    assert data.decode("utf-8") == markup
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]


def test_save_makes_folders_and_refuses_a_folder_in_its_place(tmp_path: Path) -> None:
    page = build(sample.event_map(), title="Sample")
    page.save(tmp_path / "new" / "deep" / "map.html")
    assert (tmp_path / "new" / "deep" / "map.html").stat().st_size > 100_000
    with pytest.raises(OutputError, match="is a folder, not a file"):
        page.save(tmp_path / "new")


def test_failed_save_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "map.html"
    target.write_text("old", encoding="utf-8")

    def refuse(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OutputError, match="disk full"):
        build(sample.event_map(), title="Sample").save(target)
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]


class _Tags(HTMLParser):
    """Scripts, styles and addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[tuple[str, str, str]] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: dict[str, list[tuple[dict[str, str | None], str]]] = {"script": [], "style": []}
        self._open: tuple[str, dict[str, str | None]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name) for name, _ in attrs]
        self.addresses += [(tag, name, value or "") for name, value in attrs if name in ("src", "href")]
        if tag in self.texts:
            self._open = tag, dict(attrs)

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open[0]].append((self._open[1], data))

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag == self._open[0]:
            self._open = None


def test_asks_nobody_for_anything(markup: str) -> None:
    tags = _Tags()
    tags.feed(markup)
    loading = [entry for entry in tags.addresses if entry[0] != "a"]
    assert loading == []
    assert not [name for _, name in tags.attributes if name.startswith("on") or name == "style"]


def test_policy_names_every_script_and_style_and_nothing_else(markup: str) -> None:
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', markup)[1])  # type: ignore[index]
    tags = _Tags()
    tags.feed(markup)
    scripts = {csp.sha256(text) for attrs, text in tags.texts["script"] if "type" not in attrs}
    styles = {csp.sha256(text) for _, text in tags.texts["style"]}
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert set(rules["script-src"].split()) == scripts
    assert set(rules["style-src"].split()) == styles
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy
    assert "http" not in policy


def test_data_blocks_hold_harmless_letters_only(markup: str) -> None:
    blocks = re.findall(r'<script type="text/plain" id="em-\w+">([^<]*)</script>', markup)
    assert len(blocks) == 4
    for block in blocks:
        assert re.fullmatch(r"\d+:[!-~]+", block)
        assert not set(block) & set("<&{")
        assert gzip.decompress(unpack(block))


def test_page_says_its_language_title_and_lets_readers_zoom(markup: str) -> None:
    assert '<html lang="en" dir="ltr">' in markup
    assert "<title>Sample</title>" in markup
    assert markup.count('name="viewport"') == 1
    assert "user-scalable" not in markup
    assert markup.count("<h1>") == 1


@pytest.mark.parametrize("text", sample.HOSTILE)
def test_title_and_subtitle_are_text(text: str) -> None:
    markup = page(title=text, subtitle=text)
    tags = _Tags()
    tags.feed(markup)
    assert "window.canary" not in "".join(code for attrs, code in tags.texts["script"] if "type" not in attrs)
    assert f"<title>{noscript.text(text)}</title>" in markup


def test_no_article_text_reaches_a_template(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever branca compiles is looked at: nothing of the event map may be in it."""
    seen: list[str] = []
    original = branca.element.Element.__init__

    def record(self: Any, template: str | None = None, template_name: str | None = None) -> None:
        seen.append(template or "")
        original(self, template, template_name)

    monkeypatch.setattr(branca.element.Element, "__init__", record)
    page(title="{{ canary }}", subtitle="{{ canary }}")
    compiled = "\n".join(seen)
    assert "L.map(" in compiled
    assert "canary" not in compiled
    for event in sample.event_map().events:
        for report in event.reports:
            assert report.evidence not in compiled
            assert not report.title or report.title not in compiled


@settings(max_examples=12, deadline=None)
@given(text=st.text(min_size=1), url=st.text())
def test_any_text_makes_a_page(text: str, url: str) -> None:
    base = sample.event_map()
    first = base.events[0]
    report = replace(first.reports[0], title=text, evidence=text, source=text, url=url, marks=())
    event = replace(first, reports=(report,), note=text)
    markup = page(EventMap(events=(event,), mentioned=(), footprints={}, articles=1, attribution=()), title=text)
    tags = _Tags()
    tags.feed(markup)
    runnable = [code for attrs, code in tags.texts["script"] if "type" not in attrs]
    assert len(runnable) == 4
    markup.encode("utf-8")
    for tag, name, address in tags.addresses:
        assert (tag, name) == ("a", "href")
        assert address == "#em-list" or address.lower().startswith(("http://", "https://"))


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:1", " javascript:1", "java\nscript:1", "data:text/html,x", "vbscript:x", "//x", "http:", "https:///", "file:///etc", "http://a b", "http://[", "\x01http://x", "ftp://x/", ""],
)  # fmt: skip
def test_only_web_addresses_become_links(url: str) -> None:
    assert noscript.web_address(url) is None


@pytest.mark.parametrize("url", ["http://a.example", "HTTPS://A.example/x?y=1&z=%20#f", "https://münchen.example/ä"])
def test_web_addresses_stay(url: str) -> None:
    assert noscript.web_address(url) == url


def test_without_javascript_there_is_a_list(markup: str) -> None:
    body = re.search(r'<div class="em-static">(.*?)</div></noscript>', markup, re.DOTALL)
    assert body
    text = html.unescape(re.sub(r"<[^>]+>", "", body[1]))
    assert "Gunmen attack convoy north of Timbuktu" in text
    assert sample.HOSTILE[1] in text
    assert "Looking back at 1962" not in text


def test_a_notebook_gets_a_sandboxed_frame() -> None:
    shown = build(sample.event_map(), title="Sample")._repr_html_()
    assert shown.startswith("<iframe ")
    assert "allow-scripts" in shown
    assert "allow-same-origin" not in shown


def test_own_layers_widen_the_policy_and_the_page_says_so() -> None:
    map_ = build(sample.event_map(), title="Sample")
    strict = map_.to_html()
    folium.TileLayer("https://tiles.example/{z}/{x}/{y}.png", attr="Example").add_to(map_)
    widened = map_.to_html()
    assert "tiles.example" in widened
    assert 'role="note"' in widened
    assert 'role="note"' not in strict
    assert "tiles.example" in re.search(r'role="note">([^<]*)<', widened)[1]  # type: ignore[index]
    assert map_.get_root().render() == map_.to_html()


def test_marker_of_the_users_own_brings_what_it_needs() -> None:
    map_ = build(sample.event_map(), title="Sample")
    folium.Marker([10, 0], popup="mine").add_to(map_)
    markup = map_.to_html()
    assert "jquery" in markup
    assert "code.jquery.com" in re.search(r'role="note">([^<]*)<', markup)[1]  # type: ignore[index]


def test_maps_do_not_share_state() -> None:
    build(sample.event_map(), title="Sample")
    assert len(folium.Map(tiles=None).default_js) == 4


FORBIDDEN = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "bindPopup(", "bindTooltip(", "eval(", "new Function", "DOMParser", "createContextualFragment", "srcdoc")  # fmt: skip


@pytest.mark.parametrize("path", sorted((RENDER / "assets" / "js").glob("*.js")), ids=lambda path: path.name)
def test_own_script_never_parses_text_as_markup(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [word for word in FORBIDDEN if word in text] == []


def test_folium_popups_are_nowhere_but_in_page() -> None:
    root = Path(bundle.__file__).parents[2]
    for path in [*root.joinpath("mapper").rglob("*.py"), *root.joinpath("gazetteer").rglob("*.py")]:
        if path != RENDER / "page.py":
            assert not re.search(r"\b(Popup|Tooltip|GeoJson(Popup|Tooltip)?)\(", path.read_text(encoding="utf-8")), path


def test_vendored_files_are_the_recorded_ones() -> None:
    assert vendor.leaflet_script().startswith("/* @preserve")
    assert "sourceMappingURL" not in vendor.leaflet_script()
    assert "url(images" not in vendor.leaflet_style()
    folder = RENDER / "assets" / "vendor"
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json"]
    assert len(files) == 8
    for path in files:
        assert vendor.read(path.relative_to(folder).as_posix())


def test_bundle_refuses_what_it_cannot_join(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "js"
    folder.mkdir()
    monkeypatch.setattr(bundle, "ASSETS", tmp_path)
    for main, other, message in (
        ('import { a } from "./other.js";\nconst b = 1;', "export const a = 1;\nconst b = 2;", "both define b"),
        ('import a from "./other.js";\n', "", "cannot be bundled"),
        ('import { a } from "./other.js";\n', 'import { b } from "./main.js";\nexport const a = 1;', "circle"),
        ("const a = '</script>';", "", "end its element"),
    ):
        (folder / "main.js").write_text(main, encoding="utf-8")
        (folder / "other.js").write_text(other, encoding="utf-8")
        bundle.script.cache_clear()
        with pytest.raises(bundle.BundleError, match=message):
            bundle.script()
    bundle.script.cache_clear()


def test_about_tells_the_counts_and_what_was_measured() -> None:
    accuracy = {
        "rows": [{"what": "Place names <found>", "figure": "F1 0.81", "on": "120 articles"}],
        "note": "{{ 7*7 }}",
    }
    text = page(accuracy=accuracy)
    about = text[text.index('id="em-about"') :]
    told = re.sub(r"<[^>]*>", " ", about[: about.index("</dialog>")])
    for row in (
        "Events found  25",
        "Hidden at first  2  1 background, 1 denied",
        "Events shown  23  1 of them planned",
        "Unplaced  2",
        "In an area  6",
        "Place inferred  1",
    ):
        assert row in re.sub(r" {2,}", "  ", told), row
    assert "Place names &lt;found&gt;" in told
    assert "F1 0.81" in told
    assert "{{ 7*7 }}" in told
    assert "No figures were given" not in told
    assert "No figures were given" in page()
