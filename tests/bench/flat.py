"""Whether memory stays flat and work grows no faster than the articles: ``python -m tests.bench.flat [COUNT ...]``.

The pipeline is run once over the made-up news; each analysis is then written again and again with another date, id and
ending, and these records go through `mapper parse` and `mapper map` in processes of their own. The language models,
whose memory does not depend on how many articles come, are left out, so that counts are in reach that would take hours.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import math
import random
import tempfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from mapper.codec import encode_line, to_record
from tests.bench import measure

COUNTS = (4_000, 8_000, 16_000, 32_000)
_WORDS = 60
"""Added to each article, drawn from 8,000 made-up ones: no article is a copy of another."""

_FIRST_DAY = datetime.date(1990, 1, 1).toordinal()
_DAYS = 12_000


def records() -> list[dict[str, Any]]:
    """The records of the made-up news over the Sahel, as the pipeline gives them."""
    from mapper.model import Article
    from mapper.pipeline import Engine
    from tests.fixtures import sahel

    news = [Article(id=one["id"], text=one["text"], title=one["title"], source=one["source"],
                    published=one["published"]) for one in sahel.records()]  # fmt: skip
    return [to_record(analysis) for analysis in Engine.load().analyse(news)]


def varied(originals: Sequence[dict[str, Any]], count: int) -> Iterator[bytes]:
    """``count`` lines of JSON: the records in turn, told of other days, under other ids, with another ending."""
    draw = random.Random(count)
    for number in range(count):
        record = deepcopy(originals[number % len(originals)])
        ending = " ".join(f"word{draw.randint(0, 8_000)}" for _ in range(_WORDS))
        record["text"] = f"{record['text']} {ending}."
        record["id"] = _digits(f"{number}")
        day = datetime.date.fromordinal(_FIRST_DAY + draw.randint(0, _DAYS)).isoformat()
        record["published"] = day
        for event in record["events"]:
            event["id"] = _digits(f"{number}:{event['id']}")
            if event["date"] is not None:
                event["date"] |= {"start": day, "end": day if event["date"]["end"] else None}
        yield encode_line(record)


def _digits(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]


def rows(counts: Sequence[int]) -> Iterator[tuple[int, str, measure.Run]]:
    """Each command over each number of articles."""
    originals = records()
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            source = Path(folder) / f"{count}.jsonl"
            with source.open("wb") as file:
                file.writelines(varied(originals, count))
            for command, output in (("parse", "out.jsonl"), ("map", "out.html")):
                words = ("-m", "mapper", command, str(source), "-o", f"{folder}/{output}", "--quiet")
                yield count, command, measure.python(*words)
            source.unlink()


def table(counts: Sequence[int]) -> Iterator[str]:
    """The figures as lines of Markdown."""
    yield "| articles | command | CPU seconds | memory, MB |\n|---:|---|---:|---:|"
    taken: dict[str, list[tuple[int, measure.Run]]] = {}
    for count, command, run in rows(counts):
        taken.setdefault(command, []).append((count, run))
        yield f"| {count:,} | `mapper {command}` | {run.cpu_seconds:.1f} | {run.memory_mb or 0:.0f} |"
    for command, runs in taken.items():
        if len(runs) > 2:
            yield f"\n{growth(command, runs)}"


def growth(command: str, runs: Sequence[tuple[int, measure.Run]]) -> str:
    """What a further article takes, and how the time for as many again grows."""
    (before, one), (half, two), (count, last) = runs[-3:]
    first, then = two.cpu_seconds - one.cpu_seconds, last.cpu_seconds - two.cpu_seconds
    power = math.log((then / (count - half)) / (first / (half - before)), count / half) + 1 if first > 0 < then else 0.0
    kilobytes = ((last.memory_mb or 0) - (two.memory_mb or 0)) * 1000 / (count - half)
    return (
        f"`mapper {command}`: {kilobytes:.2f} kB of memory for each further article; the work grows with the articles "
        f"to the power of {power:.2f}."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=int, nargs="*", default=COUNTS)
    for line in table(parser.parse_args().counts):
        print(line, flush=True)


if __name__ == "__main__":
    main()
