"""How briefing material looks: three restrained styles that hold without colour vision and on a grey printer.

Event types differ by shape as well as by colour, areas by hatching as well as by outline, so that nothing is told by
colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Colours as ``#rrggbb``. ``mark``: the one colour of all signs, None for each type's own."""

    paper: str
    sea: str
    land: str
    coast: str
    border: str
    admin1: str
    lake: str
    text: str
    muted: str
    quiet: str
    water_text: str
    line: str
    area: str
    mark: str | None = None


STYLES: Final[dict[str, Style]] = {
    "plain": Style(
        paper="#ffffff", sea="#dfe8ee", land="#f7f6f2", coast="#8b98a3", border="#9a9a94", admin1="#d5d3cb",
        lake="#dfe8ee", text="#1d2329", muted="#59626d", quiet="#6f7780", water_text="#4d6a80", line="#c9ced3",
        area="#3d4650",
    ),
    "atlas": Style(
        paper="#ffffff", sea="#dbe8ea", land="#f4ecd8", coast="#7e8f92", border="#a08a63", admin1="#ddcfae",
        lake="#dbe8ea", text="#2a241b", muted="#5f5646", quiet="#75694f", water_text="#416a73", line="#d6cab0",
        area="#4a4030",
    ),
    "ink": Style(
        paper="#ffffff", sea="#e6e6e6", land="#ffffff", coast="#6e6e6e", border="#8c8c8c", admin1="#d4d4d4",
        lake="#e6e6e6", text="#111111", muted="#4d4d4d", quiet="#6a6a6a", water_text="#555555", line="#bfbfbf",
        area="#222222", mark="#111111",
    ),
}  # fmt: skip
"""By name: ``plain`` for screens, ``atlas`` with a warmer ground, ``ink`` in greys alone for copiers."""


def style(name: str) -> Style:
    """Raises ``ValueError`` naming the known styles."""
    if name not in STYLES:
        raise ValueError(f"{name}: no such style; there are {', '.join(STYLES)}")
    return STYLES[name]
