"""Which events are compared at all: those of one article, and those of one kind, country and time.

Blocks keep the work near-linear: 100,000 articles never compare all pairs of their events.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from mapper.events.key import Key
from mapper.events.plover import FAMILIES

WINDOW = 3
"""Days to a block."""
LIMIT = 200
"""Events compared pairwise in one block; in a larger one each only with its neighbours by place, type and day."""
_LONG = 31  # days beyond which an interval shares a block only with its equals


def blocks_of(k: Key) -> Iterator[tuple[object, ...]]:
    """The names of an event's blocks: family, country and window of days; and within one article, family alone."""
    family = FAMILIES.get(k.type, k.type)
    yield ("article", family, k.article)
    if k.place is None or k.days is None:
        return  # neither where nor when: too little to join events of different articles
    where = k.country or k.place
    first, last = k.days
    if last - first > _LONG:
        yield ("long", family, where, first, last)
        return
    for window in range(first // WINDOW, last // WINDOW + 1):
        yield ("day", family, where, window)
    if first // WINDOW == last // WINDOW and (first % WINDOW == 0 or last % WINDOW == WINDOW - 1):
        side = first // WINDOW - 1 if first % WINDOW == 0 else last // WINDOW + 1
        yield ("day", family, where, side)


def compared(block: Sequence[int], key: Callable[[int], Key]) -> Iterator[tuple[int, int]]:
    """The pairs of a block that are worth a look, the smaller number first."""
    order: Sequence[int] = block
    reach = len(order)
    if len(order) > LIMIT:
        # A crowded block: neighbours by place, type and day carry nearly all true pairs.
        def beside(i: int) -> tuple[str, str, tuple[int, int], int]:
            k = key(i)
            return k.place or "", k.type, k.days or (0, 0), i

        order = [i for *_, i in sorted(map(beside, block))]
        reach = LIMIT // 4
    for n, a in enumerate(order):
        for b in order[n + 1 : n + 1 + reach]:
            yield (a, b) if a < b else (b, a)
