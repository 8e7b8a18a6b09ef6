"""Analyses full of text that means something to one format or another, and the outlines that they are drawn with."""

from __future__ import annotations

from dataclasses import replace

from shapely.geometry import MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from mapper.model import Actor, Alternative, Analysis, Article, Event, Span, Toponym, Trigger, event_id
from tests.samples import GAO, MALI, analysis, location

# An outer ring that runs clockwise, with a hole, and coordinates finer than anyone knows them.
MALI_OUTLINE = MultiPolygon(
    [
        Polygon(
            [(-12.123456789, 10), (-12, 25), (4, 25), (4, 10), (-12.123456789, 10)],
            [[(0, 15), (1, 15), (1, 16), (0, 16), (0, 15)]],
        ),
        box(5, 10, 6, 11),
    ]
)

STRINGS = (
    "plain",
    "=1+1",
    '=HYPERLINK("http://example.org/","x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "'quoted",
    "''=1",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    '";=1',
    'a;=1;"=2',
    "\uff1d1",
    "\u202e=1",
    "<b>bold</b>",
    "<script>canary()</script>",
    "&lt;script&gt;",
    "&amp;",
    "]]>",
    "<![CDATA[x]]>",
    "--><!--",
    "$[name] $[description]",
    "_x0041_ _x005F_",
    'a,"b",c',
    "two\nlines",
    "two\r\nlines",
    "three\rlines",
    "tab\tbed",
    "nul\0inside",
    "\0",
    "".join(map(chr, range(32))),
    "\x7f\x80\x85\x9f",
    "\u2028\u2029",
    "\u202ebidi\u2066\u200b\u200d",
    "\ufeffmark",
    "\ufffe\uffff",
    "lone \ud800 high",
    "lone \udfff low",
    "😀 \U0010ffff",
    "é e\u0301 ا العربية 漢字",
    "{{ 7 * 7 }} {% for %} ${7*7} `x`",
    "javascript:canary()",
    "../../etc/passwd",
    "__proto__",
    "NaN",
    "null",
    "2014-04-03",
    "1e5",
    "007",
    "",
    " ",
    "x" * 40_000,
)


def footprint(place_id: str) -> BaseGeometry:
    if place_id == MALI.id:
        return MALI_OUTLINE
    if place_id == "geonames:0":
        return Point()
    raise KeyError(place_id)


def hostile(text: str, number: int) -> Analysis:
    """An article in which every field that anyone may write is ``text``: one event at a point, one in an area, one
    in an area whose outline is not known, one nowhere."""
    body = f"{text} met {text}"
    trigger = Span(start=len(text) + 1, end=len(text) + 4)
    whole = Span(start=0, end=len(body))
    there = location(GAO), location(MALI), replace(location(MALI), place_id="user:none", name=text), None
    plain = analysis().events[0]
    events = tuple(
        Event(
            id=event_id(f"{number} {kind}", trigger), type="CONSULT", mode=None,
            trigger=Trigger(start=trigger.start, end=trigger.end, text="met"), evidence=whole, date=plain.date,
            actors=(Actor(start=0, end=len(text), text=text, role="actor", country_code=None),), places=(),
            location=where, confidence=0.25, status="planned", cluster=event_id(f"{number} 0", trigger), why=plain.why,
        )
        for kind, where in enumerate(there)
    )  # fmt: skip
    return Analysis(
        article=Article(
            id=f"{number} {text}", text=body, title=text, url=text, source=text, published=text, language=text
        ),
        toponyms=(
            Toponym(
                start=0, end=len(text), text=text, kind="literal", confidence=0.5, why=text,
                place=replace(GAO, id=f"user:{text}", name=text),
                alternatives=(
                    Alternative(id=text, name=text, lat=1.0, lon=2.0, country_code=None, score=0.5),
                ),
            ),
        ),
        events=events,
    )  # fmt: skip


def corpus() -> list[Analysis]:
    quiet = [Analysis(article=Article(id=identifier, text="Nothing happened.")) for identifier in "abc"]
    return [analysis(), *(hostile(text, number) for number, text in enumerate(STRINGS)), analysis("again.txt"), *quiet]
