"""Linking events to places and to each other, piece by piece: sentences made by hand, models with one weight."""

# ruff: noqa: ARG005, E501

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.events import blocking, linkage, linking
from mapper.events import locate as locating
from mapper.events.candidate import Candidate
from mapper.events.key import Key
from mapper.events.linking import Model
from mapper.events.locate import NEAR_KM, Placing, located, place, precision_of
from mapper.events.syntax import Sentence, Token
from mapper.events.visits import site_visited
from mapper.model import Actor, PlaceRef, Span, Toponym

# ---- sentences by hand


def tree(*words: tuple[str, str, str, int], shouted: bool = False) -> tuple[str, Sentence]:
    """A text and its sentence from (word, tag, relation, head)."""
    text, tokens = "", []
    for i, (word, tag, dep, head) in enumerate(words):
        start = len(text) + (1 if text else 0)
        text = f"{text} {word}".strip()
        tokens.append(Token(i, word, word.lower(), tag, dep, head, start, start + len(word)))
    return text, Sentence(Span(start=0, end=len(text)), "body", tokens, shouted=shouted)


def where(name: str, code: str = "PPL", kind: str = "P", country: str | None = "ML") -> PlaceRef:
    return PlaceRef(
        id=f"p:{name.lower()}", name=name, lat=1.0, lon=2.0, country_code=country, feature_class=kind, feature_code=code,
        footprint="point" if kind in "PS" else "area",
    )  # fmt: skip


MALI = where("Mali", "PCLI", "A")
KIDAL_REGION = where("Kidal Region", "ADM1", "A")
GAO = where("Gao")


def named(text: str, name: str, ref: PlaceRef | None, kind: str = "literal") -> Toponym:
    start = text.index(name)
    return Toponym(start=start, end=start + len(name), text=name, kind=kind, place=ref, confidence=0.9)  # type: ignore[arg-type]


def event(s: Sentence, word: int, kind: str = "ASSAULT", **changes: object) -> Candidate:
    t = s.tokens[word]
    plain = Candidate(
        word=word, anchor=word, span=Span(start=t.start, end=t.end), type=kind, mode=None, status="reported",
        tense="past", confidence=0.8, why="",
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test's shorthand


def model(threshold: float = 0.5, **weights: float) -> Model:
    """A model that knows these features alone: "in" for ``prep=in``."""
    return Model(
        bias=-1.0, weights={f"prep={name}": value for name, value in weights.items()}, base=0.0, rate=1.0, trees=(),
        second_base=0.0, second=(), threshold=threshold,
    )  # fmt: skip


ATTACK = (("Gunmen", "NNS", "nsubj", 1), ("attacked", "VBD", "ROOT", 1), ("soldiers", "NNS", "dobj", 1))


def put(
    words: tuple[tuple[str, str, str, int], ...],
    places: dict[str, PlaceRef | None],
    word: int = 1,
    *,
    kinds: dict[str, str] | None = None,
    shouted: bool = False,
    using: Model | None = None,
    within: Callable[[str, str], bool] | None = None,
    **changes: Any,
) -> Placing:
    text, s = tree(*words, shouted=shouted)
    toponyms = [named(text, name, ref, (kinds or {}).get(name, "literal")) for name, ref in places.items()]
    c = event(s, word, **changes)
    return place(s, c, toponyms, range(len(toponyms)), within=within, using=using or model(**{"in": 3.0, "near": 3.0}))


def roles(found: Placing) -> list[str]:
    return [p.role for p in found.places]


# ---- where it happened


@pytest.mark.parametrize(("preposition", "precision"), [("in", "settlement"), ("near", "near")])
def test_where_it_happened(preposition: str, precision: str) -> None:
    found = put((*ATTACK, (preposition, "IN", "prep", 1), ("Gao", "NNP", "pobj", 3)), {"Gao": GAO})
    assert roles(found) == ["happened_at"]
    assert found.location == located(GAO, basis="stated", preposition=preposition)
    assert (found.location.precision if found.location else "", found.toponym) == (precision, 0)
    assert found.why == f'"{preposition} Gao" beside the trigger'


def test_a_name_below_the_threshold_is_only_mentioned() -> None:
    words = (*ATTACK, ("in", "IN", "prep", 1), ("Gao", "NNP", "pobj", 3))
    probability = 1 / (1 + math.exp(-3))
    assert roles(put(words, {"Gao": GAO}, using=model(probability, **{"in": 4.0}))) == ["happened_at"]
    found = put(words, {"Gao": GAO}, using=model(probability + 1e-9, **{"in": 4.0}))
    assert (roles(found), found.location, found.why, found.toponym) == (["mentioned"], None, "", None)


def test_no_names_no_place() -> None:
    assert put(ATTACK, {}) == Placing((), None, "")


def test_the_finest_of_several_and_a_container_yields() -> None:
    words = (
        *ATTACK, ("in", "IN", "prep", 1), ("Gao", "NNP", "pobj", 3), ("in", "IN", "prep", 1), ("Mali", "NNP", "pobj", 5),
    )  # fmt: skip
    found = put(words, {"Gao": GAO, "Mali": MALI})
    assert (found.toponym, roles(found)) == (0, ["happened_at", "mentioned"])
    found = put(words, {"Mali": MALI, "Gao": GAO})
    assert found.toponym == 1


def test_what_the_gazetteer_puts_inside_is_finer_whatever_its_kind() -> None:
    words = (
        *ATTACK, ("in", "IN", "prep", 1), ("Gao", "NNP", "pobj", 3), ("in", "IN", "prep", 1), ("Kidal", "NNP", "pobj", 5),
    )  # fmt: skip
    region = where("Kidal", "ADM2", "A", "NE")
    inside = put(
        words, {"Gao": GAO, "Kidal": region}, within=lambda inner, outer: (outer, inner) == (GAO.id, region.id)
    )
    assert inside.toponym == 1
    assert put(words, {"Gao": GAO, "Kidal": region}, within=lambda inner, outer: False).toponym == 0


def test_a_country_holds_its_own_places_and_no_others() -> None:
    words = (
        *ATTACK, ("in", "IN", "prep", 1), ("Mali", "NNP", "pobj", 3), ("in", "IN", "prep", 1), ("Sahel", "NNP", "pobj", 5),
    )  # fmt: skip
    sahel = where("Sahel", "RGN", "L")
    assert put(words, {"Mali": MALI, "Sahel": replace(sahel, country_code="ML")}).toponym == 1, "regions are finer"
    assert put(words, {"Mali": MALI, "Sahel": replace(sahel, country_code=None)}).toponym == 0, "but wide ones are not"
    gulf = replace(sahel, country_code=None, feature_class="H", feature_code="GULF")
    assert put(words, {"Mali": MALI, "Sahel": gulf}).toponym == 1, "a sea says where off a country it was"
    niger = where("Sahel", "PCLI", "A", "NE")
    assert put(words, {"Mali": MALI, "Sahel": niger}).toponym == 0, "of equals the first"


def test_between_equals_the_likelier_then_the_first() -> None:
    words = (
        *ATTACK, ("at", "IN", "prep", 1), ("Gao", "NNP", "pobj", 3), ("in", "IN", "prep", 1), ("Kidal", "NNP", "pobj", 5),
    )  # fmt: skip
    places = {"Gao": GAO, "Kidal": where("Kidal")}
    assert put(words, places, using=model(**{"in": 4.0, "at": 3.0})).toponym == 1
    assert put(words, places, using=model(**{"in": 3.0, "at": 4.0})).toponym == 0
    assert put(words, places, using=model(**{"in": 4.0, "at": 4.0})).toponym == 0


def test_an_unresolved_place_is_put_into_what_is_named_around_it() -> None:
    words = (
        *ATTACK, ("in", "IN", "prep", 1), ("Zed", "NNP", "pobj", 3), ("in", "IN", "prep", 4), ("Mali", "NNP", "pobj", 5),
    )  # fmt: skip
    text, s = tree(*words)
    toponyms = [named(text, "Zed", None), named(text, "Mali", MALI)]
    both = place(s, event(s, 1), toponyms, [0, 1], using=model(0.5, **{"in": 4.0}))
    assert [p.role for p in both.places] == ["happened_at", "happened_at"]
    assert both.toponym == 1
    assert place(s, event(s, 1), [named(text, "Zed", None)], [0], using=model(**{"in": 4.0})).location is None


def test_capitals_make_do_with_the_name_that_stands_out() -> None:
    words = (*ATTACK, ("in", "IN", "prep", 1), ("Gao", "NNP", "pobj", 3))
    faint = model(0.5, **{"in": 0.0})  # 0.27
    assert put(words, {"Gao": GAO}, using=faint).location is None
    assert put(words, {"Gao": GAO}, using=faint, shouted=True).location is not None
    assert put(words, {"Gao": GAO}, using=faint, shouted=True, kind="AGREE").location is None
    assert put(words, {"Gao": GAO}, using=model(0.5, **{"in": -0.5}), shouted=True).location is None
    assert put(words, {"Gao": GAO}, using=faint, shouted=True, kinds={"Gao": "demonym"}).location is None
    assert put(ATTACK, {}, using=faint, shouted=True).location is None


@pytest.mark.parametrize(
    ("kind", "preposition", "type_", "holds"),
    [
        ("literal", "in", "ASSAULT", True),
        ("demonym", "in", "ASSAULT", False),
        ("metonym", "in", "CONSULT", True),
        ("metonym", "with", "ASSAULT", True),
        ("metonym", "with", "CONSULT", False),
    ],
)
def test_which_readings_of_a_name_can_hold_an_event(kind: str, preposition: str, type_: str, holds: bool) -> None:
    words = (*ATTACK, (preposition, "IN", "prep", 1), ("Gao", "NNP", "pobj", 3))
    using = model(**{preposition: 3.0})
    found = put(words, {"Gao": GAO}, kinds={"Gao": kind}, using=using, kind=type_)
    assert (found.location is not None) is holds


def test_a_government_that_acts_is_no_place() -> None:
    words = (("Mali", "NNP", "nsubj", 1), ("attacked", "VBD", "ROOT", 1), ("rebels", "NNS", "dobj", 1))
    using = replace(model(), bias=2.0)
    assert put(words, {"Mali": MALI}, kinds={"Mali": "metonym"}, using=using).location is None


@pytest.mark.parametrize(("mode", "placed"), [("visit", True), ("meet", False), (None, False)])
def test_a_country_is_visited_and_its_government_met(mode: str | None, placed: bool) -> None:
    words = (("Envoys", "NNS", "nsubj", 1), ("visited", "VBD", "ROOT", 1), ("Mali", "NNP", "dobj", 1))
    using = replace(model(), bias=2.0)
    found = put(words, {"Mali": MALI}, kinds={"Mali": "metonym"}, using=using, kind="CONSULT", mode=mode)
    assert (found.location is not None) is placed


def test_a_probability_that_settles_it_overrules_the_reading() -> None:
    words = (*ATTACK, ("in", "IN", "prep", 1), ("Gao", "NNP", "pobj", 3))
    for weight, placed in ((9.0, True), (3.0, False)):
        found = put(words, {"Gao": GAO}, kinds={"Gao": "demonym"}, using=model(**{"in": weight}))
        assert (found.location is not None) is placed
    subject = (("Gao", "NNP", "nsubj", 1), ("attacked", "VBD", "ROOT", 1), ("soldiers", "NNS", "dobj", 1))
    likely = replace(model(), bias=2.0)
    assert put(subject, {"Gao": GAO}, using=likely).location is not None, "a literal place, whatever its part"
    assert put(subject, {"Gao": GAO}, using=likely, kinds={"Gao": "metonym"}).location is None


def test_a_government_in_another_phrase_is_not_where_words_were_said() -> None:
    words = (*ATTACK, ("with", "IN", "prep", 1), ("Mali", "NNP", "pobj", 3))
    found = put(
        words, {"Mali": MALI}, kinds={"Mali": "metonym"}, using=model(**{"with": 3.0}), kind="CONSULT", mode="visit"
    )
    assert found.location is None


AROUND = [
    # distance, preposition of what is around, its kind, a verb between, found
    (1, "in", "literal", False, True), (1, "of", "literal", False, True), (1, "in", "metonym", False, True),
    (1, "with", "literal", False, False), (1, "in", "demonym", False, False), (3, "in", "literal", False, True),
    (4, "in", "literal", False, False), (1, "in", "literal", True, False), (-1, "in", "literal", False, False),
]  # fmt: skip


@pytest.mark.parametrize(("distance", "preposition", "kind", "verb", "found"), AROUND)
def test_what_lies_around_an_unresolved_place(
    distance: int, preposition: str, kind: str, verb: bool, found: bool
) -> None:
    words = list(ATTACK)
    if distance > 0:
        at = len(words)
        words += [("at", "IN", "prep", 1), ("Zed", "NNP", "pobj", at)]
        words += [("said" if verb else "dusty", "VBD" if verb else "JJ", "dep", at + 1)] * distance
        words += [(preposition, "IN", "prep", at + 1), ("Mali", "NNP", "pobj", len(words))]
    else:
        words += [
            (preposition, "IN", "prep", 1),
            ("Mali", "NNP", "pobj", 3),
            ("at", "IN", "prep", 1),
            ("Zed", "NNP", "pobj", 5),
        ]
    text, s = tree(*words)
    toponyms = [named(text, "Zed", None), named(text, "Mali", MALI, kind)]
    using = model(0.5, at=3.0)
    placed = place(s, event(s, 1), toponyms, [0, 1], using=using)
    assert placed.places[0].role == "happened_at"
    assert placed.places[1].role != "happened_at"
    assert (placed.location is not None and placed.location.name == "Mali") is found
    nothing = place(s, event(s, 1), [toponyms[0], replace(toponyms[1], place=None)], [0, 1], using=using)
    assert nothing.location is None


def test_of_names_in_capitals_the_likelier_then_the_first() -> None:
    words = (
        *ATTACK, ("at", "IN", "prep", 1), ("Gao", "NNP", "pobj", 3), ("in", "IN", "prep", 1), ("Kidal", "NNP", "pobj", 5),
    )  # fmt: skip
    places = {"Gao": GAO, "Kidal": where("Kidal")}
    for weights, chosen in (({"in": 0.5, "at": 0.1}, 1), ({"in": 0.1, "at": 0.5}, 0), ({"in": 0.1, "at": 0.1}, 0)):
        found = put(words, places, using=model(0.9, **weights), shouted=True)
        assert found.toponym == chosen
        assert roles(found).count("happened_at") == 1
    both = put(words, places, using=model(**{"in": 3.0, "at": 2.5}), shouted=True)
    assert roles(both) == ["happened_at", "happened_at"]


FINENESS = [
    where("Bridge", "BDG", "S"), GAO, None, where("District", "ADM2", "A"), where("Province", "ADM1", "A"),
    where("Lake", "LK", "H"), where("Niger", "PCLI", "A", "NE"),
]  # fmt: skip


@pytest.mark.parametrize("step", range(6))
def test_each_precision_is_finer_than_the_next(step: int) -> None:
    """exact, settlement, near, second and first level, region, country: the finer wins over the likelier."""
    near = where("Near")
    finer, coarser = FINENESS[step] or near, FINENESS[step + 1] or near
    words = (
        *ATTACK, ("near" if coarser is near else "in", "IN", "prep", 1), (coarser.name, "NNP", "pobj", 3),
        ("near" if finer is near else "at", "IN", "prep", 1), (finer.name, "NNP", "pobj", 5),
    )  # fmt: skip
    found = put(words, {coarser.name: coarser, finer.name: finer}, using=model(**{"in": 3.0, "near": 2.5, "at": 2.0}))
    assert found.toponym == 1


def test_two_mentions_of_one_place_do_not_hold_each_other() -> None:
    words = (
        *ATTACK, ("in", "IN", "prep", 1), ("Gao", "NNP", "pobj", 3), ("in", "IN", "prep", 1), ("Niger", "NNP", "pobj", 5),
        ("in", "IN", "prep", 1), ("Gawo", "NNP", "pobj", 7),
    )  # fmt: skip
    places = {"Gao": GAO, "Niger": where("Niger", "PCLI", "A", "NE"), "Gawo": GAO}
    assert put(words, places, within=lambda inner, outer: inner == outer).toponym == 0


def test_the_shipped_model_is_used_where_no_other_is_given() -> None:
    text, s = tree(*ATTACK, ("in", "IN", "prep", 1), ("Gao", "NNP", "pobj", 3))
    toponyms = [named(text, "Gao", GAO)]
    shipped = place(s, event(s, 1), toponyms, [0])
    assert shipped == place(s, event(s, 1), toponyms, [0], using=linking.model())
    assert linking.score(s, event(s, 1), toponyms, [0]) == linking.score(
        s, event(s, 1), toponyms, [0], using=linking.model()
    )


def test_what_is_resolved_comes_before_what_is_not() -> None:
    unknown, known = named("Gao", "Gao", None), named("Gao", "Gao", GAO)
    found = [linking.Scored(toponym=n, probability=p, why="", preposition="in") for n, p in ((0, 0.9), (1, 0.6))]
    assert locating._finest(found, [unknown, known], None).toponym == 1
    assert locating.holds(MALI, None, None) is False
    assert locating.holds(MALI, GAO, None) is True
    assert locating.holds(MALI, where("Niamey", country="NE"), None) is False
    assert locating.holds(GAO, where("Gawo"), None) is False
    assert locating.holds(MALI, where("Mali again", "PCLI", "A"), None) is False


# ---- the other roles

FLEE = (("Villagers", "NNS", "nsubj", 1), ("fled", "VBD", "ROOT", 1))


@pytest.mark.parametrize(
    ("preposition", "role"),
    [
        ("from", "origin"), ("out", "origin"), ("to", "destination"), ("into", "destination"), ("for", "destination"),
        ("toward", "destination"), ("towards", "destination"), ("with", "mentioned"), ("of", "mentioned"),
    ],
)  # fmt: skip
def test_whence_and_whither(preposition: str, role: str) -> None:
    found = put((*FLEE, (preposition, "IN", "prep", 1), ("Gao", "NNP", "pobj", 2)), {"Gao": GAO}, kind="RETREAT")
    assert (roles(found), found.location) == ([role], None)


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        ("AID", "destination"), ("AGREE", "destination"), ("CONSULT", "destination"), ("MOBILIZE", "destination"),
        ("RETREAT", "destination"), ("ASSAULT", "mentioned"),
    ],
)  # fmt: skip
def test_whither_by_what_is_done(kind: str, role: str) -> None:
    words = (
        ("They", "PRP", "nsubj", 1),
        ("spoke", "VBD", "ROOT", 1),
        ("to", "IN", "prep", 1),
        ("Gao", "NNP", "pobj", 2),
    )
    assert roles(put(words, {"Gao": GAO}, kind=kind)) == [role]


@pytest.mark.parametrize("kind", ["demonym", "embedded"])
def test_names_that_are_no_places_have_no_part(kind: str) -> None:
    words = (*FLEE, ("from", "IN", "prep", 1), ("Gao", "NNP", "pobj", 2))
    assert roles(put(words, {"Gao": GAO}, kinds={"Gao": kind})) == ["mentioned"]


def test_a_name_on_another_verb_has_no_part_in_this_event() -> None:
    words = (
        ("Gunmen", "NNS", "nsubj", 1), ("attacked", "VBD", "ROOT", 1), ("and", "CC", "cc", 1), ("fled", "VBD", "conj", 1),
        ("to", "IN", "prep", 3), ("Gao", "NNP", "pobj", 4),
    )  # fmt: skip
    assert roles(put(words, {"Gao": GAO}, kind="RETREAT")) == ["mentioned"]
    assert roles(put(words, {"Gao": GAO}, word=3, kind="RETREAT")) == ["destination"]
    assert roles(put(words, {"Gao": GAO}, anchor=3, kind="RETREAT")) == ["destination"]


@pytest.mark.parametrize(("dep", "role"), [("prep", "origin"), ("dative", "origin"), ("agent", "mentioned")])
def test_a_part_hangs_by_a_preposition(dep: str, role: str) -> None:
    assert roles(put((*FLEE, ("from", "IN", dep, 1), ("Gao", "NNP", "pobj", 2)), {"Gao": GAO}, kind="RETREAT")) == [
        role
    ]


@pytest.mark.parametrize(("depth", "role"), [(0, "origin"), (1, "origin"), (2, "origin"), (3, "mentioned")])
def test_a_name_deep_in_others_has_no_part(depth: int, role: str) -> None:
    words = [*FLEE, ("from", "IN", "prep", 1)]
    chain = [("Gao", "NNP", "pobj" if not depth else "compound", 2 if not depth else 4)]
    for n in range(depth):
        last = n == depth - 1
        chain.append((("Old", "New", "Upper")[n], "NNP", "pobj" if last else "compound", 2 if last else 5 + n))
    assert roles(put((*words, *chain), {"Gao": GAO}, kind="RETREAT")) == [role]


def test_who_is_sent_goes_there_whatever_the_kind() -> None:
    words = (
        ("They", "PRP", "nsubj", 1),
        ("deployed", "VBD", "ROOT", 1),
        ("to", "IN", "prep", 1),
        ("Gao", "NNP", "pobj", 2),
    )
    assert roles(put(words, {"Gao": GAO}, kind="ASSAULT")) == ["destination"]


def test_troops_that_come_from_one_place_and_go_to_another_are_there() -> None:
    words = (
        ("They", "PRP", "nsubj", 1), ("went", "VBD", "ROOT", 1), ("from", "IN", "prep", 1), ("Kidal", "NNP", "pobj", 2),
        ("to", "IN", "prep", 1), ("Gao", "NNP", "pobj", 4),
    )  # fmt: skip
    found = put(words, {"Kidal": where("Kidal"), "Gao": GAO}, kind="MOBILIZE")
    assert (roles(found), found.toponym) == (["origin", "destination"], 1)


@pytest.mark.parametrize("preposition", ["in", "at", "from"])
def test_where_those_who_tell_are(preposition: str) -> None:
    words = (
        ("Gunmen", "NNS", "nsubj", 1), ("attacked", "VBD", "ccomp", 3), ("police", "NNS", "nsubj", 3),
        ("said", "VBD", "ROOT", 3), (preposition, "IN", "prep", 3), ("Gao", "NNP", "pobj", 4),
    )  # fmt: skip
    assert roles(put(words, {"Gao": GAO}, using=model())) == ["statement_at"]


def test_where_words_were_said() -> None:
    words = (
        ("Gunmen", "NNS", "nsubj", 1), ("attacked", "VBD", "ccomp", 3), ("police", "NNS", "nsubj", 3),
        ("said", "VBD", "ROOT", 3), ("in", "IN", "prep", 3), ("Gao", "NNP", "pobj", 4),
    )  # fmt: skip
    assert roles(put(words, {"Gao": GAO}, using=model())) == ["statement_at"]
    about = (*words[:4], ("about", "IN", "prep", 3), words[5])
    assert roles(put(about, {"Gao": GAO}, using=model())) == ["mentioned"]
    ran = (*words[:3], ("ran", "VBD", "ROOT", 3), *words[4:])
    assert roles(put(ran, {"Gao": GAO}, using=model())) == ["mentioned"]


@pytest.mark.parametrize(("kind", "mode", "placed"), [("MOBILIZE", None, True), ("AID", None, True), ("CONSULT", "visit", True), ("AGREE", "sign", False)])  # fmt: skip
def test_where_troops_aid_and_visitors_went_is_where_it_was(kind: str, mode: str | None, placed: bool) -> None:
    words = (
        ("They", "PRP", "nsubj", 1),
        ("went", "VBD", "ROOT", 1),
        ("to", "IN", "prep", 1),
        ("Gao", "NNP", "pobj", 2),
    )
    found = put(words, {"Gao": GAO}, kind=kind, mode=mode)
    assert roles(found) == ["destination"]
    assert (found.location is not None) is placed
    assert put(words, {"Gao": GAO}, kind=kind, mode=mode, kinds={"Gao": "metonym"}).location is None
    assert put(words, {"Gao": None}, kind=kind, mode=mode).location is None


# ---- precision


@pytest.mark.parametrize(
    ("ref", "preposition", "precision", "radius", "codes"),
    [
        (MALI, "near", "country", None, (3, 6)),
        (where("A", "PCLS", "A"), "", "country", None, (3, 6)),
        (KIDAL_REGION, "near", "admin1", None, (3, 4)),
        (where("D", "ADM2", "A"), "", "admin2", None, (2, 3)),
        (where("S", "RGN", "L"), "", "region", None, (3, 5)),
        (where("S", "RGN", "L", None), "", "region", None, (3, 7)),
        (replace(where("S", "RGN", "P"), footprint="point"), "in", "region", None, (3, 5)),
        (replace(where("S", "CONT", "P"), footprint="point"), "in", "region", None, (3, 5)),
        (replace(where("S"), id="region:sahel"), "in", "region", None, (3, 5)),
        (replace(where("N", "STM", "H"), footprint="line"), "", "region", None, (3, 5)),
        (GAO, "", "settlement", None, (1, 1)),
        (GAO, "in", "settlement", None, (1, 1)),
        (GAO, "near", "near", 25.0, (2, 2)),
        (GAO, "outside", "near", 15.0, (2, 2)),
        (GAO, "around", "near", 25.0, (2, 2)),
        (GAO, "off", "near", 50.0, (2, 2)),
        (where("B", "BDG", "S"), "at", "exact", None, (1, 1)),
    ],
)
def test_precision_is_no_finer_than_what_is_named(
    ref: PlaceRef, preposition: str, precision: str, radius: float | None, codes: tuple[int, int]
) -> None:
    assert precision_of(ref, preposition) == (precision, radius)
    found = located(ref, basis="inherited", preposition=preposition)
    assert (found.precision, found.radius_km) == (precision, radius)
    assert (found.acled_geo_precision, found.ucdp_where_prec) == codes
    assert (found.place_id, found.name, found.lat, found.lon) == (ref.id, ref.name, 1.0, 2.0)
    assert (found.country_code, found.footprint, found.basis) == (ref.country_code, ref.footprint, "inherited")


def test_words_of_nearness_have_a_reach() -> None:
    assert set(NEAR_KM) == {"near", "outside", "around", "off"}


# ---- the model


def test_the_average_of_both_parts() -> None:
    trees = ([["a", 0.5, 1.0, 3.0], ["b", 0.0, -1.0, ["a", 2.0, 5.0, 7.0]]],)
    m = Model(
        bias=0.5, weights={"a": 2.0}, base=0.25, rate=0.5, trees=tuple(trees[0]), second_base=-1.0,
        second=(["own.p", 0.3, -2.0, 2.0],), threshold=0.5,
    )  # fmt: skip

    def sigmoid(x: float) -> float:
        return 1 / (1 + math.exp(-x))

    assert m.probability({"a": 0.5}) == pytest.approx((sigmoid(1.5) + sigmoid(0.25 + 0.5 * (1.0 - 1.0))) / 2)
    assert m.probability({"a": 2.0, "b": 0.1}) == pytest.approx((sigmoid(4.5) + sigmoid(0.25 + 0.5 * (3.0 + 5.0))) / 2)
    assert m.probability({"a": 2.1, "b": 0.1, "z": 9.0}) == pytest.approx(
        (sigmoid(4.7) + sigmoid(0.25 + 0.5 * (3.0 + 7.0))) / 2
    )
    assert m.reconsidered({"own.p": 0.3}) == pytest.approx(sigmoid(-1.0 + 0.5 * -2.0))
    assert m.reconsidered({"own.p": 0.4}) == pytest.approx(sigmoid(-1.0 + 0.5 * 2.0))
    assert replace(m, second=()).reconsidered({"own.p": 0.4}) == 0.4
    assert replace(m, trees=()).probability({"a": 0.5}) == pytest.approx(sigmoid(1.5))
    assert replace(m, trees=(), bias=1e9).probability({}) == pytest.approx(sigmoid(30.0), abs=1e-15)
    assert replace(m, trees=(), bias=-1e9).probability({}) == pytest.approx(sigmoid(-30.0), rel=1e-12)


def test_the_shipped_model_is_whole() -> None:
    shipped = linking.model()
    assert 0.0 < shipped.threshold < 1.0
    assert len(shipped.weights) > 50
    assert shipped.trees
    assert isinstance(shipped.second, tuple)
    assert shipped is linking.model()
    assert isinstance(shipped.bias + shipped.base + shipped.rate + shipped.second_base, float)


def test_each_name_has_its_probability_and_reason() -> None:
    words = (
        ("In", "IN", "prep", 4), ("Gao", "NNP", "pobj", 0), (",", ",", "punct", 4), ("gunmen", "NNS", "nsubj", 4),
        ("attacked", "VBD", "ROOT", 4), ("Mali", "NNP", "dobj", 4), ("with", "IN", "prep", 5), ("Niger", "NNP", "pobj", 6),
    )  # fmt: skip
    text, s = tree(*words)
    toponyms = [named(text, name, GAO) for name in ("Gao", "Mali", "Niger")]
    using = model(**{"in": 4.0})
    found = linking.score(s, event(s, 4), toponyms, [2, 0, 1], using=using)
    assert [(p.toponym, p.preposition) for p in found] == [(2, "with"), (0, "in"), (1, "")]
    assert [p.why for p in found] == [
        '"with … Niger"',
        '"in Gao" opens the sentence',
        '"Mali" as dobj near the trigger',
    ]
    assert [round(p.probability, 3) for p in found] == [0.269, 0.953, 0.269]
    assert linking.score(s, event(s, 4), toponyms, [], using=using) == []


def test_a_span_without_a_token_is_no_name() -> None:
    _, s = tree(*ATTACK)
    outside = Toponym(start=900, end=903, text="Gao", kind="literal", place=GAO, confidence=0.9)
    assert linking.score(s, event(s, 1), [outside], [0], using=model()) == []


# ---- visits


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("visited the cemetery on Monday", True), ("visited a shoe factory", True), ("visited to the camp", True),
        ("visited Paris", False), ("visited the president", False), ("visited the country", False),
        ("visited the Paris", False), ("visited", False), ("visited the", False), ("visited the in", False),
        ("visited the new cemetery , soldiers", True), ("visited to", False), ("visited gladly the camp", False),
        ("visited the camps' graves 5 soldiers", True), ("visited the wounded", False), ("visited se camp", False), ("visited the hil camp", True), ("visited the provin", True), ("visited The camp", True), ("visited TO the camp", True), ("visited the camp IN Gao", True), ("visited the tROOPS", False), ("visited the well-known troops", False), ("visited an old small round high white stone shed soldiers", True),
        ("visited the big old red brick and camp", True), ("visited an old small round high white stone shed camp", True),
    ],
)  # fmt: skip
def test_sites_and_people(text: str, site: bool) -> None:
    trigger, evidence = Span(start=0, end=len("visited")), Span(start=0, end=len(text))
    assert site_visited("visit", trigger, evidence, (), text) is site
    assert site_visited("meet", trigger, evidence, (), text) is False
    assert site_visited(None, trigger, evidence, (), text) is False


def test_what_stands_behind_the_sentence_is_not_visited() -> None:
    text = "visited the camp soldiers"
    trigger = Span(start=0, end=7)
    assert site_visited("visit", trigger, Span(start=0, end=16), (), text) is True
    assert site_visited("visit", trigger, Span(start=0, end=len(text)), (), text) is False
    for room, seen in ((115, True), (116, False)):
        near = "visited" + " " * room + "the s"
        assert site_visited("visit", trigger, Span(start=0, end=len(near)), (), near) is seen
    far = "visited" + " " * 118 + "the camp"
    assert site_visited("visit", trigger, Span(start=0, end=len(far)), (), far) is False


@pytest.mark.parametrize(
    ("recipients", "site"),
    [
        (["the old factory"], True),
        (["the minister"], False),
        (["Mali"], False),
        (["a camp", "the troops"], False),
        ([" "], None),
    ],
)
def test_who_is_named_as_visited_decides(recipients: list[str], site: bool | None) -> None:
    text = "visited the cemetery"
    span = Span(start=0, end=7)
    people = [Actor(start=0, end=1, text=t, role="recipient") for t in recipients]
    people.append(Actor(start=0, end=1, text="the minister", role="actor"))
    expected = True if site is None else site
    assert site_visited("visit", span, Span(start=0, end=len(text)), people, text) is expected


# ---- which reports are compared

KEY = Key(
    event="e", article="a", sentence=0, type="ASSAULT", mode=None, status="reported", place="p:gao",
    precision="settlement", country="ML", lat=None, lon=None, days=(300, 300), inferred=False, actors=frozenset(),
    recipients=frozenset(), countries=frozenset(), trigger="attack", words=frozenset(),
)  # fmt: skip


def blocks(**changes: object) -> list[tuple[object, ...]]:
    return list(blocking.blocks_of(replace(KEY, **changes)))  # type: ignore[arg-type]  # a test's shorthand


def test_events_of_one_article_share_a_block_of_their_family() -> None:
    (own, *_) = blocks()
    assert own == ("article", own[1], "a")
    assert blocks(place=None) == [own]
    assert blocks(days=None) == [own]
    assert blocks(type="NO SUCH TYPE")[0] == ("article", "NO SUCH TYPE", "a")


@pytest.mark.parametrize(
    ("days", "windows"),
    [
        ((301, 301), [100]), ((300, 300), [100, 99]), ((302, 302), [100, 101]), ((300, 302), [100, 99]),
        ((301, 302), [100, 101]), ((302, 303), [100, 101]), ((300, 331), list(range(100, 111))),
    ],
)  # fmt: skip
def test_days_that_lie_side_by_side_share_a_window(days: tuple[int, int], windows: list[int]) -> None:
    _, *found = blocks(days=days)
    assert [b[-1] for b in found] == windows
    assert {b[0] for b in found} == {"day"}
    assert {b[2] for b in found} == {"ML"}


@given(st.integers(0, 9000), st.integers(0, 1))
def test_neighbouring_days_are_always_compared(day: int, apart: int) -> None:
    one, other = blocks(days=(day, day))[1:], blocks(days=(day + apart, day + apart))[1:]
    assert set(one) & set(other)


def test_long_stretches_are_compared_with_their_equals_alone() -> None:
    (_, found) = blocks(days=(300, 332))
    assert found == ("long", found[1], "ML", 300, 332)


def test_without_a_country_the_place_stands_in() -> None:
    assert blocks(country=None)[1][2] == "p:gao"


def test_all_pairs_of_a_block_once_the_smaller_first() -> None:
    assert list(blocking.compared([5, 2, 9], lambda _: KEY)) == [(2, 5), (5, 9), (2, 9)]
    assert list(blocking.compared([], lambda _: KEY)) == []
    assert sum(1 for _ in blocking.compared(range(blocking.LIMIT), lambda _: KEY)) == 200 * 199 // 2


def test_in_a_crowded_block_neighbours_by_place_type_and_day() -> None:
    count = blocking.LIMIT + 1
    keys = [
        replace(
            KEY,
            place=None if n in (0, 5) else f"{'AZ'[n % 2]}:{(count - n) // 100}",
            type="ASSAULT" if n % 2 else "PROTEST",
            days=None if n % 10 == 1 else (300 - n, 300 - n),
        )
        for n in range(count)
    ]
    pairs = list(blocking.compared(range(count), keys.__getitem__))
    assert len(pairs) == len(set(pairs))
    assert all(a < b for a, b in pairs)
    order = sorted(range(count), key=lambda n: (keys[n].place or "", keys[n].type, keys[n].days or (0, 0), n))
    reach = blocking.LIMIT // 4
    assert set(pairs) == {
        (min(a, b), max(a, b)) for i, a in enumerate(order) for b in order[i + 1 : i + 1 + reach]
    }  # fmt: skip
    assert (blocking.WINDOW, blocking.LIMIT) == (3, 200)


# ---- clusters


def clusters(rows: list[list[float]], join: float = 0.5) -> list[list[int]]:
    return sorted(sorted(m) for m in linkage.average_link(np.array(rows), join))


def test_the_closest_join_first_and_on_average() -> None:
    assert clusters([[1]]) == [[0]]
    assert clusters([[1, 0.5], [0.5, 1]]) == [[0, 1]]
    assert clusters([[1, 0.49], [0.49, 1]]) == [[0], [1]]
    # 0 and 1 join; 2 is near 1 alone: on average (0.9 + 0.2) / 2 = 0.55.
    chain = [[1, 0.95, 0.2], [0.95, 1, 0.9], [0.2, 0.9, 1]]
    assert clusters(chain, 0.55) == [[0, 1, 2]]
    assert clusters(chain, 0.56) == [[0, 1], [2]]


def test_an_average_counts_every_member() -> None:
    # {0, 1, 2} to 3: (0.9 + 0.3 + 0.3) / 3 = 0.5, where an average of averages would say 0.45 or 0.6.
    rows = [[1, 0.99, 0.98, 0.9], [0.99, 1, 0.98, 0.3], [0.98, 0.98, 1, 0.3], [0.9, 0.3, 0.3, 1]]
    assert clusters(rows, 0.499) == [[0, 1, 2, 3]]
    assert clusters(rows, 0.501) == [[0, 1, 2], [3]]


def test_what_is_ruled_out_is_never_in_one_cluster() -> None:
    rows = [[1, 0.9, 0.0], [0.9, 1, 0.9], [0.0, 0.9, 1]]
    assert clusters(rows, 0.1) == [[0, 1], [2]]
    two = [[1, 0.9, 0.8, 0.0], [0.9, 1, 0.8, 0.8], [0.8, 0.8, 1, 0.9], [0.0, 0.8, 0.9, 1]]
    assert clusters(two, 0.1) == [[0, 1], [2, 3]]


@given(
    st.integers(2, 7).flatmap(
        lambda n: st.lists(
            st.lists(st.sampled_from([0.0, 0.2, 0.4, 0.6, 0.8]), min_size=n, max_size=n), min_size=n, max_size=n
        )
    )
)
def test_average_linkage_is_as_by_its_definition(rows: list[list[float]]) -> None:
    n = len(rows)
    full = [[1.0 if i == j else rows[min(i, j)][max(i, j)] for j in range(n)] for i in range(n)]
    found = clusters(full, 0.3)
    assert sorted(i for m in found for i in m) == list(range(n))
    assert not any(full[a][b] == 0.0 for m in found for a in m for b in m)
    for x, one in enumerate(found):
        for other in found[x + 1 :]:
            pairs = [full[a][b] for a in one for b in other]
            assert 0.0 in pairs or sum(pairs) / len(pairs) < 0.3 + 1e-9


def greedy(size: int, edges: list[tuple[int, int]], score: Callable[[int, int], float], join: float = 0.5) -> Any:
    return linkage.greedy_link(range(size), edges, score, join)


def test_a_large_group_joins_along_its_edges() -> None:
    assert greedy(4, [(0, 1), (0, 1), (1, 0), (2, 3)], lambda a, b: 0.9) == [[0, 1], [2, 3]]
    unlike = [(0, 1), (0, 1), (0, 1), (2, 3)]
    assert greedy(4, unlike, lambda a, b: 0.1 if a < 2 else 0.9) == [[0], [1], [2, 3]]
    pairs = [(0, 1), (2, 3), (0, 2)]
    for across, joined in ((0.5, True), (0.49, False)):
        found = greedy(4, pairs, lambda a, b, across=across: 0.9 if {a, b} in ({0, 1}, {2, 3}) else across)
        assert found == ([[0, 1, 2, 3]] if joined else [[0, 1], [2, 3]])
    assert greedy(3, [(2, 1), (1, 0)], lambda a, b: 0.5) == [[0, 1, 2]]
    assert greedy(3, [(2, 1), (1, 0)], lambda a, b: 0.4999) == [[0], [1], [2]]


def test_a_large_group_is_never_joined_over_what_is_ruled_out() -> None:
    def score(a: int, b: int) -> float:
        return 0.0 if {a, b} == {0, 3} else 0.9

    assert greedy(4, [(0, 1), (2, 3), (1, 2)], score) == [[0, 1], [2, 3]]


def test_two_groups_are_compared_once_while_they_stay_as_they_are() -> None:
    asked: list[tuple[int, int]] = []

    def score(a: int, b: int) -> float:
        asked.append((a, b))
        return 0.1

    assert greedy(2, [(0, 1), (0, 1), (0, 1)], score) == [[0], [1]]
    assert asked == [(0, 1)]


def test_groups_are_compared_anew_when_one_has_grown() -> None:
    def score(a: int, b: int) -> float:
        return 0.2 if {a, b} == {0, 1} else 0.9

    # Refused as two; with 2 on the one side the average is 0.55.
    assert greedy(3, [(0, 1), (1, 2), (0, 1)], score) == [[0, 1, 2]]


def test_of_a_large_cluster_a_sample_over_all_of_it_is_asked() -> None:
    asked: set[int] = set()

    def score(a: int, b: int) -> float:
        asked.update(x for x in (a, b) if x != 100)
        return 0.9

    chain = [(n, n + 1) for n in range(24)]
    linkage.greedy_link([*range(25), 100], chain, lambda a, b: 0.9, 0.5)
    linkage.greedy_link([*range(25), 100], [*chain, (0, 100)], lambda a, b: score(a, b) if 100 in (a, b) else 0.9, 0.5)
    assert len(asked) == 12
    assert {0, 24} <= asked
    asked.clear()
    linkage.greedy_link(
        [*range(12), 100], [*chain[:11], (0, 100)], lambda a, b: score(a, b) if 100 in (a, b) else 0.9, 0.5
    )
    assert asked == set(range(12))
    assert linkage.EXACT == 240
