"""Names in the languages that maps speak: what is stored, how it is chosen, and that nothing is guessed."""

from __future__ import annotations

import re
import sqlite3

import pytest

from gazetteer import basemap, schema
from gazetteer.builder import local_names as builder
from gazetteer.local_names import LANGUAGES, local_names

ALGIERS = ("Algiers", 3.0866, 36.7324)
CAIRO = ("Cairo", 31.2497, 30.0626)


@pytest.mark.parametrize(
    ("place", "language", "name"),
    [
        (ALGIERS, "fr", "Alger"),
        (ALGIERS, "ar", "الجزائر"),
        (CAIRO, "fr", "Le Caire"),
        (CAIRO, "ar", "القاهرة"),
        (CAIRO, "ru", "Каир"),
        (CAIRO, "es", "El Cairo"),
        (CAIRO, "zh", "开罗"),
        (("Ouagadougou", -1.5339, 12.3657), "fr", None),
        (("Tripoli", 13.1875, 32.8752), "fr", None),
        (("Algiers", -90.0, 29.9), "fr", None),
        (("Nowhere", 0.0, 0.0), "ar", None),
    ],
)
def test_names(place: tuple[str, float, float], language: str, name: str | None) -> None:
    assert local_names(language).of(*place) == name


def test_english_needs_no_names_of_its_own() -> None:
    assert local_names("en").of(*CAIRO) is None


def test_a_province_does_not_lend_its_name_to_the_town() -> None:
    assert local_names("fr").of("Sokoto", 5.2339, 13.0627) is None
    assert local_names("ar").of("Tunis", 10.1658, 36.819) == "تونس"


def test_most_towns_on_an_arabic_map_of_arab_countries_are_named_in_arabic() -> None:
    cities = basemap.load()["cities"]
    names = local_names("ar")
    found = [
        names.of(name, x / 1000, y / 1000) is not None
        for name, x, y, rank in zip(cities["name"], cities["x"], cities["y"], cities["rank"], strict=True)
        if rank == 2 and -10000 < x < 55000 and 12000 < y < 37000
    ]
    assert len(found) > 20
    assert sum(found) / len(found) > 0.9


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_remarks_in_brackets_and_no_empty_names(language: str) -> None:
    rows = [local for rows in local_names(language)._rows.values() for _, _, local in rows]
    assert len(rows) > 1000
    assert all(rows)


def database(*names: tuple[str, str, int, str | None]) -> sqlite3.Connection:
    """One town in Algeria with these (key, text, kind, language)."""
    made = sqlite3.connect(":memory:")
    made.executescript(schema.TABLES)
    made.execute("INSERT INTO code VALUES (1, 'P', 'PPL')")
    made.execute("INSERT INTO place VALUES (7, 'Xtown', 3600000, 300000, 'DZ', 1, 0, NULL, NULL, 1, 0, 0, 0, 0)")
    made.executemany(
        "INSERT INTO name VALUES (?, 7, ?, ?, ?)", [(k, kind, lang, text) for k, text, kind, lang in names]
    )
    return made


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        ([("xville", "Xville", 1, "fr")], "Xville"),
        ([("xville", "", 1, "fr")], "Xville"),
        ([("xville", "Xville", 1, "fr"), ("yville", "Yville", 1, "fr")], None),
        ([("xville", "Xville", 0, "fr"), ("yville", "Yville", 1, "fr")], "Xville"),
        ([("xv", "Xv", 4, "fr")], None),
        ([("xville", "Xville", 1, "fr"), ("xv", "Xv", 4, "fr")], None),
        ([("xois", "Xois", 5, "fr")], None),
        ([("xville", "Xville", 1, None)], None),
    ],
)
def test_one_name_in_the_language_or_none(names: list[tuple[str, str, int, str | None]], chosen: str | None) -> None:
    assert builder.tagged(database(*names), "fr") == ([("Xtown", 3000, 36000, chosen)] if chosen else [])


@pytest.mark.parametrize(
    ("spellings", "chosen"),
    [
        (["قسنطينة"], "قسنطينة"),
        (["مدينة قسنطينة"], "قسنطينة"),
        (["رباط", "الرباط"], "الرباط"),
        (["بكين", "بيكين"], None),
        (["چاد"], None),
        (["Xtown"], None),
    ],
)
def test_arabic_letters_are_arabic_only_where_spelling_tells(spellings: list[str], chosen: str | None) -> None:
    made = database(*((text, text, 1, None) for text in spellings))
    cities = {"name": ["Xtown"], "x": [3000], "y": [36000]}
    assert builder.in_arabic_letters(made, cities) == ([("Xtown", 3000, 36000, chosen)] if chosen else [])
    made.execute("UPDATE place SET country = 'SE'")
    tells = chosen is not None and len(spellings) == 1 and re.search("[ةأإيك]", chosen)
    assert bool(builder.in_arabic_letters(made, cities)) == bool(tells)
