"""What a cluster needs for 1, 10 and 100 million articles, computed from what one core does with some.

    OMP_NUM_THREADS=1 python -m tests.bench.cluster ARTICLES

ARTICLES is JSON lines (or WARC, Parquet): news of the length and kind that the cluster is to read, a thousand or more.
Every phase is run as the workers run it, on one core of this machine, and its CPU time, files and memory are taken per
article; the rest is multiplication. Storage and network of a real cluster are not in it.
"""

from __future__ import annotations

import argparse
import datetime
import os
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from distributed import Client, LocalCluster

from mapper.dask.merging import merge_partitions
from mapper.dask.partitions import plan
from mapper.dask.tasks import Settings, analyse_partition, keys_address, write_partition

PARTITION_BYTES = 512 * 1024
SCALES = (1_000_000, 10_000_000, 100_000_000)
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Measured:
    """Per article: seconds of one core for each phase, bytes of each kind of file. Memory in bytes, of one worker."""

    articles: int
    words: float
    analyse: float
    compare: float
    write: float
    read: float
    records: float
    keys: float
    parts: float
    memory: int


def measure(source: str, folder: Path) -> Measured:
    """Run the three phases over ``source`` in this process."""
    partitions, refused = plan([source], partition_bytes=PARTITION_BYTES)
    if refused or not partitions:
        sys.exit("\n".join(map(str, refused)) or f"{source}: nothing to read")
    settings = Settings(output=str(folder / "out"), work=str(folder / "work"))
    analyse_partition(plan([source], partition_bytes=1)[0][0], settings)  # loads model and gazetteer
    (folder / "work" / f"{partitions[0].name}.json").unlink()
    times = [time.process_time()]
    analysed = [analyse_partition(partition, settings) for partition in partitions]
    times.append(time.process_time())
    articles = sum(one.articles for one in analysed)
    with (
        LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0") as cluster,
        Client(cluster) as client,
    ):
        times.append(time.process_time())
        merged = merge_partitions(client, [(p.number, keys_address(p, settings)) for p in partitions])
        times.append(time.process_time())
    start = time.process_time()
    written = [
        write_partition(p, settings, merged.clusters[p.number], merged.reasons[p.number], merged.dropped[p.number])
        for p in partitions
    ]
    wrote = time.process_time() - start
    work = folder / "work"
    return Measured(
        articles=articles,
        words=_words(source) / articles,
        analyse=(times[1] - times[0]) / articles,
        compare=(times[3] - times[2]) / articles,
        write=wrote / articles,
        read=_size(source) / articles,
        records=sum(path.stat().st_size for path in work.glob("*.jsonl.gz")) / articles,
        keys=sum(path.stat().st_size for path in work.glob("*.keys.parquet")) / articles,
        parts=sum(part.bytes for part in written) / articles,
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    )


def _size(source: str) -> int:
    return sum(path.stat().st_size for path in _files(source))


def _words(source: str) -> int:
    return sum(len(path.read_bytes().split()) for path in _files(source))


def _files(source: str) -> list[Path]:
    path = Path(source)
    return [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())


def table(measured: Measured) -> str:
    """The measured figures, and what follows for each of :data:`SCALES`."""
    core = measured.analyse + measured.compare + measured.write
    lines = [
        (
            f"{measured.articles:,} articles of {measured.words:.0f} words: {measured.analyse * 1000:.0f} ms to "
            f"analyse, {measured.compare * 1000:.1f} ms to compare, {measured.write * 1000:.1f} ms to write, each, on "
            f"one core; {measured.memory / 1e6:.0f} MB peak."
        ),
        "",
        "| articles | core hours | cores for a day | input | work folder | output |",
        "|---|---|---|---|---|---|",
    ]
    for scale in SCALES:
        sizes = (measured.read, measured.records + measured.keys, measured.parts)
        shown = " | ".join(f"{scale * size / 1e9:,.0f} GB" for size in sizes)
        hours = scale * core / 3600
        lines.append(f"| {scale // 1_000_000} million | {hours:,.0f} | {-(-scale * core // DAY):,.0f} | {shown} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", help="JSON lines, WARC or Parquet, or a folder of them")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(arguments.articles, Path(folder))
    today = datetime.datetime.now(datetime.UTC).date()
    print(f"{today}, one of {os.cpu_count()} cores.\n\n{table(measured)}")


if __name__ == "__main__":
    main()
