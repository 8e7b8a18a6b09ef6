"""What is put on a shelf comes back as it was, from memory and from disk alike."""

from __future__ import annotations

import tempfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import OutputError
from mapper.eventmap import EventMapBuilder
from mapper.model import Actor
from mapper.shelf import Shelf
from tests.samples import analysis
from tests.test_eventmap import built, with_event

# Texts of every kind, lone surrogates included: articles hold them.
texts = st.text(st.characters(), max_size=12)
actors = st.builds(
    Actor,
    start=st.integers(0, 9),
    end=st.integers(10, 99),
    text=texts,
    role=st.sampled_from(("actor", "recipient")),
    country_code=st.none() | texts,
)


@given(st.lists(actors, max_size=12), st.integers(0, 6))
def test_values_come_back_in_order_whether_held_or_not(values: list[Actor], held: int) -> None:
    shelf = Shelf(Actor, held=held)
    for value in values:
        shelf.append(value)
    assert list(shelf) == values
    assert list(reversed(shelf)) == values[::-1]
    assert len(shelf) == len(values)
    assert shelf[1:7:2] == values[1:7:2]
    assert shelf.full == (len(values) >= held)


def test_the_last_is_found_from_the_end_and_nothing_beyond() -> None:
    shelf = Shelf(Actor, held=1)
    values = [Actor(start=0, end=1, text=text, role="actor") for text in "abc"]
    for value in values:
        shelf.append(value)
    assert shelf[-1] == values[2]
    for index in (3, -4):
        with pytest.raises(IndexError):
            shelf[index]


def test_a_value_may_be_read_between_two_that_are_put() -> None:
    shelf = Shelf(Actor, held=0)
    for number, text in enumerate("abcd"):
        shelf.append(Actor(start=0, end=1, text=text, role="actor"))
        assert shelf[number // 2].text == "abcd"[number // 2]


def test_a_full_disk_is_told_by_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    with pytest.raises(OutputError, match=r"temporary file in .*: No space left on device"):
        Shelf(Actor, held=0).append(Actor(start=0, end=1, text="a", role="actor"))


def test_a_map_is_the_same_whether_its_events_were_held_or_not() -> None:
    one = analysis()
    told = [one, with_event(id="00000000000000aa", cluster=one.events[0].id, confidence=0.2)]
    told += [with_event(id=f"{number:016x}", cluster=f"{number:016x}", status="denied") for number in range(5)]
    held = built(*told)
    for some in (0, 1, 3):
        kept = built(*told, builder=EventMapBuilder(held=some))
        assert tuple(kept.events) == held.events
        assert (kept.mentioned, kept.footprints.keys()) == (held.mentioned, held.footprints.keys())
