"""Which of many items belong together, by the name of their group: eight bytes an item where names are event ids."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from itertools import groupby

_ID = re.compile(r"[0-9a-f]{16}")


class Groups:
    """Items by the order in which they came (0, 1, …), each in one group.

    Names are kept as numbers where they are the sixteen hexadecimal digits that the program gives, as text where an
    earlier output of another make brought its own.
    """

    def __init__(self) -> None:
        self._names = array("Q")
        self._odd: dict[int, str] = {}

    def append(self, name: str) -> None:
        """Put the next item into the group of that name."""
        if _ID.fullmatch(name):
            self._names.append(int(name, 16))
        else:
            self._odd[len(self._names)] = name
            self._names.append(0)

    def __len__(self) -> int:
        return len(self._names)

    def __iter__(self) -> Iterator[tuple[str, list[int]]]:
        """The groups by name, the items of each in order."""
        for name, group in groupby(self._ordered(), key=self._name):
            yield name, list(group)

    def _ordered(self) -> Iterator[int]:
        import numpy as np

        if self._odd:
            yield from sorted(range(len(self)), key=self._name)
        else:
            yield from map(int, np.argsort(np.asarray(self._names, dtype=np.uint64), kind="stable"))

    def _name(self, item: int) -> str:
        return self._odd[item] if item in self._odd else f"{self._names[item]:016x}"
