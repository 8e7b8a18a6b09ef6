"""The pieces of a map in a frame: what is taken for a map, what is closed, what the snippet says."""

from __future__ import annotations

import pytest

from mapper.render import embedding

PAGE = (
    '<!DOCTYPE html>\n<html lang="en">\n<meta name="generator" content="geospatial-event-mapper">\n'
    '<title> A &amp; B\n&lt;c&gt; </title><details class="em-legend" id="em-legend" open>x</details>'
    '<i><html></i><details class="em-legend" id="em-legend" open>y</details><title>later</title>'
)


def test_only_pages_of_this_program_are_maps() -> None:
    assert embedding.is_map(PAGE) is True
    assert embedding.is_map(PAGE.replace("geospatial-event-mapper", "another")) is False
    assert embedding.is_map(" " + PAGE) is False
    assert embedding.is_map(PAGE.replace("<!DOCTYPE html>", "<p>")) is False
    far = f"<!DOCTYPE html>{' ' * 100_000}{PAGE}"
    assert embedding.is_map(far) is False, "a generator that far down is somebody's text"
    mark = '<meta name="generator" content="geospatial-event-mapper">'
    for room, found in ((0, True), (1, False)):
        head = "<!DOCTYPE html>" + " " * (100_000 - 15 - len(mark) + room)
        assert embedding.is_map(head + mark) is found


def test_reducing_marks_the_page_and_closes_its_legend_once() -> None:
    small = embedding.reduced(PAGE)
    assert small == PAGE.replace('<html lang="en">', '<html data-embed lang="en">').replace(
        'id="em-legend" open>x', 'id="em-legend">x'
    )
    assert embedding.reduced(small) == small


def test_words_about_reducing_in_the_text_are_no_mark() -> None:
    quoted = PAGE + "x" * 200 + "<html data-embed"
    assert embedding.reduced(quoted).startswith('<!DOCTYPE html>\n<html data-embed lang="en">')


@pytest.mark.parametrize("room", [0, 1])
def test_the_mark_is_looked_for_at_the_head(room: int) -> None:
    mark = "<html data-embed"
    page = " " * (200 - len(mark) + room) + mark
    assert (embedding.reduced(page) == page) is (room == 0)


def test_the_title_is_plain_text() -> None:
    assert embedding.title_of(PAGE) == "A & B\n<c>"
    assert embedding.title_of("<p>none</p>") == "Map"


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("a week/map 1.html", "a%20week/map%201.html"),
        ('x" onload="run()', "x%22%20onload%3D%22run%28%29"),
        ("javascript:run()", "javascript%3Arun%28%29"),
        ("ahttps://example.org", "ahttps%3A//example.org"),
        ("https://example.org/?a=1&b=<2>", "https://example.org/?a=1&amp;b=&lt;2&gt;"),
        ("http://example.org/%20", "http://example.org/%20"),
        ("httpss://example.org", "httpss%3A//example.org"),
        ('https://example.org/"x', "https://example.org/&quot;x"),
    ],
)
def test_the_snippet_to_the_letter(source: str, address: str) -> None:
    assert embedding.snippet(source, title="<A> & \"B\" 'C'", height=480) == (
        f'<iframe src="{address}" title="&lt;A&gt; &amp; &quot;B&quot; &#x27;C&#x27;" width="100%" height="480" '
        'style="border:0" loading="lazy" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox '
        'allow-downloads" referrerpolicy="no-referrer"></iframe>'
    )
