"""Many names at eight bytes each where they are event ids, and which of many items belong together by such a name."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

EVENT_ID = re.compile(r"[0-9a-f]{16}")
"""An id as the program gives it."""


class Names:
    """Names in the order in which they came (0, 1, …).

    They are kept as numbers where they are the sixteen hexadecimal digits that the program gives, as text where an
    earlier output of another make brought its own.
    """

    def __init__(self) -> None:
        self._numbers = array("Q")
        self._odd: dict[int, str] = {}

    def append(self, name: str) -> None:
        """Take in the next name."""
        if EVENT_ID.fullmatch(name):
            self._numbers.append(int(name, 16))
        else:
            self._odd[len(self._numbers)] = name
            self._numbers.append(0)

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, item: int) -> str:
        return self._odd[item] if item in self._odd else f"{self._numbers[item]:016x}"

    def numbers(self) -> np.ndarray[Any, Any] | None:
        """All names as numbers, which sort as they do; None where one of them is none."""
        import numpy as np

        return None if self._odd else np.asarray(self._numbers, dtype=np.uint64)

    def ordered(self) -> Iterator[int]:
        """The items by their names, those of one name as they came."""
        numbers = self.numbers()
        if numbers is None:
            yield from sorted(range(len(self)), key=self.__getitem__)
        else:
            yield from map(int, numbers.argsort(kind="stable"))


class Groups:
    """Items by the order in which they came (0, 1, …), each in one group."""

    def __init__(self) -> None:
        self._names = Names()

    def append(self, name: str) -> None:
        """Put the next item into the group of that name."""
        self._names.append(name)

    def __len__(self) -> int:
        return len(self._names)

    def __iter__(self) -> Iterator[tuple[str, list[int]]]:
        """The groups by name, the items of each in order."""
        for name, group in groupby(self._names.ordered(), key=self._names.__getitem__):
            yield name, list(group)
