"""Places and townships of the United States that the other sources lack, from the Census Bureau's gazetteer files.

The Bureau lists incorporated places, census-designated places and county subdivisions with a point each. Its
statistical areas (census county divisions), unorganised territories and numbered districts are no places that a text
would name.
"""

from __future__ import annotations

import gzip
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gazetteer.builder.divisions import Division
from gazetteer.builder.fetch import Packages
from gazetteer.builder.postal import Nearby
from gazetteer.builder.records import Record

_MEMBER = "usr/share/weather-util/places.gz"
_ENTRY = re.compile(
    r"\[fips(?P<code>\d+)\]\n"
    r"centroid = \((?P<lat>[-.\d]+), (?P<lon>[-.\d]+)\)\n"
    r"description = (?P<name>.+), (?P<state>[A-Z]{2})\n"
)
_PLACE = re.compile(r"(?P<name>.+) (?:city|town|village|borough|CDP|comunidad|zona urbana)")
_TOWN = re.compile(r"(?P<name>.+) (?:town|plantation)")
_TOWNSHIP = re.compile(r"(?P<name>.+?) (?:charter )?township")

_COUNTY, _PLACE_CODE, _SUBDIVISION = 5, 7, 10
"""Digits of a federal code: state and county; state and place; state, county and subdivision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of the Bureau's files. ``code`` is its federal code, ``name`` ends in what it is ("Oakport township")."""

    code: str
    name: str
    state: str
    lat: float
    lon: float


def entries(packages: Packages) -> Iterator[Entry]:
    """All rows, in the source's order."""
    text = gzip.decompress(packages["census"].read(_MEMBER)).decode("utf-8")
    for found in _ENTRY.finditer(text):
        yield Entry(
            code=found["code"],
            name=found["name"],
            state=found["state"],
            lat=round(math.degrees(float(found["lat"])), 4),
            lon=round(math.degrees(float(found["lon"])), 4),
        )


def build(rows: Iterable[Entry], units: Iterable[Division], nearby: Nearby) -> list[Record]:
    """What ``nearby`` lacks: populated places (also New England's towns), and townships as third-level divisions."""
    unit_of = {unit.code: unit.id for unit in units if unit.country in ("US", "PR")}
    found: dict[str, Record] = {}
    for row in rows:
        record = _record(row, unit_of)
        if record is None or record.id in found:
            continue
        if record.feature_class == "P":
            if any(_near(known, record) for known in nearby.named(record.country, record.name)):
                continue
            nearby.add(record)
        found[record.id] = record
    return [found[key] for key in sorted(found)]


def _record(row: Entry, unit_of: Mapping[str, str]) -> Record | None:
    township = _TOWNSHIP.fullmatch(row.name) if len(row.code) == _SUBDIVISION else None
    place = {_PLACE_CODE: _PLACE, _SUBDIVISION: _TOWN}.get(len(row.code))
    named = township or (place.fullmatch(row.name) if place else None)
    if named is None or any(char.isdigit() for char in row.name):
        return None
    country, state = ("PR", None) if row.state == "PR" else ("US", f"US.{row.state}")
    county = f"{state}.{row.code[2:_COUNTY]}" if state and len(row.code) == _SUBDIVISION else ""
    record = Record(
        id=f"census:{row.code}",
        name=f"{named['name']} Township" if township else named["name"],
        lat=row.lat,
        lon=row.lon,
        country=country,
        feature_class="A" if township else "P",
        feature_code="ADM3" if township else "PPL",
        source="census",
        admin1=unit_of.get(state or ""),
        admin2=unit_of.get(county),
        approximate=township is not None,
    )
    if township:
        record.add(f"Township of {named['name']}", f"{named['name']} Twp", language="en")
    return record


def _near(known: Record, record: Record) -> bool:
    """The same settlement: of the name, within about 30 km."""
    return known.feature_class == "P" and abs(known.lat - record.lat) < 0.3 and abs(known.lon - record.lon) < 0.4
