"""Measuring a command from outside: seconds, CPU seconds and the most memory that it and its children held."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command. ``memory_mb``: the most that all its processes together held; None where /proc is not."""

    seconds: float
    cpu_seconds: float
    memory_mb: float | None
    output: str


def python(*arguments: str, environment: dict[str, str] | None = None) -> Run:
    """Run this Python with ``arguments`` from the repository's root. Raises RuntimeError where it fails."""
    return command([sys.executable, *arguments], environment=environment)


def command(words: Sequence[str], *, environment: dict[str, str] | None = None) -> Run:
    """Run a command to its end."""
    before = os.times()
    start = time.perf_counter()
    process = subprocess.Popen(
        words,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"} | (environment or {}),
    )
    most = [0.0]
    watch = threading.Thread(target=_watch, args=(process, most), daemon=True)
    watch.start()
    output, errors = process.communicate()
    seconds = time.perf_counter() - start
    watch.join()
    after = os.times()
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: {errors[-2000:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(seconds, cpu, most[0] or None, output)


def _watch(process: subprocess.Popen[str], most: list[float]) -> None:
    while process.poll() is None:
        most[0] = max(most[0], sum(_resident(pid) for pid in _family(process.pid)))
        time.sleep(0.05)


def _family(pid: int) -> list[int]:
    """The process and its children's children, where the system has /proc."""
    found = [pid]
    for one in found:
        # Processes end while they are looked at.
        with suppress(OSError):
            for path in Path(f"/proc/{one}/task").glob("*/children"):
                found += [int(child) for child in path.read_text(encoding="ascii").split()]
    return found


def _resident(pid: int) -> float:
    """Megabytes that the process alone holds: what it shares with others (a mapped file) is left out."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
        return (int(pages[1]) - int(pages[2])) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, IndexError):
        return 0.0


def most_held() -> float:
    """The most megabytes that this process has held so far."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage gives counts what the parent held when it started this process.
        found = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(found.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def best(*values: float) -> float:
    """The least of some takes: on a shared machine that with the least of the others' work in it."""
    return min(values)
