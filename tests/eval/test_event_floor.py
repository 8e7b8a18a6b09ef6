"""Events of short articles written for this project: precision, recall, places and dates keep above a floor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mapper import language
from mapper.events import merge
from mapper.model import Analysis, Article, Event

ARTICLES = Path(__file__).parents[1] / "events" / "articles.jsonl"
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


@pytest.fixture(scope="module")
def tally() -> Tally:
    if not language.installed():
        pytest.skip("the English language model is not installed")
    from mapper.pipeline import Engine

    rows = [json.loads(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines()]
    engine = Engine.load()
    articles = [
        Article(id=r["id"], text=r["text"], published=r["published"], published_basis="given", language="en")
        for r in rows
    ]
    result = Tally()
    for row, analysis in zip(rows, engine.analyse(articles), strict=True):
        assert isinstance(analysis, Analysis)
        count(row, analysis, result)
    return result


def test_enough_articles() -> None:
    assert len(ARTICLES.read_text(encoding="utf-8").splitlines()) >= 40


def test_precision_and_recall(tally: Tally) -> None:
    assert tally.found / (tally.found + tally.false) >= 0.9
    assert tally.found / (tally.found + tally.missed) >= 0.9


def test_places_and_dates(tally: Tally) -> None:
    assert tally.places_right / tally.places >= 0.85
    assert tally.dates_right / tally.dates >= 0.9
