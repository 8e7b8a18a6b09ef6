"""What ends a command from outside: closed, full and cut-off streams, Ctrl-C, a process that is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mapper.errors import InputError
from mapper.pool import Workers, WorkersError
from tests.security.test_bad_input import RECORD, ROOT

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and descriptors of POSIX")


def started(*words: str | Path, **options: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "mapper", *map(str, words)],
        cwd=ROOT, stderr=subprocess.PIPE, **({"stdout": subprocess.PIPE} | options),
    )  # fmt: skip


def ended(process: subprocess.Popen[bytes]) -> tuple[int, list[str]]:
    _, errors = process.communicate(timeout=120)
    told = errors.decode()
    assert "Traceback" not in told, told
    assert "Exception ignored" not in told, told
    return process.returncode, told.splitlines()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_bytes(RECORD)
    return path


def closing(number: int) -> Callable[[], None]:
    return lambda: os.close(number)


@posix
def test_closed_standard_input_holds_no_article() -> None:
    code, told = ended(started("parse", "-", "-o", "-", preexec_fn=closing(0)))
    assert (code, len(told)) == (1, 1)
    assert told[0].startswith("standard input: ")


@posix
def test_closed_standard_output_is_told(source: Path, tmp_path: Path) -> None:
    code, told = ended(started("parse", source, "-o", "-", "--quiet", preexec_fn=closing(1), stdout=None))
    assert (code, told) == (1, ["mapper: standard output is closed"])
    code, told = ended(started("map", source, "-o", tmp_path / "m.html", "--quiet", preexec_fn=closing(1), stdout=None))
    assert (code, told) == (0, [])


@posix
def test_closed_standard_error_hinders_nothing(source: Path, tmp_path: Path) -> None:
    process = started("parse", source, "-o", tmp_path / "out.csv", preexec_fn=closing(2))
    assert ended(process) == (0, [])
    assert (tmp_path / "out.csv").stat().st_size > 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("words", [("parse", "-o", "-", "--quiet"), ("parse", "-o", "-", "--merge", "--quiet")])
def test_full_standard_output_is_told(source: Path, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        code, told = ended(started(words[0], source, *words[1:], stdout=full))
    assert (code, told) == (1, ["mapper: No space left on device"])


@posix
def test_a_reader_that_has_seen_enough_is_no_fault(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b"".join(RECORD.replace(b'"good"', b'"%d"' % n) for n in range(400)))
    process = started("parse", source, "-o", "-", "--quiet")
    assert process.stdout
    assert json.loads(process.stdout.readline())["id"] == "0"
    process.stdout.close()
    process.stdout = None
    assert ended(process) == (1, [])


@posix
@pytest.mark.parametrize(("sent", "code", "says"), [("SIGINT", 130, True), ("SIGTERM", 143, False)])
def test_an_interrupted_command_says_so_and_leaves_nothing(tmp_path: Path, sent: str, code: int, says: bool) -> None:
    (tmp_path / "out.html").write_bytes(b"before")
    # Where the tests run in a shell's background, Ctrl-C is ignored, which children would inherit.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = started("map", "-", "-o", tmp_path / "out.html", stdin=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGINT, before)
    assert process.stdin
    process.stdin.write(RECORD)
    process.stdin.flush()
    time.sleep(2)
    process.send_signal(getattr(signal, sent))
    got, told = ended(process)
    # Before the program is loaded, the system answers in its own way.
    assert got in (code, -getattr(signal, sent)), told
    if got == code and says:
        assert told == ["mapper: interrupted; nothing half-written is left"]
    assert [path.name for path in tmp_path.iterdir()] == ["out.html"]
    assert (tmp_path / "out.html").read_bytes() == b"before"


def _ready(folder: str) -> None:
    os.environ["TRIED"] = folder


def _doubled(numbers: list[int]) -> list[int]:
    for number in numbers:
        if number == 13 or (number == 7 and not _seen(number)):
            os.kill(os.getpid(), signal.SIGKILL)
    return [2 * number for number in numbers]


def _seen(number: int) -> bool:
    mark = Path(os.environ["TRIED"]) / str(number)
    known = mark.exists()
    mark.touch()
    return known


def _dies(_: list[int]) -> list[int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return []


@posix
def test_a_process_that_is_killed_costs_nothing_and_a_deadly_article_itself(tmp_path: Path) -> None:
    workers = Workers(2, start=_ready, arguments=(str(tmp_path),), work=_doubled, lost=lambda number: -number)
    batches = [[number, number + 1] for number in range(0, 20, 2)]
    assert list(workers.answers(batches)) == [-n if n == 13 else 2 * n for n in range(20)]


@posix
def test_processes_that_always_die_are_given_up(tmp_path: Path) -> None:
    workers = Workers(1, start=_ready, arguments=(str(tmp_path),), work=_dies, lost=lambda number: -number)
    with pytest.raises(WorkersError, match="one after the other"):
        list(workers.answers([list(range(20))]))


def test_an_article_at_which_a_process_dies_is_refused_by_name() -> None:
    from mapper.pipeline import _lost
    from tests.samples import analysis

    answer = _lost(analysis("deadly").article)
    assert isinstance(answer, InputError)
    assert answer.file == "deadly"
    assert _lost(analysis("sound")) == analysis("sound")
