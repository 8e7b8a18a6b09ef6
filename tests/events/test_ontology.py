"""The ontology is whole: every code maps to a type that exists, every mode of the lexicon belongs to its type."""

from __future__ import annotations

import pytest

from mapper.events.lexicon import lexicon, noun_forms, singular, verb_forms
from mapper.events.plover import ACLED_SUB_EVENTS, CAMEO_ROOTS, FAMILIES, TYPES, from_cameo, quad_class


def test_sixteen_types_and_six_extensions() -> None:
    assert sum(not t.extension for t in TYPES.values()) == 16
    assert {t.name for t in TYPES.values() if t.extension} == {
        "ELECTION",
        "LEADERSHIP_CHANGE",
        "CEREMONY",
        "DISASTER",
        "ACCIDENT",
        "OTHER",
    }
    assert set(FAMILIES) == set(TYPES)


def test_quads_are_four_of_four() -> None:
    counts = {q: sum(quad_class(name) == q for name in TYPES) for q in (1, 2, 3, 4)}
    assert sum(counts.values()) == 16
    assert quad_class("ASSAULT") == 4
    assert quad_class("ELECTION") is None


def test_crosswalks_lead_to_types() -> None:
    assert {t for t in CAMEO_ROOTS.values() if t} <= set(TYPES)
    for type_, mode in ACLED_SUB_EVENTS.values():
        assert mode is None or mode in TYPES[type_].modes


@pytest.mark.parametrize(
    ("code", "type_"), [("0841", "RETREAT"), ("0831", "CONCEDE"), ("190", "ASSAULT"), ("010", None)]
)
def test_cameo_codes(code: str, type_: str | None) -> None:
    assert from_cameo(code) == type_


def test_lexicon_is_large_and_its_types_exist() -> None:
    lex = lexicon()
    assert lex.entries >= 350
    senses = [s for group in lex.verbs.values() for s in group] + [*lex.nouns.values(), *lex.light_nouns.values()]
    senses += [s for group in lex.pairs.values() for _, _, s in group]
    assert {s.type for s in senses} <= set(TYPES)


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
        ("ban", {"bans", "banned", "banning"}),
        ("strike", {"struck", "striking"}),
        ("deny", {"denies", "denied", "denying"}),
        ("overthrow", {"overthrew", "overthrown"}),
        ("free", {"freed", "freeing"}),
    ],
)
def test_verb_forms(lemma: str, forms: set[str]) -> None:
    assert forms <= verb_forms(lemma)


@pytest.mark.parametrize("noun", ["attack", "clash", "country", "bombing", "blast"])
def test_singular_undoes_plural(noun: str) -> None:
    assert {singular(form) for form in noun_forms(noun)} == {noun}
