"""Which reader reads a file: by its ending, and where that says nothing, by how it begins."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import BinaryIO, Protocol, cast

from mapper.articles.archive import read_zip
from mapper.articles.draft import FAULT, Item, Reader
from mapper.articles.guard import guarded
from mapper.articles.jsonfile import read_json
from mapper.articles.jsonl import read_jsonl
from mapper.articles.limits import Limits
from mapper.articles.markdown import read_markdown
from mapper.articles.table import read_csv
from mapper.articles.text import read_text
from mapper.articles.walk import reason
from mapper.articles.warc import read_warc
from mapper.errors import InputError

Columns = Mapping[str, str] | None

_LINES = (".jsonl", ".ndjson", ".jsonlines")
_WEB_ARCHIVES = (".warc", ".warc.gz")
_HEAD = 2_048
_READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".json": read_json,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".docx": partial(guarded, "docx"),
    ".eml": partial(guarded, "mail"),
    ".mbox": partial(guarded, "mailbox"),
    ".pdf": partial(guarded, "pdf"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), partial(guarded, "html")),
    **dict.fromkeys((".rss", ".atom", ".xml", ".rdf"), partial(guarded, "feed")),
}


def _read_xlsx(data: bytes, *, name: str, limits: Limits, columns: Columns) -> Iterator[Item]:
    options = {"columns": dict(columns) if columns is not None else None}
    return guarded("xlsx", data, name=name, limits=limits, options=options)


_TABLES: dict[str, Callable[..., Iterator[Item]]] = {".csv": read_csv, ".tsv": read_csv, ".xlsx": _read_xlsx}


class _Peekable(Protocol):
    def peek(self, size: int = 0, /) -> bytes: ...


def open_format(
    stream: BinaryIO, *, name: str, suffix: str | None, limits: Limits, columns: Columns = None, depth: int = 0
) -> Iterator[Item]:
    """The articles in a file's bytes. Refusals are yielded. ``depth`` counts the archives around it."""
    if not hasattr(stream, "peek"):
        stream = cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, stream), buffer_size=65_536))
    try:
        head = cast(_Peekable, stream).peek(_HEAD)[:_HEAD]
        known = suffix in _READERS or suffix in _TABLES
        if suffix in _LINES or (not known and _begins_with_record(head)):
            yield from read_jsonl(stream, name=name, limits=limits)
        elif head.startswith(b"WARC/") or name.lower().endswith(_WEB_ARCHIVES):
            yield from read_warc(stream, name=name, limits=limits)
        else:
            reader = _reader(suffix or "", head, columns, depth)
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
    except Exception as error:  # noqa: BLE001 - one file's fault must not keep the others out
        yield InputError(f"{FAULT}: {type(error).__name__}", file=name)


def _begins_with_record(head: bytes) -> bool:
    """JSON lines: some line is an object by itself (the first may be broken), or the first goes on beyond the head."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    first, newline, _ = start.partition(b"\n")
    if start[:1] != b"{" or b'"' not in first:
        return False
    return not newline or any(line[:1] == b"{" and line.rstrip().endswith(b"}") for line in start.split(b"\n"))


def _reader(suffix: str, head: bytes, columns: Columns, depth: int) -> Reader:
    if suffix in _TABLES:
        return partial(_TABLES[suffix], columns=columns)
    if suffix in _READERS:
        return _READERS[suffix]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        opened = partial(open_format, columns=columns, depth=depth + 1)
        return partial(read_zip, opened=opened, depth=depth)
    if head.startswith(b"%PDF-"):
        return partial(guarded, "pdf")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:512].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<!--")) or b"<html" in start:
        return partial(guarded, "html")
    if start.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf:")):
        return partial(guarded, "feed")
    if start.startswith((b"{", b"[{", b"[\n", b"[\r", b"[ ")) and b'"' in start:
        return read_json
    return read_text
