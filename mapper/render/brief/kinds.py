"""Event types as signs: a colour by family and a shape by type, the same as on the HTML map (its ``types.js``).

Paper may be grey, so that a family is told by a small detail inside the sign as well: no two types have the same shape
and detail.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from mapper.render.brief.shapes import Box, Point
from mapper.render.brief.text import line

FAMILIES: Final = {
    "force": "#b0202e",
    "pressure": "#c46a00",
    "protest": "#7a3ea1",
    "cooperation": "#1769aa",
    "politics": "#00776b",
    "harm": "#6d4a1f",
    "other": "#59626d",
}
DETAILS: Final = {"pressure": "dot", "other": "dot", "cooperation": "bar", "politics": "post"}
"""What is left white inside the signs of a family; the others are whole."""
TYPES: Final[dict[str, tuple[str, str, str]]] = {
    "ASSAULT": ("Attack", "force", "circle"),
    "MOBILIZE": ("Deployment", "force", "up"),
    "COERCE": ("Coercion", "force", "square"),
    "THREATEN": ("Threat", "pressure", "up"),
    "SANCTION": ("Sanction", "pressure", "square"),
    "ACCUSE": ("Accusation", "pressure", "diamond"),
    "REJECT": ("Refusal", "pressure", "cross"),
    "REQUEST": ("Demand, appeal", "pressure", "down"),
    "PROTEST": ("Protest", "protest", "star"),
    "AGREE": ("Agreement", "cooperation", "circle"),
    "CONSULT": ("Talks, visit", "cooperation", "square"),
    "SUPPORT": ("Support", "cooperation", "up"),
    "COOPERATE": ("Cooperation", "cooperation", "hexagon"),
    "AID": ("Aid", "cooperation", "cross"),
    "CONCEDE": ("Concession", "cooperation", "down"),
    "RETREAT": ("Withdrawal", "cooperation", "diamond"),
    "ELECTION": ("Election", "politics", "square"),
    "LEADERSHIP_CHANGE": ("Change of leader", "politics", "star"),
    "CEREMONY": ("Ceremony", "politics", "hexagon"),
    "DISASTER": ("Disaster", "harm", "diamond"),
    "ACCIDENT": ("Accident", "harm", "cross"),
    "OTHER": ("Other", "other", "circle"),
}
"""Label, family and shape, in the order of the legend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How an event type is called and drawn."""

    code: str
    label: str
    colour: str
    shape: str
    detail: str
    rank: int


def kind(code: str) -> Kind:
    """The sign of a type; a type that is not known is a grey hexagon under its own name."""
    if code in TYPES:
        label, family, shape = TYPES[code]
        rank = list(TYPES).index(code)
    else:
        label, family, shape = line(code.replace("_", " ")).lower(), "other", "hexagon"
        rank = len(TYPES)
    return Kind(
        code=code, label=label, colour=FAMILIES[family], shape=shape, detail=DETAILS.get(family, ""), rank=rank
    )  # fmt: skip


def outline(shape: str, x: float, y: float, r: float) -> tuple[Point, ...]:
    """The corners of a sign's shape. A circle has none."""
    if shape == "square":
        a = r * 0.88
        return ((x - a, y - a), (x + a, y - a), (x + a, y + a), (x - a, y + a))
    if shape == "cross":
        a, b = r * 1.1, r * 0.42
        corners = (
            (-b, -a), (b, -a), (b, -b), (a, -b), (a, b), (b, b), (b, a), (-b, a), (-b, b), (-a, b), (-a, -b), (-b, -b),
        )  # fmt: skip
        return tuple((x + dx, y + dy) for dx, dy in corners)
    polygons = {
        "diamond": (4, 1.22, 0.0, 1.22),
        "up": (3, 1.28, -math.pi / 2, 1.28),
        "down": (3, 1.28, math.pi / 2, 1.28),
        "hexagon": (6, 1.08, 0.0, 1.08),
        "star": (5, 1.34, -math.pi / 2, 0.6),
    }
    if shape not in polygons:
        return ()
    corners_n, outer, turn, inner = polygons[shape]
    steps = corners_n if inner == outer else corners_n * 2
    return tuple(
        (
            x + r * (inner if k % 2 and inner != outer else outer) * math.cos(turn + k * 2 * math.pi / steps),
            y + r * (inner if k % 2 and inner != outer else outer) * math.sin(turn + k * 2 * math.pi / steps),
        )
        for k in range(steps)
    )


def detail_box(detail: str, shape: str, x: float, y: float, r: float) -> Box | None:
    """Where a sign's detail lies: a round one for a dot, else a bar. None for a sign that is whole."""
    if not detail:
        return None
    half_width, half_height = {"dot": (0.3, 0.3), "bar": (0.52, 0.15), "post": (0.15, 0.52)}[detail]
    # A triangle's middle lies towards its broad side.
    y += {"up": 0.18, "down": -0.18}.get(shape, 0.0) * r
    return x - r * half_width, y - r * half_height, x + r * half_width, y + r * half_height
