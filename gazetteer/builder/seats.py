"""Put second-level divisions that have no outline where their seats are: mostly they bear their seat's name."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from gazetteer.builder.records import Record
from gazetteer.names import name_key

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_WORDS = (
    "arrondissement cercle circle city commune county daira department departement departamento delegation delegacia "
    "district distrito governorate local locality mahaliya mahaliyat moughataa municipality municipio muhafazat "
    "prefecture province raion rayon region shabiya sub subdivision town ville wilaya wilayat woreda zone government "
    "area"
)
_LINKS = frozenset(["d", "da", "de", "des", "do", "du", "of", "the"])
_ELISION = re.compile(r"\b(d)['’](?=\w)", re.IGNORECASE)
_KINDS = frozenset(_WORDS.split())


def bare(name: str) -> str:
    """The key of a division's name without the words for what it is ("Cercle de Bourem" is ``bourem``)."""
    words = name_key(_ELISION.sub(r"\1 ", name)).split()
    while words and (words[0] in _KINDS or words[0] in _LINKS):
        words = words[1:]
    while words and (words[-1] in _KINDS or words[-1] in _LINKS):
        words = words[:-1]
    return " ".join(words)


def place_at_seats(units: Iterable[Record], places: Iterable[Record], above: Mapping[str, Record]) -> list[str]:
    """Move second-level units without outline to the most populous place that bears their bare name and lies in the
    first-level unit above them (``above``, by id); returns the ids of those moved. Such a place without a
    second-level unit of its own becomes theirs. The points stay marked approximate: a seat is not the middle.

    A unit that stands among places of its own, in the unit above it, stays there unless the place of its name is near:
    the counties of the United States are named after people, and so are towns at the other end of the state.
    """
    places = list(places)
    peopled = {place.admin2 for place in places if place.admin2 is not None}
    units = [unit for unit in units if unit.feature_code == "ADM2" and unit.geometry is None]
    keys: dict[tuple[str | None, str], list[Record]] = defaultdict(list)
    named = {unit.id: {bare(unit.name), *(bare(name.text) for name in unit.names)} - {""} for unit in units}
    wanted = {(unit.country, key) for unit in units for key in named[unit.id]}
    for place in places:
        if place.feature_class == "P" and place.feature_code != "PPLX":
            for key in {name_key(place.name), *(name_key(name.text) for name in place.names)}:
                if (place.country, key) in wanted:
                    keys[place.country, key].append(place)
    moved = []
    for unit in units:
        holder = above.get(unit.admin1 or "")
        outline = None if holder is None else holder.geometry
        stands = unit.id in peopled and _holds(outline, unit)
        # The unit's own name before its other ones: those are at times a neighbour's.
        for names in ({bare(unit.name)} & named[unit.id], named[unit.id]):
            found = {place.id: place for key in names for place in keys[unit.country, key]}
            seats = [
                place
                for place in found.values()
                if _lies_in(place, unit, outline) and (not stands or _is_near(place, unit))
            ]
            if seats:
                break
        if not seats:
            continue
        seat = max(seats, key=lambda place: (place.admin2 == unit.id, place.population, len(place.names), place.id))
        unit.lat, unit.lon, unit.approximate = seat.lat, seat.lon, True
        if seat.admin2 is None and seat.admin1 in (None, unit.admin1):
            seat.admin1, seat.admin2 = unit.admin1, unit.id
        moved.append(unit.id)
    return moved


_NEAR_KM = 60.0


def _is_near(place: Record, unit: Record) -> bool:
    """Whether a place is the unit's own, or no other's and near the unit's present point."""
    if place.admin2 is not None:
        return place.admin2 == unit.id
    north = (place.lat - unit.lat) * 111.2
    east = (place.lon - unit.lon) * 111.2 * math.cos(math.radians(unit.lat))
    return math.hypot(north, east) <= _NEAR_KM


def _lies_in(place: Record, unit: Record, outline: BaseGeometry | None) -> bool:
    """Whether a place may be the seat: of the same first-level unit by its source and, if there is one, the outline."""
    if unit.admin1 is None or place.admin1 not in (None, unit.admin1):
        return False
    if outline is None:
        return place.admin1 == unit.admin1
    return _holds(outline, place)


def _holds(outline: BaseGeometry | None, record: Record) -> bool:
    """Whether a point lies in an outline, or near a simplified border; where there is no outline nothing speaks
    against it."""
    import shapely

    return outline is None or bool(shapely.dwithin(outline, shapely.Point(record.lon, record.lat), 0.2))
