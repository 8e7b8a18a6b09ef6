"""A conditional logit: a candidate's score is a weighted sum of its named features, so every choice can be read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


class Logit:
    """Weights by feature name."""

    def __init__(self, names: Sequence[str], weights: NDArray[np.float64]) -> None:
        self.names = tuple(names)
        self.weights = weights

    def scores(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The score of each row; a softmax over a name's candidates makes probabilities of them."""
        result: NDArray[np.float64] = rows @ self.weights
        return result

    def save(self, path: Path) -> None:
        weights = {name: round(float(w), 5) for name, w in zip(self.names, self.weights, strict=True)}
        path.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8", newline="\n")

    @classmethod
    def load(cls, path: Path, names: Sequence[str]) -> Logit:
        """Read weights for these features. Raises KeyError where the file was made for others."""
        data = json.loads(path.read_text(encoding="utf-8"))
        if set(data) != set(names):
            raise KeyError(f"{path.name}: made for other features; train again")
        return cls(names, np.array([data[name] for name in names]))
