"""From a draft to an article: segments, title, date of publication and language worked out where nobody gave them."""

from __future__ import annotations

from mapper.articles.draft import Draft
from mapper.articles.language import detect
from mapper.articles.published import published
from mapper.articles.segments import segments
from mapper.model import Article, Segment, content_hash


def assemble(draft: Draft, *, identifier: str | None) -> Article:
    """The article. ``identifier`` None has the id made from the text."""
    given, found = draft.given, draft.found
    title = given.get("title") or found.get("title")
    source = given.get("source") or found.get("source")
    parts = draft.segments
    if parts is None:
        parts = segments(draft.text, title=title, source=source)
    day, basis = published(draft.text, parts, given=given, found=found)
    return Article(
        id=identifier if identifier is not None else content_hash(draft.text)[:16],
        text=draft.text,
        title=title or _headline(draft.text, parts),
        url=given.get("url") or found.get("url"),
        source=source,
        published=day,
        published_basis=basis,
        language=given.get("language") or detect(_prose(draft.text, parts)),
        segments=parts,
        mentions=draft.mentions,
        triggers=draft.triggers,
    )


def _headline(text: str, parts: tuple[Segment, ...]) -> str | None:
    for part in parts:
        if part.kind == "headline":
            return " ".join(part.of(text).split())
    return None


def _prose(text: str, parts: tuple[Segment, ...]) -> str:
    """The reporting itself, without the page around it, which may be in another language."""
    body = next((part for part in parts if part.kind == "body"), None)
    return text[body.start :] if body else text
