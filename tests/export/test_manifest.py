"""The manifest, to the letter: who receives it checks files by it with tools that are not ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapper.errors import OutputError
from mapper.export import Counts, Written, manifest
from mapper.export.gdelt import COLUMNS

COUNTS = Counts(articles=1, events=2, placed=1, unplaced=1, clusters=2)


def written(path: Path, content: bytes, kind: str = ".csv") -> Written:
    path.write_bytes(content)
    return Written(path=path, format=kind, counts=COUNTS)


def test_a_manifest_to_the_letter(tmp_path: Path) -> None:
    outputs = [written(tmp_path / "b.csv", b"abc"), written(tmp_path / "a.kml", b"", ".kml")]
    manifest.write(tmp_path / "manifest.json", outputs)
    assert (tmp_path / "manifest.json").read_text("utf-8") == (
        """{
 "manifest": "1",
 "schema": "1",
 "files": [
  {
   "name": "a.kml",
   "format": "KML",
   "bytes": 0,
   "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
   "counts": {
    "articles": 1,
    "events": 2,
    "placed": 1,
    "unplaced": 1,
    "clusters": 2
   }
  },
  {
   "name": "b.csv",
   "format": "CSV",
   "bytes": 3,
   "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
   "counts": {
    "articles": 1,
    "events": 2,
    "placed": 1,
    "unplaced": 1,
    "clusters": 2
   }
  }
 ]
}
"""
    )


def test_the_table_without_a_header_has_its_columns_named(tmp_path: Path) -> None:
    entry = manifest.entry(written(tmp_path / "e.gdelt.tsv", b"x", ".gdelt.tsv"))
    assert entry["columns"] == list(COLUMNS)
    assert "columns" not in manifest.entry(written(tmp_path / "e.csv", b"x"))


@pytest.mark.parametrize(
    ("error", "said"), [(OSError(5, "Input/output error"), "Input/output error"), (OSError("odd"), "odd")]
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    output = written(tmp_path / "e.csv", b"x")

    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(OutputError) as told:
        manifest.entry(output)
    assert str(told.value) == f"{tmp_path / 'e.csv'}: {said}"
