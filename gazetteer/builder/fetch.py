"""Get the pinned packages and read files out of them. Packages are data here: nothing of them is installed or run."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

Progress = Callable[[str], object]
"""Told what is being done; the default in the builder says nothing."""


class SourceError(RuntimeError):
    """A pinned package that cannot be had, or whose bytes are not the pinned ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One entry of ``sources.toml``; ``date`` is the state of the data inside, as far as known."""

    name: str
    registry: str
    package: str
    version: str
    file: str
    bytes: int
    sha256: str
    credit: str
    licence: str
    date: str
    taken: str


def sources() -> Mapping[str, Source]:
    """Every pinned package, by the name the builder knows it under, in the order of ``sources.toml``."""
    text = files("gazetteer.builder").joinpath("sources.toml").read_text(encoding="utf-8")
    return {entry["name"]: Source(**entry) for entry in tomllib.loads(text)["source"]}


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _command(source: Source, into: Path) -> list[str]:
    if source.registry == "pypi":
        return [
            sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
            "--only-binary", ":all:", "--dest", str(into), f"{source.package}=={source.version}",
        ]  # fmt: skip
    if source.registry == "npm":
        npm = shutil.which("npm")
        if npm is None:
            raise SourceError(f"{source.file}: npm is not installed; put the file into the cache folder by hand")
        return [npm, "pack", "--silent", "--ignore-scripts", f"{source.package}@{source.version}"]
    apt = shutil.which("apt-get")
    if apt is None:
        raise SourceError(f"{source.file}: this is a Debian package; put the file into the cache folder by hand")
    return [apt, "download", f"{source.package}={source.version}"]


def fetch(source: Source, cache: Path) -> Path:
    """The package's file in ``cache``, downloaded if it is not there. Raises :class:`SourceError`."""
    path = cache / source.file
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            done = subprocess.run(
                _command(source, Path(folder)), cwd=folder, capture_output=True, text=True, check=False
            )
            got = Path(folder) / source.file
            if done.returncode or not got.exists():
                last = (done.stderr.strip().splitlines() or ["no file came"])[-1]
                raise SourceError(f"{source.package} {source.version} could not be downloaded: {last}")
            got.replace(path)
    if (found := _sha256(path)) != source.sha256:
        raise SourceError(f"{path}: SHA-256 is {found}, pinned is {source.sha256}")
    return path


class Package:
    """Files of one fetched package, whatever its wrapping: wheel (zip), npm tarball, or Debian archive."""

    def __init__(self, source: Source, path: Path) -> None:
        self.source = source
        self.path = path

    def read(self, member: str) -> bytes:
        """The bytes of one file; ``member`` is its path as packed. Raises :class:`SourceError` if it is not there."""
        for _, data in self.matching(lambda name: name == member):
            return data
        raise SourceError(f"{self.source.file} holds no {member}")

    def text(self, member: str) -> str:
        return self.read(member).decode("utf-8")

    def matching(self, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
        """(path, bytes) of every file whose path ``wanted`` says yes to, in the archive's order."""
        if self.path.suffix == ".whl":
            with zipfile.ZipFile(self.path) as archive:
                for name in archive.namelist():
                    if wanted(name):
                        yield name, archive.read(name)
            return
        stream = _debian_data(self.path) if self.path.suffix == ".deb" else self.path.open("rb")
        with stream, tarfile.open(fileobj=stream, mode="r:*") as packed:
            for entry in packed:
                name = entry.name.removeprefix("./")
                if entry.isfile() and wanted(name) and (content := packed.extractfile(entry)) is not None:
                    yield name, content.read()


def _debian_data(path: Path) -> io.BytesIO:
    """The ``data.tar.*`` of a Debian package: an ar archive has 60-byte headers and even offsets."""
    raw = path.read_bytes()
    position = 8
    while position + 60 <= len(raw):
        name = raw[position : position + 16].decode("ascii").rstrip(" /")
        size = int(raw[position + 48 : position + 58])
        position += 60
        if name.startswith("data.tar"):
            return io.BytesIO(raw[position : position + size])
        position += size + size % 2
    raise SourceError(f"{path}: not a Debian package")


class Packages:
    """The pinned packages by name, fetched when first asked for."""

    def __init__(self, cache: Path, progress: Progress) -> None:
        self._cache = cache
        self._progress = progress
        self._sources = sources()
        self._fetched: dict[str, Package] = {}

    def __getitem__(self, name: str) -> Package:
        if name not in self._fetched:
            source = self._sources[name]
            self._progress(f"reading {source.package} {source.version}")
            self._fetched[name] = Package(source, fetch(source, self._cache))
        return self._fetched[name]
