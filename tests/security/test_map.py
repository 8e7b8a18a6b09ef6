"""Hostile text in every field of a map, in a real browser: nothing runs, nothing is fetched, everything is shown."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mapper.cli import main
from tests.security import EXHAUSTIVE, made
from tests.security.browser import Visit, visit
from tests.security.strings import HOSTILE, PRODUCT, numbered, sound

pytestmark = pytest.mark.browser

JOINED = " | ".join(HOSTILE)
STEP = 1 if EXHAUSTIVE else 13


def shown(text: str) -> str:
    """Text as the page has it: what parts lines in its data block is a space there."""
    return sound(re.sub("[\0\n\r\x1f]", " ", text))


LOST: list[str] = []
"""What the command said of articles that it could not analyse."""


@pytest.fixture(scope="module")
def maps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("hostile")
    sources = {
        "articles": made.write_articles(folder / "articles.jsonl", numbered()),
        "records": made.write_records(folder / "records.jsonl", numbered()),
    }
    sources["heading"] = made.write_records(folder / "heading.jsonl", [(0, "plain")])
    for name, source in sources.items():
        words = ["map", str(source), "-o", str(folder / f"{name}.html"), "--source", JOINED[:9_000]]
        words += ["--title", JOINED, "--subtitle", JOINED] if name == "heading" else []
        result = CliRunner().invoke(main, words)
        assert result.exit_code in (0, 3), result.output
        LOST.extend(line for line in result.stderr.splitlines() if "could not be analysed" in line)
    return {name: folder / f"{name}.html" for name in sources}


@pytest.fixture(scope="module")
def visits(browser: Any, maps: dict[str, Path]) -> Iterator[dict[str, Visit]]:
    opened = {name: visit(browser, path).ready() for name, path in maps.items()}
    yield opened
    for one in opened.values():
        one.context.close()


@pytest.fixture(scope="module")
def tours(visits: dict[str, Visit]) -> dict[str, dict[str, Any]]:
    return {name: visits[name].tour(step=STEP) for name in ("articles", "records")}


def quiet(opened: Visit) -> None:
    assert opened.fired() == []
    assert opened.requests == []
    assert opened.pages == []
    assert opened.errors == []
    assert opened.violations == []


@pytest.mark.parametrize("name", ["articles", "records"])
def test_nothing_runs_and_everything_is_shown(name: str, visits: dict[str, Visit], tours: dict[str, Any]) -> None:
    seen = tours[name]
    quiet(visits[name])
    assert seen["fired"] == []
    assert seen["wrong"] == []
    assert seen["odd"] == [], "markup came out of text"
    assert seen["polluted"] == []
    assert {protocol for protocol, *_ in seen["links"]} <= {"http:", "https:"}
    assert {rel for *_, rel in seen["links"]} <= {"noopener noreferrer"}
    assert PRODUCT not in json.dumps(seen, ensure_ascii=False)
    listed = "\n".join(seen["rows"] + seen["unplaced"])
    missing = [text for number, text in numbered() if shown(f"{number} {text}") not in listed]
    assert len(missing) <= (0 if name == "records" else max(8, len(LOST))), missing
    # A receipt for every event that is on the map, hence for every article but those whose words hide their event.
    assert len(seen["heads"]) >= (len(HOSTILE) - len(missing)) // STEP
    assert set(seen["heads"]) <= {shown(f"{number} {text}") for number, text in numbered()}


def test_no_article_is_lost(maps: dict[str, Path]) -> None:
    assert LOST == []


def test_places_without_events_are_shown_as_text(tours: dict[str, Any]) -> None:
    listed = "\n".join(tours["records"]["mentioned"])
    assert [text for _, text in numbered() if sound(f"aside {text}") not in listed] == []


def test_sources_are_offered_as_text(tours: dict[str, Any]) -> None:
    offered = "\n".join(tours["records"]["options"])
    assert [text for text in HOSTILE if shown(text) not in offered] == []


def test_heading_is_text(visits: dict[str, Visit]) -> None:
    page = visits["heading"].page
    # What HTML cannot hold is told by a replacement character; its line ends are line feeds.
    expected = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "\ufffd", sound(JOINED))
    expected = expected.replace("\r\n", "\n").replace("\r", "\n")
    for where in ("h1", ".em-head .sub"):
        assert page.evaluate(f"document.querySelector({where!r}).textContent") == expected
    assert page.evaluate("document.title").startswith("<script>canary()</script>")
    assert PRODUCT not in page.evaluate("document.documentElement.textContent")
    quiet(visits["heading"])


def test_searching_for_hostile_text_does_no_harm(visits: dict[str, Visit], tours: dict[str, Any]) -> None:
    opened = visits["records"]
    found = opened.page.evaluate(
        """async (texts) => {
          const box = document.getElementById("em-query"), found = [];
          for (const text of texts) {
            box.value = text; box.dispatchEvent(new Event("input"));
            await new Promise((done) => setTimeout(done, 250));
            found.push(eventMap.count());
          }
          box.value = ""; box.dispatchEvent(new Event("input"));
          await new Promise((done) => setTimeout(done, 400));
          return found;
        }""",
        list(map(sound, HOSTILE[:: 2 if EXHAUSTIVE else 24])),
    )
    assert all(isinstance(count, int) for count in found)
    assert sum(count > 0 for count in found) > len(found) / 2
    quiet(opened)


def test_what_is_saved_from_the_page_is_data(visits: dict[str, Visit], tours: dict[str, Any]) -> None:
    page = visits["records"].page
    saved = {}
    page.evaluate("document.getElementById('em-menu').open = true")
    for kind in ("csv", "geojson", "png"):
        with page.expect_download() as download:
            page.evaluate(f"document.getElementById('em-{kind}').click()")
        name = download.value.suggested_filename
        assert re.fullmatch(r"[\w.-]{1,120}", name), name
        saved[kind] = Path(download.value.path()).read_bytes()
    rows = list(csv.reader(io.StringIO(saved["csv"].decode("utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) == page.evaluate("eventMap.count()") + 1
    formulas = [c for row in rows[1:] for c in row if re.match(r"[\s\0]*[=+@\uff1d\uff0b\uff20]", c)]
    assert formulas == []
    features = json.loads(saved["geojson"])["features"]
    assert len(features) == len(rows) - 1
    assert PRODUCT.encode() not in saved["csv"] + saved["geojson"]
    quiet(visits["records"])


def test_embed_code_is_one_frame(browser: Any, maps: dict[str, Path]) -> None:
    opened = visit(browser, maps["heading"]).ready()
    opened.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    opened.page.evaluate("document.getElementById('em-embed').click()")
    opened.until("document.getElementById('em-dialog').open")
    parsed = _Outline()
    parsed.feed(opened.page.evaluate("document.getElementById('em-dialog-text').value"))
    assert [tag for tag, _ in parsed.tags] == ["iframe"]
    assert {name for name, _ in parsed.tags[0][1]} == {
        "src", "title", "width", "height", "loading", "sandbox", "referrerpolicy",
    }  # fmt: skip
    quiet(opened)
    opened.context.close()


class _Outline(HTMLParser):
    """The tags of a document, with their attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))


@pytest.mark.parametrize("name", ["articles", "records", "heading"])
def test_the_file_itself_holds_no_markup_from_text(name: str, maps: dict[str, Path]) -> None:
    text = maps[name].read_bytes().decode("utf-8")
    assert PRODUCT not in text
    head, _, rest = text.partition('<div class="em-static">')
    listing = rest.partition("</noscript>")[0]
    inside, around = _Outline(), _Outline()
    inside.feed(listing)
    around.feed(head)
    assert {tag for tag, _ in inside.tags} <= {"p", "h2", "ol", "li", "b", "bdi", "br", "q", "a", "div"}
    attributes = {(n, v) for _, found in inside.tags for n, v in found}
    assert {n for n, _ in attributes} <= {"dir", "href", "rel", "class"}
    assert all(re.match("https?://", v or "") for n, v in attributes if n == "href")
    assert not [n for _, found in around.tags for n, _ in found if n.startswith("on")]
