"""What the two seed articles give is held as a floor, and nothing may be pinned for being spoken of."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import mapper
from mapper.cli import main
from mapper.model import Analysis
from tests.seeds.score import score


@pytest.fixture(scope="module")
def undated(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Analysis]:
    """The articles without their sidecars: nothing but the text tells a date."""
    folder = tmp_path_factory.mktemp("undated")
    for article in seeds.glob("0*.txt"):
        shutil.copy(article, folder)
    output = folder / "out.jsonl"
    assert CliRunner().invoke(main, ["parse", str(folder), "-o", str(output)]).exit_code == 0
    return list(mapper.analyse(mapper.read(output)))


def test_the_seeds_with_their_dates(seed_analyses: list[Analysis]) -> None:
    reached = score(seed_analyses)
    assert reached.must_find == 13
    assert (reached.found, reached.type_right) == (13, 13)
    assert reached.place_right >= 12
    assert reached.date_right >= 12
    assert reached.false_events <= 1
    assert reached.wrong_pins == 0


def test_without_a_date_no_event_has_a_year_that_the_text_does_not_give(undated: list[Analysis]) -> None:
    assert score(undated).wrong_pins == 0
    for analysis in undated:
        if analysis.article.published is not None:
            continue
        stated = set(re.findall(r"\b(?:19|20)\d\d\b", analysis.article.text))
        dates = [event.date for event in analysis.events if event.date is not None]
        assert {date.start[:4] for date in dates} <= stated
        assert analysis.events
    assert any(analysis.article.published is None for analysis in undated)


def test_boilerplate_makes_no_event(seed_analyses: list[Analysis]) -> None:
    for analysis in seed_analyses:
        furniture = [s for s in analysis.article.segments if s.kind in {"boilerplate", "credit", "byline"}]
        assert furniture
        assert not any(f.overlaps(event.trigger) for f in furniture for event in analysis.events)


def test_speakers_nationalities_and_outlets_pin_nothing(seed_analyses: list[Analysis]) -> None:
    located = {event.location.name for a in seed_analyses for event in a.events if event.location}
    assert located.isdisjoint({"Washington", "Algiers", "Turkey", "Türkiye", "United States", "France"})
