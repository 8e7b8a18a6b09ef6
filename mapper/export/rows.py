"""The records behind every table: one per event and article that tells it, cleaned once, the same for every format.

GeoPackage, GeoJSON and FlatGeobuf readers cut text at NUL, XML and spreadsheets know no control characters, and UTF-8
has no lone surrogates. :func:`clean` replaces what one of them cannot carry, so that all of them carry the same text.
JSON lines alone keep every character as it was.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mapper.codec import plain
from mapper.frames import COLUMNS, event_row
from mapper.model import Analysis, Article, Event, Toponym

EVENT_COLUMNS = tuple(name for name in COLUMNS if name != "geometry")
ARTICLE_COLUMNS = (
    "id", "title", "url", "source", "published", "published_basis", "language", "text", "segments", "content_hash",
)  # fmt: skip
MENTION_COLUMNS = (
    "article_id", "start", "end", "text", "kind", "stands_for", "place_id", "place_name", "country_code", "footprint",
    "confidence", "alternatives", "why",
)  # fmt: skip
PLACE_COLUMNS = (
    "id", "name", "lat", "lon", "country_code", "feature_class", "feature_code", "footprint", "population",
)  # fmt: skip
FLOATS = frozenset({"confidence", "radius_km", "lat", "lon"})
INTEGERS = frozenset({"acled_geo_precision", "ucdp_where_prec", "start", "end", "population"})

_CONTROL = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: "\u2421"}
_NOT_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?")


def clean(text: str) -> str:
    """Text that every format can carry.

    Line ends become line feeds, other control characters but tabs their visible pictures (NUL is U+2400), lone
    surrogates and the noncharacters U+FFFE and U+FFFF become U+FFFD.
    """
    return _NOT_TEXT.sub("\ufffd", _LINE_END.sub("\n", text).translate(_CONTROL))


def cleaned(value: Any) -> Any:
    """The value with every text in it cleaned, at any depth. A number that is none (NaN, infinity) is None."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its lists as JSON text, for formats that know no lists."""
    return {
        key: json.dumps(value, ensure_ascii=False, separators=(",", ":")) if isinstance(value, list) else value
        for key, value in row.items()
    }


@dataclass(frozen=True, slots=True)
class Told:
    """An event as one article tells it, with its row of :data:`EVENT_COLUMNS` (lists are lists)."""

    event: Event
    row: dict[str, Any]


def told(analyses: Iterable[Analysis]) -> Iterator[Told]:
    """Every event of the analyses, in order."""
    for analysis in analyses:
        for event in analysis.events:
            row = event_row(analysis, event)
            row["actors"], row["figures"] = plain(event.actors), plain(event.figures)
            yield Told(event, cleaned({name: row[name] for name in EVENT_COLUMNS}))


def article_row(article: Article) -> dict[str, Any]:
    """The article as a row of :data:`ARTICLE_COLUMNS`."""
    values = {name: plain(getattr(article, name)) for name in ARTICLE_COLUMNS}
    return {name: cleaned(value) for name, value in values.items()}


def mention_row(article: Article, toponym: Toponym) -> dict[str, Any]:
    """A place name in an article as a row of :data:`MENTION_COLUMNS`. Offsets point into the text as it was read."""
    place = toponym.place
    values = {
        "article_id": article.id,
        "start": toponym.start,
        "end": toponym.end,
        "text": toponym.text,
        "kind": toponym.kind,
        "stands_for": toponym.stands_for,
        "place_id": place and place.id,
        "place_name": place and place.name,
        "country_code": place and place.country_code,
        "footprint": place and place.footprint,
        "confidence": toponym.confidence,
        "alternatives": plain(toponym.alternatives),
        "why": toponym.why,
    }
    return {name: cleaned(value) for name, value in values.items()}
