"""The small models: what is saved is what is loaded, and numpy's answers are the trainers'."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from mapper.geoparse.linear import BUCKETS, FAMILIES, Hasher, LinearModels, sigmoid
from mapper.geoparse.logit import Logit
from mapper.geoparse.resolve import Calibration
from mapper.geoparse.trees import Trees


def test_families_of_features_never_share_a_bucket() -> None:
    edges = sorted((first, first + size) for first, size in FAMILIES.values())
    assert all(stop <= start for (_, stop), (start, _) in itertools.pairwise(edges))
    assert edges[-1][1] == BUCKETS
    hasher = Hasher()
    for letter, (first, size) in FAMILIES.items():
        assert first <= hasher(f"{letter}:anything") < first + size


def test_linear_models_survive_the_disk(tmp_path: Path) -> None:
    weights = np.zeros((BUCKETS, 2), np.float32)
    weights[[3, 70, 900]] = [[1, -1], [0.5, 0.25], [0, 2]]
    models = LinearModels(("a", "b"), weights, np.array([0.5, -0.5], np.float32))
    models.save(tmp_path / "m.npz")
    again = LinearModels.load(tmp_path / "m.npz")
    rows = [[3, 70], [900], [5]]
    assert np.allclose(models.scores(rows), again.scores(rows))
    assert again.scores(rows).tolist() == [[2.0, -1.25], [0.5, 1.5], [0.5, -0.5]]


def test_trees_go_left_up_to_the_threshold(tmp_path: Path) -> None:
    feature, threshold = np.array([[1, 0, 0]]), np.array([[2.0, 0.0, 0.0]])
    left, right, value = np.array([[1, 1, 2]]), np.array([[2, 1, 2]]), np.array([[0.0, -1.0, 3.0]])
    trees = Trees(("x", "y"), feature, threshold, left, right, value, 0.5, 1)
    rows = np.array([[9.0, 2.0], [9.0, 2.1]])
    assert trees.scores(rows).tolist() == [-0.5, 3.5]
    trees.save(tmp_path / "t.npz")
    assert Trees.load(tmp_path / "t.npz").scores(rows).tolist() == [-0.5, 3.5]


def test_a_ranker_made_for_other_features_is_refused(tmp_path: Path) -> None:
    Logit(("a", "b"), np.array([1.0, 2.0])).save(tmp_path / "r.json")
    assert Logit.load(tmp_path / "r.json", ("b", "a")).scores(np.array([[1.0, 0.0]])).tolist() == [2.0]
    with pytest.raises(KeyError, match="train again"):
        Logit.load(tmp_path / "r.json", ("a", "c"))


def test_calibration_survives_the_disk(tmp_path: Path) -> None:
    calibration = Calibration((0.25, -1.5), 0.125)
    calibration.save(tmp_path / "c.json")
    assert Calibration.load(tmp_path / "c.json") == calibration


def test_sigmoid_is_safe_far_out() -> None:
    assert sigmoid(-800) == pytest.approx(0)
    assert sigmoid(800) == pytest.approx(1)
    assert sigmoid(0) == 0.5
