"""Which reader reads a file: by its ending, and where that says nothing, by how it begins."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, Protocol, cast

from mapper.articles.draft import Item, Reader
from mapper.articles.html import read_html
from mapper.articles.jsonfile import read_json
from mapper.articles.jsonl import read_jsonl
from mapper.articles.limits import Limits
from mapper.articles.text import read_text
from mapper.articles.walk import reason
from mapper.errors import InputError

_PAGES = (".html", ".htm", ".xhtml", ".shtml")
_LINES = (".jsonl", ".ndjson", ".jsonlines")
_HEAD = 2_048


class _Peekable(Protocol):
    def peek(self, size: int = 0, /) -> bytes: ...


def open_format(stream: BinaryIO, *, name: str, suffix: str | None, limits: Limits) -> Iterator[Item]:
    """The articles in a file's bytes. Refusals are yielded."""
    if not hasattr(stream, "peek"):
        stream = cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, stream), buffer_size=65_536))
    try:
        head = cast(_Peekable, stream).peek(_HEAD)[:_HEAD]
        if suffix in _LINES or (suffix not in _READERS and _begins_with_record(head)):
            yield from read_jsonl(stream, name=name, limits=limits)
            return
        reader = _READERS.get(suffix or "") or _by_beginning(head)
        data = stream.read(limits.file + 1)
        if len(data) > limits.file:
            raise InputError(f"larger than {limits.file:,} bytes", file=name)
        if not data.strip():
            raise InputError("empty", file=name)
        yield from reader(data, name=name, limits=limits)
    except InputError as refusal:
        yield refusal
    except (OSError, EOFError) as error:
        yield InputError(reason(error), file=name)
    except MemoryError:
        yield InputError("takes more memory than there is", file=name)


def _begins_with_record(head: bytes) -> bool:
    """JSON lines: the first line is an object by itself, or goes on beyond what is looked at."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    line, newline, _ = start.partition(b"\n")
    whole = line.rstrip().endswith(b"}") if newline else True
    return start[:1] == b"{" and b'"' in line and whole


def _by_beginning(head: bytes) -> Reader:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:512].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<!--")) or b"<html" in start:
        return read_html
    if start.startswith((b"{", b"[{", b"[\n", b"[\r", b"[ ")) and b'"' in start:
        return read_json
    return read_text


_READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".json": read_json,
    ".text": read_text,
    **dict.fromkeys(_PAGES, read_html),
}
