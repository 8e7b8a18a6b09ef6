"""One event, one cluster: what joins, what never does, and that the work stays near-linear."""

from __future__ import annotations

import datetime
import gc
import random
import tracemalloc
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.events import keystore, merge, reprints
from mapper.events.key import Key
from mapper.events.linkage import average_link, greedy_link
from mapper.events.reprints import Sketches, is_copy, sketch
from mapper.events.similarity import similarity
from tests.bench.merging import b_cubed, made_up

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


@pytest.mark.parametrize(
    "change",
    [{"days": (DAY + 5, DAY + 5)}, {"place": "p:timbuktu", "lat": 16.77, "lon": -3.01}],
    ids=["days", "town"],
)
def test_reports_made_on_one_pattern_are_of_different_events(change: dict[str, object]) -> None:
    other = replace(BASE, event="a", article="2", **change)  # type: ignore[arg-type]
    assert merge.score_of(BASE, other, {"2": "1"})[0] == 0.0
    assert merge.score_of(BASE, replace(BASE, event="a", article="2"), {"2": "1"})[0] == 1.0


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
    assert len(originals(a=STORY, b=copy)) == 1
    assert set(originals(a=STORY, b=copy).values()) <= {"a", "b"}


def originals(**texts: str) -> dict[str, str]:
    sketches = Sketches()
    for article, text in texts.items():
        sketches.add(article, text)
    return sketches.originals()


def test_other_stories_keep_their_own_voice() -> None:
    assert originals(a=STORY, b=OTHER, c="") == {}


def test_a_copy_of_a_copy_has_the_longest_ones_voice() -> None:
    head = STORY[: len(STORY) * 2 // 3]
    assert originals(c=head, a=STORY, b="Our own headline. " + head) == {"b": "a", "c": "a"}


def test_hundreds_of_like_bombings_do_not_become_one() -> None:
    keys, gold = merge.Keys(), {}
    for analysis, name in made_up(500):
        keys.add(analysis)
        gold[analysis.events[0].id] = name
    clusters = keys.cluster()
    precision, recall = b_cubed(gold, clusters)
    assert precision >= 0.95
    assert recall >= 0.95
    assert max(Counter(clusters.values()).values()) <= 6


def test_memory_stays_small_once_much_is_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keystore, "_IN_MEMORY", 1)
    monkeypatch.setattr(reprints, "_IN_MEMORY", 1)
    keys = merge.Keys()
    analyses = [analysis for analysis, _ in made_up(400)]
    for analysis in analyses[:100]:
        keys.add(analysis)
    gc.collect()
    tracemalloc.start()
    try:
        for analysis in analyses[100:]:
            keys.add(analysis)
        gc.collect()
        resident = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert resident / 300 < 1_000


def test_ids_of_another_make_are_grouped_as_well() -> None:
    again = replace(BASE, event="0123456789abcdef", article="2")
    assert merge.cluster([BASE, again]) == {"b": "0123456789abcdef", "0123456789abcdef": "0123456789abcdef"}


def test_a_chain_of_likes_is_not_one_event() -> None:
    import numpy as np

    n = 6
    scores = np.full((n, n), 0.05)
    for i in range(n - 1):
        scores[i, i + 1] = scores[i + 1, i] = 0.6
    assert max(map(len, average_link(scores, 0.35))) == 2


def test_what_rules_itself_out_is_never_together() -> None:
    import numpy as np

    scores = np.full((5, 5), 0.9)
    scores[0, 4] = scores[4, 0] = 0.0
    for group in (
        *average_link(scores, 0.35),
        *greedy_link(range(5), [(0, 1), (1, 4), (2, 3), (3, 4)], lambda a, b: scores[a, b], 0.35),
    ):
        assert not {0, 4} <= set(group)


def test_a_split_telling_gives_no_reason_any_more() -> None:
    clusters = merge.Clusters({"a": "a", "b": "a"}, {}, {"a": "same day", "b": "same day"})
    assert clusters.reasons == {"a": "same day", "b": "same day"}
    assert clusters.regrouped({"a": "a", "b": "b"}).reasons == {}


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.sampled_from(["market", "road", "camp"])), max_size=25),
    st.randoms(use_true_random=False),
)
def test_clusters_are_a_partition_named_by_their_smallest(
    rows: list[tuple[int, int, str]], draw: random.Random
) -> None:
    keys = [
        replace(
            BASE, event=f"{n:016x}", article=str(n), place=f"p:{town}", lat=16.0 + town, days=(DAY + day, DAY + day),
            distinct=frozenset({target, "convoy"}),
        )
        for n, (town, day, target) in enumerate(rows)
    ]  # fmt: skip
    clusters = merge.cluster(keys)
    groups: dict[str, set[str]] = {}
    for event, name in clusters.items():
        groups.setdefault(name, set()).add(event)
    assert set(clusters) == {k.event for k in keys}
    assert all(name == min(members) for name, members in groups.items())
    by_id = {k.event: k for k in keys}
    for members in groups.values():
        for a in members:
            for b in members:
                assert a == b or similarity(by_id[a], by_id[b])[0] > 0.0
    draw.shuffle(keys)
    assert merge.cluster(keys) == clusters


def test_one_sentence_tells_two_events_unless_it_names_one_twice() -> None:
    one = replace(BASE, lemmas=frozenset({"attack"}), figures=(("killed", 12, 12),))
    again = replace(one, event="a")
    assert similarity(one, again)[0] > 0.0
    for change in (
        {"lemmas": frozenset({"shell"})},
        {"figures": (("killed", 3, 3),)},
        {"place": None, "precision": None, "country": None, "lat": None, "lon": None},
    ):
        other = replace(again, **change)  # type: ignore[arg-type]
        assert similarity(one, other) == (0.0, "told apart in one sentence")
