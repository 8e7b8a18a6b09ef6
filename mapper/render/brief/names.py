"""Names on the base map: countries inside themselves, regions, then towns, wherever they touch nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import shapely

from mapper.render.brief import ground, labels, text
from mapper.render.brief.labels import Room
from mapper.render.brief.shapes import Box, Circle, Item, Text
from mapper.render.brief.styles import Style


def written(names: Sequence[ground.Name], known: Collection[str], room: Room, style: Style) -> list[Item]:
    """Names of countries, then towns, wherever they touch nothing."""
    items: list[Item] = []
    done = set(known)
    for name in sorted(names, key=lambda one: (not one.country, -one.weight, one.text, one.places)):
        if not name.text or name.text in done:
            continue
        item = _country(name, room, style) if name.country else _town(name, room, style)
        if item:
            done.add(name.text)
            items += item
    return items


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
