"""Merged events take the best of each telling; places merely mentioned stay apart from events."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from mapper.eventmap import MENTIONS_KEPT, EventMapBuilder
from mapper.model import Analysis, EventMap, Segment, Span
from tests.samples import MALI, TEXT, analysis, location, span

SENTENCES = (
    span(TEXT, "Talks in Gao"),
    span(TEXT, "Mali's minister met elders in Gao on 3 April 2014."),
    span(TEXT, "Timbuktu was calm."),
)


def built(*analyses: Analysis, builder: EventMapBuilder | None = None) -> EventMap:
    builder = builder or EventMapBuilder()
    for one in analyses:
        builder.add(one, SENTENCES)
    return builder.build(footprint=lambda _: box(0, 0, 1, 1), attribution=("GeoNames",))


def with_event(**changes: object) -> Analysis:
    one = analysis()
    return replace(one, events=(replace(one.events[0], **changes),))  # type: ignore[arg-type]  # a test's shorthand


def test_a_receipt_quotes_the_sentence_and_marks_the_words_that_decided() -> None:
    report = built(analysis()).events[0].reports[0]
    marked = {mark.kind: mark.of(report.evidence) for mark in report.marks}
    assert marked == {"trigger": "met", "place": "Gao", "date": "3 April 2014", "actor": "Mali's minister"}
    assert report.place_why == "named with Mali"
    assert [a.country_code for a in report.alternatives] == ["CN"]


def test_places_without_an_event_are_mentioned_and_places_with_one_are_not() -> None:
    drawn = built(analysis())
    assert [m.place.name for m in drawn.mentioned] == ["Timbuktu"]
    assert drawn.mentioned[0].mentions[0].sentence == "Timbuktu was calm."


def test_the_earliest_mentions_are_kept_whatever_order_articles_come_in() -> None:
    told = [analysis(f"{n:02d}", published=f"2014-04-{n:02d}") for n in range(1, 26)] + [analysis("00", published=None)]
    (place,) = built(*told).mentioned
    assert [mention.article_id for mention in place.mentions] == [f"{n:02d}" for n in range(1, MENTIONS_KEPT + 1)]
    for seed in range(3):
        shuffled = random.Random(seed).sample(told, len(told))
        assert built(*shuffled).mentioned == (place,)
    (place,) = built(told[-1], *told[:3]).mentioned
    assert [mention.article_id for mention in place.mentions] == ["01", "02", "03", "00"]


def test_a_place_whose_only_event_is_hidden_at_first_is_still_mentioned() -> None:
    assert {m.place.name for m in built(with_event(status="denied")).mentioned} == {"Gao", "Timbuktu"}


def test_governments_demonyms_and_page_furniture_are_no_places_mentioned() -> None:
    furniture = Segment(start=SENTENCES[2].start, end=SENTENCES[2].end, kind="boilerplate")
    one = analysis()
    one = replace(one, article=replace(one.article, segments=(*one.article.segments[:1], furniture)))
    assert built(one).mentioned == ()


def test_one_event_told_twice_is_one_with_two_reports_and_two_sources() -> None:
    first, second = analysis("a"), analysis("b", source="Other Daily")
    drawn = built(first, second)
    assert len(drawn.events) == 1
    assert [r.article_id for r in drawn.events[0].reports] == ["a", "b"]
    assert drawn.events[0].independent_sources == 2


def test_a_copy_is_not_a_second_voice() -> None:
    copies = EventMapBuilder(voices={"b": "a"})
    assert built(analysis("a"), analysis("b", source="Other Daily"), builder=copies).events[0].independent_sources == 1


def test_the_most_exact_place_wins_and_a_reported_telling_outweighs_a_recalled_one() -> None:
    vague = with_event(location=location(MALI), confidence=0.99, status="background", type="OTHER")
    drawn = built(vague, analysis("b")).events[0]
    assert drawn.location is not None
    assert (drawn.location.name, drawn.status, drawn.type) == ("Gao", "reported", "CONSULT")


def test_unplaced_stays_unplaced() -> None:
    drawn = built(with_event(location=None))
    assert drawn.events[0].location is None
    assert drawn.footprints == {}


def test_areas_come_with_their_footprint_and_points_without() -> None:
    assert list(built(with_event(location=location(MALI))).footprints) == [MALI.id]
    assert built(analysis()).footprints == {}


@given(st.data())
def test_marks_lie_inside_the_quotation_whatever_was_cut(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT)))
    end = data.draw(st.integers(start, len(TEXT)))
    report = built(with_event(evidence=Span(start=start, end=end))).events[0].reports[0]
    assert report.evidence == TEXT[start:end]
    assert all(0 <= mark.start < mark.end <= len(report.evidence) for mark in report.marks)
