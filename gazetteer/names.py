"""How a name is folded. :func:`name_key` is the one way: the builder files names under it, the look-up asks by it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = "'’‘‛`´ʼʻʽʾʿʹʺˈ′″ʿ\u02b9\u05f3\u05f4\"“”"

# Letters that Unicode does not decompose though readers take them for their plain look-alikes.
_LETTERS = {
    "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n", "þ": "th", "æ": "ae", "œ": "oe",
    "ə": "e", "ɛ": "e", "ɔ": "o", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ɣ": "g", "ɩ": "i", "ŧ": "t",
    # Arabic: alef wasla, final ya, ta marbuta, Persian and Urdu forms of the same letters; the lone hamza goes.
    "ٱ": "ا", "ى": "ي", "ة": "ه", "ی": "ي", "ې": "ي", "ک": "ك", "گ": "ك", "ھ": "ه", "ہ": "ه", "ە": "ه", "ۀ": "ه",
    "ۃ": "ه", "ء": "", "ـ": "",
}  # fmt: skip

_WORDS = {
    "st": "saint", "ste": "saint", "sainte": "saint", "mt": "mount", "mtn": "mountain", "mts": "mountains",
    "ft": "fort",
}  # fmt: skip

# The Arabic article as transliterated, assimilated or not: Deir ez-Zor, Dayr az Zawr, Deir al-Zor.
_ARTICLES = {
    "el": "al", "ul": "al", "ad": "al", "ed": "al", "ez": "al", "az": "al", "as": "al", "es": "al", "ash": "al",
    "esh": "al", "an": "al", "en": "al", "ar": "al", "er": "al", "at": "al", "et": "al",
}  # fmt: skip

# Beside another word only: "As" and "At" are also names of their own.
_WORDS_IN_COMPANY = _WORDS | _ARTICLES

_ACRONYM = re.compile(r"(?<!\w)(?:[^\W\d_]\.)+[^\W\d_]?(?!\w)")
_ARABIC_ARTICLE = "ال"


def _is_loose_mark(char: str) -> bool:
    """A mark that readers leave out: accents, Hebrew points, Arabic vowel signs. Not the vowel signs of Indic scripts,
    nor the voicing marks of kana, without which the name would be another one."""
    code = ord(char)
    return (
        0x0300 <= code <= 0x036F
        or 0x0591 <= code <= 0x05C7
        or 0x0610 <= code <= 0x061A
        or 0x064B <= code <= 0x065F
        or code == 0x0670
        or 0x06D6 <= code <= 0x06ED
    )


class _Characters(dict[int, str]):
    """What each character becomes, worked out when first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        if char in _LETTERS:
            into = _LETTERS[char]
        elif char in _APOSTROPHES or category == "Cf" or _is_loose_mark(char):
            into = ""
        elif char == "&":
            into = " and "
        else:
            into = char if category[0] in "LNM" else " "
        self[code] = into
        return into


_CHARACTERS = _Characters()


def _without_arabic_article(word: str) -> str:
    while word.startswith(_ARABIC_ARTICLE) and len(word) >= 4:
        word = word[2:]
    return word


def _fold(name: str) -> str:
    if not name.isascii():
        # Apostrophes first: NFKC would make a space of some.
        name = "".join(char for char in name if char not in _APOSTROPHES)
        name = unicodedata.normalize("NFKC", name)
    name = name.casefold()
    if "." in name:
        name = _ACRONYM.sub(lambda found: found.group().replace(".", ""), name)
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name)
    name = name.translate(_CHARACTERS)
    if not name.isascii():
        name = unicodedata.normalize("NFC", name)
    words = [_without_arabic_article(word) for word in name.split()]
    if len(words) > 1 and words[0] == "the":
        del words[0]
    known = _WORDS_IN_COMPANY if len(words) > 1 else _WORDS
    words = [known.get(word, word) for word in words]
    return " ".join(words)


@lru_cache(maxsize=1 << 15)
def name_key(name: str) -> str:
    """The key under which ``name`` is filed and found; the same for every spelling that readers take for the same.

    Folds case, accents and vowel marks, apostrophes (dropped), hyphens and other punctuation (a space), acronyms'
    full stops, the English article at the start, the Arabic article (dropped in Arabic script, one spelling in Latin),
    variants of Arabic letters, Saint/St, Mount/Mt, Fort/Ft, and white space. Works on any script and is idempotent:
    ``name_key(name_key(x)) == name_key(x)``. A name without a letter or digit has the key ``""``, which finds nothing.
    """
    key = _fold(name)
    while (again := _fold(key)) != key:
        key = again
    return key
