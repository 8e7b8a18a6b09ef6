"""Every record of the embedded data is sane, and the README and manifest say what is in it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
import shapely

from gazetteer import Gazetteer, info, name_key, schema, storage
from gazetteer.builder import readme
from gazetteer.builder.fetch import sources
from gazetteer.layer import Layer
from tests.gazetteer import outside

STEP = schema.COORDINATE_STEPS


@pytest.fixture(scope="module")
def layer() -> Iterator[Layer]:
    opened = Layer(storage.database(), immutable=True)
    yield opened
    opened.close()


def test_readme_says_what_is_in_the_data() -> None:
    text = Path(str(files("gazetteer").joinpath("README.md"))).read_text(encoding="utf-8")
    written = text.partition(readme.BEGIN)[2].partition(readme.END)[0]
    assert written.strip() == readme.tables(info()).strip()


def test_manifest_says_what_is_in_the_database(layer: Layer) -> None:
    manifest = info()
    counted = {
        table: layer.database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("place", "name")
    }
    assert manifest["counts"]["places"] == counted["place"]
    assert manifest["counts"]["names"] == counted["name"]
    assert sum(manifest["feature_codes"].values()) == counted["place"]
    assert sum(manifest["names_by_script"].values()) == counted["name"]
    assert {row["package"]: row["sha256"] for row in manifest["sources"]} == {
        source.package: source.sha256 for source in sources().values()
    }


def test_packed_database_is_the_one_the_manifest_names() -> None:
    entry = info()["database"]
    packed = files("gazetteer").joinpath("data", entry["file"]).read_bytes()
    assert (len(packed), hashlib.sha256(packed).hexdigest()) == (entry["bytes"], entry["sha256"])


def test_size_stays_within_bounds() -> None:
    folder = Path(str(files("gazetteer").joinpath("data")))
    assert sum(path.stat().st_size for path in folder.iterdir()) < 45_000_000
    assert info()["database"]["unpacked_bytes"] < 125_000_000


def test_points_are_on_earth_and_not_at_zero(layer: Layer) -> None:
    query = "SELECT count(*) FROM place WHERE abs(lat) > ? OR abs(lon) > ? OR (lat = 0 AND lon = 0)"
    assert layer.database.execute(query, (90 * STEP, 180 * STEP)).fetchone() == (0,)


def test_no_name_is_empty(layer: Layer) -> None:
    assert layer.database.execute("SELECT count(*) FROM place WHERE trim(name) = ''").fetchone() == (0,)
    assert layer.database.execute("SELECT count(*) FROM name WHERE trim(key) = ''").fetchone() == (0,)


def test_names_are_filed_under_their_key(layer: Layer) -> None:
    """Every name of every place; an abbreviation may be written in several ways."""
    query = "SELECT n.key, n.text, p.name FROM name n JOIN place p ON p.number = n.place"
    wrong = [
        (key, text)
        for key, text, primary in layer.database.execute(query)
        if any(
            name_key(spelled) != key
            for spelled in (primary if text is None else text or key.title()).split(schema.SPELLINGS)
        )
    ]
    assert wrong == []


def test_every_place_has_a_name_and_every_name_a_place(layer: Layer) -> None:
    unnamed = "SELECT count(*) FROM place WHERE number NOT IN (SELECT place FROM name)"
    orphaned = "SELECT count(*) FROM name WHERE place NOT IN (SELECT number FROM place)"
    assert layer.database.execute(unnamed).fetchone() == (0,)
    assert layer.database.execute(orphaned).fetchone() == (0,)


@pytest.mark.parametrize(("column", "code"), [("admin1", "ADM1"), ("admin2", "ADM2")])
def test_parents_exist_and_are_what_they_should_be(layer: Layer, column: str, code: str) -> None:
    query = (
        f"SELECT count(*) FROM place p LEFT JOIN place u ON u.number = p.{column} LEFT JOIN code c ON c.number = u.code"
        f" WHERE p.{column} IS NOT NULL AND (c.code IS NOT ? OR u.country IS NOT p.country)"
    )
    assert layer.database.execute(query, (code,)).fetchone() == (0,)


def test_second_level_units_lie_in_the_first_level_unit_of_their_places_but_for_three_reforms(layer: Layer) -> None:
    """Places have moved to a new province that their unit of the second level has not in the source's tables."""
    query = (
        "SELECT p.country, count(*) FROM place p JOIN place u ON u.number = p.admin2"
        " WHERE u.admin1 IS NOT p.admin1 GROUP BY 1 ORDER BY 1"
    )
    found = dict(layer.database.execute(query).fetchall())
    assert set(found) <= {"DZ", "MA", "PH"}
    assert sum(found.values()) < 200


def test_places_lie_in_or_by_their_first_level_unit(layer: Layer) -> None:
    """All but 3 in 1,000 lie within half a degree of it: provinces redrawn since, or mistakes of the source."""
    query = (
        "SELECT p.admin1, p.lat, p.lon FROM place p JOIN place u ON u.number = p.admin1 WHERE u.approximate = 0"
        " ORDER BY p.admin1"
    )
    members: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for unit, lat, lon in layer.database.execute(query):
        members[unit].append((lon / STEP, lat / STEP))
    asked, far = 0, 0
    for unit, spots in members.items():
        shape = layer.shape(unit)
        if shape is None:
            continue
        shapely.prepare(shape)
        points = shapely.points(spots)
        asked += len(points)
        far += int((~shapely.dwithin(shape, points, 0.5)).sum())
    assert asked > 450_000
    assert far / asked < 0.003


def test_no_first_level_unit_has_the_outline_of_another(layer: Layer) -> None:
    """Most of the towns of each lie in it; a country that is divided anew keeps old codes for other areas. Pohnpei and
    Chuuk are atolls smaller than the outlines can show."""
    query = (
        "SELECT p.admin1, p.lat, p.lon FROM place p JOIN place u ON u.number = p.admin1"
        " JOIN code c ON c.number = p.code WHERE c.class = 'P'"
    )
    members: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for unit, lat, lon in layer.database.execute(query):
        members[unit].append((lon / STEP, lat / STEP))
    wrong = []
    for unit, spots in members.items():
        shape = layer.shape(unit)
        if shape is not None and len(spots) >= 3:
            inside = shapely.contains_xy(shape.buffer(0.15), spots)
            if inside.mean() < 0.4:
                wrong.append(unit)
    assert sorted(wrong) == [2081175, 2082282]


def test_countries_of_places_exist(layer: Layer) -> None:
    query = "SELECT DISTINCT country FROM place WHERE country IS NOT NULL AND country NOT IN (SELECT code FROM country)"
    assert layer.database.execute(query).fetchall() == []


def test_outlines_are_valid_and_keep_to_their_side_of_the_antimeridian(layer: Layer) -> None:
    faults = []
    for number, west, south, east, north in layer.boxes():
        shape = layer.shape(number)
        if shape is None or shape.is_empty or not shape.is_valid:
            faults.append((number, "invalid"))
            continue
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            faults.append((number, "box"))
        if np.abs(np.subtract(shape.bounds, (west, south, east, north))).max() > 0.001:
            faults.append((number, "bounds"))
        for part in shapely.get_parts(shape):
            left, _, right, top = part.bounds
            polar = part.bounds[1] < -60 or top > 66 or right - left == 360
            if right - left > 180 and not polar:
                faults.append((number, "spans half the globe"))
    # The world ocean's halves are one part from coast to coast.
    wide = {number for number, reason in faults if reason == "spans half the globe"}
    assert [fault for fault in faults if fault[0] not in wide] == []
    assert all(layer.codes[row.code][0] in "HL" for number in wide if (row := layer.place(number)) is not None)


def test_points_of_areas_are_inside_them(layer: Layer) -> None:
    outside = []
    for number, *_ in layer.boxes():
        row, shape = layer.place(number), layer.shape(number)
        assert row is not None
        assert shape is not None
        if schema.FOOTPRINTS[row.footprint] == "area":
            # The grid of the outlines is 11 m.
            near = shapely.dwithin(shape, shapely.Point(row.lon / STEP, row.lat / STEP), 0.001)
            if not near:
                outside.append((number, row.name))
    assert outside == []


def test_places_lie_in_their_country_or_are_listed_as_exceptions(layer: Layer) -> None:
    """``python -m tests.gazetteer.outside`` writes the list anew; what it adds is for looking at before it is kept."""
    found, listed = outside.outside(layer), outside.listed()
    assert sorted(set(found) - set(listed)) == []
    assert sorted(set(listed) - set(found)) == []
    for place_id, (name, country, km) in listed.items():
        assert found[place_id][:2] == (name, country)
        assert found[place_id][2] == pytest.approx(km, abs=0.5)


def test_exceptions_are_few_and_few_are_far() -> None:
    listed = outside.listed()
    assert len(listed) < 700
    assert sum(km > 100 for _, _, km in listed.values()) < 120


def test_every_country_has_an_outline(layer: Layer) -> None:
    query = "SELECT code FROM country WHERE place NOT IN (SELECT place FROM shape) ORDER BY code"
    assert layer.database.execute(query).fetchall() == []


def test_every_country_with_an_outline_has_a_capital_or_is_known_not_to(places: Gazetteer) -> None:
    without = [
        code
        for (code,) in places._main.database.execute("SELECT code FROM country WHERE capital IS NULL ORDER BY code")
    ]
    # No town of theirs is a seat in GeoNames' tables, or they are a town themselves.
    known_not_to = "AQ BV CX EH HM IO TK UM PN GS TF AN PS MO SG HK MC"
    assert set(without) <= set(known_not_to.split())
