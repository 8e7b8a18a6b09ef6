"""Runs a command again and again in forked processes, each with a fault of its own, in a folder it checks every time.

Called as a script by ``test_faults.py``: ``fault_runner.py FOLDER KILLS SUFFIX...``. Prints what is wrong, a line each,
then how often a run was stopped.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from mapper.cli import main
from mapper.render import brief
from tests.security import made

FAILING = ("fsync", "replace", "rename", "unlink", "chmod", "open", "mkdir", "close")


class Case:
    """A kind of output: two inputs, and the file that each is to give, whole."""

    def __init__(self, folder: Path, suffix: str) -> None:
        self.suffix = suffix
        self.folder = folder / suffix.strip(".")
        self.folder.mkdir()
        self.output = self.folder / f"out{suffix}"
        self.sources = [folder / "first.jsonl", folder / "second.jsonl"]
        self.whole = []
        self.seconds = 0.0
        for source in self.sources:
            started = time.monotonic()
            assert self.run(source) == 0, suffix
            self.seconds = time.monotonic() - started
            self.whole.append(self.output.read_bytes())

    def run(self, source: Path) -> int:
        command = "map" if self.suffix == ".html" else "brief" if self.suffix in brief.SUFFIXES else "parse"
        result = CliRunner().invoke(main, [command, str(source), "-o", str(self.output), "--quiet"])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            print(f"{self.suffix}: {result.exception!r}", flush=True)
            return 99
        if result.exit_code and len(result.stderr.splitlines()) != 1:
            print(f"{self.suffix}: told in more than a line: {result.stderr!r}", flush=True)
        return result.exit_code

    def check(self, what: str, *, tidy: bool) -> None:
        found = self.output.read_bytes()
        if found not in self.whole:
            print(f"{self.suffix}: torn by {what}", flush=True)
            self.output.write_bytes(self.whole[0])
        others = [path for path in self.folder.iterdir() if path != self.output]
        if tidy and others:
            print(f"{self.suffix}: left behind by {what}: {others}", flush=True)
        for path in others:
            path.unlink()


def forked(work: Callable[[], int]) -> int:
    """Run in a process of its own; its process id."""
    child = os.fork()
    if not child:
        code = 98
        try:
            code = work()
        finally:
            sys.stdout.flush()
            os._exit(code)
    return child


def kills(cases: list[Case], count: int) -> int:
    """Kill -9 at any moment: the file is the old one or the new one."""
    chance = random.Random(count)
    stopped = 0
    for number in range(count):
        case = cases[number % len(cases)]
        source = case.sources[(number // len(cases)) % 2]
        child = forked(lambda case=case, source=source: case.run(source))  # type: ignore[misc]
        time.sleep(chance.uniform(0, 1.2 * case.seconds))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        stopped += os.WIFSIGNALED(status)
        case.check("a kill", tidy=False)
    return stopped


def full_disks(case: Case) -> None:
    """No file may grow beyond so many bytes, as on a disk that fills up."""
    import resource

    most = min(map(len, case.whole))
    for size in (0, 1, 512, 4_096, most // 2, most - 1):

        def limited(size: int = size) -> int:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
            return case.run(case.sources[1])

        _, status = os.waitpid(forked(limited), 0)
        if os.waitstatus_to_exitcode(status) != 1:
            print(f"{case.suffix}: {size} bytes of room: exit code {os.waitstatus_to_exitcode(status)}", flush=True)
        case.check(f"a disk of {size} bytes", tidy=True)


def failing_calls(case: Case) -> int:
    """Every call that changes the file system within the output's folder fails once, in turn."""
    tried = 0
    for name in FAILING:
        for nth in range(40):

            def broken(name: str = name, nth: int = nth) -> int:
                return _with_failing(case, name, nth)

            _, status = os.waitpid(forked(broken), 0)
            code = os.waitstatus_to_exitcode(status)
            if code == 77:  # there is no such call any more
                break
            tried += 1
            if code not in (0, 1):
                print(f"{case.suffix}: {name} {nth}: exit code {code}", flush=True)
            case.check(f"{name} {nth}", tidy=name not in ("unlink", "close"))
    return tried


def _with_failing(case: Case, name: str, nth: int) -> int:
    true = getattr(os, name)
    seen = -1

    def call(*args: object, **options: object) -> object:
        nonlocal seen
        mine = name in ("fsync", "close") or any(
            str(case.folder) in os.fsdecode(a) for a in args if isinstance(a, str | bytes | os.PathLike)
        )
        seen += mine
        if mine and seen == nth:
            if name == "close":
                true(*args, **options)
            raise OSError(28, "No space left on device")
        return true(*args, **options)

    setattr(os, name, call)
    try:
        code = case.run(case.sources[1])
    finally:
        setattr(os, name, true)
    return code if seen >= nth else 77


if __name__ == "__main__":
    where = Path(sys.argv[1])
    made.write_records(where / "first.jsonl", [(0, "plain")])
    made.write_records(where / "second.jsonl", [(1, "other"), (2, "words")])
    made_cases = [Case(where, suffix) for suffix in sys.argv[3:]]
    for one in made_cases:
        full_disks(one)
        print("calls", failing_calls(one), one.suffix, flush=True)
    print("kills", kills(made_cases, int(sys.argv[2])), flush=True)
