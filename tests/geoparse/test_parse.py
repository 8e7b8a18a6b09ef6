"""What the stage promises: spans, kinds, places, reasons."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.geoparse import Geoparser
from mapper.model import Article, Segment, Span, Toponym
from tests.geoparse.conftest import Parse

STORY = (
    "TIMBUKTU, Mali (AP) - Gunmen attacked the town of Gao in northern Mali on Tuesday, the Malian army said. "
    "Algiers said it would not send troops. The governor of the Bank of Algeria was in Paris, France. "
    "Visitors came from Paris, Texas, and from across the Sahel."
)


def named(toponyms: tuple[Toponym, ...], text: str) -> Toponym:
    return next(t for t in toponyms if t.text == text)


def test_toponyms_are_in_order_do_not_overlap_and_quote_the_text(parse: Parse) -> None:
    toponyms = parse(STORY)
    assert [t.text for t in toponyms] == [STORY[t.start : t.end] for t in toponyms]
    assert all(a.end <= b.start for a, b in itertools.pairwise(toponyms))


def test_places_are_found_and_resolved_by_their_company(parse: Parse) -> None:
    toponyms = parse(STORY)
    for name, country in (("TIMBUKTU", "ML"), ("Gao", "ML"), ("Mali", "ML")):
        place = named(toponyms, name).place
        assert place is not None
        assert place.country_code == country
    paris = [t.place.country_code for t in toponyms if t.text == "Paris" and t.place]
    assert paris == ["FR", "US"]


def test_countries_and_regions_are_areas(parse: Parse) -> None:
    toponyms = parse(STORY)
    for name in ("Mali", "Sahel"):
        place = named(toponyms, name).place
        assert place is not None
        assert place.footprint == "area"
    sahel = named(toponyms, "Sahel").place
    assert sahel is not None
    assert sahel.id.startswith("region:")


def test_kinds(parse: Parse) -> None:
    toponyms = parse(STORY)
    assert named(toponyms, "Malian").kind == "demonym"
    assert named(toponyms, "Algeria").kind == "embedded"
    assert named(toponyms, "Gao").kind == "literal"
    people = named(toponyms, "Malian").place
    assert people is not None
    assert people.country_code == "ML"


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Algeria condemned the attack on Monday and recalled its envoy.", "Algeria", "DZ"),
        ("Washington offers help to its partners, and Washington said it would pay.", "Washington", "US"),
    ],
)
def test_a_government_spoken_of_by_its_place_is_a_metonym(parse: Parse, text: str, name: str, code: str) -> None:
    found = named(parse(text), name)
    assert (found.kind, found.stands_for) == ("metonym", code)


def test_a_place_somebody_is_at_is_literal(parse: Parse) -> None:
    found = named(parse("The talks were held in Washington on Friday."), "Washington")
    assert (found.kind, found.stands_for) == ("literal", None)


@pytest.mark.parametrize(
    "text",
    ["Jordan Smith told the court on Monday that he had seen nothing.", "A witness, Jordan Smith, told the court so."],
)
def test_a_person_is_no_place(parse: Parse, text: str) -> None:
    assert not [t for t in parse(text) if t.kind in ("literal", "metonym")]


def test_an_outlets_own_name_is_no_place_of_the_story(parse: Parse) -> None:
    text = "US offers Algeria help - Islamic Invitation Turkey\n\nThe offer was made on Monday in Algiers."
    turkey = [t for t in parse(text) if t.text == "Turkey"]
    assert [t.kind for t in turkey] in ([], ["embedded"])


def test_every_answer_says_why_how_sure_and_what_else(parse: Parse) -> None:
    for toponym in parse(STORY):
        assert toponym.why
        assert 0 <= toponym.confidence <= 1
        assert round(toponym.confidence, 4) == toponym.confidence
        assert len(toponym.alternatives) <= 5
        assert all(round(a.score, 4) == a.score for a in toponym.alternatives)
        if toponym.place:
            assert toponym.place.id not in {a.id for a in toponym.alternatives}


def test_boilerplate_gives_no_place_to_events(parse: Parse) -> None:
    body, notice = "Clashes broke out in Bamako.", "Offices in London and New York"
    text = f"{body}\n{notice}"
    segments = (
        Segment(start=0, end=len(body), kind="body"),
        Segment(start=len(body) + 1, end=len(text), kind="boilerplate"),
    )
    toponyms = parse(text, segments=segments)
    assert [t.text for t in toponyms if t.kind != "embedded"] == ["Bamako"]


def test_capitals_are_read_as_the_same_words(parse: Parse) -> None:
    toponyms = parse(
        "GUNMEN ATTACKED A POLICE POST IN SAN SALVADOR AND ANOTHER NEAR SANTA ANA, EL SALVADOR, ON MONDAY."
    )
    assert {"SAN SALVADOR", "SANTA ANA", "EL SALVADOR"} <= {t.text for t in toponyms}
    place = named(toponyms, "SANTA ANA").place
    assert place is not None
    assert place.country_code == "SV"


def test_the_outlets_address_tells_where_its_city_is(parse: Parse) -> None:
    text = "The city council of Cambridge voted on Monday to close the bridge."
    at_home = parse(text, url="https://www.cambridge-news.co.uk/story")
    place = named(at_home, "Cambridge").place
    assert place is not None
    assert place.country_code == "GB"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(st.text(alphabet="Mali in Gao,. \n阿尔مل", max_size=60), st.data())
def test_given_mentions_are_answered_one_for_one(geoparser: Geoparser, text: str, data: st.DataObject) -> None:
    spans = []
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(text)))
        spans.append(Span(start=start, end=data.draw(st.integers(start, len(text)))))
    article = Article(id="a", text=text, language="en", mentions=tuple(spans))
    toponyms = geoparser.parse([article])[0]
    assert [(t.start, t.end) for t in toponyms] == [(s.start, s.end) for s in spans]


def test_a_batch_gives_what_its_articles_give_alone(geoparser: Geoparser) -> None:
    articles = [
        Article(id=str(n), text=text, language="en") for n, text in enumerate((STORY, "", "No names here.", STORY))
    ]
    together = geoparser.parse(articles)
    assert together == [geoparser.parse([article])[0] for article in articles]
    assert together[1] == together[2] == ()


@pytest.mark.parametrize(
    ("text", "name", "country", "kind"),
    [
        ("Russians voted on Sunday in an election that monitors criticised.", "Russians", "RU", "demonym"),
        ("Britain and France agreed on Monday to send ships to the gulf.", "Britain", "GB", None),
        ("The U.S. and Mexico signed the accord in Mexico City.", "U.S.", "US", None),
    ],
)
def test_everyday_names_of_countries_and_peoples(
    parse: Parse, text: str, name: str, country: str, kind: str | None
) -> None:
    found = named(parse(text), name)
    assert found.place is not None
    assert found.place.country_code == country
    assert kind is None or found.kind == kind


def test_a_capitals_policy_is_its_governments(parse: Parse) -> None:
    text = "Kerry pledged Washington’s “security assistance” to Algeria. Rain flooded Washington’s streets."
    first, second = (t for t in parse(text) if t.text == "Washington")
    assert (first.kind, first.stands_for) == ("metonym", "US")
    assert second.kind == "literal"


def test_names_are_neither_cut_short_nor_run_together(parse: Parse) -> None:
    text = "Trinidad and Tobago protested on Monday. Senator Ann Lee, D-Iowa City, spoke of US-Mexico trade."
    assert {"Trinidad and Tobago", "Iowa City", "US", "Mexico"} <= {t.text for t in parse(text)}
