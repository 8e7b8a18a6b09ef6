"""What the data blocks hold: columns that come back as they went in, offsets that fit, honest geometry."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import basemap
from mapper.model import EventMap, MappedEvent
from mapper.render import areas, columns, data, page
from mapper.render import basemap as cutting
from tests.render import sample


def unpack(block: str) -> bytes:
    """As fromLetters in decode.js, by the definition: two letters for each 13 bits, lowest first."""
    size, _, letters = block.partition(":")
    alphabet = columns.ALPHABET.decode("ascii")
    parts = []
    for start in range(0, len(letters), 16):
        some = letters[start : start + 16]
        number = 0
        for place, (high, low) in enumerate(zip(some[::2], some[1::2], strict=True)):
            number |= (alphabet.index(high) * 91 + alphabet.index(low)) << 13 * place
        parts.append(number.to_bytes(13, "little"))
    return b"".join(parts)[: int(size)]


Columns = dict[tuple[str, str], list[int]]


def parsed(block: str) -> tuple[dict[str, Any], Columns, dict[str, list[str]]]:
    """Head, columns and lines of a block, read back as decode.js does."""
    raw = gzip.decompress(unpack(block))
    length = int.from_bytes(raw[:4], "little")
    head = json.loads(raw[4 : 4 + length])
    at, table = 4 + length, {}
    for name, column, kind, count, coding in head["columns"]:
        width = int(kind[1])
        planes = np.frombuffer(raw[at : at + width * count], dtype=np.uint8).reshape(width, count)
        values = np.ascontiguousarray(planes.T).view("<" + kind).ravel() if count else np.zeros(0, np.int64)
        if coding == "delta":
            values = np.cumsum(values, dtype=np.int32)
        elif coding == "first":
            following, undone = 0, []
            for value in values.tolist():
                undone.append(following - value if value else following)
                following += not value
            values = np.array(undone)
        table[name, column] = values.tolist()
        at += width * count
    lines = {}
    for name, size in head["sections"]:
        text = raw[at : at + size].decode("utf-8")
        lines[name] = text.split("\n") if text else []
        at += size
    assert at == len(raw)
    return head, table, lines


def decoded(event_map: EventMap) -> tuple[dict[str, Any], Columns, Columns, dict[str, list[str]]]:
    """The head and columns of the first block, the columns and lines of the second."""
    blocks = data.build(event_map, title="t", subtitle=None, as_of=None, credits_=())
    head, hot, _ = parsed(blocks.data)
    _, cold, lines = parsed(blocks.texts)
    return head, hot, cold, lines


def identifiers(cold: Columns, lines: dict[str, list[str]]) -> list[str]:
    if "ids" in lines:
        return lines["ids"]
    halves = zip(cold["event", "id_high"], cold["event", "id_low"], strict=True)
    return [f"{high:08x}{low:08x}" for high, low in halves]


def test_every_event_comes_back() -> None:
    event_map = sample.event_map()
    meta, table, cold, lines = decoded(event_map)
    ordered = data.in_list_order(event_map.events)
    assert meta["n"] == 25
    assert identifiers(cold, lines) == [event.id for event in ordered]
    telling = mark = other = actor = 0
    for index, event in enumerate(ordered):
        assert meta["types"][table["event", "type"][index]] == event.type
        assert meta["enums"]["status"][table["event", "status"][index]] == event.status
        assert table["event", "confidence"][index] == round(event.confidence * 100)
        spot = table["event", "spot"][index] - 1
        assert (spot < 0) == (event.location is None)
        if event.location:
            assert meta["places"][table["spot", "place"][spot]] == event.location.name
            assert table["spot", "radius"][spot] == round((event.location.radius_km or 0) * 10)
            assert (table["spot", "area"][spot] > 0) == (event.location.footprint != "point")
        for who in event.actors:
            assert meta["actors"][table["link", "actors"][actor]] == columns.sound(columns.line(who.text))
            assert meta["enums"]["role"][cold["actor", "role"][actor]] == who.role
            actor += 1
        assert cold["event", "tellings"][index] == len(event.reports)
        for report in event.reports:
            article = cold["telling", "article"][telling]
            title, url, name, _ = lines["articles"][article].split("\x1f")
            assert title == columns.line(report.title or "")
            assert (url, name) == (report.url, report.article_id)
            source = cold["article", "source"][article] - 1
            assert meta["sources"][source] == columns.line(report.source or "")
            sentence = lines["sentences"][cold["telling", "sentence"][telling]]
            assert sentence == columns.line(report.evidence)
            assert lines["why_type"][cold["telling", "why_type"][telling]] == report.why.type
            assert cold["telling", "marks"][telling] == len(report.marks)
            for marked in report.marks:
                start = cold["mark", "start"][mark]
                wide = sentence.encode("utf-16-le")[2 * start : 2 * (start + cold["mark", "length"][mark])]
                assert wide.decode("utf-16-le") == columns.line(marked.of(report.evidence))
                mark += 1
            for alternative in report.alternatives:
                expected = "\x1e".join((alternative.name, alternative.country_code or "", alternative.id))
                assert lines["others"][cold["other", "name"][other]] == expected
                assert cold["other", "score"][other] == round(alternative.score * 1000)
                other += 1
            telling += 1


def test_a_large_map_carries_headlines_only_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = decoded(sample.event_map())[3]
    monkeypatch.setattr(data, "HEADLINES_ONLY_ABOVE", 24)
    meta, _, cold, lines = decoded(sample.event_map())
    assert meta["headlines_only"]
    assert "sentences" not in lines
    assert ("telling", "sentence") not in cold
    assert [line.split("\x1f")[:2] for line in lines["articles"]] == [
        line.split("\x1f")[:2] for line in whole["articles"]
    ]


def test_events_are_gone_through_once_and_not_kept() -> None:
    class Once(Sequence[MappedEvent]):
        opened = 0

        def __len__(self) -> int:
            return len(sample.event_map().events)

        def __getitem__(self, index: Any) -> Any:
            raise AssertionError("asked for out of order")

        def __iter__(self) -> Iterator[MappedEvent]:
            self.opened += 1
            return iter(sample.event_map().events)

    once = Once()
    lazy = replace(sample.event_map(), events=once)
    page.build(lazy, title="t").to_html()
    assert once.opened == 1
    assert page.build(lazy, title="t").to_html() == page.build(sample.event_map(), title="t").to_html()


def test_the_order_they_come_in_leaves_the_list_as_it_is() -> None:
    event_map = sample.event_map()
    turned = replace(event_map, events=tuple(reversed(event_map.events)))
    one, two = decoded(event_map), decoded(turned)
    assert identifiers(one[2], one[3]) == identifiers(two[2], two[3])
    assert one[3]["sentences"] == two[3]["sentences"]
    assert one[3]["articles"] == two[3]["articles"]


def test_changes_since_an_earlier_run_are_a_column_only_where_there_is_one() -> None:
    event_map = sample.event_map()
    assert ("event", "change") not in decoded(event_map)[1]
    first = replace(event_map.events[0], change="updated", changed_fields=("date", "place"))
    since = replace(event_map, events=(first, *event_map.events[1:]), since="yesterday")
    meta, hot, cold, lines = decoded(since)
    at = identifiers(cold, lines).index(first.id)
    assert meta["since"] == "yesterday"
    assert [code for code in hot["event", "change"] if code] == [hot["event", "change"][at]] == [2]
    assert lines["changed"][cold["event", "changed"][at]] == "date place"


@given(st.binary(max_size=200))
def test_letters_round_trip(raw: bytes) -> None:
    letters = columns.lettered(raw)
    assert unpack(letters) == raw
    assert not set(letters) & set("<&{ \n\r\0")


@given(st.lists(st.integers(0, 50)))
def test_numbers_by_first_use_round_trip(values: list[int]) -> None:
    numbers, old = columns.in_order_of_use(np.array(values, dtype=np.int64))
    assert old[numbers].tolist() == values if values else True
    table = columns.Table()
    table.add("t", "c", numbers, coding="first")
    _, back, _ = parsed(columns.block({}, table, {}))
    assert back["t", "c"] == numbers.tolist()


def test_newest_first_and_undated_last() -> None:
    days = [event.date.start if event.date else "" for event in data.in_list_order(sample.event_map().events)]
    assert days == sorted(days, reverse=True)


@given(st.lists(st.integers(-(1 << 31), (1 << 31) - 1)), st.sampled_from(["plain", "delta"]))
def test_columns_round_trip(values: list[int], coding: Any) -> None:
    table = columns.Table()
    table.add("t", "c", values, "i4", coding=coding)
    _, back, _ = parsed(columns.block({}, table, {}))
    assert back["t", "c"] == values


def test_columns_refuse_what_does_not_fit() -> None:
    with pytest.raises(OverflowError):
        columns.Table().add("t", "c", [256], "u1")


@given(st.text(), st.data())
def test_offsets_fit_javascript(text: str, draw: st.DataObject) -> None:
    start = draw.draw(st.integers(0, len(text)))
    end = draw.draw(st.integers(start, len(text)))
    a, b = columns.utf16_offsets(text, [start, end])
    wide = text.encode("utf-16-le", "surrogatepass")
    assert wide[2 * a : 2 * b].decode("utf-16-le", "surrogatepass") == text[start:end]


@given(st.text())
def test_separators_never_survive_in_a_line(text: str) -> None:
    line = columns.line(text)
    assert len(line) == len(text)
    assert not set(line) & set("\0\n\r\x1f")


@settings(deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=5))
def test_texts_stay_apart_whatever_they_hold(texts: list[str]) -> None:
    base = sample.event_map().events[5]
    events = tuple(
        replace(base, id=f"{number:02d}", reports=(replace(base.reports[0], title=text, evidence=text, marks=()),))
        for number, text in enumerate(texts)
    )
    _, _, cold, lines = decoded(EventMap(events=events, mentioned=(), footprints={}, articles=1, attribution=()))
    expected = [columns.sound(columns.line(event.reports[0].title or "")) for event in data.in_list_order(events)]
    titles, sentences = lines["articles"], [*lines.get("sentences", []), ""]
    assert [titles[article].split("\x1f")[0] for article in cold["telling", "article"]] == expected
    assert [sentences[sentence] for sentence in cold["telling", "sentence"]] == expected


def test_one_event_missing_everything() -> None:
    bare = MappedEvent(
        id="a", type="SOMETHING_NEW", mode=None, status="reported", date=None, actors=(), location=None,
        confidence=0.0, reports=(), independent_sources=0,
    )  # fmt: skip
    meta, table, _, _ = decoded(EventMap(events=(bare,), mentioned=(), footprints={}, articles=0, attribution=()))
    assert meta["bounds"] is None
    assert table["event", "spot"] == [0]


def test_an_area_without_footprint_is_no_point() -> None:
    event_map = replace(sample.event_map(), footprints={})
    meta, table, _, _ = decoded(event_map)
    assert meta["areas"] == []
    footprints = {meta["enums"]["footprint"][code] for code in table["spot", "footprint"]}
    assert "area" in footprints


def rings_of(area: dict[str, Any]) -> list[np.ndarray[Any, Any]]:
    return [np.cumsum(np.array(ring).reshape(-1, 2), axis=0) / areas.UNIT for ring in area["rings"]]


@pytest.mark.parametrize("place", ["c:ML", "c:NE", "c:LY", "c:MA", "r:sahel", "a:tillaberi"])
def test_areas_keep_their_shape_and_anchors_lie_inside(place: str) -> None:
    shape = sample.footprints()[place]
    name, lat, lon, _, _ = sample.PLACES[place]
    area = areas.encode(shape, lat=lat, lon=lon)
    drawn = shapely.union_all([shapely.make_valid(shapely.Polygon(ring)) for ring in rings_of(area) if len(ring) > 3])
    assert drawn.intersection(shape).area / drawn.union(shape).area > 0.97
    for x, y in area["anchors"]:
        assert shape.buffer(0.02).contains(shapely.Point(x / areas.UNIT, y / areas.UNIT)), name
    assert not area["line"]


def test_a_far_off_label_point_is_not_used() -> None:
    area = areas.encode(shapely.box(0, 0, 10, 10), lat=50, lon=50)
    assert shapely.box(0, 0, 10, 10).contains(shapely.Point(*(value / areas.UNIT for value in area["anchors"][0])))


def test_a_river_is_a_line() -> None:
    area = areas.encode(sample.footprints()["l:niger"], lat=16.6, lon=-2)
    assert area["line"]


def test_cut_keeps_detail_near_and_little_far() -> None:
    whole = basemap.load()
    world = basemap.cut(whole, None)
    near = basemap.cut(whole, (-20, 5, 30, 40), near=[(2, 13)])
    assert {country["code"] for country in world["countries"]} == {country["code"] for country in near["countries"]}
    assert sum(map(len, near["arcs"])) > sum(map(len, world["arcs"]))
    assert world["admin1"] == []
    assert near["admin1"]
    names = set(near["cities"]["name"])
    assert "Kidal" in names
    assert "Kidal" not in world["cities"]["name"]


def test_cut_arcs_still_make_closed_rings() -> None:
    cut = basemap.cut(basemap.load(), (-20, 5, 30, 40), near=[(2, 13)])
    arcs = [np.cumsum(np.array(arc).reshape(-1, 2), axis=0) for arc in cut["arcs"]]
    for country in cut["countries"]:
        for ring in country["rings"]:
            lines = [arcs[ref] if ref >= 0 else arcs[~ref][::-1] for ref in ring]
            for one, following in zip(lines, [*lines[1:], lines[0]], strict=True):
                assert (one[-1] == following[0]).all(), country["code"]


def test_every_country_is_drawn_and_named() -> None:
    cut = basemap.cut(basemap.load(), None)
    codes = {country["code"]: country for country in cut["countries"]}
    for code in ("ML", "DZ", "LY", "MA", "TN", "NE", "US", "FJ", "MV", "VA", "EH"):
        assert codes[code]["rings"], code
        assert codes[code]["names"]["en"]
    assert cut["disputed"]


def test_surroundings() -> None:
    assert cutting.surroundings([]) is None
    box = cutting.surroundings([(179.9, 84)])
    assert box is not None
    assert box[2] <= 180
    assert box[0] < 179.9
