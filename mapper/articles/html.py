"""An HTML page: its main text with trafilatura, and with a plain reading of its paragraphs where that finds nothing.

What the reader of the page cannot see (scripts, styles, hidden elements) never becomes text. Nothing is fetched.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from mapper.articles.clean import clean, clean_line
from mapper.articles.decode import decode
from mapper.articles.draft import Draft, Item
from mapper.articles.limits import Limits
from mapper.articles.metadata import metadata
from mapper.articles.segments import segments
from mapper.articles.tags import words_of_page
from mapper.errors import InputError
from mapper.model import Segment

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_MARKUP = re.compile(r"</?[a-zA-Z!]")
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?:\.0+)?(?![\d.])", re.IGNORECASE
)
_HIDDEN = re.compile(
    rf"(?<!aria-)\bhidden\b|aria-hidden=.?true|{_HIDDEN_STYLE.pattern}", re.IGNORECASE
)  # in a tag's attributes
_NEVER_TEXT = (
    *("script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "canvas", "select"),
    *("button", "textarea", "audio", "video", "head"),
)
_BLOCKS = frozenset(("p", "h1", "h2", "h3", "h4", "blockquote", "li", "pre", "td", "dd", "dt"))
_CONTAINERS = ("article", "main", "body")
_LARGE = 1_500_000  # code points from which a page is read plainly: the extractor's time grows faster than the page
_FEWEST = 120  # code points below which an extraction counts as having found nothing, if the page holds more
_CAPTIONS = 20


def read_html(data: bytes, *, name: str, limits: Limits) -> Iterator[Item]:
    """The page's article."""
    if len(data) > limits.page:
        raise InputError(f"a page larger than {limits.page:,} bytes", file=name)
    declared = _DECLARED.search(data[:4_096])
    text = decode(data, name=name, declared=declared.group(1).decode("ascii") if declared else None)
    yield page_draft(text, name=name)


def page_draft(page: str, *, name: str) -> Draft:
    """The article on a page given as text."""
    tree, is_whole = _parse(page, name)
    found = metadata(tree)
    _prune(tree)
    captions = _captions(tree)
    body = _main_text(tree, large=len(page) > _LARGE) if is_whole else clean(words_of_page(page, hidden=_HIDDEN))
    title = found.get("title", "")
    text = body if body.startswith(title) else f"{title}\n\n{body}".strip()
    if not text:
        raise InputError("a page without text", file=name)
    told = segments(text, title=found.get("title"), source=found.get("source"))
    for caption in captions:
        if caption not in text:
            start = len(text) + 2
            text = f"{text}\n\n{caption}"
            told = (*told, *_caption_segments(caption, start))
    return Draft(text=text, found=found, segments=told)


def fragment_text(markup: str) -> str:
    """The shown words of a piece of HTML, as feeds and mails hold it, or of plain text that only might be HTML."""
    if not _MARKUP.search(markup):
        return clean(unescape(markup))
    return clean(words_of_page(markup, hidden=_HIDDEN))


def _parse(page: str, name: str) -> tuple[Any, bool]:
    """The page's tree, and whether it holds the whole page: the parser leaves out what lies too deep."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        # Lone surrogates and NUL would end the parse where they stand.
        clean_page = page.replace("\x00", "").encode("utf-8", "replace")
        tree = html.document_fromstring(clean_page, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError, RecursionError) as error:
        raise InputError(f"not a page that can be read: {str(error)[:80]}", file=name) from None
    return tree, not any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)


def _prune(tree: Any) -> None:
    """Take out what is not shown."""
    for element in list(tree.iter("*")):
        hidden = element.tag in _NEVER_TEXT or "hidden" in element.attrib or element.get("aria-hidden") == "true"
        if (hidden or _HIDDEN_STYLE.search(element.get("style") or "")) and element.getparent() is not None:
            element.drop_tree()


def _captions(tree: Any) -> list[str]:
    captions = []
    for element in tree.iter("figcaption"):
        caption = clean_line(_text_of(element))
        if caption and caption not in captions:
            captions.append(caption)
    for element in [*tree.iter("figcaption")]:
        element.drop_tree()
    return captions[:_CAPTIONS]


def _caption_segments(caption: str, start: int) -> Iterator[Segment]:
    """The caption and the credit in it, moved to where the caption stands in the text."""
    for part in segments(caption):
        kind = part.kind if part.kind in ("credit", "boilerplate") else "caption"
        yield Segment(start=part.start + start, end=part.end + start, kind=kind)


def _text_of(element: Any) -> str:
    return " ".join(str(piece) for piece in element.itertext())


def _main_text(tree: Any, *, large: bool) -> str:
    extracted = "" if large else clean(_extract(tree))
    if len(extracted) >= _FEWEST:
        return extracted
    plain = _paragraphs(tree)
    return plain if len(plain) > len(extracted) else extracted


def _extract(tree: Any) -> str:
    """trafilatura's main text with paragraphs on lines of their own; empty where it finds none or fails."""
    from copy import deepcopy

    import trafilatura

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it finds wrong is told as a refusal
    try:
        text = trafilatura.extract(
            deepcopy(tree),
            output_format="txt",
            include_comments=False,
            include_tables=False,
            include_formatting=False,
            deduplicate=False,
            with_metadata=False,
        )
    except Exception:  # noqa: BLE001 - whatever a page does to the extractor, the plain reading is still there
        return ""
    return (text or "").replace("\n", "\n\n")


def _paragraphs(tree: Any) -> str:
    """The text of the block elements in the page's article, else of all; else everything, element by element."""
    for name in _CONTAINERS:
        for container in tree.iter(name):
            blocks = [_own_text(element) for element in container.iter(*_BLOCKS)]
            text = "\n\n".join(block for block in blocks if block)
            if len(text) >= _FEWEST:
                return text
    return "\n\n".join(line for line in (clean_line(str(piece)) for piece in tree.itertext()) if line)


def _own_text(element: Any) -> str:
    """The text of a block without that of the blocks inside it."""
    return clean_line(" ".join(_own_pieces(element)))


def _own_pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element.iterchildren("*"):
        if child.tag not in _BLOCKS:
            yield from _own_pieces(child)
        yield child.tail or ""
