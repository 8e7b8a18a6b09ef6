"""What stands around the map: the inset, the scale bar, the legend."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from mapper.render.brief import ground, text
from mapper.render.brief.entries import Spot
from mapper.render.brief.kinds import kind
from mapper.render.brief.labels import Room
from mapper.render.brief.projection import EARTH_KM, Array, Lambert
from mapper.render.brief.shapes import Box, Circle, Group, Item, Path, Plate, Symbol, Text
from mapper.render.brief.signs import clock
from mapper.render.brief.styles import Style
from mapper.render.brief.view import View

LEGEND_SIZE = 8.0
_ROW = 14.0


def corners(frame: Box, width: float, height: float, gap: float = 6.0) -> list[Box]:
    """A box of that size in each corner of the frame, and at the middle of its sides."""
    left, top, right, bottom = frame
    xs = (left + gap, right - gap - width, (left + right - width) / 2)
    ys = (bottom - gap - height, top + gap, (top + bottom - height) / 2)
    order = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (2, 1), (0, 2), (1, 2))
    return [(xs[i], ys[j], xs[i] + width, ys[j] + height) for i, j in order]


def inset(view: View, box: Box, style: Style, outside: Sequence[Spot]) -> Group:
    """The hemisphere around the map with the map's frame on it, and what lies outside of it as dots."""
    projection = Lambert(view.projection.lon, max(-70.0, min(70.0, view.projection.lat)))
    r = (box[2] - box[0]) / 2
    cx, cy = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    scale = r / (EARTH_KM * math.sqrt(2))

    def onto(coordinates: Array) -> Array:
        x, y = projection.forward(coordinates[:, 0], coordinates[:, 1])
        return np.column_stack([cx + x * scale, cy - y * scale])

    disc = shapely.Point(cx, cy).buffer(r, quad_segs=24)
    items: list[Item] = [Circle(x=cx, y=cy, r=r, fill=style.sea, name="Inset: hemisphere")]
    world = _turned(ground.land(), projection.lon)
    # A ring around the antipode would turn inside out.
    for opposite in (projection.lon - 180, projection.lon + 180):
        world = world.difference(shapely.Point(opposite, -projection.lat).buffer(25))
    flat = shapely.make_valid(shapely.simplify(shapely.transform(shapely.segmentize(world, 4), onto), 0.25))
    if rings := ground.rings_of(shapely.intersection(flat, disc), least=0.3):
        items.append(Path(rings=rings, fill=style.border, name="Inset: land"))
    lon, lat = view.outline()
    x, y = projection.forward(lon, lat)
    ring = shapely.Polygon([(cx + a * scale, cy - b * scale) for a, b in zip(x, y, strict=True)])
    if ring.is_valid and (rings := ground.rings_of(shapely.intersection(ring, disc))):
        items.append(Path(rings=rings, stroke=style.text, width=1.4, name="Inset: this map"))
        if ring.area < 40:
            at = ring.centroid
            items.append(Circle(x=at.x, y=at.y, r=6, stroke=style.text, width=1.2, name="Inset: this map, ringed"))
    for spot in outside:
        x, y = projection.forward(np.array([spot.location.lon]), np.array([spot.location.lat]))
        if math.hypot(x[0], y[0]) * scale < r - 1.5:
            items.append(
                Circle(
                    x=cx + float(x[0]) * scale,
                    y=cy - float(y[0]) * scale,
                    r=1.8,
                    fill=style.text,
                    stroke=style.paper,
                    width=0.6,
                    name=f"Outside the map: {text.line(spot.location.name)}",
                )
            )
    items.append(Circle(x=cx, y=cy, r=r, stroke=style.muted, width=0.9, name="Inset: edge"))
    return Group(name="Inset: where this map is", items=tuple(items))


def _turned(geometry: BaseGeometry, middle: float) -> BaseGeometry:
    """The world from 180 degrees west to 180 degrees east of ``middle``."""
    parts = [
        shapely.clip_by_rect(translate(geometry, xoff=turn), middle - 180, -84, middle + 180, 90)
        for turn in (-360, 0, 360)
    ]
    return shapely.union_all([shapely.make_valid(part) for part in parts])


def scale_km(view: View) -> float:
    """A round number of kilometres, about a sixth of the map wide."""
    goal = view.km / 6
    power = 10 ** math.floor(math.log10(goal))
    return float(max(step * power for step in (1, 2, 5) if step * power <= goal))


def scale_bar(view: View, box: Box, style: Style) -> Group:
    km = scale_km(view)
    length = km * view.scale
    x, y = box[0] + 4, box[3] - 6
    return Group(
        name="Scale",
        items=(
            Path(
                rings=(((x, y - 4), (x, y), (x + length, y), (x + length, y - 4)),), closed=False, stroke=style.text,
                width=1.0, name="Scale bar",
            ),
            Text(
                x=x + length / 2, y=y - 8, text=f"{km:,.0f} km", size=7.5, colour=style.text, anchor="middle",
                halo=style.land, name="Scale",
            ),
        ),
    )  # fmt: skip


def place_free(room: Room, boxes: Iterable[Box]) -> Box | None:
    """The first box that covers nothing taken."""
    return next((box for box in boxes if room.free(box)), None)


def legend(
    codes: set[str], features: set[str], box_left: float, top: float, width: float, style: Style
) -> tuple[Group, float]:
    """What the signs on this map mean, and nothing that is not on it. Gives its height too."""
    entries: list[tuple[str, str]] = [("type", code) for code in sorted(codes, key=lambda c: (kind(c).rank, c))]
    entries += [
        (feature, words)
        for feature, words in (
            ("several", "several events at or near this point"),
            ("area", "place known only as this area"),
            ("line", "along this line"),
            ("bare", "area without an outline"),
            ("near", "somewhere within the ring"),
            ("inferred", "hollow: place inferred"),
            ("planned", "planned"),
            ("mentioned", "place only mentioned"),
            ("mentioned_area", "area only mentioned"),
            ("disputed", "disputed border"),
        )
        if feature in features
    ]
    items: list[Item] = []
    x, y = box_left, top + _ROW / 2
    for what, value in entries:
        words = kind(value).label if what == "type" else value
        taken = 15 + text.width(words, LEGEND_SIZE) + 12
        if x + taken - 12 > box_left + width and x > box_left:
            x, y = box_left, y + _ROW
        items += _sample(what, value, x + 6, y, style)
        items.append(Text(x=x + 15, y=y, text=words, size=LEGEND_SIZE, colour=style.text, name=f"Legend: {words}"))
        x += taken
    height = y + _ROW / 2 - top if entries else 0.0
    return Group(name="Legend", items=tuple(items)), height


def _sample(what: str, value: str, x: float, y: float, style: Style) -> list[Item]:
    if what == "type":
        its = kind(value)
        return [
            Symbol(
                x=x,
                y=y,
                r=4.2,
                shape=its.shape,
                detail=its.detail,
                colour=style.mark or its.colour,
                paper=style.paper,
                name=f"Legend: {its.label}",
            )
        ]
    if what == "several":
        return [
            Circle(x=x, y=y, r=5.4, fill=style.paper, stroke=style.area, width=1.6, name="Legend: several events"),
            Text(x=x, y=y, text="2", size=7, bold=True, colour=style.text, anchor="middle", name="Legend: count"),
        ]
    if what == "area":
        lines = tuple(((x - 6 + k, y + 4), (x - 6 + k + 8, y - 4)) for k in (0, 4))
        return [
            Path(rings=lines, closed=False, stroke=style.muted, width=0.6, name="Legend: hatching"),
            Plate(box=(x - 6, y - 4, x + 6, y + 4), stroke=style.area, width=1.2, name="Legend: area"),
        ]
    if what == "bare":
        return [
            Plate(box=(x - 6, y - 4, x + 6, y + 4), fill=style.paper, stroke=style.area, radius=2, name="Legend: area")
        ]
    if what == "near":
        return [Circle(x=x, y=y, r=5.2, stroke=style.area, width=1.1, dash="dash", name="Legend: near")]
    if what == "inferred":
        return [
            Symbol(
                x=x,
                y=y,
                r=4.2,
                shape="circle",
                colour=style.area,
                paper=style.paper,
                hollow=True,
                name="Legend: inferred",
            )
        ]
    if what == "planned":
        return clock(x, y, style)
    if what == "mentioned":
        return [Circle(x=x, y=y, r=2.6, fill=style.paper, stroke=style.quiet, width=0.9, name="Legend: mentioned")]
    if what == "mentioned_area":
        ring = ((x - 6, y - 4), (x + 6, y - 4), (x + 6, y + 4), (x - 6, y + 4))
        return [Path(rings=(ring,), stroke=style.quiet, width=0.8, dash="dot", name="Legend: mentioned")]
    stroke = style.area if what == "line" else style.border
    return [
        Path(
            rings=(((x - 6, y), (x + 6, y)),),
            closed=False,
            stroke=stroke,
            width=2.2 if what == "line" else 0.9,
            dash="solid" if what == "line" else "dash",
            name=f"Legend: {value}",
        )
    ]
