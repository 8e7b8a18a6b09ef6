"""Disputed areas as a map draws them: their lines on land, and what a worldview says of each. No database is opened.

    for claim in claims("un", box=(-18, 20, -8, 28)):
        for line in claim.lines:  # (longitude, latitude) in degrees
            draw_dashed(line, title=f"{claim.name}: {claim.status}")

Stored as gzipped JSON (made by :mod:`gazetteer.builder.claims`): ``areas`` with ``place``, ``box`` and ``lines`` in
whole thousandths of a degree, each point relative to the one before. Borders of the base map that run along these lines
are among the base map's own disputed ones.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from gazetteer.worldview import DEFAULT, disputed

_FILE = Path(__file__).parent / "data" / "claims.json.gz"

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A disputed area as one worldview has it. ``lines`` are where it ends on land, none for most islands.

    ``country_code`` is the country that places in it are shown with, None where they keep the one of the sources;
    ``packed`` holds the lines as the base map stores its own (see :mod:`gazetteer.basemap`).
    """

    place_id: str
    name: str
    status: str
    country_code: str | None
    packed: tuple[tuple[int, ...], ...]
    unit: int

    @property
    def lines(self) -> tuple[tuple[tuple[float, float], ...], ...]:
        """Each line as (longitude, latitude) points, WGS 84 degrees."""
        return tuple(
            tuple(
                (x / self.unit, y / self.unit)
                for x, y in zip(accumulate(line[::2]), accumulate(line[1::2]), strict=True)
            )
            for line in self.packed
        )


@cache
def _table() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(gzip.decompress(_FILE.read_bytes()))
    return data


def claims(worldview: str = DEFAULT, box: Box | None = None) -> tuple[Claim, ...]:
    """The disputed areas that reach into ``box`` (west, south, east, north in degrees; all without one).

    Raises :class:`gazetteer.worldview.WorldviewError` for a worldview that there is not.
    """
    drawn = {area["place"]: area for area in _table()["areas"]}
    return tuple(
        Claim(
            place_id=area.place_id,
            name=area.name,
            status=area.status,
            country_code=area.country_code,
            packed=tuple(tuple(line) for line in drawn[area.place_id]["lines"]),
            unit=_table()["unit"],
        )
        for area in disputed(worldview)
        if area.place_id in drawn and (box is None or _overlap(drawn[area.place_id]["box"], box))
    )


def _overlap(one: Sequence[float], other: Box) -> bool:
    return one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3] and one[3] >= other[1]
