"""How alike two tellings are: the odds by their words, moved by what is known of where, when and how many."""

from __future__ import annotations

import math

from mapper.events.key import Key
from mapper.events.likeness import log_odds, overlap
from mapper.events.plover import FAMILIES

JOIN = 0.35
"""The probability from which on two tellings are taken for one event: on the plateau of cross-validated B³."""


_FINE = frozenset({"settlement", "exact", "near"})
_TOLL = frozenset({"kill", "killed", "wound", "wounded", "injur", "injured", "dead", "died"})
_REACH_KM = 25.0  # how far apart names for parts of one town, or a town and a spot near it, are put
_TOWN_SHARE = 0.25  # of a town's inhabitants that one near by has if it is no part of it
_NEAR_KM = 40.0  # the same where one telling says "near"


def similarity(a: Key, b: Key) -> tuple[float, str]:
    """The probability that two tellings are of one event, with the reasons; 0 where something rules it out."""
    if a.language and b.language and a.language != b.language:
        return _across_languages(a, b)
    if not (a.place and b.place) and not (a.days and b.days):
        return _by_words(a, b)
    veto = ruled_out(a, b)
    if veto:
        return 0.0, veto
    why: list[str] = []
    words = max(_WORDS_AT_LEAST, log_odds(a, b))
    odds = _where(a, b, why) + _when(a, b, why)
    _who(a, b, why)
    if a.article == b.article:
        odds += words + _within_article(a, b)
    elif a.place and b.place:
        odds += min(words, _WORDS_AT_MOST) + _ELSEWHERE + _particulars(a, b)
    else:
        odds += words
    return _probability(odds), ", ".join(why) or "alike in words"


def _across_languages(a: Key, b: Key) -> tuple[float, str]:
    """Words of two languages say nothing of each other: place, day, type and toll decide, and all must be told."""
    if a.type != b.type or not (a.place and b.place and a.days and b.days):
        return 0.0, "told in two languages, without the same kind, place and day"
    veto = ruled_out(a, b)
    if veto:
        return 0.0, veto
    why = ["two languages", "same type"]
    odds = _where(a, b, why) + _when(a, b, why) + _how_many(a, b) + _ELSEWHERE
    return _probability(odds), ", ".join(why)


def _by_words(a: Key, b: Key) -> tuple[float, str]:
    """Neither where nor when can be compared: the words alone decide, as they were learned to."""
    if {a.status, b.status} == {"denied", "reported"}:
        return 0.0, "one of them did not happen"
    return _probability(log_odds(a, b)), "alike in words"


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


# Log-odds. Those of the words are learned on articles known to be of one affair; these were set by hand on tellings
# written for it (tests/events/tellings.jsonl) and hold where no such thing is known.
_ELSEWHERE = -2.0  # two articles of one country and week need not be of one affair
_WORDS_AT_LEAST = -1.5  # nor must two tellings of one event share a word
_WORDS_AT_MOST = 2.0  # all bombings are told in much the same words
_SAME_TOLL, _NEAR_TOLL, _OTHER_TOLL = 0.8, -0.2, -1.2
_COUNTED = 1.6  # times by which two counts of one toll may differ: they rise from report to report
_TOLD_WIDER = -1.5  # "31 were killed in Iran … a guard was stabbed in Shiraz": a country's toll is more than one town's
_DISTINCT, _SAME_NAMES, _OTHER_NAMES, _OTHER_SIDES = 2.5, 0.8, -0.5, -2.2
_SAME_PLACE, _SAME_AREA, _SAME_COUNTRY, _OTHER_PLACE = 1.5, 0.9, 0.2, -0.6
_SAME_DAY, _SAME_DAY_GUESSED, _NEXT_DAY, _NEXT_DAY_GUESSED = 1.1, 0.5, -3.0, -0.4


def _where(a: Key, b: Key, why: list[str]) -> float:
    if not a.place or not b.place:
        return 0.0
    if a.place != b.place:
        both = {a.precision, b.precision}
        if both <= _FINE:
            return _OTHER_PLACE
        return _OTHER_PLACE * min(4.0, _apart(a, b) / 100) if "country" not in both else 0.0
    if a.precision == "country":
        return _SAME_COUNTRY
    why.append("same place")
    return _SAME_PLACE if a.precision in _FINE else _SAME_AREA


def _when(a: Key, b: Key, why: list[str]) -> float:
    if not a.days or not b.days:
        return 0.0
    guessed = a.inferred or b.inferred
    if a.days == b.days:
        why.append("same day")
        return _SAME_DAY_GUESSED if guessed else _SAME_DAY
    if a.days[0] > b.days[1] or b.days[0] > a.days[1]:
        return _NEXT_DAY_GUESSED if guessed else _NEXT_DAY
    return 0.0


def _who(a: Key, b: Key, why: list[str]) -> None:
    if a.type == b.type:
        why.append("same type")
    if a.trigger == b.trigger:
        why.append("same word")
    if max(overlap(a.actors, b.actors), overlap(a.recipients, b.recipients)) >= 0.5:
        why.append("same actors")
    if overlap(a.words, b.words) >= 0.5:
        why.append("same words")


def _particulars(a: Key, b: Key) -> float:
    """What tells an event from others of its kind, between articles: its own words and who had a part in it."""
    odds = 0.0
    if min(len(a.distinct), len(b.distinct)) > 1:
        odds += _DISTINCT * (overlap(a.distinct, b.distinct) - 0.3)
    if a.sides and b.sides and not a.sides & b.sides:
        odds += _OTHER_SIDES  # "Kenya's president condemned", "Ghana's president condemned"
    elif a.named and b.named:
        odds += _SAME_NAMES if a.named & b.named else _OTHER_NAMES
    return odds + _how_many(a, b)


def _how_many(a: Key, b: Key) -> float:
    """Equal tolls speak for one event; tolls that differ by more than counting does speak against it."""
    odds = 0.0
    for kind, low, high in a.figures:
        for other, least, most in b.figures:
            if kind == other:
                equal = low <= most and least <= high
                near = max(high, most) <= _COUNTED * max(1, min(low, least)) + 2
                odds = max(odds, _SAME_TOLL) if equal else odds + (_NEAR_TOLL if near else _OTHER_TOLL)
    return max(_OTHER_TOLL, min(_SAME_TOLL, odds))


def _within_article(a: Key, b: Key) -> float:
    """An article tells its event again and again: sparse tellings of the same type join, unless of one sentence."""
    if a.sentence == b.sentence:
        return -1.0
    if a.type == b.type == "CONSULT":
        return 1.5
    toll = any(k.trigger in _TOLL and not k.actors for k in (a, b))
    if toll and a.place == b.place and a.days == b.days:
        return 1.5  # "… Four soldiers were killed": the toll of what was told before
    if a.type != b.type:
        return -0.8
    if "country" in {a.precision, b.precision} and a.place != b.place and not _alike(a, b):
        return _TOLD_WIDER
    return 1.8 if a.place == b.place and a.days == b.days else 0.8


def _alike(a: Key, b: Key) -> bool:
    """Whether anything but type and day joins two tellings: a word, someone who had a part in it, a toll."""
    shared = max(overlap(a.actors, b.actors), overlap(a.recipients, b.recipients)) >= 0.5
    return shared or bool(a.lemmas & b.lemmas) or _how_many(a, b) > 0.0


def ruled_out(a: Key, b: Key) -> str:
    """Why two tellings cannot be of one event, whatever their words; empty where nothing speaks against it."""
    if a.days and b.days and (a.days[0] > b.days[1] + 1 or b.days[0] > a.days[1] + 1):
        return "different days"
    if a.country and b.country and a.country != b.country:
        return "different countries"
    if a.precision in _FINE and b.precision in _FINE and a.place != b.place:
        reach = _NEAR_KM if "near" in {a.precision, b.precision} else _REACH_KM
        if _apart(a, b) > reach:
            return "different places"
    if a.precision == b.precision and a.precision in {"admin1", "admin2"} and a.place != b.place:
        return "different places"
    if {a.status, b.status} & {"denied", "hypothetical"} and a.status != b.status:
        return "one of them did not happen"
    if {a.status, b.status} == {"background", "reported"} and not (a.days and b.days):
        return "one of them is told as past"
    if a.type != b.type and "OTHER" not in {a.type, b.type} and FAMILIES.get(a.type) != FAMILIES.get(b.type):
        return "different kinds"
    turned = overlap(a.actors, b.recipients) == 1.0 and overlap(a.recipients, b.actors) == 1.0
    if a.type == "ASSAULT" == b.type and turned and not overlap(a.actors, b.actors):
        return "opposite sides"
    if (a.site or b.site) and not _at_one_site(a, b):
        return "a site visited, someone met"
    if a.article == b.article:
        return _ruled_out_within(a, b)
    return ""


def _ruled_out_within(a: Key, b: Key) -> str:
    if a.at == b.at >= 0 and a.place != b.place:
        return "named side by side"  # "in Oran, Algiers and Constantine"
    if a.place and b.place and a.place != b.place and {a.precision, b.precision} <= _FINE:
        if _two_towns(a, b):
            return "different places"
        if (a if a.sentence > b.sentence else b).another:
            return "told as another"
    if a.sentence == b.sentence and (a.type != b.type or a.type != "CONSULT") and not _named_again(a, b):
        return "told apart in one sentence"
    stated = not a.inferred and not b.inferred and "visit" not in {a.mode, b.mode}  # a visit takes more than a day
    if stated and a.days and b.days and (a.days[0] > b.days[1] or b.days[0] > a.days[1]):
        return "different days"  # "attacked on Friday … attacked again on Saturday"
    return ""


def _two_towns(a: Key, b: Key) -> bool:
    """Whether both places are towns by themselves, neither so small beside the other as to be a part of it."""
    if a.town is None or b.town is None:
        return False
    return min(a.town, b.town) >= _TOWN_SHARE * max(a.town, b.town)


def _named_again(a: Key, b: Key) -> bool:
    """Whether a sentence may name one event twice: by the same word, of no other toll and at no other place."""
    counted = {kind: (low, high) for kind, low, high in a.figures}
    other = any(counted.get(kind, (low, high)) != (low, high) for kind, low, high in b.figures)
    return bool(a.lemmas & b.lemmas) and a.place == b.place and not other


def _at_one_site(a: Key, b: Key) -> bool:
    """Whether two tellings, one of them of a visit to a site, may be of the same visit."""
    if a.site and b.site:
        return not a.recipients or not b.recipients or overlap(a.recipients, b.recipients) > 0.0
    other = b if a.site else a
    return other.mode == "visit" and not other.recipients and a.place == b.place and a.precision != "country"


def _apart(a: Key, b: Key) -> float:
    """Rough distance in kilometres, good enough to tell towns apart."""
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return 0.0
    dx = (a.lon - b.lon) * 111.3 * max(0.1, 1 - abs((a.lat + b.lat) / 2) / 90)
    return float((dx**2 + ((a.lat - b.lat) * 111.2) ** 2) ** 0.5)
