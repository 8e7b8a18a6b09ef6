"""The stage as a whole: given triggers, furniture, dates that an article does and does not allow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.events import EventCoder
from mapper.model import Article, Segment, Span, event_id

Code = Callable[..., Any]


def test_exactly_one_event_for_each_given_trigger(code: Code) -> None:
    text = "Gunmen attacked a convoy in Mali and then the sun shone on the hills."
    triggers = tuple(Span(start=text.index(w), end=text.index(w) + len(w)) for w in ("shone", "attacked", "hills"))
    _, events = code(text, "Mali", triggers=triggers)
    assert [(e.trigger.start, e.trigger.end) for e in events] == [(t.start, t.end) for t in triggers]
    assert [e.type for e in events] == ["OTHER", "ASSAULT", "OTHER"]
    assert [p.role for p in events[1].places] == ["happened_at"]


def test_ids_hang_on_the_text_and_the_trigger(code: Code) -> None:
    text = "Gunmen attacked a convoy."
    _, events = code(text)
    assert [e.id for e in events] == [event_id(text, Span(start=e.trigger.start, end=e.trigger.end)) for e in events]


def test_furniture_makes_no_event(code: Code) -> None:
    text = "Gunmen attacked a convoy.\n\nPhoto: riot police arrested protesters / agency"
    cut = text.index("Photo")
    segments = (Segment(start=0, end=cut, kind="body"), Segment(start=cut, end=len(text), kind="credit"))
    _, events = code(text, segments=segments)
    assert all(e.trigger.start < cut for e in events)


def test_undated_article_gives_no_year_of_its_own(code: Code) -> None:
    text = "Gunmen attacked a convoy on Thursday. Police arrested two men. A vote will be held on April 17."
    times, events = code(text, published=None)
    assert times
    assert all(t.from_ is None for t in times)
    assert all(e.date is None for e in events)


def test_an_undated_caption_is_not_dated_by_publication(code: Code) -> None:
    text = "Fighters stand guard in the city."
    _, events = code(text, segments=(Segment(start=0, end=len(text), kind="caption"),))
    assert events
    assert all(e.date is None for e in events)


def test_own_date_beats_publication_and_old_events_are_background(code: Code) -> None:
    _, events = code("Rebels attacked the base in 2006. Gunmen attacked a convoy on Wednesday. Police arrested a man.")
    old, new, bare = events
    assert (old.status, old.date.start, old.date.precision) == ("background", "2006-01-01", "year")
    assert (new.date.start, new.date.basis) == ("2020-09-30", "relative")
    assert (bare.date.start, bare.date.basis) == ("2020-09-30", "inferred")


def test_what_goes_on_has_no_end(code: Code) -> None:
    _, events = code("French troops are fighting rebels.", "French")
    assert events[0].date.end is None


def test_a_language_without_a_parser_gives_dates_but_no_events(code: Code) -> None:
    times, events = code("Homens armados atacaram um comboio no dia 3 de agosto de 2014.", language="pt")
    assert [t.from_ for t in times] == ["2014-08-03"]
    assert events == ()


def test_batches_do_not_change_answers(coder: EventCoder) -> None:
    articles = [
        Article(id=str(n), text=text, published="2020-10-01", language="en")
        for n, text in enumerate(["Gunmen attacked a convoy.", "Police arrested two men on Monday.", ""])
    ]
    together = coder.code([(a, ()) for a in articles])
    apart = [coder.code([(a, ())])[0] for a in articles]
    assert together == apart


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=120))
def test_any_text_can_be_coded(coder: EventCoder, text: str) -> None:
    ((times, events),) = coder.code([(Article(id="x", text=f"{text} attacked {text}", language="en"), ())])
    for e in events:
        assert e.evidence.start <= e.trigger.start < e.trigger.end <= e.evidence.end
    assert all(t.start < t.end for t in times)


def test_the_night_that_an_article_opens_with_dates_what_follows(code: Code) -> None:
    text = "Drones killed four people in Gao overnight, after a strike on a camp on 1 April. Two soldiers were wounded."
    _, events = code(text, "Gao", published="2024-04-14")
    dated = {e.trigger.text: e.date for e in events if e.date is not None}
    assert (dated["wounded"].start, dated["wounded"].end, dated["wounded"].basis) == (
        "2024-04-13", "2024-04-14", "inferred",
    )  # fmt: skip


def test_a_day_is_nobody_to_call_on(code: Code) -> None:
    _, events = code("They fired rockets in what they called on 1 April an answer to the raid.", published="2024-04-14")
    assert "REQUEST" not in {e.type for e in events}


def test_what_is_to_come_dates_nothing_that_has_been(code: Code) -> None:
    text = "The truce takes hold on Saturday. Shells hit a school. Six people were killed on Thursday."
    _, events = code(text, published="2020-10-09")
    told = [e.date.start for e in events if e.date is not None and e.status == "reported"]
    assert told
    assert max(told) <= "2020-10-09"


def test_what_happened_in_the_course_of_a_deed_has_its_date(code: Code) -> None:
    text = "Two months ago he led a mutiny in which his men seized the airport."
    _, events = code(text, published="2023-08-24")
    assert {e.date.start for e in events if e.date is not None} == {"2023-06-01"}
