"""The reliability plot: how often answers of each confidence are right, as an SVG picture without any library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PICTURE = Path(__file__).with_name("reliability.svg")

_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")
_MARKS = ("circle", "square", "diamond", "triangle")
_LEFT, _TOP, _SIZE = 56, 16, 320


@dataclass(frozen=True, slots=True)
class Tenth:
    """Answers whose confidence lies in one tenth: how many, their mean confidence, and the share that is right."""

    low: float
    count: int
    mean: float
    right: float


def picture(curves: Mapping[str, Sequence[Tenth]]) -> str:
    """An SVG with one line for each corpus; the diagonal is perfect. A mark grows with the number of its answers."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LEFT + _SIZE + 200}" height="{_TOP + _SIZE + 56}">',
        "<style>text { font: 12px sans-serif }</style>",
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for step in range(0, 11, 2):
        at = step / 10
        x, y = _at(at, at)
        parts.append(f'<path d="M{_LEFT} {y:.1f}h{_SIZE}M{x:.1f} {_TOP}v{_SIZE}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{_TOP + _SIZE + 16}" text-anchor="middle">{at:.1f}</text>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{at:.1f}</text>')
    parts.append(f'<path d="M{_LEFT} {_TOP + _SIZE}L{_LEFT + _SIZE} {_TOP}" stroke="#888" stroke-dasharray="4 4"/>')
    middle = _LEFT + _SIZE / 2
    parts.append(f'<text x="{middle}" y="{_TOP + _SIZE + 40}" text-anchor="middle">mean confidence</text>')
    turned = f"translate(14 {_TOP + _SIZE / 2}) rotate(-90)"
    parts.append(f'<text transform="{turned}" text-anchor="middle">share that is right</text>')
    for number, (name, tenths) in enumerate(curves.items()):
        colour, mark = _COLOURS[number % 4], _MARKS[number % 4]
        points = [(*_at(tenth.mean, tenth.right), tenth.count) for tenth in tenths]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        parts += [_mark(mark, x, y, min(3 + count**0.5 / 4, 10), colour) for x, y, count in points]
        x, y = _LEFT + _SIZE + 20, _TOP + 16 + 22 * number
        parts.append(_mark(mark, x, y, 5, colour))
        parts.append(f'<text x="{x + 12}" y="{y + 4}">{name}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _at(x: float, y: float) -> tuple[float, float]:
    return _LEFT + x * _SIZE, _TOP + (1 - y) * _SIZE


def _mark(kind: str, x: float, y: float, r: float, colour: str) -> str:
    shapes = {
        "circle": f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"',
        "square": f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r:.1f}" height="{2 * r:.1f}"',
        "diamond": f'<path d="M{x:.1f} {y - r:.1f}l{r:.1f} {r:.1f}l{-r:.1f} {r:.1f}l{-r:.1f} {-r:.1f}z"',
        "triangle": f'<path d="M{x:.1f} {y - r:.1f}l{r:.1f} {2 * r:.1f}h{-2 * r:.1f}z"',
    }
    return f'{shapes[kind]} fill="{colour}" fill-opacity="0.75"/>'


def write_picture(curves: Mapping[str, Sequence[Tenth]], path: Path = PICTURE) -> None:
    """Write the plot beside the report."""
    path.write_text(picture(curves), encoding="utf-8", newline="\n")
