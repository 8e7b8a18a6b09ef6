"""Scores analyses of the seed articles against their hand-made gold, by the rules stated in the gold's ``scoring``."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mapper.model import Analysis, Event

GOLD = json.loads((Path(__file__).parent / "gold.json").read_text("utf-8"))
_SHOWN = ("reported", "planned", "background")
_NEAR_KM = 10


@dataclass(slots=True)
class Score:
    """How many events of the gold that must be found were, with the right type, place and date; and what was wrong."""

    must_find: int = 0
    found: int = 0
    type_right: int = 0
    place_right: int = 0
    date_right: int = 0
    false_events: int = 0
    wrong_pins: int = 0


def score(analyses: Iterable[Analysis]) -> Score:
    """The score of clustered analyses of the two seed articles."""
    answers = {analysis.article.id: analysis for analysis in analyses}
    result = Score()
    for doc in GOLD["docs"]:
        _score_document(doc, answers[doc["file"]], result)
    return result


def _score_document(doc: dict[str, Any], answer: Analysis, result: Score) -> None:
    clusters: dict[str, list[Event]] = defaultdict(list)
    for event in answer.events:
        if event.status in _SHOWN:
            clusters[event.cluster or event.id].append(event)
    groups = list(clusters.values())
    match = _matched(groups, doc["events"])
    for number, gold in enumerate(doc["events"]):
        if not gold["must_find"]:
            continue
        result.must_find += 1
        if number in match:
            members = groups[match[number]]
            best = max(members, key=lambda event: event.confidence)
            result.found += 1
            result.type_right += any(_type_right(member, gold) for member in members)
            result.place_right += _place_right(best, gold)
            result.date_right += _date_right(best, gold)
    taken = set(match.values())
    for number, members in enumerate(groups):
        result.false_events += number not in taken and any(m.status != "background" for m in members)
        result.wrong_pins += any(m.location and m.location.country_code in {"US", "FR", "TR"} for m in members)


def _matched(groups: list[list[Event]], golds: list[dict[str, Any]]) -> dict[int, int]:
    """Gold event to group, one to one, the surest pairs first: by trigger, else by type and evidence."""
    pairs = []
    for i, members in enumerate(groups):
        for j, gold in enumerate(golds):
            trigger = any(_touch(m.trigger.start, m.trigger.end, gold["trigger_span"]) for m in members)
            typed = any(_type_right(m, gold) for m in members)
            told = any(_touch(m.evidence.start, m.evidence.end, gold["evidence_span"]) for m in members)
            if trigger or (typed and told):
                pairs.append((-2 * trigger - typed, i, j))
    match: dict[int, int] = {}
    for _, i, j in sorted(pairs):
        if j not in match and i not in match.values():
            match[j] = i
    return match


def _touch(start: int, end: int, span: list[int]) -> bool:
    return start < span[1] and span[0] < end


def _type_right(event: Event, gold: dict[str, Any]) -> bool:
    return event.type in {gold["type"], *gold["accepted_types"]}


def _place_right(event: Event, gold: dict[str, Any]) -> bool:
    place, location = gold["place"], event.location
    if location is None:
        return False
    if "country" in str(gold.get("geo_precision")) and location.country_code == _country(place["name"]):
        return True
    return place.get("lat") is not None and _km(location.lat, location.lon, place["lat"], place["lon"]) <= _NEAR_KM


def _country(name: str) -> str | None:
    for doc in GOLD["docs"]:
        for place in doc["places"]:
            if place.get("resolution") and place["resolution"]["name"] == name:
                return str(place["resolution"].get("iso2"))
    return None


def _date_right(event: Event, gold: dict[str, Any]) -> bool:
    answer = event.date
    if not gold["date_start"] or answer is None:
        return not gold["date_start"] and answer is None
    if gold["date_granularity"] == "ongoing":
        return answer.end is None or answer.basis in {"published", "inferred"}
    first, last = date.fromisoformat(gold["date_start"]), date.fromisoformat(gold["date_end"] or gold["date_start"])
    start, end = date.fromisoformat(answer.start), date.fromisoformat(answer.end or answer.start)
    if "year" in gold["date_granularity"]:
        return start.year == end.year == first.year
    inside = (start <= first and last <= end) or (first <= start and end <= last)
    return inside and (end - start).days <= 2 * (last - first).days + 2


def _km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    p, q = math.radians(lat1), math.radians(lat2)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))
