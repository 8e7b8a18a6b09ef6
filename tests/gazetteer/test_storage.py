"""Unpacking the database: once, whole, and wherever there is room. On a small database, packed as the real one is."""

from __future__ import annotations

import hashlib
import lzma
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from gazetteer import DataError, Gazetteer, storage
from gazetteer.builder.records import Record
from gazetteer.builder.write import write


@pytest.fixture
def entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    source = tmp_path / "source"
    source.mkdir()
    gao = Record(
        id="geonames:2457163", name="Gao", lat=16.27, lon=-0.05, country=None, feature_class="P", feature_code="PPLA",
        source="test",
    )  # fmt: skip
    write(source / "raw.sqlite", [gao], countries={}, held=[], meta={"schema": "1", "padding": "x" * 300_000})
    raw = (source / "raw.sqlite").read_bytes()
    (source / "places.sqlite.xz").write_bytes(lzma.compress(raw))
    found = {
        "file": "places.sqlite.xz",
        "unpacked_bytes": len(raw),
        "unpacked_sha256": hashlib.sha256(raw).hexdigest(),
        "edges_sha256": storage.edges(source / "raw.sqlite"),
    }
    monkeypatch.setattr(storage, "manifest", lambda: {"database": found})
    monkeypatch.setattr(storage, "packed", lambda name: source / name)
    return found


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: dict[str, Any]) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv(storage.CACHE_VARIABLE, str(folder))
    return folder


def test_unpacks_once(cache: Path) -> None:
    path = storage.database()
    assert path.parent == cache
    written = path.stat().st_mtime_ns
    assert storage.database() == path
    assert path.stat().st_mtime_ns == written
    assert [one.name for one in cache.iterdir()] == [path.name]


def _cut(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def _overwrite_end(raw: bytes) -> bytes:
    return raw[:-100] + b"\0" * 100


def _empty(_raw: bytes) -> bytes:
    return b""


def _one_byte_in_the_middle(raw: bytes) -> bytes:
    middle = len(raw) // 2
    return raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :]


@pytest.mark.parametrize("damage", [_cut, _overwrite_end, _empty, _one_byte_in_the_middle])
def test_a_damaged_copy_is_replaced(cache: Path, damage: Callable[[bytes], bytes]) -> None:
    path = storage.database()
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert storage.database().read_bytes() == whole
    with Gazetteer.open() as places:
        assert places.candidates("Gao")


def test_a_place_that_cannot_be_written_is_no_hindrance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: dict[str, Any]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    spare = tmp_path / "spare"
    spare.mkdir()
    monkeypatch.setenv(storage.CACHE_VARIABLE, str(blocked))
    monkeypatch.setattr("tempfile.tempdir", str(spare))
    assert spare in storage.database().parents


def test_no_room_anywhere_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: dict[str, Any]) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv(storage.CACHE_VARIABLE, str(blocked))
    monkeypatch.setattr("tempfile.tempdir", str(blocked))
    with pytest.raises(DataError, match="could not be unpacked"):
        storage.database()


def test_many_may_unpack_at_once(cache: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        paths = {future.result() for future in [pool.submit(storage.database) for _ in range(8)]}
    assert list(cache.iterdir()) == list(paths)


def test_data_that_are_not_the_manifests_are_refused(cache: Path, entry: dict[str, Any]) -> None:
    entry["unpacked_sha256"] = "0" * 64
    with pytest.raises(DataError, match="damaged"):
        storage.database()
    assert list(cache.iterdir()) == []


def test_a_broken_package_is_said(cache: Path, entry: dict[str, Any]) -> None:
    packed = storage.packed(entry["file"])
    assert isinstance(packed, Path)
    packed.write_bytes(packed.read_bytes()[:500])
    with pytest.raises(DataError, match="damaged"):
        storage.database()


def _aged(path: Path, days: float) -> Path:
    path.write_bytes(b"another version")
    then = time.time() - days * 86_400
    os.utime(path, (then, then))
    return path


def test_unpacking_removes_what_nobody_used_for_a_month(cache: Path) -> None:
    cache.mkdir()
    unused = _aged(cache / "places-0123456789abcdef.sqlite", storage.KEPT_DAYS + 1)
    broken = _aged(cache / ".places-0123456789abcdef-x", storage.KEPT_DAYS + 1)
    used = _aged(cache / "places-fedcba9876543210.sqlite", storage.KEPT_DAYS - 1)
    others = _aged(cache / "geocoded.sqlite", storage.KEPT_DAYS + 100)
    path = storage.database()
    assert sorted(cache.iterdir()) == sorted([path, used, others])
    assert not unused.exists()
    assert not broken.exists()


def test_one_that_is_open_elsewhere_is_left_alone(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.mkdir()
    held = _aged(cache / "places-0123456789abcdef.sqlite", storage.KEPT_DAYS + 1)
    unlink = Path.unlink

    def refuse(self: Path, missing_ok: bool = False) -> None:
        if self == held:
            raise PermissionError(13, "used by another process", str(self))
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    assert storage.database().exists()
    assert held.exists()


def test_using_a_database_keeps_it(cache: Path) -> None:
    path = storage.database()
    os.utime(path, (time.time() - 20 * 86_400, storage.UNTOUCHED))
    assert storage.database() == path
    assert time.time() - path.stat().st_atime < 3600
    assert path.stat().st_mtime == storage.UNTOUCHED


def test_a_copy_is_compared_once_and_then_taken_as_it_is(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = storage.database()
    os.utime(path, (time.time(), time.time()))  # as a copy made by other means has it
    assert storage.database() == path
    assert path.stat().st_mtime == storage.UNTOUCHED

    def never(*_: object) -> None:
        raise AssertionError("compared again")

    monkeypatch.setattr(hashlib, "file_digest", never)
    assert storage.database() == path


def test_pieces_of_a_killed_unpacking_are_cleared_away_by_the_next(cache: Path) -> None:
    path = storage.database()
    path.unlink()
    for number in range(3):
        (cache / f".{path.stem}-{number}").write_bytes(b"half")
    assert storage.database() == path
    assert [one.name for one in cache.iterdir()] == [path.name]


def test_where_the_cache_is_full_the_spare_copy_is_taken_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: dict[str, Any]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv(storage.CACHE_VARIABLE, str(blocked))
    (tmp_path / "spare").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "spare"))
    path = storage.database()
    monkeypatch.setattr(storage, "_unpack", lambda *_: pytest.fail("unpacked again"))
    assert storage.database() == path
