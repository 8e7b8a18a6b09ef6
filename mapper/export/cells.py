"""Text in a spreadsheet's cell, never a formula. One reversible rule for every delimited file.

A cell that starts with ``=``, ``+``, ``-`` or ``@`` is run as a formula by spreadsheets. A file opened with another
delimiter than its own (a semicolon is the default in much of Europe) starts cells in the middle of a text as well.

The rule: wherever a cell may start (at the start of the text, and after a semicolon, a tab or a line feed, quotation
marks and white space skipped), an apostrophe is put before ``=``, ``+``, ``-``, ``@``, their full-width forms and
before an apostrophe. To undo it, take away one apostrophe in each of those places: :func:`unguard` does.
"""

from __future__ import annotations

import re

_PLACE = r"((?:^|[;\t\n])[\s\"\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]*)"
_GUARDED = re.compile(_PLACE + r"(?=['=+\-@\uff1d\uff0b\uff0d\uff20])")
_UNDO = re.compile(_PLACE + "'")


def guard(text: str) -> str:
    """The text with an apostrophe before each character that could start a formula."""
    return _GUARDED.sub(r"\1'", text)


def unguard(text: str) -> str:
    """The text that :func:`guard` was given."""
    return _UNDO.sub(r"\1", text)
