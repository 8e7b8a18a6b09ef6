"""What the scanners of single scripts share."""

from __future__ import annotations

from mapper.geoparse.mention import Mention
from mapper.geoparse.names import NameFacts
from mapper.geoparse.text import Words

KNOWN_WELL = frozenset({"country", "capital", "adm1", "region", "big", "seat"})
"""Sorts of place that are taken for meant wherever their name stands."""

NATURAL = frozenset({"water", "mountain", "area"})
"""Sorts of place that need a word beside them which says so."""


def trust(facts: NameFacts, *, letters: int, locative: bool, least: int) -> float:
    """How sure a bare gazetteer hit is to be a place name, by how well known the place is and what stands before."""
    if not facts.places:
        return 0.0
    if facts.sort in KNOWN_WELL and letters >= least:
        return 0.9
    if locative and letters >= least:
        return 0.75
    if facts.sort == "town" and letters > least and facts.places < 6:
        return 0.5
    return 0.0


def found_at(
    text: str, words: Words, start: int, end: int, chance: float, *, demonym: bool = False, lookup: str = ""
) -> Mention:
    """A mention between two offsets; ``lookup`` is the form that the gazetteer has."""
    first, last = words.cover(start, end) or (0, 1)
    return Mention(
        start, end, first, last, text[start:end], 0.0 if demonym else chance, chance if demonym else 0.0, 0.0, 0.0,
        lookup=lookup,
    )  # fmt: skip
