"""One row per merged event, for formats that count events rather than tellings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from mapper.export.rows import told
from mapper.grouping import Groups
from mapper.model import Analysis
from mapper.shelf import Shelf

# The telling that speaks for the others: a reported one first, then one with a place, then the surest.
_STATUS_ORDER = ("reported", "planned", "background", "denied", "hypothetical")


@dataclass(frozen=True, slots=True)
class _Row:
    values: dict[str, Any]


@dataclass(slots=True)
class Merged:
    """An event with the row of the telling that speaks for it and where all of them come from.

    ``sources`` are distinct outlets, not independent ones: that one copied another is not looked into here.
    """

    id: str
    row: dict[str, Any]
    articles: dict[str, None] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)
    urls: dict[str, None] = field(default_factory=dict)
    tellings: int = 0


def merged(analyses: Iterable[Analysis]) -> Iterator[Merged]:
    """The merged events in the order in which they are first told. An event without a cluster stands alone.

    Rows beyond the first are kept on disk until all are known.
    """
    rows = Shelf(_Row)
    groups = Groups()
    for item in told(analyses):
        rows.append(_Row(item.row))
        groups.append(item.row["cluster"] or item.row["event_id"])
    for name, members in sorted(groups, key=lambda group: group[1][0]):
        yield _merged(name, [rows[number].values for number in members])


def _merged(name: str, rows: Sequence[dict[str, Any]]) -> Merged:
    one = Merged(name, min(rows, key=_rank), tellings=len(rows))
    for row in rows:
        one.articles[row["article_id"]] = None
        one.sources[row["source"] or row["article_id"]] = None
        if row["url"]:
            one.urls[row["url"]] = None
    return one


def _rank(row: dict[str, Any]) -> tuple[Any, ...]:
    return (
        _STATUS_ORDER.index(row["status"]),
        row["place_id"] is None,
        row["date_start"] is None,
        -(row["confidence"] or 0.0),
        row["event_id"],
    )
