"""The filter: what each word asks for, and that every output then holds the same events."""

from __future__ import annotations

import csv
import json
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import assume, given
from hypothesis import strategies as st

from mapper.cli import main
from mapper.filters import Box, Filter
from mapper.model import Actor, EventDate, Location
from mapper.settled import Settled
from tests.fixtures import sahel
from tests.samples import GAO, MALI, location


def settled(where: Location | None = None, **changes: Any) -> Settled:
    plain = Settled(
        type="ASSAULT", mode=None, status="reported", location=where or location(GAO), confidence=0.6,
        date=EventDate(start="2014-04-03", end="2014-04-05", precision="range", basis="explicit"),
        actors=(Actor(start=0, end=3, text="Mali's army", role="actor"),),
    )  # fmt: skip
    return replace(plain, **changes)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({}, True),
        ({"types": ["assault", "PROTEST"]}, True),
        ({"types": ["PROTEST"]}, False),
        ({"countries": ["ml"]}, True),
        ({"countries": ["NE"]}, False),
        ({"since": "2014-04-05"}, True),
        ({"since": "2014-04-06"}, False),
        ({"until": "2014-04-03"}, True),
        ({"until": "2014-04-02T10:00"}, False),
        ({"min_confidence": 0.6}, True),
        ({"min_confidence": 0.61}, False),
        ({"bbox": "-1,16,0,17"}, True),
        ({"bbox": "0,16,1,17"}, False),
        ({"statuses": ["planned"]}, False),
        ({"statuses": ["Reported"]}, True),
        ({"places": ["GAO"]}, True),
        ({"places": [GAO.id]}, True),
        ({"places": ["Timbuktu"]}, False),
        ({"actors": ["mali"]}, True),
        ({"actors": ["niger"]}, False),
        ({"types": ["ASSAULT"], "countries": ["NE"]}, False),
    ],
)
def test_each_word_asks_for_what_it_says(asked: dict[str, Any], kept: bool) -> None:
    wanted = Filter.of(**asked)
    assert wanted.keeps(settled()) is kept
    assert wanted.active is bool(asked)


@pytest.mark.parametrize("asked", [{"countries": ["ML"]}, {"bbox": "-180,-90,180,90"}, {"places": ["Gao"]}])
def test_an_event_without_a_place_is_nowhere(asked: dict[str, Any]) -> None:
    assert not Filter.of(**asked).keeps(replace(settled(), location=None))


def test_an_event_without_a_date_is_on_no_day_and_one_still_going_on_has_no_end() -> None:
    undated = settled(date=None)
    assert not Filter.of(since="2000-01-01").keeps(undated)
    assert not Filter.of(until="2100-01-01").keeps(undated)
    assert Filter.of(types=["ASSAULT"]).keeps(undated)
    going_on = settled(date=EventDate(start="2014-04-03", end=None, precision="range", basis="explicit"))
    assert Filter.of(since="2030-01-01").keeps(going_on)


@pytest.mark.parametrize(
    "wrong",
    [
        {"countries": ["Mali"]},
        {"statuses": ["rumoured"]},
        {"bbox": "1,2,3"},
        {"bbox": "0,10,1,9"},
        {"bbox": "0,0,181,9"},
        {"bbox": "nan,0,1,9"},
        {"since": "soon"},
        {"min_confidence": 1.5},
    ],
)
def test_wrong_words_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Filter.of(**wrong)


@given(
    st.tuples(*[st.floats(-180, 180)] * 2), st.tuples(*[st.floats(-90, 90)] * 2), st.floats(-180, 180),
    st.floats(-90, 90),
)  # fmt: skip
def test_a_box_and_the_rest_of_its_belt_hold_every_point_between_its_parallels(
    meridians: tuple[float, float], parallels: tuple[float, float], lon: float, lat: float
) -> None:
    west, east = meridians
    assume(west != east)
    south, north = sorted(parallels)
    box = Box(west=west, south=south, east=east, north=north)
    rest = Box(west=east, south=south, east=west, north=north)
    assert (box.holds(lat=lat, lon=lon) or rest.holds(lat=lat, lon=lon)) == (south <= lat <= north)


def test_a_box_may_run_over_the_date_line() -> None:
    fiji = Box.of("170,-25,-170,-10")
    assert fiji.holds(lat=-17, lon=178)
    assert fiji.holds(lat=-17, lon=-179)
    assert not fiji.holds(lat=-17, lon=0)


def test_a_place_only_mentioned_is_asked_for_by_where_it_is() -> None:
    assert Filter.of(countries=["ML"], types=["AID"]).keeps_place(MALI)
    assert not Filter.of(bbox="0,0,1,1").keeps_place(MALI)


# ---- every output


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sahel")
    output = folder / "sahel.jsonl"
    result = CliRunner().invoke(main, ["parse", str(sahel.write(folder / "articles.jsonl")), "-o", str(output), "-q"])
    assert result.exit_code == 0, result.output
    return output


ASKED = ["--country", "ML,NE", "--since", "2024-03-05", "--type", "ASSAULT", "--type", "PROTEST,AID"]


def run(*words: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result


def in_records(text: str) -> set[str]:
    return {event["id"] for line in text.splitlines() for event in json.loads(line)["events"]}


def in_table(path: Path) -> set[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["event_id"] for row in csv.DictReader(file)}


def in_geopackage(path: Path) -> set[str]:
    with sqlite3.connect(path) as database:
        return {row[0] for row in database.execute("SELECT event_id FROM events")}


def in_features(path: Path) -> set[str]:
    return {feature["properties"]["event_id"] for feature in json.loads(path.read_text("utf-8"))["features"]}


def test_every_format_of_data_holds_the_same_events(analysed: Path, tmp_path: Path) -> None:
    import geopandas

    for suffix in (".jsonl", ".csv", ".gpkg", ".geojson", ".fgb", ".parquet", ".xlsx", ".kml"):
        run("parse", analysed, "-o", tmp_path / f"out{suffix}", "-q", *ASKED)
    told = in_records((tmp_path / "out.jsonl").read_text("utf-8"))
    assert told
    assert told < in_records(analysed.read_text("utf-8"))
    assert in_table(tmp_path / "out.csv") == told
    assert in_geopackage(tmp_path / "out.gpkg") == told
    assert in_features(tmp_path / "out.geojson") == told
    assert set(geopandas.read_file(tmp_path / "out.fgb").event_id) == told
    assert set(geopandas.read_parquet(tmp_path / "out.parquet").event_id) == told
    with zipfile.ZipFile(tmp_path / "out.xlsx") as workbook:
        sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
    kml = (tmp_path / "out.kml").read_text("utf-8")
    everything = in_records(analysed.read_text("utf-8"))
    assert {event for event in everything if event in sheet} == told
    assert {event for event in everything if event in kml} == told


def test_standard_output_holds_them_too_and_articles_stay(analysed: Path, tmp_path: Path) -> None:
    run("parse", analysed, "-o", tmp_path / "out.jsonl", "-q", *ASKED)
    streamed, merged = run("parse", analysed, "-q", *ASKED), run("parse", analysed, "-q", "--merge", *ASKED)
    assert merged.stdout_bytes == (tmp_path / "out.jsonl").read_bytes()
    assert in_records(streamed.stdout) == in_records(merged.stdout)
    assert len(streamed.stdout.splitlines()) == len(sahel.STORIES)
    assert all(json.loads(line)["toponyms"] for line in streamed.stdout.splitlines())
    assert all(
        event["cluster"] is None for line in streamed.stdout.splitlines() for event in json.loads(line)["events"]
    )


def test_map_and_brief_show_the_events_that_the_data_hold(
    analysed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mapper.model import EventMap
    from mapper.render import brief, page

    seen: list[EventMap] = []

    class Page:
        def save(self, path: Path) -> None: ...

    def build(event_map: EventMap, **_: Any) -> Page:
        seen.append(event_map)
        return Page()

    monkeypatch.setattr(page, "build", build)
    monkeypatch.setattr(brief, "write", lambda _path, event_map, **_: seen.append(event_map))
    run("map", analysed, "-o", tmp_path / "x.html", "-q", *ASKED)
    run("brief", analysed, "-o", tmp_path / "x.svg", "-q", *ASKED)
    told = in_records(run("parse", analysed, "-q", *ASKED).stdout)
    for event_map in seen:
        assert {report.event_id for event in event_map.events for report in event.reports} == told
        assert {mentioned.place.country_code for mentioned in event_map.mentioned} <= {"ML", "NE"}
    assert len(seen) == 2


SHOWN = {"reported", "planned"}


def test_a_place_whose_events_were_not_asked_for_is_not_said_to_be_only_mentioned(analysed: Path) -> None:
    from mapper.jobs import Job

    def of(wanted: Filter) -> tuple[set[str], set[str]]:
        with Job([str(analysed)], refuse=print, wanted=wanted, quiet=True) as job:
            job.run()
            event_map = job.event_map()
        happened = {event.location.place_id for event in event_map.events if event.location and event.status in SHOWN}
        return happened, {mentioned.place.id for mentioned in event_map.mentioned}

    happened, _ = of(Filter())
    aid, mentioned = of(Filter.of(types=["AID"]))
    assert aid < happened
    assert not mentioned & happened


def test_an_event_is_kept_with_all_its_tellings_and_the_same_id_whatever_is_asked_for(tmp_path: Path) -> None:
    text = "Gunmen attacked a convoy in Gao, Mali, on 3 April 2014. Three soldiers were killed."
    source = tmp_path / "two.jsonl"
    articles = [{"id": str(n), "text": text + f"\n\nRead more, {n}."} for n in range(2)]
    source.write_text("".join(json.dumps(article) + "\n" for article in articles), "utf-8")
    whole, asked = (
        [json.loads(line)["events"] for line in run("parse", source, "-q", "--merge", *words).stdout.splitlines()]
        for words in ([], ["--place", "Gao", "--type", "ASSAULT"])
    )
    kept = {(event["id"], event["cluster"]) for events in asked for event in events}
    assert kept <= {(event["id"], event["cluster"]) for events in whole for event in events}
    assert len({cluster for _, cluster in kept}) < len(kept)
    assert all(asked)


@pytest.mark.parametrize(
    "words",
    [["--country", "Mali"], ["--bbox", "1,2"], ["--status", "maybe"], ["--type", "WAR"], ["--min-confidence", "2"],
     ["--since", "soon"]],
)  # fmt: skip
def test_wrong_usage_is_told(analysed: Path, words: list[str]) -> None:
    assert CliRunner().invoke(main, ["parse", str(analysed), *words]).exit_code == 2
