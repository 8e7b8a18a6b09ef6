"""Disputed territories, and whose country each worldview shows the places in them with (``worldviews.toml``).

A worldview changes country codes, and with them the countries that ``parents``, ``within`` and ``at`` answer; it
changes no outline. A map draws the disputed areas over its countries with dashed lines, and :func:`disclaimer` beside:

    with Gazetteer.open(worldview="un") as places:
        for area in disputed("un"):
            draw_dashed(places.footprint(area.place_id), area.name, area.status)
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from gazetteer.errors import GazetteerError

DEFAULT = "default"
"""The worldview in which no country code of the sources is changed."""


class WorldviewError(GazetteerError):
    """A worldview that there is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """A disputed area as one worldview has it. Countries are ISO 3166-1 alpha-2 (XK for Kosovo).

    ``place_id`` is the area in the gazetteer, ``Gazetteer.footprint(place_id)`` its outline. ``country_code`` is the
    code that places in it are shown with, None where they keep the one of the sources.
    """

    place_id: str
    name: str
    claimed_by: tuple[str, ...]
    held_by: tuple[str, ...]
    country_code: str | None
    status: str


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("gazetteer").joinpath("worldviews.toml").read_text(encoding="utf-8"))


def worldviews() -> Mapping[str, str]:
    """The worldviews by name, each with what it follows, in the order of ``worldviews.toml``."""
    return MappingProxyType(_table()["worldviews"])


def disclaimer() -> str:
    """What every map has to say beside disputed areas, in English."""
    return str(_table()["disclaimer"])


@cache
def disputed(worldview: str = DEFAULT) -> tuple[Disputed, ...]:
    """All disputed areas as ``worldview`` has them. Raises :class:`WorldviewError` for one that there is not."""
    if worldview not in worldviews():
        raise WorldviewError(f"no worldview {worldview!r}; there are {', '.join(worldviews())}")
    return tuple(_area(row, row["view"].get(worldview, {})) for row in _table()["disputed"])


def _area(row: dict[str, Any], view: dict[str, str]) -> Disputed:
    return Disputed(
        place_id=row["place"],
        name=row["name"],
        claimed_by=tuple(row["claimed_by"]),
        held_by=tuple(row["held_by"]),
        country_code=view.get("country"),
        status=view.get("status", "disputed"),
    )
