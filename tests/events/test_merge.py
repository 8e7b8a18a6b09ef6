"""One event, one cluster: what joins, what never does, and that the work stays near-linear."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace

import pytest

from mapper.events import merge
from mapper.events.key import Key
from mapper.events.reprints import is_copy, originals, sketch
from mapper.events.similarity import similarity

DAY = datetime.date(2020, 10, 1).toordinal()
BASE = Key(
    event="b", article="1", sentence=0, type="ASSAULT", mode="firearms", status="reported", place="p:gao",
    precision="settlement", country="ML", lat=16.27, lon=-0.04, days=(DAY, DAY), inferred=False,
    actors=frozenset({"gunmen"}), recipients=frozenset({"soldiers"}), countries=frozenset(), trigger="attack",
    words=frozenset(["gunmen", "attacked", "soldiers", "convoy", "road", "outside", "town"]),
)  # fmt: skip


def test_two_tellings_are_one_event_named_by_the_smallest_id() -> None:
    again = replace(BASE, event="a", article="2", words=BASE.words - {"road"})
    assert merge.cluster([BASE, again]) == {"a": "a", "b": "a"}


@pytest.mark.parametrize(
    "change",
    [
        {"days": (DAY + 5, DAY + 5)},
        {"place": "p:timbuktu", "lat": 16.77, "lon": -3.01},
        {"country": "NE", "place": "p:niamey"},
        {"type": "ELECTION"},
        {"status": "denied"},
        {"actors": BASE.recipients, "recipients": BASE.actors},
    ],
    ids=["days", "town", "country", "type", "denied", "sides"],
)
def test_vetoes(change: dict[str, object]) -> None:
    other = replace(BASE, event="a", article="2", **change)  # type: ignore[arg-type]
    assert merge.cluster([BASE, other]) == {"a": "a", "b": "b"}
    assert similarity(BASE, other)[0] == 0.0


def test_order_does_not_matter() -> None:
    keys = [replace(BASE, event=f"{n:02}", article=str(n), days=(DAY + n % 3 * 7, DAY + n % 3 * 7)) for n in range(12)]
    expected = merge.cluster(keys)
    for seed in range(3):
        shuffled = keys[:]
        random.Random(seed).shuffle(shuffled)
        assert merge.cluster(shuffled) == expected
    assert len(set(expected.values())) == 3


def test_events_far_apart_are_never_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counting(a: Key, b: Key) -> tuple[float, str]:
        nonlocal compared
        compared += 1
        return similarity(a, b)

    monkeypatch.setattr(merge, "similarity", counting)
    countries = ["ML", "NE", "BF", "TD", "NG"]
    keys = [
        replace(
            BASE, event=f"{n:05}", article=str(n), country=countries[n % 5], place=f"p:{n % 5}",
            days=(DAY + n // 5 * 10, DAY + n // 5 * 10),
        )
        for n in range(2000)
    ]  # fmt: skip
    merge.cluster(keys)
    assert compared < 4 * len(keys)


def test_corrections_can_regroup() -> None:
    clusters = merge.Clusters({"a": "a", "b": "a"}, {"2": "1"})
    split = clusters.regrouped({"a": "a", "b": "b"})
    assert split["b"] == "b"
    assert split.voices == {"2": "1"}


STORY = " ".join(
    f"On day {n} the council of the harbour town debated item {n * 7 % 31} while {n * 3 % 11} boats waited outside."
    for n in range(40)
)
OTHER = " ".join(
    f"Farmers in valley {n} sold {n * 5 % 17} goats at the {n}th market although rain {n * 2 % 9} had spoiled roads."
    for n in range(40)
)


@pytest.mark.parametrize(
    "copy",
    [
        STORY,
        "A new headline\n\n" + STORY,
        STORY[: len(STORY) // 2],
        STORY[len(STORY) // 3 :],
        STORY.replace("harbour", "seaside"),
        STORY + "\n\nMore from our partners and a note on cookies.",
    ],
    ids=["same", "headline", "half", "tail", "edited", "footer"],
)
def test_copies_count_as_one_voice(copy: str) -> None:
    assert is_copy(sketch(STORY), sketch(copy))
    assert set(originals({"a": sketch(STORY), "b": sketch(copy)}).values()) <= {"a", "b"}
    assert len(originals({"a": sketch(STORY), "b": sketch(copy)})) == 1


def test_other_stories_keep_their_own_voice() -> None:
    assert originals({"a": sketch(STORY), "b": sketch(OTHER), "c": sketch("")}) == {}
