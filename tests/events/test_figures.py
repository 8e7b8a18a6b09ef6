"""How many: numbers as news says them, what they count, which event they belong to, and the range over articles."""

from __future__ import annotations

import string
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.codec import from_record, to_record
from mapper.eventmap import figure_ranges
from mapper.events.figures import figures
from mapper.events.quantities import quantities, value_of
from mapper.model import Analysis, Article, Figure, Span

Code = Callable[..., Any]


def counted(text: str) -> list[tuple[str, int | None, int | None]]:
    return [(f.kind, f.low, f.high) for f in figures(text, Span(start=0, end=len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The raid killed 12 traders.", [("killed", 12, 12)]),
        ("At least 12 people were killed.", [("killed", 12, None)]),
        ("The blast left up to 15 dead and dozens injured.", [("killed", None, 15), ("wounded", 24, 99)]),
        ("Between 12 and 15 people died.", [("killed", 12, 15)]),
        ("Police detained 12 to 15 men on 3 June.", [("arrested", 12, 15)]),
        ("More than 2,000 people fled their homes.", [("displaced", 2001, None)]),
        ("Fewer than ten people were hurt.", [("wounded", None, 9)]),
        ("Twenty-four pilgrims died and six others are missing.", [("killed", 24, 24), ("missing", 6, 6)]),
        ("The death toll rose to 1,234 on Friday.", [("killed", 1234, 1234)]),
        ("The bombing claimed 25 lives.", [("killed", 25, 25)]),
        ("Twelve gunmen killed five soldiers.", [("killed", 5, 5)]),
        ("Nine soldiers and two civilians were killed in the raid.", [("killed", 11, 11)]),
        ("Some 40 people, many of them children, were killed.", [("killed", 40, 40)]),
        ("Gunmen kidnapped three dozen pupils.", [("abducted", 36, 36)]),
        ("He was killed 12 years later.", []),
        ("The 12 gunmen attacked 14 villages, burning 30 houses.", []),
        ("They killed 15 cows.", []),
        ("Inflation rose to 12.5 percent and $15 was paid for 9% of it.", []),
        ("Two men met.", []),
    ],
)
def test_what_is_counted(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    assert counted(text) == expected


_ONES = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_ONES += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(n: int) -> str:
    if n < 20:
        return _ONES[n]
    if n < 100:
        return _TENS[n // 10] + (f"-{_ONES[n % 10]}" if n % 10 else "")
    rest = f" and {in_words(n % 100)}" if n % 100 else ""
    return f"{_ONES[n // 100]} hundred{rest}"


@settings(deadline=None)
@given(st.integers(1, 999))
def test_numbers_in_words_are_read(n: int) -> None:
    said = in_words(n)
    assert value_of(said) == n
    assert [(q.low, q.high) for q in quantities(f"There, {said} people stood.")] == [(n, n)]


@settings(deadline=None)
@given(st.integers(1, 999_999_999))
def test_numbers_in_digits_are_read(n: int) -> None:
    for said in (f"{n:,}", str(n)):
        assert [(q.low, q.high) for q in quantities(f"killing {said} people")] == [(n, n)]


@settings(deadline=None)
@given(st.integers(1, 5_000), st.integers(1, 5_000), st.sampled_from(["between {} and {}", "{} to {}", "{}–{}"]))
def test_ranges_are_never_turned_round(a: int, b: int, form: str) -> None:
    for q in quantities(f"killing {form.format(a, b)} people"):
        assert q.low is None or q.high is None or q.low <= q.high
        if a < b:
            assert (q.low, q.high) == (a, b)


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    *string.punctuation,
                    "killed",
                    "wounded",
                    "at least",
                    "between",
                    "and",
                    "12",
                    "1,200",
                    "dozens",
                    "of",
                    "two",
                    "hundred",
                    "were",
                ]
            ),
            st.text(string.printable + "éß١٢ \u2028", max_size=4),
        ),
        max_size=30,
    )
)
def test_any_text_is_read_and_every_figure_is_in_it(words: list[str]) -> None:
    text = " ".join(words)
    for f in figures(text, Span(start=0, end=len(text))):
        assert text[f.start : f.end] == f.text
        assert f.text.strip() == f.text != ""
        assert f.low is not None or f.high is not None
        assert f.low is None or f.high is None or 0 <= f.low <= f.high


def test_each_event_has_its_own_figures(code: Code) -> None:
    _, events = code("Gunmen attacked a market on Friday, killing 12 people, and police arrested six men on Saturday.")
    by_type = {e.type: [(f.kind, f.low) for f in e.figures] for e in events}
    assert by_type == {"ASSAULT": [("killed", 12)], "COERCE": [("arrested", 6)]}


def test_figures_survive_the_output(code: Code) -> None:
    text = "A bomb exploded in the market, killing at least 12 people."
    times, events = code(text)
    analysis = Analysis(article=Article(id="a", text=text), times=times, events=events)
    record = to_record(analysis)
    assert record["events"][0]["figures"] == [
        {
            "start": 39,
            "end": 50,
            "kind": "killed",
            "low": 12,
            "high": None,
            "qualifier": "at least",
            "text": "at least 12",
        }
    ]
    assert from_record(record) == analysis
    record["events"][0]["figures"][0]["high"] = 3
    with pytest.raises(ValueError, match="no range"):
        from_record(record)


def figure(low: int | None, high: int | None, kind: Any = "killed") -> Figure:
    return Figure(start=0, end=1, kind=kind, low=low, high=high, qualifier="", text="x")


def test_what_differs_is_kept_as_a_range() -> None:
    told = [
        ("a", (figure(12, None), figure(4, 4))),  # four of them children
        ("b", (figure(15, 15), figure(20, 30, "wounded"))),
        ("c", (figure(None, 14),)),
        ("d", ()),
    ]
    assert [(r.kind, r.low, r.high, r.tellings) for r in figure_ranges(told)] == [
        ("killed", 12, 15, 3),
        ("wounded", 20, 30, 1),
    ]
