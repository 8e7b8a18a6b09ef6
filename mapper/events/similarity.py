"""How alike two tellings are: a score from the parts of their keys, and what rules a merger out."""

from __future__ import annotations

from mapper.events.key import Key
from mapper.events.likeness import EVEN, likeness, overlap
from mapper.events.plover import FAMILIES

JOIN = 0.6
"""The score from which on two tellings are taken for one event."""

_ODDS = EVEN * (1 - JOIN) / ((1 - EVEN) * JOIN)
_TOLL = frozenset({"kill", "killed", "wound", "wounded", "injur", "injured", "dead", "died"})


def similarity(a: Key, b: Key) -> tuple[float, str]:
    """How likely two tellings are of one event, from 0 to 1, with the reasons; 0 where something rules it out."""
    if not (a.place or b.place or a.days or b.days):
        if {a.status, b.status} == {"denied", "reported"}:
            return 0.0, "one of them did not happen"
        p = likeness(a, b)  # its odds, moved so that what is even there is even here
        return p / (p + (1 - p) * _ODDS), "alike in words"
    veto = _veto(a, b)
    if veto:
        return 0.0, veto
    score, why = 0.0, []
    if a.type == b.type:
        score += 0.3
        why.append("same type")
        if a.mode and a.mode == b.mode:
            score += 0.05
    if a.trigger and a.trigger == b.trigger:
        score += 0.12
        why.append("same word")
    if a.place and a.place == b.place:
        score += 0.2 if a.precision != "country" else 0.12
        why.append("same place")
    elif a.place and b.place:
        score += 0.06
    if a.days and b.days:
        if a.days == b.days and not (a.inferred and b.inferred):
            score += 0.15
            why.append("same day")
        else:
            score += 0.08
    who = overlap(a.actors, b.actors)
    whom = overlap(a.recipients, b.recipients)
    crossed = max(overlap(a.actors, b.recipients), overlap(a.recipients, b.actors))
    score += 0.22 * max(who, whom, 0.7 * crossed)
    if max(who, whom) >= 0.5:
        why.append("same actors")
    shared = len(a.words & b.words) / max(1, min(len(a.words), len(b.words)))
    score += 0.3 * shared
    if shared >= 0.5:
        why.append("same words")
    if a.numbers & b.numbers:
        score += 0.05
    if a.article == b.article:
        score += _within_article(a, b)
    return min(1.0, score), ", ".join(why)


def _within_article(a: Key, b: Key) -> float:
    """An article tells its event again and again: sparse tellings of the same type join, unless of one sentence."""
    if a.sentence == b.sentence:
        return -0.1
    if a.type == b.type == "CONSULT":
        return 0.2
    toll = any(k.trigger in _TOLL and not k.actors for k in (a, b))
    if toll and a.place == b.place and a.days == b.days:
        return 0.2  # "… Four soldiers were killed": the toll of what was told before
    return 0.08 if a.type == b.type else -0.1


def _veto(a: Key, b: Key) -> str:
    if a.days and b.days and (a.days[0] > b.days[1] + 1 or b.days[0] > a.days[1] + 1):
        return "different days"
    if a.country and b.country and a.country != b.country:
        return "different countries"
    fine = {"settlement", "exact", "near"}
    if a.precision in fine and b.precision in fine and a.place != b.place and _apart(a, b) > 40:
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
    if a.article == b.article and a.sentence == b.sentence and (a.type != b.type or a.type != "CONSULT"):
        return "told apart in one sentence"
    return ""


def _at_one_site(a: Key, b: Key) -> bool:
    """Whether two tellings, one of them of a visit to a site, may be of the same visit."""
    if a.site and b.site:
        return overlap(a.recipients, b.recipients) > 0.0
    other = b if a.site else a
    return other.mode == "visit" and not other.recipients and a.place == b.place and a.precision != "country"


def _apart(a: Key, b: Key) -> float:
    """Rough distance in kilometres, good enough to tell towns apart."""
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return 0.0
    dx = (a.lon - b.lon) * 111.3 * max(0.1, 1 - abs((a.lat + b.lat) / 2) / 90)
    return float((dx**2 + ((a.lat - b.lat) * 111.2) ** 2) ** 0.5)
