"""XLSX: one sheet of events in which every text is text, whatever it starts with.

Written by hand (a zip of six small XML files) because the format's usual writers stamp the clock into the file. Text
cells are inline strings, formatted as text and marked as quoted, so that editing one does not make it a formula.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape

from mapper.errors import OutputError
from mapper.export.rows import EVENT_COLUMNS, flat, told
from mapper.files import replacing
from mapper.model import Analysis

LONGEST_CELL = 32_767
"""UTF-16 code units that a cell holds; longer text is cut and ends in :data:`CUT`."""
MOST_ROWS = 1_048_576
CUT = " […cut: longer than a cell]"

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        '<sheets><sheet name="events" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    # Style 1 is text (number format 49, quoted), style 2 the same in bold for the header.
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}">'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/>'
        '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}
# Spreadsheets read _x0041_ as a character reference.
_REFERENCE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def write(path: Path, analyses: Iterable[Analysis]) -> None:
    """Write one row per event and article. Raises :class:`OutputError` for more rows than a sheet has."""
    with replacing(path) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _PARTS.items():
            archive.writestr(_entry(name), _HEAD + content)
        with archive.open(_entry("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
            _sheet(sheet, path, analyses)


def _sheet(sheet: IO[bytes], path: Path, analyses: Iterable[Analysis]) -> None:
    sheet.write(
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{len(EVENT_COLUMNS)}" width="16" customWidth="1"/></cols><sheetData>'.encode()
    )
    sheet.write(_row(1, EVENT_COLUMNS, style=2))
    for number, item in enumerate(told(analyses), 2):
        if number > MOST_ROWS:
            raise OutputError(f"{path}: more events than a sheet has rows ({MOST_ROWS:,}); write .csv instead")
        row = flat(item.row)
        sheet.write(_row(number, [row[name] for name in EVENT_COLUMNS], style=1))
    sheet.write(b"</sheetData></worksheet>")


def _row(number: int, values: Sequence[Any], *, style: int) -> bytes:
    # The standard lets rows and cells go without their address, and GDAL does not.
    cells = (_cell(f"{_letters(column)}{number}", value, style) for column, value in enumerate(values))
    return f'<row r="{number}">{"".join(cells)}</row>'.encode()


@cache
def _letters(column: int) -> str:
    """A column's name: A for 0, Z for 25, AA for 26."""
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


def _cell(address: str, value: Any, style: int) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = escape(_REFERENCE.sub("_x005F_", _cut(value)))
        return f'<c r="{address}" t="inlineStr" s="{style}"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'<c r="{address}"><v>{value!r}</v></c>'


def _cut(text: str) -> str:
    if len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return text
    kept = text.encode("utf-16-le")[: 2 * (LONGEST_CELL - len(CUT))]
    return kept.decode("utf-16-le", "ignore") + CUT


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # the same bytes on every system
    return entry
