"""One laid-out scene from which every output is drawn, so that a slide, a picture and a document say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from mapper.model import EventMap, Status
from mapper.render import about, marking
from mapper.render.brief import areas, entries, furniture, ground, key, labels, marks, mentions, text
from mapper.render.brief.entries import Briefing, Entry
from mapper.render.brief.labels import Room
from mapper.render.brief.shapes import Box, Circle, Group, Item, Page, Plate, Text
from mapper.render.brief.styles import Style
from mapper.render.brief.styles import style as style_of
from mapper.render.brief.view import Extent, View, choose

SLIDE = 960.0, 540.0
"""Width and height of a 16:9 slide, 13 1/3 by 7 1/2 inches, in points."""
A4 = 841.9, 595.3
"""Width and height of a landscape A4 sheet, in points."""
_EDGE = 28.0
_KEY = 0.37
_FOOT = 34.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The pages, and what is on them in words. ``key_pages``: how many of the pages hold nothing but the key."""

    title: str
    subtitle: str
    as_of: str
    tlp: str | None
    pages: tuple[Page, ...]
    briefing: Briefing
    outside: tuple[Entry, ...]
    sources: tuple[str, ...]
    credits: tuple[str, ...]
    key_pages: int
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a caller asks for. Text is made fit to be drawn; ``statuses`` are the ones shown."""

    title: str
    subtitle: str | None = None
    as_of: str | None = None
    style: str = "plain"
    tlp: str | None = None
    mentioned: bool = True
    statuses: tuple[Status, ...] = entries.SHOWN


def layout(event_map: EventMap, wanted: Wanted, *, size: tuple[float, float] = SLIDE, paged: bool = True) -> Scene:
    """Lay the briefing out on pages of that width and height, in points.

    Where the key does not fit beside the map, the map takes the width and the key goes on pages of its own, or, not
    ``paged``, under the map on a page as tall as it takes. Raises ``ValueError`` for an unknown style or TLP label.
    """
    return _Layout(event_map, wanted, paged=paged, size=size).scene()


def picture(event_map: EventMap, wanted: Wanted, *, size: tuple[float, float]) -> Scene:
    """The map and its legend alone, as large as given, for a document that says the rest in its own words."""
    return _Layout(event_map, wanted, paged=True, size=size).bare()


class _Layout:
    def __init__(self, event_map: EventMap, wanted: Wanted, *, paged: bool, size: tuple[float, float]) -> None:
        self.map = event_map
        self.wanted = wanted
        self.paged = paged
        self.width, self.height = size
        self.style: Style = style_of(wanted.style)
        self.tlp = marking.label(wanted.tlp)
        self.title = text.line(wanted.title)
        self.subtitle = text.line(wanted.subtitle)
        self.as_of = text.line(wanted.as_of)
        self.briefing = entries.number(event_map, statuses=wanted.statuses)
        self.credits = about.attribution(event_map)
        names = [name for entry in self.briefing.entries for name in key.sources(entry)]
        self.sources = tuple(dict.fromkeys(names))

    def scene(self) -> Scene:
        top = self._head_height()
        free = self.height - top - _FOOT
        side = self._beside(top, free)
        if side is not None:
            page, outside = side
            pages = [page]
            key_pages = 0
        else:
            pages, outside = self._apart(top, free)
            key_pages = len(pages) - 1
        return self._scene(pages, outside, key_pages)

    def bare(self) -> Scene:
        drawn, outside = self._map((2.0, 2.0, self.width - 2, self.height - 2))
        return self._scene([self._page(self.height, tuple(drawn), outside)], outside, 0)

    def _scene(self, pages: Sequence[Page], outside: tuple[Entry, ...], key_pages: int) -> Scene:
        return Scene(
            title=self.title,
            subtitle=self.subtitle,
            as_of=self.as_of,
            tlp=self.tlp,
            pages=tuple(pages),
            briefing=self.briefing,
            outside=outside,
            sources=self.sources,
            credits=self.credits,
            key_pages=key_pages,
            description=self._description(outside),
        )

    # ---- pages

    def _beside(self, top: float, free: float) -> tuple[Page, tuple[Entry, ...]] | None:
        """Map and key on one page, if the key fits."""
        key_width = round(_KEY * self.width)
        forms = key.beside(key_width)
        # Whether an event is off the map adds a heading row only; the cheapest test comes before the map is drawn.
        if sum(row.height for row in key.rows(self.briefing, (), forms[-1])) > free:
            return None
        frame_width = self.width - 2 * _EDGE - key_width - 14
        drawn, outside = self._map((_EDGE, top, _EDGE + frame_width, top + free))
        for form in forms:
            rows = key.rows(self.briefing, outside, form)
            if sum(row.height for row in rows) <= free:
                table = key.table(_EDGE + frame_width + 14, top, form, rows, self.style)
                items = (*self._head(), *drawn, table, *self._foot(self.height))
                return self._page(self.height, items, outside), outside
        return None

    def _apart(self, top: float, free: float) -> tuple[list[Page], tuple[Entry, ...]]:
        """The map over the whole width, the key on pages of its own or below."""
        drawn, outside = self._map((_EDGE, top, self.width - _EDGE, top + free))
        form = key.wide(self.width - 2 * _EDGE)
        rows = key.rows(self.briefing, outside, form)
        if not self.paged:
            start = top + free + 10
            height = start + sum(row.height for row in rows) + 8 + _FOOT
            table = key.table(_EDGE, start, form, rows, self.style)
            items = (*self._head(), *drawn, table, *self._foot(height))
            return [self._page(height, items, outside)], outside
        pages = [self._page(self.height, (*self._head(), *drawn, *self._foot(self.height)), outside)]
        parts = key.pages(rows, free)
        for index, part in enumerate(parts):
            table = key.table(_EDGE, top, form, part, self.style)
            head = self._head(f"key, {index + 1} of {len(parts)}" if len(parts) > 1 else "key")
            items = (*head, table, *self._foot(self.height))
            pages.append(
                Page(
                    width=self.width,
                    height=self.height,
                    paper=self.style.paper,
                    items=items,
                    description=f"Key to the map, part {index + 1} of {len(parts)}",
                )
            )
        return pages, outside

    def _page(self, height: float, items: tuple[Item | Group, ...], outside: Sequence[Entry]) -> Page:
        return Page(
            width=self.width, height=round(height, 1), paper=self.style.paper, items=items,
            description=self._description(outside),
        )  # fmt: skip

    # ---- head and foot

    def _head_height(self) -> float:
        return 74.0 if self.subtitle else 60.0

    def _head(self, suffix: str = "") -> list[Item | Group]:
        style = self.style
        items: list[Item | Group] = []
        room = self.width - 2 * _EDGE
        if self.tlp is not None:
            width = text.width(self.tlp, 12, bold=True) + 14
            box = (self.width - _EDGE - width, 20.0, self.width - _EDGE, 42.0)
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
                x=_EDGE,
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
            items.append(Text(x=_EDGE, y=57, text=words, size=12, colour=style.muted, name="Subtitle"))
        return items

    def _foot(self, height: float) -> list[Item | Group]:
        style = self.style
        room = self.width - 2 * _EDGE
        first = f"Sources: {'; '.join(self.sources)}" if self.sources else ""
        counts = [_count(len(self.briefing.entries), "event")]
        if self.briefing.unplaced:
            counts.append(f"{len(self.briefing.unplaced)} without a place")
        if self.briefing.left_out:
            counts.append(f"{self.briefing.left_out} more (background, denied or hypothetical) left out")
        as_of = f"As of {self.as_of}. " if self.as_of else ""
        counted = f"{as_of}{_count(self.map.articles, 'article')}; {', '.join(counts)}."
        second = (
            " · ".join(self.credits)
            + ". Borders and names take no position. Events found and placed by a program: read the evidence first."
        )
        right = text.width(counted, 7.5)
        items: list[Item | Group] = [
            Text(
                x=self.width - _EDGE, y=height - 23, text=counted, size=7.5, colour=style.muted, anchor="end",
                name="As of",
            ),
            Text(
                x=_EDGE, y=height - 11, text=text.clip(second, room, 7.5), size=7.5, colour=style.muted,
                name="Attribution",
            ),
        ]  # fmt: skip
        if first:
            words = text.clip(first, room - right - 16, 7.5)
            items.insert(0, Text(x=_EDGE, y=height - 23, text=words, size=7.5, colour=style.muted, name="Sources"))
        return items

    # ---- the map

    def _map(self, box: Box) -> tuple[list[Item | Group], tuple[Entry, ...]]:
        """The map with its legend in ``box``; and the events that lie outside of it."""
        # The legend's height is known only when the signs are, and they depend on the frame: room for what may come.
        _, legend_height = furniture.legend(
            {entry.kind.code for entry in self.briefing.placed}, set(), box[0], 0, box[2] - box[0], self.style
        )
        frame = (box[0], box[1], box[2], box[3] - max(30.0, legend_height + 16) - 4)
        view = choose(self._extents(), frame)
        base = ground.draw(view, self.style)
        marker = marks.Marker(self.briefing.spots, self.map.footprints, view, self.style)
        while True:
            room = Room((frame[0] + 1, frame[1] + 1, frame[2] - 1, frame[3] - 1))
            around = self._furniture(room, view, marker)
            drawn = marker.draw(room)
            if not drawn.failed or not marker.join(drawn.failed[0]):
                break
        features = set(drawn.features)
        names = list(base.names)
        quiet: list[Item] = []
        if self.wanted.mentioned:
            quiet, more, said = mentions.draw(self.map.mentioned, self.map.footprints, view, self.style, room)
            names += more
            features |= said
        if ground.has_disputed(base):
            features.add("disputed")
        legend, _ = furniture.legend(drawn.codes, features, box[0], frame[3] + 5, box[2] - box[0], self.style)
        written = _names(names, drawn.named, room, self.style)
        outside = tuple(entry for spot in drawn.outside for entry in spot.entries)
        items: list[Item | Group] = [
            Plate(box=frame, fill=self.style.sea, name="Sea"),
            base.group,
            Group(name="Areas of events", items=tuple(drawn.areas)),
            Group(name="Places only mentioned", items=tuple(quiet)),
            Group(name="Names", items=tuple(written)),
            Group(name="Rings", items=tuple(drawn.rings)),
            Group(name="Events", items=tuple(drawn.signs)),
            Group(name="Numbers", items=tuple(drawn.plates)),
            *around,
            Plate(box=frame, stroke=self.style.muted, width=0.8, name="Frame"),
            legend,
        ]
        return [item for item in items if not isinstance(item, Group) or item.items], outside

    def _extents(self) -> list[Extent]:
        return [areas.extent(spot, self.map.footprints) for spot in self.briefing.spots]

    def _furniture(self, room: Room, view: View, marker: marks.Marker) -> list[Group]:
        """Inset and scale where no sign stands, smaller where there is little room; taken before labels are placed."""
        signs = Room(room.frame)
        for mark in marker.marks():
            signs.take((mark.x - mark.r - 6, mark.y - mark.r - 6, mark.x + mark.r + 6, mark.y + mark.r + 6))
        groups = []
        if not view.world:
            for size in (84.0, 64.0, 48.0):
                box = furniture.place_free(signs, furniture.corners(room.frame, size, size))
                if box is not None:
                    signs.take(box)
                    room.take(box)
                    groups.append(furniture.inset(view, box, self.style, marker.outside))
                    break
            width = furniture.scale_km(view) * view.scale + 8
            bar = furniture.place_free(signs, furniture.corners(room.frame, max(width, 40.0), 20.0))
            if bar is not None:
                room.take(bar)
                groups.append(furniture.scale_bar(view, bar, self.style))
        return groups

    # ---- words

    def _description(self, outside: Sequence[Entry]) -> str:
        places = list(dict.fromkeys(entry.place for entry in self.briefing.placed))
        shown = "; ".join(places[:12]) + (f" and {len(places) - 12} more places" if len(places) > 12 else "")
        words = [f"Map of {_count(len(self.briefing.entries), 'event')}."]
        if places:
            words.append(f"Placed at: {shown}.")
        if outside:
            words.append(f"{len(outside)} outside the map.")
        if self.briefing.unplaced:
            words.append(f"{len(self.briefing.unplaced)} without a place.")
        words.append("The numbered key lists each.")
        return " ".join(words)


def _names(names: Sequence[ground.Name], known: set[str], room: Room, style: Style) -> list[Item]:
    """Names of countries, then towns, wherever they touch nothing."""
    written: list[Item] = []
    done = set(known)
    for name in sorted(names, key=lambda one: (not one.country, -one.weight, one.text, one.places)):
        if not name.text or name.text in done:
            continue
        item = _country(name, room, style) if name.country else _town(name, room, style)
        if item:
            done.add(name.text)
            written += item
    return written


def _country(name: ground.Name, room: Room, style: Style) -> list[Item]:
    """A country's name where it lies inside the country if it can, smaller if it must, else mostly inside."""
    size = 10.0 if name.weight > 9000 else 9.0
    forms = [(size, name.text.upper())] if name.weight > 2500 else []
    forms.append((7.5, name.text))
    boxes = []
    for size, words in forms:
        half, height = text.width(words, size) / 2, size * 0.6
        boxes += [(size, words, (x - half, y - height, x + half, y + height)) for x, y in name.places]
    for least in (0.97, 0.75, 0.4):
        for size, words, box in boxes:
            if room.free(box, gap=1.0) and _share_inside(box, name) >= least:
                room.take(box)
                return [
                    Text(
                        x=(box[0] + box[2]) / 2,
                        y=(box[1] + box[3]) / 2,
                        text=words,
                        size=size,
                        colour=style.quiet,
                        anchor="middle",
                        halo=style.land,
                        name=f"Country name: {name.text}",
                    )
                ]
    return []


def _share_inside(box: Box, name: ground.Name) -> float:
    """How much of a label would lie in its country."""
    if name.shape is None:
        return 0.0
    inside = shapely.intersection(shapely.box(*box), name.shape).area
    return float(inside / ((box[2] - box[0]) * (box[3] - box[1])))


def _town(name: ground.Name, room: Room, style: Style) -> list[Item]:
    x, y = name.places[0]
    size = 7.0
    width = text.width(name.text, size)
    mentioned = name.weight == 15.0
    if not mentioned and not room.free((x - 2, y - 2, x + 2, y + 2), gap=1):
        return []
    for box in list(labels.around(x, y, 3.2, width, size * 1.2))[:8]:
        if room.free(box, gap=0.5):
            room.take(box)
            if not mentioned:
                room.take((x - 2, y - 2, x + 2, y + 2))
            item: list[Item] = (
                [] if mentioned else [Circle(x=x, y=y, r=1.3, fill=style.quiet, name=f"Town: {name.text}")]
            )
            label = Text(
                x=(box[0] + box[2]) / 2, y=(box[1] + box[3]) / 2, text=name.text, size=size, colour=style.quiet,
                anchor="middle", italic=mentioned, halo=style.land, name=f"Town name: {name.text}",
            )  # fmt: skip
            return [*item, label]
    return []


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
