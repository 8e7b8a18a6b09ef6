"""The map as a plain list, for readers without JavaScript: escaped text, put in by string joining alone."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from mapper.model import MappedEvent, MentionedPlace
from mapper.render.columns import sound
from mapper.render.data import in_list_order
from mapper.render.words import Words

MOST = 200
"""Events listed; a larger map says how many more there are."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def text(value: str) -> str:
    """Any text as HTML text or attribute value: escaped, without control characters or lone surrogates."""
    return html.escape(_CONTROLS.sub("\ufffd", sound(value)), quote=True)


def web_address(url: str | None) -> str | None:
    """The address if it is plain http or https, else None."""
    if url is None or _CONTROLS.search(url) or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


class Listing:
    """Takes events one by one and keeps the first of the list: headings, events (placed, then unplaced), places."""

    def __init__(self) -> None:
        self._kept: dict[str, list[MappedEvent]] = {"list.events": [], "list.unplaced": []}
        self._counts = dict.fromkeys(self._kept, 0)
        self._oldest = dict.fromkeys(self._kept, "")

    def add(self, event: MappedEvent) -> None:
        """Take in one event; of statuses that are not shown at first nothing is kept."""
        if event.status not in ("reported", "planned"):
            return
        name = "list.events" if event.location is not None else "list.unplaced"
        self._counts[name] += 1
        if (event.date.start if event.date else "") < self._oldest[name]:
            return
        kept = self._kept[name]
        kept.append(event)
        # Sorting now and then is quicker than keeping an order, and nothing but the first is ever needed.
        if len(kept) > 20 * MOST:
            kept = self._kept[name] = in_list_order(kept)[:MOST]
            self._oldest[name] = last.start if (last := kept[-1].date) else ""

    def markup(self, mentioned: Sequence[MentionedPlace], words: Words) -> str:
        """The list as HTML in the page's language."""
        parts = [f"<p>{text(words.say('noscript'))}</p>"]
        for name, kept in self._kept.items():
            if kept:
                items = "\n".join(_event(event, words) for event in in_list_order(kept)[:MOST])
                parts.append(f"<h2>{text(words.say(name))}</h2>\n<ol>{items}</ol>")
            if self._counts[name] > MOST:
                parts.append(f"<p>{text(words.say('list.more', n=self._counts[name] - MOST))}</p>")
        if mentioned:
            names = ", ".join(f'<bdi dir="auto">{text(m.place.name)}</bdi>' for m in mentioned[:MOST])
            parts.append(f"<h2>{text(words.say('list.mentioned'))}</h2>\n<p>{names}</p>")
        return "\n".join(parts)


def _event(event: MappedEvent, words: Words) -> str:
    first = event.reports[0] if event.reports else None
    headline = (first.title or first.evidence) if first else ""
    facts = [words.type(event.type)]
    facts.append(event.location.name if event.location else words.say("place.unsaid"))
    facts.append(event.date.start if event.date else words.say("date.none"))
    if event.status != "reported":
        facts.append(words.status(event.status))
    line = f'<li><b dir="auto">{text(headline or words.say("untitled"))}</b><br>'
    line += " · ".join(f'<bdi dir="auto">{text(fact)}</bdi>' for fact in facts)
    if first:
        source = text(first.source or words.say("source"))
        address = web_address(first.url)
        if address:
            source = f'<a href="{text(address)}" rel="noopener noreferrer">{source}</a>'
        line += f' · <bdi dir="auto">{source}</bdi>'
        if first.title:
            line += f'<br><q dir="auto">{text(first.evidence)}</q>'
    return line + "</li>"
