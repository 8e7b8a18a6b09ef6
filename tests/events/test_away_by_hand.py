"""How far from a place the words before its name put something, by words made by hand."""

# ruff: noqa: E501 - several to a line are easier to compare

from __future__ import annotations

import pytest

from mapper.events.away import away_km
from mapper.model import Span
from tests.events.by_hand import name, read


def away(before: str, after: str = "x " * 30, *, words: int = 1) -> float | None:
    """For the name of so many words between these."""
    s = read(" ".join(f"{word}/NN/dep/0" for word in f"{before} Gao {after}".split()))
    first = name(s, "Gao")
    return away_km(s, Span(start=first.start, end=s.at(first)[0].end if words == 1 else first.end + 2))


@pytest.mark.parametrize(
    ("unit", "km"),
    [
        ("km", 12.5), ("kms", 12.5), ("km.", 12.5), ("kilometer", 12.5), ("kilometers", 12.5), ("kilometre", 12.5),
        ("kilometres", 12.5), ("mile", 20.1), ("miles", 20.1), ("mi", 20.1), ("mi.", 20.1), ("kmss", None), ("minutes", None),
    ],
)  # fmt: skip
def test_units(unit: str, km: float | None) -> None:
    assert away(f"a market 10 {unit} from") == km
    assert away(f"a market 10 {unit} north of") == (km or 50.0)


@pytest.mark.parametrize("unit", ["meter", "metre", "meters", "metres"])
def test_metres(unit: str) -> None:
    assert away(f"8000 {unit} from") == 10.0


@pytest.mark.parametrize(
    ("figure", "km"),
    [
        ("12.5", 15.6), ("12,5", 15.6), ("11,25", 14.1), ("1,200", 1500.0), ("1.200", 2.0), ("1600", 2000.0), ("12345", None),
        ("1.2345", None), ("x10", None), ("10x", None), ("a", 2.0), ("one", 2.0), ("two", 2.5), ("three", 3.8), ("four", 5.0),
        ("five", 6.2), ("six", 7.5), ("ten", 12.5), ("twenty", 25.0), ("some", None), ("1", 2.0), ("1.8", 2.2), ("0.5", 2.0),
    ],
)  # fmt: skip
def test_figures(figure: str, km: float | None) -> None:
    assert away(f"{figure} km from") == km


def test_a_mile_is_no_two() -> None:
    assert away("a mile from") == 2.0
    assert away("one mile from") == 2.0


@pytest.mark.parametrize(
    "point",
    """
    north south east west northeast northwest southeast southwest north-east north-west south-east south-west
    north-northeast north-northwest south-southeast south-southwest
    """.split(),  # noqa: SIM905
)
def test_points_of_the_compass(point: str) -> None:
    assert away(f"{point} of") == 50.0
    assert away(f"a market {point} of") == 50.0
    assert away(f"a market 10 km {point} of") == 12.5
    assert away(f"a market 10 km {point} from") == 12.5
    assert away(f"the {point} of") is None
    assert away(f"to {point} of") is None
    assert away(f"a market {point} from") is None
    assert away(f"a market {point}") is None


@pytest.mark.parametrize(
    ("before", "km"),
    [
        ("10 km south - east of", 12.5), ("10 km south-east of", 12.5), ("a man - east of", 50.0), ("- east of", 50.0),
        ("the south and east of", 50.0), ("the south - east of", None), ("10 km south - west from", 12.5),
    ],
)  # fmt: skip
def test_points_that_a_tokenizer_took_apart(before: str, km: float | None) -> None:
    assert away(before) == km


@pytest.mark.parametrize("place", ["outskirts", "suburbs", "vicinity", "environs"])
def test_edges(place: str) -> None:
    assert away(f"on the {place} of") == 15.0
    assert away(f"{place} of") == 15.0
    assert away(f"{place} of the city of") == 15.0
    assert away(f"10 km {place} of") == 15.0
    assert away(f"on the {place} from") is None
    assert away(f"on the {place} in") is None


@pytest.mark.parametrize("road", ["road", "highway", "motorway", "railway"])
def test_roads(road: str) -> None:
    assert away(f"on the {road} to") == 50.0
    assert away(f"{road} to") == 50.0
    assert away(f"on the {road} to the town of") == 50.0
    assert away(f"on the {road} from") is None
    assert away(f"on the {road} of") is None


@pytest.mark.parametrize("before", ["", "of", "from", "to", "the", "in", "a path to", "the market of", "20 trucks from", "km from", "10 km of", "10 km in", "or of", "urbs of", "on the oa to", "10 km from he", "20 ( km from"])  # fmt: skip
def test_words_that_say_nothing_of_a_distance(before: str) -> None:
    assert away(before) is None


@pytest.mark.parametrize("filler", ["the", "the city of", "the town of", "the village of", "the capital ,", "the capital (", ") the city"])  # fmt: skip
def test_words_between_the_distance_and_the_name(filler: str) -> None:
    assert away(f"a market 10 km from {filler}") == 12.5
    assert away(f"a market 10 km north of {filler}") == 12.5
    assert away(f"a market north of {filler}") == 50.0
    assert away(f"a market in {filler}") is None


@pytest.mark.parametrize(
    ("before", "km"),
    [
        ("5 km ( 3 miles ) from", 6.2), ("3 miles ( 5 km ) north of", 6.0), ("5 km - 3 miles from", 6.2), ("5 km ) 3 miles from", 6.2), ("5 km and 3 miles from", 6.0),
        ("9 km x ( 3 miles ) from", 6.0), ("10 km away from", 12.5), ("10 km further from", 12.5), ("10 km farther north of", 12.5),
        ("20 km some km from", None), ("20 km men from", None), ("20 km men north of", 50.0), ("20 km 5 from", None),
    ],
)  # fmt: skip
def test_the_last_distance_told_and_the_first_of_two_units(before: str, km: float | None) -> None:
    assert away(before) == km


def test_words_far_before_the_name_are_of_something_else() -> None:
    assert away("20 km " + "( " * 11 + "from") == 25.0
    assert away("20 km " + "( " * 12 + "from") is None
    assert away("x x 20 km " + "( " * 11 + "from") == 25.0


def test_a_name_of_two_words_begins_with_its_first() -> None:
    assert away("20 km from", "Ville x", words=2) == 25.0
    assert away("20 km from", "") == 25.0


def test_a_name_elsewhere_is_not_in_the_sentence() -> None:
    s = read("20/CD/dep/0 km/NN/dep/0 from/IN/dep/0 Gao/NNP/dep/0")
    assert away_km(s, Span(start=500, end=503)) is None
