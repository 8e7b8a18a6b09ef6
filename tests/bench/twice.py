"""How long it takes to add articles to a store, and to add them again: ``python -m tests.bench.twice [COUNT]``.

The articles are made up and short; each run is the command itself, in a process of its own, start included.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.fixtures import sahel

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


def articles(count: int) -> list[dict[str, str]]:
    """``count`` articles, each with a text of its own: the same stories in other months and years."""
    stories = sahel.records()
    made = []
    for number in range(count):
        turn, story = divmod(number, len(stories))
        month, year = MONTHS[turn % 12], str(2000 + turn // 12)
        text = stories[story]["text"].replace("March 2024", f"{month} {year}")
        published = f"{year}-{turn % 12 + 1:02d}-20"
        made.append({**stories[story], "id": str(number), "text": text, "published": published})
    return made


def main(count: int) -> None:
    """Print the seconds of the first and of the second time, by the clock and of the processor."""
    with tempfile.TemporaryDirectory() as folder:
        source, store = Path(folder) / "articles.jsonl", Path(folder) / "events.db"
        source.write_text("".join(json.dumps(one) + "\n" for one in articles(count)), "utf-8")
        for word in ("first", "second"):
            clock, busy = time.perf_counter(), os.times()
            output = Path(folder) / f"{word}.csv"
            command = [sys.executable, "-m", "mapper", "parse", str(source), "--store", str(store), "-o", str(output)]
            result = subprocess.run([*command, "--quiet"], check=False)
            if result.returncode:
                sys.exit(result.returncode)
            spent = os.times()
            processor = spent.children_user + spent.children_system - busy.children_user - busy.children_system
            print(f"{word} time: {count} articles in {time.perf_counter() - clock:.1f} s, {processor:.1f} of processor")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1_000)
