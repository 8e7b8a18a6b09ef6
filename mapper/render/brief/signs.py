"""The signs of events: outlines and hatching of areas, symbols at points, counts where several share one, rings."""

from __future__ import annotations

import math

from shapely.geometry.base import BaseGeometry

from mapper.render.brief import areas, text
from mapper.render.brief.entries import Spot
from mapper.render.brief.ground import lines_of, rings_of
from mapper.render.brief.kinds import Kind
from mapper.render.brief.labels import Room
from mapper.render.brief.mark import SIGN, Drawn, Mark, ink, listed
from mapper.render.brief.shapes import Circle, Item, Path, Point, Symbol, Text
from mapper.render.brief.styles import Style
from mapper.render.brief.view import View


def area(out: Drawn, spot: Spot, shape: BaseGeometry, style: Style, *, steep: bool) -> None:
    """An area's outline and hatching; a river or a road as a line."""
    colour = ink(spot, style)
    place = text.line(spot.location.name)
    name = f"Area: {place}"
    about = f"{listed(spot.numbers)}: {place}, known only as this area"
    rings = rings_of(shape)
    if rings:
        hatch = areas.hatching(shape, steep=steep)
        if hatch:
            out.areas.append(
                Path(rings=hatch, closed=False, stroke=areas.lighter(colour), width=0.6, name=f"{name}, hatching")
            )
        out.areas.append(Path(rings=rings, stroke=colour, width=1.3, name=name, description=about))
        out.features.add("area")
    else:
        out.areas.append(
            Path(rings=lines_of(shape), closed=False, stroke=colour, width=2.6, name=name, description=about)
        )
        out.features.add("line")


def sign(out: Drawn, room: Room, mark: Mark, view: View, style: Style) -> None:
    """A mark's symbol, or its count, with the rings of what is only near; its place in ``room`` is taken."""
    for spot in mark.spots:
        if spot.location.precision == "near":
            x, y = view.point(spot.location.lon, spot.location.lat)
            r = max((spot.location.radius_km or 0) * view.scale, SIGN + 4)
            if math.hypot(mark.x - x, mark.y - y) > r:
                continue  # a ring without its sign would say that something happened there as well
            out.rings.append(
                Circle(x=x, y=y, r=r, stroke=ink(spot, style), width=1.1, dash="dash", name="Near: within this ring")
            )
            out.features.add("near")
    names = ", ".join(dict.fromkeys(text.line(spot.location.name) for spot in mark.spots))
    about = f"{listed(mark.numbers)}: {names}"
    r = mark.r
    if mark.single:
        spot = mark.spots[0]
        out.signs.append(symbol(out, spot, spot.kinds[0], (mark.x, mark.y), SIGN, style))
    else:
        out.features.add("several")
        out.signs.append(
            Circle(
                x=mark.x,
                y=mark.y,
                r=r,
                fill=style.paper,
                stroke=style.area,
                width=2.0,
                name=f"Several events: {names}",
                description=about,
            )
        )
        out.signs.append(
            Text(
                x=mark.x,
                y=mark.y,
                text=str(len(mark.entries)),
                size=8.5,
                bold=True,
                colour=style.text,
                anchor="middle",
                name="Count of events",
            )
        )
    top = r
    if any(spot.planned for spot in mark.spots):
        out.features.add("planned")
        out.signs += clock(mark.x + r * 0.85, mark.y - r * 0.85, style)
        top = r * 0.85 + 4
    room.take((mark.x - r, mark.y - top, mark.x + max(r, top), mark.y + r))


def symbol(out: Drawn, spot: Spot, kind: Kind, at: Point, r: float, style: Style) -> Symbol:
    """The symbol of one type of event, hollow where the place is inferred; the key is told of both."""
    out.codes.add(kind.code)
    if spot.inferred:
        out.features.add("inferred")
    place = text.line(spot.location.name)
    return Symbol(
        x=at[0], y=at[1], r=r, shape=kind.shape, detail=kind.detail, colour=style.mark or kind.colour,
        paper=style.paper, hollow=spot.inferred, name=f"{kind.label}: {place}",
        description=f"{listed(spot.numbers)}: {place}",
    )  # fmt: skip


def clock(x: float, y: float, style: Style) -> list[Item]:
    """The sign of what is only planned."""
    return [
        Circle(x=x, y=y, r=3.6, fill=style.paper, stroke=style.text, width=0.9, name="Planned"),
        Path(
            rings=(((x, y - 2.2), (x, y), (x + 1.7, y + 0.8)),), closed=False, stroke=style.text, width=0.8,
            name="Planned, hands",
        ),
    ]  # fmt: skip
