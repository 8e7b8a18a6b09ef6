"""The date of publication: where it comes from, and that it stays unknown where nothing states it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.articles.published import caption_day, full_dates, published, url_day
from mapper.articles.segments import segments

SEEDS = Path(__file__).parents[2] / "seeds"
BODY = "The foreign minister of the island state met his counterpart on Tuesday, officials in the capital said."
SECOND = "The two sides had not met for nine years, and expectations were low, a spokesman for the hosts said."
CREDIT = "(AP Photo/Jane Doe)"


def of(text: str, found: dict[str, str] | None = None, **given_fields: str) -> tuple[str | None, str | None]:
    return published(text, segments(text), given=given_fields, found=found or {})


def test_seeds() -> None:
    assert of((SEEDS / "000_e6bf141fd93fc848.txt").read_text(encoding="utf-8")) == (None, None)
    assert of((SEEDS / "003_ac42fa43d409f4df.txt").read_text(encoding="utf-8")) == ("2020-10-01", "caption")


def test_the_order_of_what_is_believed() -> None:
    text = f"A headline\n\nTUNIS, 3 March 2015 (AP) — {BODY}\n\n{BODY}"
    url = "https://example.org/2015/03/05/story"
    assert of(text, {"published": "2015-03-06", "url": url}, published="2015-03-07") == ("2015-03-07", "given")
    assert of(text, {"published": "2015-03-06", "url": url}) == ("2015-03-06", "metadata")
    assert of(text, {"url": url}) == ("2015-03-05", "url")
    assert of(text) == ("2015-03-03", "dateline")
    assert of(text, url="https://example.org/story") == ("2015-03-03", "dateline")


def test_a_printed_date_line() -> None:
    assert of(f"A headline of some words\nPublished: 3 April 2014 10:20\n\n{BODY}\n\n{BODY}") == (
        "2014-04-03",
        "metadata",
    )


@pytest.mark.parametrize(
    ("dateline", "day"),
    [
        ("SAN SALVADOR, 3 JAN 90 --", "1990-01-03"),
        ("TUNIS, March 4, 2015 (AP) —", "2015-03-04"),
        ("ALGER, 4 avril 2014 (APS) -", "2014-04-04"),
        ("BAMAKO, 3 Jan (Reuters) -", None),
        ("TUNIS, Tunisia (AP) —", None),
        ("TUNIS, 31 FEB 90 --", None),
    ],
)
def test_datelines(dateline: str, day: str | None) -> None:
    assert of(f"{dateline} {BODY}")[0] == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2014/04/03/story", date(2014, 4, 3)),
        ("https://example.org/news/2014/4/3", date(2014, 4, 3)),
        ("https://example.org/news-2014-04-03-story.html", date(2014, 4, 3)),
        ("https://example.org/article/20140403/NEWS01/1", date(2014, 4, 3)),
        ("https://example.org/story?date=2014/04/03", None),
        ("https://example.org/2014/13/03/", None),
        ("https://example.org/2014/02/31/", None),
        ("https://example.org/id/120140403", None),
        ("https://example.org/20140403123456", None),
        ("https://example.org/2014/04/", None),
        ("not an address at all", None),
    ],
)
def test_days_in_addresses(url: str, day: date | None) -> None:
    assert url_day(url) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Wednesday, Sept. 30, 2020", [(date(2020, 9, 30), 2)]),
        ("le mercredi 30 septembre 2020", [(date(2020, 9, 30), 2)]),
        ("el 3 de enero de 2014", [(date(2014, 1, 3), None)]),
        ("3 أبريل 2014", [(date(2014, 4, 3), None)]),
        ("2014年4月3日", [(date(2014, 4, 3), None)]),
        ("on 2014-04-03.", [(date(2014, 4, 3), None)]),
        ("in April 2014, on 3 Foober 2014, 3/4/2014", []),
        ("the 31 April 2014", []),
    ],
)
def test_full_dates(text: str, days: list[tuple[date, int | None]]) -> None:
    assert [(day, weekday) for day, weekday, _ in full_dates(text)] == days


def story(lead: str, caption: str) -> str:
    return f"Envoy opens talks in the port city\n\n{lead}\n\n{SECOND}\n\n{caption} {CREDIT}\n\n{BODY}"


LEAD = "The envoy, Dana Okoro, opened talks in Port Aster on Thursday, her office said in a statement."
DATED = "Envoy Dana Okoro shakes hands at the harbour in Port Aster, {}."


def test_a_dated_caption_and_the_leads_weekday() -> None:
    text = story(LEAD, DATED.format("Wednesday, Sept. 30, 2020"))
    assert caption_day(text, segments(text)) == date(2020, 10, 1)
    text = story(LEAD, DATED.format("Thursday, Oct. 1, 2020"))
    assert caption_day(text, segments(text)) == date(2020, 10, 1)


@pytest.mark.parametrize(
    ("why", "lead", "caption"),
    [
        ("wrong weekday", LEAD, DATED.format("Monday, Sept. 30, 2020")),
        ("no weekday in the caption", LEAD, DATED.format("Sept. 30, 2020")),
        ("no weekday in the lead", LEAD.replace(" on Thursday", ""), DATED.format("Wednesday, Sept. 30, 2020")),
        ("two weekdays", LEAD.replace("Thursday", "Thursday and Friday"), DATED.format("Wednesday, Sept. 30, 2020")),
        ("last Thursday", LEAD.replace("on Thursday", "last Thursday"), DATED.format("Wednesday, Sept. 30, 2020")),
        ("next Thursday", LEAD.replace("on Thursday", "next Thursday"), DATED.format("Wednesday, Sept. 30, 2020")),
        ("too far", LEAD.replace("Thursday", "Tuesday"), DATED.format("Wednesday, Sept. 30, 2020")),
        ("a file photo", LEAD, "FILE - " + DATED.format("Wednesday, Sept. 30, 2020")),
        ("somebody else", LEAD, "A vendor sells figs at a market in Melville, Wednesday, Sept. 30, 2020."),
        ("a month only", LEAD, DATED.format("September 2020")),
    ],
)
def test_captions_that_determine_nothing(why: str, lead: str, caption: str) -> None:
    text = story(lead, caption)
    assert caption_day(text, segments(text)) is None, why


def test_a_caption_gives_way_to_a_later_date_in_the_report() -> None:
    text = story(LEAD, DATED.format("Wednesday, Sept. 30, 2020")) + " The inquiry reported on 5 November 2020 in full."
    assert caption_day(text, segments(text)) is None


@given(st.text(max_size=200))
def test_any_text_and_address(text: str) -> None:
    day, basis = published(text, segments(text), given={"url": text}, found={})
    assert (day is None) == (basis is None)
    assert day is None or date.fromisoformat(day)


def test_sidecars_of_the_seeds_agree_with_what_the_text_gives(tmp_path: Path, read_all: Any) -> None:
    outcome = read_all(SEEDS)
    assert not outcome.refusals
    assert [article.published for article in outcome.articles] == ["2014-04-04", "2020-10-01"]
    assert all("published_note" in json.loads(p.read_text(encoding="utf-8")) for p in SEEDS.glob("*.meta.json"))
