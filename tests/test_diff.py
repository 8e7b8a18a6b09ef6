"""What is new, updated, merged, split and retracted between two sets of events."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mapper.codec import plain
from mapper.diff import Diff, Known, diff, known
from mapper.eventmap import EventMapBuilder
from mapper.model import MappedEvent
from tests.samples import GAO, MALI, TEXT, analysis, event, location


def k(identifier: str, members: str | Mapping[str, str] = "", **facts: Any) -> Known:
    named = {m: f"anchor of {m}" for m in members or identifier} if isinstance(members, str) else members
    return Known(id=identifier, members=named, facts={"type": "AID"} | facts)


def told(result: Diff) -> list[tuple[str, str, str]]:
    return [(c.kind, "".join(o.id for o in c.before), "".join(n.id for n in c.after)) for c in result.changes]


def test_the_same_events_are_no_change() -> None:
    events = [k("a", "ab"), k("c")]
    assert diff(events, reversed(events)) == Diff(changes=(), unchanged=2)


def test_each_kind_of_change_is_told() -> None:
    before = [k("a"), k("b"), k("c", "cd"), k("e"), k("f"), k("g")]
    after = [k("a"), k("b", type="COERCE"), k("c"), k("d"), k("e", "ef"), k("h")]
    assert told(diff(before, after)) == [
        ("new", "", "h"),
        ("updated", "b", "b"),
        ("merged", "ef", "e"),
        ("split", "c", "cd"),
        ("retracted", "g", ""),
    ]
    assert diff(before, after).unchanged == 1
    assert [c.fields for c in diff(before, after).of("updated")] == [("type",)]


def test_another_telling_is_an_update_even_where_it_changes_the_id() -> None:
    (change,) = diff([k("m", "mn")], [k("a", "amn")]).changes
    assert (change.kind, change.fields) == ("updated", ("reports",))


def test_an_edited_article_is_known_by_its_words() -> None:
    (change,) = diff([k("a", {"a": "words"})], [k("z", {"z": "words"})]).changes
    assert (change.kind, change.fields) == ("updated", ("reports",))


def test_words_do_not_confuse_tellings_whose_ids_are_known() -> None:
    before = [k("a", {"a": "same words"}), k("b", {"b": "same words"})]
    assert diff(before, before) == Diff(changes=(), unchanged=2)


def mapped(*, where: Any = GAO, title: str = "Talks") -> MappedEvent:
    one = analysis("gao.txt", title=title)
    evidence = one.events[0].evidence.of(TEXT)
    builder = EventMapBuilder()
    changed = event(TEXT, "met", evidence, location=where and location(where), actors=one.events[0].actors)
    builder.add(replace(one, events=(changed,)), [])
    return builder.build(footprint=lambda _: None, attribution=()).events[0]  # type: ignore[arg-type, return-value]


def test_a_place_that_was_corrected_is_told_and_a_title_is_not() -> None:
    (change,) = diff([known(mapped())], [known(mapped(where=MALI))]).changes
    assert (change.kind, change.fields) == ("updated", ("place",))
    assert diff([known(mapped())], [known(mapped(title="Other"))]).changes == ()


def test_what_is_remembered_holds_no_sentence_and_survives_json() -> None:
    one = known(mapped())
    record = json.loads(json.dumps(plain((one.id, dict(one.members), dict(one.facts)))))
    assert Known(id=record[0], members=record[1], facts=record[2]) == one
    assert "elders" not in json.dumps(record)


EVENTS = st.lists(st.sampled_from("abcdefgh"), unique=True).flatmap(
    lambda members: st.lists(st.integers(0, 3), min_size=len(members), max_size=len(members)).map(
        lambda groups: [
            k(min(m for m, g in zip(members, groups, strict=True) if g == group),
              "".join(m for m, g in zip(members, groups, strict=True) if g == group))
            for group in sorted(set(groups))
        ]
    )
)  # fmt: skip


@given(EVENTS, EVENTS)
def test_every_event_is_accounted_for_and_undoing_mirrors(before: list[Known], after: list[Known]) -> None:
    there, back = diff(before, after), diff(after, before)
    olds = {one.id for change in there.changes for one in change.before}
    news = {one.id for change in there.changes for one in change.after}
    assert len(before) - len(olds) == len(after) - len(news) == there.unchanged == back.unchanged
    mirrored = {"new": "retracted", "retracted": "new", "merged": "split", "split": "merged", "updated": "updated"}
    assert sorted((mirrored[kind], n, o) for kind, o, n in told(there)) == sorted(told(back))
