"""``mapper embed``: a map without panels for a frame in another page, and the snippet that shows it there."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mapper.console import EXIT_NOTHING, Reporter, failures, one_line

HEIGHT = 480
"""Of the frame, in pixels, where nothing else is asked for."""


def print_snippet(source: str, *, title: str, height: int = HEIGHT) -> None:
    """Print the frame that shows the map at ``source``."""
    from mapper.render import embedding

    click.echo(embedding.snippet(source, title=title, height=height))


@click.command("embed", epilog="Exit codes: 0 done, 1 not a map or nothing could be written, 2 wrong usage.")
@click.argument("map_file", metavar="MAP.html", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The map without panels; by default MAP.embed.html.",
)
@click.option("--src", metavar="URL", help="Where that map will be served from; by default its file name.")
@click.option("--height", type=click.IntRange(120, 4000), default=HEIGHT, show_default=True, help="Pixels.")
def embed_command(map_file: Path, output: Path | None, src: str | None, height: int) -> None:
    """Write a map without panels and print the HTML that shows it in a frame: sandboxed, sized and titled.

    The marks open their receipts as ever; list, filters, time line and menus are hidden, not taken out: the file is as
    large as the whole map and says as much to whoever looks inside. What must not be known stays out of the whole map
    already (mapper map --share-safe, --text none).

    Example: mapper embed maps/week.html --height 520 > snippet.html
    """
    from mapper.errors import OutputError
    from mapper.files import write_text
    from mapper.render import embedding

    target = output or map_file.with_suffix(".embed.html")
    with failures(Reporter()):
        try:
            page = map_file.read_text("utf-8")
        except OSError as error:
            raise OutputError(f"{map_file}: {error.strerror or error}") from error
        except ValueError:
            page = ""
        if not embedding.is_map(page):
            click.echo(one_line(f"mapper: {map_file}: not a map of this program"), err=True)
            sys.exit(EXIT_NOTHING)
        write_text(target, embedding.reduced(page))
    print_snippet(src or target.name, title=embedding.title_of(page), height=height)
