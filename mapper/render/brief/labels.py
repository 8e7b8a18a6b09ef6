"""Room on the map: what is taken, and where a label may still stand. Nothing placed through here ever overlaps."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from mapper.render.brief.shapes import Box, Point

Segment = tuple[Point, Point]


class Room:
    """The boxes and lines that are taken inside a frame."""

    def __init__(self, frame: Box) -> None:
        self.frame = frame
        self.boxes: list[Box] = []
        self.segments: list[Segment] = []

    def free(self, box: Box, *, gap: float = 0.0) -> bool:
        """Whether the box lies inside the frame and touches nothing that is taken."""
        left, top, right, bottom = box[0] - gap, box[1] - gap, box[2] + gap, box[3] + gap
        frame = self.frame
        if box[0] < frame[0] or box[1] < frame[1] or box[2] > frame[2] or box[3] > frame[3]:
            return False
        if any(left < b[2] and right > b[0] and top < b[3] and bottom > b[1] for b in self.boxes):
            return False
        return not any(crosses((left, top, right, bottom), segment) for segment in self.segments)

    def take(self, box: Box) -> None:
        self.boxes.append(box)

    def claim(self, boxes: Iterable[Box], *, gap: float = 0.0) -> Box | None:
        """The first of the boxes that is free, taken; None where none is."""
        for box in boxes:
            if self.free(box, gap=gap):
                self.boxes.append(box)
                return box
        return None

    def clear(self, segment: Segment, *, own: Iterable[Box] = ()) -> bool:
        """Whether a leader line would cross nothing that is taken but the boxes that it joins."""
        joined = set(own)
        if any(crosses(box, segment) for box in self.boxes if box not in joined):
            return False
        return not any(_meet(segment, other) for other in self.segments)


def around(x: float, y: float, r: float, width: float, height: float) -> Iterator[Box]:
    """Boxes beside a mark of radius ``r``, best first: right, left, above, below, then the corners."""
    w, h, d = width / 2, height / 2, r * 0.72
    for cx, cy in (
        (x + r + w, y), (x - r - w, y), (x, y - r - h), (x, y + r + h),
        (x + d + w, y - d - h), (x + d + w, y + d + h), (x - d - w, y - d - h), (x - d - w, y + d + h),
        (x + w * 0.6, y - r - h), (x - w * 0.6, y - r - h), (x + w * 0.6, y + r + h), (x - w * 0.6, y + r + h),
    ):  # fmt: skip
        yield cx - w, cy - h, cx + w, cy + h


def far(x: float, y: float, r: float, width: float, height: float, *, reach: float = 150.0) -> Iterator[Box]:
    """Boxes on ever wider rings around a mark, to be joined to it by a leader line."""
    w, h = width / 2, height / 2
    distance = r + 12.0
    while distance <= reach:
        for step in range(16):
            angle = step * math.pi / 8 + (math.pi / 16 if int(distance) % 2 else 0)
            cx, cy = x + (distance + w * abs(math.cos(angle))) * math.cos(angle), y + (distance + h) * math.sin(angle)
            yield cx - w, cy - h, cx + w, cy + h
        distance += 9.0


def leader(box: Box, x: float, y: float, r: float) -> Segment:
    """From the edge of the box that is nearest to a mark to the edge of the mark."""
    start = min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])
    length = math.hypot(start[0] - x, start[1] - y) or 1.0
    return start, (x + (start[0] - x) * r / length, y + (start[1] - y) * r / length)


def crosses(box: Box, segment: Segment) -> bool:
    """Whether a line touches the inside of a box (Liang and Barsky's clipping)."""
    (x0, y0), (x1, y1) = segment
    dx, dy = x1 - x0, y1 - y0
    enter, leave = 0.0, 1.0
    for p, q in ((-dx, x0 - box[0]), (dx, box[2] - x0), (-dy, y0 - box[1]), (dy, box[3] - y0)):
        if p == 0:
            if q <= 0:
                return False
        elif p < 0:
            enter = max(enter, q / p)
        else:
            leave = min(leave, q / p)
    return enter < leave - 1e-9


def _meet(a: Segment, b: Segment) -> bool:
    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(*a, b[0]) * side(*a, b[1]) < 0 and side(*b, a[0]) * side(*b, a[1]) < 0
