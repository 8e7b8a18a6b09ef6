"""Airports with scheduled codes, air bases, and sea ports."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from gazetteer.builder.fetch import Packages
from gazetteer.builder.records import Record

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_MILITARY = re.compile(
    r"\b(Air Base|Airbase|Air Force|AFB|Army Air|Military|Naval Air|RAF|Base Aérea|Base aérienne)\b", re.IGNORECASE
)

_WORDS = "airport international regional municipal city county field national north south east west"
_GENERIC = frozenset(_WORDS.split())

_TERRITORIES = ("AS", "GU", "MP", "PR", "VI")

# The list of ports still has the Netherlands Antilles, dissolved in 2010; where its ports lie now.
_DISSOLVED = {
    "ANBON": "BQ", "ANCUR": "CW", "ANEUX": "BQ", "ANGSB": "SX", "ANPHI": "SX", "ANSXM": "SX", "ANWIL": "CW",
}  # fmt: skip


def airports(packages: Packages) -> list[Record]:
    """Airports with an IATA code, and air bases; private strips are left out."""
    found = []
    text = packages["airports"].text("airportsdata/airports.csv")
    for row in csv.DictReader(io.StringIO(text)):
        military = bool(_MILITARY.search(row["name"]))
        if not row["icao"] or not row["name"] or not (row["iata"] or military):
            continue
        name = unicodedata.normalize("NFC", row["name"])
        record = Record(
            id=f"icao:{row['icao']}", name=name, lat=round(float(row["lat"]), 5), lon=round(float(row["lon"]), 5),
            country=row["country"] or None, feature_class="S", feature_code="AIRB" if military else "AIRP",
            source="airports", prominence=2.0 if "International" in name else 1.0,
        )  # fmt: skip
        city = unicodedata.normalize("NFC", row["city"].strip())
        if city and row["iata"] and "," not in city and len(city) > 2:
            record.add(f"{city} Airport", language="en")
            if "International" in name:
                record.add(f"{city} International Airport", language="en")
        if name.endswith(" International Airport"):
            record.add(name.removesuffix(" International Airport") + " Airport", language="en")
        record.add(*_without_city(name, city), language="en")
        found.append(record)
    return sorted(found, key=lambda record: record.id)


def _without_city(name: str, city: str) -> list[str]:
    """ "Heathrow Airport" for London's: what is left without the city's name, if that is a name."""
    rest = name.removeprefix(f"{city} ")
    if not city or rest == name or not rest.endswith(" Airport"):
        return []
    if set(rest.casefold().split()) <= _GENERIC:
        return []
    return list(dict.fromkeys((rest, rest.replace(" International Airport", " Airport"))))


def in_territories(records: list[Record], countries: Mapping[str, BaseGeometry]) -> list[Record]:
    """The same records; those that the source files under the United States get the code of the territory they lie
    in, which has one of its own in ISO 3166 (Puerto Rico, Guam …)."""
    import shapely

    for record in records:
        if record.country == "US":
            spot = shapely.Point(record.lon, record.lat)
            found = (code for code in _TERRITORIES if shapely.dwithin(countries[code], spot, 0.05))
            record.country = next(found, "US")
    return records


def plausible(records: Iterable[Record], countries: Mapping[str, BaseGeometry]) -> list[Record]:
    """The records that lie within 60 km of their country: the list of ports has points with swapped coordinates, on
    the equator, or of a town with the same name elsewhere. Records of countries without an outline pass."""
    import shapely

    kept = []
    for record in records:
        outline = countries.get(record.country or "")
        if outline is None or shapely.dwithin(outline, shapely.Point(record.lon, record.lat), 0.6):
            kept.append(record)
    return kept


def ports(packages: Packages) -> list[Record]:
    """Sea ports, as "Port of X": the bare name is the town's."""
    found = []
    for code, row in sorted(json.loads(packages["ports"].read("package/lib/ports.json")).items()):
        coordinates = row.get("coordinates")
        if not coordinates or not re.fullmatch(r"[A-Z]{5}", code):
            continue
        lon, lat = (round(float(value), 5) for value in coordinates)
        name = unicodedata.normalize("NFC", row["name"].strip())
        full = name if re.search(r"\b(port|puerto|porto|terminal)\b", name, re.IGNORECASE) else f"Port of {name}"
        record = Record(
            id=f"unlocode:{code}", name=full, lat=lat, lon=lon, country=_DISSOLVED.get(code, code[:2]),
            feature_class="L", feature_code="PRT", source="ports", prominence=1.5,
        )  # fmt: skip
        if full != name:
            record.add(f"{name} Port", f"{name} Harbour", f"{name} Harbor", f"{name} Seaport", language="en")
            record.add(f"port de {name}", f"port d'{name}", language="fr")
        found.append(record)
    return found
