"""Fetches country dumps from GeoNames, for those who ask for it and have a network. Nothing else here goes online."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol, Self

from gazetteer.errors import GazetteerError

SERVER = "https://download.geonames.org/export/dump/"
WARNING = (
    "Fetching from download.geonames.org: GeoNames learns your address and which countries you ask for. "
    "Its data are licensed CC BY 4.0 and ask for credit wherever they are shown."
)
"""What the user has to be told before anything is fetched; it goes to ``warn``."""

_CHUNK = 1 << 16
_TIMEOUT = 60.0
_COUNTRY = re.compile(r"[A-Z]{2}")
_PARTIAL_CONTENT = 206


class DownloadError(GazetteerError, OSError):
    """A dump that could not be fetched, or that is not whole."""


class Response(Protocol):
    """The part of an HTTP response that is read."""

    status: int

    def read(self, size: int, /) -> bytes: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *error: object) -> None: ...


Opener = Callable[[urllib.request.Request], Response]
Progress = Callable[[str, int], object]
"""Told the file's name and the bytes that are there."""


def _online(request: urllib.request.Request) -> Response:
    response: Response = urllib.request.urlopen(request, timeout=_TIMEOUT)  # noqa: S310 - always the address above
    return response


def _silent(_file: str, _bytes: int) -> None:
    """Says nothing."""


def download(
    countries: Iterable[str],
    into: Path,
    *,
    warn: Callable[[str], object],
    opener: Opener = _online,
    progress: Progress = _silent,
) -> list[Path]:
    """Fetch the dumps of countries (ISO 3166-1 alpha-2) into a folder; returns the files, for :func:`dumps.add`.

    ``warn`` is given :data:`WARNING` once, before the first request. A whole file that is there is not fetched again,
    a broken download goes on where it stopped. Every archive is read through and checked before it gets its name.
    Raises ValueError for what is no country code, before anything is fetched, and :class:`DownloadError`.
    """
    codes = list(dict.fromkeys(code.strip().upper() for code in countries if code.strip()))
    for code in codes:
        if not _COUNTRY.fullmatch(code):
            raise ValueError(f"not a country code of two letters: {code!r}")
    into.mkdir(parents=True, exist_ok=True)
    files = [into / f"{code}.zip" for code in codes]
    wanting = [file for file in files if not file.exists() or _fault(file, file.stem) is not None]
    if wanting:
        warn(WARNING)
    for file in wanting:
        _fetch(file, opener, progress)
    return files


def _fetch(file: Path, opener: Opener, progress: Progress) -> None:
    partial = file.with_name(f"{file.name}.part")
    start = partial.stat().st_size if partial.exists() else 0
    try:
        _append(file.name, partial, start, opener, progress)
    except urllib.error.HTTPError as problem:
        # 416: nothing is left after what is there, so that is either the whole file or of another one.
        if problem.code != 416:
            raise DownloadError(f"{SERVER}{file.name}: {problem}") from problem
    except OSError as problem:
        raise DownloadError(f"{SERVER}{file.name}: {problem}; asking again goes on where it stopped") from problem
    if (fault := _fault(partial, file.stem)) is not None:
        partial.unlink(missing_ok=True)
        raise DownloadError(f"{SERVER}{file.name}: {fault}; it is fetched anew when asked for again")
    partial.replace(file)


def _append(name: str, partial: Path, start: int, opener: Opener, progress: Progress) -> None:
    request = urllib.request.Request(SERVER + name, headers={"User-Agent": "gazetteer (offline gazetteer)"})  # noqa: S310
    if start:
        request.add_header("Range", f"bytes={start}-")
    with opener(request) as response:
        # A server that knows no ranges sends the whole file again.
        goes_on = start > 0 and response.status == _PARTIAL_CONTENT
        there = start if goes_on else 0
        with partial.open("ab" if goes_on else "wb") as out:
            while chunk := response.read(_CHUNK):
                out.write(chunk)
                there += len(chunk)
                progress(name, there)


def _fault(file: Path, code: str) -> str | None:
    """What is wrong with an archive, None for a whole dump of that country."""
    try:
        with zipfile.ZipFile(file) as archive:
            if f"{code}.txt" not in archive.namelist():
                return f"holds no {code}.txt"
            damaged = archive.testzip()
    except (zipfile.BadZipFile, OSError, EOFError) as problem:
        return f"not a whole archive ({problem})"
    return None if damaged is None else f"{damaged} is damaged"
