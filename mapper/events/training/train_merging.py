"""Train merging by words: ``python -m mapper.events.training.train_merging ECBPLUS [--evaluate]``.

ECBPLUS is ``ecbplus.jsonl.gz`` (CC BY 3.0). ``--evaluate`` prints B³ with every topic scored by weights that were
trained without it (both halves of a topic stay together) and writes nothing. scikit-learn is needed here only.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from mapper.events.key import Key
from mapper.events.likeness import features
from mapper.events.linkage import average_link
from mapper.events.similarity import JOIN, similarity
from mapper.events.training.mentions import Mention, read

OUTPUT = Path(__file__).parents[1] / "weights" / "merging.json"
FOLDS = 6


def fold_of(topic: str) -> int:
    """The fold of a topic: its number decides, so that its two halves stay together."""
    number = re.match(r"\d+", topic)
    return (int(number[0]) if number else 0) % FOLDS


def pairs(mentions: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    """All pairs of mentions of one topic."""
    topics: dict[str, list[Mention]] = defaultdict(list)
    for m in mentions:
        topics[m.topic].append(m)
    return [pair for members in topics.values() for pair in combinations(members, 2)]


def fit(found: Sequence[tuple[Mention, Mention]]) -> dict[str, object]:
    """Weights of a logistic regression over :func:`mapper.events.likeness.features`."""
    from sklearn.linear_model import LogisticRegression

    rows = [features(a.key, b.key) for a, b in found]
    names = sorted(rows[0])
    x = np.array([[row[name] for name in names] for row in rows], dtype=np.float32)
    y = np.array([a.event == b.event for a, b in found])
    model = LogisticRegression(C=1.0, max_iter=1000).fit(x, y)
    weights = dict(zip(names, (round(float(w), 4) for w in model.coef_[0]), strict=True))
    return {"bias": round(float(model.intercept_[0]), 4), "weights": weights}


def b_cubed(mentions: Sequence[Mention], label: Mapping[str, str]) -> tuple[float, float, float]:
    """B³ F1, precision and recall of labels by key id."""
    gold: dict[str, set[str]] = defaultdict(set)
    found: dict[str, set[str]] = defaultdict(set)
    for m in mentions:
        gold[m.event].add(m.key.event)
        found[label[m.key.event]].add(m.key.event)
    p = r = 0.0
    for m in mentions:
        both = len(gold[m.event] & found[label[m.key.event]])
        p += both / len(found[label[m.key.event]]) / len(mentions)
        r += both / len(gold[m.event]) / len(mentions)
    return 2 * p * r / (p + r), p, r


def clustered(mentions: Sequence[Mention]) -> dict[str, str]:
    """The mentions of each topic clustered as events of articles are, but without blocking by place and day."""
    topics: dict[str, list[Key]] = defaultdict(list)
    for m in mentions:
        topics[m.topic].append(m.key)
    label: dict[str, str] = {}
    for topic, keys in topics.items():
        scores = np.zeros((len(keys), len(keys)))
        for i, j in combinations(range(len(keys)), 2):
            scores[i, j] = scores[j, i] = similarity(keys[i], keys[j])[0]
        for n, group in enumerate(average_link(scores, JOIN)):
            label.update((keys[i].event, f"{topic} {n}") for i in group)
    return label


def out_of_fold(mentions: Sequence[Mention]) -> dict[str, str]:
    """Clusters of every topic under weights trained without it."""
    from mapper.events import likeness

    label: dict[str, str] = {}
    for fold in range(FOLDS):
        held = [m for m in mentions if fold_of(m.topic) == fold]
        weights = fit(pairs([m for m in mentions if fold_of(m.topic) != fold]))
        with likeness.using(weights):
            label.update(clustered(held))
    return label


def main() -> None:
    """Train on all, or evaluate with topics held out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--evaluate", action="store_true")
    options = parser.parse_args()
    mentions = read(options.corpus)
    if options.evaluate:
        label = out_of_fold(mentions)
        for part in ("dev", "test", ""):
            scored = [m for m in mentions if part in {"", m.part}]
            f1, p, r = b_cubed(scored, label)
            sys.stdout.write(f"{part or 'all'}: B³ F1 {f1:.3f}, P {p:.3f}, R {r:.3f}, {len(scored)} mentions\n")
        return
    text = json.dumps(fit(pairs(mentions)), indent=1, sort_keys=True)
    OUTPUT.write_text(text + "\n", encoding="utf-8", newline="\n")
    sys.stdout.write(f"wrote {OUTPUT.name}\n")


if __name__ == "__main__":
    main()
