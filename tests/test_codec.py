"""Records go out and come back unchanged; what is not a record is refused in one line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.codec import encode_line, from_record, to_record
from mapper.model import Analysis, Article
from tests.samples import analysis

RECORD = to_record(analysis())


def test_a_record_survives_the_round_trip_through_json() -> None:
    assert from_record(json.loads(encode_line(RECORD))) == analysis()


def test_times_are_named_as_the_output_format_says() -> None:
    assert RECORD["times"][0]["from"] == "2014-04-03"
    assert "from_" not in RECORD["times"][0]


def test_lists_are_never_null() -> None:
    record = to_record(Analysis(article=Article(id="a", text="")))
    assert [record[k] for k in ("segments", "toponyms", "times", "events")] == [[], [], [], []]


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_makes_one_line_of_valid_json(text: str) -> None:
    line = encode_line(to_record(Analysis(article=Article(id="a", text=text, title=text))))
    assert line.count(b"\n") == 1
    assert json.loads(line)["text"] == text
    assert from_record(json.loads(line)).article.text == text


def _with(**changes: object) -> dict[str, object]:
    return json.loads(json.dumps(RECORD)) | changes


@pytest.mark.parametrize(
    "record",
    [
        {},
        _with(schema="2"),
        _with(id=7),
        _with(text=None),
        _with(toponyms=None),
        _with(toponyms=[{"start": 0}]),
        _with(times=["2014"]),
        _with(times=[{"start": 0, "end": 3, "text": "now", "from": "yesterday", "to": None, "basis": "explicit"}]),
        _with(segments=[{"start": 5, "end": 10**9, "kind": "body"}]),
        _with(segments=[{"start": -1, "end": 2, "kind": "body"}]),
        _with(segments=[{"start": 0, "end": 2, "kind": "poem"}]),
        _with(toponyms=[]),  # an event names one of them by index
        _with(events=[RECORD["events"][0] | {"location": RECORD["events"][0]["location"] | {"lat": 91}}]),
        _with(events=[RECORD["events"][0] | {"location": RECORD["events"][0]["location"] | {"lon": float("nan")}}]),
        _with(events=[RECORD["events"][0] | {"status": "rumoured"}]),
    ],
)
def test_what_is_no_record_is_refused_in_one_line(record: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\A[^\n]+\Z"):
        from_record(record)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.sampled_from(sorted(RECORD)), x),
    )
)
def test_no_json_value_does_worse_than_a_value_error(value: object) -> None:
    record = {"schema": "1", "id": "a", "text": "b"} | (value if isinstance(value, dict) else {"events": value})
    try:
        from_record(record)
    except ValueError:
        return
