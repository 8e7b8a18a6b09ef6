"""Which places are named in one breath, by words made by hand."""

# ruff: noqa: E501 - several to a line are easier to compare

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mapper.events import locate as locating
from mapper.events.locate import Placing, located
from mapper.events.placing_lists import Named, apart_km, holds, lists
from mapper.model import PlaceRef
from tests.events.by_hand import name, place, read

FAR = {"Gao": (16.0, 0.0), "Kidal": (18.0, 1.0), "Mopti": (14.0, -4.0), "Ber": (16.1, 0.0), "Sevare": (14.5, -4.0)}
REFS = {word: place(word, lat=lat, lon=lon) for word, (lat, lon) in FAR.items()}
TAGS = {"went": "VBD", "fled": "VBD", "Tessit": "NNP", "Andes": "NNPS", "which": "WDT"}
REFS["Mali"] = place("Mali", "PCLI", "A")


def named(
    text: str, *, kinds: dict[str, str] | None = None, refs: dict[str, PlaceRef] | None = None, together: tuple[str, ...] = (),
    within: Any = None,
) -> str:  # fmt: skip
    """The lists of a sentence, "?" before those of which one is meant."""
    s = read(" ".join(f"{word}/{TAGS.get(word, 'NN')}/dep/0" for word in text.split()))
    known = REFS | (refs or {})
    toponyms = [
        name(s, t.text, known[t.text], (kinds or {}).get(t.text, "literal")) for t in s.tokens if t.text in known
    ]
    order = list(reversed(range(len(toponyms))))  # in whatever order they come
    one_event = [i for i, t in enumerate(toponyms) if t.text in together]
    found = lists(s, toponyms, order, within, one_event)
    return " | ".join(("?" if one.one_of else "") + " ".join(toponyms[i].text for i in one.members) for one in found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in Gao and Kidal", "Gao Kidal"), ("in Gao & Kidal", "Gao Kidal"), ("in Gao as well as Kidal", "Gao Kidal"),
        ("in Gao and then Kidal", "Gao Kidal"), ("in Gao and in Kidal", "Gao Kidal"), ("in Gao , and Kidal", "Gao Kidal"),
        ("in Gao ( and ) Kidal", "Gao Kidal"), ("in Gao and the northern city of Kidal", "Gao Kidal"),
        ("in Gao , Mopti and Kidal", "Gao Mopti Kidal"), ("in Gao , Kidal", ""), ("in Gao Kidal", ""), ("in Gao", ""), ("in", ""),
        ("in Gao or Kidal", "?Gao Kidal"), ("in Gao nor Kidal", "?Gao Kidal"), ("in Gao and / or Kidal", "?Gao Kidal"),
        ("in Gao , Mopti or Kidal", "?Gao Mopti Kidal"), ("between Gao and Kidal", "?Gao Kidal"), ("either Gao and Kidal", "?Gao Kidal"),
        ("between the cities of Gao and Kidal", "?Gao Kidal"), ("between them , Gao and Kidal", "Gao Kidal"),
        ("Gao and Kidal between", "Gao Kidal"),
        ("in Gao with Kidal", ""), ("in Gao and men Kidal", ""), ("in Gao , near Kidal and Mopti", "Kidal Mopti"),
        ("in Gao , in Kidal and Mopti", "Kidal Mopti"), ("in Gao and Kidal then Mopti and Ber", "Gao Kidal | Mopti Ber"),
        ("in Gao and Kidal , Mopti", "Gao Kidal"),
        # to no name at the end
        ("in Gao , Kidal and other cities", "Gao Kidal"), ("in Gao , Kidal , and several cities", "Gao Kidal"),
        ("in Gao , Kidal and elsewhere", "Gao Kidal"), ("in Gao , Kidal and men", ""), ("in Gao , Kidal , other cities", ""),
        # and what it lies in
        ("in Gao , Mali", ""), ("in Gao , Mali and Kidal", "Gao Kidal"), ("in Gao , Mali , Kidal and Mopti", "Gao Kidal Mopti"),
        ("in Gao and Mali", ""), ("in Gao , Kidal and Mali", "Gao Kidal"),
        ("in Gao , Ber and Kidal", "Gao Kidal"), ("in Gao and Ber", "Gao Ber"), ("in Gao , Mali , Ber and Kidal", "Gao Kidal"),
        ("in Mali , Gao and Kidal", "Gao Kidal"),
        # words that are no words of a list, and marks that stand close
        ("in Gao and ross Kidal", ""), ("in Gao , Kidal and where men", ""), ("in Gao , Kidal with other cities", ""),
        ("in Gao ~, Mopti and Kidal", "Gao Mopti Kidal"), ("in Gao and ~Kidal", "Gao Kidal"), ("in Gao , Kidal ~and other men", "Gao Kidal"),
        ("in Gao and the towns of Kidal", "Gao Kidal"), ("between the towns of Gao and Kidal", "?Gao Kidal"),
        ("in Gao ، Mopti and Kidal", "Gao Mopti Kidal"), ("in Gao ، and Kidal", "Gao Kidal"), ("in Gao , Kidal and Tessit", "Gao Kidal"), ("in Gao , Kidal and Andes", "Gao Kidal"),
        ("in Gao and Kidal then Mopti then Ber", "Gao Kidal"), ("either ~Gao and Kidal", "?Gao Kidal"), ("between them Gao and Kidal", "Gao Kidal"),
        ("in Gao and as well Kidal", ""), ("in Gao , Kidal and", ""), ("in Gao , Kidal ,", ""), ("in Gao and other men", ""),
    ],
)  # fmt: skip
def test_lists(text: str, found: str) -> None:
    assert named(text) == found


def test_the_same_place_twice_is_one() -> None:
    assert named("in Gao and Kidal", refs={"Kidal": REFS["Gao"]}) == ""
    assert named("in Gao , Mopti and Kidal", refs={"Kidal": REFS["Gao"]}) == "Gao Mopti"


def test_peoples_are_no_places_of_a_list() -> None:
    assert named("in Gao and Kidal", kinds={"Kidal": "demonym"}) == ""
    assert named("in Gao and Kidal", kinds={"Kidal": "metonym"}) == "Gao Kidal"
    assert named("in Gao , Kidal and Mopti", kinds={"Gao": "embedded"}) == "Kidal Mopti"
    assert named("in Gao , Kidal and Mopti", kinds={"Kidal": "demonym"}) == ""
    assert named("in Gao , Kidal Mopti and Ber", kinds={"Kidal": "demonym"}) == "Mopti Ber"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a market in Gao and a mosque in Kidal", "Gao Kidal"), ("in Gao a and b c d e f g Kidal", "Gao Kidal"),
        ("in Gao a and b c d e f g h Kidal", ""), ("in Gao a and b and Kidal", ""), ("in Gao a and or Kidal", ""),
        ("in Gao a and ; Kidal", ""), ("in Gao a and : Kidal", ""), ("in Gao and which a Kidal", ""), ("in Gao and went a Kidal", ""), ("in Gao a Kidal", ""),
    ],
)  # fmt: skip
def test_places_of_one_event_may_stand_apart(text: str, found: str) -> None:
    assert named(text, together=("Gao", "Kidal")) == found
    assert named(text, together=("Gao",)) == ""


def test_one_event_in_places_that_stand_apart_and_what_holds_the_first() -> None:
    spec = "a market in Gao , Mali and a mosque in Kidal"
    assert named(spec, together=("Gao", "Kidal")) == "Gao Kidal"
    assert named(spec, together=("Gao", "Mali")) == ""


def test_what_the_gazetteer_puts_inside_is_no_other_place() -> None:
    assert named("in Gao and Kidal", within=lambda inner, outer: (inner, outer) == ("p:gao", "p:kidal")) == ""
    assert (
        named("in Gao , Kidal and Mopti", within=lambda inner, outer: (inner, outer) == ("p:gao", "p:kidal"))
        == "Gao Mopti"
    )


def test_what_holds_what() -> None:
    mali, gao, ghana = REFS["Mali"], REFS["Gao"], place("Ghana", "PCLI", "A", "GH")
    assert holds(mali, gao, None) is True
    assert holds(gao, mali, None) is False
    assert holds(mali, mali, lambda *_: True) is False
    assert holds(mali, None, None) is False
    assert holds(ghana, gao, None) is False
    assert holds(mali, ghana, None) is False
    assert holds(place("Mali again", "PCLD", "A"), mali, None) is False


def test_kilometres_apart() -> None:
    assert apart_km(place("a", lat=0.0, lon=0.0), place("b", lat=0.0, lon=1.0)) == pytest.approx(111.19, abs=0.01)
    assert apart_km(place("a", lat=0.0, lon=0.0), place("b", lat=1.0, lon=0.0)) == pytest.approx(111.19, abs=0.01)
    assert apart_km(place("a", lat=60.0, lon=0.0), place("b", lat=60.0, lon=1.0)) == pytest.approx(55.6, abs=0.01)
    assert apart_km(place("a", lat=0.0, lon=0.0), place("b", lat=0.0, lon=180.0)) == pytest.approx(20015.09, abs=0.01)
    assert apart_km(place("a", lat=0.0, lon=0.0), place("b", lat=0.0, lon=90.0)) == pytest.approx(10007.54, abs=0.01)
    assert apart_km(place("a", lat=0.0, lon=0.0), place("b", lat=90.0, lon=0.0)) == pytest.approx(10007.54, abs=0.01)
    assert apart_km(place("a", lat=5.0, lon=5.0), place("b", lat=5.0, lon=5.0)) == 0.0


@pytest.mark.parametrize(("km", "found"), [(24.8, "Gao Kidal"), (25.2, "Gao Ber Kidal")])
def test_a_name_near_by_says_where_the_other_lies(km: float, found: str) -> None:
    near = place("Ber", lat=16.0 + km / 111.19, lon=0.0)
    assert named("in Gao , Ber and Kidal", refs={"Ber": near}) == found
    mountain = place("Ber", "MT", "T", lat=16.0, lon=0.0)
    assert named("in Gao , Ber and Kidal", refs={"Ber": mountain}) == "Gao Ber Kidal"


def test_names_of_no_known_place_are_places_of_a_list() -> None:
    s = read("in/IN/dep/0 Gao/NN/dep/0 ,/,/dep/0 Kidal/NN/dep/0 and/CC/dep/0 Mopti/NN/dep/0")
    toponyms = [replace(name(s, word), place=None) for word in ("Gao", "Kidal", "Mopti")]
    assert [one.members for one in lists(s, toponyms, [0, 1, 2])] == [(0, 1, 2)]


@pytest.mark.parametrize(("gone", "left"), [(0, (0, 1, 2)), (1, (0, 1, 2)), (2, (0, 1, 2))])
def test_names_known_and_unknown_are_places_of_one_list(gone: int, left: tuple[int, ...]) -> None:
    s = read("in/IN/dep/0 Gao/NN/dep/0 ,/,/dep/0 Kidal/NN/dep/0 and/CC/dep/0 Mopti/NN/dep/0")
    toponyms = [name(s, word, REFS[word]) for word in ("Gao", "Kidal", "Mopti")]
    toponyms[gone] = replace(toponyms[gone], place=None)
    assert [one.members for one in lists(s, toponyms, [0, 1, 2])] == [left]


def test_a_list_is_in_the_order_of_the_text() -> None:
    s = read("in/IN/dep/0 Gao/NN/dep/0 ,/,/dep/0 Kidal/NN/dep/0 and/CC/dep/0 Mopti/NN/dep/0")
    toponyms = [name(s, word, REFS[word]) for word in ("Kidal", "Mopti", "Gao")]
    assert [one.members for one in lists(s, toponyms, [0, 1, 2])] == [(2, 0, 1)]


def test_a_name_within_a_name_is_not_counted() -> None:
    s = read("in/IN/dep/0 Gao/NN/dep/0 and/CC/dep/0 Kidal/NN/dep/0")
    gao, kidal = name(s, "Gao"), name(s, "Kidal")
    whole = replace(kidal, start=gao.start, text="Gao and Kidal")
    assert lists(s, [gao, kidal, whole], [0, 1, 2]) != []
    assert lists(s, [whole, kidal], [0, 1]) == []


@pytest.mark.parametrize(
    ("first", "km", "left"),
    [("Mali", 0.0, "Mali"), ("Gao", 500.0, None), ("Gao", 60.0, "Gao"), ("Gao", 5.0, "Gao")],
)
def test_one_of_two_is_as_near_the_one_as_the_other_is_far(first: str, km: float, left: str | None) -> None:
    s = read(f"between/IN/dep/0 {first}/NN/dep/0 and/CC/dep/0 Kidal/NN/dep/0")
    one = REFS[first]
    other = place("Kidal", lat=one.lat + km / 111.195, lon=one.lon)
    toponyms = [name(s, first, one), name(s, "Kidal", other)]
    before = Placing((), located(one, basis="stated"), "why", 0)
    found = locating._open(before, Named((0, 1), True), toponyms)
    if first == "Mali":
        assert found is before, "an area is no nearer than it is"
    elif left is None:
        assert (found.location, found.why) == (None, 'the text leaves open where between "Gao" and "Kidal"')
    else:
        assert found.location is not None
        assert (found.location.name, found.location.precision) == (left, "near")
        assert found.location.radius_km == pytest.approx(km, abs=0.1)
