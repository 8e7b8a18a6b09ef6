"""A table of the shape of an ACLED download: its columns in its order, one row per merged event.

The shape only, with this program's own coding: ``event_type`` and ``sub_event_type`` hold the PLOVER type and mode,
not ACLED's categories; ``country`` holds an ISO 3166 alpha-2 code; what is not known (interaction codes, fatalities,
region) stays empty. An area has no latitude or longitude. No ACLED data are used or contained.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from mapper.export.csv_file import write_line
from mapper.export.merged import Merged, merged
from mapper.files import replacing
from mapper.model import Analysis

ACLED_COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
OWN_COLUMNS = ("status", "confidence", "precision", "place_id", "date_end", "urls", "num_sources")
COLUMNS = ACLED_COLUMNS + OWN_COLUMNS

# ACLED's time_precision: 1 the day, 2 the week, 3 the month; coarser dates have no code.
_TIME_PRECISION = {"day": 1, "week": 2, "month": 3}


def write(path: Path, analyses: Iterable[Analysis]) -> None:
    """Write one row per merged event, as CSV with the same quoting and guarding as :mod:`mapper.export.csv_file`."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        write_line(file, COLUMNS)
        for event in merged(analyses):
            row = _row(event)
            write_line(file, [row.get(name) for name in COLUMNS])


def _row(event: Merged) -> dict[str, Any]:
    row = event.row
    point = row["footprint"] == "point"
    name = row["place_name"]
    return {
        "event_id_cnty": event.id,
        "event_date": row["date_start"],
        "year": row["date_start"] and date.fromisoformat(row["date_start"]).year,
        "time_precision": _TIME_PRECISION.get(row["date_precision"]),
        "event_type": row["type"],
        "sub_event_type": row["mode"],
        **_actors("actor1", "assoc_actor_1", "actor", row["actors"]),
        **_actors("actor2", "assoc_actor_2", "recipient", row["actors"]),
        "country": row["country_code"],
        "admin1": name if row["precision"] == "admin1" else None,
        "admin2": name if row["precision"] == "admin2" else None,
        "location": name,
        "latitude": row["lat"] if point else None,
        "longitude": row["lon"] if point else None,
        "geo_precision": row["acled_geo_precision"],
        "source": "; ".join(event.sources),
        "notes": row["evidence"],
        "status": row["status"],
        "confidence": row["confidence"],
        "precision": row["precision"],
        "place_id": row["place_id"],
        "date_end": row["date_end"],
        "urls": " ".join(event.urls) or None,
        "num_sources": len(event.sources),
    }


def _actors(first: str, rest: str, role: str, actors: list[dict[str, Any]]) -> dict[str, Any]:
    names = [actor["text"] for actor in actors if actor["role"] == role]
    return {first: names[0], rest: "; ".join(names[1:]) or None} if names else {}
