"""Tellings of one event in one article: one told by its country takes the town that another gives, nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapper.corrections import Corrections
from mapper.events.placing_merged import placed_together
from mapper.model import Analysis, Event, PlaceRef
from mapper.spill import Spill
from tests.samples import GAO, MALI, TIMBUKTU, analysis, location

TOWN = replace(analysis().events[0], id="a", cluster="a", location=location(GAO))
COUNTRY = location(MALI)
TOLD = replace(TOWN, id="b", location=COUNTRY)


def test_the_country_yields_to_a_place_in_it_and_says_so() -> None:
    town, told = placed_together([TOWN, TOLD])
    assert town == TOWN
    assert told.location == replace(location(GAO), basis="inherited")
    assert told.why.place == f'told as in Mali; more closely at "{TOWN.trigger.text}", the same event'
    assert told.why.type == TOLD.why.type


@pytest.mark.parametrize(
    "other",
    [
        replace(TOLD, cluster="b"),
        replace(TOLD, cluster=None),
        replace(TOLD, location=None),
        replace(TOLD, location=location(TIMBUKTU)),
        replace(TOLD, location=replace(COUNTRY, country_code="NE")),
        replace(TOLD, why=replace(TOLD.why, place="corrected by desk: only the country is known")),
    ],
    ids=["another event", "not merged", "unplaced", "another town", "another country", "corrected"],
)
def test_nothing_else_moves(other: Event) -> None:
    assert placed_together([TOWN, other]) == (TOWN, other)


def test_a_region_is_no_finer_place() -> None:
    region = replace(TOWN, location=replace(location(GAO), precision="region"))
    assert placed_together([region, TOLD]) == (region, TOLD)


def test_events_that_are_in_no_cluster_have_nothing_to_do_with_each_other() -> None:
    town, told = replace(TOWN, cluster=None), replace(TOLD, cluster=None)
    assert placed_together([town, told]) == (town, told)


def test_of_several_places_the_finest_and_of_those_the_first() -> None:
    province = replace(TOWN, id="c", location=replace(location(GAO), precision="admin1", name="Gao Region"))
    near = replace(TOWN, id="d", location=replace(location(GAO), name="Gao again"))
    (*_, told) = placed_together([province, TOWN, near, replace(TOLD, location=None), TOLD])
    assert told.location is not None
    assert (told.location.name, told.location.precision) == ("Gao", "settlement")


def nowhere(identifier: str) -> PlaceRef:
    raise KeyError(identifier)


def told_twice(first: Event, second: Event) -> Analysis:
    """An article whose events are told by one trigger word, so that they merge."""
    return replace(analysis(), events=(replace(first, cluster=None), replace(second, cluster=None)))


def test_what_commands_write_is_put_there_too() -> None:
    with Spill(corrections=Corrections(), place=nowhere) as spill:
        spill.add(told_twice(TOWN, TOLD))
        clusters = spill.cluster().regrouped({"a": "a", "b": "a"})
        (found,) = spill.analyses(clusters)
    assert [e.location.place_id for e in found.events if e.location] == [GAO.id, GAO.id]
    assert found.events[1].why.place.startswith("told as in Mali")


def test_what_is_no_one_event_is_written_as_it_was() -> None:
    with Spill(corrections=Corrections(), place=nowhere) as spill:
        spill.add(told_twice(TOWN, TOLD))
        (found,) = spill.analyses(spill.cluster().regrouped({"a": "a", "b": "b"}))
    assert [e.location for e in found.events] == [TOWN.location, TOLD.location]
