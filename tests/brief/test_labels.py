"""Labels never overlap signs, plates or one another, whatever the events."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.render.brief import entries, labels, marks
from mapper.render.brief.labels import Room
from mapper.render.brief.projection import Lambert
from mapper.render.brief.shapes import Plate, Text
from mapper.render.brief.styles import STYLES
from mapper.render.brief.view import View
from tests.brief.examples import event, event_map, location

FRAME = (0.0, 0.0, 560.0, 400.0)
VIEW = View(projection=Lambert(0.0, 15.0), x=0.0, y=0.0, scale=0.2, box=FRAME)

spots = st.lists(
    st.tuples(
        st.floats(-9, 9), st.floats(8, 22), st.sampled_from(["ASSAULT", "AID", "PROTEST"]),
        st.sampled_from(["settlement", "near"]), st.sampled_from(["reported", "planned"]),
    ),
    min_size=1, max_size=45,
)  # fmt: skip


def drawn(places: list[tuple[float, float, str, str, str]]) -> tuple[marks.Drawn, Room, int, int]:
    events = [
        event(n, location(f"Place {n}", lat, lon, precision=precision), kind=kind, status=status)  # type: ignore[arg-type]
        for n, (lon, lat, kind, precision, status) in enumerate(places)
    ]
    briefing = entries.number(event_map(events))
    marker = marks.Marker(briefing.spots, {}, VIEW, STYLES["plain"])
    while True:
        room = Room(FRAME)
        result = marker.draw(room)
        if not result.failed or not marker.join(result.failed[0]):
            return result, room, len(marker.marks()), len(briefing.placed)


@settings(max_examples=60, deadline=None)
@given(spots)
def test_labels_overlap_nothing(places: list[tuple[float, float, str, str, str]]) -> None:
    _, room, signs, _ = drawn(places)
    for index, box in enumerate(room.boxes[signs:], start=signs):
        assert FRAME[0] <= box[0] <= box[2] <= FRAME[2]
        assert FRAME[1] <= box[1] <= box[3] <= FRAME[3]
        for other in room.boxes[:index]:
            assert not (box[0] < other[2] and box[2] > other[0] and box[1] < other[3] and box[3] > other[1])


@settings(max_examples=30, deadline=None)
@given(spots)
def test_every_number_is_on_the_map_once(places: list[tuple[float, float, str, str, str]]) -> None:
    result, _, _, placed = drawn(places)
    assert not result.failed
    shown: list[int] = []
    for item in result.plates:
        if isinstance(item, Plate) and "…" not in item.name:
            for part in item.name.removeprefix("Number ").split(", "):
                first, _, last = part.partition("–")
                shown += range(int(first), int(last or first) + 1)
    cut = any(isinstance(item, Plate) and "…" in item.name for item in result.plates)
    assert len(shown) == len(set(shown))
    assert cut or sorted(shown) == list(range(1, placed + 1))


def test_names_stand_beside_their_sign() -> None:
    result, room, _, _ = drawn([(0.0, 15.0, "AID", "settlement", "reported")])
    written = [item for item in result.plates if isinstance(item, Text)]
    assert [item.text for item in written] == ["1", "Place 0"]
    assert room.boxes[1][0] > room.boxes[0][2] - 1


@pytest.mark.parametrize(
    ("segment", "expected"),
    [
        (((0, 5), (10, 5)), True), (((0, 0), (3, 3)), False), (((5, 0), (5, 20)), True), (((0, 4), (10, 4)), False),
        (((5, 5), (5.5, 5.5)), True), (((0, 10), (10, 0)), True),
    ],
)  # fmt: skip
def test_a_line_that_touches_a_box_is_found(segment: labels.Segment, expected: bool) -> None:
    assert labels.crosses((4, 4, 6, 6), segment) is expected
