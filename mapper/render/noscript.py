"""The map as a plain list, for readers without JavaScript: escaped text, put in by string joining alone."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from mapper.model import EventMap, MappedEvent
from mapper.render.columns import sound
from mapper.render.data import in_list_order
from mapper.render.words import Words

MOST = 300
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


def listing(event_map: EventMap, words: Words) -> str:
    """Headings, events (placed, then unplaced) and places only mentioned, as HTML in the page's language."""
    events = [event for event in in_list_order(event_map.events) if event.status in ("reported", "planned")]
    placed = [event for event in events if event.location is not None]
    unplaced = [event for event in events if event.location is None]
    parts = [f"<p>{text(words.say('noscript'))}</p>"]
    for name, some in (("list.events", placed), ("list.unplaced", unplaced)):
        if some:
            parts.append(
                f"<h2>{text(words.say(name))}</h2>\n<ol>"
                + "\n".join(_event(event, words) for event in some[:MOST])
                + "</ol>"
            )
        if len(some) > MOST:
            parts.append(f"<p>{text(words.say('list.more', n=len(some) - MOST))}</p>")
    if event_map.mentioned:
        names = ", ".join(f'<bdi dir="auto">{text(m.place.name)}</bdi>' for m in event_map.mentioned[:MOST])
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
