"""Spans that might be place names: what the recogniser tagged, whatever its label, and what the gazetteer knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapper.geoparse.names import NameBook
from mapper.geoparse.text import CONNECTORS, Words, trim, word_set

LONGEST = 6
"""Words in the longest name looked for."""

HEADS = word_set(
    "street st avenue ave road rd boulevard blvd drive dr lane ln highway hwy route parkway pkwy court place square "
    "plaza way bridge tunnel park field stadium arena center centre mall airport airfield airbase base station "
    "terminal port harbor harbour school college university academy hospital clinic church cathedral mosque temple "
    "cemetery museum library theater theatre hall hotel house building tower courthouse prison jail camp fort "
    "castle palace dam reservoir lake river creek bay gulf sea ocean strait channel island islands isle peninsula "
    "cape beach coast mountain mountains mount hill hills valley canyon desert forest plains ridge pass falls "
    "springs county parish borough township town city village district province state region governorate department "
    "municipality prefecture oblast raion canton territory republic kingdom emirate heights quarter neighborhood "
    "suburb area zone sector crossing junction farm ranch estate oilfield mine refinery plant pipeline border basin "
    "delta"
)
"""Words that say what sort of thing a name names; in or beside it."""

FUNCTION_WORDS = word_set(
    "a about above after again against all also although am an and any are as at back be because been before being "
    "below between both but by can could did do does down during each even every few for from had has have he her "
    "here hers him his how i if in into is it its just last like may me might more most much must my near never new "
    "next no nor not now of off on once one only or other our out over own per said same several she should since "
    "so some still such than that the their them then there these they this those though through to today too two "
    "under until up upon us very was we were what when where whether which while who whom whose why will with "
    "within without would yes yet you your first monday tuesday wednesday thursday friday saturday sunday january "
    "february march april june july august september october november december mr mrs ms dr sir"
)
"""Words that are no place name by themselves, unless written in capitals ("US", "IN")."""


@dataclass(frozen=True, slots=True)
class Entity:
    """What the recogniser tagged: words ``first`` to ``last`` (exclusive) and a label."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words ``first`` to ``last`` (exclusive), and the offsets they make."""

    first: int
    last: int
    start: int
    end: int


def entities(words: Words, tagged: Sequence[tuple[int, int, str]]) -> list[Entity]:
    """The recogniser's (start, end, label) as words, trimmed at the edges."""
    found: list[Entity] = []
    for first, last, label in tagged:
        start, end = trim(words.text, first, last)
        cover = words.cover(start, end) if end > start else None
        if cover is not None:
            found.append(Entity(cover[0], cover[1], label))
    return found


def _nameable(words: Words, i: int) -> bool:
    return words.capital[i] or (words.surface[i][0].isalpha() and words.lower[i] == words.surface[i].upper())


def runs(words: Words) -> Iterator[tuple[int, int]]:
    """Longest stretches of capitalised words, with small words allowed inside ("Deir ez-Zor", "Port of Spain")."""
    n = len(words)
    i = 0
    while i < n:
        if not words.capital[i]:
            i += 1
            continue
        j = last = i + 1
        while j < n and words.joined[j] and j - last <= 2:
            if words.capital[j]:
                last = j + 1
            elif words.lower[j] not in CONNECTORS and not words.surface[j].isdigit():
                break
            j += 1
        yield i, last
        i = last


def name_grams(words: Words, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Parts of a run that could be a name: starting and ending in a capitalised word, or ending in a number."""
    for i in range(first, last):
        if not words.capital[i]:
            continue
        for j in range(i + 1, min(last, i + LONGEST) + 1):
            if j - 1 > i and not words.joined[j - 1]:
                break
            if words.capital[j - 1]:
                yield i, j


ARTICLES = word_set("al el as ad ar an ash at az ul ez es")
"""The Arabic article as it is written onto a name, with a hyphen: "al-Bayaa", "Shiite al-Bayaa"."""


def article_starts(words: Words, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Names that begin with an article in small letters, before a run of capitalised words or within it."""
    for i in range(max(first - 1, 0), last - 1):
        if words.lower[i] in ARTICLES and not words.capital[i] and words.capital[i + 1] and words.gap(i + 1)[:1] == "-":
            yield i, last
            ends = (j for j in range(i + 2, last) if not words.joined[j] or words.gap(j) == " ")
            yield i, next(ends, last)


_APART = word_set("in on by and as an a at")
"""Small words that stand inside some names ("Stratford on Avon"), but more often between two ("Wednesday in Gao")."""


def pieces(words: Words, first: int, last: int) -> Iterator[tuple[int, int]]:
    """What a run falls into at words that mostly stand between names."""
    cuts = [i for i in range(first, last) if words.lower[i] in _APART and not words.capital[i]]
    if not cuts:
        return
    for start, end in zip([first, *(cut + 1 for cut in cuts)], [*cuts, last], strict=True):
        if start < end and words.capital[start] and words.capital[end - 1] and end - start <= 8:
            yield start, end


def propose(words: Words, tagged: Sequence[Entity], book: NameBook) -> list[Proposal]:
    """Every span to be scored, in text order: entities of every label, gazetteer names among the capitalised words,
    whole runs of capitalised words, and parts of runs that end in a word like "County" or "Street"."""
    text = words.text
    wanted: set[tuple[int, int]] = set()
    grams: list[tuple[int, int]] = []
    for first, last in runs(words):
        wanted.update(article_starts(words, first, last))
        wanted.update(pieces(words, first, last))
        if last - first <= 8:
            wanted.add((first, last))
            if last - first > 1 and words.lower[first] in FUNCTION_WORDS:
                wanted.add((first + 1, last))
        for i, j in name_grams(words, first, last):
            grams.append((i, j))
            if j - i > 1 and words.lower[j - 1] in HEADS:
                wanted.add((i, j))
    for entity in tagged:
        if entity.last - entity.first > 8 or (entity.label in _NO_NAME and not words.capital[entity.first]):
            continue
        wanted.add((entity.first, entity.last))
        for i in range(entity.first, entity.last):
            if words.capital[i]:
                ends = range(i + 1, min(entity.last, i + LONGEST) + 1)
                grams.extend((i, j) for j in ends if words.capital[j - 1])
    surfaces = {gram: text[words.starts[gram[0]] : words.ends[gram[1] - 1]] for gram in grams if gram not in wanted}
    book.learn(surfaces.values())
    for gram, surface in surfaces.items():
        if book.has(surface):
            wanted.add(gram)
    found = []
    for i, j in sorted(wanted):
        if words.lower[i] == "the" and j - i > 1:
            continue
        if j - i == 1 and words.lower[i] in FUNCTION_WORDS and not (words.cased and words.surface[i].isupper()):
            continue
        if not any(words.capital[i:j]):
            continue
        start, end = words.span(i, j)
        found.append(Proposal(i, j, start, end))
    return found


_NO_NAME = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})
