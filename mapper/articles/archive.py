"""A zip file of any of the formats. Read in memory: no member is ever written anywhere, so no path in it matters."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from mapper.articles.draft import Draft, Item
from mapper.articles.limits import Limits
from mapper.articles.sidecar import ENDING, Sidecar, apply_sidecar, parse_sidecar
from mapper.articles.walk import is_skipped, reason
from mapper.errors import InputError

_DEEPEST = 2  # archives within archives
_FREE = 1024 * 1024  # bytes that any archive may unpack to, whatever the ratio
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, KeyError)


def open_zip(data: bytes, *, name: str, limits: Limits) -> zipfile.ZipFile:
    """The archive, after a look at what it says it holds. Raises InputError."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise InputError(f"not a zip file that can be read: {error}", file=name) from None
    members = archive.infolist()
    if len(members) > limits.members:
        raise InputError(f"an archive of more than {limits.members:,} files", file=name)
    # zipfile never unpacks more of a member than its stated size, so that the sum of these bounds what is unpacked.
    unpacked = sum(member.file_size for member in members)
    if unpacked > max(_FREE, limits.ratio * len(data)):
        raise InputError(f"an archive that unpacks to more than {limits.ratio} times its size", file=name)
    if unpacked > limits.unpacked:
        raise InputError(f"an archive that unpacks to more than {limits.unpacked:,} bytes", file=name)
    return archive


def member_bytes(archive: zipfile.ZipFile, member: zipfile.ZipInfo | str, *, name: str, limits: Limits) -> bytes:
    """A member's bytes. Raises InputError where they cannot be had."""
    try:
        with archive.open(member) as stream:
            data = stream.read(limits.file + 1)
    except _BROKEN as error:
        raise InputError(f"cannot be unpacked: {reason(error)}", file=name) from None
    if len(data) > limits.file:
        raise InputError(f"larger than {limits.file:,} bytes", file=name)
    return data


def read_zip(
    data: bytes, *, name: str, limits: Limits, opened: Callable[..., Iterator[Item]], depth: int
) -> Iterator[Item]:
    """The articles of each member, in name order. ``opened`` reads a member as any file is read."""
    if depth >= _DEEPEST:
        raise InputError("an archive within archives within archives", file=name)
    with open_zip(data, name=name, limits=limits) as archive:
        members = sorted((m for m in archive.infolist() if not m.is_dir()), key=lambda member: member.filename)
        names = {member.filename for member in members}
        nothing = True
        for member in members:
            path = PurePosixPath(member.filename.replace("\\", "/"))
            if any(is_skipped(part) or part == "__MACOSX" for part in path.parts):
                continue
            nothing = False
            shown = f"{name}/{path}"
            try:
                content = member_bytes(archive, member, name=shown, limits=limits)
            except InputError as refusal:
                yield refusal
                continue
            items = opened(io.BytesIO(content), name=shown, suffix=path.suffix.lower(), limits=limits)
            if member.filename + ENDING in names:
                sidecar = _sidecar(archive, member.filename + ENDING, shown + ENDING, limits)
                if isinstance(sidecar, InputError):
                    yield sidecar
                else:
                    items = apply_sidecar(items, sidecar, limits=limits)
            yield from (_within(item, str(path)) for item in items)
        if nothing:
            raise InputError("no articles in it", file=name)


def _within(item: Item, path: str) -> Item:
    if not isinstance(item, Draft):
        return item
    if item.member is not None:  # an archive in an archive
        return replace(item, member=f"{path}/{item.member}")
    return item if item.is_one_of_many else replace(item, member=path)


def _sidecar(archive: zipfile.ZipFile, member: str, name: str, limits: Limits) -> Sidecar | InputError:
    try:
        return parse_sidecar(member_bytes(archive, member, name=name, limits=limits), name=name, limits=limits)
    except InputError as refusal:
        return refusal
