"""Second-level divisions put where their seats are."""

from __future__ import annotations

import pytest
from shapely.geometry import box

from gazetteer import Gazetteer, name_key
from gazetteer.builder.records import Name, Record
from gazetteer.builder.seats import bare, place_at_seats


def place(name: str, lat: float, lon: float, *, admin1: str | None = "region", people: int = 0) -> Record:
    return Record(
        id=f"place:{name}-{lat}", name=name, lat=lat, lon=lon, country="ML", feature_class="P", feature_code="PPL",
        source="cities", admin1=admin1, population=people,
    )  # fmt: skip


def unit(name: str, *aliases: str) -> Record:
    return Record(
        id=f"unit:{name}", name=name, lat=0.0, lon=0.0, country="ML", feature_class="A", feature_code="ADM2",
        source="divisions", admin1="region", approximate=True, names=[Name(alias) for alias in aliases],
    )  # fmt: skip


@pytest.fixture
def above() -> dict[str, Record]:
    region = Record(
        id="region", name="Gao", lat=16.0, lon=0.0, country="ML", feature_class="A", feature_code="ADM1",
        source="divisions", geometry=box(-2, 15, 2, 18),
    )  # fmt: skip
    return {"region": region}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Cercle de Bourem", "bourem"),
        ("Cercle d’Abeïbara", "abeibara"),
        ("Gourma-Rharous Cercle", "gourma rharous"),
        ("Département de Tchirozérine", "tchirozerine"),
        ("Al-Hawijah District", name_key("Al Hawijah")),
        ("Daïra d'El Oued", name_key("El Oued")),
        ("District", ""),
    ],
)
def test_the_words_for_what_a_unit_is_are_left_out(name: str, key: str) -> None:
    assert bare(name) == key


def test_a_unit_stands_at_the_place_of_its_name_in_the_unit_above(above: dict[str, Record]) -> None:
    bourem = unit("Cercle de Bourem")
    seat, far = place("Bourem", 16.95, -0.35, people=27_000), place("Bourem", 11.0, -7.0, admin1=None, people=90_000)
    assert place_at_seats([bourem], [far, seat], above) == [bourem.id]
    assert (bourem.lat, bourem.lon, bourem.approximate) == (16.95, -0.35, True)
    assert seat.admin2 == bourem.id
    assert far.admin2 is None


@pytest.mark.parametrize(("lat", "lon", "moves"), [(17.5, 1.5, False), (10.4, -7.2, True), (16.8, -0.3, True)])
def test_a_unit_among_its_own_places_moves_to_no_namesake_far_off(
    above: dict[str, Record], lat: float, lon: float, moves: bool
) -> None:
    """It stays among them, unless they stand outside the unit above (a mistake) or the namesake is near."""
    jackson, namesake, own = unit("Jackson County"), place("Jackson", 16.95, -0.35), place("Elsewhere", lat, lon)
    jackson.lat, jackson.lon, own.admin2 = lat, lon, jackson.id
    place_at_seats([jackson], [namesake, own], above)
    assert (jackson.lat, jackson.lon) == ((16.95, -0.35) if moves else (lat, lon))


def test_its_own_name_goes_before_its_other_names(above: dict[str, Record]) -> None:
    ansongo = unit("Ansongo Cercle", "Gao")
    place_at_seats([ansongo], [place("Gao", 16.3, 0.0, people=90_000), place("Ansongo", 15.7, 0.5)], above)
    assert (ansongo.lat, ansongo.lon) == (15.7, 0.5)


def test_a_unit_without_such_a_place_stays(above: dict[str, Record]) -> None:
    lonely = unit("Cercle de Nowhere")
    other = place("Elsewhere", 16.0, 0.0)
    other_region = place("Nowhere", 16.0, 0.0, admin1="another")
    assert place_at_seats([lonely], [other, other_region], above) == []
    assert (lonely.lat, lonely.lon) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("name", "country", "seat"),
    [
        ("Cercle de Bourem", "ML", "Bourem"),
        ("Ansongo Cercle", "ML", "Ansongo"),
        ("Bandiagara Cercle", "ML", "Bandiagara"),
        ("Cercle de Tessalit", "ML", "Tessalit"),
    ],
)
def test_cercles_of_mali_are_where_their_seats_are(places: Gazetteer, name: str, country: str, seat: str) -> None:
    (found,) = [one.place for one in places.candidates(name, country=country) if one.place.feature_code == "ADM2"]
    town = next(one.place for one in places.candidates(seat, country=country) if one.place.feature_class == "P")
    assert (found.lat, found.lon) == pytest.approx((town.lat, town.lon), abs=0.01)
    assert found.approximate
