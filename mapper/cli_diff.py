"""``mapper diff``: what changed since an earlier run, as a list."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from mapper.cli_options import input_options, job_of, run_job
from mapper.console import EXIT_CODES, failures, one_line


@click.command("diff", epilog=EXIT_CODES)
@input_options
@click.option("--since-run", metavar="NAME", required=True, help="The earlier run, as named with --run.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line: change, fields, before, after.")
def diff_command(as_json: bool, since_run: str, **options: Any) -> None:
    """What is new, updated, merged, split or retracted since a named run of the store.

    INPUT may be the store itself. Events are known by the words that tell them, so that a later analysis or an edited
    article makes an event updated, not another one. Filters choose which changes are listed.

    Example: mapper map articles/ --store events.db --run monday, later: mapper diff events.db --since-run monday
    """
    from mapper import changes

    job, reporter = job_of(options | {"since_run": since_run})
    with failures(reporter), job:
        run_job(job, reporter)
        found = job.changes()
        lines = (
            (json.dumps(record, ensure_ascii=False) for record in changes.as_records(found))
            if as_json
            else map(one_line, changes.as_lines(found, run=since_run))
        )
        for line in lines:
            click.echo(line)
        job.record()
        sys.exit(reporter.code(job.used))
