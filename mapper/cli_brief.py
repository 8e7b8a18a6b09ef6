"""``mapper brief``: slides, documents and pictures, without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mapper.cli_options import finish, heading_options, input_options, job_of, run_job
from mapper.console import EXIT_CODES, failures


@click.command("brief", epilog=EXIT_CODES)
@input_options
@heading_options
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True, metavar="FILE.EXT")
@click.option("--style", type=click.Choice(["plain", "atlas", "ink"]), default="plain", show_default=True)
@click.option(
    "--tlp",
    type=click.Choice(["RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR"], case_sensitive=False),
    help="Traffic Light Protocol marking.",
)
def brief_command(
    output: Path,
    title: str,
    subtitle: str | None,
    as_of: str | None,
    style: str,
    tlp: str | None,
    **options: Any,
) -> None:
    """Briefing material without a browser; the end of the file's name chooses the format.

    \b
    .svg   scalable picture
    .png   picture at print size      (this and the rest need
    .pdf   A4 pages                    pip install "geospatial-event-mapper[brief]")
    .docx  Word block: picture and numbered table
    .pptx  slide of native, editable shapes, evidence in the notes

    Example: mapper brief articles/ -o week.pptx --title "Sahel, week 14" --tlp GREEN
    """
    from mapper.render import brief

    try:
        brief.suffix_of(output)
    except ValueError as error:
        raise click.UsageError(f"-o {error}") from None
    job, reporter = job_of(options)
    with failures(reporter), job:
        run_job(job, reporter)
        job.save_brief(output, title=title, subtitle=subtitle, as_of=as_of, style=style, tlp=tlp)
        finish(job, reporter, str(output))
