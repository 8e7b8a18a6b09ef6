"""The tables of GDELT's and ACLED's shape: their columns, one row per merged event, no coordinates for an area."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from mapper import export
from mapper.export import acled, gdelt
from mapper.model import Analysis
from tests.export.hostile import corpus, footprint
from tests.samples import MALI, analysis, location


def told_twice() -> list[Analysis]:
    first = analysis("a.txt")
    event = replace(first.events[0], cluster=first.events[0].id)
    background = replace(event, id="f" * 16, status="background", location=None, confidence=0.9)
    second = analysis("b.txt", source="Other Paper", url="https://example.org/b")
    return [replace(second, events=(background,)), replace(first, events=(event,))]


def rows(path: Path, analyses: list[Analysis]) -> list[dict[str, str]]:
    export.write(path, analyses, footprint=footprint)
    with path.open(encoding="utf-8", newline="") as file:
        if path.suffix == ".csv":
            return list(csv.DictReader(file, strict=True))
        lines = [line.split("\t") for line in file.read().split("\n")[:-1]]
    return [dict(zip(gdelt.COLUMNS, line, strict=True)) for line in lines]


def test_gdelt_has_61_columns_first_and_counts_tellings(tmp_path: Path) -> None:
    assert len(gdelt.GDELT_COLUMNS) == 61
    (row,) = rows(tmp_path / "e.gdelt.tsv", told_twice())
    assert (row["NumMentions"], row["NumSources"], row["NumArticles"]) == ("2", "2", "2")
    assert (row["SQLDATE"], row["MonthYear"], row["Year"], row["FractionDate"]) == (
        "20140403", "201404", "2014", "2014.2548",
    )  # fmt: skip
    assert (row["EventRootCode"], row["QuadClass"], row["Status"]) == ("04", "1", "reported")
    assert (row["ActionGeo_Type"], row["ActionGeo_Lat"], row["ActionGeo_Long"]) == ("4", "16.27", "-0.04")
    assert (row["Actor1Name"], row["Actor1CountryCode"], row["Actor1ISO2"]) == ("Mali's minister", "", "ML")
    assert row["Sources"] == "Other Paper; Example Wire"


def test_acled_speaks_with_the_telling_that_knows_most(tmp_path: Path) -> None:
    (row,) = rows(tmp_path / "e.acled.csv", told_twice())
    assert tuple(row)[: len(acled.ACLED_COLUMNS)] == acled.ACLED_COLUMNS
    assert (row["event_date"], row["year"], row["time_precision"]) == ("2014-04-03", "2014", "1")
    assert (row["location"], row["latitude"], row["longitude"], row["geo_precision"]) == ("Gao", "16.27", "-0.04", "1")
    assert (row["source"], row["num_sources"]) == ("Other Paper; Example Wire", "2")
    assert row["fatalities"] == ""
    assert "met elders in Gao" in row["notes"]


def test_an_area_and_the_unplaced_have_no_coordinates(tmp_path: Path) -> None:
    one = analysis()
    area = replace(one, events=(replace(one.events[0], location=location(MALI)),))
    nowhere = replace(one, events=(replace(one.events[0], id="0" * 16, location=None, date=None),))
    for row in rows(tmp_path / "e.acled.csv", [area, nowhere]):
        assert (row["latitude"], row["longitude"]) == ("", "")
    first, second = rows(tmp_path / "e.gdelt.tsv", [area, nowhere])
    assert (first["ActionGeo_Type"], first["ActionGeo_Lat"], first["ActionGeo_FullName"]) == ("1", "", "Mali")
    assert (second["ActionGeo_Type"], second["SQLDATE"]) == ("", "")


def test_hostile_text_breaks_no_row(tmp_path: Path) -> None:
    analyses = corpus()
    clusters = {event.cluster or event.id for a in analyses for event in a.events}
    assert len(rows(tmp_path / "e.gdelt.tsv", analyses)) == len(clusters)
    found = rows(tmp_path / "e.acled.csv", analyses)
    assert {row["event_id_cnty"] for row in found} == clusters
    assert not any(cell.startswith(("=", "+", "@")) for row in found for cell in row.values())


def test_an_early_year_has_four_digits(tmp_path: Path) -> None:
    one = analysis()
    assert one.events[0].date
    early = replace(one.events[0], date=replace(one.events[0].date, start="0476-09-04", end="0476-09-04"))
    (row,) = rows(tmp_path / "e.gdelt.tsv", [replace(one, events=(early,))])
    assert (row["SQLDATE"], row["MonthYear"], row["Year"]) == ("04760904", "047609", "0476")
