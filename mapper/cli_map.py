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
@click.option("--output", "-o", type=click.Path(path_type=Path), default=Path("maps/map.html"), show_default=True)
def map_command(
    output: Path,
    title: str,
    subtitle: str | None,
    as_of: str | None,
    tlp: str | None,
    text: Text,
    embed: bool,
    **options: Any,
) -> None:
    """Articles in, one self-contained HTML map out.

    The file opens from disk or an e-mail, without a network. Countries and regions are drawn as areas; what could
    not be placed is listed as unplaced.

    Example: mapper map articles/ -o maps/week.html --title "Sahel, week 14"
    """
    job, reporter = job_of(options)
    with failures(reporter), job:
        run_job(job, reporter)
        job.save_map(output, title=title, subtitle=subtitle, as_of=as_of, tlp=tlp, text=text, embed=embed)
        if embed:
            print_snippet(output.name, title=title)
        finish(job, reporter, str(output))
