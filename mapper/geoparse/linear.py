"""Hashed linear models: named features, weights in one array, numpy alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

FAMILIES = {"n": (0, 1 << 14), "x": (1 << 14, 1 << 17), "s": ((1 << 14) + (1 << 17), 1 << 15)}
"""First bucket and number of buckets (a power of two) of each family of features, by the letter before the colon."""

BUCKETS = (1 << 14) + (1 << 17) + (1 << 15)
_REMEMBERED = 100_000  # features, some thirteen megabytes, before the memory is emptied


class Hasher:
    """Feature names to buckets, remembered. CRC-32, so that it is the same on every machine and in every run."""

    def __init__(self) -> None:
        self._memory: dict[str, int] = {}

    def __call__(self, feature: str) -> int:
        found = self._memory.get(feature)
        if found is None:
            if len(self._memory) > _REMEMBERED:
                self._memory.clear()
            first, size = FAMILIES[feature[0]]
            found = first + (crc32(feature.encode("utf-8", "surrogatepass")) & (size - 1))
            self._memory[feature] = found
        return found

    def all(self, features: Sequence[str]) -> list[int]:
        """The buckets of several features."""
        known = self._memory.get
        return [known(feature) or self(feature) for feature in features]


class LinearModels:
    """Several logistic models over one set of buckets: ``weights`` is buckets by models, ``bias`` one for each."""

    def __init__(self, names: Sequence[str], weights: NDArray[np.float32], bias: NDArray[np.float32]) -> None:
        self.names = tuple(names)
        self.weights = weights
        self.bias = bias

    def scores(self, rows: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """Log odds, one row for each list of buckets and one column for each model."""
        if not rows:
            return np.zeros((0, len(self.names)), np.float32)
        sizes = np.fromiter((len(row) for row in rows), np.int64, len(rows))
        flat = np.fromiter((bucket for row in rows for bucket in row), np.int64, int(sizes.sum()))
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        sums: NDArray[np.float32] = np.add.reduceat(self.weights[flat], starts, axis=0)
        return sums + self.bias

    def save(self, path: Path) -> None:
        """Write the non-zero weights, at half precision (three digits are enough for a weight)."""
        used = np.flatnonzero(np.any(self.weights != 0, axis=1)).astype(np.uint32)
        np.savez_compressed(
            path,
            names=np.array(self.names),
            buckets=np.array([len(self.weights)], np.uint32),
            used=used,
            weights=self.weights[used].astype(np.float16),
            bias=self.bias.astype(np.float32),
        )

    @classmethod
    def load(cls, path: Path) -> LinearModels:
        with np.load(path, allow_pickle=False) as data:
            weights = np.zeros((int(data["buckets"][0]), len(data["names"])), np.float32)
            weights[data["used"]] = data["weights"].astype(np.float32)
            return cls([str(name) for name in data["names"]], weights, data["bias"])


def sigmoid(score: float) -> float:
    """The probability that belongs to log odds."""
    if score >= 0:
        return 1.0 / (1.0 + math.exp(-score))
    odds = math.exp(score)
    return odds / (1.0 + odds)
