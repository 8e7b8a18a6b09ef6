"""``python -m tests.bench.lookup``: what the gazetteer's look-up costs, on one core.

Opening is told as the least of ten after the first, which unpacks; a look-up as the median of names that were asked for
before (warm) and of the first time (cold), and of names spelled wrongly; memory is the process's own, of which the
interpreter and the libraries are told apart.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from gazetteer import Gazetteer

_KNOWN = 2_000
"""Names of the most prominent places; a cache holds them all."""


def resident() -> int:
    """Bytes of memory that this process occupies; 0 where the platform does not tell (other than Linux)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    import resource

    return pages * resource.getpagesize()


def spent(work: Callable[[str], object], names: Iterable[str]) -> float:
    """Median seconds of one call."""
    seconds = []
    for name in names:
        started = time.perf_counter()
        work(name)
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def main() -> None:
    before = resident()
    Gazetteer.open().close()
    opened = []
    for _ in range(10):
        started = time.perf_counter()
        Gazetteer.open().close()
        opened.append(time.perf_counter() - started)
    with Gazetteer.open() as places:
        query = "SELECT name FROM place ORDER BY prominence DESC, number LIMIT ?"
        names = list(dict.fromkeys(row[0] for row in places._main.database.execute(query, (_KNOWN,))))
        cold = spent(places.candidates, names)
        warm = spent(places.candidates, names)
        after_names = resident()
        best = [places.candidates(name)[0].place for name in names[:300]]
        import shapely  # noqa: F401 - what points and areas need, told apart below

        with_library = resident()
        at = spent(lambda name: places.at(lat=float(name.split()[0]), lon=float(name.split()[1])),
                   [f"{place.lat} {place.lon}" for place in best])  # fmt: skip
        parents = spent(places.parents, [place.id for place in best])
        after_all = resident()
        fuzzy = spent(lambda name: places.candidates(name, fuzzy=True), [name[:-1] for name in names[:100]])
        after_fuzzy = resident()
    print(f"Python {sys.version.split()[0]}")
    print(f"open             {min(opened) * 1e3:8.1f} ms")
    print(f"candidates, warm {warm * 1e6:8.1f} µs   median of {len(names):,} names")
    print(f"candidates, cold {cold * 1e6:8.1f} µs")
    print(f"candidates, fuzzy{fuzzy * 1e3:8.1f} ms")
    print(f"at               {at * 1e6:8.1f} µs")
    print(f"parents          {parents * 1e6:8.1f} µs")
    if before:
        start, library = before / 1e6, (with_library - after_names) / 1e6
        print(f"memory           {after_names / 1e6:8.1f} MB after looking up names, {start:.1f} of it at the start")
        print(f"                 {after_all / 1e6:8.1f} MB after points and parents, {library:.1f} of it libraries")
        print(f"                 {after_fuzzy / 1e6:8.1f} MB after names spelled wrongly")


if __name__ == "__main__":
    main()
