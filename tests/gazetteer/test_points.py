"""Points kept by hand."""

from __future__ import annotations

import csv
import io
from importlib.resources import files

from gazetteer import Gazetteer
from gazetteer.builder import points
from gazetteer.builder.postal import Nearby
from gazetteer.builder.records import Record

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
