"""Headlines With A Capital On Each Word: told from prose, and read with small letters where a word is no name.

Taggers take every capital for a name, so that "Shelling Kills Six Children" holds no verb for them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from mapper.events.lexicon import lexicon, singular, word_set
from mapper.model import SegmentKind, Span

_OPENING = 200  # characters in which a text's own headline ends
_TITLED = 0.8  # share of the long words that have a capital where a headline gives one to each
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL = word_set("""
    said says was were has have had been will would could did does that which who whom while when because
""")
_LINKS = word_set("""
    by near over after before under against between among through during without toward towards into onto new more
    than amid
""")


def titled(text: str, span: Span, kind: SegmentKind) -> bool:
    """Whether a sentence is a headline With A Capital On Each Word; verbs in small letters tell that it is not."""
    if kind != "headline" and (kind != "body" or span.end > _OPENING):
        return False
    words = _WORD.findall(text)
    long = [w for w in words if len(w) >= 4]
    if len(long) < 3 or sum(w[0].isupper() for w in long) < _TITLED * len(long):
        return False
    surfaces = lexicon().surfaces
    return not any(w[0].islower() and (w in _SMALL or (len(w) > 2 and w in surfaces)) for w in words)


@lru_cache(maxsize=8)
def _running(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words that an article writes small, and those that it capitalises within a sentence."""
    small, capital = set(), set()
    for line in text.splitlines():
        before = ""
        words = list(_WORD.finditer(line))
        mixed = sum(w[0].islower() for w in words) > 0.4 * len(words)
        for w in words:
            if w[0].islower():
                small.add(w[0])
            elif mixed and before.islower() and line[w.start() - 1] == " " and line[w.start() - 2].isalpha():
                capital.add(w[0].lower())
            before = w[0]
    return frozenset(small), frozenset(capital)


@cache
def _familiar() -> frozenset[str]:
    """The words of all lists of the lexicon, and the small ones between them."""
    return frozenset[str]().union(*lexicon().words.values()) | _SMALL | _LINKS


def uncapitalised(sentence: str, text: str, span: Span, names: Sequence[Span]) -> str:
    """A headline with those words in small letters that are no names, by the lexicon or by the article itself."""
    surfaces, nouns = lexicon().surfaces, _familiar()
    small, capital = _running(text)
    chars = list(sentence)
    for w in _WORD.finditer(sentence):
        word = w[0].lower()
        if w.start() == 0 or len(word) != len(w[0]) or not w[0][0].isupper() or w[0].isupper() or word in capital:
            continue
        at = span.start + w.start()
        if any(n.start <= at < n.end for n in names):
            continue
        if word in small or word in surfaces or word in nouns or singular(word) in nouns:
            chars[w.start()] = word[0]
    return "".join(chars)
