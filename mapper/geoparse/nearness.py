"""How near each candidate lies to what the other names may mean, to the first name, and to the outlet's home."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gazetteer.place import Place
from mapper.geoparse.evidence import INDEX, Evidence
from mapper.geoparse.mention import Mention
from mapper.geoparse.outlet import Outlet

EARTH = 6371.0
"""Kilometres."""

_PAIRS = 2_000_000
"""Distances worked out at once, which bounds the memory that a text with very many names takes."""

_WITNESSES = 12
"""Candidates of one name, the most prominent first, that are taken into account as neighbours."""


def note_near(evidence: Evidence, mentions: Sequence[Mention], belief: NDArray[np.float64], outlet: Outlet) -> None:
    """Nearness to everything. Countries and regions are too wide to tell anything by their points."""
    groups, rows, places, owner = evidence.groups, evidence.rows, evidence.places, evidence.owner
    vectors = _unit_vectors(places)
    wide = rows[:, INDEX["is_country"]] + rows[:, INDEX["is_region"]] > 0
    offset = np.arange(len(places)) - np.array([group.first_row for group in groups])[owner]
    witness = np.flatnonzero(~wide & (belief >= 0.02) & (offset < _WITNESSES))
    if len(witness):
        _note_neighbours(evidence, belief, vectors, witness)
        for group in groups:
            support = rows[group.rows, INDEX["near500_count"]]
            if len(support) > 1:
                rows[group.rows, INDEX["near_top"]] = (support >= support.max() - 1e-9) & (support > 0.05)
    _note_lead(evidence, mentions, belief, vectors)
    _note_outlet(evidence, belief, vectors, wide, outlet)


def _note_neighbours(
    evidence: Evidence,
    belief: NDArray[np.float64],
    vectors: NDArray[np.float64],
    witness: NDArray[np.intp],
) -> None:
    groups, rows, owner = evidence.groups, evidence.rows, evidence.owner
    witness_owner = owner[witness]
    bounds = np.flatnonzero(np.diff(witness_owner, prepend=-1))
    neighbours = witness_owner[bounds]
    trust = np.sqrt(belief[witness])
    # Mentions of the same name elsewhere in the text are no neighbours: they would vouch for themselves.
    names = {key: number for number, key in enumerate(dict.fromkeys(group.key for group in groups))}
    name_of = np.array([names[group.key] for group in groups])
    step = max(1, _PAIRS // len(witness))
    for first in range(0, len(rows), step):
        part = slice(first, first + step)
        km = EARTH * np.arccos(np.clip(vectors[part] @ vectors[witness].T, -1, 1))
        foreign = name_of[owner[part]][:, None] != name_of[neighbours][None, :]
        count = np.maximum(foreign.sum(axis=1), 1)
        for scale, name in ((100.0, "near100"), (500.0, "near500")):
            strength = np.maximum.reduceat(np.exp(-km / scale) * trust, bounds, axis=1) * foreign
            rows[part, INDEX[f"{name}_mean"]] = strength.sum(axis=1) / count
            rows[part, INDEX[f"{name}_max"]] = strength.max(axis=1)
            rows[part, INDEX[f"{name}_count"]] = np.log1p(strength.sum(axis=1))
        closest = np.maximum.reduceat(np.exp(-km / 30.0) * trust, bounds, axis=1) * foreign
        rows[part, INDEX["near30_max"]] = closest.max(axis=1)


def _unit_vectors(places: Sequence[Place]) -> NDArray[np.float64]:
    lat = np.radians([p.lat for p in places])
    lon = np.radians([p.lon for p in places])
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _note_lead(
    evidence: Evidence, mentions: Sequence[Mention], belief: NDArray[np.float64], vectors: NDArray[np.float64]
) -> None:
    """Nearness to the first name of the text, which is often the dateline's."""
    groups, rows, places, owner = evidence.groups, evidence.rows, evidence.places, evidence.owner
    lead = min(range(len(groups)), key=lambda g: mentions[groups[g].mentions[0]].start)
    part = groups[lead].rows
    if part.stop <= part.start or mentions[groups[lead].mentions[0]].start >= 150:
        return
    km = EARTH * np.arccos(np.clip(vectors @ vectors[part].T, -1, 1))
    strength = (np.exp(-km / 150.0) * np.sqrt(belief[part])).max(axis=1)
    rows[:, INDEX["lead_near"]] = np.where(owner == lead, 0, strength)
    codes: defaultdict[str, float] = defaultdict(float)
    for row in range(part.start, part.stop):
        codes[places[row].country_code or ""] += float(belief[row])
    rows[:, INDEX["lead_country"]] = [
        0.0 if owner[row] == lead else codes[place.country_code or "-"] for row, place in enumerate(places)
    ]


def _note_outlet(
    evidence: Evidence,
    belief: NDArray[np.float64],
    vectors: NDArray[np.float64],
    wide: NDArray[np.bool_],
    outlet: Outlet,
) -> None:
    rows, places = evidence.rows, evidence.places
    if outlet.country:
        rows[:, INDEX["outlet_country"]] = [
            1.0 if place.country_code == outlet.country else -1.0 if place.country_code else 0.0 for place in places
        ]
    if not outlet.candidates:
        return
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
    """Which of the places of the outlet's name is its home: the one that the other names of its article lie around."""
    km = EARTH * np.arccos(np.clip(homes @ vectors.T, -1, 1))
    others = np.array([group.key != outlet.key for group in evidence.groups])[evidence.owner]
    support = (np.exp(-km / 300.0) * belief * others).sum(axis=1)
    size = np.log10([c.place.population + 1 for c in outlet.candidates])
    score = 9.0 * support / max(len(evidence.groups), 1) + size
    chances: NDArray[np.float64] = np.exp(score - score.max())
    chances /= chances.sum()
    return np.sqrt(chances)
