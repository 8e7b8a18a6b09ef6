"""What speaks for two tellings being one event and what rules it out, reason by reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapper.events.key import Key
from mapper.events.similarity import JOIN, ruled_out, similarity

A = Key(
    event="a", article="1", sentence=0, type="ASSAULT", mode=None, status="reported", place="p:gao",
    precision="settlement", country="ML", lat=16.27, lon=-0.04, days=(300, 300), inferred=False, actors=frozenset(),
    recipients=frozenset(), countries=frozenset(), trigger="attack", words=frozenset({"convoy", "road", "market"}),
)  # fmt: skip


def other(**changes: object) -> Key:
    return replace(A, **({"event": "b", "article": "2"} | changes))  # type: ignore[arg-type]  # a test's shorthand


@pytest.mark.parametrize(
    ("mine", "its", "reason"),
    [
        ({}, {"days": (302, 302)}, "different days"),
        ({}, {"days": (301, 301)}, ""),
        ({}, {"country": "NE"}, "different countries"),
        ({}, {"place": "p:far", "lat": 17.0}, "different places"),
        ({}, {"place": "p:near", "lat": 16.4}, ""),
        ({"precision": "near"}, {"place": "p:spot", "lat": 16.6}, ""),
        ({"precision": "admin1"}, {"place": "p:x", "precision": "admin1"}, "different places"),
        ({"precision": "admin2"}, {"place": "p:x", "precision": "admin2"}, "different places"),
        ({"precision": "admin1"}, {"place": "p:x", "precision": "admin2"}, ""),
        ({}, {"status": "denied"}, "one of them did not happen"),
        ({}, {"status": "hypothetical"}, "one of them did not happen"),
        ({"days": None}, {"status": "background"}, "one of them is told as past"),
        ({}, {"status": "background"}, ""),
        ({}, {"type": "ELECTION"}, "different kinds"),
        ({}, {"type": "OTHER"}, ""),
        (
            {"actors": frozenset({"a"}), "recipients": frozenset({"b"})},
            {"actors": frozenset({"b"}), "recipients": frozenset({"a"})},
            "opposite sides",
        ),
        ({"site": True}, {}, "a site visited, someone met"),
        ({"site": True}, {"site": True}, ""),
        (
            {"site": True, "recipients": frozenset({"a"})},
            {"site": True, "recipients": frozenset({"b"})},
            "a site visited, someone met",
        ),
        ({"site": True, "recipients": frozenset({"a"})}, {"site": True, "recipients": frozenset({"a"})}, ""),
        ({"site": True}, {"mode": "visit"}, ""),
        ({"site": True}, {"mode": "visit", "recipients": frozenset({"a"})}, "a site visited, someone met"),
        ({"lat": None}, {"place": "p:far"}, ""),
    ],
)
def test_what_rules_it_out(mine: dict[str, object], its: dict[str, object], reason: str) -> None:
    a, b = replace(A, **mine), other(**its)  # type: ignore[arg-type]  # a test's shorthand
    assert ruled_out(a, b) == ruled_out(b, a) == reason
    if reason:
        assert similarity(a, b) == (0.0, reason)
    else:
        assert similarity(a, b)[0] > 0.0


def test_a_country_s_toll_is_not_that_of_one_of_its_towns() -> None:
    nation = replace(A, place="p:mali", precision="country", sentence=0)
    town = other(article="1", sentence=4, trigger="stab", words=frozenset({"guard"}))
    assert similarity(nation, town)[0] < JOIN
    toll = (("killed", 12, 12),)
    assert similarity(replace(nation, figures=toll), replace(town, figures=toll))[0] > JOIN
    shared = frozenset({"attack"})
    assert similarity(replace(nation, lemmas=shared), replace(town, lemmas=shared))[0] > JOIN


def test_within_one_article() -> None:
    same = {"article": "1"}
    assert ruled_out(A, other(**same)) == "told apart in one sentence"
    assert ruled_out(replace(A, type="CONSULT"), other(**same, type="CONSULT")) == ""
    assert ruled_out(A, other(**same, sentence=1, days=(301, 301))) == "different days"
    assert ruled_out(A, other(**same, sentence=1, days=(301, 301), inferred=True)) == ""
    assert ruled_out(A, other(**same, sentence=1, days=(301, 301), mode="visit")) == ""


def test_two_languages_are_compared_by_facts_alone() -> None:
    french = other(language="fr", words=frozenset({"convoi"}))
    english = replace(A, language="en")
    score, why = similarity(english, french)
    assert score > 0.0
    assert why.startswith("two languages, same type")
    told = "told in two languages, without the same kind, place and day"
    for change in ({"type": "PROTEST"}, {"place": None}, {"days": None}):
        assert similarity(english, replace(french, **change)) == (0.0, told)  # type: ignore[arg-type]
    assert similarity(english, replace(french, days=(310, 310))) == (0.0, "different days")


def scored(**changes: object) -> float:
    return similarity(
        replace(A, **{k: v[0] for k, v in changes.items()}), other(**{k: v[1] for k, v in changes.items()})
    )[0]  # type: ignore[index, arg-type]


def test_what_speaks_for_it_and_what_against() -> None:
    plain = scored()
    assert (
        scored(named=(frozenset({"x"}), frozenset({"x"}))) > plain > scored(named=(frozenset({"x"}), frozenset({"y"})))
    )
    assert scored(sides=(frozenset({"KE"}), frozenset({"GH"}))) < plain
    assert scored(figures=((("killed", 5, 5),), (("killed", 5, 5),))) > plain
    assert scored(figures=((("killed", 5, 5),), (("killed", 7, 7),))) < plain
    assert scored(figures=((("killed", 5, 5),), (("killed", 50, 50),))) < scored(
        figures=((("killed", 5, 5),), (("killed", 7, 7),))
    )
    assert scored(figures=((("killed", 5, 5),), (("wounded", 50, 50),))) == plain
    some = frozenset({"ambush", "bridge", "dusk"})
    assert scored(distinct=(some, some)) > plain > scored(distinct=(some, frozenset({"mine", "bus", "noon"})))
    assert scored(days=((300, 300), (301, 301))) < plain
    assert scored(days=((300, 301), (301, 301))) < plain


def test_words_decide_where_nothing_else_can() -> None:
    bare = {"place": None, "days": None, "country": None, "lat": None, "lon": None, "precision": None}
    a, b = replace(A, **bare), other(**bare)  # type: ignore[arg-type]
    assert similarity(a, b)[1] == "alike in words"
    assert similarity(a, b)[0] > similarity(a, replace(b, words=frozenset({"none"}), trigger="vote"))[0]
    assert similarity(a, replace(b, status="denied")) == (0.0, "one of them did not happen")
    dated = {"place": None, "country": None, "lat": None, "lon": None, "precision": None}
    assert similarity(replace(A, **dated), other(**dated))[0] > 0.0  # type: ignore[arg-type]


def test_an_article_tells_its_event_again_in_another_sentence() -> None:
    def score(**changes: object) -> float:
        return similarity(replace(A, type=changes.get("type", A.type)), other(article="1", **changes))[0]  # type: ignore[arg-type]

    assert score(type="CONSULT", sentence=0) < score(type="CONSULT", sentence=1)
    assert score(sentence=1, trigger="killed") > 0.5
    assert score(sentence=1, days=(299, 300)) < score(sentence=1)
