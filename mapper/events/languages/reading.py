"""From a sentence in a language without a parser to what it tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mapper.events.candidate import Candidate
from mapper.events.dates import Found, published_day
from mapper.events.inherit import Draft
from mapper.events.languages.phrases import Phrase, Phrases, phrases
from mapper.events.languages.placing import clause_at, place
from mapper.events.several import drafts_of
from mapper.events.when import BACKGROUND_DAYS, Dating
from mapper.model import EventDate, SegmentKind, Span, Status, Toponym

SUPPORTED = frozenset({"fr", "es", "ar"})
"""Languages (ISO 639-1) whose events are read by their words."""

_CONFIDENCE = {"verb": 0.6, "form": 0.58, "harm": 0.6, "noun": 0.55, "planned": 0.52}
_AHEAD = {
    "fr": re.compile(r"\b[a-zéè]{2,}(?:era|ira|dra|ura|tra|rra|ront)\b"),
    "es": re.compile(r"\b[a-záéíóú]{2,}(?:rá|rán)\b"),
    "ar": re.compile(r"(?<!\w)س[يت]\w{2,}"),
}
_NATURE = frozenset({"DISASTER", "ACCIDENT"})
_SPORT = 3  # different words of sport that make an article one about it
_WORD = re.compile(r"\w+")
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
            drafts += _drafts(told, hit, span, kind, number, known)
    return drafts


def _drafts(told: Told, hit: _Hit, span: Span, kind: SegmentKind, number: int, known: Phrases) -> list[Draft]:
    here = [i for i, t in enumerate(told.toponyms) if span.contains(t)]
    dated = [t for t in told.times if span.start <= t.start < span.end]
    trigger = Span(start=span.start + hit.start, end=span.start + hit.end)
    date, background, why_date = _date(hit, trigger, dated, told.text, known, told.published)
    placing = place(hit.phrase, trigger, here, told.toponyms, dated, told.text, span, known)
    status: Status = "background" if background and hit.status == "reported" else hit.status
    grounds = (placing.location is not None) + (date is not None)
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
    draft.location, draft.place_why, draft.places = placing.location, placing.why, placing.places
    draft.date, draft.date_why, draft.dated = date, why_date, date is not None

    def day(times: Sequence[Found]) -> Dating:
        day, _, why = _date(hit, trigger, times, told.text, known, told.published)
        return Dating(day, why, found=times[0] if day is not None else None)

    return drafts_of(draft, placing, told.toponyms, dated, day)


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
    begin, end = clause_at(sentence, *match.span("t"))
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
