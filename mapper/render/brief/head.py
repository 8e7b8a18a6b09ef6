"""Head and foot of a page: title, marking, sources, counts, credits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mapper.render import marking
from mapper.render.brief import text
from mapper.render.brief.entries import Briefing
from mapper.render.brief.shapes import Group, Item, Plate, Text
from mapper.render.brief.styles import Style

EDGE = 28.0
"""Of the page, in points: nothing is nearer to it."""
FOOT = 34.0
"""Height of the foot, in points."""
_SMALL = 7.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands above and below the map on a page that is ``width`` points wide."""

    width: float
    style: Style
    title: str
    subtitle: str
    as_of: str
    tlp: str | None
    sources: Sequence[str]
    credits: Sequence[str]
    briefing: Briefing
    articles: int
    changes: str = ""

    @property
    def height(self) -> float:
        """Of the head, in points."""
        return 74.0 if self.subtitle else 60.0

    def head(self, suffix: str = "") -> list[Item | Group]:
        style = self.style
        items: list[Item | Group] = []
        room = self.width - 2 * EDGE
        if self.tlp is not None:
            width = text.width(self.tlp, 12, bold=True) + 14
            box = (self.width - EDGE - width, 20.0, self.width - EDGE, 42.0)
            items.append(Plate(box=box, fill="#000000", name="TLP marking"))
            items.append(
                Text(
                    x=(box[0] + box[2]) / 2,
                    y=31,
                    text=self.tlp,
                    size=12,
                    bold=True,
                    anchor="middle",
                    colour=marking.TLP[self.tlp.removeprefix("TLP:")],
                    name="TLP",
                )
            )
            room -= width + 14
        title = f"{self.title} – {suffix}" if suffix else self.title
        items.append(
            Text(
                x=EDGE,
                y=34,
                text=text.clip(title, room, 22, bold=True),
                size=22,
                bold=True,
                colour=style.text,
                name="Title",
            )
        )
        if self.subtitle:
            words = text.clip(self.subtitle, room, 12)
            items.append(Text(x=EDGE, y=57, text=words, size=12, colour=style.muted, name="Subtitle"))
        return items

    def foot(self, height: float) -> list[Item | Group]:
        style = self.style
        room = self.width - 2 * EDGE
        counts = [count(len(self.briefing.entries), "event")]
        if self.briefing.unplaced:
            counts.append(f"{len(self.briefing.unplaced)} without a place")
        if self.briefing.left_out:
            counts.append(f"{self.briefing.left_out} more (background, denied or hypothetical) left out")
        as_of = f"As of {self.as_of}. " if self.as_of else ""
        counted = f"{as_of}{count(self.articles, 'article')}; {', '.join(counts)}.{self.changes and ' ' + self.changes}"
        second = (
            " · ".join(self.credits)
            + ". Borders and names take no position. Events found and placed by a program: read the evidence first."
        )
        right = text.width(counted, _SMALL)
        items: list[Item | Group] = [
            Text(
                x=self.width - EDGE, y=height - 23, text=counted, size=_SMALL, colour=style.muted, anchor="end",
                name="As of",
            ),
            Text(
                x=EDGE, y=height - 11, text=text.clip(second, room, _SMALL), size=_SMALL, colour=style.muted,
                name="Attribution",
            ),
        ]  # fmt: skip
        if self.sources:
            words = listed(self.sources, room - right - 16, _SMALL)
            items.insert(0, Text(x=EDGE, y=height - 23, text=words, size=_SMALL, colour=style.muted, name="Sources"))
        return items


def count(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def listed(names: Sequence[str], room: float, size: float) -> str:
    """As many of the names as fit, and how many more there are."""
    whole = f"Sources: {'; '.join(names)}"
    if text.width(whole, size) <= room:
        return whole
    for kept in range(len(names) - 1, 0, -1):
        some = f"Sources: {'; '.join(names[:kept])} and {len(names) - kept} more, all in the key"
        if text.width(some, size) <= room:
            return some
    return text.clip(f"{count(len(names), 'source')}, all in the key", room, size)
