"""The commands in a network namespace of their own, in which there is not even a loopback that is up; and, on every
system, with each socket told of by the interpreter itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

COMMANDS = {
    "map": ("map", "{seeds}", "-o", "{out}/map.html"),
    "parse": ("parse", "{seeds}", "-o", "{out}/events.gpkg", "--store", "{out}/events.store", "--run", "first"),
    "brief": ("brief", "{records}", "-o", "{out}/brief.svg"),
    "embed": ("map", "{records}", "-o", "{out}/map.html", "--embed"),
    "diff": ("diff", "{out}/events.store", "--since-run", "first"),
    "geocode": ("geocode", "Timbuktu", "Gao", "--fuzzy"),
    "store": ("store", "info", "{out}/events.store"),
    "doctor": ("doctor",),
    "gazetteer": ("gazetteer", "info"),
}
"""``store`` and ``diff`` read what ``parse`` has kept before."""

WATCHED = """
import runpy, sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"):
        sys.stderr.write(f"SOCKET {event} {arguments}" + chr(10))
sys.addaudithook(watch)
sys.argv = ["mapper", *sys.argv[1:]]
runpy.run_module("mapper", run_name="__main__")
"""
"""The program with everything that would leave the machine named on standard error (some libraries bind a socket of
this machine as they load, to see which kinds there are, and use it for nothing)."""


def namespace() -> list[str] | None:
    """The command that cuts the network off, None where this system has none or does not allow it."""
    found = shutil.which("unshare")
    for words in ([found, "-n"], [found, "-rn"]) if found else ():
        if subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0:
            return [word for word in words if word]
    return None


def run(cut: list[str], program: list[str], kind: str, seeds: Path, records: Path, out: Path) -> str:
    """Run a command; what it said."""
    if kind in ("store", "diff"):
        run(cut, program, "parse", seeds, records, out)
    words = [word.format(seeds=seeds, records=records, out=out) for word in COMMANDS[kind]]
    result = subprocess.run(
        [*cut, sys.executable, *program, *words], cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
        check=False, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    written = [Path(word) for word in words if word.startswith(str(out)) and "store" not in word]
    assert all(path.stat().st_size > 0 for path in written)
    return result.stderr


@pytest.mark.parametrize("kind", COMMANDS)
def test_no_command_needs_a_network(kind: str, tmp_path: Path, seeds: Path, seeds_jsonl: Path) -> None:
    cut = namespace()
    if cut is None:
        pytest.skip("no network namespace can be made here (unshare -n)")
    run(cut, ["-m", "mapper"], kind, seeds, seeds_jsonl, tmp_path)


@pytest.mark.parametrize("kind", COMMANDS)
def test_no_command_asks_or_connects(kind: str, tmp_path: Path, seeds: Path, seeds_jsonl: Path) -> None:
    assert "SOCKET" not in run([], ["-c", WATCHED], kind, seeds, seeds_jsonl, tmp_path)


def test_the_watch_sees_a_socket() -> None:
    program = WATCHED.replace(
        'runpy.run_module("mapper", run_name="__main__")', "import socket; socket.getaddrinfo('localhost', 1)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "SOCKET socket.getaddrinfo" in result.stderr
