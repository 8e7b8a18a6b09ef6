"""A run on a cluster before there is a cluster, and where there is nothing to do for one."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

pytest.importorskip("distributed")

from mapper import dask
from mapper.cli import main
from mapper.dask import keys, partitions, reading, run
from mapper.dask.partitions import plan
from mapper.errors import InputError, OutputError
from mapper.reanalysis import analysis_version
from tests.samples import analysis


def test_where_nothing_can_be_read_no_cluster_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_client", lambda *_: pytest.fail("there is nothing to do"))
    report = dask.parse([str(tmp_path / "none.jsonl")], str(tmp_path / "out"))
    assert [error.reason for error in report.refused] == ["no such file or folder"]
    assert not (tmp_path / "out").exists()
    options = ["parse", str(tmp_path / "none.jsonl"), "--scheduler", "local", "-o", str(tmp_path / "out")]
    result = CliRunner().invoke(main, options)
    assert result.exit_code == 1
    assert "no such file or folder" in result.stderr


def test_partitions_of_which_none_was_analysed_are_not_compared() -> None:
    client: Any = None
    settings: Any = None
    assert run._merged(client, [], settings, [], dask.Report()).duplicates == 0


def test_a_cluster_that_loses_its_workers_while_comparing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object) -> None:
        raise RuntimeError("no\nworkers")

    monkeypatch.setattr(run, "merge_partitions", lost)
    monkeypatch.setattr(run, "keys_address", lambda *_: "keys")
    given: Any = SimpleNamespace(number=0, output="out")
    with pytest.raises(OutputError, match=r"out: the partitions are analysed, .*\(RuntimeError: no workers\)"):
        run._merged(given, [given], given, [given], dask.Report())


def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(OutputError, match="scheduler nowhere://x: cannot be reached"), run._client("nowhere://x", 1):
        pass


def test_workers_of_another_version_are_refused() -> None:
    here = analysis_version()
    same: Any = SimpleNamespace(run=lambda _: {"tcp://a": here, "tcp://b": here})
    run._check_workers(same)
    other: Any = SimpleNamespace(run=lambda _: {"tcp://a": here, "tcp://b": "0.1"})
    with pytest.raises(OutputError, match=r"worker tcp://b: has 0\.1, not "):
        run._check_workers(other)


def test_hidden_files_and_empty_folders(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "some").mkdir()
    line = json.dumps({"text": "A text."}) + "\n"
    for name in (".hidden.jsonl", "shown.jsonl"):
        (tmp_path / "some" / name).write_text(line, encoding="utf-8")
    found, refused = plan([str(tmp_path / "empty"), str(tmp_path / "some"), str(tmp_path / "none*.jsonl")])
    assert [Path(partition.address).name for partition in found] == ["shown.jsonl"]
    assert [error.reason for error in refused] == ["nothing there to read"] * 2


def test_a_system_that_fails_on_the_way_is_told_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n", encoding="utf-8")

    def broken(*_: object) -> Any:
        raise OSError("")
        yield

    monkeypatch.setattr(partitions, "_parts", broken)
    _, (error,) = plan([str(tmp_path / "a.jsonl")])
    assert (error.reason, Path(error.file or "").name) == ("OSError", "a.jsonl")


def test_small_row_groups_are_read_together(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    table = pyarrow.table({"text": [f"Text {n}." for n in range(10)]})
    parquet.write_table(table, tmp_path / "a.parquet", row_group_size=1)
    whole, refused = plan([str(tmp_path / "a.parquet")])
    assert ([(p.start, p.stop) for p in whole], refused) == ([(0, 10)], ())
    each, _ = plan([str(tmp_path / "a.parquet")], partition_bytes=1)
    assert [(p.start, p.stop) for p in each] == [(n, n + 1) for n in range(10)]


def test_a_bomb_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b" " * 5_000))
    monkeypatch.setattr(reading, "UNPACKED_BYTES", 4_999)
    (partition,), _ = plan([str(tmp_path / "a.jsonl.gz")])
    errors: list[InputError] = []
    with pytest.raises(OSError, match="unpacks to more than 4,999 bytes"):
        list(reading.read(partition, refuse=errors.append))


def test_keys_are_written_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyarrow import parquet

    def rows(name: str) -> Any:
        with keys.KeyWriter(tmp_path / name, part=3) as writer:
            writer.add(analysis())
        return parquet.read_table(tmp_path / name)

    whole = rows("whole.parquet")
    monkeypatch.setattr(keys, "_BATCH", 1)
    assert rows("pieces.parquet").equals(whole)
    assert whole.num_rows > 2
