"""Where events are put in many wordings, from the bare text to the location: by every stage, names included.

``wordings.jsonl``: one short text a line. ``place`` is null where the text does not say where it happened, though it
names a place: the actor's nationality, where someone speaks, files or is from, an outlet, a government by its seat,
boilerplate. Otherwise it is the finest place that the text gives (several that are as good stand apart by "|").
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import mapper
from mapper import language
from mapper.model import Analysis

ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in Path(__file__).with_name("wordings.jsonl").read_text(encoding="utf-8").splitlines()
]
TELLING = 0.9  # share of the texts in which an event must be found for the rest to mean anything


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Analysis]:
    """The analysis of every text."""
    if not language.installed():
        pytest.skip("the English language model is not installed")
    path = tmp_path_factory.mktemp("wordings") / "texts.jsonl"
    path.write_text("".join(json.dumps({"text": row["text"]}) + "\n" for row in ROWS), encoding="utf-8")
    return {a.article.text: a for a in mapper.analyse(mapper.read(path, published="2020-10-07"))}


def test_events_are_found_in_most(told: dict[str, Analysis]) -> None:
    assert sum(bool(a.events) for a in told.values()) >= TELLING * len(ROWS)


@pytest.mark.parametrize("text", [row["text"] for row in ROWS if row["place"] is None])
def test_nothing_is_placed_where_the_text_does_not_say(told: dict[str, Analysis], text: str) -> None:
    assert [(e.trigger.text, e.location.name) for e in told[text].events if e.location is not None] == []


@pytest.mark.parametrize("row", [row for row in ROWS if row["place"] is not None], ids=lambda row: row["text"][:40])
def test_the_finest_place_wins(told: dict[str, Analysis], row: dict[str, Any]) -> None:
    places = [e.location for e in told[row["text"]].events if e.location is not None]
    assert {p.country_code for p in places} == {row["country"]}
    assert {p.name for p in places} <= set(row["place"].split("|"))
    assert {p.basis for p in places} <= {"stated", "inherited"}
