"""Where the database lies: packed inside the package, unpacked once into the user's cache."""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import sys
import tempfile
import time
from contextlib import suppress
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from gazetteer.errors import DataError

CACHE_VARIABLE = "MAPPER_CACHE"
"""Environment variable that names another cache folder."""

DATA_VARIABLE = "MAPPER_DATA"
"""Environment variable that names another folder for the user's own gazetteer."""

KEPT_DAYS = 30
"""Unpacked databases of other versions are kept so long after somebody last used them."""

UNTOUCHED = 946_684_800
"""Modification time (Unix seconds: 1 January 2000) that an unpacked database is given. Whatever writes to the file
changes it, and the whole file is then compared with its hash before it is used."""

_CHUNK = 1 << 20
_EDGE = 1 << 16
_DAY = 86_400


def cache_folder() -> Path:
    """The folder for files that can be made again: ``$MAPPER_CACHE``, else the platform's own place for caches."""
    if named := os.environ.get(CACHE_VARIABLE):
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
        return Path(base) / "mapper" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "mapper"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mapper"


def data_folder() -> Path:
    """The folder for what the user adds: ``$MAPPER_DATA``, else the platform's own place for data."""
    if named := os.environ.get(DATA_VARIABLE):
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
        return Path(base) / "mapper" / "Data"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "mapper"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "mapper"


def added_database() -> Path:
    """The user's own gazetteer, filled from GeoNames dumps; it need not exist."""
    return data_folder() / "added.sqlite"


def own_names() -> Path:
    """The user's own names, a CSV that wins over everything; it need not exist."""
    return data_folder() / "names.csv"


@cache
def manifest() -> dict[str, Any]:
    """What the embedded data are: counts, hashes, sources. Raises :class:`DataError` if there are none."""
    try:
        text = files("gazetteer").joinpath("data", "manifest.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DataError("the embedded gazetteer is missing: reinstall, or rebuild it") from None
    found: dict[str, Any] = json.loads(text)
    return found


def packed(name: str) -> Traversable:
    """A file of the package's data, which need not lie on a disk of its own."""
    return files("gazetteer").joinpath("data", name)


def edges(path: Path) -> str:
    """A hash over size, head and tail: enough to tell a cut or overwritten file without reading all of it."""
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode("ascii"))
    with path.open("rb") as stream:
        digest.update(stream.read(_EDGE))
        stream.seek(max(0, size - _EDGE))
        digest.update(stream.read(_EDGE))
    return digest.hexdigest()


def database() -> Path:
    """The unpacked embedded database, unpacked now if it is not there or is damaged. Raises :class:`DataError`.

    Its name carries the hash of its content, so versions never mix. Unpacking goes through a temporary file and one
    renaming: two processes may do it at once. Where the cache cannot be written, the folder for temporary files serves.
    """
    entry = manifest()["database"]
    name = f"places-{entry['unpacked_sha256'][:16]}.sqlite"
    folders = (cache_folder(), Path(tempfile.gettempdir()) / f"mapper-cache-{_user()}")
    problems = []
    for folder in folders:
        try:
            if _is_whole(folder / name, entry):
                _note_use(folder / name)
                return folder / name
        except OSError:
            continue  # what hinders is told below, if it hinders unpacking, too
    for folder in folders:
        try:
            _unpack(entry, folder / name)
            _remove_unused(folder / name)
            return folder / name
        except OSError as problem:
            problems.append(f"{folder}: {problem}")
    raise DataError("the gazetteer could not be unpacked: " + "; ".join(problems))


def _note_use(path: Path) -> None:
    """Stamp the database with the day, so that a later version knows that somebody still uses it."""
    try:
        if time.time() - path.stat().st_atime > _DAY:
            _stamp(path)
    except OSError:
        # A cache that can only be read is nobody's to clear away either.
        return


def _stamp(path: Path) -> None:
    """Used now, and as it was unpacked."""
    os.utime(path, (time.time(), UNTOUCHED))


def _remove_unused(current: Path) -> None:
    """Remove unpacked databases of other versions that nobody used for long, and pieces of a broken unpacking."""
    for other in (*current.parent.glob("places-*.sqlite"), *current.parent.glob(".places-*")):
        try:
            status = other.stat()
            # Earlier versions of the program stamped the modification time.
            unused = time.time() - max(status.st_atime, status.st_mtime) > KEPT_DAYS * _DAY
            # Another process may still be at its piece of this one: without it, it takes what is there now.
            if other != current and (unused or other.name.startswith(f".{current.stem}-")):
                other.unlink()
        except OSError:
            # Windows refuses while a process has the file open; another one may have removed it first.
            continue


def _user() -> str:
    return str(os.getuid()) if sys.platform != "win32" else os.environ.get("USERNAME", "user")


def _is_whole(path: Path, entry: dict[str, Any]) -> bool:
    try:
        status = path.stat()
    except FileNotFoundError:
        return False
    if status.st_size != entry["unpacked_bytes"]:
        return False
    if int(status.st_mtime) == UNTOUCHED:
        return bool(edges(path) == entry["edges_sha256"])
    with path.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != entry["unpacked_sha256"]:
            return False
    with suppress(OSError):  # a cache that can only be read: compared again the next time
        _stamp(path)
    return True


def _unpack(entry: dict[str, Any], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, partial_name = tempfile.mkstemp(prefix=f".{path.stem}-", dir=path.parent)
    partial = Path(partial_name)
    try:
        digest = hashlib.sha256()
        with os.fdopen(handle, "wb") as out, packed(entry["file"]).open("rb") as raw, lzma.open(raw) as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        if digest.hexdigest() != entry["unpacked_sha256"]:
            raise DataError(f"{entry['file']} is damaged: its content has another hash than its manifest says")
        try:
            _stamp(partial)
            partial.replace(path)
        except OSError:
            # Windows refuses while another process has the same, whole file open; one that was faster clears pieces up.
            if not _is_whole(path, entry):
                raise
    except (lzma.LZMAError, EOFError) as problem:
        raise DataError(f"{entry['file']} is damaged: {problem}") from problem
    finally:
        partial.unlink(missing_ok=True)
