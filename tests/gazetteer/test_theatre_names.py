"""Names of the Sahel, the Maghreb and other theatres: each means the place it should, an area where it is one."""

from __future__ import annotations

import pytest
import shapely

from gazetteer import Gazetteer
from gazetteer.areas import distance_km

# name, country hint, id, a point (lat, lon) that everybody agrees is there, written down independently of the data
TOWNS = [
    ("Timbuktu", None, "geonames:2449067", 16.77, -3.01),
    ("Tombouctou", None, "geonames:2449067", 16.77, -3.01),
    ("تمبكتو", None, "geonames:2449067", 16.77, -3.01),
    ("Tamanrasset", None, "geonames:2478216", 22.79, 5.52),
    ("Kidal", None, "geonames:2455290", 18.44, 1.41),
    ("Gao", None, "geonames:2457163", 16.27, -0.04),
    ("Agadez", None, "geonames:2448085", 16.97, 7.99),
    ("Ghardaia", None, "geonames:2496049", 32.49, 3.67),
    ("In Amenas", None, None, 28.05, 9.57),
    ("Bamako", None, "geonames:2460596", 12.64, -8.00),
    ("Ménaka", None, "geonames:2453514", 15.92, 2.40),
    ("Derna", None, "geonames:87205", 32.77, 22.64),
    ("Sirte", None, "geonames:2210554", 31.21, 16.59),
    ("Tunis", None, "geonames:2464470", 36.81, 10.18),
    ("Carthage", "TN", "geonames:2468245", 36.86, 10.33),
    ("Rabat", None, "geonames:2538475", 34.02, -6.84),
]

# name, id, points in it and points not in it
AREAS = [
    ("Liptako-Gourma", "region:liptako-gourma", [(15.0, 1.0), (14.0, 0.0)], [(12.64, -8.0), (20.0, 1.0)]),
    ("Sahel", "region:sahel", [(15.0, 0.0), (13.5, 13.0), (14.5, -12.0)], [(24.0, 5.0), (8.0, 5.0)]),
    ("Maghreb", "region:maghreb", [(34.0, -6.8), (36.7, 3.0), (32.5, 13.2), (18.0, -12.0)], [(30.0, 31.2)]),
    ("Sahara", "region:sahara", [(24.0, 5.0), (23.0, 15.0), (21.0, 30.0)], [(36.7, 3.0), (12.0, 0.0)]),
    ("Azawad", "region:azawad", [(16.77, -3.01), (18.44, 1.41), (16.27, -0.04)], [(12.64, -8.0), (14.5, -4.1)]),
    ("Cabo Delgado", "geonames:1051823", [(-11.35, 40.3), (-12.9, 40.4)], [(-15.1, 39.2)]),
    ("Tigray", "geonames:444187", [(13.5, 39.47), (14.12, 38.72)], [(9.0, 38.7)]),
    ("Donbas", "region:donbas", [(48.0, 37.8), (48.57, 39.3)], [(50.45, 30.5), (47.84, 35.1)]),
    ("Rakhine", "geonames:1298852", [(20.3, 93.0)], [(16.8, 96.2)]),
    ("Gulf of Guinea", "ne:1159115791", [(2.0, 4.0)], [(6.5, 3.4), (20.0, -20.0)]),
    ("Lake Chad", "ne:lake-lake-chad", [(13.0, 14.4)], [(12.1, 15.0)]),
    ("Strait of Hormuz", "region:strait-of-hormuz", [(26.5, 56.5)], [(28.0, 51.0)]),
    ("Bab-el-Mandeb", "region:bab-el-mandeb", [(12.5, 43.35)], [(15.0, 42.0)]),
    ("Hoggar", "region:hoggar", [(23.28, 5.53)], [(28.0, 2.0)]),
    ("Adrar des Ifoghas", "region:adrar-des-ifoghas", [(19.5, 1.5)], [(16.3, 0.0)]),
]


@pytest.mark.parametrize(("name", "country", "expected", "lat", "lon"), TOWNS, ids=[row[0] for row in TOWNS])
def test_a_town_is_a_point_where_it_should_be(
    places: Gazetteer, name: str, country: str | None, expected: str | None, lat: float, lon: float
) -> None:
    best = places.candidates(name, country=country)[0].place
    assert expected in (None, best.id)
    assert (best.feature_class, best.footprint) == ("P", "point")
    assert distance_km(best.lat, best.lon, lat, lon) < 5


@pytest.mark.parametrize(("name", "expected", "inside", "outside"), AREAS, ids=[row[0] for row in AREAS])
def test_a_region_is_an_area_that_holds_what_it_should(
    places: Gazetteer,
    name: str,
    expected: str,
    inside: list[tuple[float, float]],
    outside: list[tuple[float, float]],
) -> None:
    best = places.candidates(name)[0].place
    assert (best.id, best.footprint) == (expected, "area")
    outline = places.footprint(best.id)
    assert outline.covers(shapely.Point(best.lon, best.lat))
    assert [point for point in inside if not outline.covers(shapely.Point(point[1], point[0]))] == []
    assert [point for point in outside if outline.covers(shapely.Point(point[1], point[0]))] == []


def test_the_niger_is_a_line_along_its_towns(places: Gazetteer) -> None:
    best = places.candidates("Niger River")[0].place
    assert (best.id, best.footprint) == ("ne:river-niger", "line")
    course = places.footprint(best.id)
    for lat, lon in ((12.64, -8.0), (16.27, -0.04), (13.51, 2.11), (7.8, 6.74)):  # Bamako, Gao, Niamey, Lokoja
        assert course.distance(shapely.Point(lon, lat)) < 0.3


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Moura", "ML", 14.33, -4.60),
        ("Boulikessi", "ML", 14.87, -1.25),
        ("Solhan", "BF", 13.38, 0.45),
        ("Chinégodar", "NE", 15.23, 3.00),
        ("Fassala", "MR", 15.56, -5.52),
        ("Abu Shouk camp", "SD", 13.66, 25.33),
        ("Bulo Burte", "SO", 3.85, 45.57),
        ("Shire", "ET", 14.10, 38.28),
        ("Far'a", "PS", 32.29, 35.35),
        ("Dahiyeh", "LB", 33.85, 35.50),
        ("Robotyne", "UA", 47.45, 35.83),
        ("Pibor", "SS", 6.80, 33.13),
    ],
)
def test_small_places_of_the_news_are_there(places: Gazetteer, name: str, country: str, lat: float, lon: float) -> None:
    points = [one.place for one in places.candidates(name, country=country) if one.place.footprint == "point"]
    assert min(distance_km(place.lat, place.lon, lat, lon) for place in points) < 15
