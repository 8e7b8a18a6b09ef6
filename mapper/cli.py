"""The ``mapper`` command: a command for each job. Data to standard output, messages to standard error."""

from __future__ import annotations

import sys

import click

from mapper import __version__
from mapper.cli_brief import brief_command
from mapper.cli_diff import diff_command
from mapper.cli_embed import embed_command
from mapper.cli_gazetteer import gazetteer_group
from mapper.cli_geocode import geocode_command
from mapper.cli_map import map_command
from mapper.cli_parse import parse_command
from mapper.cli_store import store_group
from mapper.console import EXIT_CODES, EXIT_NOTHING
from mapper.streams import Command


@click.group(
    cls=Command,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog=EXIT_CODES,
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """News articles in, an honest event map out. Nothing leaves this machine.

    INPUT is one or more files, folders or - (standard input): text, HTML, JSON lines, or an earlier .jsonl output of
    "mapper parse", which is not analysed again. An article may have 500,000 characters and 100,000 words; a longer one
    is refused by name.
    """


for command in (
    map_command, parse_command, brief_command, diff_command, embed_command, store_group, geocode_command,
    gazetteer_group,
):  # fmt: skip
    main.add_command(command)


@main.command("doctor", epilog="Exit codes: 0 everything needed is there, 1 something is missing.")
def doctor_command() -> None:
    """What is installed, where the data are, what is missing and how to get it."""
    from mapper.doctor import checks

    fine = True
    for check in checks():
        fine = fine and (check.ok or check.optional)
        mark = "ok     " if check.ok else "absent " if check.optional else "MISSING"
        click.echo(f"{mark} {check.what}: {check.says}")
    sys.exit(0 if fine else EXIT_NOTHING)
