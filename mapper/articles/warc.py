"""Web archives (WARC): one article for each page in them. Streamed, so of any length."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from mapper.articles.draft import Draft, Item
from mapper.articles.guard import guarded
from mapper.articles.limits import Limits
from mapper.errors import InputError

_GZIP = b"\x1f\x8b"
_LONGEST_HEADER = 64 * 1024
_DIGITS = re.compile("[0-9]{1,18}")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


def read_warc(stream: BinaryIO, *, name: str, limits: Limits) -> Iterator[Item]:
    """The pages among the archived responses, in order; records of other kinds are passed over."""
    reader = stream
    if cast(io.BufferedReader, stream).peek(2)[:2] == _GZIP:
        reader = cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    position = 0
    try:
        while (header := _header(reader)) is not None:
            length = _length(header.get("content-length", ""))
            if length is None:
                raise ValueError("a record of unknown length")
            told = header.get("warc-type") in ("response", "resource")
            wanted = told and length <= limits.page
            block, got = _taken(reader, length if wanted else min(length, _LONGEST_HEADER) if told else 0)
            got += _passed_over(reader, length - got)
            if got < length:
                raise ValueError("it is cut short")
            position += 1
            if told and not wanted and _answered(block, header)[0]:
                yield InputError(f"record {position}: a page larger than {limits.page:,} bytes", file=name)
            if wanted:
                try:
                    yield from _page(block, header, position, name, limits)
                except InputError as refusal:
                    yield InputError(f"record {position}: {refusal.reason}", file=name)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        yield InputError(f"a web archive that cannot be read to its end: {str(error)[:80]}", file=name)
        return
    if not position:
        yield InputError("no web archive: no record in it", file=name)


def _header(reader: BinaryIO) -> dict[str, str] | None:
    """The named fields that open a record; None at the end."""
    line = reader.readline(_LONGEST_HEADER)
    while line in (b"\r\n", b"\n"):
        line = reader.readline(_LONGEST_HEADER)
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise ValueError("no record where one should begin")
    return _fields(reader)


def _fields(reader: BinaryIO) -> dict[str, str]:
    fields: dict[str, str] = {}
    size = 0
    while (line := reader.readline(_LONGEST_HEADER)) not in (b"\r\n", b"\n", b""):
        size += len(line)
        if size > _LONGEST_HEADER:
            raise ValueError("a header without end")
        key, _, value = line.decode("utf-8", "replace").partition(":")
        fields[key.strip().lower()] = value.strip()
    return fields


def _taken(reader: BinaryIO, length: int) -> tuple[bytes, int]:
    block = reader.read(length)
    return block, len(block)


def _passed_over(reader: BinaryIO, length: int) -> int:
    """How much of a record was there to be left out."""
    left = length
    while left > 0:
        piece = reader.read(min(left, 1024 * 1024))
        if not piece:
            break
        left -= len(piece)
    return length - left


def _page(block: bytes, header: dict[str, str], position: int, name: str, limits: Limits) -> Iterator[Item]:
    url = header.get("warc-target-uri", "").strip("<>")
    kind, fields, block = _answered(block, header)
    if not kind:
        return
    block = _decoded(block, fields, limits)
    declared = _CHARSET.search(kind)
    options = {"declared": declared.group(1) if declared else None}
    for item in guarded("page", block, name=name, limits=limits, options=options):
        if not isinstance(item, Draft):
            assert isinstance(item, InputError)  # noqa: S101 - no page is an earlier output
            yield InputError(f"record {position}: {item.reason}", file=name)
            continue
        found = {**({"url": url} if url.startswith(("http://", "https://")) else {}), **item.found}
        yield replace(item, found=found, position=position, known_as=url or None)


def _answered(block: bytes, header: dict[str, str]) -> tuple[str, dict[str, str], bytes]:
    """The content type of a record that is a page, the answer's named fields and its body; an empty type where it is
    none."""
    kind, fields = header.get("content-type", ""), dict[str, str]()
    if kind.startswith("application/http"):
        answer = io.BytesIO(block)
        status = answer.readline(_LONGEST_HEADER).split()
        if len(status) < 2 or status[1] != b"200":
            return "", fields, b""
        fields = _fields(answer)
        kind, block = fields.get("content-type", ""), answer.read()
    return kind if "html" in kind.lower() else "", fields, block


def _length(stated: str) -> int | None:
    """A record's length in bytes, None where it states none that could be."""
    return int(stated) if _DIGITS.fullmatch(stated) else None


def _decoded(body: bytes, fields: dict[str, str], limits: Limits) -> bytes:
    if fields.get("transfer-encoding", "").lower() == "chunked":
        body = _joined(body)
    encoding = fields.get("content-encoding", "").lower()
    if encoding in ("gzip", "x-gzip", "deflate"):
        body = zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(body, limits.page)
    elif encoding not in ("", "identity"):
        raise InputError(f"packed as {encoding[:20]!a}, which is not read", file="")
    return body


def _joined(body: bytes) -> bytes:
    """The chunks of a chunked answer; as it is where it is chunked in name only."""
    reader, chunks = io.BytesIO(body), []
    try:
        while size := int(reader.readline(1_000).split(b";")[0].strip() or b"0", 16):
            chunks.append(reader.read(size))
            reader.readline(10)
    except ValueError:
        return body
    return b"".join(chunks)
