"""The user's own names: a small CSV that wins over everything else.

Columns (the first line names them; any order): ``name`` and either ``lat`` and ``lon`` in degrees or ``id`` of a place
that the gazetteer has; optional ``aliases`` (parted by ``|``), ``country`` (ISO 3166-1 alpha-2), ``code`` (GeoNames
class and code, ``P.PPL`` if left out; ``S.AIRB`` is an airbase, ``S.CMPRF`` a camp, ``P.PPLX`` a neighbourhood).
"""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from gazetteer.errors import OwnNamesError
from gazetteer.names import name_key
from gazetteer.place import Candidate, Place

COLUMNS = ("name", "lat", "lon", "id", "aliases", "country", "code")
PROMINENCE = 99.0
"""Above everything the gazetteer itself holds."""

_LONGEST = 500
_CODE = re.compile(r"[A-Z]\.[A-Z0-9]{1,10}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_DEGREES = re.compile(r"[+-]?([0-9]{1,3}(\.[0-9]{0,30})?|\.[0-9]{1,30})")


class OwnNames:
    """The names of one file. Raises :class:`~gazetteer.errors.OwnNamesError` naming file and line of what is wrong."""

    def __init__(self, path: Path, existing: Callable[[str], Place]) -> None:
        self.places: dict[str, Place] = {}
        self.by_key: dict[str, list[Candidate]] = defaultdict(list)
        try:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                reader = csv.DictReader(stream, strict=True)
                unknown = set(reader.fieldnames or ()) - set(COLUMNS)
                if unknown or "name" not in (reader.fieldnames or ()):
                    named = ", ".join(sorted(unknown)) or "no column 'name'"
                    raise OwnNamesError(f"{path}:1: columns are {', '.join(COLUMNS)}; found: {named}")
                for row in reader:
                    try:
                        self._add({key: (value or "").strip() for key, value in row.items() if key}, existing)
                    except (ValueError, KeyError) as problem:
                        raise OwnNamesError(f"{path}:{reader.line_num}: {problem}") from problem
        except (UnicodeDecodeError, csv.Error) as problem:
            raise OwnNamesError(f"{path}: not a CSV file in UTF-8: {problem}") from problem

    def _add(self, row: Mapping[str, str], existing: Callable[[str], Place]) -> None:
        name = row.get("name", "")
        if not name_key(name):
            raise ValueError("no name")
        if len(name) > _LONGEST:
            raise ValueError(f"a name of more than {_LONGEST} characters")
        place = existing(row["id"]) if row.get("id") else self._new(name, row)
        spellings = [name, *(alias.strip() for alias in row.get("aliases", "").split("|"))]
        for position, spelling in enumerate(spellings):
            if key := name_key(spelling):
                primary = position == 0 and spelling == place.name
                self.by_key[key].append(
                    Candidate(place=place, name=spelling, kind="name" if primary else "alternate", match="exact")
                )

    def _new(self, name: str, row: Mapping[str, str]) -> Place:
        if not row.get("lat") or not row.get("lon"):
            raise ValueError(f"{name}: neither lat and lon nor the id of a place")
        degrees = [float(row[axis]) if _DEGREES.fullmatch(row[axis]) else math.inf for axis in ("lat", "lon")]
        lat, lon = degrees
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise ValueError(f"{name}: {row['lat']}, {row['lon']} is not a latitude and longitude in degrees")
        country = row.get("country", "").upper()
        if country and not _COUNTRY.fullmatch(country):
            raise ValueError(f"{name}: {country!r} is not a country's two letters (ISO 3166)")
        code = row.get("code") or "P.PPL"
        if not _CODE.fullmatch(code):
            raise ValueError(f"{name}: {code!r} is not a GeoNames class and code such as P.PPL")
        slug = re.sub(r"\W+", "-", name_key(name)).strip("-")
        place_id, count = f"user:{slug}", 1
        while place_id in self.places:
            count += 1
            place_id = f"user:{slug}-{count}"
        place = Place(
            id=place_id,
            name=name,
            lat=round(lat, 5),
            lon=round(lon, 5),
            country_code=country or None,
            feature_class=code[0],
            feature_code=code[2:],
            footprint="point",
            source="own names",
            prominence=PROMINENCE,
        )
        self.places[place_id] = place
        return place

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places.values())
