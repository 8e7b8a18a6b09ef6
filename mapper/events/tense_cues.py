"""Whether a date looks back or ahead, guessed from the words around it, for sentences that were not parsed."""

from __future__ import annotations

import re
from typing import Literal

Direction = Literal["past", "future"]

_AHEAD = re.compile(
    r"\b(?:will|shall|would|won't|due|scheduled|expected|plan(?:s|ned)?|upcoming|slated|set|going|intends?|about|aims?|"
    r"ahead|to be|is to|are to|deadline|as (?:early|soon) as|effective|takes effect|payable|expires?|extended to|"
    r"prepar(?:es?|ing)|until next|may|might|can|could|must|to \w+ (?:by|on|in|from))\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\b(?:was|were|had|has|have|did|said|told|after|since|ago|killed|\w{3,}ed)\b", re.IGNORECASE)


def guess_direction(text: str, start: int, end: int) -> Direction:
    """Which way an expression looks, from the words around it: for sentences that were not parsed."""
    left = max(text.rfind(stop, max(0, start - 200), start) for stop in (". ", "\n", "? ", ";")) + 1
    right = min((p for s in (". ", "\n", "? ") if (p := text.find(s, end, end + 120)) >= 0), default=end + 80)
    before, after = text[max(left, start - 120) : start], text[end:right]
    ahead = max((m.start() for m in _AHEAD.finditer(before)), default=-1)
    behind = max((m.start() for m in _BEHIND.finditer(before)), default=-1)
    if ahead < 0 and behind < 0:
        return "future" if re.match(r"[^.]{0,40}\b(?:will|is to|are to|going to)\b", after) else "past"
    if re.match(r"(?:'|’)s\b", after):
        return "past"  # "Wednesday's ruling" is known already
    return "future" if ahead >= behind else "past"
