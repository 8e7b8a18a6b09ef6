"""``python -m tests.bench``: all figures of speed, size and memory, into ``tests/bench/REPORT.md``.

Some twenty minutes on a quiet machine; ``--quick`` takes five and writes only to standard output. Times are the best of
some takes: on a shared machine that with the least of the others' work in it. CPU seconds say more there than seconds.
"""

# ruff: noqa: E501 - tables are lines

from __future__ import annotations

import argparse
import datetime
import math
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import flat, made_up, maps, measure
from tests.bench.stages import WORDS, rates, write_articles

REPORT = Path(__file__).with_name("REPORT.md")
MAPS = (100, 500, 1_000, 10_000, 100_000, 1_000_000)
GOALS: dict[tuple[int | str, str], float] = {
    ("seeds", "size_mb"): 0.6, ("seeds", "drawn"): 400,
    (10_000, "build_s"): 0.8, (10_000, "size_mb"): 2.5, (10_000, "drawn"): 500,
    (100_000, "build_s"): 3, (100_000, "memory_mb"): 400, (100_000, "size_mb"): 15, (100_000, "drawn"): 700,
    (100_000, "pan p95"): 20, (100_000, "toggle"): 15, (100_000, "brush"): 15, (100_000, "search"): 40,
    (1_000_000, "build_s"): 15, (1_000_000, "size_mb"): 40, (1_000_000, "drawn"): 1500, (500, "size_mb"): 1,
}  # fmt: skip


def start_up() -> Iterator[str]:
    """Seconds until something that does nothing is done."""
    yield "## Start-up\n"
    yield "| command | seconds | CPU seconds | goal | memory, MB |\n|---|---:|---:|---:|---:|"
    with tempfile.TemporaryDirectory() as folder:
        output = str(Path(folder) / "seeds.html")
        for name, goal, words in (
            ("import mapper", "0.3", ("-c", "import mapper")),
            ("mapper --help", "0.3", ("-m", "mapper", "--help")),
            ("mapper geocode Timbuktu", "", ("-m", "mapper", "geocode", "Timbuktu")),
            ("mapper map seeds", "", ("-m", "mapper", "map", "seeds", "-o", output, "--quiet")),
        ):
            runs = [measure.python(*words) for _ in range(3)]
            yield (
                f"| `{name}` | {measure.best(*(run.seconds for run in runs)):.2f} "
                f"| {measure.best(*(run.cpu_seconds for run in runs)):.2f} | {goal} | {max(run.memory_mb or 0 for run in runs):.0f} |"
            )


def gazetteer() -> Iterator[str]:
    """What a look-up takes, cold and again."""
    import time

    from gazetteer import Gazetteer, basemap

    start = time.perf_counter()
    index = Gazetteer.open()
    opened = time.perf_counter() - start
    names = list(dict.fromkeys(basemap.load()["cities"]["name"]))[:5000]
    takes = []
    for _ in range(2):
        start = time.process_time()
        for name in names:
            index.candidates(name)
        takes.append((time.process_time() - start) / len(names) * 1e6)
    index.close()
    yield "\n## Gazetteer\n"
    yield f"Opened in {opened * 1000:.0f} ms; a name looked up in {takes[0]:.0f} µs, a name seen before in {takes[1]:.1f} µs "
    yield f"({len(names):,} names of towns)."


def stages(count: int) -> Iterator[str]:
    """Each stage alone."""
    with tempfile.TemporaryDirectory() as folder:
        found = rates(str(write_articles(count, Path(folder) / "articles.jsonl")))
    yield "\n## Stages apart, one core, CPU time\n"
    yield f"{found['articles']:.0f} made-up articles of {WORDS} words; models loaded in {found['loading_s']:.1f} s.\n"
    yield "| stage | articles a second | words a second |\n|---|---:|---:|"
    for name, label in (
        ("reading", "reading JSON lines"),
        ("geoparse", "place names found and resolved"),
        ("events", "events found, dated, placed"),
        ("records", "to a record and back"),
        ("analysis", "geoparse and events"),
    ):
        words = f"{found[name + '_words']:,.0f}" if name + "_words" in found else ""
        yield f"| {label} | {found[name]:,.1f} | {words} |"


def end_to_end(count: int) -> Iterator[str]:
    """The whole command, start-up included, for twice as many articles each time."""
    yield "\n## End to end: `mapper parse`, start-up included\n"
    yield "| articles | workers | seconds | articles a second | CPU seconds | articles a CPU second | memory, MB |"
    yield "|---:|---:|---:|---:|---:|---:|---:|"
    cpu: dict[int, float] = {}
    seconds: dict[tuple[int, int], float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in (count, 2 * count, 4 * count):
            path = str(write_articles(size, Path(folder) / f"{size}.jsonl"))
            for workers in (1, 2):
                output = str(Path(folder) / "out.jsonl")
                words = ("-m", "mapper", "parse", path, "-o", output, "--workers", str(workers), "--quiet")
                run = measure.python(*words)
                seconds[size, workers] = run.seconds
                if workers == 1:
                    cpu[size] = run.cpu_seconds
                yield (
                    f"| {size:,} | {workers} | {run.seconds:.1f} | {size / run.seconds:.1f} | {run.cpu_seconds:.1f} "
                    f"| {size / run.cpu_seconds:.1f} | {run.memory_mb or 0:.0f} |"
                )
    first, last = cpu[2 * count] - cpu[count], cpu[4 * count] - cpu[2 * count]
    one, two = (3 * count / (seconds[4 * count, k] - seconds[count, k]) for k in (1, 2))
    yield (
        f"\nStart-up taken off: {_goal(one, 10)} articles a second with one worker (goal: 10), {_goal(two, 18)} with two "
        f"(goal: 18), {3 * count / (cpu[4 * count] - cpu[count]):.1f} a CPU second. Memory goal: 1,200 MB."
    )
    yield (
        f"\nThe work grows with the articles to the power of {math.log2(last / first):.2f} (from the CPU time that "
        f"{count:,} more and then {2 * count:,} more articles take: 1 is as much again for as many again)."
    )


def memory(counts: tuple[int, ...]) -> Iterator[str]:
    """Whether memory stays flat."""
    yield "\n## Memory and work over many articles\n"
    yield "Analyses read back, so that the language models (whose memory does not depend on the count) are left out.\n"
    yield from flat.table(counts)


def map_tables(counts: tuple[int, ...], attempts: int) -> Iterator[str]:
    """Our page and plain folium's."""
    yield "\n## Maps\n"
    yield (
        f"Made-up events: three to an article, 140 letters to a sentence, sentences that gzip takes to "
        f"{made_up.ratio():.2f} of their size (news: 0.34 to 0.39). Build: CPU seconds in Python. Memory: beyond the "
        "events' own. Drawn: from opening the file to the first whole picture, network cut. Over "
        f"{maps.HELD:,} events they are not held in memory but made as they are asked for, and from 250,001 the page "
        "carries headlines only, and says so. A figure in bold misses the project's goal; in brackets: how many times "
        f"ours. Goals: {_goals()}.\n"
    )
    yield "| events | design | build, s | memory, MB | size, MB | drawn, ms | pan p95, ms |\n|---:|---|---:|---:|---:|---:|---:|"
    acts: list[str] = []
    ours: dict[str, float] = {}
    if seeds := maps.seeds(attempts=attempts):
        cells = [_figure("seeds", name, seeds[name]) for name in ("size_mb", "drawn", "pan p95")]
        yield f"| the seeds | ours | – | – | {' | '.join(cells)} |"
    for count, design, row in maps.rows(counts, attempts=attempts):
        if design == "ours":
            ours = row
            searches = [value for name, value in row.items() if name.startswith("search")]
            if "toggle" in row:
                cells = [_figure(count, name, row[name]) for name in ("texts", "toggle", "brush", "redraw")]
                searched = "/".join(_figure(count, "search", value) for value in searches)
                acts.append(f"| {count:,} | {' | '.join(cells)} | {searched} |")
        cells = []
        for name in ("build_s", "memory_mb", "size_mb", "drawn", "pan p95"):
            if name not in row:
                cells.append("not in 60 s" if name in ours else "–")
            elif design == "ours" or not ours.get(name):
                cells.append(_figure(count, name, row[name]))
            else:
                cells.append(f"{_digits(row[name])} ({row[name] / ours[name]:.1f}×)")
        yield f"| {count:,} | {design} | {' | '.join(cells)} |"
    yield "\nOf our page, in milliseconds: all texts read; a type switched off or on; the time brush moved; the map drawn"
    yield f"anew; a search for {', '.join(f'“{words}”' for words in maps.SEARCHES)}.\n"
    yield "| events | texts | toggle | brush | redraw | search |\n|---:|---:|---:|---:|---:|---:|"
    yield from acts


def _goals() -> str:
    units = {"build_s": "build {} s", "memory_mb": "memory {} MB", "size_mb": "size {} MB", "drawn": "drawn {} ms"}
    units |= {name: name + " {} ms" for name in ("pan p95", "toggle", "brush", "search")}
    of_size: dict[int | str, list[str]] = {}
    for (size, name), goal in GOALS.items():
        of_size.setdefault(size, []).append(units[name].format(f"{goal:,g}"))
    return "; ".join(
        f"{size:,} events {', '.join(told)}" if isinstance(size, int) else f"the {size} {', '.join(told)}"
        for size, told in of_size.items()
    )


def _goal(value: float, least: float) -> str:
    return f"{value:.1f}" if value >= least else f"**{value:.1f}**"


def _figure(count: int | str, name: str, value: float) -> str:
    goal = GOALS.get((count, name))
    return f"**{_digits(value)}**" if goal is not None and value >= goal else _digits(value)


def _digits(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="smaller sizes, once each, to standard output only")
    parser.add_argument("--only", choices=("start", "gazetteer", "stages", "end", "memory", "maps"), action="append")
    parser.add_argument("--counts", type=int, nargs="+", help="sizes of maps")
    arguments = parser.parse_args()
    quick, wanted = arguments.quick, arguments.only
    counts = tuple(arguments.counts or ((100, 1_000, 10_000) if quick else MAPS))
    parts: dict[str, Callable[[], Iterator[str]]] = {
        "start": start_up,
        "gazetteer": gazetteer,
        "stages": lambda: stages(40 if quick else 200),
        "end": lambda: end_to_end(20 if quick else 40),
        "memory": lambda: memory((500, 1_000, 2_000) if quick else flat.COUNTS),
        "maps": lambda: map_tables(counts, 1 if quick else 2),
    }
    lines = [
        "# Speed, size, memory\n",
        f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, load {_load()} at the start, {platform.system()} {platform.machine()}, Python {platform.python_version()}. Command: `python -m tests.bench{''.join(' ' + word for word in sys.argv[1:])}`.\n",
    ]
    print("\n".join(lines), flush=True)
    for name, part in parts.items():
        if wanted and name not in wanted:
            continue
        for line in part():
            print(line, flush=True)
            lines.append(line)
        lines.append(f"\n(Load after this part: {_load()}.)")
        print(lines[-1], flush=True)
        if not quick and not wanted:
            REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"


if __name__ == "__main__":
    main()
