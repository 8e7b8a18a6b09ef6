"""Pages drawn by matplotlib, for PNG and PDF: the same bytes for the same scene, with no clock and no random ids.

Text is set in DejaVu Sans, which comes with matplotlib, at nine tenths of its size (it is that much wider than the
fonts that the scene is measured for). For scripts that it lacks, fonts of the machine are used where there are any.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from mapper.errors import MissingExtraError
from mapper.render.brief.kinds import detail_box, outline
from mapper.render.brief.shapes import DASHES, Circle, Item, Page, Path, Plate, Table, Text
from mapper.render.brief.svg import table_items

_SHRINK = 0.9
_SHRINK_BOLD = 0.86
_BASELINE = 0.35
_POINTS = 72.0

# For scripts that DejaVu Sans lacks, tried in this order where they are installed.
_FALLBACKS = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Microsoft YaHei", "Yu Gothic", "Malgun Gothic",
    "PingFang SC", "Hiragino Sans", "WenQuanYi Zen Hei", "Noto Sans Devanagari", "Nirmala UI", "Noto Sans Ethiopic",
    "Nyala", "Noto Sans Thai", "Noto Sans Bengali", "Noto Sans Tamil", "Noto Color Emoji", "Noto Emoji",
)  # fmt: skip


def png(page: Page, *, title: str, dpi: int) -> bytes:
    """A page as a PNG picture; ``dpi``: pixels an inch."""
    with _drawing():
        buffer = io.BytesIO()
        _figure(page).savefig(
            buffer,
            format="png",
            dpi=dpi,
            metadata={"Software": None, "Title": _latin(title), "Description": _latin(page.description)},
        )
        return buffer.getvalue()


def pdf(pages: Sequence[Page], *, title: str) -> bytes:
    """The pages as a PDF file, each on a sheet of its own size. Text can be searched and copied.

    Raises :class:`mapper.errors.MissingExtraError`.
    """
    with _drawing():
        from matplotlib.backends.backend_pdf import PdfPages

        metadata = {
            "Title": title, "Subject": pages[0].description, "Creator": None, "Producer": None, "CreationDate": None,
        }  # fmt: skip
        buffer = io.BytesIO()
        with PdfPages(buffer, metadata=metadata) as file:
            for page in pages:
                file.savefig(_figure(page))
        return buffer.getvalue()


@contextmanager
def _drawing() -> Iterator[None]:
    try:
        import matplotlib as mpl
        from matplotlib import font_manager
    except ImportError as error:
        raise MissingExtraError(
            'pictures and PDF need matplotlib: pip install "geospatial-event-mapper[brief]"'
        ) from error
    installed = {font.name for font in font_manager.fontManager.ttflist}
    families = ["DejaVu Sans", *(name for name in _FALLBACKS if name in installed)]
    settings: Any = {
        "font.family": families,
        "text.usetex": False,
        "text.parse_math": False,  # a dollar sign is a dollar sign
        "pdf.fonttype": 42,
        "pdf.compression": 6,
        "path.simplify": False,
        "axes.unicode_minus": False,
        "savefig.dpi": "figure",
    }
    logger = logging.getLogger("matplotlib.font_manager")
    level = logger.level
    # A user's own settings must not change the picture.
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()
        mpl.rcParams.update(settings)
        # A character that no font has is drawn as a box; there is nobody to warn.
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")
        logger.setLevel(logging.ERROR)
        try:
            yield
        finally:
            logger.setLevel(level)


def _figure(page: Page) -> Any:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(page.width / _POINTS, page.height / _POINTS), dpi=_POINTS, facecolor=page.paper)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, page.width)
    axes.set_ylim(page.height, 0)
    axes.axis("off")
    for order, item in enumerate(_without_tables(page.flat())):
        _draw(axes, item, order)
    return figure


def _without_tables(items: Sequence[Item]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Table):
            yield from table_items(item)
        else:
            yield item


def _draw(axes: Any, item: Item, order: int) -> None:
    from matplotlib import patches

    patch: Any
    detail: Any

    if isinstance(item, Text):
        _write(axes, item, order)
        return
    if isinstance(item, Path):
        patch = patches.PathPatch(_path(item), **_paint(item.fill, item.stroke, item.width))
        patch.set_joinstyle("round")
        patch.set_capstyle("butt")
    elif isinstance(item, Circle):
        patch = patches.Circle((item.x, item.y), item.r, **_paint(item.fill, item.stroke, item.width))
    elif isinstance(item, Plate):
        left, top, right, bottom = item.box
        paint = _paint(item.fill, item.stroke, item.width)
        if item.radius:
            rounding = f"round,pad=0,rounding_size={item.radius}"
            patch = patches.FancyBboxPatch((left, top), right - left, bottom - top, boxstyle=rounding, **paint)
        else:
            patch = patches.Rectangle((left, top), right - left, bottom - top, **paint)
    elif isinstance(item, Table):
        raise TypeError("tables are drawn as their lines and text")
    else:
        fill, edge, width = (item.paper, item.colour, 2.0) if item.hollow else (item.colour, item.paper, 1.2)
        corners = outline(item.shape, item.x, item.y, item.r)
        paint = _paint(fill, edge, width)
        if corners:
            patch = patches.Polygon(corners, closed=True, **paint)
        else:
            patch = patches.Circle((item.x, item.y), item.r, **paint)
        patch.set_joinstyle("round")
        inner = detail_box(item.detail, item.shape, item.x, item.y, item.r)
        if inner is not None:
            left, top, right, bottom = inner
            paint = _paint(edge, None, 0)
            if item.detail == "dot":
                detail = patches.Circle(((left + right) / 2, (top + bottom) / 2), (right - left) / 2, **paint)
            else:
                detail = patches.Rectangle((left, top), right - left, bottom - top, **paint)
            detail.set_zorder(order + 0.5)
            axes.add_artist(detail)
    dash = DASHES[item.dash] if isinstance(item, Path | Circle) else None
    if dash and isinstance(item, Path | Circle):
        patch.set_linestyle((0, tuple(length / item.width for length in dash)))
    patch.set_zorder(order)
    patch.set_clip_on(False)
    axes.add_artist(patch)


def _paint(fill: str | None, stroke: str | None, width: float) -> dict[str, Any]:
    return {
        "facecolor": fill or "none",
        "edgecolor": stroke or "none",
        "linewidth": width if stroke else 0,
    }


def _path(item: Path) -> Any:
    from matplotlib.path import Path as Outline

    points: list[tuple[float, float]] = []
    codes: list[Any] = []
    for ring in item.rings:
        points += ring
        codes += [Outline.MOVETO, *[Outline.LINETO] * (len(ring) - 1)]
        if item.closed:
            points.append(ring[0])
            codes.append(Outline.CLOSEPOLY)
    return Outline(points, codes)


def _write(axes: Any, item: Text, order: int) -> None:
    from matplotlib import patheffects

    size = item.size * (_SHRINK_BOLD if item.bold else _SHRINK)
    written = axes.text(
        item.x, item.y + item.size * _BASELINE, item.text, fontsize=size, color=item.colour,
        fontweight="bold" if item.bold else "normal", fontstyle="italic" if item.italic else "normal",
        ha={"start": "left", "middle": "center", "end": "right"}[item.anchor], va="baseline", zorder=order,
        parse_math=False,
    )  # fmt: skip
    if item.halo:
        written.set_path_effects([
            patheffects.Stroke(linewidth=2.2, foreground=item.halo), patheffects.Normal(),
        ])  # fmt: skip


def _latin(text: str) -> str:
    """What a PNG's text chunk can hold."""
    return text.encode("latin-1", "replace").decode("latin-1")
