"""A map inside another page: the reduced map, and the snippet that shows it."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"
"""What the framed page may do: run its own script, open a source in a new tab, save a file. It has no origin, and so
reaches nothing of the page around it."""

_GENERATOR = '<meta name="generator" content="geospatial-event-mapper">'
_LEGEND = '<details class="em-legend" id="em-legend" open>'
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def is_map(page: str) -> bool:
    """Whether a page is a map of this program."""
    return page.startswith("<!DOCTYPE html>") and _GENERATOR in page[:100_000]


def reduced(page: str) -> str:
    """The map without its list, filters, time line and menus; the marks open their receipts as ever."""
    if "<html data-embed" in page[:200]:
        return page
    # Attributes alone: the policy's hashes of scripts and styles stay true.
    return page.replace("<html", "<html data-embed", 1).replace(_LEGEND, _LEGEND.replace(" open", ""), 1)


def title_of(page: str) -> str:
    """The page's title as plain text."""
    found = _TITLE.search(page)
    return html.unescape(found.group(1)).strip() if found else "Map"


def snippet(source: str, *, title: str, height: int) -> str:
    """The HTML that shows the map at ``source`` (a file's name or an address) in a frame ``height`` pixels high."""
    address = source if re.match(r"https?://", source) else quote(source)
    return (
        f'<iframe src="{html.escape(address)}" title="{html.escape(title)}" width="100%" height="{height}" '
        f'style="border:0" loading="lazy" sandbox="{SANDBOX}" referrerpolicy="no-referrer"></iframe>'
    )
