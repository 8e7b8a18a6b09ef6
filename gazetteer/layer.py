"""One database of places as tables: the embedded one, or the user's own beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gazetteer import schema
from gazetteer.errors import DataError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_PLACES_BY_NAME = """SELECT n.text, n.kind, n.language, p.* FROM name n JOIN place p ON p.number = n.place
WHERE n.key = ? ORDER BY p.number, n.kind"""
_NAMES = "SELECT place, text, kind, language FROM name WHERE key = ? ORDER BY place, kind"
_KNOWN = "SELECT key FROM name WHERE key IN (SELECT value FROM json_each(?))"
_IN_CELLS = """SELECT p.number, p.lat, p.lon FROM cell JOIN place p ON p.number = cell.place
WHERE cell.cell IN (SELECT value FROM json_each(?)) AND (? IS NULL OR p.country = ?)"""
_MEMBERS = "SELECT lat, lon FROM place WHERE country IS ? AND (admin1 = ? OR admin2 = ?)"


class PlaceRow(NamedTuple):
    """A row of ``place``, in the table's column order."""

    number: int
    name: str
    lat: int
    lon: int
    country: str | None
    code: int
    population: int
    admin1: int | None
    admin2: int | None
    source: int
    footprint: int
    approximate: int
    prominence: int
    names: int


class Layer:
    """Reads one database. Raises :class:`~gazetteer.errors.DataError` if it is none, or of another version."""

    def __init__(self, path: Path, *, immutable: bool) -> None:
        self.path = path
        try:
            uri = f"{path.resolve().as_uri()}?mode=ro" + ("&immutable=1" if immutable else "")
            self.database = sqlite3.connect(uri, uri=True, check_same_thread=False)
            meta = dict(self.database.execute("SELECT key, value FROM meta"))
            self.codes: dict[int, tuple[str, str]] = {
                number: (feature_class, code)
                for number, feature_class, code in self.database.execute("SELECT number, class, code FROM code")
            }
            self.sources: dict[int, str] = dict(self.database.execute("SELECT number, name FROM source"))
        except (sqlite3.Error, UnicodeDecodeError, TypeError) as problem:
            raise DataError(f"{path}: not a gazetteer: {problem}") from problem
        if meta.get("schema") != str(schema.VERSION):
            raise DataError(f"{path}: tables of version {meta.get('schema')}, this program reads {schema.VERSION}")

    def close(self) -> None:
        self.database.close()

    def places_named(self, key: str) -> Iterator[tuple[str | None, int, str | None, PlaceRow]]:
        """(spelling, kind, language, place) of every name filed under a key."""
        for text, kind, language, *row in self.database.execute(_PLACES_BY_NAME, (key,)):
            yield text, kind, language, PlaceRow._make(row)

    def names_filed(self, key: str) -> list[tuple[int, str | None, int, str | None]]:
        """(place, spelling, kind, language) of every name filed under a key; the place may be in another layer."""
        return self.database.execute(_NAMES, (key,)).fetchall()

    def names_of(self, number: int) -> list[tuple[str, str | None, int, str | None]]:
        """(key, spelling, kind, language) of every name of a place. Reads the whole table."""
        return self.database.execute(
            "SELECT key, text, kind, language FROM name WHERE place = ? ORDER BY key, kind", (number,)
        ).fetchall()

    def known(self, keys: str) -> set[str]:
        """Which keys of a JSON list are there."""
        return {key for (key,) in self.database.execute(_KNOWN, (keys,))}

    def place(self, number: int) -> PlaceRow | None:
        row = self.database.execute("SELECT * FROM place WHERE number = ?", (number,)).fetchone()
        return None if row is None else PlaceRow._make(row)

    def number(self, place_id: str) -> int | None:
        """The number of a place whose id is not GeoNames'."""
        row = self.database.execute("SELECT place FROM reference WHERE id = ?", (place_id,)).fetchone()
        return None if row is None else int(row[0])

    def reference(self, number: int) -> str | None:
        row = self.database.execute("SELECT id FROM reference_of WHERE place = ?", (number,)).fetchone()
        return None if row is None else str(row[0])

    def country_codes(self) -> list[str]:
        """All ISO 3166-1 alpha-2 codes, sorted."""
        return [row[0] for row in self.database.execute("SELECT code FROM country ORDER BY code")]

    def country(self, code: str) -> int | None:
        row = self.database.execute("SELECT place FROM country WHERE code = ? OR iso3 = ?", (code, code)).fetchone()
        return None if row is None else int(row[0])

    def capital(self, code: str) -> int | None:
        row = self.database.execute("SELECT capital FROM country WHERE code = ?", (code,)).fetchone()
        return None if row is None else row[0]

    def shape(self, number: int) -> BaseGeometry | None:
        from gazetteer import shapes

        row = self.database.execute("SELECT data FROM shape WHERE place = ?", (number,)).fetchone()
        return None if row is None else shapes.decode(row[0])

    def boxes(self) -> list[tuple[int, float, float, float, float]]:
        """(place, west, south, east, north) of every outline, in degrees."""
        return self.database.execute("SELECT place, west, south, east, north FROM box ORDER BY place").fetchall()

    def holders(self, number: int) -> list[int]:
        """Macro-regions known to hold an area."""
        rows = self.database.execute("SELECT holder FROM held WHERE place = ? ORDER BY holder", (number,))
        return [holder for (holder,) in rows]

    def in_cells(self, cells: str, country: str | None) -> list[tuple[int, int, int]]:
        """(place, lat, lon) of the populated places in a JSON list of cells."""
        return self.database.execute(_IN_CELLS, (cells, country, country)).fetchall()

    def members(self, number: int, country: str | None) -> list[tuple[int, int]]:
        """(lat, lon) of the places that belong to a division. Reads the whole table."""
        return self.database.execute(_MEMBERS, (country, number, number)).fetchall()
