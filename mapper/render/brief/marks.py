"""Events on the map: points at points, areas as outlines and hatching, neighbours that would overlap as a count."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from mapper.model import Geometry
from mapper.render.brief import areas, labels, text
from mapper.render.brief.entries import Entry, Spot, ranges
from mapper.render.brief.ground import lines_of, rings_of
from mapper.render.brief.labels import Room
from mapper.render.brief.shapes import Box, Circle, Item, Path, Plate, Point, Symbol, Text
from mapper.render.brief.styles import Style
from mapper.render.brief.view import View

SIGN = 5.0
"""Radius of a sign in points."""
SIGNS = 5
"""On an area's plate at most; the key has every type."""
SIZE = 8.0
"""Type size of numbers and place names on the map, in points."""
REACH = 11.0
"""Signs nearer than this, in points, become one count."""
FARTHEST = 130.0
"""Marks farther from each other than this are not joined, however crowded the map."""
_LINE = 9.6
_SMALL = 4000.0
"""Square points."""


@dataclass(slots=True)
class Mark:
    """What stands at one point of the map: one place's events, or those of several places too near to part."""

    x: float
    y: float
    spots: list[Spot]

    @property
    def entries(self) -> list[Entry]:
        return [entry for spot in self.spots for entry in spot.entries]

    @property
    def numbers(self) -> list[int]:
        return [number for spot in self.spots for number in spot.numbers]

    def take(self, x: float, y: float, spots: list[Spot]) -> None:
        """Take other spots in, and move to the middle of all events."""
        own, more = len(self.entries), sum(len(spot.entries) for spot in spots)
        self.x = (self.x * own + x * more) / (own + more)
        self.y = (self.y * own + y * more) / (own + more)
        self.spots = self.spots + spots

    @property
    def single(self) -> bool:
        """Whether one type's sign can stand for all of it."""
        return len(self.spots) == 1 and len(self.spots[0].kinds) == 1

    @property
    def r(self) -> float:
        if self.single:
            return SIGN * 1.3
        return min(16.0, 7.0 + 1.4 * math.log2(len(self.entries)))


@dataclass(slots=True)
class Drawn:
    """The marks, from the bottom up, and what the legend has to explain."""

    areas: list[Item] = field(default_factory=list)
    rings: list[Item] = field(default_factory=list)
    signs: list[Item] = field(default_factory=list)
    plates: list[Item] = field(default_factory=list)
    outside: list[Spot] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    features: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    failed: list[Point] = field(default_factory=list)
    """Where numbers found no room."""


def ink(spot: Spot, style: Style) -> str:
    """The colour of an area: its one type's, or a neutral one."""
    if style.mark:
        return style.mark
    return spot.kinds[0].colour if len(spot.kinds) == 1 else style.area


class Marker:
    """Draws the spots of one view. Where numbers find no room, ``join`` makes fewer of them, to be drawn again."""

    def __init__(self, spots: Sequence[Spot], footprints: Mapping[str, Geometry], view: View, style: Style) -> None:
        self.view = view
        self.style = style
        self.points: list[tuple[Spot, Point]] = []
        self.areas: list[tuple[Spot, BaseGeometry]] = []
        self.bare: list[tuple[Spot, Point]] = []
        self.outside: list[Spot] = []
        self._joined: list[tuple[int, int]] = []
        for spot in spots:
            where = spot.location
            shown = view.shows(where.lon, where.lat)
            if where.footprint != "point" and where.place_id in footprints:
                shape = view.place(areas.shapely_of(footprints[where.place_id]), simplify=0.3)
                if not shape.is_empty and (shown or shape.area > 12 or (shape.area == 0 and shape.length > 6)):
                    self.areas.append((spot, shape))
                    continue
                shown = False
            if not shown:
                self.outside.append(spot)
            elif where.footprint == "point":
                self.points.append((spot, view.point(where.lon, where.lat)))
            else:
                self.bare.append((spot, view.point(where.lon, where.lat)))
        self.areas.sort(key=lambda pair: (-pair[1].area, pair[0].location.place_id))

    def join(self, point: Point) -> bool:
        """Make one mark of the one that is nearest to ``point`` and its neighbour. False where there is none near."""
        marks = sorted(self.marks(), key=lambda mark: (math.hypot(mark.x - point[0], mark.y - point[1]), mark.numbers))
        if len(marks) < 2:
            return False
        first = marks[0]
        other = min(marks[1:], key=lambda mark: (math.hypot(mark.x - first.x, mark.y - first.y), mark.numbers))
        if math.hypot(other.x - first.x, other.y - first.y) > FARTHEST:
            return False
        self._joined.append((first.numbers[0], other.numbers[0]))
        return True

    def marks(self) -> list[Mark]:
        """Points merged where their signs would touch, the largest drawing in the others."""
        found: list[Mark] = []
        for spot, (x, y) in sorted(self.points, key=lambda pair: (-len(pair[0].entries), pair[0].numbers)):
            for mark in found:
                if math.hypot(mark.x - x, mark.y - y) < max(REACH, mark.r + SIGN + 1):
                    mark.take(x, y, [spot])
                    break
            else:
                found.append(Mark(x, y, [spot]))
        for pair in self._joined:
            one, other = (next(mark for mark in found if number in mark.numbers) for number in pair)
            if one is not other:
                one.take(other.x, other.y, other.spots)
                found.remove(other)
        merged = True
        while merged:  # growing counts may come to touch one another
            merged = False
            for i, mark in enumerate(found):
                for other in found[i + 1 :]:
                    if math.hypot(mark.x - other.x, mark.y - other.y) < mark.r + other.r + 1:
                        mark.take(other.x, other.y, other.spots)
                        found.remove(other)
                        merged = True
                        break
                if merged:
                    break
        return sorted(found, key=lambda mark: min(mark.numbers))

    def draw(self, room: Room) -> Drawn:
        """Everything, with labels placed in ``room``."""
        out = Drawn(outside=self.outside)
        for index, (spot, shape) in enumerate(self.areas):
            self._area(out, spot, shape, steep=bool(index % 2))
        marks = self.marks()
        for mark in marks:
            self._sign(out, room, mark)
        # A small area has few places for its numbers, so it chooses before the points do, a large one after.
        small = [pair for pair in reversed(self.areas) if pair[1].area < _SMALL]
        for spot, shape in small:
            self._plate(out, room, spot, areas.anchors(shape, self.view.point(spot.location.lon, spot.location.lat)))
        for mark in marks:
            self._label(out, room, mark)
        for spot, shape in reversed(self.areas[: len(self.areas) - len(small)]):
            self._plate(out, room, spot, areas.anchors(shape, self.view.point(spot.location.lon, spot.location.lat)))
        for spot, at in self.bare:
            out.features.add("bare")
            self._plate(out, room, spot, [at], dash=True)
        return out

    def _area(self, out: Drawn, spot: Spot, shape: BaseGeometry, *, steep: bool) -> None:
        colour = ink(spot, self.style)
        place = text.line(spot.location.name)
        name = f"Area: {place}"
        about = f"{_listed(spot.numbers)}: {place}, known only as this area"
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

    def _sign(self, out: Drawn, room: Room, mark: Mark) -> None:
        style = self.style
        for spot in mark.spots:
            if spot.location.precision == "near":
                x, y = self.view.point(spot.location.lon, spot.location.lat)
                r = max((spot.location.radius_km or 0) * self.view.scale, SIGN + 4)
                if math.hypot(mark.x - x, mark.y - y) > r:
                    continue  # a ring without its sign would say that something happened there as well
                out.rings.append(
                    Circle(
                        x=x, y=y, r=r, stroke=ink(spot, style), width=1.1, dash="dash", name="Near: within this ring"
                    )
                )
                out.features.add("near")
        names = ", ".join(dict.fromkeys(text.line(spot.location.name) for spot in mark.spots))
        about = f"{_listed(mark.numbers)}: {names}"
        r = mark.r
        if mark.single:
            spot = mark.spots[0]
            kind = spot.kinds[0]
            out.codes.add(kind.code)
            if spot.inferred:
                out.features.add("inferred")
            out.signs.append(
                Symbol(
                    x=mark.x,
                    y=mark.y,
                    r=SIGN,
                    shape=kind.shape,
                    detail=kind.detail,
                    colour=style.mark or kind.colour,
                    paper=style.paper,
                    hollow=spot.inferred,
                    name=f"{kind.label}: {names}",
                    description=about,
                )
            )
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

    def _label(self, out: Drawn, room: Room, mark: Mark) -> None:
        names = {text.line(spot.location.name) for spot in mark.spots}
        name = names.pop() if len(names) == 1 else ""
        rows = chip_rows(mark.numbers)
        size = _chip_size(rows)
        named = (size[0] + 3 + text.width(name, SIZE, bold=True), size[1])
        attempts = [named, size] if name and named[0] < 170 else [size]
        # The clock of a planned event stands out of its sign.
        r = mark.r + (3.0 if any(spot.planned for spot in mark.spots) else 1.5)
        for width, height in attempts:
            box = room.claim(labels.around(mark.x, mark.y, r, width, height), gap=0.8)
            if box is not None:
                self._write(out, mark, box, rows, name if (width, height) != size else "")
                return
        own = next(b for b in room.boxes if b[0] <= mark.x <= b[2] and b[1] <= mark.y <= b[3])
        for width, height in attempts:
            for box in labels.far(mark.x, mark.y, mark.r, width, height):
                line = labels.leader(box, mark.x, mark.y, mark.r)
                if room.free(box, gap=0.8) and room.clear(line, own=(own,)):
                    room.take(box)
                    room.segments.append(line)
                    out.plates.append(
                        Path(rings=(line,), closed=False, stroke=self.style.area, width=0.8, name="Leader")
                    )
                    self._write(out, mark, box, rows, name if (width, height) != size else "")
                    return
        out.failed.append((mark.x, mark.y))

    def _write(self, out: Drawn, mark: Mark, box: Box, rows: Sequence[str], name: str) -> None:
        width, height = _chip_size(rows)
        left_of = (box[0] + box[2]) / 2 < mark.x - 2
        x = box[2] - width if left_of else box[0]
        y = (box[1] + box[3]) / 2
        colour = self.style.mark or (mark.spots[0].kinds[0].colour if mark.single else self.style.area)
        self._chip(out, (x, y - height / 2, x + width, y + height / 2), rows, colour)
        if name:
            out.named.add(name)
            out.plates.append(
                Text(
                    x=x - 3 if left_of else x + width + 3,
                    y=y,
                    text=name,
                    size=SIZE,
                    bold=True,
                    colour=self.style.text,
                    halo=self.style.land,
                    anchor="end" if left_of else "start",
                    name=f"Place: {name}",
                )
            )

    def _chip(self, out: Drawn, box: Box, rows: Sequence[str], colour: str, indent: float = 0.0) -> None:
        out.plates.append(
            Plate(box=box, fill=self.style.paper, stroke=colour, width=0.9, radius=3, name=f"Number {', '.join(rows)}")
        )
        middle = (box[0] + indent + box[2]) / 2
        top = (box[1] + box[3]) / 2 - (len(rows) - 1) * _LINE / 2
        for index, row in enumerate(rows):
            out.plates.append(
                Text(
                    x=middle,
                    y=top + index * _LINE,
                    text=row,
                    size=SIZE,
                    bold=True,
                    colour=self.style.text,
                    anchor="middle",
                    name=f"Number {row}",
                )
            )

    def _plate(self, out: Drawn, room: Room, spot: Spot, anchors: list[Point], *, dash: bool = False) -> None:
        """The numbers of an area, with signs of its most frequent types, at a place inside it."""
        style = self.style
        shown = spot.kinds[:SIGNS]
        rows = chip_rows(spot.numbers)
        width, height = _chip_size(rows)
        signs = len(shown) * 12.0 + 2
        planned = 5.0 if spot.planned else 0.0
        width, height = width + signs, max(height, 14.0)
        name = text.line(spot.location.name)
        boxes = [(x - width / 2, y - height / 2 - planned, x + width / 2 + planned, y + height / 2) for x, y in anchors]
        box = room.claim(boxes, gap=1.5)
        if box is None:
            box = self._aside(out, room, anchors, width + planned, height + planned)
        if box is None:
            out.failed.append(anchors[0])
            return
        plate = (box[0], box[1] + planned, box[2] - planned, box[3])
        self._chip(out, plate, rows, ink(spot, style), indent=signs)
        for index, kind in enumerate(shown):
            out.codes.add(kind.code)
            if spot.inferred:
                out.features.add("inferred")
            out.plates.append(
                Symbol(
                    x=plate[0] + 8 + index * 12,
                    y=(plate[1] + plate[3]) / 2,
                    r=4.0,
                    shape=kind.shape,
                    detail=kind.detail,
                    colour=style.mark or kind.colour,
                    paper=style.paper,
                    hollow=spot.inferred,
                    name=f"{kind.label}: {name}",
                    description=f"{_listed(spot.numbers)}: {name}",
                )
            )
        if spot.planned:
            out.features.add("planned")
            out.plates += clock(plate[2] - 0.5, plate[1] + 0.5, style)
        if spot.location.precision != "country":
            self._area_name(out, room, plate, name, ink(spot, style))
        if dash:
            out.features.add("bare")

    def _aside(self, out: Drawn, room: Room, anchors: Sequence[Point], width: float, height: float) -> Box | None:
        """Room for a plate outside its area, joined by a line to a dot inside it."""
        colour = self.style.area
        for reach in (60.0, 120.0, 240.0):
            for x, y in anchors:
                if not room.free((x - 2, y - 2, x + 2, y + 2)):
                    continue
                for box in labels.far(x, y, 2, width, height, reach=reach):
                    line = labels.leader(box, x, y, 1.5)
                    if room.free(box, gap=1) and room.clear(line):
                        room.take(box)
                        room.segments.append(line)
                        out.plates.append(Path(rings=(line,), closed=False, stroke=colour, width=0.8, name="Leader"))
                        out.plates.append(Circle(x=x, y=y, r=1.6, fill=colour, name="Leader's end, inside the area"))
                        return box
        return None

    def _area_name(self, out: Drawn, room: Room, plate: Box, name: str, colour: str) -> None:
        width = text.width(name, SIZE)
        x, y = (plate[0] + plate[2]) / 2, (plate[1] + plate[3]) / 2
        half = (plate[3] - plate[1]) / 2
        spots = [
            (x - width / 2, y + half + 1, x + width / 2, y + half + 11),
            (x - width / 2, y - half - 11, x + width / 2, y - half - 1),
            (plate[2] + 3, y - 5, plate[2] + 3 + width, y + 5),
            (plate[0] - 3 - width, y - 5, plate[0] - 3, y + 5),
        ]
        box = room.claim(spots)
        if box is not None:
            out.named.add(name)
            out.plates.append(
                Text(
                    x=(box[0] + box[2]) / 2,
                    y=(box[1] + box[3]) / 2,
                    text=name,
                    size=SIZE,
                    italic=True,
                    colour=colour,
                    anchor="middle",
                    halo=self.style.land,
                    name=f"Place: {name}",
                )
            )


def clock(x: float, y: float, style: Style) -> list[Item]:
    """The sign of what is only planned."""
    return [
        Circle(x=x, y=y, r=3.6, fill=style.paper, stroke=style.text, width=0.9, name="Planned"),
        Path(
            rings=(((x, y - 2.2), (x, y), (x + 1.7, y + 0.8)),), closed=False, stroke=style.text, width=0.8,
            name="Planned, hands",
        ),
    ]  # fmt: skip


def chip_rows(numbers: Sequence[int]) -> list[str]:
    """The numbers of a mark in up to three short lines; what does not fit is in the key, under the place's name."""
    rows: list[str] = []
    for part in ranges(numbers):
        if rows and len(rows[-1]) + len(part) < 14:
            rows[-1] += f", {part}"
        else:
            rows.append(part)
    return rows if len(rows) <= 3 else [*rows[:2], f"{rows[2]} …"]


def _chip_size(rows: Sequence[str]) -> tuple[float, float]:
    return max(text.width(row, SIZE, bold=True) for row in rows) + 6, len(rows) * _LINE + 3


def _listed(numbers: Sequence[int]) -> str:
    return "Number " + ", ".join(ranges(numbers))
