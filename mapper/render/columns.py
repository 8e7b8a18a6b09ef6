"""Columns of whole numbers as bytes, and texts as lines: the packing that decode.js in the page undoes."""

from __future__ import annotations

import base64
import gzip
import re
from collections.abc import Iterable
from typing import Any, Literal

import numpy as np

Kind = Literal["u1", "u2", "u4", "i4"]

_SEPARATORS = re.compile("[\x00\n\r\x1f]")
_SURROGATES = re.compile("[\ud800-\udfff]")

_LIMITS = {"u1": (0, 0xFF), "u2": (0, 0xFFFF), "u4": (0, 0xFFFFFFFF), "i4": (-(1 << 31), (1 << 31) - 1)}


class Table:
    """Columns of one length each, with a description of them for the page."""

    def __init__(self) -> None:
        self.description: list[list[Any]] = []
        self._bytes: list[bytes] = []

    def add(self, table: str, name: str, values: Iterable[int], kind: Kind) -> None:
        """Store a column. Raises OverflowError where a value does not fit its kind."""
        array = np.fromiter(values, dtype=np.int64)
        least, most = _LIMITS[kind]
        if array.size and (array.min() < least or array.max() > most):
            raise OverflowError(f"column {table}.{name} does not fit {kind}")
        packed = array.astype("<" + kind)
        # All lowest bytes first, then the next: like stands beside like, and compresses.
        self._bytes.append(packed.view(np.uint8).reshape(len(array), -1).T.tobytes() if len(array) else b"")
        self.description.append([table, name, kind, len(array)])

    def to_bytes(self) -> bytes:
        return b"".join(self._bytes)


def index_kind(count: int) -> Kind:
    """The narrowest kind that holds indices up to ``count``."""
    return "u1" if count < 256 else "u2" if count < 65536 else "u4"


def line(text: str) -> str:
    """Text with each separator of the block (NUL, line ends, unit separator) made a space: offsets stay right."""
    # Most text is printable, which holds none of them and is quickly told.
    return text if text.isprintable() else _SEPARATORS.sub(" ", text)


def sound(text: str) -> str:
    """Text that UTF-8 can hold: a lone surrogate becomes the replacement character."""
    return _SURROGATES.sub("\ufffd", text)


def utf16_offsets(text: str, offsets: Iterable[int]) -> list[int]:
    """Code point offsets into ``text`` as the UTF-16 offsets that JavaScript counts in."""
    if text.isascii() or max(text) < "\U00010000":
        return list(offsets)
    wide = [index for index, character in enumerate(text) if character >= "\U00010000"]
    return [offset + sum(1 for index in wide if index < offset) for offset in offsets]


def packed(data: bytes) -> str:
    """gzip in base64: letters, digits, ``+``, ``/`` and ``=`` alone, in which no template or parser finds anything."""
    return base64.b64encode(gzip.compress(data, 6, mtime=0)).decode("ascii")
