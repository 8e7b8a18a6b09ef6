"""The store on a disk that fails: every call once in turn, the power cut at any, the disk full, its files damaged.

An article is acknowledged once ``add_all`` has returned: from then on nothing of this may cost it. Only what damages
the file itself can, and then it is said which article is not what was kept, and the others are given.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mapper.codec import encode_line, to_record
from mapper.diff import Known
from mapper.errors import StoreError
from mapper.model import Analysis, Article
from mapper.store import Store
from tests import sqlite_faults
from tests.security import EXHAUSTIVE
from tests.security.disks import small_disk
from tests.security.fault_runner import forked
from tests.security.test_bad_input import call
from tests.test_store_faults import writer

BEFORE = 12
ROUNDS = 20 if EXHAUSTIVE else 2
needs_forks = pytest.mark.skipif(
    not hasattr(os, "fork")
    or sys.platform == "darwin"
    or sqlite_faults.library() is None
    or "COVERAGE_RUN" in os.environ,  # whose own database goes through the calls that fail here
    reason="needs forked processes, SQLite as a library of its own, and nobody else who uses it",
)


def one(identifier: str) -> Analysis:
    return Analysis(article=Article(id=identifier, text=f"{identifier} told at length. " * 60))


def made(path: Path, count: int = BEFORE) -> set[str]:
    """A store of so many articles; their ids."""
    with Store.open(path) as store:
        store.add_all([one(f"before {number}") for number in range(count)])
    return {f"before {number}" for number in range(count)}


def work(path: Path, told: Path, *, again: bool) -> int:
    """Add, forget, remember; each tried once more where the disk failed. What is acknowledged is written down."""

    def kept(*lines: str) -> None:
        with told.open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)

    def tried(step: object) -> None:
        for chance in (1, 2):
            try:
                with Store.open(path) as store:
                    step(store)  # type: ignore[operator]
                return
            except StoreError as error:
                assert "\n" not in str(error)  # noqa: PT017 - whether it fails is chance
                assert str(path) in str(error)  # noqa: PT017
                if chance == 2 or not again:
                    raise

    def add(first: int) -> None:
        ids = [f"new {number}" for number in range(first, first + 4)]
        tried(lambda store: store.add_all([one(i) for i in ids]))
        kept(*ids)

    for batch in (0, 4):
        add(batch)
    tried(lambda store: store.forget("before 0"))
    kept("-before 0")
    tried(lambda store: store.record_run("monday", [Known(id="a", members={"a": "x"}, facts={})]))
    kept("run")
    with Store.open(path) as store:
        store.add_all([one("last 1"), one("last 2")])
        kept("last 1", "last 2")
        assert len(store.search("told", limit=1_000)) >= 9
    return 0


def whole(path: Path, before: set[str], told: Path, what: object) -> None:
    """Everything acknowledged is there, a batch is there whole or not at all, and the file is sound."""
    lines = told.read_text("utf-8").splitlines() if told.exists() else []
    gone = {line.removeprefix("-") for line in lines if line.startswith("-")}
    kept = {line for line in lines if not line.startswith("-") and line != "run"} | before
    with Store.open(path) as store:
        assert store.check() == [], what
        present = {analysis.article.id for analysis in store.analyses()}
        assert kept - gone - {"before 0"} <= present, what
        assert gone.isdisjoint(present), what
        assert present <= before | {f"new {n}" for n in range(8)} | {"last 1", "last 2"}, what
        for batch in (range(4), range(4, 8)):
            assert sum(f"new {n}" in present for n in batch) in (0, 4), what
        assert {a.article.id for a in store.search("told", limit=1_000)} == present, what
        if "run" in lines:
            assert [known.id for known in store.run("monday")] == ["a"], what
        assert store.add(one("after")) == "added"


def faulted(tmp_path: Path, kind: str, nth: int, *, new: bool, cut: bool, seed: int = 0) -> int:
    """Work on a store with one fault, in a process of its own; its exit code, 77 where it never came to the fault."""
    folder = tmp_path / f"{kind} {nth} {new} {seed}"
    folder.mkdir()
    path, told = folder / "events.db", folder / "told"
    before = set() if new else made(path)

    def run() -> int:
        signal.alarm(60)
        disk = sqlite_faults.Disk(kind, nth, cut=cut, seed=seed)
        try:
            code = work(path, told, again=not cut)
        except StoreError as error:
            # The last part holds one store open and does not try again.
            code = 0 if "\n" not in str(error) else 1
        return code if disk.hit else 77

    _, status = os.waitpid(forked(run), 0)
    whole(path, before, told, (kind, nth, new, seed))
    shutil.rmtree(folder)
    return os.waitstatus_to_exitcode(status)


@needs_forks
@pytest.mark.parametrize("new", [False, True], ids=["a store", "a new store"])
@pytest.mark.parametrize("kind", sqlite_faults.KINDS)
def test_each_call_to_the_system_fails_once(kind: str, new: bool, tmp_path: Path) -> None:
    failed = 0
    step = 1 if EXHAUSTIVE or kind not in ("read", "write", "torn write") else 7
    for nth in range(0, 2_000, step):
        code = faulted(tmp_path, kind, nth, new=new, cut=False)
        if code == 77:
            break
        assert code == 0, (kind, nth)
        failed += 1
    else:
        pytest.fail("never came to an end")
    print(f"{kind}, {'new' if new else 'old'}: {failed} calls failed")
    assert failed > 1


@needs_forks
@pytest.mark.parametrize("new", [False, True], ids=["a store", "a new store"])
@pytest.mark.parametrize("kind", ["write", "sync", "truncate", "delete"])
def test_the_power_is_cut(kind: str, new: bool, tmp_path: Path) -> None:
    cuts = 0
    for seed in range(ROUNDS):
        for nth in range(seed % 5, 2_000, 1 if EXHAUSTIVE and seed < 2 else 11 if kind == "write" else 3):
            code = faulted(tmp_path, kind, nth, new=new, cut=True, seed=seed)
            if code == 77:
                break
            assert code == 66, (kind, nth)
            cuts += 1
    print(f"{kind}, {'new' if new else 'old'}: {cuts} power cuts")
    assert cuts


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    """What a killed writer leaves behind, its log included, and what it had acknowledged."""
    folder = tmp_path_factory.mktemp("killed")
    path = folder / "events.db"
    process = writer(path, "w", 1_000_000)
    assert process.stdout
    while process.stdout.readline() != b"w-44\n":
        pass
    time.sleep(0.05)
    process.kill()
    output, _ = process.communicate()
    known = {f"w-{n}" for n in range(45)} - {"w-0", "w-30"}
    known |= {line for line in output.decode().split("\n")[:-1] if line.startswith("w-")}
    return folder, known


def damaged(killed: tuple[Path, set[str]], tmp_path: Path) -> Path:
    folder = tmp_path / "copy"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(killed[0], folder)
    return folder / "events.db"


def nothing_lost(path: Path, known: set[str], what: object) -> None:
    with Store.open(path) as store:
        assert store.check() == [], what
        assert known <= {analysis.article.id for analysis in store.analyses()}, what
        assert store.add(one("after")) == "added"


def test_a_lost_log_costs_nothing(killed: tuple[Path, set[str]], tmp_path: Path) -> None:
    for names in (["-wal"], ["-shm"], ["-wal", "-shm"]):
        path = damaged(killed, tmp_path)
        for name in names:
            path.with_name(path.name + name).unlink(missing_ok=True)
        nothing_lost(path, killed[1], names)


def test_a_damaged_log_costs_nothing(tmp_path: Path) -> None:
    """Cut at every few bytes, with bytes changed anywhere: what is acknowledged is in the file before it is."""
    path = tmp_path / "events.db"
    known = made(path)
    held = Store.open(path)
    # A transaction that came to the log and was not acknowledged, as a kill between the two leaves it.
    held._database.execute("PRAGMA wal_autocheckpoint = 0")
    held._settle = lambda: None  # type: ignore[method-assign]
    held.add_all([one("unacknowledged 1"), one("unacknowledged 2")])
    names = ["events.db", "events.db-wal", "events.db-shm"]
    left = {name: (tmp_path / name).read_bytes() for name in names}
    held.close()
    log = left["events.db-wal"]
    assert len(log) > 4_096
    chance = random.Random(8)
    copy = tmp_path / "copy"

    def lay(**changed: bytes) -> Path:
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        for name, content in left.items():
            (copy / name).write_bytes(changed.get(name.rpartition("-")[2], content))
        return copy / "events.db"

    step = 97 if EXHAUSTIVE else max(1, len(log) // 60)
    for length in [*range(40), *range(40, len(log), step)] if EXHAUSTIVE else range(0, len(log), step):
        nothing_lost(lay(wal=log[:length]), known, f"cut at {length}")
    for _ in range(600 if EXHAUSTIVE else 60):
        spoilt = bytearray(log)
        for _ in range(chance.choice((1, 1, 40))):
            spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        nothing_lost(lay(wal=bytes(spoilt)), known, "bits")
    for noise in (b"", b"\0" * len(left["events.db-shm"]), chance.randbytes(len(left["events.db-shm"]))):
        nothing_lost(lay(shm=noise), known, "index")
        nothing_lost(lay(shm=noise, wal=log[:5_000]), known, "both")


def test_once_acknowledged_an_article_needs_no_log(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    with Store.open(path) as store:
        for number in range(5):
            store.add(one(str(number)))
            assert path.with_name("events.db-wal").stat().st_size == 0
            assert str(number).encode() + b" told at length" in path.read_bytes()
        store.record_run("monday", [Known(id="a", members={}, facts={})])
        assert path.with_name("events.db-wal").stat().st_size == 0


def test_a_reader_that_does_not_let_go_holds_nobody_up(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    made(path)
    reader = sqlite3.connect(path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM article").fetchone()
    with Store.open(path) as store:
        started = time.monotonic()
        for number in range(3):
            assert store.add(one(f"new {number}")) == "added"
        assert time.monotonic() - started < 10
        assert store._database.execute("PRAGMA busy_timeout").fetchone()[0] == 60_000
        reader.close()
        store.add(one("later"))
        assert path.with_name("events.db-wal").stat().st_size == 0


def spoil(path: Path, word: bytes, instead: bytes) -> None:
    """Change the file itself, behind SQLite's back."""
    data = path.read_bytes()
    assert data.count(word) == 1
    assert len(word) == len(instead)
    path.write_bytes(data.replace(word, instead))


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """A store in which the text of one article of five was changed on the disk."""
    path = tmp_path / "events.db"
    with Store.open(path) as store:
        for number in range(5):
            article = Article(id=f"a{number}", text=f"Gunmen attacked Gao. Marked{number}.")
            store.add(Analysis(article=article), version="1")
    spoil(path, b"Marked3", b"Spoilt3")
    return path


def test_a_changed_article_is_named_and_the_others_are_given(spoilt: Path) -> None:
    told: list[StoreError] = []
    with Store.open(spoilt) as store:
        found = [analysis.article.id for analysis in store.analyses(on_damage=told.append)]
        assert found == ["a0", "a1", "a2", "a4"]
        reason = f"{spoilt}: damaged: article number 4 is not what was kept (its id now reads 'a3')"
        assert [str(error) for error in told] == [reason]
        assert store.check() == [reason.partition("damaged: ")[2]]
        for read in (lambda: list(store.analyses()), lambda: store.get("a3"), lambda: list(store.outdated([]))):
            with pytest.raises(StoreError, match="article number 4 is not what was kept"):
                read()


def test_a_changed_article_is_no_longer_known_and_can_be_given_again(spoilt: Path) -> None:
    article = Article(id="a3", text="Gunmen attacked Gao. Marked3.")
    with Store.open(spoilt) as store:
        assert store.has(Article(id="a2", text="Gunmen attacked Gao. Marked2."), version="1")
        assert not store.has(article, version="1")
        assert store.add(Analysis(article=article), version="1") == "updated"
        assert store.check() == []
        assert [a.article.id for a in store.analyses()] == [f"a{n}" for n in range(5)]
        assert [a.article.id for a in store.search("marked3")] == ["a3"]
        assert store.search("spoilt3") == []
        assert len(store.search("gunmen")) == 5


def test_a_changed_article_can_be_forgotten(spoilt: Path) -> None:
    spoil(spoilt, b'"id":"a3"', b'"id":"a3,')  # no JSON any more
    with Store.open(spoilt) as store:
        assert store.check() == ["article number 4 is not what was kept"]
        assert store.forget("a3")
        assert store.check() == []
        assert [a.article.id for a in store.search("gunmen")] == ["a0", "a1", "a2", "a4"]


def test_the_commands_name_it_and_go_on(spoilt: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    for words in (
        ("parse", spoilt, "-o", output, "--quiet"),
        ("store", "export", spoilt, "-o", output),
        ("parse", tmp_path / "more.jsonl", "-o", output, "--quiet", "--store", spoilt),
    ):
        (tmp_path / "more.jsonl").write_text(json.dumps({"id": "more", "text": "Gunmen attacked Gao."}), "utf-8")
        result = call(*words)
        assert result.exit_code == 3, (words, result.stderr)
        assert result.stderr.splitlines() == [
            f"{spoilt}: damaged: article number 4 is not what was kept (its id now reads 'a3')"
        ]
        assert len(output.read_bytes().splitlines()) in (4, 5)
    result = call("store", "info", spoilt, "--check")
    assert result.exit_code == 1
    assert "article number 4" in result.stderr
    result = call("store", "list", spoilt)
    assert result.exit_code == 3
    assert len(result.stdout.splitlines()) == 5
    assert "article number 4" in result.stderr


def test_a_store_damaged_anywhere_gives_what_was_kept_or_says_so(tmp_path: Path) -> None:
    """A byte changed, a piece overwritten, the end cut off: no other article than the one that was kept comes out."""
    path = tmp_path / "events.db"
    known = made(path, 40)
    content = path.read_bytes()
    chance = random.Random(4)
    silent = 0
    for number in range(1_500 if EXHAUSTIVE else 150):
        data = bytearray(content)
        if number % 5 == 0:
            data = data[: chance.randrange(len(data))]
        elif number % 5 == 1:
            at = chance.randrange(len(data))
            data[at : at + 200] = chance.randbytes(min(200, len(data) - at))
        else:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        for name in ("-wal", "-shm"):
            path.with_name(path.name + name).unlink(missing_ok=True)
        told: list[StoreError] = []
        found: list[Analysis] = []
        try:
            with Store.open(path, read_only=True) as store:
                found.extend(store.analyses(on_damage=told.append))
                told += [StoreError(line) for line in store.check()]
        except StoreError as error:
            told.append(error)
        assert all("\n" not in str(error) for error in told)
        for analysis in found:
            assert analysis == one(analysis.article.id)
        if not told:
            silent += 1
            assert {analysis.article.id for analysis in found} == known, number
    assert silent  # much of a file is free room


def test_a_disk_that_is_full_costs_nothing_acknowledged(tmp_path: Path) -> None:
    with small_disk(tmp_path, "1m") as place:
        path = place / "events.db"
        known: list[str] = []

        def fill(store: Store) -> None:
            for number in range(1_000):
                store.add_all([one(f"{number} {n}") for n in range(5)])
                known.extend(f"{number} {n}" for n in range(5))

        with Store.open(path) as store, pytest.raises(StoreError, match=r"\A[^\n]*no room left on the disk[^\n]*\Z"):
            fill(store)
        assert len(known) > 20
        with Store.open(path, read_only=True) as store:
            assert [a.article.id for a in store.analyses()] == known
            assert store.check() == []
        # Even so the store may be written to once there is room again.
        subprocess.run(["mount", "-o", "remount,size=4m", str(place)], check=True)
        with Store.open(path) as store:
            assert [a.article.id for a in store.analyses()] == known
            assert store.add(one("after")) == "added"
            assert store.check() == []


def test_the_command_on_a_full_disk_is_told_in_a_line_and_goes_on_later(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b"".join(encode_line(to_record(one(str(number)))) for number in range(350)))
    with small_disk(tmp_path, "700k") as place:
        words = ("parse", source, "-o", tmp_path / "out.jsonl", "--store", place / "events.db", "--quiet")
        result = call(*words)
        assert result.exit_code == 1, result.stderr
        assert len(result.stderr.splitlines()) == 1, result.stderr
        assert "events.db" in result.stderr
        with Store.open(place / "events.db") as store:
            assert store.check() == []
        subprocess.run(["mount", "-o", "remount,size=8m", str(place)], check=True)
        result = call(*words)
        assert (result.exit_code, result.stderr) == (0, "")
        assert len((tmp_path / "out.jsonl").read_bytes().splitlines()) == 350
