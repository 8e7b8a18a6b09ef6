"""News articles in, an honest event map out, offline.

>>> import mapper
>>> analyses = list(mapper.analyse(mapper.read("seeds")))  # doctest: +SKIP
>>> mapper.build_map(analyses).save("map.html")  # doctest: +SKIP

Coordinates are degrees (WGS 84) in fields named ``lat`` and ``lon``; offsets are Unicode code points. Everything
heavy (spaCy, geopandas, folium) is loaded when it is first used, so that importing this package costs little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from mapper.api import analyse, brief, build_map, event_map, read, to_geodataframe
    from mapper.errors import CorrectionError, InputError, MapperError, MissingModelError, OutputError
    from mapper.model import Analysis, Article, Event, EventMap, Location, PlaceRef, Span, Toponym

__all__ = [
    "Analysis",
    "Article",
    "CorrectionError",
    "Event",
    "EventMap",
    "InputError",
    "Location",
    "MapperError",
    "MissingModelError",
    "OutputError",
    "PlaceRef",
    "Span",
    "Toponym",
    "__version__",
    "analyse",
    "brief",
    "build_map",
    "event_map",
    "read",
    "to_geodataframe",
]

_HOMES = {
    "mapper.api": ("analyse", "brief", "build_map", "event_map", "read", "to_geodataframe"),
    "mapper.errors": ("CorrectionError", "InputError", "MapperError", "MissingModelError", "OutputError"),
    "mapper.model": ("Analysis", "Article", "Event", "EventMap", "Location", "PlaceRef", "Span", "Toponym"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
