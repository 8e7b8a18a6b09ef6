"""Items come back by the name of their group, whatever the names are."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.corrections import Corrections
from mapper.filters import Filter
from mapper.grouping import Groups
from mapper.model import PlaceRef
from mapper.spill import Spill
from tests.samples import analysis

ids = st.integers(0, 20).map(lambda n: f"{n:016x}")
names = ids | st.sampled_from(("", "a", "0" * 15, "0" * 17, "F" * 16, "é", "\udc80"))


@given(st.lists(ids, max_size=30) | st.lists(names, max_size=30))
def test_the_groups_by_name_with_their_items_in_order(given_names: list[str]) -> None:
    groups, expected = Groups(), defaultdict[str, list[int]](list)
    for number, name in enumerate(given_names):
        groups.append(name)
        expected[name].append(number)
    assert len(groups) == len(given_names)
    assert list(groups) == sorted(expected.items())


@pytest.mark.parametrize("held", [0, 1_000])
def test_what_is_left_out_is_the_same_in_memory_and_on_disk(held: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(identifier: str) -> PlaceRef:
        raise LookupError(identifier)

    monkeypatch.setattr("mapper.spill.HELD", held)
    first = analysis("one")
    with Spill(corrections=Corrections(), place=nowhere, wanted=Filter(countries=frozenset({"NE"}))) as spill:
        spill.add(first)
        clusters = spill.cluster()
        out = spill.left_out(clusters)
    assert out.clusters == {clusters[event.id] for event in first.events}
    assert out.reports == len(first.events) > 0
    assert out.places == {event.location.place_id for event in first.events if event.location}
