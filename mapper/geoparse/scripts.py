"""Names in texts that the English models cannot read, found by the gazetteer alone: one scanner for each script whose
words have no capitals or are bent, and one for the names of peoples, which most languages write small."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from mapper.geoparse.arabic import scan_arabic
from mapper.geoparse.cyrillic import scan_cyrillic
from mapper.geoparse.han import scan_han
from mapper.geoparse.mention import Mention
from mapper.geoparse.names import NameBook
from mapper.geoparse.scanning import found_at
from mapper.geoparse.text import CONNECTORS, Words, word_set

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\u30a0-\u30ff]")
_SEMITIC = re.compile(r"[\u0590-\u06ff]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")

_SMALL_PEOPLES = frozenset({"fr", "es", "pt", "it", "ca", "ro"})
"""Languages that write the names of peoples, and what is made of them, small: "algérien", "mexicanos"."""


def scan(text: str, words: Words, book: NameBook, language: str = "") -> list[Mention]:
    """Names in scripts without capitals, inflected names and small-written peoples, in text order and apart."""
    found: list[Mention] = []
    if _HAN.search(text):
        found.extend(scan_han(text, words, book))
    if _SEMITIC.search(text):
        found.extend(scan_arabic(text, words, book))
    if _CYRILLIC.search(text):
        found.extend(scan_cyrillic(text, words, book))
    if language in _SMALL_PEOPLES:
        found.extend(_peoples(text, words, book))
        found.extend(_long_names(text, words, book))
    apart: list[Mention] = []  # in text order, the longest first served
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        at = bisect_left(apart, mention.start, key=lambda m: m.start)
        if (not at or apart[at - 1].end <= mention.start) and (at == len(apart) or mention.end <= apart[at].start):
            apart.insert(at, mention)
    return apart


def _long_names(text: str, words: Words, book: NameBook) -> Iterator[Mention]:
    """Names with a word in small letters that is no article: "République dominicaine", "lac Tchad"."""
    i = 0
    while i < len(words) - 1:
        last = i + 1
        if words.capital[i] or words.lower[i] in _NATURE:
            while last < min(i + 4, len(words)) and words.gap(last) in (" ", "-"):
                last += 1
        ends = [
            j
            for j in range(last, i + 1, -1)
            if not all(words.capital[i:j])
            and words.lower[j - 1] not in CONNECTORS
            and (words.capital[i] or words.capital[j - 1])
        ]
        book.learn(text[words.starts[i] : words.ends[j - 1]] for j in ends)
        hit = next((j for j in ends if book.facts(text[words.starts[i] : words.ends[j - 1]]).places), None)
        if hit is None:
            i += 1
            continue
        yield found_at(text, words, words.starts[i], words.ends[hit - 1], 0.8)
        i = hit


_NATURE = word_set(
    "lac fleuve mont île îles mer golfe désert plateau lago río rio monte isla islas mar golfo desierto isola "
    "fiume ilha lagoa serra sierra península péninsule cabo cap"
)
"""Words for waters, mountains and islands, which these languages write small before the name."""


def begins_sentence(text: str, start: int) -> bool:
    """Whether a word stands where any word is written with a capital."""
    before = text[:start].rstrip(" \"'«“‘¿¡(—–-")
    return not before or before[-1] in ".!?…:\n"


def _peoples(text: str, words: Words, book: NameBook) -> Iterator[Mention]:
    """Names of peoples in small letters, in the singular or the plural."""
    small = [i for i in range(len(words)) if not words.capital[i] and len(words.surface[i]) > 4]
    book.learn(form for i in small for form in _singulars(words.surface[i]))
    for i in small:
        for form in _singulars(words.surface[i]):
            if book.has(form) and book.facts(form).demonym:
                yield found_at(text, words, words.starts[i], words.ends[i], 0.8, demonym=True, lookup=form)
                break


def _singulars(word: str) -> tuple[str, ...]:
    return (word, word[:-1], word[:-2]) if word.endswith("es") else (word, word[:-1]) if word[-1] == "s" else (word,)
