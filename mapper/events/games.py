"""Sport told in the words of war: results, and what is said around them, are no events of this map.

A result is a verb or noun of contest beside a score ("beat … 3-0", "won by six wickets"). What stands near one is told
about the game too, unless it speaks of harm, police or weapons: riots in stadiums are events.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapper.events.lexicon import lexicon, word_set

_WORD = re.compile(r"[^\W\d_]+")
_REACH = 3  # sentences around a result that are told about the game
_SCORE = re.compile(
    r"(?<![\w$€£.,/-])\d{1,3}[-–]\d{1,3}(?:[-–]\d{1,3})?(?![\w%/-]|[.,]\d)(?!\s+(?:years?|days?|weeks?|months?|km|miles|"
    r"people|percent|per|million|billion|dollars)\b)"
)
_MARGIN = re.compile(
    r"\bby\s+(?:an?|\w+|\d+)\s+(?:wickets?|runs?|points?|goals?|strokes?|shots?|lengths?|tries|innings|sets?|"
    r"seconds?)\b",
    re.IGNORECASE,
)
_CONTEST = word_set("""
    beat beats beaten beating thrash thrashed defeat defeats defeated defeating crush crushed rout routed hammer
    hammered edge edged trounce trounced stun stunned overcome overcame down downed sink sank win wins won
    winning lose loses lost losing loss victory draw drew drawn held lead leads led trail trailed finish
    finished score scored outclass outclassed overpower overpowered demolish demolished humble humbled see saw
    swept triumph triumphed tie tied ousted eliminated upset stunning conquered destroyed
""")
_ELECTORAL = word_set("""
    vote votes voted voting ballot ballots senate senators parliament lawmakers election referendum bill motion court
    judges verdict ruling assembly council congress committee candidate
""")
SERIOUS = word_set("""
    killed kill killing dead died dies death deaths wounded injured injuring stabbed gunman gunmen gunfire bomb bombs
    bombing explosion police riot rioted riots tear arrested detained soldiers troops militants rebels hostage stampede
    crush victims attackers militia pelted pepper teargas baton batons
""")


def tells_result(text: str) -> bool:
    """Whether a sentence gives the result of a game."""
    score = _SCORE.search(text)
    if score is None and not _MARGIN.search(text):
        return False
    words = set(_WORD.findall(text.lower()))
    if words & _ELECTORAL or not words & (_CONTEST | lexicon().words["topics.sport"]):
        return False
    # "captured 3-4 villages": a quantity counts what follows it, a score is followed by a preposition or nothing
    after = re.match(r"\s+([a-z]+)", text[score.end() :]) if score is not None else None
    counted = after is not None and after[1].endswith("s") and after[1] not in {"as", "thus", "towards", "victories"}
    return not counted or _MARGIN.search(text) is not None


def of_games(texts: Sequence[str]) -> list[bool]:
    """For each sentence of an article, in order: whether it tells of a game whose result stands in it or near it."""
    results = [n for n, text in enumerate(texts) if tells_result(text)]
    return [
        any(abs(n - r) <= _REACH for r in results) and not set(_WORD.findall(text.lower())) & SERIOUS
        for n, text in enumerate(texts)
    ]
