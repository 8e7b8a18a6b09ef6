"""Which words of a page are shown, tag by tag, read straight through without a tree."""

# ruff: noqa: SIM905 - long lists of names

from __future__ import annotations

import re

import pytest

from mapper.articles.html import fragment_text
from mapper.articles.tags import words_of_page

HIDDEN = re.compile("hidden")
BREAKING = """
    address article aside blockquote br caption dd div dl dt figcaption figure form h1 h2 h3 h4 h5 h6 header hr li main
    ol p pre section table td th title tr ul
""".split()
UNSHOWN = """
    script style template noscript iframe object svg math select button textarea audio video canvas head nav footer
""".split()
VOID = "area base br col embed hr img input link meta source track wbr".split()


def words(page: str) -> str:
    return words_of_page(page, hidden=HIDDEN)


@pytest.mark.parametrize("name", BREAKING)
def test_a_block_stands_by_itself(name: str) -> None:
    assert words(f"a<{name}>b</{name}>c") == "a\n\nb\n\nc"
    assert words(f"a<{name.upper()} class='x'>b") == "a\n\nb"


@pytest.mark.parametrize("name", ["b", "i", "span", "a", "em", "abbr", "q", "html", "body", "x-tag", "o:p"])
def test_a_word_in_a_line_does_not(name: str) -> None:
    assert words(f"a<{name}>b</{name}>c") == "abc"


@pytest.mark.parametrize("name", UNSHOWN)
def test_what_is_never_shown(name: str) -> None:
    assert words(f"a<{name}>x</{name}>b") == "ab"
    assert words(f"a<{name.upper()} src='y'>x</{name.upper()}>b") == "ab"
    assert words(f"a<{name}>x") == "a"
    assert "z" in words(f"a</{name}>z")


@pytest.mark.parametrize("name", [n for n in UNSHOWN if n not in ("script", "style", "textarea")])
def test_one_within_another_of_its_name(name: str) -> None:
    assert words(f"a<{name}>x<{name}>y</{name}><p>z</p></{name}>b") == "ab"


@pytest.mark.parametrize("name", ["script", "style", "textarea"])
def test_nothing_opens_where_text_is_raw(name: str) -> None:
    assert words(f"a<{name}>if (1 <{name}> 2) <!-- </{name.upper()}>b") == "ab"
    assert words(f"a<{name}>x</p>y<div>z") == "a"


@pytest.mark.parametrize("name", VOID)
def test_an_element_without_content_hides_nothing_behind_it(name: str) -> None:
    assert "".join(words(f"a<{name} hidden>b").split()) == "ab"


@pytest.mark.parametrize("name", ["p", "div", "span"])
def test_a_hidden_element_is_skipped_to_its_own_end(name: str) -> None:
    assert words(f"a<{name} hidden>x<{name}>y</{name}>z</{name}>b") == "ab"
    assert words(f"a<{name} hidden>x<i>y</{name}>b") == "ab"
    assert words(f"a<{name} class=seen>b") in ("ab", "a\n\nb")
    assert words(f"</{name} hidden>b").strip() == "b"


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("a<!-- x <p> > -->b", "ab"),
        ("a<!-- x", "a"),
        ("a<!--->x-->b", "ab"),
        ("a<!--x--><!--y-->b", "ab"),
        ("a<!DOCTYPE html>b", "ab"),
        ("a<?xml version='1.0'?>b", "ab"),
        ("a<!x", "a"),
        ("1 < 2 <3 <", "1 < 2 <3 <"),
        ("a<p", "a\n\n"),
        ("a<p<b>c", "a\n\nc"),
        ("a <p class='x>y'>b", "a \n\ny'>b"),
        ("  a \n\t b  <p>  c", " a b \n\n c"),
        ("a&amp;lt;b&gt; &eacute;&#x41;", "a&lt;b> éA"),
        ("<svg hidden>x</svg hidden>b", "b"),
        ("<nav><p>x</p><!-- </nav> -->y</nav>b", "b"),
        ("", ""),
        ("plain", "plain"),
        ("a<!--x-->b<!--y-->c", "abc"),
        ("<p>a<!--", "\n\na"),
        ("a<!-->-->b", "ab"),
        ("<!-- x -->", ""),
        ("a<script>x</script><script>y</script>b", "ab"),
        ("a<textarea>x</textarea>b<textarea>y", "ab"),
    ],
)
def test_page_by_page(page: str, shown: str) -> None:
    assert words(page) == shown


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("a  &amp; b", "a & b"),
        ("1 < 2 &lt;p&gt;", "1 < 2 <p>"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("a</p> b", "a\n\nb"),
        ("a<!-- x -->b", "ab"),
        ("a<b style='display : none'>x</b>b", "ab"),
        ("a<b style='font-size:0px'>x</b>b", "ab"),
        ("a<b style='font-size:0.9em'>x</b>b", "axb"),
        ("a<b style='font-size:09px'>x</b>b", "axb"),
        ("a<b style='opacity:0'>x</b>b", "ab"),
        ("a<b style='opacity:0.5'>x</b>b", "axb"),
        ("a<b style='visibility:HIDDEN'>x</b>b", "ab"),
        ("a<b aria-hidden=true>x</b>b", "ab"),
        ('a<b aria-hidden="true">x</b>b', "ab"),
        ("a<b class=unhidden>x</b>b", "axb"),
        ("a<b class=hiddens>x</b>b", "axb"),
        ("a<b aria-hidden=false>x</b>b", "axb"),
        ('a<b aria-hidden="false">x</b>b', "axb"),
        ("a<b style='opacity:0.00'>x</b>b", "ab"),
    ],
)
def test_fragments_of_feeds_and_mails(fragment: str, text: str) -> None:
    assert fragment_text(fragment) == text
