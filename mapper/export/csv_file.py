"""CSV as RFC 4180 has it: UTF-8, commas, CRLF line ends, text quoted, and no formula in any cell.

Numbers stand bare; every text is quoted and guarded as :mod:`mapper.export.cells` says; a missing value is an empty,
unquoted cell. ``lat`` and ``lon`` of an area are a point inside it, told by the column ``footprint``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

from mapper.export.cells import guard
from mapper.export.rows import EVENT_COLUMNS, flat, told
from mapper.files import replacing
from mapper.model import Analysis


def write(path: Path, analyses: Iterable[Analysis], *, bom: bool = False) -> None:
    """Write one row per event and article. ``bom`` puts a byte order mark first, by which Excel knows UTF-8."""
    with (
        replacing(path) as temporary,
        temporary.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file,
    ):
        write_line(file, EVENT_COLUMNS)
        for item in told(analyses):
            row = flat(item.row)
            write_line(file, [row[name] for name in EVENT_COLUMNS])


def write_line(file: IO[str], values: Sequence[Any]) -> None:
    """Write one record."""
    file.write(",".join(map(_cell, values)) + "\r\n")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + guard(value).replace('"', '""') + '"'
    return repr(value)
