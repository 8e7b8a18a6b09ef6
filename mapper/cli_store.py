"""``mapper store``: what an event store holds, searching it, taking out of it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mapper.console import EXIT_NOTHING, EXIT_SOME_REFUSED, Reporter, failures, one_line, print_tree

_STORE = click.argument("store", type=click.Path(path_type=Path, dir_okay=False))


@click.group("store")
def store_group() -> None:
    """What an event store holds. Articles get into it by "mapper map" or "mapper parse" with --store."""


@store_group.command("info")
@_STORE
@click.option("--check", is_flag=True, help="Read the whole file and say what is damaged.")
def store_info(store: Path, check: bool) -> None:
    """Counts, analysis versions and named runs."""
    from mapper.store import Store

    with failures(Reporter()), Store.open(store, read_only=True) as opened:
        print_tree(opened.info())
        damage = opened.check() if check else []
    for line in damage:
        click.echo(one_line(f"damaged: {line}"), err=True)
    sys.exit(EXIT_NOTHING if damage else 0)


@store_group.command("list")
@_STORE
def store_list(store: Path) -> None:
    """Every article in it: id, publication date, number of events, title."""
    from mapper.intake import refusal
    from mapper.store import Store

    reporter = Reporter()
    with failures(reporter), Store.open(store, read_only=True) as opened:
        for analysis in opened.analyses(on_damage=lambda error: reporter.refuse(refusal(store, error))):
            article = analysis.article
            click.echo(
                one_line(f"{article.id}  {article.published or '-'}  {len(analysis.events)}  {article.title or '-'}")
            )
    sys.exit(EXIT_SOME_REFUSED if reporter.refused else 0)


@store_group.command("search", epilog="Exit codes: 0 something was found, 1 nothing was.")
@_STORE
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Most articles listed.")
def store_search(store: Path, words: tuple[str, ...], limit: int) -> None:
    """Articles that hold every one of WORDS, best match first. Accents and case do not matter;
    timbuk* finds all that begin so.

    Example: mapper store search events.db tombouctou convoi
    """
    from mapper.store import Store

    with failures(Reporter()), Store.open(store, read_only=True) as opened:
        found = opened.search(" ".join(words), limit=limit)
    for analysis in found:
        article = analysis.article
        click.echo(one_line(f"{article.id}  {article.published or '-'}  {article.title or article.text[:80]}"))
    sys.exit(0 if found else EXIT_NOTHING)


@store_group.command("export")
@_STORE
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path), help="As for mapper parse.")
def store_export(store: Path, output: Path) -> None:
    """Write all that it holds in any format of "mapper parse" (a GeoPackage opens in QGIS)."""
    from mapper import export
    from mapper.jobs import Job

    try:
        export.suffix_of(output)
    except ValueError as error:
        raise click.UsageError(f"-o {error}") from None
    reporter = Reporter()
    with failures(reporter), Job([str(store)], refuse=reporter.refuse, quiet=True) as job:
        job.run()
        if job.used:
            job.save_data(output)
    sys.exit(reporter.code(job.used))


@store_group.command("reanalyse", epilog="Exit codes: 0 done, 1 the store cannot be used, 3 some articles failed.")
@_STORE
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary.")
def store_reanalyse(store: Path, workers: int, quiet: bool) -> None:
    """Analyse again, from the text that it holds, what an earlier version of the program analysed.

    Ids of events and named runs stay, so that "mapper diff" shows what the newer version sees otherwise. An analysis
    that was handed in finished, and one with places or events given by a person, stays as it is.
    """
    from mapper.reanalysis import reanalyse

    reporter = Reporter(quiet=quiet)
    with failures(reporter):
        done, left = reanalyse(store, workers=workers, refuse=reporter.refuse, quiet=quiet)
    reporter.say(f"{done} articles analysed again, {left} were up to date or stay as they are")
    sys.exit(EXIT_SOME_REFUSED if reporter.refused else 0)


@store_group.command("forget", epilog="Exit codes: 0 all were forgotten, 1 one was not there.")
@_STORE
@click.argument("articles", metavar="ID...", nargs=-1, required=True)
def store_forget(store: Path, articles: tuple[str, ...]) -> None:
    """Remove articles with their text and everything found in it."""
    from mapper.store import Store

    missing = 0
    with failures(Reporter()), Store.open(store, create=False) as opened:
        for article in articles:
            if not opened.forget(article):
                missing += 1
                click.echo(one_line(f"mapper: {article}: not in {store}"), err=True)
    sys.exit(EXIT_NOTHING if missing else 0)
