"""Russian and its neighbours: case endings are undone, and units named by an adjective are put together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mapper.geoparse.features import LOCATIVE
from mapper.geoparse.mention import Mention
from mapper.geoparse.names import NameBook
from mapper.geoparse.scanning import NATURAL, found_at, trust
from mapper.geoparse.text import Words, word_set

_LETTER = re.compile(r"[\u0400-\u052f]")

_ENDINGS = (
    ("ами", ("а", "ы", "")), ("ями", ("я", "и")), ("ой", ("ая", "а")), ("ом", ("", "о")), ("ем", ("ь", "й", "е")),
    ("ью", ("ь",)), ("ей", ("я", "ь")), ("ии", ("ия",)), ("ию", ("ия",)), ("ией", ("ия",)), ("ах", ("ы", "а")),
    ("ях", ("и",)), ("ов", ("ы",)), ("е", ("", "а", "о", "я", "ь", "й")), ("у", ("", "а", "о")), ("а", ("", "о")),
    ("ы", ("а", "")), ("и", ("а", "я", "ь", "й")), ("ю", ("я", "ь", "й")), ("я", ("ь", "й")),
)  # fmt: skip

_CASES = ("ого", "ому", "ой", "ую", "ая", "ым", "ом", "ий", "ый")
"""Endings of an adjective, of which names of units are made."""

_UNITS = {
    "область": "области областью", "район": "района районе району районом", "край": "края крае краю краем",
    "республика": "республики республике республику республикой", "округ": "округа округе округу округом",
}  # fmt: skip
_UNIT_OF = {form: unit for unit, forms in _UNITS.items() for form in (unit, *forms.split())}
_FEMININE = frozenset({"область", "республика"})

_NATURE = word_set(
    "река реки реке реку рекой озеро озера озере море моря гора горы горе горах остров острова острове залив залива "
    "заливе пролив пролива хребет хребта пустыня пустыни"
)
"""Words for waters and mountains, before their names."""


_TOWNS = word_set(
    "город города городе городу городом село села селе посёлок поселок посёлка поселка посёлке поселке деревня деревни "
    "деревне станица станицы"
)
"""Words for towns and villages, before their names."""


def scan_cyrillic(text: str, words: Words, book: NameBook) -> Iterator[Mention]:
    """Names in text order, not overlapping."""
    prepositions = LOCATIVE["ru"]
    i = 0
    while i < len(words):
        word = words.surface[i]
        if not _LETTER.match(word) or len(word) < 4:
            i += 1
            continue
        unit = _unit(words, i, book)
        if unit:
            yield found_at(text, words, words.starts[i], words.ends[i + 1], 0.9, lookup=unit)
            i += 2
            continue
        if words.capital[i]:
            before = words.lower[i - 1] if i else ""
            best = _best_form(_forms(word), book, before in prepositions or before in _TOWNS, before in _NATURE)
            if best is not None:
                form, chance, demonym = best
                yield found_at(text, words, words.starts[i], words.ends[i], chance, demonym=demonym, lookup=form)
        i += 1


def _forms(word: str) -> list[str]:
    """The word, and what it may be a case of."""
    return [word] + [
        word[: -len(ending)] + other
        for ending, others in _ENDINGS
        if word.endswith(ending) and len(word) - len(ending) >= 3
        for other in others
    ]


def _unit(words: Words, i: int, book: NameBook) -> str:
    """The unit that an adjective and the word after it name, in the nominative: "в Донецкой области"."""
    if i + 1 >= len(words) or not words.capital[i] or words.gap(i + 1) != " ":
        return ""
    noun = _UNIT_OF.get(words.lower[i + 1])
    if noun is None:
        return ""
    word = words.surface[i]
    stems = [word] + [word[: -len(ending)] for ending in _CASES if word.endswith(ending)]
    adjectives = [stem + ending for stem in stems for ending in (("ая",) if noun in _FEMININE else ("ий", "ый", "ой"))]
    names = [f"{adjective} {noun}" for adjective in adjectives]
    book.learn(names)
    return next((name for name in names if book.has(name)), "")


def _best_form(forms: Sequence[str], book: NameBook, locative: bool, nature: bool) -> tuple[str, float, bool] | None:
    best: tuple[str, float, bool] | None = None
    book.learn(forms)
    for form in forms:
        facts = book.facts(form)
        told = locative or (nature and facts.places > 0)
        chance = trust(facts, letters=len(form), locative=told, least=3)
        if facts.sort in NATURAL and not nature:
            chance = 0.0
        if chance >= 0.5 and (best is None or chance > best[1]):
            best = (form, chance, False)
        elif facts.demonym and not facts.places and best is None:
            best = (form, 0.8, True)
    return best
