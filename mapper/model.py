"""The domain: frozen values that the stages hand to one another.

Standard library only. Offsets are Unicode code points into ``Article.text``, end exclusive.
Latitudes and longitudes are degrees (WGS 84) in named fields, never a bare pair.
Dates are ISO 8601 text: a day is ``2014-04-03``.
Field by field this is the output format of ``mapper parse``, version :data:`SCHEMA`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, Protocol

SCHEMA = "1"

SegmentKind = Literal["headline", "byline", "dateline", "body", "caption", "credit", "boilerplate"]
PublishedBasis = Literal["given", "metadata", "url", "dateline", "caption"]
ToponymKind = Literal["literal", "demonym", "metonym", "embedded"]
FootprintKind = Literal["point", "line", "area"]
DateBasis = Literal["explicit", "relative", "published", "inferred"]
DatePrecision = Literal["day", "week", "month", "season", "year", "range"]
Status = Literal["reported", "planned", "denied", "hypothetical", "background"]
ActorRole = Literal["actor", "recipient"]
PlaceRole = Literal["happened_at", "statement_at", "origin", "destination", "mentioned"]
LocationBasis = Literal["stated", "inherited", "inferred"]
FigureKind = Literal["killed", "wounded", "missing", "arrested", "abducted", "displaced"]
Precision = Literal["exact", "near", "settlement", "admin2", "admin1", "country", "region"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Code points ``start`` to ``end`` (exclusive) of an article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Segment(Span):
    """A stretch of the text that plays one part on the page. Segments never overlap and are in order."""

    kind: SegmentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article as read. ``text`` is what every offset points into.

    ``mentions`` and ``triggers``, where not None, replace the program's own recognition and event detection.
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    source: str | None = None
    published: str | None = None
    published_basis: PublishedBasis | None = None
    language: str | None = None
    segments: tuple[Segment, ...] = ()
    mentions: tuple[Span, ...] | None = None
    triggers: tuple[Span, ...] | None = None

    @property
    def content_hash(self) -> str:
        """What corrections and event ids are anchored on: the hash of the text alone, in hexadecimal."""
        return content_hash(self.text)


@lru_cache(maxsize=4)  # asked for each event of a text, one text after the other
def content_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8 (lone surrogates kept), in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def event_id(text: str, trigger: Span, name: Span | None = None) -> str:
    """An event's id: a hash of the article's content and the trigger's span, so that it survives re-analysis.

    ``name`` is the place's, for the second and later of those that one trigger tells of ("in Oran and Algiers").
    """
    key = f"{content_hash(text)}:{trigger.start}:{trigger.end}"
    if name is not None:
        key += f":{name.start}:{name.end}"
    return hashlib.sha256(key.encode("ascii")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRef:
    """A gazetteer place as it travels with an article: enough to draw and to cite, without the gazetteer.

    ``lat``/``lon`` of an area is a representative point inside it, for labels and look-up, not a location to pin.
    """

    id: str
    name: str
    lat: float
    lon: float
    country_code: str | None
    feature_class: str
    feature_code: str
    footprint: FootprintKind
    population: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A runner-up among a toponym's candidates. ``score`` is the probability that the ranker gave it."""

    id: str
    name: str
    lat: float
    lon: float
    country_code: str | None
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym(Span):
    """A place name in the text, what it names, and why that place was chosen."""

    text: str
    kind: ToponymKind
    place: PlaceRef | None
    stands_for: str | None = None
    confidence: float
    alternatives: tuple[Alternative, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression(Span):
    """A calendar expression and the interval of days (both ends included) that it names."""

    text: str
    from_: str | None
    to: str | None
    basis: Literal["explicit", "relative"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger(Span):
    """The words that report an event."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDate:
    """When an event happened. ``end`` None means that it is still going on."""

    start: str
    end: str | None
    precision: DatePrecision
    basis: DateBasis
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor(Span):
    """Someone who did something (actor) or had it done to them (recipient)."""

    text: str
    role: ActorRole
    country_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPlace:
    """The part that one of the article's toponyms (by index) plays in an event."""

    toponym: int
    role: PlaceRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where an event is drawn: at the precision known, or nowhere (None in its place)."""

    place_id: str
    name: str
    lat: float
    lon: float
    country_code: str | None
    footprint: FootprintKind
    basis: LocationBasis
    precision: Precision
    radius_km: float | None
    acled_geo_precision: int
    ucdp_where_prec: int


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Figure(Span):
    """How many people an event harmed, held or drove out, as its sentence says: from ``low`` to ``high``.

    None stands for an end that is not said: "at least 12" has no ``high``, "up to 12" no ``low``.
    """

    kind: FigureKind
    low: int | None
    high: int | None
    qualifier: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRange:
    """What all tellings of a merged event say of one kind of figure: the lowest and the highest number that any gives.

    ``tellings`` counts those that give one; who gives which is in their reports.
    """

    kind: FigureKind
    low: int
    high: int
    tellings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The reasons behind an event, in words, for its receipt. ``merged``: why it is taken for the event of others."""

    type: str = ""
    place: str = ""
    date: str = ""
    merged: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event as one article tells it."""

    id: str
    type: str
    mode: str | None
    trigger: Trigger
    evidence: Span
    date: EventDate | None
    actors: tuple[Actor, ...]
    places: tuple[EventPlace, ...]
    location: Location | None
    confidence: float
    status: Status
    cluster: str | None = None
    why: Why = field(default_factory=Why)
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """An article with everything found in it: one line of ``mapper parse`` output."""

    article: Article
    toponyms: tuple[Toponym, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    events: tuple[Event, ...] = ()


MarkKind = Literal["trigger", "place", "date", "actor", "recipient"]
Change = Literal["new", "updated", "merged", "split"]
"""What became of an event since an earlier run. One that is gone has no event to say it on: see
:class:`RetractedEvent`."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mark(Span):
    """A stretch of a quotation to be set off, by offsets into that quotation."""

    kind: MarkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article's telling of a merged event: its receipt. ``content_hash`` (the article's) anchors corrections."""

    event_id: str
    article_id: str
    title: str | None
    source: str | None
    url: str | None
    published: str | None
    published_basis: PublishedBasis | None
    language: str | None
    type: str
    evidence: str
    marks: tuple[Mark, ...]
    date: EventDate | None
    location: Location | None
    alternatives: tuple[Alternative, ...]
    confidence: float
    place_why: str
    why: Why
    content_hash: str = ""
    figures: tuple[Figure, ...] = ()
    """Offsets into ``evidence``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedEvent:
    """One real-world event, merged from every telling of it; ``id`` is the smallest member id.

    ``change`` is set where the map is compared with an earlier run (:attr:`EventMap.since`), None for an event that is
    as it was; ``changed_fields`` then names the facts that differ.
    """

    id: str
    type: str
    mode: str | None
    status: Status
    date: EventDate | None
    actors: tuple[Actor, ...]
    location: Location | None
    confidence: float
    reports: tuple[Report, ...]
    independent_sources: int
    note: str | None = None
    figures: tuple[FigureRange, ...] = ()
    change: Change | None = None
    changed_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RetractedEvent:
    """An event of an earlier run that is told no more. ``date`` is a day or "first/last"; ``place`` a name."""

    id: str
    type: str
    date: str | None
    place: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A sentence that names a place at which no event of this map happened."""

    article_id: str
    title: str | None
    source: str | None
    url: str | None
    published: str | None
    sentence: str
    marks: tuple[Mark, ...]
    kind: ToponymKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionedPlace:
    """A place that articles only mention: drawn quietly, never counted as an event."""

    place: PlaceRef
    mentions: tuple[PlaceMention, ...]


class Geometry(Protocol):
    """Anything with a GeoJSON-like ``__geo_interface__`` (lon, lat order), such as a shapely geometry."""

    @property
    def __geo_interface__(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMap:
    """Everything that a map, a slide or a table shows. ``footprints`` holds the areas and lines drawn, by place id.

    ``since`` names the earlier run that the events are compared with, None where there is none; ``retracted`` are its
    events that are gone. ``texts`` holds whole articles by id, where they are to travel with the map.
    """

    events: Sequence[MappedEvent]
    mentioned: tuple[MentionedPlace, ...]
    footprints: Mapping[str, Geometry]
    articles: int
    attribution: tuple[str, ...]
    since: str | None = None
    retracted: tuple[RetractedEvent, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
