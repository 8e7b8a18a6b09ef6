"""Every format, read back by the libraries that others will read it with, says the same."""

from __future__ import annotations

import csv
import itertools
import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import openpyxl
import pytest
from lxml import etree
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from mapper import export
from mapper.codec import from_record
from mapper.export.cells import unguard
from mapper.export.rows import EVENT_COLUMNS, FLOATS, INTEGERS, clean, flat, told
from mapper.export.xlsx import CUT, LONGEST_CELL
from tests.export.hostile import MALI_OUTLINE, corpus, footprint
from tests.samples import GAO, MALI

ANALYSES = corpus()
ROWS = [flat(item.row) for item in told(ANALYSES)]
Row = dict[str, Any]
_ST_XSTRING = re.compile("_x([0-9A-Fa-f]{4})_")


def read_frame(path: Path) -> list[Row]:
    frame = geopandas.read_parquet(path) if path.suffix == ".parquet" else geopandas.read_file(path, layer="events")
    return rows_of(frame)


def rows_of(frame: geopandas.GeoDataFrame) -> list[Row]:
    rows = frame.drop(columns="geometry").astype(object).to_dict("records")
    return [{k: None if isinstance(v, float) and math.isnan(v) else v for k, v in row.items()} for row in rows]


def read_geojson(path: Path) -> list[Row]:
    return [flat(feature["properties"]) for feature in json.loads(path.read_text("utf-8"))["features"]]


def number(name: str, cell: str) -> Any:
    return float(cell) if name in FLOATS else int(cell) if name in INTEGERS else cell


def read_csv(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    return [{k: number(k, unguard(v)) if v else None for k, v in row.items()} for row in rows]


def character(reference: re.Match[str]) -> str:
    return chr(int(reference[1], 16))


def read_xlsx(path: Path) -> list[Row]:
    head, *rows = openpyxl.load_workbook(path)["events"].iter_rows()
    assert all(cell.data_type in "sn" for row in rows for cell in row)
    assert all(cell.quotePrefix for row in rows for cell in row if isinstance(cell.value, str))
    # Excel reads _x0041_ as a character (ISO/IEC 29500, ST_Xstring); openpyxl hands it on as it stands.
    values = [[_ST_XSTRING.sub(character, c.value) if isinstance(c.value, str) else c.value for c in r] for r in rows]
    return [dict(zip((c.value for c in head), row, strict=True)) for row in values]


def read_kml(path: Path) -> list[Row]:
    found = []
    for placemark in etree.parse(path).iter("{*}Placemark"):
        data = {item.get("name"): item.findtext("{*}value") for item in placemark.iter("{*}Data")}
        found.append({name: number(name, data[name]) if name in data else None for name in EVENT_COLUMNS})
    return found


def comparable(row: Row, *, cut: bool = False) -> Row:
    """Empty text and no value are told apart by few formats; a sheet's cells have a longest length."""
    short = {k: v[:1000] if cut and isinstance(v, str) and len(v) > 1000 else v for k, v in row.items()}
    return {name: None if short[name] == "" else short[name] for name in EVENT_COLUMNS}


READERS: dict[str, Callable[[Path], list[Row]]] = {
    "e.geojson": read_geojson,
    "e.gpkg": read_frame,
    "e.fgb": read_frame,
    "e.parquet": read_frame,
    "e.csv": read_csv,
    "e.xlsx": read_xlsx,
    "e.kml": read_kml,
}


@pytest.fixture(scope="module", params=READERS)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("out") / request.param
    counts = export.write(path, iter(ANALYSES), footprint=footprint).counts
    placed = sum(row["place_id"] is not None for row in ROWS)
    assert (counts.articles, counts.events, counts.placed) == (len(ANALYSES), len(ROWS), placed)
    assert counts.unplaced == len(ROWS) - placed
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    return path


def test_every_format_carries_the_same_events_and_the_same_text(written: Path) -> None:
    def keyed(rows: list[Row]) -> list[Row]:
        # KML has folders, so that its order is another.
        return sorted((comparable(r, cut=written.suffix == ".xlsx") for r in rows), key=json.dumps)

    assert keyed(READERS[written.name](written)) == keyed(ROWS)


def test_the_same_analyses_give_the_same_bytes(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Pacific/Apia")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    again = tmp_path / written.name
    export.write(again, ANALYSES, footprint=footprint)
    assert again.read_bytes() == written.read_bytes()


@pytest.mark.parametrize("name", READERS)
def test_no_events_make_a_file_that_opens(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    assert export.write(path, [], footprint=footprint).counts.events == 0
    assert READERS[name](path) == []


@pytest.mark.parametrize("name", ["e.gpkg", "e.fgb", "e.parquet", "e.geojson"])
def test_areas_are_areas_points_points_and_the_unplaced_nowhere(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    export.write(path, ANALYSES, footprint=footprint)
    frame = geopandas.read_parquet(path) if name == "e.parquet" else geopandas.read_file(path, layer=0)
    assert frame.crs.to_epsg() == 4326
    for place, shape in zip(frame["place_id"].fillna(""), frame.geometry, strict=True):
        if place == GAO.id:
            assert (shape.x, shape.y) == (GAO.lon, GAO.lat)
        elif place == MALI.id:
            assert shape.equals_exact(MALI_OUTLINE, 1e-6) or shape.normalize().equals_exact(
                MALI_OUTLINE.normalize(), 1e-6
            )
        else:
            assert shape is None  # unplaced, or an area whose outline nobody knows: no pin in its stead


def rings(shape: BaseGeometry) -> list[list[list[list[float]]]]:
    geometry: Any = mapping(shape)
    return geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]


def signed_area(ring: list[list[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))


def test_geojson_is_as_rfc_7946_has_it(tmp_path: Path) -> None:
    path = tmp_path / "e.geojson"
    export.write(path, ANALYSES, footprint=footprint)
    collection = json.loads(path.read_text("utf-8"))
    assert set(collection) == {"type", "features"}
    areas = [f["geometry"] for f in collection["features"] if f["geometry"] and f["geometry"]["type"] != "Point"]
    assert areas
    for area in areas:
        for outer, *holes in area["coordinates"]:
            assert signed_area(outer) > 0
            assert all(signed_area(hole) < 0 for hole in holes)
            assert all(round(value, 6) == value for pair in outer for value in pair)
    assert any(feature["geometry"] is None for feature in collection["features"])


def test_a_geopackage_has_articles_mentions_and_each_place_once(tmp_path: Path) -> None:
    path = tmp_path / "e.gpkg"
    export.write(path, ANALYSES, footprint=footprint)
    articles = geopandas.read_file(path, layer="articles")
    assert list(articles["text"]) == [clean(a.article.text) for a in ANALYSES]
    mentions = geopandas.read_file(path, layer="mentions")
    assert list(mentions["text"].fillna("")) == [clean(t.text) for a in ANALYSES for t in a.toponyms]
    places = geopandas.read_file(path, layer="places")
    assert places["id"].is_unique
    assert set(mentions["place_id"]) == set(places["id"])
    assert places.set_index("id").geometry[MALI.id].geom_type == "MultiPolygon"
    assert "geometry" not in mentions.columns


def test_batches_make_the_same_geopackage_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mapper.export.gdal.BATCH", 2)
    path = tmp_path / "e.gpkg"
    export.write(path, ANALYSES, footprint=footprint)
    assert [comparable(row) for row in read_frame(path)] == [comparable(row) for row in ROWS]


def test_json_lines_keep_every_character(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    export.write(path, ANALYSES, footprint=footprint)
    assert [from_record(json.loads(line)) for line in path.read_bytes().splitlines()] == ANALYSES


def test_parquet_has_a_covering_box_and_says_its_version(tmp_path: Path) -> None:
    from pyarrow import parquet

    path = tmp_path / "e.parquet"
    export.write(path, ANALYSES, footprint=footprint)
    geo = json.loads(parquet.read_schema(path).metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert "bbox" in geo["columns"]["geometry"]["covering"]


def test_long_text_is_cut_for_a_sheet_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "e.xlsx"
    export.write(path, ANALYSES, footprint=footprint)
    cells = [c.value for row in openpyxl.load_workbook(path)["events"].iter_rows() for c in row]
    longest = max((cell for cell in cells if isinstance(cell, str)), key=len)
    assert len(longest) == LONGEST_CELL
    assert longest.endswith(CUT)


@pytest.mark.parametrize("suffix", [".parquet", ".fgb"])
def test_rows_written_a_few_at_a_time_are_the_rows_written_at_once(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import geopandas

    whole, parts = tmp_path / f"whole{suffix}", tmp_path / f"parts{suffix}"
    export.write(whole, ANALYSES, footprint=footprint)
    monkeypatch.setattr("mapper.export.gdal.ROWS", 2)
    export.write(parts, ANALYSES, footprint=footprint)
    read = geopandas.read_parquet if suffix == ".parquet" else geopandas.read_file
    one, two = read(whole), read(parts)
    assert len(one) > 2
    assert one.equals(two)
    assert one.total_bounds.tolist() == two.total_bounds.tolist()
    if suffix == ".parquet":
        from pyarrow import parquet

        assert parquet.read_metadata(parts).num_row_groups > 1
        heads = [json.loads(parquet.read_schema(path).metadata[b"geo"]) for path in (whole, parts)]
        assert heads[0] == heads[1]
