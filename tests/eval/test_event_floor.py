"""Events of short articles written for this project: precision, recall, places and dates keep above a floor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import mapper
from mapper import language
from mapper.events import merge
from mapper.model import Analysis, Event

ARTICLES = Path(__file__).parents[1] / "events" / "articles.jsonl"
HELD_OUT = ARTICLES.with_name("articles_held_out.jsonl")
"""Articles of the same making whose errors nobody looked at, so that they still tell what to expect."""
OTHER_LANGUAGES = ARTICLES.with_name("articles_other_languages.jsonl")
SHOWN = frozenset({"reported", "planned", "background"})


@dataclass(slots=True)
class Tally:
    found: int = 0
    missed: int = 0
    false: int = 0
    places: int = 0
    places_right: int = 0
    dates: int = 0
    dates_right: int = 0


def touches(event: Event, text: str, words: str) -> bool:
    start = text.index(words)
    return event.trigger.start < start + len(words) and start < event.trigger.end


def clusters(analysis: Analysis) -> Iterator[list[Event]]:
    keys = merge.Keys()
    keys.add(analysis)
    of_event = keys.cluster()
    groups: dict[str, list[Event]] = {}
    for event in analysis.events:
        if event.status in SHOWN:
            groups.setdefault(of_event[event.id], []).append(event)
    yield from groups.values()


def count(row: dict[str, Any], analysis: Analysis, tally: Tally) -> None:
    groups = list(clusters(analysis))
    for gold in row["events"]:
        match = next(
            (g for g in groups if any(touches(e, row["text"], gold["words"]) and e.type in gold["type"] for e in g)),
            None,
        )
        if match is None:
            tally.missed += 1
            continue
        groups.remove(match)
        tally.found += 1
        surest = sorted(match, key=lambda e: -e.confidence)
        if gold["place"]:
            tally.places += 1
            named = next((e.location.name for e in surest if e.location), "")
            tally.places_right += gold["place"][:5] in named or (named != "" and named[:5] in gold["place"])
        if gold["date"]:
            tally.dates += 1
            told = next(e.date for e in match if touches(e, row["text"], gold["words"]))
            if told is not None:
                interval = told.start if told.start == told.end else f"{told.start}/{told.end}"
                tally.dates_right += interval == gold["date"] or told.start.startswith(gold["date"])
    tally.false += sum(not any(touches(e, row["text"], w) for e in g for w in row["also"]) for g in groups)


def measured(path: Path) -> Tally:
    """What the program makes of the articles of a file, read as its users' files are."""
    if not language.installed():
        pytest.skip("the English language model is not installed")
    from mapper.pipeline import Engine

    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    result = Tally()
    for row, analysis in zip(rows, Engine.load().analyse(list(mapper.read(path))), strict=True):
        assert isinstance(analysis, Analysis)
        count(row, analysis, result)
    return result


@pytest.fixture(scope="module")
def seen() -> Tally:
    return measured(ARTICLES)


@pytest.fixture(scope="module")
def held_out() -> Tally:
    return measured(HELD_OUT)


def rate(right: int, wrong: int) -> float:
    return right / (right + wrong)


def test_enough_articles() -> None:
    assert len(ARTICLES.read_text(encoding="utf-8").splitlines()) >= 40


def test_all_articles(seen: Tally, held_out: Tally) -> None:
    found = seen.found + held_out.found
    assert rate(found, seen.false + held_out.false) >= 0.75
    assert rate(found, seen.missed + held_out.missed) >= 0.75


def test_articles_that_rules_were_mended_on(seen: Tally) -> None:
    assert rate(seen.found, seen.false) >= 0.9
    assert rate(seen.found, seen.missed) >= 0.9
    assert seen.places_right / seen.places >= 0.8
    assert seen.dates_right / seen.dates >= 0.9


def test_articles_whose_errors_were_never_looked_at(held_out: Tally) -> None:
    assert rate(held_out.found, held_out.false) >= 0.75
    assert rate(held_out.found, held_out.missed) >= 0.6


def test_articles_in_other_languages() -> None:
    other = measured(OTHER_LANGUAGES)
    assert rate(other.found, other.false) >= 0.9
    assert rate(other.found, other.missed) >= 0.75
    assert other.places_right / other.places >= 0.75
    assert other.dates_right / other.dates >= 0.9


if __name__ == "__main__":
    for file in (ARTICLES, HELD_OUT, OTHER_LANGUAGES):
        t = measured(file)
        print(
            f"{file.name}: precision {rate(t.found, t.false):.3f}, recall {rate(t.found, t.missed):.3f} of "
            f"{t.found + t.missed} events; places {t.places_right} of {t.places}, dates {t.dates_right} of {t.dates}"
        )
