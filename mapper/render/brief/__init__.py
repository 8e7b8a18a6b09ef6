"""Briefing material from an event map, without a browser: slides, a Word block, a PDF, pictures.

Everything is drawn from one laid-out scene (:mod:`mapper.render.brief.scene`), so that all outputs agree: the same
numbers, the same crop, the same words. Text from articles is only ever text.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from mapper.files import replacing
from mapper.model import EventMap, Status

SUFFIXES: Final[dict[str, str]] = {
    ".pptx": "PowerPoint, native editable shapes (extra: brief)",
    ".docx": "Word block (extra: brief)",
    ".pdf": "A4 PDF (extra: brief)",
    ".png": "picture at print size (extra: brief)",
    ".svg": "scalable picture",
}
"""What a file's name may end in, and what is then written."""

STYLE_NAMES: Final = ("plain", "atlas", "ink")


def suffix_of(path: Path) -> str:
    """The format that a file's name asks for. Raises ``ValueError`` naming the known ones for any other."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ValueError(f"{path}: no format is known by that name; it may end in {', '.join(SUFFIXES)}")
    return suffix


def write(
    path: Path,
    event_map: EventMap,
    *,
    title: str,
    subtitle: str | None = None,
    as_of: str | None = None,
    style: str = "plain",
    tlp: str | None = None,
    mentioned: bool = True,
    statuses: tuple[Status, ...] = ("reported", "planned"),
    dpi: int = 300,
) -> None:
    """Write briefing material in the format that the name of ``path`` asks for, whole or not at all.

    ``title``, ``subtitle`` and ``as_of`` are plain text; ``style`` is one of :data:`STYLE_NAMES`; ``tlp`` a Traffic
    Light Protocol label, one of :data:`mapper.render.marking.TLP`. ``mentioned``: draw places that are only mentioned,
    quietly. ``statuses``: the events shown. ``dpi``: pixels an inch of pictures.

    Raises ``ValueError`` for an unknown format, style or label, :class:`mapper.errors.MissingExtraError` where a
    library is missing and :class:`mapper.errors.OutputError` where the file cannot be written.
    """
    suffix = suffix_of(path)
    from mapper.render.brief import scene as scenes

    wanted = scenes.Wanted(
        title=title, subtitle=subtitle, as_of=as_of, style=style, tlp=tlp, mentioned=mentioned, statuses=statuses
    )
    if suffix == ".pptx":
        from mapper.render.brief import slides

        content = slides.render(scenes.layout(event_map, wanted))
    elif suffix == ".docx":
        from mapper.render.brief import document

        content = document.render(scenes.picture(event_map, wanted, size=document.PICTURE), dpi=dpi)
    elif suffix == ".pdf":
        from mapper.render.brief import figure

        scene = scenes.layout(event_map, wanted, size=scenes.A4)
        content = figure.pdf(scene.pages, title=scene.title)
    elif suffix == ".png":
        from mapper.render.brief import figure

        scene = scenes.layout(event_map, wanted, paged=False)
        content = figure.png(scene.pages[0], title=scene.title, dpi=dpi)
    else:
        from mapper.render.brief import svg

        scene = scenes.layout(event_map, wanted, paged=False)
        content = svg.render(scene.pages[0], title=scene.title).encode("utf-8")
    with replacing(path) as temporary:
        temporary.write_bytes(content)
