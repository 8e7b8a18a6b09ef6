"""``mapper parse --scheduler``: the analysis on a Dask cluster, for what is too much for one machine."""

from __future__ import annotations

import sys
from typing import Any

import click
from click.core import ParameterSource

from mapper.cli_options import nothing
from mapper.console import Reporter, failures

_KNOWN = frozenset(
    {
        *("inputs", "output", "scheduler", "partition_size", "workers", "columns"),
        *("published", "source", "url", "quiet", "json_errors"),
    }
)
_OPTIONS = (
    click.option(
        "--scheduler",
        metavar="ADDRESS",
        help='Run on the Dask cluster of this scheduler (tcp://host:8786), or "local" for one of --workers processes. '
        "INPUT is JSON lines, WARC or Parquet, -o a folder for parts of GeoParquet; both on this machine or at an "
        'address such as s3://… that all workers reach. (pip install "geospatial-event-mapper[dask]")',
    ),
    click.option(
        "--partition-size",
        type=click.FloatRange(min=0, min_open=True),
        default=8,
        show_default=True,
        metavar="MB",
        help="With --scheduler: about how much of a file one task reads.",
    ),
)


def cluster_options(command: Any) -> Any:
    """What a run on a cluster is told."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def parse_on_cluster(context: click.Context) -> None:
    """Run ``mapper parse`` with the context's options on a cluster, and end with the exit code of the outcome."""
    options = context.params
    for name in options:
        if name not in _KNOWN and context.get_parameter_source(name) is not ParameterSource.DEFAULT:
            option = next(p.opts[0] for p in context.command.params if p.name == name)
            raise click.UsageError(f"{option} cannot be used with --scheduler: all events are written")
    if options["output"] == "-":
        raise click.UsageError("--scheduler writes a folder: -o FOLDER")
    from mapper import dask

    reporter = Reporter(as_json=options["json_errors"], quiet=options["quiet"])
    with failures(reporter):
        report = dask.parse(
            [*options["inputs"]],
            options["output"],
            scheduler=options["scheduler"],
            workers=options["workers"],
            partition_bytes=max(1, int(options["partition_size"] * 1024 * 1024)),
            columns=options.get("columns") or None,
            published=options["published"],
            source=options["source"],
            url=options["url"],
            quiet=options["quiet"],
        )
    for error in (*report.refused, *report.failed):
        reporter.refuse(error)
    if not report.articles:
        sys.exit(nothing(reporter))
    again = f", {report.duplicates} given twice" if report.duplicates else ""
    reporter.say(f"{report.articles} articles used{again}")
    reporter.say(f"{report.events} reports of events")
    reporter.say(f"wrote {len(report.written)} parts and {dask.MANIFEST} into {options['output']}")
    sys.exit(reporter.code(report.articles))
