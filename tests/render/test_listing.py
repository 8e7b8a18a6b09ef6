"""The list for readers without JavaScript: which events it holds, in which order, and every piece of its markup."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapper.model import EventDate, MappedEvent, MentionedPlace, Report, Why
from mapper.render import noscript
from mapper.render.noscript import MOST, Listing
from mapper.render.words import words
from tests.samples import GAO, MALI, location

ENGLISH = words("en")


def day(number: int) -> EventDate:
    text = f"2020-{1 + number // 28:02}-{1 + number % 28:02}"
    return EventDate(start=text, end=text, precision="day", basis="explicit")


REPORT = Report(
    event_id="e", article_id="a", title="T <b>", source="S & Co", url="https://example.org/?a=1&b=2", published=None,
    published_basis=None, language="en", type="CONSULT", evidence='They "met".', marks=(), date=None, location=None,
    alternatives=(), confidence=0.5, place_why="", why=Why(),
)  # fmt: skip


def event(name: str = "e", **changes: object) -> MappedEvent:
    plain = MappedEvent(
        id=name, type="CONSULT", mode=None, status="reported", date=day(0), actors=(), location=location(GAO),
        confidence=0.5, reports=(REPORT,), independent_sources=1,
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test's shorthand


def markup(*events: MappedEvent, mentioned: tuple[MentionedPlace, ...] = ()) -> str:
    listing = Listing()
    for one in events:
        listing.add(one)
    return listing.markup(mentioned, ENGLISH)


HEAD = f"<p>{noscript.text(ENGLISH.say('noscript'))}</p>"
PLACED = noscript.text(ENGLISH.say("list.events"))
UNPLACED = noscript.text(ENGLISH.say("list.unplaced"))


def test_an_event_to_the_letter() -> None:
    line = (
        '<li><b dir="auto">T &lt;b&gt;</b><br><bdi dir="auto">'
        f'{ENGLISH.type("CONSULT")}</bdi> · <bdi dir="auto">Gao</bdi> · <bdi dir="auto">2020-01-01</bdi> · '
        '<bdi dir="auto"><a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">S &amp; Co</a></bdi>'
        '<br><q dir="auto">They &quot;met&quot;.</q></li>'
    )
    assert markup(event()) == f"{HEAD}\n<h2>{PLACED}</h2>\n<ol>{line}</ol>"


def test_an_event_with_nothing_known_to_the_letter() -> None:
    bare = event(status="planned", date=None, location=None, reports=())
    line = (
        f'<li><b dir="auto">{ENGLISH.say("untitled")}</b><br><bdi dir="auto">{ENGLISH.type("CONSULT")}</bdi> · '
        f'<bdi dir="auto">{noscript.text(ENGLISH.say("place.unsaid"))}</bdi> · '
        f'<bdi dir="auto">{ENGLISH.say("date.none")}</bdi> · <bdi dir="auto">{ENGLISH.status("planned")}</bdi></li>'
    )
    assert markup(bare) == f"{HEAD}\n<h2>{UNPLACED}</h2>\n<ol>{line}</ol>"


def test_a_report_without_title_source_or_good_address() -> None:
    report = replace(REPORT, title=None, source=None, url="javascript:run()")
    listed = markup(event(reports=(report, REPORT)))
    assert '<li><b dir="auto">They &quot;met&quot;.</b><br>' in listed
    assert f'<bdi dir="auto">{ENGLISH.say("source")}</bdi></li>' in listed
    assert "<a" not in listed
    assert "<q" not in listed


@pytest.mark.parametrize("status", ["denied", "hypothetical", "background"])
def test_what_is_not_shown_at_first_is_not_listed(status: str) -> None:
    assert markup(event(status=status)) == HEAD


def test_placed_events_come_before_unplaced_ones_and_places_last() -> None:
    places = (MentionedPlace(place=replace(GAO, name="Gao <1>"), mentions=()), MentionedPlace(place=MALI, mentions=()))
    listed = markup(event("a", location=None), event("b"), mentioned=places)
    assert listed.index(f"<h2>{PLACED}</h2>") < listed.index(f"<h2>{UNPLACED}</h2>")
    assert listed.endswith(
        f"\n<h2>{noscript.text(ENGLISH.say('list.mentioned'))}</h2>\n"
        '<p><bdi dir="auto">Gao &lt;1&gt;</bdi>, <bdi dir="auto">Mali</bdi></p>'
    )


def test_no_more_places_than_events_are_named() -> None:
    many = tuple(MentionedPlace(place=replace(GAO, name=f"place {n}."), mentions=()) for n in range(MOST + 1))
    listed = markup(mentioned=many)
    assert f"place {MOST - 1}." in listed
    assert f"place {MOST}." not in listed


@pytest.mark.parametrize(("count", "more"), [(MOST, 0), (MOST + 1, 1), (30 * MOST, 29 * MOST)])
def test_the_newest_are_listed_and_the_rest_counted(count: int, more: int) -> None:
    # Of one day every ten, oldest first, then newest first: whatever order they come in, the same list.
    events = [
        event(f"{n:05}", date=day(n // 30), reports=(replace(REPORT, title=f"event {n}.", article_id=f"{n:05}"),))
        for n in range(count)
    ]
    listed = markup(*events)
    assert listed == markup(*reversed(events))
    assert listed.count("<li>") == MOST
    newest = max(n // 30 for n in range(count))
    assert listed.index(f"event {newest * 30}.") < listed.index(f"event {newest * 30 - 30}.")
    told = f"<p>{noscript.text(ENGLISH.say('list.more', n=more))}</p>"
    assert (told in listed) is (more > 0)
    assert listed.count("</p>") == 1 + (more > 0)


def test_the_undated_are_listed_after_the_dated() -> None:
    listed = markup(
        event("a", date=None, reports=(replace(REPORT, title="undated"),)),
        event("b", reports=(replace(REPORT, title="dated"),)),
    )
    assert listed.index("dated</b>") < listed.index("undated</b>")


def test_many_undated_ones_are_kept_too() -> None:
    events = [event(f"{n:05}", date=None) for n in range(20 * MOST + 5)]
    listed = markup(*events, event("dated"))
    assert listed.count("<li>") == MOST
    assert "2020-01-01" in listed


def test_the_kept_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    listing = Listing()
    for n in range(45 * MOST):
        listing.add(event(f"{n:05}"))
        assert len(listing._kept["list.events"]) <= 20 * MOST


def test_words_of_the_page_are_text_too() -> None:
    hostile = replace(
        ENGLISH,
        about=dict.fromkeys(ENGLISH.about, "<{n}>") | {"noscript": "<a>", "list.more": "<{n} more>"},
        page={**ENGLISH.page, "type.CONSULT": "<meet>"},
    )
    listing = Listing()
    for n in range(MOST + 1):
        listing.add(event(f"{n:05}", location=None))
    place = MentionedPlace(place=GAO, mentions=())
    hostile = replace(
        hostile, about={k: v.replace("{n}", "x") if k != "list.more" else v for k, v in hostile.about.items()}
    )
    listed = listing.markup((place,), hostile)
    assert listed.startswith("<p>&lt;a&gt;</p>\n<h2>&lt;x&gt;</h2>\n<ol><li>")
    assert "</li>\n<li>" in listed
    assert '<bdi dir="auto">&lt;meet&gt;</bdi> · <bdi dir="auto">&lt;x&gt;</bdi>' in listed
    assert "</ol>\n<p>&lt;1 more&gt;</p>\n<h2>&lt;x&gt;</h2>\n<p><bdi" in listed


def test_quotation_marks_cannot_end_an_attribute() -> None:
    assert noscript.text("\"'<>&") == "&quot;&#x27;&lt;&gt;&amp;"


@pytest.mark.parametrize("url", ["http://example.org", "HTTPS://example.org/a%20b"])
def test_addresses_of_the_web_are_kept_as_they_are(url: str) -> None:
    assert noscript.web_address(url) == url


@pytest.mark.parametrize(
    "url", [None, "http:///x", "https:x", "ftp://a", "http://a\x01b", "http://a b", "http://[", "x"]
)
def test_other_addresses_are_no_links(url: str | None) -> None:
    assert noscript.web_address(url) is None
