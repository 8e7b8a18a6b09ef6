"""How many, as news says it: "12", "twenty-four", "at least 1,200", "between 12 and 15", "dozens", as a range."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mapper.events.months import ONES, TEENS, TENS

_UNITS = {"zero": 0, **ONES, **TEENS, **TENS}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
# What is left vague, as the least and the most that the word can fairly mean.
_VAGUE = {
    "dozens": (24, 99), "scores": (40, 199), "hundreds": (200, 999), "thousands": (2_000, 9_999),
    "several": (3, 9), "tens of thousands": (20_000, 99_999), "hundreds of thousands": (200_000, 999_999),
}  # fmt: skip
_LEAST = {"at least", "no fewer than", "no less than", "not less than"}
_ABOVE = {"more than", "over", "upwards of"}
_MOST = {"up to", "as many as", "at most"}
_BELOW = {"fewer than", "less than", "under"}
_ABOUT = {"about", "around", "some", "nearly", "almost", "roughly", "an estimated", "approximately"}

_SMALL = "|".join(sorted(_UNITS, key=lambda w: (-len(w), w)))
_WORDS = (
    rf"(?:(?:{_SMALL})(?:[- ](?:{_SMALL}))?|a)(?:[ ](?:hundred|thousand|million))*"
    rf"(?:(?<=[dn])[ ](?:and[ ])?(?:{_SMALL})(?:-(?:{_SMALL}))?)?"
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?![\d,])|\d{1,9}(?!\d)"
_ONE = rf"(?:(?:{_DIGITS})(?:[ ](?:hundred|thousand|million))?|(?:a|two|three|four|five|six|ten)[ ]dozen|{_WORDS})"
_QUALIFIED = "|".join(
    sorted((re.escape(q) for q in _LEAST | _ABOVE | _MOST | _BELOW | _ABOUT), key=lambda w: (-len(w), w))
)
_VAGUELY = "|".join(sorted(map(re.escape, _VAGUE), key=lambda w: (-len(w), w)))
_QUANTITY = re.compile(
    rf"(?<![\w$€£.,/-])(?:(?P<qualifier>{_QUALIFIED})[ ])?"
    rf"(?:(?P<vague>{_VAGUELY})(?![-\w])(?:[ ]of(?=[ ]))?"
    rf"|(?:between[ ])?(?P<low>{_ONE})(?:(?:[ ](?:to|or|and)[ ]|[-–])(?P<high>{_ONE}))?)"
    r"(?![-\w%]|[.,]\d|[ ]per[ ]?cent)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as said: code points ``start`` to ``end``, the least and the most it may be (None: not said)."""

    start: int
    end: int
    low: int | None
    high: int | None
    qualifier: str


def quantities(text: str) -> list[Quantity]:
    """Every quantity of a text, in order. A lone article ("a man") is none."""
    flat = re.sub(r"\s", " ", text)
    return [found for match in _QUANTITY.finditer(flat) if (found := _read(match)) is not None]


def _read(match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    qualifier = (match["qualifier"] or "").lower()
    if match["vague"]:
        low, high = _VAGUE[match["vague"].lower()]
        return Quantity(start, end, low, high, (qualifier + " " + match["vague"].lower()).strip())
    if match["low"].lower() == "a":
        return None
    first = value_of(match["low"])
    if first is None:
        return None
    last = value_of(match["high"]) if match["high"] else None
    joined = match[0][match.end("low") - start : match.start("high") - start].strip().lower() if match["high"] else ""
    spoken = match[0].lower().startswith((qualifier + " between").strip()) if joined == "and" else True
    if last is not None and (last <= first or not spoken):
        # "two and three": not one number; what stands first is read alone
        return _qualified(start, match.end("low"), first, qualifier)
    if last is not None:
        return Quantity(start, end, first, last, qualifier)
    return _qualified(start, end, first, qualifier)


def _qualified(start: int, end: int, n: int, qualifier: str) -> Quantity:
    if qualifier in _LEAST:
        return Quantity(start, end, n, None, qualifier)
    if qualifier in _ABOVE:
        return Quantity(start, end, n + 1, None, qualifier)
    if qualifier in _MOST:
        return Quantity(start, end, None, n, qualifier)
    if qualifier in _BELOW:
        return Quantity(start, end, None, max(0, n - 1), qualifier)
    return Quantity(start, end, n, n, qualifier)


def value_of(said: str) -> int | None:
    """The value of a number in digits or English words; None for anything else."""
    words = said.lower().replace("-", " ").split()
    total = current = 0
    seen = False
    for word in words:
        plain = word.replace(",", "")
        if plain.isascii() and plain.isdecimal():
            current, seen = current + int(plain), True
        elif word in _UNITS:
            current, seen = current + _UNITS[word], True
        elif word == "a":
            current, seen = current + 1, True
        elif word == "dozen":
            current = max(1, current) * 12
        elif word == "hundred":
            current = max(1, current) * 100
        elif word in _SCALES:
            total, current = total + max(1, current) * _SCALES[word], 0
        elif word != "and":
            return None
    return total + current if seen else None
