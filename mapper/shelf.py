"""Values that are kept on disk once they are many, so that memory does not grow with them."""

from __future__ import annotations

import tempfile
import weakref
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, TypeVar, overload

from mapper.errors import OutputError
from mapper.packing import Packing

HELD = 10_000
"""Values that stay in memory; the further ones go to disk."""

T = TypeVar("T")


@contextmanager
def told() -> Iterator[None]:
    """Say of a temporary file that cannot be written or read which folder it is in. Raises :class:`OutputError`."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"temporary file in {tempfile.gettempdir()}: {error.strerror or error}") from error


class Shelf(Sequence[T], Generic[T]):
    """Values of one kind (a dataclass) in the order in which they came: the first in memory, the rest in a temporary
    file that goes with the shelf. What is on disk is made anew each time it is asked for, equal to what was put in.

    Raises :class:`OutputError` where the file cannot be written or read.
    """

    def __init__(self, kind: type[T], *, held: int = HELD) -> None:
        self._most = held
        self._held: list[T] = []
        self._offsets = array("Q", [0])
        self._packing = Packing(kind)
        self._file: Any = None

    @property
    def full(self) -> bool:
        """Whether what comes next goes to disk."""
        return len(self._held) >= self._most

    def append(self, value: T) -> None:
        """Put a value at the end."""
        if not self.full:
            self._held.append(value)
            return
        with told():
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the finaliser
                weakref.finalize(self, self._file.close)
            data = self._packing.pack(value)
            self._file.seek(self._offsets[-1])
            self._file.write(data)
            self._offsets.append(self._offsets[-1] + len(data))

    def __len__(self) -> int:
        return len(self._held) + len(self._offsets) - 1

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        number = index + len(self) if index < 0 else index
        if not 0 <= number < len(self):
            raise IndexError(index)
        if number < len(self._held):
            return self._held[number]
        number -= len(self._held)
        start, end = self._offsets[number], self._offsets[number + 1]
        with told():
            self._file.seek(start)
            return self._packing.unpack(self._file.read(end - start))
