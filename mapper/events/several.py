"""One telling of several places, "protests in Oran on Monday and in Algiers on Tuesday": a draft for each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from mapper.events.dates import Found
from mapper.events.inherit import Draft
from mapper.events.locate import Placing
from mapper.events.when import Dating
from mapper.model import Span, Toponym

_BESIDE = 12  # characters between a place and the day that is said of it alone: " late on "


def drafts_of(
    first: Draft,
    placing: Placing,
    toponyms: Sequence[Toponym],
    times: Sequence[Found],
    dated: Callable[[Sequence[Found]], Dating],
) -> list[Draft]:
    """``first`` once for each place of ``placing``; ``dated`` dates its event by some of the sentence's ``times``."""
    parts = [(part, i) for part in (placing, *placing.others) if (i := part.toponym) is not None]
    if len(parts) < 2:
        return [first]
    drafts = []
    for n, (part, i) in enumerate(parts):
        beside = [other for _, other in parts if other != i]
        names = ", ".join(f'"{toponyms[other].text}"' for other in beside)
        drafts.append(
            replace(
                first,
                places=tuple(replace(p, role="mentioned") if p.toponym in beside else p for p in part.places),
                location=part.location,
                place_why=f"{part.why}; named with {names}, each counted by itself",
                several=True,
                name=toponyms[i] if n else None,
            )
        )
    days = _days([toponyms[i] for _, i in parts], times)
    if sum(map(bool, days)) > 1:
        for d, own in zip(drafts, days, strict=True):
            if own:
                day = dated(own)
                d.date, d.date_why, d.dated = day.date, day.why, day.found is not None
    return drafts


def _days(names: Sequence[Span], times: Sequence[Found]) -> list[list[Found]]:
    """The times that stand beside each name, on its own side of those between two."""
    found: list[list[Found]] = [[] for _ in names]
    for t in times:
        gaps = [max(t.start - name.end, name.start - t.end) for name in names]
        nearest = min(range(len(names)), key=lambda n: (gaps[n], n))
        if 0 <= gaps[nearest] <= _BESIDE:
            found[nearest].append(t)
    return found
