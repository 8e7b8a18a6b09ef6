"""A long measurement in parts: each is measured once."""

from __future__ import annotations

from pathlib import Path

from tests.eval.parts import Parts


def test_a_part_is_measured_once_and_then_read(tmp_path: Path) -> None:
    assert Parts(tmp_path, None).part("lgl-dev", lambda: [["lgl-dev", "0.9"], [0.1, 3]]) == [
        ["lgl-dev", "0.9"],
        [0.1, 3],
    ]
    assert Parts(tmp_path, None).part("lgl-dev", lambda: None) == [["lgl-dev", "0.9"], [0.1, 3]]


def test_only_the_part_asked_for_is_measured(tmp_path: Path) -> None:
    parts = Parts(tmp_path, "halves")
    assert parts.part("lgl-dev", lambda: 1) is None
    assert parts.part("halves", lambda: 2) == 2
    assert sorted(file.name for file in tmp_path.iterdir()) == ["halves.json"]


def test_without_a_folder_nothing_is_kept() -> None:
    parts = Parts(None, None)
    assert [parts.part("speed", lambda: 1), parts.part("speed", lambda: 2)] == [1, 2]
