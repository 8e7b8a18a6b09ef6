"""The event store: adding, finding, forgetting, and refusing what is no store."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper import store_schema
from mapper.diff import Known
from mapper.errors import MapperError, StoreError
from mapper.model import Analysis, Article, Span
from mapper.store import Store, batches
from mapper.store_schema import match_expression
from tests.samples import analysis

ONE_LINE = r"\A[^\n]+\Z"
PLAIN = replace(analysis(), events=tuple(replace(e, cluster=None) for e in analysis().events))


def article(identifier: str, text: str = "Nothing happened.", **changes: object) -> Analysis:
    return Analysis(article=replace(Article(id=identifier, text=text), **changes))  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "deep" / "events.db")


def test_an_analysis_comes_back_as_it_went_in(store: Store) -> None:
    assert store.add(PLAIN) == "added"
    assert list(store.analyses()) == [PLAIN]
    assert store.get("gao.txt") == PLAIN
    assert store.get("other") is None


def test_adding_again_changes_nothing(store: Store) -> None:
    store.add(PLAIN, version="1")
    changes = store._database.total_changes
    clustered = replace(PLAIN, events=(replace(PLAIN.events[0], cluster="f" * 16),))
    assert store.add(clustered, version="1") == "same"
    assert list(store.analyses()) == [PLAIN]
    assert store._database.total_changes == changes


def test_another_version_or_text_takes_the_old_ones_place(store: Store) -> None:
    store.add_all([PLAIN, article("b")], version="1")
    assert store.add(PLAIN, version="2") == "updated"
    edited = article(PLAIN.article.id, "Retracted.")
    assert store.add(edited, version="2") == "updated"
    assert list(store.analyses()) == [edited, article("b")]
    assert store.search("Timbuktu") == []
    assert store.search("retracted") == [edited]


def test_what_is_known_needs_no_second_analysis(store: Store) -> None:
    store.add(PLAIN, version="1")
    assert store.has(PLAIN.article, version="1")
    assert not store.has(PLAIN.article, version="2")
    assert not store.has(replace(PLAIN.article, published="2015-01-01"), version="1")
    assert not store.has(replace(PLAIN.article, mentions=(Span(start=0, end=5),)), version="1")
    assert not store.has(replace(PLAIN.article, text="Else."), version="1")


def test_one_text_under_two_ids_is_two_articles(store: Store) -> None:
    assert store.add_all([article("a"), article("b")]) == ["added", "added"]
    info = store.info()
    assert (info["articles"], info["distinct_texts"]) == (2, 1)


def test_many_come_back_in_the_order_in_which_they_came(store: Store) -> None:
    analyses = [article(f"{number * 7919 % 1000}") for number in range(1000)]
    for batch in batches(analyses, 300):
        store.add_all(batch)
    assert list(store.analyses()) == analyses


def test_a_thousand_the_second_time_is_fast(store: Store) -> None:
    analyses = [analysis(f"{number}.txt") for number in range(1000)]
    for one in batches(analyses):
        store.add_all(one, version="1")
    started = time.perf_counter()
    assert all(store.has(one.article, version="1") for one in analyses)
    assert {outcome for one in batches(analyses) for outcome in store.add_all(one, version="1")} == {"same"}
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("timbuktu", True),
        ("TIMBUKTU calm", True),
        ("timbuktu storm", False),
        ("tim*", True),
        ("tim", False),
        ('"met elders"', True),
        ('"elders met"', False),
        ("mali-s", True),
        ("écôle", True),
        ("ecole", True),
        ("title: text AND OR NOT", False),
        ("", False),
        ("- * ( \" '", False),
    ],
)
def test_search_finds_words_and_fears_no_syntax(store: Store, query: str, found: bool) -> None:
    text = PLAIN.article.text + " Une école."
    store.add(replace(PLAIN, article=replace(PLAIN.article, text=text)))
    assert [a.article.id for a in store.search(query)] == (["gao.txt"] if found else [])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.text(st.characters(exclude_categories=()))
    | st.text(st.sampled_from("\"*-+^:(){}' aNOT\0²\u0301"), max_size=9)
)
def test_any_query_is_answered(store: Store, query: str) -> None:
    store.add(article("a", query))
    hits = store.search(query)
    assert hits in ([], [article("a", query)])
    if match_expression(query) is None:
        assert hits == []


def test_better_matches_come_first_and_no_more_than_asked_for(store: Store) -> None:
    store.add_all([article("a", "Gao and much else " * 20), article("b", "x", title="Gao"), article("c", "Gao")])
    assert next(a.article.id for a in store.search("gao")) == "b"
    assert len(store.search("gao", limit=2)) == 2


def test_what_is_forgotten_is_not_in_the_file(store: Store) -> None:
    secret = "Zanzibarbarossa"
    store.add_all([article("a"), article("b", f"{secret} spoke. " * 500, title=secret), article("c")])
    assert store.forget("b")
    assert not store.forget("b")
    assert [a.article.id for a in store.analyses()] == ["a", "c"]
    assert store.search(secret) == []
    store.close()
    content = b"".join(p.read_bytes() for p in store.path.parent.iterdir()).lower()
    assert secret.lower().encode() not in content
    assert b"barbarossa" not in content


def test_info_counts(store: Store) -> None:
    store.add(PLAIN, version="1")
    store.add_all([article("b"), article("c")], version="2")
    store.record_run("week 14", [Known(id="a", members={"a": "x"}, facts={"type": "AID"})])
    info = store.info()
    assert info.pop("bytes") > 0
    assert info == {
        "schema": 1, "articles": 3, "distinct_texts": 2, "events": 1, "versions": {"1": 1, "2": 2},
        "runs": {"week 14": 1},
    }  # fmt: skip


@pytest.mark.parametrize("text", ["", "\0", "nul\0inside", "\ud800", "'; DROP TABLE article; --", "\u2028", "😀" * 999])
def test_any_text_is_kept_in_every_field(store: Store, text: str) -> None:
    one = article(text, text, title=text, url=text, source=text)
    known = Known(id=text, members={text: text}, facts={"type": text, "place": {"name": text}, "actors": [text]})
    store.add(one, version="v")
    store.record_run(text, [known])
    assert store.get(text) == one
    assert store.run(text) == [known]
    assert list(store.info()["runs"]) == [text]
    assert store.forget(text)


def test_runs_are_remembered_replaced_and_forgotten(store: Store) -> None:
    first = [
        Known(id=i, members={i: i, "m" + i: i}, facts={"type": "AID", "actors": ["a"], "mode": None}) for i in "ba"
    ]
    store.record_run("monday", first)
    assert store.run("monday") == sorted(first, key=lambda one: one.id)
    store.record_run("monday", first[:1])
    store.record_run("tuesday", [])
    assert store.run("monday") == first[:1]
    assert store.run("tuesday") == []
    assert store.forget_run("tuesday")
    assert not store.forget_run("tuesday")
    with pytest.raises(StoreError, match=r"no run is named 'friday' \(there are: monday\)"):
        store.run("friday")


def test_adding_is_all_or_nothing(store: Store) -> None:
    with pytest.raises(AttributeError):
        store.add_all([PLAIN, None])  # type: ignore[list-item]  # what a fault of the caller would be
    store._database.execute(
        "CREATE TRIGGER no BEFORE INSERT ON article WHEN new.events = 0 BEGIN SELECT raise(FAIL, 'no'); END"
    )
    with pytest.raises(StoreError, match="no"):
        store.add_all([PLAIN, article("b")])
    assert list(store.analyses()) == []
    assert store.add(PLAIN) == "added"


def test_a_full_disk_is_told_and_loses_nothing(store: Store) -> None:
    store.add(PLAIN)
    pages = store._database.execute("PRAGMA page_count").fetchone()[0]
    store._database.execute(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(StoreError, match=r"\A[^\n]*events\.db: no room left on the disk[^\n]*\Z"):
        store.add_all([article(str(n), f"{n} words " * 2000) for n in range(20)])
    assert list(store.analyses()) == [PLAIN]
    store._database.execute("PRAGMA max_page_count = 100000")
    assert store.add(article("b")) == "added"
    assert store.check() == []


def refuse(path: Path, match: str = ONE_LINE) -> None:
    for read_only in (False, True):
        with pytest.raises(StoreError, match=match) as caught:
            Store.open(path, read_only=read_only)
        assert str(path) in str(caught.value)
        assert "\n" not in str(caught.value)
        assert isinstance(caught.value, MapperError)
        assert isinstance(caught.value, OSError)


@pytest.mark.parametrize("content", [b"x", b"hello, this is text\n" * 100, b"SQLite format 3\0", os.urandom(5000)])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    refuse(path, "is not an event store")
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE article(x)")
    other.commit()
    other.close()
    content = path.read_bytes()
    refuse(path, "another program's")
    assert path.read_bytes() == content


def test_a_newer_store_is_refused(store: Store) -> None:
    store.add(PLAIN)
    store._database.execute("PRAGMA user_version = 2")
    store.close()
    refuse(store.path, r"newer version of this program \(store format 2; this one reads 1\)")


def test_a_folder_and_nothing_at_all_are_refused(tmp_path: Path) -> None:
    refuse(tmp_path, "is a folder")
    with pytest.raises(StoreError, match="there is no event store"):
        Store.open(tmp_path / "none.db", read_only=True)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(StoreError, match=ONE_LINE):
        Store.open(tmp_path / "file" / "events.db")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        refuse(tmp_path / "pipe", "no plain file")
    (tmp_path / "empty.db").touch()
    with pytest.raises(StoreError, match="empty"):
        Store.open(tmp_path / "empty.db", read_only=True)
    with Store.open(tmp_path / "empty.db") as store:
        assert store.add(PLAIN) == "added"


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_store_is_told_in_one_line(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "events.db"
    with Store.open(path) as store:
        for batch in batches(article(str(n), f"{n} words {n * n} " * 50) for n in range(300)):
            store.add_all(batch)
    content = bytearray(path.read_bytes())
    start = 4096 * (1 + seed * (len(content) // 4096 - 2) // 8)
    content[start : start + 4096 * 3] = b"\xa5" * 4096 * 3
    path.write_bytes(content)
    told = []
    try:
        with Store.open(path) as store:
            told += store.check()
            for read in (lambda: list(store.analyses()), lambda: store.search("words"), store.info):
                try:
                    read()
                except StoreError as error:
                    told.append(str(error))
    except StoreError as error:
        told.append(str(error))
    assert told
    assert all("\n" not in line for line in told)


def test_a_record_that_was_tampered_with_is_told(store: Store) -> None:
    store.add(PLAIN)
    for record in ("no JSON", "{}", json.dumps({"schema": "1", "id": "a", "text": "b", "events": [{"id": "\n"}]})):
        store._database.execute("UPDATE article SET record = ?", (record,))
        with pytest.raises(StoreError, match=r"\A[^\n]*damaged[^\n]*\Z"):
            list(store.analyses())


def test_a_run_that_was_tampered_with_is_told(store: Store) -> None:
    store.record_run("monday", [Known(id="a", members={}, facts={})])
    store._database.execute("UPDATE run_event SET facts = '{'")
    with pytest.raises(StoreError, match=r"\A[^\n]*damaged: run 'monday'[^\n]*\Z"):
        store.run("monday")


def test_an_old_sqlite_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(StoreError, match=r"needs 3\.37 or later"):
        Store.open(tmp_path / "events.db")


def test_a_store_that_could_not_be_made_leaves_none_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_schema, "_TABLES", (*store_schema._TABLES, "CREATE TABLE article(again)"))
    with pytest.raises(StoreError, match=ONE_LINE):
        Store.open(tmp_path / "events.db")
    monkeypatch.undo()
    with Store.open(tmp_path / "events.db") as store:
        assert store.add(PLAIN) == "added"


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_new_store_is_waited_for_and_at_last_given_up(tmp_path: Path, lock: str) -> None:
    path = tmp_path / "events.db"
    busy = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    busy.execute(f"BEGIN {lock}")
    started = time.monotonic()
    with pytest.raises(StoreError, match="another program"):
        store_schema.open_database(path, read_only=False, busy_seconds=0.2)
    assert time.monotonic() - started < 5
    release = threading.Timer(0.2, lambda: busy.execute("ROLLBACK"))
    release.start()
    with Store.open(path) as store:
        assert store.add(PLAIN) == "added"
    release.join()
    busy.close()


def test_a_store_is_found_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a b#c%20?mode=ro&é.db" if os.name != "nt" else tmp_path / "a b#c%20é.db"
    with Store.open(path) as store:
        store.add(PLAIN)
    with Store.open(path, read_only=True) as store:
        assert list(store.analyses()) == [PLAIN]


def test_a_damaged_log_loses_nothing_that_was_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    with Store.open(path) as store:
        store.add(PLAIN)
    (tmp_path / "events.db-wal").write_bytes(os.urandom(50_000))
    with Store.open(path) as store:
        assert list(store.analyses()) == [PLAIN]
        assert store.add(article("b")) == "added"


def test_a_store_is_read_while_another_writes(store: Store) -> None:
    store.add_all([article(str(n)) for n in range(450)])
    with Store.open(store.path, read_only=True) as reader:
        seen = []
        for number, one in enumerate(reader.analyses()):
            if number == 100:
                store.forget("449")
                store.add(article("new"))
            seen.append(one.article.id)
        assert seen == [*map(str, range(449)), "new"]
        with pytest.raises(StoreError, match="may not be written to"):
            reader.add(PLAIN)


def test_a_writer_that_does_not_let_go_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mapper.store.BUSY_SECONDS", 0.05)
    with Store.open(store.path) as other:
        store._database.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program"):
            other.add(PLAIN)
        store._database.execute("ROLLBACK")
        assert other.add(PLAIN) == "added"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become a lesser user")
def test_a_store_is_read_from_a_folder_that_may_not_be_written_to() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.db"
        with Store.open(path) as store:
            store.add(PLAIN)
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        program = (
            "import os, sys; from pathlib import Path; from mapper.store import Store; from mapper.errors import *\n"
            "path = Path(sys.argv[1]); os.setuid(65534)\n"
            "print([a.article.id for a in Store.open(path, read_only=True).analyses()])\n"
            "for at in (path, path.with_name('new.db')):\n"
            "    try: Store.open(at).add(None)\n"
            "    except StoreError as error: print(type(error).__name__)\n"
        )
        command = [sys.executable, "-c", program, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.stdout.splitlines() == ["['gao.txt']", "StoreError", "StoreError"], done.stderr
