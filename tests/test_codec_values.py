"""Each value of a record: how it is written, and within which bounds it is read."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import pytest

from mapper.codec import FARTHEST_KM, LARGEST, encode_line, from_record, plain, to_record
from mapper.model import Analysis, Article, EventDate, Figure, Span, TimeExpression
from tests.samples import MALI, analysis, location, toponym


def full() -> Analysis:
    """The sample with an alternative for its first place, a figure and a radius."""
    sample = analysis()
    figure = Figure(start=14, end=18, kind="killed", low=2, high=3, qualifier="", text="Mali")
    event = replace(sample.events[0], figures=(figure,), location=replace(location(MALI), radius_km=25.0))
    return replace(sample, events=(event,))


def record() -> dict[str, Any]:
    return json.loads(encode_line(to_record(full())))  # type: ignore[no-any-return]


def changed(path: str, value: object) -> dict[str, Any]:
    """The record with one value exchanged; the path is its keys and indices, parted by full stops."""
    result = copy.deepcopy(record())
    *way, last = path.split(".")
    at: Any = result
    for key in way:
        at = at[int(key)] if key.isdigit() else at[key]
    at[int(last) if last.isdigit() else last] = value
    return result


def test_values_become_plain_at_every_depth() -> None:
    time = TimeExpression(start=1, end=2, text="x", from_="2020-01-01", to=None, basis="explicit")
    assert plain(time) == {"start": 1, "end": 2, "text": "x", "from": "2020-01-01", "to": None, "basis": "explicit"}
    assert plain((Span(start=0, end=1), [Span(start=2, end=3)], "a", None)) == [
        {"start": 0, "end": 1},
        [{"start": 2, "end": 3}],
        "a",
        None,
    ]
    assert plain(Span) is Span


def test_a_record_has_the_fields_of_the_output_format_in_its_order() -> None:
    written = to_record(full())
    assert list(written) == [
        "schema", "id", "title", "url", "source", "published", "published_basis", "language", "text", "segments",
        "toponyms", "times", "events",
    ]  # fmt: skip
    assert written["schema"] == "1"
    assert written["segments"][0] == {"start": 0, "end": 12, "kind": "headline"}
    assert list(written["times"][0]) == ["start", "end", "text", "from", "to", "basis"]
    assert written["events"][0]["date"] == {
        "start": "2014-04-03", "end": "2014-04-03", "precision": "day", "basis": "explicit", "text": "3 April 2014",
    }  # fmt: skip
    assert written["events"][0]["places"] == [{"toponym": 2, "role": "happened_at"}]


def test_everything_comes_back() -> None:
    assert from_record(record()) == full()


def test_a_line_is_compact_utf_8_with_halves_of_characters_as_escapes() -> None:
    assert encode_line({"a": "é\ud800\n", "b": [1, None]}) == '{"a":"é\\ud800\\n","b":[1,null]}\n'.encode()
    with pytest.raises(ValueError, match="not JSON compliant"):
        encode_line({"a": float("nan")})


@pytest.mark.parametrize("missing", ["segments", "toponyms", "times", "events", "title", "language"])
def test_what_may_be_left_out_is_empty(missing: str) -> None:
    given = record()
    if missing == "toponyms":
        given["events"] = []
    del given[missing]
    read = from_record(given)
    assert getattr(read if hasattr(read, missing) else read.article, missing) in ((), None)


@pytest.mark.parametrize("key", ["id", "text"])
def test_an_id_and_a_text_there_must_be(key: str) -> None:
    given = record()
    for wrong in (None, 7, ["a"]):
        with pytest.raises(ValueError, match=f"'{key}' is missing or not a string"):
            from_record(given | {key: wrong})
    del given[key]
    with pytest.raises(ValueError, match=f"'{key}' is missing or not a string"):
        from_record(given)


@pytest.mark.parametrize("schema", [None, "0", "2", 1])
def test_another_schema_is_named(schema: object) -> None:
    with pytest.raises(ValueError, match=r"schema .* is not '1'"):
        from_record(record() | {"schema": schema})
    assert from_record(record()).article.id == "gao.txt"


LENGTH = len(analysis().article.text)


@pytest.mark.parametrize(
    ("place", "what"),
    [
        ("segments.0", "segments"), ("segments.1", "segments"), ("toponyms.0", "toponyms"), ("toponyms.3", "toponyms"),
        ("times.0", "times"), ("events.0.trigger", "events"), ("events.0.evidence", "events"),
        ("events.0.actors.0", "events"), ("events.0.figures.0", "events"),
    ],
)  # fmt: skip
def test_offsets_lie_in_the_text(place: str, what: str) -> None:
    *way, last = place.split(".")
    at: Any = record()
    for key in [*way, last]:
        at = at[int(key)] if key.isdigit() else at[key]
    for start, end in ((-1, 3), (0, LENGTH + 1), (5, 4)):
        with pytest.raises(ValueError, match=rf"^{what}: offsets {start}\.\.{end} lie outside the text"):
            from_record(changed(place, at | {"start": start, "end": end}))
    for start, end in ((0, LENGTH), (0, 0), (LENGTH, LENGTH)):
        from_record(changed(place, at | {"start": start, "end": end}))


def test_an_event_names_toponyms_that_are_there() -> None:
    for number in (-1, 4):
        with pytest.raises(ValueError, match="names a toponym that is not there"):
            from_record(changed("events.0.places.0.toponym", number))
    for number in (0, 3):
        assert from_record(changed("events.0.places.0.toponym", number)).events[0].places[0].toponym == number


@pytest.mark.parametrize("place", ["events.0.date.start", "events.0.date.end", "times.0.from", "times.0.to"])
def test_days_are_days(place: str) -> None:
    for day in ("yesterday", "2014-02-30", "2014"):
        with pytest.raises(ValueError, match=r"isoformat|day"):
            from_record(changed(place, day))
    if place != "events.0.date.start":
        from_record(changed(place, None))
    assert from_record(changed(place, "2013-12-31"))


@pytest.mark.parametrize(
    ("place", "what"),
    [
        ("events.0.confidence", r"event '\w+': confidence"),
        ("toponyms.0.confidence", "toponyms: confidence"),
        ("toponyms.2.alternatives.0.score", "alternatives: score"),
    ],
)
def test_shares_are_from_0_to_1(place: str, what: str) -> None:
    for value in (-0.01, 1.01, float("nan"), float("inf")):
        with pytest.raises(ValueError, match=f"^{what} .* is not between 0 and 1"):
            from_record(changed(place, value))
    for value in (0, 1, 0.0, 1.0):
        from_record(changed(place, value))


@pytest.mark.parametrize(
    ("place", "what"),
    [
        ("events.0.location", "event '"),
        ("toponyms.0.place", "place 'geonames:2457161'"),
        ("toponyms.2.alternatives.0", "place 'geonames:1'"),
    ],
)
def test_points_lie_on_the_earth(place: str, what: str) -> None:
    for axis, far in (("lat", 90), ("lon", 180)):
        for value in (far + 0.001, -far - 0.001, float("nan"), float("inf"), float("-inf")):
            with pytest.raises(ValueError, match=f"^{what}.*is nowhere on Earth"):
                from_record(changed(f"{place}.{axis}", value))
        for value in (far, -far):
            from_record(changed(f"{place}.{axis}", value))


def test_a_place_may_be_unknown_and_an_event_without_date_or_place() -> None:
    given = changed("toponyms.3.place", None)
    given["events"][0]["location"] = given["events"][0]["date"] = None
    read = from_record(given)
    assert (read.toponyms[3].place, read.events[0].location, read.events[0].date) == (None, None, None)


def test_a_radius_reaches_half_way_round_the_earth_at_most() -> None:
    assert FARTHEST_KM == 20_038
    for radius in (-0.1, FARTHEST_KM + 0.1, float("nan")):
        with pytest.raises(ValueError, match=r"^event '.*': a radius of .* km"):
            from_record(changed("events.0.location.radius_km", radius))
    for fine in (0, FARTHEST_KM, None):
        from_record(changed("events.0.location.radius_km", fine))


@pytest.mark.parametrize("ends", [(None, None), (-1, 3), (3, 2), (-1, None), (None, -2)])
def test_figures_that_are_no_range_are_refused(ends: tuple[int | None, int | None]) -> None:
    given = changed("events.0.figures.0.low", ends[0])
    given["events"][0]["figures"][0]["high"] = ends[1]
    with pytest.raises(ValueError, match=f"figure {ends[0]} to {ends[1]} is no range"):
        from_record(given)


@pytest.mark.parametrize("ends", [(0, 0), (2, 2), (0, None), (None, 0), (1, 2)])
def test_figures_that_are_a_range_are_read(ends: tuple[int | None, int | None]) -> None:
    given = changed("events.0.figures.0.low", ends[0])
    given["events"][0]["figures"][0]["high"] = ends[1]
    figure = from_record(given).events[0].figures[0]
    assert (figure.low, figure.high) == ends


@pytest.mark.parametrize("field", [
    "toponyms.0.place.population", "events.0.location.acled_geo_precision", "events.0.location.ucdp_where_prec",
    "events.0.figures.0.high",
])  # fmt: skip
def test_whole_numbers_are_as_large_as_every_format_can_carry(field: str) -> None:
    from_record(changed(field, LARGEST))
    for number in (LARGEST + 1, 10**30):
        with pytest.raises(ValueError, match=rf" has {len(str(number))} digits$"):
            from_record(changed(field, number))


def test_what_is_of_another_type_is_told_with_the_schema() -> None:
    with pytest.raises(ValueError, match=r"^not a record of schema 1: .*status"):
        from_record(changed("events.0.status", "rumoured"))
    with pytest.raises(ValueError, match=r"^not a record of schema 1: "):
        from_record(changed("times", [5]))


def test_an_open_end_is_an_open_end() -> None:
    event = replace(
        full().events[0], date=EventDate(start="2014-04-03", end=None, precision="day", basis="explicit"), places=()
    )
    given = json.loads(encode_line(to_record(replace(full(), toponyms=(), events=(event,)))))
    assert from_record(given).events[0].date == event.date


def test_an_article_alone_is_a_record() -> None:
    alone = Analysis(article=Article(id="a", text=""))
    assert from_record(to_record(alone)) == alone
    assert toponym("Gao", "Gao", None).place is None


@pytest.mark.parametrize("times", ["2014", {"start": 1}, None])
def test_times_that_are_no_list_are_refused(times: object) -> None:
    with pytest.raises(ValueError, match=r"times|Expected"):
        from_record(changed("times", times))
