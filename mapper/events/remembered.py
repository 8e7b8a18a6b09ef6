"""Events that a text only looks back on: "50 years since the massacre", "the anniversary of the revolt"."""

from __future__ import annotations

from mapper.events.lexicon import word_set
from mapper.events.months import NUMBERS
from mapper.events.syntax import Sentence, Token

_LONG = word_set("year years decade decades century centuries")
_DAYS = {"day": 1, "week": 7, "month": 30}
_OCCASIONS = word_set("anniversary anniversaries centenary bicentenary jubilee commemoration remembrance memory")
_LINKS = frozenset({"since", "after", "of", "from"})
_NEAR = 4  # words between the span of time, or the occasion, and what links the event to it


def remembered(s: Sentence, i: int) -> bool:
    """Whether token ``i`` stands below a link such as "years since" or "anniversary of"."""
    return _occasion(s, i) is not None


def years_since(s: Sentence, i: int) -> int | None:
    """How many years before publication token ``i`` was, by "ten years since the war"; None where not said."""
    occasion = _occasion(s, i)
    if occasion is None or occasion.lower not in _LONG:
        return None
    number = s.child(occasion.i, "nummod") or (s.tokens[occasion.i - 1] if occasion.i else None)
    if number is None:
        return None
    value = NUMBERS.get(number.lower, int(number.lower) if number.lower.isdecimal() else 0)
    value *= {"decade": 10, "century": 100}.get(occasion.lower[:-1] if occasion.lower[-1] == "s" else occasion.lower, 1)
    value *= 100 if occasion.lower == "centuries" else 1
    return value if 0 < value < 500 else None


def days_before(s: Sentence, i: int) -> int | None:
    """How many days before the rest of its sentence token ``i`` was: "two days after the bombing"; None if not said."""
    for above in (s.tokens[i], *s.ancestors(i)):
        for link in (above, *s.children(above.i, "mark")):
            if link.lower not in {"after", "since"} or link.i >= i or link.i < 2:
                continue
            unit, number = s.tokens[link.i - 1].lower.rstrip("s"), s.tokens[link.i - 2].lower
            if unit in _DAYS:
                value = NUMBERS.get(number, int(number) if number.isdecimal() else 1 if number in {"a", "the"} else 0)
                return value * _DAYS[unit] if value > 0 else None
    return None


def _occasion(s: Sentence, i: int) -> Token | None:
    """The span of years or the occasion that an event is told by.

    Goes by the order of words beside the tree: parsers hang "since" now on the years, now on the verb.
    """
    for above in (s.tokens[i], *s.ancestors(i)):
        links = [above, *s.children(above.i, "mark")]
        for link in links:
            if link.lower not in _LINKS or link.i >= i:
                continue
            for before in reversed(s.tokens[max(0, link.i - _NEAR) : link.i]):
                if before.lower in _OCCASIONS and link.lower == "of":
                    return before
                # "ten years after the coup", "ten years of unrest after the coup"
                spanning = before.i == link.i - 1 or s.tokens[before.i + 1].lower == "of"
                if before.lower in _LONG and link.lower != "of" and spanning:
                    return before
                if before.tag.startswith("VB") or before.lower in {",", "and"}:
                    break
    return None
