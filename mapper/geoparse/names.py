"""What the gazetteer knows about the names in a text, remembered for the next text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from gazetteer.place import Candidate, Place
from mapper.geoparse.aliases import ALIASES, CAPITALS_ONLY, run_together, singular

LIMIT = 40
"""Candidates taken into account for one name, the most prominent first."""

_A_TOWN = 10_000
_MEMORY = 50_000
"""Names remembered before the memory is emptied (a bound on a long run's memory)."""


class GazetteerLike(Protocol):
    """The part of the gazetteer that geoparsing uses."""

    def candidates(
        self, name: str, *, country: str | None = None, fuzzy: bool = False, limit: int | None = None
    ) -> tuple[Candidate, ...]: ...

    def known(self, keys: Iterable[str]) -> set[str]: ...

    def country(self, code: str) -> Place: ...


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What a name may mean, in short: enough for the span model."""

    sort: str
    """The sort of the most prominent place: country, region, adm1, adm2, adm, capital, seat, big, town, small, water,
    site, area, mountain, or none."""
    places: int
    """How many places bear the name (at most :data:`LIMIT`)."""
    population: float
    """log10 of one more than the largest population."""
    name_kind: str
    """What sort of name it is for that place: name, alternate, abbreviation, historic, colloquial."""
    demonym: bool
    """Whether it is the name of a people, or the adjective of a place."""


NOTHING = NameFacts("none", 0, 0.0, "none", False)


TOWNS = frozenset({"small", "town", "big", "seat", "capital"})
"""Sorts of populated place."""


def sort_of(place: Place) -> str:
    """A place's sort, in the words of :class:`NameFacts`."""
    code, letter = place.feature_code, place.feature_class
    if code.startswith("PCL") or code == "TERR":
        return "country"
    if letter == "A":
        return {"ADM1": "adm1", "ADM2": "adm2"}.get(code, "adm")
    if letter == "P":
        if code == "PPLC":
            return "capital"
        if code == "PPLA":
            return "seat"
        return "big" if place.population >= 100_000 else "town" if place.population >= 5_000 else "small"
    if code in ("RGN", "CONT", "RGNE"):
        return "region"
    if code == "PRT":
        return "site"
    return {"H": "water", "T": "mountain", "S": "site", "R": "site"}.get(letter, "area")


def facts_of(candidates: Sequence[Candidate]) -> NameFacts:
    """Sum up a name's candidates, the most prominent of which comes first."""
    places = [c for c in candidates if c.kind != "demonym"]
    if not places:
        return NameFacts("none", 0, 0.0, "none", bool(candidates))
    first = places[0]
    population = max(c.place.population for c in places)
    return NameFacts(
        sort_of(first.place), len(places), math.log10(population + 1), first.kind, len(places) < len(candidates)
    )


def _today(found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Without what bore the name once, where a town bears it now: Salisbury is not Harare any more."""
    if not any(c.kind == "name" and c.place.population >= _A_TOWN for c in found):
        return found
    return tuple(c for c in found if c.kind != "historic")


class NameBook:
    """The gazetteer with a memory: each name is folded and looked up once."""

    def __init__(self, gazetteer: GazetteerLike) -> None:
        from gazetteer.names import name_key

        self.gazetteer = gazetteer
        self._fold = name_key
        self._keys: dict[str, str] = {}
        self._known: dict[str, bool] = {}
        self._candidates: dict[str, tuple[Candidate, ...]] = {}
        self._facts: dict[str, NameFacts] = {}
        self._countries: dict[str, str | None] = {"": None}

    def key(self, name: str) -> str:
        """The folded form of a name."""
        key = self._keys.get(name)
        if key is None:
            if len(self._keys) > _MEMORY:
                self._keys.clear()
            key = self._keys[name] = self._fold(name)
        return key

    def learn(self, names: Iterable[str]) -> None:
        """Ask for many names at once whether the gazetteer has them."""
        wanted = {key for name in names if (key := self.key(name)) and key not in self._known}
        if not wanted:
            return
        if len(self._known) > _MEMORY:
            self._known.clear()
        found = self.gazetteer.known(wanted)
        for key in wanted:
            self._known[key] = key in found

    def has(self, name: str) -> bool:
        """Whether the gazetteer has a name, or the name that it is short for."""
        return self._listed(name) or self._other(name) is not None

    def _other(self, name: str) -> str | None:
        """What a name is short for, the words run together in it, or the adjective in a people's plural."""
        key = self.key(name)
        if key in ALIASES and (key not in CAPITALS_ONLY or name.isupper()):
            return ALIASES[key]
        spaced = run_together(name)
        if spaced is not None and self._listed(spaced) and not self._listed(name):
            return spaced
        adjective = singular(name)
        if adjective is not None and self._listed(adjective) and not self._listed(name):
            return adjective
        return None

    def _listed(self, name: str) -> bool:
        key = self.key(name)
        if not key:
            return False
        known = self._known.get(key)
        if known is None:
            self.learn((name,))
            known = self._known[key]
        return known

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """The places that a name may mean, demonyms included, the most prominent first."""
        other = self._other(name)
        # By the name as written, not by its key: some abbreviations are only meant as they are written ("Ga.", "GA").
        found = self._candidates.get(name)
        if found is None:
            if len(self._candidates) > _MEMORY // 5:
                self._candidates.clear()
            found = self.gazetteer.candidates(name, limit=LIMIT) if self._listed(name) else ()
            if other is not None:
                found = self._through(name, other, found)
            found = self._own(_today(found))
            self._candidates[name] = found
        return found

    def _own(self, found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """Without units listed under their seat's name that share no name with it: Mazar-i-Sharif is the city, the
        province around it is Balkh."""
        seats = [c.place for c in found if c.place.feature_class == "P" and c.place.population >= _A_TOWN]
        return tuple(c for c in found if not (seats and self._lent(c, seats)))

    def _lent(self, candidate: Candidate, seats: Sequence[Place]) -> bool:
        unit = candidate.place
        near = {p.id for p in seats if p.country_code == unit.country_code}
        if candidate.kind != "alternate" or not near or sort_of(unit) not in {"adm1", "adm2", "adm"}:
            return False
        words, own = self.key(candidate.name).split(), self.key(unit.name).split()
        if any(a[:3] == b[:3] for a in words for b in own):
            return False
        asked = {unit.name, *own}
        return not any(c.place.id in near for name in asked for c in self.gazetteer.candidates(name, limit=LIMIT))

    def _through(self, name: str, other: str, listed: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """Candidates of what a name is short for (the most prominent place), of words run together, or of a people."""
        longer = self.gazetteer.candidates(other, limit=LIMIT)
        if self.key(name) in ALIASES:
            first = next((c for c in longer if c.kind != "demonym"), None)
            known = {c.place.id for c in listed}
            if first is None or first.place.id in known:
                return listed
            return (replace(first, name=name, kind="colloquial", match="folded"), *listed)[:LIMIT]
        if run_together(name) == other:
            return longer
        return tuple(replace(c, name=name, match="folded") for c in longer if c.kind == "demonym")

    def facts(self, name: str) -> NameFacts:
        """A name's candidates, summed up."""
        if not self.has(name):
            return NOTHING
        facts = self._facts.get(name)
        if facts is None:
            if len(self._facts) > _MEMORY:
                self._facts.clear()
            facts = self._facts[name] = facts_of(self.candidates(name))
        return facts

    def country_id(self, code: str) -> str | None:
        """The id of a country's place, by its two-letter code; None where there is none."""
        if code not in self._countries:
            try:
                self._countries[code] = self.gazetteer.country(code).id
            except (KeyError, LookupError, ValueError):
                self._countries[code] = None
        return self._countries[code]
