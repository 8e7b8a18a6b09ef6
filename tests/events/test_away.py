"""What happened some way from a named place is not drawn at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Code = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "radius"),
    [
        ("A bomb exploded 40 km north of Gao on Monday.", 50.0),
        ("A bomb exploded about 20 miles (32 km) south-east of the town of Gao.", 40.2),
        ("A bomb exploded 12.5 kilometres from Gao on Monday.", 15.6),
        ("A bomb exploded two kilometres from Gao.", 2.5),
        ("A bomb exploded 800 metres from Gao.", 2.0),
        ("A bomb exploded north of Gao on Monday.", 50.0),
        ("A convoy was attacked on the road to Gao on Monday.", 50.0),
        ("Fighting broke out on the outskirts of Gao.", 15.0),
        ("Gunmen attacked a convoy near Gao on Monday.", 25.0),
    ],
)
def test_the_reach_is_what_the_text_says(code: Code, text: str, radius: float) -> None:
    _, events = code(text, "Gao")
    (location,) = [e.location for e in events if e.location is not None]
    assert (location.name, location.precision, location.radius_km) == ("Gao", "near", radius)
    assert (location.acled_geo_precision, location.ucdp_where_prec) == (2, 2)


@pytest.mark.parametrize(
    "text",
    [
        "Fighting broke out in the north of Gao on Monday.",
        "Fighting broke out in northern Gao on Monday.",
        "A bomb exploded in the town of Gao, killing 35 people.",
        "A bomb exploded in the centre of Gao.",
    ],
)
def test_a_part_of_a_place_is_at_the_place(code: Code, text: str) -> None:
    _, events = code(text, "Gao")
    assert {(e.location.precision, e.location.radius_km) for e in events if e.location} == {("settlement", None)}


def test_a_country_is_no_finer_for_a_distance(code: Code) -> None:
    _, events = code("A ship sank 40 km north of Libya on Monday.", "Libya")
    assert {e.location.precision for e in events if e.location} <= {"country"}


def test_what_is_too_far_away_says_too_little(code: Code) -> None:
    _, events = code("A plane crashed 1,200 km north of Gao on Monday.", "Gao")
    assert [e.location for e in events if e.location] == []


def test_the_village_itself_goes_before_the_town_that_it_is_told_by(code: Code) -> None:
    _, events = code("A bomb exploded in Timbuktu, 40 km north of Gao, on Monday.", "Timbuktu", "Gao")
    assert [(e.location.name, e.location.precision) for e in events if e.location] == [("Timbuktu", "settlement")]
