"""Numbers and names beside the marks, and plates in areas; with a leader line where there is no room close by."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from mapper.render.brief import labels, text
from mapper.render.brief.entries import Spot, ranges
from mapper.render.brief.labels import Room, Segment
from mapper.render.brief.mark import SIZE, Drawn, Mark, ink
from mapper.render.brief.shapes import Anchor, Box, Circle, Path, Plate, Point, Text
from mapper.render.brief.signs import clock, symbol
from mapper.render.brief.styles import Style

SIGNS = 5
"""On an area's plate at most; the key has every type."""
DETOUR = 30.0
"""Points by which a leader line may be longer to bring the place's name along with its numbers."""
_LINE = 9.6


@dataclass(frozen=True, slots=True)
class Labeller:
    """Writes what belongs to marks and areas into ``out``, where ``room`` has some."""

    out: Drawn
    room: Room
    style: Style
    unnamed: list[tuple[str, Box]] = field(default_factory=list)
    """Names still to be written, with their numbers' boxes."""

    def label(self, mark: Mark) -> None:
        """A mark's numbers, with its place's name where there is room for it; else ``out`` is told that it failed."""
        names = {text.line(spot.location.name) for spot in mark.spots}
        name = names.pop() if len(names) == 1 else ""
        rows = chip_rows(mark.numbers)
        size = _chip_size(rows)
        named = (size[0] + 3 + text.width(name, SIZE, bold=True), size[1])
        attempts = [named, size] if name and named[0] < 170 else [size]
        # The clock of a planned event stands out of its sign.
        r = mark.r + (3.0 if any(spot.planned for spot in mark.spots) else 1.5)
        for attempt in attempts:
            box = self.room.claim(labels.around(mark.x, mark.y, r, *attempt), gap=0.8)
            if box is not None:
                self._write(mark, box, rows, name, named=attempt != size)
                return
        fits = [(attempt, *fit) for attempt in attempts if (fit := self._with_leader(mark, attempt)) is not None]
        if not fits:
            self.out.failed.append((mark.x, mark.y))
            return
        # Numbers close by, without the name, say more than both far away.
        nearest = min(_length(line) for _, _, line in fits)
        attempt, box, line = next(fit for fit in fits if _length(fit[2]) <= nearest + DETOUR)
        self.room.take(box)
        self.room.segments.append(line)
        self.out.plates.append(Path(rings=(line,), closed=False, stroke=self.style.area, width=0.8, name="Leader"))
        self._write(mark, box, rows, name, named=attempt != size)

    def _with_leader(self, mark: Mark, size: tuple[float, float]) -> tuple[Box, Segment] | None:
        """The nearest room of that size from which a line leads to the mark and meets nothing."""
        own = next(b for b in self.room.boxes if b[0] <= mark.x <= b[2] and b[1] <= mark.y <= b[3])
        for box in labels.far(mark.x, mark.y, mark.r, *size):
            line = labels.leader(box, mark.x, mark.y, mark.r)
            if self.room.free(box, gap=0.8) and self.room.clear(line, own=(own,)):
                return box, line
        return None

    def late_names(self) -> None:
        """Names that found no room together with their numbers, beside the numbers where there is some left."""
        for name, box in self.unnamed:
            half, x, y = text.width(name, SIZE, bold=True) / 2, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            places = ((box[2] + 2 + half, y), (box[0] - 2 - half, y), (x, box[3] + 5), (x, box[1] - 5))
            room = self.room.claim((cx - half, cy - 5, cx + half, cy + 5) for cx, cy in places)
            if room is not None:
                self._name(name, (room[0] + room[2]) / 2, (room[1] + room[3]) / 2, "middle")

    def _write(self, mark: Mark, box: Box, rows: Sequence[str], name: str, *, named: bool) -> None:
        width, height = _chip_size(rows)
        left_of = (box[0] + box[2]) / 2 < mark.x - 2
        x = box[2] - width if left_of else box[0]
        y = (box[1] + box[3]) / 2
        colour = self.style.mark or (mark.spots[0].kinds[0].colour if mark.single else self.style.area)
        chip = (x, y - height / 2, x + width, y + height / 2)
        self._chip(chip, rows, colour)
        if named:
            self._name(name, x - 3 if left_of else x + width + 3, y, "end" if left_of else "start")
        elif name:
            self.unnamed.append((name, chip))

    def _name(self, name: str, x: float, y: float, anchor: Anchor) -> None:
        self.out.named.add(name)
        self.out.plates.append(
            Text(
                x=x, y=y, text=name, size=SIZE, bold=True, colour=self.style.text, halo=self.style.land, anchor=anchor,
                name=f"Place: {name}",
            )
        )  # fmt: skip

    def _chip(self, box: Box, rows: Sequence[str], colour: str, indent: float = 0.0) -> None:
        self.out.plates.append(
            Plate(box=box, fill=self.style.paper, stroke=colour, width=0.9, radius=3, name=f"Number {', '.join(rows)}")
        )
        middle = (box[0] + indent + box[2]) / 2
        top = (box[1] + box[3]) / 2 - (len(rows) - 1) * _LINE / 2
        for index, row in enumerate(rows):
            self.out.plates.append(
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

    def plate(self, spot: Spot, anchors: list[Point]) -> None:
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
        box = self.room.claim(boxes, gap=1.5)
        if box is None:
            box = self._aside(anchors, width + planned, height + planned)
        if box is None:
            self.out.failed.append(anchors[0])
            return
        plate = (box[0], box[1] + planned, box[2] - planned, box[3])
        self._chip(plate, rows, ink(spot, style), indent=signs)
        for index, kind in enumerate(shown):
            at = (plate[0] + 8 + index * 12, (plate[1] + plate[3]) / 2)
            self.out.plates.append(symbol(self.out, spot, kind, at, 4.0, style))
        if spot.planned:
            self.out.features.add("planned")
            self.out.plates += clock(plate[2] - 0.5, plate[1] + 0.5, style)
        if spot.location.precision != "country":
            self._area_name(plate, name, ink(spot, style))

    def _aside(self, anchors: Sequence[Point], width: float, height: float) -> Box | None:
        """Room for a plate outside its area, joined by a line to a dot inside it."""
        colour = self.style.area
        for reach in (60.0, 120.0, 240.0):
            for x, y in anchors:
                if not self.room.free((x - 2, y - 2, x + 2, y + 2)):
                    continue
                for box in labels.far(x, y, 2, width, height, reach=reach):
                    line = labels.leader(box, x, y, 1.5)
                    if self.room.free(box, gap=1) and self.room.clear(line):
                        self.room.take(box)
                        self.room.segments.append(line)
                        self.out.plates.append(
                            Path(rings=(line,), closed=False, stroke=colour, width=0.8, name="Leader")
                        )
                        self.out.plates.append(
                            Circle(x=x, y=y, r=1.6, fill=colour, name="Leader's end, inside the area")
                        )
                        return box
        return None

    def _area_name(self, plate: Box, name: str, colour: str) -> None:
        width = text.width(name, SIZE)
        x, y = (plate[0] + plate[2]) / 2, (plate[1] + plate[3]) / 2
        half = (plate[3] - plate[1]) / 2
        spots = [
            (x - width / 2, y + half + 1, x + width / 2, y + half + 11),
            (x - width / 2, y - half - 11, x + width / 2, y - half - 1),
            (plate[2] + 3, y - 5, plate[2] + 3 + width, y + 5),
            (plate[0] - 3 - width, y - 5, plate[0] - 3, y + 5),
        ]
        box = self.room.claim(spots)
        if box is not None:
            self.out.named.add(name)
            self.out.plates.append(
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


def _length(line: Segment) -> float:
    return math.dist(*line)
