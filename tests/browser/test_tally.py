"""Badges, points and unplaced events make up the filtered count: whatever the filters, at every zoom."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from mapper.render.page import build
from tests.bench import made_up
from tests.browser.conftest import Open, Watched
from tests.render import sample

pytestmark = pytest.mark.browser

TYPES = ("ASSAULT", "PROTEST", "CONSULT", "AID", "COERCE", "AGREE", "DISASTER", "ELECTION")
STATUSES = ("reported", "planned", "background", "denied", "hypothetical")


def address(draw: random.Random, *, words: tuple[str, ...], year: int) -> str:
    """Some view and some filters, as a link has them."""
    parts = [f"map={draw.uniform(1, 12):.2f}/{draw.uniform(-70, 70):.3f}/{draw.uniform(-400, 400):.3f}"]
    if draw.random() < 0.5:
        parts.append("hide=" + ".".join(draw.sample(TYPES, draw.randint(1, 5))))
    if draw.random() < 0.5:
        parts.append("status=" + ".".join(draw.sample(STATUSES, draw.randint(0, 4))))
    if draw.random() < 0.4:
        parts.append(f"sure={draw.randrange(0, 100, 5)}")
    if draw.random() < 0.3:
        parts.append(f"q={draw.choice(words)}")
    if draw.random() < 0.4:
        parts.append(f"from={year}-{draw.randint(1, 12):02d}-01")
    if draw.random() < 0.4:
        parts.append(f"to={year}-{draw.randint(1, 12):02d}-15")
    if draw.random() < 0.3:
        parts.append("mentioned=0")
    return "#" + "&".join(parts)


def check(watched: Watched, hash_: str) -> int:
    watched.js(f"location.hash = {hash_!r}")
    watched.page.wait_for_timeout(60)
    tally = watched.js("eventMap.tally()")
    assert tally["areas"] + tally["points"] + tally["unplaced"] == tally["filtered"], hash_
    assert tally["filtered"] == watched.js("eventMap.count()"), hash_
    listed = watched.js("['events', 'unplaced'].map((n) => +document.getElementById('em-n-' + n).textContent.replace(/\\D/g, ''))")  # fmt: skip  # noqa: E501
    assert listed == [tally["areas"] + tally["points"], tally["unplaced"]], hash_
    return int(tally["filtered"])


@pytest.mark.parametrize("seed", [1, 2])
def test_with_areas_and_lines(open_page: Open, sample_file: Path, seed: int) -> None:
    draw = random.Random(seed)
    watched = open_page(sample_file).ready()
    seen = {check(watched, address(draw, words=("mali", "gao", "troops"), year=2024)) for _ in range(40)}
    assert len(seen) > 5
    assert watched.complaints == []


def test_with_many_events(open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "many.html"
    build(made_up.event_map(3000, seed=11), title="Many").save(path)
    draw = random.Random(3)
    watched = open_page(path).ready()
    seen = {check(watched, address(draw, words=("the", "army", "river"), year=2023)) for _ in range(40)}
    assert len(seen) > 15
    assert watched.complaints == []


def test_marks_on_screen_and_beyond_are_the_same_events(open_page: Open, sample_file: Path) -> None:
    """At the widest view everything is on the canvas, so that what is drawn adds up as well."""
    watched = open_page(sample_file, hash_="#map=1.00/15/5").ready()
    watched.settled()
    drawn = sum(item["n"] for item in watched.js("eventMap.items()"))
    assert drawn + watched.js("eventMap.tally().unplaced") == 23
    assert len(sample.event_map().events) == 25


def test_every_shown_event_is_under_exactly_one_mark(open_page: Open, sample_file: Path, tmp_path: Path) -> None:
    """Counted from the events, not from the sums: whatever the zoom, no event has two marks, every mark's number is
    that of its events, and an event whose place is in sight has a mark that is drawn."""
    many = tmp_path / "many.html"
    build(made_up.event_map(2500, seed=5), title="Many").save(many)
    for path, centre in ((sample_file, "15/5"), (many, "25/15")):
        watched = open_page(path).ready()
        for zoom in range(1, 12):
            watched.js(f"location.hash = '#map={zoom}/{centre}'")
            watched.page.wait_for_timeout(80)
            found = watched.js(
                """(() => {
  const map = window[document.querySelector('.folium-map').id], seen = new Map(), wrong = [];
  for (const item of eventMap.items()) {
    if (item.kind !== 'mentioned' && item.n !== item.events.length) wrong.push(item.name);
    for (const i of item.events) seen.set(i, (seen.get(i) || 0) + 1);
  }
  const doubled = [...seen.values()].filter((n) => n !== 1).length, view = map.getBounds();
  const missing = eventMap.shown().map((i) => [i, eventMap.facts(i)]).filter(([i, f]) => f.place !== null
    && f.footprint === 'point' && view.contains([f.lat, f.lon]) && !seen.has(i)).length;
  return { wrong, doubled, missing, drawn: seen.size };
})()"""
            )
            assert found["wrong"] == [], zoom
            assert found["doubled"] == found["missing"] == 0, zoom
            assert found["drawn"] > 0 or zoom > 7
