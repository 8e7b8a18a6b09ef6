"""Articles and earlier outputs in which every field that anyone may write is one hostile string."""

# ruff: noqa: E501

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from mapper.codec import encode_line, to_record
from mapper.model import (
    Actor,
    Alternative,
    Analysis,
    Article,
    Event,
    EventDate,
    EventPlace,
    Segment,
    Span,
    Toponym,
    Trigger,
    Why,
    event_id,
)
from tests.samples import GAO, MALI, location


def day(number: int) -> date:
    """A day of its own for every event, far from all others, so that no two are taken for the same event."""
    return date(1995, 1, 5) + timedelta(days=10 * number)


def report(number: int) -> str:
    """A plain report, in which the program finds places and an event whatever stands before and after it."""
    when = day(3 * number)
    return f"Gunmen attacked a convoy in Gao, Mali, on {when.day} {when:%B} {when.year}. Timbuktu was calm."


def article(number: int, text: str) -> dict[str, Any]:
    """An article as a stranger may hand it in."""
    return {
        "id": f"{number} {text}"[:9_000], "title": f"{number} {text}", "text": f"{number} {text}\n\n{report(number)} {text}",
        "url": text, "source": text, "language": text, "published": str(day(3 * number + 1)), "author": text, "tags": [text],
    }  # fmt: skip


def analysis(number: int, text: str) -> Analysis:
    """An earlier output as a stranger may have made it: an event at a point, one in an area, one nowhere, and a place
    that is only mentioned."""
    head = f"{number} {text}"
    body = f"{head} met {text} there."
    who = Span(start=0, end=len(head))
    trigger = Span(start=len(head) + 1, end=len(head) + 4)
    odd_place = replace(GAO, id=f"user:{text}", name=head, lat=10.0 + number / 100, country_code=None)
    spots = (
        replace(location(GAO), place_id=f"user:{text}", name=head, lat=10.0 + number / 100),
        replace(location(MALI), name=head),
        None,
    )
    events = tuple(
        Event(
            id=event_id(f"{number} {kind}", trigger), type="CONSULT", mode=text,
            trigger=Trigger(start=trigger.start, end=trigger.end, text="met"), evidence=Span(start=0, end=len(body)),
            date=EventDate(
                start=str(day(3 * number + kind)), end=str(day(3 * number + kind)), precision="day", basis="explicit", text=text
            ),
            actors=(Actor(start=who.start, end=who.end, text=head, role="actor", country_code=text),),
            places=(EventPlace(toponym=0, role="happened_at"),), location=where, confidence=0.5, status="reported",
            cluster=None, why=Why(type=text, place=text, date=text),
        )
        for kind, where in enumerate(spots)
    )  # fmt: skip
    names = tuple(
        Toponym(
            start=who.start, end=who.end, text=head, kind="literal", place=place, stands_for=text, confidence=0.5,
            why=text, alternatives=(Alternative(id=text, name=text, lat=1.0, lon=2.0, country_code=text, score=0.5),),
        )
        for place in (odd_place, replace(odd_place, id=f"user:aside {text}", name=f"aside {text}"))
    )  # fmt: skip
    return Analysis(
        article=Article(
            id=head, text=body, title=head, url=text, source=text, published="2014-04-04", published_basis="given",
            language=text, segments=(Segment(start=0, end=len(body), kind="body"),),
        ),
        toponyms=names,
        events=events,
    )  # fmt: skip


def write_articles(path: Path, texts: Iterable[tuple[int, str]]) -> Path:
    path.write_bytes(b"".join(json.dumps(article(n, text)).encode() + b"\n" for n, text in texts))
    return path


def write_records(path: Path, texts: Iterable[tuple[int, str]]) -> Path:
    path.write_bytes(b"".join(encode_line(to_record(analysis(n, text))) for n, text in texts))
    return path
