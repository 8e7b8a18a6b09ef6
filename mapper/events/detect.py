"""Which words of a parsed sentence report an event, of which type, and whether it happened.

The lexicon proposes, the grammar around the word decides: objects and particles pick the sense, negation and modality
the status, and readings that are no event (noun adjuncts, habits, quoted wishes, games, prices) fall away.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mapper.events.candidate import Candidate
from mapper.events.consolidate import consolidated
from mapper.events.lexicon import Lexicon, lexicon, singular
from mapper.events.nouns import Nouns
from mapper.events.reality import Reality, of_noun, of_verb
from mapper.events.syntax import Sentence, Token
from mapper.events.topics import Topics, belongs
from mapper.model import Span

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ANYTHING = Topics()


def may_hold_event(text: str, lex: Lexicon | None = None) -> bool:
    """Whether a sentence holds any word that could start an event: others need no parse."""
    lex = lex or lexicon()
    words = _WORD.findall(text.lower())
    around: set[str] = set()
    for word in words:
        for part in (word, *word.split("-")) if "-" in word else (word,):
            if part not in lex.surfaces:
                continue
            company = lex.company.get(part)
            if company is None:
                return True
            around = around or {w for said in words for w in (said, singular(said), *said.split("-"))}
            if not company.isdisjoint(around):
                return True
    return False


def detect(s: Sentence, topics: Topics = _ANYTHING, *, game: bool = False) -> list[Candidate]:
    """The events that a sentence reports, in text order; ``game``: the sentence stands by a game's result."""
    reader = Reader(s, raids=topics.raids, strangers=topics.strangers, dignitaries=topics.dignitaries)
    found = [c for t in s.tokens if (c := reader.read(t)) is not None]
    return consolidated(s, [c for c in found if belongs(s, c, topics, game=game)])


def given(s: Sentence, span: Span) -> Candidate:
    """The one event that a trigger given from outside reports: type OTHER where no type fits."""
    reader = Reader(s)
    tokens = s.at(span)
    for token in tokens:
        found = reader.read(token)
        if found is not None:
            return replace(found, span=span, word=token.i)
    head = s.head_of(span) or s.tokens[0]
    for token in tokens:
        sense = reader.bare_sense(token)
        if sense is not None:
            real = of_verb(s, token.i) if token.tag.startswith("VB") else of_noun(s, token.i)
            return Candidate(
                word=token.i, anchor=token.i, span=span, type=sense.type, mode=sense.mode, status=real.status,
                tense=real.tense, confidence=0.4, why=f'"{token.text}" given as trigger',
            )  # fmt: skip
    real = of_verb(s, head.i) if head.tag.startswith("VB") else Reality(status="reported")
    return Candidate(
        word=head.i, anchor=head.i, span=span, type="OTHER", mode=None, status=real.status, tense=real.tense,
        confidence=0.3, why="given as trigger; no type of the ontology fits",
    )  # fmt: skip


class Reader(Nouns):
    """Reads any word of one sentence against the lexicon."""

    def read(self, token: Token) -> Candidate | None:
        """The event that a word reports, None where it reports none."""
        if token.tag.startswith("VB") or (
            token.tag in {"JJ", "NN"}
            and token.dep in {"ROOT", "ccomp", "relcl", "advcl"}
            and token.lower.endswith("ed")
        ):
            return self._verb(token)
        if token.tag.startswith("NN"):
            if self.s.kind == "headline" and token.dep in {"ROOT", "ccomp"} and token.lower in self.lex.lemmas:
                as_verb = self._verb(token)  # "Iran rejects offer": taggers take headline verbs for nouns
                if as_verb is not None:
                    return as_verb
            return self._noun(token)
        if token.tag == "JJ" and token.lower in {"ready", "willing", "prepared"}:
            return self._readiness(token)
        return None
