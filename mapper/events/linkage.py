"""Clusters from pairwise scores: average linkage, with pairs that rule each other out never in one cluster.

A chain of look-alikes does not make one event: two groups join only where their members are alike on average.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

Score = Callable[[int, int], float]
"""How alike two items are, 0 where something rules it out."""

EXACT = 240
"""Items up to which all pairs are scored; of a larger group each side is judged by a sample."""
_SAMPLED = 12


def average_link(scores: np.ndarray[Any, Any], join: float) -> list[list[int]]:
    """Clusters of all items from the full matrix of their scores."""
    import numpy as np

    n = len(scores)
    mean = scores.astype(np.float64)
    np.fill_diagonal(mean, 0.0)
    apart = mean <= 0.0
    members = [[i] for i in range(n)]
    lead = np.where(apart, -1.0, mean)
    for _ in range(n - 1):
        best = int(lead.argmax())
        i, j = divmod(best, n)
        if lead[i, j] < join:
            break
        a, b = len(members[i]), len(members[j])
        mean[i] = mean[:, i] = (a * mean[i] + b * mean[j]) / (a + b)
        apart[i] |= apart[j]
        apart[:, i] = apart[i]
        members[i] += members[j]
        members[j] = []
        apart[j] = apart[:, j] = True
        lead[i] = lead[:, i] = np.where(apart[i], -1.0, mean[i])
        lead[j] = lead[:, j] = -1.0
    return [m for m in members if m]


def greedy_link(items: Sequence[int], edges: Iterable[tuple[int, int]], score: Score, join: float) -> list[list[int]]:
    """Clusters of a large group: along ``edges``, the best first, two clusters join where samples of both agree."""
    group = {i: i for i in items}
    members = {i: [i] for i in items}
    refused: set[tuple[int, int, int, int]] = set()
    for a, b in edges:
        ga, gb = group[a], group[b]
        if ga == gb:
            continue
        left, right = members[ga], members[gb]
        tried = (ga, gb, len(left), len(right))
        if tried in refused:
            continue
        if not _agree(_sample(left), _sample(right), score, join):
            refused.add(tried)
            continue
        keep, gone = (ga, gb) if len(left) >= len(right) else (gb, ga)
        for i in members[gone]:
            group[i] = keep
        members[keep] += members.pop(gone)
    return [sorted(m) for _, m in sorted(members.items())]


def _sample(members: list[int]) -> list[int]:
    """Members spread over the order in which they joined, so that none of a cluster's ends is overlooked."""
    if len(members) <= _SAMPLED:
        return members
    step = (len(members) - 1) / (_SAMPLED - 1)
    return [members[round(n * step)] for n in range(_SAMPLED)]


def _agree(left: list[int], right: list[int], score: Score, join: float) -> bool:
    total = 0.0
    for a in left:
        for b in right:
            one = score(a, b)
            if one == 0.0:
                return False
            total += one
    return total >= join * len(left) * len(right)
