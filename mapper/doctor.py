"""What is installed, where the data are, what is missing and how to get it."""

from __future__ import annotations

import importlib.metadata
import platform
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_OPTIONAL = {"pyarrow": "GeoParquet output; pip install 'geospatial-event-mapper[parquet]'"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at: whether it is there, and what there is to say of it."""

    what: str
    ok: bool
    says: str
    optional: bool = False


def checks() -> Iterator[Check]:
    """Every check, in a fixed order. None of them raises, opens a connection or writes."""
    yield Check(what="Python", ok=True, says=f"{platform.python_version()} on {platform.system()}")
    yield Check(what="SQLite", ok=sqlite3.sqlite_version_info >= (3, 24), says=sqlite3.sqlite_version)
    for name in _required():
        yield _distribution(name, "pip install geospatial-event-mapper")
    yield _try("recogniser", _model)
    yield _try("gazetteer", _gazetteer)
    for name, hint in _OPTIONAL.items():
        yield _distribution(name, hint, optional=True)


def _required() -> list[str]:
    try:
        stated = importlib.metadata.requires("geospatial-event-mapper") or []
    except importlib.metadata.PackageNotFoundError:
        return []
    return sorted(match.group() for line in stated if "extra ==" not in line and (match := re.match(r"[\w.-]+", line)))


def _distribution(name: str, hint: str, *, optional: bool = False) -> Check:
    try:
        return Check(what=name, ok=True, says=importlib.metadata.version(name), optional=optional)
    except importlib.metadata.PackageNotFoundError:
        return Check(what=name, ok=False, says=f"not installed ({hint})", optional=optional)


def _try(what: str, look: Callable[[], str]) -> Check:
    try:
        return Check(what=what, ok=True, says=look())
    except Exception as error:  # noqa: BLE001 - whatever is wrong, the doctor says it instead of failing
        return Check(what=what, ok=False, says=" ".join(f"{type(error).__name__}: {error}".split()))


def _model() -> str:
    from mapper.language import nlp

    meta = nlp(frozenset({"ner"})).meta
    return f"{meta['lang']}_{meta['name']} {meta['version']} ({meta.get('license', 'no licence named')})"


def _gazetteer() -> str:
    from gazetteer import Gazetteer, info

    with Gazetteer.open() as gazetteer:
        found = gazetteer.candidates("Timbuktu", limit=1)
    if not found:
        raise LookupError("the gazetteer does not know Timbuktu: its data are damaged")
    counts = info()["counts"]
    return f"{counts['places']:,} places with {counts['names']:,} names and {counts['shapes']:,} outlines"
