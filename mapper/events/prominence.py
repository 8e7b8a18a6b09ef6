"""Which of a sentence's events the sentence is about: a small logistic model over what the grammar read.

It is asked only where a sentence tells several. What it takes for the matter gains confidence, what is told by the way
loses some, and falls away where little is left. ``training/train_prominence.py`` makes the weights.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from mapper.events.candidate import Candidate
from mapper.events.grammar import Grammar
from mapper.events.lexicon import singular
from mapper.events.syntax import Sentence, Token

SHARE = 0.3
"""The most that the model moves a confidence: from a chance of none to one of certainty."""
_CLASSES = ("weapons", "natural", "mishaps", "official", "forces", "people", "vehicles", "built", "abstract", "places")
_MANY = 5


def weighed(s: Sentence, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of a sentence, each with its confidence moved by the chance that the sentence is about it."""
    if len(found) < 2:
        return list(found)
    chances = [chance(features) for features in features_of(s, found)]
    middle = sum(chances) / len(chances)
    return [
        replace(
            c,
            confidence=max(0.05, min(0.97, c.confidence + SHARE * (p - middle))),
            why=f"{c.why}; classifier: {p:.2f} the matter of its sentence",
        )
        for c, p in zip(found, chances, strict=True)
    ]


def chance(features: Mapping[str, float]) -> float:
    """The probability that the sentence is about a candidate of these features."""
    weights = _weights()
    score = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def _weights() -> dict[str, float]:
    text = resources.files("mapper.events").joinpath("weights/prominence.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights


def features_of(s: Sentence, found: Sequence[Candidate]) -> list[dict[str, float]]:
    """Each candidate's features, by name: its type, who does it to whom, its clause, and what else is told."""
    reader = Grammar(s)
    best = max(c.confidence for c in found)
    rows = []
    for number, c in enumerate(found):
        anchor = s.tokens[c.anchor]
        subject, objects = reader.arguments(anchor) if anchor.tag.startswith("VB") else (None, [])
        doer = _kind(reader, subject)
        depth = s.depth(c.anchor)
        row = {
            "depth": min(depth, 6) / 3,
            "root": float(depth == 0),
            "first": float(number == 0),
            "position": c.anchor / len(s.tokens),
            "confidence": 3 * c.confidence,
            "surest": float(c.confidence == best),
            "several": min(len(found), _MANY) / 3,
            "noun": float(s.tokens[c.word].tag.startswith("NN")),
        }
        names = [f"type {c.type}", f"mode {c.type} {c.mode}", f"status {c.status}", f"status {c.type} {c.status}"]
        names += [f"tense {c.tense}", f"tag {anchor.tag}", f"clause {anchor.dep}", f"doer {doer}"]
        names += [f"doer {c.type} {doer}"]
        for o in objects[:3]:
            names += [f"to {_kind(reader, o)}", f"to {c.type} {_kind(reader, o)}"]
        row |= dict.fromkeys(names, 1.0)
        row |= {f"beside {other.type}": 0.5 for other in found if other is not c}
        rows.append(row)
    return rows


def _kind(reader: Grammar, noun: Token | None) -> str:
    if noun is None:
        return "none"
    word = singular(noun.lower)
    named = next((name for name in _CLASSES if word in reader.words[f"classes.{name}"]), None)
    if named is not None:
        return named
    return "name" if noun.tag.startswith("NNP") else "pronoun" if noun.tag == "PRP" else "other"
