"""Copies are found alike, however few of the pairs that are none can be kept in mind."""

from __future__ import annotations

import random

import pytest

from mapper.events import reprints


def news(count: int) -> list[tuple[str, str]]:
    """Articles of one beginning and endings of their own, every fourth a shortened copy of the one before."""
    draw = random.Random(7)
    told: list[tuple[str, str]] = []
    for number in range(count):
        if number % 4 == 3:
            text = " ".join(told[-1][1].split()[:60])
        else:
            text = "The news agency of the region tells today: " + " ".join(
                f"word{draw.randint(0, 500)}" for _ in range(80)
            )
        told.append((f"{number:02d}", text))
    return told


@pytest.mark.parametrize("most", [1, 5])
def test_forgetting_pairs_changes_no_answer(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def found() -> dict[str, str]:
        sketches = reprints.Sketches()
        for identifier, text in news(40):
            sketches.add(identifier, text)
        return sketches.originals()

    whole = found()
    assert whole == {f"{number:02d}": f"{number - 1:02d}" for number in range(3, 40, 4)}
    monkeypatch.setattr(reprints, "_REMEMBERED", most)
    assert found() == whole
