"""The options that commands share, and what every command with INPUT does before and after its own work."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar, get_args

import click

from gazetteer.worldview import DEFAULT, worldviews
from mapper.console import EXIT_NOTHING, Reporter, failures, one_line
from mapper.filters import Box, Filter, day
from mapper.model import Status
from mapper.render.marking import TLP

if TYPE_CHECKING:
    from mapper.jobs import Job

P = ParamSpec("P")
R = TypeVar("R")
Decorator = Callable[[Callable[P, R]], Callable[P, R]]

_FIELDS: Final = ("text", "id", "title", "url", "source", "published", "language")


def _together(command: Callable[P, R], options: Iterable[Callable[[Callable[P, R]], Callable[P, R]]]) -> Callable[P, R]:
    """The command with options in the order in which its help shows them."""
    for decorate in reversed(tuple(options)):
        command = decorate(command)
    return command


def _checked(check: Callable[[str], object], expected: str) -> Callable[[Any, Any, str | None], str | None]:
    """A callback that leaves a value as it is where ``check`` takes it, and says what was ``expected`` where not."""

    def callback(_context: Any, _option: Any, value: str | None) -> str | None:
        if value is not None:
            try:
                check(value)
            except ValueError:
                raise click.BadParameter(f"{value}: {expected}") from None
        return value

    return callback


_date = _checked(day, "not an ISO 8601 date such as 2014-04-03")
_box = _checked(Box.of, "not west,south,east,north in degrees, such as -17,10,16,27")


def _listed(_context: Any, _option: Any, values: tuple[str, ...]) -> tuple[str, ...]:
    """Options that may be repeated and may hold several values with commas between them."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _columns(_context: Any, _option: Any, values: tuple[str, ...]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for pair in (part for value in values for part in value.split(",")):
        name, equals, heading = pair.partition("=")
        if not equals or name.strip() not in _FIELDS or not heading.strip():
            raise click.BadParameter(f"{pair!r} is not FIELD=HEADING with a field of {', '.join(_FIELDS)}")
        columns[name.strip()] = heading.strip()
    return columns


def input_options(command: Callable[P, R]) -> Callable[P, R]:
    """The arguments and options of every command that takes articles."""
    return _together(
        command,
        (
            click.argument("inputs", metavar="INPUT...", nargs=-1, required=True),
            *_SOURCE_OPTIONS,
            filter_options,
            *_RUNNING_OPTIONS,
        ),
    )


worldview_option = click.option(
    "--worldview", type=click.Choice(list(worldviews())), default=DEFAULT, show_default=True,
    help="Whose country places in disputed areas are shown with: as the sources have it, as the United Nations "
    "have it, or who administers them.",
)  # fmt: skip

_SOURCE_OPTIONS: tuple[Any, ...] = (
    click.option(
        "--published", metavar="DATE", callback=_date,
        help="Publication date (ISO 8601) of articles that state none.",
    ),
    click.option("--source", metavar="NAME", help="Outlet of articles that state none."),
    click.option("--url", metavar="URL", help="Address of articles that state none."),
    click.option(
        "--columns", metavar="FIELD=HEADING,...", multiple=True, callback=_columns,
        help=f"Which column of a table holds what, where its headings are not understood. FIELD: {', '.join(_FIELDS)}.",
    ),
    click.option(
        "--fetch", is_flag=True,
        help="Ask for those INPUTs that are http or https addresses over the network (else they are refused).",
    ),
)  # fmt: skip

_RUNNING_OPTIONS: tuple[Any, ...] = (
    click.option(
        "--store", type=click.Path(path_type=Path, dir_okay=False),
        help="Event store to read from and add to: what it knows is not analysed again, and the output covers all that "
        "it then holds.",
    ),
    click.option(
        "--corrections", "corrections_file", type=click.Path(path_type=Path, dir_okay=False),
        help="TOML or CSV file of corrections to apply.",
    ),
    worldview_option,
    click.option("--run", metavar="NAME", help="Remember this run's events in the store under a name."),
    click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes."),
    click.option("--quiet", "-q", is_flag=True, help="No progress and no summary; refusals are still named."),
    click.option("--json-errors", is_flag=True, help="Name refusals as JSON, one object a line."),
)  # fmt: skip


def filter_options(command: Callable[P, R]) -> Callable[P, R]:
    """Which events are wanted. The same words mean the same events in every output."""
    several: dict[str, Any] = {"multiple": True, "callback": _listed}
    return _together(command, (
        click.option("--type", "types", metavar="TYPE,...", **several, help="Only events of these types (ASSAULT …)."),
        click.option("--status", "statuses", metavar="STATUS,...", **several,
            help=f"Only events told so: {', '.join(get_args(Status))}."),
        click.option("--country", "countries", metavar="CODE,...", **several,
            help="Only events placed in these countries (ISO 3166-1: ML, DZ)."),
        click.option("--place", "places", metavar="PLACE,...", **several,
            help="Only events at these very places, by name or gazetteer id."),
        click.option("--bbox", metavar="W,S,E,N", callback=_box,
            help="Only events placed between these degrees; west greater than east runs over the date line."),
        click.option("--actor", "actors", metavar="WORDS,...", **several,
            help="Only events one of whose actors is named with these words."),
        click.option("--since", metavar="DATE", callback=_date,
            help="Leave out events before this day, and undated ones."),
        click.option("--until", metavar="DATE", callback=_date,
            help="Leave out events after this day, and undated ones."),
        click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, show_default=True,
            help="Leave out events less sure than this."),
    ))  # fmt: skip


def heading_options(command: Callable[P, R]) -> Callable[P, R]:
    """What stands at the head of a map, a slide or a page."""
    return _together(command, (
        click.option("--title", default="Events in the news", show_default=True, help="Heading."),
        click.option("--subtitle", help="A line beside the heading."),
        click.option("--as-of", metavar="DATE", callback=_date,
            help="The day it stands for, shown on it; never the clock's."),
        click.option("--tlp", type=click.Choice(list(TLP), case_sensitive=False),
            help="Traffic Light Protocol marking."),
    ))  # fmt: skip


share_option = click.option(
    "--share-safe", is_flag=True,
    help="Make it safe to pass on: places no finer than first-level divisions, drawn as areas; no headline, text, link "
    "or actor's name, only actors' countries, outlets and dates.",
)  # fmt: skip

since_run_option = click.option(
    "--since-run", metavar="NAME", help="Show what is new, updated, merged, split or retracted since this named run."
)


def job_of(options: dict[str, Any]) -> tuple[Job, Reporter]:
    """The job that the shared options (taken out of ``options``, all of them) ask for, and who reports on it."""
    from mapper.jobs import Job

    reporter = Reporter(as_json=options.pop("json_errors"), quiet=options["quiet"])
    filters = ("types", "statuses", "countries", "places", "bbox", "actors", "since", "until", "min_confidence")
    asked = {name: options.pop(name) for name in filters}
    _check_types(asked["types"])
    try:
        wanted = Filter.of(**asked)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    with failures(reporter):
        job = Job(refuse=reporter.refuse, wanted=wanted, **options)
    return job, reporter


def _check_types(types: tuple[str, ...]) -> None:
    if types:
        from mapper.events.plover import TYPES

        if unknown := [name for name in types if name.upper() not in {*TYPES, "OTHER"}]:
            raise click.UsageError(f"--type {unknown[0]}: none of {', '.join(TYPES)}")


def run_job(job: Job, reporter: Reporter) -> None:
    """The first pass; ends the command where no article was usable."""
    job.run()
    if job.used == 0:
        sys.exit(nothing(reporter))


def nothing(reporter: Reporter) -> int:
    """Say that there was nothing to work on, unless refusals have said so; the exit code."""
    if not reporter.refused:
        click.echo("mapper: no article found in the input", err=True)
    return EXIT_NOTHING


def finish(job: Job, reporter: Reporter, output: str) -> None:
    """Remember the run, say what was done, and end the command with the exit code that fits."""
    job.record()
    for line in job.summary():
        reporter.say(line)
    if output != "-":
        reporter.say(f"wrote {output}")
    sys.exit(reporter.code(job.used))


def usage(error: ValueError) -> click.UsageError:
    """A wrong ``-o`` as click tells it."""
    return click.UsageError(one_line(f"-o {error}"))
