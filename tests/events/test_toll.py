"""Harm that nobody is named for belongs to the deed that the article has just told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Code = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        (
            "A strong earthquake struck the island on Sunday. Five people were killed. Houses were destroyed.",
            "DISASTER",
        ),
        ("A bus collided with a truck on Monday. Twenty passengers were killed.", "ACCIDENT"),
        ("A bomb went off in the market. Twenty people were killed and 14 were injured.", "ASSAULT"),
        ("A lorry crashed on Sunday. Gunmen attacked a bus. Six people were killed.", "ASSAULT"),
        ("Cyclone Idai hit the coast on Thursday. It killed 200 people.", "DISASTER"),
        ("Two men were killed when a drunken driver hit them.", "ACCIDENT"),
        ("A British climber was killed after falling from a mountain.", "ACCIDENT"),
    ],
)
def test_the_toll_has_the_type_of_its_cause(code: Code, text: str, type_: str) -> None:
    _, events = code(text)
    harm = [e for e in events if e.trigger.text.split()[0] in {"killed", "destroyed", "injured", "hit"}]
    assert harm
    assert {e.type for e in harm} == {type_}


def test_who_did_it_keeps_the_harm_apart(code: Code) -> None:
    _, events = code("An earthquake struck the island on Sunday. Rebels killed six soldiers in the hills.")
    assert [e.type for e in events] == ["DISASTER", "ASSAULT"]


def test_the_reason_is_told(code: Code) -> None:
    _, events = code("Floods struck the valley on Sunday. Five people were killed.")
    assert "the article tells of a disaster" in events[-1].why.type


def test_a_cause_is_forgotten(code: Code) -> None:
    between = "Police arrested a man. " * 13
    _, events = code(f"An earthquake struck the island on Sunday. {between}Five people were killed.")
    assert events[-1].type == "ASSAULT"
