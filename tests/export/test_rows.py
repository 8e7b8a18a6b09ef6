"""Text that every format can carry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mapper.export.rows import clean, cleaned
from tests.export.hostile import STRINGS


@given(st.text(st.characters(exclude_categories=())))
def test_clean_text_is_xml_and_utf_8_and_stays_as_it_is(text: str) -> None:
    result = clean(text)
    element = etree.Element("a")
    element.text = result
    assert (etree.fromstring(etree.tostring(element)).text or "") == result
    assert result.encode("utf-8").decode("utf-8") == result
    assert clean(result) == result
    assert len(result) == len(text.replace("\r\n", "\n"))


@pytest.mark.parametrize("text", [s for s in STRINGS if s.isprintable() or s == "two\nlines"])
def test_text_that_needs_no_cleaning_is_untouched(text: str) -> None:
    assert clean(text) == text


def test_nul_is_shown_not_cut() -> None:
    assert clean("nul\0inside") == "nul\u2400inside"


def test_cleaning_reaches_every_depth() -> None:
    assert cleaned({"a": ["\0", {"b": "\ud800"}, 1.5, float("nan"), None]}) == {
        "a": ["\u2400", {"b": "\ufffd"}, 1.5, None, None]
    }
