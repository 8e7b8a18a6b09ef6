"""Train the event-place linker: ``python -m mapper.events.training.train_linker CORPORA SCRATCH [--evaluate]``.

CORPORA holds ``event-location-dev.jsonl.gz`` (Halterman 2019, MIT). Rows of source Masdar_RA are left out: they are
under-annotated. Texts that repeat with other triggers stay in one fold. The linker learns from the names that it will
meet: what ``mapper parse`` finds in the rows, kept in the folder SCRATCH as ``event-location.jsonl`` and made there
where it is missing (delete it after the geoparser has changed). scikit-learn is needed here and nowhere else.

``--evaluate`` prints precision, recall, F1 and the share of sentences wholly right with every text placed by a model
that has not seen it, rules included, as the program would place it; the threshold for a text is the one that served
the texts of the other folds best. Nothing is written then.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from gazetteer import Gazetteer
from mapper.codec import from_record
from mapper.events.candidate import Candidate
from mapper.events.detect import given
from mapper.events.linking import Model, scored
from mapper.events.locate import settled
from mapper.events.placing_features import Linked, Within, features, joint, linked
from mapper.events.syntax import Sentence, parse
from mapper.model import Analysis, SegmentKind, Span, Toponym
from mapper.sentences import sentences

OUTPUT = Path(__file__).parents[1] / "weights" / "linker.json"
FOLDS = 5
GOLD_WEIGHT = 4.0  # of the rows that were labelled twice
LEAF = 5  # examples at least in a leaf of a tree
MINIMUM = 8  # occurrences below which a feature is not kept
TREES, SECOND_TREES, DEPTH, RATE = 120, 120, 4, 0.1
THRESHOLDS = tuple(n / 100 for n in range(30, 66, 5))


def rows(corpora: Path) -> list[dict[str, Any]]:
    """The usable rows, keyed as the scorer keys them."""
    with gzip.open(corpora / "event-location-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        data = [json.loads(line) for line in lines]
    return [dict(r, key=f"{r['doc_id']}#{i}") for i, r in enumerate(data) if r["source"] != "Masdar_RA" and r["events"]]


def fold_of(text: str) -> int:
    """The fold of a text, by its content, so that it is the same on every machine."""
    return zlib.crc32(" ".join(text.split()).lower().encode()) % FOLDS


def analysed(data: Sequence[dict[str, Any]], scratch: Path) -> list[Analysis]:
    """What the program makes of the rows, by ``mapper parse`` or from an earlier run of it in the folder."""
    out = scratch / "event-location.jsonl"
    if not out.is_file():
        scratch.mkdir(parents=True, exist_ok=True)
        texts = scratch / "event-location-texts.jsonl"
        with texts.open("w", encoding="utf-8", newline="\n") as lines:
            for r in data:
                triggers = [{"start": e["start"], "end": e["end"]} for e in r["events"]]
                lines.write(json.dumps({"id": r["key"], "text": r["text"], "triggers": triggers}) + "\n")
        subprocess.run([sys.executable, "-m", "mapper", "parse", str(texts), "-o", str(out), "--quiet"], check=True)
    with out.open(encoding="utf-8") as lines:
        found = {a.article.id: a for a in (from_record(json.loads(line)) for line in lines)}
    return [found[r["key"]] for r in data]


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

    candidate: Candidate
    sentence: Sentence
    toponyms: Sequence[Toponym]
    names: list[Linked]
    features: list[dict[str, float]]
    answers: list[int]
    within: Within | None


def examples(data: Sequence[dict[str, Any]], found: Sequence[Analysis], within: Within | None) -> list[Row]:
    """For each row of the corpus the features and the answer of each toponym of the trigger's sentence."""
    events = [Span(start=r["events"][0]["start"], end=r["events"][0]["end"]) for r in data]
    items = [(a.article.text, *_sentence_of(a, e)) for a, e in zip(found, events, strict=True)]
    parsed = parse(items, [a.toponyms for a in found])
    rows_ = []
    for row, a, event, s in zip(data, found, events, parsed, strict=True):
        c = given(s, event)
        here = linked(s, a.toponyms, [i for i, n in enumerate(a.toponyms) if s.span.contains(n)])
        known = [features(s, c, n, here, within) for n in here]
        answers = [int(matches(n.toponym, row)) for n in here]
        rows_.append(Row(c, s, a.toponyms, here, known, answers, within))
    return rows_


def _sentence_of(a: Analysis, event: Span) -> tuple[Span, SegmentKind]:
    """The sentence that holds the trigger and the segment it stands in, as the event coder cuts them."""
    text, segments = a.article.text, a.article.segments
    span = next((s for s in sentences(text, segments) if s.overlaps(event)), Span(start=0, end=len(text)))
    return span, next((s.kind for s in segments if s.contains(span)), "body")


def train(rows_: Sequence[Row], weights: Sequence[float]) -> Model:
    """Fit the first look on the rows, then the second on what the first says of rows that it has not seen."""
    outside: list[list[float]] = [[] for _ in rows_]
    folds = [fold_of(" ".join(x.text for x in r.sentence.tokens) + "inner") for r in rows_]
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
        for f, more, y in zip(r.features, joint(r.names, ps, r.sentence, r.within), r.answers, strict=True)
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
        n_estimators=trees, max_depth=DEPTH, min_samples_leaf=LEAF, learning_rate=RATE, subsample=0.7,
        max_features=0.15, random_state=7,
    )  # fmt: skip
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


@dataclass(slots=True)
class Tally:
    """Names rightly and wrongly said to be where it happened, those missed, and rows wholly right, of how many."""

    hit: int = 0
    false: int = 0
    missed: int = 0
    right: int = 0
    rows: int = 0

    def add(self, row: dict[str, Any], r: Row, probabilities: Sequence[float], threshold: float) -> None:
        """Count one row, placed as the program would place it."""
        found = [scored(n, p) for n, p in zip(r.names, probabilities, strict=True)]
        _, happened = settled(r.sentence, r.candidate, r.toponyms, found, threshold, r.within)
        said = {p.toponym for p in happened}
        gold = len(row["event_locations"])
        hit = min(gold, sum(y for n, y in zip(r.names, r.answers, strict=True) if n.index in said))
        self.hit, self.false, self.missed = self.hit + hit, self.false + len(said) - hit, self.missed + gold - hit
        self.right, self.rows = self.right + (hit == gold == len(said)), self.rows + 1

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hit / max(1, 2 * self.hit + self.false + self.missed)

    @property
    def share(self) -> float:
        """The share of rows wholly right."""
        return self.right / max(1, self.rows)

    def __str__(self) -> str:
        precision, recall = self.hit / max(1, self.hit + self.false), self.hit / max(1, self.hit + self.missed)
        return f"P {precision:.3f} R {recall:.3f} F1 {self.f1:.3f}, sentences right {self.share:.3f} of {self.rows}"


_Answered = tuple[dict[str, Any], Row, Sequence[float]]


def tallied(answered: Iterable[_Answered], threshold: float) -> Tally:
    """The tally of rows at one threshold."""
    tally = Tally()
    for row, r, ps in answered:
        tally.add(row, r, ps, threshold)
    return tally


def best_threshold(answered: Sequence[_Answered]) -> float:
    """Where the sum of F1 and sentences right is greatest."""
    tallies = {t: tallied(answered, t) for t in THRESHOLDS}
    return max(tallies, key=lambda t: (tallies[t].f1 + tallies[t].share, -t))


def report(answered: Sequence[_Answered]) -> str:
    """All rows and the relabelled ones, each fold at the threshold that served the others best."""
    folds = [fold_of(row["text"]) for row, _, _ in answered]
    chosen = [best_threshold([a for a, k in zip(answered, folds, strict=True) if k != fold]) for fold in range(FOLDS)]
    parts = {"all": Tally(), "relabelled": Tally()}
    for (row, r, ps), fold in zip(answered, folds, strict=True):
        for part, tally in parts.items():
            if part == "all" or row.get("gold"):
                tally.add(row, r, ps, chosen[fold])
    lines = [f"{part}: {tally}\n" for part, tally in parts.items()]
    return "".join([*lines, f"thresholds {chosen}; on all folds {best_threshold(answered)}\n"])


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
    second = joint(row.names, first, row.sentence, row.within)
    return [m.reconsidered({**f, **more}) for f, more in zip(row.features, second, strict=True)]


def main() -> None:
    """Cross-validate and print the figures, or train on everything and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--evaluate", action="store_true")
    args = parser.parse_args()
    data = rows(args.corpora)
    with Gazetteer.open() as gazetteer:
        found = examples(data, analysed(data, args.scratch), gazetteer.within)
        weights = [GOLD_WEIGHT if r.get("gold") else 1.0 for r in data]
        held = list(zip(data, found, held_out(data, found, weights), strict=True))
        sys.stdout.write(report(held))
        if args.evaluate:
            return
        write(replace(train(found, weights), threshold=best_threshold(held)))


def write(model: Model) -> None:
    """Write the weights that the program ships."""
    fields = ("bias", "base", "rate", "threshold", "weights", "trees", "second_base", "second")
    written = json.dumps({f: getattr(model, f) for f in fields}, sort_keys=True, separators=(",", ":"))
    OUTPUT.write_text(written + "\n", encoding="utf-8", newline="\n")
    sys.stdout.write(f"{OUTPUT.name}: {OUTPUT.stat().st_size // 1000} kB, threshold {model.threshold}\n")


if __name__ == "__main__":
    main()
