"""Reads GeoNames dumps into the user's own gazetteer, which the look-up uses beside the embedded one.

Files are known by their names, zipped or not, as on https://download.geonames.org/export/dump/: ``ML.zip`` and
``allCountries.zip`` (places), ``alternateNamesV2.zip`` or per country (names with languages), ``admin1CodesASCII.txt``
and ``admin2Codes.txt`` (which unit a code means). A place that the embedded gazetteer has gains names only.

Reading streams: memory does not grow with the file. It is done in steps, each committed with how far it came, so that
an interrupted run goes on where it stopped and a repeated one changes nothing.
"""

from __future__ import annotations

import hashlib
import math
import re
import sqlite3
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, BinaryIO, cast

from gazetteer import schema, storage
from gazetteer.download import DownloadError, download
from gazetteer.errors import DataError, OwnNamesError
from gazetteer.layer import Layer
from gazetteer.names import name_key
from gazetteer.noise import is_noise
from gazetteer.place import NameKind

__all__ = ["Added", "DownloadError", "add", "download"]

STEP = 20_000
"""Lines read per committed step."""

RATIO = 50
"""How many times its packed size a dump may be; GeoNames' own come to four or five."""
LONGEST = 1_000_000
"""Bytes that a line may have; those of the largest dump have a fiftieth."""

_FEATURE, _COUNTRY = re.compile(r"[A-Z]?\t[A-Z0-9]{0,10}"), re.compile(r"([A-Z]{2})?")
_BROKEN = (zipfile.BadZipFile, zlib.error, UnicodeDecodeError, NotImplementedError, RuntimeError, EOFError)

_TABLES = (
    schema.TABLES
    + """
CREATE TABLE progress (file TEXT PRIMARY KEY, lines INTEGER NOT NULL, done INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE unit (code TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE pending (place INTEGER PRIMARY KEY, admin1 TEXT NOT NULL, admin2 TEXT);
"""
)
_KIND = {kind: number for number, kind in enumerate(schema.KINDS)}
_POINT = schema.FOOTPRINTS.index("point")
_AREA = schema.FOOTPRINTS.index("area")
_NO_NAMES = frozenset({"link", "wkdt", "post", "iata", "icao", "faac", "tcid", "unlc", "phon", "piny"})
_SEATS = {"PPLC": 1.0, "PPLA": 0.5, "PPLA2": 0.2}
_CLASS_WEIGHT = {"P": 0.0, "A": -0.8, "H": -0.5, "T": -0.5, "L": -0.5, "V": -1.0, "S": -1.5, "R": -2.0, "U": -1.0}

Progress = Callable[[str, int], object]
"""Told the file's name and the lines read so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What one file brought: places that are new, and names of new and known places."""

    file: str
    lines: int
    places: int
    names: int


def _silent(_file: str, _lines: int) -> None:
    """Says nothing."""


def add(files: Iterable[Path], *, into: Path | None = None, progress: Progress = _silent) -> list[Added]:
    """Read dumps into ``into`` (the user's own gazetteer if None). Names of places come after the places.

    Raises :class:`~gazetteer.errors.OwnNamesError`, an error that names file and line, for a file that is no such dump.
    """
    path = into if into is not None else storage.added_database()
    path.parent.mkdir(parents=True, exist_ok=True)
    embedded = Layer(storage.database(), immutable=True)
    with closing(embedded.database), closing(_open(path)) as database:
        ordered = sorted(files, key=lambda file: (_ORDER.index(_kind(file)), file.name))
        try:
            added = [_Reader(database, embedded, file, progress).read() for file in ordered]
            _link_divisions(database)
        except sqlite3.Error as problem:  # damaged, written by another process, no room left
            raise DataError(f"{path}: {problem}") from problem
        return added


def _open(path: Path) -> sqlite3.Connection:
    new = not path.exists()
    try:
        database = sqlite3.connect(path, isolation_level=None)
    except sqlite3.Error as problem:
        raise DataError(f"{path}: {problem}") from problem
    try:
        if new:
            database.executescript(f"BEGIN; {_TABLES} COMMIT;")
            database.execute("INSERT INTO meta VALUES ('schema', ?)", (str(schema.VERSION),))
            database.execute("INSERT INTO source VALUES (0, 'added')")
        found = database.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        if found is None or found[0] != str(schema.VERSION):
            raise DataError(f"{path}: made by another version; delete it and add the dumps again")
    except (sqlite3.Error, UnicodeDecodeError) as problem:
        database.close()
        raise DataError(f"{path}: not a gazetteer: {problem}") from problem
    return database


_ORDER = ("units", "places", "alternates")
_UNITS = re.compile(r"admin[12]Codes(ASCII)?\.(txt|zip)", re.IGNORECASE)
_ALTERNATES = re.compile(r"alternateNamesV2.*|[A-Z]{2}-?alternate.*", re.IGNORECASE)


def _kind(file: Path) -> str:
    if _UNITS.fullmatch(file.name):
        return "units"
    return "alternates" if _ALTERNATES.fullmatch(file.name) else "places"


class _Reader:
    """Reads one file, step by step."""

    def __init__(self, database: sqlite3.Connection, embedded: Layer, file: Path, progress: Progress) -> None:
        self._database = database
        self._embedded = embedded
        self._file = file
        self._progress = progress
        self._codes = {
            (feature_class, code): number
            for number, feature_class, code in database.execute("SELECT number, class, code FROM code")
        }

    def read(self) -> Added:
        mark = self._mark()
        row = self._database.execute("SELECT lines, done FROM progress WHERE file = ?", (mark,)).fetchone()
        start, done = row or (0, 0)
        before = self._counts()
        lines = start
        if not done:
            with _lines(self._file) as stream:
                remaining = islice(stream, start, None)
                while step := list(islice(remaining, STEP)):
                    self._step(step, lines)
                    lines += len(step)
                    self._database.execute("INSERT OR REPLACE INTO progress VALUES (?, ?, 0)", (mark, lines))
                    self._database.execute("COMMIT")
                    self._progress(self._file.name, lines)
            self._database.execute("UPDATE progress SET done = 1 WHERE file = ?", (mark,))
        after = self._counts()
        return Added(file=self._file.name, lines=lines, places=after[0] - before[0], names=after[1] - before[1])

    def _mark(self) -> str:
        """Name and content of the file, so that a newer dump of the same name is read anew."""
        if self._file.exists() and not self._file.is_file():
            raise OwnNamesError(f"{self._file}: is no plain file")  # opening a pipe might wait for ever
        try:
            with self._file.open("rb") as stream:
                return f"{self._file.name} {hashlib.file_digest(stream, 'sha256').hexdigest()}"
        except OSError as problem:
            raise OwnNamesError(f"{self._file}: {problem.strerror or problem}") from problem

    def _counts(self) -> tuple[int, int]:
        places, names = self._database.execute(
            "SELECT (SELECT count(*) FROM place), (SELECT count(*) FROM name)"
        ).fetchone()
        return int(places), int(names)

    def _step(self, lines: list[str], first: int) -> None:
        read = {"units": self._unit, "places": self._place, "alternates": self._alternate}[_kind(self._file)]
        self._database.execute("BEGIN")
        for offset, line in enumerate(lines):
            if line.strip() and not line.startswith("#"):
                try:
                    read(line.rstrip("\r\n").split("\t"))
                except (ValueError, IndexError, OverflowError) as problem:
                    self._database.execute("ROLLBACK")
                    raise OwnNamesError(
                        f"{self._file}:{first + offset + 1}: not a line of a GeoNames dump"
                    ) from problem

    def _unit(self, row: list[str]) -> None:
        self._database.execute("INSERT OR REPLACE INTO unit VALUES (?, ?)", (row[0], int(row[3])))

    def _place(self, row: list[str]) -> None:
        if len(row) != 19:
            raise ValueError("not 19 columns")
        number, lat, lon = int(row[0]), float(row[4]), float(row[5])
        if not (number > 0 and -90 <= lat <= 90 and -180 <= lon <= 180):
            raise ValueError("no such point")
        if not (_FEATURE.fullmatch(f"{row[6]}\t{row[7]}") and _COUNTRY.fullmatch(row[8])):
            raise ValueError("no such code")
        name = unicodedata.normalize("NFC", row[1]).strip()
        feature_class, code, country = row[6] or "P", row[7] or "PPL", row[8] or None
        alternates = [unicodedata.normalize("NFC", text).strip() for text in row[3].split(",")]
        alternates = [text for text in dict.fromkeys((row[2], *alternates)) if text and text != name]
        alternates = [text for text in alternates if not is_noise(text)]
        known = self._embedded.place(number) is not None
        if not known and name:
            population = int(row[14] or 0)
            footprint = _AREA if feature_class == "A" else _POINT
            values = (
                number, name, round(lat * schema.COORDINATE_STEPS), round(lon * schema.COORDINATE_STEPS), country,
                self._code(feature_class, code), population, None, None, 0, footprint, 0,
                _prominence(feature_class, code, population, len(alternates)), len(alternates),
            )  # fmt: skip
            self._database.execute("INSERT OR REPLACE INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", values)
            if feature_class == "P":
                self._database.execute("INSERT OR IGNORE INTO cell VALUES (?, ?)", (schema.cell_of(lat, lon), number))
            if country and row[10]:
                codes = f"{country}.{row[10]}", f"{country}.{row[10]}.{row[11]}" if row[11] else None
                self._database.execute("INSERT OR REPLACE INTO pending VALUES (?, ?, ?)", (number, *codes))
            self._name(number, name, name, "name", None)
        if country and code in ("ADM1", "ADM2"):
            code_parts = [country, row[10], row[11]] if code == "ADM2" else [country, row[10]]
            self._database.execute("INSERT OR IGNORE INTO unit VALUES (?, ?)", (".".join(code_parts), number))
        for text in alternates:
            self._name(number, name, text, "alternate", None)

    def _alternate(self, row: list[str]) -> None:
        number, language = int(row[1]), row[2]
        if language in _NO_NAMES or language.isdecimal() or not name_key(row[3]):
            return
        flags = [*row[4:8], "", "", "", ""]
        kind: NameKind = "historic" if flags[3] == "1" else "colloquial" if flags[2] == "1" else "alternate"
        if language == "abbr":
            kind, language = "abbreviation", ""
        elif not language and is_noise(row[3]):
            return
        added = self._database.execute("SELECT name FROM place WHERE number = ?", (number,)).fetchone()
        known = added is not None or self._embedded.place(number) is not None
        if known:
            self._name(number, "", unicodedata.normalize("NFC", row[3]).strip(), kind, language or None)

    def _name(self, number: int, primary: str, text: str, kind: NameKind, language: str | None) -> None:
        if key := name_key(text):
            spelled = None if kind == "name" and text == primary else "" if text == key.title() else text
            row = (key, number, _KIND[kind], language, spelled)
            self._database.execute("INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?, ?)", row)

    def _code(self, feature_class: str, code: str) -> int:
        if (feature_class, code) not in self._codes:
            self._codes[feature_class, code] = number = len(self._codes)
            self._database.execute("INSERT INTO code VALUES (?, ?, ?)", (number, feature_class, code))
        return int(self._codes[feature_class, code])


def _prominence(feature_class: str, code: str, population: int, names: int) -> int:
    """As the builder's: a prior in thousandths of a power of ten."""
    value = math.log10(max(population, 10)) + 0.6 * math.log10(1 + names)
    return round(1000 * (value + _CLASS_WEIGHT.get(feature_class, -1.0) + _SEATS.get(code, 0.0)))


def _link_divisions(database: sqlite3.Connection) -> None:
    """Turn GeoNames' division codes into the units that they mean, as far as a unit of that code was read."""
    database.executescript(
        """BEGIN;
        UPDATE place SET
            admin1 = (SELECT u.place FROM pending JOIN unit u ON u.code = pending.admin1
                      WHERE pending.place = place.number AND u.place != place.number),
            admin2 = (SELECT u.place FROM pending JOIN unit u ON u.code = pending.admin2
                      WHERE pending.place = place.number AND u.place != place.number);
        COMMIT;"""
    )


@contextmanager
def _lines(file: Path) -> Iterator[Iterator[str]]:
    """The lines of a dump, zipped or not, as they come."""
    try:
        if file.suffix.lower() != ".zip":
            with file.open("rb") as raw:
                yield _bounded(raw, file)
            return
        with zipfile.ZipFile(file) as archive, _member(archive, file) as packed:
            yield _bounded(cast(BinaryIO, packed), file)
    except _BROKEN as problem:
        raise OwnNamesError(f"{file}: not a GeoNames dump: {problem}") from problem


def _member(archive: zipfile.ZipFile, file: Path) -> IO[bytes]:
    """The table in an archive."""
    texts = [name for name in archive.namelist() if name.endswith(".txt") and name.lower() != "readme.txt"]
    if not texts:
        raise OwnNamesError(f"{file}: holds no table")
    wanted = f"{file.stem}.txt"
    member = archive.getinfo(wanted if wanted in texts else texts[0])
    if member.file_size > max(LONGEST, RATIO * file.stat().st_size):
        raise OwnNamesError(f"{file}: unpacks to more than {RATIO} times its size")
    try:
        return archive.open(member)
    except (OSError, ValueError) as problem:  # it is said to start before the file does
        raise zipfile.BadZipFile(str(problem)) from problem


def _bounded(stream: BinaryIO, file: Path) -> Iterator[str]:
    """The lines as text, none of them so long that it could fill the memory."""
    number = 0
    while line := stream.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST:
            raise OwnNamesError(f"{file}:{number}: not a line of a GeoNames dump")
        yield line.decode("utf-8")
