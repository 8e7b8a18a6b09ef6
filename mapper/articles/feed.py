"""RSS and Atom files: one article an entry. Nothing is fetched: what the feed holds is all there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mapper.articles.clean import clean_line
from mapper.articles.draft import Draft, Item
from mapper.articles.fields import publication_day
from mapper.articles.html import fragment_text
from mapper.articles.limits import Limits
from mapper.articles.xml import all_text, local_name, parse_xml
from mapper.errors import InputError

_ENTRIES = ("item", "entry")
_DATES = ("pubdate", "published", "date", "issued", "created", "updated")
_TEXTS = ("encoded", "content", "description", "summary")  # the fullest first
_IDS = ("guid", "id")


def read_feed(data: bytes, *, name: str, limits: Limits) -> Iterator[Item]:
    """The entries in the order of the feed."""
    root = parse_xml(data, name=name, recover=True)
    entries = [element for element in root.iter() if local_name(element) in _ENTRIES]
    if not entries:
        raise InputError("no feed: no items or entries in it", file=name)
    if len(entries) > limits.members:
        raise InputError(f"a feed of more than {limits.members:,} entries", file=name)
    outlet = clean_line(_first(_channel(root), "title"))
    for position, entry in enumerate(entries, start=1):
        try:
            yield _draft(entry, outlet, position, name)
        except InputError as refusal:
            yield InputError(f"entry {position}: {refusal.reason}", file=name)


def _channel(root: Any) -> Any:
    return next((child for child in root if local_name(child) == "channel"), root)


def _draft(entry: Any, outlet: str, position: int, name: str) -> Draft:
    title = clean_line(fragment_text(_first(entry, "title")))
    bodies = (fragment_text(_first(entry, field)) for field in _TEXTS)
    body = next((text for text in bodies if text), "")
    days = (publication_day(_first(entry, field).strip()) for field in _DATES)
    found = {
        "title": title,
        "source": clean_line(_first(entry, "source")) or outlet,
        "url": _link(entry),
        "published": next((day for day in days if day), ""),
    }
    text = "\n\n".join(part for part in (title, body) if part)
    if not text:
        raise InputError("no text", file=name)
    known_as = next((key for key in (clean_line(_first(entry, field))[:1_000] for field in _IDS) if key), None)
    return Draft(
        text=text, found={field: value for field, value in found.items() if value}, position=position, known_as=known_as
    )


def _first(parent: Any, name: str) -> str:
    """The text of the first child of this name, in whatever namespace; markup in it as markup."""
    for child in parent:
        if local_name(child) == name:
            if len(child):  # XHTML written out in an Atom entry
                from lxml import etree

                inner = "".join(etree.tostring(part, encoding="unicode") for part in child)
                return f"{child.text or ''}{inner}"
            return all_text(child)
    return ""


def _link(entry: Any) -> str:
    for child in entry:
        if local_name(child) == "link" and child.get("rel", "alternate") == "alternate":
            url = str(child.get("href") or child.text or "").strip()
            if url.startswith(("http://", "https://")):
                return url[:2_000]
    return ""
