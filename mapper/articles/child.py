"""The child process that reads what :mod:`mapper.articles.guard` hands it. Not for calling directly."""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, Final

import msgspec

from mapper.articles.decode import decode
from mapper.articles.docx import read_docx
from mapper.articles.draft import FAULT, Item
from mapper.articles.feed import read_feed
from mapper.articles.html import page_draft, read_html
from mapper.articles.limits import Limits
from mapper.articles.mail import read_mail, read_mailbox
from mapper.articles.pdf import read_pdf
from mapper.articles.table import read_xlsx
from mapper.errors import InputError

MEMORY: Final = 1024**3
"""Bytes that the child may take up, where the system can see to it."""


def _read_page(data: bytes, *, name: str, limits: Limits, declared: str | None) -> Iterator[Item]:  # noqa: ARG001 - the readers' one shape
    """A page from a web archive, whose charset the server may have stated."""
    yield page_draft(decode(data, name=name, declared=declared), name=name)


READERS: dict[str, Callable[..., Iterator[Item]]] = {
    "docx": read_docx,
    "feed": read_feed,
    "html": read_html,
    "mail": read_mail,
    "mailbox": read_mailbox,
    "page": _read_page,
    "pdf": read_pdf,
    "xlsx": read_xlsx,
}


def read_here(kind: str, data: bytes, *, name: str, limits: Limits, options: Mapping[str, Any]) -> Iterator[Item]:
    """What the reader makes of the data, in this process. All that it raises but MemoryError is a refusal."""
    try:
        yield from READERS[kind](data, name=name, limits=limits, **options)
    except InputError as refusal:
        yield refusal
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - one file's fault must not keep the others out
        yield InputError(f"{FAULT}: {type(error).__name__}", file=name)


def main() -> None:
    """Answer requests until there are no more: each a line of JSON and the data, answered by lines of JSON."""
    requests = sys.stdin.buffer
    # What libraries print must not come between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    logging.disable(logging.CRITICAL)
    _limit_memory()
    while line := requests.readline():
        if not _answered(json.loads(line), requests, answers):
            return


def _answered(request: dict[str, Any], requests: BinaryIO, answers: BinaryIO) -> bool:
    """Read one file. False where memory ran out, after which nothing in this process can be relied on."""
    name, limits = request["name"], msgspec.convert(request["limits"], Limits)
    try:
        data = requests.read(request["size"])
        _limit_time(limits.seconds + len(data) / limits.bytes_a_second)
        for item in read_here(request["kind"], data, name=name, limits=limits, options=request["options"]):
            _tell(answers, _plain(item))
    except MemoryError:
        data = b""
        _tell(answers, {"refused": "takes more memory to read than it may"})
        _tell(answers, {"end": "for good"})
        return False
    _tell(answers, {"end": "of file"})
    return True


def _plain(item: Item) -> dict[str, Any]:
    if isinstance(item, InputError):
        return {"refused": item.reason, "line": item.line}
    return {"draft": msgspec.to_builtins(item)}


def _tell(answers: BinaryIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer).encode("ascii") + b"\n")
    answers.flush()


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _limit_time(seconds: float) -> None:
    """Let the system end this process should the one that watches over it be gone."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()
