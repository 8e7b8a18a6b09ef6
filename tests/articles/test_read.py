"""The way in: ids, duplicates, sidecars, defaults, folders, standard input, earlier outputs."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.articles import read
from mapper.articles.fields import publication_day
from mapper.errors import InputError
from mapper.model import Analysis, Article, content_hash

STORY = "Soldiers stormed a compound in the northern town on Monday, officials said. Two people were arrested.\n"
OTHER = "Ministers from five states met in the capital on Tuesday and signed an accord on water, their hosts said.\n"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_a_folder_is_walked_in_name_order_without_what_is_no_article(tmp_path: Path, read_all: Any) -> None:
    for name in ("b.txt", "a/z.txt", "a/B.txt", "c.txt"):
        write(tmp_path / name, STORY + name)
    for name in (
        "README.md",
        "readme.txt",
        "LICENSE",
        "LICENSE-DATA.txt",
        "Licence.txt",
        ".hidden.txt",
        "b.txt.meta.json",
    ):
        write(tmp_path / name, "{}")
    write(tmp_path / ".git" / "x.txt", STORY)
    outcome = read_all(tmp_path)
    assert outcome.ids == ["a/B.txt", "a/z.txt", "b.txt", "c.txt"]
    assert not outcome.refusals


def test_text_is_kept_as_it_is(tmp_path: Path, read_all: Any) -> None:
    text = (
        "Title  with\u00a0spaces\r\n\r\nThe report\u200b says:\tmore than one line was kept here, e\u0301 and all.\r\n"
    )
    path = write(tmp_path / "a.txt", text)
    (article,) = read_all(path).articles
    assert article.text == text
    assert article.id == "a.txt"


def test_a_sidecar_says_what_the_text_does_not(tmp_path: Path, read_all: Any) -> None:
    path = write(tmp_path / "a.txt", STORY)
    fields = {
        "id": 7,
        "title": "A raid",
        "source": "The Daily",
        "url": "https://example.org/a",
        "published": "2014-04-04T08:00:00+02:00",
        "published_note": "by the print edition",
        "mentions": [{"start": 0, "end": 8}],
    }
    write(tmp_path / "a.txt.meta.json", json.dumps(fields))
    (article,) = read_all(path).articles
    assert (article.id, article.title, article.source, article.url) == (
        "7",
        "A raid",
        "The Daily",
        "https://example.org/a",
    )
    assert (article.published, article.published_basis) == ("2014-04-04", "given")
    assert [span.of(article.text) for span in article.mentions] == ["Soldiers"]


def test_options_hold_for_all_that_give_none_of_their_own(tmp_path: Path, read_all: Any) -> None:
    write(tmp_path / "a.txt", STORY)
    write(tmp_path / "b.txt", OTHER)
    write(tmp_path / "b.txt.meta.json", '{"published": "2001-02-03", "source": "Own"}')
    outcome = read_all(tmp_path, published="2014-04-04", source="Given", url="https://example.org")
    assert [(a.published, a.source, a.url) for a in outcome.articles] == [
        ("2014-04-04", "Given", "https://example.org"),
        ("2001-02-03", "Own", "https://example.org"),
    ]


def test_an_option_that_is_no_date_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="published: not a full ISO 8601 date"):
        list(read(tmp_path, published="last week"))


def test_without_a_taker_the_first_refusal_is_raised(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "")
    with pytest.raises(InputError, match="empty"):
        list(read(tmp_path))


def test_ids_of_lines(tmp_path: Path, read_all: Any) -> None:
    lines = [{"text": STORY, "id": 5}, {"text": STORY, "id": "six"}, {"text": STORY}, {"text": OTHER, "id": ""}]
    path = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, lines)))
    assert read_all(path).ids == ["5", "six", content_hash(STORY)[:16], content_hash(OTHER)[:16]]


def test_the_same_article_again_is_left_out_and_counted(tmp_path: Path, read_all: Any) -> None:
    lines = [
        {"id": 1, "text": STORY},
        {"id": "1", "text": STORY},
        {"text": OTHER},
        {"text": OTHER},
        {"id": 1, "text": OTHER},
    ]
    path = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, lines)))
    outcome = read_all(path, path)
    assert outcome.ids == ["1", content_hash(OTHER)[:16]]
    assert outcome.duplicates == ["1", content_hash(OTHER)[:16], "1", "1", *[content_hash(OTHER)[:16]] * 2]
    assert [refusal.line for refusal in outcome.refusals] == [5, 5]


def test_two_files_of_one_name_are_both_read(tmp_path: Path, read_all: Any) -> None:
    one, two = write(tmp_path / "x/a.txt", STORY), write(tmp_path / "y/a.txt", OTHER)
    same = write(tmp_path / "z/a.txt", STORY)
    outcome = read_all(one, two, same, two)
    assert outcome.ids == ["a.txt", f"a.txt-{content_hash(OTHER)[:8]}"]
    assert outcome.duplicates == ["a.txt", f"a.txt-{content_hash(OTHER)[:8]}"]
    assert not outcome.refusals


def test_equal_texts_under_different_ids_are_two_articles(tmp_path: Path, read_all: Any) -> None:
    write(tmp_path / "a.txt", STORY)
    write(tmp_path / "b.txt", STORY)
    assert read_all(tmp_path).ids == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (json.dumps({"id": "one", "text": STORY}) + "\n" + json.dumps({"id": "two", "text": OTHER}), ["one", "two"]),
        (json.dumps([{"id": "one", "text": STORY}]), ["one"]),
        (json.dumps({"id": "one", "text": STORY}, indent=2), ["one"]),
        (STORY, [content_hash(STORY)[:16]]),
    ],
)
def test_standard_input(data: str, ids: list[str], read_all: Any) -> None:
    outcome = read_all("-", standard_input=io.BytesIO(data.encode()))
    assert outcome.ids == ids
    assert not outcome.refusals


def test_a_broken_first_line_on_standard_input_costs_only_itself(read_all: Any) -> None:
    data = '{"id": "cut", "te\n' + json.dumps({"id": "one", "text": STORY}) + "\n"
    outcome = read_all("-", standard_input=io.BytesIO(data.encode()))
    assert outcome.ids == ["one"]
    assert [str(refusal)[:17] for refusal in outcome.refusals] == ["standard input:1:"]


def test_standard_input_may_be_a_page(read_all: Any) -> None:
    page = f"<!doctype html><title>A raid</title><p>{STORY}</p>"
    (article,) = read_all("-", standard_input=io.BytesIO(page.encode())).articles
    assert article.title == "A raid"
    assert "Soldiers stormed" in article.text


def test_json_lines_in_utf16(tmp_path: Path, read_all: Any) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes("\r\n".join(json.dumps({"id": i, "text": STORY}) for i in range(3)).encode("utf-16"))
    assert read_all(path).ids == ["0", "1", "2"]


def test_an_earlier_output_is_used_as_it_is(tmp_path: Path, read_all: Any) -> None:
    def decode(record: Mapping[str, Any]) -> Analysis:
        if record.get("id") == "odd":
            raise InputError("id: odd", file="record")
        return Analysis(article=Article(id=record["id"], text=record["text"]))

    lines = [
        {"schema": "1", "id": "a", "text": STORY},
        {"id": "b", "text": OTHER},
        {"schema": "1", "id": "a", "text": STORY},
        {"schema": "1", "id": "odd", "text": STORY},
        {"schema": "1"},
        {"schema": "1", "id": "b", "text": STORY},
    ]
    path = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, lines)))
    outcome = read_all(path, from_record=decode)
    assert [analysis.article.id for analysis in outcome.analyses] == ["a"]
    assert outcome.ids == ["b"]
    assert outcome.duplicates == ["a"]
    assert [refusal.line for refusal in outcome.refusals] == [4, 5, 6]
    assert str(outcome.refusals[0]) == f"{path}:4: id: odd"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2014-04-04", "2014-04-04"),
        ("20140404", "2014-04-04"),
        ("2014-04-04T23:30:00-05:00", "2014-04-04"),
        ("2014-04-04T23:30:00Z", "2014-04-04"),
        ("2014-04-04 08:00", "2014-04-04"),
        ("Fri, 04 Apr 2014 08:00:00 GMT", "2014-04-04"),
        ("04/04/2014", None),
        ("2014-04", None),
        ("", None),
        ("4 avril", None),
    ],
)
def test_publication_days(written: str, day: str | None) -> None:
    assert publication_day(written) == day


@given(st.text(max_size=60))
def test_no_text_breaks_the_date_reader(written: str) -> None:
    day = publication_day(written)
    assert day is None or publication_day(day) == day


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
records = st.fixed_dictionaries(
    {},
    optional={
        "id": json_values,
        "text": json_values | st.text(min_size=1, max_size=200),
        "title": json_values,
        "url": json_values,
        "source": json_values,
        "published": json_values | st.dates().map(str),
        "language": json_values,
        "mentions": json_values,
        "triggers": json_values,
    },
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(records | json_values, min_size=1, max_size=5))
def test_any_records_are_read_or_refused_by_line(tmp_path: Path, values: list[Any], read_all: Any) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(json.dumps(value).encode() for value in values))
    outcome = read_all(path)
    assert len(outcome.articles) + len(outcome.refusals) + len(outcome.duplicates) == len(values) or any(
        isinstance(value, dict) and "schema" in value for value in values
    )
    assert all(refusal.line is not None for refusal in outcome.refusals)
    for article in outcome.articles:
        given_texts = [value["text"] for value in values if isinstance(value, dict) and "text" in value]
        assert article.text in given_texts


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.jsonl", "a.bin"])
def test_any_bytes_are_read_or_refused(tmp_path: Path, name: str, data: bytes, read_all: Any) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    outcome = read_all(path)
    assert outcome.articles or outcome.refusals
    for article in outcome.articles:
        covered = "".join(segment.of(article.text) for segment in article.segments)
        assert "".join(covered.split()) == "".join(article.text.split())
        assert all(a.end <= b.start for a, b in pairwise(article.segments))
