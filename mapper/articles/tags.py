"""The words of a page, read straight through without building a tree: for pages that no tree can be built of.

Tree builders stop at a depth of elements that broken or hostile pages exceed. One pass, linear in the page's length.
"""

from __future__ import annotations

import re
from html import unescape

# A tag ends at the next angle bracket of either kind, so that no search runs further than the next one begins.
_TAG = re.compile(
    r"<(?:(?P<comment>!--)|(?P<close>/)?(?P<name>[a-zA-Z][a-zA-Z0-9:-]{0,30})(?P<rest>[^<>]*)>?|[!?][^<>]*>?)"
)
_SPACE = re.compile(r"\s+")
_BREAKING = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
        *("li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "title", "tr", "ul"),
    )
)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_UNSHOWN = frozenset(
    (
        *("script", "style", "template", "noscript", "iframe", "object", "svg", "math", "select"),
        *("button", "textarea", "audio", "video", "canvas", "head", "nav", "footer"),
    )
)
_RAW = frozenset(("script", "style", "textarea"))  # a "<" inside these opens nothing
_END_OF = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _RAW}


def words_of_page(page: str, *, hidden: re.Pattern[str]) -> str:
    """The shown text, block elements on paragraphs of their own. ``hidden`` finds what hides an element in its tag."""
    pieces: list[str] = []
    skipped, depth = "", 0  # the element being skipped, and how many of its name are open
    at = 0
    while (tag := _TAG.search(page, at)) is not None:
        if not skipped:
            pieces.append(_SPACE.sub(" ", page[at : tag.start()]))
        at = tag.end()
        if tag.group("comment"):
            end = page.find("-->", at)
            at = len(page) if end < 0 else end + 3
            continue
        name = (tag.group("name") or "").lower()
        if skipped:
            if name == skipped:
                depth += -1 if tag.group("close") else 1
                skipped = skipped if depth else ""
        elif name and not tag.group("close") and name not in _VOID and _is_hidden(name, tag.group("rest"), hidden):
            if name in _RAW:
                closing = _END_OF[name].search(page, at)
                at = closing.start() if closing else len(page)
            skipped, depth = name, 1
        elif name in _BREAKING:
            pieces.append("\n\n")
    if not skipped:
        pieces.append(_SPACE.sub(" ", page[at:]))
    return unescape("".join(pieces))


def _is_hidden(name: str, attributes: str, hidden: re.Pattern[str]) -> bool:
    return name in _UNSHOWN or bool(attributes and hidden.search(attributes))
