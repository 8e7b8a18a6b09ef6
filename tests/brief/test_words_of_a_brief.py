"""The words of a briefing: dates at the precision known, text that fits, sources counted."""

from __future__ import annotations

import pytest

from mapper.model import EventDate
from mapper.render.brief import text
from mapper.render.brief.entries import date_words


@pytest.mark.parametrize(
    ("start", "end", "precision", "said"),
    [
        ("2014-04-03", "2014-04-03", "day", "3 Apr 2014"),
        ("2014-04-03", None, "day", "since 3 Apr 2014"),
        ("2014-04-01", "2014-04-30", "month", "Apr 2014"),
        ("2014-01-01", "2014-12-31", "year", "2014"),
        ("2014-04-03", "2014-04-05", "range", "3 Apr 2014 – 5 Apr 2014"),
        ("2014-03-31", "2014-04-06", "week", "31 Mar 2014 – 6 Apr 2014"),
        ("spring", "spring", "day", "spring"),
        ("spring\n2014", None, "day", "since spring 2014"),
    ],
)
def test_a_date_at_the_precision_known(start: str, end: str | None, precision: str, said: str) -> None:
    assert date_words(EventDate(start=start, end=end, precision=precision, basis="explicit")) == said  # type: ignore[arg-type]


def test_no_date() -> None:
    assert date_words(None) == "no date"


def test_marks_over_letters_take_no_room_and_wide_signs_more() -> None:
    assert text.width("e\u0301", 10) == text.width("e", 10)
    assert text.width("村", 10) > text.width("м", 10) > 0
    assert text.width("…", 10) == text.width("村", 10)
    assert text.width("", 10) == 0
    assert text.width("abc", 20) == pytest.approx(2 * text.width("abc", 10))
    assert text.width("abc", 10, bold=True) >= text.width("abc", 10)


@pytest.mark.parametrize("room", [1, 5, 20, 60, 200])
def test_what_is_clipped_fits_or_is_an_ellipsis(room: float) -> None:
    for words in ("Gunmen attacked a convoy near the town", "Rindfleischetikettierungsgesetz", "a"):
        shown = text.clip(words, room, 8)
        assert text.width(shown, 8) <= room or shown == "…" or shown == words == "a"
        assert shown == words or shown.endswith("…")
        assert words.startswith(shown.rstrip(" …")) or shown == "…"


@pytest.mark.parametrize("room", [10, 30, 90])
def test_lines_hold_every_word_and_are_no_wider_than_the_room(room: float) -> None:
    words = "Gunmen attacked Rindfleischetikettierungsgesetz near the town"
    lines = text.wrap(words, room, 8)
    assert "".join("".join(lines).split()) == "".join(words.split())
    assert all(text.width(one, 8) <= room or len(one) == 1 for one in lines)
    few = text.wrap(words, room, 8, most=2)
    assert len(few) <= 2
    assert few[-1].endswith("…") or len(lines) <= 2


@pytest.mark.parametrize(("start", "length"), [(0, 20), (30, 20), (60, 20), (0, 500), (12, 40)])
def test_an_excerpt_holds_the_place_that_it_is_about(start: int, length: int) -> None:
    words = "One two three four five six seven eight nine ten eleven twelve thirteen"
    shown = text.excerpt(words, start, length)
    assert shown.strip("… ") in words
    assert shown.startswith("… ") is not words.startswith(shown.strip("… ")[:8])
    assert shown.endswith(" …") is not words.endswith(shown.strip("… ")[-5:])


def test_a_line_is_one_line_of_what_can_be_printed() -> None:
    assert text.line("a\n b\t\u202ec\u2066 \0") == "a b c \u2400"
    assert text.line(None) == ""
