"""Read-only look-up over the gazetteer's database: by name, by id, by point, and which place lies in which."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from gazetteer import schema, storage
from gazetteer.areas import Areas
from gazetteer.errors import DataError, UnknownPlaceError
from gazetteer.fuzzy import NearKeys
from gazetteer.layer import Layer, PlaceRow
from gazetteer.matching import ABBREVIATION, DEMONYM, candidate_of, rank, same_letters
from gazetteer.names import name_key
from gazetteer.own import OwnNames
from gazetteer.place import Candidate, Place
from gazetteer.shown import ShownCountries
from gazetteer.worldview import DEFAULT

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_COUNTRY_CODES = ("PCLI", "PCLD", "PCLF", "PCLS", "PCLIX", "TERR")


class Gazetteer:
    """All places of the embedded gazetteer. Open it with :meth:`open`; close it or use it as a context manager.

    Reading only, and safe to share between threads; to other processes it goes by being opened there again (pickling
    does that). Coordinates in and out are WGS 84 degrees; geometries are shapely's, lon/lat.
    """

    def __init__(
        self,
        path: Path,
        *,
        given: bool,
        added: Path | None = None,
        own: Path | None = None,
        worldview: str = DEFAULT,
    ) -> None:
        self._given = path if given else None
        self._main = Layer(path, immutable=True)
        self._layers = (self._main,) if added is None else (self._main, Layer(added, immutable=False))
        self._near_keys = tuple(NearKeys(layer.database) for layer in self._layers)
        self._areas = Areas(self._layers)
        # Bound here and not on the methods, so that a cache ends with its gazetteer.
        self._cached_candidates: Callable[[str], tuple[Candidate, ...]] = lru_cache(maxsize=4096)(self._find)
        self._cached_place: Callable[[int], Place | None] = lru_cache(maxsize=8192)(self._read_place)
        self._cached_reference: Callable[[int], str] = lru_cache(maxsize=8192)(self._read_reference)
        self._worldview = worldview
        self._shown = ShownCountries(self._main, self._areas, worldview)
        self._own: OwnNames | None = None
        if own is not None:
            self._own = OwnNames(own, self.place)

    @classmethod
    def open(cls, path: str | Path | None = None, *, worldview: str = DEFAULT) -> Gazetteer:
        """Open the embedded gazetteer with what the user has added to it, or only the database at ``path``.

        ``worldview`` says whose country places in disputed areas are shown with: see :mod:`gazetteer.worldview`.
        Raises :class:`~gazetteer.worldview.WorldviewError` for one that there is not,
        :class:`~gazetteer.errors.DataError` for missing or damaged data and
        :class:`~gazetteer.errors.OwnNamesError` for a file of own names with a mistake in it.
        """
        if path is not None:
            path = Path(path)
            if not path.is_file():
                raise DataError(f"{path}: no such file")
            return cls(path, given=True, worldview=worldview)
        added, own = storage.added_database(), storage.own_names()
        return cls(
            storage.database(),
            given=False,
            added=added if added.is_file() else None,
            own=own if own.is_file() else None,
            worldview=worldview,
        )

    def close(self) -> None:
        """Close the databases; nothing can be looked up afterwards."""
        for layer in self._layers:
            layer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __reduce__(self) -> tuple[Callable[..., Gazetteer], tuple[str | None, str]]:
        return _reopened, (None if self._given is None else str(self._given), self._worldview)

    # By name

    def candidates(
        self, name: str, *, country: str | None = None, fuzzy: bool = False, limit: int | None = None
    ) -> tuple[Candidate, ...]:
        """Places that ``name`` may mean, the most prominent first; none for a name that nothing is filed under.

        ``country`` (ISO 3166-1 alpha-2) keeps the places of that country only. A place may come twice: once by its name
        and once with kind ``demonym``, where the same word names both. Abbreviations count only as they are capitalised
        ("us" is not "U.S."). With ``fuzzy``, names nearly spelled so follow
        (match ``fuzzy``), the nearest and most prominent first; it takes milliseconds, not microseconds.
        """
        found = self._cached_candidates(name)
        if fuzzy:
            found += self._near(name, {candidate.place.id for candidate in found})
        if country is not None:
            found = tuple(candidate for candidate in found if candidate.place.country_code == country)
        return found if limit is None else found[:limit]

    def _near(self, name: str, seen: set[str]) -> tuple[Candidate, ...]:
        """Names that are a few letters off, a change of letter weighing as much as a thirtyfold population."""
        best: dict[str, tuple[float, Candidate]] = {}
        key_asked = name_key(name)
        for key, distance in sorted({pair for near_keys in self._near_keys for pair in near_keys.near(key_asked)}):
            for candidate in self._cached_candidates(key):
                weight = candidate.place.prominence - 1.5 * distance - 0.5 * (candidate.kind != "name")
                known = best.get(candidate.place.id)
                if candidate.place.id not in seen and (known is None or weight > known[0]):
                    best[candidate.place.id] = weight, replace(candidate, match="fuzzy")
        ordered = sorted(best.values(), key=lambda pair: (-pair[0], pair[1].place.id))
        return tuple(candidate for _, candidate in ordered)

    def known(self, keys: Iterable[str]) -> set[str]:
        """Which of these :func:`~gazetteer.names.name_key` keys have candidates: for scanning a text's n-grams."""
        wanted = list(dict.fromkeys(keys))
        listed = json.dumps(wanted, ensure_ascii=False)
        found = {key for layer in self._layers for key in layer.known(listed)}
        if self._own is not None:
            found.update(key for key in wanted if key in self._own.by_key)
        return found

    def _find(self, name: str) -> tuple[Candidate, ...]:
        key = name_key(name)
        if not key:
            return ()
        asked = unicodedata.normalize("NFC", name)
        found = {}
        for text, kind, language, row in self._main.places_named(key):
            place = self._place_of(self._main, row)
            candidate = candidate_of(place, text, kind, language, key, asked)
            if kind != ABBREVIATION or same_letters(candidate.name, asked):
                found[place.id, kind == DEMONYM] = candidate
        for layer in self._layers[1:]:
            for number, text, kind, language in layer.names_filed(key):
                added = self._cached_place(number)
                if added is not None:
                    slot = added.id, kind == DEMONYM
                    found.setdefault(slot, candidate_of(added, text, kind, language, key, asked))
        ordered = sorted(found.values(), key=rank)
        if self._own is None or key not in self._own.by_key:
            return tuple(ordered)
        own = [
            replace(candidate, match="exact" if candidate.name == asked else "folded")
            for candidate in self._own.by_key[key]
        ]
        mine = {candidate.place.id for candidate in own}
        return (*own, *(candidate for candidate in ordered if candidate.place.id not in mine))

    # By id

    def place(self, place_id: str) -> Place:
        """The place with this id. Raises :class:`~gazetteer.errors.UnknownPlaceError`."""
        if self._own is not None and place_id in self._own.places:
            return self._own.places[place_id]
        found = self._cached_place(self._number(place_id))
        if found is None:
            raise UnknownPlaceError(f"no place {place_id!r} in the gazetteer")
        return found

    def country(self, code: str) -> Place:
        """The country of an ISO 3166-1 code, alpha-2 or alpha-3.

        Raises :class:`~gazetteer.errors.UnknownPlaceError`.
        """
        number = self._main.country(code.upper())
        found = None if number is None else self._cached_place(number)
        if found is None:
            raise UnknownPlaceError(f"no country {code!r} in the gazetteer")
        return found

    def countries(self) -> tuple[Place, ...]:
        """All countries and territories that have a code, in order of the code."""
        return tuple(self.country(code) for code in self._main.country_codes())

    def capital(self, code: str) -> Place | None:
        """The seat of government of a country, None where the gazetteer has none. Unknown codes give None too."""
        number = self._main.capital(code.upper())
        return None if number is None else self._cached_place(number)

    def names(self, place_id: str) -> tuple[Candidate, ...]:
        """Every name of a place, one per key, sorted by key. Reads through all names: for one place, not for loops."""
        place = self.place(place_id)
        if self._own is not None and place_id in self._own.places:
            mine = [name for names in self._own.by_key.values() for name in names if name.place.id == place_id]
            return tuple(sorted(mine, key=lambda name: name_key(name.name)))
        found: dict[tuple[str, bool], Candidate] = {}
        for layer in self._layers:
            for key, text, kind, language in layer.names_of(self._number(place_id)):
                spelled = place.name if text is None else text or key.title()
                found.setdefault((key, kind == DEMONYM), candidate_of(place, text, kind, language, key, spelled))
        return tuple(found[slot] for slot in sorted(found))

    # Areas

    def footprint(self, place_id: str) -> BaseGeometry:
        """The place's outline, line or point, lon/lat.

        A division without an outline gives the hull of its member places, cut to the division above it; if it has
        fewer than three, its point.
        """
        import shapely

        place = self.place(place_id)
        if place.footprint == "point":
            return shapely.Point(place.lon, place.lat)
        number = self._number(place_id)
        shape = self._areas.shape(number)
        if shape is not None:
            return shape
        if place.feature_class == "A":
            above = self._number(place.admin1) if place.admin1 else None
            if (hull := self._areas.hull(number, place.country_code, above)) is not None:
                return hull
        return shapely.Point(place.lon, place.lat)

    def parents(self, place_id: str) -> tuple[Place, ...]:
        """What holds the place: second-level unit, first-level unit, country, then macro-regions, smallest first."""
        place = self.place(place_id)
        chain: dict[str, Place] = {}
        for unit in (place.admin2, place.admin1):
            if unit is not None and unit != place_id:
                chain[unit] = self.place(unit)
        if place.country_code is not None and not place.feature_code.startswith("PCL"):
            try:
                country = self.country(place.country_code)
            except UnknownPlaceError:
                country = None
            if country is not None and country.id != place_id:
                chain[country.id] = country
        regions: dict[str, Place] = {}
        for inner in (place_id, *chain):
            for number in () if inner.startswith("user:") else self._main.holders(self._number(inner)):
                if (region := self._cached_place(number)) is not None:
                    regions[region.id] = region
        if place.footprint == "point":
            for number in self._areas.holding(place.lat, place.lon):
                found = self._cached_place(number)
                if found is not None and found.feature_class == "L":
                    regions[found.id] = found
        ordered = sorted(regions.values(), key=lambda region: (self._areas.extent(self._number(region.id)), region.id))
        return (*chain.values(), *(region for region in ordered if region.id != place_id and region.id not in chain))

    def within(self, inner_id: str, outer_id: str) -> bool:
        """Whether the first place lies in the second (a place lies in itself). An area does if 97% of it does."""
        if inner_id == outer_id:
            return True
        inner, outer = self.place(inner_id), self.place(outer_id)
        if any(parent.id == outer_id for parent in self.parents(inner_id)):
            return True
        if outer.footprint != "area" or (
            outer.feature_class == "A" and inner.country_code not in (None, outer.country_code)
        ):
            return False
        shape = self._areas.shape(self._number(outer_id))
        if shape is None:
            return False
        if inner.footprint == "point":
            # What a source says of a point's country or division goes before an outline simplified near the border.
            told = outer.feature_class == "A" and (
                outer.feature_code.startswith("PCL") or (outer.feature_code == "ADM1" and inner.admin1 is not None)
            )
            return not told and self._areas.covers(self._number(outer_id), inner.lat, inner.lon)
        footprint = self.footprint(inner_id)
        size = footprint.area or footprint.length
        if not size:
            return bool(shape.covers(footprint))
        common = shape.intersection(footprint)
        return bool((common.area if footprint.area else common.length) >= 0.97 * size)

    # By point

    def at(self, *, lat: float, lon: float) -> tuple[Place, ...]:
        """What is at a point: country, first- and second-level unit, nearest populated place (as far as known).

        At sea: the sea or seas, the smallest first, and the nearest populated place within 200 km. Raises ValueError
        for coordinates that are not on Earth.
        """
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise ValueError(f"not a latitude and longitude in degrees: {lat}, {lon}")
        # One meridian with two names; outlines end at it on both sides.
        lon = -180.0 if lon == 180 else lon
        holding = [
            place for number in self._areas.holding(lat, lon) if (place := self._cached_place(number)) is not None
        ]
        # A state of the past (PCLH) may hold the point too.
        country = next((place for place in holding if place.feature_code.startswith(_COUNTRY_CODES)), None)
        nearest = self._nearest(lat, lon, country)
        shown = self._shown.country(None if country is None else country.country_code, lat, lon)
        if shown is not None and (country is None or shown != country.country_code):
            country = self.country(shown)
        if country is None:
            seas = sorted(
                (place for place in holding if place.feature_class == "H"),
                key=lambda place: self._areas.extent(self._number(place.id)),
            )
            return (*seas, nearest) if nearest is not None else tuple(seas)
        answer = {country.id: country}
        admin1 = next((place for place in holding if place.feature_code == "ADM1"), None)
        if admin1 is None and nearest is not None and nearest.admin1 is not None:
            admin1 = self.place(nearest.admin1)
        if admin1 is not None:
            answer[admin1.id] = admin1
            second = next((place for place in holding if place.feature_code == "ADM2"), None)
            if second is None and nearest is not None and nearest.admin2 is not None and nearest.admin1 == admin1.id:
                second = self.place(nearest.admin2)
            if second is not None:
                answer[second.id] = second
        if nearest is not None:
            answer[nearest.id] = nearest
        return tuple(answer.values())

    def _nearest(self, lat: float, lon: float, country: Place | None) -> Place | None:
        number = self._areas.nearest(lat, lon, None if country is None else country.country_code)
        return None if number is None else self._cached_place(number)

    # Reading rows

    def _number(self, place_id: str) -> int:
        scheme, _, rest = place_id.partition(":")
        if scheme == "geonames" and rest.isdecimal() and len(rest) < 16:
            return int(rest)
        for layer in self._layers:
            if (number := layer.number(place_id)) is not None:
                return number
        raise UnknownPlaceError(f"no place {place_id!r} in the gazetteer")

    def _read_reference(self, number: int) -> str:
        if number > 0:
            return f"geonames:{number}"
        found = next((id_ for layer in self._layers if (id_ := layer.reference(number)) is not None), None)
        if found is None:
            raise DataError(f"{self._main.path}: place {number} has no id")
        return found

    def _read_place(self, number: int) -> Place | None:
        for layer in self._layers:
            row = layer.place(number)
            if row is not None:
                return self._place_of(layer, row)
        return None

    def _place_of(self, layer: Layer, row: PlaceRow) -> Place:
        feature_class, feature_code = layer.codes[row.code]
        lat, lon = row.lat / schema.COORDINATE_STEPS, row.lon / schema.COORDINATE_STEPS
        # A country's own record keeps its code: it is what the code names.
        own = row.country is None or feature_code.startswith("PCL")
        country = row.country if own else self._shown.country(row.country, lat, lon)
        return Place(
            id=f"geonames:{row.number}" if row.number > 0 else self._cached_reference(row.number),
            name=row.name,
            lat=lat,
            lon=lon,
            country_code=country,
            feature_class=feature_class,
            feature_code=feature_code,
            footprint=schema.FOOTPRINTS[row.footprint],
            population=row.population,
            admin1=None if row.admin1 is None else self._cached_reference(row.admin1),
            admin2=None if row.admin2 is None else self._cached_reference(row.admin2),
            source=layer.sources[row.source],
            prominence=row.prominence / 1000,
            alternates=row.names,
            approximate=bool(row.approximate),
        )


def _reopened(path: str | None, worldview: str) -> Gazetteer:
    return Gazetteer.open(path, worldview=worldview)
