"""The formats that are easy to choke on, read by a child process with limits on memory and time.

Pages, feeds, mails, Word documents, workbooks and PDF go through parsers that a hostile file can blow up, hang or
crash. One child reads them all, one file after the other. Where it fails at one, that file is refused, and the next one
gets a new child. Plain text, JSON and CSV need none.

Memory is bounded where the system has a way (``RLIMIT_AS``: Linux and other Unixes; on macOS it is accepted and not
kept, Windows has none); time everywhere. Where no process can be started at all, the readers run in this one.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import IO, Any, Final

import msgspec

from mapper.articles.draft import Draft, Item
from mapper.articles.limits import Limits
from mapper.errors import InputError

_CHILD: Final = "mapper.articles.child"
_ENDS_IN: Final = 5.0  # seconds that a child may take to end once it has said that it does


def guarded(
    kind: str, data: bytes, *, name: str, limits: Limits, options: Mapping[str, Any] | None = None
) -> Iterator[Item]:
    """What the reader ``kind`` (a key of :data:`mapper.articles.child.READERS`) makes of ``data``."""
    with _lock:
        items = _ask(kind, data, name, limits, options or {})
    yield from items


def _ask(kind: str, data: bytes, name: str, limits: Limits, options: Mapping[str, Any]) -> list[Item]:
    child = _running()
    if child is None:
        from mapper.articles.child import read_here

        return list(read_here(kind, data, name=name, limits=limits, options=options))
    request = {"kind": kind, "name": name, "limits": msgspec.to_builtins(limits), "options": options, "size": len(data)}
    end = time.monotonic() + limits.seconds + len(data) / limits.bytes_a_second
    items: list[Item] = []
    try:
        child.ask(json.dumps(request).encode("ascii") + b"\n", data)
        while (answer := child.answer(end)) is not None:
            items.append(_item(answer, name))
    except TimeoutError:
        items.append(InputError(f"takes longer than {limits.seconds:g} s to read", file=name))
    except (OSError, ValueError):
        items.append(InputError("cannot be read: the process that reads it came to an end", file=name))
    else:
        return items
    _drop()
    return items


def _item(answer: Mapping[str, Any], name: str) -> Item:
    if "draft" in answer:
        return msgspec.convert(answer["draft"], Draft)
    return InputError(str(answer["refused"]), file=name, line=answer.get("line"))


class _Child:
    """The running child: what it answers is taken in by a thread, so that waiting for it can end."""

    def __init__(self) -> None:
        path = os.pathsep.join(path for path in sys.path if path)
        # Libraries for arithmetic reserve memory for each thread they might start.
        alone = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", _CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path, **alone},
        )
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True).start()

    @property
    def runs(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: bytes, data: bytes) -> None:
        stream = self._process.stdin
        assert stream is not None  # noqa: S101 - it was asked for
        stream.write(request)
        stream.write(data)
        stream.flush()

    def answer(self, end: float) -> dict[str, Any] | None:
        """The next answer, None after the last. Raises TimeoutError at ``end``, OSError where the child has ended."""
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            line = self._lines.get(timeout=left)
        except queue.Empty:
            raise TimeoutError from None
        if not line:
            raise OSError("ended")
        answer: dict[str, Any] = json.loads(line)
        if answer.get("end") == "for good":  # it ran out of memory, and says so before it goes
            self.stop()
        return None if "end" in answer else answer

    def stop(self) -> None:
        with suppress(OSError):
            self._process.kill()
        with suppress(OSError, subprocess.TimeoutExpired):
            self._process.wait(_ENDS_IN)
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError, ValueError):
                if stream is not None:
                    stream.close()

    def _listen(self, stream: IO[bytes]) -> None:
        with suppress(OSError, ValueError):  # closed while it was listened to
            for line in stream:
                self._lines.put(line)
        self._lines.put(b"")


_lock = threading.Lock()
_children: list[_Child] = []
_disowned: list[_Child] = []


def _running() -> _Child | None:
    """The child, started now if there is none. None where none can be."""
    if _children and not _children[0].runs:
        _drop()
    if not _children:
        try:
            _children.append(_Child())
        except OSError:
            return None
    return _children[0]


@atexit.register
def _drop() -> None:
    while _children:
        _children.pop().stop()


def _disown() -> None:
    """A forked process leaves its parent's child alone, whose streams are held by a thread that is not here."""
    global _lock  # noqa: PLW0603 - it may have been held while the process was forked
    _lock = threading.Lock()
    _disowned.extend(_children)  # kept, as to be collected is to be closed
    _children.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_disown)
