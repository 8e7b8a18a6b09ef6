"""Build the embedded gazetteer from the pinned packages."""

from __future__ import annotations

import hashlib
import json
import lzma
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer import schema, storage
from gazetteer.builder import (
    algeria,
    census,
    cities,
    countries,
    curated,
    divisions,
    outlines,
    points,
    postal,
    regions,
    seats,
    transport,
    waters,
)
from gazetteer.builder.fetch import Packages, Progress, sources
from gazetteer.builder.records import Record, Records, prominence
from gazetteer.builder.write import write
from gazetteer.names import name_key

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

DATABASE = "places.sqlite"
SIMPLIFIED = 0.003
"""Tolerance of outlines in degrees (about 300 m); neighbours keep their common border."""


def build(cache: Path, out: Path, progress: Progress = str) -> dict[str, Any]:
    """Fetch into ``cache`` what is not there, build, put database and manifest into ``out``; returns the manifest."""
    import shapely

    packages = Packages(cache, progress)
    records = Records()
    nations = countries.build(packages)
    country_of_row = dict(cities.country_rows(packages))
    units = divisions.read(packages, country_of_row)
    places = cities.build(packages, units)
    cities.promote_seats(places, units)
    countries.drop_names_of_cities(nations, places)
    progress("joining outlines")
    ne = divisions.provinces(packages)
    full_provinces = ne.outlines
    countries.complete(nations, full_provinces, places)
    for feature, simple in zip(ne.features, _simplified([row["geometry"] for row in ne.features]), strict=True):
        feature["geometry"] = simple
    unit_records = divisions.build(packages, units, ne, places)
    by_iso = divisions.ids_by_iso(units, ne)
    postal_rows = list(postal.rows(packages))
    nearby = postal.Nearby([*places, *unit_records])
    new_provinces, communes = algeria.build(packages, postal_rows, nearby, by_iso)
    unit_records += new_provinces
    places += communes
    villages = postal.build(postal_rows, nearby)
    by_unit = {unit.id: unit for unit in unit_records if unit.feature_code == "ADM1"}
    outlines.share_out(by_unit, places, [(row["iso_a2"] or "", row["geometry"]) for row in ne.features])
    places += villages
    places += census.build(census.entries(packages), units, nearby)
    places += points.build(nearby)
    outlines.place_in_units(by_unit.values(), places)
    seats.place_at_seats(unit_records, places, by_unit)
    progress("working out regions")
    region_rows = regions.build(nations.outlines, full_provinces, extra_land=nations.codeless)
    codes = sorted(nations.outlines)
    for code, simple in zip(codes, _simplified([nations.outlines[code] for code in codes]), strict=True):
        nations.records[code].geometry = simple
    land = shapely.union_all([record.geometry for record in nations.records.values() if record.geometry is not None])
    records.extend(record for record in nations.records.values() if record.lat == record.lat)
    records.extend(unit for unit in unit_records if unit.id not in records)
    records.extend(place for place in places if place.id not in records)
    # A strait or lake that is also written down as a region is one place: the region, whose definition is on record.
    written = {name_key(row.name) for row in region_rows if row.feature_class == "H"}
    for layer in (waters.seas(packages, land), waters.lakes(packages), waters.rivers(packages)):
        records.extend(record for record in layer if name_key(record.name) not in written)
    records.extend(transport.in_territories(transport.airports(packages), nations.outlines))
    records.extend(transport.plausible(transport.ports(packages), nations.outlines))
    held = list(_add_regions(records, nations, by_iso, region_rows))
    curated.apply(curated.Places(records, nations.records, by_iso))
    capitals = dict(_capitals(nations, places))
    for record in records:
        if record.prominence == 0.0:
            record.prominence = prominence(record)
    put_regions_first(records)
    held.extend(_held_areas(records))
    progress(f"writing {len(records)} places")
    out.mkdir(parents=True, exist_ok=True)
    database = out / f"{DATABASE}.building"
    counts = write(
        database,
        records,
        countries={
            code: (nations.facts[code].iso3, record.id, capitals.get(code))
            for code, record in nations.records.items()
            if record.id in records
        },
        held=held,
        meta={"schema": str(schema.VERSION)},
    )
    progress("compressing")
    return _publish(database, out, counts)


def _simplified(outlines: list[BaseGeometry]) -> list[BaseGeometry]:
    import shapely

    simple = shapely.make_valid(shapely.coverage_simplify(outlines, SIMPLIFIED, simplify_boundary=True))
    return [new if not new.is_empty else old for new, old in zip(simple, outlines, strict=True)]


def _add_regions(
    records: Records, nations: countries.Countries, by_iso: dict[str, str], rows: Iterable[regions.RegionRow]
) -> Iterator[tuple[str, str]]:
    """Make records of macro-regions, or lend their names to the place they are the same as; yields who holds whom."""
    rows = list(rows)
    id_of = {row.slug: f"region:{row.slug}" for row in rows}
    for row in rows:
        same = _same_place(row.same_as, nations, by_iso)
        if same is not None and same in records:
            record = records[same]
            id_of[row.slug] = same
        else:
            record = records.add(
                Record(
                    id=f"region:{row.slug}", name=row.name, lat=row.lat, lon=row.lon,
                    country=_only_country(row, nations), feature_class=row.feature_class, feature_code=row.feature_code,
                    source="regions", geometry=row.geometry,
                    approximate=row.approximate,
                )
            )  # fmt: skip
            record.prominence = 6.0 + min(2.0, float(row.geometry.area) / 1000)
        for name in row.names:
            record.add(name.name, kind=name.kind, language=name.language)
        for code in row.countries if row.same_as is None else ():
            if code in nations.records and nations.records[code].id in records:
                yield nations.records[code].id, record.id
    for row in rows:
        yield from ((id_of[row.slug], id_of[holder]) for holder in row.within)


def _only_country(row: regions.RegionRow, nations: countries.Countries) -> str | None:
    """The country of a region whose rule takes one country whole and next to nothing else (Borneo is not Brunei's)."""
    if len(row.countries) != 1:
        return None
    (code,) = row.countries
    outline = nations.outlines.get(code)
    inside = outline is not None and row.geometry.intersection(outline).area >= 0.9 * row.geometry.area
    return code if inside else None


def put_regions_first(records: Records) -> None:
    """Let a macro-region's own name mean it before a province or town that has the name as one of many alternates
    (GeoNames files "Anatolia" under Antalya). Countries, and whoever has it as the own name, keep their place."""
    filed: dict[str, list[Record]] = defaultdict(list)
    named = {name_key(record.name) for record in records if record.source == "regions"}
    for record in records:
        for key in {name_key(name.text) for name in record.names if name.kind != "demonym"} & named:
            if key != name_key(record.name):
                filed[key].append(record)
    for region in [record for record in records if record.source == "regions"]:
        rivals = [
            rival.prominence
            for rival in filed[name_key(region.name)]
            if rival.feature_class in "AP" and not rival.feature_code.startswith("PCL") and rival.source != "regions"
        ]
        # An alternate counts half a power of ten less than a name.
        region.prominence = round(max([region.prominence, *(rival - 0.45 for rival in rivals)]), 3)


def _same_place(code: str | None, nations: countries.Countries, by_iso: dict[str, str]) -> str | None:
    """The id of the country or first-level unit of an ISO 3166 code."""
    if code is None or "-" in code:
        return by_iso.get(code or "")
    return nations.records[code].id if code in nations.records else None


def _held_areas(records: Records) -> Iterator[tuple[str, str]]:
    """(country or first-level unit, macro-region) where at least 97% of the outline lies inside the region."""
    import shapely

    areas = [(record, record.geometry) for record in records if record.geometry and record.source == "regions"]
    tree = shapely.STRtree([geometry for _, geometry in areas])
    for record in records:
        if record.geometry is None or record.feature_class != "A":
            continue
        for position in tree.query(record.geometry, predicate="intersects"):
            holder, area = areas[int(position)]
            if shapely.intersection(area, record.geometry).area >= 0.97 * record.geometry.area:
                yield record.id, holder.id


def _capitals(nations: countries.Countries, places: list[Record]) -> Iterator[tuple[str, str]]:
    """(country, id of its capital): the place that GeoNames codes PPLC, else the one named as in its country table."""
    by_country: dict[str, list[Record]] = defaultdict(list)
    for place in places:
        by_country[place.country or ""].append(place)
    for code, fact in sorted(nations.facts.items()):
        wanted = {name_key(name) for name in countries.capital_names(fact)}
        found = [place for place in by_country[code] if place.feature_code == "PPLC"]
        if not found:
            found = [place for place in by_country[code] if name_key(place.name) in wanted]
        if found:
            best = max(found, key=lambda place: (name_key(place.name) in wanted, place.population, place.id))
            best.feature_code = "PPLC"
            yield code, best.id


def _publish(database: Path, out: Path, counts: Counter[str]) -> dict[str, Any]:
    """Compress, describe and move into place, the manifest last."""
    raw = database.read_bytes()
    packed = lzma.compress(raw, format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC64, preset=9 | lzma.PRESET_EXTREME)
    manifest = {
        "schema": schema.VERSION,
        "database": {
            "file": f"{DATABASE}.xz",
            "bytes": len(packed),
            "sha256": hashlib.sha256(packed).hexdigest(),
            "unpacked_bytes": len(raw),
            "unpacked_sha256": hashlib.sha256(raw).hexdigest(),
            "edges_sha256": storage.edges(database),
        },
        "counts": dict(sorted(counts.items())),
        **_statistics(database),
        "sources": [
            {"package": source.package, "registry": source.registry, "version": source.version, "sha256": source.sha256,
             "credit": source.credit, "licence": source.licence, "date": source.date, "taken": source.taken}
            for source in sources().values()
        ],
    }  # fmt: skip
    partial = out / f"{DATABASE}.xz.building"
    partial.write_bytes(packed)
    partial.replace(out / f"{DATABASE}.xz")
    database.unlink()
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    partial = out / "manifest.json.building"
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(out / "manifest.json")
    return manifest


def _statistics(path: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(path)) as database:
        codes = database.execute(
            "SELECT class || '.' || code.code, count(*) FROM place JOIN code ON code.number = place.code"
            " GROUP BY 1 ORDER BY 1"
        ).fetchall()
        by_country = database.execute(
            "SELECT country, count(*) FROM place JOIN code ON code.number = place.code WHERE class = 'P'"
            " GROUP BY 1 ORDER BY 1"
        ).fetchall()
        keys = (row[0] for row in database.execute("SELECT key FROM name"))
        scripts = Counter(script_of(key) for key in keys)
    return {
        "feature_codes": dict(codes),
        "populated_places": dict(by_country),
        "names_by_script": dict(sorted(scripts.items())),
    }


_SCRIPTS = (
    (0x24F, "Latin"), (0x3FF, "Greek"), (0x52F, "Cyrillic"), (0x58F, "Armenian"), (0x5FF, "Hebrew"), (0x77F, "Arabic"),
    (0x97F, "Devanagari"), (0xDFF, "other Indic"), (0xE7F, "Thai"), (0x10FF, "Georgian"), (0x1FFF, "Latin"),
    (0x30FF, "Kana"), (0x9FFF, "Han"), (0xA4CF, "other"), (0xD7AF, "Hangul"),
)  # fmt: skip


def script_of(key: str) -> str:
    """The script of a key's first letter, coarsely."""
    code = next((ord(char) for char in key if char.isalpha()), 0)
    return next((name for last, name in _SCRIPTS if code <= last), "other") if code else "none"
