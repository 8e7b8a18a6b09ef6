"""Names in texts whose script has no capital letters, or whose language bends its names: by the gazetteer alone.

Arabic: prefixed conjunctions and prepositions are taken off. Chinese and Japanese: the longest names among the
characters. Russian and its neighbours: case endings are undone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mapper.geoparse.features import LOCATIVE
from mapper.geoparse.mention import Mention
from mapper.geoparse.names import NameBook, NameFacts
from mapper.geoparse.text import Words, word_set

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\u30a0-\u30ff]+")
_SEMITIC = re.compile(r"[\u0590-\u06ff]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")

_PREFIXES = ("وبال", "وال", "وب", "ول", "بال", "لل", "و", "ب", "ل", "ف", "ك")
"""What Arabic writes onto the front of a word: and, in, to, so, like; with the article or without."""

_LOCATIVE_ARABIC = word_set("في من إلى الى قرب بمدينة مدينة شمال جنوب شرق غرب عبر نحو بلدة قرية ولاية منطقة العاصمة")
_LOCATIVE_HAN = ("在", "于", "於", "从", "從", "到", "赴", "抵", "访", "訪", "往", "离")

_ENDINGS = (
    ("ами", ("а", "ы", "")), ("ями", ("я", "и")), ("ой", ("ая", "а")), ("ом", ("", "о")), ("ем", ("ь", "й", "е")),
    ("ью", ("ь",)), ("ей", ("я", "ь")), ("ии", ("ия",)), ("ию", ("ия",)), ("ией", ("ия",)), ("ах", ("ы", "а")),
    ("ях", ("и",)), ("ов", ("ы",)), ("е", ("", "а", "о", "я", "ь", "й")), ("у", ("", "а", "о")), ("а", ("", "о")),
    ("ы", ("а", "")), ("и", ("а", "я", "ь", "й")), ("ю", ("я", "ь", "й")), ("я", ("ь", "й")),
)  # fmt: skip

_KNOWN_WELL = frozenset({"country", "capital", "adm1", "region", "big", "seat"})


def scan(text: str, words: Words, book: NameBook) -> list[Mention]:
    """Names in scripts without capitals, and inflected names, in text order and not overlapping."""
    found: list[Mention] = []
    if _HAN.search(text):
        found.extend(_scan_han(text, words, book))
    if _SEMITIC.search(text):
        found.extend(_scan_semitic(text, words, book))
    if _CYRILLIC.search(text):
        found.extend(_scan_cyrillic(text, words, book))
    return sorted(found, key=lambda m: m.start)


def trust(facts: NameFacts, *, letters: int, locative: bool, least: int) -> float:
    """How sure a bare gazetteer hit is to be a place name, by how well known the place is and what stands before."""
    if not facts.places:
        return 0.0
    if facts.sort in _KNOWN_WELL and letters >= least:
        return 0.9
    if locative and letters >= least:
        return 0.75
    if facts.sort == "town" and letters > least and facts.places < 6:
        return 0.5
    return 0.0


def _mention(
    text: str, words: Words, start: int, end: int, chance: float, *, demonym: bool = False, lookup: str = ""
) -> Mention:
    first, last = words.cover(start, end) or (0, 1)
    return Mention(
        start, end, first, last, text[start:end], 0.0 if demonym else chance, chance if demonym else 0.0, 0.0, 0.0,
        lookup=lookup,
    )  # fmt: skip


def _scan_han(text: str, words: Words, book: NameBook) -> Iterator[Mention]:
    for run in _HAN.finditer(text):
        chunk, at = run.group(), run.start()
        grams = [chunk[i : i + n] for i in range(len(chunk)) for n in range(2, 10) if i + n <= len(chunk)]
        book.learn(grams)
        i = 0
        while i < len(chunk):
            step = 1
            locative = i > 0 and chunk[i - 1] in _LOCATIVE_HAN
            for n in range(min(9, len(chunk) - i), 1, -1):
                name = chunk[i : i + n]
                if not book.has(name):
                    continue
                chance = trust(book.facts(name), letters=n, locative=locative, least=2)
                if chance >= 0.5:
                    yield _mention(text, words, at + i, at + i + n, chance)
                    step = n
                    break
            i += step


def _scan_semitic(text: str, words: Words, book: NameBook) -> Iterator[Mention]:
    n = len(words)
    i = 0
    while i < n:
        if not _SEMITIC.match(words.surface[i]):
            i += 1
            continue
        hit = _longest(text, words, i, book)
        if hit is None:
            i += 1
            continue
        mention, i = hit
        yield mention


def _longest(text: str, words: Words, i: int, book: NameBook) -> tuple[Mention, int] | None:
    word = words.surface[i]
    stems = [(0, "")] + [
        (len(prefix) - 2, "") if prefix.endswith("ال") else (len(prefix), "ال" if prefix == "لل" else "")
        for prefix in _PREFIXES
        if word.startswith(prefix) and len(word) - len(prefix) >= 3
    ]
    last = i + 1
    while last < min(i + 4, len(words)) and words.joined[last]:
        last += 1
    forms = [
        (cut, j, article + text[words.starts[i] + cut : words.ends[j - 1]])
        for j in range(last, i, -1)
        for cut, article in stems
    ]
    book.learn(form for _, _, form in forms)
    before = words.surface[i - 1] if i else ""
    for cut, j, form in forms:
        if not book.has(form):
            continue
        facts = book.facts(form)
        locative = before in _LOCATIVE_ARABIC or (cut > 0 and word[cut - 1] in "بل")
        chance = trust(facts, letters=len(form), locative=locative, least=3)
        start, end = words.starts[i] + cut, words.ends[j - 1]
        if facts.demonym and (not chance or facts.sort not in _KNOWN_WELL):
            return _mention(text, words, start, end, 0.8, demonym=True, lookup=form), j
        if chance >= 0.5:
            return _mention(text, words, start, end, chance, lookup=form), j
    return None


def _scan_cyrillic(text: str, words: Words, book: NameBook) -> Iterator[Mention]:
    prepositions = LOCATIVE["ru"]
    for i in range(len(words)):
        word = words.surface[i]
        if not words.capital[i] or len(word) < 4 or not _CYRILLIC.match(word) or book.has(word):
            continue
        forms = [
            word[: -len(ending)] + other
            for ending, others in _ENDINGS
            if word.endswith(ending) and len(word) - len(ending) >= 3
            for other in others
        ]
        book.learn(forms)
        locative = i > 0 and words.lower[i - 1] in prepositions
        best = _best_form(forms, book, locative)
        if best is not None:
            form, chance, demonym = best
            yield _mention(text, words, words.starts[i], words.ends[i], chance, demonym=demonym, lookup=form)


def _best_form(forms: Sequence[str], book: NameBook, locative: bool) -> tuple[str, float, bool] | None:
    best: tuple[str, float, bool] | None = None
    for form in forms:
        facts = book.facts(form)
        chance = trust(facts, letters=len(form), locative=locative, least=3)
        if chance >= 0.5 and (best is None or chance > best[1]):
            best = (form, chance, False)
        elif facts.demonym and not facts.places and best is None:
            best = (form, 0.8, True)
    return best
