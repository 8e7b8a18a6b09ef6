"""The event store at its edges: what is told, what is refused, what is found, and how it is kept on disk."""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mapper import store as module
from mapper import store_schema as schema
from mapper.diff import Known
from mapper.errors import StoreError
from mapper.model import Analysis, Article, Span
from mapper.store import Store, batches
from tests.samples import GAO, analysis, toponym

SAMPLE = replace(analysis(), events=tuple(replace(e, cluster=None) for e in analysis().events))


def article(identifier: str, text: str = "Nothing.", **changes: object) -> Analysis:
    return Analysis(article=replace(Article(id=identifier, text=text), **changes))  # type: ignore[arg-type]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "events.db"


@pytest.fixture
def store(path: Path) -> Store:
    return Store.open(path)


# ---- opening


def test_a_store_is_made_only_where_it_may_be(path: Path) -> None:
    with pytest.raises(StoreError) as told:
        Store.open(path, create=False)
    assert str(told.value) == f"{path}: there is no event store"
    with pytest.raises(StoreError) as told:
        Store.open(path, read_only=True)
    assert str(told.value) == f"{path}: there is no event store"
    assert not path.exists()
    with Store.open(path) as opened:
        assert opened.path == path
    with Store.open(path, create=False) as opened:
        assert opened.check() == []


def test_leaving_the_context_closes_it(path: Path) -> None:
    with Store.open(path) as opened:
        opened.add(SAMPLE)
    with pytest.raises(StoreError, match="closed"):
        opened.get("gao.txt")


def test_a_store_opened_to_read_takes_nothing_in(store: Store, path: Path) -> None:
    store.add(SAMPLE)
    store.close()
    with Store.open(path, read_only=True) as opened:
        assert opened.get("gao.txt") == SAMPLE
        with pytest.raises(StoreError, match=r"events\.db: may not be written to \("):
            opened.add(article("b"))


def test_an_empty_file_is_filled_when_written_and_refused_when_read(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreError) as told:
        Store.open(path, read_only=True)
    assert str(told.value) == f"{path}: is not an event store (empty)"
    with Store.open(path) as opened:
        assert opened.add(SAMPLE) == "added"


def test_what_is_no_store_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as told:
        Store.open(tmp_path)
    assert str(told.value) == f"{tmp_path}: is a folder, not an event store"
    for content in (b"x", b"SQLite format 4\0" + b"x" * 100, b"SQLite format 3"):
        (tmp_path / "a.db").write_bytes(content)
        with pytest.raises(StoreError) as told:
            Store.open(tmp_path / "a.db")
        assert str(told.value) == f"{tmp_path / 'a.db'}: is not an event store (no SQLite database)"
    other = sqlite3.connect(tmp_path / "b.db")
    other.execute("CREATE TABLE a (b)")
    other.close()
    for read_only in (False, True):
        with pytest.raises(StoreError) as told:
            Store.open(tmp_path / "b.db", read_only=read_only)
        assert str(told.value) == f"{tmp_path / 'b.db'}: is not an event store (another program's SQLite database)"


def test_the_file_says_what_it_is(store: Store, path: Path) -> None:
    store.close()
    raw = path.read_bytes()
    assert raw[68:72] == b"MapE"
    assert int.from_bytes(raw[60:64], "big") == schema.VERSION == 1


@pytest.mark.parametrize(("version", "refused"), [(0, False), (1, False), (2, True)])
def test_only_newer_versions_are_refused(store: Store, path: Path, version: int, refused: bool) -> None:
    store.close()
    raw = sqlite3.connect(path)
    raw.execute(f"PRAGMA user_version = {version}")
    raw.close()
    if refused:
        with pytest.raises(StoreError, match=r"was written by a newer version of this program \(store format 2; this"):
            Store.open(path)
    else:
        Store.open(path).close()


def test_how_it_is_kept_on_disk(store: Store) -> None:
    one = store._database.execute
    assert one("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert one("PRAGMA synchronous").fetchone()[0] == 2, "full: a commit is on disk when it returns"
    assert one("PRAGMA foreign_keys").fetchone()[0] == 1
    assert one("PRAGMA trusted_schema").fetchone()[0] == 0
    assert one("PRAGMA secure_delete").fetchone()[0] == 1
    assert store._database.isolation_level is None


def test_reading_is_as_guarded(store: Store, path: Path) -> None:
    store.close()
    with Store.open(path, read_only=True) as opened:
        assert opened._database.execute("PRAGMA trusted_schema").fetchone()[0] == 0
        assert opened._database.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_a_store_is_read_while_another_writes(store: Store, path: Path) -> None:
    store.add(SAMPLE)
    with Store.open(path, read_only=True) as opened:
        assert path.with_name("events.db-wal").exists()
        assert opened.get("gao.txt") == SAMPLE
        store.add(article("later"))
        assert opened.get("later") is not None


def test_a_name_that_means_something_in_an_address_is_a_name(tmp_path: Path) -> None:
    odd = tmp_path / "a?mode=memory&b#c%20d.db"
    with Store.open(odd) as opened:
        opened.add(SAMPLE)
    with Store.open(odd, read_only=True) as opened:
        assert opened.get("gao.txt") == SAMPLE


def test_sqlite_from_3_37_on_will_do(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 9))
    with pytest.raises(StoreError, match=r"this Python's SQLite is .*; a store needs 3\.37 or later"):
        Store.open(path)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 37, 0))
    Store.open(path).close()


# ---- what went wrong, in words


class Failure(sqlite3.OperationalError):
    def __init__(self, name: str, said: str) -> None:
        super().__init__(said)
        self.sqlite_errorname = name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("SQLITE_NOTADB", "is not an event store (no SQLite database)"),
        ("SQLITE_CORRUPT", "is damaged"),
        ("SQLITE_CORRUPT_VTAB", "is damaged"),
        ("SQLITE_FULL", "no room left on the disk"),
        ("SQLITE_BUSY", "is being written by another program that does not let go"),
        ("SQLITE_BUSY_SNAPSHOT", "is being written by another program that does not let go"),
        ("SQLITE_READONLY_DBMOVED", "may not be written to"),
        ("SQLITE_CANTOPEN", "cannot be opened"),
    ],
)
def test_reasons(name: str, words: str) -> None:
    assert schema.reason(Failure(name, "two\n  lines")) == f"{words} (two lines)"


def test_other_reasons_are_told_as_they_are() -> None:
    assert schema.reason(Failure("SQLITE_RANGE", "odd")) == "odd"
    assert schema.reason(sqlite3.ProgrammingError("Cannot\toperate")) == "Cannot operate"


def test_errors_of_the_system_become_one_line_and_others_stay() -> None:
    for error, said in ((OSError(28, "No space"), "No space"), (OSError("odd"), "odd")):
        with pytest.raises(StoreError) as told, schema.Told(Path("a.db")):
            raise error
        assert str(told.value) == f"a.db: {said}"
    with pytest.raises(KeyError), schema.Told(Path("a.db")):
        raise KeyError
    mine = StoreError("b.db: mine")
    with pytest.raises(StoreError) as kept, schema.Told(Path("a.db")):
        raise mine
    assert kept.value is mine


# ---- what is put in


def test_what_makes_an_article_another_one(store: Store) -> None:
    assert store.add(SAMPLE, version="1") == "added"
    assert store.add(SAMPLE, version="1") == "same"
    assert store.add(SAMPLE, version="2") == "updated"
    assert store.add(replace(SAMPLE, events=()), version="2") == "updated"
    told = replace(SAMPLE, events=(), article=replace(SAMPLE.article, mentions=(Span(start=0, end=1),)))
    assert store.add(told, version="2") == "updated"
    assert store.add(told, version="2") == "same"


def test_whether_it_is_known(store: Store) -> None:
    store.add(SAMPLE, version="1")
    assert store.has(SAMPLE.article, version="1") is True
    assert store.has(SAMPLE.article, version="2") is False
    assert store.has(replace(SAMPLE.article, title="other"), version="1") is False
    assert store.has(replace(SAMPLE.article, id="other"), version="1") is False
    store.add(article("b"))
    assert store.has(article("b").article) is True


def test_the_first_place_in_the_order_is_kept(store: Store) -> None:
    store.add_all([article("b"), article("a"), article("c")])
    store.add(article("a", "Changed."))
    assert [a.article.id for a in store.analyses()] == ["b", "a", "c"]


@pytest.mark.parametrize("count", [0, 1, 3, 4, 7, 8, 9])
def test_pages_leave_nothing_out(store: Store, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(module, "_PAGE", 4)
    names = [f"{n}" for n in range(count)]
    store.add_all((article(name) for name in names), version="old")
    assert [a.article.id for a in store.analyses()] == names
    assert [a.article.id for _, a in store.outdated(["new"])] == names
    assert list(store.outdated(["new", "old"])) == []


def test_what_is_outdated_and_can_be_made_again(store: Store) -> None:
    store.add(article("old"), version="1")
    store.add(article("new"), version="2")
    store.add(article("handed in"))
    store.add(article("by hand", mentions=(Span(start=0, end=2),)), version="1")
    assert [(version, a.article.id) for version, a in store.outdated({"2"})] == [("1", "old")]
    assert [version for version, _ in store.outdated({})] == ["1", "2"]


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (1, [1]), (3, [3]), (4, [3, 1]), (6, [3, 3])])
def test_batches(count: int, sizes: list[int]) -> None:
    found = list(batches([article(str(n)) for n in range(count)], 3))
    assert [len(one) for one in found] == sizes
    assert [a.article.id for one in found for a in one] == [str(n) for n in range(count)]


def test_batches_of_a_hundred() -> None:
    assert [len(one) for one in batches(article(str(n)) for n in range(201))] == [100, 100, 1]


# ---- what is found


def found(store: Store, query: str, **options: int) -> list[str]:
    return [a.article.id for a in store.search(query, **options)]


def test_words_are_sought_in_title_text_and_places(store: Store) -> None:
    store.add(article("title", title="A convoy"))
    store.add(article("text", "The convoy left."))
    place = toponym("Gao", "Gao", replace(GAO, name="Convoy Town"))
    store.add(replace(article("place", "Gao"), toponyms=(place,)))
    store.add(article("none"))
    assert set(found(store, "convoy")) == {"title", "text", "place"}
    assert found(store, "convoy")[0] == "title", "a title counts for most"
    assert found(store, "town") == ["place"]
    assert found(store, "convoy left") == ["text"]
    assert len(found(store, "convoy", limit=2)) == 2
    assert found(store, "") == found(store, '"') == found(store, "* - :") == []


def test_among_equals_the_first_that_came(store: Store) -> None:
    store.add_all([article(name, "The same words.") for name in "cab"])
    assert found(store, "words") == ["c", "a", "b"]


def test_fifty_are_given_where_no_number_is_asked_for(store: Store) -> None:
    store.add_all([article(str(n), "words") for n in range(51)])
    assert len(found(store, "words")) == 50


@pytest.mark.parametrize(
    ("query", "expression"),
    [
        ("gao", '"gao"'),
        ("gao mali", '"gao" "mali"'),
        ('"in gao" mali', '"in gao" "mali"'),
        ("kid*", '"kid"*'),
        ("kid**", '"kid"*'),
        ('"kid*"', '"kid"'),
        ("a OR b", '"a" "OR" "b"'),
        ("title:x", '"title:x"'),
        ("NEAR(a", '"NEAR(a"'),
        ("- * : ( ) ^", None),
        ("", None),
        ('""', None),
        ('"open', '"open"'),
        ("nul\0two", '"nul" "two"'),
        ('""kid*"', '"kid"*'),
        ("MAX", '"MAX"'),
        ("\ud800x", '"x"'),
    ],
)
def test_a_query_in_the_language_of_the_index(query: str, expression: str | None) -> None:
    assert schema.match_expression(query) == expression


def test_what_of_a_record_is_indexed() -> None:
    record = {
        "title": None, "text": "a\0b\ud800c",
        "toponyms": [{"place": {"name": name}} if name else {"place": None} for name in ("Mali", "", "Gao", "Mali")],
    }  # fmt: skip
    assert schema.indexed(record) == ("", "a b c", "Gao\nMali")
    assert schema.indexed(record | {"title": "T\0"})[0] == "T "
    many = {"title": "", "text": "", "toponyms": [{"place": {"name": chr(97 + n * 7 % 26)}} for n in range(26)]}
    assert schema.indexed(many)[2] == "\n".join("abcdefghijklmnopqrstuvwxyz")


def test_a_word_that_is_no_longer_there_is_not_found(store: Store) -> None:
    store.add(article("a", "An old word.", title="Heading"))
    store.add(article("a", "A new word."))
    assert found(store, "old") == found(store, "heading") == []
    assert found(store, "new word") == ["a"]
    assert store.check() == []


# ---- what is forgotten


def test_what_is_forgotten_leaves_no_trace_in_file_or_log(store: Store, path: Path) -> None:
    store.add(article("keep", "Other words."))
    store.add(article("go", "Unmistakable sentence."))
    assert store.forget("go") is True
    assert store.forget("go") is False
    assert store.get("go") is None
    for file in path.parent.iterdir():
        assert b"nmistakable" not in file.read_bytes().replace(b"\0", b"")
        assert b"unmistak" not in file.read_bytes().lower()
    assert found(store, "unmistakable") == []
    assert [a.article.id for a in store.analyses()] == ["keep"]
    assert path.with_name("events.db-wal").stat().st_size == 0


# ---- counts and runs


def test_counts(store: Store, path: Path) -> None:
    assert store.info() == {
        "schema": 1, "bytes": store.info()["bytes"], "articles": 0, "distinct_texts": 0, "events": 0, "versions": {},
        "runs": {},
    }  # fmt: skip
    store.add_all([SAMPLE, replace(SAMPLE, article=replace(SAMPLE.article, id="twin"))], version="2")
    store.add(article("b"), version="1")
    store.record_run("b", [Known(id="e", members={}, facts={}), Known(id="f", members={}, facts={})])
    store.record_run("a", [])
    told = store.info()
    assert {k: told[k] for k in ("articles", "distinct_texts", "events")} == {
        "articles": 3, "distinct_texts": 2, "events": 2,
    }  # fmt: skip
    assert list(told["versions"].items()) == [("1", 1), ("2", 2)]
    assert list(told["runs"].items()) == [("b", 2), ("a", 0)]
    store.forget("none")
    store._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert store.info()["bytes"] == path.stat().st_size


ONE = Known(id="e1", members={"m": "h"}, facts={"type": "X"})
TWO = Known(id="e2", members={}, facts={})


def test_runs(store: Store) -> None:
    store.record_run("first", [TWO, ONE])
    assert store.run("first") == [ONE, TWO]
    store.record_run("first", [TWO])
    assert store.run("first") == [TWO]
    store.record_run("é\ud800", [])
    assert store.run("é\ud800") == []
    with pytest.raises(StoreError) as told:
        store.run("third")
    assert str(told.value) == f"{store.path}: no run is named 'third' (there are: first, é\ud800)"
    assert store.forget_run("first") is True
    assert store.forget_run("first") is False
    assert store._database.execute("SELECT count(*) FROM run_event").fetchone()[0] == 0
    store.forget_run("é\ud800")
    with pytest.raises(StoreError, match=r"\(there are: none\)"):
        store.run("third")


def test_a_run_that_cannot_be_recorded_leaves_the_old_one(store: Store) -> None:
    store.record_run("a", [ONE])
    with pytest.raises(StoreError):
        store.record_run("a", [TWO, TWO])
    assert store.run("a") == [ONE]
    assert store._database.in_transaction is False


# ---- damage


def test_damage_is_listed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert store.check() == []

    class Answers:
        def execute(self, _: str) -> Answers:
            return self

        def fetchall(self) -> list[tuple[str]]:
            return [("row 1 missing\nrow 2 missing",), ("ok",)]

    monkeypatch.setattr(store, "_database", Answers())
    assert store.check() == ["row 1 missing", "row 2 missing"]


@pytest.mark.parametrize("record", ["no json", json.dumps({"schema": "9"}), json.dumps([1])])
def test_a_record_that_is_none_is_told_with_the_file(store: Store, record: str) -> None:
    store.add(SAMPLE)
    store._database.execute("UPDATE article SET record = ?", (record,))
    for attempt in (lambda: store.get("gao.txt"), lambda: list(store.analyses())):
        with pytest.raises(StoreError) as told:
            attempt()
        assert str(told.value).startswith(f"{store.path}: damaged: ")
        assert "\n" not in str(told.value)


def test_a_run_that_is_none_is_told_with_its_name(store: Store) -> None:
    store.record_run("a", [ONE])
    store._database.execute("UPDATE run_event SET facts = 'no json'")
    with pytest.raises(StoreError) as told:
        store.run("a")
    assert str(told.value).startswith(f"{store.path}: damaged: run 'a': ")


def spoilt(store: Store, identifier: str, was: str, instead: str) -> None:
    """Change what is kept of an article, its hashes as they were: as a disk does, and no program."""
    assert len(was) == len(instead)
    row = "record LIKE ? ESCAPE '|'", (f'%"id":"{identifier}"%',)
    store._database.execute(
        f"UPDATE article SET record = replace(record, ?, ?) WHERE {row[0]}", (was, instead, *row[1])
    )


@pytest.fixture
def damaged(store: Store) -> Store:
    """Three articles, of which the second is not what was kept."""
    store.add_all([article(name, f"The same words, and word{name}.") for name in "abc"], version="1")
    spoilt(store, "b", "wordb", "wordx")
    return store


def test_what_is_not_as_it_was_kept_is_named_and_the_others_are_given(damaged: Store) -> None:
    told: list[StoreError] = []
    assert [a.article.id for a in damaged.analyses(on_damage=told.append)] == ["a", "c"]
    reason = "article number 2 is not what was kept (its id now reads 'b')"
    assert [str(error) for error in told] == [f"{damaged.path}: damaged: {reason}"]
    assert damaged.check() == [reason]
    for attempt in (
        lambda: list(damaged.analyses()), lambda: damaged.get("b"), lambda: list(damaged.outdated([])),
    ):  # fmt: skip
        with pytest.raises(StoreError, match="article number 2 is not what was kept"):
            attempt()
    assert damaged.get("a") is not None


def test_what_is_not_as_it_was_kept_is_not_known_and_taken_anew(damaged: Store) -> None:
    again = article("b", "The same words, and wordb.")
    assert damaged.has(article("a", "The same words, and worda.").article, version="1") is True
    assert damaged.has(again.article, version="1") is False
    assert damaged.add(again, version="1") == "updated"
    assert damaged.check() == []
    assert damaged.has(again.article, version="1") is True
    assert found(damaged, "same words") == ["a", "b", "c"]
    assert (found(damaged, "wordb"), found(damaged, "wordx"), found(damaged, "worda")) == (["b"], [], ["a"])


def test_what_is_not_as_it_was_kept_can_be_forgotten(damaged: Store) -> None:
    assert damaged.forget("b") is True
    assert (damaged.check(), found(damaged, "same words"), found(damaged, "wordb")) == ([], ["a", "c"], [])


def test_two_that_are_not_as_they_were_kept(damaged: Store) -> None:
    spoilt(damaged, "c", "wordc", "wordy")
    assert damaged.add(article("b", "The same words, and wordb."), version="1") == "updated"
    assert found(damaged, "same words") == ["a", "b"], "the other is not known by what it is not"
    assert damaged.check() == ["article number 3 is not what was kept (its id now reads 'c')"]


def test_a_record_that_is_no_record(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match=r"events\.db: damaged: a record is no JSON \("):
        store._record("{")
    with pytest.raises(StoreError, match=r"events\.db: damaged: a record is no JSON object"):
        store._record("[1]")
    store.add(article("a"))
    store._database.execute("UPDATE article SET record = '{}'")
    monkeypatch.setattr(module, "_is_sound", lambda _: True)
    with pytest.raises(StoreError, match=r"events\.db: damaged: ") as told:
        store.get("a")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("record", "named"),
    [
        ('{"id": "b\\n"}', " (its id now reads 'b\\n')"), ("{", ""), ("[]", ""), ("{}", ""),
        (json.dumps({"id": "x" * 61}), f" (its id now reads '{'x' * 60}')"), ('{"id": 5}', " (its id now reads '5')"),
    ],
)  # fmt: skip
def test_what_is_damaged_is_named_as_well_as_can_be(record: str, named: str) -> None:
    assert module._not_as_kept((4, record, "", "", "")) == f"article number 4 is not what was kept{named}"


@pytest.mark.parametrize("identifier", ["a\0b", "a\ud800", "'; DROP TABLE article; --", "é" * 5_000])
def test_an_id_may_be_anything(store: Store, identifier: str) -> None:
    store.add_all([article("a"), article(identifier)])
    assert store._database.execute("SELECT count(*) FROM article").fetchone() == (2,)
    keys = store._database.execute("SELECT key FROM article").fetchall()
    assert all(len(key) == 64 and set(key) <= set("0123456789abcdef") for (key,) in keys)
    assert store.forget(identifier) is True
    assert [a.article.id for a in store.analyses()] == ["a"]


def test_what_an_event_is_merged_with_is_left_open(store: Store) -> None:
    told = replace(analysis(), events=tuple(replace(e, cluster="elsewhere") for e in analysis().events))
    assert store.add(told) == "added"
    assert store.get("gao.txt") == SAMPLE
    assert store.add(SAMPLE) == "same"
    (record,) = store._database.execute("SELECT record FROM article").fetchone()
    assert record == record.strip()


def test_the_same_however_it_is_put_together() -> None:
    assert module._json({"b": 1, "a": "é"}) == '{"a":"\\u00e9","b":1}'


def test_once_acknowledged_an_article_is_in_the_file_itself(store: Store, path: Path) -> None:
    log = path.with_name("events.db-wal")
    for name in "ab":
        store.add(article(name, f"Word{name}."))
        assert log.stat().st_size == 0
        assert f"Word{name}".encode() in path.read_bytes()
    store.record_run("monday", [ONE])
    assert log.stat().st_size == 0
    reader = sqlite3.connect(path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM article").fetchone()
    started = time.monotonic()
    store.add(article("c"))
    assert log.stat().st_size > 0
    assert time.monotonic() - started < 10, "a reader that does not let go holds nobody up"
    assert store._database.execute("PRAGMA busy_timeout").fetchone()[0] == 1000 * module.BUSY_SECONDS
    reader.close()
    assert store.add(article("c")) == "same"
    assert log.stat().st_size > 0, "nothing was written, nothing is moved"
    store.add(article("d"))
    assert log.stat().st_size == 0


# ---- several at once


def test_a_new_store_waits_for_another_and_gives_up_in_time(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode = DELETE")
    other.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.2)
    started = time.monotonic()
    with pytest.raises(StoreError, match="is being written by another program that does not let go"):
        Store.open(path)
    assert 0.15 < time.monotonic() - started < 4.5
    other.execute("ROLLBACK")
    other.close()
    Store.open(path).close()


def test_other_failures_to_switch_to_a_log_are_not_waited_for(store: Store) -> None:
    class Refusing:
        def execute(self, statement: str) -> Refusing:
            if "=" in statement:
                raise Failure("SQLITE_IOERR", "disk I/O error")
            return self

        def fetchone(self) -> tuple[str]:
            return ("delete",)

    started = time.monotonic()
    with pytest.raises(sqlite3.OperationalError, match="disk I/O error"):
        schema._use_log(Refusing(), 60)  # type: ignore[arg-type]  # what it needs of a connection
    assert time.monotonic() - started < 5


def test_a_file_system_that_knows_no_log_keeps_its_journal() -> None:
    asked: list[str] = []

    class Keeping:
        def execute(self, statement: str) -> Keeping:
            asked.append(statement)
            return self

        def fetchone(self) -> tuple[str]:
            return ("delete",)

    schema._use_log(Keeping(), 60)  # type: ignore[arg-type]  # likewise
    assert asked == ["PRAGMA journal_mode", "PRAGMA journal_mode = WAL"]


def test_an_error_midway_undoes_everything(store: Store) -> None:
    class OddError(Exception):
        pass

    with pytest.raises(OddError), store._writing():  # noqa: PT012 - mid-way
        store._database.execute("INSERT INTO run(name) VALUES ('x')")
        raise OddError
    assert store._database.in_transaction is False
    assert store.info()["runs"] == {}
    # A failure that has ended the transaction by itself is told as what it was.
    with pytest.raises(OddError), store._writing():  # noqa: PT012 - mid-way
        store._database.execute("ROLLBACK")
        raise OddError


def test_a_store_made_by_another_in_the_meantime_is_used(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(path) as first:
        first.add(SAMPLE)
    # Empty when it was opened, empty when it was looked at again, and no longer so once it may be written.
    answers = iter([True, True, False, False])
    monkeypatch.setattr(schema, "_is_empty", lambda _: next(answers))
    with Store.open(path) as second:
        assert second.get("gao.txt") == SAMPLE


def test_a_store_where_nothing_may_be_written_is_read_unless_a_log_was_left(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add(SAMPLE)
    store.close()
    opened, asked = schema._opened, []

    def refusing(address: str, *arguments: object, **options: object) -> sqlite3.Connection:
        asked.append((address.rpartition("?")[2], options))
        if address.endswith("mode=ro"):
            raise Failure("SQLITE_CANTOPEN", "unable to open database file")
        return opened(address, *arguments, **options)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(schema, "_opened", refusing)
    with Store.open(path, read_only=True) as found:
        assert found.get("gao.txt") == SAMPLE
        with pytest.raises(StoreError, match="may not be written to"):
            found.forget("gao.txt")
    assert asked == [(how, {"read_only": True, "busy_seconds": 60}) for how in ("mode=ro", "immutable=1")]
    path.with_name("events.db-wal").touch()
    with pytest.raises(StoreError, match=r"events\.db: cannot be opened \(unable to open database file\)"):
        Store.open(path, read_only=True)


def test_folders_within_folders_are_made_for_a_store(tmp_path: Path) -> None:
    for _ in range(2):
        Store.open(tmp_path / "a" / "b" / "c.db").close()


def test_an_error_without_a_name_is_told_by_its_words() -> None:
    error = sqlite3.OperationalError("two\n words")
    error.sqlite_errorname = None  # type: ignore[assignment]  # as before SQLite was asked
    assert schema.reason(error) == "two words"


def test_a_file_that_is_refused_is_closed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE a (b)")
    other.close()
    connect = sqlite3.connect
    made: list[sqlite3.Connection] = []

    def noted(*given: Any, **named: Any) -> sqlite3.Connection:
        made.append(connect(*given, **named))
        return made[-1]

    monkeypatch.setattr(sqlite3, "connect", noted)
    with pytest.raises(StoreError, match="another program's"):
        Store.open(path)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        made[0].execute("SELECT 1")


def test_a_store_that_cannot_be_made_whole_is_not_made(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = schema._TABLES
    monkeypatch.setattr(schema, "_TABLES", (*tables[:2], "CREATE NONSENSE"))
    with pytest.raises(StoreError, match="syntax error"):
        Store.open(path)
    raw = sqlite3.connect(path)
    assert raw.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
    raw.close()
    monkeypatch.setattr(schema, "_TABLES", ("CREATE NONSENSE",))
    monkeypatch.setattr(schema, "_is_empty", lambda _: True)
    with pytest.raises(StoreError, match="syntax error"):
        Store.open(path)
    monkeypatch.undo()
    Store.open(path).close()


def test_a_store_of_another_program_made_in_the_meantime_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE a (b)")
    other.close()
    answers = iter([True, True, False, False])
    monkeypatch.setattr(schema, "_is_empty", lambda _: next(answers))
    with pytest.raises(StoreError, match="another program's SQLite database"):
        Store.open(path)


def test_a_log_is_asked_for_until_the_other_lets_go() -> None:
    asked: list[str] = []

    class Busy:
        def execute(self, statement: str) -> Busy:
            asked.append(statement)
            if "=" in statement and len(asked) < 6:
                raise Failure("SQLITE_BUSY_RECOVERY", "database is locked")
            return self

        def fetchone(self) -> tuple[str]:
            return ("wal" if len(asked) > 20 else "delete",)

    schema._use_log(Busy(), 60)  # type: ignore[arg-type]  # what it needs of a connection
    assert asked == ["PRAGMA journal_mode", "PRAGMA journal_mode = WAL"] * 3


def test_a_log_is_asked_for_no_longer_than_the_time_given(monkeypatch: pytest.MonkeyPatch) -> None:
    class Busy:
        def execute(self, statement: str) -> Busy:
            if "=" in statement:
                raise Failure("SQLITE_BUSY", "database is locked")
            return self

        def fetchone(self) -> tuple[str]:
            return ("delete",)

    waited: list[float] = []
    clock = iter([100.0, 160.0, 160.5])  # begun at 100; asked again while the minute is not over
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(time, "sleep", waited.append)
    with pytest.raises(sqlite3.OperationalError, match="database is locked"):
        schema._use_log(Busy(), 60)  # type: ignore[arg-type]  # what it needs of a connection
    assert len(waited) == 1


def test_a_file_with_a_log_is_not_asked_again() -> None:
    class Ready:
        def execute(self, statement: str) -> Ready:
            assert "=" not in statement
            return self

        def fetchone(self) -> tuple[str]:
            return ("wal",)

    schema._use_log(Ready(), 60)  # type: ignore[arg-type]  # likewise


@pytest.mark.skipif(not hasattr(__import__("os"), "mkfifo"), reason="named pipes of POSIX")
def test_a_pipe_is_no_store(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "a.db")
    held = os.open(tmp_path / "a.db", os.O_RDWR)
    os.write(held, b"x" * 16)  # whoever does read it reads at once, and waits for nobody
    with pytest.raises(StoreError) as told:
        Store.open(tmp_path / "a.db")
    os.close(held)
    assert str(told.value) == f"{tmp_path / 'a.db'}: is not an event store (no plain file)"


def test_a_commit_that_has_ended_the_transaction_is_told_as_what_it_was(path: Path) -> None:
    class Full:
        in_transaction = False

        def execute(self, statement: str) -> Full:
            if statement == "COMMIT":
                raise Failure("SQLITE_FULL", "database or disk is full")
            assert statement != "ROLLBACK"
            return self

        def fetchone(self) -> tuple[int]:
            return (0,)

    with pytest.raises(sqlite3.OperationalError, match="disk is full"):
        schema._prepare(Full(), path, read_only=False, busy_seconds=0)  # type: ignore[arg-type]  # what it needs
