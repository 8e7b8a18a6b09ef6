"""``mapper map``: articles in, one self-contained HTML map out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mapper.cli_options import finish, heading_options, input_options, job_of, run_job
from mapper.console import EXIT_CODES, failures


@click.command("map", epilog=EXIT_CODES)
@input_options
@heading_options
@click.option("--output", "-o", type=click.Path(path_type=Path), default=Path("maps/map.html"), show_default=True)
def map_command(output: Path, title: str, subtitle: str | None, as_of: str | None, **options: Any) -> None:
    """Articles in, one self-contained HTML map out.

    The file opens from disk or an e-mail, without a network. Countries and regions are drawn as areas; what could
    not be placed is listed as unplaced.

    Example: mapper map articles/ -o maps/week.html --title "Sahel, week 14"
    """
    job, reporter = job_of(options)
    with failures(reporter), job:
        run_job(job, reporter)
        job.save_map(output, title=title, subtitle=subtitle, as_of=as_of)
        finish(job, reporter, str(output))
