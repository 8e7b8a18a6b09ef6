"""Words, letter case and trimming: offsets always point into the text as given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.geoparse.text import letter_case, read_words, restore_case, trim


@given(st.text())
def test_words_lie_in_order_and_say_what_the_text_says(text: str) -> None:
    words = read_words(text)
    last = 0
    for start, end, surface in zip(words.starts, words.ends, words.surface, strict=True):
        assert last <= start < end <= len(text)
        assert text[start:end] == surface
        last = end


@given(st.text(), st.data())
def test_cover_finds_the_words_that_a_span_touches(text: str, data: st.DataObject) -> None:
    words = read_words(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    cover = words.cover(start, end)
    touched = [k for k in range(len(words)) if words.starts[k] < end and words.ends[k] > start]
    if start < end:
        assert (list(range(*cover)) if cover else []) == touched


@given(st.text(), st.data())
def test_trim_only_takes_away(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = trim(text, start, end)
    assert start <= first <= last <= end


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("the Sahel", "Sahel"),
        ("Algeria's", "Algeria"),
        ("Algeria’s", "Algeria"),
        ("“Timbuktu,”", "Timbuktu"),
        ("(Mali)", "Mali"),
        ("Theresienstadt", "Theresienstadt"),
    ],
)
def test_trim(text: str, left: str) -> None:
    start, end = trim(text, 0, len(text))
    assert text[start:end] == left


@given(st.text())
def test_restoring_case_keeps_every_offset(text: str) -> None:
    restored = restore_case(text, frozenset({"the", "in"}))
    assert len(restored) == len(text)
    assert [w.lower() for w in restored.split()] == [w.lower() for w in text.split()] or not text.isascii()


def test_restored_case_capitalises_what_is_not_common() -> None:
    assert restore_case("GUNMEN IN SAN SALVADOR", frozenset({"gunmen", "in"})) == "gunmen in San Salvador"


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("Gunmen attacked a village in Mali.", "mixed"),
        ("GUNMEN ATTACKED A VILLAGE IN MALI.", "upper"),
        ("gunmen attacked a village in mali.", "lower"),
        ("هاجم مسلحون قرية في مالي", "none"),
        ("武装分子袭击了马里的一个村庄", "none"),
    ],
)
def test_letter_case(text: str, case: str) -> None:
    assert letter_case(text) == case
