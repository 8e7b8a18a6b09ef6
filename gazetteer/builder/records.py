"""What the source modules hand to the writer: places with their names and outlines, before they have table rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gazetteer.place import NameKind

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_LANGUAGES = (
    "ar zh zh-Hant ja ko ru uk be bg mk sr en fr de es it pt nl ca eu gl pl cs sk hu ro el he yi fa ur ps "
    "ku hi bn ta te ml kn gu mr pa ne si th lo my km vi id ms jv fil sw ha ff am ti om so yo ig zu xh st "
    "rw rn mg ln lg bm dyo kab zgh shi wo af tr az kk uz ky tk tg mn ka hy sv da nb nn no fi et lv lt is "
    "ga cy br mt lb sq hr sl bs ug bo"
)
LANGUAGES = frozenset(_LANGUAGES.split())
"""Languages whose names of countries and first-level divisions are taken: news languages, and those of the places."""


@dataclass(frozen=True, slots=True)
class Name:
    """``language`` is ISO 639-1 (CLDR's tag where that has none), None where the source does not tell."""

    text: str
    kind: NameKind = "alternate"
    language: str | None = None


@dataclass(slots=True, kw_only=True)
class Record:
    """A place on its way into the tables. ``admin1``, ``admin2`` are ids of other records; ``country`` is ISO alpha-2.

    ``approximate`` says that the outline or the point stands in for one that no source gives.
    """

    id: str
    name: str
    lat: float
    lon: float
    country: str | None
    feature_class: str
    feature_code: str
    source: str
    population: int = 0
    admin1: str | None = None
    admin2: str | None = None
    geometry: BaseGeometry | None = None
    approximate: bool = False
    prominence: float = 0.0
    names: list[Name] = field(default_factory=list)

    def add(self, *texts: str, kind: NameKind = "alternate", language: str | None = None) -> None:
        self.names.extend(Name(text, kind, language) for text in texts if text)


class Records:
    """All records by id; adding one twice is an error of the builder."""

    def __init__(self) -> None:
        self._by_id: dict[str, Record] = {}

    def add(self, record: Record) -> Record:
        if record.id in self._by_id:
            raise ValueError(f"two records with the id {record.id}")
        self._by_id[record.id] = record
        return record

    def extend(self, records: Iterable[Record]) -> None:
        for record in records:
            self.add(record)

    def __getitem__(self, place_id: str) -> Record:
        return self._by_id[place_id]

    def get(self, place_id: str | None) -> Record | None:
        return None if place_id is None else self._by_id.get(place_id)

    def __contains__(self, place_id: str) -> bool:
        return place_id in self._by_id

    def __iter__(self) -> Iterator[Record]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)


_SEAT = {"PPLC": 1.0, "PPLA": 0.5, "PPLA2": 0.2}
_BASE = {"PCL": 3.0, "ADM1": -0.8, "ADM2": -1.5}


def prominence(record: Record) -> float:
    """How likely a bare name means this place: decadic logarithms of population and of the number of names, and what
    kind of place it is. A prior only: it was right for 90% of ambiguous names against Natural Earth's scale ranks."""
    code = record.feature_code
    base = _BASE["PCL"] if code.startswith("PCL") else _BASE.get(code, 0.0)
    value = math.log10(max(record.population, 10)) + 0.6 * math.log10(1 + len(record.names))
    return round(value + base + _SEAT.get(code, 0.0), 3)
