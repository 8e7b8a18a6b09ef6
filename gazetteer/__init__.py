"""An offline gazetteer: countries, divisions, populated places, waters, airports, ports and macro-regions of the world.

    from gazetteer import Gazetteer
    with Gazetteer.open() as places:
        places.candidates("Tombouctou")[0].place

Importing it is cheap; shapely is loaded when the first outline is asked for.
"""

from __future__ import annotations

from typing import Any

from gazetteer.errors import DataError, GazetteerError, UnknownPlaceError
from gazetteer.index import Gazetteer
from gazetteer.names import name_key
from gazetteer.place import Candidate, Place

ATTRIBUTION: tuple[str, ...] = (
    "GeoNames (geonames.org), CC BY 4.0, modified",
    "Natural Earth (naturalearthdata.com), public domain",
    "Unicode CLDR",
)
"""Credits that every map made with these data has to show; the full texts are in ``data/LICENSE-DATA``."""

__all__ = [
    "ATTRIBUTION",
    "Candidate",
    "DataError",
    "Gazetteer",
    "GazetteerError",
    "Place",
    "UnknownPlaceError",
    "info",
    "name_key",
]


def info() -> dict[str, Any]:
    """What the embedded gazetteer holds: its manifest (counts, sources with versions, licences and dates, hashes)."""
    from gazetteer.storage import manifest

    return dict(manifest())
