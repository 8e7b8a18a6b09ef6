"""From what the linker thinks of each name to where an event is put: lists, parts, names too unsure, places astray."""

# ruff: noqa: E501 - a sentence is easier to read on one line

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mapper.events import locate as locating
from mapper.events.linking import Model, Scored
from mapper.events.locate import place as put
from mapper.events.locate import precision_of, sure, with_lists, with_parts
from mapper.events.syntax import Sentence
from mapper.model import PlaceRef, Toponym
from tests.events.by_hand import name, place, read, trigger

MALI, GHANA = place("Mali", "PCLI", "A"), place("Ghana", "PCLI", "A", "GH")
REFS = {"Mali": MALI, "Ghana": GHANA, "Accra": place("Accra", "PPLC", "P", "GH")}
FLAT = Model(
    bias=-1.0, weights={"prep=in": 3.0}, base=0.0, rate=1.0, trees=(), second_base=0.0, second=(), threshold=0.5
)


def names(s: Sentence, *words: str, **refs: PlaceRef | None) -> list[Toponym]:
    known: dict[str, Any] = REFS | refs
    found = [name(s, word, known.get(word)) for word in words]
    return [replace(t, place=None) if t.text in refs and refs[t.text] is None else t for t in found]


def thought(*probabilities: float, preposition: str = "in") -> list[Scored]:
    return [Scored(toponym=n, probability=p, why="", preposition=preposition) for n, p in enumerate(probabilities)]


@pytest.mark.parametrize(
    ("text", "kind", "confidence", "is_sure"),
    [
        ("Gao", "literal", 0.25, True), ("Gao", "literal", 0.249, False), ("Gao", "metonym", 0.25, True),
        ("Gao", "embedded", 0.5, True), ("Gao", "embedded", 0.499, False), ("Gao Street", "embedded", 0.9, False),
        ("Gao St.", "embedded", 0.9, False), ("Gao Street", "literal", 0.9, True), ("Street Gao", "embedded", 0.9, True),
    ],
)  # fmt: skip
def test_how_sure_a_name_is(text: str, kind: Any, confidence: float, is_sure: bool) -> None:
    t = Toponym(start=0, end=len(text), text=text, kind=kind, place=place("Gao"), confidence=confidence)
    assert sure(t) is is_sure
    assert sure(replace(t, place=None)) is False


@pytest.mark.parametrize(
    "word", ["in", "inside", "at", "across", "throughout", "near", "outside", "around", "within", "of", "about"]
)
def test_in_what_governments_something_is_signed(word: str) -> None:
    s = read(f"They/PRP/nsubj/1 signed/VBD/ROOT/1 it/PRP/dobj/1 {word}/IN/prep/1 Gao/NNP/pobj/3")
    t = name(s, "Gao", kind="metonym")
    (p,) = thought(0.8, preposition=word)
    assert locating._may_hold(s, trigger(s, "signed", "AGREE"), t, p) is (word not in {"of", "about"})
    assert locating._may_hold(s, trigger(s, "signed", "ASSAULT"), t, p) is True


@pytest.mark.parametrize(
    ("gap", "probabilities", "refs", "found"),
    [
        (",/,/p/1", (0.2, 0.8), {}, 0.8), (",/,/p/1", (0.6, 0.8), {}, 0.6), (",/,/p/1", (0.2, 0.4), {}, 0.2),
        ("and/CC/p/1", (0.2, 0.8), {}, 0.2), ("near/IN/p/1", (0.2, 0.8), {}, 0.2),
        (",/,/p/1", (0.2, 0.8), {"Gao": place("Gao", country="GH")}, 0.2), (",/,/p/1", (0.2, 0.8), {"Gao": None}, 0.2),
        (",/,/p/1", (0.2, 0.8), {"Mali": None}, 0.2), (",/,/p/1", (0.2, 0.8), {"Mali": place("Mali")}, 0.2),
        (",/,/p/1", (0.2, 0.8), {"Gao": MALI}, 0.2), (",/,/p/1", (0.2, 0.5), {}, 0.5), (",/,/p/1", (0.5, 0.8), {}, 0.5),
    ],
)  # fmt: skip
def test_a_part_is_as_likely_as_the_whole(
    gap: str, probabilities: tuple[float, float], refs: Any, found: float
) -> None:
    s = read(f"in/IN/ROOT/0 Gao/NNP/pobj/0 {gap} Mali/NNP/appos/1")
    first, second = with_parts(s, names(s, "Gao", "Mali", **refs), thought(*probabilities), 0.5)
    assert (first.probability, second.probability) == (found, probabilities[1])
    assert first.why == ('"Gao" in Mali' if found != probabilities[0] else "")


def test_a_people_is_no_part_of_a_whole() -> None:
    s = read("in/IN/ROOT/0 Gao/NNP/pobj/0 ,/,/p/1 Mali/NNP/appos/1")
    gao, mali = names(s, "Gao", "Mali")
    first, _ = with_parts(s, [replace(gao, kind="demonym"), mali], thought(0.2, 0.8), 0.5)
    assert first.probability == 0.2


LISTED = "in/IN/ROOT/0 Gao/NNP/pobj/0 ,/,/p/1 Kidal/NNP/conj/1 {}/CC/cc/1 Accra/NNP/conj/1"


@pytest.mark.parametrize(
    ("word", "before", "ruled", "found"),
    [
        ("and", (0.8, 0.3, 0.4), (0.8, 0.3, 0.4), (0.8, 0.8, 0.8)),
        ("and", (0.8, 0.5, 0.6), (0.8, 0.5, 0.6), (0.8, 0.5, 0.6)),
        ("and", (0.4, 0.3, 0.4), (0.4, 0.3, 0.4), (0.4, 0.3, 0.4)),
        ("or", (0.8, 0.3, 0.4), (0.8, 0.3, 0.4), (0.8, 0.3, 0.4)),
        # one that grammar has ruled out rules out the others
        ("and", (0.8, 0.8, 0.4), (0.8, 0.1, 0.4), (0.1, 0.1, 0.1)),
        ("and", (0.4, 0.3, 0.4), (0.95, 0.3, 0.4), (0.95, 0.95, 0.95)),
    ],
)
def test_of_one_list_each_is_as_likely_as_the_likeliest(word: str, before: Any, ruled: Any, found: Any) -> None:
    s = read(LISTED.format(word))
    given = names(s, "Gao", "Kidal", "Accra", Gao=place("Gao", lat=16.0), Kidal=place("Kidal", lat=18.0))
    told = with_lists(s, given, thought(*before), thought(*ruled), 0.5)
    assert tuple(p.probability for p in told) == found
    assert [p.why for p in told] == [
        f'"{t.text}" named with "Gao"' if new != old and max(ruled) == new else ""
        for t, old, new in zip(given, ruled, found, strict=True)
    ]


def test_of_very_many_names_those_nearest_are_weighed() -> None:
    words = " ".join(f"n{n}/NNP/pobj/0" for n in range(45))
    s = read(f"in/IN/ROOT/0 attacked/VBD/x/0 {words}")
    toponyms = [name(s, f"n{n}") for n in range(45)]
    found = put(s, trigger(s, "attacked"), toponyms, range(45), using=FLAT)
    assert [p.toponym for p in found.places] == list(range(40))
    s = read(f"in/IN/ROOT/0 {words} attacked/VBD/x/0")
    toponyms = [name(s, f"n{n}") for n in range(45)]
    found = put(s, trigger(s, "attacked"), toponyms, range(45), using=FLAT)
    assert [p.toponym for p in found.places] == list(range(5, 45))
    found = put(s, trigger(s, "attacked"), toponyms[:40], range(40), using=FLAT)
    assert len(found.places) == 40


@pytest.mark.parametrize(
    ("between", "astray"),
    [
        ("district/NN/x/1 of/IN/prep/2", True), ("of/IN/prep/1", True), ("in/IN/prep/1", True), ("'s/POS/case/1", True), ("’s/POS/case/1", True),
        ("district/NN/x/1 in/IN/prep/2", True), ("in/IN/prep/0", False), (",/,/p/1", False), ("near/IN/prep/1", False),
    ],
)  # fmt: skip
def test_a_place_that_lies_in_another_country_than_the_text_says(between: str, astray: bool) -> None:
    s = read(f"in/IN/ROOT/0 Gao/NNP/pobj/0 {between} Accra/NNP/x/1")
    given = names(s, "Gao", "Accra")
    found = locating._astray(s, given, [0, 1])
    assert found == (({1: 0} if "POS" in between else {0: 1}) if astray else {})
    unsure = [replace(t, confidence=0.59) for t in given]
    assert locating._astray(s, unsure, [0, 1]) == {}
    assert locating._astray(s, [replace(t, confidence=0.6) for t in given], [0, 1]) == found
    assert locating._astray(s, names(s, "Gao", "Accra", Gao=None), [0, 1]) == {}
    assert locating._astray(s, names(s, "Gao", "Accra", Accra=None), [0, 1]) == {}
    assert locating._astray(s, names(s, "Gao", "Accra", Gao=place("Gao", country="GH")), [0, 1]) == {}
    assert locating._astray(s, names(s, "Gao", "Accra", Gao=place("Gao", country=None)), [0, 1]) == {}


@pytest.mark.parametrize(
    ("type_", "spec", "one"),
    [
        ("DISASTER", "a/DT/det/1 quake/NN/ROOT/1", True), ("ACCIDENT", "a/DT/det/1 quake/NN/ROOT/1", True),
        ("ASSAULT", "a/DT/det/1 quake/NN/ROOT/1", False), ("DISASTER", "some/DT/det/1 quake/NNS/ROOT/1", False),
        ("DISASTER", "big/JJ/amod/1 quake/NN/ROOT/1", False), ("DISASTER", "big/JJ/amod/1 quake/NNP/ROOT/1", True),
    ],
)  # fmt: skip
def test_one_quake_in_several_towns_is_one(type_: str, spec: str, one: bool) -> None:
    s = read(spec)
    assert locating._one_thing(s, trigger(s, "quake", type_)) is one


def test_so_far_away_is_no_nearer_than_said() -> None:
    assert precision_of(place("Gao"), "near", 12.0) == ("near", 12.0)
    assert precision_of(place("Gao"), "", 12.0) == ("near", 12.0)
    assert precision_of(MALI, "near", 12.0) == ("country", None)
    assert precision_of(place("Gao"), "near") == ("near", 25.0)
