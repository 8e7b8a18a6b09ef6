"""People, firms, clubs and papers that bear a place's name are no places; and a place beside them still is one."""

from __future__ import annotations

import pytest

from tests.geoparse.conftest import Parse

PEOPLE = [
    ("Paris Hilton arrived late on Monday, her lawyer said.", "Paris Hilton"),
    ("The singer said Paris Hilton had invited her.", "Paris Hilton"),
    ("A film with Paris Hilton and Brooklyn Decker opens on Friday.", "Paris Hilton and Brooklyn Decker"),
    ("“I was never told,” Chelsea Clinton said in an interview.", "Chelsea Clinton"),
    ("Reporters asked Chelsea Clinton about the book.", "Chelsea Clinton"),
    ("Sydney Sweeney plays the younger sister.", "Sydney Sweeney"),
    ("The jury heard from Austin Reed, a former guard.", "Austin Reed"),
    ("Police named the driver as Jordan Walsh, 34.", "Jordan Walsh"),
    ("Florence Nightingale wrote the letter in 1859.", "Florence Nightingale"),
    ("The novelist Jack London died in 1916.", "Jack London"),
    ("Irving Berlin wrote the tune, and Judy Holliday sang it.", "Irving Berlin"),
    ("Coach Devin Houston praised the goalkeeper.", "Devin Houston"),
    ("Judge Charlotte Webb dismissed the case.", "Charlotte Webb"),
    ("Whitney Houston sang the anthem before the game.", "Whitney Houston"),
]

FIRMS = [
    ("Shares of Amazon.com rose after the company beat forecasts.", "Amazon"),
    ("The phone maker Nokia Corp. reported a loss.", "Nokia Corp"),
    ("An editorial in the Washington Post criticised the plan.", "Washington Post"),
    ("Kentucky Fried Chicken will open two hundred restaurants.", "Kentucky Fried Chicken"),
    ("After the break Manchester United lost two of their best players and the match.", "Manchester United"),
    ("The Boston Consulting Group advised the ministry.", "Boston Consulting Group"),
    ("Deutsche Bank and Bank of America declined to comment.", "Deutsche Bank and Bank of America"),
    ("Negotiators waited outside. A SWAT team then stormed the house, and SWAT officers led him away.", "SWAT"),
    ("Members of SWAT waited outside until a second SWAT team came.", "SWAT"),
]


def _places_within(parse: Parse, text: str, name: str) -> list[str]:
    start = text.index(name)
    found = parse(text)
    return [t.text for t in found if t.kind in ("literal", "metonym") and start <= t.start < start + len(name)]


@pytest.mark.parametrize(("text", "name"), PEOPLE)
def test_people_are_no_places(parse: Parse, text: str, name: str) -> None:
    assert _places_within(parse, text, name) == []


@pytest.mark.parametrize(("text", "name"), FIRMS)
def test_firms_clubs_and_papers_are_no_places(parse: Parse, text: str, name: str) -> None:
    assert _places_within(parse, text, name) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Paris Hilton flew to London on Monday.", "London"),
        ("In Paris, Hilton said she would appeal.", "Paris"),
        ("Jack London was born in San Francisco.", "San Francisco"),
        ("Chelsea Clinton spoke at a school in Chelsea, Massachusetts.", "Massachusetts"),
        ("Police and a SWAT team came from Swat on Monday.", "Swat"),
        ("Troops in MALI were joined on Monday by a team of medics from KENYA.", "MALI"),
    ],
)
def test_a_place_beside_a_person_is_found(parse: Parse, text: str, name: str) -> None:
    assert name in [t.text for t in parse(text) if t.kind == "literal"]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Pray for peace #SouthSudan", "SouthSudan", "SS"),
        ("Ebola cases are falling in #SierraLeone, says the ministry.", "SierraLeone", "SL"),
    ],
)
def test_names_written_without_blanks_are_found(parse: Parse, text: str, name: str, country: str) -> None:
    found = {t.text: t.place.country_code for t in parse(text) if t.place is not None}
    assert found.get(name) == country
