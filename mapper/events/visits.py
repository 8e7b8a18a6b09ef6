"""Who or what is visited: a person or a country, or a site such as a cemetery, a factory or a camp."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mapper.events.lexicon import lexicon, singular, word_set
from mapper.model import Actor, Span

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\s\w]")
_LED_BY = word_set("a an the its his her their our another several two three four five six many some")
_ENDS = word_set("""
    in at on near of to with for from by as and or but after before during where which who that when while amid outside
    inside today yesterday tomorrow
""")
_LANDS = word_set("""
    country countries nation nations state states region regions province provinces capital capitals city cities town
    towns village villages island islands area areas continent neighbours neighbors troops wounded injured
""")
_PHRASE = 8  # words that what is visited may take


def site_visited(mode: str | None, trigger: Span, evidence: Span, actors: Iterable[Actor], text: str) -> bool:
    """Whether an event is a visit to a site: what the trigger leads to is a common noun for no people and no land."""
    if mode != "visit":
        return False
    named = [a.text.split()[-1] for a in actors if a.role == "recipient" and a.text.split()]
    if named:
        return not any(_someone(word) for word in named)
    words = _WORD.findall(text[trigger.end : min(evidence.end, trigger.end + 120)])
    if words and words[0].lower() == "to":
        words = words[1:]
    if not words or words[0].lower() not in _LED_BY:
        return False
    phrase = []
    for word in words[1:_PHRASE]:
        if word.lower() in _ENDS or not word[0].isalpha():
            break
        phrase.append(word)
    return bool(phrase) and not _someone(phrase[-1])


def _someone(word: str) -> bool:
    if word[:1].isupper():
        return True  # a name: of a person, a country, a town
    words = lexicon().words
    plain = word.lower()
    return plain in _LANDS or singular(plain) in words["classes.people"] | words["classes.official"]
