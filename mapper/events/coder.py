"""From an article with its toponyms to its events: the stage's front door.

Only sentences that hold a possible trigger are parsed. French, Spanish and Arabic are read by their words alone;
text in another language gives dates but no events.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from mapper.events import languages
from mapper.events.actors import actors, domestic_country
from mapper.events.candidate import Candidate
from mapper.events.dates import Found, find, published_day
from mapper.events.detect import detect, given, may_hold_event
from mapper.events.figures import assigned, figures
from mapper.events.games import of_games
from mapper.events.inherit import Draft, fill_in
from mapper.events.lexicon import word_set
from mapper.events.locate import Placing, place
from mapper.events.numeric_dates import day_first
from mapper.events.placing_features import Within
from mapper.events.prominence import weighed
from mapper.events.several import drafts_of
from mapper.events.spots import Spots
from mapper.events.syntax import Sentence, parse
from mapper.events.toll import Tolls
from mapper.events.topics import spoken_privately, topics_of
from mapper.events.when import Dating, date_event, direction_of
from mapper.model import (
    Actor,
    Article,
    Event,
    Figure,
    Segment,
    SegmentKind,
    Span,
    TimeExpression,
    Toponym,
    Trigger,
    Why,
    event_id,
)
from mapper.sentences import sentences

Coded = tuple[tuple[TimeExpression, ...], tuple[Event, ...]]

_SILENT: frozenset[SegmentKind] = frozenset({"boilerplate", "credit", "byline"})
_FILED = 3  # days from filing to publication at most
_TIMES = word_set("day night morning afternoon evening week weekend month year noon midnight dawn")
_LEAST = 0.28  # confidence below which a candidate is not worth an analyst's look


@dataclass(slots=True)
class _Work:
    """One article on its way through the stage."""

    article: Article
    toponyms: tuple[Toponym, ...]
    spans: list[tuple[Span, SegmentKind]] = field(default_factory=list)
    parsed: dict[Span, Sentence] = field(default_factory=dict)
    _named: dict[Span, list[int]] = field(default_factory=dict)
    _spots: Spots | None = None

    def named_in(self, sentence: Span) -> list[int]:
        """Indexes of the toponyms in a sentence: asked for each of its events, looked for once."""
        if sentence not in self._named:
            if self._spots is None:
                self._spots = Spots(self.toponyms)
            near = self._spots.touching(sentence.start, sentence.end)
            self._named[sentence] = [i for i in near if sentence.contains(self.toponyms[i])]
        return self._named[sentence]


class EventCoder:
    """Codes the events of articles, batch in and batch out, each article by itself.

    ``within`` tells whether a place (id) lies in another (id); the gazetteer's own is handed in by the pipeline.
    Without
    it only what place references say by themselves (country codes) is used. The language model loads at the first use;
    :class:`~mapper.errors.MissingModelError` is raised where it is not installed.
    """

    def __init__(self, *, within: Within | None = None) -> None:
        # Asked again and again for the same few places of an article.
        self._within = lru_cache(maxsize=20_000)(within) if within is not None else None

    def code(self, items: Sequence[tuple[Article, tuple[Toponym, ...]]]) -> list[Coded]:
        """Times and events of each article; ``Event.cluster`` is None: merging needs all articles."""
        work = [_prepared(article, toponyms) for article, toponyms in items]
        wanted = [(w, span, kind) for w in work for span, kind in w.spans if _worth_parsing(w, span)]
        parsed = parse([(w.article.text, span, kind) for w, span, kind in wanted], [w.toponyms for w, _, _ in wanted])
        for (w, span, _), sentence in zip(wanted, parsed, strict=True):
            w.parsed[span] = sentence
        return [self._code(w) for w in work]

    def _code(self, w: _Work) -> Coded:
        article = w.article
        ordered = [w.parsed[span] for span, _ in w.spans if span in w.parsed]
        lines, read = Spots([span for span, _ in w.spans]), Spots([s.span for s in ordered])

        def direction(start: int, end: int):  # type: ignore[no-untyped-def]
            if article.language in languages.SUPPORTED:
                span = next((w.spans[i][0] for i in lines.touching(start, start + 1)), None)
                told = span is not None and languages.ahead(span.of(article.text), article.language)
                return "future" if told else "past"
            sentence = next((ordered[i] for i in read.touching(start, start + 1)), None)
            return direction_of(sentence, start, end) if sentence is not None else None

        first = day_first(article.text, article.language, article.url)
        times = find(article.text, _told_on(article), direction, day_first=first)
        times = tuple(t for t in times if not _in_furniture(t, article.segments))
        drafts = self._drafts(w, ordered, times)
        fill_in(drafts, w.toponyms, article, self._within)
        counted = _figures(article.text, article.language, drafts)
        events = tuple(_event(article, d, f) for d, f in zip(drafts, counted, strict=True))
        return tuple(t.expression() for t in times), events

    def _drafts(self, w: _Work, ordered: Sequence[Sentence], times: Sequence[Found]) -> list[Draft]:
        if w.article.triggers is not None:
            return [self._given(w, trigger, times) for trigger in w.article.triggers]
        if w.article.language in languages.SUPPORTED:
            return self._by_words(w, w.article.language, times)
        texts = [span.of(w.article.text) for span, _ in w.spans]
        game = dict(zip((span for span, _ in w.spans), of_games(texts), strict=True))
        topics = topics_of(texts)
        if _of_nations(w.toponyms):
            topics = replace(topics, civic=True)
        drafts, tolls = [], Tolls()
        spots = Spots(times)
        for number, s in enumerate(ordered):
            near = [times[i] for i in spots.touching(s.span.start, s.span.end)]
            found = [
                c
                for c in weighed(s, detect(s, topics, game=game.get(s.span, False)))
                if c.confidence >= _LEAST and not _in_date(s, c, near)
            ]
            found = tolls.attributed(s, found)
            told = [d for c in found for d in self._told(w, s, number, c, found, near)]
            drafts += [d for d in told if not spoken_privately(d.candidate, d.actors, topics)]
        return drafts

    @staticmethod
    def _by_words(w: _Work, language: str, times: Sequence[Found]) -> list[Draft]:
        """The drafts of an article in a language without a parser."""
        article = w.article
        if not languages.may_tell([span.of(article.text) for span, _ in w.spans], language):
            return []
        told = languages.Told(article.text, language, article.published, w.toponyms, times)
        return languages.tellings(told, w.spans)

    def _given(self, w: _Work, trigger: Span, times: Sequence[Found]) -> Draft:
        s = next((s for s in w.parsed.values() if s.span.overlaps(trigger)), None)
        if s is None or not s.at(trigger):
            sentence = next((span for span, _ in w.spans if span.overlaps(trigger)), trigger)
            c = Candidate(
                word=0, anchor=0, span=trigger, type="OTHER", mode=None, status="reported", tense="none",
                confidence=0.2, why="given as trigger; its sentence could not be read",
            )  # fmt: skip
            return Draft(candidate=c, evidence=sentence, kind="body", number=0, sentence=None)
        return self._draft(w, s, 0, given(s, trigger), [], times)[0]

    def _told(
        self, w: _Work, s: Sentence, number: int, c: Candidate, others: Sequence[Candidate], times: Sequence[Found]
    ) -> list[Draft]:
        """One draft, or one for each place that the telling names."""
        draft, placing = self._draft(w, s, number, c, others, times)
        here = [t for t in times if s.span.start <= t.start < s.span.end]

        def dated(times: Sequence[Found]) -> Dating:
            return date_event(s, c, times, others, w.article.published)

        return drafts_of(draft, placing, w.toponyms, here, dated)

    def _draft(
        self, w: _Work, s: Sentence, number: int, c: Candidate, others: Sequence[Candidate], times: Sequence[Found]
    ) -> tuple[Draft, Placing]:
        here = w.named_in(s.span)
        times_here = [t for t in times if s.span.start <= t.start < s.span.end]
        dating = date_event(s, c, times_here, others, w.article.published)
        placing = place(s, c, w.toponyms, here, within=self._within)
        for r in c.results:
            # "nine were killed in Gao on Monday when …": when and where may stand with what came of the deed.
            told = replace(c, word=r, anchor=r)
            if dating.date is None:
                dating = date_event(s, told, times_here, others, w.article.published)
            if placing.location is None:
                placing = place(s, told, w.toponyms, here, within=self._within)
        if dating.status is not None:
            c = replace(c, status=dating.status)
        # Said where and when in so many words: the surer telling of an event that is told more than once.
        grounds = (placing.location is not None) + (dating.date is not None)
        c = replace(c, confidence=min(0.97, c.confidence + 0.03 * grounds))
        named = tuple(w.toponyms[i] for i in here)  # an actor lies in its sentence, and so does what names its country
        who = tuple(a for a in actors(s, c, named, w.article.text) if not _says_when(a, w.article.text, times))
        draft = Draft(
            candidate=c, evidence=s.span, kind=s.kind, number=number, sentence=s, actors=who, places=placing.places,
            location=placing.location, place_why=placing.why, date=dating.date, date_why=dating.why,
            dated=dating.found is not None, here=tuple(here),
            domestic=domestic_country(w.toponyms, here),
        )  # fmt: skip
        return draft, placing


def _prepared(article: Article, toponyms: tuple[Toponym, ...]) -> _Work:
    w = _Work(article, toponyms)
    segments = article.segments
    for span in sentences(article.text, segments):
        kind: SegmentKind = next((s.kind for s in segments if s.contains(span)), "body")
        if kind not in _SILENT:
            w.spans.append((span, kind))
    return w


def _worth_parsing(w: _Work, span: Span) -> bool:
    if w.article.triggers is not None:
        return any(span.overlaps(t) for t in w.article.triggers)
    if w.article.language not in {None, "en"}:
        return False
    return may_hold_event(span.of(w.article.text))


def _of_nations(toponyms: Sequence[Toponym]) -> bool:
    """Whether an article names nations: a government by its seat or people by their country, or two countries."""
    if any(t.kind in {"demonym", "metonym"} and t.place is not None for t in toponyms):
        return True
    countries = {t.place.id for t in toponyms if t.place is not None and t.place.feature_code.startswith("PCL")}
    return len(countries) >= 2


def _told_on(article: Article) -> str | None:
    """The day from which "today" is reckoned: the dateline's, where a report ran a few days after it was filed."""
    day = published_day(article.published)
    if day is None:
        return None
    for segment in article.segments:
        if segment.kind == "dateline":
            for f in find(segment.of(article.text), article.published):
                if f.interval is not None and f.precision == "day" and f.basis == "explicit":
                    late = (day - f.interval[0]).days
                    return f.interval[0].isoformat() if 0 <= late <= _FILED else article.published
    return article.published


def _in_date(s: Sentence, c: Candidate, times: Sequence[Found]) -> bool:
    """Whether a trigger's word is part of a date: "MARCH 29"."""
    word = s.tokens[c.word]
    return any(t.start <= word.start and word.end <= t.end for t in times)


def _says_when(a: Actor, text: str, times: Sequence[Found]) -> bool:
    """Whether a phrase in an actor's position is a time of day or a date: "on Saturday night"."""
    ends_in_time = text[a.start : a.end].lower().rsplit(None, 1)[-1] in _TIMES
    return any(a.start < t.end and t.start < a.end and (ends_in_time or a.end <= t.end) for t in times)


def _in_furniture(t: Found, segments: Sequence[Segment]) -> bool:
    return any(s.kind in _SILENT and s.start <= t.start < s.end for s in segments)


def _figures(text: str, language: str | None, drafts: Sequence[Draft]) -> list[tuple[Figure, ...]]:
    """For each draft the counts of people in its sentence that are its own."""
    found: list[tuple[Figure, ...]] = [() for _ in drafts]
    sentences_: dict[Span, list[int]] = {}
    for n, d in enumerate(drafts):
        if d.name is None:
            sentences_.setdefault(d.evidence, []).append(n)
    for sentence, numbers in sentences_.items():
        events = [(drafts[n].candidate.type, drafts[n].candidate.span) for n in numbers]
        by_words = language if language in languages.SUPPORTED else None
        counts = languages.figures(text, sentence, by_words) if by_words else figures(text, sentence)
        for n, mine in zip(numbers, assigned(counts, events), strict=True):
            found[n] = () if drafts[n].several else mine  # a count is of all the places together
    return found


def _event(article: Article, d: Draft, counted: tuple[Figure, ...]) -> Event:
    c = d.candidate
    return Event(
        id=event_id(article.text, c.span, d.name),
        type=c.type,
        mode=c.mode,
        trigger=Trigger(start=c.span.start, end=c.span.end, text=c.span.of(article.text)),
        evidence=d.evidence,
        date=d.date,
        actors=d.actors,
        places=d.places,
        location=d.location,
        confidence=round(c.confidence, 3),
        status=c.status,
        why=Why(type=c.why, place=d.place_why, date=d.date_why),
        figures=counted,
    )
