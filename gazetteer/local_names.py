"""Names of towns, divisions, regions and waters in the languages that maps speak, as far as the data have them.

Made by :mod:`gazetteer.builder.local_names`, which says from what; names of countries are in the base map itself.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("ar", "es", "fr", "ru", "zh")
"""Besides English, which every place has a name in."""

FILE = Path(__file__).parent / "local_names.json.gz"

Row = tuple[str, int, int, str]
"""English name, longitude and latitude in thousandths of a degree, local name."""

_REACH = 20
"""Thousandths of a degree within which a place of the same English name is the same."""


class LocalNames:
    """One language's names, by English name and point."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for name, x, y, local in rows:
            self._rows[name].append((x, y, local))

    def of(self, name: str, lon: float, lat: float) -> str | None:
        """The local name of the place that is called ``name`` in English and lies at (lon, lat) degrees."""
        for x, y, local in self._rows.get(name, ()):
            if abs(x - lon * 1000) <= _REACH and abs(y - lat * 1000) <= _REACH:
                return local
        return None


@lru_cache(maxsize=1)
def _tables() -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = json.loads(gzip.decompress(FILE.read_bytes()))
    return tables


@lru_cache(maxsize=len(LANGUAGES))
def local_names(language: str) -> LocalNames:
    """The names in ``language``; none for English and for languages that there are none in."""
    return LocalNames(_tables().get(language, []))
