"""What a worker does with one partition: analyse it, and later write its part of the output.

Finished work lies in the folder for intermediate files, not in a worker's memory: a worker that dies takes with it
only the partition it was busy with, and that one is done again elsewhere.
"""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from mapper import export
from mapper.codec import encode_line, from_record, to_record
from mapper.dask import reading, storage
from mapper.dask.keys import KeyWriter
from mapper.dask.partitions import Partition
from mapper.errors import InputError
from mapper.export import manifest
from mapper.model import Analysis
from mapper.pipeline import Engine, analyse, with_clusters

# spaCy's pipeline and an SQLite connection serve one thread at a time, whatever number of threads a worker has.
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is the same for all partitions: the folders, and what the articles' readers are told."""

    output: str
    work: str
    published: str | None = None
    source: str | None = None
    url: str | None = None
    columns: Mapping[str, str] | None = None


class Refused(msgspec.Struct, frozen=True):
    """An input that could not be used, as it is noted in a file."""

    file: str
    line: int | None
    reason: str


class Analysed(msgspec.Struct, frozen=True):
    """What came of analysing a partition."""

    number: int
    articles: int
    events: int
    refused: tuple[Refused, ...]


class Written(msgspec.Struct, frozen=True):
    """One file of the output."""

    number: int
    name: str
    bytes: int
    sha256: str
    articles: int
    events: int
    placed: int
    unplaced: int


def analyse_partition(partition: Partition, settings: Settings) -> Analysed:
    """Analyse the partition's articles; leave their records and the keys of their events in the work folder."""
    done = storage.joined(settings.work, f"{partition.name}.json")
    if storage.exists(done):
        return msgspec.json.decode(storage.read(done), type=Analysed)
    refused: list[Refused] = []

    def refuse(error: InputError) -> None:
        refused.append(Refused(error.file, error.line, error.reason))

    with (
        storage.replacing(records_address(partition, settings)) as records,
        storage.replacing(keys_address(partition, settings)) as keys,
        KeyWriter(keys, part=partition.number) as key_writer,
        # mtime=0: a gzip file notes when it was made
        records.open("wb") as raw,
        gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0, compresslevel=3) as out,
        _LOCK,
    ):
        items = reading.read(
            partition,
            columns=settings.columns,
            published=settings.published,
            source=settings.source,
            url=settings.url,
            refuse=refuse,
        )
        for analysis in analyse(items, engine=_engine(), refuse=refuse):
            key_writer.add(analysis)
            out.write(encode_line(to_record(analysis)))
    summary = Analysed(partition.number, key_writer.articles, key_writer.events, tuple(refused))
    storage.write(done, msgspec.json.encode(summary))
    return summary


def write_partition(
    partition: Partition,
    settings: Settings,
    clusters: Mapping[str, str],
    reasons: Mapping[str, str],
    dropped: Sequence[int],
) -> Written:
    """Write the partition's events as GeoParquet, with the clusters of those that are told elsewhere too, and why.

    ``dropped`` are the articles, counted from 0, that another partition had before.
    """
    address = storage.joined(settings.output, f"{partition.name}.parquet")
    with storage.replacing(address) as temporary:
        written = export.write(
            temporary,
            _clustered(records_address(partition, settings), clusters, reasons, frozenset(dropped)),
            footprint=_engine().gazetteer.footprint,
        )
        entry = manifest.entry(written)
        return Written(
            number=partition.number,
            name=f"{partition.name}.parquet",
            bytes=entry["bytes"],
            sha256=entry["sha256"],
            articles=written.counts.articles,
            events=written.counts.events,
            placed=written.counts.placed,
            unplaced=written.counts.unplaced,
        )


def records_address(partition: Partition, settings: Settings) -> str:
    """Where the partition's records lie between the two passes."""
    return storage.joined(settings.work, f"{partition.name}.jsonl.gz")


def keys_address(partition: Partition, settings: Settings) -> str:
    """Where the keys lie by which the partition's events are compared with others."""
    return storage.joined(settings.work, f"{partition.name}.keys.parquet")


def _clustered(
    address: str, clusters: Mapping[str, str], reasons: Mapping[str, str], dropped: frozenset[int]
) -> Iterator[Analysis]:
    system, path = storage.filesystem(address)
    with system.open(path, "rb") as raw, gzip.GzipFile(fileobj=raw) as lines:
        for order, line in enumerate(lines):
            if order not in dropped:
                yield with_clusters(from_record(json.loads(line)), lambda event: clusters.get(event, event), reasons)


@cache
def _engine() -> Engine:
    return Engine.load()
