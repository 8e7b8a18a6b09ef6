"""Read-only look-up over the gazetteer's database: by name, by id, by point, and which place lies in which."""

from __future__ import annotations

import json
import math
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from gazetteer import schema, storage
from gazetteer.errors import DataError, UnknownPlaceError
from gazetteer.fuzzy import NearKeys
from gazetteer.names import name_key
from gazetteer.place import Candidate, MatchKind, Place

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

# A place is looked for by its own name more often than by another one: worth half a power of ten of its population.
_BY_NAME = """SELECT n.text, n.kind, n.language, p.* FROM name n JOIN place p ON p.number = n.place
WHERE n.key = ? ORDER BY p.prominence - 500 * (n.kind > 0) DESC, p.number, n.kind"""
_NEAREST_KM = 200.0

_PlaceRow = tuple[int, str, int, int, str | None, int, int, int | None, int | None, int, int, int, int, int]


class Gazetteer:
    """All places of the embedded gazetteer. Open it with :meth:`open`; close it or use it as a context manager.

    Reading only, and safe to share between threads; to other processes it goes by being opened there again (pickling
    does that). Coordinates in and out are WGS 84 degrees; geometries are shapely's, lon/lat.
    """

    def __init__(self, path: Path, *, given: bool) -> None:
        self._path = path
        self._given = given
        try:
            uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            self._database = sqlite3.connect(uri, uri=True, check_same_thread=False)
            meta = dict(self._database.execute("SELECT key, value FROM meta"))
            self._codes: dict[int, tuple[str, str]] = {
                number: (feature_class, code)
                for number, feature_class, code in self._database.execute("SELECT number, class, code FROM code")
            }
            self._sources: dict[int, str] = dict(self._database.execute("SELECT number, name FROM source"))
        except sqlite3.Error as problem:
            raise DataError(f"{path}: not a gazetteer: {problem}") from problem
        if meta.get("schema") != str(schema.VERSION):
            raise DataError(f"{path}: tables of version {meta.get('schema')}, this program reads {schema.VERSION}")
        self._near_keys = NearKeys(self._database)
        self._boxes: tuple[list[int], list[tuple[float, float, float, float]]] | None = None
        # Bound here and not on the methods, so that a cache ends with its gazetteer.
        self._cached_candidates: Callable[[str], tuple[Candidate, ...]] = lru_cache(maxsize=4096)(self._find)
        self._cached_place: Callable[[int], Place | None] = lru_cache(maxsize=8192)(self._read_place)
        self._cached_shape: Callable[[int], BaseGeometry | None] = lru_cache(maxsize=512)(self._read_shape)
        self._cached_reference: Callable[[int], str] = lru_cache(maxsize=8192)(self._read_reference)

    @classmethod
    def open(cls, path: str | Path | None = None) -> Gazetteer:
        """Open the embedded gazetteer, or the database at ``path``. Raises :class:`~gazetteer.errors.DataError`."""
        if path is None:
            return cls(storage.database(), given=False)
        path = Path(path)
        if not path.is_file():
            raise DataError(f"{path}: no such file")
        return cls(path, given=True)

    def close(self) -> None:
        """Close the database; nothing can be looked up afterwards."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __reduce__(self) -> tuple[Callable[..., Gazetteer], tuple[str | None]]:
        return Gazetteer.open, (str(self._path) if self._given else None,)

    # By name

    def candidates(
        self, name: str, *, country: str | None = None, fuzzy: bool = False, limit: int | None = None
    ) -> tuple[Candidate, ...]:
        """Places that ``name`` may mean, the most prominent first; none for a name that nothing is filed under.

        ``country`` (ISO 3166-1 alpha-2) keeps the places of that country only. A place may come twice: once by its name
        and once with kind ``demonym``, where the same word names both. With ``fuzzy``, names nearly spelled so follow
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
        for key, distance in self._near_keys.near(name_key(name)):
            for candidate in self._cached_candidates(key):
                weight = candidate.place.prominence - 1.5 * distance - 0.5 * (candidate.kind != "name")
                known = best.get(candidate.place.id)
                if candidate.place.id not in seen and (known is None or weight > known[0]):
                    best[candidate.place.id] = weight, replace(candidate, match="fuzzy")
        ordered = sorted(best.values(), key=lambda pair: (-pair[0], pair[1].place.id))
        return tuple(candidate for _, candidate in ordered)

    def known(self, keys: Iterable[str]) -> set[str]:
        """Which of these :func:`~gazetteer.names.name_key` keys have candidates: for scanning a text's n-grams."""
        wanted = json.dumps(list(dict.fromkeys(keys)), ensure_ascii=False)
        rows = self._database.execute("SELECT key FROM name WHERE key IN (SELECT value FROM json_each(?))", (wanted,))
        return {key for (key,) in rows}

    def _find(self, name: str) -> tuple[Candidate, ...]:
        key = name_key(name)
        if not key:
            return ()
        asked = unicodedata.normalize("NFC", name)
        found = []
        for text, kind, language, *row in self._database.execute(_BY_NAME, (key,)):
            place = self._place_of(tuple(row))
            spelled = place.name if text is None else text or key.title()
            match: MatchKind = "exact" if spelled == asked else "folded"
            found.append(Candidate(place=place, name=spelled, kind=schema.KINDS[kind], match=match, language=language))
        return tuple(found)

    # By id

    def place(self, place_id: str) -> Place:
        """The place with this place_id. Raises :class:`~gazetteer.errors.UnknownPlaceError`."""
        found = self._cached_place(self._number(place_id))
        if found is None:
            raise UnknownPlaceError(f"no place {place_id!r} in the gazetteer")
        return found

    def country(self, code: str) -> Place:
        """The country of an ISO 3166-1 code, alpha-2 or alpha-3.

        Raises :class:`~gazetteer.errors.UnknownPlaceError`.
        """
        code = code.upper()
        row = self._database.execute("SELECT place FROM country WHERE code = ? OR iso3 = ?", (code, code)).fetchone()
        found = self._cached_place(row[0]) if row else None
        if found is None:
            raise UnknownPlaceError(f"no country {code!r} in the gazetteer")
        return found

    def capital(self, code: str) -> Place | None:
        """The seat of government of a country, None where the gazetteer has none. Unknown codes give None too."""
        row = self._database.execute("SELECT capital FROM country WHERE code = ?", (code.upper(),)).fetchone()
        return self._cached_place(row[0]) if row and row[0] is not None else None

    def names(self, place_id: str) -> tuple[Candidate, ...]:
        """Every name of a place, one per key, sorted by key. Reads through all names: for one place, not for loops."""
        place = self.place(place_id)
        rows = self._database.execute(
            "SELECT key, text, kind, language FROM name WHERE place = ? ORDER BY key, kind", (self._number(place_id),)
        )
        return tuple(
            Candidate(
                place=place,
                name=place.name if text is None else text or key.title(),
                kind=schema.KINDS[kind],
                match="exact",
                language=language,
            )
            for key, text, kind, language in rows
        )

    # Areas

    def footprint(self, place_id: str) -> BaseGeometry:
        """The place's outline, line or point, lon/lat.

        A division without an outline gives the hull of its member places, cut to the division above it; if it has
        fewer than three, its point.
        """
        import shapely

        number = self._number(place_id)
        shape = self._cached_shape(number)
        if shape is not None:
            return shape
        place = self.place(place_id)
        if place.feature_code == "ADM2" and (hull := self._hull(number, place)) is not None:
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
            for (number,) in self._database.execute("SELECT holder FROM held WHERE place = ?", (self._number(inner),)):
                if (region := self._cached_place(number)) is not None:
                    regions[region.id] = region
        if place.footprint == "point":
            for number in self._holding(place.lat, place.lon):
                found = self._cached_place(number)
                if found is not None and found.feature_class == "L":
                    regions[found.id] = found
        ordered = sorted(regions.values(), key=lambda region: (self._extent(region.id), region.id))
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
        shape = self._cached_shape(self._number(outer_id))
        if shape is None:
            return False
        if inner.footprint == "point":
            # What a source says of a point's country or division goes before an outline simplified near the border.
            told = outer.feature_class == "A" and (
                outer.feature_code.startswith("PCL") or (outer.feature_code == "ADM1" and inner.admin1 is not None)
            )
            return not told and self._covers(self._number(outer_id), inner.lat, inner.lon)
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
        holding = [place for number in self._holding(lat, lon) if (place := self._cached_place(number)) is not None]
        country = next((place for place in holding if place.feature_code.startswith(("PCL", "TERR"))), None)
        nearest = self._nearest(lat, lon, country.country_code if country else None)
        if country is None:
            seas = sorted(
                (place for place in holding if place.feature_class == "H"), key=lambda place: self._extent(place.id)
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

    def _nearest(self, lat: float, lon: float, country: str | None) -> Place | None:
        best: tuple[float, int] | None = None
        for ring in range(5):
            cells = self._ring(lat, lon, ring)
            rows = self._database.execute(
                "SELECT p.number, p.lat, p.lon FROM cell JOIN place p ON p.number = cell.place"
                " WHERE cell.cell IN (SELECT value FROM json_each(?)) AND (? IS NULL OR p.country = ?)",
                (json.dumps(cells), country, country),
            )
            for number, place_lat, place_lon in rows:
                distance = _km(lat, lon, place_lat / schema.COORDINATE_STEPS, place_lon / schema.COORDINATE_STEPS)
                if best is None or (distance, number) < best:
                    best = distance, number
            # Everything nearer than this lies in the rings already seen.
            seen_km = ring * schema.CELL_DEGREES * 111.0 * max(0.05, math.cos(math.radians(min(abs(lat) + 3, 89))))
            if best is not None and best[0] <= seen_km:
                break
        return self._cached_place(best[1]) if best is not None and best[0] <= _NEAREST_KM else None

    @staticmethod
    def _ring(lat: float, lon: float, ring: int) -> list[int]:
        step = schema.CELL_DEGREES
        cells = set()
        for row in range(-ring, ring + 1):
            for column in range(-ring, ring + 1):
                if max(abs(row), abs(column)) == ring and -90 <= lat + row * step <= 90:
                    cells.add(schema.cell_of(lat + row * step, (lon + column * step + 180) % 360 - 180))
        return sorted(cells)

    # Reading rows

    def _holding(self, lat: float, lon: float) -> list[int]:
        """Numbers of all areas that cover a point."""
        if self._boxes is None:
            rows = self._database.execute("SELECT place, west, south, east, north FROM box").fetchall()
            self._boxes = [row[0] for row in rows], [row[1:] for row in rows]
        numbers, boxes = self._boxes
        return [
            number
            for number, (west, south, east, north) in zip(numbers, boxes, strict=True)
            if west <= lon <= east and south <= lat <= north and self._covers(number, lat, lon)
        ]

    def _covers(self, number: int, lat: float, lon: float) -> bool:
        import shapely

        shape = self._cached_shape(number)
        return shape is not None and shapely.get_dimensions(shape) == 2 and bool(shapely.intersects_xy(shape, lon, lat))

    def _extent(self, place_id: str) -> float:
        row = self._database.execute(
            "SELECT (east - west) * (north - south) FROM box WHERE place = ?", (self._number(place_id),)
        ).fetchone()
        return float(row[0]) if row else 0.0

    def _hull(self, number: int, place: Place) -> BaseGeometry | None:
        import shapely

        rows = self._database.execute(
            "SELECT lat, lon FROM place WHERE country = ? AND admin2 = ?", (place.country_code, number)
        ).fetchall()
        if len(rows) < 3:
            return None
        points = shapely.multipoints(
            [(lon / schema.COORDINATE_STEPS, lat / schema.COORDINATE_STEPS) for lat, lon in rows]
        )
        hull = shapely.convex_hull(points).buffer(0.03, quad_segs=4)
        above = self._cached_shape(self._number(place.admin1)) if place.admin1 else None
        cut = hull.intersection(above) if above is not None else hull
        result: BaseGeometry = hull if cut.is_empty else cut
        return result

    def _number(self, place_id: str) -> int:
        scheme, _, rest = place_id.partition(":")
        if scheme == "geonames" and rest.isdecimal():
            return int(rest)
        row = self._database.execute("SELECT place FROM reference WHERE id = ?", (place_id,)).fetchone()
        if row is None:
            raise UnknownPlaceError(f"no place {place_id!r} in the gazetteer")
        return int(row[0])

    def _read_reference(self, number: int) -> str:
        if number > 0:
            return f"geonames:{number}"
        row = self._database.execute("SELECT id FROM reference_of WHERE place = ?", (number,)).fetchone()
        return str(row[0])

    def _read_place(self, number: int) -> Place | None:
        row = self._database.execute("SELECT * FROM place WHERE number = ?", (number,)).fetchone()
        return None if row is None else self._place_of(row)

    def _place_of(self, row: _PlaceRow) -> Place:
        (
            number,
            name,
            lat,
            lon,
            country,
            code,
            population,
            admin1,
            admin2,
            source,
            footprint,
            rough,
            prominence,
            names,
        ) = row
        feature_class, feature_code = self._codes[code]
        return Place(
            id=f"geonames:{number}" if number > 0 else self._cached_reference(number),
            name=name,
            lat=lat / schema.COORDINATE_STEPS,
            lon=lon / schema.COORDINATE_STEPS,
            country_code=country,
            feature_class=feature_class,
            feature_code=feature_code,
            footprint=schema.FOOTPRINTS[footprint],
            population=population,
            admin1=None if admin1 is None else f"geonames:{admin1}",
            admin2=None if admin2 is None else f"geonames:{admin2}",
            source=self._sources[source],
            prominence=prominence / 1000,
            alternates=names,
            approximate=bool(rough),
        )

    def _read_shape(self, number: int) -> BaseGeometry | None:
        from gazetteer import shapes

        row = self._database.execute("SELECT data FROM shape WHERE place = ?", (number,)).fetchone()
        return None if row is None else shapes.decode(row[0])


def _km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance."""
    p, q = math.radians(lat1), math.radians(lat2)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.0176 * math.asin(min(1.0, math.sqrt(h)))
