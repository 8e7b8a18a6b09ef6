"""Peoples and adjectives: every country of some size in six languages, and found as what they are."""

from __future__ import annotations

from collections import defaultdict

import pytest

from gazetteer import Gazetteer
from gazetteer.builder import demonyms

FORMS: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
for _place, _language, _form in demonyms.rows("demonyms.csv"):
    FORMS[_place][_language].append(_form)


def test_every_country_of_a_million_people_has_them_in_six_languages(places: Gazetteer) -> None:
    countries = [place.country_code or "" for place in places.countries() if place.population >= 1_000_000]
    assert len(countries) > 150
    assert {code: sorted(set(demonyms.LANGUAGES) - set(FORMS[code])) for code in countries} == {
        code: [] for code in countries
    }


def test_every_form_of_a_country_is_found_as_its_people(places: Gazetteer) -> None:
    lost = [
        (code, form)
        for code, by_language in FORMS.items()
        if len(code) == 2
        for forms in by_language.values()
        for form in forms
        if not any(one.kind == "demonym" and one.place.country_code == code for one in places.candidates(form))
    ]
    assert lost == []


@pytest.mark.parametrize("table", ["demonyms.csv", "city_demonyms.csv"])
def test_no_form_is_empty_or_has_marks_of_the_table(table: str) -> None:
    assert [form for _, _, form in demonyms.rows(table) if not form.strip() or set(form) & set("|=,")] == []


@pytest.mark.parametrize(
    ("form", "country"),
    [
        ("Malian", "ML"),
        ("Tchadienne", "TD"),
        ("Nigerien", "NE"),
        ("Nigerian", "NG"),
        ("ليبية", "LY"),
        ("Sudanese", "SD"),
    ],
)
def test_the_country_comes_first(places: Gazetteer, form: str, country: str) -> None:
    best = places.candidates(form)[0]
    assert (best.kind, best.place.country_code) == ("demonym", country)
    assert best.place.feature_code.startswith("PCL")
