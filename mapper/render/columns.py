"""Columns of whole numbers as bytes, and texts as lines: the packing that decode.js in the page undoes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import deflate
import numpy as np
import numpy.typing as npt

Kind = Literal["u1", "u2", "u4", "i4"]
Coding = Literal["plain", "delta", "first"]
"""How values are written: as they are; as the difference from the one before; or, for numbers given in order of first
use, as 0 for the next new one and else how far back from it."""

Ints = npt.NDArray[np.int64]

_SEPARATORS = re.compile("[\x00\n\r\x1f]")
_SURROGATES = re.compile("[\ud800-\udfff]")

_LIMITS = {"u1": (0, 0xFF), "u2": (0, 0xFFFF), "u4": (0, 0xFFFFFFFF), "i4": (-(1 << 31), (1 << 31) - 1)}

ALPHABET = bytes(code for code in range(0x21, 0x7F) if chr(code) not in "<&{")
"""The 91 letters that packed blocks are written in: printable ASCII without what opens a tag, an entity or a template.
Two of them carry 13 bits (91 x 91 > 8,192), where base64 has two carry 12."""

_GROUP = 13
"""Bytes that make whole pairs: 13 bytes are 8 pairs."""

_LEVEL = 6
"""Of compression by libdeflate, which takes less than half of zlib's time for fewer bytes, and gives the same bytes on
every system."""


class Table:
    """Columns of one length each, with a description of them for the page."""

    def __init__(self) -> None:
        self.description: list[list[Any]] = []
        self._bytes: list[bytes] = []

    def add(
        self, table: str, name: str, values: npt.ArrayLike, kind: Kind | None = None, *, coding: Coding = "plain"
    ) -> None:
        """Store a column, of the narrowest unsigned kind that fits where none is said.

        Raises OverflowError where a value does not fit its kind.
        """
        array = np.asarray(values, dtype=np.int64)
        if coding == "delta":
            # Modulo 2**32, as the page adds them up.
            array = np.diff(array, prepend=0).astype(np.uint32).view(np.int32).astype(np.int64)
            kind = "i4"
        elif coding == "first":
            array = _from_next(array)
        least, most = (int(array.min()), int(array.max())) if array.size else (0, 0)
        kind = kind or index_kind(most)
        if least < _LIMITS[kind][0] or most > _LIMITS[kind][1]:
            raise OverflowError(f"column {table}.{name} does not fit {kind}")
        packed = array.astype("<" + kind)
        # All lowest bytes first, then the next: like stands beside like, and compresses.
        self._bytes.append(packed.view(np.uint8).reshape(len(array), -1).T.tobytes() if len(array) else b"")
        self.description.append([table, name, kind, len(array), coding])

    def to_bytes(self) -> bytes:
        return b"".join(self._bytes)


def block(meta: Mapping[str, Any], table: Table, sections: Mapping[str, Iterable[str]]) -> str:
    """A packed block: a head in JSON, then the columns, then each section's lines, in the order of ``sections``."""
    texts = {name: _encoded("\n".join(lines)) for name, lines in sections.items()}
    head = {**meta, "columns": table.description, "sections": [[name, len(text)] for name, text in texts.items()]}
    encoded = json.dumps(head, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    return packed(b"".join([len(encoded).to_bytes(4, "little"), encoded, table.to_bytes(), *texts.values()]))


def in_order_of_use(values: Ints) -> tuple[Ints, Ints]:
    """Numbers (of things counted from 0) anew by first use, and which old number each new one was."""
    first = np.full(int(values.max(initial=-1)) + 1, len(values), dtype=np.int64)
    np.minimum.at(first, values, np.arange(len(values)))
    order = np.argsort(first, kind="stable")
    order = order[: np.count_nonzero(first < len(values))]
    rank = np.empty(len(first), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[values], order


def _from_next(values: Ints) -> Ints:
    if not len(values):
        return values
    following = np.concatenate([[0], np.maximum.accumulate(values)[:-1] + 1])
    if (values > following).any():
        raise ValueError("not in order of first use")
    return np.where(values == following, 0, following - values)


def index_kind(count: int) -> Kind:
    """The narrowest kind that holds indices up to ``count``."""
    return "u1" if count < 256 else "u2" if count < 65536 else "u4"


def line(text: str) -> str:
    """Text with each separator of the block (NUL, line ends, unit separator) made a space: offsets stay right."""
    # Most text is printable, which holds none of them and is quickly told.
    return text if text.isprintable() else _SEPARATORS.sub(" ", text)


def sound(text: str) -> str:
    """Text that UTF-8 can hold: a lone surrogate becomes the replacement character."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return sound(text).encode("utf-8")


def utf16_offsets(text: str, offsets: Iterable[int]) -> list[int]:
    """Code point offsets into ``text`` as the UTF-16 offsets that JavaScript counts in."""
    if text.isascii() or max(text) < "\U00010000":
        return list(offsets)
    wide = [index for index, character in enumerate(text) if character >= "\U00010000"]
    return [offset + sum(1 for index in wide if index < offset) for offset in offsets]


def packed(data: bytes) -> str:
    """gzip in the letters of :data:`ALPHABET`, in which no template or parser finds anything."""
    return lettered(deflate.gzip_compress(data, _LEVEL))


def lettered(data: bytes | bytearray) -> str:
    """Bytes in the letters of :data:`ALPHABET`: their number in decimal, a colon, and two letters for each 13 bits."""
    letters = np.frombuffer(ALPHABET, dtype=np.uint8)
    pairs = np.empty((1 << 13, 2), dtype=np.uint8)
    pairs[:, 0], pairs[:, 1] = letters[np.arange(1 << 13) // 91], letters[np.arange(1 << 13) % 91]
    parts = [f"{len(data)}:".encode("ascii")]
    size = _GROUP << 14
    for start in range(0, len(data), size):
        piece = data[start : start + size]
        padded = np.frombuffer(piece + bytes(-len(piece) % _GROUP), dtype=np.uint8).reshape(-1, _GROUP)
        groups = padded.astype(np.uint32)
        values = np.empty((len(groups), 8), dtype=np.uint32)
        for k in range(8):
            at, shift = divmod(13 * k, 8)
            window = groups[:, at] | groups[:, at + 1] << 8
            if at + 2 < _GROUP:
                window |= groups[:, at + 2] << 16
            values[:, k] = window >> shift & 0x1FFF
        parts.append(pairs[values].tobytes())
    return b"".join(parts).decode("ascii")
