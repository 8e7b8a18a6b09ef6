"""How far from a named place something happened, where the text says so: "35 km north of Baghdad"."""

from __future__ import annotations

import re

from mapper.events.lexicon import word_set
from mapper.events.syntax import Sentence
from mapper.model import Span

UNSAID_KM = 50.0
"""How far "north of X" may reach where no distance is given: ours, what reporters still name a place by."""

_COMPASS = word_set("""
    north south east west northeast northwest southeast southwest north-east north-west south-east south-west
    north-northeast north-northwest south-southeast south-southwest
""")
_KM = {
    "km": 1.0,
    "kilometer": 1.0,
    "kilometre": 1.0,
    "mile": 1.609,
    "mi": 1.609,
    "meter": 0.001,
    "metre": 0.001,
}
_KM |= {f"{unit}s": km for unit, km in _KM.items()}
_EDGES = word_set("outskirts suburbs vicinity environs")
_ROADS = frozenset({"road", "highway", "motorway", "railway"})
_EDGE_KM = 15.0
_ROUGHLY = 1.25  # distances are told in round figures, and to some point of a town
_LEAST_KM = 2.0
_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,3})?\Z")
_WORDS = {
    "a": 1.0,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
    "five": 5.0,
    "six": 6.0,
    "ten": 10.0,
    "twenty": 20.0,
}
_FILLERS = word_set("the city town village of capital , ( )")
_BACK = 14  # tokens looked at before a name


def away_km(s: Sentence, name: Span) -> float | None:
    """Within how many kilometres of a named place the text puts what it tells; None where it is at the place itself.

    "35 km north of X" and "10 miles from X" give their distance and a quarter more, "north of X" and "on
    the road to X" give :data:`UNSAID_KM`, "the outskirts of X" fifteen; "the north of X" and "in northern X" are in it.
    """
    inside = s.at(name)
    if not inside:
        return None
    before = _joined([t.lower for t in s.tokens[max(0, inside[0].i - _BACK) : inside[0].i]])
    while before and before[-1] in _FILLERS and not (_points(before[:-1]) or _edge(before[:-1])):
        before.pop()
    if len(before) > 1 and before[-1] == "to" and before[-2] in _ROADS:
        return UNSAID_KM
    if not before or before[-1] not in {"of", "from"}:
        return None
    said = before.pop()
    if said == "of" and _edge(before):
        return _EDGE_KM
    if _points(before):
        before.pop()
    distance = _distance(before)
    if distance is not None:
        return max(_LEAST_KM, round(distance * _ROUGHLY, 1))
    return UNSAID_KM if said == "of" else None


def _joined(words: list[str]) -> list[str]:
    """Words with what a tokenizer took apart put together: "south-east"."""
    found: list[str] = []
    for word in words:
        if len(found) > 1 and found[-1] == "-" and f"{found[-2]}-{word}" in _COMPASS:
            found[-2:] = [f"{found[-2]}-{word}"]
        else:
            found.append(word)
    return found


def _points(words: list[str]) -> bool:
    """ "north", but not "the north": that is a part of the place."""
    return bool(words) and words[-1] in _COMPASS and not (len(words) > 1 and words[-2] in {"the", "to"})


def _edge(words: list[str]) -> bool:
    return bool(words) and words[-1] in _EDGES


def _distance(words: list[str]) -> float | None:
    """The last distance told, the first of two in other units: "20 miles (32 km)"."""
    found = None
    for n in range(len(words) - 1, 0, -1):
        unit = _KM.get(words[n].rstrip("."))
        if unit is None:
            if words[n] not in {"(", ")", "-"} and found is not None and not _figure(words[n]):
                break
            if found is None and words[n] not in {"(", ")", "to", "the", "away", "further", "farther"}:
                return None
            continue
        figure = _figure(words[n - 1])
        if figure is not None:
            found = figure * unit
    return found


def _figure(word: str) -> float | None:
    if _NUMBER.match(word):
        return float(word.replace(",", "." if len(word.rpartition(",")[2]) != 3 else ""))
    return _WORDS.get(word)
