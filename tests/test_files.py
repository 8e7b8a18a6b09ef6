"""Files appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mapper.errors import OutputError
from mapper.files import is_special, replacing, write_text


def test_a_file_is_written_with_its_folder_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "map.html"
    write_text(path, "a\nb é")
    assert path.read_bytes() == "a\nb é".encode()
    assert [p.name for p in path.parent.iterdir()] == ["map.html"]


def test_a_failure_on_the_way_leaves_the_old_file_and_no_rest(tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    path.write_text("old", "utf-8")
    with pytest.raises(RuntimeError), replacing(path) as temporary:  # noqa: PT012 - the failure comes mid-way
        temporary.write_text("half", "utf-8")
        raise RuntimeError
    assert path.read_text("utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["map.html"]


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_refusing_system_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((os, "fsync", refuse) if failing == "fsync" else (Path, "replace", refuse)))
    with pytest.raises(OutputError, match=r"map\.html: No space left on device"):
        write_text(tmp_path / "map.html", "new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        write_text(tmp_path, "x")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_others_may_read_the_file_as_they_may_read_any(tmp_path: Path) -> None:
    write_text(tmp_path / "a", "x")
    (tmp_path / "b").write_text("x", "utf-8")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_a_name_with_a_nul_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="NUL"):
        write_text(tmp_path / "a\0b", "x")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes of POSIX")
def test_a_pipe_is_special_and_is_not_written_over(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert is_special(pipe) is True
    with pytest.raises(OutputError, match="no plain file"):
        write_text(pipe, "x")
    assert is_special(pipe)


def test_files_folders_and_nothing_are_not_special(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "file", tmp_path / "none", tmp_path / ("x" * 5_000), Path("nul\0")):
        assert is_special(path) is False


def test_folders_within_folders_are_made_and_used_again(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        write_text(tmp_path / "a" / "b" / "c" / name, "x")
    assert sorted(path.name for path in (tmp_path / "a" / "b" / "c").iterdir()) == ["one.txt", "two.txt"]
