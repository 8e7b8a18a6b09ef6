"""Boosted small trees over named features, as arrays: numpy walks all rows down all trees at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray


class Trees:
    """A sum of trees. Node 0 of each tree is its root; a leaf's children are itself."""

    def __init__(
        self,
        names: tuple[str, ...],
        feature: NDArray[np.int64],
        threshold: NDArray[np.float64],
        left: NDArray[np.int64],
        right: NDArray[np.int64],
        value: NDArray[np.float64],
        base: float,
        depth: int,
    ) -> None:
        self.names = names
        self.feature, self.threshold, self.left, self.right, self.value = feature, threshold, left, right, value
        self.base = base
        self.depth = depth
        trees, nodes = feature.shape
        self._roots = np.arange(trees) * nodes
        self._flat_feature = feature.ravel()
        self._flat_threshold = threshold.ravel()
        self._flat_left = (left + self._roots[:, None]).ravel()
        self._flat_right = (right + self._roots[:, None]).ravel()
        self._flat_value = value.ravel()

    def scores(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The sum of the trees' values for each row."""
        if not len(rows):
            return np.zeros(0)
        node = np.broadcast_to(self._roots, (len(rows), len(self._roots)))
        index = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            goes_left = rows[index, self._flat_feature[node]] <= self._flat_threshold[node]
            node = np.where(goes_left, self._flat_left[node], self._flat_right[node])
        total: NDArray[np.float64] = self._flat_value[node].sum(axis=1) + self.base
        return total

    def save(self, path: Path) -> None:
        np.savez_compressed(
            path,
            names=np.array(self.names),
            feature=self.feature.astype(np.int16),
            threshold=self.threshold.astype(np.float32),
            left=self.left.astype(np.int16),
            right=self.right.astype(np.int16),
            value=self.value.astype(np.float32),
            base=np.array([self.base], np.float32),
            depth=np.array([self.depth], np.int16),
        )

    @classmethod
    def load(cls, path: Path) -> Trees:
        with np.load(path, allow_pickle=False) as data:
            return cls(
                tuple(str(name) for name in data["names"]),
                data["feature"].astype(np.int64),
                data["threshold"].astype(np.float64),
                data["left"].astype(np.int64),
                data["right"].astype(np.int64),
                data["value"].astype(np.float64),
                float(data["base"][0]),
                int(data["depth"][0]),
            )
