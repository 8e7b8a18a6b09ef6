"""Train the model of a sentence's matter: ``python -m mapper.events.training.train_prominence CORPORA [--evaluate]``.

CORPORA is the folder of the corpora. Learned from are PLOVER's gold records (CC BY-SA 4.0: which candidate has the
sentence's type), event-location sentences (which candidate was chosen as the trigger) and the first sentences of
NGEC's synthetic stories (MIT: which candidate has the story's type). Only sentences with several candidates teach.
``--evaluate`` prints how often the surest candidate is the right one, by weights that had not seen the sentence, and
writes nothing. scikit-learn is needed here only.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mapper.events.candidate import Candidate
from mapper.events.detect import detect
from mapper.events.prominence import SHARE, features_of
from mapper.events.syntax import Sentence, parse
from mapper.model import Span
from mapper.sentences import sentences

OUTPUT = Path(__file__).parents[1] / "weights" / "prominence.json"
FOLDS = 10
_C = 0.1
_GOLD_WEIGHT = 5.0
"""How often a sentence of the gold records counts: they are few, and say the very thing that is asked."""
OLDER = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "FIGHT": "ASSAULT", "INVESTIGATE": "ACCUSE"}
"""Names of PLOVER's types in the gold records, and those of the manual of today."""
_LEAST = 0.28  # as in coder.py: what is less sure is no event of the output

Row = tuple[dict[str, float], bool, float]
"""A candidate's features, whether it is the matter, and its confidence by the grammar."""
Group = tuple[str, list[Row]]
"""A sentence: its id and its candidates."""


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_gold(folder: Path) -> list[Group]:
    """PLOVER's gold records: right is any candidate of the record's type."""
    rows = list(rows_of(folder / "plover-gsr-dev.jsonl.gz"))
    parsed = parse([(r["text"], Span(start=0, end=len(r["text"])), "body") for r in rows])
    types = [OLDER.get(r["plover"], r["plover"]) for r in rows]
    return [(r["id"], _group(s, [c.type == t for c in _told(s)])) for r, s, t in zip(rows, parsed, types, strict=True)]


def read_chosen(folder: Path) -> list[Group]:
    """Event-location sentences: right is the candidate at the annotated trigger."""
    rows = [r for r in rows_of(folder / "event-location-dev.jsonl.gz") if r["events"] and len(r["text"]) < 700]
    parsed = parse([(r["text"], Span(start=0, end=len(r["text"])), "body") for r in rows])
    return [
        (str(r["doc_id"]), _group(s, [_chosen(c, r["events"]) for c in _told(s)]))
        for r, s in zip(rows, parsed, strict=True)
    ]


def _chosen(c: Candidate, triggers: Sequence[Mapping[str, int]]) -> bool:
    return any(c.span.start < e["end"] and e["start"] < c.span.end for e in triggers)


def read_stories(folder: Path) -> list[Group]:
    """First sentences of the synthetic stories: right is any candidate of the story's type."""
    rows = list(rows_of(folder / "ngec-synthetic.jsonl.gz"))
    firsts = [next(iter(sentences(r["text"])), None) for r in rows]
    told = [(r, span) for r, span in zip(rows, firsts, strict=True) if span is not None and span.end - span.start < 600]
    parsed = parse([(r["text"], span, "body") for r, span in told])
    return [
        (r["title"], _group(s, [c.type == r["plover"] for c in _told(s)]))
        for (r, _), s in zip(told, parsed, strict=True)
    ]


def _told(s: Sentence) -> list[Candidate]:
    return [c for c in detect(s) if c.confidence >= _LEAST]


def _group(s: Sentence, right: Sequence[bool]) -> list[Row]:
    found = _told(s)
    rows = features_of(s, found) if found else []
    return [(f, r, c.confidence) for f, r, c in zip(rows, right, found, strict=True)]


def teaching(groups: Sequence[Group]) -> list[Group]:
    """The sentences that can teach: several candidates, of which some are right and some are not."""
    return [g for g in groups if len({right for _, right, _ in g[1]}) == 2]


def fit(gold: Sequence[Group], others: Sequence[Group]) -> dict[str, float]:
    """Weights by feature name, ``bias`` among them."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows = [(r, _GOLD_WEIGHT) for _, g in teaching(gold) for r in g] + [
        (r, 1.0) for _, g in teaching(others) for r in g
    ]
    names = DictVectorizer(sort=True)
    x = names.fit_transform([f for (f, _, _), _ in rows])
    model = LogisticRegression(C=_C, max_iter=2000)
    model.fit(x, [right for (_, right, _), _ in rows], sample_weight=np.array([w for _, w in rows]))
    weights = dict(zip(names.get_feature_names_out(), (round(float(w), 3) for w in model.coef_[0]), strict=True))
    kept = {str(name): w for name, w in sorted(weights.items()) if w}
    return {"bias": round(float(model.intercept_[0]), 3), **kept}


def surest_right(groups: Sequence[Group], weights: Mapping[str, float] | None) -> int:
    """In how many sentences the surest candidate is the right one; without weights by the grammar alone."""
    return sum(bool(g) and max(zip(_scores(g, weights), g, strict=True), key=lambda z: z[0])[1][1] for _, g in groups)


def _scores(group: Sequence[Row], weights: Mapping[str, float] | None) -> list[float]:
    if weights is None or len(group) < 2:
        return [confidence for _, _, confidence in group]
    logits = [weights["bias"] + sum(weights.get(n, 0.0) * v for n, v in f.items()) for f, _, _ in group]
    return [c + SHARE / (1 + float(np.exp(-z))) for z, (_, _, c) in zip(logits, group, strict=True)]


def evaluate(gold: Sequence[Group], chosen: Sequence[Group], stories: Sequence[Group]) -> list[str]:
    """For each corpus, in a line, the share of sentences whose surest candidate is right, before and after."""
    folds = [zlib.crc32(name.encode()) % FOLDS for name, _ in gold]
    right = 0
    for fold in range(FOLDS):
        weights = fit([g for g, f in zip(gold, folds, strict=True) if f != fold], [*chosen, *stories])
        right += surest_right([g for g, f in zip(gold, folds, strict=True) if f == fold], weights)
    lines = [f"gold records, out of fold: {surest_right(gold, None) / len(gold):.3f} -> {right / len(gold):.3f}"]
    weights = fit([], [*chosen, *stories])
    lines.append(f"gold records, not trained on: {surest_right(gold, weights) / len(gold):.3f}")
    for name, held, others in (("event-location", chosen, stories), ("stories", stories, chosen)):
        several = teaching(held)
        weights = fit(gold, others)
        before, after = surest_right(several, None), surest_right(several, weights)
        lines.append(
            f"{name} ({len(several)}), not trained on: {before / len(several):.3f} -> {after / len(several):.3f}"
        )
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and write the weights, or evaluate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--evaluate", action="store_true")
    options = parser.parse_args(arguments)
    gold, chosen, stories = (read(options.corpora) for read in (read_gold, read_chosen, read_stories))
    if options.evaluate:
        sys.stdout.write("\n".join(evaluate(gold, chosen, stories)) + "\n")
        return 0
    OUTPUT.write_text(
        json.dumps({"weights": fit(gold, [*chosen, *stories])}, indent=0) + "\n", encoding="utf-8", newline="\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
