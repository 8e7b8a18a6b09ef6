"""Places and townships of the United States from the Census Bureau's files."""

from __future__ import annotations

import gzip
import math

import pytest

from gazetteer import Gazetteer
from gazetteer.builder.census import build, entries
from gazetteer.builder.divisions import Division
from gazetteer.builder.postal import Nearby
from gazetteer.builder.records import Record

_ROWS = {
    "2702747932": ("Oakport township, MN", 46.94, -96.73),
    "2700990171": ("Somewhere CCD, MN", 46.9, -96.7),
    "2312345678": ("Acton town, ME", 43.53, -70.91),
    "2300100": ("Abanda CDP, ME", 44.0, -70.0),
    "2300200": ("Portland city, ME", 43.66, -70.26),
    "23005": ("Cumberland County, ME", 43.8, -70.3),
    "2300598765": ("District 3, ME", 43.8, -70.3),
    "7200300": ("Yeguada comunidad, PR", 18.3, -66.4),
}


class _Package:
    def read(self, member: str) -> bytes:
        assert member.endswith("places.gz")
        rows = [
            f"[fips{code}]\ncentroid = ({math.radians(lat):.7f}, {math.radians(lon):.7f})\n"
            f"description = {name}\nstation = ('kxyz', 0.001)\n"
            for code, (name, lat, lon) in _ROWS.items()
        ]
        return gzip.compress(("# comment\n\n" + "\n".join(rows)).encode())


def division(name: str, code: str) -> Division:
    return Division(
        row=1, id=name, name=name, iso="", code=code, country="US", level=code.count("."), parent=None, aliases=()
    )


@pytest.fixture
def built() -> dict[str, Record]:
    known = Record(
        id="geonames:1", name="Portland", lat=43.66, lon=-70.25, country="US", feature_class="P", feature_code="PPLA2",
        source="cities",
    )  # fmt: skip
    units = [division("maine", "US.ME"), division("minnesota", "US.MN"), division("clay", "US.MN.027")]
    rows = list(entries({"census": _Package()}))  # type: ignore[arg-type]
    assert len(rows) == len(_ROWS)
    return {record.id: record for record in build(rows, units, Nearby([known]))}


def test_places_towns_and_townships_are_taken_and_nothing_else(built: dict[str, Record]) -> None:
    assert sorted((record.name, f"{record.feature_class}.{record.feature_code}") for record in built.values()) == [
        ("Abanda", "P.PPL"),
        ("Acton", "P.PPL"),
        ("Oakport Township", "A.ADM3"),
        ("Yeguada", "P.PPL"),
    ]


def test_a_township_is_an_area_in_its_county_whose_point_stands_in(built: dict[str, Record]) -> None:
    township = built["census:2702747932"]
    assert (township.admin1, township.admin2, township.approximate) == ("minnesota", "clay", True)
    assert (township.lat, township.lon) == pytest.approx((46.94, -96.73), abs=1e-3)
    assert {name.text for name in township.names} == {"Township of Oakport", "Oakport Twp"}


def test_puerto_rico_has_its_own_code(built: dict[str, Record]) -> None:
    assert built["census:7200300"].country == "PR"


def test_they_can_be_looked_up(places: Gazetteer) -> None:
    (township,) = [one.place for one in places.candidates("Oakport Township", country="US")]
    assert (township.feature_code, township.footprint) == ("ADM3", "area")
    assert [parent.name for parent in places.parents(township.id)][:3] == ["Clay County", "Minnesota", "United States"]
