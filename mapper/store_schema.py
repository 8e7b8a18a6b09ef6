"""The store's file: its tables, how it is opened, what is refused, and what is indexed for search."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from mapper.errors import StoreError

VERSION = 1
"""Of the tables. A file of a higher version is refused; lower ones are brought up when they are opened for writing."""
APPLICATION_ID = 0x4D617045
"""In the file's header: what tells a store from any other SQLite database ("MapE" in ASCII)."""
_MAGIC = b"SQLite format 3\0"
_OLDEST_SQLITE = (3, 37, 0)  # strict tables

_TABLES = (
    """CREATE TABLE article (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,           -- SHA-256 of the article's id
        content_hash TEXT NOT NULL,         -- SHA-256 of its text
        article_hash TEXT NOT NULL,         -- of everything that was read of it
        record_hash TEXT NOT NULL,          -- of all that, the findings and the version
        version TEXT NOT NULL,              -- what analysed it
        events INTEGER NOT NULL CHECK (events >= 0),
        record TEXT NOT NULL                -- one line of the output format, clusters null
    ) STRICT""",
    "CREATE INDEX article_by_content ON article(content_hash)",
    """CREATE TABLE run (
        run INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE           -- JSON text: any name, in ASCII
    ) STRICT""",
    """CREATE TABLE run_event (
        run INTEGER NOT NULL REFERENCES run(run) ON DELETE CASCADE,
        event TEXT NOT NULL,
        members TEXT NOT NULL,
        facts TEXT NOT NULL,
        PRIMARY KEY (run, event)
    ) STRICT, WITHOUT ROWID""",
    """CREATE VIRTUAL TABLE found USING fts5(
        title, text, places, content='', tokenize = "unicode61 remove_diacritics 2"
    )""",
)


class Told:
    """A context in which SQLite's errors become a :class:`StoreError` of one line that names the file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, sqlite3.Error):
            raise StoreError(f"{self._path}: {reason(error)}") from error
        if isinstance(error, OSError) and not isinstance(error, StoreError):
            raise StoreError(f"{self._path}: {error.strerror or error}") from error


_REASONS = {
    "SQLITE_NOTADB": "is not an event store (no SQLite database)",
    "SQLITE_CORRUPT": "is damaged",
    "SQLITE_FULL": "no room left on the disk",
    "SQLITE_BUSY": "is being written by another program that does not let go",
    "SQLITE_READONLY": "may not be written to",
    "SQLITE_CANTOPEN": "cannot be opened",
}


def reason(error: sqlite3.Error) -> str:
    """What went wrong, in words, with SQLite's own in brackets."""
    name = getattr(error, "sqlite_errorname", "") or ""
    said = " ".join(str(error).split())
    known = next((words for prefix, words in _REASONS.items() if name.startswith(prefix)), None)
    return f"{known} ({said})" if known else said


def open_database(path: Path, *, read_only: bool, busy_seconds: float) -> sqlite3.Connection:
    """Open the file, made into an empty store if it is new, checked to be one otherwise."""
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise StoreError(f"{path}: this Python's SQLite is {sqlite3.sqlite_version}; a store needs 3.37 or later")
    if path.is_dir():
        raise StoreError(f"{path}: is a folder, not an event store")
    if read_only and not path.exists():
        raise StoreError(f"{path}: there is no event store")
    address = path.absolute().as_uri()
    with Told(path):
        _refuse_other_files(path)
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
            return _opened(address, path, read_only=False, busy_seconds=busy_seconds)
        try:
            return _opened(f"{address}?mode=ro", path, read_only=True, busy_seconds=busy_seconds)
        except sqlite3.OperationalError:
            # Even to read, SQLite wants to write beside a file that has a log. Where it may not and no log was left
            # behind, nobody is writing, and the file is all there is.
            if path.with_name(path.name + "-wal").exists():
                raise
            return _opened(f"{address}?immutable=1", path, read_only=True, busy_seconds=busy_seconds)


def _refuse_other_files(path: Path) -> None:
    """SQLite takes a file of one byte for an empty database and would write over it, and waits at a pipe for ever."""
    if path.exists():
        if not path.is_file():
            raise StoreError(f"{path}: is not an event store (no plain file)")
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
        if start and start != _MAGIC:
            raise StoreError(f"{path}: is not an event store (no SQLite database)")


def _opened(address: str, path: Path, *, read_only: bool, busy_seconds: float) -> sqlite3.Connection:
    database = sqlite3.connect(address, uri=True, timeout=busy_seconds, isolation_level=None)
    try:
        _prepare(database, path, read_only=read_only, busy_seconds=busy_seconds)
    except BaseException:
        database.close()
        raise
    return database


def _prepare(database: sqlite3.Connection, path: Path, *, read_only: bool, busy_seconds: float) -> None:
    execute = database.execute
    _check(database, path)
    execute("PRAGMA foreign_keys = ON")
    execute("PRAGMA trusted_schema = OFF")
    if read_only:
        if _is_empty(database):
            raise StoreError(f"{path}: is not an event store (empty)")
        return
    execute("PRAGMA synchronous = FULL")
    # What is forgotten is overwritten, not left lying in unused pages.
    execute("PRAGMA secure_delete = ON")
    _use_log(database, busy_seconds)
    if _is_empty(database):
        execute("BEGIN IMMEDIATE")
        try:
            if _is_empty(database):  # another process may have been faster
                for statement in _TABLES:
                    execute(statement)
                execute(f"PRAGMA application_id = {APPLICATION_ID}")
                execute(f"PRAGMA user_version = {VERSION}")
            execute("COMMIT")
        except BaseException:
            if database.in_transaction:
                execute("ROLLBACK")
            raise
        _check(database, path)


def _use_log(database: sqlite3.Connection, busy_seconds: float) -> None:
    """Switch to a write-ahead log, once in a file's life. Where the file system has no way of sharing one (some network
    file systems), SQLite keeps to its older journal, no less safe."""
    deadline = time.monotonic() + busy_seconds
    while database.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            database.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            # For this one statement SQLite does not wait for others by itself.
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _is_empty(database: sqlite3.Connection) -> bool:
    row = database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return bool(row[0] == 0)


def _check(database: sqlite3.Connection, path: Path) -> None:
    """Refuse what is not a store before anything in it is touched."""
    if _is_empty(database):
        return
    if database.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StoreError(f"{path}: is not an event store (another program's SQLite database)")
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise StoreError(
            f"{path}: was written by a newer version of this program (store format {version}; this one reads {VERSION})"
        )


def indexed(record: Mapping[str, Any]) -> tuple[str, str, str]:
    """What of a record can be searched: title, text, and the names of the places found in it.

    A change to this needs a new :data:`VERSION`, since a word is taken out of the index by the text it came from.
    """
    places = {t["place"]["name"] for t in record["toponyms"] if t["place"]}
    return _words(record["title"] or ""), _words(record["text"]), _words("\n".join(sorted(places)))


_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")
_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')


def _words(text: str) -> str:
    return _NOT_STORABLE.sub(" ", text)


def match_expression(query: str) -> str | None:
    """The query in FTS5's language, every word quoted; None where there is no word in it."""
    terms = []
    for phrase, word in _TERM.findall(_words(query)):
        term = phrase or word
        if any(character.isalnum() for character in term):
            prefix = "*" if word.endswith("*") else ""
            terms.append('"' + term.rstrip("*") + '"' + prefix)
    return " ".join(terms) or None
