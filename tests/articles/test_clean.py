"""What cleaning takes out of a text, and what it leaves."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.articles.clean import clean, clean_line

INVISIBLE = [
    0xAD, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x2070),
    0xFEFF, *range(0xFFF9, 0xFFFC), 0xE0000, 0xE0041, 0xE007F,
]  # fmt: skip
CONTROLS = [*range(9), *range(0x0E, 0x1C), 0x7F, *range(0x80, 0x85), *range(0x86, 0xA0), 0xFFFE, 0xFFFF]
LINE_ENDS = ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("code", [*INVISIBLE, *CONTROLS])
def test_what_carries_no_words_goes(code: int) -> None:
    assert clean(f"a{chr(code)}b") == "ab"


@pytest.mark.parametrize("kept", ["\u200c", "\u200d", "\u2065", "\u2070", "é", "\U000e0080", "\ufff8", "\ufffc"])
def test_what_spells_words_stays(kept: str) -> None:
    assert kept in clean(f"z{kept}b")


@pytest.mark.parametrize("code", [0xD800, 0xDBFF, 0xDC00, 0xDFFF])
def test_a_lone_surrogate_is_shown_as_lost(code: int) -> None:
    assert clean(f"a{chr(code)}b") == "a\ufffdb"


@pytest.mark.parametrize("end", LINE_ENDS)
def test_every_line_end_is_one_line_feed(end: str) -> None:
    assert clean(f"a{end}b") == "a\nb"
    assert clean_line(f"a{end}b") == "a b"


def test_white_space_is_one_space_or_one_empty_line() -> None:
    assert clean("a \t\u00a0\u3000 b") == "a b"
    assert clean("a  \n  b") == "a\nb"
    assert clean("a\n\nb") == "a\n\nb"
    assert clean("a\n \n\n\n b") == "a\n\nb"
    assert clean(" \n a \n ") == "a"
    assert clean("a\n\n\nb") == "a\n\nb"
    assert clean_line("  a \n\n b ") == "a b"
    assert clean_line("a\u200b \u202eb") == "a b"


def test_letters_are_composed() -> None:
    assert clean("e\u0301") == "\u00e9"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once == unicodedata.normalize("NFC", once)
    assert "  " not in once
    assert "\n\n\n" not in once
    once.encode()
