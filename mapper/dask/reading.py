"""The articles of one partition, through the same door as those of any file."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import fsspec
import msgspec
from fsspec.utils import read_block

from mapper import articles
from mapper.articles.table import columns_of
from mapper.codec import from_record
from mapper.dask.partitions import Partition
from mapper.dask.storage import filesystem
from mapper.errors import InputError
from mapper.model import Analysis, Article

UNPACKED_BYTES = 4 * 1024**3
"""The most that a compressed file of lines may unpack to."""


def read(
    partition: Partition,
    *,
    published: str | None = None,
    source: str | None = None,
    url: str | None = None,
    columns: Mapping[str, str] | None = None,
    refuse: Callable[[InputError], None],
) -> Iterator[Article | Analysis]:
    """The articles of the partition, in order. ``refuse`` is told of each that cannot be used.

    Raises ``OSError`` where the file cannot be read at all: that is the partition's failure, not an article's.
    """
    with TemporaryDirectory(prefix="mapper-partition-") as folder:
        local = Path(folder) / _local_name(partition)
        with local.open("wb") as out:
            fetch = {"lines": _fetch_lines, "archive": _fetch_whole, "table": _fetch_rows}[partition.kind]
            fetch(partition, out, columns)
            if partition.stop is not None and not out.tell():
                return  # a stretch of one long line, which began before it
        yield from articles.read(
            local,
            from_record=from_record,
            on_refusal=lambda error: refuse(_named(error, partition, local)),
            on_duplicate=lambda _: None,
            published=published,
            source=source,
            url=url,
        )


def _local_name(partition: Partition) -> str:
    # The name of a web archive is part of its articles' ids, and has to be the same wherever it is read.
    return partition.address.rsplit("/", 1)[-1] if partition.kind == "archive" else f"{partition.name}.jsonl"


def _named(error: InputError, partition: Partition, local: Path) -> InputError:
    inside = error.file.removeprefix(str(local)) if error.file.startswith(str(local)) else ""
    return InputError(error.reason, file=f"{partition}{inside}", line=error.line)


def _fetch_lines(partition: Partition, out: IO[bytes], _: Mapping[str, str] | None) -> None:
    if partition.stop is None:
        with fsspec.open(partition.address, "rb", compression="infer") as file:
            for piece in iter(lambda: file.read(1 << 20), b""):
                out.write(piece)
                if out.tell() > UNPACKED_BYTES:
                    raise OSError(f"unpacks to more than {UNPACKED_BYTES:,} bytes")
    else:
        system, path = filesystem(partition.address)
        with system.open(path, "rb") as file:
            out.write(read_block(file, partition.start, partition.stop - partition.start, delimiter=b"\n"))


def _fetch_whole(partition: Partition, out: IO[bytes], _: Mapping[str, str] | None) -> None:
    system, path = filesystem(partition.address)
    with system.open(path, "rb") as file:
        shutil.copyfileobj(file, out, 1 << 20)


def _fetch_rows(partition: Partition, out: IO[bytes], columns: Mapping[str, str] | None) -> None:
    from pyarrow import parquet

    system, path = filesystem(partition.address)
    with system.open(path, "rb") as file:
        table = parquet.ParquetFile(file)
        groups = list(range(partition.start, partition.stop if partition.stop is not None else table.num_row_groups))
        wanted = _columns(table.schema_arrow.names, columns, partition)
        for batch in table.iter_batches(batch_size=1_000, row_groups=groups, columns=sorted(set(wanted.values()))):
            for row in batch.to_pylist():
                record = {field: _plain(row[column]) for field, column in wanted.items() if row[column] is not None}
                out.write(msgspec.json.encode(record) + b"\n")


def _columns(names: list[str], given: Mapping[str, str] | None, partition: Partition) -> dict[str, str]:
    """Which column holds which field: the headings that tables are known by, or what the person says."""
    return {field: names[i] for field, i in columns_of(names, given, name=str(partition)).items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
