"""Seas, gulfs and straits; lakes; rivers: all from Natural Earth, with the repairs of ``waters.toml``."""

from __future__ import annotations

import json
import re
import struct
import tempfile
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.builder.fetch import Packages
from gazetteer.builder.records import Record
from gazetteer.names import name_key

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_CODES = (
    ("ocean", "OCN"), ("gulf", "GULF"), ("golf", "GULF"), ("strait", "STRT"), ("bosporus", "STRT"),
    ("dardanelles", "STRT"), ("mandeb", "STRT"), ("øresund", "SD"), ("skagerrak", "STRT"), ("kattegat", "STRT"),
    ("channel", "CHN"), ("passage", "CHN"), ("canal", "CHN"), ("sound", "SD"), ("fjord", "FJD"), ("bight", "BGHT"),
    ("bay", "BAY"), ("bahía", "BAY"), ("baía", "BAY"), ("lagoon", "LGN"), ("inlet", "INLT"), ("lake", "LK"),
    ("river", "STM"), ("río", "ESTY"), ("amazon", "ESTY"), ("yangtze", "ESTY"), ("reef", "RF"), ("sea", "SEA"),
)  # fmt: skip
_WATER_WORD = re.compile(
    r"\b(river|rio|río|rivière|creek|canal|fork|nahr|wadi|wādī|oued|he|jiang|darya|nadi|lake|lago|lac|lough|reservoir|bahr|shatt|"
    r"channel|kanal|nehri|brook|bayou|delta)\b",
    re.IGNORECASE,
)


def slug(name: str) -> str:
    """A name as part of an id: folded, words joined by hyphens."""
    return re.sub(r"[^\w]+", "-", name_key(name)).strip("-")


def _repairs() -> dict[str, Any]:
    return tomllib.loads(files("gazetteer.builder").joinpath("waters.toml").read_text(encoding="utf-8"))


def _inside(geometry: BaseGeometry) -> tuple[float, float]:
    """(lat, lon) of a point on the geometry's largest part."""
    import shapely

    largest = max(shapely.get_parts(geometry), key=lambda part: (part.area, part.length))
    point = shapely.point_on_surface(largest)
    return round(point.y, 5), round(point.x, 5)


def seas(packages: Packages, land: BaseGeometry) -> list[Record]:
    """Natural Earth's marine areas; areas of one name (the two halves of an ocean) are one."""
    import shapely
    from shapely.geometry import Polygon

    straits = {entry["id"]: entry for entry in _repairs()["strait"]}
    found: dict[str, Record] = {}
    for meta, outline in _marine(packages):
        sea_id = f"ne:{meta['feature_id'].removeprefix('ne_marine_')}"
        name = unicodedata.normalize("NFC", meta["name"])
        repair = straits.pop(sea_id, None)
        geometry = _drawn(repair["ring"], land) if repair is not None else outline
        twin = next((other for other in found.values() if other.name == name), None)
        if twin is not None and twin.geometry is not None:
            twin.geometry = shapely.union_all([twin.geometry, geometry])
            twin.lat, twin.lon = _inside(twin.geometry)
            continue
        lat, lon = _inside(geometry)
        record = Record(
            id=sea_id, name=name, lat=lat, lon=lon, country=None, feature_class="U" if "Reef" in name else "H",
            feature_code=_code(name), source="seas", geometry=geometry, approximate=repair is not None,
        )  # fmt: skip
        for language, text in sorted((meta["names"] or {}).items()):
            record.add(unicodedata.normalize("NFC", text), language=language)
        _add_languages(record, repair)
        found[sea_id] = record
    for strait_id, repair in straits.items():
        geometry = _drawn(repair["ring"], land)
        lat, lon = _inside(geometry)
        found[strait_id] = Record(
            id=strait_id, name=repair["name"], lat=lat, lon=lon, country=None, feature_class="H",
            feature_code=_code(repair["name"]), source="seas", geometry=geometry, approximate=True,
        )  # fmt: skip
        _add_languages(found[strait_id], repair)
    for record in found.values():
        parts = shapely.get_parts(shapely.get_parts(record.geometry))
        record.geometry = shapely.multipolygons([part for part in parts if isinstance(part, Polygon)])
        record.prominence = 5.0 + min(2.0, max(0.0, record.geometry.area / 500))
    return list(found.values())


def _add_languages(record: Record, repair: Mapping[str, Any] | None) -> None:
    for language, names in (repair or {}).get("names", {}).items():
        record.add(*names, language=language)


def _drawn(ring: str, land: BaseGeometry) -> BaseGeometry:
    import shapely

    corners = [tuple(float(value) for value in pair.split()) for pair in ring.split(",")]
    return shapely.make_valid(shapely.Polygon(corners)).difference(land)


def _code(name: str) -> str:
    lower = name.lower()
    return next((code for word, code in _CODES if word in lower), "SEA")


def _marine(packages: Packages) -> Iterator[tuple[dict[str, Any], BaseGeometry]]:
    """Decode the package's binary, little-endian: per part its box, and ring coordinates as 16-bit shares of it."""
    import shapely
    from shapely.geometry import MultiPolygon, Polygon

    blob = packages["seas"].read("cadis/waterbody/data/waterbody.ffsf")
    metas = json.loads(packages["seas"].read("cadis/waterbody/data/waterbody_meta.json"))
    _, feature_count, part_count = struct.unpack_from("<III", blob, 4)
    position = 16
    features = [struct.unpack_from("<4I", blob, position + 16 * index)[2:] for index in range(feature_count)]
    position += 16 * feature_count
    boxes = [struct.unpack_from("<4f", blob, position + 16 * index) for index in range(part_count)]
    position += 16 * part_count
    parts = [struct.unpack_from("<4I", blob, position + 16 * index) for index in range(part_count)]
    position += 16 * part_count
    ring_count = sum(part[3] for part in parts)
    sizes = struct.unpack_from(f"<{ring_count}I", blob, position)
    coordinates = blob[position + 4 * ring_count :]
    for meta, (first, count) in zip(metas, features, strict=True):
        if not str(meta["feature_id"]).startswith("ne_marine_"):
            continue
        polygons = []
        for index in range(first, first + count):
            offset, length, first_ring, rings_here = parts[index]
            west, south, east, north = boxes[index]
            values = struct.unpack_from(f"<{length // 2}H", coordinates, offset)
            rings, at = [], 0
            for size in sizes[first_ring : first_ring + rings_here]:
                pairs = zip(values[at : at + 2 * size : 2], values[at + 1 : at + 2 * size : 2], strict=True)
                rings.append(
                    [(west + x / 65535 * (east - west), south + y / 65535 * (north - south)) for x, y in pairs]
                )
                at += 2 * size
            if rings and len(rings[0]) >= 4:
                polygons.append(Polygon(rings[0], [ring for ring in rings[1:] if len(ring) >= 4]))
        yield meta, shapely.make_valid(MultiPolygon(polygons))


def lakes(packages: Packages) -> list[Record]:
    """Named lakes; parts with one name are one lake."""
    import shapely
    from shapely.geometry import shape

    parts: dict[str, list[tuple[int, BaseGeometry]]] = defaultdict(list)
    for feature in json.loads(packages["lakes"].read("package/dist/lakes.json"))["features"]:
        name = feature["properties"].get("name")
        if name:
            rank = int(feature["properties"].get("scalerank") or 0)
            parts[unicodedata.normalize("NFC", name.strip())].append(
                (rank, shapely.make_valid(shape(feature["geometry"])))
            )
    found = []
    for name in sorted(parts):
        geometry = shapely.union_all([part for _, part in parts[name]])
        lat, lon = _inside(geometry)
        record = Record(
            id=f"ne:lake-{slug(name)}", name=name, lat=lat, lon=lon, country=None, feature_class="H",
            feature_code="RSV" if "Reservoir" in name else "LGN" if "Lagoon" in name else "LK", source="lakes",
            geometry=geometry, prominence=5.0 - 0.3 * min(rank for rank, _ in parts[name]),
        )  # fmt: skip
        bare = re.sub(r"^(Lake|Lago|Lac|Lough) | (Lake|Reservoir)$", "", name)
        if bare != name:
            record.add(f"Lake {bare}", f"{bare} Lake", language="en")
            record.add(f"lac {bare}", language="fr")
        found.append(record)
    return found


def rivers(packages: Packages) -> list[Record]:
    """Named rivers as lines; stretches with one name within 8° of each other are one river."""
    import geopandas

    spelled: dict[str, str] = _repairs()["rivers"]
    folder = "usr/share/magics/10m/ne_10m_rivers_lake_centerlines."
    with tempfile.TemporaryDirectory() as temporary:
        for member, data in packages["rivers"].matching(lambda name: name.startswith(folder)):
            (Path(temporary) / Path(member).name).write_bytes(data)
        frame = geopandas.read_file(Path(temporary) / "ne_10m_rivers_lake_centerlines.shp")
    stretches: dict[str, list[tuple[float, BaseGeometry]]] = defaultdict(list)
    for told, rank, geometry in zip(frame["name"], frame["scalerank"], frame.geometry, strict=True):
        name = spelled.get(told, told)
        if isinstance(name, str) and geometry and "?" not in name:
            stretches[unicodedata.normalize("NFC", " ".join(name.split()))].append((float(rank), geometry))
    found = []
    for name in sorted(stretches):
        for number, group in enumerate(_neighbours(stretches[name]), start=1):
            found.append(_river(name, number, group))
    return found


def _neighbours(stretches: list[tuple[float, BaseGeometry]]) -> list[list[tuple[float, BaseGeometry]]]:
    groups: list[list[tuple[float, BaseGeometry]]] = []
    for stretch in stretches:
        near = [group for group in groups if any(other.distance(stretch[1]) < 8 for _, other in group)]
        merged = [item for group in near for item in group] + [stretch]
        groups = [group for group in groups if group not in near] + [merged]
    groups.sort(key=lambda group: -sum(geometry.length for _, geometry in group))
    return groups


def _river(name: str, number: int, group: list[tuple[float, BaseGeometry]]) -> Record:
    import shapely

    geometry = shapely.line_merge(shapely.union_all([part for _, part in group]))
    longest = max(shapely.get_parts(geometry), key=lambda part: part.length)
    middle = longest.interpolate(0.5, normalized=True)
    full = name if _WATER_WORD.search(name) else f"{name} River"
    record = Record(
        id=f"ne:river-{slug(name)}" + (f"-{number}" if number > 1 else ""), name=full,
        lat=round(middle.y, 5), lon=round(middle.x, 5), country=None, feature_class="H",
        feature_code="CNL" if "anal" in name else "STM", source="rivers", geometry=geometry,
        prominence=4.5 - 0.25 * min(rank for rank, _ in group),
    )  # fmt: skip
    if full != name:
        record.add(name)
        record.add(f"River {name}", language="en")
        record.add(f"fleuve {name}", f"rivière {name}", language="fr")
    return record
