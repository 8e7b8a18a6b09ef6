"""One row per merged event, for formats that count events rather than tellings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from mapper.export.rows import Told, told
from mapper.model import Analysis

# The telling that speaks for the others: a reported one first, then one with a place, then the surest.
_STATUS_ORDER = ("reported", "planned", "background", "denied", "hypothetical")


@dataclass(slots=True)
class Merged:
    """An event with the telling that speaks for it (``best``) and where all of them come from.

    ``sources`` are distinct outlets, not independent ones: that one copied another is not looked into here.
    """

    id: str
    best: Told
    articles: dict[str, None] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)
    urls: dict[str, None] = field(default_factory=dict)
    tellings: int = 0

    @property
    def row(self) -> dict[str, Any]:
        return self.best.row


def merged(analyses: Iterable[Analysis]) -> list[Merged]:
    """The merged events in the order in which they are first told. An event without a cluster stands alone."""
    found: dict[str, Merged] = {}
    for item in told(analyses):
        row = item.row
        key = row["cluster"] or row["event_id"]
        one = found.setdefault(key, Merged(key, item))
        one.best = min(one.best, item, key=_rank)
        one.tellings += 1
        one.articles[row["article_id"]] = None
        one.sources[row["source"] or row["article_id"]] = None
        if row["url"]:
            one.urls[row["url"]] = None
    return list(found.values())


def _rank(item: Told) -> tuple[Any, ...]:
    row = item.row
    return (
        _STATUS_ORDER.index(row["status"]),
        row["place_id"] is None,
        row["date_start"] is None,
        -(row["confidence"] or 0.0),
        row["event_id"],
    )
