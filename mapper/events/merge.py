"""The same event told twice is one event: light keys, blocking, pairwise scores with vetoes, average-link clusters.

Only events of one type family, in one country (or with none known) and in neighbouring days are ever compared, so the work
grows with the number of events and not with its square. A key is small: articles can be spilled while keys are kept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from mapper.events.plover import FAMILIES
from mapper.events.reprints import Sketch, originals, sketch
from mapper.model import Analysis, Article, Event

THRESHOLD = 0.6
_BLOCK_LIMIT = 200  # events compared pairwise in one block; beyond it only with their neighbours in date order
_WINDOW = 3  # days to a block
_WORD = re.compile(r"[^\W\d_]{3,}")
_STOP = frozenset(
    "the and for with from that this was were has have had who his her its their said says mr mrs president minister general "
    "prime foreign former government officials".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What deciding about merging needs of one event. Days are ordinals (``date.toordinal``), both ends included."""

    event: str
    article: str
    sentence: int
    type: str
    mode: str | None
    status: str
    place: str | None
    precision: str | None
    country: str | None
    lat: float | None
    lon: float | None
    days: tuple[int, int] | None
    inferred: bool
    actors: frozenset[str]
    recipients: frozenset[str]
    countries: frozenset[str]
    trigger: str
    words: frozenset[str]
    numbers: frozenset[str] = frozenset()


def key_of(article: Article, event: Event) -> Key:
    """The light key of one event."""
    days = None
    if event.date is not None:
        start = date.fromisoformat(event.date.start).toordinal()
        days = (start, date.fromisoformat(event.date.end).toordinal() if event.date.end else start + 30)
    place = event.location
    text = event.evidence.of(article.text)
    return Key(
        event=event.id,
        article=article.id,
        sentence=event.evidence.start,
        type=event.type,
        mode=event.mode,
        status=event.status,
        place=place.place_id if place else None,
        precision=place.precision if place else None,
        country=place.country_code if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        days=days,
        inferred=event.date is not None and event.date.basis in {"inferred", "published"},
        actors=_names(a.text for a in event.actors if a.role == "actor"),
        recipients=_names(a.text for a in event.actors if a.role == "recipient"),
        countries=frozenset(a.country_code for a in event.actors if a.country_code),
        trigger=_stem(event.trigger.text),
        words=frozenset(w.lower() for w in _WORD.findall(text) if w.lower() not in _STOP),
        numbers=frozenset(re.findall(r"\b\d{1,6}\b", text)),
    )


def _names(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(w.lower() for text in texts for w in _WORD.findall(text) if w.lower() not in _STOP)


def _stem(word: str) -> str:
    word = word.lower().split()[-1] if word.split() else ""
    for ending in ("ings", "ing", "ions", "ion", "ers", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


class Clusters(Mapping[str, str]):
    """Event id to cluster id (the smallest id in it), the articles that only copy another, and why events were joined."""

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
        for a, b in _compared(items, block):
            if (a, b) not in pairs:
                pairs[a, b] = similarity(items[a], items[b])
    return _linked(items, pairs)


def _blocks(items: list[Key]) -> Iterator[list[int]]:
    """Groups of events that may be the same: family, country and window of days; and within one article, family alone."""
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i, k in enumerate(items):
        family = FAMILIES.get(k.type, k.type)
        blocks["article", family, k.article].append(i)
        if k.place is None or k.days is None:
            continue  # neither where nor when: too little to join events of different articles
        first, last = k.days
        windows = range(first // _WINDOW, last // _WINDOW + 1) if last - first <= 31 else ()
        for window in windows:
            blocks["day", family, k.country or k.place, window].append(i)
        if first // _WINDOW == last // _WINDOW and (first % _WINDOW == 0 or last % _WINDOW == _WINDOW - 1):
            side = first // _WINDOW - 1 if first % _WINDOW == 0 else last // _WINDOW + 1
            blocks["day", family, k.country or k.place, side].append(i)
        if last - first > 31:
            blocks["long", family, k.country or k.place, first, last].append(i)
    for _, members in sorted(blocks.items(), key=lambda b: str(b[0])):
        if len(members) > 1:
            yield members


def _compared(items: list[Key], block: list[int]) -> Iterator[tuple[int, int]]:
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


def similarity(a: Key, b: Key) -> tuple[float, str]:
    """How likely two tellings are of one event, from 0 to 1, with the reasons; 0 where something rules it out."""
    veto = _veto(a, b)
    if veto:
        return 0.0, veto
    score, why = 0.0, []
    if a.type == b.type:
        score += 0.3
        why.append("same type")
        if a.mode and a.mode == b.mode:
            score += 0.05
    if a.trigger and a.trigger == b.trigger:
        score += 0.12
        why.append("same word")
    if a.place and a.place == b.place:
        score += 0.2 if a.precision != "country" else 0.12
        why.append("same place")
    elif a.place and b.place:
        score += 0.06
    if a.days and b.days:
        if a.days == b.days and not (a.inferred and b.inferred):
            score += 0.15
            why.append("same day")
        else:
            score += 0.08
    who = _overlap(a.actors, b.actors)
    whom = _overlap(a.recipients, b.recipients)
    crossed = max(_overlap(a.actors, b.recipients), _overlap(a.recipients, b.actors))
    score += 0.22 * max(who, whom, 0.7 * crossed)
    if max(who, whom) >= 0.5:
        why.append("same actors")
    shared = len(a.words & b.words) / max(1, min(len(a.words), len(b.words)))
    score += 0.3 * shared
    if shared >= 0.5:
        why.append("same words")
    if a.numbers & b.numbers:
        score += 0.05
    if a.article == b.article:
        score += _within_article(a, b)
    return min(1.0, score), ", ".join(why)


def _within_article(a: Key, b: Key) -> float:
    """An article tells its event again and again: sparse tellings of the same type join, unless of one sentence."""
    if a.sentence == b.sentence:
        return -0.1
    if a.type == b.type == "CONSULT":
        return 0.2
    return 0.08 if a.type == b.type else -0.1


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _veto(a: Key, b: Key) -> str:
    if a.days and b.days and (a.days[0] > b.days[1] + 1 or b.days[0] > a.days[1] + 1):
        return "different days"
    if a.country and b.country and a.country != b.country:
        return "different countries"
    fine = {"settlement", "exact", "near"}
    if a.precision in fine and b.precision in fine and a.place != b.place and _apart(a, b) > 40:
        return "different places"
    if a.precision == b.precision and a.precision in {"admin1", "admin2"} and a.place != b.place:
        return "different places"
    if {a.status, b.status} & {"denied", "hypothetical"} and a.status != b.status:
        return "one of them did not happen"
    if {a.status, b.status} == {"background", "reported"} and not (a.days and b.days):
        return "one of them is told as past"
    if a.type != b.type and FAMILIES.get(a.type) != FAMILIES.get(b.type):
        return "different kinds"
    if a.actors and b.recipients and a.recipients and b.actors and a.type == "ASSAULT" == b.type:
        if (
            _overlap(a.actors, b.recipients) == 1.0
            and _overlap(a.recipients, b.actors) == 1.0
            and not _overlap(a.actors, b.actors)
        ):
            return "opposite sides"
    if a.article == b.article and a.sentence == b.sentence and (a.type != b.type or a.type != "CONSULT"):
        return "told apart in one sentence"
    return ""


def _apart(a: Key, b: Key) -> float:
    """Rough distance in kilometres, good enough to tell towns apart."""
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return 0.0
    dx = (a.lon - b.lon) * 111.3 * max(0.1, 1 - abs((a.lat + b.lat) / 2) / 90)
    return float((dx**2 + ((a.lat - b.lat) * 111.2) ** 2) ** 0.5)


def _linked(
    items: list[Key], pairs: Mapping[tuple[int, int], tuple[float, str]]
) -> tuple[dict[str, str], dict[str, str]]:
    """Average-link clusters from the pairs' scores: the best pair first; a veto between any two members keeps groups apart."""
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
