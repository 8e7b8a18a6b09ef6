"""Which texts came under which ids, kept on disk once they are many: memory does not grow with the articles."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager

from mapper.errors import OutputError

_KIBIBYTES = 4_096  # in memory before the system's temporary folder is used: some sixty thousand articles
_BYTES = 16  # of a hash: two ids of a hundred million are taken for one at odds of one to 10^22


class Seen:
    """The first text of each id, both as hashes of a fixed size. The file goes with it.

    Raises :class:`OutputError` where the temporary file cannot be written or read.
    """

    def __init__(self) -> None:
        with _told():
            # No name: a database of SQLite's own in the temporary folder, taken away when it is closed.
            self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
            weakref.finalize(self, self._database.close)
            self._database.executescript(
                f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{_KIBIBYTES};"
                "CREATE TABLE seen (id BLOB PRIMARY KEY, text BLOB NOT NULL) WITHOUT ROWID; BEGIN;"
            )

    def is_taken(self, identifier: str, text: str) -> bool:
        """Whether the id was used before, for another text."""
        known = self._known(_digest(identifier))
        return known is not None and known != _digest(text)

    def first(self, identifier: str, text: str) -> bool | None:
        """True where the id is new, which it then no longer is; False where it came with this very text before; None
        where it came with another."""
        key, digest = _digest(identifier), _digest(text)
        with _told():
            added = self._database.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, digest)).rowcount
        if added:
            return True
        return False if self._known(key) == digest else None

    def _known(self, key: bytes) -> bytes | None:
        with _told():
            row = self._database.execute("SELECT text FROM seen WHERE id = ?", (key,)).fetchone()
        return None if row is None else row[0]


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise OutputError(f"temporary file in {tempfile.gettempdir()}: {error}") from error


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_BYTES]
