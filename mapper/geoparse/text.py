"""Words of a text with their offsets: tokens, letter case, and what to trim from the edges of a name."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

_MARKS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
# An apostrophe within a word belongs to it in transliterated names ("Ma'arat", "Sa’eed"), but not in "they're", nor
# where an elided article stands before a name ("l'Iran", "D'Aunoy").
_APOSTROPHE = r"(?<=[^\W\d_]{2})['’‘`ʼ](?!(?:re|ve|ll|nt|RE|VE|LL)\b)(?=[^\W\d_A-Z]{2}|[aeiou]\b)"
_WORD = re.compile(rf"(?:[^\W\d_]\.){{2,}}|(?:[^\W_]|[{_MARKS}]|{_APOSTROPHE})+")
_GAP = re.compile(r"(?:[ \u00a0]|\r?\n[ ]?|[-'’ʼ‘`./]|-['’ʼ‘`]|\. |\.\n|' |’ )\Z")


def word_set(words: str) -> frozenset[str]:
    """The words of a string, for lists that are easier to read without quotes."""
    return frozenset(words.split())


ABBREVIATIONS = word_set(
    "st ste mt mtn ft pt ave av blvd rd dr ln ct pl sq pkwy hwy rte co is isl twp ala ariz ark calif cal colo conn "
    "del fla ga ill ind kan kans ky la md mass mich minn miss mo mont neb nebr nev okla ore pa penn tenn tex va vt "
    "wash wis wisc wyo ont que sask alta man n s e w no so jct univ dept prov dist"
)
"""Words whose full stop belongs to them: "St.", "Fla." """

CONNECTORS = word_set(
    "of the de la las los el le les du des del della dell di da do dos das von van der den al ad ar as an ash az "
    "al- ul ud bin ben ibn ou upon on sur sous am im und y e i and 'n n d l s in by lès aux au en a"
)
"""Small words that may stand inside a name."""


@dataclass(slots=True)
class Words:
    """A text's words as parallel lists. ``cased`` is False where the text's letter case tells nothing."""

    text: str
    starts: list[int]
    ends: list[int]
    surface: list[str]
    lower: list[str]
    capital: list[bool]
    joined: list[bool]
    """Whether the gap before the word may lie inside a name (a blank, a hyphen, an apostrophe, one line break)."""
    cased: bool = True
    common: frozenset[str] = field(default_factory=frozenset)

    def __len__(self) -> int:
        return len(self.starts)

    def gap(self, i: int) -> str:
        """The characters between word ``i - 1`` and word ``i``."""
        return self.text[self.ends[i - 1] if i else 0 : self.starts[i] if i < len(self.starts) else len(self.text)]

    def cover(self, start: int, end: int) -> tuple[int, int] | None:
        """The words that lie between two offsets, as first and one past the last; None where there is none."""
        i = bisect_left(self.starts, start)
        if i and self.ends[i - 1] > start:
            i -= 1
        j = bisect_left(self.starts, end)
        return (i, j) if j > i else None

    def span(self, i: int, j: int) -> tuple[int, int]:
        """Offsets of words ``i`` to ``j`` (exclusive), with the full stop of a closing abbreviation."""
        end = self.ends[j - 1]
        if (
            end < len(self.text)
            and self.text[end] == "."
            and self.lower[j - 1] in ABBREVIATIONS
            and not (j < len(self.starts) and self.text[end + 1 : end + 2].isalpha())
        ):
            end += 1
        return self.starts[i], end


def read_words(text: str, *, original: str | None = None) -> Words:
    """Split a text into words. ``original`` is the text before its case was restored, where it was."""
    starts: list[int] = []
    ends: list[int] = []
    surface: list[str] = []
    joined: list[bool] = []
    last = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        gap = text[last:start]
        # "D-Iowa City", "US-Mexico": what stands before the hyphen is no part of the name after it.
        apart = (
            gap == "-"
            and bool(surface)
            and len(surface[-1]) <= 4
            and surface[-1].isupper()
            and not match.group().isupper()
        )
        joined.append(bool(starts) and not apart and (gap == " " or _GAP.match(gap) is not None))
        starts.append(start)
        ends.append(end)
        surface.append(match.group())
        last = end
    lower = [word.lower() for word in surface]
    capital = [
        not word[0].islower() and word[0].isalpha() and word != low for word, low in zip(surface, lower, strict=True)
    ]
    return Words(text, starts, ends, surface, lower, capital, joined, cased=original is None or original == text)


SAMPLE = 8000
"""Characters that tell a text's letter case."""


def letter_case(text: str) -> str:
    """``"mixed"``, ``"upper"`` or ``"lower"`` for texts whose case tells something or nothing, ``"none"`` for scripts
    without case."""
    sample = text[:SAMPLE]
    upper = sum(map(str.isupper, sample))
    lower = sum(map(str.islower, sample))
    other = sum(map(str.isalpha, sample)) - upper - lower
    letters = upper + lower
    if other > letters:
        return "none"
    if letters >= 20 and upper > 0.7 * letters:
        return "upper"
    if letters >= 20 and upper <= 0.002 * letters:
        return "lower"
    return "mixed"


def restore_case(text: str, common: frozenset[str]) -> str:
    """A text in one case with its common words in lower case and the others capitalised; the length is kept."""

    def one(match: re.Match[str]) -> str:
        word = match.group()
        low = word.lower()
        if len(low) != len(word):
            return word
        if low in common and "." not in word:
            return low
        if "." in word or (len(word) == 2 and low in {"us", "uk", "un", "eu", "dc"}):
            return word.upper() if len(word.upper()) == len(word) else word
        return word[0].upper() + low[1:] if len(word[0].upper()) == 1 else word

    return _WORD.sub(one, text)


_ARTICLE = re.compile(r"(?:the|The|THE)\s+(?=\S)")
_POSSESSIVE = re.compile(r"(?:['’]s|['’]S|['’])\Z")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets without a leading article, a trailing possessive, and punctuation at the edges."""
    while start < end and text[start] in " \n\t\r\"'“”‘’([#@-–—,;:.*•|<{":
        start += 1
    while start < end and text[end - 1] in ' \n\t\r"“”,;:)]-–—*|>}!?':
        end -= 1
    if match := _ARTICLE.match(text, start, end):
        start = match.end()
    if match := _POSSESSIVE.search(text, start, end):
        end = match.start()
    return start, end
