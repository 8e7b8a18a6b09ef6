"""The geopy face of the gazetteer."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderQueryError, GeocoderUnavailable
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from gazetteer import Gazetteer
from gazetteer.geocoder import NamesLeaveTheMachineWarning, OfflineGeocoder


@pytest.fixture
def geocoder(places: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> Iterator[OfflineGeocoder]:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with OfflineGeocoder(places) as opened:
        yield opened


def test_it_is_a_geopy_geocoder(geocoder: OfflineGeocoder) -> None:
    assert isinstance(geocoder, Geocoder)
    with pytest.raises(GeocoderUnavailable):
        geocoder.adapter.get_json("https://example.org/", timeout=1, headers={})


def test_answers_are_in_geopy_order_and_carry_the_whole_record(geocoder: OfflineGeocoder) -> None:
    found = geocoder.geocode("Timbuktu")
    assert isinstance(found, Location)
    assert (found.latitude, found.longitude) == pytest.approx((16.77, -3.01), abs=0.05)
    assert found.address.startswith("Timbuktu, ")
    assert found.address.endswith(", Mali")
    assert found.raw["country_code"] == "ML"
    assert found.raw["feature_class"] == "P"
    assert found.raw["match"] == "exact"
    assert "region:sahel" in found.raw["parents"]


@pytest.mark.parametrize(
    ("query", "country", "address_has"),
    [
        ("Paris", "FR", "France"),
        ("Paris, Texas", "US", "Texas"),
        ("Paris, Tex.", "US", "Texas"),
        ("Carthage, Tunisia", "TN", "Tunis"),
        ("London, Ontario, Canada", "CA", "Ontario"),
        ("Gao, Mali", "ML", "Mali"),
        ("Tripoli, Lebanon", "LB", "Lebanon"),
        ("Homs, Levant", "SY", "Syria"),
        ("Erie, PA", "US", "Pennsylvania"),
        ("Gary, IN", "US", "Indiana"),
        ("Springfield, MO, USA", "US", "Missouri"),
        ("London, ON", "CA", "Ontario"),
        ("Gao, ML", "ML", "Mali"),
        ("Gao, MLI", "ML", "Mali"),
        ("تمبكتو", "ML", "Mali"),
    ],
)
def test_what_follows_a_comma_narrows_down(
    geocoder: OfflineGeocoder, query: str, country: str, address_has: str
) -> None:
    found = geocoder.geocode(query)
    assert found.raw["country_code"] == country
    assert address_has in found.address


@pytest.mark.parametrize(
    "query", ["", " , ", "Xyzzyville", "Paris, Mali", "Xyzzyville, France", "Gao, PA", "PA, Gao", "Erie, pa"]
)
def test_nothing_is_better_than_something_else(geocoder: OfflineGeocoder, query: str) -> None:
    assert geocoder.geocode(query) is None
    assert geocoder.geocode(query, exactly_one=False) is None


@pytest.mark.parametrize(
    ("people", "country"),
    [("Malian", "ML"), ("Malien", "ML"), ("Algerian", "DZ"), ("Nigérien", "NE"), ("مالي", "ML"), ("Ukrainian", "UA")],
)
def test_a_people_is_its_country_and_no_namesake(geocoder: OfflineGeocoder, people: str, country: str) -> None:
    found = geocoder.geocode(people)
    assert found.raw["country_code"] == country
    assert found.raw["feature_code"].startswith("PCL")


def test_a_place_that_is_also_a_people_stays_a_place(geocoder: OfflineGeocoder) -> None:
    for name in ("Paris", "Niger", "Chad"):
        assert geocoder.geocode(name).raw["kind"] != "demonym"


def test_a_region_is_answered_as_the_area_it_is(geocoder: OfflineGeocoder) -> None:
    found = geocoder.geocode("Sahel")
    assert found.raw["id"] == "region:sahel"
    assert found.raw["footprint"] == "area"


def test_country_codes_and_language(geocoder: OfflineGeocoder) -> None:
    assert geocoder.geocode("Tripoli").raw["country_code"] == "LY"
    assert geocoder.geocode("Tripoli", country_codes="lb").raw["country_code"] == "LB"
    assert geocoder.geocode("Tripoli", country_codes=["DE"]) is None
    assert geocoder.geocode("Mali", language="ar").address == "مالي"
    several = geocoder.geocode("Springfield", exactly_one=False)
    assert len(several) > 5
    assert {found.raw["country_code"] for found in geocoder.geocode("Springfield", exactly_one=False, country_codes="us")} == {"US"}  # fmt: skip  # noqa: E501


def test_a_query_that_is_not_text_is_refused(geocoder: OfflineGeocoder) -> None:
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode({"city": "Gao"})  # type: ignore[arg-type]


def test_reverse_tells_what_is_there(geocoder: OfflineGeocoder) -> None:
    found = geocoder.reverse((16.77, -3.01))
    assert found.raw["name"] == "Timbuktu"
    assert found.raw["distance_km"] < 3
    assert geocoder.reverse(Point(16.77, -3.01)).raw == found.raw
    assert geocoder.reverse("16.77, -3.01").raw == found.raw
    every = geocoder.reverse((16.77, -3.01), exactly_one=False)
    assert every[-1].raw["country_code"] == "ML"
    assert every[-1].raw["feature_code"].startswith("PCL")


def test_at_sea_the_sea_is_answered_and_not_a_far_town(geocoder: OfflineGeocoder) -> None:
    assert geocoder.reverse((34.5, 17.5)).raw["feature_class"] == "H"
    with pytest.raises(ValueError, match="finite"):
        geocoder.reverse((float("nan"), 0))


def test_with_a_rate_limiter(geocoder: OfflineGeocoder) -> None:
    limited = RateLimiter(geocoder.geocode, min_delay_seconds=0)
    assert [limited(name).raw["country_code"] for name in ("Bamako", "Niamey")] == ["ML", "NE"]


def test_in_geopandas(geocoder: OfflineGeocoder) -> None:
    geopandas = pytest.importorskip("geopandas")
    frame = geopandas.tools.geocode(["Timbuktu", "Xyzzyville"], provider=OfflineGeocoder)
    assert frame.crs.to_epsg() == 4326
    point = frame.geometry.iloc[0]
    assert (point.x, point.y) == pytest.approx((-3.01, 16.77), abs=0.05)
    assert frame.geometry.iloc[1].is_empty
    back = geopandas.tools.reverse_geocode([point], provider=OfflineGeocoder)
    assert back.address.iloc[0].startswith("Timbuktu")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("Red Sea", "SEA"),
        ("Nile", "STM"),
        ("Volga", "STM"),
        ("Ganges", "STM"),
        ("Danube", "STM"),
        ("Jordan", "PCLI"),
        ("Niger", "PCLI"),
        ("Colorado", "ADM1"),
        ("Orange, California", "PPLA2"),
    ],
)
def test_waters_come_before_what_is_named_after_them(geocoder: OfflineGeocoder, query: str, code: str) -> None:
    assert geocoder.geocode(query).raw["feature_code"] == code


class _Online:
    """Stands for an online geocoder."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def geocode(self, query: str, **_: Any) -> list[Location]:
        self.asked.append(query)
        return [Location(f"{query} (online)", (1.0, 2.0), {"source": "online"})] if "Xyzzy" in query else []


def test_a_fallback_is_asked_once_a_name_and_warns(places: Gazetteer) -> None:
    online = _Online()
    geocoder = OfflineGeocoder(places, fallback=online, fallback_delay=0)
    assert geocoder.geocode("Timbuktu").raw["country_code"] == "ML"
    assert online.asked == []
    with pytest.warns(NamesLeaveTheMachineWarning, match="_Online"):
        assert geocoder.geocode("Xyzzyville").address == "Xyzzyville (online)"
    assert geocoder.geocode("Xyzzyville").raw == {"source": "online"}
    assert geocoder.geocode("Qwfpgjluy") is None
    assert geocoder.geocode("Qwfpgjluy") is None
    assert online.asked == ["Xyzzyville", "Qwfpgjluy"]


class _Wire(BaseSyncAdapter):  # type: ignore[misc]  # geopy ships no types
    """geopy's transport, without a wire: notes what would be asked for, and answers like Nominatim."""

    asked: ClassVar[list[str]] = []

    def get_json(self, url: str, **_: Any) -> list[dict[str, str]]:
        self.asked.append(url)
        known = "Xyzzyville" in url
        return [{"lat": "1.5", "lon": "2.5", "display_name": "Xyzzyville, Nowhere"}] if known else []

    def get_text(self, url: str, **_: Any) -> str:
        raise AssertionError(url)


def test_a_real_online_geocoder_is_asked_for_what_is_missing_only(places: Gazetteer) -> None:
    _Wire.asked.clear()
    nominatim = Nominatim(user_agent="tests", adapter_factory=_Wire)
    geocoder = OfflineGeocoder(places, fallback=nominatim, fallback_delay=0)
    assert geocoder.geocode("Gao, Mali").raw["country_code"] == "ML"
    assert geocoder.geocode("Malian").raw["country_code"] == "ML"
    assert _Wire.asked == []
    with pytest.warns(NamesLeaveTheMachineWarning, match="Nominatim"):
        found = geocoder.geocode("Xyzzyville", country_codes="ML")
    assert (found.latitude, found.longitude, found.address) == (1.5, 2.5, "Xyzzyville, Nowhere")
    assert geocoder.geocode("Xyzzyville", country_codes="ML") == found
    assert len(_Wire.asked) == 1
    assert "Xyzzyville" in _Wire.asked[0]
    assert "Gao" not in _Wire.asked[0]


def test_a_fallback_is_not_asked_faster_than_allowed(places: Gazetteer) -> None:
    online = _Online()
    geocoder = OfflineGeocoder(places, fallback=online, fallback_delay=0.2)
    started = time.monotonic()
    with pytest.warns(NamesLeaveTheMachineWarning):
        geocoder.geocode("Xyzzy one")
    geocoder.geocode("Xyzzy two")
    geocoder.geocode("Xyzzy three")
    assert time.monotonic() - started >= 0.4
    assert len(online.asked) == 3


def test_a_gazetteer_handed_over_stays_open(places: Gazetteer) -> None:
    with OfflineGeocoder(places):
        pass
    assert places.candidates("Bamako")
