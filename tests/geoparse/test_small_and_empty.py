"""What the pieces of the geoparser make of nothing, of too much, and of words of odd shape."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from mapper.geoparse import linear
from mapper.geoparse.groups import _has_seat
from mapper.geoparse.linear import FAMILIES, Hasher, LinearModels
from mapper.geoparse.listing import MOST, Listing, listing
from mapper.geoparse.recognise import language_of
from mapper.geoparse.scanning import trust
from mapper.geoparse.stack import FEATURES, stack_features
from mapper.geoparse.text import read_words, restore_case
from mapper.geoparse.trees import Trees
from mapper.model import Article


def test_nothing_to_score_gives_no_scores() -> None:
    models = LinearModels(["a", "b"], np.ones((4, 2), np.float32), np.zeros(2, np.float32))
    assert models.scores([]).shape == (0, 2)
    assert models.scores([[0, 1], [2]]).tolist() == [[2.0, 2.0], [1.0, 1.0]]


def test_trees_score_nothing_as_nothing() -> None:
    one, left, right = np.array([[0, 0, 0]]), np.array([[1, 1, 2]]), np.array([[2, 1, 2]])
    trees = Trees(("a",), one, np.array([[0.5, 0, 0]]), left, right, np.array([[0, 1.0, 2]]), base=0.5, depth=1)
    assert trees.scores(np.zeros((0, 1))).tolist() == []
    assert trees.scores(np.array([[0.0], [1.0]])).tolist() == [1.5, 2.5]


def test_the_same_bucket_again_after_the_memory_was_full(monkeypatch: pytest.MonkeyPatch) -> None:
    hasher = Hasher()
    before = hasher("n:gao")
    assert hasher("n:gao") == before
    assert FAMILIES["n"][0] <= before < FAMILIES["n"][0] + FAMILIES["n"][1]
    hasher._memory.update({str(number): 0 for number in range(300_001)})
    assert hasher("x:mali") != before
    assert len(hasher._memory) == 1, "forgotten, not grown for ever"
    assert hasher.all(["n:gao", "x:mali"]) == [before, hasher("x:mali")]
    assert sum(size for _, size in FAMILIES.values()) == linear.BUCKETS


def test_a_page_without_proposals_has_no_features() -> None:
    page: Any = SimpleNamespace(page=SimpleNamespace(words=read_words("")), proposals=[])
    assert stack_features(page, np.zeros((0, 5)), {}).shape == (0, len(FEATURES))


@pytest.mark.parametrize(
    ("text", "word", "covered"),
    [
        ("in Sacramento, Calif. on Monday", "Calif", "Calif."),
        ("in Calif.gov on Monday", "Calif", "Calif"),
        ("in Gao. On Monday", "Gao", "Gao"),
        ("in Gao", "Gao", "Gao"),
    ],
)
def test_the_full_stop_of_an_abbreviation_belongs_to_it(text: str, word: str, covered: str) -> None:
    words = read_words(text)
    at = words.surface.index(word)
    start, end = words.span(at, at + 1)
    assert text[start:end] == covered


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("THE ARMY TOOK GAO", "the army took Gao"),
        ("the army took gao", "the army took Gao"),
        ("a report from the u.n. and the us", "a report from the U.N. and the US"),
        ("THE İZMİR ROAD", "the İZMİR Road"),  # its small letters are more than its capitals
        ("ŉdebele", "ŉdebele"),  # its first capital is two letters
    ],
)
def test_a_text_in_one_case_keeps_its_length(text: str, restored: str) -> None:
    common = frozenset(["the", "army", "took", "a", "report", "from", "and"])
    assert restore_case(text, common) == restored
    assert len(restored) == len(text)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("FRA", "x", "fr"), (None, "Fighters took the town.", "en"), (None, "الجيش في المدينة", "ar"),
        (None, "Армия вошла в город", "ru"), (None, "军队进入了城市", "zh"), (None, "გუშინ ქალაქში", "und"),
        (None, "12", "en"),
    ],
)  # fmt: skip
def test_the_language_by_the_script(language: str | None, text: str, found: str) -> None:
    assert language_of(Article(id="a", text=text, language=language)) == found


@pytest.mark.parametrize(
    ("places", "sort", "letters", "locative", "sure"),
    [
        (0, "capital", 9, True, 0.0), (1, "country", 5, False, 0.9), (1, "town", 5, True, 0.75),
        (5, "town", 6, False, 0.5), (6, "town", 6, False, 0.0), (5, "town", 5, False, 0.0), (1, "town", 4, True, 0.0),
    ],
)  # fmt: skip
def test_how_far_a_bare_name_is_trusted(places: int, sort: str, letters: int, locative: bool, sure: float) -> None:
    facts: Any = SimpleNamespace(places=places, sort=sort)
    assert trust(facts, letters=letters, locative=locative, least=5) == sure


def test_only_so_many_items_of_a_list_are_counted() -> None:
    names = [f"Town{chr(97 + n)}" for n in range(2 * MOST + 4)]
    words = read_words("from " + ", ".join(names) + " and Gao today")
    middle = words.surface.index(names[MOST + 1])
    found = listing(words, middle, middle + 1)
    assert (found.before, found.after) == (MOST, MOST)
    assert listing(read_words("in Gao today"), 1, 2) == Listing(0, 0, "", "", "")


def test_a_name_without_candidates_has_no_seat() -> None:
    options: Any = SimpleNamespace(candidates=())
    assert _has_seat(options) is False
