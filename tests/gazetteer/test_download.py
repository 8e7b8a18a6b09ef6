"""Fetching dumps on request, from a server that is played here: no test goes online."""

from __future__ import annotations

import io
import urllib.request
import zipfile
from pathlib import Path
from typing import Self

import pytest

from gazetteer import download as module
from gazetteer.download import WARNING, DownloadError, download


def dump(code: str, text: str = "2457163\tGao\n") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr(f"{code}.txt", text * 1000)
    return packed.getvalue()


class Answer:
    def __init__(self, status: int, data: bytes, *, breaks_after: int | None = None) -> None:
        self.status = status
        self._stream = io.BytesIO(data)
        self._left = breaks_after

    def read(self, size: int, /) -> bytes:
        if self._left is not None:
            if not self._left:
                raise ConnectionResetError("connection reset")
            size = min(size, self._left)
            self._left -= size
        return self._stream.read(size)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stream.close()


class Server:
    """Serves files by name; breaks off once after so many bytes, and knows ranges or not."""

    def __init__(self, files: dict[str, bytes], *, ranges: bool = True, breaks_after: int | None = None) -> None:
        self.files, self.ranges, self.breaks_after = files, ranges, breaks_after
        self.asked: list[tuple[str, str | None]] = []

    def __call__(self, request: urllib.request.Request) -> Answer:
        assert request.full_url.startswith("https://download.geonames.org/")
        name, wanted = request.full_url.rpartition("/")[2], request.get_header("Range")
        self.asked.append((name, wanted))
        breaks, self.breaks_after = self.breaks_after, None
        if wanted and self.ranges:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            return Answer(206, self.files[name][start:], breaks_after=breaks)
        return Answer(200, self.files[name], breaks_after=breaks)


@pytest.fixture(autouse=True)
def _never_online(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_named: object) -> None:
        raise AssertionError("went online")

    monkeypatch.setattr(urllib.request, "urlopen", refuse)


def test_fetches_what_is_asked_for_after_a_warning(tmp_path: Path) -> None:
    server, said = Server({"ML.zip": dump("ML"), "DZ.zip": dump("DZ")}), list[str]()
    files = download(["ml", "DZ", "ML"], tmp_path / "dumps", warn=said.append, opener=server)
    assert [file.name for file in files] == ["ML.zip", "DZ.zip"]
    assert all(zipfile.is_zipfile(file) for file in files)
    assert said == [WARNING]
    assert "GeoNames learns" in WARNING


def test_what_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "ML.zip").write_bytes(dump("ML"))
    server, said = Server({}), list[str]()
    assert download(["ML"], tmp_path, warn=said.append, opener=server) == [tmp_path / "ML.zip"]
    assert server.asked == []
    assert said == []


@pytest.mark.parametrize("ranges", [True, False])
def test_a_broken_download_goes_on(tmp_path: Path, ranges: bool) -> None:
    whole = dump("ML")
    server = Server({"ML.zip": whole}, ranges=ranges, breaks_after=100)
    with pytest.raises(DownloadError, match="goes on where it stopped"):
        download(["ML"], tmp_path, warn=str, opener=server)
    assert not (tmp_path / "ML.zip").exists()
    (file,) = download(["ML"], tmp_path, warn=str, opener=server)
    assert file.read_bytes() == whole
    assert server.asked[1] == ("ML.zip", "bytes=100-")
    assert [path.name for path in tmp_path.iterdir()] == ["ML.zip"]


@pytest.mark.parametrize("sent", [b"<html>busy</html>", dump("NE"), dump("ML")[:-40]])
def test_what_is_no_whole_dump_of_the_country_gets_no_name(tmp_path: Path, sent: bytes) -> None:
    with pytest.raises(DownloadError, match="ML"):
        download(["ML"], tmp_path, warn=str, opener=Server({"ML.zip": sent}))
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_fetched_anew(tmp_path: Path) -> None:
    whole = dump("ML")
    (tmp_path / "ML.zip").write_bytes(whole[:50])
    (file,) = download(["ML"], tmp_path, warn=str, opener=Server({"ML.zip": whole}))
    assert file.read_bytes() == whole


@pytest.mark.parametrize("code", ["../ML", "MLI", "M", "http://x", "é1"])
def test_only_country_codes_are_asked_for(tmp_path: Path, code: str) -> None:
    server = Server({})
    with pytest.raises(ValueError, match="country code"):
        download(["ML", code], tmp_path, warn=str, opener=server)
    assert server.asked == []
    assert module.SERVER.startswith("https://")
