"""Fitting boosted trees with scikit-learn and taking them out as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mapper.geoparse.trees import Trees


def fit_trees(
    names: Sequence[str],
    rows: NDArray[np.float64],
    targets: NDArray[np.int64],
    *,
    weight: NDArray[np.float64] | None = None,
    trees: int = 80,
    leaves: int = 12,
    rate: float = 0.1,
    least: int = 30,
) -> Trees:
    """A boosted classifier of 0 and 1; its scores are log odds."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    rows = rows.astype(np.float32).astype(np.float64)
    model = HistGradientBoostingClassifier(
        max_iter=trees, max_leaf_nodes=leaves, learning_rate=rate, min_samples_leaf=least, l2_regularization=1.0,
        early_stopping=False, random_state=0,
    )  # fmt: skip
    model.fit(rows, targets, sample_weight=weight)
    nodes = [predictor[0].nodes for predictor in model._predictors]
    size = max(len(tree) for tree in nodes)
    shape = (len(nodes), size)
    feature, left, right = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    threshold, value = np.zeros(shape), np.zeros(shape)
    depth = 0
    for number, tree in enumerate(nodes):
        for index, node in enumerate(tree):
            if node["is_leaf"]:
                left[number, index] = right[number, index] = index
                value[number, index] = node["value"]
            else:
                feature[number, index] = node["feature_idx"]
                # Half-way between two values seen, so that single precision cannot turn a decision.
                threshold[number, index] = np.float32(node["num_threshold"])
                left[number, index], right[number, index] = node["left"], node["right"]
            depth = max(depth, int(node["depth"]))
    return Trees(
        tuple(names), feature, threshold, left, right, value, float(model._baseline_prediction.ravel()[0]), depth
    )
