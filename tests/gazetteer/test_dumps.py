"""Adding GeoNames dumps to the user's own gazetteer."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from gazetteer import Gazetteer, dumps
from gazetteer.errors import OwnNamesError

TIMBUKTU = 2449067
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "geonames"


def row(
    number: int, name: str, *, code: str = "P.PPL", alternates: str = "", lat: float = 17.0, population: int = 0
) -> str:
    feature_class, feature_code = code.split(".")
    cells = [
        str(number), name, name, alternates, str(lat), "-3.5", feature_class, feature_code, "ML", "", "99", "9901", "",
        "",
        "0", "", "250", "Africa/Bamako", "2026-01-01",
    ]  # fmt: skip
    return "\t".join(cells)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAPPER_DATA", str(tmp_path / "data"))
    return tmp_path


def write_zip(folder: Path, name: str, lines: list[str]) -> Path:
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr(f"{name}.txt", "".join(f"{line}\n" for line in lines))
    return path


def test_new_places_are_found_beside_the_embedded_ones(home: Path) -> None:
    lines = [
        row(900000001, "Testville-sur-Niger", alternates="Teßtville,XYZ,http://x.org,قرية"),
        row(900000002, "Région d'essai", code="A.ADM1"),
        row(TIMBUKTU, "Timbuktu", alternates="Tin Buktu la Belle"),
    ]
    (added,) = dumps.add([write_zip(home, "ML", lines)])
    assert (added.lines, added.places) == (3, 2)
    with Gazetteer.open() as places:
        found = places.candidates("testville sur niger")[0]
        assert (found.place.id, found.place.admin1) == ("geonames:900000001", "geonames:900000002")
        assert places.candidates("قرية", country="ML")[0].place == found.place
        assert not [one for one in places.candidates("XYZ") if one.place == found.place]
        # A known place keeps its embedded record and gains names.
        gained = places.candidates("Tin Buktu la Belle")[0].place
        assert (gained.id, gained.source) == (f"geonames:{TIMBUKTU}", "cities")
        assert places.known(["testville sur niger"]) == {"testville sur niger"}
        assert places.within("geonames:900000001", places.country("ML").id)
        assert [place.name for place in places.parents("geonames:900000001")][:2] == ["Région d'essai", "Mali"]
        assert places.at(lat=17.0, lon=-3.5)[-1] == found.place


def test_adding_again_changes_nothing(home: Path) -> None:
    path = write_zip(home, "ML", [row(900000001, "Testville")])
    dumps.add([path])
    (again,) = dumps.add([path])
    assert (again.places, again.names) == (0, 0)


def test_goes_on_where_it_was_interrupted(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumps, "STEP", 10)
    path = write_zip(
        home, "ML", [row(900000001 + number, f"Village {chr(97 + number)}{number}x") for number in range(26)]
    )
    seen: list[int] = []

    def interrupt(_file: str, lines: int) -> None:
        seen.append(lines)
        if lines == 10 and len(seen) == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dumps.add([path], progress=interrupt)
    (rest,) = dumps.add([path], progress=interrupt)
    assert seen == [10, 20, 26]
    assert (rest.lines, rest.places) == (26, 16)


def test_names_with_languages(home: Path) -> None:
    names = home / "alternateNamesV2.txt"
    names.write_text(
        f"1\t{TIMBUKTU}\tfr\tLa Mystérieuse\t\t\t1\t\n2\t{TIMBUKTU}\tlink\thttps://example.org\t\t\t\t\n"
        f"3\t{TIMBUKTU}\t\tVille d'avant\t\t\t\t1\n4\t999999999\ten\tNowhere Known\t\t\t\t\n",
        encoding="utf-8",
    )
    dumps.add([names])
    with Gazetteer.open() as places:
        (nickname,) = places.candidates("La Mystérieuse")
        assert (nickname.kind, nickname.language, nickname.match) == ("colloquial", "fr", "exact")
        assert places.candidates("Ville d'avant")[0].kind == "historic"
        assert places.candidates("Nowhere Known") == ()


@pytest.mark.parametrize(
    ("content", "line"),
    [("1\tonly two\n", 1), (f"{row(900000001, 'Good')}\n{row(900000002, 'Bad', lat=120.0)}\n", 2), ("<html>\n", 1)],
)
def test_a_file_that_is_no_dump_is_named_with_its_line(home: Path, content: str, line: int) -> None:
    path = home / "ML.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(OwnNamesError, match=rf"ML\.txt:{line}: "):
        dumps.add([path])


def test_a_broken_archive_is_refused(home: Path) -> None:
    path = home / "ML.zip"
    path.write_bytes(b"PK\x03\x04 cut")
    with pytest.raises(OwnNamesError, match="not a GeoNames dump"):
        dumps.add([path])


def test_an_archive_whose_directory_points_before_its_start_is_refused_by_name(home: Path) -> None:
    path = write_zip(home, "ML", [row(900000001, "Testville")])
    data = bytearray(path.read_bytes())
    start = int.from_bytes(data[-6:-2], "little")
    data[-6:-2] = (start + 100).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(OwnNamesError, match=r"ML\.zip: not a GeoNames dump"):
        dumps.add([path])


@pytest.mark.skipif(not (SHARED / "ML.zip").exists(), reason="needs real GeoNames dumps in ../shared/geonames")
def test_a_real_dump_of_mali(home: Path) -> None:
    with Gazetteer.open() as before:
        embedded = sum(count for code, count in _populated(before).items() if code == "ML")
    (added,) = dumps.add([SHARED / "ML.zip"])
    assert added.places > 20_000
    assert embedded < 200
    with Gazetteer.open() as after:
        tinzaouaten = after.candidates("Ti-n-Zaouâtene", country="ML") or after.candidates("Tinzaouaten", country="ML")
        assert tinzaouaten[0].place.country_code == "ML"
        assert after.candidates("Timbuktu")[0].place.id == f"geonames:{TIMBUKTU}"


def _populated(places: Gazetteer) -> dict[str, int]:
    from gazetteer import info

    found: dict[str, int] = info()["populated_places"]
    return found
