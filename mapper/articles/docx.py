"""A Word document (DOCX) is one article: the words of its paragraphs, tables included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mapper.articles.archive import member_bytes, open_zip
from mapper.articles.clean import clean, clean_line
from mapper.articles.draft import Draft, Item
from mapper.articles.limits import Limits
from mapper.articles.xml import all_text, local_name, parse_xml
from mapper.errors import InputError

_DOCUMENT = "word/document.xml"
_PROPERTIES = "docProps/core.xml"
_DELETED = ("del", "movefrom", "instrtext", "comment", "fallback")


def read_docx(data: bytes, *, name: str, limits: Limits) -> Iterator[Item]:
    with open_zip(data, name=name, limits=limits) as archive:
        if _DOCUMENT not in archive.namelist():
            raise InputError("not a Word document: nothing written in it", file=name)
        root = parse_xml(member_bytes(archive, _DOCUMENT, name=name, limits=limits), name=name)
        found: dict[str, str] = {}
        if _PROPERTIES in archive.namelist():
            properties = parse_xml(member_bytes(archive, _PROPERTIES, name=name, limits=limits), name=name)
            title = next((clean_line(all_text(e)) for e in properties.iter() if local_name(e) == "title"), "")
            found = {"title": title} if title else {}
    paragraphs = (clean("".join(_words(element))) for element in root.iter() if local_name(element) == "p")
    yield Draft(text="\n\n".join(paragraph for paragraph in paragraphs if paragraph), found=found)


def _words(element: Any) -> Iterator[str]:
    """The runs of a paragraph, without what was struck out, and without paragraphs inside it (text boxes)."""
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        kind = local_name(child)
        if kind == "t":
            yield child.text or ""
        elif kind in ("tab", "br", "cr"):
            yield " " if kind == "tab" else "\n"
        elif kind not in _DELETED and kind != "p":
            stack.extend(reversed(child))
