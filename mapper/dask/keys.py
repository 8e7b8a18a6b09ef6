"""The light keys of a partition's events and articles, in a file that a shuffle can read: one row per key and block.

Two events are compared where they share a block (:mod:`mapper.events.merge`), so that what has to meet on one worker
is the rows of one block, whatever partitions they come from.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from mapper.events.key import key_of
from mapper.events.merge import blocks_of
from mapper.model import Analysis

ARTICLE, EVENT, BLOCK = 0, 1, 2
"""Kinds of row: an article under its id, an event under its id, an event under one of its blocks."""

_BATCH = 4_096


def fingerprint(text: str) -> int:
    """A number that stands for a text, the same on every machine: 63 bits of BLAKE2b."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


class KeyWriter:
    """Writes the keys of analyses as they pass by. A context manager."""

    def __init__(self, path: Path, *, part: int) -> None:
        import pyarrow
        from pyarrow import parquet

        self._schema = pyarrow.schema(
            [
                ("kind", pyarrow.int8()),
                ("block", pyarrow.int64()),
                ("part", pyarrow.int32()),
                ("order", pyarrow.int32()),
                ("id", pyarrow.string()),
                ("key", pyarrow.binary()),
            ]
        )
        self._file = parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._part = part
        self._rows: list[tuple[int, int, int, int, str, bytes]] = []
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
        self._row(ARTICLE, article.id, article.id, article.content_hash.encode())
        for event in analysis.events:
            key = key_of(article, event)
            encoded = msgspec.msgpack.encode(key)
            self._row(EVENT, event.id, event.id, b"")
            for block in blocks_of(key):
                self._row(BLOCK, repr(block), event.id, encoded)
        self.articles += 1
        self.events += len(analysis.events)

    def _row(self, kind: int, block: str, identifier: str, key: bytes) -> None:
        identifier = identifier.encode("utf-8", "backslashreplace").decode()
        self._rows.append((kind, fingerprint(block), self._part, self.articles, identifier, key))
        if len(self._rows) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        import pyarrow

        columns: list[Any] = list(zip(*self._rows, strict=True)) or [[]] * len(self._schema)
        arrays = [pyarrow.array(column, field.type) for column, field in zip(columns, self._schema, strict=True)]
        self._file.write_table(pyarrow.Table.from_arrays(arrays, schema=self._schema))
        self._rows.clear()
