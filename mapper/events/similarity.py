"""How alike two tellings are: a light key per event, a score from its parts, and what rules a merger out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mapper.events.lexicon import lexicon, singular, word_set
from mapper.events.likeness import EVEN, likeness, overlap
from mapper.events.plover import FAMILIES
from mapper.model import Article, Event

JOIN = 0.6
"""The score from which on two tellings are taken for one event."""

_ODDS = EVEN * (1 - JOIN) / ((1 - EVEN) * JOIN)
_WORD = re.compile(r"[^\W\d_]{3,}")
_AROUND, _WORDS = 80, 6  # characters and words looked at on either side of a trigger
_STOP = word_set("""
    the and for with from that this was were has have had who his her its their said says mr mrs president
    minister general prime foreign former government officials
""")


_TOLL = frozenset({"kill", "killed", "wound", "wounded", "injur", "injured", "dead", "died"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What deciding about merging needs of one event. Days are ordinals (``date.toordinal``), both ends included."""

    event: str
    article: str
    sentence: int
    type: str
    mode: str | None
    status: str
    place: str | None
    precision: str | None
    country: str | None
    lat: float | None
    lon: float | None
    days: tuple[int, int] | None
    inferred: bool
    actors: frozenset[str]
    recipients: frozenset[str]
    countries: frozenset[str]
    trigger: str
    words: frozenset[str]
    numbers: frozenset[str] = frozenset()
    lemmas: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()


def key_of(article: Article, event: Event) -> Key:
    """The light key of one event."""
    days = None
    if event.date is not None:
        start = date.fromisoformat(event.date.start).toordinal()
        days = (start, date.fromisoformat(event.date.end).toordinal() if event.date.end else start + 30)
    place = event.location
    text = event.evidence.of(article.text)
    return Key(
        event=event.id,
        article=article.id,
        sentence=event.evidence.start,
        type=event.type,
        mode=event.mode,
        status=event.status,
        place=place.place_id if place else None,
        precision=place.precision if place else None,
        country=place.country_code if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        days=days,
        inferred=event.date is not None and event.date.basis in {"inferred", "published"},
        actors=_names(a.text for a in event.actors if a.role == "actor"),
        recipients=_names(a.text for a in event.actors if a.role == "recipient"),
        countries=frozenset(a.country_code for a in event.actors if a.country_code),
        trigger=_stem(event.trigger.text),
        words=frozenset(w.lower() for w in _WORD.findall(text) if w.lower() not in _STOP),
        numbers=frozenset(re.findall(r"\b\d{1,6}\b", text)),
        lemmas=_lemmas(event.trigger.text),
        near=_near(article.text, event),
    )


def _names(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(w.lower() for text in texts for w in _WORD.findall(text) if w.lower() not in _STOP)


def _lemmas(trigger: str) -> frozenset[str]:
    forms = lexicon().lemmas
    return frozenset(
        f
        for w in _WORD.findall(trigger.lower())
        if w not in _STOP
        for lemma in forms.get(w, (singular(w),))
        for f in (lemma, _stem(lemma))
    )


def _near(text: str, event: Event) -> frozenset[str]:
    """The words on both sides of a trigger, without their endings."""
    trigger = event.trigger
    left = _WORD.findall(text[max(0, trigger.start - _AROUND) : trigger.start])[-_WORDS:]
    right = _WORD.findall(text[trigger.end : trigger.end + _AROUND])[:_WORDS]
    return frozenset(_stem(w) for w in (*left, *right) if w.lower() not in _STOP)


def _stem(word: str) -> str:
    word = word.lower().split()[-1] if word.split() else ""
    for ending in ("ings", "ing", "ions", "ion", "ers", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def similarity(a: Key, b: Key) -> tuple[float, str]:
    """How likely two tellings are of one event, from 0 to 1, with the reasons; 0 where something rules it out."""
    if not (a.place or b.place or a.days or b.days):
        if {a.status, b.status} == {"denied", "reported"}:
            return 0.0, "one of them did not happen"
        p = likeness(a, b)  # its odds, moved so that what is even there is even here
        return p / (p + (1 - p) * _ODDS), "alike in words"
    veto = _veto(a, b)
    if veto:
        return 0.0, veto
    score, why = 0.0, []
    if a.type == b.type:
        score += 0.3
        why.append("same type")
        if a.mode and a.mode == b.mode:
            score += 0.05
    if a.trigger and a.trigger == b.trigger:
        score += 0.12
        why.append("same word")
    if a.place and a.place == b.place:
        score += 0.2 if a.precision != "country" else 0.12
        why.append("same place")
    elif a.place and b.place:
        score += 0.06
    if a.days and b.days:
        if a.days == b.days and not (a.inferred and b.inferred):
            score += 0.15
            why.append("same day")
        else:
            score += 0.08
    who = overlap(a.actors, b.actors)
    whom = overlap(a.recipients, b.recipients)
    crossed = max(overlap(a.actors, b.recipients), overlap(a.recipients, b.actors))
    score += 0.22 * max(who, whom, 0.7 * crossed)
    if max(who, whom) >= 0.5:
        why.append("same actors")
    shared = len(a.words & b.words) / max(1, min(len(a.words), len(b.words)))
    score += 0.3 * shared
    if shared >= 0.5:
        why.append("same words")
    if a.numbers & b.numbers:
        score += 0.05
    if a.article == b.article:
        score += _within_article(a, b)
    return min(1.0, score), ", ".join(why)


def _within_article(a: Key, b: Key) -> float:
    """An article tells its event again and again: sparse tellings of the same type join, unless of one sentence."""
    if a.sentence == b.sentence:
        return -0.1
    if a.type == b.type == "CONSULT":
        return 0.2
    toll = any(k.trigger in _TOLL and not k.actors for k in (a, b))
    if toll and a.place == b.place and a.days == b.days:
        return 0.2  # "… Four soldiers were killed": the toll of what was told before
    return 0.08 if a.type == b.type else -0.1


def _veto(a: Key, b: Key) -> str:
    if a.days and b.days and (a.days[0] > b.days[1] + 1 or b.days[0] > a.days[1] + 1):
        return "different days"
    if a.country and b.country and a.country != b.country:
        return "different countries"
    fine = {"settlement", "exact", "near"}
    if a.precision in fine and b.precision in fine and a.place != b.place and _apart(a, b) > 40:
        return "different places"
    if a.precision == b.precision and a.precision in {"admin1", "admin2"} and a.place != b.place:
        return "different places"
    if {a.status, b.status} & {"denied", "hypothetical"} and a.status != b.status:
        return "one of them did not happen"
    if {a.status, b.status} == {"background", "reported"} and not (a.days and b.days):
        return "one of them is told as past"
    if a.type != b.type and "OTHER" not in {a.type, b.type} and FAMILIES.get(a.type) != FAMILIES.get(b.type):
        return "different kinds"
    turned = overlap(a.actors, b.recipients) == 1.0 and overlap(a.recipients, b.actors) == 1.0
    if a.type == "ASSAULT" == b.type and turned and not overlap(a.actors, b.actors):
        return "opposite sides"
    if a.article == b.article and a.sentence == b.sentence and (a.type != b.type or a.type != "CONSULT"):
        return "told apart in one sentence"
    return ""


def _apart(a: Key, b: Key) -> float:
    """Rough distance in kilometres, good enough to tell towns apart."""
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return 0.0
    dx = (a.lon - b.lon) * 111.3 * max(0.1, 1 - abs((a.lat + b.lat) / 2) / 90)
    return float((dx**2 + ((a.lat - b.lat) * 111.2) ** 2) ** 0.5)
