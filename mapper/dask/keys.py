"""The light keys of a partition's events and articles, in a file that a shuffle can read: one row per key and block.

Two events are compared where they share a block (:mod:`mapper.events.blocking`), so that what has to meet on one
worker is the rows of one block, whatever partitions they come from.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from mapper.events.blocking import blocks_of
from mapper.events.key import key_of
from mapper.events.key import packed as packed_key
from mapper.events.reprints import Sketch, sketch
from mapper.model import Analysis

ARTICLE, TEXT, EVENT, BLOCK = range(4)
"""Kinds of row: an article under its id, the sketch of its text, an event under its id, an event under each of its
blocks."""
COLUMNS = ("kind", "block", "part", "order", "article", "id", "key")
"""``part`` and ``order`` (from 0) say where the article is, ``key`` is what is known of the article, text or event."""

_BATCH = 4_096


def fingerprint(text: str) -> int:
    """A number that stands for a text, the same on every machine: 63 bits of BLAKE2b."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def schema() -> Any:
    """The types of :data:`COLUMNS`."""
    import pyarrow

    text = pyarrow.string()
    kinds = (pyarrow.int8(), pyarrow.int64(), pyarrow.int32(), pyarrow.int32(), text, text, pyarrow.binary())
    return pyarrow.schema(list(zip(COLUMNS, kinds, strict=True)))


def packed(one: Sketch) -> bytes:
    """A sketch as bytes."""
    return msgspec.msgpack.encode((one.bands, one.smallest.tobytes(), one.size))


def unpacked(data: bytes) -> Sketch:
    """The sketch that :func:`packed` made bytes of."""
    import numpy as np

    bands, smallest, size = msgspec.msgpack.decode(data, type=tuple[tuple[int, ...], bytes, int])
    return Sketch(bands, np.frombuffer(smallest, dtype=np.uint64), size)


def _storable(text: str) -> str:
    """Text without lone surrogates, which no column of text holds."""
    return text.encode("utf-8", "backslashreplace").decode()


class KeyWriter:
    """Writes the keys of analyses as they pass by. A context manager."""

    def __init__(self, path: Path, *, part: int) -> None:
        from pyarrow import parquet

        self._schema = schema()
        self._file = parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._part = part
        self._rows: list[tuple[int, int, int, int, str, str, bytes]] = []
        self.articles = 0
        self.events = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._flush()
        self._file.close()

    def add(self, analysis: Analysis) -> None:
        """Note one article and its events."""
        article = analysis.article
        self._row(ARTICLE, article.id, article.id, article.id, article.content_hash.encode())
        self._row(TEXT, article.id, article.id, article.id, packed(sketch(article.text)))
        for event in analysis.events:
            key = key_of(article, event, analysis.toponyms)
            encoded = packed_key(key)
            self._row(EVENT, event.id, article.id, event.id, encoded)
            for block in blocks_of(key):
                self._row(BLOCK, repr(block), article.id, event.id, encoded)
        self.articles += 1
        self.events += len(analysis.events)

    def _row(self, kind: int, block: str, article: str, identifier: str, key: bytes) -> None:
        where = (self._part, self.articles)
        self._rows.append((kind, fingerprint(block), *where, _storable(article), _storable(identifier), key))
        if len(self._rows) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        import pyarrow

        columns: list[Any] = list(zip(*self._rows, strict=True)) or [[]] * len(self._schema)
        arrays = [pyarrow.array(column, field.type) for column, field in zip(columns, self._schema, strict=True)]
        self._file.write_table(pyarrow.Table.from_arrays(arrays, schema=self._schema))
        self._rows.clear()
