"""``mapper parse``: the analysis as data, in the formats that other programs read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from mapper.cli_cluster import cluster_options, parse_on_cluster
from mapper.cli_options import finish, input_options, job_of, nothing, run_job, share_option, usage
from mapper.console import EXIT_CODES, failures


@click.command("parse", epilog=EXIT_CODES)
@input_options
@share_option
@click.option("--output", "-o", default="-", show_default=True, metavar="FILE.EXT", help="File to write, or -.")
@click.option("--merge", is_flag=True, help="Fill in clusters on standard output too (waits for the last article).")
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write a JSON file that names the output with its size, SHA-256 and counts.",
)
@cluster_options
@click.pass_context
def parse_command(
    context: click.Context,
    /,
    output: str,
    merge: bool,
    manifest: Path | None,
    scheduler: str | None,
    **options: Any,
) -> None:
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

    Filters leave events out; in JSON lines, and in a GeoPackage's table of them, every article stays.

    Example: mapper parse articles/ -o events.gpkg --country ML,NE --since 2014-04-01

    With --scheduler the work is done on a Dask cluster and written as a folder of GeoParquet parts with a manifest.
    """
    if scheduler is not None:
        parse_on_cluster(context)
    options.pop("partition_size")
    from mapper import export
    from mapper.export import manifest as manifests

    path = None if output == "-" else Path(output)
    if path is not None:
        try:
            export.suffix_of(path)
        except ValueError as error:
            raise usage(error) from None
    elif manifest is not None:
        raise click.UsageError("--manifest goes with -o FILE")
    job, reporter = job_of(options)
    with failures(reporter), job:
        if path is None and not merge and job.can_stream:
            job.stream(sys.stdout.buffer)
            if job.used == 0:
                sys.exit(nothing(reporter))
        else:
            run_job(job, reporter)
            if path is None:
                job.print_records(sys.stdout.buffer, clusters=merge)
            else:
                written = job.save_data(path)
                if manifest is not None:
                    manifests.write(manifest, [written])
        finish(job, reporter, output)
