"""The tables of the embedded database, as the builder writes them and the look-up reads them.

Coordinates are hundred-thousandths of a degree (WGS 84) in ``place``; boxes are degrees. The number of a GeoNames place
is its geonameid; other places have negative numbers and an id in ``reference``.
"""

from __future__ import annotations

from typing import get_args

from gazetteer.place import FootprintKind, NameKind

VERSION = 1
"""Changes when an older look-up could not read the tables any more."""

KINDS: tuple[NameKind, ...] = get_args(NameKind)
FOOTPRINTS: tuple[FootprintKind, ...] = get_args(FootprintKind)
COORDINATE_STEPS = 100_000
CELL_DEGREES = 0.5
SPELLINGS = "|"
"""Between the spellings of one abbreviation that share a key ("KY", "Ky."), each of which counts as it is written."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE code (number INTEGER PRIMARY KEY, class TEXT NOT NULL, code TEXT NOT NULL);
CREATE TABLE source (number INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE place (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, lat INTEGER NOT NULL, lon INTEGER NOT NULL, country TEXT,
    code INTEGER NOT NULL, population INTEGER NOT NULL, admin1 INTEGER, admin2 INTEGER, source INTEGER NOT NULL,
    footprint INTEGER NOT NULL, approximate INTEGER NOT NULL, prominence INTEGER NOT NULL, names INTEGER NOT NULL
);
CREATE TABLE name (
    key TEXT NOT NULL, place INTEGER NOT NULL, kind INTEGER NOT NULL, language TEXT, text TEXT,
    PRIMARY KEY (key, place, kind)
) WITHOUT ROWID;
CREATE TABLE reference (id TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE reference_of (place INTEGER PRIMARY KEY, id TEXT NOT NULL);
CREATE TABLE country (code TEXT PRIMARY KEY, iso3 TEXT NOT NULL, place INTEGER NOT NULL, capital INTEGER) WITHOUT ROWID;
CREATE TABLE box (
    place INTEGER PRIMARY KEY, west REAL NOT NULL, south REAL NOT NULL, east REAL NOT NULL, north REAL NOT NULL
);
CREATE TABLE shape (place INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE held (place INTEGER NOT NULL, holder INTEGER NOT NULL, PRIMARY KEY (place, holder)) WITHOUT ROWID;
CREATE TABLE cell (cell INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (cell, place)) WITHOUT ROWID;
"""


def cell_of(lat: float, lon: float) -> int:
    """The half-degree cell of a point, numbered row by row from the south-west."""
    row = min(int((lat + 90) / CELL_DEGREES), 359)
    column = int((lon + 180) / CELL_DEGREES) % 720
    return row * 720 + column
