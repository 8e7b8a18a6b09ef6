"""The learned part of placing an event: how likely a toponym of the same sentence is where the event happened.

A logistic regression and small boosted trees over the features of ``placing_features.py``, averaged. Trained by
``training/train_linker.py``; the weights are plain JSON.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from mapper.events.candidate import Candidate
from mapper.events.placing_features import Linked, Within, features, joint, linked
from mapper.events.syntax import Sentence
from mapper.model import Toponym


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A toponym of the sentence (by its index in the article) with its probability and what spoke for it."""

    toponym: int
    probability: float
    why: str
    preposition: str
    away_km: float | None = None
    """How far from it the event was, by the text; None at the place itself."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights as stored: logistic over features, then trees as nested [feature, threshold, left, right] or a leaf."""

    bias: float
    weights: dict[str, float]
    base: float
    rate: float
    trees: tuple[Any, ...]
    second_base: float
    second: tuple[Any, ...]
    threshold: float

    def probability(self, f: dict[str, float]) -> float:
        """Average of both parts' probabilities."""
        linear = self.bias + sum(self.weights.get(k, 0.0) * v for k, v in f.items())
        if not self.trees:
            return _sigmoid(linear)
        boosted = self.base + self.rate * sum(_leaf(tree, f) for tree in self.trees)
        return (_sigmoid(linear) + _sigmoid(boosted)) / 2

    def reconsidered(self, f: dict[str, float]) -> float:
        """The second look's probability, from the features with those of :func:`joint` among them."""
        if not self.second:
            return f["own.p"]
        return _sigmoid(self.second_base + self.rate * sum(_leaf(tree, f) for tree in self.second))


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def _leaf(node: Any, f: dict[str, float]) -> float:
    while isinstance(node, list):
        node = node[2] if f.get(node[0], 0.0) <= node[1] else node[3]
    return float(node)


@cache
def model() -> Model:
    """The shipped linker."""
    data = json.loads(resources.files("mapper.events").joinpath("weights", "linker.json").read_text(encoding="utf-8"))
    return Model(
        bias=data["bias"],
        weights=data["weights"],
        base=data["base"],
        rate=data["rate"],
        trees=tuple(data["trees"]),
        second_base=data["second_base"],
        second=tuple(data["second"]),
        threshold=data["threshold"],
    )


def score(
    s: Sentence,
    c: Candidate,
    toponyms: Sequence[Toponym],
    indices: Sequence[int],
    *,
    within: Within | None = None,
    using: Model | None = None,
) -> list[Scored]:
    """Every toponym of the sentence with its probability of being where the event happened."""
    names = linked(s, toponyms, indices)
    chosen = using or model()
    named = [features(s, c, name, names, within) for name in names]
    first = [chosen.probability(f) for f in named]
    found = []
    for name, f, more in zip(names, named, joint(names, first, s, within), strict=True):
        found.append(scored(name, chosen.reconsidered({**f, **more}), _why(f, name)))
    return found


def scored(name: Linked, probability: float, why: str = "") -> Scored:
    """A name with what a model made of it."""
    return Scored(toponym=name.index, probability=probability, why=why, preposition=_preposition(name))


def _preposition(name: Linked) -> str:
    return name.preposition.lower if name.preposition is not None else ""


def _why(f: dict[str, float], name: Linked) -> str:
    said, preposition = name.toponym.text, _preposition(name)
    if "fronted" in f:
        return f'"{preposition} {said}" opens the sentence'
    if preposition:
        return (
            f'"{preposition} … {said}"'
            if f.get("prep.on.trigger") != 1.0
            else f'"{preposition} {said}" beside the trigger'
        )
    return f'"{said}" as {name.head.dep} near the trigger'
