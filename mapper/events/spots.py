"""Which of many spans lie at a spot: found by halving, so that a long text takes time in proportion to its length."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol


class Spanned(Protocol):
    """Anything with a place in a text: code point offsets, end exclusive."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Spots:
    """Spans, in any order, made ready to be asked for by where they lie."""

    def __init__(self, spans: Sequence[Spanned]) -> None:
        self._order = sorted(range(len(spans)), key=lambda i: spans[i].start)
        self._starts = [spans[i].start for i in self._order]
        self._ends = [spans[i].end for i in self._order]
        self._longest = max((end - start for start, end in zip(self._starts, self._ends, strict=True)), default=0)

    def touching(self, start: int, end: int) -> list[int]:
        """Indexes, rising, of the spans that share a character with ``start`` to ``end``."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        return sorted(self._order[k] for k in range(first, last) if self._ends[k] > start)
