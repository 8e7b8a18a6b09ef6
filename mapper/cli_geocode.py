"""``mapper geocode``: look names up in the gazetteer."""

from __future__ import annotations

import json
import sys

import click

from mapper.cli_options import worldview_option
from mapper.console import EXIT_NOTHING, EXIT_SOME_REFUSED, Reporter, failures


@click.command("geocode", epilog="Exit codes: 0 every name was found, 3 some were, 1 none was, 2 wrong usage.")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option("--country", metavar="CODE", help="Only places in this country (ISO 3166-1 alpha-2).")
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="Candidates per name.")
@click.option("--fuzzy", is_flag=True, help="Also names that are spelled nearly so.")
@worldview_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with every field.")
def geocode_command(
    names: tuple[str, ...], country: str | None, limit: int, fuzzy: bool, worldview: str, as_json: bool
) -> None:
    """Look names up in the gazetteer, most prominent first. Nothing is sent anywhere.

    What follows a comma narrows down: "Paris, Texas", "Erie, PA".

    Example: mapper geocode Timbuktu "Gulf of Guinea"
    """
    from gazetteer import Gazetteer
    from gazetteer.after_comma import narrowed
    from mapper.codec import plain

    found = 0
    with failures(Reporter(as_json=False, quiet=True)), Gazetteer.open(worldview=worldview) as gazetteer:
        for name in names:
            code = country and country.upper()
            candidates = gazetteer.candidates(name, country=code, fuzzy=fuzzy, limit=limit)
            if not candidates:
                inside = narrowed(gazetteer, name)
                candidates = tuple(one for one in inside if code in (None, one.place.country_code))[:limit]
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
