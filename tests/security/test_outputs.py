"""Hostile text in every field, in every format written: each file opens, holds the text, and nothing in it runs."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree

from mapper import export
from mapper.cli import main
from mapper.export.cells import unguard
from mapper.export.rows import clean
from mapper.render import brief
from tests.security import EXHAUSTIVE, made
from tests.security.browser import visit
from tests.security.strings import HOST, HOSTILE, PRODUCT, numbered

EVENTS = 3  # of each record
FORMULA = re.compile(r"[\s\0\"\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]*[=+@\uff1d\uff0b\uff20-]")
ODD = re.compile("[\u0300-\u036f\u200b-\u200f\u2060\ufdfa\ufeff\U000e0000-\U000e007f]")
"""Characters that fonts may have nothing for."""
BRIEFED = [(n, text) for n, text in numbered() if n % (4 if EXHAUSTIVE else 16) == 0 or ODD.search(text)]
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def call(*words: str | Path) -> None:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("outputs")
    source = made.write_records(folder / "in.jsonl", numbered())
    few = made.write_records(folder / "few.jsonl", BRIEFED)
    for suffix in export.SUFFIXES:
        call("parse", source, "-o", folder / f"out{suffix}", "--quiet")
    heading = " ".join(text for _, text in BRIEFED)[:4_000]
    for suffix in brief.SUFFIXES:
        words = ("--title", heading, "--subtitle", heading, "--as-of", "2014-04-04", "--quiet")
        call("brief", few, "-o", folder / f"out{suffix}", *words)
    return {path.name.removeprefix("out"): path for path in folder.glob("out.*")}


def test_every_format_is_written(written: dict[str, Path]) -> None:
    assert set(written) == {*export.SUFFIXES, *brief.SUFFIXES}
    for suffix, path in written.items():
        computed = PRODUCT.encode() in path.read_bytes()
        assert not computed or suffix in (".png", ".pdf", ".gpkg", ".fgb"), suffix


def headings() -> list[str]:
    return [clean(f"{number} {text}") for number, text in numbered()]


def test_json_lines_come_back_to_the_character(written: dict[str, Path]) -> None:
    titles = [json.loads(line)["title"] for line in written[".jsonl"].read_bytes().splitlines()]
    assert titles == [f"{number} {text}" for number, text in numbered()]


def test_geojson_holds_every_event(written: dict[str, Path]) -> None:
    features = json.loads(written[".geojson"].read_bytes())["features"]
    assert len(features) == EVENTS * len(HOSTILE)
    assert {f["properties"]["title"] for f in features} == set(headings())


@pytest.mark.parametrize("suffix", [".csv", ".acled.csv"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_is_a_formula_whatever_the_delimiter(written: dict[str, Path], suffix: str, delimiter: str) -> None:
    csv.field_size_limit(10**7)
    with written[suffix].open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=delimiter))
    text = [cell for row in rows for cell in row if not re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell)]
    if delimiter != ",":  # then numbers and texts stand in one cell
        text = [cell for cell in text if not re.match(r"-\d", cell)]
    assert [cell[:60] for cell in text if FORMULA.match(cell)] == []
    if delimiter == "," and suffix == ".csv":
        place = rows[0].index("title")
        assert {unguard(row[place]) for row in rows[1:]} == set(headings())


def test_no_cell_of_the_tab_separated_table_is_a_formula(written: dict[str, Path]) -> None:
    lines = written[".gdelt.tsv"].read_text("utf-8").split("\n")[:-1]
    assert len({line.count("\t") for line in lines}) == 1
    cells = [cell for line in lines for cell in line.split("\t")]
    assert [cell[:60] for cell in cells if FORMULA.match(cell) and not re.fullmatch(r"-?[\d.]+", cell)] == []


def test_no_cell_of_the_workbook_is_a_formula(written: dict[str, Path]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(written[".xlsx"]).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    with zipfile.ZipFile(written[".xlsx"]) as archive:
        root = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    names = {etree.QName(element).localname for element in root.iter()}
    assert names.isdisjoint({"f", "hyperlink", "hyperlinks", "extLst"})
    assert sheet.max_row == EVENTS * len(HOSTILE) + 1


def test_kml_is_xml_without_anything_live(written: dict[str, Path]) -> None:
    root = etree.parse(written[".kml"], etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    names = {etree.QName(element).localname for element in root.iter()}
    assert names.isdisjoint({"NetworkLink", "Link", "href", "GroundOverlay", "ScreenOverlay", "Model", "script"})
    places = root.findall(".//{*}Placemark")
    assert len(places) == EVENTS * len(HOSTILE)
    for place in places:
        # Shown as HTML by viewers: nothing of it is markup, and nothing is put in for it.
        shown = etree.HTML(f"<div>{place.find('{*}description').text}</div>")
        assert {element.tag for element in shown.iter()} == {"html", "body", "div"}
        assert "$[" not in place.find("{*}description").text
        assert "<" not in place.find("{*}name").text
    titles = {e.findtext("{*}value") for e in root.iter("{*}Data") if e.get("name") == "title"}
    # XML has no lone carriage return, and a value of white space alone is none.
    assert {" ".join(title.split()) for title in titles if title} == {" ".join(title.split()) for title in headings()}


def test_geopackage_is_whole_and_holds_every_article(written: dict[str, Path]) -> None:
    database = sqlite3.connect(f"{written['.gpkg'].as_uri()}?mode=ro", uri=True)
    try:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM events").fetchone() == (EVENTS * len(HOSTILE),)
        assert {title for (title,) in database.execute("SELECT title FROM articles")} == set(headings())
        named = {name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")}
        assert {"events", "articles", "mentions", "places"} <= named
    finally:
        database.close()


@pytest.mark.parametrize("suffix", [".fgb", ".parquet"])
def test_tables_for_geographers_hold_every_event(written: dict[str, Path], suffix: str) -> None:
    geopandas = pytest.importorskip("geopandas")
    read = geopandas.read_parquet if suffix == ".parquet" else geopandas.read_file
    frame = read(written[suffix])
    assert len(frame) == EVENTS * len(HOSTILE)
    assert set(frame["title"]) == set(headings())


def _parts(path: Path) -> Iterator[tuple[str, Any]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            assert ".." not in name
            assert not name.startswith("/")
            if name.endswith((".xml", ".rels")):
                yield name, etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False))


@pytest.mark.parametrize("suffix", [".pptx", ".docx"])
def test_office_files_hold_text_and_links_to_the_web_alone(written: dict[str, Path], suffix: str) -> None:
    words = []
    for name, root in _parts(written[suffix]):
        for element in root.iter():
            local = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if name.endswith(".rels") and element.get("TargetMode") == "External":
                assert re.match("https?://", element.get("Target")), element.get("Target")
            assert local not in {
                "instrText",
                "fldSimple",
                "oleObj",
                "OLEObject",
                "object",
                "altChunk",
                "attachedTemplate",
            }
            assert element.get("action", "") in ("", "ppaction://hlinksldjump"), element.get("action")
            if local == "t":
                words.append(element.text or "")
    assert len(words) > len(BRIEFED)
    assert any("<script>canary()</script>" in word for word in words)


def test_pdf_has_nothing_that_acts(written: dict[str, Path]) -> None:
    pypdf = pytest.importorskip("pypdf")
    data = written[".pdf"].read_bytes()
    for word in (
        b"/JavaScript",
        b"/JS",
        b"/Launch",
        b"/OpenAction",
        b"/AA",
        b"/EmbeddedFile",
        b"/SubmitForm",
        b"/GoToR",
    ):
        assert not re.search(word + rb"\b", data), word
    reader = pypdf.PdfReader(io.BytesIO(data))
    for page in reader.pages:
        for annotation in page.get("/Annots") or []:
            address = annotation.get_object().get("/A", {}).get("/URI", "https://")
            assert str(address).startswith(("http://", "https://"))
    assert "<script>" in "".join(page.extract_text() for page in reader.pages)


@pytest.mark.browser
@pytest.mark.parametrize("around", ["itself", "<object>", "inline"])
def test_a_picture_runs_nothing(browser: Any, written: dict[str, Path], tmp_path: Path, around: str) -> None:
    path = written[".svg"]
    root = etree.parse(path).getroot()
    assert {etree.QName(e).localname for e in root.iter() if isinstance(e.tag, str)}.isdisjoint(
        {"script", "foreignObject", "image", "use", "a", "animate", "set", "style", "iframe"}
    )
    assert not [name for e in root.iter() for name in e.attrib if name.startswith("on") or "href" in name]
    if around != "itself":
        page = tmp_path / "page.html"
        inside = path.read_text("utf-8").partition("?>")[2] if around == "inline" else f"<object data={path.as_uri()}>"
        page.write_text(f"<!doctype html><meta charset=utf-8>{inside}", "utf-8")
        path = page
    opened = visit(browser, path)
    opened.page.wait_for_timeout(500)
    assert opened.fired() == []
    assert [url for url in opened.requests if url != written[".svg"].as_uri()] == []
    assert opened.pages == []
    assert not [error for error in opened.errors if HOST in error]
    opened.context.close()


def test_a_picture_opens(written: dict[str, Path]) -> None:
    assert written[".png"].read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


def test_ids_and_names_make_no_paths(tmp_path: Path) -> None:
    """An id is no file's name: whatever it holds, nothing is written but the output."""
    source = tmp_path / "in" / "in.jsonl"
    source.parent.mkdir()
    made.write_records(source, [(n, text) for n, text in numbered() if "/" in text or "\\" in text or "." in text])
    for suffix in (".jsonl", ".gpkg", ".xlsx", ".html"):
        output = tmp_path / f"out{suffix[1:]}" / f"o{suffix}"
        call("map" if suffix == ".html" else "parse", source, "-o", output, "--quiet")
        assert [path.name for path in output.parent.iterdir()] == [output.name]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "outgpkg", "outhtml", "outjsonl", "outxlsx"]
