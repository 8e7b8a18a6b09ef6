#!/usr/bin/env python3
"""Places of the embedded data that lie outside their country's outline, each with how far.

    python -m tests.gazetteer.outside

writes ``outside.csv`` beside this file: the exceptions that ``test_data.py`` compares the data with. Outlines are
simplified by 300 m and leave out islets, harbours and river banks, so up to 5 km count as inside. A line is for looking
at: an islet or oil field at sea, a base abroad, a place that its source files under the neighbour, or a mistake of the
source.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import shapely

from gazetteer import schema, storage
from gazetteer.areas import distance_km
from gazetteer.layer import Layer

FILE = Path(__file__).with_name("outside.csv")
NEAR_KM = 5.0
_NEAR_DEGREES = NEAR_KM / 111.2


def outside(layer: Layer) -> dict[str, tuple[str, str, float]]:
    """id → (name, country, km to the country's outline) of every place farther than :data:`NEAR_KM` from it.

    Countries without an outline are left out; their places cannot be told.
    """
    step = schema.COORDINATE_STEPS
    by_country: dict[int, list[tuple[int, str, str, float, float]]] = defaultdict(list)
    rows = layer.database.execute(
        "SELECT p.number, p.name, p.country, p.lat, p.lon, c.place FROM place p JOIN country c ON c.code = p.country"
        " ORDER BY p.number"
    )
    for number, name, code, lat, lon, country in rows:
        by_country[country].append((number, name, code, lat / step, lon / step))
    found = {}
    for country, places in by_country.items():
        shape = layer.shape(country)
        if shape is None:
            continue
        shapely.prepare(shape)
        lats, lons = np.array([place[3] for place in places]), np.array([place[4] for place in places])
        missed = np.flatnonzero(~shapely.contains_xy(shape, lons, lats))
        # In degrees everything within reach is near enough at any latitude; what is not is measured.
        missed = missed[~shapely.dwithin(shape, shapely.points(lons[missed], lats[missed]), _NEAR_DEGREES)]
        if not missed.size:
            continue
        lines = np.atleast_1d(np.asarray(shapely.shortest_line(shape, shapely.points(lons[missed], lats[missed]))))
        for index, line in zip(missed.tolist(), lines, strict=True):
            (lon1, lat1), (lon2, lat2) = line.coords[0], line.coords[-1]
            km = distance_km(lat1, lon1, lat2, lon2)
            number, name, code, _, _ = places[index]
            if km > NEAR_KM:
                reference = layer.reference(number) if number < 0 else f"geonames:{number}"
                found[str(reference)] = name, code, round(km, 1)
    return found


def listed() -> dict[str, tuple[str, str, float]]:
    """The exceptions on record."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {row["id"]: (row["name"], row["country"], float(row["km"])) for row in csv.DictReader(lines)}


def main() -> None:
    layer = Layer(storage.database(), immutable=True)
    with FILE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("id", "name", "country", "km"))
        for place_id, (name, country, km) in sorted(outside(layer).items(), key=lambda item: (item[1][1], item[0])):
            writer.writerow((place_id, name, country, km))
    layer.close()


if __name__ == "__main__":
    main()
