"""What one task reads: a stretch of a file of JSON lines, one web archive, or some row groups of a Parquet file.

Partitions are cut from the input alone, never by the size of the cluster, so that the outputs are the same on any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from mapper.dask.storage import filesystem
from mapper.errors import InputError

Kind = Literal["lines", "archive", "table"]

PARTITION_BYTES = 8 * 1024 * 1024
"""About how much of a file one task reads: some minutes of work, so that little is lost with a worker."""

_LINES = (".jsonl", ".ndjson", ".jsonlines")
_COMPRESSED = (".gz", ".bz2", ".xz", ".zst")
_ARCHIVES = (".warc", ".warc.gz")
_TABLES = (".parquet", ".pq")


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """``start`` to ``stop`` (exclusive; None is the end) of the file at ``address``: bytes of lines, row groups of a
    table. A line belongs to the partition that holds its first byte."""

    number: int
    address: str
    kind: Kind
    start: int = 0
    stop: int | None = None

    @property
    def name(self) -> str:
        """What the files that come of it are called."""
        return f"part-{self.number:06d}"

    def __str__(self) -> str:
        if self.stop is None:
            return self.address
        unit = "bytes" if self.kind == "lines" else "row groups"
        return f"{self.address} ({unit} {self.start} to {self.stop})"


def plan(
    inputs: Sequence[str], *, partition_bytes: int = PARTITION_BYTES
) -> tuple[tuple[Partition, ...], tuple[InputError, ...]]:
    """The partitions of all inputs, numbered in the order of the input, and what cannot be an input.

    An input is a file, a folder (walked in name order) or a pattern (``part-*.jsonl``), on this machine or at any
    address that fsspec knows (``s3://…``, ``hdfs://…``).
    """
    found: list[Partition] = []
    refused: list[InputError] = []
    for given in inputs:
        for item in _cut(given, partition_bytes):
            if isinstance(item, InputError):
                refused.append(item)
            else:
                found.append(item)
    return tuple(replace(partition, number=n) for n, partition in enumerate(found)), tuple(refused)


def _cut(given: str, partition_bytes: int) -> Iterator[Partition | InputError]:
    try:
        files = list(_files(given))
    except (OSError, ValueError, ImportError) as error:
        yield InputError(" ".join(str(error).split()) or type(error).__name__, file=given)
        return
    if not files:
        yield InputError("nothing there to read", file=given)
    for system, path in files:
        address = system.unstrip_protocol(path) if "://" in given else path
        try:
            yield from _parts(system, path, address, partition_bytes)
        except (OSError, ValueError) as error:
            yield InputError(" ".join(str(error).split()) or type(error).__name__, file=address)


def _files(given: str) -> Iterator[tuple[Any, str]]:
    system, path = filesystem(given)
    if any(sign in path for sign in "*?["):
        yield from ((system, name) for name in sorted(system.glob(path)) if not system.isdir(name))
    elif system.isdir(path):
        yield from ((system, name) for name in sorted(system.find(path)) if _kind(name) is not None)
    elif system.exists(path):
        yield system, path
    else:
        raise OSError("no such file or folder")


def _kind(path: str) -> Kind | None:
    name = path.rsplit("/", 1)[-1].lower()
    if name.startswith("."):
        return None
    if name.endswith(_ARCHIVES):
        return "archive"
    if name.endswith(_TABLES):
        return "table"
    plain = name.removesuffix(_compression(name))
    return "lines" if plain.endswith(_LINES) else None


def _compression(name: str) -> str:
    return next((suffix for suffix in _COMPRESSED if name.lower().endswith(suffix)), "")


def _parts(system: Any, path: str, address: str, partition_bytes: int) -> Iterator[Partition | InputError]:
    kind = _kind(path)
    if kind is None:
        yield InputError("on a cluster only JSON lines, WARC and Parquet are read", file=address)
    elif kind == "table":
        yield from _row_groups(system, path, address, partition_bytes)
    elif kind == "archive" or _compression(path):  # can only be read from its beginning
        yield Partition(number=0, address=address, kind=kind)
    else:
        size = int(system.size(path))
        for start in range(0, size, partition_bytes):
            stop = start + partition_bytes
            whole = start == 0 and stop >= size
            yield Partition(number=0, address=address, kind=kind, start=start, stop=None if whole else min(stop, size))


def _row_groups(system: Any, path: str, address: str, partition_bytes: int) -> Iterator[Partition]:
    from pyarrow import parquet

    with system.open(path, "rb") as file:
        metadata = parquet.ParquetFile(file).metadata
        sizes = [metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups)]
    start, held = 0, 0
    for i, size in enumerate(sizes):
        held += size
        if held >= partition_bytes or i == len(sizes) - 1:
            yield Partition(number=0, address=address, kind="table", start=start, stop=i + 1)
            start, held = i + 1, 0
