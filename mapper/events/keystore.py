"""Keys of all events, on disk once they are many: memory holds some dozens of bytes for each.

What is looked at again is kept for a while; the file goes with the store.
"""

from __future__ import annotations

import hashlib
import tempfile
import weakref
from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mapper.events.key import Key, packed, unpacked
from mapper.grouping import EVENT_ID, Names

if TYPE_CHECKING:
    import numpy as np

_IN_MEMORY = 8_000_000  # bytes of keys before they go to disk
_KEPT = 4_096  # keys kept at hand


class KeyStore:
    """Keys by the order in which they came, with the blocks that each belongs to (as numbers)."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by the finaliser
        weakref.finalize(self, self._file.close)
        self._offsets = array("Q", [0])
        self._ids = Names()
        self._hand: dict[int, Key] = {}
        self._blocks, self._members = array("Q"), array("I")

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, key: Key, blocks: Iterable[tuple[object, ...]]) -> None:
        """Take in a key and the names of its blocks. Raises ``OSError`` where the disk is full."""
        number = len(self._ids)
        data = packed(key)
        self._file.seek(self._offsets[-1])
        self._file.write(data)
        self._offsets.append(self._offsets[-1] + len(data))
        self._ids.append(key.event)
        for block in blocks:
            self.block(block, number)

    def block(self, name: tuple[object, ...], number: int) -> None:
        """Put a key into a further block."""
        digest = hashlib.blake2b(repr(name).encode("utf-8", "surrogatepass"), digest_size=8).digest()
        self._blocks.append(int.from_bytes(digest, "big"))
        self._members.append(number)

    def __getitem__(self, number: int) -> Key:
        key = self._hand.get(number)
        if key is None:
            start, end = self._offsets[number], self._offsets[number + 1]
            self._file.seek(start)
            key = unpacked(self._file.read(end - start))
            if len(self._hand) >= _KEPT:
                del self._hand[next(iter(self._hand))]
            self._hand[number] = key
        return key

    def id_of(self, number: int) -> str:
        """The event id of a key."""
        return self._ids[number]

    def order(self) -> tuple[array[int], np.ndarray[Any, Any]]:
        """The keys by event id, each id once (as first given), and every key's place in that order."""
        import numpy as np

        rank = np.full(len(self), -1, dtype=np.int64)
        kept = array("Q")
        for n in self._ids.ordered():
            if not kept or self.id_of(kept[-1]) != self.id_of(n):
                rank[n] = len(kept)
                kept.append(n)
        return kept, rank

    def blocks(self, rank: np.ndarray[Any, Any]) -> Iterator[list[int]]:
        """The blocks of more than one key, as places in the order, by a fixed order of blocks."""
        import numpy as np

        members = rank[np.asarray(self._members, dtype=np.int64)]
        names = np.asarray(self._blocks, dtype=np.uint64)
        order = np.lexsort((members, names))
        names, members = names[order], members[order]
        ends = np.flatnonzero(np.r_[names[1:] != names[:-1], True][: len(names)]) + 1
        for start, end in pairwise([0, *ends.tolist()]):
            if end - start > 1:
                block = np.unique(members[start:end])
                block = block[block >= 0]
                if len(block) > 1:
                    yield block.tolist()

    def grouping(self, kept: array[int], root: np.ndarray[Any, Any]) -> Mapping[str, str]:
        """Event id to cluster id, from the place of each kept key's cluster in the order."""
        import numpy as np

        numbers = self._ids.numbers()
        if numbers is None:
            return {self.id_of(n): self.id_of(kept[root[i]]) for i, n in enumerate(kept)}
        ids = numbers[np.asarray(kept, dtype=np.int64)] if kept else np.empty(0, np.uint64)
        return Grouping(ids, ids[root] if len(ids) else ids)


class Grouping(Mapping[str, str]):
    """Event id to cluster id, sixteen bytes an event."""

    def __init__(self, events: np.ndarray[Any, Any], clusters: np.ndarray[Any, Any]) -> None:
        self._events = events
        self._clusters = clusters

    def __getitem__(self, event: str) -> str:
        if EVENT_ID.fullmatch(event):
            number = int(event, 16)
            at = int(self._events.searchsorted(self._events.dtype.type(number)))
            if at < len(self._events) and int(self._events[at]) == number:
                return f"{int(self._clusters[at]):016x}"
        raise KeyError(event)

    def __iter__(self) -> Iterator[str]:
        return (f"{int(event):016x}" for event in self._events)

    def __len__(self) -> int:
        return len(self._events)
