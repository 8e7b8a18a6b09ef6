"""The same event told twice is one event: light keys, blocking, pairwise scores with vetoes, average-link clusters.

Keys are small and go to disk where they are many, so that articles can be spilled and memory stays nearly flat.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import combinations, pairwise

from mapper.errors import OutputError
from mapper.events.blocking import blocks_of, compared
from mapper.events.key import Key, key_of
from mapper.events.keystore import KeyStore
from mapper.events.linkage import EXACT, Score, average_link, greedy_link
from mapper.events.plover import FAMILIES
from mapper.events.reprints import Sketches
from mapper.events.similarity import JOIN, ruled_out, similarity
from mapper.model import Analysis

THRESHOLD = JOIN


class Clusters(Mapping[str, str]):
    """Event id to cluster id (the smallest id in it), the articles that only copy another, and why events were
    joined: by event id, for those that are not alone, what speaks for the telling that it is most like."""

    def __init__(
        self,
        of_event: Mapping[str, str],
        voices: Mapping[str, str] | None = None,
        reasons: Mapping[str, str] | None = None,
    ) -> None:
        self.of_event = of_event
        self.voices = dict(voices or {})
        self.reasons = dict(reasons or {})

    def __getitem__(self, event: str) -> str:
        return self.of_event[event]

    def __iter__(self) -> Iterator[str]:
        return iter(self.of_event)

    def __len__(self) -> int:
        return len(self.of_event)

    def regrouped(self, of_event: Mapping[str, str]) -> Clusters:
        """The same with another grouping, as corrections ask for; what now stands alone has no reason any more."""
        sizes: dict[str, int] = defaultdict(int)
        for cluster in of_event.values():
            sizes[cluster] += 1
        reasons = {event: why for event, why in self.reasons.items() if sizes[of_event.get(event, "")] > 1}
        return Clusters(of_event, self.voices, reasons)


class Keys:
    """Collects the light keys of analyses as they pass by; :meth:`cluster` says which events are the same."""

    def __init__(self) -> None:
        self._store = KeyStore()
        self._sketches = Sketches()
        self._clusters: Clusters | None = None

    def add(self, analysis: Analysis) -> None:
        """Take in one analysis."""
        self._clusters = None
        with _told():
            for event in analysis.events:
                self.add_key(key_of(analysis.article, event, analysis.toponyms))
            self._sketches.add(analysis.article.id, analysis.article.text)

    def add_key(self, key: Key) -> None:
        """Take in the key of one event."""
        self._store.add(key, blocks_of(key))

    def cluster(self) -> Clusters:
        """All events with their clusters. Asked again, it gives the same answer again."""
        if self._clusters is None:
            with _told():
                voices = self._sketches.originals()
                of_event, reasons = _clustered(self._store, voices)
            self._clusters = Clusters(of_event, voices, reasons)
        return self._clusters


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"temporary file: {error.strerror or error}") from error


def cluster(keys: Iterable[Key]) -> dict[str, str]:
    """Cluster id (its smallest member's id) by event id."""
    collected = Keys()
    for key in keys:
        collected.add_key(key)
    return dict(collected.cluster().of_event)


def _clustered(store: KeyStore, voices: Mapping[str, str]) -> tuple[Mapping[str, str], dict[str, str]]:
    """The clusters, and for each merged event why it joined."""
    import numpy as np

    kept, rank = store.order()

    def key(i: int) -> Key:
        return store[kept[i]]

    if voices:
        _block_copies(store, voices)

    def score(a: int, b: int) -> float:
        return score_of(key(a), key(b), voices)[0]

    cluster_of = np.arange(len(kept))
    reasons: dict[str, str] = {}
    wordings: dict[str, str] = {}  # few, however many events they are the reason of
    pairs = ((score(a, b), a, b) for block in store.blocks(rank) for a, b in compared(block, key))
    for group in groups(pairs, len(kept), score):
        cluster_of[group] = group[0]
        if len(group) > 1:
            for event, why in reasons_of(group, key, voices, lambda i: store.id_of(kept[i])):
                reasons[event] = wordings.setdefault(why, why)
    return store.grouping(kept, cluster_of), reasons


def groups(pairs: Iterable[tuple[float, int, int]], count: int, score: Score) -> Iterator[list[int]]:
    """The groups that ``count`` items make, given the scores of those pairs (the smaller number first) that may be one.

    ``score`` gives the score of any pair. Items that no pair of at least :data:`THRESHOLD` holds are left out.
    """
    scores, left, right = array("d"), array("L"), array("L")
    parent = array("L", range(count))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for one, a, b in pairs:
        if one >= THRESHOLD:
            scores.append(one)
            left.append(a)
            right.append(b)
            ra, rb = root(a), root(b)
            if ra != rb:
                parent[max(ra, rb)] = min(ra, rb)
    for members, edges in _components(root, scores, left, right):
        yield from _linked(members, edges, score)


def _block_copies(store: KeyStore, voices: Mapping[str, str]) -> None:
    """Articles that carry one text tell the same events, placed and dated or not."""
    copied = set(voices.values())
    for number in range(len(store)):
        k = store[number]
        if k.article in voices or k.article in copied:
            store.block(copies_block(k, voices), number)


def copies_block(k: Key, voices: Mapping[str, str]) -> tuple[object, ...]:
    """The name of the block that an event shares with those of its article's copies."""
    return ("copy", FAMILIES.get(k.type, k.type), voices.get(k.article, k.article))


def score_of(a: Key, b: Key, voices: Mapping[str, str]) -> tuple[float, str]:
    """How likely two tellings are one event, with the reasons. ``voices`` are articles that copy another."""
    same = a.article != b.article and a.type == b.type and a.trigger == b.trigger and a.words == b.words
    if same and voices.get(a.article, a.article) == voices.get(b.article, b.article):
        # Reports made on one pattern are copies by their words, and tell of another day or town each time.
        if reason := ruled_out(a, b):
            return 0.0, reason
        return 1.0, "the same sentence in a copy of the article"
    return similarity(a, b)


_Edges = list[tuple[float, int, int]]


def _components(
    root: Callable[[int], int], scores: array[float], left: array[int], right: array[int]
) -> Iterator[tuple[list[int], _Edges]]:
    """Groups of items that pairs connect, with these pairs, the best first."""
    import numpy as np

    if not scores:
        return
    # Sorted as arrays: as tuples, the pairs of all groups at once would take several times the memory.
    roots = np.fromiter(map(root, left), dtype=np.int64, count=len(left))
    one, a, b = np.asarray(scores), np.asarray(left, dtype=np.int64), np.asarray(right, dtype=np.int64)
    order = np.lexsort((b, a, -one, roots))
    ends = np.flatnonzero(np.r_[roots[order][1:] != roots[order][:-1], True]) + 1
    for start, end in pairwise([0, *ends.tolist()]):
        some = order[start:end]
        found = list(zip(one[some].tolist(), a[some].tolist(), b[some].tolist(), strict=True))
        yield np.unique(np.r_[a[some], b[some]]).tolist(), found


def _linked(members: list[int], edges: _Edges, score: Score) -> list[list[int]]:
    import numpy as np

    if len(members) > EXACT:
        return greedy_link(members, ((a, b) for _, a, b in edges), score, THRESHOLD)
    known = {(a, b): one for one, a, b in edges}
    matrix = np.zeros((len(members), len(members)))
    for (m, a), (n, b) in combinations(enumerate(members), 2):
        matrix[m, n] = matrix[n, m] = known[a, b] if (a, b) in known else score(a, b)
    return [sorted(members[m] for m in group) for group in average_link(matrix, THRESHOLD)]


_LOOKED_AT = 24  # other members among which the likest is looked for


def reasons_of(
    group: list[int], key: Callable[[int], Key], voices: Mapping[str, str], name: Callable[[int], str]
) -> Iterator[tuple[str, str]]:
    """For each member what speaks for the telling that it is most like."""
    for i in group:
        others = [j for j in group[: _LOOKED_AT + 1] if j != i]
        best = max((score_of(key(i), key(j), voices) for j in others), key=lambda found: found[0])
        yield name(i), best[1]
