"""First-level divisions as they are now: their outlines hold their own places, whatever codes were used before."""

from __future__ import annotations

import pytest
import shapely

from gazetteer import Gazetteer
from gazetteer.builder.divisions import _is_stale
from gazetteer.builder.records import Record


def town(lat: float, lon: float) -> Record:
    return Record(
        id=f"{lat} {lon}",
        name="Town",
        lat=lat,
        lon=lon,
        country="MA",
        feature_class="P",
        feature_code="PPL",
        source="t",
    )


@pytest.mark.parametrize(
    ("towns", "stale"),
    [
        ([(0.5, 0.5), (0.6, 0.6), (5.0, 5.0)], False),
        ([(0.5, 0.5), (5.0, 5.0), (5.1, 5.0)], True),
        ([(1.1, 0.5), (1.1, 0.6), (1.1, 0.7)], False),  # on a simplified border
        ([(5.0, 5.0), (5.1, 5.0)], False),  # too few to say
    ],
)
def test_an_outline_that_holds_the_places_of_others_is_stale(towns: list[tuple[float, float]], stale: bool) -> None:
    assert _is_stale(shapely.box(0, 0, 1, 1), [town(*at) for at in towns]) is stale
    assert not _is_stale(None, [town(*at) for at in towns])


@pytest.mark.parametrize(
    ("city", "country", "division"),
    [
        ("Marrakesh", "MA", "Marrakech-Safi"),
        ("Casablanca", "MA", "Casablanca-Settat"),
        ("Oujda", "MA", "L'Oriental"),
        ("Agadir", "MA", "Souss-Massa"),
        ("Fes", "MA", "Fès-Meknès"),
        ("Davao", "PH", "Davao"),
        ("Béchar", "DZ", "Béchar"),
        ("Ménaka", "ML", "Ménaka"),
    ],
)
def test_a_city_lies_in_the_outline_of_its_division(places: Gazetteer, city: str, country: str, division: str) -> None:
    (place, *_) = (c.place for c in places.candidates(city, country=country) if c.place.feature_class == "P")
    above = [p.name for p in places.parents(place.id) if p.feature_code == "ADM1"]
    around = [p.name for p in places.at(lat=place.lat, lon=place.lon) if p.feature_code == "ADM1"]
    assert above == around == [division]
