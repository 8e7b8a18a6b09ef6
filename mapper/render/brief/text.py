"""Text for a page: made fit for every format, measured, and broken into lines.

Widths are the larger of Liberation Sans (metrically Arial) and nine tenths of DejaVu Sans, which figures are set in at
that size, so that a line that fits here fits in every output. ``widths.json`` holds them for U+0020 to U+017F in
thousandths of the type size.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from mapper.export.rows import clean

_FIRST = 0x20
_OTHER = 680
_WIDE = 1020
_WIDE_SIGNS = "…—―‰™№"
# Explicit embeddings, overrides and isolates, which could make a line read other than it is written; and the byte order
# mark, which shows nothing and which matplotlib cannot set in a PDF.
_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"\s+")


def line(text: str | None) -> str:
    """The text as one line of printable characters."""
    # Control characters become visible pictures before white space is folded, lest they count as some.
    return _SPACES.sub(" ", _UNSEEN.sub("", clean(text or ""))).strip()


@lru_cache(maxsize=1)
def _widths() -> dict[str, list[int]]:
    widths: dict[str, list[int]] = json.loads(Path(__file__).with_name("widths.json").read_text("ascii"))
    return widths


@lru_cache(maxsize=65536)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the text is at most, in points."""
    table = _widths()["bold" if bold else "regular"]
    total = 0
    for character in text:
        index = ord(character) - _FIRST
        if 0 <= index < len(table) and table[index]:
            total += table[index]
        elif unicodedata.combining(character):
            continue
        elif character in _WIDE_SIGNS or unicodedata.east_asian_width(character) in "WF":
            total += _WIDE
        else:
            total += _OTHER
    return total * size / 1000


def wrap(text: str, room: float, size: float, *, bold: bool = False, most: int | None = None) -> tuple[str, ...]:
    """Lines no wider than ``room``; a word that is wider itself is cut. Past ``most`` lines, an ellipsis."""
    lines: list[str] = []
    current = ""
    for word in text.split(" "):
        for piece in _pieces(word, room, size, bold=bold):
            longer = f"{current} {piece}" if current else piece
            if current and width(longer, size, bold=bold) > room:
                lines.append(current)
                current = piece
            else:
                current = longer
    lines.append(current)
    if most is not None and len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        lines = [*lines[: most - 1], clip(rest, room, size, bold=bold)]
    return tuple(lines)


def _pieces(word: str, room: float, size: float, *, bold: bool) -> list[str]:
    pieces = []
    while len(word) > 1 and width(word, size, bold=bold) > room:
        cut = max(1, next(n for n in range(1, len(word) + 1) if width(word[:n], size, bold=bold) > room) - 1)
        pieces.append(word[:cut])
        word = word[cut:]
    return [*pieces, word]


def clip(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, or as many of its words as fit and an ellipsis."""
    if width(text, size, bold=bold) <= room:
        return text
    words = text.split(" ")
    while len(words) > 1 and width(" ".join(words) + " …", size, bold=bold) > room:
        words.pop()
    shown = " ".join(words)
    if width(shown + " …", size, bold=bold) <= room:
        return shown + " …"
    while shown and width(shown + "…", size, bold=bold) > room:
        shown = shown[:-1]
    return shown + "…"


def excerpt(text: str, start: int, length: int) -> str:
    """About ``length`` characters of ``text`` that hold offset ``start``, whole words, ellipses where it is cut."""
    if len(text) <= length:
        return text
    left = 0 if start < length * 0.7 else max(0, start - length // 3)
    if left:
        space = text.find(" ", left)
        left = space + 1 if 0 <= space < start else left
    right = min(len(text), left + length)
    if right < len(text):
        space = text.rfind(" ", left + 1, right)
        right = space if space > start else right
    return ("… " if left else "") + text[left:right].rstrip(" ,;:") + (" …" if right < len(text) else "")
