"""The numbered key: every event shown, in rows that are measured before they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mapper.render.brief import text
from mapper.render.brief.entries import Briefing, Entry
from mapper.render.brief.shapes import Cell, Row, Table
from mapper.render.brief.styles import Style

PAD = 3.0
"""Points left free on each side of a cell."""
LEADING = 1.22


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How the key is set: columns by name with their width in points, type size, most lines in a row."""

    columns: tuple[tuple[str, float], ...]
    size: float
    lines: int


def beside(width: float) -> tuple[Form, ...]:
    """Forms for a key of that width beside the map, roomiest first."""
    fixed = (("No.", 24.0), ("Date", 58.0), ("Place", 82.0))
    columns = (*fixed, ("What happened", width - sum(w for _, w in fixed)))
    return tuple(Form(columns=columns, size=size, lines=lines) for size, lines in ((9.0, 4), (8.5, 3), (8.0, 2)))


def wide(width: float) -> Form:
    """The form of a key on pages of its own."""
    fixed = (("No.", 30.0), ("Date", 82.0), ("Place", 120.0), ("Type", 110.0), ("Source", 130.0))
    rest = width - sum(w for _, w in fixed)
    return Form(columns=(*fixed[:4], ("What happened", rest), fixed[4]), size=9.0, lines=3)


def rows(briefing: Briefing, outside: Sequence[Entry], form: Form) -> tuple[Row, ...]:
    """The heading, the placed events by number, those off the map and those that have no place."""
    off = {entry.number for entry in outside}
    found = [_row([Cell(text=name, lines=(name,), bold=True) for name, _ in form.columns], form, heading=True)]
    found += [_entry(entry, form) for entry in briefing.placed if entry.number not in off]
    for title, entries in (
        ("Outside the map", outside),
        ("Not placed: the articles state no place", briefing.unplaced),
    ):
        if entries:
            cells = [Cell(text=title, lines=(title,), bold=True)]
            cells += [Cell(text="", lines=("",)) for _ in form.columns[1:]]
            found.append(_row(cells, form, heading=True))
            found += [_entry(entry, form) for entry in entries]
    return tuple(found)


def pages(all_rows: Sequence[Row], height: float) -> list[tuple[Row, ...]]:
    """The rows in pages of at most ``height`` points, each under the heading row."""
    parts = _pages(all_rows, height)
    if len(parts) > 1:
        # As many pages, but filled alike.
        heading, *rest = all_rows
        even = heading.height + sum(row.height for row in rest) / len(parts) + max(row.height for row in rest)
        evened = _pages(all_rows, min(height, even))
        parts = evened if len(evened) == len(parts) else parts
    return parts


def _pages(all_rows: Sequence[Row], height: float) -> list[tuple[Row, ...]]:
    heading, *rest = all_rows
    found: list[tuple[Row, ...]] = []
    current = [heading]
    for index, row in enumerate(rest):
        # A section's title does not stay behind alone at the foot of a page.
        after = rest[index + 1].height if row.heading and index + 1 < len(rest) else 0.0
        if len(current) > 1 and sum(one.height for one in current) + row.height + after > height:
            found.append(tuple(current))
            current = [heading]
        current.append(row)
    return [*found, tuple(current)]


def table(x: float, y: float, form: Form, its_rows: tuple[Row, ...], style: Style) -> Table:
    return Table(
        x=x, y=y, widths=tuple(width for _, width in form.columns), rows=its_rows, size=form.size,
        colour=style.text, muted=style.muted, line=style.line,
    )  # fmt: skip


def sources(entry: Entry) -> tuple[str, ...]:
    """The outlets that tell of an event, each once; an article's title where the outlet is not known."""
    names = [text.line(report.source or report.title or report.article_id) for report in entry.event.reports]
    return tuple(dict.fromkeys(name for name in names if name))


def what(entry: Entry) -> str:
    """What happened, where the type has no column of its own."""
    notes = f" ({', '.join(entry.notes)})" if entry.notes else ""
    return f"{entry.kind.label}{notes}: {entry.what}"


def _entry(entry: Entry, form: Form) -> Row:
    names = [name for name, _ in form.columns]
    notes = f" ({', '.join(entry.notes)})" if entry.notes else ""
    values = {
        "No.": entry.label,
        "Date": entry.date,
        "Place": entry.place if entry.number is not None else "–",
        "Type": entry.kind.label + notes,
        "What happened": entry.what if "Type" in names else what(entry),
        "Source": "; ".join(sources(entry)),
    }
    cells = []
    for name, width in form.columns:
        bold = name == "No."
        lines = text.wrap(values[name], width - 2 * PAD, form.size, bold=bold, most=form.lines)
        cells.append(Cell(text=" ".join(lines), lines=lines, bold=bold))
    return _row(cells, form)


def _row(cells: Sequence[Cell], form: Form, *, heading: bool = False) -> Row:
    height = max(len(cell.lines) for cell in cells) * form.size * LEADING + 5
    return Row(cells=tuple(cells), height=round(height, 2), heading=heading)
