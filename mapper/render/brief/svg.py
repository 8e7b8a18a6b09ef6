"""A page as SVG: text stays text, escaped; the same scene gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from mapper.render.brief.key import LEADING, PAD
from mapper.render.brief.kinds import detail_box, outline
from mapper.render.brief.shapes import DASHES, Circle, Group, Item, Page, Path, Plate, Point, Symbol, Table, Text

FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
_BASELINE = 0.35
"""How far a line's baseline lies under its middle, in type sizes."""


def render(page: Page, *, title: str) -> str:
    """The page as an SVG document."""
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(page.width)}pt" height="{_n(page.height)}pt" '
            f'viewBox="0 0 {_n(page.width)} {_n(page.height)}" role="img" aria-labelledby="title description" '
            f"font-family={quoteattr(FONT)}>\n"
        ),
        f'<title id="title">{escape(title)}</title>\n<desc id="description">{escape(page.description)}</desc>\n',
        f'<rect width="100%" height="100%" fill="{page.paper}"/>\n',
    ]
    for item in page.items:
        if isinstance(item, Group):
            out.append(f"<g><!-- {_comment(item.name)} -->\n")
            out += [one for member in item.items for one in _item(member)]
            out.append("</g>\n")
        else:
            out += _item(item)
    out.append("</svg>\n")
    return "".join(out)


def _item(item: Item) -> Iterable[str]:
    if isinstance(item, Path):
        d = "".join(_ring(ring, closed=item.closed) for ring in item.rings)
        yield f'<path d="{d}"{_paint(item)}>{_title(item)}</path>\n'
    elif isinstance(item, Circle):
        yield f'<circle cx="{_n(item.x)}" cy="{_n(item.y)}" r="{_n(item.r)}"{_paint(item)}>{_title(item)}</circle>\n'
    elif isinstance(item, Plate):
        left, top, right, bottom = item.box
        rounded = f' rx="{_n(item.radius)}"' if item.radius else ""
        yield (
            f'<rect x="{_n(left)}" y="{_n(top)}" width="{_n(right - left)}" height="{_n(bottom - top)}"'
            f"{rounded}{_paint(item)}/>\n"
        )
    elif isinstance(item, Symbol):
        yield _symbol(item)
    elif isinstance(item, Text):
        yield _text(item)
    else:
        yield from _table(item)


def _paint(item: Path | Circle | Plate) -> str:
    words = [f' fill="{item.fill or "none"}"']
    if item.fill and isinstance(item, Path):
        words.append(' fill-rule="evenodd"')
    if item.stroke:
        words.append(f' stroke="{item.stroke}" stroke-width="{_n(item.width)}"')
        if isinstance(item, Path):
            words.append(' stroke-linejoin="round"')
        dash = DASHES[item.dash] if not isinstance(item, Plate) else None
        if dash:
            words.append(f' stroke-dasharray="{_n(dash[0])} {_n(dash[1])}"')
    return "".join(words)


def _symbol(item: Symbol) -> str:
    fill, edge, width = (item.paper, item.colour, 2.0) if item.hollow else (item.colour, item.paper, 1.2)
    paint = f' fill="{fill}" stroke="{edge}" stroke-width="{_n(width)}" stroke-linejoin="round"'
    corners = outline(item.shape, item.x, item.y, item.r)
    inner = detail_box(item.detail, item.shape, item.x, item.y, item.r)
    detail = ""
    if inner is not None:
        left, top, right, bottom = inner
        rounded = f' rx="{_n((right - left) / 2)}"' if item.detail == "dot" else ""
        detail = (
            f'<rect x="{_n(left)}" y="{_n(top)}" width="{_n(right - left)}" height="{_n(bottom - top)}"{rounded} '
            f'fill="{edge}"/>\n'
        )
    if not corners:
        sign = f'<circle cx="{_n(item.x)}" cy="{_n(item.y)}" r="{_n(item.r)}"{paint}>{_title(item)}</circle>\n'
    else:
        sign = f'<path d="{_ring(corners, closed=True)}"{paint}>{_title(item)}</path>\n'
    return sign + detail


def _text(item: Text) -> str:
    words = [f'<text x="{_n(item.x)}" y="{_n(item.y + item.size * _BASELINE)}" font-size="{_n(item.size)}"']
    if item.anchor != "start":
        words.append(f' text-anchor="{item.anchor}"')
    if item.bold:
        words.append(' font-weight="bold"')
    if item.italic:
        words.append(' font-style="italic"')
    if item.halo:
        words.append(f' stroke="{item.halo}" stroke-width="2.2" stroke-linejoin="round" paint-order="stroke"')
    words.append(f' fill="{item.colour}">{escape(item.text)}</text>\n')
    return "".join(words)


def table_items(table: Table) -> list[Item]:
    """A table as lines and text, for outputs that know no tables."""
    items: list[Item] = []
    y = table.y
    right = table.x + sum(table.widths)
    step = table.size * LEADING
    for row in table.rows:
        x = table.x
        for cell, width in zip(row.cells, table.widths, strict=True):
            for index, words in enumerate(cell.lines):
                if words:
                    items.append(
                        Text(
                            x=x + PAD,
                            y=y + 2.5 + step * (index + 0.5),
                            text=words,
                            size=table.size,
                            bold=cell.bold or row.heading,
                            colour=table.muted if row.heading else table.colour,
                        )
                    )
            x += width
        y += row.height
        items.append(
            Path(
                rings=(((table.x, y), (right, y)),),
                closed=False,
                stroke=table.muted if row.heading else table.line,
                width=0.8 if row.heading else 0.5,
            )
        )
    return items


def _table(table: Table) -> Iterable[str]:
    yield "<g>\n"
    for item in table_items(table):
        yield from _item(item)
    yield "</g>\n"


def _title(item: Path | Circle | Symbol) -> str:
    return f"<title>{escape(item.description or item.name)}</title>" if item.description or item.name else ""


def _comment(name: str) -> str:
    return name.replace("--", "–").replace(">", "")


def _ring(ring: tuple[Point, ...], *, closed: bool) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in ring) + ("Z" if closed else "")


def _n(value: float) -> str:
    """A number to two decimals, without trailing noughts."""
    words = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if words == "-0" else words
