"""Calendar expressions form by form: seasons, quarters, halves, other languages, days that follow others."""

from __future__ import annotations

from datetime import date

import pytest

from mapper.events.dates import find
from mapper.events.numeric_dates import numeric_day

THURSDAY = "2020-10-01"


def intervals(text: str, published: str | None = THURSDAY) -> list[tuple[str | None, str | None]]:
    return [((e := f.expression()).from_, e.to) for f in find(text, published)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It was signed on 2012-05-03.", "2012-05-03", "2012-05-03"),
        ("It was signed on 13/05/2012.", "2012-05-13", "2012-05-13"),
        ("It was signed on 05/13/2012.", "2012-05-13", "2012-05-13"),
        ("It was signed on 05/05/2012.", "2012-05-05", "2012-05-05"),
        ("It rained overnight.", "2020-09-30", "2020-10-01"),
        ("It rained overnight in Lagos.", "2020-09-30", "2020-10-01"),
        ("It rained overnight on Monday.", "2020-09-28", "2020-09-28"),
        ("It rained in winter 2013.", "2013-12-01", "2014-02-28"),
        ("It rained in the summer of 2013.", "2013-06-01", "2013-08-31"),
        ("It rained last winter.", "2019-12-01", "2020-02-29"),
        ("It will rain next winter.", "2020-12-01", "2021-02-28"),
        ("It rained last summer.", "2020-06-01", "2020-08-31"),
        ("It will rain next summer.", "2021-06-01", "2021-08-31"),
        ("It rained last autumn.", "2019-09-01", "2019-11-30"),
        ("It rained this spring.", "2020-03-01", "2020-05-31"),
        ("Sales rose in the first quarter of 2014.", "2014-01-01", "2014-03-31"),
        ("Sales fell in the third quarter.", "2020-07-01", "2020-09-30"),
        ("It was built in the 1990s.", "1990-01-01", "1999-12-31"),
        ("Il est venu la semaine dernière.", "2020-09-21", "2020-09-27"),
        ("Il viendra la semaine prochaine.", "2020-10-05", "2020-10-11"),
        ("Vino el mes pasado.", "2020-09-01", "2020-09-30"),
        ("Vendrá el año próximo.", "2021-01-01", "2021-12-31"),
        ("Il viendra l'année prochaine.", "2021-01-01", "2021-12-31"),
        ("جاء الأسبوع الماضي", "2020-09-21", "2020-09-27"),
        ("يأتي العام المقبل", "2021-01-01", "2021-12-31"),
        ("It happened a year ago.", "2019-01-01", "2019-12-31"),
        ("He came on Tuesday last week.", "2020-09-22", "2020-09-22"),
        ("It rained in the first half of June.", "2020-06-01", "2020-06-15"),
        ("It rained in the second half of June 2014.", "2014-06-16", "2014-06-30"),
        ("It rained in the second half of 2014.", "2014-07-01", "2014-12-31"),
        ("He was arrested on the 30th.", "2020-09-30", "2020-09-30"),
        ("It will be held on 3 April.", "2021-04-03", "2021-04-03"),
        ("The game is on 5 October.", "2020-10-05", "2020-10-05"),
        ("It was held on 5 December.", "2019-12-05", "2019-12-05"),
        ("It was last October.", "2019-10-01", "2019-10-31"),
        ("It was last September.", "2020-09-01", "2020-09-30"),
        ("It will be next October.", "2021-10-01", "2021-10-31"),
        ("It will be next November.", "2020-11-01", "2020-11-30"),
        ("It was this May.", "2020-05-01", "2020-05-31"),
        ("It rained over the weekend.", "2020-09-26", "2020-09-27"),
        ("It will rain next weekend.", "2020-10-03", "2020-10-04"),
        ("Il est parti lundi dernier.", "2020-09-28", "2020-09-28"),
        ("Il partira lundi prochain.", "2020-10-05", "2020-10-05"),
        ("It rained last Thursday.", "2020-09-24", "2020-09-24"),
        ("It will rain next Thursday.", "2020-10-08", "2020-10-08"),
        ("Two months ago it rained.", "2020-08-01", "2020-08-31"),
        ("In the past 30 hours forty died.", "2020-09-29", "2020-10-01"),
        ("In the past few weeks forty died.", "2020-08-27", "2020-10-01"),
        ("They meet tomorrow.", "2020-10-02", "2020-10-02"),
        ("In nineteen seventeen it fell.", "1917-01-01", "1917-12-31"),
    ],
)  # fmt: skip
def test_form_by_form(text: str, first: str, last: str) -> None:
    assert intervals(text) == [(first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "It was 31 February 2014.", "The talks ran from 5-3 April 2014.", "It rained in the third half of 2014.",
        "It rained in the first week of 2014.", "The following day he left.", "He was arrested on the 31st.",
        "It was signed on 03/05/2012.",
    ],
)  # fmt: skip
def test_what_is_no_day_or_could_be_two_is_none(text: str) -> None:
    assert intervals(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "It rained last week.", "A year ago it rained.", "It rained in early June.",
        "It rained in the first week of June.",
        "It rained in the first half of June.", "Sales fell in the fourth quarter.", "It rained last winter.",
        "In the past few weeks forty died.", "He was arrested on the 3rd.", "It rained over the weekend.",
        "They met yesterday.", "It was on 3 April.", "He came on Monday.", "Il est venu la semaine dernière.",
    ],
)  # fmt: skip
def test_without_a_day_of_publication_nothing_is_reckoned(text: str) -> None:
    assert intervals(text, None) == [(None, None)]
    assert intervals(text, "no date") == [(None, None)]


def test_a_day_that_follows_another() -> None:
    text = "He came on 3 April 2014. The following day it rained. The previous day they had met. The same day he left."
    assert [first for first, _ in intervals(text)] == ["2014-04-03", "2014-04-04", "2014-04-03", "2014-04-03"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It rained in mid-2013.", "2013-05-01", "2013-08-31"),
        ("It rained in late 2013.", "2013-09-01", "2013-12-31"),
        ("It rained in early June.", "2020-06-01", "2020-06-10"),
        ("It rained in late June 2014.", "2014-06-21", "2014-06-30"),
        ("It rained in June 2014.", "2014-06-01", "2014-06-30"),
        ("It rained on 3 June 2014.", "2014-06-03", "2014-06-03"),
    ],
)
def test_a_part_of_a_month_or_year(text: str, first: str, last: str) -> None:
    (found,) = find(text, THURSDAY)
    assert found.narrowed() == (date.fromisoformat(first), date.fromisoformat(last))


def test_a_part_of_what_is_not_known_is_not_known() -> None:
    (found,) = find("It rained in early June.", None)
    assert found.narrowed() is None


@pytest.mark.parametrize(
    ("a", "b", "first", "day"),
    [
        (13, 5, None, (5, 13)), (5, 13, None, (5, 13)), (5, 5, None, (5, 5)), (3, 5, None, None),
        (3, 5, True, (5, 3)), (3, 5, False, (3, 5)), (12, 13, None, (12, 13)), (13, 12, None, (12, 13)),
    ],
)  # fmt: skip
def test_days_in_figures(a: int, b: int, first: bool | None, day: tuple[int, int] | None) -> None:
    assert numeric_day(a, b, 2012, first) == (day and date(2012, *day))


def test_two_figures_that_are_no_month_are_no_day() -> None:
    with pytest.raises(ValueError, match="month"):
        numeric_day(13, 14, 2012, True)


@pytest.mark.parametrize("text", ["He was an overnight success.", "They stayed for an overnight visit."])
def test_what_lasts_a_night_is_no_date(text: str) -> None:
    assert intervals(text) == []
