"""A disk under SQLite that fails: each call once in turn, or a power cut that keeps what was not flushed only in part.

SQLite reaches the disk through a table of functions (its VFS), which is public and may be changed while it runs: the
calls are counted here, and the one that is named fails. In the process that asks for it and for good: to be used in a
forked one.
"""

from __future__ import annotations

import ctypes
import os
import random
import sqlite3
from collections.abc import Callable
from typing import Any

_POINTER, _INT, _WIDE = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
_FILE = ctypes.POINTER(ctypes.c_void_p)  # a file begins with a pointer to its methods
_READ = ctypes.CFUNCTYPE(_INT, _FILE, _POINTER, _INT, _WIDE)
_TRUNCATE = ctypes.CFUNCTYPE(_INT, _FILE, _WIDE)
_SYNC = ctypes.CFUNCTYPE(_INT, _FILE, _INT)
_SIZE = ctypes.CFUNCTYPE(_INT, _FILE, ctypes.POINTER(_WIDE))
_MAP = ctypes.CFUNCTYPE(_INT, _FILE, _INT, _INT, _INT, ctypes.POINTER(_POINTER))
_OPEN = ctypes.CFUNCTYPE(_INT, _POINTER, ctypes.c_char_p, _FILE, _INT, ctypes.POINTER(_INT))
_DELETE = ctypes.CFUNCTYPE(_INT, _POINTER, ctypes.c_char_p, _INT)

FULL, CANNOT_OPEN = 13, 14
_IO = 10
KINDS = {
    "read": _IO | 1 << 8, "write": FULL, "torn write": _IO | 3 << 8, "sync": _IO | 4 << 8, "truncate": _IO | 6 << 8,
    "map": _IO | 21 << 8, "open": CANNOT_OPEN, "delete": _IO | 10 << 8,
}  # fmt: skip
"""The calls that can be made to fail, with the answer that SQLite then gets (https://sqlite.org/rescode.html)."""


class _Methods(ctypes.Structure):
    _fields_ = [
        ("version", _INT), ("close", _POINTER), ("read", _READ), ("write", _READ), ("truncate", _TRUNCATE),
        ("sync", _SYNC), ("size", _SIZE), *((f"kept{n}", _POINTER) for n in range(6)), ("map", _MAP),
        *((f"more{n}", _POINTER) for n in range(5)),
    ]  # fmt: skip


class _System(ctypes.Structure):
    _fields_ = [
        ("version", _INT), ("size", _INT), ("longest", _INT), ("next", _POINTER), ("name", ctypes.c_char_p),
        ("data", _POINTER), ("open", _OPEN), ("delete", _DELETE),
    ]  # fmt: skip


def library() -> ctypes.CDLL | None:
    """The very SQLite that Python uses, None where it cannot be reached."""
    try:
        import _sqlite3

        found = ctypes.CDLL(_sqlite3.__file__)
        found.sqlite3_vfs_find.restype = ctypes.POINTER(_System)
        found.sqlite3_libversion.restype = ctypes.c_char_p
        same = found.sqlite3_libversion().decode() == sqlite3.sqlite_version
    except (ImportError, AttributeError, OSError):
        return None
    return found if same else None


class Disk:
    """The disk from now on: the ``nth`` call of a ``kind`` fails once, or, with ``cut``, the power goes just before it.

    ``hit`` says whether it came to that. At a power cut the process ends with code 66, and of all that was written and
    not flushed some is there and some is not, as ``seed`` has it; what was flushed stays.
    """

    def __init__(self, kind: str, nth: int, *, cut: bool = False, seed: int = 0) -> None:
        self.kind, self.nth, self.cut = kind, nth, cut
        self.hit = False
        self._seen = -1
        self._chance = random.Random(f"{kind} {nth} {seed}")
        self._unflushed: list[tuple[bytes, int, bytes, int]] = []
        self._kept: list[Any] = []
        loaded = library()
        assert loaded
        self._system = loaded.sqlite3_vfs_find(None).contents
        self._open, self._delete = self._system.open, self._system.delete
        # Copies of the pointers: the fields are about to point here.
        self._open = _OPEN(ctypes.cast(self._open, _POINTER).value or 0)
        self._delete = _DELETE(ctypes.cast(self._delete, _POINTER).value or 0)
        self._system.open, self._system.delete = self._keep(_OPEN(self._opens)), self._keep(_DELETE(self._deletes))

    def _keep(self, function: Any) -> Any:
        self._kept.append(function)
        return function

    def _fails(self, kind: str) -> bool:
        if kind != self.kind.removeprefix("torn "):
            return False
        self._seen += 1
        if self._seen != self.nth:
            return False
        self.hit = True
        if self.cut:
            self._cut_power()
        return True

    def _opens(self, system: int, name: bytes | None, file: Any, flags: int, out: Any) -> int:
        if self._fails("open"):
            file[0] = None
            return CANNOT_OPEN
        answer = self._open(system, name, file, flags, out)
        if answer == 0 and file[0] and name:
            file[0] = ctypes.addressof(self._methods(file[0], name))
        return int(answer)

    def _deletes(self, system: int, name: bytes, flush: int) -> int:
        if self._fails("delete"):
            return KINDS["delete"]
        return int(self._delete(system, name, flush))

    def _methods(self, address: int, name: bytes) -> _Methods:
        true = _Methods.from_address(address)
        mine = _Methods.from_buffer_copy(true)
        size = _SIZE(ctypes.cast(true.size, _POINTER).value or 0)
        calls: dict[str, Any] = {}
        for kind, shape in (("read", _READ), ("write", _READ), ("truncate", _TRUNCATE), ("sync", _SYNC), ("map", _MAP)):
            calls[kind] = shape(ctypes.cast(getattr(true, kind), _POINTER).value or 0)

        def remember(file: Any, length: int, offset: int) -> None:
            held = _WIDE()
            size(file, ctypes.byref(held))
            old = ctypes.create_string_buffer(max(0, min(length, held.value - offset)))
            if len(old):
                calls["read"](file, ctypes.addressof(old), len(old), offset)
            self._unflushed.append((name, offset, old.raw, held.value))

        def write(file: Any, data: int, length: int, offset: int) -> int:
            remember(file, length, offset)
            if self._fails("write"):
                if self.kind == "torn write":
                    calls["write"](file, data, length // 2, offset)
                return KINDS[self.kind]
            return int(calls["write"](file, data, length, offset))

        def truncate(file: Any, length: int) -> int:
            held = _WIDE()
            size(file, ctypes.byref(held))
            remember(file, max(0, held.value - length), length)
            return KINDS["truncate"] if self._fails("truncate") else int(calls["truncate"](file, length))

        def sync(file: Any, how: int) -> int:
            if self._fails("sync"):
                return KINDS["sync"]
            answer = int(calls["sync"](file, how))
            self._unflushed = [one for one in self._unflushed if one[0] != name]
            return answer

        def plain(kind: str) -> Callable[..., int]:
            return lambda *words: KINDS[kind] if self._fails(kind) else int(calls[kind](*words))

        mine.read, mine.write = self._keep(_READ(plain("read"))), self._keep(_READ(write))
        mine.truncate, mine.sync = self._keep(_TRUNCATE(truncate)), self._keep(_SYNC(sync))
        if true.version >= 2:
            mine.map = self._keep(_MAP(plain("map")))
        self._kept += [mine, calls]
        return mine

    def _cut_power(self) -> None:
        """Undo writes that were not flushed: all of them, or any of them."""
        everything = self._chance.random() < 0.3
        for name, offset, old, size in reversed(self._unflushed):
            if everything or self._chance.random() < 0.5:
                # Never closed: that would let go of SQLite's locks, which is no matter now.
                handle = os.open(name, os.O_RDWR)
                os.pwrite(handle, old, offset)
                if everything or self._chance.random() < 0.5:
                    os.ftruncate(handle, max(size, offset + len(old)) if not everything else size)
        for name in {one[0] for one in self._unflushed}:
            shared = name.removesuffix(b"-wal") + b"-shm"
            if os.path.exists(shared):  # noqa: PTH110 - a name in bytes, as SQLite gives it
                os.unlink(shared)  # noqa: PTH108 - memory is gone without power
        os._exit(66)
