"""From what each article tells to what happened: the merged events and the places merely mentioned.

Everything that draws or exports works on the :class:`~mapper.model.EventMap` made here, and on nothing else.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, get_args

from mapper.grouping import Groups
from mapper.model import (
    Analysis,
    Event,
    EventMap,
    Figure,
    FigureKind,
    FigureRange,
    Geometry,
    MappedEvent,
    Mark,
    MarkKind,
    MentionedPlace,
    PlaceMention,
    PlaceRef,
    Report,
    Span,
    Status,
    Toponym,
)
from mapper.settled import Telling, settle
from mapper.shelf import HELD, Shelf

_SHOWN_BY_DEFAULT: frozenset[Status] = frozenset({"reported", "planned"})
# Names in these segments are about the page, not the news.
_FURNITURE = frozenset({"boilerplate", "byline", "credit"})
# Enough sentences to see how a place is talked about, the earliest published; a list of thousands would only make the
# file heavy.
MENTIONS_KEPT = 20


T = TypeVar("T", bound=Hashable)
_Rank = tuple[str, str, int]  # when it was published, in which article, where in it: whatever order articles come in


@dataclass(slots=True)
class _Gathered:
    """One article's telling, with the event that it tells."""

    event: Event
    report: Report

    @property
    def telling(self) -> Telling:
        return Telling(self.event, self.report.published, self.report.article_id)


@dataclass(slots=True)
class EventMapBuilder:
    """Takes analyses one by one, keeps only what a map shows of each, and gives the :class:`EventMap`.

    Tellings, mentions and events beyond the first ``held`` are kept on disk: the map's events are then read as they are
    gone through.

    ``voices`` maps an article id to the id of the article that it copies (wire copy, reprint), so that one voice is
    counted once. ``notes`` maps event ids to notes from the corrections.
    """

    notes: Mapping[str, str] = field(default_factory=dict)
    voices: Mapping[str, str] = field(default_factory=dict)
    held: int = HELD
    _tellings: Shelf[_Gathered] = field(init=False)
    _clusters: Groups = field(default_factory=Groups)
    _mentions: Shelf[PlaceMention] = field(init=False)
    _mentioned: dict[str, list[tuple[_Rank, int]]] = field(default_factory=lambda: defaultdict(list))
    _places: dict[str, PlaceRef] = field(default_factory=dict)
    _articles: int = 0
    _shared: dict[Hashable, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._tellings = Shelf(_Gathered, held=self.held)
        self._mentions = Shelf(PlaceMention, held=self.held)

    def add(self, analysis: Analysis, sentences: Iterable[Span]) -> None:
        """Take in one analysis; ``sentences`` are the spans of its text that mentions are quoted by."""
        self._articles += 1
        for told in analysis.events:
            event = replace(told, location=self._once(told.location), date=self._once(told.date))
            report = replace(_report(analysis, event), why=self._once(event.why))
            # Of the event itself only its facts are asked for again; the words behind them are in the report.
            self._clusters.append(event.cluster or event.id)
            self._tellings.append(_Gathered(replace(event, places=(), why=report.why), report))
        self._add_mentions(analysis, sorted(sentences))

    def _once(self, value: T) -> T:
        """The first value like this one: a place where much happens is held once, however often it is told of."""
        if self._tellings.full:  # nothing more is held
            return value
        one: T = self._shared.setdefault(value, value)
        return one

    def build(self, *, footprint: Callable[[str], Geometry], attribution: tuple[str, ...]) -> EventMap:
        """The finished map. ``footprint`` gives a place's area or line by its id, LookupError for none."""
        events: Shelf[MappedEvent] = Shelf(MappedEvent, held=self.held)
        located, drawn = set(), set()
        for _, cluster in self._clusters:
            event = self._merged([self._tellings[number] for number in cluster])
            events.append(event)
            if event.location is not None:
                if event.status in _SHOWN_BY_DEFAULT:
                    located.add(event.location.place_id)
                if event.location.footprint != "point":
                    drawn.add(event.location.place_id)
        mentioned = tuple(
            MentionedPlace(place=self._places[place], mentions=tuple(self._mentions[n] for _, n in ranked))
            for place, ranked in sorted(self._mentioned.items())
            if place not in located
        )
        drawn |= {m.place.id for m in mentioned if m.place.footprint != "point"}
        return EventMap(
            events=events if events.full else tuple(events),
            mentioned=mentioned,
            footprints=_footprints(sorted(drawn), footprint),
            articles=self._articles,
            attribution=attribution,
        )

    def _add_mentions(self, analysis: Analysis, sentences: list[Span]) -> None:
        article = analysis.article
        furniture = [segment for segment in article.segments if segment.kind in _FURNITURE]
        for toponym in analysis.toponyms:
            # A government spoken of by its capital, a people or part of a company's name is no place spoken of.
            if toponym.kind != "literal" or toponym.place is None or any(s.overlaps(toponym) for s in furniture):
                continue
            sentence = next((s for s in sentences if s.contains(toponym)), Span(start=toponym.start, end=toponym.end))
            self._places.setdefault(toponym.place.id, toponym.place)
            ranked = self._mentioned[toponym.place.id]
            rank = article.published or "~", article.id, toponym.start  # undated ones last
            if len(ranked) < MENTIONS_KEPT or rank < ranked[-1][0]:
                insort(ranked, (rank, len(self._mentions)))
                del ranked[MENTIONS_KEPT:]
                self._mentions.append(
                    PlaceMention(
                        article_id=article.id,
                        title=article.title,
                        source=article.source,
                        url=article.url,
                        published=article.published,
                        sentence=sentence.of(article.text),
                        marks=_marks(sentence, [("place", toponym)]),
                        kind=toponym.kind,
                    )
                )

    def _merged(self, members: list[_Gathered]) -> MappedEvent:
        members = sorted(members, key=lambda member: member.telling.rank)
        settled = settle([member.telling for member in members])
        notes = [self.notes[m.event.id] for m in members if m.event.id in self.notes]
        return MappedEvent(
            id=min(member.event.id for member in members),
            type=settled.type,
            mode=settled.mode,
            status=settled.status,
            date=settled.date,
            actors=settled.actors,
            location=settled.location,
            confidence=settled.confidence,
            reports=tuple(member.report for member in members),
            independent_sources=self._independent(members),
            note="; ".join(dict.fromkeys(notes)) or None,
            figures=figure_ranges((m.report.article_id, m.event.figures) for m in members),
        )

    def _independent(self, members: list[_Gathered]) -> int:
        """Distinct outlets, copies of one text counted once."""
        outlets: dict[str, str] = {}
        for member in members:
            voice = self.voices.get(member.report.article_id, member.report.article_id)
            outlets.setdefault(voice, member.report.source or voice)
        return len(set(outlets.values()))


def figure_ranges(told: Iterable[tuple[str, tuple[Figure, ...]]]) -> tuple[FigureRange, ...]:
    """Of each kind the lowest and the highest number that an article gives, from (article id, figures) pairs.

    An article that counts a part besides the whole ("12 people, four of them children") is taken by its highest.
    """
    highest: dict[FigureKind, dict[str, tuple[int, int]]] = {}
    for article, figures in told:
        for figure in figures:
            ends = [n for n in (figure.low, figure.high) if n is not None]
            if ends:
                by_article = highest.setdefault(figure.kind, {})
                span = (max(ends), min(ends))
                by_article[article] = max(span, by_article.get(article, span))
    return tuple(
        FigureRange(
            kind=kind,
            low=min(low for _, low in by_article.values()),
            high=max(high for high, _ in by_article.values()),
            tellings=len(by_article),
        )
        for kind, by_article in sorted(highest.items(), key=lambda item: get_args(FigureKind).index(item[0]))
    )


def _footprints(places: Iterable[str], footprint: Callable[[str], Geometry]) -> dict[str, Geometry]:
    """The outlines that are known. An earlier output may name places of another gazetteer: those stay without."""
    known = {}
    for place in places:
        with suppress(LookupError):
            known[place] = footprint(place)
    return known


def _report(analysis: Analysis, event: Event) -> Report:
    article = analysis.article
    toponym = _deciding_toponym(analysis, event)
    wanted: list[tuple[MarkKind, Span]] = [("trigger", event.trigger)]
    wanted += [("place", analysis.toponyms[p.toponym]) for p in event.places if p.role == "happened_at"]
    wanted += [(actor.role, actor) if actor.role == "recipient" else ("actor", actor) for actor in event.actors]
    if event.date is not None and event.date.text:
        wanted += [("date", time) for time in analysis.times if time.text == event.date.text]
    return Report(
        event_id=event.id,
        article_id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        published_basis=article.published_basis,
        language=article.language,
        type=event.type,
        evidence=event.evidence.of(article.text),
        marks=_marks(event.evidence, wanted),
        date=event.date,
        location=event.location,
        alternatives=toponym.alternatives if toponym else (),
        confidence=event.confidence,
        place_why=toponym.why if toponym else "",
        why=event.why,
        content_hash=article.content_hash if article.text else "",
        figures=tuple(
            replace(f, start=f.start - event.evidence.start, end=f.end - event.evidence.start) for f in event.figures
        ),
    )


def _deciding_toponym(analysis: Analysis, event: Event) -> Toponym | None:
    """The toponym that gave the event its location: the one in the event's own places first."""
    if event.location is None:
        return None
    own = [analysis.toponyms[place.toponym] for place in event.places]
    for toponym in (*own, *analysis.toponyms):
        if toponym.place is not None and toponym.place.id == event.location.place_id:
            return toponym
    return None


def _marks(quoted: Span, wanted: Iterable[tuple[MarkKind, Span]]) -> tuple[Mark, ...]:
    """Marks inside the quotation, relative to its start; where two overlap the earlier listed wins."""
    kept: list[Mark] = []
    for kind, span in wanted:
        mark = Mark(start=span.start - quoted.start, end=span.end - quoted.start, kind=kind)
        if quoted.contains(span) and mark.start < mark.end and not any(mark.overlaps(other) for other in kept):
            kept.append(mark)
    return tuple(sorted(kept))
