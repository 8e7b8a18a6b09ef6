"""What the data blocks hold: columns that come back as they went in, offsets that fit, honest geometry."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import basemap
from mapper.model import EventMap, MappedEvent
from mapper.render import areas, columns, data
from mapper.render import basemap as cutting
from tests.render import sample


def unpack(block: str) -> bytes:
    return gzip.decompress(base64.b64decode(block))


def decoded(event_map: EventMap) -> tuple[dict[str, Any], dict[tuple[str, str], list[int]], list[list[str]]]:
    """Meta, columns and text sections, read back as decode.js does."""
    blocks = data.build(event_map, title="t", subtitle=None, as_of=None, credits_=())
    raw = unpack(blocks.data)
    length = int.from_bytes(raw[:4], "little")
    meta = json.loads(raw[4 : 4 + length])
    at, table = 4 + length, {}
    for name, column, kind, count in meta["columns"]:
        width = int(kind[1])
        planes = np.frombuffer(raw[at : at + width * count], dtype=np.uint8).reshape(width, count)
        table[name, column] = np.ascontiguousarray(planes.T).view("<" + kind).ravel().tolist() if count else []
        at += width * count
    assert at == len(raw)
    sections = [part.split("\n") for part in unpack(blocks.texts).decode("utf-8").split("\0")]
    return meta, table, sections


def test_every_event_comes_back() -> None:
    event_map = sample.event_map()
    meta, table, sections = decoded(event_map)
    ordered = data.in_list_order(event_map.events)
    assert meta["n"] == 25
    assert [len(section) for section in sections[:3]] == [25, 25, 25]
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
        assert json.loads(sections[2][index])[0] == event.id


def test_newest_first_and_undated_last() -> None:
    days = [event.date.start if event.date else "" for event in data.in_list_order(sample.event_map().events)]
    assert days == sorted(days, reverse=True)


@given(st.lists(st.integers(-(1 << 31), (1 << 31) - 1)))
def test_columns_round_trip(values: list[int]) -> None:
    table = columns.Table()
    table.add("t", "c", values, "i4")
    raw = table.to_bytes()
    planes = np.frombuffer(raw, dtype=np.uint8).reshape(4, len(values)) if values else np.zeros((4, 0), np.uint8)
    assert np.ascontiguousarray(planes.T).view("<i4").ravel().tolist() == values


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


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_texts_stay_apart_whatever_they_hold(texts: list[str]) -> None:
    base = sample.event_map().events[5]
    events = tuple(
        replace(base, id=f"{number:02d}", reports=(replace(base.reports[0], title=text, evidence=text, marks=()),))
        for number, text in enumerate(texts)
    )
    _, _, sections = decoded(EventMap(events=events, mentioned=(), footprints={}, articles=1, attribution=()))
    expected = [columns.sound(columns.line(event.reports[0].title or "")) for event in data.in_list_order(events)]
    assert sections[0] == expected
    assert sections[1] == expected


def test_one_event_missing_everything() -> None:
    bare = MappedEvent(
        id="a", type="SOMETHING_NEW", mode=None, status="reported", date=None, actors=(), location=None,
        confidence=0.0, reports=(), independent_sources=0,
    )  # fmt: skip
    meta, table, _ = decoded(EventMap(events=(bare,), mentioned=(), footprints={}, articles=0, attribution=()))
    assert meta["bounds"] is None
    assert table["event", "spot"] == [0]


def test_an_area_without_footprint_is_no_point() -> None:
    event_map = replace(sample.event_map(), footprints={})
    meta, table, _ = decoded(event_map)
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
