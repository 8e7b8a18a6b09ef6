"""What an analyst put right stays right: read strictly, matched by content and quotation, applied, reported if idle."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mapper.corrections import Correction, apply, read, regroup
from mapper.errors import CorrectionError
from mapper.model import Analysis, PlaceRef
from tests.samples import GAO, TIMBUKTU, analysis, location

HASH = analysis().article.content_hash
EVENT = analysis().events[0]


def correction(do: str, to: str | None = None, **changes: str) -> Correction:
    fields = {"article": HASH[:12], "evidence": "met elders in Gao", "who": "desk", "why": "checked"} | changes
    return Correction(do=do, to=to, **fields)  # type: ignore[arg-type]  # a test's shorthand


def place(identifier: str) -> PlaceRef:
    return {GAO.id: GAO, TIMBUKTU.id: TIMBUKTU}[identifier]


def write(folder: Path, text: str) -> Path:
    path = folder / "corrections.toml"
    path.write_text(text, "utf-8")
    return path


GOOD = f"""
[[correction]]
article = "{HASH}"
evidence = "met elders in Gao"
do = "place"
to = "{TIMBUKTU.id}"
who = "desk"
why = "the elders' own statement"
"""


def test_a_file_is_read_and_moves_the_event(tmp_path: Path) -> None:
    corrected, used = apply(analysis(), read(write(tmp_path, GOOD)).items, place=place)
    assert corrected.events[0].location == location(TIMBUKTU)
    assert corrected.events[0].why.place == "corrected by desk: the elders' own statement"
    assert corrected.events[0].id == EVENT.id
    assert len(used) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[correction]\n", "Expected"),
        ("[other]\na = 1\n", r"only \[\[correction\]\]"),
        (GOOD.replace('do = "place"', 'do = "move"'), "none of type, place"),
        (GOOD.replace("who = ", "whom = "), "unknown field 'whom'"),
        (GOOD.replace('who = "desk"\n', ""), "'who' is missing"),
        (GOOD.replace('do = "place"', 'do = "drop"'), "takes no 'to'"),
        (GOOD.replace(f'to = "{TIMBUKTU.id}"\n', ""), "needs 'to'"),
        (GOOD.replace(HASH, "abc"), "at least 12 digits"),
        (GOOD.replace('"met elders in Gao"', '" "'), "'evidence' is empty"),
        (GOOD.replace('"met elders in Gao"', "3"), "'evidence' must be text"),
        (GOOD.replace("place", "date").replace(TIMBUKTU.id, "2014-13-01"), "no day"),
        (GOOD.replace("place", "date").replace(TIMBUKTU.id, "2014-04-05/2014-04-01"), "ends before"),
    ],
)
def test_a_file_that_does_not_say_what_it_means_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(CorrectionError, match=reason) as caught:
        read(write(tmp_path, text))
    assert "corrections.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError):
        read(tmp_path / "none.toml")


def test_type_with_mode_date_and_drop() -> None:
    corrected, _ = apply(
        analysis(), [correction("type", "assault/aerial"), correction("date", "2014-04-02/")], place=place
    )
    event = corrected.events[0]
    assert (event.type, event.mode) == ("ASSAULT", "aerial")
    assert event.date is not None
    assert (event.date.start, event.date.end) == ("2014-04-02", None)
    assert apply(analysis(), [correction("drop")], place=place)[0].events == ()


def test_place_and_date_can_be_said_to_be_unknown() -> None:
    corrected, _ = apply(analysis(), [correction("place", "none"), correction("date", "none")], place=place)
    assert corrected.events[0].location is None
    assert corrected.events[0].date is None


@pytest.mark.parametrize(
    "changes", [{"article": "0" * 64}, {"evidence": "met nobody anywhere"}, {"trigger": "shelled"}]
)
def test_what_does_not_match_changes_nothing(changes: dict[str, str]) -> None:
    before = analysis()
    after, used = apply(before, [correction("drop", **changes)], place=place)
    assert after == before
    assert used == ()


def in_two_places() -> Analysis:
    """An article whose one trigger tells of an event in Gao and of one in Timbuktu."""
    before = analysis()
    event = before.events[0]
    other = replace(event, id="b", location=location(TIMBUKTU))
    return replace(before, events=(replace(event, location=location(GAO)), other))


def test_one_of_the_places_that_a_word_tells_of_is_meant_by_its_name() -> None:
    both = in_two_places()
    after, used = apply(both, [correction("drop", at="Timbuktu")], place=place)
    assert [e.location.name for e in after.events if e.location] == ["Gao"]
    assert len(used) == 1
    assert apply(both, [correction("drop", at="Kidal")], place=place) == (both, ())
    assert apply(both, [correction("drop")], place=place)[0].events == ()


def test_where_one_event_is_told_its_place_is_not_asked_for() -> None:
    assert apply(analysis(), [correction("drop", at="Kidal")], place=place)[0].events == ()


def test_white_space_and_case_of_the_quotation_do_not_matter() -> None:
    after, _ = apply(analysis(), [correction("drop", evidence="MET  elders\n in gao")], place=place)
    assert after.events == ()


def test_an_unknown_place_is_an_error_that_names_it() -> None:
    with pytest.raises(CorrectionError, match="geonames:0"):
        apply(analysis(), [correction("place", "geonames:0")], place=place)


def test_regrouping_names_every_cluster_by_its_smallest_member() -> None:
    clusters = {"a": "a", "b": "a", "c": "c", "d": "c"}
    assert regroup(clusters, [("a", correction("split"))]) == {"a": "a", "b": "b", "c": "c", "d": "c"}
    merged = regroup(clusters, [("c", correction("merge", "a"))])
    assert merged == {"a": "a", "b": "a", "c": "a", "d": "a"}


def test_the_same_as_a_table_is_the_same(tmp_path: Path) -> None:
    table = tmp_path / "corrections.csv"
    table.write_bytes(
        "\ufeffarticle,evidence,trigger,do,to,who,why\r\n"
        f'{HASH},"met elders in Gao",,place,{TIMBUKTU.id},desk,"the elders\' own statement"\r\n,,,,,,\r\n'.encode()
    )
    assert read(table) == read(write(tmp_path, GOOD))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("article,evidence,do,who\n{hash},Gao,drop,desk\n", "line 2: 'why' is missing"),
        ("article,evidence,do,who,why,date\n{hash},Gao,drop,desk,x,y\n", "line 2: unknown field 'date'"),
        ("article,article,evidence,do,who,why\n{hash},Gao,drop,desk,x,y\n", "two columns are named 'article'"),
        ("article,evidence,do,who,why\n{hash},Gao,drop,desk,x,more\n", "line 2: more cells than headings"),
        ('article,evidence,do,who,why\n"{hash},Gao,drop,desk,x\n', "unexpected end of data"),
    ],
)
def test_a_table_that_does_not_say_what_it_means_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text(text.format(hash=HASH), "utf-8")
    with pytest.raises(CorrectionError, match=reason):
        read(path)


def test_an_empty_table_corrects_nothing(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text("", "utf-8")
    assert read(path).items == ()
