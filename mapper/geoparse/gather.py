"""What speaks for each candidate place: fills the rows of :class:`~mapper.geoparse.evidence.Evidence`."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mapper.geoparse.beside import note_beside
from mapper.geoparse.candidates import SEAS, Options, head_agrees
from mapper.geoparse.evidence import FEATURES, INDEX, Evidence
from mapper.geoparse.groups import Group, make_groups, softmax_by_group
from mapper.geoparse.mention import Mention
from mapper.geoparse.names import NameBook, sort_of
from mapper.geoparse.nearness import note_near
from mapper.geoparse.outlet import Outlet
from mapper.geoparse.units import note_units

_SEAT = {"PPLC": 5, "PPLA": 4, "PPLA2": 3, "PPLA3": 2, "PPLA4": 2, "PPL": 1}


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
        _note_itself(group, rows, population, mentions)
    if belief is None:
        belief = softmax_by_group(
            2.0 * population + 2.0 * rows[:, INDEX["is_country"]] + 3 * rows[:, INDEX["by_name"]], groups
        )
    note_units(evidence, mentions, book, belief)
    note_near(evidence, mentions, belief, outlet)
    note_beside(evidence, text, mentions, belief)
    return evidence


def _note_itself(
    group: Group,
    rows: NDArray[np.float64],
    population: NDArray[np.float64],
    mentions: Sequence[Mention],
) -> None:
    """What a candidate is, and how the name fits it."""
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
        row[:24] = (
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
        )
        row[INDEX["at_sea"]] = sort == "water" and group.options.head in SEAS
        row[INDEX["prominence"]] = candidate.place.prominence
        row[INDEX["prominence_below_top"]] = leader - candidate.place.prominence
        row[INDEX["alternates"]] = math.log1p(candidate.place.alternates)
        row[INDEX["mentions"]] = math.log1p(len(group.mentions))
        row[INDEX["position"]] = math.log1p(mentions[group.mentions[0]].start)
