"""Who or what is visited: a person or a country, or a site such as a cemetery, a factory or a camp."""

from __future__ import annotations

from collections.abc import Iterable

from mapper.events.lexicon import lexicon, singular
from mapper.model import Actor


def site_visited(mode: str | None, actors: Iterable[Actor]) -> bool:
    """Whether an event is a visit to a site: what is visited is told by a common noun that names no people."""
    if mode != "visit":
        return False
    visited = [a.text.split()[-1] for a in actors if a.role == "recipient" and a.text.split()]
    return bool(visited) and not any(_someone(word) for word in visited)


def _someone(word: str) -> bool:
    if word[:1].isupper():
        return True  # a name: of a person, a country, a town
    words = lexicon().words
    return singular(word.lower()) in words["classes.people"] | words["classes.official"]
