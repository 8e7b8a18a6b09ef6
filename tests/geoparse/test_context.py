"""Which place is meant, told by what stands around the name."""

from __future__ import annotations

import pytest

from tests.geoparse.conftest import Parse


def test_a_state_after_its_town_and_a_city_of_the_same_name_are_told_apart(parse: Parse) -> None:
    text = "A flight from Paris to New York was diverted. Passengers spent the night at a hotel in Albany, New York."
    found = [(t.text, t.place.feature_code) for t in parse(text) if t.place and t.text == "New York"]
    assert found[1] == ("New York", "ADM1")


def test_a_capital_does_not_vouch_for_itself_under_its_countrys_name(parse: Parse) -> None:
    text = "Mexico sent engineers on Monday. The minister said in Mexico City that Mexico would help."
    codes = {t.place.feature_code for t in parse(text) if t.place and t.text == "Mexico"}
    assert codes == {"PCLI"}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Police in Paris, Texas, arrested two men.", "Paris", "US"),
        ("The talks moved to London, Ontario, on Friday.", "London", "CA"),
        ("He was born in Tripoli, Lebanon, in 1950.", "Tripoli", "LB"),
    ],
)
def test_apposition_decides(parse: Parse, text: str, name: str, country: str) -> None:
    found = {t.text: t.place.country_code for t in parse(text) if t.place}
    assert found[name] == country


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("At least nine people were killed in the village of Ma’arat near Bza’a on Sunday.", {"Ma’arat", "Bza’a"}),
        ("Troops took the towns of Tal Al-‘Eiss and Taybat Al-Imam from the rebels.", {"Tal Al-‘Eiss"}),
        ("Shells fell on the al-Bayaa district of Baghdad.", {"Baghdad"}),
    ],
)
def test_transliterated_names_are_whole(parse: Parse, text: str, names: set[str]) -> None:
    assert names <= {t.text for t in parse(text)}


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Shells fell on Kherson on Monday, officials said.", "Kherson", "PPLA"),
        ("Shells fell on the Kherson region on Monday, officials said.", "Kherson", "ADM1"),
        ("Gunmen attacked a market in Kano on Monday.", "Kano", "PPLA"),
        ("Gunmen attacked a market in Kano state on Monday.", "Kano", "ADM1"),
        ("The governor of Kano said that schools would close.", "Kano", "ADM1"),
        ("A missile hit a tanker in the Red Sea on Monday.", "Red Sea", "SEA"),
    ],
)
def test_a_word_beside_tells_a_state_from_its_seat(parse: Parse, text: str, name: str, code: str) -> None:
    found = {t.text: t.place.feature_code for t in parse(text) if t.place}
    assert found[name] == code


def test_a_state_and_its_seat_in_one_text_are_two_places(parse: Parse) -> None:
    text = "Gunmen raided a village in Kano state on Monday. The wounded were taken to Kano for treatment."
    codes = [t.place.feature_code for t in parse(text) if t.place and t.text == "Kano"]
    assert codes == ["ADM1", "PPLA"]


def test_a_region_with_its_article_is_not_a_province_of_its_name(parse: Parse) -> None:
    codes = {t.place.feature_code for t in parse("Drought spread across the Sahel.") if t.place and t.text == "Sahel"}
    assert codes == {"RGN"}


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers patrolled Manger Square in nearby Nablus on Monday.",
        "Police clashed with farmers near the Red Fort on Monday.",
        "Militants seized the village of Abu Zindin on Monday.",
    ],
)
def test_a_name_that_only_a_name_inside_is_known_of_is_not_guessed(parse: Parse, text: str) -> None:
    assert [t.place.name for t in parse(text) if t.place and t.kind == "embedded"] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The Security Council met in New York on Monday.", "PPL"),
        ("Un autobús chocó en La Habana el lunes.", "PPLC"),
        ("The governor of New York signed the bill on Monday.", "ADM1"),
        ("Floods hit Albany, Buffalo and other parts of New York on Monday.", "ADM1"),
    ],
)
def test_a_city_goes_before_the_state_of_its_name_where_nothing_speaks_for_that(
    parse: Parse, text: str, code: str
) -> None:
    (found,) = [t for t in parse(text) if t.text in {"New York", "La Habana"} and t.place]
    assert found.place is not None
    assert found.place.feature_code == code
