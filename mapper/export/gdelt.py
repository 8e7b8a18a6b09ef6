"""A table of the shape of GDELT 2.0's events: tab-separated, its 61 columns in its order, no header, one row per event.

The shape only. What this program does not know stays empty: tone, Goldstein scale, ethnic and religious codes, FIPS
country codes (columns of their own after the 61 hold ISO 3166 codes instead). ``EventRootCode`` is the CAMEO root that
stands nearest to the PLOVER type. An area has no latitude or longitude: GDELT's centroids are not copied.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from mapper.export.cells import guard
from mapper.export.merged import Merged, merged
from mapper.files import replacing
from mapper.model import Analysis

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
GDELT_COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR), *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"Actor1Geo_{name}" for name in _GEO), *(f"Actor2Geo_{name}" for name in _GEO),
    *(f"ActionGeo_{name}" for name in _GEO), "DATEADDED", "SOURCEURL",
)  # fmt: skip
OWN_COLUMNS = (
    "EventId", "Type", "Mode", "Status", "Confidence", "DatePrecision", "PlaceId", "CountryISO2", "Precision",
    "Actor1ISO2", "Actor2ISO2", "Sources", "Evidence",
)  # fmt: skip
COLUMNS = GDELT_COLUMNS + OWN_COLUMNS

# CAMEO root code and QuadClass (1 and 2 cooperation, 3 and 4 conflict, in words and in deed) by PLOVER type.
_CAMEO = {
    "AGREE": ("03", 1), "CONSULT": ("04", 1), "SUPPORT": ("05", 1), "COOPERATE": ("06", 2), "AID": ("07", 2),
    "CONCEDE": ("08", 1), "RETREAT": ("08", 2), "REQUEST": ("10", 3), "ACCUSE": ("11", 3), "REJECT": ("12", 3),
    "THREATEN": ("13", 3), "PROTEST": ("14", 4), "MOBILIZE": ("15", 4), "SANCTION": ("16", 4), "COERCE": ("17", 4),
    "ASSAULT": ("18", 4),
}  # fmt: skip
_COUNTRY, _CITY, _STATE = 1, 4, 5


def write(path: Path, analyses: Iterable[Analysis]) -> None:
    """Write one line per merged event. Tabs and line ends inside a text become spaces: the format knows no quoting."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        for event in merged(analyses):
            row = _row(event)
            file.write("\t".join(_cell(row.get(name)) for name in COLUMNS) + "\n")


def _row(event: Merged) -> dict[str, Any]:
    row = event.row
    root, quad = _CAMEO.get(row["type"], (None, None))
    return {
        "GLOBALEVENTID": int(hashlib.sha256(event.id.encode()).hexdigest()[:15], 16),
        **_dates(row["date_start"]),
        **_actor("Actor1", "actor", row["actors"]),
        **_actor("Actor2", "recipient", row["actors"]),
        "EventCode": root,
        "EventBaseCode": root,
        "EventRootCode": root,
        "QuadClass": quad,
        "NumMentions": event.tellings,
        "NumSources": len(event.sources),
        "NumArticles": len(event.articles),
        **_place(row),
        "SOURCEURL": next(iter(event.urls), None),
        "EventId": event.id,
        "Type": row["type"],
        "Mode": row["mode"],
        "Status": row["status"],
        "Confidence": row["confidence"],
        "DatePrecision": row["date_precision"],
        "PlaceId": row["place_id"],
        "CountryISO2": row["country_code"],
        "Precision": row["precision"],
        "Sources": "; ".join(event.sources),
        "Evidence": row["evidence"],
    }


def _dates(start: str | None) -> dict[str, Any]:
    if start is None:
        return {}
    day = date.fromisoformat(start)
    # The codebook's formula, in which every month has 30 days.
    fraction = day.year + ((day.month - 1) * 30 + day.day) / 365
    return {
        "SQLDATE": f"{day:%Y%m%d}".zfill(8),
        "MonthYear": f"{day:%Y%m}".zfill(6),
        "Year": f"{day:%Y}".zfill(4),
        "FractionDate": f"{fraction:.4f}",
    }


def _actor(prefix: str, role: str, actors: list[dict[str, Any]]) -> dict[str, Any]:
    first = next((actor for actor in actors if actor["role"] == role), None)
    return {} if first is None else {f"{prefix}Name": first["text"], f"{prefix}ISO2": first["country_code"]}


def _place(row: dict[str, Any]) -> dict[str, Any]:
    if row["place_id"] is None:
        return {}
    point = row["footprint"] == "point"
    kind = _COUNTRY if row["precision"] in {"country", "region"} else _CITY if point else _STATE
    return {
        "ActionGeo_Type": kind,
        "ActionGeo_FullName": row["place_name"],
        "ActionGeo_Lat": row["lat"] if point else None,
        "ActionGeo_Long": row["lon"] if point else None,
        "ActionGeo_FeatureID": row["place_id"],
    }


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guard(" ".join(value.split()))
    return repr(value)
