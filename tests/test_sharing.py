"""What leaves the desk: how much text travels, and what is too fine or too telling to be passed on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mapper.cli import main
from mapper.model import EventMap
from mapper.sharing import ShareSafe, with_text
from tests.samples import GAO, location

ARTICLE = {
    "id": "secret-village.txt",
    "title": "Gunmen strike Djenné",
    "url": "https://news.example/gunmen-strike-djenne",
    "source": "Sample Wire",
    "published": "2014-04-04",
    "text": "Gunmen strike Djenné\n\nMali's army fought gunmen near Djenné, Mali, on 3 April 2014. "
    "Colonel Traoré visited Timbuktu and Ansongo. Nobody mentioned zebras anywhere.",
}
TELLING = ("Djenn", "gunmen", "Gunmen", "Traor", "Timbuktu", "zebras", "secret", "news.example", "Ansongo")


def run(*words: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps(ARTICLE) + "\n", "utf-8")
    return path


@pytest.mark.parametrize("suffix", [".jsonl", ".geojson", ".csv", ".kml", ".gdelt.tsv", ".acled.csv"])
def test_shared_data_hold_no_words_of_an_article_and_no_point(source: Path, tmp_path: Path, suffix: str) -> None:
    output = tmp_path / f"out{suffix}"
    run("parse", source, "--share-safe", "-o", output, "-q")
    content = output.read_text("utf-8")
    assert not [word for word in TELLING if word in content]
    assert "Sample Wire" in content


def test_a_shared_record_places_events_in_divisions_drawn_as_areas(source: Path) -> None:
    record = json.loads(run("parse", source, "--share-safe", "-q").stdout)
    places = [event["location"] for event in record["events"] if event["location"]]
    assert places
    assert {place["footprint"] for place in places} == {"area"}
    assert {place["precision"] for place in places} <= {"admin1", "country", "region"}
    assert {place["radius_km"] for place in places} == {None}
    assert (record["text"], record["title"], record["url"], record["toponyms"]) == ("", None, None, [])
    assert record["source"] == "Sample Wire"
    plain = json.loads(run("parse", source, "-q").stdout)
    assert [event["id"] for event in record["events"]] == [event["id"] for event in plain["events"]]


def test_a_shared_record_is_an_input_like_any_other(source: Path, tmp_path: Path) -> None:
    run("parse", source, "--share-safe", "-o", tmp_path / "shared.jsonl", "-q")
    again = tmp_path / "again.jsonl"
    run("parse", tmp_path / "shared.jsonl", "-o", again, "-q")
    first, second = (json.loads(path.read_text("utf-8")) for path in (tmp_path / "shared.jsonl", again))
    for event in (*first["events"], *second["events"]):
        del event["cluster"]  # worked out anew, from what is left to compare by
    assert first == second


def test_shared_figures_are_numbers_alone(source: Path, tmp_path: Path) -> None:
    text = "Gunmen attacked a convoy near Djenné, Mali, on 3 April 2014, killing more than two dozen soldiers."
    source.write_text(json.dumps(ARTICLE | {"text": text}), "utf-8")
    shared = run("parse", source, "--share-safe", "-q").stdout
    (figure,) = (figure for event in json.loads(shared)["events"] for figure in event["figures"])
    assert figure == {"start": 0, "end": 0, "kind": "killed", "low": 25, "high": None, "qualifier": "", "text": ""}
    assert not [word for word in ("dozen", "more than", "soldiers") if word in shared]
    (tmp_path / "shared.jsonl").write_text(shared, "utf-8")
    again = json.loads(run("parse", tmp_path / "shared.jsonl", "-q").stdout)
    assert [event["figures"] for event in again["events"]] == [[figure]]


@pytest.mark.parametrize("output", ["x.svg", "x.html"])
def test_shared_pictures_hold_none_either(source: Path, tmp_path: Path, output: str) -> None:
    command = "map" if output.endswith("html") else "brief"
    run(command, source, "--share-safe", "-o", tmp_path / output, "-q", "--title", "Shared")
    content = (tmp_path / output).read_text("utf-8")
    if command == "map":
        content = unpacked(content)
    assert not [word for word in ("Traor", "zebras", "secret", "news.example", "Gunmen") if word in content]


def unpacked(page: str) -> str:
    """What the page's blocks of data hold, as far as it is text."""
    import gzip
    import re

    from tests.render.test_data import unpack

    blocks = re.findall(r'id="(?:em-data|em-text)">([^<]*)<', page)
    assert len(blocks) == 2
    texts = [gzip.decompress(unpack(block)).decode("utf-8", "replace") for block in blocks]
    return page.partition("<body")[2].partition('<script type="text/plain"')[0] + "".join(texts)


def maps(source: Path, text: str) -> EventMap:
    from mapper.jobs import Job

    with Job([str(source)], refuse=print, quiet=True) as job:
        job.run()
        return with_text(job.event_map(), text, of_article=job.texts)  # type: ignore[arg-type]  # a parameter's word


def test_as_much_text_travels_as_was_said(source: Path) -> None:
    none, evidence, full = (maps(source, text) for text in ("none", "evidence", "full"))
    assert {report.evidence for event in none.events for report in event.reports} == {""}
    assert {report.title for event in none.events for report in event.reports} == {"Gunmen strike Djenné"}
    assert {mention.sentence for place in none.mentioned for mention in place.mentions} <= {""}
    assert all(report.evidence for event in evidence.events for report in event.reports)
    assert evidence.texts == {}
    assert full.texts == {ARTICLE["id"]: ARTICLE["text"]}


@pytest.mark.parametrize(("text", "sentences", "rest"), [("none", 0, 0), ("evidence", 1, 0), ("full", 1, 1)])
def test_the_file_holds_no_more_than_that(source: Path, tmp_path: Path, text: str, sentences: int, rest: int) -> None:
    run("map", source, "-o", tmp_path / "x.html", "--text", text, "-q")
    content = unpacked((tmp_path / "x.html").read_text("utf-8"))
    assert ("fought gunmen near Djenné" in content) == bool(sentences)
    assert ("Nobody mentioned zebras" in content) == bool(rest)


def test_a_place_becomes_what_holds_it_and_wide_places_stay() -> None:
    from gazetteer import Gazetteer

    with Gazetteer.open() as gazetteer:
        safe = ShareSafe(gazetteer)
        (town,) = [c.place for c in gazetteer.candidates("Timbuktu", country="ML", limit=1)]
        sahara = next(c.place for c in gazetteer.candidates("Sahara") if c.place.footprint == "area")
        from mapper.corrections import located
        from mapper.pipeline import place_ref

        fine = safe.coarse(located(place_ref(town)))
        assert fine is not None
        assert (fine.precision, fine.footprint, fine.country_code) == ("admin1", "area", "ML")
        wide = located(place_ref(sahara))
        assert safe.coarse(wide) == wide
        unknown = safe.coarse(location(GAO))
        assert unknown is not None
        assert unknown.footprint == "area"


def test_the_tlp_marking_is_on_the_map(source: Path, tmp_path: Path) -> None:
    run("map", source, "-o", tmp_path / "x.html", "--tlp", "amber+strict", "-q")
    assert '<p class="em-tlp" data-tlp="AMBER+STRICT">TLP:AMBER+STRICT</p>' in (tmp_path / "x.html").read_text("utf-8")
    run("map", source, "-o", tmp_path / "y.html", "-q")
    assert "em-tlp" not in (tmp_path / "y.html").read_text("utf-8").partition("<body>")[2]
