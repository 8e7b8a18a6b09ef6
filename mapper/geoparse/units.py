"""What a document names besides: the countries and units that hold a candidate, and what follows it in apposition."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapper.geoparse.evidence import INDEX, Evidence
from mapper.geoparse.groups import ancestors, options_of
from mapper.geoparse.mention import Mention
from mapper.geoparse.names import NameBook, sort_of

NEAR = 220
"""Characters within which two names count as named together."""

_BY_OTHER_NAME = 0.4
"""What apposition counts for a candidate by a name that is not its usual one: "Washington, New York" is seldom the town
in New York State that had that name once."""


@dataclass(slots=True)
class _Shares:
    """How much of the document's names lies in each country and first-level unit, by belief."""

    countries: defaultdict[str, float]
    adm1: defaultdict[str, float]


def _unit1(evidence: Evidence, row: int) -> str | None:
    place = evidence.places[row]
    return place.id if place.feature_code == "ADM1" else place.admin1


def _shares(evidence: Evidence, belief: NDArray[np.float64]) -> _Shares:
    found = _Shares(defaultdict(float), defaultdict(float))
    for _, group, rows in evidence.numbered():
        for row in rows:
            place = evidence.places[row]
            share = float(belief[row]) * len(group.mentions)
            if place.country_code:
                found.countries[place.country_code] += share
            unit = _unit1(evidence, row)
            if unit:
                found.adm1[unit] += share
    return found


def note_units(evidence: Evidence, mentions: Sequence[Mention], book: NameBook, belief: NDArray[np.float64]) -> None:
    """Countries, units, and what follows in apposition."""
    groups, rows, places = evidence.groups, evidence.rows, evidence.places
    at, weight = _named_units(evidence, mentions, belief)
    shares = _shares(evidence, belief)
    total = sum(shares.countries.values())
    held: dict[str, set[int]] = defaultdict(set)
    above_of = [ancestors(place, book) for place in places]
    for row, above in enumerate(above_of):
        if belief[row] > 0.2:
            for outer in above:
                held[outer].add(int(evidence.owner[row]))
    meant_by: dict[str, set[int]] = defaultdict(set)
    for row, place in enumerate(places):
        meant_by[place.id].add(int(evidence.owner[row]))
    for number, group, numbers in evidence.numbered():
        spans = [(mentions[m].start, mentions[m].end) for m in group.mentions]
        outer_ids = {c.place.id for c in options_of(groups, group.qualifier)} if group.qualifier is not None else set()
        anyone = False
        own_country: defaultdict[str, float] = defaultdict(float)
        own_adm1: defaultdict[str, float] = defaultdict(float)
        for row in numbers:
            share = float(belief[row]) * len(group.mentions)
            own_country[places[row].country_code or ""] += share
            own_adm1[_unit1(evidence, row) or ""] += share
        own_total = sum(share for code, share in own_country.items() if code)
        said: dict[tuple[str, frozenset[int]], tuple[float, float, bool] | None] = {}
        for row in numbers:
            place = places[row]
            values = rows[row]
            inside = bool(outer_ids.intersection(above_of[row]))
            anyone |= inside
            usual = group.options.candidates[row - group.first_row].kind in ("name", "abbreviation")
            values[INDEX["qualified_in"]] = inside * (1.0 if usual else _BY_OTHER_NAME)
            for unit, named, near in (
                (place.admin1, "adm1_named", "adm1_near"),
                (place.admin2, "adm2_named", "adm2_near"),
                (book.country_id(place.country_code or ""), "country_named", "country_near"),
            ):
                if not unit or unit == place.id:
                    continue
                # A name that may itself mean this candidate does not speak for it ("Mexico" beside "Mexico City").
                key = unit, frozenset(meant_by[place.id])
                if key not in said:
                    said[key] = _said_of(spans, [w for w in at.get(unit, ()) if w[0] not in key[1]])
                if (witness := said[key]) is not None:
                    values[INDEX[named]] = weight[unit] * witness[0]
                    values[INDEX[near]] = weight[unit] * witness[1]
                    if witness[2]:
                        values[INDEX["container_follows"]] = 1
            code = place.country_code or ""
            rest = shares.countries[code] - own_country[code] if code else 0.0
            values[INDEX["country_share"]] = rest / (total - own_total) if total - own_total > 1e-6 else 0.0
            values[INDEX["country_agrees"]] = math.log1p(max(rest, 0.0))
            unit = _unit1(evidence, row)
            values[INDEX["adm1_agrees"]] = math.log1p(max(shares.adm1[unit] - own_adm1[unit], 0.0)) if unit else 0.0
            values[INDEX["holds_others"]] = math.log1p(len(held.get(place.id, set()) - {number}))
            values[INDEX["names"]] = math.log1p(len(groups))
        if anyone and group.qualifier is not None:
            evidence.qualifiers[number] = mentions[group.qualifier].name
            part = rows[group.rows]
            part[:, INDEX["qualified_out"]] = part[:, INDEX["qualified_in"]] == 0


def _named_units(
    evidence: Evidence, mentions: Sequence[Mention], belief: NDArray[np.float64]
) -> tuple[dict[str, list[tuple[int, int, int]]], dict[str, float]]:
    """Where the document may name each country and unit, as (group, start, end) by place id; and how surely it does."""
    at: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    weight: dict[str, float] = {}
    for number, group, rows in evidence.numbered():
        for row in rows:
            place = evidence.places[row]
            if place.feature_class != "A" and not place.feature_code.startswith("PCL"):
                continue
            if belief[row] < 0.05 and row - group.first_row > 3:
                continue
            at[place.id].extend((number, mentions[m].start, mentions[m].end) for m in group.mentions)
            weight[place.id] = max(weight.get(place.id, 0.0), float(belief[row]))
            if sort_of(place) == "country" and place.country_code and belief[row] > 0.5:
                evidence.country_names.setdefault(place.country_code, group.name)
            elif place.feature_class == "A":
                evidence.unit_names.setdefault(place.id, group.name)
    return at, weight


def _said_of(
    spans: Sequence[tuple[int, int]], others: Sequence[tuple[int, int, int]]
) -> tuple[float, float, bool] | None:
    """How often the document names a unit, how near to the spans, and whether right behind one; None where never."""
    if not others:
        return None
    distance = min(max(start - end2, start2 - end, 0) for start, end in spans[:6] for _, start2, end2 in others[:12])
    follows = any(0 <= start2 - end <= 3 for _, end in spans[:6] for _, start2, _ in others[:12])
    return math.log1p(len(others)), max(1 - distance / (NEAR + 1), 0.0), follows
