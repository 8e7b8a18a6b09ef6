"""Error classes: what an error of the geoparser is an instance of, by signs that anybody can check.

The classes were made up while reading the tables of :mod:`tests.eval.errors`; an error belongs to the first that fits.
"""

from __future__ import annotations

from mapper.geoparse.candidates import HEAD_SORTS
from mapper.geoparse.company import ORGANISATIONS
from mapper.geoparse.propose import HEADS

_ROADS = frozenset({"st", "rd", "dr", "blvd", "mosque", "shrine", "headquarters", "square"})
_BUILT = (HEADS | ORGANISATIONS | _ROADS) - set(HEAD_SORTS)
_GREAT = ("country", "capital")


def missed(thought: str, name: str, overlaps: str, after: str) -> str:
    """A name not answered. ``thought`` begins with the recogniser's label and the gazetteer's sort."""
    words = name.lower().replace(".", " ").split()
    if overlaps.startswith("embedded"):
        return "part of an organisation's or building's name, answered as embedded"
    if overlaps:
        return "other boundaries"
    if words and any(word in _BUILT or word.isdigit() for word in words):
        return "street, building, park or numbered road"
    if thought == "not proposed":
        return "never proposed (small letters, figures, odd signs)"
    label, sort = thought.split()[:2]
    if name.isupper() and after.lstrip()[:1] in ("-", "–", "—"):
        return "dateline in capitals"
    if sort == "none":
        return {
            "PERSON": "unknown to the gazetteer, taken for a person",
            "ORG": "unknown to the gazetteer, taken for an organisation",
        }.get(label, "unknown to the gazetteer, other")
    if after[:2] not in ("", ", ", ". ") and after[:1] == " " and after[1:2].isalpha():
        return "known name before what it has or does (police, mayor, resident …)"
    return "known name, too little around it"


def made_up(thought: str, name: str, overlaps: str) -> str:
    """A name that is not annotated."""
    words = name.lower().replace(".", " ").split()
    if overlaps:
        return "other boundaries"
    if words and any(word in _BUILT for word in words):
        return "street or building, which the corpus leaves out"
    label, sort = [*thought.split(), "-", "-"][:2]
    if label == "PERSON":
        return "person of a place's name"
    if label in ("ORG", "PRODUCT", "WORK_OF_ART", "EVENT", "FAC"):
        return "firm, club or thing of a place's name"
    return "unknown name" if sort == "none" else "word that is a place's name elsewhere, or a place not annotated"


def misplaced(where: str, answer: str, name: str, sort: str) -> str:
    """A place put too far off. ``where`` tells where the right one stood, ``sort`` what was answered."""
    words = name.lower().split()
    if where == "no candidate is right":
        if answer == "none" or any(word in _BUILT for word in words):
            return "not in the gazetteer (building, district, hamlet), and so answered or inside another name"
        if sort in ("country", "region", "water", "mountain"):
            return "area or water whose annotated point lies elsewhere in it"
        return "not in the gazetteer, a namesake answered"
    if sort in _GREAT:
        return "country or capital answered for a smaller namesake"
    if sort == "adm1":
        return "state and city of one name"
    stood = "a runner-up right" if where.startswith("second") else "a low candidate right"
    return f"one town or county for another of the name, {stood}"
