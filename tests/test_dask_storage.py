"""Addresses of partitions, local and elsewhere: what appears there appears whole."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

import pytest

pytest.importorskip("fsspec")

import fsspec

from mapper.dask import storage
from mapper.errors import OutputError


@pytest.fixture
def remote() -> str:
    """A folder of an object store that lives in this process's memory."""
    return f"memory://{uuid.uuid4().hex}"


@pytest.fixture(params=["local", "remote"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "deep" / "er") if request.param == "local" else str(request.getfixturevalue("remote"))


@pytest.mark.parametrize(
    ("given", "name"), [("a/b", "a/b/c"), ("a/b/", "a/b/c"), ("s3://x//", "s3://x/c"), ("/", "/c")]
)
def test_a_name_in_a_folder(given: str, name: str) -> None:
    assert storage.joined(given, "c") == name


def test_what_is_written_is_there_whole(folder: str) -> None:
    address = storage.joined(folder, "part.jsonl")
    assert storage.exists(address) is False
    assert storage.is_empty(folder) is True
    storage.write(address, b"one")
    storage.write(address, b"two")
    assert storage.exists(address) is True
    assert storage.is_empty(folder) is False
    assert storage.read(address) == b"two"
    system, path = storage.filesystem(folder)
    assert [str(name).rpartition("/")[2] for name in system.ls(path, detail=False)] == ["part.jsonl"]


def test_a_folder_is_removed_with_all_in_it(folder: str) -> None:
    storage.remove(folder)
    storage.write(storage.joined(folder, "a/b"), b"x")
    storage.remove(folder)
    assert storage.exists(storage.joined(folder, "a/b")) is False
    assert storage.is_empty(folder) is True


def test_an_empty_folder_is_empty(tmp_path: Path) -> None:
    assert storage.is_empty(str(tmp_path)) is True


def test_a_failure_leaves_the_old_file_and_no_rest(folder: str) -> None:
    address = storage.joined(folder, "part.jsonl")
    storage.write(address, b"old")
    with pytest.raises(RuntimeError), storage.replacing(address) as temporary:  # noqa: PT012 - mid-way
        temporary.write_bytes(b"half")
        raise RuntimeError
    assert storage.read(address) == b"old"
    system, path = storage.filesystem(folder)
    assert len(system.ls(path, detail=False)) == 1


def test_the_temporary_file_has_the_name_that_it_will_have(folder: str) -> None:
    with storage.replacing(storage.joined(folder, "part.parquet")) as temporary:
        assert temporary.name == "part.parquet"
        temporary.write_bytes(b"x")


def test_on_this_disk_it_is_written_beside_its_place_and_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (flushed.append(handle), real(handle))[1])
    with storage.replacing(str(tmp_path / "new" / "a")) as temporary:
        assert temporary.parent.parent == tmp_path / "new"
        assert temporary.parent.name.startswith(".writing-")
        temporary.write_bytes(b"x")
    assert len(flushed) == 1
    assert os.listdir(tmp_path / "new") == ["a"]  # noqa: PTH208 - every name, hidden ones too


def test_elsewhere_it_is_written_on_this_disk_first(remote: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: pytest.fail("nothing is kept here"))
    with storage.replacing(f"{remote}/a/b") as temporary:
        assert temporary.exists() is False
        temporary.write_bytes(b"x")
    assert temporary.exists() is False
    assert storage.read(f"{remote}/a/b") == b"x"


def test_an_address_as_another_process_knows_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Path(storage.absolute("part")) == tmp_path / "part"
    assert Path(storage.absolute(f"file://{tmp_path}/part")) == tmp_path / "part"
    assert storage.absolute("memory://x/part") == "memory://x/part"


@pytest.mark.parametrize(
    ("error", "said"), [(OSError(28, "No space left on device"), "No space left on device"), (OSError("odd"), "odd")]
)
def test_a_refusal_names_the_address(folder: str, error: OSError, said: str) -> None:
    address = storage.joined(folder, "a")
    with pytest.raises(OutputError) as told, storage.replacing(address):
        raise error
    assert str(told.value) == f"{address}: {said}"


def test_a_refusal_that_is_told_already_stays_as_it_is(folder: str) -> None:
    with pytest.raises(OutputError, match=r"^mine$"), storage.replacing(storage.joined(folder, "a")):
        raise OutputError("mine")


def test_a_driver_of_one_name_and_of_several(monkeypatch: pytest.MonkeyPatch) -> None:
    class Driver:
        protocol: str | tuple[str, ...] = "file"

    assert storage._protocols(Driver()) == ("file",)
    Driver.protocol = ("gs", "gcs")
    assert storage._protocols(Driver()) == ("gs", "gcs")
    assert "file" in storage._protocols(fsspec.filesystem("file"))
