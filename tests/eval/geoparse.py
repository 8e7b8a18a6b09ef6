"""``python -m tests.eval.geoparse CORPORA SCORER``: measure the geoparser and write its part of ``REPORT.md``.

CORPORA is the folder of the annotated corpora, SCORER the scoring program for place recognition and resolution. Every
figure of the first tables is of models that were not trained on the corpus (or, where said, the fold) that is scored.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib.util
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from gazetteer import Gazetteer
from mapper.geoparse import Geoparser
from mapper.geoparse.recognise import Recogniser, common_words
from mapper.geoparse.resolve import Calibration, Resolver
from mapper.geoparse.text import trim
from mapper.geoparse.training import corpora
from mapper.geoparse.training.places import Ranker
from mapper.geoparse.training.workshop import PLACE_CORPORA, SPAN_CORPORA, Workshop
from mapper.model import Article, Span, Toponym
from tests.eval.report import write_section

BATCH = 64

LICENCES = """### What the models were trained on

| corpus | used for | licence |
|---|---|---|
| lgl-dev | spans, places | annotations GPL-3 (Gritta et al.); texts of local newspapers, research use |
| geowebnews-dev | spans, kinds, places | annotations GPL-3 (Gritta et al.); news texts |
| geocorpora | spans, places | none stated (GeoCorpora); tweets |
| event-location-dev | spans | annotations MIT (Halterman); sentences of news agencies |
| relocar | metonymy | GPL-3 (Gritta et al.); text of Wikipedia, CC BY-SA |
| wiktor-dev | places | GPL-3, text of Wikipedia, CC BY-SA |
| ngec-synthetic, timebank-dev | which words are written small | MIT; LDC texts, counts only |
| tud-loc2013 | nothing: measured only | CC BY-NC-SA 4.0 |

What is kept is weights and a list of everyday words: no text of any corpus."""
Row = dict[str, Any]


def load_scorer(path: Path) -> ModuleType:
    """The scoring program as a module."""
    spec = importlib.util.spec_from_file_location("geoparse_scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def articles_of(rows: Sequence[Row], *, mentions: bool) -> list[Article]:
    """Corpus documents as articles, with their gold spans to be resolved as given where asked."""
    return [
        Article(
            id=str(row["doc_id"]),
            text=row["text"],
            title=row.get("title"),
            url=row.get("url"),
            mentions=tuple(Span(start=t["start"], end=t["end"]) for t in row["toponyms"]) if mentions else None,
        )
        for row in rows
    ]


def run(geoparser: Geoparser, articles: Sequence[Article]) -> list[tuple[Toponym, ...]]:
    """Toponyms of all articles, batch by batch."""
    found: list[tuple[Toponym, ...]] = []
    for first in range(0, len(articles), BATCH):
        found += geoparser.parse(articles[first : first + BATCH])
    return found


def score(scorer: ModuleType, geoparser: Geoparser, rows: Sequence[Row], *, mentions: bool) -> Row:
    """What the scorer says of a geoparser's answers on a corpus."""
    articles = articles_of(rows, mentions=mentions)
    answers = [
        {"id": article.id, "toponyms": [dataclasses.asdict(t) for t in toponyms]}
        for article, toponyms in zip(articles, run(geoparser, articles), strict=True)
    ]
    result: Row = scorer.score(rows, answers)
    return result


def parts(workshop: Workshop, spans: Recogniser, ranker: Ranker, calibration: Calibration) -> Geoparser:
    """A geoparser of fitted parts."""
    resolver = Resolver(workshop.book, first=ranker.first, second=ranker.second, calibration=calibration)
    return Geoparser.of(spans, resolver)


def without(workshop: Workshop, held: str) -> Geoparser:
    """A geoparser fitted on all permitted corpora but one."""
    spans = workshop.fit_spans([name for name in SPAN_CORPORA if name != held])
    cases = {name: workshop.cases(name, spans) for name in PLACE_CORPORA if name != held}
    return parts(workshop, spans, *workshop.fit_places(cases))


def percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def figures(name: str, own: Row, given: Row) -> list[str]:
    exact, ends = own["exact"], own["end_to_end"]
    linked, every = given["resolution_linked"], given["resolution_with_demonyms"]
    return [
        name,
        *(percent(exact[key]) for key in ("precision", "recall", "f1")),
        percent(own["overlap"]["f1"]),
        f"{percent(linked.get('acc161'))} ({linked.get('n', 0)})",
        f"{percent(every.get('acc161'))} ({every.get('n', 0)})",
        percent(ends["f1"]),
        percent(own["calibration_error"]),
        percent(given["calibration_error"]),
    ]


HEADER = (
    "corpus", "P", "R", "F1 exact", "F1 overlap", "acc@161 linked (n)", "acc@161 all gold (n)", "end-to-end F1",
    "ECE, own spans", "ECE, gold spans",
)  # fmt: skip


def halves(workshop: Workshop, folder: Path) -> tuple[str, list[list[str]]]:
    """What is measured by halves of a corpus: recall of event places in conflict sentences, and kinds on gold spans
    (GeoWebNews by halves, relocar by its own split). Each half is left out of the training of what it measures."""
    events, news = workshop.corpus("event-location-dev"), workshop.corpus("geowebnews-dev")
    test = frozenset(k for k, row in enumerate(corpora.rows(folder / "relocar.jsonl.gz")) if row["split"] == "test")
    resolver = Geoparser(workshop.book.gazetteer).resolver
    found = gold = answered = 0
    tallies = {name: (Counter[str](), Counter[str](), Counter[str]()) for name in ("geowebnews-dev", "relocar")}
    for half in (0, 1):
        held = {c.name: frozenset(k for k in range(len(c.documents)) if k % 2 == half) for c in (events, news)}
        spans = workshop.fit_spans(SPAN_CORPORA, {**held, "relocar": test})
        geoparser = Geoparser.of(spans, resolver)
        for number in sorted(held[events.name]):
            document = events.documents[number]
            article = Article(id=document.id, text=document.text, language="en")
            answers = spans.judge(article, events.readings[number], "en")
            mentions = {trim(document.text, m.start, m.end) for m in answers}
            wanted = {(g.start, g.end) for g in document.gold}
            found += len(wanted & mentions)
            gold += len(wanted)
            answered += len(mentions)
        _count_kinds(geoparser, [news.documents[k] for k in sorted(held[news.name])], *tallies["geowebnews-dev"])
        if half == 0:
            documents = workshop.corpus("relocar").documents
            _count_kinds(geoparser, [documents[k] for k in sorted(test)], *tallies["relocar"])
    lines = []
    for name, (hits, total, said) in tallies.items():
        for what in ("literal", "metonym", "demonym", "embedded"):
            if total[what]:
                precision, recall = hits[what] / max(said[what], 1), hits[what] / total[what]
                lines.append([name, what, percent(precision), percent(recall), str(total[what])])
    recall_line = (
        f"{found / gold:.3f} of {gold} places, exact span; "
        f"{answered / gold:.2f} spans answered for each annotated one (other places in the sentence are not annotated)"
    )
    return recall_line, lines


def _count_kinds(
    geoparser: Geoparser,
    documents: Sequence[corpora.Document],
    hits: Counter[str],
    total: Counter[str],
    said: Counter[str],
) -> None:
    names = {"place": "literal", "metonym": "metonym", "demonym": "demonym", "embedded": "embedded"}
    kept = [[g for g in d.gold if g.what in names] for d in documents]
    articles = [
        Article(id=d.id, text=d.text, language="en", mentions=tuple(Span(start=g.start, end=g.end) for g in gold))
        for d, gold in zip(documents, kept, strict=True)
    ]
    for gold, toponyms in zip(kept, run(geoparser, articles), strict=True):
        for wanted, toponym in zip(gold, toponyms, strict=True):
            total[names[wanted.what]] += 1
            said[toponym.kind] += 1
            hits[toponym.kind] += toponym.kind == names[wanted.what]


def reliability(scorer: ModuleType, geoparser: Geoparser, rows: Sequence[Row]) -> list[list[str]]:
    """Confidence against the share that is right, by tenths, on gold spans with coordinates."""
    bins: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    articles = articles_of(rows, mentions=True)
    for row, toponyms in zip(rows, run(geoparser, articles), strict=True):
        for gold, toponym in zip(row["toponyms"], toponyms, strict=True):
            if gold.get("lat") is None or toponym.place is None or gold.get("score", "place") != "place":
                continue
            error = scorer.error_km({"place": dataclasses.asdict(toponym.place)}, gold)
            bins[min(9, int(toponym.confidence * 10))].append((toponym.confidence, error is not None and error <= 161))
    lines = []
    for number in sorted(bins):
        part = bins[number]
        mean = sum(confidence for confidence, _ in part) / len(part)
        right = sum(good for _, good in part) / len(part)
        bar = "█" * round(right * 20)
        lines.append([f"{number / 10:.1f}–{number / 10 + 0.1:.1f}", str(len(part)), f"{mean:.3f}", f"{right:.3f}", bar])
    return lines


def speed(geoparser: Geoparser, rows: Sequence[Row]) -> list[list[str]]:
    """Words a second of processor time, cold caches, one process: recognising, resolving, both."""
    articles = articles_of(rows, mentions=False)
    words = sum(len(article.text.split()) for article in articles)
    watch: Callable[[], float] = time.process_time
    begun = watch()
    readings = [
        item
        for first in range(0, len(articles), BATCH)
        for item in geoparser.recogniser.recognise(articles[first : first + BATCH])
    ]
    middle = watch()
    for article, (reading, mentions, context) in zip(articles, readings, strict=True):
        geoparser.locate(article, reading, mentions, context)
    ended = watch()
    return [
        ["recognition", f"{words / (middle - begun):,.0f}"],
        ["resolution", f"{words / (ended - middle):,.0f}"],
        ["both", f"{words / (ended - begun):,.0f}"],
    ]


def peak_memory() -> str:
    """The process's greatest resident size."""
    try:
        import resource
    except ImportError:
        return "not measured on this platform"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return f"{peak / (1024 if sys.platform != 'darwin' else 1024 * 1024):,.0f} MB"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.eval.geoparse", description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument(
        "--held",
        nargs="+",
        default=["lgl-dev", "geowebnews-dev", "geocorpora"],
        metavar="CORPUS",
        help="corpora to leave out of training and score, one after the other",
    )
    parser.add_argument("--quick", action="store_true", help="only the shipped weights: no training")
    args = parser.parse_args()
    scorer = load_scorer(args.scorer)
    names = ("lgl-dev", "geowebnews-dev", "geocorpora", "tud-loc2013")
    rows = {name: corpora.rows(args.corpora / f"{name}.jsonl.gz") for name in names}
    text = [
        (
            f"Measured on {datetime.now(UTC):%Y-%m-%d} on {os.cpu_count()} cores with "
            "`python -m tests.eval.geoparse CORPORA SCORER`."
        )
    ]
    with Gazetteer.open() as gazetteer:
        shipped = Geoparser(gazetteer)
        speeds = speed(shipped, rows["lgl-dev"])
        memory = peak_memory()
        if not args.quick:
            text.append(_cross_validated(scorer, args.corpora, gazetteer, rows, shipped, args.held))
        lines = [
            figures(
                name,
                score(scorer, shipped, rows[name], mentions=False),
                score(scorer, shipped, rows[name], mentions=True),
            )
            for name in names
        ]
    text.append(
        "### Shipped weights\n\nTrained on every corpus here but tud-loc2013, which is only measured.\n\n"
        + table(HEADER, lines)
    )
    text.append(
        "### Speed\n\nWords a second of processor time, one process, lgl-dev, cold caches.\n\n"
        + table(("step", "words/s"), speeds)
        + f"\n\nPeak memory of the measuring process up to here: {memory}."
    )
    write_section("Geoparsing", "\n\n".join(text))
    return 0


def _cross_validated(
    scorer: ModuleType,
    folder: Path,
    gazetteer: Gazetteer,
    rows: dict[str, list[Row]],
    shipped: Geoparser,
    held: Sequence[str],
    workshop: Workshop | None = None,
) -> str:
    workshop = workshop or Workshop(folder, gazetteer, common_words())
    lines = []
    curves = []
    for name in held:
        geoparser = without(workshop, name)
        own = score(scorer, geoparser, rows[name], mentions=False)
        lines.append(figures(name, own, score(scorer, geoparser, rows[name], mentions=True)))
        curve = table(("confidence", "n", "mean", "right", ""), reliability(scorer, geoparser, rows[name]))
        curves.append(f"{name}:\n\n{curve}")
    own = score(scorer, shipped, rows["tud-loc2013"], mentions=False)
    lines.append(figures("tud-loc2013", own, score(scorer, shipped, rows["tud-loc2013"], mentions=True)))
    events, kinds = halves(workshop, folder)
    return "\n\n".join(
        [
            "### Trained without the corpus scored\n\n" + table(HEADER, lines),
            f"Event places in conflict sentences (event-location-dev, by halves): {events}.",
            "### Kinds, on gold spans of halves not trained on\n\n"
            + table(("corpus", "kind", "precision", "recall", "n"), kinds),
            "### Reliability of `confidence`, gold spans, trained without the corpus\n\n" + "\n\n".join(curves),
            LICENCES,
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
