"""What was written, with hashes, so that a recipient can tell that a file is whole and the one that was meant."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mapper.errors import OutputError
from mapper.export import SUFFIXES, Written
from mapper.files import write_text
from mapper.model import SCHEMA

VERSION = "1"


def manifest(outputs: Iterable[Written]) -> dict[str, Any]:
    """The files by name, with size in bytes, SHA-256, format and counts. Raises :class:`OutputError` if one is gone."""
    entries = sorted((entry(output) for output in outputs), key=lambda entry: str(entry["name"]))
    return {"manifest": VERSION, "schema": SCHEMA, "files": entries}


def write(path: Path, outputs: Iterable[Written]) -> None:
    """Write the manifest as JSON."""
    write_text(path, json.dumps(manifest(outputs), indent=1) + "\n")


def entry(output: Written) -> dict[str, Any]:
    """One file: name, format, size in bytes, SHA-256 and counts. Raises :class:`OutputError` if it is gone."""
    found = {
        "name": output.path.name,
        "format": SUFFIXES[output.format],
        "bytes": 0,
        "sha256": "",
        "counts": asdict(output.counts),
    }
    try:
        with output.path.open("rb") as file:
            found["sha256"] = hashlib.file_digest(file, "sha256").hexdigest()
            found["bytes"] = file.tell()
    except OSError as error:
        raise OutputError(f"{output.path}: {error.strerror or error}") from error
    if columns := _columns(output.format):
        found["columns"] = columns
    return found


def _columns(chosen: str) -> list[str] | None:
    """The columns of the one table that has no header."""
    if chosen != ".gdelt.tsv":
        return None
    from mapper.export.gdelt import COLUMNS

    return list(COLUMNS)
