"""From texts to what the models look at: words, tagged entities, proposals and their features."""

from __future__ import annotations

import re
import warnings
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from mapper.errors import MissingModelError
from mapper.geoparse.features import Page, read_page, span_features
from mapper.geoparse.linear import Hasher
from mapper.geoparse.names import NameBook
from mapper.geoparse.propose import FUNCTION_WORDS, Entity, Proposal, entities, propose
from mapper.geoparse.text import Words, letter_case, read_words, restore_case
from mapper.language import NER_ONLY, nlp, passing, readable

if TYPE_CHECKING:
    from spacy.language import Language

LONGEST_CHUNK = 90_000
"""Characters handed to the recogniser at once (its memory grows with the text)."""
_PIECES = 64
_warned: set[str] = set()


@dataclass(slots=True)
class Reading:
    """One text, read: what is proposed in it and the buckets of each proposal's features, by family."""

    page: Page
    proposals: list[Proposal]
    neutral: list[list[int]]
    context: list[list[int]]
    tagger: list[list[int]]


class Tagger:
    """The recogniser as a source of (start, end, label); silent where its package is missing."""

    def __init__(self, model: Language | None, common: frozenset[str] = frozenset()) -> None:
        self.model = model
        self.common = common

    @classmethod
    def load(cls, common: frozenset[str] = frozenset()) -> Tagger:
        """The pinned model, or none with a warning (once) where it is not installed."""
        try:
            return cls(nlp(NER_ONLY), common)
        except MissingModelError as error:
            if "model" not in _warned:
                _warned.add("model")
                warnings.warn(f"place names are found by the gazetteer alone: {error}", stacklevel=3)
            return cls(None)

    def tag(self, texts: Sequence[str]) -> Iterator[list[tuple[int, int, str]]]:
        """Entities of each text as (start, end, label)."""
        if self.model is None:
            yield from ([] for _ in texts)
            return
        pieces: list[str] = []
        places: list[tuple[int, int]] = []
        for number, text in enumerate(texts):
            for start, end in worth_tagging(text, self.common):
                pieces.append(readable(text[start:end]))
                places.append((number, start))
        found: list[list[tuple[int, int, str]]] = [[] for _ in texts]
        for (number, offset), named in zip(places, self._entities(self.model, pieces), strict=True):
            found[number].extend((start + offset, end + offset, label) for start, end, label in named)
        yield from found

    @staticmethod
    def _entities(model: Language, pieces: Iterable[str]) -> list[list[tuple[int, int, str]]]:
        with passing(model):
            docs = chain.from_iterable(model.pipe(batch, batch_size=_PIECES) for batch in _batches(pieces))
            return [[(e.start_char, e.end_char, e.label_) for e in doc.ents] for doc in docs]


def _batches(pieces: Iterable[str]) -> Iterator[list[str]]:
    """Pieces to be read together: so many at most, and no more text than one long piece has."""
    batch: list[str] = []
    size = 0
    for piece in pieces:
        if batch and (len(batch) == _PIECES or size + len(piece) > LONGEST_CHUNK):
            yield batch
            batch, size = [], 0
        batch.append(piece)
        size += len(piece)
    if batch:
        yield batch


_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W\d_a-z])|\n+")
_CAPITALISED = re.compile(r"(?<![^\W_])[^\W\d_a-z][^\W_]*")


def worth_tagging(text: str, common: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Stretches of whole sentences that hold a capitalised word which is no everyday word. The recogniser looks four
    words to either side and is the costliest step, so it is spared the rest: 18% of the text of lgl-dev."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    first = start = 0
    wanted = False
    for end in ends:
        good = any(
            (low := match.group().lower()) not in common and low not in FUNCTION_WORDS
            for match in _CAPITALISED.finditer(text, start, end)
        )
        if good and not wanted:
            first, wanted = start, True
        elif wanted and not good:
            yield from chunks(text, first, start)
            wanted = False
        start = end
    if wanted:
        yield from chunks(text, first, len(text))


def chunks(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """A long text in pieces, cut at a line break or a blank where there is one."""
    while stop - start > LONGEST_CHUNK:
        cut = max(text.rfind("\n", start, start + LONGEST_CHUNK), text.rfind(" ", start, start + LONGEST_CHUNK))
        end = cut if cut > start else start + LONGEST_CHUNK
        yield start, end
        start = end
    yield start, stop


class Reader:
    """Reads texts in batches. ``common`` are words that are written small unless they begin a sentence."""

    def __init__(self, book: NameBook, tagger: Tagger, common: frozenset[str]) -> None:
        self.book = book
        self.tagger = tagger
        self.common = common
        self.hasher = Hasher()

    def prepare(self, text: str) -> Words:
        """A text's words, with the case restored where the text is all in one case."""
        case = letter_case(text)
        restored = restore_case(text, self.common) if case in ("upper", "lower") else text
        words = read_words(restored, original=text)
        words.common = self.common
        return words

    def read(self, texts: Sequence[str], languages: Sequence[str]) -> Iterator[Reading]:
        """Propose spans in each text. Texts that are not English are not shown to the (English) recogniser."""
        prepared = [self.prepare(text) for text in texts]
        english = [number for number, language in enumerate(languages) if language == "en"]
        tagged: dict[int, list[tuple[int, int, str]]] = dict(
            zip(english, self.tagger.tag([prepared[number].text for number in english]), strict=True)
        )
        for number, words in enumerate(prepared):
            yield self.finish(words, tagged.get(number, []), languages[number])

    def finish(
        self,
        words: Words,
        tagged: Sequence[tuple[int, int, str]],
        language: str,
        given: Iterable[tuple[int, int]] | None = None,
    ) -> Reading:
        """Proposals and features of one text; ``given`` offsets replace the proposals where they are there."""
        found = entities(words, tagged)
        proposals = propose(words, found, self.book) if given is None else list(place_given(words, given))
        page = read_page(words, found, self.book, language)
        rows = [span_features(page, proposal, self.hasher) for proposal in proposals]
        return Reading(page, proposals, [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])


def place_given(words: Words, given: Iterable[tuple[int, int]]) -> Iterator[Proposal]:
    """Given offsets as proposals, in the same order; one that covers no word gets the word at or after it."""
    for start, end in given:
        cover = words.cover(start, end)
        if cover is None:
            at = min(bisect_left(words.starts, start), len(words) - 1)
            cover = (at, at + 1)
        yield Proposal(cover[0], cover[1], start, end)


__all__ = ["Entity", "Reader", "Reading", "Tagger", "chunks", "place_given"]
