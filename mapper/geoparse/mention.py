"""A span taken for a place name, before it is known which place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """Offsets, the words they cover, and the models' probabilities of what the span is."""

    start: int
    end: int
    first: int
    last: int
    name: str
    place: float
    demonym: float
    embedded: float
    metonym: float
    given: bool = False
    """Whether the span was given with the article: then it is answered whatever the models say."""
    lookup: str = ""
    """The form to look up where it is not the name as written (an inflected or prefixed form)."""
