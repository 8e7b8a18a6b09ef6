"""KML 2.2: points, areas and unplaced events in a folder each, text as text.

Viewers show a description as HTML, and put data in wherever it says ``$[name]``. A description is therefore escaped
for HTML, ``$[`` included, and then for XML; a name, which some viewers show as HTML and others as it is, has no markup
characters left in it. The extended data hold the values as they are.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from html import escape as escape_html
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from mapper.export.outlines import Outlines
from mapper.export.rows import Told, flat, told
from mapper.files import replacing
from mapper.model import Analysis

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

FOLDERS: Final = ("points", "areas", "unplaced")
_NO_MARKUP = str.maketrans({"<": "\u2039", ">": "\u203a", "&": "\uff06", "$": "\uff04"})
# The balloon shows the description and nothing else: viewers would otherwise show the extended data as HTML.
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Events</name>
<Style id="event"><LineStyle><color>ff404040</color><width>1.5</width></LineStyle>\
<PolyStyle><color>40b06020</color></PolyStyle><BalloonStyle><text>$[description]</text></BalloonStyle></Style>
"""
_SPOOLED = 4_000_000


def write(path: Path, analyses: Iterable[Analysis], outlines: Outlines) -> None:
    """Write one placemark per event and article. Memory does not grow with the number of events."""
    areas: dict[str, str] = {}
    with ExitStack() as stack:
        temporary = stack.enter_context(replacing(path))
        parts = {name: stack.enter_context(tempfile.SpooledTemporaryFile(_SPOOLED)) for name in FOLDERS}
        for item in told(analyses):
            where = item.event.location
            shape = outlines.of_location(where)
            if shape is None or where is None:
                folder, drawn = "unplaced", ""
            elif where.footprint == "point":
                folder, drawn = "points", "".join(_geometry(shape))
            else:
                if where.place_id not in areas:
                    areas[where.place_id] = "".join(_geometry(shape))
                folder, drawn = "areas", areas[where.place_id]
            parts[folder].write(_placemark(item, drawn).encode())
        with temporary.open("wb") as file:
            file.write(_HEAD.encode())
            for name, part in parts.items():
                file.write(f"<Folder><name>{name}</name>\n".encode())
                part.seek(0)
                shutil.copyfileobj(part, file)
                file.write(b"</Folder>\n")
            file.write(b"</Document></kml>\n")


def _placemark(item: Told, drawn: str) -> str:
    row = flat(item.row)
    parts = [
        f"<Placemark><name>{escape(_name(row))}</name>",
        # Without it, lists would show the description with its escapes.
        '<Snippet maxLines="0"></Snippet>',
        f"<description>{_description(row)}</description>",
        _when(row),
        "<styleUrl>#event</styleUrl><ExtendedData>",
        *(
            f'<Data name="{name}"><value>{escape(str(value))}</value></Data>'
            for name, value in row.items()
            if value is not None
        ),
        "</ExtendedData>",
        drawn,
        "</Placemark>\n",
    ]
    return "".join(parts)


def _name(row: dict[str, Any]) -> str:
    kind = f"{row['type']} ({row['mode']})" if row["mode"] else row["type"]
    parts = (kind, row["place_name"] or "unplaced", row["date_start"] or "undated")
    return ", ".join(parts).translate(_NO_MARKUP)


def _description(row: dict[str, Any]) -> str:
    lines = [
        row["evidence"],
        f"Source: {row['source'] or 'not stated'}; {row['title'] or 'untitled'}; published {row['published'] or '-'}",
        row["url"] or "",
        f"Status: {row['status']}; confidence {row['confidence']}; precision {row['precision'] or 'unplaced'}",
    ]
    return escape(escape_html("\n".join(line for line in lines if line)).replace("$[", "$&#91;"))


def _when(row: dict[str, Any]) -> str:
    if row["date_start"] is None:
        return ""
    end = f"<end>{date.fromisoformat(row['date_end'])}</end>" if row["date_end"] else ""
    return f"<TimeSpan><begin>{date.fromisoformat(row['date_start'])}</begin>{end}</TimeSpan>"


def _geometry(shape: BaseGeometry) -> Iterator[str]:
    kind = shape.geom_type
    if kind == "Point":
        yield f"<Point><coordinates>{_coordinates(shape)}</coordinates></Point>"
    elif kind in {"LineString", "LinearRing"}:
        yield f"<LineString><tessellate>1</tessellate><coordinates>{_coordinates(shape)}</coordinates></LineString>"
    elif kind == "Polygon":
        yield f"<Polygon><outerBoundaryIs>{_ring(shape.exterior)}</outerBoundaryIs>"  # type: ignore[attr-defined]  # a Polygon has one
        for hole in shape.interiors:  # type: ignore[attr-defined]  # likewise
            yield f"<innerBoundaryIs>{_ring(hole)}</innerBoundaryIs>"
        yield "</Polygon>"
    else:
        yield "<MultiGeometry>"
        for part in shape.geoms:  # type: ignore[attr-defined]  # every other kind is a collection
            yield from _geometry(part)
        yield "</MultiGeometry>"


def _ring(ring: BaseGeometry) -> str:
    return f"<LinearRing><coordinates>{_coordinates(ring)}</coordinates></LinearRing>"


def _coordinates(shape: BaseGeometry) -> str:
    return " ".join(f"{lon!r},{lat!r}" for lon, lat in (map(float, pair[:2]) for pair in shape.coords))
