"""Algeria's provinces (wilayas) and communes after the reforms of 2019 and 2025/26.

The list of names has no coordinates; it joins GeoNames' postal places by postal code. A commune is placed where its
seat is; one that no source places is left out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from gazetteer.builder.fetch import Packages
from gazetteer.builder.postal import Nearby, PostalPlace
from gazetteer.builder.records import Name, Record
from gazetteer.names import name_key


def build(
    packages: Packages, postal: Iterable[PostalPlace], nearby: Nearby, by_iso: dict[str, str]
) -> tuple[list[Record], list[Record]]:
    """(new provinces, seats of communes that were not known). Known places get the names and province of the list."""
    at_code: dict[str, list[PostalPlace]] = defaultdict(list)
    for row in postal:
        if row.country == "DZ" and row.accuracy == "4":
            at_code[row.code].append(row)
    folder = "algeria_wilayas_communes/data/"
    wilayas = json.loads(packages["algeria"].read(f"{folder}wilayas.json"))["wilayas"]
    communes = json.loads(packages["algeria"].read(f"{folder}communes.json"))["communes"]
    province = {
        int(row["wilaya_num"]): by_iso.get(f"DZ-{row['code']}") or f"dz:wilaya-{row['code']}" for row in wilayas
    }
    seats: list[Record] = []
    members: dict[str, list[Record]] = defaultdict(list)
    for row in communes:
        unit = province[int(row["wilaya_num"])]
        seat = _known(row, at_code, nearby)
        if seat is None:
            seat = _placed(row, at_code)
            if seat is None:
                continue
            nearby.add(seat)
            seats.append(seat)
        seat.admin1 = unit
        seat.add(row["nom_ar"], language="ar")
        seat.add(row["nom_fr"], language="fr")
        members[unit].append(seat)
    provinces = [
        _province(row, members[province[int(row["wilaya_num"])]])
        for row in wilayas
        if province[int(row["wilaya_num"])].startswith("dz:")
    ]
    return [unit for unit in provinces if unit is not None], sorted(seats, key=lambda record: record.id)


def _known(row: dict[str, Any], at_code: dict[str, list[PostalPlace]], nearby: Nearby) -> Record | None:
    """The populated place that is the commune's seat: by name near its postal place, else the only one so named."""
    located = at_code.get(str(row["code_postal"]), [])
    for name in (row["nom_fr"], row["nom_en"], row["nom_ar"]):
        near = [nearby.find("DZ", name, place.lat, place.lon) for place in located]
        found = [record for record in near if record is not None and record.feature_class == "P"]
        if not located:
            found = [record for record in nearby.named("DZ", name) if record.feature_class == "P"]
            found = found if len(found) == 1 else []
        if found:
            return found[0]
    return None


def _placed(row: dict[str, Any], at_code: dict[str, list[PostalPlace]]) -> Record | None:
    wanted = {name_key(row["nom_fr"]), name_key(row["nom_en"])}
    located = at_code.get(str(row["code_postal"]), [])
    best = next((place for place in located if name_key(place.name) in wanted), located[0] if located else None)
    if best is None:
        return None
    return Record(
        id=f"dz:commune-{row['wilaya_code']}-{row['code_postal']}",
        name=row["nom_fr"],
        lat=best.lat,
        lon=best.lon,
        country="DZ",
        feature_class="P",
        feature_code="PPLA3",
        source="algeria",
    )


def _province(row: dict[str, Any], members: list[Record]) -> Record | None:
    if not members:
        return None
    key = name_key(row["nom_fr"])
    seat = next((record for record in members if key in {name_key(record.name), *_keys(record)}), members[0])
    return Record(
        id=f"dz:wilaya-{row['code']}",
        name=row["nom_fr"],
        lat=seat.lat,
        lon=seat.lon,
        country="DZ",
        feature_class="A",
        feature_code="ADM1",
        source="algeria",
        approximate=True,
        population=sum(record.population for record in members),
        names=[
            Name(row["nom_ar"], language="ar"),
            Name(f"ولاية {row['nom_ar']}", language="ar"),
            Name(f"wilaya de {row['nom_fr']}", language="fr"),
            Name(f"{row['nom_en']} Province", language="en"),
        ],
    )


def _keys(record: Record) -> set[str]:
    return {name_key(name.text) for name in record.names}
