"""What seldom happens: other systems' folders, missing or foreign databases, units and odd names in dumps."""

# ruff: noqa: E501

from __future__ import annotations

import os
import sqlite3
import sys
import time
from pathlib import Path

import pytest

import gazetteer.index as index_module
from gazetteer import DataError, Gazetteer, dumps, storage
from gazetteer.errors import OwnNamesError
from tests.gazetteer.test_dumps import row, write_zip


@pytest.mark.parametrize(
    ("system", "variables", "cache", "data"),
    [
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/mapper/Cache", "/local/mapper/Data"),
        ("win32", {}, "~/AppData/Local/mapper/Cache", "~/AppData/Local/mapper/Data"),
        ("darwin", {}, "~/Library/Caches/mapper", "~/Library/Application Support/mapper"),
        ("linux", {}, "~/.cache/mapper", "~/.local/share/mapper"),
        ("linux", {"XDG_CACHE_HOME": "/c", "XDG_DATA_HOME": "/d"}, "/c/mapper", "/d/mapper"),
        ("linux", {"MAPPER_CACHE": "/mine", "MAPPER_DATA": "/own"}, "/mine", "/own"),
    ],
)
def test_each_systems_own_folders(
    system: str, variables: dict[str, str], cache: str, data: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOCALAPPDATA", "XDG_CACHE_HOME", "XDG_DATA_HOME", "MAPPER_CACHE", "MAPPER_DATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert storage.cache_folder() == Path(cache.replace("~", str(tmp_path)))
    assert storage.data_folder() == Path(data.replace("~", str(tmp_path)))
    assert storage.added_database() == storage.data_folder() / "added.sqlite"
    assert storage.own_names() == storage.data_folder() / "names.csv"


def test_a_package_without_its_data_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert storage.packed("manifest.json").is_file()
    monkeypatch.setattr(storage, "files", lambda _: tmp_path)
    with pytest.raises(DataError, match="the embedded gazetteer is missing"):
        storage.manifest.__wrapped__()


def test_a_cache_that_can_only_be_read_is_not_stamped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "places.sqlite"
    old.touch()
    os.utime(old, (0, time.time() - 10 * 86_400))

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "utime", refuse)
    before = old.stat().st_mtime
    storage._note_use(old)
    assert old.stat().st_mtime == before


@pytest.mark.parametrize("whole", [True, False])
def test_a_database_that_another_process_holds_open_is_used_if_it_is_whole(
    whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import hashlib
    import lzma

    content = b"SQLite" * 100
    (tmp_path / "p.xz").write_bytes(lzma.compress(content))
    monkeypatch.setattr(storage, "packed", lambda name: tmp_path / name)
    target = tmp_path / "cache" / "places.sqlite"
    target.parent.mkdir()
    target.write_bytes(content if whole else b"half")
    entry = {
        "file": "p.xz", "unpacked_bytes": len(content), "unpacked_sha256": hashlib.sha256(content).hexdigest(),
        "edges_sha256": "",
    }  # fmt: skip
    (tmp_path / "same").write_bytes(content)
    entry["edges_sha256"] = storage.edges(tmp_path / "same")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    if whole:
        storage._unpack(entry, target)
    else:
        with pytest.raises(PermissionError):
            storage._unpack(entry, target)
    assert [path.name for path in target.parent.iterdir()] == ["places.sqlite"]


# ---- dumps


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAPPER_DATA", str(tmp_path / "data"))
    return tmp_path


def test_an_added_gazetteer_of_another_version_is_refused(home: Path) -> None:
    dump = write_zip(home, "ML", [row(900000001, "Testville")])
    dumps.add([dump])
    database = sqlite3.connect(storage.added_database())
    database.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
    database.commit()
    database.close()
    with pytest.raises(DataError, match="made by another version; delete it and add the dumps again"):
        dumps.add([dump])


@pytest.mark.parametrize("content", [b"no database at all, but text of some length", b""])
def test_a_file_in_its_place_that_is_none_is_refused(home: Path, content: bytes) -> None:
    storage.added_database().parent.mkdir(parents=True)
    storage.added_database().write_bytes(content)
    with pytest.raises(DataError, match="not a gazetteer"):
        dumps.add([write_zip(home, "ML", [row(900000001, "Testville")])])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes of POSIX")
def test_a_pipe_is_no_dump(home: Path) -> None:
    pipe = home / "ML.txt"
    os.mkfifo(pipe)
    with pytest.raises(OwnNamesError, match=r"ML\.txt: is no plain file"):
        dumps.add([pipe])


def test_units_are_linked_by_their_codes_and_odd_lines_passed_over(home: Path) -> None:
    units = home / "admin1CodesASCII.txt"
    units.write_text("# code\tname\tascii\tid\n\nML.99\tTest Region\tTest Region\t900000010\n", encoding="utf-8")
    places = write_zip(
        home, "ML",
        [row(900000010, "Test Region", code="A.ADM1"), row(900000011, "Testville"), row(900000012, "Test Hill", code="T.HLL")],
    )  # fmt: skip
    dumps.add([places, units])
    with Gazetteer.open() as found:
        (ville,) = found.candidates("Testville")
        assert ville.place.admin1 == "geonames:900000010"


def test_names_by_language(home: Path) -> None:
    places = write_zip(home, "ML", [row(900000011, "Testville")])
    names = home / "alternateNamesV2.txt"
    lines = [
        "1\t900000011\tabbr\tTSV\t\t\t\t", "2\t900000011\t\thttp://noise.example\t\t\t\t", "3\t900000011\tfr\tVilletest\t1\t\t\t",
        "4\t900000011\tlink\thttp://x\t\t\t\t", "5\t900000011\t12\tX\t\t\t\t", "6\t900000011\ten\t---\t\t\t\t",
        "7\t999999999999\ten\tNowhere Test\t\t\t\t", "8\t900000011\t\tXQZZW\t\t\t\t",
    ]  # fmt: skip
    names.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    dumps.add([places, names])
    with Gazetteer.open() as found:
        assert [c.place.id for c in found.candidates("Villetest")] == ["geonames:900000011"]
        assert found.candidates("Nowhere Test") == ()
        kinds = {c.kind for c in found.candidates("TSV") if c.place.id == "geonames:900000011"}
        assert kinds <= {"abbreviation"}


# ---- the index


def test_an_area_without_outline_is_told_by_a_point(monkeypatch: pytest.MonkeyPatch) -> None:
    with Gazetteer.open() as found:
        mali = next(c.place for c in found.candidates("Mali") if c.place.feature_code == "PCLI")
        monkeypatch.setattr(found._areas, "shape", lambda _: None)
        monkeypatch.setattr(found._areas, "hull", lambda *_: None)
        point = found.footprint(mali.id)
        assert point.geom_type == "Point"
        assert (point.x, point.y) == (mali.lon, mali.lat)


def test_a_place_of_a_country_that_is_not_there_has_no_country_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with Gazetteer.open() as found:
        gao = found.candidates("Gao")[0].place

        def unknown(code: str) -> object:
            raise index_module.UnknownPlaceError(code)

        assert "PCLI" in {p.feature_code for p in found.parents(gao.id)}
        monkeypatch.setattr(found, "country", unknown)
        assert "PCLI" not in {p.feature_code for p in found.parents(gao.id)}


def test_a_number_without_an_id_is_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    with Gazetteer.open() as found:
        monkeypatch.setattr(type(found._main), "reference", lambda *_: None)
        with pytest.raises(DataError, match="place -7 has no id"):
            found._read_reference(-7)
