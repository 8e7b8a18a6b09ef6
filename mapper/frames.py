"""Events as a GeoDataFrame: one row per event and article that tells it.

Geometry is EPSG:4326 in lon, lat order: a point for a settlement or an exact place, the whole area for a province,
country, region or sea, and null for an event that could not be placed. Never a centroid in an area's stead.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from mapper.codec import plain
from mapper.model import Analysis, Event, Geometry

if TYPE_CHECKING:
    import geopandas

COLUMNS = (
    "event_id", "cluster", "type", "mode", "status", "confidence",
    "date_start", "date_end", "date_precision", "date_basis", "date_text",
    "place_id", "place_name", "country_code", "footprint", "precision", "location_basis", "radius_km",
    "lat", "lon", "acled_geo_precision", "ucdp_where_prec",
    "actors", "trigger", "evidence",
    "article_id", "title", "source", "url", "published", "published_basis", "language",
    "why_type", "why_place", "why_date", "figures", "why_merged", "geometry",
)  # fmt: skip
"""Columns in order. ``actors`` and ``figures`` are JSON text (GeoPackage and CSV know no lists); dates are ISO 8601
text; ``lat`` and ``lon`` are the representative point of an area."""


def to_geodataframe(analyses: Iterable[Analysis], *, footprint: Callable[[str], Geometry]) -> geopandas.GeoDataFrame:
    """Every event of the analyses as a row of :data:`COLUMNS`.

    ``footprint`` gives a place's geometry by its id, and raises ``LookupError`` for an unknown one.
    """
    import geopandas

    from mapper.export.outlines import Outlines

    outlines = Outlines(footprint)
    rows = [event_row(a, e) | {"geometry": outlines.of_location(e.location)} for a in analyses for e in a.events]
    data = {name: [row[name] for row in rows] for name in COLUMNS}
    return geopandas.GeoDataFrame(data, geometry="geometry", crs="EPSG:4326")


def event_row(analysis: Analysis, event: Event) -> dict[str, Any]:
    """The event as one article tells it: :data:`COLUMNS` without the geometry."""
    article, date, location = analysis.article, event.date, event.location
    return {
        "event_id": event.id,
        "cluster": event.cluster,
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "confidence": event.confidence,
        "date_start": date and date.start,
        "date_end": date and date.end,
        "date_precision": date and date.precision,
        "date_basis": date and date.basis,
        "date_text": date and date.text,
        "place_id": location and location.place_id,
        "place_name": location and location.name,
        "country_code": location and location.country_code,
        "footprint": location and location.footprint,
        "precision": location and location.precision,
        "location_basis": location and location.basis,
        "radius_km": location and location.radius_km,
        "lat": location and location.lat,
        "lon": location and location.lon,
        "acled_geo_precision": location and location.acled_geo_precision,
        "ucdp_where_prec": location and location.ucdp_where_prec,
        "actors": json.dumps(plain(event.actors), ensure_ascii=False),
        "trigger": event.trigger.text,
        "evidence": event.evidence.of(article.text),
        "article_id": article.id,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published": article.published,
        "published_basis": article.published_basis,
        "language": article.language,
        "why_type": event.why.type,
        "why_place": event.why.place,
        "why_date": event.why.date,
        "figures": json.dumps(plain(event.figures), ensure_ascii=False),
        "why_merged": event.why.merged,
    }
