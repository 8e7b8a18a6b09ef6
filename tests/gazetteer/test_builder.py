"""The builder's own parts, on made-up records: no package is fetched."""

from __future__ import annotations

import io
import lzma
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
import shapely
from shapely.geometry import box

from gazetteer import Gazetteer, builder
from gazetteer.builder import basemap, basemap_inputs, claims, demonyms, division_forms, outlines, readme, transport
from gazetteer.builder.build import put_regions_first
from gazetteer.builder.fetch import Package, Source, SourceError, fetch, sources
from gazetteer.builder.records import Name, Record, Records
from gazetteer.builder.write import write
from gazetteer.noise import is_noise


def source(file: str, sha256: str = "0" * 64) -> Source:
    return Source(
        name="x", registry="pypi", package="x", version="1", file=file, bytes=1, sha256=sha256, credit="", licence="",
        date="", taken="",
    )  # fmt: skip


def record(number: int, name: str, **more: object) -> Record:
    values: dict[str, object] = {
        "id": f"geonames:{number}", "name": name, "lat": 1.0, "lon": 2.0, "country": "ML", "feature_class": "P",
        "feature_code": "PPL", "source": "test",
    }  # fmt: skip
    return Record(**{**values, **more})  # type: ignore[arg-type]


def test_every_source_is_pinned() -> None:
    for entry in sources().values():
        assert len(entry.sha256) == 64
        assert entry.version
        assert entry.licence
        assert entry.credit
        assert entry.version in entry.file


def test_a_file_with_other_bytes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.whl").write_bytes(b"something else")
    with pytest.raises(SourceError, match="SHA-256"):
        fetch(source("x.whl"), tmp_path)


def test_reads_wheels_tarballs_and_debian_packages(tmp_path: Path) -> None:
    content = "é".encode()
    with zipfile.ZipFile(tmp_path / "x.whl", "w") as wheel:
        wheel.writestr("a/b.txt", content)
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        entry = tarfile.TarInfo("./a/b.txt")
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))
    (tmp_path / "x.tgz").write_bytes(packed.getvalue())
    members = ((b"debian-binary", b"2.0\n"), (b"control.tar.xz", b"odd"), (b"data.tar.gz", packed.getvalue()))
    ar = b"!<arch>\n"
    for name, data in members:
        ar += (
            name.ljust(16) + b"0".ljust(12) + b"0".ljust(6) * 2 + b"100644".ljust(8) + str(len(data)).encode().ljust(10)
        )
        ar += b"`\n" + data + b"\n" * (len(data) % 2)
    (tmp_path / "x.deb").write_bytes(ar)
    for file in ("x.whl", "x.tgz", "x.deb"):
        package = Package(source(file), tmp_path / file)
        assert package.text("a/b.txt") == "é"
        with pytest.raises(SourceError, match="holds no"):
            package.read("a/c.txt")


def test_the_same_records_give_the_same_bytes_and_can_be_looked_up(tmp_path: Path) -> None:
    def build(path: Path) -> bytes:
        records = [
            record(1, "Testia", feature_class="A", feature_code="PCLI", geometry=box(0, 0, 4, 4), population=10),
            record(2, "Al Madina", country="DZ", names=[Name("المدينة", "alternate", "ar")], admin1="test:unit"),
            record(3, "Testian people", names=[Name("Testian", "demonym", "en"), Name("TST", "abbreviation")]),
            record(4, "Unit", id="test:unit", feature_class="A", feature_code="ADM1", country="DZ"),
        ]
        write(path, records, countries={"ML": ("MLI", "geonames:1", "geonames:3")}, held=[], meta={"schema": "1"})
        return path.read_bytes()

    first, second = tmp_path / "a.sqlite", tmp_path / "b.sqlite"
    assert build(first) == build(second)
    with Gazetteer.open(first) as places:
        assert places.candidates("testia")[0].place.id == "geonames:1"
        assert places.candidates("Madina")[0].place.name == "Al Madina"
        assert places.candidates("مدينة")[0].language == "ar"
        assert places.candidates("Testian")[0].kind == "demonym"
        assert places.candidates("T.S.T.")[0].kind == "abbreviation"
        assert places.candidates("tst") == ()
        assert places.place("geonames:2").admin1 == "test:unit"
        assert places.footprint("geonames:1").equals(box(0, 0, 4, 4))
        capital = places.capital("ML")
        assert capital is not None
        assert capital.id == "geonames:3"


def test_a_record_is_added_once() -> None:
    records = Records()
    records.add(record(1, "A"))
    with pytest.raises(ValueError, match="two records"):
        records.add(record(1, "B"))


@pytest.mark.parametrize(
    "noise", ["GAO", "KHUL", "tmbktw", "http://x.org/a", "12345", "Ab", "", "a/b", "1984 Camp 200"]
)
def test_noise(noise: str) -> None:
    assert is_noise(noise)


@pytest.mark.parametrize("name", ["Gao", "تمبكتو", "北京", "el-Aaiún", "S. João", "Deir ez-Zor"])
def test_names_that_stay(name: str) -> None:
    assert not is_noise(name)


def test_old_outlines_are_shared_out_between_new_units() -> None:
    def unit(name: str, geometry: shapely.Polygon | None) -> Record:
        return record(0, name, id=name, feature_class="A", feature_code="ADM1", geometry=geometry, lat=0.5, lon=0.5)

    units = {"old": unit("old", box(0, 0, 4, 2)), "new": unit("new", None), "far": unit("far", box(10, 0, 12, 2))}
    places = [
        record(1, "a", lat=1.0, lon=1.0, admin1="old"),
        record(2, "b", lat=1.0, lon=3.0, admin1="new"),
        # A place that its source has in a unit far away gets no part of this one.
        record(3, "c", lat=1.0, lon=2.0, admin1="far"),
    ]
    drawn = [("ML", box(0, 0, 4, 2)), ("ML", box(10, 0, 12, 2))]
    assert outlines.share_out(units, places, drawn) == ["new", "old"]
    new, old, far = (units[name].geometry for name in ("new", "old", "far"))
    assert new is not None
    assert old is not None
    assert far is not None
    assert (new.area, old.area, far.area) == (4, 4, 4)
    assert new.contains(shapely.Point(3, 1))
    assert shapely.intersects_xy(new, units["new"].lon, units["new"].lat)
    assert (units["new"].approximate, units["old"].approximate, units["far"].approximate) == (True, True, False)


@pytest.mark.parametrize(
    ("form", "language", "expected"),
    [
        ("Algerian", "en", ["Algerian", "Algerians"]),
        ("Chinese", "en", ["Chinese"]),
        ("algérien", "fr", ["algérien", "algérienne", "algériens", "algériennes"]),
        ("français", "fr", ["français", "française", "françaises"]),
        ("russe", "fr", ["russe", "russes"]),
        ("marroquí", "es", ["marroquí", "marroquíes", "marroquís"]),
        ("argelino", "es", ["argelino", "argelina", "argelinos", "argelinas"]),
        ("Algerier", "de", ["Algerier", "Algeriers", "Algeriern", "Algerierin", "Algerierinnen"]),
        ("francese", "it", ["francese", "francesi"]),
        ("جزائري", "ar", ["جزائري", "جزائرية", "جزائريون", "جزائريين", "جزائريات"]),
    ],
)
def test_forms_of_a_people(form: str, language: str, expected: list[str]) -> None:
    assert demonyms.forms(form, language) == expected


def test_looking_up_loads_no_builder() -> None:
    import subprocess

    code = (
        "import sys; from gazetteer import Gazetteer\n"
        "g = Gazetteer.open(); g.candidates('Gao'); g.at(lat=0, lon=10); g.parents('geonames:2457163')\n"
        "print([m for m in sys.modules if m.startswith('gazetteer.builder') or m == 'geopandas'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_rebuilding_makes_database_base_map_and_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def build(_cache: Path, out: Path, progress: object) -> dict[str, object]:
        done.append(f"database in {out.name}")
        out.mkdir()
        path = out / "places.sqlite"
        write(path, [record(1, "Gao")], countries={}, held=[], meta={"schema": "1"})
        (out / "places.sqlite.xz").write_bytes(lzma.compress(path.read_bytes()))
        return {"is": "the manifest", "database": {"file": "places.sqlite.xz"}}

    def claimed(places: Gazetteer) -> dict[str, str]:
        return {"is": f"lines of {places.candidates('Gao')[0].place.name}"}

    drawn = {"is": "the base map", "disputed": [7, 2]}
    monkeypatch.setattr(builder, "build", build)
    monkeypatch.setattr(basemap_inputs, "build", lambda _packages: drawn)
    monkeypatch.setattr(claims, "build", claimed)
    monkeypatch.setattr(claims, "along", lambda _basemap, _claims: [5, 2])
    for module in (basemap, claims):
        monkeypatch.setattr(module, "write", lambda data, path: done.append(f"{data['is']} in {path.name}"))
    monkeypatch.setattr(readme, "update", lambda path, manifest: done.append(f"{manifest['is']} in {path.name}"))
    builder.rebuild(tmp_path, tmp_path / "out", readme=tmp_path / "README.md")
    assert done == [
        "database in out",
        "lines of Gao in claims.json.gz",
        "the base map in basemap.json.gz",
        "the manifest in README.md",
    ]
    assert drawn["disputed"] == [2, 5, 7]


@pytest.mark.parametrize(
    ("primary", "told", "aliases", "english"),
    [
        ("Kharkivska oblast", ["Kharkiv"], ["Kharkiv Oblast", "Kharkov"], "Kharkiv Oblast"),
        ("Dimashq", ["Damascus"], ["Damascus Governorate"], "Damascus Governorate"),
        ("Avtonomna Respublika Krym", ["Crimea", "Autonomous Republic of Crimea"], [], "Autonomous Republic of Crimea"),
        # One source alone is not believed, nor two that speak of another unit.
        ("Hajdú-Bihar", ["Debrecen"], ["Hajdú-Bihar County"], None),
        ("Fès-Meknès", ["Taza-Al Hoceïma-Taounate"], ["Taza-Al Hoceïma-Taounate Region"], None),
        # A name that English uses too stays.
        ("Kano", ["Kano State"], ["Kano State"], None),
        ("Gao", [], ["Gao Region"], None),
    ],
)
def test_units_are_called_by_the_english_name_that_two_sources_have(
    primary: str, told: list[str], aliases: list[str], english: str | None
) -> None:
    assert division_forms.english_name(primary, told, aliases) == english


def test_units_get_the_words_that_news_put_behind_them() -> None:
    unit = record(1, "Idlib", country="SY", feature_code="ADM1", names=[Name("Idlib Governorate", "alternate", "en")])
    assert list(division_forms.forms(unit)) == ["Idlib Province", "Idlib Region"]
    state = record(2, "Oaxaca", country="MX", feature_code="ADM1")
    assert list(division_forms.forms(state)) == ["Oaxaca State"]


def test_every_spelling_of_an_abbreviation_counts_as_it_is_written(tmp_path: Path) -> None:
    names = [Name(text, "abbreviation") for text in ("Qld", "QLD", "Qld.", "TX")]
    path = tmp_path / "places.sqlite"
    write(path, [record(1, "Queensland", names=names)], countries={}, held=[], meta={"schema": "1"})
    with Gazetteer.open(path) as places:
        for written in ("Qld", "QLD", "Qld.", "TX"):
            (found,) = places.candidates(written)
            assert found.kind == "abbreviation"
        assert places.candidates("qld") == ()
        assert places.candidates("tx") == ()
        assert [name.name for name in places.names("geonames:1")] == ["QLD", "Queensland", "TX"]


def test_a_region_is_meant_by_its_own_name_before_who_has_it_as_an_alternate() -> None:
    records = Records()
    region = records.add(record(1, "Anatolia", id="region:anatolia", source="regions", prominence=6.1))
    records.add(record(2, "Antalya", feature_code="ADM1", feature_class="A", names=[Name("Anatolia")], prominence=7.0))
    quiet = records.add(record(3, "Sahel", id="region:sahel", source="regions", prominence=6.2))
    country = record(4, "Sahelia", feature_code="PCLI", feature_class="A", names=[Name("Sahel")], prominence=12.0)
    records.add(country)
    put_regions_first(records)
    assert region.prominence == pytest.approx(6.55)
    assert quiet.prominence == pytest.approx(6.2)


def test_airports_and_ports_are_where_their_country_is() -> None:
    outlines = {"US": box(-100, 30, -80, 45), "ML": box(-12, 10, 4, 25)} | dict.fromkeys(
        ("AS", "GU", "MP", "VI"), box(100, 0, 101, 1)
    )
    outlines["PR"] = box(-67, 17, -65, 19)
    island = record(1, "San Juan Airport", country="US", lat=18.0, lon=-66.0)
    inland = record(2, "Chicago Airport", country="US", lat=41.0, lon=-88.0)
    assert [one.country for one in transport.in_territories([island, inland], outlines)] == ["PR", "US"]
    by_the_coast = record(3, "Port of Here", lat=12.0, lon=-12.4)
    swapped = record(4, "Port of There", lat=-12.0, lon=12.0)
    unknown = record(5, "Port of Nowhere", country="XX", lat=80.0, lon=80.0)
    assert transport.plausible([by_the_coast, swapped, unknown], outlines) == [by_the_coast, unknown]
