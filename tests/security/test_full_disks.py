"""Disks that are really full (small file systems of their own, where such may be mounted): outputs, temporary files,
the gazetteer's cache; and the cache when what fills it is killed, or it is changed afterwards."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from gazetteer import storage
from mapper import export
from mapper.codec import encode_line, to_record
from mapper.render import brief
from tests.samples import analysis
from tests.security import EXHAUSTIVE
from tests.security.disks import small_disk
from tests.security.test_bad_input import ROOT, call

SUFFIXES = (".html", *export.SUFFIXES, *brief.SUFFIXES)
FEW = (".html", ".jsonl", ".gpkg", ".xlsx", ".svg", ".parquet")
KILLS = 20 if EXHAUSTIVE else 3


def records(path: Path, count: int) -> Path:
    path.write_bytes(b"".join(encode_line(to_record(analysis(f"{number}"))) for number in range(count)))
    return path


@pytest.mark.parametrize(
    "suffix", SUFFIXES if EXHAUSTIVE else (".html", ".jsonl", ".gpkg", ".xlsx", ".svg", ".parquet")
)
def test_an_output_that_finds_no_room_leaves_the_old_one(suffix: str, tmp_path: Path) -> None:
    command = "map" if suffix == ".html" else "brief" if suffix in brief.SUFFIXES else "parse"
    source = records(tmp_path / "in.jsonl", 3)
    with small_disk(tmp_path, "8k") as place:
        output = place / f"out{suffix}"
        output.write_bytes(b"before")
        result = call(command, source, "-o", output, "--quiet")
        if result.exit_code == 0:  # the whole of it is as small as that
            assert output.stat().st_size <= 8_192
        else:
            assert result.exit_code == 1
            assert len(result.stderr.splitlines()) == 1, result.stderr
            assert str(output) in result.stderr
            assert output.read_bytes() == b"before"
        assert [path.name for path in place.iterdir()] == [output.name]


@pytest.mark.parametrize("command", ["parse", "map"])
def test_no_room_for_temporary_files_is_told_in_a_line(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = records(tmp_path / "in.jsonl", 400)
    output = tmp_path / ("out.html" if command == "map" else "out.jsonl")
    with small_disk(tmp_path, "64k") as place:
        monkeypatch.setattr(tempfile, "tempdir", str(place))
        result = call(command, source, "-o", output, "--quiet")
        assert result.exit_code == 1, result.stderr
        assert len(result.stderr.splitlines()) == 1, result.stderr
        assert "fault of this program" not in result.stderr
        assert not output.exists()
        assert list(place.iterdir()) == []


def start(cache: Path, *, spare: Path) -> subprocess.Popen[bytes]:
    """A command that needs the gazetteer, with a cache and a folder for temporary files of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "mapper", "geocode", "Timbuktu", "--limit", "1"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=os.environ | {"MAPPER_CACHE": str(cache), "TMPDIR": str(spare)},
    )  # fmt: skip


def finds(process: subprocess.Popen[bytes]) -> None:
    output, errors = process.communicate(timeout=240)
    assert (process.returncode, errors) == (0, b"")
    assert b"geonames:2449067" in output


@pytest.fixture
def spare(tmp_path: Path) -> Path:
    folder = tmp_path / "spare"
    folder.mkdir()
    return folder


def test_a_first_start_that_is_killed_leaves_nothing_behind_for_the_next(tmp_path: Path, spare: Path) -> None:
    cache = tmp_path / "cache"
    chance = random.Random(KILLS)
    for _ in range(KILLS):
        process = start(cache, spare=spare)
        deadline = time.monotonic() + 60
        while not list(cache.glob(".places-*")) and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 1.5))
        process.kill()
        process.communicate()
    finds(start(cache, spare=spare))
    assert [path.name for path in cache.iterdir() if not path.name.startswith(".")] == [storage.database().name]
    (cache / storage.database().name).unlink(missing_ok=True)
    finds(start(cache, spare=spare))
    assert [path.name for path in cache.iterdir()] == [storage.database().name]


def test_a_cache_without_room_gives_way_to_the_folder_for_temporary_files(tmp_path: Path, spare: Path) -> None:
    with small_disk(tmp_path, "20m") as cache:
        finds(start(cache, spare=spare))
        assert list(cache.iterdir()) == []
        assert [path.name for path in spare.rglob("*.sqlite")] == [storage.database().name]
        shutil.rmtree(spare)
        full = cache / "spare"
        full.mkdir()
        process = start(cache / "cache", spare=full)
        _, errors = process.communicate(timeout=240)
        assert process.returncode == 1
        assert len(errors.splitlines()) == 1, errors
        assert b"could not be unpacked" in errors
        assert b"No space left" in errors
        assert not [path for path in cache.rglob("*") if path.is_file()]


def test_a_cache_that_was_changed_anywhere_is_made_anew(tmp_path: Path, spare: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    path = cache / storage.database().name
    whole = storage.database().read_bytes()
    chance = random.Random(6)
    for _ in range(10 if EXHAUSTIVE else 1):
        changed = bytearray(whole)
        at = chance.randrange(1 << 17, len(changed) - (1 << 17))
        changed[at : at + 4_096] = chance.randbytes(4_096)
        path.write_bytes(changed)
        finds(start(cache, spare=spare))
        assert path.read_bytes() == whole
    assert [one.name for one in cache.iterdir()] == [path.name]
    assert json.loads(call("geocode", "Gao", "--json", "--limit", "1").stdout.splitlines()[0])
