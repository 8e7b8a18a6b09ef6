"""The phrases of a language as regular expressions, from its TOML file.

A phrase is written as words with a space between. ``*`` after a word stands for the endings of its participle or plural
(``[grammar] endings``), ``|`` between alternatives of one word, ``…`` for up to six words of the same clause. The
``verbs`` are participles behind an auxiliary, the ``forms`` stand by themselves, the ``nouns`` need a verb of happening
in their clause.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from mapper.events.placing_lists import Joining

_VOWEL_SIGNS = "[\u064b-\u0652\u0640]*"
_WORD = re.compile(r"\w+")
_GAP = r"(?:[^\s.,;:!?…«»“”\"]+\s+){0,6}?(?:\w['’])?"


@dataclass(frozen=True, slots=True)
class Phrase:
    """What one phrase reports. The pattern's group ``t`` is the trigger."""

    pattern: re.Pattern[str]
    type: str
    mode: str | None
    kind: str
    """verb, form, noun, planned or harm."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """A language's phrases and the words that decide whether they hold."""

    phrases: tuple[Phrase, ...]
    happen: re.Pattern[str]
    negated: re.Pattern[str]
    """Matches the end of what stands before a trigger that did not happen."""
    unreal: re.Pattern[str]
    """Words of a clause that make it a supposition or a wish."""
    denied: re.Pattern[str]
    earlier: re.Pattern[str]
    """Auxiliaries of what was over before the rest ("avait été")."""
    place: re.Pattern[str]
    """Matches the end of what stands before the name of the place where something happened."""
    of: re.Pattern[str]
    """Matches what links an event noun with its place: "séisme de"."""
    since: re.Pattern[str]
    crowd: frozenset[str]
    """Words for people who gather in the street, not to confer."""
    sport: frozenset[str]
    common: frozenset[str]
    """Words that are also names of places, and seldom meant as such."""
    said: re.Pattern[str]
    """Words of telling: who tells "in X" is there, not what is told."""
    that: re.Pattern[str]
    """Where what is told begins."""
    joining: Joining
    """The words that make a list of names."""


def _word(word: str, endings: str) -> str:
    pattern = "|".join(
        _VOWEL_SIGNS.join(re.escape(c) for c in part.removesuffix("*"))
        + (_VOWEL_SIGNS if "\u0600" < part[:1] < "\u06ff" else "")
        + (f"(?:{endings})?" if part.endswith("*") else "")
        for part in word.split("|")
    )
    return f"(?:{pattern})"


def _sequence(phrase: str, endings: str) -> str:
    parts: list[str] = []
    for word in phrase.split():
        if word == "…":
            parts.append(_GAP)
        else:
            parts.append(_word(word, endings) + r"\s+")
    return "".join(parts).removesuffix(r"\s+")


def _any(phrases: str | list[str], endings: str) -> str:
    items = phrases.split() if isinstance(phrases, str) else phrases
    return "|".join(_sequence(p, endings) for p in sorted(items, key=lambda p: (-len(p), p)))


def _compiled(text: str, prefix: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){prefix}(?:{text})(?!\w)", re.IGNORECASE)


_Entry = tuple[str, str, str | list[str]]


def _entries(data: dict[str, dict[str, dict[str, str | list[str]]]], section: str) -> Iterator[_Entry]:
    for type_, modes in data.get(section, {}).items():
        for mode, phrases in modes.items():
            yield type_, mode, phrases


def _joining(grammar: dict[str, Any]) -> Joining:
    """The words before a name are those of the phrases that lead to a place."""
    led_by = {w.lower() for phrase in (*grammar["place"], *grammar["of"]) for w in _WORD.findall(phrase)}
    both = frozenset(tuple(phrase.split()) for phrase in grammar["and"])
    either = frozenset(tuple(phrase.split()) for phrase in grammar["or"])
    return Joining(frozenset(led_by), both, either, frozenset(grammar["one_of"].split()))


@cache
def phrases(language: str) -> Phrases:
    """The phrases of a language by its ISO 639-1 code."""
    name = f"{language}.toml"
    data = tomllib.loads(resources.files("mapper.events.languages").joinpath(name).read_text(encoding="utf-8"))
    grammar = data["grammar"]
    endings, prefix = grammar["endings"], grammar["prefix"]
    auxiliary = _any(grammar["auxiliary"], endings)
    between = rf"(?:\s+(?:{_any(grammar['between'], endings)}))*" if grammar["between"] else ""
    found: list[Phrase] = []
    for kind in ("planned", "form", "verb", "noun"):
        for type_, mode, entry in _entries(data, f"{kind}s" if kind != "planned" else kind):
            told = f"(?P<t>{_any(entry, endings)})"
            text = rf"(?P<aux>{auxiliary}){between}\s+{told}" if kind == "verb" else told
            found.append(Phrase(_compiled(text, prefix), type_, None if mode == "any" else mode, kind))
    harm = data["harm"]
    told = rf"(?P<aux>{auxiliary}){between}\s+(?P<t>{_any(harm['verbs'], endings)})"
    found.append(Phrase(_compiled(told, prefix), "ASSAULT", None, "harm"))
    if harm["forms"]:
        found.append(Phrase(_compiled(f"(?P<t>{_any(harm['forms'], endings)})", prefix), "ASSAULT", None, "harm"))
    return Phrases(
        phrases=tuple(found),
        happen=_compiled(_any(grammar["happen"], endings), prefix),
        negated=re.compile(rf"(?<!\w)(?:{_any(grammar['negation'], endings)})\s*$", re.IGNORECASE),
        unreal=_compiled(_any(grammar["unreal"], endings), prefix),
        denied=_compiled(_any(grammar["denied"], endings), prefix),
        earlier=_compiled(_any(grammar["earlier"], endings), ""),
        place=re.compile(rf"(?<!\w){prefix}(?:{_any(grammar['place'], endings)})\s*$", re.IGNORECASE),
        of=re.compile(rf"^\s*(?:{_any(grammar['of'], endings)})\s*$", re.IGNORECASE),
        since=re.compile(rf"(?<!\w)(?:{_any(grammar['since'], endings)})\s*$", re.IGNORECASE),
        crowd=frozenset(grammar["crowd"].split()),
        sport=frozenset(grammar["sport"].split()),
        common=frozenset(grammar["common"].split()),
        said=_compiled(_any(grammar["said"], endings), prefix),
        that=re.compile(rf"(?<!\w)(?:{_any(grammar['that'], endings)})", re.IGNORECASE),
        joining=_joining(grammar),
    )
