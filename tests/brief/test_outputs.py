"""The files: they open, hold native things, carry text as text, and are the same every time."""

from __future__ import annotations

import io
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import pytest

from mapper.errors import MissingExtraError, OutputError
from mapper.render import brief
from mapper.render.brief import evidence, scene, svg
from tests.brief.examples import event, event_map, location, small

HOSTILE = "</text><script>canary()</script> & ]]> \" ' $x$ \\alpha {{ 7*7 }} \x00\x0b\u202e =cmd()"
SHOWN = "</text><script>canary()</script> & ]]> \" ' $x$ \\alpha {{ 7*7 }} \u2400\u240b =cmd()"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("brief")


def made(folder: Path, suffix: str, name: str = "one") -> Path:
    path = folder / f"{name}{suffix}"
    if not path.exists():
        if suffix in (".png", ".pdf", ".docx"):
            pytest.importorskip("matplotlib")
        if suffix in (".pptx", ".docx"):
            pytest.importorskip(suffix[1:])
        brief.write(path, small(), title="Briefing", subtitle="Sub", as_of="2024-03-20", tlp="GREEN", dpi=60)
    return path


@pytest.mark.parametrize("suffix", brief.SUFFIXES)
def test_the_same_events_give_the_same_bytes(folder: Path, suffix: str) -> None:
    assert made(folder, suffix).read_bytes() == made(folder, suffix, "two").read_bytes()


def test_svg_is_well_formed_and_has_words_for_those_who_do_not_see_it(folder: Path) -> None:
    root = ElementTree.fromstring(made(folder, ".svg").read_bytes())
    names = {"s": "http://www.w3.org/2000/svg"}
    assert root.findtext("s:title", namespaces=names) == "Briefing"
    assert "6 events" in (root.findtext("s:desc", namespaces=names) or "")
    assert {"Gao", "Kidal", "TLP:GREEN"} <= {node.text for node in root.iter("{http://www.w3.org/2000/svg}text")}


def test_hostile_text_is_text_in_svg() -> None:
    events = [event(1, location(HOSTILE, 16.0, 0.0), evidence=HOSTILE, source=HOSTILE, title=HOSTILE)]
    laid = scene.layout(event_map(events), scene.Wanted(title=HOSTILE, subtitle=HOSTILE))
    written = svg.render(laid.pages[0], title=laid.title)
    root = ElementTree.fromstring(written.encode("utf-8"))
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
    assert root.findtext("{http://www.w3.org/2000/svg}title") == SHOWN


def test_slides_are_native_shapes_with_a_table_notes_and_descriptions(folder: Path) -> None:
    pptx = pytest.importorskip("pptx")
    shapes = pytest.importorskip("pptx.enum.shapes")
    presentation = pptx.Presentation(made(folder, ".pptx"))
    assert presentation.slide_width / presentation.slide_height == pytest.approx(16 / 9)
    slide = presentation.slides[0]
    kinds: dict[str, int] = {}

    def walk(members: object) -> None:
        for shape in members:  # type: ignore[attr-defined]
            kinds[shape.name] = shape.shape_type
            assert shape.shape_type != shapes.MSO_SHAPE_TYPE.PICTURE
            if shape.shape_type == shapes.MSO_SHAPE_TYPE.GROUP:
                walk(shape.shapes)

    walk(slide.shapes)
    assert kinds["Country: Mali"] == shapes.MSO_SHAPE_TYPE.FREEFORM
    assert kinds["Area: Desert"] == shapes.MSO_SHAPE_TYPE.FREEFORM
    assert kinds["Protest: Kidal"] == shapes.MSO_SHAPE_TYPE.AUTO_SHAPE
    assert kinds["Place: Kidal"] == shapes.MSO_SHAPE_TYPE.TEXT_BOX
    assert slide.shapes.title.text_frame.text == "Briefing"
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    assert table.cell(1, 0).text == "1"
    notes = slide.notes_slide.notes_text_frame.text
    assert "“Gunmen attacked a post.” (Sample Wire, A report, 2024-03-11, https://news.example/1)" in notes
    assert "GeoNames (CC BY 4.0)" in notes
    described = [s._element[0][0].get("descr") for s in slide.shapes if s.name in ("Base map", "Numbered key")]
    assert len(described) == 2
    assert all(described)


def test_hostile_text_is_text_in_slides_and_documents(tmp_path: Path) -> None:
    pptx, docx = pytest.importorskip("pptx"), pytest.importorskip("docx")
    pytest.importorskip("matplotlib")
    events = [event(1, location(HOSTILE, 16.0, 0.0), evidence=HOSTILE, source=HOSTILE, title=HOSTILE)]
    for suffix in (".pptx", ".docx", ".pdf"):
        brief.write(tmp_path / f"x{suffix}", event_map(events), title=HOSTILE, dpi=50)
    slide = pptx.Presentation(tmp_path / "x.pptx").slides[0]
    assert slide.shapes.title.text_frame.text == SHOWN
    assert SHOWN in slide.notes_slide.notes_text_frame.text
    cells = [cell.text for row in docx.Document(tmp_path / "x.docx").tables[0].rows for cell in row.cells]
    assert any(f"“{SHOWN}”" in cell for cell in cells)


def test_the_document_has_a_described_picture_and_the_evidence(folder: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(made(folder, ".docx"))
    (picture,) = document.inline_shapes
    assert "Map of 6 events" in picture._inline.docPr.get("descr")
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0][0] == "No."
    assert any("“Gunmen attacked a post.”" in row[3] for row in rows)
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "GeoNames (CC BY 4.0)" in words
    assert "https://news.example/1" in words
    assert "TLP:GREEN" in document.sections[0].header.paragraphs[0].text


def test_the_pdf_has_its_text(folder: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    reader = pypdf.PdfReader(io.BytesIO(made(folder, ".pdf").read_bytes()))
    words = "".join(page.extract_text() for page in reader.pages)
    assert "Briefing" in words
    assert "Timbuktu" in words
    assert float(reader.pages[0].mediabox.width) == pytest.approx(841.9, abs=0.5)
    assert reader.metadata is None or "/CreationDate" not in reader.metadata


def test_the_picture_has_its_size_and_resolution(folder: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    with image.open(made(folder, ".png")) as picture:
        assert picture.width == 800
        assert picture.info["dpi"][0] == pytest.approx(60, abs=0.1)
        assert "Software" not in picture.info


@pytest.mark.parametrize("suffix", [".pptx", ".docx"])
def test_office_files_hold_no_clock(folder: Path, suffix: str) -> None:
    with zipfile.ZipFile(made(folder, suffix)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"created" not in archive.read("docProps/core.xml")


@pytest.mark.parametrize(
    ("suffix", "module"), [(".pptx", "pptx"), (".docx", "docx"), (".png", "matplotlib"), (".pdf", "matplotlib")]
)
def test_a_missing_library_is_named_with_its_extra(
    suffix: str, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=r"\[brief\]"):
        brief.write(tmp_path / f"x{suffix}", event_map([]), title="x")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("wrong", [{"style": "neon"}, {"tlp": "PINK"}])
def test_wrong_words_are_told(wrong: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there are"):
        brief.write(tmp_path / "x.svg", event_map([]), title="x", **wrong)  # type: ignore[arg-type]


def test_unknown_formats_are_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.pptx, \.docx, \.pdf, \.png, \.svg"):
        brief.write(tmp_path / "x.gif", event_map([]), title="x")


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.svg").mkdir()
    with pytest.raises(OutputError, match=r"x\.svg"):
        brief.write(tmp_path / "x.svg", event_map([]), title="x")


def test_names_offered_are_those_there_are() -> None:
    from mapper.render.brief.styles import STYLES

    assert set(brief.STYLE_NAMES) == set(STYLES)


def test_evidence_names_every_report() -> None:
    laid = scene.picture(small(), scene.Wanted(title="x"), size=(300, 300))
    assert evidence.notes(laid).count("https://news.example/") == 6
