"""Which part of the base map a page carries: the world coarsely, the events' surroundings in detail."""

from __future__ import annotations

import json
from collections.abc import Iterable

from gazetteer import basemap
from gazetteer.local_names import local_names
from gazetteer.worldview import DEFAULT

Box = basemap.Box

NamedPoint = tuple[str, float, float]
"""A place's name, longitude and latitude, as the gazetteer has them."""

_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
"""Names are carried in these and shown in the reader's, where the page was not made in one language."""

_POINTS_SHOWN_FINELY = 60
"""Up to so many places (one-degree cells) get the finest borders around them; more would make the page heavy."""

_WIDE = 130.0
"""Degrees of longitude from which a map is of the world: small things are carried around the events only."""


def surroundings(points: Iterable[tuple[float, float]]) -> Box | None:
    """The box around (longitude, latitude) points with a margin for panning; None without points."""
    xs, ys = [], []
    for x, y in points:
        xs.append(x)
        ys.append(y)
    if not xs:
        return None
    dx = max(5.0, (max(xs) - min(xs)) * 0.15)
    dy = max(4.0, (max(ys) - min(ys)) * 0.15)
    return max(-180.0, min(xs) - dx), max(-90.0, min(ys) - dy), min(180.0, max(xs) + dx), min(90.0, max(ys) + dy)


def block(
    box: Box | None,
    near: Iterable[tuple[float, float]] = (),
    language: str | None = None,
    worldview: str = DEFAULT,
    drawn: Iterable[NamedPoint] = (),
) -> bytes:
    """The base map of a page as JSON text in UTF-8.

    ``near``: the (longitude, latitude) of point marks. ``language``: the one that names are in besides English.
    ``drawn``: the places that the page names itself, which get their names in that language as well.
    ``worldview``: how disputed areas are described (:mod:`gazetteer.worldview`, which raises for one there is not).
    """
    cells = sorted({(round(x), round(y)) for x, y in near})
    few = len(cells) <= _POINTS_SHOWN_FINELY
    wide = box is not None and box[2] - box[0] > _WIDE
    data = basemap.cut(
        basemap.load(),
        box,
        near=cells if few else (),
        inside=1,
        local=not wide,
        languages=(language,) if language else _LANGUAGES,
        worldview=worldview,
    )
    cities, unit = data["cities"], data["unit"]
    points = [(x / unit, y / unit) for x, y in zip(cities["x"], cities["y"], strict=True)]
    for code in (language,) if language else _LANGUAGES:
        names = local_names(code)
        found = (names.of(name, *point) for name, point in zip(cities["name"], points, strict=True))
        cities["names"][code] = {str(k): local for k, local in enumerate(found) if local}
    if language:
        names = local_names(language)
        data["places"] = [
            [name, round(lon * unit), round(lat * unit), local]
            for name, lon, lat in sorted(set(drawn))
            if (local := names.of(name, lon, lat))
        ]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
