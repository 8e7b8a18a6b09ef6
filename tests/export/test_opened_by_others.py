"""Files open in the programs that read them: GDAL's command line, the OGC's schema of KML, LibreOffice, Poppler.

What is not installed here is skipped with the reason; continuous integration has it all.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from mapper import export
from tests.export.hostile import corpus, footprint
from tests.fixtures import sahel

EVENTS = sum(len(analysis.events) for analysis in corpus())


def tool(name: str, package: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed (apt-get install {package})")
    return found


def run(*command: str | Path) -> str:
    result = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, encoding="utf-8", check=False, timeout=300
    )
    assert result.returncode == 0, result.stderr
    return result.stdout + result.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("others")
    for suffix in (".gpkg", ".fgb", ".geojson", ".parquet", ".kml", ".csv", ".xlsx"):
        export.write(folder / f"events{suffix}", corpus(), footprint=footprint)
    return folder


@pytest.mark.parametrize("suffix", [".gpkg", ".fgb", ".geojson", ".csv", ".xlsx", ".parquet"])
def test_gdal_counts_the_events_and_complains_of_nothing(folder: Path, suffix: str) -> None:
    ogrinfo = tool("ogrinfo", "gdal-bin")
    formats = run(ogrinfo, "--formats")
    needed = {".gpkg": "GPKG", ".fgb": "FlatGeobuf", ".xlsx": "XLSX", ".parquet": "Parquet"}.get(suffix, "CSV")
    if not re.search(rf"^\s*{needed} ", formats, re.MULTILINE):
        pytest.skip(f"this GDAL has no driver for {needed}")
    told = run(ogrinfo, "-ro", "-so", "-al", folder / f"events{suffix}")
    assert "Warning" not in told
    assert "ERROR" not in told
    counts = dict(zip(re.findall(r"Layer name: (\S+)", told), re.findall(r"Feature Count: (\d+)", told), strict=True))
    assert int(counts["events"]) == EVENTS
    if suffix == ".gpkg":
        assert set(counts) == {"events", "articles", "mentions", "places"}
    if suffix in {".gpkg", ".fgb", ".geojson", ".parquet"}:
        assert 'ID["EPSG",4326]' in told or '"EPSG","4326"' in told


def test_gdal_reads_the_placemarks_of_kml(folder: Path) -> None:
    ogrinfo = tool("ogrinfo", "gdal-bin")
    told = run(ogrinfo, "-ro", "-so", "-al", folder / "events.kml")
    assert "ERROR" not in told
    assert sum(map(int, re.findall(r"Feature Count: (\d+)", told))) == EVENTS


def test_kml_is_valid_by_the_schema_of_the_ogc(folder: Path) -> None:
    pytest.importorskip("fastkml", reason="fastkml, which brings the schema, is not installed")
    from fastkml.config import set_etree_implementation
    from fastkml.validator import get_schema_parser
    from lxml import etree

    set_etree_implementation(etree)
    schema = get_schema_parser()
    valid = schema.validate(etree.parse(folder / "events.kml").getroot())
    assert valid, schema.error_log


def test_a_geopackage_survives_a_round_trip_through_gdal(folder: Path, tmp_path: Path) -> None:
    ogr2ogr = tool("ogr2ogr", "gdal-bin")
    run(ogr2ogr, "-f", "GeoJSON", tmp_path / "back.geojson", folder / "events.gpkg", "events")
    features: list[dict[str, Any]] = json.loads((tmp_path / "back.geojson").read_text("utf-8"))["features"]
    ours = json.loads((folder / "events.geojson").read_text("utf-8"))["features"]
    assert [one["properties"]["event_id"] for one in features] == [one["properties"]["event_id"] for one in ours]
    assert [one["geometry"] is None for one in features] == [one["geometry"] is None for one in ours]


@pytest.mark.parametrize("suffix", [".pptx", ".docx"])
def test_libreoffice_turns_briefs_into_pages_that_hold_their_words(tmp_path: Path, suffix: str) -> None:
    from mapper.render import brief

    office, words = tool("soffice", "libreoffice-impress libreoffice-writer"), tool("pdftotext", "poppler-utils")
    pytest.importorskip({".pptx": "pptx", ".docx": "docx"}[suffix], reason="the extra for briefs is not installed")
    source = tmp_path / f"week{suffix}"
    brief.write(source, sahel.event_map(), title="North Africa and the Sahel", tlp="GREEN", as_of="2024-03-15", dpi=72)
    home = (tmp_path / "home").as_uri()
    run(office, "--headless", f"-env:UserInstallation={home}", "--convert-to", "pdf", "--outdir", tmp_path, source)
    text = run(words, "-layout", tmp_path / "week.pdf", "-")
    for wanted in ("North Africa and the Sahel", "TLP:GREEN", "Timbuktu", "Benghazi", "Natural Earth"):
        assert wanted in text


def test_poppler_reads_a_pdf_brief(tmp_path: Path) -> None:
    from mapper.render import brief

    words, pictures = tool("pdftotext", "poppler-utils"), tool("pdftoppm", "poppler-utils")
    pytest.importorskip("matplotlib", reason="the extra for briefs is not installed")
    source = tmp_path / "week.pdf"
    brief.write(source, sahel.event_map(), title="North Africa and the Sahel", tlp="GREEN", as_of="2024-03-15")
    text = run(words, "-layout", source, "-")
    assert "TLP:GREEN" in text
    assert "Timbuktu" in text
    run(pictures, "-r", "40", "-png", source, tmp_path / "page")
    assert all(path.stat().st_size > 3_000 for path in tmp_path.glob("page*.png"))
