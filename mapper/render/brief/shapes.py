"""What a laid-out page is made of. Lengths are points (1/72 inch) from the page's top left corner, y downwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

Dash = Literal["solid", "dash", "dot"]
DASHES: dict[Dash, tuple[float, float] | None] = {"solid": None, "dash": (4.0, 2.5), "dot": (1.2, 2.2)}
"""On and off, in points."""

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """Rings (filled even-odd) or, where not ``closed``, lines. ``name`` is what a slide's selection pane lists."""

    rings: tuple[tuple[Point, ...], ...]
    closed: bool = True
    fill: str | None = None
    stroke: str | None = None
    width: float = 0.5
    dash: Dash = "solid"
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """An event's sign, by its type's ``shape`` and ``detail``; hollow where the place is inferred."""

    x: float
    y: float
    r: float
    shape: str
    colour: str
    paper: str
    detail: str = ""
    hollow: bool = False
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """A circle, such as the ring of a place known only nearly."""

    x: float
    y: float
    r: float
    fill: str | None = None
    stroke: str | None = None
    width: float = 1.0
    dash: Dash = "solid"
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """A rectangle, its corners rounded by ``radius``."""

    box: Box
    fill: str | None = None
    stroke: str | None = None
    width: float = 1.0
    radius: float = 0.0
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One line of text, centred vertically on ``y``; ``anchor`` says which part of it ``x`` is. ``halo``: a colour."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    bold: bool = False
    italic: bool = False
    anchor: Anchor = "start"
    halo: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table's cell: its text, and the same broken into lines that fit its column."""

    text: str
    lines: tuple[str, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A table's row, ``height`` points high; ``heading`` rows are set off."""

    cells: tuple[Cell, ...]
    height: float
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The numbered key: ``widths`` of its columns, rows from ``y`` down."""

    x: float
    y: float
    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    size: float
    colour: str
    muted: str
    line: str

    @property
    def height(self) -> float:
        return sum(row.height for row in self.rows)


Item = Path | Symbol | Circle | Plate | Text | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Items that belong together under one name, such as the base map."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A sheet: what is on it, from the bottom up, and its description in words for those who do not see it."""

    width: float
    height: float
    paper: str
    items: tuple[Item | Group, ...]
    description: str

    def flat(self) -> list[Item]:
        """Every item, groups dissolved, in drawing order."""
        found: list[Item] = []
        for item in self.items:
            if isinstance(item, Group):
                found += item.items
            else:
                found.append(item)
        return found
