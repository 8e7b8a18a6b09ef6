"""How many were killed, wounded, arrested … by a sentence in French, Spanish or Arabic.

The words are in ``tolls.toml``, a table for each language: ``units`` and ``scales`` make numbers, ``vague`` ones give
their least and most. A count goes to the people that a word of ``before`` leads to ("tué 12 civils"), or whom a word of
``after`` or ``done`` follows ("12 morts", "12 civils ont été tués"); a participle of ``done`` behind an ``active``
auxiliary tells what the counted did themselves ("12 hommes ont tué").
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from mapper.events.lexicon import word_set
from mapper.events.months import alternatives
from mapper.model import Figure, FigureKind, Span

_KINDS: tuple[FigureKind, ...] = ("killed", "wounded", "missing", "arrested", "abducted", "displaced")
_REACH = 7  # words after a number among which what befell them is looked for
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[^\s\w]")
_DIGITS = r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?!\d)|\d{1,7}(?!\d)"
_NOT_PEOPLE = word_set("""
    ans an années jours jour mois semaines heures minutes km kilomètres mètres euros dollars francs fois maisons heure
    años año días día meses mes semanas horas minutos kilómetros metros pesos veces casas viviendas hora
    عاما عامًا سنة سنوات أيام يوما يومًا شهرا شهرًا أشهر أسابيع ساعة ساعات كيلومترا كيلومتر دولار منزلا مرات
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    يناير فبراير أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
""")


@dataclass(frozen=True, slots=True)
class _Rules:
    """One language's words, laid out for reading."""

    language: str
    quantity: re.Pattern[str]
    numbers: tuple[str, ...]
    """The words of ``values`` and ``scales``, the longest first."""
    values: dict[str, int]
    scales: dict[str, int]
    vague: dict[str, tuple[int, int]]
    bounds: dict[str, str]
    """Words before a number -> least, above, most, below or about."""
    joins: frozenset[str]
    prefix: str
    article: frozenset[str]
    after: dict[FigureKind, frozenset[str]]
    done: dict[FigureKind, frozenset[str]]
    before: tuple[tuple[FigureKind, re.Pattern[str]], ...]
    active: frozenset[str]
    stops: frozenset[str]
    aside: re.Pattern[str]
    """An inserted "…, dont trois enfants, …" between a number's noun and its verb."""


def figures(text: str, sentence: Span, language: str) -> list[Figure]:
    """Every count of people harmed, held or driven out in a sentence, by offsets into the text."""
    rules = _rules(language)
    said = re.sub(r"\s", " ", sentence.of(text)).lower()
    if len(said) != sentence.end - sentence.start:
        return []  # a letter whose small form is longer: offsets would not hold
    found = []
    for match in rules.quantity.finditer(said):
        low, high = _range(match, rules)
        kind = _kind(said, match, rules)
        if kind is None or (low is None and high is None):
            continue
        start, end = sentence.start + match.start(), sentence.start + match.end()
        qualifier = (match["qualifier"] or match["vague"] or match["trailing"] or "").strip()
        found.append(
            Figure(start=start, end=end, kind=kind, low=low, high=high, qualifier=qualifier, text=text[start:end])
        )
    return found


def value_of(said: str, language: str) -> int | None:
    """The value of a number in digits or in a language's words; None for anything else."""
    rules = _rules(language)
    total = current = 0
    seen = False
    plain = re.sub(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3})", "", said.lower())
    for word in plain.replace("-", " ").split() if rules.prefix else _parts(plain, rules):
        bare = word.removeprefix(rules.prefix) if rules.prefix and word not in rules.values else word
        if bare.isdecimal():
            current, seen = current + int(bare), True
        elif bare in rules.values:
            current, seen = current + rules.values[bare], True
        elif bare == "عشر":
            current += 10
        elif bare in rules.scales:
            scale = rules.scales[bare]
            if scale == 100:
                current = max(1, current) * scale
            else:
                total, current = total + max(1, current) * scale, 0
            seen = True
        elif bare not in rules.joins:
            return None
    return total + current if seen else None


def _parts(said: str, rules: _Rules) -> Iterable[str]:
    """The words of a number; a word with hyphens is taken apart where it is none by itself ("vingt-deux")."""
    for word in said.split():
        rest = word
        while rest:
            known = next((v for v in rules.numbers if rest == v or rest.startswith(v + "-")), None)
            if known is None:
                first, _, rest = rest.partition("-")
                yield first
            else:
                yield known
                rest = rest[len(known) + 1 :]


def _range(match: re.Match[str], rules: _Rules) -> tuple[int | None, int | None]:
    if match["vague"]:
        return rules.vague[match["vague"]]
    if match["low"] in rules.article and match["high"] is None and match["qualifier"]:
        return None, None
    first = value_of(match["low"], rules.language)
    last = value_of(match["high"], rules.language) if match["high"] else None
    if first is None:
        return None, None
    if last is not None and last > first:
        return first, last
    bound = rules.bounds.get((match["qualifier"] or match["trailing"] or "").strip(), "about")
    return {
        "least": (first, None), "above": (first + 1, None), "most": (None, first), "below": (None, max(0, first - 1)),
        "about": (first, first),
    }[bound]  # fmt: skip


def _kind(said: str, match: re.Match[str], rules: _Rules) -> FigureKind | None:
    ahead = rules.aside.sub(" ", said[match.end() : match.end() + 140])
    after = _WORD.findall(ahead)
    if after and (after[0] in _NOT_PEOPLE or (after[0] == "de" and not match["vague"])):
        return None  # "12 años", "12 de mayo"; but "une dizaine de blessés"
    led = said[: match.start()]
    for kind, pattern in rules.before:
        if pattern.search(led):
            return kind
    for n, word in enumerate(after[:_REACH]):
        for kind in _KINDS:
            if word in rules.done.get(kind, ()):
                return None if n and after[n - 1] in rules.active else kind
            if word in rules.after.get(kind, ()):
                return kind
        if not word[0].isalpha() or word in rules.stops or rules.quantity.fullmatch(word):
            return None
    return None


@cache
def _rules(language: str) -> _Rules:
    text = resources.files("mapper.events.languages").joinpath("tolls.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(unicodedata.normalize("NFC", text))[language]
    values, scales = _numbers(data["units"].split()), _numbers(data["scales"].split())
    vague = {words: _bounds(span) for words, span in (entry.split("=") for entry in data["vague"])}
    bounds = {words: name for name in ("about", "least", "above", "most", "below") for words in data[name]}
    prefix, joins = data["prefix"], data["joins"]
    number = alternatives({*values, *scales})
    joined = rf"(?:[ -]{joins})?[ -]" if joins else r"[ -]"
    words = rf"(?:{number})(?:{joined}{prefix and f'(?:{prefix})?'}(?:{number}))*"
    one = rf"(?:(?:{_DIGITS})(?: (?:{alternatives(scales)})(?!\w))?|{words})"
    qualifier, trailing = alternatives(bounds), alternatives(data["least"])
    to = "|".join(rf" {word} " if word != prefix else rf" {word} ?" for word in data["to"].split())
    elided = r"(?<=['’])|"
    lead = rf"(?:(?<={prefix})(?<!\w\w)|{elided}(?<![\w$€.,/-]))" if prefix else rf"(?:{elided}(?<![\w$€.,/-]))"
    quantity = re.compile(
        rf"{lead}(?:(?P<qualifier>{qualifier}) ?(?:{data['between']} )?|{data['between']} )?"
        rf"(?:(?P<vague>{alternatives(vague)})|(?P<low>{one})(?:(?:{to}|[-–])(?P<high>{one}))?)"
        rf"(?![-\w%]|[.,]\d| ?%)(?P<trailing> (?:{trailing}))?"
    )
    return _Rules(
        language=language,
        quantity=quantity,
        numbers=tuple(sorted({*values, *scales}, key=lambda v: (-len(v), v))),
        values=values,
        scales=scales,
        vague=vague,
        bounds=bounds,
        joins=frozenset(joins.split()),
        prefix=prefix,
        article=frozenset(data["article"].split()),
        after=_lists(data["after"]),
        done=_lists(data["done"]),
        before=tuple(
            (kind, _led(data["before"][kind], prefix, between))
            for between in ("", *data["subject"])
            for kind in _KINDS
            if kind in data["before"]
        ),
        active=frozenset(data["active"].split()),
        stops=frozenset(data["stops"].split()),
        aside=re.compile(rf"[,،] (?:من )?(?:{'|'.join(data['aside'].split())}) [^,،.;]{{1,60}}[,،]"),
    )


def _led(phrases: list[str], prefix: str, between: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){prefix and f'(?:{prefix})?'}(?:{alternatives(phrases)}){between} ?$")


def _numbers(entries: list[str]) -> dict[str, int]:
    return {word: int(value) for word, value in (entry.split("=") for entry in entries)}


def _bounds(span: str) -> tuple[int, int]:
    low, high = span.split("-")
    return int(low), int(high)


def _lists(table: dict[FigureKind, str]) -> dict[FigureKind, frozenset[str]]:
    return {kind: frozenset(words.split()) for kind, words in table.items()}
