"""Where a file is written before it is moved into place, and what is left of that: nothing."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from mapper.errors import OutputError
from mapper.files import replacing, write_text


def test_the_temporary_file_is_hidden_beside_its_place_and_of_its_format(tmp_path: Path) -> None:
    with replacing(tmp_path / "week.geojson") as temporary:
        assert temporary.parent == tmp_path
        assert temporary.name.startswith(".week.")
        assert temporary.suffix == ".geojson"
        temporary.write_bytes(b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["week.geojson"]


def test_a_name_as_long_as_names_may_be_still_has_room_for_the_temporary_one(tmp_path: Path) -> None:
    name = "n" * 240 + ".csv"
    with replacing(tmp_path / name) as temporary:
        assert temporary.name.startswith(f".{'n' * 40}.")
        temporary.write_bytes(b"x")
    assert (tmp_path / name).read_bytes() == b"x"


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="a system that lists a process's open files")
def test_no_file_stays_open(tmp_path: Path) -> None:
    write_text(tmp_path / "first", "x")
    before = len(list(Path("/dev/fd").iterdir()))
    for number in range(5):
        write_text(tmp_path / str(number), "x")
    assert len(list(Path("/dev/fd").iterdir())) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o027, 0o077])
def test_a_file_gets_the_mode_that_the_user_asked_for_and_the_mask_stays(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        write_text(tmp_path / "a", "x")
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o666 & ~mask


@pytest.mark.parametrize(
    ("error", "said"), [(OSError(28, "No space left on device"), "No space left on device"), (OSError("odd"), "odd")]
)
def test_a_system_that_gives_no_file_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(OutputError) as told:
        write_text(tmp_path / "a.csv", "x")
    assert str(told.value) == f"{tmp_path / 'a.csv'}: {said}"


def test_a_temporary_file_that_is_gone_already_is_no_second_failure(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), replacing(tmp_path / "a") as temporary:  # noqa: PT012 - the failure comes mid-way
        temporary.unlink()
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
