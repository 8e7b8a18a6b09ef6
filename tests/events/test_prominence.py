"""Which of a sentence's events it is about: what the classifier moves, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper import language
from mapper.events.detect import detect
from mapper.events.prominence import SHARE, chance, features_of, weighed
from mapper.events.syntax import parse
from mapper.model import Span

Code = Callable[..., Any]


def read(text: str) -> tuple[Any, Any]:
    if not language.installed():
        pytest.skip("the English language model is not installed")
    (sentence,) = parse([(text, Span(start=0, end=len(text)), "body")])
    return sentence, detect(sentence)


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("The minister condemned the attack on the market.", "ACCUSE"),
        ("Thousands marched in the capital after the arrest of a singer.", "PROTEST"),
        ("The two presidents met a week after the bombing of the port.", "CONSULT"),
        ("The court sentenced a man over the murder of a judge.", "SANCTION"),
    ],
)
def test_the_matter_of_a_sentence_is_the_surest(code: Code, text: str, matter: str) -> None:
    _, events = code(text)
    assert max(events, key=lambda e: e.confidence).type == matter


def test_one_event_alone_keeps_its_confidence() -> None:
    sentence, found = read("Gunmen attacked a village.")
    assert weighed(sentence, found) == found


def test_several_are_moved_by_no_more_than_the_share_and_say_so() -> None:
    sentence, found = read("The minister condemned the attack on the market and urged troops to withdraw.")
    assert len(found) > 1
    for before, after in zip(found, weighed(sentence, found), strict=True):
        assert abs(after.confidence - before.confidence) <= SHARE
        assert "classifier" in after.why
        assert (after.type, after.status, after.span) == (before.type, before.status, before.span)


def test_the_receipt_of_an_event_names_the_classifier(code: Code) -> None:
    _, events = code("The minister condemned the attack on the market.")
    assert all("classifier" in e.why.type for e in events)


def test_features_are_named_for_every_candidate() -> None:
    sentence, found = read("The minister condemned the attack on the market.")
    rows = features_of(sentence, found)
    assert len(rows) == len(found)
    assert [row["first"] for row in rows] == [1.0] + [0.0] * (len(found) - 1)
    assert all(f"type {c.type}" in row for c, row in zip(found, rows, strict=True))


@given(st.dictionaries(st.text(max_size=12), st.floats(allow_nan=False, allow_infinity=False), max_size=8))
def test_a_chance_is_a_probability(features: dict[str, float]) -> None:
    assert 0.0 < chance(features) < 1.0
