"""Enumerations: what leads up to the first item and what follows the last is told of every item."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.geoparse.listing import MOST, Listing, listing
from mapper.geoparse.text import read_words


def of(text: str, name: str) -> Listing:
    words = read_words(text)
    cover = words.cover(text.index(name), text.index(name) + len(name))
    assert cover is not None
    return listing(words, *cover)


@pytest.mark.parametrize(("name", "before", "after"), [("Becker", 0, 3), ("Otter Tail", 2, 1), ("Wilkin", 3, 0)])
def test_every_item_knows_the_ends(name: str, before: int, after: int) -> None:
    found = of("Roads were under water in Becker, Clay, Otter Tail and Wilkin counties on Friday.", name)
    assert (found.before, found.after) == (before, after)
    assert (found.lead_two, found.head) == ("water in", "counties")


def test_remarks_in_brackets_are_passed_over() -> None:
    found = of("They shelled the villages of Arbil (twice), Bza’a (five times) and al-Rihan.", "Bza’a")
    assert (found.before, found.after, found.lead_two) == (1, 1, "villages of")


@pytest.mark.parametrize("text", ["He left Gao on Monday.", "In Gao\nMopti, Segou", "Gao"])
def test_a_name_alone_stands_in_none(text: str) -> None:
    assert of(text, "Gao") == Listing(0, 0, "", "", "")


@given(st.text(alphabet="Ab ,()-’and\n", max_size=60))
def test_any_text_has_an_answer(text: str) -> None:
    words = read_words(text)
    for i in range(len(words)):
        found = listing(words, i, i + 1)
        assert 0 <= found.before <= MOST
        assert 0 <= found.after <= MOST
