"""Choosing a format, failing cleanly, and the manifest."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mapper import export
from mapper.errors import MissingExtraError, OutputError
from mapper.export import manifest, xlsx
from mapper.model import Analysis
from tests.export.hostile import footprint
from tests.samples import analysis


@pytest.mark.parametrize("suffix", export.SUFFIXES)
def test_every_suffix_named_in_the_help_is_written(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"Week 14{suffix.upper()}"
    written = export.write(path, [analysis()], footprint=footprint)
    assert (written.path, written.format) == (path, suffix)
    assert written.counts == export.Counts(articles=1, events=1, placed=1, unplaced=0, clusters=1)
    assert path.stat().st_size > 0


@pytest.mark.parametrize("name", ["e.txt", "e", "e.tsv", ".csv", "csv", "e.shp"])
def test_an_unknown_name_is_refused_with_the_known_ones(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\A[^\n]*\.geojson, \.gpkg[^\n]*\Z"):
        export.write(tmp_path / name, [], footprint=footprint)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", export.SUFFIXES)
def test_a_failure_on_the_way_leaves_the_old_file_and_nothing_else(suffix: str, tmp_path: Path) -> None:
    def breaking() -> Iterator[Analysis]:
        yield analysis()
        raise KeyboardInterrupt

    path = tmp_path / f"e{suffix}"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        export.write(path, breaking(), footprint=footprint)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", export.SUFFIXES)
def test_a_folder_in_its_place_is_told_in_one_line(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"e{suffix}"
    path.mkdir()
    with pytest.raises(OutputError, match=r"\A[^\n]*is a folder[^\n]*\Z"):
        export.write(path, [analysis()], footprint=footprint)


NO_ROOM = """
import random, resource, sys
from dataclasses import replace
from pathlib import Path
from mapper import export
from mapper.errors import OutputError
from tests.export.hostile import footprint
from tests.samples import analysis

letters = random.Random(1)
analyses = []
for number in range(40):
    one = analysis(f"{number}.txt", title="".join(letters.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=1000)))
    analyses.append(replace(one, events=(replace(one.events[0], id=f"{number:016x}"),)))
for suffix in export.SUFFIXES:
    path = Path(sys.argv[1]) / f"e{suffix}"
    resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))
    export.write(path, analyses, footprint=footprint)
    whole = path.read_bytes()
    for limit in [0, 5000, *(len(whole) * part // 5 for part in range(1, 5)), len(whole) - 4097, len(whole) - 1]:
        path.unlink(missing_ok=True)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, -1))
        try:
            export.write(path, analyses, footprint=footprint)
        except OutputError as error:
            assert chr(10) not in str(error)
            assert list(path.parent.iterdir()) == [], (suffix, limit)
        else:
            raise AssertionError(f"{suffix}: wrote {len(whole)} bytes into {limit}")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_a_disk_that_fills_up_leaves_nothing_torn(tmp_path: Path) -> None:
    root = str(Path(__file__).parents[2])
    command = [sys.executable, "-c", NO_ROOM, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
    assert (done.returncode, done.stderr) == (0, "")


def test_gdal_refusing_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyogrio

    def refuse(*_: object, **__: object) -> None:
        raise pyogrio.errors.DataSourceError("disk\nfull")

    monkeypatch.setattr(pyogrio, "write_dataframe", refuse)
    for name in ("e.gpkg", "e.fgb"):
        with pytest.raises(OutputError, match=rf"{name}: disk full"):
            export.write(tmp_path / name, [analysis()], footprint=footprint)
    assert list(tmp_path.iterdir()) == []


SAME_BYTES = """
import hashlib, sys
from pathlib import Path
from mapper import export
from tests.export.hostile import corpus, footprint
for suffix in export.SUFFIXES:
    path = Path(sys.argv[1]) / f"e{suffix}"
    export.write(path, corpus(), footprint=footprint)
    print(suffix, hashlib.sha256(path.read_bytes()).hexdigest())
"""


def test_bytes_depend_neither_on_hash_seed_nor_on_zone_or_language(tmp_path: Path) -> None:
    root = str(Path(__file__).parents[2])
    hashes = set()
    for changes in ({"PYTHONHASHSEED": "1", "TZ": "UTC"}, {"PYTHONHASHSEED": "2", "TZ": "Pacific/Apia", "LC_ALL": "C"}):
        command = [sys.executable, "-c", SAME_BYTES, str(tmp_path)]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, cwd=root, env=dict(os.environ) | changes
        )
        hashes.add(done.stdout)
    assert len(hashes) == 1
    assert hashes.pop().count("\n") == len(export.SUFFIXES)


def test_the_clock_of_others_is_given_back(tmp_path: Path) -> None:
    import pyogrio

    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2001-01-01T00:00:00.000Z"})
    try:
        export.write(tmp_path / "e.gpkg", [analysis()], footprint=footprint)
        assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") == "2001-01-01T00:00:00.000Z"
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr("mapper.export.parquet.find_spec", lambda name: None if name == "pyarrow" else find(name))
    with pytest.raises(MissingExtraError, match=r"\A[^\n]*\[parquet\][^\n]*\Z"):
        export.write(tmp_path / "e.parquet", [analysis()], footprint=footprint)


def test_a_sheet_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    with pytest.raises(OutputError, match=r"more events than a sheet has rows \(2\)"):
        export.write(tmp_path / "e.xlsx", [analysis("a"), analysis("b")], footprint=footprint)
    assert list(tmp_path.iterdir()) == []


def test_a_plain_table_needs_no_heavy_library() -> None:
    program = (
        "import sys; from pathlib import Path; from mapper import export; "
        "[export._writer(s, dict) for s in ('.jsonl', '.csv', '.xlsx', '.gdelt.tsv', '.acled.csv')]; "
        "print([m for m in ('geopandas', 'pandas', 'shapely', 'numpy', 'pyogrio') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_byte_order_mark_is_written_when_asked_for(tmp_path: Path) -> None:
    from mapper.export import csv_file

    csv_file.write(tmp_path / "a.csv", [analysis()])
    csv_file.write(tmp_path / "b.csv", [analysis()], bom=True)
    assert (tmp_path / "b.csv").read_bytes() == b"\xef\xbb\xbf" + (tmp_path / "a.csv").read_bytes()


def test_the_manifest_tells_what_each_file_holds(tmp_path: Path) -> None:
    names = ("b.gdelt.tsv", "a.csv")
    outputs = [export.write(tmp_path / name, [analysis()], footprint=footprint) for name in names]
    manifest.write(tmp_path / "manifest.json", outputs)
    files = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["files"]
    assert [file["name"] for file in files] == sorted(names)
    for file in files:
        content = (tmp_path / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        assert file["counts"] == {"articles": 1, "events": 1, "placed": 1, "unplaced": 0, "clusters": 1}
    assert len(files[1]["columns"]) == 74  # the table without a header: 61 of GDELT's and 13 of our own


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    output = export.write(tmp_path / "a.csv", [analysis()], footprint=footprint)
    output.path.unlink()
    with pytest.raises(OutputError, match=r"a\.csv: No such file"):
        manifest.manifest([output])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-8192]),
        lambda path: path.write_bytes(b"not a database"),
        lambda path: _run(path, "DELETE FROM mentions WHERE rowid = 1"),
        lambda path: _run(path, "DROP TRIGGER rtree_places_geom_insert"),
        lambda path: _run(path, "DROP TRIGGER trigger_delete_feature_count_mentions"),
    ],
)
def test_a_geopackage_that_gdal_left_unfinished_is_not_kept(
    spoil: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyogrio

    write = pyogrio.write_dataframe

    def unfinished(frame: object, path: Path, **options: Any) -> None:
        write(frame, path, **options)
        if options["layer"] == "places":
            spoil(path)

    monkeypatch.setattr(pyogrio, "write_dataframe", unfinished)
    with pytest.raises(OutputError, match=r"e\.gpkg: could not be written whole"):
        export.write(tmp_path / "e.gpkg", [analysis(), analysis("b")], footprint=footprint)
    assert list(tmp_path.iterdir()) == []


def _run(path: Path, statement: str) -> None:
    database = sqlite3.connect(path)
    database.execute(statement)
    database.commit()
    database.close()
