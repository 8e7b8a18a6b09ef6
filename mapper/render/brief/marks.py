"""Events on the map: points at points, areas as outlines and hatching, neighbours that would overlap as a count."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from shapely.geometry.base import BaseGeometry

from mapper.model import Geometry
from mapper.render.brief import areas, signs
from mapper.render.brief.entries import Spot
from mapper.render.brief.labels import Room
from mapper.render.brief.mark import SIGN, Drawn, Mark
from mapper.render.brief.plates import Labeller
from mapper.render.brief.shapes import Point
from mapper.render.brief.styles import Style
from mapper.render.brief.view import View

REACH = 11.0
"""Signs nearer than this, in points, become one count."""
FARTHEST = 130.0
"""Marks farther from each other than this are not joined, however crowded the map."""
CROWD = 50.0
"""Marks nearer to each other than this, in points, contend for room."""
_SMALL = 4000.0
"""Square points."""


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
            signs.area(out, spot, shape, self.style, steep=bool(index % 2))
        marks = self.marks()
        for mark in marks:
            signs.sign(out, room, mark, self.view, self.style)
        labeller = Labeller(out, room, self.style)
        # A small area has few places for its numbers, so it chooses before the points do, a large one after.
        small = [pair for pair in reversed(self.areas) if pair[1].area < _SMALL]
        for spot, shape in small:
            labeller.plate(spot, self._anchors(spot, shape))
        for mark in sorted(marks, key=lambda one: (-self._crowd(one, marks), one.numbers)):
            labeller.label(mark)
        for spot, shape in reversed(self.areas[: len(self.areas) - len(small)]):
            labeller.plate(spot, self._anchors(spot, shape))
        for spot, at in self.bare:
            out.features.add("bare")
            labeller.plate(spot, [at])
        labeller.late_names()
        return out

    @staticmethod
    def _crowd(mark: Mark, marks: Sequence[Mark]) -> int:
        """How many marks are so near that they want the same room: where it is scarce, labels are placed first."""
        return sum(math.hypot(mark.x - one.x, mark.y - one.y) < CROWD for one in marks)

    def _anchors(self, spot: Spot, shape: BaseGeometry) -> list[Point]:
        return areas.anchors(shape, self.view.point(spot.location.lon, spot.location.lat))
