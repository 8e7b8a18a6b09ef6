"""Wire copies and reprints: articles that carry another's text count as one voice.

MinHash over word shingles finds them without comparing all pairs; containment tells a shortened copy from another
story.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

SHINGLE = 4  # words
PERMUTATIONS = 48
BANDS = 24  # of two rows each: catches pairs from a Jaccard of about 0.3 on, to be checked exactly
KEPT = 256  # smallest shingle hashes kept for containment: a bottom-k sketch
SAME = 0.5  # containment of the shorter in the longer from which on it is a copy
_WORD = re.compile(r"\w+")
_PRIME = (1 << 61) - 1


def _parameters() -> tuple[tuple[int, int], ...]:
    """The permutations: fixed numbers from a fixed text, the same everywhere."""
    found = []
    for i in range(PERMUTATIONS):
        digest = hashlib.blake2b(f"reprints:{i}".encode("ascii"), digest_size=16).digest()
        found.append((int.from_bytes(digest[:8], "big") % _PRIME or 1, int.from_bytes(digest[8:], "big") % _PRIME))
    return tuple(found)


_PERMUTED = _parameters()


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text: MinHash bands, the smallest shingle hashes, and the number of distinct shingles."""

    bands: tuple[int, ...]
    smallest: tuple[int, ...]
    size: int


def shingles(text: str) -> set[int]:
    """Hashes of the runs of words, case and punctuation put aside."""
    words = [w.lower() for w in _WORD.findall(text)]
    if len(words) < SHINGLE:
        return {_hash(" ".join(words))} if words else set()
    return {_hash(" ".join(words[i : i + SHINGLE])) for i in range(len(words) - SHINGLE + 1)}


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=7).digest(), "big")


def sketch(text: str) -> Sketch:
    """The sketch of a text."""
    import numpy as np

    found = shingles(text)
    if not found:
        return Sketch((), (), 0)
    values = np.fromiter(found, dtype=np.uint64, count=len(found))
    minima: list[int] = []
    for a, b in _PERMUTED:
        # multiplication wraps round at 2**64, which serves as well as a prime modulus for picking a minimum
        minima.append(int((values * np.uint64(a | 1) + np.uint64(b)).min()))
    rows = PERMUTATIONS // BANDS
    bands = tuple(_hash(f"{i}:{minima[i * rows : (i + 1) * rows]}") for i in range(BANDS))
    return Sketch(bands, tuple(sorted(found)[:KEPT]), len(found))


def containment(a: Sketch, b: Sketch) -> float:
    """Roughly the share of the smaller text's shingles that the other has too."""
    if not a.size or not b.size:
        return 0.0
    # Both sketches hold every shingle up to the lower of their largest kept ones.
    limit = min(a.smallest[-1] if a.size > KEPT else 1 << 63, b.smallest[-1] if b.size > KEPT else 1 << 63)
    left = {h for h in a.smallest if h <= limit}
    right = {h for h in b.smallest if h <= limit}
    fewer = min(len(left), len(right))
    return len(left & right) / fewer if fewer else 0.0


def is_copy(a: Sketch, b: Sketch) -> bool:
    """Whether one text is a copy of the other, whole, edited or shortened."""
    return min(a.size, b.size) >= 12 and containment(a, b) >= SAME


def originals(sketches: Mapping[str, Sketch]) -> dict[str, str]:
    """For each article that copies another, the article whose voice it is: the longest of the group, then the
    first by id."""
    parent = {article: article for article in sketches}

    def root(article: str) -> str:
        while parent[article] != article:
            parent[article] = parent[parent[article]]
            article = parent[article]
        return article

    for a, b in _pairs(sketches):
        ra, rb = root(a), root(b)
        if ra != rb and is_copy(sketches[a], sketches[b]):
            keep, gone = sorted((ra, rb), key=lambda r: (-sketches[r].size, r))
            parent[gone] = keep
    return {article: root(article) for article in sorted(sketches) if root(article) != article}


def _pairs(sketches: Mapping[str, Sketch]) -> Iterator[tuple[str, str]]:
    buckets: dict[tuple[int, int], list[str]] = defaultdict(list)
    for article in sorted(sketches):
        for band, value in enumerate(sketches[article].bands):
            buckets[band, value].append(article)
        # A short extract shares few MinHash rows with its long source, but its smallest shingles are likely there too.
    seen: set[tuple[str, str]] = set()
    for _, members in sorted(buckets.items()):
        first = members[0]
        for other in members[1:]:
            if (first, other) not in seen:
                seen.add((first, other))
                yield first, other
