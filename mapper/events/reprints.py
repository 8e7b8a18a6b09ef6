"""Wire copies and reprints: articles that carry another's text count as one voice.

MinHash over word shingles finds them without comparing all pairs; containment tells a shortened copy from another
story.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import weakref
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

SHINGLE = 4  # words
PERMUTATIONS = 48
BANDS = 24  # of two rows each: catches pairs from a Jaccard of about 0.3 on, to be checked exactly
KEPT = 256  # smallest shingle hashes kept for containment: a bottom-k sketch
SAME = 0.5  # containment of the shorter in the longer from which on it is a copy
_LEADERS = 8  # texts of one bucket that each further one is compared with
_REMEMBERED = 100_000  # pairs found different, some ten megabytes
_IN_MEMORY = 8_000_000  # bytes of sketches before they go to disk
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
    """What is kept of a text: MinHash bands, the smallest shingle hashes in order, the number of distinct shingles."""

    bands: tuple[int, ...]
    smallest: np.ndarray[Any, Any]
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
    values = np.fromiter(found, dtype=np.uint64, count=len(found))
    values.sort()
    if not found:
        return Sketch((), values, 0)
    rows = PERMUTATIONS // BANDS
    # multiplication wraps round at 2**64, which serves as well as a prime modulus for picking a minimum
    minima = [int((values * np.uint64(a | 1) + np.uint64(b)).min()) for a, b in _PERMUTED]
    bands = tuple(zlib.crc32(f"{i}:{minima[i * rows : (i + 1) * rows]}".encode("ascii")) for i in range(BANDS))
    return Sketch(bands, values[:KEPT].copy(), len(found))


def containment(a: Sketch, b: Sketch) -> float:
    """Roughly the share of the smaller text's shingles that the other has too."""
    import numpy as np

    if not a.size or not b.size:
        return 0.0
    # Both sketches hold every shingle up to the lower of their largest kept ones.
    ends = [s.smallest[-1] for s in (a, b) if s.size > KEPT]
    left, right = a.smallest, b.smallest
    if ends:
        left, right = left[left <= min(ends)], right[right <= min(ends)]
    fewer = min(len(left), len(right))
    return len(np.intersect1d(left, right, assume_unique=True)) / fewer if fewer else 0.0


def is_copy(a: Sketch, b: Sketch) -> bool:
    """Whether one text is a copy of the other, whole, edited or shortened."""
    return min(a.size, b.size) >= 12 and containment(a, b) >= SAME


class Sketches:
    """The sketches of all articles: bands in memory, a hundred bytes an article, the rest on disk once it is much."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by the finaliser
        weakref.finalize(self, self._file.close)
        self._offsets = array("Q", [0])
        self._sizes = array("L")
        self._bands = array("I")
        self._articles: list[str] = []

    def add(self, article: str, text: str) -> None:
        """Take in an article. Raises ``OSError`` where the disk is full."""
        self.put(article, sketch(text))

    def put(self, article: str, one: Sketch) -> None:
        """Take in an article that was sketched before. Raises ``OSError`` where the disk is full."""
        if not one.size:
            return  # no words: nobody's copy
        data = one.smallest.tobytes()
        self._file.seek(self._offsets[-1])
        self._file.write(data)
        self._offsets.append(self._offsets[-1] + len(data))
        self._sizes.append(one.size)
        self._bands.extend(one.bands)
        self._articles.append(article)

    def __getitem__(self, number: int) -> Sketch:
        import numpy as np

        start, end = self._offsets[number], self._offsets[number + 1]
        self._file.seek(start)
        smallest = np.frombuffer(self._file.read(end - start), dtype=np.uint64)
        bands = tuple(self._bands[number * BANDS : (number + 1) * BANDS])
        return Sketch(bands, smallest, self._sizes[number])

    def originals(self) -> dict[str, str]:
        """For each article that copies another, the article whose voice it is: the longest of the group, then the
        first by id."""
        count = len(self._articles)
        parent = array("L", range(count))

        def root(i: int) -> int:
            while parent[i] != i:
                parent[i] = parent[parent[i]]
                i = parent[i]
            return i

        other: set[int] = set()  # pairs that are no copies, so that they are not compared again in each band
        for bucket in self._buckets():
            leaders = [bucket[0]]
            for i in bucket[1:]:
                for leader in leaders:
                    a, b = root(leader), root(i)
                    if a == b:
                        break
                    pair = leader * count + i
                    if pair in other or not is_copy(self[leader], self[i]):
                        if len(other) >= _REMEMBERED:
                            other.clear()
                        other.add(pair)
                        continue
                    keep, gone = (a, b) if self._before(a, b) else (b, a)
                    parent[gone] = keep
                    break
                else:
                    if len(leaders) < _LEADERS:
                        leaders.append(i)
        found = {a: self._articles[root(i)] for i, a in enumerate(self._articles) if root(i) != i}
        return dict(sorted(found.items()))

    def _before(self, a: int, b: int) -> bool:
        return (-self._sizes[a], self._articles[a]) < (-self._sizes[b], self._articles[b])

    def _buckets(self) -> Iterator[list[int]]:
        """Articles that agree in a band, by id within each bucket."""
        import numpy as np

        ranked = np.array(sorted(range(len(self._articles)), key=self._articles.__getitem__), dtype=np.int64)
        table = np.asarray(self._bands, dtype=np.uint32).reshape(-1, BANDS)[ranked]
        for band in range(BANDS):
            order = np.argsort(table[:, band], kind="stable")
            values = table[order, band]
            ends = np.flatnonzero(np.r_[values[1:] != values[:-1], True][: len(values)]) + 1
            for start, end in pairwise([0, *ends.tolist()]):
                if end - start > 1:
                    yield ranked[order[start:end]].tolist()
