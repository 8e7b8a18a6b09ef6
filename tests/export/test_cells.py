"""No text becomes a formula, by whichever delimiter a spreadsheet reads it, and none is lost."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.export.cells import guard, unguard
from mapper.export.csv_file import write_line
from mapper.export.rows import clean
from tests.export.hostile import STRINGS

TRICKY = st.text(st.sampled_from("=+-@'\";,\t\n \u200b\u202e\uff1d\ufeffab1"), max_size=12) | st.text()
FORMULA = re.compile(r"[\s\"\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]")


@given(TRICKY)
def test_guarding_is_undone_by_its_reverse(text: str) -> None:
    assert unguard(guard(text)) == text


@given(st.lists(TRICKY, min_size=1, max_size=4), st.sampled_from(",;\t"))
def test_no_cell_starts_a_formula_whatever_the_delimiter(texts: list[str], delimiter: str) -> None:
    file = io.StringIO()
    write_line(file, [clean(text) for text in texts])
    for row in csv.reader(io.StringIO(file.getvalue(), newline=""), delimiter=delimiter):
        for cell in row:
            assert not FORMULA.match(cell), (cell, file.getvalue())


@pytest.mark.parametrize("text", STRINGS)
def test_a_record_is_read_back_whole(text: str) -> None:
    file = io.StringIO()
    write_line(file, [clean(text), None, -3.5, "end"])
    (row,) = csv.reader(io.StringIO(file.getvalue(), newline=""), strict=True)
    assert [unguard(row[0]), *row[1:]] == [clean(text), "", "-3.5", "end"]
    assert file.getvalue().endswith('"end"\r\n')


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("=1", "'=1"),
        ("a=1", "a=1"),
        ("it's", "it's"),
        ("'t was", "''t was"),
        ("peace-talks", "peace-talks"),
        ("fell, -5 degrees", "fell, -5 degrees"),
        ("a;=1", "a;'=1"),
        ("line\n- point", "line\n'- point"),
    ],
)
def test_only_what_could_start_a_cell_is_touched(text: str, guarded: str) -> None:
    assert guard(text) == guarded
