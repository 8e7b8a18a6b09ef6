"""The event store: analyses kept in one SQLite file from run to run.

An article is *acknowledged* once a method that adds it has returned: it then survives a crash of the program and, as
far as the disk keeps its promises, of the machine. It is then in the file itself, unless another process was at the
store in that moment: what becomes of the log beside it (``-wal``) costs nothing. Several processes may write to one
store; each waits for the other. What the file holds of an article is checked against its hash whenever it is read, so
that a file that something else has damaged never gives another article than the one that was kept.
Articles are known by their id; content and description are compared by hash, so that adding one again changes nothing.
Records are the JSON of :mod:`mapper.codec`, with clusters left open: which events are the same depends on what they are
seen with, and is worked out anew on every run.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from mapper import store_schema as schema
from mapper.codec import encode_line, from_record, plain, to_record
from mapper.diff import Known
from mapper.errors import StoreError
from mapper.model import Analysis, Article

Outcome = Literal["added", "same", "updated"]

BUSY_SECONDS = 60
"""How long a writer waits for another before it gives up."""
_SETTLE_MILLISECONDS = 200
"""How long the log is tried to be emptied after a commit, where others are at the store."""
_PAGE = 200
"""Records read at a time."""
_ROW = "article.number, record, record_hash, article_hash, version"


class Store:
    """An open store. Use :meth:`open`, and as a context manager. Not to be shared between threads or processes: each
    opens its own. Every method raises :class:`mapper.errors.StoreError`, one line, where the file fails it."""

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        self.path = path
        self._database = database

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, create: bool = True) -> Self:
        """Open the store at ``path``; it is made, folders included, where there is none, unless ``read_only`` or told
        not to ``create`` it.

        Refused are a file that is not a store (nothing in it is touched), a damaged one, and one that a newer version
        of the program wrote.
        """
        if not create and not path.exists():
            raise StoreError(f"{path}: there is no event store")
        return cls(path, schema.open_database(path, read_only=read_only, busy_seconds=BUSY_SECONDS))

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, analysis: Analysis, *, version: str = "") -> Outcome:
        """Add one analysis, or put it in the place of the earlier one of the same article. See :meth:`add_all`."""
        return self.add_all([analysis], version=version)[0]

    def add_all(self, analyses: Iterable[Analysis], *, version: str = "") -> list[Outcome]:
        """Add analyses in one transaction: all are acknowledged when this returns, or none is added.

        ``version`` names what analysed them (program, model, gazetteer). An article that is there with the same
        content, description, findings and version stays as it is ("same"). One that differs takes the old one's place
        in the order ("updated").
        """
        prepared = [_prepared(analysis, version) for analysis in analyses]
        with self._writing():
            return [self._put(one) for one in prepared]

    def has(self, article: Article, *, version: str = "") -> bool:
        """Whether this very article (id, text and everything said about it) is here as analysed by ``version``."""
        query = f"SELECT {_ROW} FROM article WHERE key = ? AND article_hash = ? AND version = ?"  # noqa: S608
        with self._told():
            row = self._database.execute(query, (_key(article.id), _article_hash(article), version)).fetchone()
        return row is not None and _is_sound(row)

    def get(self, article_id: str) -> Analysis | None:
        """The analysis of an article, None where there is none."""
        with self._told():
            row = self._database.execute(f"SELECT {_ROW} FROM article WHERE key = ?", (_key(article_id),)).fetchone()  # noqa: S608
        return None if row is None else self._analysis(row)

    def analyses(self, *, on_damage: Callable[[StoreError], None] | None = None) -> Iterator[Analysis]:
        """Every analysis in the order in which its article was first added. Memory does not grow with the store.

        One that is not what was kept goes to ``on_damage``, and the others are given; without it, it is raised.
        """
        for row in self._rows():
            try:
                analysis = self._analysis(row)
            except StoreError as error:
                if on_damage is None:
                    raise
                on_damage(error)
            else:
                yield analysis

    def outdated(self, versions: Collection[str]) -> Iterator[tuple[str, Analysis]]:
        """The analyses that none of ``versions`` made, in order, each with the version that did.

        Left out are those that cannot be made again from what is here: handed in as an earlier output (what analysed
        them is not known), or with places or events given by a person (which a record does not tell from those found).
        """
        for row in self._rows("AND version <> ''"):
            *_, article_hash, version = row
            if version not in versions:
                analysis = self._analysis(row)
                if _article_hash(analysis.article) == article_hash:
                    yield version, analysis

    def search(self, query: str, *, limit: int = 50) -> list[Analysis]:
        """Articles in whose title, text or place names every word of ``query`` occurs, best match first.

        Case and accents make no difference; words in quotation marks must follow one another; a word that ends in
        ``*`` stands for all that start so. Nothing else has a meaning, so that any text may be searched for.
        """
        expression = schema.match_expression(query)
        if expression is None:
            return []
        with self._told():
            rows = self._database.execute(
                f"SELECT {_ROW} FROM found JOIN article ON number = found.rowid WHERE found MATCH ?"  # noqa: S608
                " ORDER BY bm25(found, 4.0, 1.0, 2.0), number LIMIT ?",
                (expression, limit),
            ).fetchall()
        return [self._analysis(row) for row in rows]

    def forget(self, article_id: str) -> bool:
        """Remove an article, its text and what was found in it from the file. False where there was none.

        Runs that were recorded keep type, date, place, actors and sources of its events, and no sentence of it.
        """
        with self._writing():
            key = _key(article_id)
            row = self._database.execute(f"SELECT {_ROW} FROM article WHERE key = ?", (key,)).fetchone()  # noqa: S608
            if row is None:
                return False
            self._unindex(row)
            self._database.execute("DELETE FROM article WHERE number = ?", (row[0],))
            # Words stay in the index, marked as gone, until its parts are merged.
            self._database.execute("INSERT INTO found(found) VALUES ('optimize')")
        with self._told():
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return True

    def info(self) -> dict[str, Any]:
        """Counts, analysis versions and runs, for people to read."""
        with self._told():
            one = self._database.execute
            articles, contents, events = one(
                "SELECT count(*), count(DISTINCT content_hash), coalesce(sum(events), 0) FROM article"
            ).fetchone()
            versions = one("SELECT version, count(*) FROM article GROUP BY version ORDER BY version").fetchall()
            size = one("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()[0]
            runs = one("SELECT name, count(event) FROM run LEFT JOIN run_event USING (run) GROUP BY run ORDER BY run")
            return {
                "schema": schema.VERSION,
                "bytes": size,
                "articles": articles,
                "distinct_texts": contents,
                "events": events,
                "versions": dict(versions),
                "runs": {json.loads(name): count for name, count in runs.fetchall()},
            }

    def check(self) -> list[str]:
        """What is damaged in the file, one line each; empty where all is well. Reads the whole file."""
        with self._told():
            rows = self._database.execute("PRAGMA integrity_check(20)").fetchall()
            damage = [line for (text,) in rows for line in text.splitlines() if line != "ok"]
        return damage or [_not_as_kept(row) for row in self._rows() if not _is_sound(row)]

    def record_run(self, name: str, events: Iterable[Known]) -> None:
        """Remember the merged events of a run under ``name``; an earlier run of that name is replaced."""
        rows = [(_json(one.id), _json(dict(one.members)), _json(dict(one.facts))) for one in events]
        with self._writing():
            self._database.execute("DELETE FROM run WHERE name = ?", (_json(name),))
            run = self._database.execute("INSERT INTO run(name) VALUES (?)", (_json(name),)).lastrowid
            self._database.executemany(
                "INSERT INTO run_event(run, event, members, facts) VALUES (?, ?, ?, ?)", ((run, *row) for row in rows)
            )

    def run(self, name: str) -> list[Known]:
        """The merged events of a run, by id, for :func:`mapper.diff.diff`. Raises for a name that is not here."""
        with self._told():
            row = self._database.execute("SELECT run FROM run WHERE name = ?", (_json(name),)).fetchone()
            if row is None:
                names = ", ".join(json.loads(n) for (n,) in self._database.execute("SELECT name FROM run ORDER BY run"))
                raise StoreError(f"{self.path}: no run is named {name!r} (there are: {names or 'none'})")
            query = "SELECT event, members, facts FROM run_event WHERE run = ?"
            rows = self._database.execute(query, row).fetchall()
        try:
            found = [Known(id=json.loads(e), members=json.loads(m), facts=json.loads(f)) for e, m, f in rows]
        except ValueError as error:
            raise StoreError(f"{self.path}: damaged: run {name!r}: {error}") from error
        return sorted(found, key=lambda one: one.id)

    def forget_run(self, name: str) -> bool:
        """Remove a recorded run. False where there was none."""
        with self._writing():
            return self._database.execute("DELETE FROM run WHERE name = ?", (_json(name),)).rowcount > 0

    def _put(self, one: _Prepared) -> Outcome:
        execute = self._database.execute
        row = execute(f"SELECT {_ROW} FROM article WHERE key = ?", (one["key"],)).fetchone()  # noqa: S608
        if row is None:
            names = ", ".join(one)
            marks = ", ".join(f":{name}" for name in one)
            # Names and marks come from this module, values are bound.
            number = execute(f"INSERT INTO article({names}) VALUES ({marks})", one).lastrowid  # noqa: S608
            self._index(number, one["record"])
            return "added"
        number, _, record_hash, *_ = row
        if record_hash == one["record_hash"] and _is_sound(row):
            return "same"
        self._unindex(row)
        changes = ", ".join(f"{name} = :{name}" for name in one)
        execute(f"UPDATE article SET {changes} WHERE number = :number", one | {"number": number})  # noqa: S608
        self._index(number, one["record"])
        return "updated"

    def _index(self, number: int | None, record: str) -> None:
        words = schema.indexed(self._record(record))
        self._database.execute("INSERT INTO found(rowid, title, text, places) VALUES (?, ?, ?, ?)", (number, *words))

    def _unindex(self, row: _Row) -> None:
        number, record, *_ = row
        if _is_sound(row):
            # The index keeps no text of its own: it is told what it was given.
            words = schema.indexed(self._record(record))
            self._database.execute(
                "INSERT INTO found(found, rowid, title, text, places) VALUES ('delete', ?, ?, ?, ?)", (number, *words)
            )
            return
        # What it was given is gone: it is made anew from the others.
        self._database.execute("INSERT INTO found(found) VALUES ('delete-all')")
        for other in self._rows():
            if other[0] != number and _is_sound(other):
                self._index(other[0], other[1])

    def _rows(self, condition: str = "") -> Iterator[_Row]:
        """The articles' rows in order, page by page, each page its own query: a reader that dawdles holds up no
        writer's clean-up."""
        query = f"SELECT {_ROW} FROM article WHERE number > ? {condition} ORDER BY number LIMIT ?"  # noqa: S608
        last = 0
        while True:
            with self._told():
                rows = self._database.execute(query, (last, _PAGE)).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield from rows

    def _record(self, text: str) -> dict[str, Any]:
        try:
            record = json.loads(text)
        except ValueError as error:
            raise StoreError(f"{self.path}: damaged: a record is no JSON ({error})") from error
        if not isinstance(record, dict):
            raise StoreError(f"{self.path}: damaged: a record is no JSON object")
        return record

    def _analysis(self, row: _Row) -> Analysis:
        if not _is_sound(row):
            raise StoreError(f"{self.path}: damaged: {_not_as_kept(row)}")
        try:
            return from_record(self._record(row[1]))
        except ValueError as error:
            raise StoreError(f"{self.path}: damaged: {' '.join(str(error).split())}") from error

    def _told(self) -> schema.Told:
        return schema.Told(self.path)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: committed, and on disk, at the end; undone by any error."""
        with self._told():
            before = self._database.total_changes
            # At once a writer: a reader that turns writer half-way can be refused by one that was faster.
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._database.execute("COMMIT")
            except BaseException:
                # Some failures (no room left) have ended the transaction already.
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise
            if self._database.total_changes != before:
                self._settle()

    def _settle(self) -> None:
        """Move what was committed from the log into the file, so that nothing depends on a second file being sound.

        As far as others let it: while another process reads or writes, what is left is moved at the next commit.
        """
        execute = self._database.execute
        (patience,) = execute("PRAGMA busy_timeout").fetchone()
        execute(f"PRAGMA busy_timeout = {_SETTLE_MILLISECONDS}")
        with suppress(sqlite3.Error):  # no room left, say: it is kept all the same, in the log
            execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        execute(f"PRAGMA busy_timeout = {patience}")


_Prepared = dict[str, Any]
_Row = tuple[int, str, str, str, str]
"""What :data:`_ROW` asks for."""


def _is_sound(row: _Row) -> bool:
    """Whether a row is what was written: SQLite itself would give out a record that was changed on the disk."""
    _, record, record_hash, article_hash, version = row
    return _hash([record, article_hash, version]) == record_hash


def _not_as_kept(row: _Row) -> str:
    """The article of a damaged row, named as well as can be."""
    try:
        identifier = json.loads(row[1])["id"]
    except (ValueError, TypeError, KeyError):
        return f"article number {row[0]} is not what was kept"
    return f"article number {row[0]} is not what was kept (its id now reads {str(identifier)[:60]!a})"


def _prepared(analysis: Analysis, version: str) -> _Prepared:
    events = tuple(replace(event, cluster=None) for event in analysis.events)
    record = encode_line(to_record(replace(analysis, events=events))).decode("utf-8").rstrip("\n")
    article_hash = _article_hash(analysis.article)
    return {
        "key": _key(analysis.article.id),
        "content_hash": analysis.article.content_hash,
        "article_hash": article_hash,
        "record_hash": _hash([record, article_hash, version]),
        "version": version,
        "events": len(events),
        "record": record,
    }


def _article_hash(article: Article) -> str:
    """Everything that the analysis of an article may depend on."""
    return _hash(plain(article))


def _key(article_id: str) -> str:
    """An article's id as a column can hold it: ids may contain anything, even what SQLite takes for an end."""
    return _hash(article_id)


def _hash(value: Any) -> str:
    return hashlib.sha256(_json(value).encode("ascii")).hexdigest()


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def batches(analyses: Iterable[Analysis], size: int = 100) -> Iterator[Sequence[Analysis]]:
    """The analyses in lists of ``size``, for :meth:`Store.add_all`: one flush to disk for each, not for every one."""
    batch: list[Analysis] = []
    for analysis in analyses:
        batch.append(analysis)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
