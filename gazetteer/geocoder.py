"""The gazetteer as a geopy geocoder: for geopandas, for geopy's RateLimiter, for whoever has geopy code already.

    from gazetteer.geocoder import OfflineGeocoder

    with OfflineGeocoder() as geocoder:
        geocoder.geocode("Gao, Mali").raw["feature_code"]
        geocoder.reverse((16.77, -3.01)).address

    geopandas.tools.geocode(["Timbuktu", "Tunis"], provider=OfflineGeocoder)

As everywhere in geopy, coordinates are (latitude, longitude). No connection is ever opened, unless an online geocoder
is handed over as ``fallback``.
"""

from __future__ import annotations

import warnings
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import takewhile
from pathlib import Path
from typing import Any, NoReturn, Self

from geopy.adapters import BaseSyncAdapter
from geopy.distance import great_circle
from geopy.exc import GeocoderQueryError, GeocoderUnavailable
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from gazetteer.after_comma import narrowed
from gazetteer.index import Gazetteer
from gazetteer.place import Candidate, Place

_REMEMBERED = 10_000
"""Answers of the fallback that are kept."""


_SEAS = frozenset({"OCN", "SEA", "GULF"})
_GREAT_RIVER = 3.75
"""Prominence of the rivers that Natural Earth shows on maps of the whole world: Nile, Volga, Ganges …"""
_SMALL_TOWN = 100_000


class NamesLeaveTheMachineWarning(UserWarning):
    """A name that the gazetteer lacks is about to be sent to an online geocoder."""


class NoNetwork(BaseSyncAdapter):  # type: ignore[misc]  # geopy ships no types
    """A geopy adapter that opens no connection, whatever it is asked."""

    def get_text(self, url: str, **_: Any) -> NoReturn:
        raise GeocoderUnavailable(f"this geocoder works offline and does not open {url}")

    def get_json(self, url: str, **_: Any) -> NoReturn:
        self.get_text(url)


class OfflineGeocoder(Geocoder):  # type: ignore[misc]  # geopy ships no types
    """Geocode and reverse-geocode with the embedded gazetteer.

    ``gazetteer`` is an open one (left open) or the path of a database; the embedded one by default.
    ``fallback`` is any geopy geocoder, asked for names that the gazetteer lacks, at most once every
    ``fallback_delay`` seconds and once per name; a :class:`NamesLeaveTheMachineWarning` says so when it is first used.
    Use one geocoder per thread.
    """

    def __init__(
        self,
        gazetteer: Gazetteer | str | Path | None = None,
        *,
        fallback: Any = None,
        fallback_delay: float = 1.0,
        user_agent: str | None = None,
        timeout: Any = DEFAULT_SENTINEL,
    ) -> None:
        super().__init__(user_agent=user_agent, timeout=timeout, adapter_factory=NoNetwork)
        self._owned = not isinstance(gazetteer, Gazetteer)
        self._gazetteer = gazetteer if isinstance(gazetteer, Gazetteer) else Gazetteer.open(gazetteer)
        self._fallback = fallback
        self._ask = None if fallback is None else RateLimiter(fallback.geocode, min_delay_seconds=fallback_delay)
        self._warned = False
        self._answers: OrderedDict[tuple[Any, ...], list[Location]] = OrderedDict()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database, if this geocoder opened it."""
        if self._owned:
            self._gazetteer.close()

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        country_codes: str | Iterable[str] | None = None,
        language: str | None = None,
    ) -> Location | list[Location] | None:
        """The place that ``query`` names, or all it may name (``exactly_one=False``), the most prominent first.

        In "Paris, Texas" what follows a comma narrows down what stands before it, be it a name or a code ("Erie, PA",
        "Gao, ML"); a query whose parts do not fit
        together ("Paris, Mali") finds nothing, rather than something coarser. A people or an adjective ("Malian") finds
        its country or region, with ``raw["kind"]`` "demonym", if that is meant more likely than a place so called;
        else it is no answer. ``country_codes`` (ISO 3166-1 alpha-2,
        one or several) keeps places of those countries; ``language`` (ISO 639) chooses the name shown in the address,
        where the gazetteer has one. ``raw`` of an answer is the full record. ``timeout`` is for the fallback only.
        Raises :class:`geopy.exc.GeocoderQueryError` for a query that is not text.
        """
        if not isinstance(query, str):
            raise GeocoderQueryError(f"a query is text, not {type(query).__name__}")
        codes = _codes(country_codes)
        found = [
            self._location(candidate.place, language, name=candidate.name, kind=candidate.kind, match=candidate.match)
            for candidate in self._resolve(query, codes)
        ]
        if not found and self._ask is not None and query.strip():
            found = self._online(query, timeout, codes, language)
        return _answer(found, exactly_one)

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 (part of geopy's interface)
        language: str | None = None,
    ) -> Location | list[Location] | None:
        """What is at a point: geopy's Point, a (latitude, longitude) pair or text of one.

        On land the nearest populated place (``raw["distance_km"]`` tells how far), at sea the sea. With
        ``exactly_one=False`` also the units that hold the point, the smallest first. None where nothing is known.
        """
        point = query if isinstance(query, Point) else Point(query)
        found = list(self._gazetteer.at(lat=point.latitude, lon=point.longitude))
        points = [place for place in found if place.footprint == "point"]
        areas = [place for place in found if place.footprint != "point"]
        at_sea = bool(areas) and areas[0].feature_class == "H"
        ordered = [*areas, *points] if at_sea else [*points, *reversed(areas)]
        locations = [
            self._location(
                place,
                language,
                distance_km=(
                    round(great_circle((point.latitude, point.longitude), (place.lat, place.lon)).km, 1)
                    if place.footprint == "point"
                    else 0.0
                ),
            )
            for place in ordered
        ]
        return _answer(locations, exactly_one)

    # Resolving

    def _resolve(self, query: str, codes: frozenset[str]) -> list[Candidate]:
        return self._places(query, codes) or narrowed(self._gazetteer, query, lambda name: self._places(name, codes))

    def _places(self, name: str, codes: frozenset[str]) -> list[Candidate]:
        found = [
            candidate
            for candidate in self._gazetteer.candidates(name)
            if not codes or candidate.place.country_code in codes
        ]
        # "Malian" is Mali before it is a village in Iran; "Paris" is Paris before it is a people's name.
        leading = list(takewhile(lambda candidate: candidate.kind == "demonym", found))
        return leading or _waters_first([candidate for candidate in found if candidate.kind != "demonym"])

    # The online fallback

    def _online(self, query: str, timeout: Any, codes: frozenset[str], language: str | None) -> list[Location]:
        key = (query, codes, language)
        if key not in self._answers:
            if not self._warned:
                self._warned = True
                warnings.warn(
                    f"names that the gazetteer lacks are sent to {type(self._fallback).__name__}",
                    NamesLeaveTheMachineWarning,
                    stacklevel=3,
                )
            narrowed = f"{query}, {next(iter(codes))}" if len(codes) == 1 else query
            options: dict[str, Any] = {"exactly_one": False}
            if timeout is not DEFAULT_SENTINEL:
                options["timeout"] = timeout
            self._answers[key] = list(self._ask(narrowed, **options) or []) if self._ask is not None else []
            if len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)
        self._answers.move_to_end(key)
        return self._answers[key]

    # Answers

    def _location(self, place: Place, language: str | None, **more: Any) -> Location:
        parents = self._gazetteer.parents(place.id)
        shown = [self._shown(place, language), *self._units(parents, place, language)]
        raw = {**asdict(place), **more, "parents": [parent.id for parent in parents]}
        return Location(", ".join(shown), (place.lat, place.lon), raw)

    def _units(self, parents: Sequence[Place], place: Place, language: str | None) -> Iterator[str]:
        for parent in parents:
            if parent.feature_class == "A" and parent.name != place.name:
                yield self._shown(parent, language)

    def _shown(self, place: Place, language: str | None) -> str:
        if language is None:
            return place.name
        wanted = [
            name
            for name in self._gazetteer.names(place.id)
            if name.language == language and name.kind in ("name", "alternate")
        ]
        best = min(wanted, key=lambda name: (name.kind != "name", len(name.name), name.name), default=None)
        return place.name if best is None else best.name


def _waters_first(found: list[Candidate]) -> list[Candidate]:
    """A sea before the provinces named after it ("Red Sea"); a great river before small towns, and before whatever has
    its name as another name only ("Nile", which GeoNames also files under Sudan's River Nile State)."""
    if not found or found[0].place.feature_code.startswith("PCL"):
        return found
    first = found[0]
    lesser = first.kind != "name" or (first.place.feature_class == "P" and first.place.population < _SMALL_TOWN)
    water = [
        one
        for one in found
        if (one.place.feature_code in _SEAS and one.kind == "name")
        or (lesser and one.place.feature_code == "STM" and one.place.prominence >= _GREAT_RIVER)
    ]
    return [*water, *(one for one in found if one not in water)]


def _codes(country_codes: str | Iterable[str] | None) -> frozenset[str]:
    if country_codes is None:
        return frozenset()
    listed = country_codes.split(",") if isinstance(country_codes, str) else country_codes
    return frozenset(code.strip().upper() for code in listed)


def _answer(found: list[Location], exactly_one: bool) -> Location | list[Location] | None:
    if not found:
        return None
    return found[0] if exactly_one else found
