"""Enumerations that a name stands in: what leads up to the first item tells of all, and so does what follows the last
("settlements of Arbil, Jobar (twice) and Douma", "Becker, Clay and Wilkin counties")."""

from __future__ import annotations

from dataclasses import dataclass

from mapper.geoparse.text import Words, word_set

MOST = 10
"""Items that are walked over to either side."""

_JOINING = word_set("and or as well")
_ARTICLES = word_set("al el as ad ar an ash at az")


@dataclass(frozen=True, slots=True)
class Listing:
    """Items before and after the name, and the words at the ends of the enumeration: empty where there is none."""

    before: int
    after: int
    lead: str
    """The word before the first item."""
    lead_two: str
    """The two words before it."""
    head: str
    """The word after the last item."""


def listing(words: Words, first: int, last: int) -> Listing:
    """The enumeration that words ``first`` to ``last`` are an item of."""
    start, before = first, 0
    while before < MOST:
        previous = _item_before(words, start)
        if previous is None:
            break
        start, before = previous, before + 1
    end, after = last, 0
    while after < MOST:
        following = _item_after(words, end)
        if following is None:
            break
        end, after = following, after + 1
    if not before + after:
        return Listing(0, 0, "", "", "")
    lead = words.lower[start - 1] if start and "\n" not in words.gap(start) else "<s>"
    second = words.lower[start - 2] if start > 1 else "<s>"
    spaced = end < len(words) and words.gap(end) == " "
    return Listing(before, after, lead, f"{second} {lead}", words.lower[end] if spaced else "")


def _item_before(words: Words, start: int) -> int | None:
    """Where the item begins that stands before word ``start`` in an enumeration."""
    at = start
    while at > 1 and words.gap(at) == " " and words.lower[at - 1] in _JOINING and not words.capital[at - 1]:
        at -= 1
    if at < 1:
        return None
    gap = words.gap(at).strip()
    item = at - 1
    if gap in ("),", ")"):
        # A remark in brackets belongs to the item: "Jobar (five times), Douma".
        opening = next((k for k in range(item, max(item - 5, 0), -1) if words.gap(k) == " ("), None)
        if opening is None:
            return None
        item = opening - 1
    elif gap not in (",", ", ") and at == start:
        return None
    if "\n" in words.gap(at) or not words.capital[item]:
        return None
    while (
        item > 0
        and at - item < 6
        and words.gap(item) in (" ", "-", "-‘", "-'")
        and (words.capital[item - 1] or (words.gap(item) != " " and words.lower[item - 1] in _ARTICLES))
    ):
        item -= 1
    return item


def _item_after(words: Words, end: int) -> int | None:
    """Where the item ends that follows word ``end`` (exclusive) in an enumeration."""
    n = len(words)
    at = end
    if at >= n or "\n" in words.gap(at):
        return None
    gap = words.gap(at)
    if gap == " (":
        closing = next((k for k in range(at + 1, min(at + 5, n)) if words.gap(k).startswith(")")), None)
        if closing is None:
            return None
        at = closing
        gap = words.gap(at)[1:]
    comma = gap.strip() == ","
    joined = False
    while at < n - 1 and words.lower[at] in _JOINING and not words.capital[at]:
        at, joined = at + 1, True
    if not (comma or joined) or at >= n:
        return None
    if words.lower[at] in _ARTICLES and at + 1 < n and words.gap(at + 1)[:1] == "-":
        at += 1
    if not words.capital[at]:
        return None
    at += 1
    while at < n and at - end < 8 and words.gap(at) in (" ", "-", "-‘", "-'") and words.capital[at]:
        at += 1
    return at
