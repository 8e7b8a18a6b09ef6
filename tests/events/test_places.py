"""Where events are put, and above all where they are not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mapper.events import EventCoder, merge
from mapper.model import Analysis, Article
from tests.events.conftest import toponym

Code = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "names", "where", "precision"),
    [
        ("Gunmen attacked a convoy near Gao on Monday.", ["Gao"], "Gao", "near"),
        ("A bomb exploded in Timbuktu, Mali, on Monday.", ["Timbuktu", "Mali"], "Timbuktu", "settlement"),
        ("In Tunis, police arrested three men on Monday.", ["Tunis"], "Tunis", "settlement"),
        ("Rebels captured Gao on Monday.", ["Gao"], "Gao", "settlement"),
        ("The minister visited Algeria on Monday.", ["Algeria"], "Algeria", "country"),
        ("Fighting broke out in Mali on Monday.", ["Mali"], "Mali", "country"),
        ("He spoke of Mali, where French troops are fighting rebels.", ["Mali", "French"], "Mali", "country"),
        ("The two leaders met in Geneva for talks on Libya.", ["Geneva", "Libya"], "Geneva", "settlement"),
    ],
)
def test_placed_where_it_happened(code: Code, text: str, names: list[str], where: str, precision: str) -> None:
    _, events = code(text, *names)
    placed = [e.location for e in events if e.location is not None]
    assert placed
    assert {(p.name, p.precision) for p in placed} == {(where, precision)}
    assert all(p.basis == "stated" for p in placed)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Washington offered the rebels talks.", [("Washington", "metonym")]),
        ("Washington condemned the attack on the camp.", [("Washington", "metonym")]),
        ("Paris accused the junta of lying.", [("Paris", "metonym")]),
        ("The Algerian minister accused the rebels of lying.", ["Algerian"]),
        ("French soldiers killed two rebels.", ["French"]),
        ("French soldiers attacked a convoy, Reuters reported.", ["French", ("Reuters", "embedded")]),
        ("The Algerian army deployed tanks along the border.", ["Algerian"]),
        ("Islamic Invitation Turkey said gunmen attacked a convoy.", [("Turkey", "embedded")]),
        ("The US Secretary of Defence praised the army.", [("US", "metonym")]),
        ("Officials held talks on the Sahel.", ["Sahel"]),
        ("The explosion, which was heard in Tunis, killed six people.", ["Tunis"]),
        ("The explosion was heard in Tunis.", ["Tunis"]),
        ("He walked to Tunis before the election.", ["Tunis"]),
        ("Capt. Adam Reed of Tunis was killed the same day.", ["Tunis"]),
        ("Six villagers, forgotten by Tunis, were killed.", ["Tunis"]),
        ("Capt. Adam Reed, 21, of Tunis, was killed the same day.", ["Tunis"]),
        ("A motorcycle crash on Reuters Avenue killed a passenger.", [("Reuters Avenue", "embedded")]),
        ("He fell ill before the summit, and rain came down in Tunis.", ["Tunis"]),
        ("The quake, which was felt in Tunis, killed six people.", ["Tunis"]),
        ("The minister discussed security in the Sahel.", ["Sahel"]),
        ("Gunmen killed six villagers, an official in Paris said.", ["Paris"]),
        ("Six villagers were killed by gunmen, a spokesman told reporters in Washington.", ["Washington"]),
        ("Speaking in Geneva, the envoy said gunmen had killed six villagers.", ["Geneva"]),
        ("In a statement issued in Paris, the group said gunmen had killed six villagers.", ["Paris"]),
        ("Gunmen killed six villagers, the army said at a news conference in Washington.", ["Washington"]),
        ("Police said in Tunis on Monday that a bomb had killed six people.", ["Tunis"]),
        ("A French journalist was kidnapped by gunmen.", ["French"]),
        ("Algerian troops and French officers arrested four men.", ["Algerian", "French"]),
        ("Tunis recalled its ambassador.", [("Tunis", "metonym")]),
        ("Paris threatened to impose sanctions on the junta.", [("Paris", "metonym")]),
        ("Gunmen attacked a convoy, according to Radio Algeria.", [("Algeria", "embedded")]),
        ("The Bank of Algeria said robbers had killed two guards.", [("Algeria", "embedded")]),
        ("The Paris-based group condemned the killing of six villagers.", [("Paris", "embedded")]),
        ("Officials urged restraint over the fighting, Washington said.", [("Washington", "metonym")]),
    ],
)
def test_never_placed_by_actor_speaker_outlet_or_theme(code: Code, text: str, names: list[Any]) -> None:
    _, events = code(text, *names)
    assert events
    assert [e.location for e in events if e.location is not None] == []


def test_where_police_speak_of_a_place_it_stays_the_place(code: Code) -> None:
    for text in ("A bomb killed six people, police said, in Gao.", "Police said that a bomb killed six people in Gao."):
        _, events = code(text, "Gao")
        assert {e.location.name for e in events if e.location} == {"Gao"}


def test_a_dateline_alone_places_nothing(code: Code) -> None:
    _, events = code("Paris (AFP) - Gunmen killed six people in a raid.", "Paris")
    assert events
    assert all(e.location is None for e in events)


@pytest.mark.parametrize(
    "text",
    [
        "Algerian protesters marched through the streets.",
        "The Algerian president resigned on Monday.",
        "Algerian voters went to the polls.",
    ],
)
def test_domestic_events_take_the_demonyms_country_marked_inferred(code: Code, text: str) -> None:
    _, events = code(text, "Algerian")
    located = [e.location for e in events if e.location is not None]
    assert located
    assert {(p.country_code, p.basis, p.precision) for p in located} == {("DZ", "inferred", "country")}


def test_the_one_exception_yields_to_a_named_place(code: Code) -> None:
    _, events = code("Algerian protesters marched in Paris.", "Algerian", "Paris")
    assert {e.location.name for e in events if e.location} == {"Paris"}


def test_a_wider_region_is_never_inherited(code: Code) -> None:
    text = "Fighting raged across the Sahel on Monday. Two soldiers were killed."
    _, events = code(text, "Sahel")
    assert all(e.location is None for e in events if e.evidence.start > 0)


def test_roles_of_origin_and_destination(code: Code) -> None:
    text = "The minister flew from Tunis to Paris on Monday."
    _, events = code(text, "Tunis", "Paris")
    roles = {p.toponym: p.role for e in events for p in e.places}
    assert roles[0] == "origin"
    assert roles[1] in {"destination", "happened_at"}


@pytest.mark.parametrize(
    "site", ["a cemetery", "a military hospital", "the graves of fallen soldiers", "a steel plant"]
)
def test_a_visit_to_a_site_is_told_apart_from_a_meeting(code: Code, site: str) -> None:
    text = f"The French envoy visited {site} in Tunis on Monday. He met Tunisia's president on Monday."
    _, events = code(text, "French", "Tunis", ("Tunisia", "metonym"))
    article = Article(id="a", text=text, published="2020-10-01")
    keys = merge.Keys()
    keys.add(Analysis(article=article, events=events))
    visit = next(e for e in events if e.mode == "visit")
    meeting = next(e for e in events if e.trigger.text == "met")
    assert visit.location.name == "Tunis"
    assert meeting.location is None or meeting.location.name != "Tunis"
    assert keys.cluster()[visit.id] != keys.cluster()[meeting.id]


def test_a_visit_to_someone_lends_its_place_to_the_meeting(code: Code) -> None:
    _, events = code("The French envoy visited Tunisia on Monday. He met Tunisia's president.", "French", "Tunisia")
    assert {e.location.name for e in events if e.location} == {"Tunisia"}


@pytest.mark.parametrize(
    "text",
    [
        "The minister visits the graves of soldiers who were killed during World War II.",
        "The president laid a wreath for men killed in World War II.",
    ],
)
def test_honouring_the_dead_of_a_war_is_no_event_of_it(code: Code, text: str) -> None:
    _, events = code(text)
    assert all(e.status == "background" for e in events if e.type == "ASSAULT")
    assert all(e.status != "background" for e in events if e.type != "ASSAULT")


@pytest.mark.parametrize(
    ("kind", "confidence", "drawn"),
    [("literal", 0.3, True), ("literal", 0.2, False), ("embedded", 0.45, False)],
)
def test_a_place_that_is_hardly_sure_draws_nothing(
    coder: EventCoder, kind: str, confidence: float, drawn: bool
) -> None:
    text = "A bomb exploded in Gao on Monday."
    named = replace(toponym(text, "Gao", kind), confidence=confidence)
    _, events = coder.code([(Article(id="a", text=text, language="en"), (named,))])[0]
    assert [e.location is not None for e in events] == [drawn]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("A bomb exploded in the Gao district of Tunis on Monday.", "Tunis"),
        ("A bomb exploded in Tunis's Gao district on Monday.", "Tunis"),
        ("A bomb exploded in the Gao district of Timbuktu on Monday.", "Gao"),
    ],
)
def test_a_part_that_lies_abroad_gives_way_to_its_whole(code: Code, text: str, where: str) -> None:
    _, events = code(text, "Gao", "Tunis" if "Tunis" in text else "Timbuktu")
    assert [e.location.name for e in events if e.location] == [where]


def test_where_they_were_taken_is_not_where_they_were_freed(code: Code) -> None:
    _, events = code("Forty pupils kidnapped last week from a school in Gao were freed on Thursday.", "Gao")
    assert {e.trigger.text: e.location.name if e.location else None for e in events} == {
        "kidnapped": "Gao",
        "freed": None,
    }
