"""One event told by several outlets, in two languages and with other tolls, from the texts to the map's facts.

The telling in French adds its toll to those of the English ones.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import mapper
from mapper import language
from mapper.cli import main
from mapper.model import MappedEvent

TELLINGS = {
    "wire": "Gunmen attacked a market in Gao on Monday, killing 12 people and wounding 20, the governor said.",
    "post": "At least 15 people were killed on Monday when gunmen attacked a market in Gao, in northern Mali.",
    "daily": "Monday's attack on a market in Gao by gunmen left between 12 and 18 people dead, police said.",
    "courrier": "Des hommes armés ont attaqué un marché à Gao lundi, tuant 14 personnes.",
    "bridge": "Two people were killed in an attack by gunmen on a bridge in Mopti on Sunday.",
}
ONE = ("wire", "post", "daily", "courrier")


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tellings as a file, each from an outlet of its own, all published on the day after."""
    if not language.installed():
        pytest.skip("the English language model is not installed")
    path = tmp_path_factory.mktemp("tellings") / "texts.jsonl"
    rows = ({"id": i, "source": i, "published": "2021-05-04", "text": text} for i, text in TELLINGS.items())
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def parsed(texts: Path, out: Path, *options: str | Path) -> dict[str, dict[str, Any]]:
    """The event of each article, as ``mapper parse`` writes it."""
    result = CliRunner().invoke(main, ["parse", str(texts), "-o", str(out), *map(str, options)])
    assert result.exit_code == 0, result.stderr
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert all(len(record["events"]) == 1 for record in records)
    return {record["id"]: record["events"][0] for record in records}


def test_tellings_of_one_attack_are_one_event_that_says_why(texts: Path, tmp_path: Path) -> None:
    events = parsed(texts, tmp_path / "out.jsonl")
    assert {events[i]["cluster"] for i in ONE} == {min(events[i]["id"] for i in ONE)}
    assert events["bridge"]["cluster"] == events["bridge"]["id"]
    for i in ONE:
        assert "same place" in events[i]["why"]["merged"]
        assert "same day" in events[i]["why"]["merged"]
    assert "two languages" in events["courrier"]["why"]["merged"]
    assert events["bridge"]["why"]["merged"] == ""


def attack_in_gao(texts: Path) -> MappedEvent:
    found = mapper.event_map(mapper.analyse(mapper.read(texts)))
    (event,) = (e for e in found.events if e.location is not None and e.location.name == "Gao")
    return event


def test_tolls_that_differ_are_a_range_with_who_said_what(texts: Path) -> None:
    event = attack_in_gao(texts)
    assert [(f.kind, f.low, f.high, f.tellings) for f in event.figures] == [
        ("killed", 12, 18, 4),
        ("wounded", 20, 20, 1),
    ]
    said = {r.article_id: [(f.low, f.high) for f in r.figures if f.kind == "killed"] for r in event.reports}
    assert said == {"wire": [(12, 12)], "post": [(15, None)], "daily": [(12, 18)], "courrier": [(14, 14)]}


def test_a_correction_splits_what_was_merged(texts: Path, tmp_path: Path) -> None:
    rules = tmp_path / "corrections.toml"
    article = next(a for a in mapper.read(texts) if a.id == "post")  # type: ignore[union-attr]
    rules.write_text(
        f'[[correction]]\narticle = "{article.content_hash[:12]}"\nevidence = "gunmen attacked a market"\n'  # type: ignore[union-attr]
        'do = "split"\nwho = "desk"\nwhy = "another market"\n',
        encoding="utf-8",
    )
    events = parsed(texts, tmp_path / "out.jsonl", "--corrections", rules)
    assert events["post"]["cluster"] == events["post"]["id"]
    assert events["post"]["why"]["merged"] == ""
    rest = [i for i in ONE if i != "post"]
    assert {events[i]["cluster"] for i in rest} == {min(events[i]["id"] for i in rest)}
    assert all(events[i]["why"]["merged"] for i in rest)
