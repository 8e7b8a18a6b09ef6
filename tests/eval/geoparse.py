"""``python -m tests.eval.geoparse CORPORA SCORER``: measure the geoparser and write its part of ``REPORT.md``.

CORPORA is the folder of the annotated corpora, SCORER the scoring program for place recognition and resolution. Every
figure of the first tables is of models that were not trained on the corpus (or, where said, the fold) that is scored.
It takes some ten minutes of processor time; with ``--parts`` it can be done bit by bit (see :mod:`tests.eval.parts`).
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib.util
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from gazetteer import Gazetteer
from mapper.geoparse import Geoparser
from mapper.geoparse.recognise import Recogniser, common_words
from mapper.geoparse.resolve import Calibration, Resolver
from mapper.geoparse.training import corpora
from mapper.geoparse.training.places import Ranker
from mapper.geoparse.training.workshop import PLACE_CORPORA, SPAN_CORPORA, Workshop
from mapper.model import Article, Span, Toponym
from tests.eval.halves import fitted_halves, measure_halves
from tests.eval.parts import Parts
from tests.eval.reliability import Tenth, write_picture
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
NOT_LEFT_OUT = """\
Not left out: the list of everyday words (counts of all training corpora), and the threshold, the blend of the two
looks and the hand-written rules, which were chosen while looking at results and errors on lgl-dev, geowebnews-dev and
event-location-dev; expect somewhat less on unseen corpora. The ranker's features and the signs that confidence is read
from were chosen by left-out results on lgl-dev, geowebnews-dev and geocorpora. tud-loc2013 was looked at for resolution
errors once."""

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


def without(workshop: Workshop, held: str, spans: Recogniser | None = None) -> Geoparser:
    """A geoparser fitted on all permitted corpora but one; ``spans`` are not fitted where they are given."""
    spans = spans or workshop.fit_spans([name for name in SPAN_CORPORA if name != held])
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


def reliability(scorer: ModuleType, geoparser: Geoparser, rows: Sequence[Row]) -> list[Tenth]:
    """Confidence against the share that is right, by tenths, on gold spans with coordinates."""
    bins: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    articles = articles_of(rows, mentions=True)
    for row, toponyms in zip(rows, run(geoparser, articles), strict=True):
        for gold, toponym in zip(row["toponyms"], toponyms, strict=True):
            if gold.get("lat") is None or toponym.place is None or gold.get("score", "place") != "place":
                continue
            error = scorer.error_km({"place": dataclasses.asdict(toponym.place)}, gold)
            bins[min(9, int(toponym.confidence * 10))].append((toponym.confidence, error is not None and error <= 161))
    tenths = []
    for number, part in sorted(bins.items()):
        mean = sum(confidence for confidence, _ in part) / len(part)
        tenths.append(Tenth(number / 10, len(part), mean, sum(good for _, good in part) / len(part)))
    return tenths


def reliability_table(tenths: Sequence[Tenth]) -> str:
    """The same as a table."""
    rows = [[f"{t.low:.1f}–{t.low + 0.1:.1f}", str(t.count), f"{t.mean:.3f}", f"{t.right:.3f}"] for t in tenths]
    return table(("confidence", "n", "mean", "right"), rows)


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
    parser.add_argument("--parts", type=Path, metavar="FOLDER", help="keep what was measured, outside the repository")
    parser.add_argument("--only", metavar="PART", help="measure this part into --parts, and write no report")
    parser.add_argument("--errors", type=Path, metavar="FOLDER", help="write the errors out, outside the repository")
    args = parser.parse_args()
    if args.errors:
        args.errors.mkdir(parents=True, exist_ok=True)
    scorer = load_scorer(args.scorer)
    names = ("lgl-dev", "geowebnews-dev", "geocorpora", "tud-loc2013")
    rows = {name: corpora.rows(args.corpora / f"{name}.jsonl.gz") for name in names}
    kept = Parts(args.parts, args.only)
    with Gazetteer.open() as gazetteer:
        workshop = Workshop(args.corpora, gazetteer, common_words())
        kept.remember(workshop.reader.tagger)
        measured = (
            [] if args.quick else _cross_validated(scorer, args.corpora, workshop, rows, args.held, args.errors, kept)
        )
        shipped = kept.part("shipped", lambda: _shipped(scorer, gazetteer, workshop, rows))
        kept.remember(workshop.reader.tagger)
    speeds = kept.part("speed", lambda: _speeds(args.corpora))
    if args.only:
        return 0
    text = [
        (
            f"Measured on {datetime.now(UTC):%Y-%m-%d} on {os.cpu_count()} cores with "
            "`python -m tests.eval.geoparse CORPORA SCORER`."
        ),
        NOT_LEFT_OUT,
        *measured,
        "### Shipped weights\n\nTrained on every corpus here but tud-loc2013, which is only measured: its row alone is "
        "of text that the models have not seen.\n\n" + table(HEADER, shipped),
        LICENCES,
        "### Speed\n\nWords a second of processor time, one process, one thread, nothing remembered from before "
        "(`python -m tests.eval.speed FILE`).\n\n"
        + table(("corpus", "recognition", "resolution", "both", "peak memory"), speeds),
    ]
    write_section("Geoparsing", "\n\n".join(text))
    return 0


def _shipped(
    scorer: ModuleType, gazetteer: Gazetteer, workshop: Workshop, rows: dict[str, list[Row]]
) -> list[list[str]]:
    """What the shipped weights give on every corpus."""
    shipped = Geoparser(gazetteer)
    shipped.recogniser.reader.tagger = workshop.reader.tagger
    return [
        figures(
            name, score(scorer, shipped, rows[name], mentions=False), score(scorer, shipped, rows[name], mentions=True)
        )
        for name in rows
    ]


def _speeds(folder: Path) -> list[list[str]]:
    """Speed and memory, each corpus in a process of its own."""
    lines = []
    for name in ("lgl-dev", "geowebnews-dev"):
        command = [sys.executable, "-m", "tests.eval.speed", str(folder / f"{name}.jsonl.gz")]
        said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        words = (f"{said[step]:,.0f}" for step in ("recognition", "resolution", "both"))
        lines.append([name, *words, f"{said['peak']:,.0f} MB" if said["peak"] else "not measured here"])
    return lines


def _cross_validated(
    scorer: ModuleType,
    folder: Path,
    workshop: Workshop,
    rows: dict[str, list[Row]],
    held: Sequence[str],
    errors: Path | None,
    kept: Parts,
) -> list[str]:
    """The figures of corpora left out one after the other, and of halves."""
    from tests.eval.errors import write_for_corpus, write_for_halves

    def corpus(name: str, spans: Recogniser | None = None) -> tuple[list[str], list[list[float]]]:
        geoparser = without(workshop, name, spans)
        own = score(scorer, geoparser, rows[name], mentions=False)
        line = figures(name, own, score(scorer, geoparser, rows[name], mentions=True))
        curve = reliability(scorer, geoparser, rows[name])
        if errors:
            write_for_corpus(errors, name, scorer, geoparser, rows[name])
        return line, [list(dataclasses.astuple(tenth)) for tenth in curve]

    def by_halves() -> tuple[str, list[list[str]]]:
        halves = list(fitted_halves(workshop, folder))
        if errors:
            write_for_halves(errors, halves)
        return measure_halves(halves)

    def ranked(name: str) -> tuple[list[str], list[list[float]]]:
        return corpus(name, Recogniser(workshop.book, tagger=workshop.reader.tagger))

    measured = {name: kept.part(name, partial(corpus, name)) for name in held}
    placed = {name: kept.part(f"{name}-places", partial(ranked, name)) for name in rows if name in PLACE_CORPORA}
    half = kept.part("halves", by_halves)
    if kept.only:
        return []
    events, kinds = half
    curves = {name: [Tenth(*tenth) for tenth in curve] for name, (_, curve) in placed.items()}
    write_picture(curves)
    tables = [f"{name}:\n\n{reliability_table(curve)}" for name, curve in curves.items()]
    return [
        "### Trained without the corpus scored\n\n" + table(HEADER, [line for line, _ in measured.values()]),
        "### Ranker and confidence trained without the corpus scored, spans by the shipped models\n\nThe ranker's "
        "and the confidence's part alone: what is found is as the shipped weights find it.\n\n"
        + table(HEADER, [line for line, _ in placed.values()]),
        f"Event places in conflict sentences (event-location-dev, by halves): {events}.",
        "### Kinds, on gold spans of halves not trained on\n\n"
        + table(("corpus", "kind", "precision", "recall", "n"), kinds),
        "### Reliability of `confidence`, gold spans, ranker and confidence trained without the corpus\n\n"
        "![Share of right answers against mean confidence](reliability.svg)\n\n" + "\n\n".join(tables),
    ]


if __name__ == "__main__":
    sys.exit(main())
