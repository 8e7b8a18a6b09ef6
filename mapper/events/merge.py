"""The same event told twice is one event: light keys, blocking, pairwise scores with vetoes, average-link clusters.

Only events of one type family, in one country (or with none known) and in neighbouring days are ever compared, so the
work
grows with the number of events and not with its square. A key is small: articles can be spilled while keys are kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mapper.events.key import Key, key_of
from mapper.events.plover import FAMILIES
from mapper.events.reprints import Sketch, originals, sketch
from mapper.events.similarity import JOIN, similarity
from mapper.model import Analysis

THRESHOLD = JOIN
_BLOCK_LIMIT = 200  # events compared pairwise in one block; beyond it only with their neighbours in date order
_WINDOW = 3  # days to a block


class Clusters(Mapping[str, str]):
    """Event id to cluster id (the smallest id in it), the articles that only copy another, and why events were
    joined."""

    def __init__(
        self,
        of_event: Mapping[str, str],
        voices: Mapping[str, str] | None = None,
        reasons: Mapping[str, str] | None = None,
    ) -> None:
        self.of_event = dict(of_event)
        self.voices = dict(voices or {})
        self.reasons = dict(reasons or {})

    def __getitem__(self, event: str) -> str:
        return self.of_event[event]

    def __iter__(self) -> Iterator[str]:
        return iter(self.of_event)

    def __len__(self) -> int:
        return len(self.of_event)

    def regrouped(self, of_event: Mapping[str, str]) -> Clusters:
        """The same with another grouping, as corrections ask for."""
        return Clusters(of_event, self.voices, self.reasons)


@dataclass(slots=True)
class Keys:
    """Collects the light keys of analyses as they pass by; :meth:`cluster` says which events are the same."""

    keys: list[Key] = field(default_factory=list)
    sketches: dict[str, Sketch] = field(default_factory=dict)

    def add(self, analysis: Analysis) -> None:
        """Take in one analysis."""
        self.keys += [key_of(analysis.article, event) for event in analysis.events]
        self.sketches[analysis.article.id] = sketch(analysis.article.text)

    def cluster(self) -> Clusters:
        """All events with their clusters."""
        of_event, reasons = cluster_with_reasons(self.keys)
        return Clusters(of_event, originals(self.sketches), reasons)


def cluster(keys: Iterable[Key]) -> dict[str, str]:
    """Cluster id (its smallest member's id) by event id."""
    return cluster_with_reasons(keys)[0]


def cluster_with_reasons(keys: Iterable[Key]) -> tuple[dict[str, str], dict[str, str]]:
    """The clusters, and for each merged event why it joined."""
    items = sorted({k.event: k for k in keys}.values(), key=lambda k: k.event)
    pairs: dict[tuple[int, int], tuple[float, str]] = {}
    for block in _blocks(items):
        for a, b in compared(items, block):
            if (a, b) not in pairs:
                pairs[a, b] = similarity(items[a], items[b])
    return linked(items, pairs)


def blocks_of(key: Key) -> Iterator[tuple[object, ...]]:
    """The blocks of one event: it is compared with those events only that share one of them.

    Family, country and window of days; and within one article, family alone.
    """
    family = FAMILIES.get(key.type, key.type)
    yield "article", family, key.article
    if key.place is None or key.days is None:
        return  # neither where nor when: too little to join events of different articles
    where = key.country or key.place
    first, last = key.days
    if last - first > 31:
        yield "long", family, where, first, last
        return
    for window in range(first // _WINDOW, last // _WINDOW + 1):
        yield "day", family, where, window
    if first // _WINDOW == last // _WINDOW and (first % _WINDOW == 0 or last % _WINDOW == _WINDOW - 1):
        side = first // _WINDOW - 1 if first % _WINDOW == 0 else last // _WINDOW + 1
        yield "day", family, where, side


def _blocks(items: list[Key]) -> Iterator[list[int]]:
    """Groups of events that may be the same."""
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i, k in enumerate(items):
        for block in blocks_of(k):
            blocks[block].append(i)
    for _, members in sorted(blocks.items(), key=lambda b: str(b[0])):
        if len(members) > 1:
            yield members


def compared(items: list[Key], block: list[int]) -> Iterator[tuple[int, int]]:
    """The pairs of one block that are looked at, as indices into ``items``, the smaller first."""
    order = block
    reach = len(order)
    if len(order) > _BLOCK_LIMIT:
        # A crowded block: neighbours by place, type and day carry nearly all true pairs.
        order = sorted(
            block, key=lambda i: (items[i].place or "", items[i].type, items[i].days or (0, 0), items[i].event)
        )
        reach = _BLOCK_LIMIT // 4
    for n, a in enumerate(order):
        for b in order[n + 1 : n + 1 + reach]:
            yield (a, b) if a < b else (b, a)


def linked(
    items: list[Key], pairs: Mapping[tuple[int, int], tuple[float, str]]
) -> tuple[dict[str, str], dict[str, str]]:
    """Average-link clusters from the pairs' scores: the best pair first; a veto between any two members keeps
    groups apart."""
    group = list(range(len(items)))
    members: dict[int, list[int]] = {i: [i] for i in group}
    reasons: dict[str, str] = {}
    ranked = sorted(
        ((s, a, b) for (a, b), (s, _) in pairs.items() if s >= THRESHOLD), key=lambda p: (-p[0], p[1], p[2])
    )
    for _, a, b in ranked:
        ga, gb = group[a], group[b]
        if ga == gb or not _may_join(items, members[ga], members[gb], pairs):
            continue
        reasons.setdefault(items[b].event, pairs[a, b][1])
        reasons.setdefault(items[a].event, pairs[a, b][1])
        keep, gone = (ga, gb) if ga < gb else (gb, ga)
        for i in members[gone]:
            group[i] = keep
        members[keep] += members.pop(gone)
    clusters: dict[str, str] = {}
    for ids in members.values():
        smallest = min(items[i].event for i in ids)
        clusters.update((items[i].event, smallest) for i in ids)
    return clusters, reasons


_SAMPLED = 12  # members looked at on each side: clusters of a much-told event grow to thousands


def _may_join(
    items: list[Key], left: list[int], right: list[int], pairs: Mapping[tuple[int, int], tuple[float, str]]
) -> bool:
    total, n = 0.0, 0
    for a in left[:_SAMPLED]:
        for b in right[:_SAMPLED]:
            pair = (a, b) if a < b else (b, a)
            score = pairs[pair][0] if pair in pairs else similarity(items[a], items[b])[0]
            if score == 0.0:
                return False
            total, n = total + score, n + 1
    return total / n >= THRESHOLD * 0.85
