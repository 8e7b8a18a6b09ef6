"""Many articles through the whole pipeline in one process: ``python -m tests.bench.stream [COUNT] [--words WORDS | --read-back]``.

Made-up short articles are written into the standard input of `mapper parse`, and its records into that of `mapper map`,
as fast as they are taken; nothing of the input is a file that could be read ahead. While they stream, the memory that
the process holds is looked at ten times a second, and its CPU time whenever another tenth of the articles is in.

Sentences, people and places are drawn as in :mod:`tests.bench.made_up`: some thousands of towns all over the world, so
that what is kept of each place grows too. One article in ten is another paper's copy of one before.
"""

# ruff: noqa: E501 - tables are lines

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain, pairwise
from pathlib import Path

from tests.bench import flat, made_up, measure

WORDS = 60
"""Of an article, at least, where nothing else is asked for."""
# Most sentences of the news tell no event and name no place.
_PLAIN = (
    "The rest of the {} was quiet, and most {} kept their usual {}.",
    "The {} had not been seen by the time of writing, and no {} could check the {}.",
    "Prices of {} have risen by a tenth since last year, which many {} say they can bear no {}.",
    "“We have seen all of this {} before, and we know how the {} ends,” said a {} who asked not to be named.",
    "It is one of the poorest {} of all, with few {} and a single {}.",
    "The {} are divided over what comes next, although few of them expect an early {} of {}.",
    "The {} came late this season and the {} is likely to be smaller than the {}.",
    "For years the two {} have spoken of {}, but neither has ever said what it means by {}.",
)
_FIRST_DAY, _DAYS = date(2015, 1, 1).toordinal(), 3_650
_COPIED_FROM = 200  # the last articles, of which one is copied
_SHARES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Mark:
    """After so many articles went in: CPU seconds so far, the most megabytes held so far (shared pages included)."""

    articles: int
    cpu_seconds: float
    memory_mb: float


def articles(count: int, *, words: int = WORDS, seed: int = 1) -> Iterator[bytes]:
    """``count`` articles as JSON lines, the same for the same numbers."""
    draw = random.Random(seed)
    writer = made_up._Writer(draw)
    cities = [name for name, _, _ in made_up._cities()]
    papers = [f"{draw.choice(cities)} {draw.choice(('News', 'Times', 'Post', 'Herald', 'Wire'))}" for _ in range(300)]
    before: list[dict[str, str]] = []
    for number in range(count):
        if before and draw.random() < 0.1:
            record = draw.choice(before)
        else:
            home = draw.choice(cities)
            told: list[str] = []
            while sum(len(sentence.split()) for sentence in told) < words:
                if len(told) % 4:
                    told.append(draw.choice(_PLAIN).format(*(writer.noun() for _ in range(3))))
                else:
                    place = home if draw.random() < 0.5 else draw.choice(cities)
                    told.append(writer.sentence(writer.actor(), draw.choice(made_up._VERBS), place)[0])
            title = writer.headline(writer.actor(), draw.choice(made_up._VERBS), home)
            day = date.fromordinal(_FIRST_DAY + draw.randrange(_DAYS)).isoformat()
            record = {"text": " ".join(one[:1].upper() + one[1:] for one in told), "title": title, "published": day}
            before = [*before[1 - _COPIED_FROM :], record]
        line = {"id": f"{number}", "source": draw.choice(papers), **record}
        yield json.dumps(line, ensure_ascii=False).encode() + b"\n"


def through(words: Sequence[str], lines: Iterable[bytes], marks: Sequence[int]) -> Iterator[Mark]:
    """Write the lines into a mapper command's standard input. A mark at each of ``marks`` lines, the last at the end.

    Raises RuntimeError where the command fails.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "mapper", *words],
        cwd=measure.ROOT,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(measure.ROOT), "OMP_NUM_THREADS": "1"},
    )
    assert process.stdin is not None
    assert process.stderr is not None
    most, spent = [0.0], [0.0]

    def watch() -> None:
        while process.poll() is None:
            most[0] = max(most[0], _held(process.pid))
            spent[0] = max(spent[0], _cpu(process.pid))
            time.sleep(0.1)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    count = 0
    with suppress(BrokenPipeError):
        for count, line in enumerate(lines, 1):
            process.stdin.write(line)
            if count in marks:
                process.stdin.flush()
                yield Mark(count, _cpu(process.pid), most[0])
        process.stdin.close()
    errors = process.stderr.read().decode("utf-8", "replace")
    if process.wait():
        raise RuntimeError(f"{' '.join(words)}: {errors[-2000:]}")
    watcher.join()
    yield Mark(count, spent[0], most[0])


def _held(pid: int) -> float:
    with suppress(OSError, IndexError):
        pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return 0.0


def _cpu(pid: int) -> float:
    with suppress(OSError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def report(count: int, *, words: int = WORDS, read_back: bool = False) -> Iterator[str]:
    """Both commands over ``count`` articles of at least so many ``words``, or over as many analyses that are read back,
    as lines of Markdown."""
    marks = sorted({max(1, round(count * share)) for share in _SHARES})
    some = [json.loads(line)["text"] for line in articles(min(count, 500), words=words)]
    length = sum(len(text.split()) for text in some) / len(some)
    what = (
        "analyses read back (the language models are not used)"
        if read_back
        else f"made-up articles of {length:.0f} words"
    )
    yield f"{count:,} {what}, one process. Memory: the most held until then, shared pages included.\n"
    yield "| articles in | command | CPU seconds | articles a CPU second since the line before | memory, MB |"
    yield "|---:|---|---:|---:|---:|"
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records.jsonl"
        lines = flat.varied(flat.records(), count) if read_back else articles(count, words=words)
        yield from _rows("parse", through(("parse", "-", "-o", str(records), "--quiet"), lines, marks))
        with records.open("rb") as analyses:
            yield from _rows("map", through(("map", "-", "-o", f"{folder}/map.html", "--quiet"), analyses, marks))
        sizes = records.stat().st_size / 1e6, Path(folder, "map.html").stat().st_size / 1e6
    yield f"\nRecords: {sizes[0]:,.0f} MB. Map: {sizes[1]:,.1f} MB."


def _rows(command: str, marks: Iterator[Mark]) -> Iterator[str]:
    """A row for each mark; the last tells of what is done once all articles are in, too."""
    for before, now in pairwise(chain([Mark(0, 0.0, 0.0)], marks)):
        more = now.articles - before.articles
        rate = (more or now.articles) / max(now.cpu_seconds - (before.cpu_seconds if more else 0.0), 0.01)
        yield (
            f"| {f'{now.articles:,}' if more else 'all, to the end'} | `mapper {command}` | {now.cpu_seconds:,.0f} "
            f"| {rate:,.1f}{'' if more else ' in all'} | {now.memory_mb:,.0f} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=100_000)
    parser.add_argument("--words", type=int, default=WORDS, help="of an article, at least")
    parser.add_argument("--read-back", action="store_true", help="analyses instead of articles: a tenth of the time")
    arguments = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.system()}, Python {platform.python_version()}.\n")
    for line in report(arguments.count, words=arguments.words, read_back=arguments.read_back):
        print(line, flush=True)


if __name__ == "__main__":
    main()
