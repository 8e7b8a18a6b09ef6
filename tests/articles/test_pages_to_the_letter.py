"""What becomes of a page, to the letter: its limits, what the libraries are asked for, and where each reads on."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from lxml import etree, html

from mapper.articles import Limits
from mapper.articles import html as pages
from mapper.articles.draft import Draft
from mapper.articles.html import page_draft, read_html
from mapper.errors import InputError

STORY = "Gunmen attacked a convoy near the market town of Veld on Tuesday, the army said in a statement there."
OTHER = "It was the third attack this month in the central district, where fighters have been active for years."
MORE = "No group has claimed it. A helicopter took the wounded to the district hospital, a nurse there told us."


def text_of(page: str) -> str:
    return page_draft(page, name="p").text


def kinds(draft: Draft) -> list[tuple[str, str]]:
    return [(s.kind, s.of(draft.text)) for s in draft.segments or ()]


# ---- the bytes


@pytest.mark.parametrize(("end", "told"), [(4_096, "koi8-r"), (4_097, "koi8-"), (4_120, None)])
def test_a_charset_is_declared_in_the_first_four_kilobytes(
    end: int, told: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def decode(data: bytes, **how: object) -> str:
        asked.append(how)
        return data.decode()

    monkeypatch.setattr(pages, "decode", decode)
    declaration = "<meta charset=koi8-r"
    page = " " * (end - len(declaration)) + f"{declaration}><p>{STORY}</p>"
    assert list(read_html(page.encode(), name="the page", limits=Limits()))
    assert asked == [{"name": "the page", "declared": told}]


def test_a_refusal_names_the_page() -> None:
    for refused in (
        lambda: list(read_html(b"x" * 11, name="the page", limits=Limits(page=10))),
        lambda: list(read_html(b"<body></body>", name="the page", limits=Limits())),
        lambda: page_draft("", name="the page"),
    ):
        with pytest.raises(InputError) as told:
            refused()
        assert told.value.file == "the page"


# ---- the tree


@pytest.mark.parametrize("kind", [etree.LxmlError, ValueError, AssertionError, RecursionError])
def test_whatever_the_parser_says_is_told_in_eighty_letters(
    kind: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise kind("x" * 81)

    monkeypatch.setattr(html, "document_fromstring", refuse)
    with pytest.raises(InputError) as told:
        page_draft(STORY, name="the page")
    assert told.value.reason == "not a page that can be read: " + "x" * 80
    assert told.value.file == "the page"


def _careless(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, **unasked: object) -> None:
    """Another version of a library, that does by itself what is not asked of it otherwise."""
    ask = getattr(owner, name)
    monkeypatch.setattr(owner, name, lambda *given, **asked: ask(*given, **(unasked | asked)))


def test_a_tree_is_built_in_the_same_way_whatever_the_library_does_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    page = f"<meta charset='cp1252'><!-- c --><?pi?><p>é{STORY}</p>"
    deep = "<p></a>" + "<div>" * 300 + f"<p>{STORY}</p>"
    for _ in range(2):
        tree, is_whole = pages._parse(page, "p")
        assert all(isinstance(element.tag, str) for element in tree.iter())
        assert "é" + STORY in tree.itertext()
        assert is_whole is True
        assert pages._parse(deep, "p")[1] is False
        assert pages._parse("<p></a></b>x", "p")[1] is True
        monkeypatch.undo()
        unasked = {"encoding": "cp1252", "remove_comments": False, "remove_pis": False, "huge_tree": True}
        _careless(monkeypatch, html, "HTMLParser", **unasked)


def test_what_cannot_be_parsed_is_taken_out_and_nothing_else() -> None:
    assert text_of(f"<body><p>A\x00{STORY}</p><p>a\ud800b {OTHER}</p></body>") == f"A{STORY}\n\na?b {OTHER}"


def test_a_page_too_deep_for_a_tree_is_read_straight_through() -> None:
    page = "<title>Bomb in Veld</title>" + "<div>" * 3_000 + f"<p>{STORY}</p><p hidden>x</p>  <p>é\u200b{OTHER}</p>"
    assert text_of(page).endswith(f"{STORY}\n\né{OTHER}")


# ---- the parts


@pytest.mark.parametrize(
    ("title", "body", "text"),
    [
        ("Bomb in Veld", f"<p>{STORY}</p>", f"Bomb in Veld\n\n{STORY}"),
        ("Bomb in Veld", f"<p>Bomb in Veld</p><p>{STORY}</p>", f"Bomb in Veld\n\n{STORY}"),
        ("Bomb in Veld", f"<p>{STORY}</p><p>Bomb in Veld</p>", f"Bomb in Veld\n\n{STORY}\n\nBomb in Veld"),
        ("Bomb in Veld", "", "Bomb in Veld"),
        ("", f"<p>{STORY}</p>", STORY),
    ],
)
def test_title_and_text(title: str, body: str, text: str) -> None:
    assert text_of(f"<head><title>{title}</title></head><body>{body}</body>") == text


def test_what_is_known_of_a_page_helps_to_find_its_parts() -> None:
    site = "<meta property='og:site_name' content='The Post'>"
    draft = page_draft(f"<head>{site}</head><body><p>Bomb in Veld - The Post</p><p>{STORY}</p></body>", name="p")
    assert kinds(draft) == [("headline", "Bomb in Veld"), ("credit", "The Post"), ("body", STORY)]
    assert draft.found["source"] == "The Post"
    title = "<meta property='og:title' content='Five dead'>"
    draft = page_draft(f"<head>{title}</head><body><p>Five dead. {STORY}</p></body>", name="p")
    assert kinds(draft) == [("headline", "Five dead."), ("body", STORY)]


def test_captions_are_counted_without_empty_ones_and_repeats() -> None:
    captions = ["", "Caption 0 of many.", "Caption 0 of many.", *[f"Caption {n} of many." for n in range(1, 20)]]
    figures = "".join(f"<figure><figcaption>{caption}</figcaption></figure>" for caption in captions)
    draft = page_draft(f"<body>{figures}<p>{STORY}</p><p>{OTHER}</p></body>", name="p")
    assert [text for kind, text in kinds(draft) if kind == "caption"] == [f"Caption {n} of many." for n in range(20)]
    assert "\n\n\n" not in draft.text


def test_the_parts_of_a_caption() -> None:
    caption = "  Soldiers\u200b<br>in  <b>Veld</b>. (AP Photo/Jane Doe) Read more"
    figure = f"<figure><figcaption>{caption}</figcaption></figure>"
    draft = page_draft(f"<body>{figure}<p>{STORY}</p></body>", name="p")
    assert kinds(draft) == [
        ("body", STORY), ("caption", "Soldiers in Veld ."), ("credit", "(AP Photo/Jane Doe)"),
        ("boilerplate", "Read more"),
    ]  # fmt: skip
    assert draft.text == f"{STORY}\n\nSoldiers in Veld . (AP Photo/Jane Doe) Read more"


# ---- the extractor, and the plain reading


def test_how_large_a_page_may_be_for_the_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_extract", lambda _: "y" * 120)
    for size, text in ((1_500_000, "y" * 120), (1_500_001, "a")):
        page = "<p>a</p>" + " " * (size - 8)
        assert len(page) == size
        assert text_of(page) == text


def test_what_is_extracted_is_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_extract", lambda _: f" {STORY}\u200b\n\n\n\n{OTHER}")
    assert text_of("<p>a</p>") == f"{STORY}\n\n{OTHER}"


def test_of_two_short_readings_the_longer_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for extracted, text in (("xxxx", "abcde"), ("xxxxx", "xxxxx"), ("xxxxxx", "xxxxxx")):
        monkeypatch.setattr(pages, "_extract", lambda _, extracted=extracted: extracted)
        assert text_of("<p>abcde</p>") == text


def test_an_extractor_that_takes_the_tree_apart_before_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def destructive(tree: Any, **_: object) -> str:
        tree.find("body").clear()
        raise RuntimeError("odd")

    monkeypatch.setattr(trafilatura, "extract", destructive)
    assert text_of(f"<body><p>{STORY}</p></body>") == STORY
    assert text_of("<body><p>a</p></body>") == "a"
    monkeypatch.setattr(trafilatura, "extract", lambda *_, **__: None)
    assert text_of("<body><p>a</p></body>") == "a"
    with pytest.raises(InputError, match="a page without text"):
        text_of("<body></body>")
    with pytest.raises(InputError, match="a page without text"):
        text_of("<body><script>a</script></body>")


COMMENTED = f"""<html><head><title>Bomb kills five</title><meta name="author" content="Jane Doe"></head><body>
<article><h1>Bomb kills five</h1><p>{STORY} It was <b>loud</b> there.</p><p>{OTHER}</p><p>{MORE}</p>
<table><tr><td>Killed</td><td>Five of them</td></tr><tr><td>Hurt</td><td>Nine of them</td></tr></table>
<p>{STORY} It was <b>loud</b> there.</p></article>
<div id="comments" class="comments-area"><ol class="comment-list"><li class="comment"><div class="comment-content">
<p>A reader says that all of this is not so, and that he saw it himself, from his own window.</p></div></li></ol></div>
</body></html>"""


def test_the_extractor_gives_the_words_of_the_report_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    wanted = [f"{STORY} It was loud there.", OTHER, MORE, f"{STORY} It was loud there."]
    for _ in range(2):
        found = pages._extract(html.document_fromstring(COMMENTED)).split("\n\n")
        assert [line for line in found if line != "Bomb kills five"] == wanted
        _careless(
            monkeypatch, trafilatura, "extract", output_format="xml", include_comments=True, include_tables=True,
            include_formatting=True, deduplicate=True, with_metadata=True,
        )  # fmt: skip


def test_what_the_extractor_finds_wrong_is_not_printed() -> None:
    logger = logging.getLogger("trafilatura")
    before = logger.handlers[:]
    try:
        logger.handlers.clear()
        pages._extract(html.document_fromstring("<p>a</p>"))
        assert [type(handler) for handler in logger.handlers] == [logging.NullHandler]
    finally:
        logger.handlers[:] = before


def blocks(body: str) -> str:
    return pages._paragraphs(html.document_fromstring(f"<html><body>{body}</body></html>"))


def test_the_plain_reading_to_the_letter() -> None:
    assert blocks(f"<blockquote><p>{STORY}</p><p>{OTHER}</p></blockquote>") == f"{STORY}\n\n{OTHER}"
    assert blocks(f"<ul><li>\n  Dead:\u200b  <p> {STORY} </p></li></ul><p></p><p>{OTHER}</p>") == (
        f"Dead:\n\n{STORY}\n\n{OTHER}"
    )
    assert blocks(f"<ul><li><b>Dead</b> on <i>Monday</i>:<p>{STORY}</p>and more</li></ul><p>{OTHER}</p>") == (
        f"Dead on Monday : and more\n\n{STORY}\n\n{OTHER}"
    )
    assert blocks(f"<p>{STORY}<!-- c --><i>!</i></p><p>{OTHER}</p>") == f"{STORY} !\n\n{OTHER}"
    assert blocks(" <div> a\u200b </div><i> </i>b") == "a\n\nb"


@pytest.mark.parametrize(("length", "plain"), [(119, "x" * 119 + "\n\nrest"), (120, "x" * 120)])
def test_how_much_an_article_must_hold_to_be_the_page_s(length: int, plain: str) -> None:
    assert blocks(f"<article><p>{'x' * length}</p></article><div>rest</div>") == plain


def test_the_second_article_of_a_page_where_the_first_is_empty() -> None:
    assert blocks(f"<article></article><article><p>{STORY}</p><p>{OTHER}</p></article>") == f"{STORY}\n\n{OTHER}"
