"""One happening told with several words is one event; games and what is only remembered are none of today's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Code = Callable[..., Any]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen stormed a hotel on Friday night, killing at least nine people and wounding dozens.",
        "A suicide bomber blew himself up outside a mosque on Friday, leaving 30 people dead.",
        "Militants attacked a village on Sunday in an assault in which 12 farmers were killed.",
        "Twelve soldiers were killed when gunmen attacked their base on Friday.",
        "At least 20 people died and 40 were injured after a bomb exploded at a market on Monday.",
        "Police fired tear gas at demonstrators on Tuesday; one person was killed.",
        "Students clashed with police on Sunday; officers fired rubber bullets and at least 20 people were injured.",
        "A powerful earthquake struck on Friday evening, killing more than 800 people.",
        "A bus plunged into a ravine on Monday, killing 24 people and injuring 15.",
        "Troops opened fire on protesters on Monday, killing two.",
    ],
)
def test_what_came_of_a_deed_is_no_second_event(code: Code, text: str) -> None:
    _, events = code(text)
    assert len(events) == 1, [(e.type, e.trigger.text) for e in events]
    assert events[0].date is not None


def test_whom_a_deed_harmed_is_kept(code: Code) -> None:
    _, (event,) = code("Gunmen stormed a hotel on Friday, killing at least nine people.")
    assert [a.text for a in event.actors if a.role == "recipient"] == ["at least nine people"]


@pytest.mark.parametrize(
    "text",
    [
        "Police killed two men in Gao on Monday, and in Timbuktu a bomb killed five people on Tuesday.",
        "Rebels captured the town on Friday, kidnapping 30 girls.",
        "Rebels shelled the airport on Monday while jets bombed the port.",
    ],
)
def test_two_deeds_stay_two(code: Code, text: str) -> None:
    _, events = code(text, *(name for name in ("Gao", "Timbuktu") if name in text))
    assert len(events) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Barcelona beat Valencia 3-0 on Saturday. Torres struck twice for the visitors.",
        "Arsenal thrashed Everton 5-1 on Sunday to climb to third.",
        "Kenya crushed Uganda by six wickets. The captain hit 84.",
        "Serena Williams beat her sister 6-2, 6-2 on Friday night.",
        "The Warriors routed Boston 104-94, and Curry shot 7 of 22.",
    ],
)
def test_results_of_games_are_no_events(code: Code, text: str) -> None:
    _, events = code(text)
    assert [(e.type, e.trigger.text) for e in events] == []


@pytest.mark.parametrize(
    "text",
    [
        "Fans rioted after England drew 1-1 with Russia; police fired tear gas.",
        "Rebels beat back soldiers and captured 3-4 villages on Saturday.",
        "A bomb killed nine people outside the stadium where Kenya had beaten Uganda 2-1.",
    ],
)
def test_violence_around_games_is_an_event(code: Code, text: str) -> None:
    _, events = code(text)
    assert events


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("It was 50 years since the massacre.", "1970"),
        ("It has been two decades since troops invaded the island.", "2000"),
        ("Families lit candles on Friday, three years after the shooting on a tram.", "2017"),
        ("Hundreds gathered on Wednesday on the anniversary of the invasion.", None),
        ("Mourners laid flowers to mark the sixth anniversary of the attack that killed 86 people.", None),
    ],
)
def test_what_is_remembered_is_background(code: Code, text: str, year: str | None) -> None:
    _, events = code(text)
    remembered = [e for e in events if e.type == "ASSAULT"]
    assert all(e.status == "background" for e in remembered)
    assert all(e.date is None or e.date.start[:4] == year for e in remembered)
    assert year is None or remembered


def test_days_after_are_counted_back(code: Code) -> None:
    _, events = code("Two days after the bombing, police arrested a suspect on Tuesday.")
    assert {e.type: e.date.start for e in events} == {"ASSAULT": "2020-09-27", "COERCE": "2020-09-29"}


@pytest.mark.parametrize(
    "text",
    [
        "Police ended the siege early on Saturday and arrested a man.",
        "The union imposed sanctions on 11 officials on Wednesday.",
        "Gunmen attacked a convoy on Monday night.",
        "Soldiers seized power on 3 September.",
    ],
)
def test_nobody_is_called_saturday(code: Code, text: str) -> None:
    _, events = code(text)
    said = " ".join(a.text for e in events for a in e.actors)
    assert not any(word in said for word in ("Saturday", "Wednesday", "Monday", "September", "night"))


@pytest.mark.parametrize(
    "text",
    [
        "The union imposed sanctions on 11 officials in Geneva on Wednesday.",
        "The union imposed sanctions on 11 officials on Wednesday in Geneva.",
        "In Geneva, police fired tear gas on Tuesday; one person was stabbed.",
    ],
)
def test_a_place_beside_the_day_is_the_clauses(code: Code, text: str) -> None:
    _, events = code(text, "Geneva")
    assert {e.location.name if e.location else None for e in events} == {"Geneva"}


@pytest.mark.parametrize(
    "text",
    [
        "At least nine soldiers were killed, officials in Geneva said.",
        "Officials in Geneva said nine soldiers were killed.",
    ],
)
def test_a_speakers_place_is_not_the_events(code: Code, text: str) -> None:
    _, events = code(text, "Geneva")
    assert all(e.location is None for e in events if e.type == "ASSAULT")


@pytest.mark.parametrize(
    "text",
    ["On Tuesday the president condemned the attack.", "The president on Tuesday condemned the attack."],
)
def test_condemning_an_attack_does_not_date_it(code: Code, text: str) -> None:
    _, events = code(f"Gunmen attacked a convoy on Monday. {text}")
    assert {e.date.start for e in events if e.type == "ASSAULT"} == {"2020-09-28"}


@pytest.mark.parametrize(
    "text",
    [
        "His pictures were attacked in the press.",
        "The painter's battle with illness shaped his work.",
        "The asteroid shot past the planet.",
        "Scientists fired a laser at the rock.",
        "The firm beat a late bid.",
    ],
)
def test_warlike_words_of_peace(code: Code, text: str) -> None:
    _, events = code(text)
    assert [(e.type, e.trigger.text) for e in events] == []


def test_an_air_strike_is_no_walkout(code: Code) -> None:
    _, events = code("An air strike hit a school on Friday. Ten people were wounded in the strike.")
    assert {e.type for e in events} == {"ASSAULT"}
