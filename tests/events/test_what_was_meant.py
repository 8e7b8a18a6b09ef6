"""What was done, planned, denied or only thought of, by the verbs and prepositions above it; sentences in capitals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mapper import language
from mapper.events.syntax import parse
from mapper.model import Span

Code = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The minister is going to visit Mali.", "planned"),
        ("The minister was going to visit Mali.", "hypothetical"),
        ("The army denied that soldiers attacked villagers in Gao.", "denied"),
        ("Officials doubted that gunmen attacked the convoy in Gao.", "hypothetical"),
        ("The rebels left Gao without attacking the army.", "denied"),
        ("He was accused of attacking the army in Gao.", "hypothetical"),
        ("The army was barred from attacking Gao.", "denied"),
        ("Troops helped quell the protests and attacked rebels in Gao.", "reported"),
        ("It sounded like a bomb exploding in Gao.", "hypothetical"),
        ("Attacking Gao would be wrong.", "hypothetical"),
        ("The army failed to capture Gao.", "denied"),
        ("The rebels plan to attack Gao.", "planned"),
        ("The rebels had planned to attack Gao.", "hypothetical"),
        ("The rebels wanted to attack Gao.", "hypothetical"),
        ("Rebels began shelling Gao on Monday.", "reported"),
        ("The alleged attack on Gao was discussed.", "hypothetical"),
        ("Gunmen attacked Gao after killing a guard.", "reported"),
    ],
)
def test_status(code: Code, text: str, status: str) -> None:
    names = [name for name in ("Gao", "Mali") if name in text]
    _, events = code(text, *names)
    assert status in {e.status for e in events}


def test_nothing_denied_is_reported(code: Code) -> None:
    for text in ("The army denied that soldiers attacked villagers in Gao.", "The army failed to capture Gao."):
        _, events = code(text, "Gao")
        assert "reported" not in {e.status for e in events if e.type == "ASSAULT"}


needs_model = pytest.mark.skipif(not language.installed(), reason="the English language model is not installed")


@needs_model
def test_a_sentence_in_capitals_is_read_as_the_same_words() -> None:
    text = "GUNMEN ATTACKED A CONVOY IN GAO ON MONDAY."
    gao = text.index("GAO")
    (shouted,) = parse([(text, Span(start=0, end=len(text)), "body")], [[Span(start=gao, end=gao + 3)]])
    assert shouted.shouted is True
    assert [t.text.upper() for t in shouted.tokens] == [text[t.start : t.end] for t in shouted.tokens]
    assert shouted.tokens[0].text == "Gunmen"
    assert next(t for t in shouted.tokens if t.start == gao).text.casefold() == "gao"
    (plain,) = parse([("Gunmen attacked.", Span(start=0, end=16), "body")])
    assert plain.shouted is False
    assert plain.depth(1) == 0
    assert plain.depth(0) == 1
    assert parse([]) == []


@needs_model
def test_short_capitals_are_names() -> None:
    (short,) = parse([("NATO MET IN PARIS", Span(start=0, end=17), "body")], None)
    assert short.shouted is False
    (long,) = parse([("THE MINISTERS OF NATO MET IN PARIS", Span(start=0, end=34), "body")], None)
    assert long.shouted is True


@needs_model
def test_two_roots_have_no_path_between_them() -> None:
    text = "Gunmen fled. Soldiers came."
    (s,) = parse([(text, Span(start=0, end=len(text)), "body")])
    roots = [t.i for t in s.tokens if t.head == t.i]
    if len(roots) == 2:
        up, down = s.path(roots[0], roots[1])
        assert (up, down) == ([roots[0]], [roots[1]])
