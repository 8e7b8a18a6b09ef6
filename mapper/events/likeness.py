"""How alike two tellings are by their words alone: a small learned model, for where neither place nor day can help.

A logistic regression over a dozen readable features, trained by ``training/train_merging.py``; weights are plain JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import resources
from typing import Any

from mapper.events.key import Key


def features(a: Key, b: Key) -> dict[str, float]:
    """Named features of a pair of tellings, all from 0 to 1; the same either way round."""
    grams = _share(_grams(a.trigger), _grams(b.trigger))
    same = 1.0 if a.lemmas & b.lemmas else 0.0
    word = max(same, grams)
    words = overlap(a.words, b.words)
    near = _share(a.near, b.near)
    article = float(a.article == b.article)
    typed = "OTHER" not in {a.type, b.type}
    alike = float(typed and a.type == b.type)
    who, whom = overlap(a.actors, b.actors), overlap(a.recipients, b.recipients)
    return {
        "same lemma": same,
        "same stem": float(a.trigger == b.trigger),
        "letters": grams,
        "same type": alike,
        "other type": float(typed and a.type != b.type),
        "same mode": float(a.mode is not None and a.mode == b.mode),
        "same status": float(a.status == b.status),
        "words": words,
        "actors": who,
        "recipients": whom,
        "crossed": max(overlap(a.actors, b.recipients), overlap(a.recipients, b.actors)),
        "other actors": float(bool(a.actors and b.actors) and who == 0.0),
        "numbers": float(bool(a.numbers & b.numbers)),
        "near": near,
        "word and near": word * near,
        "near without word": (1 - word) * near,
        "same article": article,
        "same sentence": float(article == 1.0 and a.sentence == b.sentence),
        "word and words": word * words,
        "word and actors": word * who,
        "word and recipients": word * whom,
        "word in article": word * article,
        "words without word": (1 - word) * words,
        "type without word": (1 - word) * alike,
        "type and words without word": (1 - word) * alike * words,
    }


def log_odds(a: Key, b: Key) -> float:
    """The natural logarithm of the odds that two tellings of one affair are of one event."""
    bias, weights = _weights()
    return bias + float(sum(weights.get(name, 0.0) * value for name, value in features(a, b).items()))


_trial: list[Mapping[str, Any]] = []


@contextmanager
def using(weights: Mapping[str, Any]) -> Iterator[None]:
    """Put other weights in place of the shipped ones, for cross-validation."""
    _trial.append(weights)
    try:
        yield
    finally:
        _trial.pop()


def _weights() -> tuple[float, Mapping[str, float]]:
    data = _trial[-1] if _trial else _shipped()
    return data["bias"], data["weights"]


@cache
def _shipped() -> Mapping[str, Any]:
    path = resources.files("mapper.events").joinpath("weights", "merging.json")
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """How much of the smaller set the larger one holds."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0


@cache
def _grams(word: str) -> frozenset[str]:
    word = f"#{word}#"
    return frozenset(word[i : i + 3] for i in range(len(word) - 2))
