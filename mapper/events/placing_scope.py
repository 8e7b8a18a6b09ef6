"""Features of a name's surroundings that hold even where a parse goes wrong: what is said to lie in what, by the words
between two names, and which phrase a name stands in once "the village of" is looked through.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from mapper.events.candidate import Candidate
from mapper.events.lexicon import lexicon, singular, word_set
from mapper.events.syntax import Sentence, Token
from mapper.model import Span

SIDES = word_set("""
    side part suburb outskirts district neighborhood neighbourhood area region province city town village streets camp
    borough capital port county quarter sector countryside township municipality governorate state resort center centre
    fringe edge entrance hamlet settlement stronghold commune
""")
"""Nouns for a part of the world that take a name: "the village of X", "the X district"."""
DIRECTIONS = word_set("""
    north south east west northern southern eastern western northeast northwest southeast southwest central northeastern
    northwestern southeastern southwestern downtown nearby upper lower
""")
_INTO = word_set("in of at inside within on across")
_BESIDE = word_set("near outside around from off by opposite along beside to")
_FILLERS = word_set("the a an its largest main same capital , ( ) - 's ’s")
_CHAIN = 8  # tokens at most between a place and what it lies in


def between(s: Sentence, a: Span, b: Span) -> str:
    """What the words between two names, ``a`` first, say: "in" (a lies in b), "near", "whose" (b is a's), or nothing.

    "al-Shaab stadium in eastern Baghdad", "Volnovakha in the east of Ukraine", "Kawkab, near Qamhana", "Baghdad's
    Karrada district".
    """
    gap = [t for t in s.tokens if t.start >= a.end and t.end <= b.start]
    if len(gap) > _CHAIN or not gap:
        return ""
    if gap[0].lower in {"'s", "’s", "'"}:
        return "whose" if all(_describes(t) for t in gap[1:]) else ""
    if not all(_describes(t) or t.lower in _INTO | _BESIDE for t in gap):
        return ""
    said = [t.lower for t in gap if t.lower in _INTO | _BESIDE]
    if not said:
        return "in" if gap[0].text in {",", "("} and len(gap) <= 2 else ""
    return "near" if any(w in _BESIDE for w in said) else "in"


def _describes(t: Token) -> bool:
    return t.lower in _FILLERS or t.lower in DIRECTIONS or singular(t.lower) in SIDES or t.tag in {"JJ", "JJS", "CD"}


def outer_preposition(s: Sentence, prep: Token) -> Token | None:
    """The preposition of the phrase that a name belongs to: "in" of "in the village of X", "near" of "near X's …"."""
    at = prep
    for _ in range(3):
        noun = s.tokens[at.head]
        if not noun.tag.startswith("NN") or not (singular(noun.lower) in SIDES or noun.lower in DIRECTIONS):
            return at if at is not prep else None
        while noun.dep in {"compound", "nmod", "conj", "appos"} and noun.head != noun.i:
            noun = s.tokens[noun.head]
        if noun.dep != "pobj":
            return None
        at = s.tokens[noun.head]
    return at


def scope(s: Sentence, c: Candidate, head: Token, prep: Token | None) -> Iterator[tuple[str, float]]:
    """Named features of where a name stands, as seen from the trigger."""
    trigger = s.tokens[c.word]
    first, last = sorted((trigger.i, head.i))
    inside = s.tokens[first + 1 : last]
    side = "after" if head.i > trigger.i else "before"
    verbs = sum(t.tag.startswith("VB") or t.tag == "MD" for t in inside)
    yield f"verbs.{side}", min(verbs, 4) / 4
    yield f"commas.{side}", min(sum(t.text == "," for t in inside), 3) / 3
    yield f"prepositions.{side}", min(sum(t.tag == "IN" for t in inside), 4) / 4
    if any(t.text in {";", ":", "--", "–", "—"} for t in inside):
        yield f"broken.{side}", 1.0
    if any(t.tag in {"WDT", "WP", "WRB"} for t in inside):
        yield f"relative.{side}", 1.0
    if any(t.text in {'"', "“", "”", "''", "``"} for t in inside):
        yield "quoted", 1.0
    if prep is not None:
        outer = outer_preposition(s, prep)
        if outer is not None:
            yield f"outer={outer.lower}", 1.0
            yield "outer.on.trigger", float(outer.head in {c.word, c.anchor})
        phrase = outer or prep
        yield f"governor={_governor(s, c, s.tokens[phrase.head])}", 1.0
        yield f"type={c.type}|prep={phrase.lower}", 1.0
    yield f"mode={c.mode}|dep={head.dep}", 1.0
    yield f"status={c.status}", 1.0
    yield f"tense={c.tense}", 1.0


def _governor(s: Sentence, c: Candidate, word: Token) -> str:
    """How the word that a place phrase hangs on stands to the trigger: itself, above it, beside it or below it."""
    if word.i in {c.word, c.anchor}:
        return "trigger"
    up, down = s.path(c.anchor, word.i)
    kind = "verb" if word.tag.startswith("VB") else "noun"
    if len(down) == 1:
        return f"{kind}.above.{s.tokens[up[-2]].dep if len(up) > 1 else 'self'}"
    if len(up) == 1:
        return f"{kind}.below.{s.tokens[down[-2]].dep}"
    return f"{kind}.aside"


def of_trigger(s: Sentence, c: Candidate) -> dict[str, float]:
    """Features of the trigger that all names of its sentence share: whom and what the deed is done to."""
    lex = lexicon()
    f: dict[str, float] = {}
    for dep in ("dobj", "nsubj", "nsubjpass"):
        for t in s.children(c.anchor, dep):
            lemma = next(iter(lex.lemmas.get(t.lower, ())), singular(t.lower))
            name = "NAME" if t.tag.startswith("NNP") else lemma
            f[f"{dep}={name}"] = 1.0
    if any(t.dep == "neg" for t in s.children(c.anchor)):
        f["negated"] = 1.0
    f["numbers"] = min(3, sum(t.tag == "CD" for t in s.tokens)) / 3
    f["length"] = min(60, len(s.tokens)) / 60
    return f


@lru_cache(maxsize=16)  # asked for each name of a sentence, twice for each of its events
def surface(s: Sentence, spans: tuple[Span, ...]) -> Mapping[tuple[int, int], str]:
    """What is said of each pair of neighbouring names, by their numbers: see :func:`between`."""
    order = sorted(range(len(spans)), key=lambda i: spans[i].start)
    found = {}
    for m, n in pairwise(order):
        if spans[m].end <= spans[n].start and (said := between(s, spans[m], spans[n])):
            found[m, n] = said
    return found
