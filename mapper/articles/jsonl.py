"""JSON lines: one article, or one record of an earlier output, a line. Streamed, so of any length."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from mapper.articles.decode import byte_order_mark
from mapper.articles.draft import Item
from mapper.articles.fields import draft_from_record, parse_json
from mapper.articles.limits import Limits
from mapper.errors import InputError


def read_jsonl(stream: BinaryIO, *, name: str, limits: Limits) -> Iterator[Item]:
    """Each line on its own: a bad one is refused by number, and the next is read."""
    nothing = True
    try:
        for number, line in _lines(stream, limits):
            try:
                if line is None:
                    raise InputError(f"longer than {limits.line:,} bytes", file=name, line=number)
                text = _decoded(line, name, number).strip()
                if text:
                    nothing = False
                    yield draft_from_record(
                        parse_json(text, file=name, line=number), file=name, line=number, limits=limits
                    )
            except InputError as refusal:
                nothing = False
                yield refusal
    except (OSError, ValueError, EOFError) as error:
        yield InputError(f"cannot be read to its end: {error}", file=name)
        return
    if nothing:
        yield InputError("no articles in it", file=name)


def _decoded(line: bytes | str, name: str, number: int) -> str:
    if isinstance(line, str):
        return line
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 (byte {error.start + 1} of the line)", file=name, line=number) from None


def _lines(stream: BinaryIO, limits: Limits) -> Iterator[tuple[int, bytes | str | None]]:
    """Numbered lines; None for one over the limit, which is skipped to its end without being kept."""
    reader = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))
    head = reader.peek(4)[:4]
    marked = byte_order_mark(head)
    lines: Any = reader  # its readline gives bytes, or text once the encoding is known
    if marked:
        reader.read(marked[1])
        if marked[0] != "utf-8":
            lines = io.TextIOWrapper(reader, encoding=marked[0], errors="replace", newline="\n")
    number = 0
    try:
        while line := lines.readline(limits.line + 1):
            number += 1
            whole = line
            while len(line) > limits.line and not _ended(line):
                line = lines.readline(limits.line + 1)
            yield number, whole if len(whole) <= limits.line or _ended(whole) else None
    finally:
        if lines is not reader:
            lines.detach()  # the stream is its owner's to close


def _ended(line: bytes | str) -> bool:
    return line.endswith(b"\n") if isinstance(line, bytes) else line.endswith("\n")
