"""What a reader marks as wrong comes out as a file that the program reads, and that finds its event again."""

# ruff: noqa: E501

from __future__ import annotations

from pathlib import Path

import pytest
from shapely.geometry import box

from mapper import corrections
from mapper.eventmap import EventMapBuilder
from mapper.model import Analysis, Article, Event, EventDate, Span, Trigger
from mapper.render.page import build
from tests.browser.conftest import Open, Watched

pytestmark = pytest.mark.browser

SENTENCE = 'The "army" said C:\\gangs had broken\ninto 🚓 stores \u2028 on Tuesday.'
TEXT = f"Headline\n\n{SENTENCE}\nNothing else."
WHY = 'the governor said: "no \\ such" {{ 7*7 }} </script>'


def analysed() -> Analysis:
    start = TEXT.index(SENTENCE)
    words = "broken\ninto"
    at = TEXT.index(words)
    event = Event(
        id="00000000000000aa", type="ASSAULT", mode=None, trigger=Trigger(start=at, end=at + len(words), text=words),
        evidence=Span(start=start, end=start + len(SENTENCE)), actors=(), places=(), location=None, confidence=0.8,
        date=EventDate(start="2014-04-01", end="2014-04-01", precision="day", basis="relative"), status="reported",
    )  # fmt: skip
    return Analysis(article=Article(id="a", text=TEXT, title="Headline", source="Wire", language="en"), events=(event,))


@pytest.fixture
def one_event(tmp_path: Path) -> Path:
    builder = EventMapBuilder()
    builder.add(analysed(), ())
    path = tmp_path / "map.html"
    build(builder.build(footprint=lambda _: box(0, 0, 1, 1), attribution=()), title="One event").save(path)
    return path


def mark(watched: Watched, action: str, field: str | None, value: str) -> None:
    form = watched.page.locator(".correct")
    form.get_by_label("What").select_option(action)
    if field:
        control = form.get_by_label(field, exact=True)
        if action == "type":
            control.select_option(value)
        else:
            control.fill(value)
    form.get_by_label("Who").fill("desk")
    form.get_by_label("Why").fill(WHY)
    form.get_by_role("button", name="Add correction").click()


def test_a_saved_file_is_read_and_finds_the_event(open_page: Open, one_event: Path) -> None:
    watched = open_page(one_event).ready()
    watched.js("eventMap.pick(0)")
    watched.until("!!document.querySelector('.correct')")
    watched.page.locator(".correct > summary").click()
    mark(watched, "place", "Place id", "geonames:2449067")
    mark(watched, "type", "Type", "PROTEST")
    mark(watched, "date", "Date", "2014-04-02/2014-04-05")
    mark(watched, "drop", None, "")
    mark(watched, "note", "Note", WHY)
    with watched.page.expect_download() as download:
        watched.page.locator(".correct").get_by_role("button", name="Save 5 as file").click()
    assert download.value.suggested_filename == "corrections.toml"
    items = corrections.read(Path(download.value.path())).items
    assert [(item.do, item.to) for item in items] == [
        ("place", "geonames:2449067"), ("type", "PROTEST"), ("date", "2014-04-02/2014-04-05"), ("drop", None), ("note", WHY),
    ]  # fmt: skip
    one = analysed()
    assert all(item.matches(one.article, one.events[0]) for item in items)
    assert {(item.who, item.why, item.trigger) for item in items} == {("desk", WHY, "broken\ninto")}
    assert watched.outside() == []
    assert watched.complaints == []


@pytest.mark.parametrize(
    ("action", "field", "value"),
    [
        ("date", "Date", "3 April"),
        ("date", "Date", "2014-02-30"),
        ("place", "Place id", "two words"),
        ("note", "Note", " "),
    ],
)
def test_what_cannot_be_read_back_is_not_taken(
    open_page: Open, one_event: Path, action: str, field: str, value: str
) -> None:
    watched = open_page(one_event).ready()
    watched.js("eventMap.pick(0)")
    watched.until("!!document.querySelector('.correct')")
    watched.page.locator(".correct > summary").click()
    mark(watched, action, field, value)
    assert watched.js("document.querySelector('.correct .problem').textContent")
    assert watched.js("document.getElementById('em-corrections').hidden")


def test_without_downloads_the_text_is_shown(open_page: Open, one_event: Path, tmp_path: Path) -> None:
    outer = tmp_path / "outer.html"
    frame = f'<iframe sandbox="allow-scripts" src="{one_event.as_uri()}" width="1200" height="700"></iframe>'
    outer.write_text(f"<!DOCTYPE html><title>outer</title>{frame}", encoding="utf-8")
    watched = open_page(outer)
    inner = watched.page.frames[1]
    inner.wait_for_selector("html[data-texts=ready]", state="attached")
    inner.evaluate("eventMap.pick(0)")
    inner.locator(".correct > summary").click()
    form = inner.locator(".correct")
    form.get_by_label("What").select_option("drop")
    form.get_by_label("Who").fill("desk")
    form.get_by_label("Why").fill("not an event")
    form.get_by_role("button", name="Add correction").click()
    form.get_by_role("button", name="Save 1 as file").click()
    text = inner.locator("#em-dialog-text").input_value()
    path = tmp_path / "copied.toml"
    path.write_text(text, encoding="utf-8")
    one = analysed()
    assert [item.matches(one.article, one.events[0]) for item in corrections.read(path).items] == [True]
