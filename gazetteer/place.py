"""What the gazetteer answers with. Degrees are WGS 84, always in named ``lat`` and ``lon`` fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FootprintKind = Literal["point", "line", "area"]
NameKind = Literal["name", "alternate", "abbreviation", "historic", "colloquial", "demonym"]
MatchKind = Literal["exact", "folded", "fuzzy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place. ``id`` is ``geonames:<geonameid>``, ``region:<slug>``, ``ne:<Natural Earth id>``, ``user:<slug>`` …

    ``lat``/``lon`` of an area is a representative point inside it. ``feature_class`` and ``feature_code`` are GeoNames'
    (a macro-region is class L, code RGN). ``admin1`` and ``admin2`` are ids of the units that hold the place.
    ``population`` is 0 where unknown. ``prominence`` is a prior for how likely a bare name means this place: decadic
    logarithms of population and number of names plus what kind of place it is; comparable between any two places.
    ``alternates`` counts the other names the gazetteer knows. ``approximate``: point or outline stand in for ones that
    no source gives (a second-level unit placed by its member places, a strait drawn by hand).
    """

    id: str
    name: str
    lat: float
    lon: float
    country_code: str | None
    feature_class: str
    feature_code: str
    footprint: FootprintKind
    population: int = 0
    admin1: str | None = None
    admin2: str | None = None
    source: str = ""
    prominence: float = 0.0
    alternates: int = 0
    approximate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a name may mean, with the name that matched and how.

    ``kind`` tells what sort of name it is for that place; a ``demonym`` ("Algerian", "tunisien") names a people or an
    adjective of the place, not the place. ``language`` is an ISO 639 code where the source tells it.
    """

    place: Place
    name: str
    kind: NameKind
    match: MatchKind
    language: str | None = None
