"""Calendar expressions become the intervals that they name, and nothing else becomes one."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.events.dates import find
from mapper.events.numeric_dates import day_first

THURSDAY = "2020-10-01"


def spans(text: str, published: str | None = THURSDAY) -> list[tuple[str, str | None, str | None, str]]:
    return [(f.text, e.from_, e.to, e.basis) for f in find(text, published) if (e := f.expression())]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("He arrived on Wednesday.", "2020-09-30", "2020-09-30"),
        ("He arrived on Thursday.", "2020-10-01", "2020-10-01"),
        ("He will arrive on Friday.", "2020-10-02", "2020-10-02"),
        ("They met yesterday.", "2020-09-30", "2020-09-30"),
        ("The army took office in December after a vote.", "2019-12-01", "2019-12-31"),
        ("A vote will be held in December.", "2020-12-01", "2020-12-31"),
        ("Protests began last year.", "2019-01-01", "2019-12-31"),
        ("It rained last week.", "2020-09-21", "2020-09-27"),
        ("They fought three days ago.", "2020-09-28", "2020-09-28"),
        ("The war began in 2011.", "2011-01-01", "2011-12-31"),
        ("It was signed on 3 April 2014.", "2014-04-03", "2014-04-03"),
        ("It was signed on April 3, 2014.", "2014-04-03", "2014-04-03"),
        ("It was signed on Wednesday, Sept. 30, 2020.", "2020-09-30", "2020-09-30"),
        ("Il a été signé le 3 avril 2014.", "2014-04-03", "2014-04-03"),
        ("Fue firmado el 3 de abril de 2014.", "2014-04-03", "2014-04-03"),
        ("وقع الاتفاق في 3 أبريل 2014", "2014-04-03", "2014-04-03"),
        ("BOGOTA, 4 JAN 90 -- A BOMB EXPLODED.", "1990-01-04", "1990-01-04"),
        ("The talks ran from 3-5 April 2014.", "2014-04-03", "2014-04-05"),
        ("The talks ran from April 3–5, 2014.", "2014-04-03", "2014-04-05"),
        ("It rained in the second week of June.", "2020-06-08", "2020-06-14"),
        ("It rained in the last week of June.", "2020-06-24", "2020-06-30"),
        ("It rained in the first half of 2014.", "2014-01-01", "2014-06-30"),
        ("He was arrested on the 3rd.", "2020-09-03", "2020-09-03"),
        ("Forty died in the past three days.", "2020-09-28", "2020-10-01"),
        ("Forty died in the last 48 hours.", "2020-09-29", "2020-10-01"),
        ("A bomb exploded on New Year's Eve.", "2019-12-31", "2019-12-31"),
        ("In nineteen ninety-one he was jailed.", "1991-01-01", "1991-12-31"),
        ("The law changed after the September 11th attacks.", "2001-09-11", "2001-09-11"),
        ("It was signed on 03.05.2012.", "2012-05-03", "2012-05-03"),
    ],
)
def test_reckoned_from_publication(text: str, first: str, last: str) -> None:
    assert (first, last) in [(a, b) for _, a, b, _ in spans(text)]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Rebels entered Gao on 3 May. Two days later they left.", ("2020-05-05", "2020-05-05")),
        ("Rebels entered Gao on 3 May. A day earlier the army had left.", ("2020-05-02", "2020-05-02")),
        ("Rebels entered Gao on 3 May. A week later they left.", ("2020-05-04", "2020-05-10")),
        ("Two days earlier the army had left.", ("2020-09-29", "2020-09-29")),
        ("Rebels entered Gao in 2011. Two days later they left.", (None, None)),
        ("They left two days later.", (None, None)),
    ],
)
def test_apart_from_the_day_told_of_before(text: str, last: tuple[str | None, str | None]) -> None:
    assert spans(text)[-1][1:3] == last


@pytest.mark.parametrize(
    "text",
    [
        "He was in power for 20 years.",
        "after 15 years in power",
        "another five-year term",
        "a three-day visit",
        "The fighting lasted two weeks.",
        "The army may march on the town.",
        "About 2000 people fled.",
        "It cost $1990.",
        "They sat down in the sun.",
    ],
)
def test_durations_and_lookalikes_are_no_dates(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize("text", ["on Thursday", "last year", "on April 17", "in December", "two days ago", "today"])
def test_without_publication_nothing_relative_is_resolved(text: str) -> None:
    found = spans(f"They met {text}.", None)
    assert len(found) == 1
    assert found[0][1:3] == (None, None)


def test_late_last_year_keeps_the_year_and_narrows_the_event() -> None:
    (found,) = find("The visit was planned late last year.", THURSDAY)
    assert found.expression().from_ == "2019-01-01"
    narrowed = found.narrowed()
    assert narrowed is not None
    assert narrowed == (datetime.date(2019, 9, 1), datetime.date(2019, 12, 31))


def test_impossible_days_are_ignored() -> None:
    assert spans("On 31 February 2014 and 45/13/2020 nothing happened.") in (
        [],
        [("February 2014", "2014-02-01", "2014-02-28", "explicit")],
    )


@given(st.text(max_size=200), st.sampled_from([None, THURSDAY, "nonsense", "2020"]))
def test_any_text_gives_ordered_spans_of_itself(text: str, published: str | None) -> None:
    end = 0
    for f in find(text, published):
        assert end <= f.start < f.end <= len(text)
        assert text[f.start : f.end] == f.text
        end = f.end
        if f.interval is not None:
            assert f.interval[0] <= f.interval[1]


@given(
    st.dates(datetime.date(1950, 1, 1), datetime.date(2090, 1, 1)), st.sampled_from(["Monday", "Wednesday", "Sunday"])
)
def test_a_past_weekday_is_within_the_week_before(day: datetime.date, name: str) -> None:
    ((_, first, last, _),) = spans(f"They met on {name}.", day.isoformat())
    assert first == last
    assert first is not None
    back = (day - datetime.date.fromisoformat(first)).days
    assert 0 <= back < 7
    assert datetime.date.fromisoformat(first).strftime("%A") == name


@pytest.mark.parametrize(
    "text",
    [
        "Muslims fast during Ramadan.",
        "He marched on Good Friday.",
        "It hit a 2003 Honda Accord.",
        "The vote was on 03/05/2012.",
    ],
)
def test_what_names_no_day(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize(
    ("text", "language", "url", "first"),
    [
        ("On 03/05/2012 and 14/05/2012.", "en", None, True),
        ("On 03/05/2012 and 05/14/2012.", "en", "https://example.co.uk/a", False),
        ("On 03/05/2012.", "fr", None, True),
        ("On 03/05/2012.", "en", "https://www.example.co.uk/a", True),
        ("On 03/05/2012.", "en", "https://www.example.com/a", None),
        ("On 14/05/2012 and 05/14/2012.", "en", None, None),
    ],
)
def test_which_figure_is_the_day(text: str, language: str, url: str | None, first: bool | None) -> None:
    assert day_first(text, language, url) is first
    read = [f.interval for f in find("On 03/05/2012.", None, day_first=first) if f.interval]
    expected = {True: [(datetime.date(2012, 5, 3),) * 2], False: [(datetime.date(2012, 3, 5),) * 2], None: []}
    assert read == expected[first]
