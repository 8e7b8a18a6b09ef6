"""The files behind the paths that a person names: a file by itself, a folder with everything in it, in name order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mapper.articles.limits import Limits
from mapper.errors import InputError

_SIDECAR = ".meta.json"
_SKIPPED = ("readme", "license", "licence")  # the rest of the name does not matter: README.md, LICENSE-DATA

_NEITHER = "neither a file nor a folder"  # opening a pipe might wait for ever
_OPEN_ALREADY = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")  # pipes that somebody is writing to, as shells make them


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file to read. ``id`` is its path within the folder named, with ``/``, or its name where it was named itself."""

    path: Path
    id: str


def walk(path: Path, *, limits: Limits) -> Iterator[Found | InputError]:
    """The files at ``path``. What cannot be read is yielded as a refusal; links in circles are not followed."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        yield _refusal(path, error)
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, "", frozenset(), limits)
    elif not stat.S_ISREG(mode) and not str(path).startswith(_OPEN_ALREADY):
        yield InputError(_NEITHER, file=str(path))
    else:
        yield Found(path=path, id=path.name)


def is_skipped(name: str) -> bool:
    """Whether a file or folder of this name is none of the articles: hidden, a sidecar, a word about the others."""
    return name.startswith(".") or name.endswith(_SIDECAR) or name.casefold().startswith(_SKIPPED)


def _folder(
    folder: Path, prefix: str, above: frozenset[tuple[int, int]], limits: Limits
) -> Iterator[Found | InputError]:
    try:
        status = folder.stat()
        identity = (status.st_dev, status.st_ino)
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names alone: half the work of iterdir
    except OSError as error:
        yield _refusal(folder, error)
        return
    if identity in above and identity != (0, 0):  # some file systems have no inode numbers
        yield InputError("a link back to a folder that holds it", file=str(folder))
        return
    if len(above) >= limits.depth or prefix.count("/") >= limits.depth:
        yield InputError(f"more than {limits.depth} folders deep", file=str(folder))
        return
    for name in names:
        if is_skipped(name):
            continue
        path = folder / name
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            yield _refusal(path, error)
            continue
        if stat.S_ISDIR(mode):
            yield from _folder(path, f"{prefix}{name}/", above | {identity}, limits)
        elif stat.S_ISREG(mode):
            yield Found(path=path, id=prefix + name)
        else:
            yield InputError(_NEITHER, file=str(path))


def _refusal(path: Path, error: Exception) -> InputError:
    return InputError(reason(error), file=str(path))


def reason(error: Exception) -> str:
    """What went wrong, in the system's words, without the path that the refusal names anyway."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return str(error) or type(error).__name__
