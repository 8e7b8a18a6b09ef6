"""What of a page's tree is shown, element by element, and how its charset, title and parts are told."""

# ruff: noqa: E501, SIM905

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from mapper.articles import Limits
from mapper.articles import html as pages
from mapper.articles.draft import Draft
from mapper.articles.html import fragment_text, page_draft, read_html
from mapper.errors import InputError

STORY = "Gunmen attacked a convoy near the market town of Veld on Tuesday, the army said in a statement there."
OTHER = "It was the third attack this month in the central district, where fighters have been active for years."
NEVER = (
    "script style template noscript iframe object embed svg math canvas select button textarea audio video"
).split()
BLOCKS = "p h1 h2 h3 h4 blockquote li pre td dd dt".split()
HIDING = [
    "hidden", "hidden=''", "aria-hidden='true'", "style='display:none'", "style='DISPLAY : none'", "style='color:red;display:none'",
    "style='visibility:hidden'", "style='visibility : hidden'", "style='font-size:0'", "style='font-size: 0'",
    "style='font-size :0px'", "style='opacity:0'", "style='opacity : 0'", "style='opacity: 0.0'", "style='opacity:0;x:y'",
]  # fmt: skip
SHOWING = [
    "style='display:block'", "aria-hidden='false'", "class='hidden-x'", "style='font-size:09px'", "style='opacity:05'",
    "style='opacity:0.5'", "style='opacity:0.05'", "style='font-size:0.9em'", "title='hidden'",
]  # fmt: skip


def shown(body: str) -> str:
    tree = html.document_fromstring(f"<html><head><title>T</title></head><body>{body}</body></html>")
    pages._prune(tree)
    return " ".join(" ".join(str(piece) for piece in tree.itertext()).split())


@pytest.mark.parametrize("name", NEVER)
def test_elements_that_are_never_text(name: str) -> None:
    assert shown(f"<p>a</p><{name}>x</{name}><p>b</p>") == "a b"


def test_the_head_is_no_text() -> None:
    assert shown("<p>a</p>") == "a"


@pytest.mark.parametrize("how", HIDING)
def test_hidden_in_a_tree_and_in_a_fragment(how: str) -> None:
    assert shown(f"<p>a</p><div {how}><p>x</p></div><p>b</p>") == "a b"
    assert fragment_text(f"a<b {how}>x</b>b") == "ab"


@pytest.mark.parametrize("how", SHOWING)
def test_not_hidden_in_a_tree(how: str) -> None:
    assert shown(f"<p>a</p><div {how}><p>x</p></div><p>b</p>") == "a x b"


def test_a_whole_page_that_is_hidden_is_left_standing() -> None:
    tree = html.document_fromstring("<html hidden><body><p>a</p></body></html>")
    pages._prune(tree)
    assert "a" in tree.itertext()


def test_words_in_other_attributes_hide_nothing_of_a_fragment() -> None:
    assert fragment_text("a<b class='unhidden'>x</b>b") == "axb"
    assert fragment_text("a<b aria-hidden='true'>x</b>b") == "ab"
    assert fragment_text("a<b aria-hidden=true>x</b>b") == "ab"


@pytest.mark.parametrize("name", BLOCKS)
def test_each_block_is_a_paragraph(name: str) -> None:
    outer = {"li": "ul", "td": "table", "dd": "dl", "dt": "dl"}.get(name, "div")
    tree = html.document_fromstring(
        f"<body><article><{outer}><{name}>{STORY}<i>So</i>it was.</{name}><{name}>{OTHER}</{name}></{outer}></article></body>"
    )
    assert pages._paragraphs(tree) == f"{STORY} So it was.\n\n{OTHER}"


@pytest.mark.parametrize("name", ["article", "main"])
def test_the_article_of_a_page_goes_before_the_rest(name: str) -> None:
    tree = html.document_fromstring(f"<body><p>{OTHER}</p><{name}><p>{STORY}</p><p>{STORY}</p></{name}></body>")
    assert pages._paragraphs(tree) == f"{STORY}\n\n{STORY}"
    short = html.document_fromstring(f"<body><p>{OTHER}</p><{name}><p>Short.</p></{name}><p>{STORY}</p></body>")
    assert pages._paragraphs(short) == f"{OTHER}\n\nShort.\n\n{STORY}"


def test_without_blocks_every_piece_is_a_paragraph() -> None:
    assert pages._paragraphs(html.document_fromstring("<body><div>a<b>b</b></div>  <i>c</i></body>")) == "a\n\nb\n\nc"


@pytest.mark.parametrize(
    "declared",
    [
        '<meta charset="koi8-r">', "<meta charset=koi8-r>", "<META CHARSET='KOI8-R'>",
        '<meta http-equiv="Content-Type" content="text/html; charset = koi8-r">', '<?xml version="1.0" encoding="koi8-r"?>',
    ],
)  # fmt: skip
def test_a_declared_charset(declared: str) -> None:
    text = "Взрыв прогремел в столице во вторник, погибли пять человек, сообщили официальные лица и очевидцы событий."
    for before in ("", "<!-- x -->", " " * 3000):
        page = f"{before}{declared}<body><p>{text}</p></body>".encode("koi8-r")
        (draft,) = read_html(page, name="p", limits=Limits())
        assert isinstance(draft, Draft)
        assert text in draft.text


def test_a_page_may_be_as_large_as_the_limit() -> None:
    page = f"<p>{STORY}</p>".encode()
    assert list(read_html(page, name="p", limits=Limits(page=len(page))))
    with pytest.raises(InputError, match=f"a page larger than {len(page) - 1} bytes"):
        list(read_html(page, name="p", limits=Limits(page=len(page) - 1)))


def kinds(draft: Draft) -> list[tuple[str, str]]:
    return [(s.kind, s.of(draft.text)) for s in draft.segments]


def test_the_title_stands_before_the_text_once() -> None:
    title = "<title>Bomb kills five in Veld - The Post</title><meta property='og:site_name' content='The Post'>"
    draft = page_draft(f"<head>{title}</head><body><article><p>{STORY}</p><p>{OTHER}</p></article></body>", name="p")
    assert draft.text == f"Bomb kills five in Veld\n\n{STORY}\n\n{OTHER}"
    assert kinds(draft)[0] == ("headline", "Bomb kills five in Veld")
    again = page_draft(
        f"<head>{title}</head><body><article><p>Bomb kills five in Veld</p><p>{STORY}</p><p>{OTHER}</p></article></body>",
        name="p",
    )
    assert again.text.count("Bomb kills five in Veld") == 1


def test_captions_stand_at_the_end_and_only_so_many() -> None:
    figures = "".join(f"<figure><figcaption>Caption number {n} of many.</figcaption></figure>" for n in range(25))
    draft = page_draft(f"<body>{figures}<p>{STORY}</p><p>{OTHER}</p></body>", name="p")
    captions = [text for kind, text in kinds(draft) if kind == "caption"]
    assert captions == [f"Caption number {n} of many." for n in range(20)]
    assert draft.text.endswith("\n\nCaption number 19 of many.")


def test_what_would_end_the_parse_is_taken_out() -> None:
    draft = page_draft(f"<body><p>\x00{STORY}</p><p>a\ud800b {OTHER}</p></body>", name="p")
    assert STORY in draft.text
    assert OTHER in draft.text


def test_an_extraction_that_holds_less_than_the_page_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def extracted(text: str) -> Any:
        monkeypatch.setattr(pages, "_extract", lambda _: text)
        return page_draft(f"<body><p>{STORY}</p><p>{OTHER}</p></body>", name="p").text

    assert extracted("x" * 119) == f"{STORY}\n\n{OTHER}"
    assert extracted("x" * 120) == "x" * 120
    assert extracted("") == f"{STORY}\n\n{OTHER}"
