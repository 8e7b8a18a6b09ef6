"""Each format's own escapes, to the letter: CSV, KML, workbooks, and rows as they go into all of them."""

# ruff: noqa: E501

from __future__ import annotations

import io
import math
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely
from lxml import etree

from mapper import export
from mapper.errors import OutputError
from mapper.export import cells, csv_file, kml, rows, xlsx
from mapper.export.rows import Told
from mapper.model import Analysis, Article, EventDate
from tests.samples import GAO, MALI, analysis, location

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


# ---- cells

PLACES = [
    "",
    "a;",
    "a\t",
    "a\n",
    '"',
    ' "',
    "\u200b",
    "\u200e",
    "\u202a",
    "\u202e",
    "\u2060",
    "\u2066",
    "\u2069",
    "\ufeff",
]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "'"])
@pytest.mark.parametrize("before", PLACES)
def test_each_sign_is_guarded_in_each_place_and_back(before: str, sign: str) -> None:
    assert cells.guard(f"{before}{sign}1") == f"{before}'{sign}1"
    assert cells.unguard(f"{before}'{sign}1") == f"{before}{sign}1"


@pytest.mark.parametrize("text", ["a=1", "a, +1", "1-1", "a@b.example", "it's", "x\u200b=1", "*", ",", "?"])
def test_signs_elsewhere_stay(text: str) -> None:
    assert cells.guard(text) == text


# ---- CSV


def test_a_line_of_csv_to_the_letter() -> None:
    file = io.StringIO()
    csv_file.write_line(file, ["a", 'say "x"', "=1", None, 1.5, 7, ""])
    assert file.getvalue() == '"a","say ""x""","\'=1",,1.5,7,""\r\n'


def test_a_table_has_its_header_and_a_row_for_each_telling(tmp_path: Path) -> None:
    csv_file.write(tmp_path / "e.csv", [analysis("a"), analysis("b")])
    text = (tmp_path / "e.csv").read_bytes().decode("utf-8")
    header, first, second, rest = text.split("\r\n")
    assert header == ",".join(f'"{name}"' for name in rows.EVENT_COLUMNS)
    assert first.count(",") >= len(rows.EVENT_COLUMNS) - 1
    assert (first.replace('"a"', '"b"') == second, rest) == (True, "")
    assert '"article_id"' in header
    assert (
        '"[{""start"":14,""end"":29,""text"":""Mali\'s minister"",""role"":""actor"",""country_code"":""ML""}]"'
        in first
    )
    assert b"\r\r" not in (tmp_path / "e.csv").read_bytes()
    csv_file.write(tmp_path / "b.csv", [analysis("a")], bom=True)
    assert (tmp_path / "b.csv").read_bytes().startswith(b'\xef\xbb\xbf"')


# ---- rows


def test_control_characters_become_their_pictures_one_for_one() -> None:
    for code in range(0x20):
        expected = {9: "\t", 10: "\n", 13: "\n"}.get(code, chr(0x2400 + code))
        assert rows.clean(f"a{chr(code)}b") == f"a{expected}b"
    assert rows.clean("\x7f\r\r\n") == "\u2421\n\n"
    assert rows.clean("\ud800\udfff\ufffe\uffff\ufffd\ue000") == "\ufffd\ufffd\ufffd\ufffd\ufffd\ue000"


def test_cleaning_keeps_what_is_not_text() -> None:
    given = {"a": ("\0", 1), "b": [True, None], "c": math.inf, "d": -math.inf, "e": math.nan, "f": 1.5, "g": 3}
    assert rows.cleaned(given) == {
        "a": ["\u2400", 1], "b": [True, None], "c": None, "d": None, "e": None, "f": 1.5, "g": 3,
    }  # fmt: skip


def test_lists_in_a_flat_row_are_compact_json() -> None:
    assert rows.flat({"a": [{"é": 1}, "b"], "b": "[x]", "c": None, "d": 1}) == {
        "a": '[{"é":1},"b"]', "b": "[x]", "c": None, "d": 1,
    }  # fmt: skip


def test_a_telling_has_every_column_and_its_people_as_lists() -> None:
    (one,) = rows.told([analysis()])
    assert tuple(one.row) == rows.EVENT_COLUMNS
    assert "geometry" not in one.row
    assert one.event == analysis().events[0]
    assert one.row["actors"] == [
        {"start": 14, "end": 29, "text": "Mali's minister", "role": "actor", "country_code": "ML"}
    ]
    assert one.row["figures"] == []
    assert [t.row["article_id"] for t in rows.told([analysis("\0"), analysis("b")])] == ["\u2400", "b"]


def test_an_article_as_a_row() -> None:
    article = analysis("\0").article
    row = rows.article_row(article)
    assert tuple(row) == (
        "id", "title", "url", "source", "published", "published_basis", "language", "text", "segments", "content_hash",
    )  # fmt: skip
    assert (row["id"], row["content_hash"], row["segments"][0]) == (
        "\u2400", article.content_hash, {"start": 0, "end": 12, "kind": "headline"},
    )  # fmt: skip


def test_a_mention_as_a_row() -> None:
    sample = analysis("\0")
    row = rows.mention_row(sample.article, sample.toponyms[2])
    assert row == {
        "article_id": "\u2400", "start": 44, "end": 47, "text": "Gao", "kind": "literal", "stands_for": None,
        "place_id": GAO.id, "place_name": "Gao", "country_code": "ML", "footprint": "point", "confidence": 0.9,
        "alternatives": [
            {"id": "geonames:1", "name": "Gao", "lat": 1.0, "lon": 2.0, "country_code": "CN", "score": 0.1}
        ],
        "why": "named with Mali",
    }  # fmt: skip
    assert tuple(row) == rows.MENTION_COLUMNS
    unknown = rows.mention_row(sample.article, replace(sample.toponyms[1], place=None))
    assert (unknown["place_id"], unknown["footprint"], unknown["stands_for"]) == (None, None, "ML")


def test_which_columns_are_numbers() -> None:
    assert {*rows.FLOATS} == {"confidence", "radius_km", "lat", "lon"}
    assert {*rows.INTEGERS} == {"acled_geo_precision", "ucdp_where_prec", "start", "end", "population"}
    assert rows.PLACE_COLUMNS == (
        "id", "name", "lat", "lon", "country_code", "feature_class", "feature_code", "footprint", "population",
    )  # fmt: skip


# ---- KML


def placemark(drawn: str = "", **changes: Any) -> str:
    (one,) = rows.told([analysis()])
    return kml._placemark(Told(one.event, one.row | changes), drawn)


def test_a_placemark_to_the_letter() -> None:
    row = dict.fromkeys(rows.EVENT_COLUMNS) | {
        "type": "CONSULT", "mode": "meet", "place_name": "Gao & <b> $[x]", "date_start": "2014-04-03",
        "date_end": "2014-04-04", "evidence": "They <met> $[name] & left.", "source": "Wire", "title": None,
        "published": None, "url": "https://example.org/?a&b", "status": "reported", "confidence": 0.5,
        "precision": "settlement",
    }  # fmt: skip
    text = kml._placemark(Told(analysis().events[0], row), "<Point/>")
    assert text.startswith(
        "<Placemark><name>CONSULT (meet), Gao \uff06 \u2039b\u203a \uff04[x], 2014-04-03</name>"
        '<Snippet maxLines="0"></Snippet><description>They &amp;lt;met&amp;gt; $&amp;#91;name] &amp;amp; left.\n'
        "Source: Wire; untitled; published -\nhttps://example.org/?a&amp;amp;b\n"
        "Status: reported; confidence 0.5; precision settlement</description>"
        "<TimeSpan><begin>2014-04-03</begin><end>2014-04-04</end></TimeSpan><styleUrl>#event</styleUrl><ExtendedData>"
    )
    assert '<Data name="evidence"><value>They &lt;met&gt; $[name] &amp; left.</value></Data>' in text
    assert '<Data name="confidence"><value>0.5</value></Data>' in text
    assert 'name="title"' not in text
    assert text.endswith("</ExtendedData><Point/></Placemark>\n")


def test_a_placemark_with_nothing_known() -> None:
    text = placemark(
        mode=None, place_name=None, date_start=None, url=None, source=None, title="T", published="2014-04-04",
        precision=None,
    )  # fmt: skip
    assert "<name>CONSULT, unplaced, undated</name>" in text
    assert "<TimeSpan>" not in text
    assert "Source: not stated; T; published 2014-04-04\nStatus: reported; confidence 0.8; precision unplaced<" in text


def test_an_event_that_goes_on_has_no_end() -> None:
    assert "<TimeSpan><begin>2014-04-03</begin></TimeSpan>" in placemark(date_end=None)


SHAPES = [
    (shapely.Point(-0.04, 16.25), "<Point><coordinates>-0.04,16.25</coordinates></Point>"),
    (
        shapely.LineString([(0, 1), (2, 3.5)]),
        "<LineString><tessellate>1</tessellate><coordinates>0.0,1.0 2.0,3.5</coordinates></LineString>",
    ),
    (
        shapely.LinearRing([(0, 0), (1, 0), (1, 1), (0, 0)]),
        "<LineString><tessellate>1</tessellate><coordinates>0.0,0.0 1.0,0.0 1.0,1.0 0.0,0.0</coordinates></LineString>",
    ),
    (
        shapely.Polygon([(0, 0), (9, 0), (9, 9), (0, 0)], [[(5, 1), (6, 1), (6, 2), (5, 1)]]),
        (
            "<Polygon><outerBoundaryIs><LinearRing><coordinates>0.0,0.0 9.0,0.0 9.0,9.0 0.0,0.0</coordinates></LinearRing>"
            "</outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>5.0,1.0 6.0,1.0 6.0,2.0 5.0,1.0</coordinates>"
            "</LinearRing></innerBoundaryIs></Polygon>"
        ),
    ),
    (
        shapely.GeometryCollection([shapely.Point(1, 2), shapely.LineString([(0, 1), (2, 3)])]),
        (
            "<MultiGeometry><Point><coordinates>1.0,2.0</coordinates></Point><LineString><tessellate>1</tessellate>"
            "<coordinates>0.0,1.0 2.0,3.0</coordinates></LineString></MultiGeometry>"
        ),
    ),
    (shapely.Point(1, 2, 3), "<Point><coordinates>1.0,2.0</coordinates></Point>"),
]


@pytest.mark.parametrize(("shape", "text"), SHAPES, ids=lambda value: getattr(value, "geom_type", ""))
def test_a_geometry_to_the_letter(shape: shapely.Geometry, text: str) -> None:
    assert "".join(kml._geometry(shape)) == text


def test_a_document_has_its_three_folders_in_order(tmp_path: Path) -> None:
    unplaced = replace(analysis("u"), events=(replace(analysis().events[0], location=None),))
    area = replace(analysis("m"), events=(replace(analysis().events[0], location=location(MALI)),) * 2)
    asked: list[str] = []

    def footprint(place_id: str) -> shapely.Geometry:
        asked.append(place_id)
        return shapely.box(-12, 10, 4, 25)

    export.write(tmp_path / "e.kml", [unplaced, analysis("g"), area], footprint=footprint)
    root = etree.parse(tmp_path / "e.kml").getroot()
    space = "{http://www.opengis.net/kml/2.2}"
    assert root.tag == f"{space}kml"
    folders = root.findall(f"{space}Document/{space}Folder")
    assert [(f.findtext(f"{space}name"), len(f.findall(f"{space}Placemark"))) for f in folders] == [
        ("points", 1), ("areas", 2), ("unplaced", 1),
    ]  # fmt: skip
    assert [len(list(f.iter(f"{space}Point", f"{space}Polygon"))) for f in folders] == [1, 2, 0]
    assert asked == [MALI.id]
    text = (tmp_path / "e.kml").read_text("utf-8")
    assert text.startswith(
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Events</name>\n<Style id="event">'
    )
    assert "<BalloonStyle><text>$[description]</text></BalloonStyle></Style>\n<Folder><name>points</name>\n" in text
    assert text.endswith("</Folder>\n</Document></kml>\n")


# ---- workbooks


def test_the_names_of_columns() -> None:
    assert [xlsx._letters(n) for n in (0, 1, 25, 26, 27, 51, 52, 701, 702)] == [
        "A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (1.5, '<c r="A1"><v>1.5</v></c>'),
        (3, '<c r="A1"><v>3</v></c>'),
        ("=1 <b> & _x0041_", '<c r="A1" t="inlineStr" s="1"><is><t xml:space="preserve">=1 &lt;b&gt; &amp; _x005F_x0041_</t></is></c>'),
        ("_x00g1_ x0041_ _x004_", '<c r="A1" t="inlineStr" s="1"><is><t xml:space="preserve">_x00g1_ x0041_ _x004_</t></is></c>'),
        ("_xaBfF_", '<c r="A1" t="inlineStr" s="1"><is><t xml:space="preserve">_x005F_xaBfF_</t></is></c>'),
    ],
)  # fmt: skip
def test_a_cell_to_the_letter(value: object, cell: str) -> None:
    assert xlsx._cell("A1", value, 1) == cell


def test_a_row_to_the_letter() -> None:
    assert xlsx._row(7, ["a", None, 2], style=2) == (
        b'<row r="7"><c r="A7" t="inlineStr" s="2"><is><t xml:space="preserve">a</t></is></c><c r="C7"><v>2</v></c></row>'
    )


def test_text_is_cut_at_what_a_cell_holds_and_nowhere_else() -> None:
    assert xlsx._cut("a" * xlsx.LONGEST_CELL) == "a" * xlsx.LONGEST_CELL
    cut = xlsx._cut("a" * (xlsx.LONGEST_CELL + 1))
    assert cut == "a" * (xlsx.LONGEST_CELL - len(xlsx.CUT)) + xlsx.CUT
    assert xlsx._cut("😀" * 16_383) == "😀" * 16_383
    wide = xlsx._cut("😀" * 16_384)
    assert wide.endswith("😀" + xlsx.CUT)
    assert xlsx.LONGEST_CELL - 1 <= len(wide.encode("utf-16-le")) // 2 <= xlsx.LONGEST_CELL
    assert (xlsx.LONGEST_CELL, xlsx.MOST_ROWS, xlsx.CUT) == (32_767, 1_048_576, " […cut: longer than a cell]")


def test_a_workbook_of_two_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    xlsx.write(tmp_path / "e.xlsx", [analysis("a"), analysis("b")])
    with zipfile.ZipFile(tmp_path / "e.xlsx") as archive:
        assert archive.namelist() == [
            "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
            "xl/worksheets/sheet1.xml",
        ]  # fmt: skip
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert (entry.compress_type, entry.create_system) == (zipfile.ZIP_DEFLATED, 3)
            etree.fromstring(archive.read(entry))
        sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        raw = archive.read("xl/worksheets/sheet1.xml").decode("utf-8")
    found = sheet.findall(f"{SHEET}sheetData/{SHEET}row")
    assert [row.get("r") for row in found] == ["1", "2", "3"]
    assert [c.findtext(f"{SHEET}is/{SHEET}t") for c in found[0]] == list(rows.EVENT_COLUMNS)
    assert {c.get("s") for c in found[0]} == {"2"}
    assert {c.get("s") for c in found[1] if c.get("t")} == {"1"}
    assert f'<cols><col min="1" max="{len(rows.EVENT_COLUMNS)}" width="16" customWidth="1"/></cols>' in raw
    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in raw
    with pytest.raises(OutputError, match=r"e\.xlsx: more events than a sheet has rows \(3\); write \.csv instead"):
        xlsx.write(tmp_path / "e.xlsx", [analysis("a"), analysis("b"), analysis("c")])


def test_a_workbook_opens_as_text_in_text_cells(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    article = Article(id="a", text="x")
    when = EventDate(start="2014-04-03", end="2014-04-03", precision="day", basis="explicit")
    event = replace(analysis().events[0], actors=(), places=(), date=when)
    xlsx.write(tmp_path / "e.xlsx", [Analysis(article=article, events=(event,))])
    sheet = openpyxl.load_workbook(tmp_path / "e.xlsx")["events"]
    assert [c.value for c in sheet[1]] == list(rows.EVENT_COLUMNS)
    assert sheet[1][0].font.b
    assert not sheet[2][0].font.b
    assert sheet[2][0].number_format == "@"
    assert sheet[2][0].quotePrefix
    assert sheet.freeze_panes == "A2"


TRANSITIONAL = "http://schemas.openxmlformats.org"


def test_the_parts_of_a_workbook_are_packed_as_the_standard_has_it(tmp_path: Path) -> None:
    """ECMA-376, part 2: every part has a content type, every relation a target that is there."""
    xlsx.write(tmp_path / "e.xlsx", [analysis()])
    with zipfile.ZipFile(tmp_path / "e.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
        for entry in archive.infolist():
            assert (entry.date_time, entry.create_system) == ((1980, 1, 1, 0, 0, 0), 3)
    for content in parts.values():
        assert content.startswith(b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<')
        assert content.endswith(b">")
        assert b"XX" not in etree.tostring(etree.fromstring(content), method="text")
    types = etree.fromstring(parts["[Content_Types].xml"])
    assert types.tag == f"{{{TRANSITIONAL}/package/2006/content-types}}Types"
    space = f"{{{TRANSITIONAL}/package/2006/content-types}}"
    assert {(d.get("Extension"), d.get("ContentType")) for d in types.findall(f"{space}Default")} == {
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    }
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    assert {(o.get("PartName"), o.get("ContentType")) for o in types.findall(f"{space}Override")} == {
        ("/xl/workbook.xml", f"{sheet}.sheet.main+xml"),
        ("/xl/styles.xml", f"{sheet}.styles+xml"),
        ("/xl/worksheets/sheet1.xml", f"{sheet}.worksheet+xml"),
    }
    office = f"{TRANSITIONAL}/officeDocument/2006/relationships"
    relations = f"{{{TRANSITIONAL}/package/2006/relationships}}"
    for name, expected in (
        ("_rels/.rels", [("rId1", f"{office}/officeDocument", "xl/workbook.xml")]),
        (
            "xl/_rels/workbook.xml.rels",
            [("rId1", f"{office}/worksheet", "worksheets/sheet1.xml"), ("rId2", f"{office}/styles", "styles.xml")],
        ),
    ):
        root = etree.fromstring(parts[name])
        assert root.tag == f"{relations}Relationships"
        assert [(r.get("Id"), r.get("Type"), r.get("Target")) for r in root] == expected
        assert {r.tag for r in root} == {f"{relations}Relationship"}
    book = etree.fromstring(parts["xl/workbook.xml"])
    (one,) = book.findall(f"{SHEET}sheets/{SHEET}sheet")
    assert dict(one.attrib) == {"name": "events", "sheetId": "1", f"{{{office}}}id": "rId1"}
    styles = etree.fromstring(parts["xl/styles.xml"])
    assert [len(styles.find(f"{SHEET}{name}")) for name in ("fonts", "fills", "borders", "cellXfs")] == [2, 2, 1, 3]
    for name in ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles"):
        assert len(styles.find(f"{SHEET}{name}")) == int(styles.find(f"{SHEET}{name}").get("count"))


def test_a_long_text_is_cut_in_its_cell_and_half_a_character_is_dropped() -> None:
    assert xlsx.CUT in xlsx._cell("A1", "x" * 40_000, 1)
    odd = "x" + "😀" * 20_000
    even = "😀" * 20_000
    assert all("\ufffd" not in xlsx._cut(text) for text in (odd, even))


def test_a_sheet_may_be_larger_than_two_gigabytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: dict[str, Any] = {}
    before = zipfile.ZipFile.open

    def spy(self: zipfile.ZipFile, name: Any, mode: str = "r", **options: Any) -> Any:
        opened[getattr(name, "filename", name)] = options
        return before(self, name, mode, **options)

    monkeypatch.setattr(zipfile.ZipFile, "open", spy)
    xlsx.write(tmp_path / "e.xlsx", [])
    assert opened["xl/worksheets/sheet1.xml"].get("force_zip64") is True


def test_names_and_values_that_are_markup_stay_text_in_kml() -> None:
    text = placemark(type='A"<b>&', mode=None, place_name="x]]>", url=None)
    root = etree.fromstring(text)
    assert root.findtext("name") == 'A"\u2039b\u203a\uff06, x]]\u203a, 2014-04-03'
    data = {d.get("name"): d.findtext("value") for d in root.iter("Data")}
    assert (data["type"], data["place_name"]) == ('A"<b>&', "x]]>")
    assert data["actors"].startswith('[{"start":14,')
    assert set(data) <= set(rows.EVENT_COLUMNS)
    lines = root.findtext("description").split("\n")
    assert len(lines) == 3
    assert [child.tag for child in root] == ["name", "Snippet", "description", "TimeSpan", "styleUrl", "ExtendedData"]
    undated = etree.fromstring(placemark(date_start=None))
    assert undated.find("description").tail is None


def test_an_unplaced_event_has_no_geometry_and_each_folder_ends_its_line(tmp_path: Path) -> None:
    unplaced = replace(analysis("u"), events=(replace(analysis().events[0], location=None),))
    area = replace(analysis("m"), events=(replace(analysis().events[0], location=location(MALI)),))
    export.write(tmp_path / "e.kml", [unplaced, area, analysis()], footprint=lambda _: shapely.box(-12, 10, 4, 25))
    text = (tmp_path / "e.kml").read_text("utf-8")
    assert text.count("</ExtendedData></Placemark>\n") == 1
    assert text.count("</ExtendedData><Polygon>") == 1
    assert text.count("</ExtendedData><Point>") == 1
    assert text.count("</Folder>\n") == 3
    assert "\n</Folder>" in text.replace("</Placemark>", "")
