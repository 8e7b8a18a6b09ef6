"""What a person may not read or write, and what is no file at all, is named in one line and waited for by nobody."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gazetteer import storage
from tests.security import EXHAUSTIVE
from tests.security.fault_runner import forked
from tests.security.test_bad_input import RECORD, ROOT, call

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes and owners of POSIX")
NOBODY = 65_534
SECONDS = 60


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder that everybody may enter, with the gazetteer in it, which pytest's own is not for other users."""
    folder = Path(tempfile.mkdtemp(prefix="mapper-test-"))
    folder.chmod(0o755)
    (folder / "cache").mkdir()
    shutil.copyfile(storage.database(), folder / "cache" / storage.database().name)
    (folder / "good.jsonl").write_bytes(RECORD)
    (folder / "open").mkdir()
    (folder / "open").chmod(0o777)
    yield folder
    shutil.rmtree(folder)


def as_nobody(folder: Path, *words: str | Path) -> tuple[int, str]:
    """The command as a user without rights: as it is for one who has none anyway, else in a process that gave them up.

    The libraries are loaded before, since they may lie where only their owner may read.
    """
    said = folder / "open" / "said"
    call(*words)

    def run() -> int:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        result = call(*words)
        said.write_text(result.stderr, "utf-8")
        return int(result.exit_code)

    _, status = os.waitpid(forked(run), 0)
    text = said.read_text("utf-8")
    said.unlink()
    return os.waitstatus_to_exitcode(status), text


def test_what_may_not_be_read_or_written(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPPER_CACHE", str(room / "cache"))
    monkeypatch.setenv("MAPPER_DATA", str(room / "data"))
    good, shut, closed = room / "good.jsonl", room / "shut.jsonl", room / "closed"
    shut.write_bytes(RECORD.replace(b'"good"', b'"shut"'))
    shut.chmod(0)
    closed.mkdir()
    store = closed / "events.store"
    call("parse", good, "-o", closed / "out.csv", "--store", store, "--quiet")
    closed.chmod(0o500)
    output = room / "open" / "out.csv"
    code, said = as_nobody(room, "parse", good, shut, "-o", output, "--quiet")
    print(said)
    assert (code, said) == (3, f"{shut}: permission denied\n")
    code, said = as_nobody(room, "parse", good, closed, "-o", output, "--quiet")
    assert (code, said) == (3, f"{closed}: permission denied\n")
    for words in (
        ("parse", good, "-o", closed / "other.csv"),
        ("map", good, "-o", closed / "deeper" / "map.html"),
        ("parse", good, "-o", output, "--store", store),
        ("parse", good, "-o", output, "--store", closed / "new.store"),
    ):
        code, said = as_nobody(room, *words, "--quiet")
        assert code == 1, (words, said)
        assert len(said.splitlines()) == 1, said
        assert str(closed) in said


@pytest.mark.parametrize("kind", ["pipe", "socket", "device"])
@pytest.mark.parametrize("place", ["input", "among inputs", "corrections", "store", "output", "dump"])
def test_what_is_no_file_is_not_waited_for(kind: str, place: str, tmp_path: Path) -> None:
    good, odd = tmp_path / "good.jsonl", tmp_path / "ML.txt"
    good.write_bytes(RECORD)
    if kind == "pipe":
        os.mkfifo(odd)
    elif kind == "socket":
        import socket

        short = os.path.relpath(odd, Path.cwd())
        with socket.socket(socket.AF_UNIX) as made:
            try:
                made.bind(short if len(short) < len(str(odd)) else str(odd))
            except OSError:
                pytest.skip("a path too long for a socket")
    else:
        odd = Path("/dev/zero")
    if place == "output":
        odd = odd.rename(tmp_path / "out.csv") if kind != "device" else odd
        if kind == "device":
            pytest.skip("a device has no name that ends in a format")
    words = {
        "input": ("parse", odd, "-o", tmp_path / "o.csv"),
        "among inputs": ("parse", good, odd, "-o", tmp_path / "o.csv"),
        "corrections": ("parse", good, "-o", tmp_path / "o.csv", "--corrections", odd),
        "store": ("parse", good, "-o", tmp_path / "o.csv", "--store", odd),
        "output": ("parse", good, "-o", odd),
        "dump": ("gazetteer", "add", odd, "--quiet"),
    }[place]
    before = odd.stat().st_mode
    result = subprocess.run(
        [sys.executable, "-m", "mapper", *map(str, words)], cwd=ROOT, capture_output=True, text=True,
        encoding="utf-8", check=False, timeout=SECONDS, env=os.environ | {"MAPPER_DATA": str(tmp_path / "data")},
    )  # fmt: skip
    assert result.returncode == (3 if place == "among inputs" else 1), result.stderr
    told = [line for line in result.stderr.splitlines() if str(odd) in line]
    assert len(told) == 1, result.stderr
    assert "Traceback" not in result.stderr
    assert odd.stat().st_mode == before


def test_a_pipe_that_a_shell_has_opened_is_read(tmp_path: Path) -> None:
    if not Path("/dev/fd").exists() or not shutil.which("bash"):
        pytest.skip("no /dev/fd here")
    (tmp_path / "good.jsonl").write_bytes(RECORD)
    script = f'"{sys.executable}" -m mapper parse <(cat "{tmp_path}/good.jsonl") -o - --quiet'
    result = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, check=False, timeout=SECONDS)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.count(b"\n") == 1


@pytest.mark.parametrize("content", ["name,lat,lon\nX,abc,1\n", "nothing\n", 'name,lat,lon\n"x', "\ufeffname\n,\n"])
def test_a_bad_file_of_own_names_is_one_line(content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPPER_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "names.csv").write_text(content, "utf-8")
    (tmp_path / "good.jsonl").write_bytes(RECORD)
    for words in (("parse", tmp_path / "good.jsonl", "-o", tmp_path / "o.csv"), ("geocode", "Gao")):
        result = call(*words)
        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 1
        assert "names.csv" in result.stderr


@pytest.mark.skipif(not EXHAUSTIVE, reason="unpacks the gazetteer several times (MAPPER_EXHAUSTIVE=1)")
def test_several_first_starts_at_once_and_damaged_caches(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    environment = os.environ | {"MAPPER_CACHE": str(cache)}

    def starts(count: int) -> None:
        command = [sys.executable, "-m", "mapper", "geocode", "Timbuktu", "--limit", "1"]
        running = [
            subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
            for _ in range(count)
        ]
        for process in running:
            output, errors = process.communicate(timeout=4 * SECONDS)
            assert (process.returncode, errors) == (0, b"")
            assert b"geonames:2449067" in output
        assert [path.name for path in cache.iterdir()] == [storage.database().name]

    starts(4)
    (database,) = cache.iterdir()
    with database.open("r+b") as file:
        file.truncate(1_000)
    starts(2)
    database.chmod(0o444)
    cache.chmod(0o555)
    try:
        starts(1)
    finally:
        cache.chmod(0o755)
