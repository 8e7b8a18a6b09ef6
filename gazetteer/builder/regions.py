"""Macro-regions as polygons: the rules of ``regions.toml`` worked out over country and province outlines.

For the builder::

    rows = regions.build(countries, provinces)

``countries`` maps an ISO 3166-1 alpha-2 code to one shapely geometry (Natural Earth's ``ISO_A2_EH``; features that
share a code united; ``-99`` left out). ``provinces`` maps an ISO 3166-2 code to one geometry (Natural Earth admin-1
``iso_3166_2``; features that share a code united). ``extra_land`` takes outlines that belong to no code (leases,
disputed islets). All are in lon/lat degrees (WGS 84). :func:`unite` makes such mappings. The answer is a list of
:class:`RegionRow` in the file's order. A row with ``same_as`` is another name for that country or province: its names
belong on that place, and its geometry (that outline, simplified) is there for the case that the tables have no such
place.

Nothing here reads a file or a clock: the same outlines and rules give the same polygons.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import shapely
from shapely.geometry import MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from gazetteer.regions import RegionDefinition, RegionError, Rule, definitions

GRID = 0.001
"""Precision of the coordinates, in degrees (about 100 m)."""

_COARSE = 0.005
"""Tolerance to which outlines are simplified before they are combined, in degrees."""

_SLIVER = 0.004
"""Gaps narrower than twice this many degrees are closed where outlines of two sources are united."""

_GAP = 1.0
"""Holes up to this many square degrees are closed where no country's land lies in them: lakes and land that the
country outlines leave to nobody (the Golan Heights, Abyei)."""

_SPECK = 0.005
"""Holes up to this many square degrees (60 km²) are artefacts of uniting outlines and always closed."""

_COVERED = 0.97
"""Share of an area that must lie in another for it to count as within: outlines of two sources never agree wholly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionName:
    """A name of a region; ``language`` is ISO 639-1, or None for an abbreviation used in any."""

    name: str
    kind: Literal["name", "alternate", "abbreviation", "demonym"]
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRow:
    """A region ready for the tables (``same_as``: see the module's docstring).

    ``lat``/``lon`` lie inside the geometry. ``countries`` are the alpha-2 codes that the rule takes whole; ``within``
    are the slugs of the regions that hold this one, smallest first.
    """

    slug: str
    name: str
    feature_class: str
    feature_code: str
    names: tuple[RegionName, ...]
    geometry: Polygon | MultiPolygon
    lat: float
    lon: float
    countries: tuple[str, ...]
    within: tuple[str, ...]
    same_as: str | None
    approximate: bool
    accuracy_km: int | None
    source: str
    is_not: str


def unite(features: Iterable[tuple[str, BaseGeometry]]) -> dict[str, BaseGeometry]:
    """One valid geometry per code; features without a code (empty or ``-99``) are left out."""
    parts: dict[str, list[BaseGeometry]] = {}
    for code, geometry in features:
        if code and code != "-99":
            parts.setdefault(code, []).append(geometry)
    return {code: shapely.union_all(shapely.make_valid(parts[code])) for code in sorted(parts)}


def build(
    countries: Mapping[str, BaseGeometry],
    provinces: Mapping[str, BaseGeometry],
    *,
    extra_land: Iterable[BaseGeometry] = (),
    entries: Iterable[RegionDefinition] | None = None,
) -> list[RegionRow]:
    """Work out every rule.

    Raises :class:`~gazetteer.regions.RegionError`, naming the entry, where a rule cannot be worked out.
    """
    chosen = list(definitions().values() if entries is None else entries)
    evaluator = _Evaluator(countries, provinces, extra_land, {entry.slug: entry for entry in chosen})
    areas = {entry.slug: _finish(entry, evaluator.whole(entry.slug), evaluator) for entry in chosen}
    within = _within(areas)
    rows = []
    for entry in chosen:
        point = _point(entry, areas[entry.slug])
        rows.append(
            RegionRow(
                slug=entry.slug,
                name=entry.name,
                feature_class=entry.feature_class,
                feature_code=entry.feature_code,
                names=names_of(entry),
                geometry=areas[entry.slug],
                lat=round(point.y, 5),
                lon=round(point.x, 5),
                countries=evaluator.members(entry.slug),
                within=within[entry.slug],
                same_as=entry.same_as,
                approximate=entry.approximate,
                accuracy_km=entry.accuracy_km,
                source=entry.source,
                is_not=entry.is_not,
            )
        )
    return rows


def names_of(entry: RegionDefinition) -> tuple[RegionName, ...]:
    """Names, abbreviations and adjectives of an entry, each (name, kind, language) once."""
    found: dict[RegionName, None] = {RegionName(name=entry.name, kind="name", language="en"): None}
    for language, names in entry.names.items():
        for position, name in enumerate(names):
            kind: Literal["name", "alternate"] = "name" if position == 0 else "alternate"
            if (language, name) != ("en", entry.name):
                found[RegionName(name=name, kind=kind, language=language)] = None
    for name in entry.abbreviations:
        found[RegionName(name=name, kind="abbreviation", language=None)] = None
    for language, names in entry.adjectives.items():
        for name in names:
            found[RegionName(name=name, kind="demonym", language=language)] = None
    return tuple(found)


class _Evaluator:
    """Works rules out, each once, on outlines simplified when first needed."""

    def __init__(
        self,
        countries: Mapping[str, BaseGeometry],
        provinces: Mapping[str, BaseGeometry],
        extra_land: Iterable[BaseGeometry],
        entries: Mapping[str, RegionDefinition],
    ) -> None:
        self._outlines: dict[str, Mapping[str, BaseGeometry]] = {"country": countries, "province": provinces}
        self._extra_land = tuple(_simplified(outline) for outline in extra_land)
        self._entries = entries
        self._simple: dict[tuple[str, str], BaseGeometry] = {}
        self._areas: dict[str, BaseGeometry] = {}
        self._open: list[str] = []
        self._land: tuple[STRtree, list[BaseGeometry]] | None = None

    def area(self, slug: str, *, asked_by: str | None = None) -> BaseGeometry:
        if slug not in self._entries:
            raise RegionError(asked_by or slug, f"unknown region {slug!r}")
        if slug in self._open:
            raise RegionError(slug, f"defined by itself: {' > '.join([*self._open, slug])}")
        if slug not in self._areas:
            entry = self._entries[slug]
            self._open.append(slug)
            if entry.same_as is not None:
                self._areas[slug] = self._named(slug, entry.same_as)
            else:
                self._areas[slug] = self._rule(slug, entry.rule)
            self._open.pop()
        return self._areas[slug]

    def whole(self, slug: str) -> BaseGeometry:
        """The area with its unclaimed holes closed."""
        area = self.area(slug)
        holes = [Polygon(ring) for part in _polygons(area) for ring in part.interiors]
        gaps = [hole for hole in holes if hole.area <= _SPECK or (hole.area <= _GAP and self._unclaimed(hole))]
        return shapely.union_all([area, *gaps]) if gaps else area

    def _unclaimed(self, hole: Polygon) -> bool:
        return bool(hole.intersection(self.land_near(hole)).area < hole.area / 5)

    def members(self, slug: str) -> tuple[str, ...]:
        """Codes of the countries that the rule takes whole, through other regions too."""
        entry = self._entries[slug]
        if entry.same_as is not None:
            return () if "-" in entry.same_as else (entry.same_as,)
        found = set(entry.rule.countries)
        for other in entry.rule.regions:
            found |= set(self.members(other))
        if entry.rule.minus is not None:
            found -= set(entry.rule.minus.countries)
            for other in entry.rule.minus.regions:
                found -= set(self.members(other))
        return tuple(sorted(found))

    def _outline(self, slug: str, kind: str, code: str) -> BaseGeometry:
        if (kind, code) not in self._simple:
            outline = self._outlines[kind].get(code)
            if outline is None:
                raise RegionError(slug, f"unknown {kind} {code!r}")
            self._simple[kind, code] = _simplified(outline)
        return self._simple[kind, code]

    def _rule(self, slug: str, rule: Rule) -> BaseGeometry:
        parts = [self._outline(slug, "country", code) for code in rule.countries]
        parts += [self._outline(slug, "province", code) for code in rule.provinces]
        parts += [self.area(other, asked_by=slug) for other in rule.regions]
        if rule.rings or rule.boxes:
            parts.append(self._drawn(slug, rule))
        if not parts:
            raise RegionError(slug, "its area has no parts")
        area = shapely.union_all(parts)
        if rule.provinces:
            area = area.buffer(_SLIVER, quad_segs=2).buffer(-_SLIVER, quad_segs=2)
        if rule.window is not None:
            area = area.intersection(box(*rule.window))
        if rule.minus is not None:
            area = area.difference(self._rule(slug, rule.minus))
        return area

    def _drawn(self, slug: str, rule: Rule) -> BaseGeometry:
        outlines = [Polygon(ring) for ring in rule.rings]
        for outline in outlines:
            if not outline.is_valid:
                raise RegionError(slug, f"a ring crosses itself: {shapely.is_valid_reason(outline)}")
        drawn = shapely.union_all([*outlines, *(box(*corners) for corners in rule.boxes)])
        if rule.clip == "none":
            return drawn
        if rule.clip == "land":
            return drawn.intersection(shapely.union_all([self.land_near(drawn), *self._extra_land]))
        if rule.clip == "sea":
            return drawn.difference(self.land_near(drawn))
        return drawn.intersection(shapely.union_all([self._named(slug, code) for code in rule.clip]))

    def _named(self, slug: str, code: str) -> BaseGeometry:
        """The outline of a country (``ML``), a province (``ML-7``) or another region (``sahel``), told by its form."""
        if code != code.upper():
            return self.area(code, asked_by=slug)
        return self._outline(slug, "province" if "-" in code else "country", code)

    def land_near(self, area: BaseGeometry) -> BaseGeometry:
        """The land of all countries that meets ``area``."""
        if self._land is None:
            parts = [self._outline("land", "country", code) for code in sorted(self._outlines["country"])]
            pieces = [piece for part in parts for piece in shapely.get_parts(part)]
            self._land = STRtree(pieces), pieces
        tree, pieces = self._land
        return shapely.union_all([pieces[position] for position in sorted(tree.query(area, predicate="intersects"))])


def _simplified(outline: BaseGeometry) -> BaseGeometry:
    return shapely.make_valid(shapely.simplify(shapely.make_valid(outline), _COARSE))


def _polygons(geometry: BaseGeometry) -> list[Polygon]:
    return [
        part
        for part in shapely.get_parts(shapely.get_parts(geometry))
        if isinstance(part, Polygon) and not part.is_empty
    ]


def _finish(entry: RegionDefinition, area: BaseGeometry, evaluator: _Evaluator) -> Polygon | MultiPolygon:
    """Simplify to a size-dependent tolerance, snap to the grid, keep polygons only, in one fixed order."""
    parts = _polygons(area)
    if not parts:
        raise RegionError(entry.slug, "its area is empty")
    total = sum(part.area for part in parts)
    tolerance = min(0.08, max(0.004, 0.003 * float(total) ** 0.5))
    # Islets below a fraction of the whole cannot be seen at the scale at which the region is drawn.
    kept = shapely.union_all([part for part in parts if part.area >= total * 2e-5])
    # Large unions of whole countries need no strip: who lies in them is told by country.
    drawn = bool(entry.rule.rings or entry.rule.boxes)
    if entry.rule.clip not in ("sea", "none") and (drawn or tolerance <= 0.03):
        kept = _with_its_coast(kept, tolerance, evaluator)
    simple = shapely.make_valid(shapely.simplify(kept, tolerance))
    snapped = shapely.make_valid(shapely.set_precision(simple, GRID))
    filled = [
        Polygon(part.exterior, [hole for hole in part.interiors if Polygon(hole).area > _SPECK])
        for part in _polygons(snapped)
        if part.area >= 10 * GRID * GRID
    ]
    polygons = [shapely.normalize(part) for part in _polygons(shapely.union_all(filled))]
    if not polygons:
        raise RegionError(entry.slug, "nothing is left of its area after simplifying")
    polygons.sort(key=lambda part: (-part.area, part.bounds))
    for part in polygons:
        west, south, east, north = part.bounds
        if east - west > 180 and not (south <= -89 or north >= 89):
            raise RegionError(entry.slug, "a part of it spans more than half the globe: cut it at the antimeridian")
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def _with_its_coast(area: BaseGeometry, width: float, evaluator: _Evaluator) -> BaseGeometry:
    """The area and a strip of the sea before it, so that no coastal town falls out when the coast is simplified."""
    outline = shapely.simplify(area, width / 2)
    strip = shapely.buffer(outline, 1.5 * width, quad_segs=1, join_style="mitre", mitre_limit=1.5)
    sea = strip.intersection(box(-180, -90, 180, 90)).difference(evaluator.land_near(strip))
    return shapely.union_all([area, sea])


def _point(entry: RegionDefinition, geometry: Polygon | MultiPolygon) -> Point:
    if entry.point is not None:
        point = Point(entry.point)
        if not geometry.covers(point):
            raise RegionError(entry.slug, f"its point {entry.point[0]} {entry.point[1]} lies outside its area")
        return point
    largest = max(_polygons(geometry), key=lambda part: part.area)
    for point in (geometry.centroid, largest.centroid):
        rounded = Point(round(point.x, 3), round(point.y, 3))
        if largest.contains(rounded):
            return rounded
    point = largest.representative_point()
    rounded = Point(round(point.x, 5), round(point.y, 5))
    return rounded if largest.contains(rounded) else point


def _within(areas: Mapping[str, Polygon | MultiPolygon]) -> dict[str, tuple[str, ...]]:
    slugs = list(areas)
    shapes = [shapely.make_valid(shapely.simplify(areas[slug], 0.02)) for slug in slugs]
    tree = STRtree(shapes)
    found: dict[str, tuple[str, ...]] = {}
    for slug, shape in zip(slugs, shapes, strict=True):
        holders = []
        for position in tree.query(shape, predicate="intersects"):
            other = shapes[int(position)]
            if slugs[int(position)] == slug or other.area <= shape.area:
                continue
            if shape.intersection(other).area >= _COVERED * shape.area:
                holders.append((other.area, slugs[int(position)]))
        found[slug] = tuple(name for _, name in sorted(holders))
    return found
