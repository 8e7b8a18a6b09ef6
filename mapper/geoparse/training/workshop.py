"""The corpora, read and tagged once, and every model of the geoparser fitted on a choice of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mapper.geoparse.linear import LinearModels
from mapper.geoparse.mention import Mention
from mapper.geoparse.names import GazetteerLike, NameBook
from mapper.geoparse.outlet import outlet_of
from mapper.geoparse.reading import Reader, Reading, Tagger
from mapper.geoparse.recognise import Recogniser
from mapper.geoparse.resolve import Calibration
from mapper.geoparse.stack import FEATURES as STACK_FEATURES
from mapper.geoparse.stack import Stack, stack_features
from mapper.geoparse.training import corpora, spans
from mapper.geoparse.training.boost import fit_trees
from mapper.geoparse.training.corpora import Document, Gold
from mapper.geoparse.training.places import Case, Ranker, fit_calibration, fit_ranker, judged, make_case, sentences
from mapper.geoparse.training.spans import Examples
from mapper.model import Article, Span

SPAN_CORPORA = ("lgl-dev", "geowebnews-dev", "event-location-dev", "geocorpora", "relocar")
PLACE_CORPORA = ("lgl-dev", "geowebnews-dev", "geocorpora", "wiktor-dev")
CAPITALS = ("lgl-dev", "geowebnews-dev")
"""Corpora learned from a second time in capitals, as wire copy of old has it."""

LONG = ("lgl-dev", "geowebnews-dev")
"""Corpora of long texts, whose sentences the ranker also learns from one by one."""

SPAN_WEIGHT = {"geocorpora": 0.5, "relocar": 0.5}
PLACE_WEIGHT = {"wiktor-dev": 0.2, "geocorpora": 0.5, **{f"{name}, sentences": 0.5 for name in LONG}}
FOLDS = 3

AT_MOST = {"wiktor-dev": 400}
"""Documents taken from a corpus where it has more than are useful."""


@dataclass(slots=True)
class Corpus:
    """A corpus with what the reader made of it."""

    name: str
    documents: list[Document]
    readings: list[Reading]
    examples: Examples


class Remembering(Tagger):
    """A recogniser that reads each text once, however many models are then fitted and measured on it."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__(tagger.model, tagger.common)
        self.memory: dict[str, list[tuple[int, int, str]]] = {}

    def tag(self, texts: Sequence[str]) -> Iterator[list[tuple[int, int, str]]]:
        """As :meth:`Tagger.tag`, from memory where it can be."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self.memory]
        self.memory.update(zip(fresh, super().tag(fresh), strict=True))
        yield from (self.memory[text] for text in texts)


class Workshop:
    """Reads corpora from a folder, each when first asked for. Needs the recogniser's package and scikit-learn."""

    def __init__(self, folder: Path, gazetteer: GazetteerLike, common: frozenset[str]) -> None:
        self.folder = folder
        self.book = NameBook(gazetteer)
        self.reader = Reader(self.book, Remembering(Tagger.load(common)), common)
        self.countries = self._countries(gazetteer)
        self._corpora: dict[tuple[str, bool], Corpus] = {}
        self._pieces: dict[int, tuple[Case, list[Case]]] = {}
        self.columns: Mapping[str, int] = {name: number for number, name in enumerate(spans.MODELS)}

    @staticmethod
    def _countries(gazetteer: GazetteerLike) -> dict[int, str]:
        found = {}
        letters = [chr(65 + k) for k in range(26)]
        for code in (a + b for a in letters for b in letters):
            try:
                number = gazetteer.country(code).id.partition(":")[2]
            except LookupError:
                continue
            if number.isdecimal():
                found[int(number)] = code
        return found

    def corpus(self, name: str, *, capitals: bool = False) -> Corpus:
        """A corpus, read; ``capitals`` for its copy in capitals."""
        key = name, capitals
        if key not in self._corpora:
            documents = corpora.load(self.folder, name)
            if capitals:
                documents = [replace(d, text=d.text.upper()) for d in documents if len(d.text.upper()) == len(d.text)]
            readings = list(self.reader.read([d.text for d in documents], ["en"] * len(documents)))
            self._corpora[key] = Corpus(name, documents, readings, spans.examples(documents, readings))
        return self._corpora[key]

    # Spans

    def span_sets(self, names: Sequence[str]) -> list[Corpus]:
        """The corpora to learn spans from, those in capitals after those as they are."""
        plain = [self.corpus(name) for name in names if name in SPAN_CORPORA]
        return plain + [self.corpus(name, capitals=True) for name in names if name in CAPITALS]

    def fit_spans(self, names: Sequence[str], skip: Mapping[str, frozenset[int]] | None = None) -> Recogniser:
        """Both looks at spans, fitted on corpora (without the documents to ``skip``, by number)."""
        sets = self.span_sets(names)
        skip = skip or {}
        scores = [np.zeros((len(c.examples.what), len(spans.MODELS))) for c in sets]
        for fold in range(FOLDS):
            part = self._fit_first(sets, skip, fold)
            for corpus, into in zip(sets, scores, strict=True):
                rows = [k for k, number in enumerate(corpus.examples.document) if number % FOLDS == fold]
                into[rows] = spans.score(part, choose(corpus.examples, rows))
        models = self._fit_first(sets, skip, None)
        return Recogniser(
            self.book, tagger=self.reader.tagger, models=models, stack=self._fit_second(sets, skip, scores)
        )

    @staticmethod
    def _fit_first(sets: Sequence[Corpus], skip: Mapping[str, frozenset[int]], fold: int | None) -> LinearModels:
        data = Examples()
        for corpus in sets:
            left_out = skip.get(corpus.name, frozenset())
            rows = [
                k for k, number in enumerate(corpus.examples.document)
                if number not in left_out and (fold is None or number % FOLDS != fold)
            ]  # fmt: skip
            data.extend(choose(corpus.examples, rows))
        only = spans.MODELS if fold is None else spans.MODELS[:5]
        return spans.fit(data, weight=lambda corpus: SPAN_WEIGHT.get(corpus, 1.0), only=only)

    def _fit_second(
        self, sets: Sequence[Corpus], skip: Mapping[str, frozenset[int]], scores: Sequence[NDArray[np.float64]]
    ) -> Stack:
        blocks, answers, importance = [], [], []
        for corpus, table in zip(sets, scores, strict=True):
            if corpus.name == "relocar":
                continue
            left_out = skip.get(corpus.name, frozenset())
            first = 0
            for number, reading in enumerate(corpus.readings):
                last = first + len(reading.proposals)
                if last > first and number not in left_out:
                    rows = stack_features(reading, table[first:last], self.columns)
                    what = corpus.examples.what[first:last]
                    known = np.array([w not in ("other", "unknown") for w in what])
                    blocks.append(rows[known])
                    answers += [w in ("place", "metonym") for w in what if w not in ("other", "unknown")]
                    importance += [SPAN_WEIGHT.get(corpus.name, 1.0)] * int(known.sum())
                first = last
        trees = fit_trees(
            STACK_FEATURES,
            np.vstack(blocks),
            np.array(answers, np.int64),
            weight=np.array(importance),
            trees=60,
            leaves=8,
            rate=0.07,
            least=100,
        )
        return Stack(trees)

    # Places

    def cases(self, name: str, recogniser: Recogniser) -> list[Case]:
        """A corpus's annotated names for the ranker, among the other names that the recogniser finds in the text."""
        documents = corpora.load(self.folder, name)[: AT_MOST.get(name)]
        articles = [
            Article(
                id=d.id, text=d.text, title=d.title, url=d.url, language="en",
                mentions=tuple(Span(start=g.start, end=g.end) for g in d.gold),
            )
            for d in documents
        ]  # fmt: skip
        found = []
        for document, article, (reading, mentions, context) in zip(
            documents, articles, recogniser.recognise(articles), strict=True
        ):
            pairs: list[tuple[Mention, Gold | None]] = [
                (m, g) for m, g in zip(mentions, document.gold, strict=True) if g.lat is not None or g.what != "none"
            ]
            pairs += [(m, None) for m in context]
            found.append(
                make_case(name, document.text, reading.page.words, pairs, self.book, outlet_of(article, self.book))
            )
        return found

    def fit_places(self, cases: Mapping[str, Sequence[Case]]) -> tuple[Ranker, Calibration]:
        """The ranker on all cases, and its calibration.

        What the calibration learns from was judged by rankers of two sorts that had not seen it: those trained on half
        of the documents of every corpus, and those trained without the whole corpus. The first alone are too sure of a
        text of another kind; the second, which know less than the ranker itself will, are not sure enough of any.
        """
        ranker = self._fit_ranker([case for name in cases for case in cases[name]])
        doubts = []
        judges = [name for name in cases if name != "wiktor-dev"]
        for name in judges:
            others = [case for other in cases if other != name for case in cases[other]]
            if others:
                doubts += judged(cases[name], self._fit_ranker(others), self.book, self.countries)
        for half in range(2):
            seen = [case for name in cases for k, case in enumerate(cases[name]) if name not in judges or k % 2 != half]
            without = self._fit_ranker(seen)
            for name in judges:
                doubts += judged(cases[name][half::2], without, self.book, self.countries)
        return ranker, fit_calibration(doubts)

    def _fit_ranker(self, cases: Sequence[Case]) -> Ranker:
        """A ranker on documents, and on sentences of the long ones as if they were all that is known."""
        pieces = [piece for case in cases if case.corpus in LONG for piece in self._sentences(case)]
        return fit_ranker([*cases, *pieces], self.book, self.countries, PLACE_WEIGHT)

    def _sentences(self, case: Case) -> list[Case]:
        key = id(case)
        if key not in self._pieces:
            self._pieces[key] = (case, list(sentences(case)))
        return self._pieces[key][1]


def choose(data: Examples, rows: Sequence[int]) -> Examples:
    """Some of the examples."""
    return Examples(
        [data.rows[k] for k in rows],
        [data.what[k] for k in rows],
        [data.corpus[k] for k in rows],
        [data.document[k] for k in rows],
    )
