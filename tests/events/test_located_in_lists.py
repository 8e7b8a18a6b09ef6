"""Where an event is put that is named with several places, or with none that is sure, by sentences made by hand."""

# ruff: noqa: E501 - a sentence is easier to read on one line

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mapper.events import locate as locating
from mapper.events.linking import Model, Scored
from mapper.events.locate import Placing, located, of_list
from mapper.events.locate import place as put
from mapper.events.placing_lists import Named
from mapper.model import PlaceRef, Toponym
from tests.events.by_hand import name, place, read, trigger

GAO, KIDAL, MOPTI = place("Gao", lat=16.0), place("Kidal", lat=18.0), place("Mopti", lat=14.0)
SAHEL, GULF = place("Sahel", "RGN", "L", None), place("Gulf", "GULF", "H", None)
REFS: dict[str, PlaceRef | None] = {
    "Gao": GAO, "Kidal": KIDAL, "Mopti": MOPTI, "Sahel": SAHEL, "Gulf": GULF, "Mali": place("Mali", "PCLI", "A"),
    "Accra": place("Accra", "PPLC", "P", "GH"), "Zed": None, "Desert": place("Desert", "RGN", "L", None), "Ber": place("Ber", lat=16.1),
}  # fmt: skip
HELD = "They/PRP/nsubj/1 attacked/VBD/ROOT/1 "
BOTH = HELD + "in/IN/prep/1 Gao/NNP/pobj/2 and/CC/cc/3 Kidal/NNP/conj/3"


def weighing(**weights: float) -> Model:
    named = {key.replace("_", "."): value for key, value in weights.items() if "_" in key}
    named |= {f"prep={key}": value for key, value in weights.items() if "_" not in key}
    return Model(bias=-1.0, weights=named, base=0.0, rate=1.0, trees=(), second_base=0.0, second=(), threshold=0.5)


def found(
    spec: str, word: str = "attacked", type_: str = "ASSAULT", *, within: Any = None, using: Model | None = None,
    changes: dict[str, dict[str, Any]] | None = None, backwards: bool = False, refs: dict[str, PlaceRef | None] | None = None, **of: Any,
) -> tuple[Placing, list[str]]:  # fmt: skip
    """The placing, with the names of the sentence by their number."""
    s = read(spec)
    known = REFS | (refs or {})
    words = [t.text for t in s.tokens if t.text in known]
    words = words[::-1] if backwards else words
    toponyms = [replace(name(s, w), **({"place": known[w]} | (changes or {}).get(w, {}))) for w in words]
    told = put(
        s, trigger(s, word, type_, **of), toponyms, range(len(words)), within=within, using=using or weighing(**{"in": 3.0})
    )  # fmt: skip
    return told, words


def towns(told: tuple[Placing, list[str]]) -> list[str]:
    first, words = told
    for one in (first, *first.others):
        assert (one.location is None) is (one.toponym is None)
        assert one.places == first.places
        if one.location is not None:
            assert one.location.basis == "stated"
            assert words[one.toponym or 0] == one.location.name
            assert one.location.name in one.why
    return [one.location.name for one in (first, *first.others) if one.location is not None]


@pytest.mark.parametrize(
    ("spec", "where"),
    [
        (BOTH, ["Gao", "Kidal"]),
        (HELD + "in/IN/prep/1 Gao/NNP/pobj/2 Kidal/NNP/conj/3", ["Gao"]),
        (HELD + "in/IN/prep/1 Gao/NNP/pobj/2 ,/,/p/3 Mopti/NNP/conj/3 and/CC/cc/3 Kidal/NNP/conj/5", ["Gao", "Mopti", "Kidal"]),
        # what stands elsewhere in the sentence is no part of the list
        (HELD + "in/IN/prep/1 Gao/NNP/pobj/2 and/CC/cc/3 Kidal/NNP/conj/3 men/NNS/x/1 men/NNS/x/1 in/IN/prep/1 Mopti/NNP/pobj/8", ["Gao", "Kidal"]),
        (HELD + "in/IN/prep/1 Mopti/NNP/pobj/2 men/NNS/x/1 men/NNS/x/1 in/IN/prep/1 Gao/NNP/pobj/6 and/CC/cc/7 Kidal/NNP/conj/7", ["Mopti"]),
        # what is wider than a country is left out where something else is named
        (HELD + "in/IN/prep/1 Gao/NNP/pobj/2 and/CC/cc/3 Sahel/NNP/conj/3", ["Gao"]),
        (HELD + "in/IN/prep/1 Sahel/NNP/pobj/2 and/CC/cc/3 Gao/NNP/conj/3", ["Gao"]),
        (HELD + "in/IN/prep/1 Sahel/NNP/pobj/2 and/CC/cc/3 Desert/NNP/conj/3", ["Sahel", "Desert"]),
        (HELD + "in/IN/prep/1 Gulf/NNP/pobj/2 and/CC/cc/3 Gao/NNP/conj/3", ["Gulf", "Gao"]),
        # in one event's two places
        (HELD + "a/DT/x/1 market/NN/x/1 in/IN/prep/1 Gao/NNP/pobj/4 and/CC/cc/1 a/DT/x/1 mosque/NN/x/1 in/IN/prep/1 Kidal/NNP/pobj/9", ["Gao", "Kidal"]),
    ],
)  # fmt: skip
def test_each_of_a_list_has_its_placing(spec: str, where: list[str]) -> None:
    assert towns(found(spec)) == where


def test_a_list_is_in_the_order_of_the_text() -> None:
    assert towns(found(BOTH, backwards=True)) == ["Gao", "Kidal"]


def test_the_second_place_alone_is_none_of_one_event() -> None:
    spec = (
        HELD
        + "a/DT/x/1 market/NN/x/1 in/IN/prep/1 Gao/NNP/pobj/4 and/CC/cc/1 a/DT/x/1 mosque/NN/x/1 of/IN/prep/1 Kidal/NNP/pobj/9"
    )
    assert towns(found(spec)) == ["Gao"]


@pytest.mark.parametrize(
    ("word", "type_", "joined", "where", "precision"),
    [
        ("quake", "DISASTER", "and", ["Gao"], "settlement"), ("quake", "ASSAULT", "and", ["Gao", "Kidal"], "settlement"),
        ("quake", "DISASTER", "or", ["Gao"], "near"), ("quake", "ASSAULT", "or", ["Gao"], "near"),
    ],
)  # fmt: skip
def test_one_thing_in_several_places(word: str, type_: str, joined: str, where: list[str], precision: str) -> None:
    spec = f"A/DT/det/1 quake/NN/ROOT/1 in/IN/prep/1 Gao/NNP/pobj/2 {joined}/CC/cc/3 Kidal/NNP/conj/3"
    told = found(spec, word, type_)
    assert towns(told) == where
    assert told[0].location is not None
    assert told[0].location.precision == precision


def test_of_a_place_and_what_holds_it_only_one_is_meant() -> None:
    spec = BOTH.replace("and", "or")
    told, _ = found(spec, within=lambda inner, outer: (inner, outer) == ("p:gao", "p:kidal"))
    assert told.location is not None
    assert told.location.precision == "settlement"
    told, _ = found(spec)
    assert told.location is not None
    assert told.location.precision == "near"


def test_what_the_gazetteer_says_is_weighed() -> None:
    spec = "Gao/NNP/nsubj/1 attacked/VBD/ROOT/1 and/CC/cc/1 it/PRP/nsubj/4 took/VBD/conj/1 Kidal/NNP/dobj/4"
    using = weighing(gaz_part=3.0)
    assert towns(found(spec, using=using, within=lambda i, o: (i, o) == ("p:gao", "p:kidal"))) == ["Gao"]
    assert towns(found(spec, using=using)) == []


@pytest.mark.parametrize(("km", "where"), [("239", ["Gao"]), ("240", ["Gao"]), ("241", []), ("1000", [])])
def test_too_far_away_to_say_where(km: str, where: list[str]) -> None:
    spec = HELD + f"{km}/CD/x/1 km/NN/x/1 north/RB/x/1 of/IN/prep/1 Gao/NNP/pobj/5"
    told = found(spec, using=weighing(of=3.0))
    assert towns(told) == where
    assert [p.role for p in told[0].places] == ["happened_at"]
    if where:
        assert told[0].location is not None
        assert (told[0].location.precision, told[0].location.radius_km) == ("near", round(int(km) * 1.25, 1))


@pytest.mark.parametrize(
    ("change", "where"),
    [({}, ["Gao"]), ({"confidence": 0.2}, []), ({"kind": "embedded", "text": "Gao Street"}, []), ({"place": None}, [])],
)
def test_an_unsure_name_puts_nothing_on_the_map(change: dict[str, Any], where: list[str]) -> None:
    told = found(HELD + "in/IN/prep/1 Gao/NNP/pobj/2", changes={"Gao": change}, using=weighing(**{"in": 9.0}))
    assert towns(told) == where
    assert [p.role for p in told[0].places] == ["happened_at"]
    told = found(HELD + "to/IN/prep/1 Gao/NNP/pobj/2", type_="MOBILIZE", changes={"Gao": change})
    assert towns(told) == where


@pytest.mark.parametrize(
    ("change", "where"),
    [({}, ["Accra"]), ({"text": "Accra Street", "kind": "embedded"}, []), ({"confidence": 0.59}, ["Gao"])],
)
def test_what_the_text_says_holds_a_place_astray(change: dict[str, Any], where: list[str]) -> None:
    spec = HELD + "in/IN/prep/1 Gao/NNP/pobj/2 of/IN/prep/3 Accra/NNP/pobj/4"
    assert towns(found(spec, changes={"Accra": change})) == where
    spec = HELD + "in/IN/prep/1 Gao/NNP/pobj/2 of/IN/prep/3 Accra/NNP/pobj/4 men/NNS/x/1 fled/VBD/x/1 Kidal/NNP/x/1"
    assert towns(found(spec, changes={"Accra": change})) == where


def test_a_pair_that_is_not_astray_leaves_the_next_as_it_is() -> None:
    s = read("in/IN/ROOT/0 Kidal/NNP/x/0 near/IN/prep/1 Gao/NNP/pobj/2 of/IN/prep/3 Accra/NNP/pobj/4")
    given = [replace(name(s, w), place=REFS[w]) for w in ("Kidal", "Gao", "Accra")]
    assert locating._astray(s, given, [0, 1, 2]) == {1: 2}
    s = read("in/IN/ROOT/0 Gao/NNP/x/0 district/NN/x/1 of/IN/prep/1 near/IN/prep/1 Accra/NNP/pobj/2")
    assert locating._astray(s, [replace(name(s, w), place=REFS[w]) for w in ("Gao", "Accra")], [0, 1]) == {}
    s = read("in/IN/ROOT/0 Gao/NNP/x/0 east/NN/x/1 in/IN/prep/0 Accra/NNP/pobj/2")
    assert locating._astray(s, [replace(name(s, w), place=REFS[w]) for w in ("Gao", "Accra")], [0, 1]) == {}


def test_what_grammar_rules_out_is_ruled_out() -> None:
    spec = "They/PRP/nsubjpass/1 attacked/VBN/ROOT/1 {}/IN/{}/1 Gao/NNP/pobj/2"
    using = weighing(by=3.0)
    assert towns(found(spec.format("by", "agent"), using=using)) == []
    assert towns(found(spec.format("by", "prep"), using=using)) == ["Gao"]


# ---- what lies around a place that nobody knows


@pytest.mark.parametrize(
    ("steps", "changes", "away", "around"),
    [
        (4, {}, None, True), (5, {}, None, False), (8, {}, 10.0, True), (9, {}, 10.0, False), (1, {"confidence": 0.2}, None, False),
        (1, {"kind": "metonym"}, None, True), (1, {"kind": "demonym"}, None, False), (1, {"place": None}, None, False),
    ],
)  # fmt: skip
def test_what_lies_around_a_name_of_two_words(
    steps: int, changes: dict[str, Any], away: float | None, around: bool
) -> None:
    filler = " ".join(f"x/JJ/x/{n}" for n in range(steps - 1))
    s = read(f"in/IN/ROOT/0 Burning/VBG/amod/2 Zed/NNP/pobj/0 {filler} in/IN/prep/2 Mali/NNP/pobj/{steps + 2}")
    zed = replace(name(s, "Zed"), start=name(s, "Burning").start, text="Burning Zed", place=None)
    mali = replace(name(s, "Mali"), **({"place": REFS["Mali"]} | changes))
    inner = Scored(toponym=0, probability=0.9, why="", preposition="in")
    p = Scored(toponym=1, probability=0.2, why="", preposition="in", away_km=away)
    assert locating._around(s, [zed, mali], [inner], p) is around
    assert locating._around(s, [zed, mali], [], p) is False
    assert locating._around(s, [zed, mali], [inner], replace(p, preposition="of")) is around
    assert locating._around(s, [zed, mali], [inner], replace(p, preposition="near")) is False
    assert locating._around(s, [zed, mali], [p], inner) is False


def test_what_follows_at_once_lies_around_as_well() -> None:
    s = read("in/IN/ROOT/0 Zed/NNP/pobj/0 Mali/NNP/appos/1")
    zed, mali = (
        Scored(toponym=0, probability=0.9, why="", preposition="in"),
        Scored(toponym=1, probability=0.2, why="", preposition="in"),
    )
    toponyms = [replace(name(s, "Zed"), place=None), replace(name(s, "Mali"), place=REFS["Mali"])]
    assert locating._around(s, toponyms, [zed], mali) is True
    assert locating._around(s, toponyms, [mali], mali) is False


@pytest.mark.parametrize(
    ("spec", "mode", "may"),
    [("Gao/NNP/dobj/1", "visit", True), ("Gao/NNP/dobj/1", "meet", False), ("with/IN/prep/1 Gao/NNP/pobj/2", "visit", False)],
)  # fmt: skip
def test_a_visited_country_and_its_government(spec: str, mode: str, may: bool) -> None:
    s = read(HELD + spec)
    t = name(s, "Gao", kind="metonym")
    p = Scored(toponym=0, probability=0.8, why="", preposition="with")
    assert locating._may_hold(s, trigger(s, "attacked", "CONSULT", mode=mode), t, p) is may
    assert locating._may_hold(s, trigger(s, "attacked", "CONSULT"), t, replace(p, probability=0.95)) is True
    assert locating._may_hold(s, trigger(s, "attacked", "CONSULT"), t, replace(p, probability=0.94)) is False
    assert (
        locating._may_hold(s, trigger(s, "attacked"), replace(t, kind="demonym"), replace(p, preposition="in")) is False
    )


# ---- one of several


def between(
    first: PlaceRef | None, second: PlaceRef | None, *, chosen: int | None = 0, **of: Any
) -> tuple[Placing, Placing]:
    s = read("between/IN/ROOT/0 Gao/NNP/pobj/0 and/CC/cc/1 Kidal/NNP/conj/1")
    toponyms = [replace(name(s, "Gao"), place=first), replace(name(s, "Kidal"), place=second)]
    ref = toponyms[chosen or 0].place or first or second
    assert ref is not None
    before = Placing((), located(ref, basis="stated", **of), "as said", chosen)
    return before, of_list(before, Named((0, 1), True), [], toponyms)


def test_between_two_places_it_is_near_either() -> None:
    near = replace(KIDAL, lat=17.0)
    before, told = between(GAO, near)
    assert told.why == 'as said; "Gao" and "Kidal" are both named, so that it is no nearer known'
    assert told.location == replace(
        before.location, precision="near", radius_km=111.2, acled_geo_precision=2, ucdp_where_prec=2  # type: ignore[type-var]
    )  # fmt: skip
    assert told.toponym == 0
    assert between(GAO, near, chosen=1)[1].location == replace(
        told.location, place_id="p:kidal", name="Kidal", lat=17.0
    )  # type: ignore[type-var]
    assert between(GAO, near, chosen=None)[1].location == told.location


@pytest.mark.parametrize(("radius", "km"), [(200.0, 200.0), (50.0, 111.2)])
def test_it_is_no_nearer_than_was_said(radius: float, km: float) -> None:
    _, told = between(GAO, replace(KIDAL, lat=17.0), away_km=radius)
    assert told.location is not None
    assert (told.location.precision, told.location.radius_km) == ("near", km)


@pytest.mark.parametrize(("degrees", "kept"), [(3.59, True), (3.601, False), (3.605, False)])
def test_so_far_apart_that_it_says_too_little(degrees: float, kept: bool) -> None:
    before, told = between(GAO, replace(KIDAL, lat=16.0 + degrees))
    assert (told.location is not None) is kept
    assert told.why == ('as said; "Gao" and "Kidal" are both named, so that it is no nearer known' if kept else 'the text leaves open where between "Gao" and "Kidal"')  # fmt: skip
    assert (told.places, told.toponym) == (before.places, before.toponym)


def test_between_a_place_and_one_that_nobody_knows() -> None:
    _, told = between(GAO, None)
    assert told.location is not None
    assert (told.location.precision, told.location.radius_km) == ("near", 0.0)
    before, told = between(None, GAO)
    assert told is before
    spot = replace(GAO, feature_class="S", feature_code="BDG")
    _, told = between(spot, KIDAL)
    assert told.location is not None
    assert told.location.precision == "near"


def test_an_event_without_a_location_has_none_in_a_list() -> None:
    nowhere = Placing((), None, "", 0)
    s = read("between/IN/ROOT/0 Gao/NNP/pobj/0 and/CC/cc/1 Kidal/NNP/conj/1")
    assert of_list(nowhere, Named((0, 1), True), [], [name(s, "Gao"), name(s, "Kidal")]) is nowhere


def test_forty_names_are_weighed_in_the_order_given() -> None:
    s = read("in/IN/ROOT/0 attacked/VBD/x/0 " + " ".join(f"n{n}/NNP/pobj/0" for n in range(40)))
    toponyms: list[Toponym] = [name(s, f"n{n}") for n in range(40)]
    told = put(s, trigger(s, "attacked"), toponyms, list(reversed(range(40))), using=weighing(**{"in": 3.0}))
    assert [p.toponym for p in told.places] == list(reversed(range(40)))
