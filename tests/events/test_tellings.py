"""Short articles that tell the same and other events in other words: what belongs together joins, nothing else does."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from mapper import language
from mapper.events import merge
from mapper.model import Analysis, Article

TELLINGS = Path(__file__).with_name("tellings.jsonl")


@pytest.fixture(scope="module")
def told() -> tuple[dict[str, str], merge.Clusters]:
    """The event that each telling found is of, by hand, and the clusters."""
    if not language.installed():
        pytest.skip("the English language model is not installed")
    from mapper.pipeline import Engine

    rows = [json.loads(line) for line in TELLINGS.read_text(encoding="utf-8").splitlines()]
    articles = [
        Article(id=r["id"], text=r["text"], published=r["published"], source=r["source"], language="en") for r in rows
    ]
    keys = merge.Keys()
    gold: dict[str, str] = {}
    for row, analysis in zip(rows, Engine.load().analyse(articles), strict=True):
        assert isinstance(analysis, Analysis)
        keys.add(analysis)
        for words, name in row["events"].items():
            start = row["text"].index(words)
            gold.update(
                (e.id, name) for e in analysis.events if e.trigger.start < start + len(words) and start < e.trigger.end
            )
    return gold, keys.cluster()


def test_what_is_one_event_is_told_together_and_nothing_else_is(told: tuple[dict[str, str], merge.Clusters]) -> None:
    gold, clusters = told
    right: dict[str, set[str]] = defaultdict(set)
    found: dict[str, set[str]] = defaultdict(set)
    for event, name in gold.items():
        right[name].add(event)
        found[clusters[event]].add(event)
    assert len(gold) >= 35
    precision = sum(len(right[n] & found[clusters[e]]) / len(found[clusters[e]]) for e, n in gold.items()) / len(gold)
    recall = sum(len(right[n] & found[clusters[e]]) / len(right[n]) for e, n in gold.items()) / len(gold)
    assert precision >= 0.92
    assert recall >= 0.92


def test_every_merged_telling_says_why(told: tuple[dict[str, str], merge.Clusters]) -> None:
    _, clusters = told
    sizes: dict[str, int] = defaultdict(int)
    for cluster in clusters.values():
        sizes[cluster] += 1
    assert {event for event, cluster in clusters.items() if sizes[cluster] > 1} == set(clusters.reasons)
    assert all(clusters.reasons.values())
