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
from pathlib import Path
from typing import Any

import numpy as np

from mapper.events.candidate import Candidate
from mapper.events.detect import given
from mapper.events.linking import Model
from mapper.events.placing_features import Linked, features, linked
from mapper.events.syntax import Sentence, parse
from mapper.model import PlaceRef, Span, Toponym

OUTPUT = Path(__file__).parents[1] / "weights" / "linker.json"
FOLDS = 5
MINIMUM = 8  # occurrences below which a feature is not kept
TREES, DEPTH, RATE = 120, 3, 0.1


def rows(corpora: Path) -> list[dict[str, Any]]:
    """The usable rows, keyed as the scorer keys them."""
    with gzip.open(corpora / "event-location-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        data = [json.loads(line) for line in lines]
    kept = [r for r in data if r["source"] != "Masdar_RA" and r["events"]]
    return [dict(r, key=f"{r['doc_id']}#{i}") for i, r in enumerate(kept)]


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


def examples(
    data: list[dict[str, Any]], toponyms: dict[str, list[Toponym]], within: Any = None
) -> list[list[tuple[Linked, dict[str, float], int]]]:
    """For each row the features and the answer of each toponym."""
    sentences = parse([(r["text"], Span(start=0, end=len(r["text"])), "body") for r in data])
    found = []
    for row, s in zip(data, sentences, strict=True):
        found.append(_row_examples(row, s, toponyms[row["key"]], within))
    return found


def _row_examples(
    row: dict[str, Any], s: Sentence, names: list[Toponym], within: Any
) -> list[tuple[Linked, dict[str, float], int]]:
    event = row["events"][0]
    c: Candidate = given(s, Span(start=event["start"], end=event["end"]))
    here = linked(s, names, range(len(names)))
    return [(n, features(s, c, n, here, within), int(matches(n.toponym, row))) for n in here]


def train(groups: list[list[tuple[Linked, dict[str, float], int]]], weights: Sequence[float]) -> Model:
    """Fit both parts on the rows' examples; ``weights`` per row."""
    from sklearn.ensemble import GradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression

    counts = Counter(k for g in groups for _, f, _ in g for k in f)
    names = sorted(k for k, n in counts.items() if n >= MINIMUM)
    column = {name: i for i, name in enumerate(names)}
    flat = [(f, y, w) for g, w in zip(groups, weights, strict=True) for _, f, y in g]
    x = np.zeros((len(flat), len(names)), dtype=np.float32)
    for i, (f, _, _) in enumerate(flat):
        for k, v in f.items():
            if k in column:
                x[i, column[k]] = v
    y = np.array([y for _, y, _ in flat])
    w = np.array([w for _, _, w in flat])
    linear = LogisticRegression(C=0.3, max_iter=2000)
    linear.fit(x, y, sample_weight=w)
    boosted = GradientBoostingClassifier(
        n_estimators=TREES, max_depth=DEPTH, learning_rate=RATE, subsample=0.7, max_features=0.3, random_state=7
    )
    boosted.fit(x, y, sample_weight=w)
    p = float(np.average(y, weights=w))
    trees = tuple(_tree(e[0].tree_, 0, names) for e in boosted.estimators_)
    return Model(
        bias=round(float(linear.intercept_[0]), 4),
        weights={n: round(float(v), 4) for n, v in zip(names, linear.coef_[0], strict=True) if abs(v) >= 1e-3},
        base=round(float(np.log(p / (1 - p))), 4),
        rate=RATE,
        trees=trees,
        threshold=0.5,
    )


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
    data: list[dict[str, Any]],
    groups: list[list[tuple[Linked, dict[str, float], int]]],
    probabilities: list[list[float]],
    threshold: float,
) -> dict[str, tuple[float, float, float, float]]:
    """Precision, recall, F1 and share of rows wholly right, for all rows and for the relabelled ones."""
    report = {}
    for part in ("all", "relabelled"):
        tp = fp = fn = right = n = 0
        for row, group, ps in zip(data, groups, probabilities, strict=True):
            if part == "relabelled" and not row.get("gold"):
                continue
            said = [y for (_, _, y), p in zip(group, ps, strict=True) if p >= threshold]
            hit = sum(said)
            gold = len(row["event_locations"])
            tp, fp, fn = tp + hit, fp + len(said) - hit, fn + max(0, gold - hit)
            right += hit == gold and len(said) == hit
            n += 1
        precision, recall = tp / max(1, tp + fp), tp / max(1, tp + fn)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        report[part] = (round(precision, 3), round(recall, 3), round(f1, 3), round(right / max(1, n), 3))
    return report


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
    groups = examples(data, toponyms)
    weights = [2.0 if r.get("gold") else 1.0 for r in data]
    folds = [fold_of(r["text"]) for r in data]
    best = 0.5
    if args.evaluate:
        probabilities: list[list[float]] = [[] for _ in data]
        for fold in range(FOLDS):
            inside = [i for i, k in enumerate(folds) if k != fold]
            m = train([groups[i] for i in inside], [weights[i] for i in inside])
            for i, k in enumerate(folds):
                if k == fold:
                    probabilities[i] = [m.probability(f) for _, f, _ in groups[i]]
        reports = {t / 100: evaluate(data, groups, probabilities, t / 100) for t in range(30, 66, 5)}
        for threshold, report in reports.items():
            sys.stdout.write(f"{threshold} {report}\n")
        best = max(reports, key=lambda t: (reports[t]["all"][2] + reports[t]["all"][3], -t))
    model = train(groups, weights)
    OUTPUT.write_text(
        json.dumps(
            {
                "bias": model.bias,
                "base": model.base,
                "rate": model.rate,
                "threshold": best,
                "weights": model.weights,
                "trees": model.trees,
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
