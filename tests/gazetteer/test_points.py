"""Points kept by hand."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

import pytest

from gazetteer import Gazetteer, name_key
from gazetteer.areas import distance_km
from gazetteer.builder import points
from gazetteer.builder.postal import Nearby
from gazetteer.builder.records import Record

DUMPS = Path(__file__).parents[3] / "shared" / "geonames"
_WIDE = ("L.PRK", "T.ISL", "T.DSRT", "T.MTS", "V.FRST")


def _rows() -> list[dict[str, str]]:
    text = files("gazetteer.builder").joinpath("curated", "points.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def test_each_point_is_sane() -> None:
    rows = _rows()
    assert len(rows) >= 200
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert -90 <= float(row["lat"]) <= 90, row["id"]
        assert -180 <= float(row["lon"]) <= 180, row["id"]
        assert (float(row["lat"]), float(row["lon"])) != (0.0, 0.0), row["id"]
        # A park, an island or a desert is as far from its point as it is wide.
        assert 0 < float(row["accuracy_km"]) <= (120 if row["code"].startswith(_WIDE) else 15)
        assert row["code"][0] in "PSLTHRV", row["id"]
        assert row["code"][1] == ".", row["id"]


def test_points_lie_in_or_by_their_country(places: Gazetteer) -> None:
    """By it, since many are border crossings, islands and terminals, and outlines are simplified."""
    for row in _rows():
        outline = places.footprint(places.country(row["country"]).id)
        lat, lon = float(row["lat"]), float(row["lon"])
        near = {place.country_code for place in places.at(lat=lat, lon=lon)}
        if row["country"] in near or row["code"].startswith("H."):
            continue
        west, south, east, north = outline.bounds
        assert west - 0.2 <= lon <= east + 0.2, row["id"]
        assert south - 0.2 <= lat <= north + 0.2, row["id"]


def test_points_are_where_the_packages_have_a_place_of_the_name(places: Gazetteer) -> None:
    """Towns and sites, that is: a mountain or park is elsewhere than the town that bears its name."""
    far = []
    for row in _rows():
        if row["code"][0] not in "PS":
            continue
        others = [
            distance_km(float(row["lat"]), float(row["lon"]), one.place.lat, one.place.lon)
            for name in (row["name"], *row["names"].split("|"))
            for one in places.candidates(name, country=row["country"])
            if one.place.footprint == "point" and one.place.source not in ("hand", "regions")
        ]
        # Farther than 60 km it is a namesake.
        if others and 15 < min(others) < 60:
            far.append((row["id"], min(others)))
    assert far == []


@pytest.mark.skipif(not DUMPS.is_dir(), reason="needs GeoNames' country dumps, which the repository does not hold")
def test_points_are_where_geonames_has_a_place_of_the_name() -> None:
    known: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for archive in sorted(DUMPS.glob("??.zip")):
        with zipfile.ZipFile(archive) as packed, packed.open(f"{archive.stem}.txt") as raw:
            for line in io.TextIOWrapper(raw, encoding="utf-8"):
                row = line.rstrip("\n").split("\t")
                for name in {row[1], row[2], *row[3].split(",")} - {""}:
                    known[row[8], name_key(name)].append((float(row[4]), float(row[5])))
    countries = {country for country, _ in known}
    held, far = 0, []
    for row in _rows():
        if row["country"] not in countries:
            continue
        names = (row["name"], *row["names"].split("|"))
        spots = [spot for name in names for spot in known.get((row["country"], name_key(name)), ())]
        if spots:
            held += 1
            nearest = min(distance_km(float(row["lat"]), float(row["lon"]), *spot) for spot in spots)
            if nearest > 15:
                far.append((row["id"], round(nearest)))
    assert held > 150
    assert far == []


def test_a_settlement_already_known_gets_the_names_and_no_double() -> None:
    known = Record(
        id="geonames:1", name="In Amenas", lat=28.04, lon=9.56, country="DZ", feature_class="P", feature_code="PPL",
        source="cities",
    )  # fmt: skip
    built = points.build(Nearby([known]))
    assert "hand:in-amenas" not in {record.id for record in built}
    assert "عين أمناس" in {name.text for name in known.names}
    camp = next(record for record in built if record.id == "hand:camp-lemonnier")
    assert (camp.feature_class, camp.country, camp.approximate) == ("S", "DJ", False)
