"""What stands on the map, before and after it is drawn: marks of events, and the items that come of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from mapper.render.brief.entries import Entry, Spot, ranges
from mapper.render.brief.shapes import Item, Point
from mapper.render.brief.styles import Style

SIGN = 5.0
"""Radius of a sign in points."""
SIZE = 8.0
"""Type size of numbers and place names on the map, in points."""


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


def listed(numbers: Sequence[int]) -> str:
    """The numbers in words, as a description has them."""
    return "Number " + ", ".join(ranges(numbers))
