"""From a sentence in a language without a parser to what it tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mapper.events.candidate import Candidate
from mapper.events.dates import Found, published_day
from mapper.events.inherit import Draft
from mapper.events.languages.phrases import Phrase, Phrases, phrases
from mapper.events.locate import located
from mapper.events.when import BACKGROUND_DAYS
from mapper.model import EventDate, EventPlace, Location, SegmentKind, Span, Status, Toponym

SUPPORTED = frozenset({"fr", "es", "ar"})
"""Languages (ISO 639-1) whose events are read by their words."""

_CONFIDENCE = {"verb": 0.6, "form": 0.58, "harm": 0.6, "noun": 0.55, "planned": 0.52}
_PLACED = frozenset(
    {"ASSAULT", "PROTEST", "COERCE", "DISASTER", "ACCIDENT", "CONSULT", "AID", "ELECTION", "CEREMONY", "MOBILIZE"}
    | {"RETREAT", "LEADERSHIP_CHANGE"}
)
_ARTICLES = frozenset({"", "la", "le", "l'", "l’", "el", "los", "las", "les"})
_AHEAD = {
    "fr": re.compile(r"\b[a-zéè]{2,}(?:era|ira|dra|ura|tra|rra|ront)\b"),
    "es": re.compile(r"\b[a-záéíóú]{2,}(?:rá|rán)\b"),
    "ar": re.compile(r"(?<!\w)س[يت]\w{2,}"),
}
_NATURE = frozenset({"DISASTER", "ACCIDENT"})
_SPORT = 3  # different words of sport that make an article one about it
_WORD = re.compile(r"\w+")
_CLAUSE_END = re.compile(r"[;:!?]|[.,،؛](?=\s)|\s[-–—]\s")
_QUOTED = re.compile(r"[«“\"]([^«»“”\"]{25,})[»”\"]")


@dataclass(frozen=True, slots=True)
class _Hit:
    phrase: Phrase
    start: int
    end: int
    status: Status


def may_tell(texts: Sequence[str], language: str) -> bool:
    """Whether an article may tell events: not where it is about sport, which borrows their words."""
    words = {w for text in texts for w in _WORD.findall(text.lower())}
    return len(words & phrases(language).sport) < _SPORT


def ahead(sentence: str, language: str) -> bool:
    """Whether a verb of the sentence looks ahead: its dates without a year or a week are the next ones."""
    return _AHEAD[language].search(sentence) is not None


@dataclass(frozen=True, slots=True)
class Told:
    """What a language's reading of an article needs."""

    text: str
    language: str
    published: str | None
    toponyms: Sequence[Toponym]
    times: Sequence[Found]


def tellings(told: Told, spans: Sequence[tuple[Span, SegmentKind]]) -> list[Draft]:
    """The events that an article's sentences tell, in text order, at most one of each type in a sentence.

    Harm counts as an attack's, unless what the article told before was nature's doing or an accident.
    """
    known = phrases(told.language)
    drafts: list[Draft] = []
    cause = ""
    for number, (span, kind) in enumerate(spans):
        for hit in _hits(span.of(told.text), known):
            if hit.phrase.kind == "harm" and cause in _NATURE:
                continue
            if hit.phrase.kind != "harm" and hit.phrase.type in _NATURE | {"ASSAULT"}:
                cause = hit.phrase.type
            drafts.append(_draft(told, hit, span, kind, number, known))
    return drafts


def _draft(told: Told, hit: _Hit, span: Span, kind: SegmentKind, number: int, known: Phrases) -> Draft:
    here = [i for i, t in enumerate(told.toponyms) if span.contains(t)]
    dated = [t for t in told.times if span.start <= t.start < span.end]
    trigger = Span(start=span.start + hit.start, end=span.start + hit.end)
    date, background, why_date = _date(hit, trigger, dated, told.text, known, told.published)
    index, location, why_place = _place(hit, trigger, here, told.toponyms, dated, told.text, span, known)
    status: Status = "background" if background and hit.status == "reported" else hit.status
    grounds = (location is not None) + (date is not None)
    candidate = Candidate(
        word=0,
        anchor=0,
        span=trigger,
        type=hit.phrase.type,
        mode=hit.phrase.mode,
        status=status,
        tense="future" if status == "planned" else "past",
        confidence=_CONFIDENCE[hit.phrase.kind] + 0.03 * grounds,
        why=f'"{trigger.of(told.text)}", read by its words alone ({told.language})',
    )
    draft = Draft(candidate=candidate, evidence=span, kind=kind, number=number, sentence=None, here=tuple(here))
    draft.location, draft.place_why = location, why_place
    draft.places = (EventPlace(toponym=index, role="happened_at"),) if index is not None else ()
    draft.date, draft.date_why, draft.dated = date, why_date, date is not None
    return draft


def _hits(sentence: str, known: Phrases) -> list[_Hit]:
    """The phrases that hold, in text order: one of each type, harm under the type of what did it."""
    found: list[_Hit] = []
    quoted = [m.span(1) for m in _QUOTED.finditer(sentence)]
    for phrase in known.phrases:
        for match in phrase.pattern.finditer(sentence):
            start, end = match.span("t")
            if any(a <= start < b for a, b in quoted) or any(h.start < end and start < h.end for h in found):
                continue
            status = _status(phrase, match, sentence, known)
            if status is not None:
                found.append(_Hit(phrase, start, end, status))
    found.sort(key=lambda h: h.start)
    nature = next((h for h in found if h.phrase.type in _NATURE), None)
    kept: list[_Hit] = []
    for hit in found:
        if nature is not None and hit.phrase.kind == "harm":
            continue  # "tués dans un accident": the accident tells it
        if any(other.phrase.type == hit.phrase.type for other in kept):
            continue
        kept.append(hit)
    return kept


def _status(phrase: Phrase, match: re.Match[str], sentence: str, known: Phrases) -> Status | None:
    """Whether a phrase is told as done ("reported"), over before ("background") or fixed ("planned"); None if not."""
    begin, end = _clause(sentence, *match.span("t"))
    clause = sentence[begin:end]
    if known.negated.search(sentence[begin : match.start()]) or known.unreal.search(clause):
        return None
    if known.denied.search(sentence[: match.start()]):
        return None
    if phrase.type == "CONSULT" and set(_WORD.findall(clause.lower())) & known.crowd:
        return None
    if phrase.kind == "planned":
        return "planned"
    if phrase.kind == "noun" and not known.happen.search(clause):
        return None
    auxiliary = match.groupdict().get("aux")
    return "background" if auxiliary and known.earlier.fullmatch(auxiliary) else "reported"


def _clause(sentence: str, start: int, end: int) -> tuple[int, int]:
    begin = max((m.end() for m in _CLAUSE_END.finditer(sentence) if m.end() <= start), default=0)
    stop = next((m.start() for m in _CLAUSE_END.finditer(sentence) if m.start() >= end), len(sentence))
    return begin, stop


def _date(
    hit: _Hit, trigger: Span, dated: Sequence[Found], text: str, known: Phrases, published: str | None
) -> tuple[EventDate | None, bool, str]:
    """The nearest date of the sentence, and whether it makes the event history."""
    anchor = published_day(published)
    usable = [
        (f, interval)
        for f in dated
        if (interval := f.narrowed()) is not None and not known.since.search(text[max(0, f.start - 12) : f.start])
    ]
    if not usable:
        return None, False, ""
    nearest, (first, last) = min(
        usable, key=lambda u: (min(abs(u[0].start - trigger.end), abs(trigger.start - u[0].end)), u[0].start)
    )
    if hit.status != "planned" and anchor is not None and first > anchor:
        return None, False, f'"{nearest.text}" lies ahead, and the sentence tells what is past'
    history = anchor is not None and (anchor - last).days > BACKGROUND_DAYS
    date = EventDate(
        start=first.isoformat(),
        end=last.isoformat(),
        precision=nearest.precision,
        basis=nearest.basis,
        text=nearest.text,
    )
    return date, history, f'"{nearest.text}"'


def _place(
    hit: _Hit,
    trigger: Span,
    here: Sequence[int],
    toponyms: Sequence[Toponym],
    dated: Sequence[Found],
    text: str,
    span: Span,
    known: Phrases,
) -> tuple[int | None, Location | None, str]:
    """The place behind a preposition of place: the finest kind, then the nearest to the trigger.

    Words and measures have a target ("sanctions against Niger"), no place.
    """
    if hit.phrase.type not in _PLACED and hit.phrase.mode != "convict":
        return None, None, ""
    ranked = []
    for i in here:
        t = toponyms[i]
        if t.kind != "literal" or t.place is None or t.text.lower() in known.common:
            continue
        if any(f.start < t.end and t.start < f.end for f in dated):
            continue
        before = text[max(span.start, t.start - 40) : t.start]
        led = known.place.search(before)
        linked = hit.phrase.kind == "noun" and trigger.end <= t.start and known.of.match(text[trigger.end : t.start])
        visited = hit.phrase.mode == "visit" and text[trigger.end : t.start].strip().lower() in _ARTICLES
        if not led and not linked and not visited:
            continue
        area = t.place.feature_class != "P"
        gap = t.start - trigger.end if t.start >= trigger.end else 20 + trigger.start - t.end
        ranked.append((area, gap, i))
    if not ranked:
        return None, None, ""
    index = min(ranked)[2]
    place = toponyms[index].place
    if place is None:
        return None, None, ""
    return index, located(place, basis="stated"), f'"{toponyms[index].text}" behind a preposition of place'
