"""``mapper brief``: slides, documents and pictures, without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import click

from mapper.cli_options import (
    finish,
    heading_options,
    input_options,
    job_of,
    run_job,
    share_option,
    since_run_option,
    usage,
)
from mapper.console import EXIT_CODES, failures
from mapper.model import Status


@click.command("brief", epilog=EXIT_CODES)
@input_options
@since_run_option
@heading_options
@share_option
@click.option("--style", type=click.Choice(["plain", "atlas", "ink"]), default="plain", show_default=True)
@click.option("--mentioned/--no-mentioned", default=True, show_default=True, help="Draw places only mentioned, too.")
@click.option("--dpi", type=click.IntRange(72, 600), default=300, show_default=True, help="Pixels an inch of pictures.")
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True, metavar="FILE.EXT")
def brief_command(
    output: Path,
    title: str,
    subtitle: str | None,
    as_of: str | None,
    tlp: str | None,
    style: str,
    mentioned: bool,
    dpi: int,
    **options: Any,
) -> None:
    """Briefing material without a browser; the end of the file's name chooses the format.

    \b
    .svg   scalable picture
    .png   picture at print size      (this and the rest need
    .pdf   A4 pages                    pip install "geospatial-event-mapper[brief]")
    .docx  Word block: picture and numbered table
    .pptx  slide of native, editable shapes, evidence in the notes

    Reported and planned events are drawn, or those that --status names. With --since-run the key says what is new.

    Example: mapper brief articles/ -o week.pptx --title "Sahel, week 14" --tlp GREEN
    """
    from mapper.render import brief

    try:
        brief.suffix_of(output)
    except ValueError as error:
        raise usage(error) from None
    asked = {status.lower() for status in options["statuses"]}
    statuses = tuple(status for status in get_args(Status) if status in asked) or ("reported", "planned")
    job, reporter = job_of(options)
    with failures(reporter), job:
        run_job(job, reporter)
        job.save_brief(
            output, title=title, subtitle=subtitle, as_of=as_of, tlp=tlp, style=style, mentioned=mentioned,
            statuses=statuses, dpi=dpi,
        )  # fmt: skip
        finish(job, reporter, str(output))
