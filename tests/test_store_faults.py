"""Killed at any moment, a store has everything that was acknowledged; several writers lose nothing of one another.

Five kills by default. The long run, 500 kills in some minutes: ``MAPPER_KILLS=500 pytest tests/test_store_faults.py``.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mapper.store import Store

KILLS = int(os.environ.get("MAPPER_KILLS", "5"))

# Prints an article's id after, and only after, the store has taken it.
WRITER = """
import os, sys
from pathlib import Path
from mapper.model import Analysis, Article
from mapper.store import Store
name, count = sys.argv[2], int(sys.argv[3])
with Store.open(Path(sys.argv[1])) as store:
    os.write(1, b"ready\\n")
    for number in range(0, count, 3):
        ids = [f"{name}-{n}" for n in range(number, number + 3)]
        store.add_all([Analysis(article=Article(id=i, text=f"{i} told at length. " * 40)) for i in ids])
        if number % 30 == 0:
            store.forget(f"{name}-{number}")
            ids = ids[1:]
        os.write(1, ("".join(i + "\\n" for i in ids)).encode())
"""


def writer(path: Path, name: str, count: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, str(path), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_nothing_acknowledged_is_lost_by_a_kill(tmp_path: Path) -> None:
    chance = random.Random(KILLS)
    acknowledged: set[str] = set()
    taken = 0
    for kill in range(KILLS):
        if kill % 20 == 0:  # a new store now and then: each is read whole after every kill
            path = tmp_path / f"events {kill}.db"
            acknowledged.clear()
        process = writer(path, f"w{kill}", 1_000_000)
        assert process.stdout
        if kill % 4:  # every fourth may be hit while it is opening the store
            assert process.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0, 0.3))
        else:
            time.sleep(chance.uniform(0, 0.4))
        process.kill()
        output, errors = process.communicate()
        assert errors == b""
        lines = output.decode().split("\n")[:-1]
        acknowledged.update(line for line in lines if line != "ready")
        taken += len(lines)
        with Store.open(path) as store:
            assert store.check() == []
            present = [a.article.id for a in store.analyses()]
            assert len(present) == len(set(present))
            assert acknowledged <= set(present)
            assert {a.article.id for a in store.search("told", limit=10**6)} == set(present)
    assert taken > KILLS


@pytest.mark.parametrize("writers", [2, 4])
def test_several_writers_lose_nothing(tmp_path: Path, writers: int) -> None:
    path = tmp_path / "events.db"
    processes = [writer(path, f"w{number}", 60) for number in range(writers)]
    acknowledged: list[str] = []
    for process in processes:
        output, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, b"")
        acknowledged += [line for line in output.decode().split() if line != "ready"]
    with Store.open(path) as store:
        assert sorted(a.article.id for a in store.analyses()) == sorted(acknowledged)
        assert len(acknowledged) == writers * 58
        assert store.check() == []
