"""Train the event-place linker: ``python -m mapper.events.training.train_linker CORPORA [--evaluate] [--toponyms
FILE]``.

CORPORA holds ``event-location-dev.jsonl.gz`` (Halterman 2019, MIT). Rows of source Masdar_RA are left out: they are
under-annotated. Texts that repeat with other triggers stay in one fold. ``--toponyms`` is an output of ``mapper
parse`` on
the same rows, so that the linker learns from the names that it will meet; without it the annotated spans and the
model's
own entities are used. scikit-learn is needed here and nowhere else.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from mapper.events.candidate import Candidate
from mapper.events.detect import given
from mapper.events.linking import Model
from mapper.events.placing_features import Linked, features, joint, linked
from mapper.events.syntax import Sentence, parse
from mapper.model import PlaceRef, Span, Toponym
from mapper.sentences import sentences

OUTPUT = Path(__file__).parents[1] / "weights" / "linker.json"
FOLDS = 5
MINIMUM = 8  # occurrences below which a feature is not kept
TREES, SECOND_TREES, DEPTH, RATE = 120, 120, 4, 0.1
THRESHOLD = 0.45  # where the cross-validated sum of F1 and sentences right was best


def rows(corpora: Path) -> list[dict[str, Any]]:
    """The usable rows, keyed as the scorer keys them."""
    with gzip.open(corpora / "event-location-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        data = [json.loads(line) for line in lines]
    return [dict(r, key=f"{r['doc_id']}#{i}") for i, r in enumerate(data) if r["source"] != "Masdar_RA" and r["events"]]


def fold_of(text: str) -> int:
    """The fold of a text, by its content, so that it is the same on every machine."""
    return zlib.crc32(" ".join(text.split()).lower().encode()) % FOLDS


def entities(texts: Sequence[str]) -> list[list[Span]]:
    """Place-like entities of the pinned model."""
    from mapper.language import NER_ONLY, nlp

    docs = nlp(NER_ONLY).pipe(texts, batch_size=64)
    return [
        [Span(start=e.start_char, end=e.end_char) for e in d.ents if e.label_ in {"GPE", "LOC", "FAC"}] for d in docs
    ]


def plain_toponyms(row: dict[str, Any], named: Sequence[Span]) -> list[Toponym]:
    """Annotated spans and entities as unresolved literal toponyms."""
    spans = [Span(start=g["start"], end=g["end"]) for g in row["event_locations"]]
    spans += [n for n in named if not any(n.overlaps(s) for s in spans)]
    return [
        Toponym(start=s.start, end=s.end, text=s.of(row["text"]), kind="literal", place=None, confidence=0.5)
        for s in sorted(spans)
    ]


def parsed_toponyms(path: Path) -> dict[str, list[Toponym]]:
    """Toponyms of a ``mapper parse`` output, by article id."""
    found = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            found[str(record["id"])] = [
                Toponym(
                    start=t["start"], end=t["end"], text=t["text"], kind=t["kind"], confidence=t["confidence"],
                    place=PlaceRef(**t["place"]) if t["place"] else None, stands_for=t["stands_for"],
                )
                for t in record["toponyms"]
            ]  # fmt: skip
    return found


def matches(t: Toponym, row: dict[str, Any]) -> bool:
    """Whether a toponym is one of the row's event places, by at least half of their union."""
    for g in row["event_locations"]:
        shared = min(t.end, g["end"]) - max(t.start, g["start"])
        if shared > 0 and shared / (max(t.end, g["end"]) - min(t.start, g["start"])) >= 0.5:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Row:
    """One trigger with the names of its sentence, their features, and whether each is where it happened."""

    text: str
    sentence: Sentence
    names: list[Linked]
    features: list[dict[str, float]]
    answers: list[int]


def examples(data: list[dict[str, Any]], toponyms: dict[str, list[Toponym]]) -> list[Row]:
    """For each row of the corpus the features and the answer of each toponym."""
    parsed = parse([(r["text"], _sentence_of(r), "body") for r in data])
    return [_row(row, s, toponyms[row["key"]]) for row, s in zip(data, parsed, strict=True)]


def _sentence_of(row: dict[str, Any]) -> Span:
    """The sentence that holds the trigger, as the event coder will cut it."""
    event = Span(start=row["events"][0]["start"], end=row["events"][0]["end"])
    return next((s for s in sentences(row["text"]) if s.overlaps(event)), Span(start=0, end=len(row["text"])))


def _row(row: dict[str, Any], s: Sentence, names: list[Toponym]) -> Row:
    event = row["events"][0]
    c: Candidate = given(s, Span(start=event["start"], end=event["end"]))
    here = linked(s, names, [i for i, n in enumerate(names) if s.span.contains(n)])
    answers = [int(matches(n.toponym, row)) for n in here]
    return Row(row["text"], s, here, [features(s, c, n, here) for n in here], answers)


def train(rows_: Sequence[Row], weights: Sequence[float]) -> Model:
    """Fit the first look on the rows, then the second on what the first says of rows that it has not seen."""
    outside: list[list[float]] = [[] for _ in rows_]
    folds = [fold_of(r.sentence.span.of(r.text) + "inner") for r in rows_]
    for fold in range(FOLDS):
        inside = [i for i, k in enumerate(folds) if k != fold]
        first = _first([rows_[i] for i in inside], [weights[i] for i in inside])
        for i, k in enumerate(folds):
            if k == fold:
                outside[i] = [first.probability(f) for f in rows_[i].features]
    model = _first(rows_, weights)
    flat = [
        ({**f, **more}, y, w)
        for r, ps, w in zip(rows_, outside, weights, strict=True)
        for f, more, y in zip(r.features, joint(r.names, ps, r.sentence, None), r.answers, strict=True)
    ]
    base, trees = _boosted(flat, SECOND_TREES)
    return replace(model, second_base=base, second=trees)


def _first(rows_: Sequence[Row], weights: Sequence[float]) -> Model:
    from sklearn.linear_model import LogisticRegression

    flat = [(f, y, w) for r, w in zip(rows_, weights, strict=True) for f, y in zip(r.features, r.answers, strict=True)]
    names, x, y, w = _matrix(flat)
    linear = LogisticRegression(C=0.3, max_iter=2000)
    linear.fit(x, y, sample_weight=w)
    base, trees = _boosted(flat, TREES)
    return Model(
        bias=round(float(linear.intercept_[0]), 4),
        weights={n: round(float(v), 4) for n, v in zip(names, linear.coef_[0], strict=True) if abs(v) >= 1e-3},
        base=base,
        rate=RATE,
        trees=trees,
        second_base=0.0,
        second=(),
        threshold=0.5,
    )


_Flat = list[tuple[dict[str, float], int, float]]


def _matrix(flat: _Flat) -> tuple[list[str], Any, Any, Any]:
    counts = Counter(k for f, _, _ in flat for k in f)
    names = sorted(k for k, n in counts.items() if n >= MINIMUM)
    column = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(flat), len(names)), dtype=np.float32)
    for i, (f, _, _) in enumerate(flat):
        for k, v in f.items():
            if k in column:
                x[i, column[k]] = v
    return names, x, np.array([y for _, y, _ in flat]), np.array([w for _, _, w in flat])


def _boosted(flat: _Flat, trees: int) -> tuple[float, tuple[Any, ...]]:
    """The starting log-odds and the trees of a gradient boosting."""
    from sklearn.ensemble import GradientBoostingClassifier

    names, x, y, w = _matrix(flat)
    boosted = GradientBoostingClassifier(
        n_estimators=trees, max_depth=DEPTH, learning_rate=RATE, subsample=0.7, max_features=0.15, random_state=7
    )
    boosted.fit(x, y, sample_weight=w)
    p = float(np.average(y, weights=w))
    return round(float(np.log(p / (1 - p))), 4), tuple(_tree(e[0].tree_, 0, names) for e in boosted.estimators_)


def _tree(tree: Any, node: int, names: list[str]) -> Any:
    if tree.children_left[node] == -1:
        return round(float(tree.value[node][0][0]), 4)
    return [
        names[tree.feature[node]],
        round(float(tree.threshold[node]), 4),
        _tree(tree, tree.children_left[node], names),
        _tree(tree, tree.children_right[node], names),
    ]


def evaluate(
    data: list[dict[str, Any]], rows_: Sequence[Row], probabilities: Sequence[Sequence[float]], threshold: float
) -> dict[str, tuple[float, float, float, float]]:
    """Precision, recall, F1 and share of rows wholly right, for all rows and for the relabelled ones."""
    report = {}
    for part in ("all", "relabelled"):
        tp = fp = fn = right = n = 0
        for row, r, ps in zip(data, rows_, probabilities, strict=True):
            if part == "relabelled" and not row.get("gold"):
                continue
            said = [y for y, p in zip(r.answers, ps, strict=True) if p >= threshold]
            hit, gold = sum(said), len(row["event_locations"])
            tp, fp, fn = tp + hit, fp + len(said) - hit, fn + max(0, gold - hit)
            right += hit == gold and len(said) == hit
            n += 1
        precision, recall = tp / max(1, tp + fp), tp / max(1, tp + fn)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        report[part] = (round(precision, 3), round(recall, 3), round(f1, 3), round(right / max(1, n), 3))
    return report


def held_out(data: list[dict[str, Any]], rows_: Sequence[Row], weights: Sequence[float]) -> list[list[float]]:
    """Probabilities of each row's names from models that have not seen its text."""
    probabilities: list[list[float]] = [[] for _ in data]
    folds = [fold_of(r["text"]) for r in data]
    for fold in range(FOLDS):
        inside = [i for i, k in enumerate(folds) if k != fold]
        m = train([rows_[i] for i in inside], [weights[i] for i in inside])
        for i, k in enumerate(folds):
            if k == fold:
                probabilities[i] = said_by(m, rows_[i])
    return probabilities


def said_by(m: Model, row: Row) -> list[float]:
    """A model's final probabilities for the names of a row."""
    first = [m.probability(f) for f in row.features]
    second = joint(row.names, first, row.sentence, None)
    return [m.reconsidered({**f, **more}) for f, more in zip(row.features, second, strict=True)]


def main() -> None:
    """Train on everything and write the weights; with ``--evaluate`` cross-validate first and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--evaluate", action="store_true")
    parser.add_argument("--toponyms", type=Path)
    args = parser.parse_args()
    data = rows(args.corpora)
    if args.toponyms:
        toponyms = parsed_toponyms(args.toponyms)
    else:
        named = entities([r["text"] for r in data])
        toponyms = {r["key"]: plain_toponyms(r, n) for r, n in zip(data, named, strict=True)}
    found = examples(data, toponyms)
    weights = [2.0 if r.get("gold") else 1.0 for r in data]
    best = THRESHOLD
    if args.evaluate:
        probabilities = held_out(data, found, weights)
        reports = {t / 100: evaluate(data, found, probabilities, t / 100) for t in range(30, 66, 5)}
        for threshold, report in reports.items():
            sys.stdout.write(f"{threshold} {report}\n")
        best = max(reports, key=lambda t: (reports[t]["all"][2] + reports[t]["all"][3], -t))
    model = train(found, weights)
    OUTPUT.write_text(
        json.dumps(
            {
                "bias": model.bias,
                "base": model.base,
                "rate": model.rate,
                "threshold": best,
                "weights": model.weights,
                "trees": model.trees,
                "second_base": model.second_base,
                "second": model.second,
            },
            sort_keys=True,
            separators=(",", ":"),
        )
        + "\n",
        encoding="utf-8",
        newline="\n",
    )
    sys.stdout.write(f"{OUTPUT.name}: {OUTPUT.stat().st_size // 1000} kB, threshold {best}\n")


if __name__ == "__main__":
    main()
