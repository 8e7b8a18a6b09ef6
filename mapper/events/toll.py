"""Harm that no one is named for takes its type from the deed that an article has just told.

"Five people were killed" is an assault after a bombing, but a toll of the flood or the crash that the sentence before
tells of: by itself the sentence does not say.
"""

from __future__ import annotations

from dataclasses import replace

from mapper.events.candidate import Candidate
from mapper.events.grammar import Grammar
from mapper.events.lexicon import singular, word_set
from mapper.events.outcome import harms
from mapper.events.syntax import Sentence, Token

_CAUSES = frozenset({"ASSAULT", "ACCIDENT", "DISASTER"})
_REACH = 12  # sentences with events after which a cause is forgotten
_STRUCK = word_set("hit struck destroyed damaged flattened levelled leveled burned razed wrecked crushed")
_FALLING = word_set("tree debris rubble boulder wall roof rockfall beam mud branch masonry wreckage ice pole")
_MISHAP = word_set("falling fell plunged plunging drowned drowning slipped slipping hit-and-run")


class Tolls:
    """Remembers, sentence by sentence, what kind of deed an article is telling of."""

    def __init__(self) -> None:
        self._cause: str | None = None
        self._age = 0

    def attributed(self, s: Sentence, found: list[Candidate]) -> list[Candidate]:
        """The candidates of the next sentence, with harm that nobody is named for put to what caused it."""
        self._age += 1
        if self._age > _REACH:
            self._cause = None
        bare = [_nobody_named(s, c) for c in found]
        here = [
            c.type for c, n in zip(found, bare, strict=True) if not n and c.type in _CAUSES and c.status == "reported"
        ]
        told = "ASSAULT" if "ASSAULT" in here else here[-1] if here else None
        cause = told or self._cause
        if cause is None and {t.lower for t in s.tokens} & _MISHAP:
            cause = "ACCIDENT"
        if told is not None:
            self._cause, self._age = told, 0
        if cause in {None, "ASSAULT"}:
            return found
        why = f"nobody is named for it; the article tells of a {str(cause).lower()}"
        return [
            replace(c, type=cause, mode=None, why=f"{c.why} ({why})") if n and c.type == "ASSAULT" else c
            for c, n in zip(found, bare, strict=True)
        ]


def _nobody_named(s: Sentence, c: Candidate) -> bool:
    """Whether a candidate tells of harm without saying who did it: "were killed", "was hit", "it killed six"."""
    verb = s.tokens[c.anchor]
    if c.mode not in {None, "destroy"} or not verb.tag.startswith("VB") or (c.word != c.anchor and c.mode is None):
        return False
    if not (harms(verb) or verb.lower in _STRUCK):
        return False
    subject, objects = Grammar(s).arguments(verb)
    if subject is None:
        return verb.tag == "VBN" or (s.kind == "headline" and not s.children(verb.i, "dobj"))
    if subject.lower in {"it", "which", "that", "this"}:
        return True
    return _thing(subject) and bool(objects)


def _thing(noun: Token) -> bool:
    return singular(noun.lower) in _FALLING
