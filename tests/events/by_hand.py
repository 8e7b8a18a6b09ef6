"""Sentences made by hand, so that what is tested is not how a parser reads them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mapper.events.candidate import Candidate
from mapper.events.syntax import Sentence, Token
from mapper.model import PlaceRef, SegmentKind, Span, Toponym


def read(spec: str, *, kind: SegmentKind = "body", at: int = 0, start: int = 0) -> Sentence:
    """A sentence from ``word/tag/relation/head`` with blanks between, heads by their number; "~" joins a word to the
    one before it. ``at``: the offset of the first word, ``start`` that of the sentence."""
    tokens: list[Token] = []
    end = at
    for i, part in enumerate(spec.split()):
        word, tag, dep, head = part.rsplit("/", 3)
        first = end if word.startswith("~") or not i else end + 1
        word = word.removeprefix("~")
        end = first + len(word)
        tokens.append(Token(i, word, word.lower(), tag, dep, int(head), first, end))
    return Sentence(Span(start=start, end=end), kind, tokens)


def place(name: str, code: str = "PPL", kind: str = "P", country: str | None = "ML", **changes: Any) -> PlaceRef:
    plain = PlaceRef(
        id=f"p:{name.lower()}", name=name, lat=1.0, lon=2.0, country_code=country, feature_class=kind,
        feature_code=code, footprint="point" if kind in "PS" else "area",
    )  # fmt: skip
    return replace(plain, **changes)


def name(s: Sentence, word: str, ref: PlaceRef | None = None, kind: str = "literal") -> Toponym:
    """The first word of the sentence that is written so, as a toponym."""
    token = next(t for t in s.tokens if t.text == word)
    return Toponym(
        start=token.start, end=token.end, text=word, kind=kind, place=ref or place(word), confidence=0.9  # type: ignore[arg-type]
    )  # fmt: skip


def trigger(s: Sentence, word: str, type_: str = "ASSAULT", **changes: Any) -> Candidate:
    """The event of the first word of the sentence that is written so."""
    token = next(t for t in s.tokens if t.text == word)
    plain = Candidate(
        word=token.i, anchor=token.i, span=Span(start=token.start, end=token.end), type=type_, mode=None,
        status="reported", tense="past", confidence=0.8, why="",
    )  # fmt: skip
    return replace(plain, **changes)
