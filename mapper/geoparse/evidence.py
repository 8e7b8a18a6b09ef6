"""What speaks for each candidate place: one row of named features for every (name, candidate) of a document.

Mentions of the same name in a document are judged together (one sense per document), unless what follows tells them
apart ("Paris, Texas" and "Paris, France").
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gazetteer.place import Candidate, Place
from mapper.geoparse.candidates import Options, head_agrees
from mapper.geoparse.mention import Mention
from mapper.geoparse.names import NameBook, sort_of
from mapper.geoparse.outlet import Outlet

_NAMES = (
    "population population_below_top rank choices is_country is_adm1 is_adm2 is_adm seat is_water "
    "is_mountain is_site is_region is_area by_name by_alternate by_abbreviation by_old_name by_demonym "
    "same_spelling head_agrees via letters capitals qualified_in qualified_out adm1_named adm1_near "
    "adm2_named adm2_near country_named country_share country_near holds_others near100_mean near100_max "
    "near500_mean near500_max country_agrees adm1_agrees lead_near lead_country outlet_country "
    "outlet_near outlet_adm1 mentions position names container_follows prominence prominence_below_top "
    "alternates near100_count near500_count near30_max near_top"
)
FEATURES = tuple(_NAMES.split())
INDEX = {name: number for number, name in enumerate(FEATURES)}

NEAR = 220
"""Characters within which two names count as named together."""

EARTH = 6371.0
_SEAT = {"PPLC": 5, "PPLA": 4, "PPLA2": 3, "PPLA3": 2, "PPLA4": 2, "PPL": 1}


@dataclass(slots=True)
class Group:
    """A name's mentions that are taken to mean the same place."""

    name: str
    key: str
    mentions: list[int]
    options: Options
    first_row: int = 0
    qualifier: int | None = None
    """The mention that follows after a comma, or in brackets."""

    @property
    def rows(self) -> slice:
        return slice(self.first_row, self.first_row + len(self.options.candidates))


@dataclass(slots=True)
class Evidence:
    """A document's groups, with the features of each of their candidates stacked in ``rows``."""

    groups: list[Group]
    rows: NDArray[np.float64]
    places: list[Place]
    owner: NDArray[np.int64]
    """Which group each row belongs to."""
    country_names: dict[str, str] = field(default_factory=dict)
    """Names by which the document names each country, by code; for the reasons given."""
    qualifiers: dict[int, str] = field(default_factory=dict)
    """What follows a group's name in apposition, as written, by the group's number."""
    unit_names: dict[str, str] = field(default_factory=dict)
    """Names by which it names first-level and second-level units, by place id."""


def softmax_by_group(scores: NDArray[np.float64], evidence_groups: Sequence[Group]) -> NDArray[np.float64]:
    """Probabilities within each group."""
    result = np.zeros(len(scores))
    for group in evidence_groups:
        part = scores[group.rows]
        if len(part):
            part = np.exp(part - part.max())
            result[group.rows] = part / part.sum()
    return result


def make_groups(text: str, mentions: Sequence[Mention], looked_up: Sequence[Options], book: NameBook) -> list[Group]:
    """Mentions by name, and by what follows them in apposition."""
    qualifiers = [qualifier_of(text, mentions, number) for number in range(len(mentions))]
    # A comma means apposition only if some place of the second name holds some place of the first.
    for number, other in enumerate(qualifiers):
        if other is not None and not _may_hold(looked_up[other], looked_up[number], book):
            qualifiers[number] = None
    keys = [book.key(m.lookup or m.name) for m in mentions]
    senses: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for number, other in enumerate(qualifiers):
        if other is not None and keys[other] not in senses[keys[number], looked_up[number].via == "name"]:
            senses[keys[number], looked_up[number].via == "name"].append(keys[other])
    groups: dict[tuple[str, bool, bool, str], Group] = {}
    for number, options in enumerate(looked_up):
        sense = senses.get((keys[number], options.via == "name"), [])
        other = qualifiers[number]
        told = keys[other] if other is not None else sense[0] if sense else ""
        people = bool(options.candidates) and options.candidates[0].kind == "demonym"
        group = groups.setdefault(
            (keys[number], options.via == "name", people, told), Group(mentions[number].name, keys[number], [], options)
        )
        group.mentions.append(number)
        if other is not None and group.qualifier is None:
            group.qualifier = other
    row = 0
    for group in groups.values():
        group.first_row = row
        row += len(group.options.candidates)
    return list(groups.values())


def qualifier_of(text: str, mentions: Sequence[Mention], number: int) -> int | None:
    """The mention in apposition: after ", " or " (" within the same line."""
    mention = mentions[number]
    for other in range(number + 1, min(number + 3, len(mentions))):
        gap = text[mention.end : mentions[other].start]
        if gap in (", ", ",", " (", "., ", ", in ", ",\n", " in ", ", the "):
            return other
        if gap.strip():
            break
    return None


def ancestors(place: Place, book: NameBook) -> tuple[str, ...]:
    """Ids of the units and the country that hold a place."""
    found = [unit for unit in (place.admin1, place.admin2) if unit and unit != place.id]
    if place.country_code:
        country = book.country_id(place.country_code)
        if country and country != place.id:
            found.append(country)
    return tuple(found)


def _may_hold(outer: Options, inner: Options, book: NameBook) -> bool:
    held = {unit for candidate in inner.candidates for unit in ancestors(candidate.place, book)}
    return any(candidate.place.id in held for candidate in outer.candidates)


def gather(
    text: str,
    mentions: Sequence[Mention],
    looked_up: Sequence[Options],
    book: NameBook,
    outlet: Outlet,
    belief: NDArray[np.float64] | None = None,
    groups: list[Group] | None = None,
) -> Evidence:
    """Features of every candidate. ``belief`` is what a first round made of the same groups: its probabilities weigh
    the neighbours; without it population does."""
    groups = make_groups(text, mentions, looked_up, book) if groups is None else groups
    places = [c.place for g in groups for c in g.options.candidates]
    n = len(places)
    rows = np.zeros((n, len(FEATURES)))
    owner = np.repeat(np.arange(len(groups)), [len(g.options.candidates) for g in groups])
    evidence = Evidence(groups, rows, places, owner)
    if not n:
        return evidence
    population = np.log10(np.array([p.population for p in places], float) + 1)
    for group in groups:
        _static(group, rows, population, mentions)
    if belief is None:
        belief = softmax_by_group(
            2.0 * population + 2.0 * rows[:, INDEX["is_country"]] + 3 * rows[:, INDEX["by_name"]], groups
        )
    _named(evidence, mentions, book, belief)
    _near(evidence, mentions, belief, outlet)
    return evidence


def _static(
    group: Group, rows: NDArray[np.float64], population: NDArray[np.float64], mentions: Sequence[Mention]
) -> None:
    candidates = group.options.candidates
    if not candidates:
        return
    part = population[group.rows]
    top = part.max()
    leader = max(c.place.prominence for c in candidates)
    via = {"name": 0, "part": 1, "inside": 2, "fuzzy": 3, "none": 4}[group.options.via]
    letters = min(len(group.name), 20)
    capitals = group.name.isupper() and len(group.name) <= 4
    for offset, candidate in enumerate(candidates):
        row = rows[group.first_row + offset]
        sort = sort_of(candidate.place)
        row[:26] = (
            part[offset],
            top - part[offset],
            math.log1p(offset),
            math.log1p(len(candidates)),
            sort == "country",
            sort == "adm1",
            sort == "adm2",
            sort == "adm",
            _SEAT.get(candidate.place.feature_code, 0),
            sort == "water",
            sort == "mountain",
            sort == "site",
            sort == "region",
            sort == "area",
            candidate.kind == "name",
            candidate.kind == "alternate",
            candidate.kind == "abbreviation",
            candidate.kind in ("historic", "colloquial"),
            candidate.kind == "demonym",
            candidate.name == group.name,
            head_agrees(group.options.head, candidate),
            via,
            letters,
            capitals,
            0,
            0,
        )
        row[INDEX["prominence"]] = candidate.place.prominence
        row[INDEX["prominence_below_top"]] = leader - candidate.place.prominence
        row[INDEX["alternates"]] = math.log1p(candidate.place.alternates)
        row[INDEX["mentions"]] = math.log1p(len(group.mentions))
        row[INDEX["position"]] = math.log1p(mentions[group.mentions[0]].start)


def _named(evidence: Evidence, mentions: Sequence[Mention], book: NameBook, belief: NDArray[np.float64]) -> None:
    """What the document names: countries, units, what follows in apposition."""
    groups, rows, places = evidence.groups, evidence.rows, evidence.places
    at: dict[str, list[tuple[int, int, int]]] = defaultdict(
        list
    )  # place id: (group, start, end) of those that may mean it
    weight: dict[str, float] = {}
    for number, group in enumerate(groups):
        for row in range(group.rows.start, group.rows.stop):
            place = places[row]
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
    countries: defaultdict[str, float] = defaultdict(float)
    adm1: defaultdict[str, float] = defaultdict(float)
    for group in groups:
        for row in range(group.rows.start, group.rows.stop):
            place = places[row]
            share = float(belief[row]) * len(group.mentions)
            if place.country_code:
                countries[place.country_code] += share
            unit = place.id if place.feature_code == "ADM1" else place.admin1
            if unit:
                adm1[unit] += share
    total = sum(countries.values())
    held: dict[str, set[int]] = defaultdict(set)
    for row, place in enumerate(places):
        if belief[row] > 0.2:
            for outer in ancestors(place, book):
                held[outer].add(int(evidence.owner[row]))
    for number, group in enumerate(groups):
        spans = [(mentions[m].start, mentions[m].end) for m in group.mentions]
        outer_ids = {c.place.id for c in _options_of(groups, group.qualifier)} if group.qualifier is not None else set()
        anyone = False
        own_country: defaultdict[str, float] = defaultdict(float)
        own_adm1: defaultdict[str, float] = defaultdict(float)
        for row in range(group.rows.start, group.rows.stop):
            place = places[row]
            share = float(belief[row]) * len(group.mentions)
            if place.country_code:
                own_country[place.country_code] += share
            unit = place.id if place.feature_code == "ADM1" else place.admin1
            if unit:
                own_adm1[unit] += share
        own_total = sum(own_country.values())
        for row in range(group.rows.start, group.rows.stop):
            place = places[row]
            values = rows[row]
            above = ancestors(place, book)
            inside = bool(outer_ids.intersection(above))
            anyone |= inside
            values[INDEX["qualified_in"]] = inside
            for unit, named, near in (
                (place.admin1, "adm1_named", "adm1_near"),
                (place.admin2, "adm2_named", "adm2_near"),
                (book.country_id(place.country_code or ""), "country_named", "country_near"),
            ):
                if not unit or unit == place.id:
                    continue
                others = [where for where in at.get(unit, ()) if where[0] != number]
                if others:
                    values[INDEX[named]] = weight[unit] * math.log1p(len(others))
                    distance = min(
                        max(start - end2, start2 - end, 0)
                        for start, end in spans[:6]
                        for _, start2, end2 in others[:12]
                    )
                    if distance <= NEAR:
                        values[INDEX[near]] = weight[unit] * (1 - distance / (NEAR + 1))
                    follows = any(0 <= start2 - end <= 3 for _, end in spans[:6] for _, start2, _ in others[:12])
                    if follows:
                        values[INDEX["container_follows"]] = 1
            code = place.country_code or ""
            rest = countries[code] - own_country[code]
            values[INDEX["country_share"]] = rest / (total - own_total) if total - own_total > 1e-6 else 0.0
            values[INDEX["country_agrees"]] = math.log1p(max(rest, 0.0))
            unit = place.id if place.feature_code == "ADM1" else place.admin1
            values[INDEX["adm1_agrees"]] = math.log1p(max(adm1[unit] - own_adm1[unit], 0.0)) if unit else 0.0
            values[INDEX["holds_others"]] = math.log1p(len(held.get(place.id, set()) - {number}))
            values[INDEX["names"]] = math.log1p(len(groups))
        if anyone and group.qualifier is not None:
            evidence.qualifiers[number] = mentions[group.qualifier].name
            part = rows[group.rows]
            part[:, INDEX["qualified_out"]] = 1 - part[:, INDEX["qualified_in"]]


def _options_of(groups: Sequence[Group], mention: int) -> tuple[Candidate, ...]:
    for group in groups:
        if mention in group.mentions:
            return group.options.candidates
    return ()


def _unit_vectors(places: Sequence[Place]) -> NDArray[np.float64]:
    lat = np.radians([p.lat for p in places])
    lon = np.radians([p.lon for p in places])
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _near(evidence: Evidence, mentions: Sequence[Mention], belief: NDArray[np.float64], outlet: Outlet) -> None:
    """How near each candidate lies to what the other names may mean. Countries and regions are too wide to tell."""
    groups, rows, places, owner = evidence.groups, evidence.rows, evidence.places, evidence.owner
    vectors = _unit_vectors(places)
    wide = rows[:, INDEX["is_country"]] + rows[:, INDEX["is_region"]] > 0
    offset_in_group = np.arange(len(places)) - np.array([g.first_row for g in groups])[owner]
    witness = np.flatnonzero(~wide & (belief >= 0.02) & (offset_in_group < 12))
    if len(witness):
        chord = vectors @ vectors[witness].T
        km = EARTH * np.arccos(np.clip(chord, -1, 1))
        trust = np.sqrt(belief[witness])
        witness_owner = owner[witness]
        bounds = np.flatnonzero(np.diff(witness_owner, prepend=-1))
        # Mentions of the same name elsewhere in the text are no neighbours: they would vouch for themselves.
        names = {key: number for number, key in enumerate(dict.fromkeys(group.key for group in groups))}
        name_of = np.array([names[group.key] for group in groups])
        foreign = name_of[owner][:, None] != name_of[witness_owner[bounds]][None, :]
        count = np.maximum(foreign.sum(axis=1), 1)
        for scale, name in ((100.0, "near100"), (500.0, "near500")):
            strength = np.maximum.reduceat(np.exp(-km / scale) * trust, bounds, axis=1) * foreign
            rows[:, INDEX[f"{name}_mean"]] = strength.sum(axis=1) / count
            rows[:, INDEX[f"{name}_max"]] = strength.max(axis=1)
            rows[:, INDEX[f"{name}_count"]] = np.log1p(strength.sum(axis=1))
        closest = np.maximum.reduceat(np.exp(-km / 30.0) * trust, bounds, axis=1) * foreign
        rows[:, INDEX["near30_max"]] = closest.max(axis=1)
        for group in groups:
            support = rows[group.rows, INDEX["near500_count"]]
            if len(support) > 1:
                rows[group.rows, INDEX["near_top"]] = (support >= support.max() - 1e-9) & (support > 0.05)
    lead = min(range(len(groups)), key=lambda g: mentions[groups[g].mentions[0]].start)
    part = groups[lead].rows
    if part.stop > part.start and mentions[groups[lead].mentions[0]].start < 150:
        km = EARTH * np.arccos(np.clip(vectors @ vectors[part].T, -1, 1))
        strength = (np.exp(-km / 150.0) * np.sqrt(belief[part])).max(axis=1)
        rows[:, INDEX["lead_near"]] = np.where(owner == lead, 0, strength)
        codes: defaultdict[str, float] = defaultdict(float)
        for row in range(part.start, part.stop):
            codes[places[row].country_code or ""] += float(belief[row])
        rows[:, INDEX["lead_country"]] = [
            0.0 if owner[row] == lead else codes[place.country_code or "-"] for row, place in enumerate(places)
        ]
    if outlet.country:
        rows[:, INDEX["outlet_country"]] = [
            1.0 if place.country_code == outlet.country else -1.0 if place.country_code else 0.0 for place in places
        ]
    if outlet.candidates:
        homes = _unit_vectors([c.place for c in outlet.candidates])
        agree = _home_belief(outlet, evidence, belief, homes, vectors)
        km = EARTH * np.arccos(np.clip(vectors @ homes.T, -1, 1))
        rows[:, INDEX["outlet_near"]] = (np.exp(-km / 150.0) * agree).max(axis=1) * ~wide
        units = {c.place.admin1 or c.place.id: a for c, a in zip(outlet.candidates, agree, strict=True) if a > 0}
        rows[:, INDEX["outlet_adm1"]] = [
            units.get(place.admin1 or "", units.get(place.id, 0.0) if place.feature_code == "ADM1" else 0.0)
            for place in places
        ]


def _home_belief(
    outlet: Outlet,
    evidence: Evidence,
    belief: NDArray[np.float64],
    homes: NDArray[np.float64],
    vectors: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Which of the places of the outlet's name is its home: the one that its article's names lie around."""
    km = EARTH * np.arccos(np.clip(homes @ vectors.T, -1, 1))
    support = (np.exp(-km / 300.0) * belief).sum(axis=1)
    size = np.log10([c.place.population + 1 for c in outlet.candidates])
    score = 3.0 * support / max(len(evidence.groups), 1) * 3 + size
    chances: NDArray[np.float64] = np.exp(score - score.max())
    chances /= chances.sum()
    return np.sqrt(chances)
