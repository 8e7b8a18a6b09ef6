"""What is measured by halves of a corpus, each half by models that were not trained on it: the recall of event places
in conflict sentences, and kinds on annotated spans."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from mapper.geoparse import Geoparser
from mapper.geoparse.text import trim
from mapper.geoparse.training import corpora
from mapper.geoparse.training.workshop import SPAN_CORPORA, Workshop
from mapper.model import Article, Span, Toponym

BATCH = 64

KINDS = {"place": "literal", "metonym": "metonym", "demonym": "demonym", "embedded": "embedded"}
"""What an annotation calls a span, and what an answer does."""

KindAnswers = tuple[corpora.Document, list[corpora.Gold], tuple[Toponym, ...]]


@dataclasses.dataclass(frozen=True, slots=True)
class Half:
    """A geoparser and the documents, by number, that it was not trained on. ``relocar``: the corpus's own test part."""

    geoparser: Geoparser
    workshop: Workshop
    events: frozenset[int]
    news: frozenset[int]
    relocar: frozenset[int]

    def kinds(self) -> Iterator[KindAnswers]:
        """Annotated spans with a kind, and what is answered for each, of every document held out."""
        for name, numbers in (("geowebnews-dev", self.news), ("relocar", self.relocar)):
            documents = [self.workshop.corpus(name).documents[number] for number in sorted(numbers)]
            kept = [[gold for gold in document.gold if gold.what in KINDS] for document in documents]
            articles = [
                Article(
                    id=document.id, text=document.text, language="en",
                    mentions=tuple(Span(start=g.start, end=g.end) for g in gold),
                )
                for document, gold in zip(documents, kept, strict=True)
            ]  # fmt: skip
            yield from zip(documents, kept, _run(self.geoparser, articles), strict=True)


def fitted_halves(workshop: Workshop, folder: Path) -> Iterator[Half]:
    """Spans fitted without one half, then without the other, of the conflict sentences and of GeoWebNews; relocar by
    its own split. The ranker is the shipped one: no kind and no span depends on it."""
    events, news = workshop.corpus("event-location-dev"), workshop.corpus("geowebnews-dev")
    test = frozenset(k for k, row in enumerate(corpora.rows(folder / "relocar.jsonl.gz")) if row["split"] == "test")
    resolver = Geoparser(workshop.book.gazetteer).resolver
    for half in (0, 1):
        held = {c.name: frozenset(k for k in range(len(c.documents)) if k % 2 == half) for c in (events, news)}
        spans = workshop.fit_spans(SPAN_CORPORA, {**held, "relocar": test})
        geoparser = Geoparser.of(spans, resolver)
        yield Half(geoparser, workshop, held[events.name], held[news.name], test if half == 0 else frozenset())


def measure_halves(halves: Sequence[Half]) -> tuple[str, list[list[str]]]:
    """What is measured by halves of a corpus: recall of event places in conflict sentences, and kinds on gold spans."""
    found = gold = answered = 0
    hits, total, said = Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for half in halves:
        events = half.workshop.corpus("event-location-dev")
        for number in sorted(half.events):
            document = events.documents[number]
            article = Article(id=document.id, text=document.text, language="en")
            answers = half.geoparser.recogniser.judge(article, events.readings[number], "en")
            mentions = {trim(document.text, m.start, m.end) for m in answers}
            wanted = {(g.start, g.end) for g in document.gold}
            found += len(wanted & mentions)
            gold += len(wanted)
            answered += len(mentions)
        for document, annotated, toponyms in half.kinds():
            for wanted_kind, toponym in zip((KINDS[g.what] for g in annotated), toponyms, strict=True):
                total[document.corpus, wanted_kind] += 1
                said[document.corpus, toponym.kind] += 1
                hits[document.corpus, wanted_kind] += toponym.kind == wanted_kind
    lines = []
    for name in ("geowebnews-dev", "relocar"):
        for what in KINDS.values():
            if total[name, what]:
                precision, recall = hits[name, what] / max(said[name, what], 1), hits[name, what] / total[name, what]
                lines.append([name, what, f"{precision:.3f}", f"{recall:.3f}", str(total[name, what])])
    recall_line = (
        f"{found / gold:.3f} of {gold} places, exact span; "
        f"{answered / gold:.2f} spans answered for each annotated one (other places in the sentence are not annotated)"
    )
    return recall_line, lines


def _run(geoparser: Geoparser, articles: list[Article]) -> list[tuple[Toponym, ...]]:
    parts = [geoparser.parse(articles[first : first + BATCH]) for first in range(0, len(articles), BATCH)]
    return [toponyms for part in parts for toponyms in part]
