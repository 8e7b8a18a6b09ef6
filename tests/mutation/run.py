"""Put one small fault at a time into a module, and run the tests that are to find it.

    python -m tests.mutation.run                        every key module (tests/mutation/modules.py); takes hours
    python -m tests.mutation.run mapper.export.cells    one
    python -m tests.mutation.run --json FILE …          add the figures to a file as well (see report.py)
    python -m tests.mutation.run --every 4 MODULE       a sample, one fault in four

The tests of the module are collected once. A first process runs them all and notes which lines of the module each test
executes and how long it takes. Then there is one process for each fault (Unix only: forked): the fault is put into the
module as it stands in memory, and the tests that execute its line are run, the quickest first, up to the first failure.

A fault is found where a test fails, where the module can no longer be imported, or where the tests use ten times the
processor time that they take without it and ten seconds more, which is a loop without an end. A process that neither
works nor ends is not counted as found. Faults that make no difference to behaviour are named, with the reason, in
tests/mutation/equivalent.toml, and counted apart.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import dataclasses
import importlib
import json
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
import threading
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from tests.mutation.faults import Fault, faults
from tests.mutation.modules import TESTS
from tests.mutation.transplant import transplant

ROOT = Path(__file__).parents[2]
EQUIVALENT = Path(__file__).parent / "equivalent.toml"
_FOUND, _MISSED = 3, 0


@dataclasses.dataclass(slots=True)
class Score:
    """Of one module. ``missed``: the faults that no test found, equivalent ones left out."""

    module: str
    made: int = 0
    found: int = 0
    equivalent: int = 0
    missed: list[str] = dataclasses.field(default_factory=list)
    stale: list[str] = dataclasses.field(default_factory=list)
    cpu_seconds: float = 0.0
    every: int = 1

    @property
    def share(self) -> float:
        """Found, of all that could be."""
        return self.found / max(1, self.made - self.equivalent)

    def __str__(self) -> str:
        told = f"{self.module}: {self.found} of {self.made} found ({100 * self.found / max(1, self.made):.1f}%)"
        if self.equivalent:
            told += f", {self.equivalent} equivalent, {100 * self.share:.1f}% of the others"
        return told


class _Trial:
    """A pytest plugin that, in place of running the tests once, runs them for every fault."""

    def __init__(self, module: str, *, only: str | None, every: int) -> None:
        self.path = ROOT / (module.replace(".", "/") + ".py")
        self.module = importlib.import_module(module)
        self.tree = ast.parse(self.path.read_text("utf-8"))
        self.all = [f for f in faults(self.tree) if only is None or only in f.name][::every]
        self.score = Score(module, every=every)
        self.equivalent = _equivalent(module)
        self.failed = False

    # ---- pytest's hooks

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        from mapper.articles import guard

        started = sum(os.times()[:4])
        items = session.items
        # Formats are read in this process, where the fault is, as on a system that starts no other.
        guard._running = lambda: None
        # The many processes' passes and failures are nothing to show.
        session.config.pluginmanager.unregister(name="terminalreporter")
        measured = self._measured(items)
        known = dict.fromkeys(self.equivalent, 0)
        for number, fault in enumerate(self.all):
            known[fault.name] = known.get(fault.name, 0) + 1
            name = f"{fault.name} #{known[fault.name]}" if known[fault.name] > 1 else fault.name
            chosen = _chosen(fault, measured)
            result = self._tried(fault, [items[at] for at, _ in chosen], sum(cpu for _, cpu in chosen))
            self.score.made += 1
            if result == "found":
                self.score.found += 1
            elif fault.name in self.equivalent:
                self.score.equivalent += 1
            else:
                line = f"{self.score.module}:{fault.line}: {name}{'' if result == 'missed' else f' ({result})'}"
                self.score.missed.append(line)
                print(f"[{number + 1}/{len(self.all)}] {line}", file=sys.__stderr__, flush=True)
        self.score.stale = [name for name in self.equivalent if not known[name]]
        self.score.cpu_seconds = sum(os.times()[:4]) - started
        return True

    # ---- processes

    def _measured(self, items: Sequence[pytest.Item]) -> list[tuple[set[int], float]]:
        """For each test the lines of the module that it executes and the seconds of processor time that it takes."""
        with tempfile.TemporaryDirectory() as folder:
            answer = Path(folder) / "measured"

            def work() -> int:
                found = []
                for at, item in enumerate(items):
                    lines: set[int] = set()
                    before = time.process_time()
                    with _traced(str(self.path), lines):
                        self._run(item, items[at + 1 : at + 2])
                    if self.failed:
                        answer.write_text(item.nodeid, encoding="utf-8")
                        return _FOUND
                    found.append([sorted(lines), time.process_time() - before])
                answer.write_text(json.dumps(found), encoding="utf-8")
                return _MISSED

            result = _forked(work, cpu=1200, wall=3600)
            if result != "missed":
                told = answer.read_text("utf-8") if answer.exists() else ""
                raise SystemExit(f"{self.score.module}: its tests fail as it is ({result}): {told}")
            return [(set(lines), cpu) for lines, cpu in json.loads(answer.read_text("utf-8"))]

    def _tried(self, fault: Fault, items: Sequence[pytest.Item], cpu: float) -> str:
        def work() -> int:
            fault.apply()
            ast.fix_missing_locations(self.tree)
            try:
                transplant(self.tree, self.path, self.module)
            except BaseException:  # noqa: BLE001 - a module that cannot be imported is found by every test
                return _FOUND
            for at, item in enumerate(items):
                self._run(item, items[at + 1 : at + 2])
                if self.failed:
                    return _FOUND
            return _MISSED

        return _forked(work, cpu=10 + 10 * cpu, wall=180 + 30 * cpu)

    def _run(self, item: pytest.Item, following: Sequence[pytest.Item]) -> None:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following[0] if following else None)


def _chosen(fault: Fault, measured: Sequence[tuple[set[int], float]]) -> list[tuple[int, float]]:
    """The tests that can find a fault, by number, with their time: the quickest first, those that touch it before."""
    if fault.lines is None:
        touched = [(not lines, cpu, at) for at, (lines, cpu) in enumerate(measured)]
    else:
        reach = range(fault.lines[0], fault.lines[1] + 1)
        touched = [(False, cpu, at) for at, (lines, cpu) in enumerate(measured) if not lines.isdisjoint(reach)]
    return [(at, cpu) for _, cpu, at in sorted(touched)]


def _forked(work: Any, *, cpu: float, wall: float) -> str:
    """What comes of ``work`` in a process of its own: "found", "missed", or "hangs"."""
    child = os.fork()
    if not child:
        code = _FOUND
        try:
            os.setsid()
            with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
                os.dup2(nowhere.fileno(), 1)
                os.dup2(nowhere.fileno(), 2)
            used = time.process_time()
            resource.setrlimit(resource.RLIMIT_CPU, (int(used + cpu) + 1, int(used + cpu) + 2))
            code = work()
        finally:
            os._exit(code)
    end = time.monotonic() + wall
    pause = 0.002
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            _sweep(child)
            return "missed" if status == 0 else "found"
        time.sleep(pause)
        pause = min(0.05, pause * 1.3)
    _sweep(child)
    os.waitpid(child, 0)
    return "hangs"


def _sweep(group: int) -> None:
    """End whatever the tests of a process have started and left."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


@contextlib.contextmanager
def _traced(path: str, lines: set[int]) -> Any:
    def local(frame: FrameType, event: str, argument: Any) -> Any:
        lines.add(frame.f_lineno)
        return local

    def tracer(frame: FrameType, event: str, argument: Any) -> Any:
        return local if frame.f_code.co_filename == path else None

    sys.settrace(tracer)
    threading.settrace(tracer)
    try:
        yield
    finally:
        sys.settrace(None)
        threading.settrace(None)


def _equivalent(module: str) -> dict[str, str]:
    """The faults of a module that are none, with the reasons."""
    told = tomllib.loads(EQUIVALENT.read_text("utf-8")) if EQUIVALENT.exists() else {}
    return {name: reason for reason, names in told.get(module, {}).items() for name in names}


def _warm() -> None:
    """Load once what tests load again and again, so that every process finds it there. Nothing of the module tried."""
    for name in ("numpy", "lxml.html", "msgspec", "charset_normalizer", "click.testing", "trafilatura", "geopandas"):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    from mapper import language

    if language.installed():
        language.nlp(language.PARSE)


def score(module: str, tests: Sequence[str], *, only: str | None = None, every: int = 1) -> Score:
    """Try the faults of a module (``only``: those whose name has this in it; ``every``: the first of so many)."""
    from hypothesis import Phase, settings

    # The same examples on every run; nothing is gained by making a failing one smaller.
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile("faults", max_examples=25, deadline=None, database=None, derandomize=True, phases=phases)
    settings.load_profile("faults")
    trial = _Trial(module, only=only, every=every)
    folder = tempfile.mkdtemp(prefix="mutation-")
    try:
        options = ["-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
        code = pytest.main(
            [*options, f"--rootdir={ROOT}", f"--basetemp={folder}/run", *(str(ROOT / test) for test in tests)],
            plugins=[trial],
        )
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            raise SystemExit(f"{module}: pytest ended with {code}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return trial.score


def _merged(file: Path, scores: Sequence[Score]) -> None:
    told = json.loads(file.read_text("utf-8")) if file.exists() else {}
    told |= {one.module: dataclasses.asdict(one) for one in scores}
    file.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    parser.add_argument("--json", type=Path, help="add the figures to this file")
    parser.add_argument("--only", help="only faults that have this in their name")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="a sample: one in so many faults")
    chosen = parser.parse_args()
    os.environ["HYPOTHESIS_DATABASE_FILE"] = os.devnull
    _warm()
    # A process for each module: what one has imported, the next one's fault must not find there.
    for module in chosen.modules or list(TESTS):
        if not re.fullmatch(r"[\w.]+", module) or module not in TESTS:
            raise SystemExit(f"{module}: not in tests/mutation/modules.py")
        child = os.fork()
        if not child:
            done = score(module, TESTS[module], only=chosen.only, every=chosen.every)
            print(done, f"({done.cpu_seconds:.0f} s of processor time)", flush=True)
            for line in done.stale:
                print(f"  named as equivalent and not made: {line}")
            if chosen.json:
                _merged(chosen.json, [done])
            sys.stdout.flush()
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            raise SystemExit(f"{module}: could not be tried")


if __name__ == "__main__":
    main()
