"""The ``mapper`` command: parse words, call, print. Data to standard output, messages to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from mapper import __version__
from mapper.cli_gazetteer import gazetteer_group
from mapper.cli_store import store_group
from mapper.console import EXIT_CODES, EXIT_NOTHING, EXIT_SOME_REFUSED, Reporter, failures

if TYPE_CHECKING:
    from mapper.jobs import Job

P = ParamSpec("P")
R = TypeVar("R")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}, epilog=EXIT_CODES)
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """News articles in, an honest event map out. Nothing leaves this machine.

    INPUT is one or more files, folders or - (standard input): text, HTML, JSON lines, or an earlier .jsonl output of
    "mapper parse", which is not analysed again.
    """


def _input_options(command: Callable[P, R]) -> Callable[P, R]:
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


def _heading_options(command: Callable[P, R]) -> Callable[P, R]:
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


@main.command("map", epilog=EXIT_CODES)
@_input_options
@_heading_options
@click.option("--output", "-o", type=click.Path(path_type=Path), default=Path("maps/map.html"), show_default=True)
def map_command(output: Path, title: str, subtitle: str | None, as_of: str | None, **options: Any) -> None:
    """Articles in, one self-contained HTML map out.

    The file opens from disk or an e-mail, without a network. Countries and regions are drawn as areas; what could
    not be placed is listed as unplaced.

    Example: mapper map articles/ -o maps/week.html --title "Sahel, week 14"
    """
    job, reporter = _job(options)
    with failures(reporter), job:
        _run(job, reporter)
        job.save_map(output, title=title, subtitle=subtitle, as_of=as_of)
        _finish(job, reporter, str(output))


@main.command("brief", epilog=EXIT_CODES)
@_input_options
@_heading_options
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
    job, reporter = _job(options)
    with failures(reporter), job:
        _run(job, reporter)
        job.save_brief(output, title=title, subtitle=subtitle, as_of=as_of, style=style, tlp=tlp)
        _finish(job, reporter, str(output))


@main.command("parse", epilog=EXIT_CODES)
@_input_options
@click.option("--output", "-o", default="-", show_default=True, metavar="FILE.EXT", help="File to write, or -.")
@click.option("--merge", is_flag=True, help="Fill in clusters on standard output too (waits for the last article).")
def parse_command(output: str, merge: bool, **options: Any) -> None:
    """The same analysis as data; the end of the file's name chooses the format.

    \b
    .jsonl       JSON lines, one object for every article that was used (also what -o - writes)
    .geojson     GeoJSON, RFC 7946
    .gpkg        GeoPackage, with articles, mentions and places
    .fgb         FlatGeobuf
    .parquet     GeoParquet 1.1 (pip install "geospatial-event-mapper[parquet]")
    .csv .xlsx   tables
    .kml         KML
    .gdelt.tsv   a table of GDELT's shape
    .acled.csv   a table of ACLED's shape

    Example: mapper parse articles/ -o events.gpkg
    """
    from mapper import export

    path = None if output == "-" else Path(output)
    if path is not None:
        try:
            export.suffix_of(path)
        except ValueError as error:
            raise click.UsageError(f"-o {error}") from None
    job, reporter = _job(options)
    with failures(reporter), job:
        if path is None and not merge:
            job.stream(sys.stdout.buffer)
        else:
            job.run()
        if job.used == 0:
            sys.exit(_nothing(reporter))
        if path is not None:
            job.save_data(path)
        elif merge:
            job.print_records(sys.stdout.buffer)
        _finish(job, reporter, output)


def _run(job: Job, reporter: Reporter) -> None:
    """The first pass; ends the command where no article was usable."""
    job.run()
    if job.used == 0:
        sys.exit(_nothing(reporter))


def _job(options: dict[str, Any]) -> tuple[Job, Reporter]:
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


def _nothing(reporter: Reporter) -> int:
    if not reporter.refused:
        click.echo("mapper: no article found in the input", err=True)
    return EXIT_NOTHING


def _finish(job: Job, reporter: Reporter, output: str) -> None:
    for line in job.summary():
        reporter.say(line)
    if output != "-":
        reporter.say(f"wrote {output}")
    sys.exit(reporter.code(job.used))


@main.command("geocode", epilog="Exit codes: 0 every name was found, 3 some were, 1 none was, 2 wrong usage.")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option("--country", metavar="CODE", help="Only places in this country (ISO 3166-1 alpha-2).")
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="Candidates per name.")
@click.option("--fuzzy", is_flag=True, help="Also names that are spelled nearly so.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with every field.")
def geocode_command(names: tuple[str, ...], country: str | None, limit: int, fuzzy: bool, as_json: bool) -> None:
    """Look names up in the gazetteer, most prominent first. Nothing is sent anywhere.

    Example: mapper geocode Timbuktu "Gulf of Guinea"
    """
    from gazetteer import Gazetteer
    from mapper.codec import plain

    found = 0
    with Gazetteer.open() as gazetteer:
        for name in names:
            candidates = gazetteer.candidates(name, country=country and country.upper(), fuzzy=fuzzy, limit=limit)
            found += bool(candidates)
            if as_json:
                click.echo(json.dumps({"query": name, "candidates": plain(candidates)}, ensure_ascii=False))
                continue
            click.echo(name if candidates else f"{name}: not in the gazetteer")
            for candidate in candidates:
                place = candidate.place
                click.echo(
                    f"  {place.name} ({place.country_code or '-'}, {place.feature_class}.{place.feature_code}, "
                    f"{place.footprint})  lat {place.lat:.4f} lon {place.lon:.4f}  {place.id}  "
                    f"[{candidate.kind}, {candidate.match}: {candidate.name}]"
                )
    sys.exit(0 if found == len(names) else EXIT_SOME_REFUSED if found else EXIT_NOTHING)


main.add_command(gazetteer_group)
main.add_command(store_group)


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
