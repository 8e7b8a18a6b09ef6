"""What tells a state from a city of its name: a word right beside it, the names it is listed with, what it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from mapper.geoparse.called import has_article
from mapper.geoparse.candidates import HEAD_SORTS
from mapper.geoparse.evidence import INDEX, Evidence
from mapper.geoparse.mention import Mention
from mapper.geoparse.names import TOWNS, sort_of

_WITH_ARTICLE = frozenset({"region", "water", "mountain", "area"})


def broad(sort: str) -> str:
    """Towns of every size as one sort."""
    return "place" if sort in TOWNS else sort


_LIST = frozenset({", ", " and ", ", and ", " or ", " & ", "/", ",\n", " and the "})


def listed_with(text: str, mentions: Sequence[Mention], number: int) -> list[int]:
    """The mentions right before and behind in an enumeration."""
    found = []
    for other, first, second in ((number - 1, number - 1, number), (number + 1, number, number + 1)):
        if 0 <= other < len(mentions):
            start, end = mentions[first].end, mentions[second].start
            if 0 < end - start <= 9 and text[start:end] in _LIST:
                found.append(other)
    return found


def note_beside(evidence: Evidence, text: str, mentions: Sequence[Mention], belief: NDArray[np.float64]) -> None:
    """Agreement with the word beside, with the sorts of the names in the same enumeration, and towns and units of one
    name, one in the other."""
    rows, places, groups = evidence.rows, evidence.places, evidence.groups
    sorts = [broad(sort_of(place)) for place in places]
    group_of = {m: number for number, group in enumerate(groups) for m in group.mentions}
    mass: list[defaultdict[str, float]] = []
    for group in groups:
        share: defaultdict[str, float] = defaultdict(float)
        for row in range(group.rows.start, group.rows.stop):
            share[sorts[row]] += float(belief[row])
        mass.append(share)
    for _, group, numbers in evidence.numbered():
        if not len(numbers):
            continue
        if group.beside:
            for row in numbers:
                rows[row, INDEX["beside_agrees"]] = 1 if sort_of(places[row]) in HEAD_SORTS[group.beside] else -1
        if any(has_article(text, mentions[m]) for m in group.mentions[:6]):
            for row in numbers:
                rows[row, INDEX["with_article"]] = sorts[row] in _WITH_ARTICLE
        partners = {
            group_of[other]
            for m in group.mentions[:6]
            for other in listed_with(text, mentions, m)
            if groups[group_of[other]].key != group.key
            and other != group.qualifier
            and groups[group_of[other]].qualifier not in group.mentions
        }
        if partners:
            for row in numbers:
                rows[row, INDEX["listed_alike"]] = sum(mass[p][sorts[row]] for p in partners) / len(partners)
        units = {places[row].id: row for row in numbers if places[row].feature_code == "ADM1"}
        if units:
            _note_twins(evidence, numbers, sorts, units)


def _note_twins(evidence: Evidence, numbers: range, sorts: Sequence[str], units: Mapping[str, int]) -> None:
    """A first-level unit and a city of its name in it. Where the city is the seat ("Kano"), a bare name may mean either
    as well, and nothing is noted but what the unit holds besides; elsewhere ("New York") how much larger it is, too."""
    rows, places = evidence.rows, evidence.places
    done: set[int] = set()
    for row in numbers:
        unit = units.get(places[row].admin1 or "")
        if unit is None or unit in done or sorts[row] != "place":
            continue
        done.add(unit)
        rows[unit, INDEX["twin_holds"]] = rows[unit, INDEX["holds_others"]]
        if places[row].feature_code not in ("PPLA", "PPLC"):
            rows[unit, INDEX["twin_unit"]] = 1
            gap = rows[unit, INDEX["population"]] - rows[row, INDEX["population"]]
            rows[unit, INDEX["twin_gap"]] = min(max(gap, 0.0), 2.0)
