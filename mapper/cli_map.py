"""``mapper map``: articles in, one self-contained HTML map out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mapper.cli_embed import print_snippet
from mapper.cli_options import (
    finish,
    heading_options,
    input_options,
    job_of,
    run_job,
    share_option,
    since_run_option,
)
from mapper.console import EXIT_CODES, failures

if TYPE_CHECKING:
    from mapper.sharing import Text


@click.command("map", epilog=EXIT_CODES)
@input_options
@since_run_option
@heading_options
@click.option(
    "--text",
    type=click.Choice(["none", "evidence", "full"]),
    default="evidence",
    show_default=True,
    help="How much of an article travels in the map besides headline, outlet and link: nothing, the sentences that "
    "events were read from, or all of it.",
)
@share_option
@click.option("--embed", is_flag=True, help="Without panels, for a frame in another page; prints the frame's snippet.")
@click.option(
    "--language",
    type=click.Choice(["en", "fr", "ar"]),
    help="What the map speaks: English, French, Arabic. [default: English, names on it in the reader's language]",
)
@click.option(
    "--tiles",
    nargs=2,
    metavar="URL CREDIT",
    help="A background that the reader may switch on: https address with {z}, {x}, {y}, and whose it is. While it is "
    "on, its server learns where the reader looks; without this option the map asks nobody for anything.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), default=Path("maps/map.html"), show_default=True)
def map_command(
    output: Path,
    title: str,
    subtitle: str | None,
    as_of: str | None,
    tlp: str | None,
    text: Text,
    embed: bool,
    language: str | None,
    tiles: tuple[str, str] | None,
    **options: Any,
) -> None:
    """Articles in, one self-contained HTML map out.

    The file opens from disk or an e-mail, without a network. Countries and regions are drawn as areas; what could
    not be placed is listed as unplaced.

    Example: mapper map articles/ -o maps/week.html --title "Sahel, week 14"
    """
    if tiles:
        from mapper.render.tiles import Tiles

        try:
            Tiles(url=tiles[0], credit=tiles[1])
        except ValueError as error:
            raise click.UsageError(f"--tiles {error}") from None
    job, reporter = job_of(options)
    with failures(reporter), job:
        run_job(job, reporter)
        job.save_map(
            output, title=title, subtitle=subtitle, as_of=as_of, tlp=tlp, text=text, embed=embed,
            language=language, tiles=tiles,
        )  # fmt: skip
        if embed:
            print_snippet(output.name, title=title)
        finish(job, reporter, str(output))
