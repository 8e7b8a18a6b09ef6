"""On a cluster of two workers: the same events as in one process, whatever dies or fails on the way."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

distributed = pytest.importorskip("distributed")

import geopandas  # noqa: E402 - after the check for Dask
import pandas  # noqa: E402

from mapper import dask  # noqa: E402
from mapper.cli import main  # noqa: E402
from mapper.dask import reading, storage  # noqa: E402
from mapper.dask.partitions import plan  # noqa: E402
from mapper.errors import InputError, OutputError  # noqa: E402

pytestmark = pytest.mark.filterwarnings("default")  # Dask's own warnings are not this program's

_TOWNS = ("Gao", "Kidal", "Timbuktu", "Agadez", "Derna", "Sirte", "Tunis", "Rabat", "Oran", "Bamako", "Niamey", "Bol")


def _article(n: int) -> dict[str, Any]:
    town = _TOWNS[n % len(_TOWNS)]
    return {
        "id": f"a{n}",
        "title": f"Attack near {town}",
        "published": f"2023-05-{1 + n % 20:02}",
        "source": f"Paper {n % 3}",
        "text": f"Gunmen attacked an army post in {town} on Tuesday, killing {2 + n % 7} soldiers, officials said.\n\n"
        f"Protesters marched in {_TOWNS[(n + 5) % len(_TOWNS)]} on Wednesday against the government.",
    }


def _lines(path: Path, articles: list[dict[str, Any]], *more: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(a) + "\n" for a in articles) + "".join(more), encoding="utf-8", newline="\n")
    return path


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    options = {"threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "silence_logs": 50}
    with distributed.LocalCluster(n_workers=2, **options) as cluster, distributed.Client(cluster) as client:
        yield client


def _events(folder: Path) -> dict[tuple[str, str], tuple[Any, ...]]:
    columns = ("cluster", "why_merged", "type", "status", "place_id", "date_start", "evidence")
    found = {}
    for part in sorted(folder.glob("part-*.parquet")):
        frame = geopandas.read_parquet(part)
        for row in frame[["article_id", "event_id", *columns]].itertuples(index=False):
            found[row[0], row[1]] = tuple(None if pandas.isna(value) else value for value in row[2:])
    return found


def _events_of_one_process(source: Path, out: Path) -> dict[tuple[str, str], tuple[Any, ...]]:
    result = CliRunner().invoke(main, ["parse", str(source), "-o", str(out / "part-all.parquet"), "-q"])
    assert result.exit_code in (0, 3), result.output
    return _events(out)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles in two files; some reprinted, one given twice, one id used for another text, one line broken."""
    folder = tmp_path_factory.mktemp("articles")
    articles = [_article(n) for n in range(40)]
    _lines(folder / "1.jsonl", articles[:25])
    reprints = [articles[n] | {"id": f"reprint-{n}", "source": "Another"} for n in (0, 3, 30)]
    _lines(folder / "2.jsonl", articles[25:] + reprints + [articles[1], articles[2] | {"text": "Other."}], "{broken\n")
    return folder


def test_a_cluster_gives_the_events_of_one_process(client: Any, source: Path, tmp_path: Path) -> None:
    report = dask.parse([str(source)], str(tmp_path / "out"), scheduler=client, partition_bytes=2_000)
    assert len(report.written) > 4
    assert (report.articles, report.duplicates, report.failed) == (43, 1, [])
    reasons = sorted(error.reason for error in report.refused)
    assert reasons[0].startswith("id 'a2' was used before")
    assert reasons[1].startswith("not JSON")
    assert len(reasons) == 2
    told = _events(tmp_path / "out")
    assert told == _events_of_one_process(source, tmp_path / "one")
    assert len({facts[0] for facts in told.values()}) < len({event for _, event in told})  # across partitions


def test_the_manifest_names_and_hashes_every_part(client: Any, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = dask.parse([str(source)], str(out), scheduler=client, partition_bytes=2_000)
    manifest = json.loads((out / dask.MANIFEST).read_text(encoding="utf-8"))
    assert {file["name"] for file in manifest["files"]} | {dask.MANIFEST} == {path.name for path in out.iterdir()}
    for file in manifest["files"]:
        data = (out / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert file["events"] == len(geopandas.read_parquet(out / file["name"]))
        assert file["placed"] + file["unplaced"] == file["events"]
    assert manifest["counts"]["events"] == report.events == sum(file["events"] for file in manifest["files"])


def test_one_worker_writes_the_same_bytes_as_two(client: Any, source: Path, tmp_path: Path) -> None:
    dask.parse([str(source)], str(tmp_path / "two"), scheduler=client, partition_bytes=4_000)
    options = {"threads_per_worker": 1, "processes": False, "dashboard_address": "127.0.0.1:0", "silence_logs": 50}
    with distributed.LocalCluster(n_workers=1, **options) as cluster, distributed.Client(cluster) as other:
        dask.parse([str(source)], str(tmp_path / "one"), scheduler=other, partition_bytes=4_000)
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).glob("*.parquet")} for name in ("one", "two")
    )
    assert one == two


def test_a_worker_killed_on_the_way_loses_nothing(client: Any, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    killed: list[int] = []

    def kill() -> None:
        while not list(out.glob(".work-*/*.json")):  # until the first partition is done
            time.sleep(0.02)
        pid = next(iter(client.run(os.getpid).values()))
        os.kill(pid, signal.SIGKILL)
        killed.append(pid)

    killer = threading.Thread(target=kill)
    killer.start()
    report = dask.parse([str(source)], str(out), scheduler=client, partition_bytes=1_000)
    killer.join()
    assert killed
    assert killed[0] not in client.run(os.getpid).values()
    assert report.failed == []
    assert report.articles == 43
    assert _events(out) == _events_of_one_process(source, tmp_path / "one")


def test_a_partition_that_fails_is_named_and_the_others_are_done(client: Any, tmp_path: Path) -> None:
    source = tmp_path / "in"
    _lines(source / "good.jsonl", [_article(n) for n in range(4)])
    packed = gzip.compress(json.dumps(_article(9)).encode() * 200, mtime=0)
    (source / "torn.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    report = dask.parse([str(source)], str(tmp_path / "out"), scheduler=client)
    assert report.articles == 4
    (failure,) = report.failed
    assert failure.file.endswith("torn.jsonl.gz")
    manifest = json.loads((tmp_path / "out" / dask.MANIFEST).read_text(encoding="utf-8"))
    assert [entry["input"] for entry in manifest["failed"]] == [failure.file]
    assert _events(tmp_path / "out")


def test_a_run_that_was_broken_off_goes_on_where_it_was(client: Any, tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    _lines(source / "good.jsonl", [_article(n) for n in range(4)])
    packed = gzip.compress(json.dumps(_article(9)).encode(), mtime=0)
    (source / "torn.jsonl.gz").write_bytes(packed[:-9])
    assert dask.parse([str(source)], str(out), scheduler=client).failed
    before = {path: path.stat().st_mtime_ns for path in out.glob(".work-*/part-000000.jsonl.gz")}
    (source / "torn.jsonl.gz").write_bytes(packed)
    report = dask.parse([str(source)], str(out), scheduler=client)
    assert (report.failed, report.articles) == ([], 5)
    assert before
    assert not list(out.glob(".work-*"))


def test_web_archives_and_parquet_are_read_too(client: Any, tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    rows = [_article(n) for n in range(6)]
    source = tmp_path / "in"
    source.mkdir()
    table = pyarrow.table(
        {"guid": [r["id"] for r in rows], "Body": [r["text"] for r in rows], "date": [r["published"] for r in rows]}
    )
    parquet.write_table(table, source / "news.parquet", row_group_size=2)
    page = b"<html><head><title>Clashes</title></head><body><article>" + b"".join(
        f"<p>{paragraph}</p>".encode() for paragraph in rows[0]["text"].split("\n\n")
    )
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page + b"</article></body></html>"
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/a\r\n"
        f"WARC-Date: 2023-05-03T00:00:00Z\r\nContent-Type: application/http\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    (source / "crawl.warc.gz").write_bytes(gzip.compress(head.encode() + answer + b"\r\n\r\n", mtime=0))
    report = dask.parse([str(source)], str(tmp_path / "out"), scheduler=client, partition_bytes=200)
    assert report.failed == []
    assert report.refused == []
    assert report.articles == 7
    articles = {article for article, _ in _events(tmp_path / "out")}
    assert {"a0", "a5"} < articles
    assert len(articles) == 7


def test_addresses_of_other_storage(tmp_path: Path) -> None:
    """Input and output on a store that is no disk, here fsspec's own in memory."""
    system, _ = storage.filesystem("memory://news")
    system.pipe("/news/1.jsonl", "".join(json.dumps(_article(n)) + "\n" for n in range(4)).encode())
    options = {"threads_per_worker": 1, "processes": False, "dashboard_address": "127.0.0.1:0", "silence_logs": 50}
    with distributed.LocalCluster(n_workers=1, **options) as cluster, distributed.Client(cluster) as client:
        report = dask.parse(["memory://news/*.jsonl"], "memory://events", scheduler=client)
    assert (report.articles, report.refused, report.failed) == (4, [], [])
    names = {path.rsplit("/", 1)[-1] for path in system.find("/events")}
    assert names == {dask.MANIFEST, "part-000000.parquet"}
    assert report.written[0].bytes == system.size("/events/part-000000.parquet")


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "theirs.txt").write_text("keep", encoding="utf-8")
    _lines(tmp_path / "a.jsonl", [_article(0)])
    with pytest.raises(OutputError, match="is not empty"):
        dask.parse([str(tmp_path / "a.jsonl")], str(tmp_path / "out"))
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["theirs.txt"]


def test_the_command_writes_a_folder_and_names_what_it_refused(client: Any, source: Path, tmp_path: Path) -> None:
    address = client.scheduler.address
    result = CliRunner().invoke(
        main, ["parse", str(source), "--scheduler", address, "-o", str(tmp_path / "out"), "--partition-size", "0.004"]
    )
    assert result.exit_code == 3, result.output
    assert "was used before" in result.stderr
    assert "43 articles used, 1 given twice" in result.stderr
    assert (tmp_path / "out" / dask.MANIFEST).is_file()


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--scheduler", "local"], 2, "-o FOLDER"),
        (["--scheduler", "local", "-o", "x", "--since", "2023-01-01"], 2, "--since cannot be used with --scheduler"),
        (["--scheduler", "local", "-o", "x", "--store", "e.db"], 2, "--store cannot be used with --scheduler"),
    ],
)
def test_what_a_cluster_cannot_do_is_wrong_usage(options: list[str], code: int, words: str, tmp_path: Path) -> None:
    path = _lines(tmp_path / "a.jsonl", [_article(0)])
    result = CliRunner().invoke(main, ["parse", str(path), *options])
    assert result.exit_code == code
    assert words in result.stderr


def test_what_is_no_input_of_a_cluster_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.", encoding="utf-8")
    partitions, refused = plan([str(tmp_path / "a.txt"), str(tmp_path / "none.jsonl")])
    assert partitions == ()
    assert ["JSON lines, WARC and Parquet" in refused[0].reason, refused[1].reason] == [True, "no such file or folder"]


@settings(max_examples=25, deadline=None)
@given(sizes=st.lists(st.integers(1, 60), min_size=1, max_size=12), part=st.integers(1, 120))
def test_every_line_belongs_to_one_partition(
    sizes: list[int], part: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("lines") / "a.jsonl"
    _lines(path, [{"id": str(n), "text": "é" * size} for n, size in enumerate(sizes)])
    partitions, refused = plan([str(path)], partition_bytes=part)
    assert refused == ()
    ids: list[str] = []
    errors: list[InputError] = []
    for partition in partitions:
        ids += [article.id for article in reading.read(partition, refuse=errors.append)]  # type: ignore[union-attr]
    assert ids == [str(n) for n in range(len(sizes))]
    assert errors == []
