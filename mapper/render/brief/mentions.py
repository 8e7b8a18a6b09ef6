"""Places that articles only mention: drawn quietly, where nothing else stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shapely.geometry.base import BaseGeometry

from mapper.model import Geometry, MentionedPlace, PlaceRef
from mapper.render.brief import text
from mapper.render.brief.areas import anchors, shapely_of
from mapper.render.brief.ground import Name, lines_of, rings_of
from mapper.render.brief.labels import Room
from mapper.render.brief.shapes import Circle, Item, Path, Text
from mapper.render.brief.styles import Style
from mapper.render.brief.view import View

_SIZE = 7.5
"""Type size of the names of areas, in points."""


def draw(
    places: Iterable[MentionedPlace], footprints: Mapping[str, Geometry], view: View, style: Style, room: Room
) -> tuple[list[Item], list[Name], set[str]]:
    """Places that are only mentioned: a dotted outline or a small ring where no sign stands, names to write if there
    is room, and what the legend has to explain."""
    features: set[str] = set()
    items: list[Item] = []
    labels: list[Item] = []
    names = []
    for one in places:
        place = one.place
        name = text.line(place.name)
        if place.footprint != "point" and place.id in footprints:
            shape = view.place(shapely_of(footprints[place.id]), simplify=0.4)
            rings = rings_of(shape, least=4) or lines_of(shape)
            label = None if place.feature_code.startswith("PCL") else _label(place, name, shape, view, style, room)
            # A country is known by its border and its name; a dotted line without a name tells nothing.
            if rings and (label is not None or place.feature_code.startswith("PCL")):
                if label is not None:
                    labels.append(label)
                items.append(
                    Path(
                        rings=rings,
                        closed=shape.area > 0,
                        stroke=style.quiet,
                        width=0.8,
                        dash="dot",
                        name=f"Mentioned: {name}",
                    )
                )
                features.add("mentioned_area")
        elif place.footprint == "point" and view.shows(place.lon, place.lat):
            x, y = view.point(place.lon, place.lat)
            if not room.free((x - 2.5, y - 2.5, x + 2.5, y + 2.5)):
                continue
            room.take((x - 2.5, y - 2.5, x + 2.5, y + 2.5))
            features.add("mentioned")
            items.append(
                Circle(x=x, y=y, r=2.4, fill=style.paper, stroke=style.quiet, width=0.9, name=f"Mentioned: {name}")
            )
            names.append(Name(text=name, places=((x, y),), weight=15.0, country=False))
    return items + labels, names, features


def _label(place: PlaceRef, name: str, shape: BaseGeometry, view: View, style: Style, room: Room) -> Text | None:
    """An area's name, somewhere inside it; None where there is no room."""
    if shape.is_empty:
        return None
    half = text.width(name, _SIZE) / 2
    places = anchors(shape, view.point(place.lon, place.lat))
    box = room.claim(((x - half, y - 5, x + half, y + 5) for x, y in places), gap=1.5)
    if box is None:
        return None
    return Text(
        x=(box[0] + box[2]) / 2, y=(box[1] + box[3]) / 2, text=name, size=_SIZE, italic=True, colour=style.quiet,
        anchor="middle", halo=style.land, name=f"Mentioned area's name: {name}",
    )  # fmt: skip
