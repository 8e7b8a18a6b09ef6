"""Airports with scheduled codes, air bases, and sea ports."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata

from gazetteer.builder.fetch import Packages
from gazetteer.builder.records import Record

_MILITARY = re.compile(
    r"\b(Air Base|Airbase|Air Force|AFB|Army Air|Military|Naval Air|RAF|Base Aérea|Base aérienne)\b", re.IGNORECASE
)


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
        found.append(record)
    return sorted(found, key=lambda record: record.id)


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
            id=f"unlocode:{code}", name=full, lat=lat, lon=lon, country=code[:2], feature_class="L",
            feature_code="PRT", source="ports", prominence=1.5,
        )  # fmt: skip
        if full != name:
            record.add(f"{name} Port", f"{name} Harbour", f"{name} Harbor", f"{name} Seaport", language="en")
            record.add(f"port de {name}", f"port d'{name}", language="fr")
        found.append(record)
    return found
