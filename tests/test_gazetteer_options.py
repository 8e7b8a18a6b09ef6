"""The gazetteer on the command line: worldviews into the data and onto the map, commas, and a user's own names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gazetteer.worldview import worldviews
from mapper.cli import main
from mapper.cli_geocode import geocode_command
from mapper.cli_map import map_command
from mapper.reanalysis import analysis_version

TEXT = (
    "Drones struck an oil depot near Simferopol on 3 May 2023, killing two people. "
    "Police broke up a protest in Laayoune on 4 May 2023."
)


def call(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("news") / "a.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n", encoding="utf-8")
    return path


def test_the_commands_offer_every_worldview_there_is() -> None:
    for command in (map_command, geocode_command):
        (option,) = [option for option in command.params if option.name == "worldview"]
        assert list(option.type.choices) == list(worldviews())  # type: ignore[attr-defined]


@pytest.mark.parametrize(("worldview", "country"), [("un", "UA"), ("de-facto", "RU")])
def test_places_are_shown_with_the_country_of_the_worldview(article: Path, worldview: str, country: str) -> None:
    result = call("parse", article, "--worldview", worldview, "--quiet")
    assert result.exit_code == 0, result.stderr
    found = {one["text"]: one["place"] for one in json.loads(result.stdout)["toponyms"] if one["place"]}
    assert found["Simferopol"]["country_code"] == country
    assert found["Laayoune"]["country_code"] == "EH"


def test_geocode_takes_a_worldview() -> None:
    asked = {
        view: call("geocode", "Simferopol", "--limit", "1", "--json", "--worldview", view) for view in worldviews()
    }
    codes = {
        view: json.loads(result.stdout)["candidates"][0]["place"]["country_code"] for view, result in asked.items()
    }
    assert codes == {"default": "UA", "un": "UA", "de-facto": "RU"}


def test_the_map_says_how_its_worldview_has_each_disputed_area(article: Path, tmp_path: Path) -> None:
    pages = {}
    for view in worldviews():
        path = tmp_path / f"{view}.html"
        assert call("map", article, "-o", path, "--worldview", view, "--quiet").exit_code == 0
        pages[view] = path.read_text(encoding="utf-8")
    assert "Western Sahara: Non-Self-Governing Territory" in pages["un"]
    assert "Crimea: Ukraine, within its internationally recognised borders" in pages["un"]
    assert "Crimea: administered by Russia since 2014" in pages["de-facto"]
    assert "Crimea: disputed" in pages["default"]
    for page in pages.values():
        assert "Dashed lines are disputed. They take no position." in page
        # Far from the events: not on this map.
        assert "Spratly Islands:" not in page


def test_an_unknown_worldview_is_a_usage_error(article: Path) -> None:
    assert call("map", article, "--worldview", "flat-earth").exit_code == 2


def test_what_a_store_holds_in_one_worldview_is_not_taken_for_another() -> None:
    versions = {analysis_version(view) for view in worldviews()}
    assert len(versions) == len(worldviews())
    assert analysis_version() == analysis_version("default")


@pytest.mark.parametrize(
    "command", [("geocode", "Gao"), ("parse", "INPUT"), ("map", "INPUT")], ids=lambda words: words[0]
)
def test_a_mistake_in_the_file_of_own_names_is_one_clear_line(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, str]
) -> None:
    (tmp_path / "names.csv").write_text("name,lat,lon\nCamp X,95,0\n", encoding="utf-8")
    monkeypatch.setenv("MAPPER_DATA", str(tmp_path))
    result = call(command[0], article if command[1] == "INPUT" else command[1])
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"mapper: {tmp_path / 'names.csv'}:2: Camp X: 95, 0 is not a latitude and longitude in degrees"
    ]


def test_geocode_understands_what_follows_a_comma() -> None:
    result = call("geocode", "Erie, PA", "--limit", "1", "--json")
    assert json.loads(result.stdout)["candidates"][0]["place"]["admin1"] == "geonames:6254927"
    assert call("geocode", "Paris, Mali").exit_code == 1
