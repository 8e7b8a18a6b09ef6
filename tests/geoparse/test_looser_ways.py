"""The ever looser ways in which a mention is looked up, and what a name book remembers."""

from __future__ import annotations

import pytest

from gazetteer import Gazetteer
from mapper.geoparse import names as module
from mapper.geoparse.candidates import Options, head_agrees, options
from mapper.geoparse.mention import Mention
from mapper.geoparse.names import NameBook
from mapper.geoparse.text import read_words


@pytest.fixture
def book(gazetteer: Gazetteer) -> NameBook:
    return NameBook(gazetteer)


def look(book: NameBook, text: str, *, demonym: bool = False, fuzzy: bool = False, lookup: str = "") -> Options:
    words = read_words(text)
    mention = Mention(
        start=0, end=len(text), first=0, last=len(words), name=text, place=1.0, demonym=0.0, embedded=0.0, metonym=0.0,
        lookup=lookup,
    )  # fmt: skip
    return options(mention, words, book, demonym=demonym, fuzzy=fuzzy)


@pytest.mark.parametrize(
    ("text", "via", "inner", "head"),
    [
        ("Timbuktu", "name", "", ""),
        ("northern Timbuktu", "part", "Timbuktu", ""),
        ("rural northern Timbuktu", "part", "Timbuktu", ""),
        ("Timbuktu canton", "part", "Timbuktu", "canton"),
        ("Village of Timbuktu", "part", "Timbuktu", "village"),
        ("Municipality Timbuktu", "part", "Timbuktu", "municipality"),
        ("Old Xyzzy Timbuktu", "inside", "Timbuktu", ""),
        ("Qqxyzzyq", "none", "", ""),
    ],
)
def test_each_way(book: NameBook, text: str, via: str, inner: str, head: str) -> None:
    found = look(book, text)
    assert (found.via, found.inner, found.head) == (via, inner, head)
    assert bool(found.candidates) is (via != "none")


def test_a_misspelt_name_is_found_only_where_that_is_asked_for(book: NameBook) -> None:
    assert look(book, "Timbucktuu").via == "none"
    assert look(book, "Timbucktuu", fuzzy=True).via == "fuzzy"
    assert look(book, "Qqxyzzyqvv", fuzzy=True).via == "none"
    assert look(book, "Qxzvq", fuzzy=True).via == "none"


def test_an_inflected_form_is_looked_up_as_its_plain_one(book: NameBook) -> None:
    assert look(book, "Qqxyzzyq", lookup="Timbuktu").via == "name"


def test_a_former_name_gives_way_to_a_town_that_bears_it_now(book: NameBook) -> None:
    assert "ZW" not in {c.place.country_code for c in look(book, "Salisbury").candidates}
    assert {c.kind for c in look(book, "Saigon").candidates} == {"historic"}


def test_a_unit_lends_its_seat_no_name_of_its_own(book: NameBook) -> None:
    """Provinces are listed under their seat's name even where they are called something else."""
    assert {c.place.name for c in look(book, "Mazar-i-Sharif").candidates} == {"Mazār-e Sharīf"}
    assert {c.place.feature_code for c in look(book, "Aleppo").candidates if c.place.country_code == "SY"} >= {
        "PPLA", "ADM1",
    }  # fmt: skip


def test_a_people_comes_first_where_one_is_meant(book: NameBook) -> None:
    assert {c.kind for c in look(book, "French", demonym=True).candidates} == {"demonym"}


def test_a_word_of_sort_calls_for_its_sort(book: NameBook) -> None:
    (town, *_) = look(book, "Timbuktu").candidates
    assert (head_agrees("", town), head_agrees("city", town), head_agrees("river", town)) == (0, 1, -1)


def test_a_book_forgets_before_it_grows_too_large(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MEMORY", 20)
    small, large = NameBook(gazetteer), NameBook(gazetteer)
    names = ["Timbuktu", "Gao", "Mopti", "Kidal", "Bamako", "Niamey"] + [f"Nowhere {n}" for n in range(40)]
    for name in names * 2:
        small.learn([name])
        assert small.has(name) == large.has(name)
        assert small.facts(name) == large.facts(name)
        assert [c.place.id for c in small.candidates(name)] == [c.place.id for c in large.candidates(name)]
    for memory in (small._keys, small._known, small._facts):
        assert len(memory) <= 22
    assert len(small._candidates) <= 3


def test_a_country_that_is_not_there_has_no_id(book: NameBook) -> None:
    assert book.country_id("ML") == "geonames:2453866"
    assert book.country_id("QQ") is None
    assert book.country_id("QQ") is None
    assert book.country_id("") is None
