"""Which words of a parsed sentence report an event, of which type, and whether it happened.

The lexicon proposes, the grammar around the word decides: objects and particles pick the sense, negation and modality
the status, and readings that are no event (noun adjuncts, habits, quoted wishes, games, prices) fall away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from mapper.events.candidate import Candidate
from mapper.events.consolidate import consolidated
from mapper.events.lexicon import Lexicon, lexicon
from mapper.events.nouns import Nouns
from mapper.events.reality import Reality, of_noun, of_verb
from mapper.events.syntax import Sentence, Token
from mapper.model import Span

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_AIR_STRIKE = re.compile(
    r"\b(?:air|drone|missile|rocket|artillery|aerial|retaliatory|precision)[\s-]?strikes?\b|\bbombed\b|\bwarplanes?\b",
    re.IGNORECASE,
)
_PRICES = re.compile(
    r"\b(?:shares?|stocks?|bonds?|index|futures)\b[^.]{0,50}\b(?:jumped|rose|fell|climbed|dropped|slid|gained|lost|surged|"
    r"plunged|tumbled|soared|slipped|rallied|closed|edged|sank)\b",
    re.IGNORECASE,
)
_GAMES_CONFUSE = frozenset(
    {
        "ASSAULT",
        "PROTEST",
        "THREATEN",
        "RETREAT",
        "COERCE",
        "SUPPORT",
        "CONSULT",
        "MOBILIZE",
        "REJECT",
        "ELECTION",
        "AID",
    }
)


def may_hold_event(text: str, lex: Lexicon | None = None) -> bool:
    """Whether a sentence holds any word that could start an event: others need no parse."""
    surfaces = (lex or lexicon()).surfaces
    return any(
        word in surfaces or ("-" in word and any(part in surfaces for part in word.split("-")))
        for word in _WORD.findall(text.lower())
    )


def tells_air_strike(text: str) -> bool:
    """Whether a text speaks of strikes from the air or with missiles: then "the strike" is no walkout."""
    return _AIR_STRIKE.search(text) is not None


def tells_prices(text: str) -> bool:
    """Whether a text tells how shares or stocks moved."""
    return _PRICES.search(text) is not None


def detect(
    s: Sentence, *, games: bool = False, markets: bool = False, game: bool = False, raids: bool = False
) -> list[Candidate]:
    """The events that a sentence reports, in text order.

    ``games``/``markets``: the article is about sport or prices; ``game``: the sentence stands by a game's result;
    ``raids``: the article tells of air strikes.
    """
    reader = Reader(s, raids=raids)
    found = [c for t in s.tokens if (c := reader.read(t)) is not None]
    if game or reader.about("topics.sport", games):
        found = [c for c in found if c.type not in _GAMES_CONFUSE]
    if reader.about("topics.market", markets):
        found = [c for c in found if c.type not in _GAMES_CONFUSE | {"ACCIDENT", "SUPPORT", "CONCEDE"}]
    return consolidated(s, found)


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


def topic_share(texts: Iterable[str], topic: str) -> int:
    """How many different words of a topic an article uses."""
    words = lexicon().words[f"topics.{topic}"]
    return len({w for text in texts for w in _WORD.findall(text.lower()) if w in words})
