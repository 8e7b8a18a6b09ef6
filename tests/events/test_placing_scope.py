"""What the words between two names say of them, and which phrase a name stands in."""

from __future__ import annotations

import pytest

from mapper import language
from mapper.events.placing_scope import between, outer_preposition, surface
from mapper.events.syntax import Sentence, parse
from mapper.model import Span


def read(text: str) -> Sentence:
    if not language.installed():
        pytest.skip("the English language model is not installed")
    return parse([(text, Span(start=0, end=len(text)), "body")])[0]


def span(text: str, name: str) -> Span:
    return Span(start=text.index(name), end=text.index(name) + len(name))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A bomb went off in Alba, Zubia, on Monday.", "in"),
        ("A bomb went off in Alba (Zubia) on Monday.", "in"),
        ("A mortar hit the Alba neighbourhood in central Zubia.", "in"),
        ("They took the village of Alba in the west of Zubia.", "in"),
        ("They shelled Alba, a town near Zubia.", "near"),
        ("They shelled Alba from Zubia.", "near"),
        ("They shelled Zubia's Alba district.", "whose"),
        ("They shelled Alba's Zubia district.", "whose"),
        ("They shelled Alba and then marched on Zubia.", ""),
        ("They shelled Alba while ministers met in Zubia.", ""),
        ("They shelled Alba and Zubia.", ""),
    ],
)
def test_what_two_names_are_to_each_other(text: str, said: str) -> None:
    assert between(read(text), *sorted((span(text, "Alba"), span(text, "Zubia")))) == said


def test_only_neighbours_are_asked_about() -> None:
    text = "A bomb went off in Alba, Zubia, near Corda."
    names = (span(text, "Corda"), span(text, "Alba"), span(text, "Zubia"))
    assert surface(read(text), names) == {(1, 2): "in", (2, 0): "near"}


@pytest.mark.parametrize(
    ("text", "preposition"),
    [
        ("Gunmen killed six people in the village of Alba.", "in"),
        ("Gunmen killed six people near the town of Alba.", "near"),
        ("Gunmen killed six people in Alba.", None),
        ("Gunmen killed the mayor of Alba.", None),
    ],
)
def test_the_phrase_that_a_name_belongs_to(text: str, preposition: str | None) -> None:
    s = read(text)
    head = s.head_of(span(text, "Alba"))
    assert head is not None
    outer = outer_preposition(s, s.tokens[head.head])
    assert (outer.lower if outer is not None else None) == preposition
