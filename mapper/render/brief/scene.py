"""One laid-out scene from which every output is drawn, so that a slide, a picture and a document say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mapper.model import EventMap, RetractedEvent, Status
from mapper.render import about, marking
from mapper.render.brief import areas, entries, furniture, ground, key, kinds, marks, mentions, text
from mapper.render.brief.entries import Briefing, Entry
from mapper.render.brief.head import EDGE, FOOT, Heading, count
from mapper.render.brief.labels import Room
from mapper.render.brief.names import written as names_of
from mapper.render.brief.shapes import Box, Group, Item, Page, Plate, Text
from mapper.render.brief.styles import Style
from mapper.render.brief.styles import style as style_of
from mapper.render.brief.view import Extent, View, choose

SLIDE = 960.0, 540.0
"""Width and height of a 16:9 slide, 13 1/3 by 7 1/2 inches, in points."""
A4 = 841.9, 595.3
"""Width and height of a landscape A4 sheet, in points."""
_KEY = 0.37


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
    retracted: tuple[str, ...] = ()


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
        self.briefing = entries.number(event_map, statuses=wanted.statuses)
        sources = [name for entry in self.briefing.entries for name in key.sources(entry)]
        self.heading = Heading(
            width=self.width,
            style=self.style,
            title=text.line(wanted.title),
            subtitle=text.line(wanted.subtitle),
            as_of=text.line(wanted.as_of),
            tlp=marking.label(wanted.tlp),
            sources=tuple(dict.fromkeys(sources)),
            credits=about.attribution(event_map),
            briefing=self.briefing,
            articles=event_map.articles,
            changes=_changes(event_map, self.briefing),
        )

    def scene(self) -> Scene:
        top = self.heading.height
        free = self.height - top - FOOT
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
            title=self.heading.title,
            subtitle=self.heading.subtitle,
            as_of=self.heading.as_of,
            tlp=self.heading.tlp,
            pages=tuple(pages),
            briefing=self.briefing,
            outside=outside,
            sources=tuple(self.heading.sources),
            credits=tuple(self.heading.credits),
            key_pages=key_pages,
            description=self._description(outside),
            retracted=tuple(_gone(one) for one in self.map.retracted),
        )

    # ---- pages

    def _beside(self, top: float, free: float) -> tuple[Page, tuple[Entry, ...]] | None:
        """Map and key on one page, if the key fits."""
        key_width = round(_KEY * self.width)
        forms = key.beside(key_width)
        # Whether an event is off the map adds a heading row only; the cheapest test comes before the map is drawn.
        if sum(row.height for row in key.rows(self.briefing, (), forms[-1])) > free:
            return None
        frame_width = self.width - 2 * EDGE - key_width - 14
        drawn, outside = self._map((EDGE, top, EDGE + frame_width, top + free))
        for form in forms:
            rows = key.rows(self.briefing, outside, form)
            if sum(row.height for row in rows) <= free:
                table = key.table(EDGE + frame_width + 14, top, form, rows, self.style)
                items = (*self.heading.head(), *drawn, table, *self.heading.foot(self.height))
                return self._page(self.height, items, outside), outside
        return None

    def _apart(self, top: float, free: float) -> tuple[list[Page], tuple[Entry, ...]]:
        """The map over the whole width, the key on pages of its own or below."""
        drawn, outside = self._map((EDGE, top, self.width - EDGE, top + free))
        form = key.wide(self.width - 2 * EDGE)
        rows = key.rows(self.briefing, outside, form)
        if not self.paged:
            start = top + free + 10
            height = start + sum(row.height for row in rows) + 8 + FOOT
            table = key.table(EDGE, start, form, rows, self.style)
            items = (*self.heading.head(), *drawn, table, *self.heading.foot(height))
            return [self._page(height, items, outside)], outside
        pages = [self._page(self.height, (*self.heading.head(), *drawn, *self.heading.foot(self.height)), outside)]
        parts = key.pages(rows, free)
        for index, part in enumerate(parts):
            table = key.table(EDGE, top, form, part, self.style)
            head = self.heading.head(f"key, {index + 1} of {len(parts)}" if len(parts) > 1 else "key")
            items = (*head, table, *self.heading.foot(self.height))
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
        base_names = list(base.names)
        quiet: list[Item] = []
        if self.wanted.mentioned:
            quiet, more, said = mentions.draw(self.map.mentioned, self.map.footprints, view, self.style, room)
            base_names += more
            features |= said
        if ground.has_disputed(base):
            features.add("disputed")
        legend, _ = furniture.legend(drawn.codes, features, box[0], frame[3] + 5, box[2] - box[0], self.style)
        written = names_of(base_names, drawn.named, room, self.style)
        outside = tuple(entry for spot in drawn.outside for entry in spot.entries)
        items: list[Item | Group] = [
            Plate(box=frame, fill=self.style.sea, name="Sea"),
            base.group,
            Group(name="Areas of events", items=tuple(drawn.areas)),
            Group(name="Places only mentioned", items=self._on_ground(quiet, base)),
            Group(name="Names", items=self._on_ground(written, base)),
            Group(name="Rings", items=tuple(drawn.rings)),
            Group(name="Events", items=tuple(drawn.signs)),
            Group(name="Numbers", items=self._on_ground(drawn.plates, base)),
            *around,
            Plate(box=frame, stroke=self.style.muted, width=0.8, name="Frame"),
            legend,
        ]
        return [item for item in items if not isinstance(item, Group) or item.items], outside

    def _on_ground(self, items: Sequence[Item], base: ground.Ground) -> tuple[Item, ...]:
        """Names with halos of the colour of what they stand on."""
        return tuple(
            replace(item, halo=self.style.sea)
            if isinstance(item, Text) and item.halo and not base.on_land(_middle(item), item.y)
            else item
            for item in items
        )

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
        words = [f"Map of {count(len(self.briefing.entries), 'event')}."]
        if places:
            words.append(f"Placed at: {shown}.")
        if outside:
            words.append(f"{len(outside)} outside the map.")
        if self.briefing.unplaced:
            words.append(f"{len(self.briefing.unplaced)} without a place.")
        words.append("The numbered key lists each.")
        return " ".join(words)


def _middle(item: Text) -> float:
    """Of a line of text, from left to right."""
    half = text.width(item.text, item.size, bold=item.bold) / 2
    return item.x + {"start": half, "middle": 0.0, "end": -half}[item.anchor]


def _changes(event_map: EventMap, briefing: Briefing) -> str:
    """What changed since the run that the map is compared with, in a sentence."""
    if event_map.since is None:
        return ""
    found = [entry.event.change for entry in briefing.entries]
    counts = [f"{found.count(kind)} {kind}" for kind in ("new", "updated", "merged", "split") if kind in found]
    counts += [f"{len(event_map.retracted)} retracted"] if event_map.retracted else []
    return f"Since {text.line(event_map.since)}: {', '.join(counts) or 'no change'}."


def _gone(event: RetractedEvent) -> str:
    """An event that no article tells any more, in a line."""
    words = [kinds.kind(event.type).label, event.place or "no place stated", event.date or "undated", *event.sources]
    return text.line(", ".join(words))
