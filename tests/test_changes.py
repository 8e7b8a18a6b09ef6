"""What changed since a named run: on the map, as a list, and with filters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mapper.cli import main
from mapper.filters import Filter
from mapper.jobs import Job

GAO = {"id": "gao", "text": "Gunmen attacked a convoy in Gao, Mali, on 3 April 2014."}
NIAMEY = {"id": "niamey", "text": "Thousands protested in Niamey, Niger, on 5 April 2014."}
DAKAR = {"id": "dakar", "text": "Ministers met in Dakar, Senegal, on 6 April 2014."}


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def write(path: Path, *articles: dict[str, str]) -> Path:
    path.write_text("".join(json.dumps(article) + "\n" for article in articles), "utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Two articles, remembered as "monday"; then one gone, one come."""
    store = tmp_path / "events.db"
    first = write(tmp_path / "a.jsonl", GAO, NIAMEY)
    assert run("parse", first, "--store", store, "--run", "monday", "-o", tmp_path / "a.csv").exit_code == 0
    assert run("store", "forget", store, "niamey").exit_code == 0
    assert run("parse", write(tmp_path / "b.jsonl", DAKAR), "--store", store, "-o", tmp_path / "b.csv").exit_code == 0
    return store


def changes(*words: str | Path) -> list[tuple[str, str]]:
    result = run("diff", *words, "--json")
    assert result.exit_code == 0, result.output
    records = map(json.loads, result.stdout.splitlines())
    return sorted((r["change"], (r["after"] or r["before"])[0]["place"]["name"]) for r in records)


def test_what_is_new_and_what_is_gone_is_listed(store: Path) -> None:
    found = changes(store, "--since-run", "monday")
    assert ("new", "Dakar") in found
    assert ("retracted", "Niamey") in found
    assert not any(place == "Gao" for _, place in found)
    told = run("diff", store, "--since-run", "monday").stdout
    assert told.startswith("since monday: 1 new, 0 updated, 0 merged, 0 split, 1 retracted, ")
    assert "2014-04-06" in told


def test_the_same_again_is_no_change_and_a_run_can_be_remembered_while_compared(store: Path) -> None:
    assert run("diff", store, "--since-run", "monday", "--run", "tuesday").exit_code == 0
    assert changes(store, "--since-run", "tuesday") == []
    assert set(json.loads(run_names(store))) == {"monday", "tuesday"}


def run_names(store: Path) -> str:
    from mapper.store import Store

    with Store.open(store, read_only=True) as opened:
        return json.dumps(list(opened.info()["runs"]))


def test_a_correction_is_an_update_with_the_facts_that_differ(store: Path, tmp_path: Path) -> None:
    from mapper.model import content_hash

    rules = tmp_path / "desk.csv"
    rules.write_text(
        "article,evidence,trigger,do,to,who,why\n"
        f"{content_hash(GAO['text'])[:16]},Gunmen attacked a convoy,attacked,type,COERCE,desk,checked\n",
        "utf-8",
    )
    result = run("diff", store, "--since-run", "monday", "--corrections", rules)
    updated = [line for line in result.stdout.splitlines() if line.startswith("updated")]
    assert len(updated) == 1
    assert "type: ASSAULT → COERCE" in updated[0]


def test_filters_choose_the_changes_and_make_none(store: Path) -> None:
    assert changes(store, "--since-run", "monday", "--country", "SN") == [("new", "Dakar")]
    assert changes(store, "--since-run", "monday", "--country", "NE") == [("retracted", "Niamey")]
    assert changes(store, "--since-run", "monday", "--bbox", "-20,10,-10,20", "--since", "2014-04-06") == [
        ("new", "Dakar")
    ]
    assert changes(store, "--since-run", "monday", "--country", "ML") == []


def test_the_map_carries_the_changes(store: Path, tmp_path: Path) -> None:
    with Job([str(store)], refuse=print, since_run="monday", quiet=True) as job:
        job.run()
        event_map = job.event_map()
    assert event_map.since == "monday"
    assert {(e.location.name, e.change) for e in event_map.events if e.location} >= {("Gao", None), ("Dakar", "new")}
    assert [(gone.type, gone.place, gone.date) for gone in event_map.retracted] == [("PROTEST", "Niamey", "2014-04-05")]
    for command, output in (("map", "x.html"), ("brief", "x.svg")):
        result = run(command, store, "--since-run", "monday", "-o", tmp_path / output)
        assert result.exit_code == 0, result.output


def test_a_map_that_is_compared_with_nothing_says_nothing_of_changes(store: Path) -> None:
    with Job([str(store)], refuse=print, wanted=Filter(), quiet=True) as job:
        job.run()
        event_map = job.event_map()
    assert event_map.since is None
    assert {event.change for event in event_map.events} == {None}


def test_a_run_needs_a_store_and_a_name_that_is_there(store: Path, tmp_path: Path) -> None:
    plain = write(tmp_path / "plain.jsonl", GAO)
    assert "named" not in run("parse", plain, "-o", tmp_path / "x.csv").stderr
    for words in (["--run", "x"], ["--since-run", "x"]):
        result = run("map", plain, "-o", tmp_path / "x.html", *words)
        assert result.exit_code == 1
        assert "--store" in result.stderr
    result = run("diff", store, "--since-run", "friday")
    assert result.exit_code == 1
    assert "no run is named 'friday' (there are: monday)" in result.stderr
