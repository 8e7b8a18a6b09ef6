"""A PowerPoint presentation of native, editable shapes: countries are freeforms, signs are shapes, labels text.

Every shape has a name for the selection pane; the map, areas and signs have descriptions; the evidence is in the notes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from mapper.errors import MissingExtraError
from mapper.render.brief import evidence, package, text
from mapper.render.brief.key import PAD
from mapper.render.brief.kinds import detail_box, outline
from mapper.render.brief.scene import Scene
from mapper.render.brief.shapes import Box, Circle, Group, Item, Page, Path, Plate, Point, Symbol, Table, Text

_EMU = 12700
"""English metric units a point."""
_FONT = "Arial"
_NO_STYLE_NO_GRID = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_SIGNS = {
    "square": "RECTANGLE",
    "diamond": "DIAMOND",
    "up": "ISOSCELES_TRIANGLE",
    "down": "FLOWCHART_MERGE",
    "hexagon": "HEXAGON",
    "star": "STAR_5_POINT",
    "cross": "CROSS",
    "circle": "OVAL",
}


def render(scene: Scene) -> bytes:
    try:
        from pptx import Presentation
    except ImportError as error:
        raise MissingExtraError('slides need python-pptx: pip install "geospatial-event-mapper[brief]"') from error
    presentation: Any = Presentation()
    presentation.slide_width = _emu(scene.pages[0].width)
    presentation.slide_height = _emu(scene.pages[0].height)
    title_only = presentation.slide_layouts[5]
    for index, page in enumerate(scene.pages):
        slide = presentation.slides.add_slide(title_only)
        _fill(slide, page)
        if index == 0:
            slide.notes_slide.notes_text_frame.text = evidence.notes(scene)
        else:
            slide.notes_slide.notes_text_frame.text = (
                "The evidence for every number is in the notes of the first slide."
            )
    package.describe(presentation, title=scene.title, subject=scene.description)
    # The template's own picture of itself.
    relations = presentation.part.package._rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        relations.pop(key)
    buffer = io.BytesIO()
    presentation.save(buffer)
    return package.stable(buffer.getvalue())


def _fill(slide: Any, page: Page) -> None:
    for item in page.items:
        if isinstance(item, Group):
            group = slide.shapes.add_group_shape()
            group.name = item.name
            description = page.description if item.name == "Base map" else item.name
            group._element.nvGrpSpPr.cNvPr.set("descr", description)
            for member in item.items:
                _add(group.shapes, member)
        elif isinstance(item, Text) and item.name == "Title":
            _title(slide.shapes.title, item, page)
        else:
            _add(slide.shapes, item)


def _add(shapes: Any, item: Item) -> None:
    if isinstance(item, Path):
        _freeform(shapes, item)
    elif isinstance(item, Circle):
        _shape(shapes, "OVAL", (item.x - item.r, item.y - item.r, item.x + item.r, item.y + item.r), item)
    elif isinstance(item, Plate):
        shape = _shape(shapes, "ROUNDED_RECTANGLE" if item.radius else "RECTANGLE", item.box, item)
        if item.radius:
            shape.adjustments[0] = item.radius / min(item.box[2] - item.box[0], item.box[3] - item.box[1])
    elif isinstance(item, Symbol):
        _sign(shapes, item)
    elif isinstance(item, Text):
        _text(shapes, item)
    else:
        _table(shapes, item)


def _emu(points: float) -> int:
    return round(points * _EMU)


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    make: Any = RGBColor
    return make(*bytes.fromhex(colour[1:]))


def _name(shape: Any, name: str, description: str = "") -> None:
    shape.name = name or "Shape"
    if description:
        # An element's first child holds its names, whatever kind of shape it is.
        shape._element[0][0].set("descr", description)


def _plain(shape: Any) -> None:
    """Take the theme's shadow and colours off a shape."""
    from pptx.oxml.ns import qn

    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)


def _paint(shape: Any, fill: str | None, stroke: str | None, width: float, dash: str = "solid") -> None:
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    if fill:
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb(fill)
    else:
        shape.fill.background()
    if stroke:
        shape.line.color.rgb = _rgb(stroke)
        shape.line.width = Pt(width)
        if dash != "solid":
            shape.line.dash_style = MSO_LINE.DASH if dash == "dash" else MSO_LINE.ROUND_DOT
    else:
        shape.line.fill.background()


def _freeform(shapes: Any, item: Path) -> None:
    """All rings in one shape; PowerPoint fills what an odd number of them encloses."""
    from lxml import etree
    from pptx.oxml.ns import qn

    rings = [[(_emu(x), _emu(y)) for x, y in ring] for ring in item.rings]
    xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    builder = shapes.build_freeform(left, top, scale=1.0)
    builder.add_line_segments([(right, bottom)], close=False)
    shape = builder.convert_to_shape()
    # The builder's own way of adding points takes quadratic time, which a coastline is too long for.
    path = shape._element.spPr.find(f"{qn('a:custGeom')}/{qn('a:pathLst')}/{qn('a:path')}")
    for child in list(path):
        path.remove(child)
    path.set("w", str(right - left))
    path.set("h", str(bottom - top))
    for ring in rings:
        for tag, (x, y) in zip(["a:moveTo", *["a:lnTo"] * (len(ring) - 1)], ring, strict=True):
            point = etree.SubElement(etree.SubElement(path, qn(tag)), qn("a:pt"))
            point.set("x", str(x - left))
            point.set("y", str(y - top))
        if item.closed:
            etree.SubElement(path, qn("a:close"))
    _plain(shape)
    _paint(shape, item.fill if item.closed else None, item.stroke, item.width, item.dash)
    _name(shape, item.name, item.description)


def _shape(shapes: Any, kind: str, box: Box, item: Circle | Plate | Symbol) -> Any:
    from pptx.enum.shapes import MSO_SHAPE

    left, top, right, bottom = box
    shape = shapes.add_shape(getattr(MSO_SHAPE, kind), _emu(left), _emu(top), _emu(right - left), _emu(bottom - top))
    _plain(shape)
    if not isinstance(item, Symbol):
        _paint(shape, item.fill, item.stroke, item.width, item.dash if isinstance(item, Circle) else "solid")
    _name(shape, item.name, "" if isinstance(item, Plate) else item.description)
    return shape


def _sign(shapes: Any, item: Symbol) -> None:
    corners: Sequence[Point] = outline(item.shape, item.x, item.y, item.r)
    if not corners:
        corners = ((item.x - item.r, item.y - item.r), (item.x + item.r, item.y + item.r))
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    inner = detail_box(item.detail, item.shape, item.x, item.y, item.r)
    if inner is not None:
        # One thing to move, though it is two shapes.
        group = shapes.add_group_shape()
        _name(group, item.name, item.description)
        shapes = group.shapes
    shape = _shape(shapes, _SIGNS.get(item.shape, "OVAL"), (min(xs), min(ys), max(xs), max(ys)), item)
    if item.shape == "cross":
        shape.adjustments[0] = 0.31  # the arms' thickness, as the outline has it
    if item.hollow:
        _paint(shape, item.paper, item.colour, 2.0)
    else:
        _paint(shape, item.colour, item.paper, 0.9)
    if inner is not None:
        kind = "OVAL" if item.detail == "dot" else "RECTANGLE"
        detail = Plate(box=inner, fill=item.colour if item.hollow else item.paper, name=f"{item.name}, detail")
        _shape(shapes, kind, inner, detail)


def _text(shapes: Any, item: Text) -> None:
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE

    width = text.width(item.text, item.size, bold=item.bold) + 4
    height = item.size * 1.3
    left = {"start": item.x - 0.5, "middle": item.x - width / 2, "end": item.x - width + 0.5}[item.anchor]
    box = shapes.add_textbox(_emu(left), _emu(item.y - height / 2), _emu(width), _emu(height))
    frame = box.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = False
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    if item.halo:
        _veil(box, item.halo)
    _write(frame.paragraphs[0], item)
    _name(box, item.name or "Text")


def _veil(box: Any, colour: str) -> None:
    """A half see-through ground under a name: not every program draws the glow around letters."""
    from lxml import etree
    from pptx.oxml.ns import qn

    box.fill.solid()
    box.fill.fore_color.rgb = _rgb(colour)
    (shade,) = box._element.spPr.iter(qn("a:srgbClr"))
    etree.SubElement(shade, qn("a:alpha"), val="62000")


def _write(paragraph: Any, item: Text) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    paragraph.alignment = {"start": PP_ALIGN.LEFT, "middle": PP_ALIGN.CENTER, "end": PP_ALIGN.RIGHT}[item.anchor]
    run = paragraph.add_run()
    run.text = item.text
    run.font.size = Pt(item.size)
    run.font.bold = item.bold
    run.font.italic = item.italic
    run.font.color.rgb = _rgb(item.colour)
    if item.halo:
        _glow(run, item.halo)
    run.font.name = _FONT


def _glow(run: Any, colour: str) -> None:
    """A halo, so that a name stays readable over lines."""
    from lxml import etree
    from pptx.oxml.ns import qn

    effects = etree.SubElement(run._r.get_or_add_rPr(), qn("a:effectLst"))
    glow = etree.SubElement(effects, qn("a:glow"), rad=str(_emu(1.8)))
    etree.SubElement(glow, qn("a:srgbClr"), val=colour[1:].upper())


def _title(shape: Any, item: Text, page: Page) -> None:
    """The title in the slide's own title, which outlines and screen readers look for."""
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE

    height = item.size * 1.3
    shape.left, shape.top = _emu(item.x), _emu(item.y - height / 2)
    shape.width, shape.height = (
        _emu(min(page.width - item.x, text.width(item.text, item.size, bold=True) + 8)),
        _emu(height),
    )
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = False
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    _write(frame.paragraphs[0], item)
    _name(shape, "Title")


def _table(shapes: Any, item: Table) -> None:
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Pt

    frame = shapes.add_table(
        len(item.rows), len(item.widths), _emu(item.x), _emu(item.y), _emu(sum(item.widths)), _emu(item.height)
    )
    _name(frame, "Numbered key", "Numbered key: for each number on the map its date, place and what happened")
    table = frame.table
    table._tbl.tblPr.find(table._tbl.tblPr.tag.replace("tblPr", "tableStyleId")).text = _NO_STYLE_NO_GRID
    table.horz_banding = False
    for column, width in zip(table.columns, item.widths, strict=True):
        column.width = _emu(width)
    for index, row in enumerate(item.rows):
        table.rows[index].height = _emu(row.height)
        for position, cell in enumerate(row.cells):
            target = table.cell(index, position)
            target.margin_left = target.margin_right = _emu(PAD)
            target.margin_top = target.margin_bottom = _emu(1.5)
            target.vertical_anchor = MSO_ANCHOR.TOP
            paragraph = target.text_frame.paragraphs[0]
            run = paragraph.add_run()
            run.text = cell.text
            run.font.size = Pt(item.size)
            run.font.bold = cell.bold or row.heading
            run.font.name = _FONT
            run.font.color.rgb = _rgb(item.muted if row.heading else item.colour)
            _rule(target, item.muted if row.heading else item.line, 0.8 if row.heading else 0.5)
        if row.heading and index:
            table.cell(index, 0).merge(table.cell(index, len(item.widths) - 1))


def _rule(cell: Any, colour: str, width: float) -> None:
    """A line under a cell."""
    from lxml import etree
    from pptx.oxml.ns import qn

    properties = cell._tc.get_or_add_tcPr()
    line = etree.Element(qn("a:lnB"), w=str(_emu(width)))
    fill = etree.SubElement(line, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), val=colour[1:].upper())
    properties.insert(0, line)
    etree.SubElement(properties, qn("a:noFill"))
