"""Where partitions are read from and written to: local paths, and whatever address fsspec has a driver for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import fsspec

from mapper.errors import OutputError


def joined(folder: str, name: str) -> str:
    """The address of ``name`` in a folder."""
    return f"{folder.rstrip('/')}/{name}"


def filesystem(address: str) -> tuple[Any, str]:
    """fsspec's driver for an address, and the path that this driver knows it by."""
    system, path = fsspec.core.url_to_fs(address)
    return system, str(path)


def absolute(address: str) -> str:
    """The address as another process knows it, whatever folder that one is in."""
    system, path = filesystem(address)
    return path if "file" in _protocols(system) else address


def exists(address: str) -> bool:
    """Whether there is a file at the address."""
    system, path = filesystem(address)
    return bool(system.exists(path))


def is_empty(folder: str) -> bool:
    """Whether a folder is not there, or has nothing in it."""
    system, path = filesystem(folder)
    return not system.exists(path) or not system.ls(path, detail=False)


def read(address: str) -> bytes:
    """A small file, whole."""
    system, path = filesystem(address)
    return bytes(system.cat_file(path))


def remove(folder: str) -> None:
    """Remove a folder with all that is in it, if it is there."""
    system, path = filesystem(folder)
    if system.exists(path):
        system.rm(path, recursive=True)


@contextmanager
def replacing(address: str) -> Iterator[Path]:
    """Give a local path to write to; what is there in the end appears at ``address`` whole or not at all.

    On this machine's disk the file is moved into place (``os.replace``); elsewhere it is put there in one go, which
    object stores do whole or not at all. Raises :class:`OutputError` naming the address where that is refused.
    """
    system, path = filesystem(address)
    local = "file" in _protocols(system)
    try:
        if local:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".writing-", dir=Path(path).parent if local else None) as folder:
            temporary = Path(folder) / Path(path).name
            yield temporary
            if local:
                with temporary.open("rb+") as written:
                    os.fsync(written.fileno())
                temporary.replace(path)
            else:
                system.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
                system.put_file(str(temporary), path)
    except OutputError:
        raise
    except OSError as error:
        raise OutputError(f"{address}: {error.strerror or error}") from error


def write(address: str, data: bytes) -> None:
    """Write a small file, whole or not at all."""
    with replacing(address) as temporary:
        temporary.write_bytes(data)


def _protocols(system: Any) -> tuple[str, ...]:
    protocol = system.protocol
    return (protocol,) if isinstance(protocol, str) else tuple(protocol)
