"""Headlines With A Capital On Each Word are read as what they say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.events.headlines import titled, uncapitalised
from mapper.model import Span

Code = Callable[..., Any]
BODY = "\n\nThe men fled, and nobody has said who they were. Troops were sent to the town."


@pytest.mark.parametrize(
    ("headline", "type_"),
    [
        ("Shelling Kills Six Children", "ASSAULT"),
        ("Gunmen Storm Agency Headquarters, Kill Police Officers", "ASSAULT"),
        ("Minister Resigns Amid Criticism", "RETREAT"),
        ("Parliament Approves Aid Package", "AGREE"),
        ("Curfew Lifted After Agreement", "CONCEDE"),
        ("Thousands of Soldiers Deployed Along Border", "MOBILIZE"),
    ],
)
def test_the_event_of_a_headline_is_found(code: Code, headline: str, type_: str) -> None:
    _, events = code(headline + BODY)
    assert type_ in {e.type for e in events if e.status == "reported" and e.trigger.end <= len(headline)}


@pytest.mark.parametrize(
    "text",
    [
        "President Barack Obama met Prime Minister David Cameron on Friday.",
        "Gunmen killed six men in the market.",
        "Mali",
    ],
)
def test_prose_is_no_headline(text: str) -> None:
    assert not titled(text, Span(start=0, end=len(text)), "body")


def test_names_keep_their_capitals() -> None:
    headline = "General Storm Urges Talks in March"
    text = headline + "\n\nThe talks were urged by general Storm, who will leave in March or in April."
    written = uncapitalised(headline, text, Span(start=0, end=len(headline)), ())
    assert written == "General Storm urges talks in March"


def test_places_keep_their_capitals() -> None:
    headline = "Troops Leave Reading"
    assert uncapitalised(headline, headline, Span(start=0, end=20), [Span(start=13, end=20)]) == "Troops leave Reading"


@given(st.text(max_size=60), st.text(max_size=60))
def test_offsets_stay(headline: str, body: str) -> None:
    written = uncapitalised(headline, headline + body, Span(start=0, end=len(headline)), ())
    assert len(written) == len(headline)
    assert written.lower() == headline.lower()
