"""Pages at the edge of what is read of them: descriptions as lists, broken extractors, blocks within blocks, size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mapper.articles import Limits
from mapper.articles import html as pages
from mapper.articles.html import page_draft
from mapper.articles.metadata import metadata
from mapper.errors import InputError
from mapper.model import Segment

STORY = "Gunmen attacked a convoy near the market town of Veld on Tuesday, the army said in a statement there."


def found(head: str) -> dict[str, Any]:
    from lxml import html

    return metadata(html.document_fromstring(f"<html><head>{head}</head><body><p>x</p></body></html>"))


def test_a_description_given_as_lists() -> None:
    record_ = (
        '[{"@type":"WebSite"},[],{"@graph":[{"@type":["Thing","NewsArticle"],"headline":["The headline","b"],'
        '"publisher":{"@id":"The Paper"},"url":[]}]}]'
    )
    told = found(f'<script type="application/ld+json">{record_}</script>')
    assert (told["title"], told["source"]) == ("The headline", "The Paper")
    plain = found('<script type="application/ld+json">[1, "a"]</script><title>T</title>')
    assert plain["title"] == "T"


def test_a_page_whose_extractor_fails_is_read_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def broken(*_: object, **__: object) -> str:
        raise RuntimeError("odd")

    monkeypatch.setattr(trafilatura, "extract", broken)
    assert page_draft(f"<body><p>{STORY}</p><p>{STORY[:60]}</p></body>", name="p").text.startswith(STORY)


def test_blocks_within_blocks_are_read_once() -> None:
    page = f"<body><article><blockquote>{STORY}<p>{STORY.upper()}</p></blockquote></article></body>"
    from lxml import html

    text = pages._paragraphs(html.document_fromstring(page))
    assert text == f"{STORY}\n\n{STORY.upper()}"


def test_comments_and_captions_told_twice() -> None:
    caption = "<figure><figcaption>Soldiers in Veld.</figcaption></figure>"
    draft = page_draft(
        f"<body><!-- c --><?pi?>{caption * 2}<p>{STORY}</p><p>{STORY} Soldiers in Veld.</p></body>", name="p"
    )
    assert draft.text.count("Soldiers in Veld.") == 1


def test_what_is_too_large_to_extract_is_read_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_LARGE", 10)
    monkeypatch.setattr(pages, "_extract", lambda _: pytest.fail("its time grows faster than the page"))
    assert page_draft(f"<body><p>{STORY}</p></body>", name="p").text == STORY


def test_a_page_that_is_too_large_or_empty_is_refused() -> None:
    with pytest.raises(InputError, match="a page larger than 10 bytes"):
        list(pages.read_html(b"x" * 11, name="p", limits=Limits(page=10)))
    with pytest.raises(InputError, match="a page without text"):
        page_draft("<body></body>", name="p")
    with pytest.raises(InputError, match=r"not a page that can be read|a page without text"):
        page_draft("", name="p")


def test_segments_of_a_page_lie_in_its_text(tmp_path: Path) -> None:
    draft = page_draft(f"<title>Bomb in Veld</title><body><p>{STORY}</p></body>", name=str(tmp_path))
    assert all(isinstance(s, Segment) and s.end <= len(draft.text) for s in draft.segments)


def test_comments_in_a_tree_are_passed_over() -> None:
    from lxml import html

    tree = html.document_fromstring("<body><!-- c --><p>seen</p><p hidden>not</p></body>")
    pages._prune(tree)
    assert "".join(str(piece) for piece in tree.itertext("p")) == "seen"


def test_a_line_without_letters_is_no_headline_and_an_empty_part_is_none() -> None:
    from mapper.articles import segments as module

    found = module.segments(f"* * *\n\nBomb kills five in Veld\n\n{STORY}", title="Bomb kills five in Veld")
    assert [s.kind for s in found][-2:] == ["headline", "body"]
    assert module._is_same_title("", "bomb") is False
    assert module._is_same_title("bomb", "") is False
    assert module._joined([module._Piece(3, 3, "body")]) == ()
