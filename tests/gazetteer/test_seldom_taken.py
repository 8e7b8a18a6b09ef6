"""Ways through the gazetteer that few questions take."""

from __future__ import annotations

import sqlite3
import urllib.error
from email.message import Message
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from geopy.location import Location

from gazetteer import DataError, Gazetteer, after_comma, geocoder, shown
from gazetteer.areas import Areas
from gazetteer.download import DownloadError, download
from gazetteer.errors import UnknownPlaceError
from gazetteer.geocoder import OfflineGeocoder
from gazetteer.layer import Layer
from gazetteer.names import name_key
from gazetteer.regions import RegionError, _definition
from tests.gazetteer.test_download import Server, dump


class Few:
    """A gazetteer of a handful of places under one name, and of no country."""

    def __init__(self, *places: Any) -> None:
        self.places = places

    def candidates(self, _name: str, **_: object) -> tuple[Any, ...]:
        return tuple(SimpleNamespace(place=place, kind="name") for place in self.places)

    def country(self, code: str) -> Any:
        raise UnknownPlaceError(code)


def place(identifier: str, code: str, **changes: Any) -> Any:
    values = {
        "id": identifier,
        "feature_code": code,
        "country_code": "US",
        "feature_class": code[0],
        "footprint": "area",
    }
    return SimpleNamespace(**(values | changes))


def test_a_states_code_is_the_state_and_no_namesake() -> None:
    city, state = place("1", "PPL"), place("2", "ADM1")
    few: Any = Few(city, state)
    assert list(after_comma.holders(few, "NY")) == [state]
    nothing: Any = Few(city)
    assert list(after_comma.holders(nothing, "NY")) == []
    assert list(after_comma.holders(few, "ny")) == list(after_comma.holders(few, "Q")) == []


def test_a_place_does_not_lie_in_itself_after_a_comma() -> None:
    few: Any = Few(place("1", "PCLI"))
    assert after_comma.narrowed(few, "Gao, Gao") == []


def test_two_places_make_no_neighbourhood() -> None:
    def hull(*rows: tuple[int, int]) -> Any:
        layer = SimpleNamespace(members=lambda *_: list(rows))
        held: Any = SimpleNamespace(_layers=[layer], shape=lambda _: None)
        return Areas.hull(held, 1, "ML", None)

    assert hull((0, 0), (0, 100_000)) is None
    assert hull((0, 0), (0, 100_000), (100_000, 0)).area > 0


def test_what_a_fallback_answers_is_remembered_up_to_a_number(
    places: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, Any]] = []

    class Online:
        def geocode(self, query: str, **options: Any) -> list[Location]:
            asked.append((query, options.get("timeout")))
            return [Location(query, (1.0, 2.0), {})]

    monkeypatch.setattr(geocoder, "_REMEMBERED", 1)
    found = OfflineGeocoder(places, fallback=Online(), fallback_delay=0)
    with pytest.warns(UserWarning, match="Online"):
        found.geocode("Xyzzyville", timeout=3)
    found.geocode("Xyzzyville")
    found.geocode("Xyzzytown")
    found.geocode("Xyzzyville")
    assert asked == [("Xyzzyville", 3), ("Xyzzytown", None), ("Xyzzyville", None)]


@pytest.mark.parametrize(("status", "fault"), [(404, "404"), (416, "it is fetched anew when asked for again")])
def test_a_server_that_refuses_is_told(status: int, fault: str, tmp_path: Path) -> None:
    def refuse(request: Any) -> Any:
        raise urllib.error.HTTPError(request.full_url, status, f"refused ({status})", Message(), None)

    (tmp_path / "ML.zip.part").write_bytes(b"half")
    with pytest.raises(DownloadError, match=fault):
        download(["ML"], tmp_path, warn=str, opener=refuse)
    assert (tmp_path / "ML.zip.part").exists() is (status == 404)


def test_a_download_that_was_whole_already_gets_its_name(tmp_path: Path) -> None:
    def nothing_left(request: Any) -> Any:
        raise urllib.error.HTTPError(request.full_url, 416, "range not satisfiable", Message(), None)

    (tmp_path / "ML.zip.part").write_bytes(dump("ML"))
    (file,) = download(["ML"], tmp_path, warn=str, opener=nothing_left)
    assert file.read_bytes() == dump("ML")
    assert download(["ML"], tmp_path, warn=str, opener=Server({})) == [file]


def test_tables_of_another_version_are_refused(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "places.sqlite")
    database.executescript(
        "CREATE TABLE meta (key, value); INSERT INTO meta VALUES ('schema', '0');"
        "CREATE TABLE code (number, class, code); CREATE TABLE source (number, name);"
    )
    database.close()
    with pytest.raises(DataError, match="tables of version 0, this program reads"):
        Layer(tmp_path / "places.sqlite", immutable=False)


def test_own_places_of_one_name_have_ids_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPPER_DATA", str(tmp_path))
    rows = "name,lat,lon\nCamp Alpha,16,0\nCamp Alpha,17,0\ncamp alpha,18,0\n"
    (tmp_path / "names.csv").write_text(rows, encoding="utf-8")
    with Gazetteer.open() as found:
        ids = {c.place.id: c.place.lat for c in found.candidates("Camp Alpha")}
    assert ids == {"user:camp-alpha": 16.0, "user:camp-alpha-2": 17.0, "user:camp-alpha-3": 18.0}


def test_a_region_with_a_key_that_none_has_is_refused() -> None:
    with pytest.raises(RegionError, match="unknown key: colour"):
        _definition({"slug": "x", "colour": "red"})


def test_disputed_areas_by_their_ids() -> None:
    layer: Any = SimpleNamespace(number={"own:x": 7}.get)
    assert shown._number(layer, "geonames:12") == 12
    assert shown._number(layer, "own:x") == 7
    assert shown._number(layer, "own:y") is None
    with pytest.raises(DataError, match="'nothing' is no id"):
        shown._number(layer, "nothing")


def test_a_gazetteer_without_the_disputed_areas_shows_every_place_as_it_is() -> None:
    layer: Any = SimpleNamespace(boxes=list, number=lambda _: None, place=lambda _: None)
    areas: Any = None
    countries = shown.ShownCountries(layer, areas, "un")
    assert countries.country("RU", 45.0, 34.0) == "RU"


@pytest.mark.parametrize("name", ["The The Gao", "Saint Saint Louis", "D'D'Arc", "Al-Al Qa'im", "ﬁﬁ"])
def test_a_key_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)
