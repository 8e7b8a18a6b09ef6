"""Dates in figures: whether "03/05/2012" is in May or in March.

Decided by what the text itself shows (a first or second figure above 12), else by the language, else by the country of
the outlet's address; where nothing decides, such a date stays unread.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from mapper.events.lexicon import word_set

_NUMERIC = re.compile(r"(?<![\w/.])(\d{1,2})/(\d{1,2})/(?:19|20)\d\d(?!\d)")
# English-language outlets of these countries write the day first (general knowledge; not the United States, where the
# month leads, nor Canada and the Philippines, where both are seen).
_DAY_FIRST = word_set("uk ie au nz za in ng ke pk gh ug tz zw zm my sg bd lk mt jm tt fj")
_MONTH_FIRST = frozenset({"us"})


def day_first(text: str, language: str | None, url: str | None) -> bool | None:
    """Whether day comes before month in a text's dates; None where nothing says so."""
    shown = {int(a) > 12 for a, b in _NUMERIC.findall(text) if (int(a) > 12) != (int(b) > 12)}
    if len(shown) == 1:
        return shown.pop()
    if shown:
        return None
    if language not in {None, "en"}:
        return True
    try:
        country = (urlsplit(url or "").hostname or "").rpartition(".")[2]
    except ValueError:
        return None
    return True if country in _DAY_FIRST else False if country in _MONTH_FIRST else None


def numeric_day(a: int, b: int, year: int, first: bool | None) -> date | None:
    """The day of two figures and a year; None where day and month could be mistaken for one another."""
    if a > 12 and b <= 12:
        return date(year, b, a)
    if b > 12 and a <= 12:
        return date(year, a, b)
    if a == b:
        return date(year, a, b)
    if first is None:
        return None
    return date(year, b, a) if first else date(year, a, b)
