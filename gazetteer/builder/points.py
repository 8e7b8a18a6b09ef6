"""Points kept by hand in ``curated/points.csv``: camps, bases, oil fields, crossings and villages no package holds."""

from __future__ import annotations

import csv
import io
from importlib.resources import files

from gazetteer.builder.postal import Nearby
from gazetteer.builder.records import Record


def build(nearby: Nearby) -> list[Record]:
    """Records of the points that ``nearby`` lacks. A settlement that it has already gets the further names instead."""
    text = files("gazetteer.builder").joinpath("curated", "points.csv").read_text(encoding="utf-8")
    found = []
    for row in csv.DictReader(io.StringIO(text)):
        feature_class, _, feature_code = row["code"].partition(".")
        lat, lon = float(row["lat"]), float(row["lon"])
        names = [name.strip() for name in row["names"].split("|") if name.strip()]
        if feature_class == "P":
            known = [nearby.find(row["country"], name, lat, lon) for name in (row["name"], *names)]
            settlement = next((record for record in known if record is not None and record.feature_class == "P"), None)
            if settlement is not None:
                settlement.add(row["name"], *names)
                continue
        record = Record(
            id=f"hand:{row['id']}",
            name=row["name"],
            lat=lat,
            lon=lon,
            country=row["country"],
            feature_class=feature_class,
            feature_code=feature_code,
            source="hand",
            approximate=float(row["accuracy_km"]) > 5,
        )
        record.add(*names)
        found.append(record)
    return found
