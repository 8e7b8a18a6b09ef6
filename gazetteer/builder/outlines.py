"""Outlines of first-level divisions that are newer than the outlines: shared out among the places that lie in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from gazetteer.builder.records import Record

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def share_out(
    units: Mapping[str, Record], places: Iterable[Record], outlines: Iterable[tuple[str, BaseGeometry]]
) -> list[str]:
    """Give units without an outline the part of older outlines that is nearest to their places; returns their ids.

    ``outlines`` are (country, old outline). Where places of a unit without outline lie in an old outline, each point of
    that outline goes to the unit of the populated place nearest to it: to a unit without outline, or to the one that
    had the outline. All units that gain or lose so are marked approximate: these borders run half-way between towns,
    not where the law has them.
    """
    by_country: dict[str, list[Record]] = defaultdict(list)
    for place in places:
        if place.admin1 in units and place.country:
            by_country[place.country].append(place)
    owners = [unit for unit in units.values() if unit.geometry is not None]
    pieces: dict[str, list[BaseGeometry]] = defaultdict(list)
    for country, outline in outlines:
        owner = _owner(outline, [unit for unit in owners if unit.country == country])
        for unit, piece in _shares(outline, owner, units, by_country[country]):
            pieces[unit].append(piece)
    for unit in sorted(pieces):
        _redraw(units[unit], pieces[unit])
    return sorted(pieces)


def place_in_units(units: Iterable[Record], places: Iterable[Record]) -> None:
    """Tell places that no source links to a first-level unit which one's outline they lie in."""
    import shapely

    areas = [(unit, unit.geometry) for unit in units if unit.geometry is not None]
    tree = shapely.STRtree([geometry for _, geometry in areas])
    wanting = [place for place in places if place.admin1 is None]
    if not wanting:
        return
    spots = shapely.points([(place.lon, place.lat) for place in wanting])
    for index, position in sorted(zip(*tree.query(spots, predicate="within").tolist(), strict=True)):
        unit, place = areas[position][0], wanting[index]
        if unit.country == place.country and place.admin1 is None:
            place.admin1 = unit.id


def _owner(outline: BaseGeometry, units: Iterable[Record]) -> str | None:
    import shapely

    inside = shapely.point_on_surface(outline)
    return next((unit.id for unit in units if unit.geometry is not None and unit.geometry.covers(inside)), None)


def _shares(
    outline: BaseGeometry, owner: str | None, units: Mapping[str, Record], places: Iterable[Record]
) -> list[tuple[str, BaseGeometry]]:
    """(unit, its part of the outline), the owner's own included; nothing where no unit is in want of it."""
    import shapely

    shapely.prepare(outline)
    unit_at: dict[tuple[float, float], str] = {}
    for place in places:
        unit = place.admin1
        if unit is None or not (unit == owner or units[unit].geometry is None):
            continue
        if shapely.contains_xy(outline, place.lon, place.lat):
            # Two places on one spot have no border between them.
            unit_at.setdefault((place.lon, place.lat), unit)
    claims = sorted(set(unit_at.values()) - {owner})
    if not claims:
        return []
    if len(unit_at) == 1:
        return [(claims[0], outline)]
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(list(unit_at)), extend_to=outline, ordered=True)
    )
    shares = []
    for unit in sorted(set(unit_at.values())):
        own = [cell for cell, claimed in zip(cells, unit_at.values(), strict=True) if claimed == unit]
        shares.append((unit, shapely.intersection(shapely.union_all(own), outline)))
    return shares


def _redraw(record: Record, pieces: list[BaseGeometry]) -> None:
    import shapely

    record.geometry = shapely.union_all(pieces)
    record.approximate = True
    _place_inside(record)


def _place_inside(record: Record) -> None:
    import shapely

    if record.geometry is None or shapely.contains_xy(record.geometry, record.lon, record.lat):
        return
    largest = max(shapely.get_parts(record.geometry), key=lambda part: part.area)
    point = shapely.point_on_surface(largest)
    record.lat, record.lon = round(point.y, 5), round(point.x, 5)
