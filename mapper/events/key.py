"""What deciding about merging needs of one event: a light key, small enough to keep for every event of a large run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mapper.events.lexicon import lexicon, singular, word_set
from mapper.events.months import ENGLISH_MONTHS, ENGLISH_WEEKDAYS
from mapper.events.visits import site_visited
from mapper.model import Article, Event, Location, Toponym
from mapper.packing import Packing

_ANOTHER = re.compile(r"\b(?:another|elsewhere|separate(?:ly)?|a second|a third|others)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}|\b[A-Z]{2}\b")  # "US", "EU" and "UN" are names
_AROUND, _WORDS = 80, 6  # characters and words looked at on either side of a trigger
_STOP = word_set("""
    the and for with from that this was were has have had who his her its their said says mr mrs president
    minister general prime foreign former government officials
""")
_CALENDAR = frozenset(ENGLISH_WEEKDAYS) | frozenset(ENGLISH_MONTHS)
_EVERYWHERE = word_set("""
    police people person persons men man women woman local official authorities army troops forces security group
    region city town village area near outside north south east west northern southern eastern western central least
    more than about after before when where which while into over under during another two three four five six seven
    eight nine ten dozen dozens hundreds thousands several many some all not but out off again late early morning
    afternoon evening night day days week month year dead toll were been being its would could will
""")


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
    named: frozenset[str] = frozenset()
    """Names among those who acted: of people, bodies and countries."""
    sides: frozenset[str] = frozenset()
    """Countries that those who acted belong to."""
    distinct: frozenset[str] = frozenset()
    """Words of its sentence that tell it from others of its kind: not triggers, places, days, or every report's."""
    figures: tuple[tuple[str, int, int], ...] = ()
    """Kind, lowest and highest number of people harmed, held or driven out."""
    language: str | None = None
    """ISO 639-1; words of two languages cannot be compared."""
    site: bool = False
    """A visit to a building, a grave, a factory …: somewhere, not someone."""
    at: int = -1
    """Where its trigger starts: one trigger tells of several places as of several events."""
    town: int | None = None
    """Inhabitants, 0 where unknown, of the town or village that it is put in; None for any other place."""
    another: bool = False
    """Told as one beside others of its kind: "another", "elsewhere", "separately"."""


_PACKING = Packing(Key)
packed, unpacked = _PACKING.pack, _PACKING.unpack


def key_of(article: Article, event: Event, toponyms: Sequence[Toponym] = ()) -> Key:
    """The light key of one event of an article with these toponyms, by which towns are told from their parts."""
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
        named=frozenset(
            w.lower()
            for a in event.actors
            for w in _WORD.findall(a.text)
            if a.role == "actor" and w[0].isupper() and w.lower() not in _STOP and a.start > event.evidence.start
        ),
        sides=frozenset(a.country_code for a in event.actors if a.country_code and a.role == "actor"),
        distinct=_distinct(text, f"{event.trigger.text} {place.name if place else ''}"),
        figures=tuple(
            (f.kind, min(ends), max(ends))
            for f in event.figures
            if (ends := [n for n in (f.low, f.high) if n is not None])
        ),
        language=article.language,
        site=site_visited(event.mode, event.trigger, event.evidence, event.actors, article.text),
        at=event.trigger.start,
        town=_town(place, toponyms),
        another=_ANOTHER.search(text[: max(0, event.trigger.end - event.evidence.start) + _AROUND]) is not None,
    )


def _town(place: Location | None, toponyms: Sequence[Toponym]) -> int | None:
    """How many live in the town or village of an event; None where it is a part of a town, or none."""
    if place is None or place.precision != "settlement":
        return None
    found = next((t.place for t in toponyms if t.place is not None and t.place.id == place.place_id), None)
    return found.population if found is not None and found.feature_code != "PPLX" else None


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


def _distinct(sentence: str, known: str) -> frozenset[str]:
    plain = lexicon().surfaces | _CALENDAR | _EVERYWHERE | {w.lower() for w in _WORD.findall(known)} | _STOP
    return frozenset(_stem(w) for w in map(str.lower, _WORD.findall(sentence)) if w not in plain)


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
