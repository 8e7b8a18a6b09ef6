"""Write records into the embedded database: the same records give the same bytes."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer import schema, shapes
from gazetteer.builder.records import Name, Record
from gazetteer.names import name_key
from gazetteer.place import NameKind

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_ARABIC = "AE BH DJ DZ EG EH ER IL IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE"
_ARABIC_COUNTRIES = frozenset(_ARABIC.split())
_KIND = {kind: number for number, kind in enumerate(schema.KINDS)}
_FOOTPRINT = {kind: number for number, kind in enumerate(schema.FOOTPRINTS)}

_SCHEMA_COOKIE = 15
"""What the header says for how often the tables were changed: any number will do, if it is always the same."""

NameRow = tuple[str, int, int, str | None, str | None]


def write(
    path: Path,
    records: Iterable[Record],
    *,
    countries: Mapping[str, tuple[str, str, str | None]],
    held: Iterable[tuple[str, str]],
    meta: Mapping[str, str],
) -> Counter[str]:
    """Write ``path`` anew and count what went in. ``countries``: alpha-2 → (alpha-3, place id, capital's id);
    ``held``: (place id, id of an area that holds it) beyond what the divisions tell."""
    path.unlink(missing_ok=True)
    numbered = _numbered(records)
    number_of = {record.id: number for number, record in numbered}
    counts: Counter[str] = Counter()
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA page_size = 4096")
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(schema.TABLES)
        database.execute("BEGIN")
        codes = sorted({(record.feature_class, record.feature_code) for _, record in numbered})
        sources = sorted({record.source for _, record in numbered})
        database.executemany("INSERT INTO code VALUES (?, ?, ?)", ((n, *code) for n, code in enumerate(codes)))
        database.executemany("INSERT INTO source VALUES (?, ?)", enumerate(sources))
        code_of = {code: number for number, code in enumerate(codes)}
        source_of = {name: number for number, name in enumerate(sources)}
        outlines: dict[int, BaseGeometry] = {}
        for number, record in numbered:
            footprint = _FOOTPRINT["point"]
            if record.geometry is not None:
                outlines[number] = snapped = _snapped(record.geometry)
                footprint = _FOOTPRINT["line" if "Line" in snapped.geom_type else "area"]
            elif record.feature_class == "A":
                footprint = _FOOTPRINT["area"]
            row = (
                number, record.name, round(record.lat * schema.COORDINATE_STEPS),
                round(record.lon * schema.COORDINATE_STEPS), record.country,
                code_of[record.feature_class, record.feature_code], record.population,
                number_of.get(record.admin1 or ""), number_of.get(record.admin2 or ""), source_of[record.source],
                footprint, int(record.approximate), round(record.prominence * 1000), len(record.names),
            )  # fmt: skip
            database.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", row)
            counts[f"class {record.feature_class}"] += 1
        names = sorted(row for number, record in numbered for row in _names(number, record))
        database.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?)", names)
        references = sorted((record.id, number) for number, record in numbered if number < 0)
        database.executemany("INSERT INTO reference VALUES (?, ?)", references)
        database.executemany(
            "INSERT INTO reference_of VALUES (?, ?)", sorted((number, reference) for reference, number in references)
        )
        for number in sorted(outlines):
            box = tuple(round(float(value), 4) for value in outlines[number].bounds)
            database.execute("INSERT INTO box VALUES (?, ?, ?, ?, ?)", (number, *box))
        for number in sorted(outlines):
            database.execute("INSERT INTO shape VALUES (?, ?)", (number, shapes.encode(outlines[number])))
        cells = sorted(
            (schema.cell_of(record.lat, record.lon), number)
            for number, record in numbered
            if record.feature_class == "P"
        )
        database.executemany("INSERT INTO cell VALUES (?, ?)", cells)
        pairs = sorted({(number_of[inner], number_of[outer]) for inner, outer in held})
        database.executemany("INSERT INTO held VALUES (?, ?)", pairs)
        database.executemany(
            "INSERT INTO country VALUES (?, ?, ?, ?)",
            sorted(
                (code, iso3, number_of[id_], number_of.get(seat or "")) for code, (iso3, id_, seat) in countries.items()
            ),
        )
        database.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        database.execute("COMMIT")
        database.execute("ANALYZE")
        database.execute("VACUUM")
    _forget_writer(path)
    counts.update(places=len(numbered), names=len(names), shapes=len(outlines), keys=len({row[0] for row in names}))
    return counts


def _forget_writer(path: Path) -> None:
    """SQLite stamps its own version and counters of changes into the header; none is part of the data."""
    with path.open("r+b") as stream:
        stream.seek(40)
        stream.write(_SCHEMA_COOKIE.to_bytes(4, "big"))
        for offset in (24, 92):
            stream.seek(offset)
            stream.write((1).to_bytes(4, "big"))
        stream.seek(96)
        stream.write((3_040_000).to_bytes(4, "big"))


def _numbered(records: Iterable[Record]) -> list[tuple[int, Record]]:
    """Places with their numbers, in order of number."""
    kept = [record for record in records if record.lat == record.lat]
    others = sorted(record.id for record in kept if not record.id.startswith("geonames:"))
    negative = {other: -number for number, other in enumerate(others, start=1)}
    numbered = [(negative.get(record.id) or int(record.id.partition(":")[2]), record) for record in kept]
    return sorted(numbered, key=lambda pair: pair[0])


def _snapped(geometry: BaseGeometry) -> BaseGeometry:
    import shapely
    from shapely.geometry import MultiPolygon, Polygon

    step = 1 / shapes.PER_DEGREE
    snapped = shapely.set_precision(geometry, step)
    if snapped.is_empty:
        return geometry
    if shapely.get_dimensions(geometry) == 2:
        parts = [part for part in shapely.get_parts(shapely.get_parts(snapped)) if isinstance(part, Polygon)]
        snapped = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    normal: BaseGeometry = shapely.normalize(snapped)
    return normal


def _names(number: int, record: Record) -> Iterator[NameRow]:
    """One row per key; the names of a people (demonyms) beside the names of the place."""
    best: dict[tuple[str, bool], Name] = {}
    spellings: dict[str, set[str]] = defaultdict(set)
    for name in _with_articleless(record):
        key = name_key(name.text)
        slot = key, name.kind == "demonym"
        if name.kind == "abbreviation":
            spellings[key].add(name.text)
        if key and (slot not in best or _preference(name) < _preference(best[slot])):
            best[slot] = name
    for (key, _), name in best.items():
        text: str | None = name.text
        if name.kind == "name" and name.text == record.name:
            text = None
        elif name.kind == "abbreviation":
            # What differs in points only is one spelling to the look-up.
            letters = {"".join(filter(str.isalnum, spelling)): spelling for spelling in sorted(spellings[key])}
            text = schema.SPELLINGS.join(sorted(letters.values()))
        elif name.text == key.title():
            text = ""
        yield key, number, _KIND[name.kind], name.language, text


_ORDER: tuple[NameKind, ...] = ("name", "abbreviation", "historic", "colloquial", "alternate", "demonym")
"""Of two entries for one spelling the one that says more is kept: untagged alternates include historic names too."""


def _preference(name: Name) -> tuple[int, int, str, str]:
    tagged = 0 if name.language == "en" else 1 if name.language else 2
    return _ORDER.index(name.kind), tagged, name.language or "", name.text


def _with_articleless(record: Record) -> Iterator[Name]:
    """The record's names; in Arabic-speaking countries also without the leading article: "Qusayr" for "Al Qusayr"."""
    yield Name(record.name, "name")
    yield from record.names
    if record.country not in _ARABIC_COUNTRIES or record.feature_class not in "PA":
        return
    for name in (Name(record.name), *record.names):
        article, separator, rest = name.text.replace("-", " ", 1).partition(" ")
        if separator and article.isascii() and len(rest) > 3 and name_key(f"{article} x") == "al x":
            yield Name(rest, "alternate", name.language)
