"""A whole run on a cluster: analyse all partitions, group what is the same across them, write all parts."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from tqdm import tqdm

from mapper.dask import storage
from mapper.dask.merging import Merged, merge_partitions
from mapper.dask.partitions import PARTITION_BYTES, Partition, plan
from mapper.dask.tasks import Settings, Written, analyse_partition, keys_address, write_partition
from mapper.errors import InputError, MissingExtraError, OutputError
from mapper.model import SCHEMA
from mapper.reanalysis import analysis_version

if TYPE_CHECKING:
    from distributed import Client

RETRIES = 2
"""How often a partition is tried again. A worker's death is not counted: Dask gives its work to another."""
LOCAL = "local"
MANIFEST = "manifest.json"
_WORK = ".work-"
_T = TypeVar("_T")


@dataclass(slots=True)
class Report:
    """What a run came to. ``failed`` names partitions that could not be done, with the reason; ``refused`` single
    inputs."""

    articles: int = 0
    events: int = 0
    duplicates: int = 0
    written: list[Written] = field(default_factory=list)
    refused: list[InputError] = field(default_factory=list)
    failed: list[InputError] = field(default_factory=list)


def parse(
    inputs: Sequence[str],
    output: str,
    *,
    scheduler: str | Client = LOCAL,
    workers: int = 1,
    partition_bytes: int = PARTITION_BYTES,
    columns: Mapping[str, str] | None = None,
    published: str | None = None,
    source: str | None = None,
    url: str | None = None,
    quiet: bool = True,
) -> Report:
    """Analyse ``inputs`` (JSON lines, WARC, Parquet) on a cluster and write GeoParquet parts into folder ``output``.

    ``scheduler`` is the address of a Dask scheduler, a client of one, or "local" for ``workers`` processes of this
    machine. A partition that fails is tried again, then named in the report and the manifest; the others are done
    all the same. A run that was broken off and is started again with the same arguments goes on where it was.
    All events are written: what reads Parquet can filter it.

    Raises :class:`OutputError` where the folder holds something else, or cannot be written.
    """
    output = storage.absolute(output)
    partitions, refused = plan(inputs, partition_bytes=partition_bytes)
    work = _WORK + _fingerprint(partitions, published, source, url, columns)
    settings = Settings(
        output=output,
        work=storage.joined(output, work),
        published=published,
        source=source,
        url=url,
        columns=columns,
    )
    report = Report(refused=list(refused))
    if not partitions:
        return report
    _check_output(output, work)
    with _client(scheduler, workers) as client:
        _check_workers(client)
        analysed = _all(client, analyse_partition, [(p, settings) for p in partitions], report, quiet)
        report.refused += [InputError(r.reason, file=r.file, line=r.line) for a in analysed for r in a.refused]
        done = [partitions[a.number] for a in analysed if a.articles]
        merged = _merged(client, done, settings, partitions, report)
        jobs = [
            (p, settings, merged.clusters[p.number], merged.reasons[p.number], merged.dropped[p.number]) for p in done
        ]
        report.written = _all(client, write_partition, jobs, report, quiet)
    report.articles = sum(part.articles for part in report.written)
    report.events = sum(part.events for part in report.written)
    storage.write(storage.joined(output, MANIFEST), _manifest(partitions, report))
    if not report.failed:
        storage.remove(settings.work)
    return report


def _all(
    client: Client,
    task: Callable[..., _T],
    jobs: Sequence[tuple[Any, ...]],
    report: Report,
    quiet: bool,
) -> list[_T]:
    """What ``task`` answers for each job that it could do, in the order of the jobs; the rest is named in the report.

    The first argument of each job is the partition.
    """
    from distributed import as_completed

    submitted = {client.submit(task, *job, pure=False, retries=RETRIES): n for n, job in enumerate(jobs)}
    answers: dict[int, _T] = {}
    failed: dict[int, InputError] = {}
    progress = tqdm(total=len(jobs), unit=" partitions", disable=True if quiet else None, leave=False)
    with progress:
        for future in as_completed(submitted):
            n = submitted.pop(future)
            error = future.exception()
            if error is None:
                answers[n] = future.result()
            else:
                reason = f"{type(error).__name__}: {error}"
                failed[n] = InputError(" ".join(reason.split())[:500], file=str(jobs[n][0]))
            progress.update()
    report.failed += [error for _, error in sorted(failed.items())]
    return [answer for _, answer in sorted(answers.items())]


def _merged(
    client: Client, done: Sequence[Partition], settings: Settings, partitions: Sequence[Partition], report: Report
) -> Merged:
    if not done:
        return Merged()
    try:
        merged = merge_partitions(client, [(p.number, keys_address(p, settings)) for p in done])
    except Exception as error:  # whatever a cluster loses its workers by: all partitions are analysed and kept
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        raise OutputError(
            f"{settings.output}: the partitions are analysed, but could not be compared ({reason}); the same run again "
            "goes on from there"
        ) from error
    report.duplicates = merged.duplicates
    report.refused += [
        InputError(f"id {identifier[:60]!a} was used before, for another text", file=str(partitions[number]))
        for number, identifier in merged.refused
    ]
    return merged


@contextmanager
def _client(scheduler: str | Client, workers: int) -> Iterator[Client]:
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise MissingExtraError(
            f'--scheduler needs Dask: pip install "geospatial-event-mapper[dask]" ({error})'
        ) from error
    if isinstance(scheduler, Client):
        yield scheduler
    elif scheduler == LOCAL:
        # Bound to this machine only, the page that Dask serves about itself included.
        options = {"threads_per_worker": 1, "processes": True, "host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
        with _quiet(), LocalCluster(n_workers=workers, **options) as cluster, Client(cluster) as client:
            yield client
    else:
        try:
            client = Client(scheduler)
        except (OSError, ValueError) as error:
            raise OutputError(f"scheduler {scheduler}: cannot be reached ({error})") from error
        with client:
            yield client


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep a cluster that comes and goes with this run from telling about every start and end of its parts."""
    logger = logging.getLogger("distributed")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _check_workers(client: Client) -> None:
    """All workers have to give the same answers: one version of this program, its gazetteer and its model."""
    here = analysis_version()
    for worker, there in sorted(client.run(analysis_version).items()):
        if there != here:
            raise OutputError(f"worker {worker}: has {there}, not {here}")


def _check_output(output: str, work: str) -> None:
    if not storage.is_empty(output) and not storage.exists(storage.joined(output, work)):
        raise OutputError(f"{output}: is not empty, and holds no unfinished run of the same input")


def _fingerprint(partitions: Iterable[Partition], *settings: object) -> str:
    told = repr((analysis_version(), tuple(partitions), settings))
    return hashlib.blake2b(told.encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()


def _manifest(partitions: Sequence[Partition], report: Report) -> bytes:
    """What was written and from what, what could not be, and with which version."""
    content = {
        "manifest": "1",
        "schema": SCHEMA,
        "version": analysis_version(),
        "format": "GeoParquet 1.1",
        "counts": {
            "articles": report.articles,
            "events": report.events,
            "duplicates": report.duplicates,
            "refused": len(report.refused),
            "failed": len(report.failed),
        },
        "files": [
            {"input": str(partitions[part.number])}
            | {name: value for name, value in msgspec.to_builtins(part).items() if name != "number"}
            for part in report.written
        ],
        "failed": [{"input": error.file, "reason": error.reason} for error in report.failed],
        "refused": [{"file": e.file, "line": e.line, "reason": e.reason} for e in report.refused],
    }
    return (json.dumps(content, indent=1) + "\n").encode("ascii")
