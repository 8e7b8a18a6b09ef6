"""The options that commands share, and what every command with INPUT does before and after its own work."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from mapper.console import EXIT_NOTHING, Reporter, failures

if TYPE_CHECKING:
    from mapper.jobs import Job

P = ParamSpec("P")
R = TypeVar("R")


def input_options(command: Callable[P, R]) -> Callable[P, R]:
    """The arguments and options of every command that takes articles."""
    for decorate in reversed(
        (
            click.argument("inputs", metavar="INPUT...", nargs=-1, required=True),
            click.option(
                "--published", metavar="DATE", help="Publication date (ISO 8601) of articles that state none."
            ),
            click.option("--source", metavar="NAME", help="Outlet of articles that state none."),
            click.option("--url", metavar="URL", help="Address of articles that state none."),
            click.option("--since", metavar="DATE", help="Leave out events before this day, and undated ones."),
            click.option("--until", metavar="DATE", help="Leave out events after this day, and undated ones."),
            click.option(
                "--store",
                type=click.Path(path_type=Path, dir_okay=False),
                help="Event store to read from and add to: what it knows is not analysed again, and the output covers "
                "all that it then holds.",
            ),
            click.option(
                "--corrections",
                "corrections_file",
                type=click.Path(path_type=Path, dir_okay=False),
                help="TOML file of corrections to apply (format: mapper/corrections.py).",
            ),
            click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes."),
            click.option("--quiet", "-q", is_flag=True, help="No progress and no summary; refusals are still named."),
            click.option("--json-errors", is_flag=True, help="Name refusals as JSON, one object a line."),
        )
    ):
        command = decorate(command)
    return command


def heading_options(command: Callable[P, R]) -> Callable[P, R]:
    """What stands at the head of a map, a slide or a page."""
    for decorate in reversed(
        (
            click.option("--title", default="Events in the news", show_default=True, help="Heading."),
            click.option("--subtitle", help="A line beside the heading."),
            click.option("--as-of", metavar="DATE", help="The day it stands for, shown on it; never the clock's."),
        )
    ):
        command = decorate(command)
    return command


def run_job(job: Job, reporter: Reporter) -> None:
    """The first pass; ends the command where no article was usable."""
    job.run()
    if job.used == 0:
        sys.exit(nothing(reporter))


def job_of(options: dict[str, Any]) -> tuple[Job, Reporter]:
    from mapper.jobs import Job, day

    reporter = Reporter(as_json=options.pop("json_errors"), quiet=options["quiet"])
    for name in ("published", "since", "until"):
        if options[name] is not None:
            try:
                day(options[name])
            except ValueError:
                raise click.UsageError(f"--{name} {options[name]}: not an ISO 8601 date such as 2014-04-03") from None
    with failures(reporter):
        job = Job(refuse=reporter.refuse, **options)
    return job, reporter


def nothing(reporter: Reporter) -> int:
    if not reporter.refused:
        click.echo("mapper: no article found in the input", err=True)
    return EXIT_NOTHING


def finish(job: Job, reporter: Reporter, output: str) -> None:
    for line in job.summary():
        reporter.say(line)
    if output != "-":
        reporter.say(f"wrote {output}")
    sys.exit(reporter.code(job.used))
