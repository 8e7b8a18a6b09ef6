"""The places that a mention may mean: by its name, by its name without words like "County", or by a name inside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from gazetteer.place import Candidate
from mapper.geoparse.mention import Mention
from mapper.geoparse.names import TOWNS, NameBook, sort_of
from mapper.geoparse.propose import HEADS
from mapper.geoparse.text import Words, word_set

Via = Literal["name", "part", "inside", "fuzzy", "none"]

_WATER = frozenset({"water"})
_UNIT = frozenset({"adm1", "adm2", "adm"})

_CALLS_FOR: tuple[tuple[str, frozenset[str]], ...] = (
    ("county co borough parish", frozenset({"adm2", "adm"})),
    ("province governorate oblast prefecture wilaya state", frozenset({"adm1"})),
    ("district department municipality raion canton township", _UNIT),
    ("city town village", TOWNS),
    ("republic kingdom emirate", frozenset({"country"})),
    ("river creek lake reservoir bay gulf sea ocean strait channel", _WATER),
    ("mountain mountains mount hill hills valley pass peak", frozenset({"mountain"})),
    ("airport airbase airfield station port dam bridge", frozenset({"site"})),
    ("island islands isle peninsula cape", frozenset({"mountain", "area", "region", "adm1"})),
    ("region territory", frozenset({"adm1", "region", "area"})),
)

HEAD_SORTS: dict[str, frozenset[str]] = {word: sorts for words, sorts in _CALLS_FOR for word in words.split()}
"""Sorts of place that a word in the name calls for."""

SEAS = word_set("sea ocean gulf strait channel")
"""Words that a name has on account of water only, whatever is called after it on land."""

DIRECTIONS = word_set(
    "north south east west northern southern eastern western northeast northwest southeast southwest northeastern "
    "northwestern southeastern southwestern central upper lower greater downtown mainland rural inner outer"
)
"""Words that name a part of what follows."""


@dataclass(frozen=True, slots=True)
class Options:
    """A mention's candidates and how they were come by. ``inner`` is the name inside, for ``via="inside"``."""

    candidates: tuple[Candidate, ...]
    via: Via
    head: str = ""
    inner: str = ""


def options(mention: Mention, words: Words, book: NameBook, *, demonym: bool, fuzzy: bool = False) -> Options:
    """Look a mention up, in ever looser ways until something is found."""
    low = words.lower[mention.first : mention.last]
    head = next((word for word in (low[-1:] + low[:1]) if word in HEAD_SORTS and len(low) > 1), "")
    name = mention.lookup or mention.name
    found = _of_kind(book.candidates(name), demonym)
    if found:
        return Options(found, "name", head)
    for part in _parts(mention, words):
        found = _of_kind(book.candidates(part), demonym)
        if found:
            return Options(found, "part", head, part)
    inner = _inside(mention, words, book, demonym)
    if inner:
        return Options(_of_kind(book.candidates(inner), demonym), "inside", head, inner)
    if fuzzy and len(name) >= 6:
        found = _of_kind(book.gazetteer.candidates(name, fuzzy=True, limit=10), demonym)
        if found:
            return Options(found, "fuzzy", head)
    return Options((), "none", head)


def _of_kind(candidates: Sequence[Candidate], demonym: bool) -> tuple[Candidate, ...]:
    """The demonym's places alone for a demonym where there are any; otherwise those by name, then those by demonym."""
    named: dict[str, Candidate] = {}
    peoples: dict[str, Candidate] = {}
    for candidate in candidates:
        (peoples if candidate.kind == "demonym" else named).setdefault(candidate.place.id, candidate)
    if demonym and peoples:
        return tuple(peoples.values())
    return tuple({**peoples, **named}[key] for key in {**named, **peoples})


def _parts(mention: Mention, words: Words) -> Iterator[str]:
    """The name without a word of sort, a direction, or a "City of" before it."""
    text, i, j = words.text, mention.first, mention.last
    low = words.lower

    def cut(first: int, last: int) -> str:
        return text[words.starts[first] : words.ends[last - 1]]

    while j - i > 1 and low[i] in DIRECTIONS:
        i += 1
        yield cut(i, j)
    if j - i > 1 and low[j - 1] in HEAD_SORTS:
        yield cut(i, j - 1)
    if j - i > 2 and low[i] in HEAD_SORTS and low[i + 1] in ("of", "de", "du"):
        yield cut(i + 2, j)
    if j - i > 1 and low[i] in HEAD_SORTS:
        yield cut(i + 1, j)


def _inside(mention: Mention, words: Words, book: NameBook, demonym: bool) -> str:
    """The longest name inside, the best known of equals, the last of those."""
    best: tuple[int, float, int] | None = None
    name = ""
    i, j = mention.first, mention.last
    low = words.lower
    if j - i < 2 or j - i > 12:
        return ""
    for first in range(i, j):
        for last in range(first + 1, j + 1):
            if (first, last) == (i, j) or not words.capital[first] or not words.capital[last - 1]:
                continue
            surface = words.text[words.starts[first] : words.ends[last - 1]]
            facts = book.facts(surface)
            if not (facts.places or facts.demonym) or len(surface) < 3:
                continue
            if last - first == 1 and (low[first] in HEADS or low[first] in DIRECTIONS or low[first] in words.common):
                continue
            rank = (last - first, facts.population if facts.places else 7.0 * demonym, first)
            if best is None or rank > best:
                best, name = rank, surface
    return name


def head_agrees(head: str, candidate: Candidate) -> int:
    """1 where a word in the name calls for this sort of place, -1 where it calls for another, 0 where none calls."""
    if not head:
        return 0
    return 1 if sort_of(candidate.place) in HEAD_SORTS[head] else -1
