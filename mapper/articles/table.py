"""Tables: one article a row, in CSV, TSV or XLSX. Columns are known by their headings, or as the person says."""

from __future__ import annotations

import csv
import datetime
import importlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mapper.articles.archive import open_zip
from mapper.articles.decode import decode
from mapper.articles.draft import Item
from mapper.articles.fields import draft_from_record
from mapper.articles.limits import Limits
from mapper.errors import InputError

# Headings as databases and tools write them, best first; compared without case, spaces and signs.
_HEADINGS = {
    "text": (
        *("text", "fulltext", "body", "content", "article", "articlebody", "articletext", "maintext", "story"),
        *("texte", "texto", "contenu"),
    ),
    "id": ("id", "articleid", "docid", "documentid", "uid", "guid", "key", "identifier"),
    "title": ("title", "headline", "heading", "titre", "titulo", "subject", "name"),
    "url": ("url", "link", "permalink", "href", "weburl", "webpage", "sourceurl"),
    "source": (
        *("source", "outlet", "publisher", "newspaper", "publication", "medium", "media", "sourcename", "domain"),
        *("site", "journal"),
    ),
    "published": (
        *("published", "publishedat", "pubdate", "publicationdate", "publishdate", "date", "datetime", "createdat"),
        "fecha",
    ),
    "language": ("language", "lang", "langue", "idioma"),
}
_DELIMITERS = ",;\t|"


def read_csv(data: bytes, *, name: str, limits: Limits, columns: Mapping[str, str] | None) -> Iterator[Item]:
    """Comma, semicolon, tab or bar between the cells, whichever the heading row holds most of."""
    text = decode(data, name=name)
    heading = text[:20_000].partition("\n")[0]
    delimiter = max(_DELIMITERS, key=heading.count)
    csv.field_size_limit(max(csv.field_size_limit(), limits.line))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        yield from _articles(((rows.line_num, row) for row in rows), name=name, limits=limits, columns=columns)
    except csv.Error as error:
        yield InputError(f"not a table that can be read: {error}", file=name, line=rows.line_num)


def read_xlsx(data: bytes, *, name: str, limits: Limits, columns: Mapping[str, str] | None) -> Iterator[Item]:
    """The first sheet of a workbook."""
    try:
        openpyxl: Any = importlib.import_module("openpyxl")
    except ImportError:
        raise InputError(
            'XLSX needs the extra "xlsx": pip install "geospatial-event-mapper[xlsx]"', file=name
        ) from None
    open_zip(data, name=name, limits=limits).close()
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = enumerate(sheet.iter_rows(values_only=True), start=1)
        yield from _articles(
            ((n, [_cell(c) for c in row]) for n, row in rows), name=name, limits=limits, columns=columns
        )
        book.close()
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - the reader of workbooks raises whatever a broken one makes it
        raise InputError(f"not a workbook that can be read: {type(error).__name__}", file=name) from None


def _cell(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _articles(
    rows: Iterable[tuple[int, Sequence[str]]], *, name: str, limits: Limits, columns: Mapping[str, str] | None
) -> Iterator[Item]:
    places: dict[str, int] | None = None
    nothing = True
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if places is None:
            places = columns_of(row, columns, name=name)
            continue
        nothing = False
        record = {
            field: row[place].strip() if field != "text" else row[place]
            for field, place in places.items()
            if place < len(row)
        }
        try:
            yield draft_from_record(record, file=name, line=line, limits=limits)
        except InputError as refusal:
            yield refusal
    if places is None:
        raise InputError("no heading row", file=name)
    if nothing:
        raise InputError("no articles in it: a heading row alone", file=name)


def columns_of(row: Sequence[str], columns: Mapping[str, str] | None, *, name: str) -> dict[str, int]:
    """Which column, counted from 0, holds which field, by the headings in ``row`` or as ``columns`` says.

    Raises :class:`InputError` naming the file where a column is not there or none holds the text.
    """
    columns = columns or {}
    plain = [_plain(cell) for cell in row]
    places: dict[str, int] = {}
    for field, headings in _HEADINGS.items():
        wanted = (_plain(columns[field]),) if field in columns else headings
        place = next((plain.index(heading) for heading in wanted if heading in plain), None)
        if place is not None and place not in places.values():
            places[field] = place
        elif field in columns:
            raise InputError(f"no column {columns[field]!a} for {field}", file=name)
    if "text" not in places:
        shown = ", ".join(cell.strip()[:30] for cell in row[:12])
        raise InputError(f"no column for the text among: {shown!a}", file=name)
    return places


def _plain(heading: str) -> str:
    return re.sub(r"[^\w]|_", "", heading.casefold())
