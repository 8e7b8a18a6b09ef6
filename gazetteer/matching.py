"""What a name that was asked for says of a place: which of its names it is, how closely, and how likely it is meant."""

from __future__ import annotations

from gazetteer import schema
from gazetteer.place import Candidate, MatchKind, Place

ABBREVIATION = schema.KINDS.index("abbreviation")
DEMONYM = schema.KINDS.index("demonym")


def candidate_of(place: Place, text: str | None, kind: int, language: str | None, key: str, asked: str) -> Candidate:
    """A place with the row of the names' table that was found: ``text`` None is the place's own name, "" the key in
    title case; ``kind`` is a number of :data:`gazetteer.schema.KINDS`, ``asked`` the name as it was asked for."""
    spelled = place.name if text is None else text or key.title()
    if kind == ABBREVIATION and schema.SPELLINGS in spelled:
        spellings = spelled.split(schema.SPELLINGS)
        spelled = next((spelling for spelling in spellings if same_letters(spelling, asked)), spellings[0])
    match: MatchKind = "exact" if spelled == asked else "folded"
    return Candidate(place=place, name=spelled, kind=schema.KINDS[kind], match=match, language=language)


def same_letters(abbreviation: str, asked: str) -> bool:
    """Whether two spellings differ in points and spaces only: "US" is "U.S.", "us" is not. A capital before and a point
    behind make one of small letters too: "Ky." is "KY", "in" is not "IN"."""
    letters, wanted = ("".join(filter(str.isalnum, text)) for text in (abbreviation, asked))
    shortened = asked[:1].isupper() and asked.endswith(".") and letters.casefold() == wanted.casefold()
    return letters == wanted or shortened


def rank(candidate: Candidate) -> tuple[float, str, bool]:
    """A place is looked for by its own name more often than by another one: worth half a power of ten of population."""
    weight = candidate.place.prominence - (0.0 if candidate.kind == "name" else 0.5)
    return -round(weight, 3), candidate.place.id, candidate.kind == "demonym"
