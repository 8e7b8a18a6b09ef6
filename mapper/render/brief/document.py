"""A Word block: title, map, numbered table with the evidence, sources and credits, ready to be pasted into a report."""

from __future__ import annotations

import io
from typing import Any

from mapper.errors import MissingExtraError
from mapper.render.brief import evidence, figure, package, text
from mapper.render.brief.entries import Entry
from mapper.render.brief.scene import Scene
from mapper.render.marking import TLP

PICTURE = 480.0, 400.0
"""Width and height of the map between the margins of a portrait A4 page, in points."""
_MARGIN = 56.5
_COLUMNS = (
    ("No.", 26.0),
    ("Date", 70.0),
    ("Place and precision", 96.0),
    ("What happened, in the articles' words", 204.0),
    ("Sources", 86.0),
)


def render(scene: Scene, *, dpi: int) -> bytes:
    try:
        from docx import Document
        from docx.shared import Pt
    except ImportError as error:
        raise MissingExtraError('documents need python-docx: pip install "geospatial-event-mapper[brief]"') from error
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Pt(595.3), Pt(841.9)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(_MARGIN)
    normal = document.styles["Normal"]
    normal.font.name = "Arial"
    normal.font.size = Pt(9.5)
    normal.paragraph_format.space_after = Pt(4)
    if scene.tlp:
        _marking(document, scene.tlp)
    heading = document.add_heading(level=1)
    _run(heading, scene.title, size=18, bold=True)
    if scene.subtitle:
        _run(document.add_paragraph(), scene.subtitle, size=11)
    page = scene.pages[0]
    picture = document.add_picture(io.BytesIO(figure.png(page, title=scene.title, dpi=dpi)), width=Pt(page.width))
    about = picture._inline.docPr
    for side in ("distT", "distB", "distL", "distR"):
        picture._inline.set(side, "0")
    about.set("descr", scene.description)
    about.set("title", scene.title)
    about.set("name", "Map")
    _run(document.add_paragraph(), _caption(scene), size=8, italic=True)
    _table(document, scene)
    _run(document.add_heading(level=2), "Sources", size=12, bold=True)
    for source in _sources(scene):
        _run(document.add_paragraph(style="List Bullet"), source, size=8.5)
    foot = (
        f"{'As of ' + scene.as_of + '. ' if scene.as_of else ''}{' · '.join(scene.credits)}. Borders and names take no "
        "position. Events found and placed by a program: read the evidence first."
    )
    _run(document.add_paragraph(), foot, size=8)
    package.describe(document, title=scene.title, subject=scene.description)
    buffer = io.BytesIO()
    document.save(buffer)
    return package.stable(buffer.getvalue())


def _marking(document: Any, tlp: str) -> None:
    """The TLP label, on every page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = _run(paragraph, f" {tlp} ", size=11, bold=True)
    run.font.color.rgb = RGBColor(*bytes.fromhex(TLP[tlp.removeprefix("TLP:")][1:]))
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "000000")
    run._r.get_or_add_rPr().append(shade)


def _run(paragraph: Any, words: str, *, size: float, bold: bool | None = None, italic: bool | None = None) -> Any:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(words)
    run.font.size = Pt(size)
    run.font.name = "Arial"
    run.font.bold = bold
    run.font.italic = italic
    run.font.color.rgb = RGBColor(0x1D, 0x23, 0x29)
    return run


def _caption(scene: Scene) -> str:
    words = ["Numbers refer to the table."]
    if scene.outside:
        words.append(f"Outside the map: {len(scene.outside)}.")
    if scene.briefing.unplaced:
        words.append(f"Not placed: {len(scene.briefing.unplaced)}.")
    if scene.retracted:
        words.append(f"No longer told by any article: {'; '.join(scene.retracted)}.")
    if scene.briefing.left_out:
        words.append(f"Left out (background, denied or hypothetical): {scene.briefing.left_out}.")
    return " ".join(words)


def _table(document: Any, scene: Scene) -> None:
    off = {entry.number for entry in scene.outside}
    placed = [entry for entry in scene.briefing.placed if entry.number not in off]
    parts = [
        ("", placed),
        ("Outside the map", list(scene.outside)),
        ("Not placed: the articles state no place", list(scene.briefing.unplaced)),
    ]
    rows = 1 + sum(len(entries) + bool(title and entries) for title, entries in parts)
    table = document.add_table(rows=rows, cols=len(_COLUMNS))
    _rules(table)
    table.autofit = False
    for cell, (name, _) in zip(table.rows[0].cells, _COLUMNS, strict=True):
        _run(cell.paragraphs[0], name, size=8.5, bold=True)
    _repeat(table.rows[0])
    all_rows = iter(table.rows[1:])
    for title, entries in parts:
        if title and entries:
            cells = next(all_rows).cells
            _run(cells[0].merge(cells[-1]).paragraphs[0], title, size=8.5, bold=True)
        for entry in entries:
            _row(next(all_rows), entry)
    _widths(table)


def _row(row: Any, entry: Entry) -> None:
    cells = row.cells
    _run(cells[0].paragraphs[0], entry.label, size=8.5, bold=True)
    _run(cells[1].paragraphs[0], entry.date, size=8.5)
    _run(cells[2].paragraphs[0], entry.place if entry.number is not None else "–", size=8.5)
    if known := evidence.precision(entry):
        _run(cells[2].add_paragraph(), known, size=7.5, italic=True)
    notes = f" ({', '.join(entry.notes)})" if entry.notes else ""
    _run(cells[3].paragraphs[0], f"{entry.kind.label}{notes}", size=8.5, bold=True)
    for words in dict.fromkeys(text.line(report.evidence) for report in entry.event.reports if report.evidence):
        _run(cells[3].add_paragraph(), f"“{words}”", size=8.5)
    names = dict.fromkeys(
        text.line(report.source or report.title or report.article_id) for report in entry.event.reports
    )
    _run(cells[4].paragraphs[0], "; ".join(names), size=8)
    for cell in cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_after = 0
    if len(entry.event.reports) <= 2:  # a long row kept whole would leave half a page white
        _whole(row)


def _sources(scene: Scene) -> list[str]:
    reports = [report for entry in scene.briefing.entries for report in entry.event.reports]
    return list(dict.fromkeys(evidence.source(report) for report in reports))


def _rules(table: Any) -> None:
    """Thin grey lines between the rows, and none between the columns."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "B0B6BC")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _repeat(row: Any) -> None:
    """Repeat the heading row on every page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _whole(row: Any) -> None:
    """Keep a row on one page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _widths(table: Any) -> None:
    from docx.shared import Pt

    for column, (_, width) in zip(table.columns, _COLUMNS, strict=True):
        column.width = Pt(width)
    for row in table.rows:
        if len({id(cell._tc) for cell in row.cells}) == len(_COLUMNS):
            for cell, (_, width) in zip(row.cells, _COLUMNS, strict=True):
                cell.width = Pt(width)
