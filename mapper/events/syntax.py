"""A parsed sentence, reduced to what event coding reads: words, tags, and who hangs on whom.

Dependency labels are the ClearNLP ones of spaCy's English models (nsubj, dobj, prep, pobj …), tags are Penn Treebank's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.events.headlines import titled, uncapitalised
from mapper.events.lexicon import PASTS
from mapper.language import nlp, passing, readable
from mapper.model import SegmentKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

COMPONENTS = frozenset({"tok2vec", "tagger", "parser"})
_BASES = frozenset({"VB", "VBP"})
_CHUNK = 64
_BREAKS = dict.fromkeys(map(ord, "\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")


@dataclass(frozen=True, slots=True)
class Token:
    """One word; ``start`` and ``end`` are offsets into the article."""

    i: int
    text: str
    lower: str
    tag: str
    dep: str
    head: int
    start: int
    end: int


class Sentence:
    """A sentence as a tree of tokens. ``kind`` is the segment it stands in; ``shouted``: it is all in capitals."""

    __slots__ = ("_children", "kind", "shouted", "span", "tokens")

    def __init__(self, span: Span, kind: SegmentKind, tokens: Sequence[Token], *, shouted: bool = False) -> None:
        self.span = span
        self.kind: SegmentKind = kind
        self.tokens = tuple(tokens)
        self.shouted = shouted
        children: list[list[int]] = [[] for _ in tokens]
        for token in tokens:
            if token.head != token.i:
                children[token.head].append(token.i)
        self._children = tuple(tuple(c) for c in children)

    def children(self, i: int, *deps: str) -> list[Token]:
        """The tokens that hang on token ``i``, of the given relations (all where none are given)."""
        return [self.tokens[c] for c in self._children[i] if not deps or self.tokens[c].dep in deps]

    def child(self, i: int, *deps: str) -> Token | None:
        """The first such token."""
        return next(iter(self.children(i, *deps)), None)

    def ancestors(self, i: int) -> Iterator[Token]:
        """The head of token ``i``, the head's head, and so on to the root."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield self.tokens[i]

    def depth(self, i: int) -> int:
        """How many arcs token ``i`` is below the root."""
        return sum(1 for _ in self.ancestors(i))

    def subtree(self, i: int) -> Iterator[int]:
        """Token ``i`` and everything below it."""
        stack = [i]
        while stack:
            at = stack.pop()
            yield at
            stack.extend(self._children[at])

    def path(self, i: int, j: int) -> tuple[list[int], list[int]]:
        """The tokens from ``i`` up to, and from ``j`` up to, their lowest common ancestor (included in both)."""
        up_i = [i, *(t.i for t in self.ancestors(i))]
        up_j = [j, *(t.i for t in self.ancestors(j))]
        seen = {node: n for n, node in enumerate(up_i)}
        for m, node in enumerate(up_j):
            if node in seen:
                return up_i[: seen[node] + 1], up_j[: m + 1]
        return up_i, up_j  # two roots in one sentence

    def at(self, span: Span) -> list[Token]:
        """The tokens that a span covers, wholly or in part."""
        return [t for t in self.tokens if t.start < span.end and span.start < t.end]

    def head_of(self, span: Span) -> Token | None:
        """The token of a span whose head lies outside it."""
        inside = self.at(span)
        ids = {t.i for t in inside}
        return next((t for t in inside if t.head not in ids or t.head == t.i), None)


def _sentence(doc: Doc, span: Span, kind: SegmentKind, shouted: bool) -> Sentence:
    tokens = [
        Token(
            i=t.i,
            text=t.text,
            lower=t.lower_.replace("’", "'"),
            tag="VBD" if t.tag_ in _BASES and t.lower_ in PASTS else t.tag_,
            dep=t.dep_,
            head=t.head.i,
            start=span.start + t.idx,
            end=span.start + t.idx + len(t.text),
        )
        for t in doc
    ]
    return Sentence(span, kind, tokens, shouted=shouted)


def parse(
    items: Iterable[tuple[str, Span, SegmentKind]], names: Sequence[Sequence[Span]] | None = None
) -> list[Sentence]:
    """Parse sentences given as (article text, span, segment kind); raises ``MissingModelError`` without the model.

    ``names`` are, for each sentence, spans of the article that are known to be names: sentences all in capitals are
    lower-cased but for these, since the tagger takes capitals for names. Of headlines with A Capital On Each Word,
    words that are known to be none are lower-cased.
    """
    items = list(items)
    if not items:
        return []
    model = nlp(COMPONENTS)
    # One character for one character, so that offsets stay: line breaks inside a sentence would confuse the tagger.
    texts = [readable(_flat(span.of(text))) for text, span, _ in items]
    shouted = [_shouted(flat) for flat in texts]
    for n, flat in enumerate(texts):
        if shouted[n]:
            texts[n] = _cased(flat, items[n][1], names[n] if names is not None else ())
    headlines = [not shouted[n] and titled(texts[n], span, kind) for n, (_, span, kind) in enumerate(items)]
    for n, (text, span, _) in enumerate(items):
        if headlines[n]:
            texts[n] = uncapitalised(texts[n], text, span, names[n] if names is not None else ())
    order = sorted(range(len(items)), key=lambda n: len(texts[n]))
    found: list[Sentence | None] = [None] * len(items)
    with passing(model):
        docs = model.pipe((texts[n] for n in order), batch_size=_CHUNK)
        for n, doc in zip(order, docs, strict=True):
            _, span, kind = items[n]
            found[n] = _sentence(doc, span, "headline" if headlines[n] else kind, shouted[n])
    return [s for s in found if s is not None]


def _shouted(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 20 and sum(map(str.isupper, letters)) > 0.8 * len(letters)


def _cased(text: str, span: Span, names: Sequence[Span]) -> str:
    """A sentence in capitals with small letters, its first letter and the known names apart. Offsets stay."""
    chars = [c.lower() if len(c.lower()) == 1 else c for c in text]
    chars[0] = text[0]
    for name in names:
        if span.contains(name):
            for i in range(name.start - span.start, name.end - span.start):
                if i == 0 or not text[i - 1].isalnum():
                    chars[i] = text[i]
    return "".join(chars)


def _flat(text: str) -> str:
    return text.translate(_BREAKS)
