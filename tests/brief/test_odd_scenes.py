"""Maps with little or odd on them: areas without an outline, rivers, places off the page, marks with no neighbour."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import shapely

from mapper.model import MentionedPlace, PlaceRef
from mapper.render.brief import areas, document, entries, figure, ground, key, marks, mentions, names, scene, view
from mapper.render.brief.labels import Room, far
from mapper.render.brief.mark import ink
from mapper.render.brief.projection import Lambert
from mapper.render.brief.shapes import Circle, Group, Path, Table
from mapper.render.brief.styles import STYLES
from mapper.render.brief.view import Extent, View
from tests.brief.examples import event, event_map, location, small

FRAME = (0.0, 0.0, 560.0, 400.0)
VIEW = View(projection=Lambert(0.0, 15.0), x=0.0, y=0.0, scale=0.2, box=FRAME)
STYLE = STYLES["plain"]
RIVER = shapely.LineString([(-3, 14), (-1, 15), (1, 16.5), (3, 15)])


def marker(*places: Any, footprints: dict[str, Any] | None = None, style: Any = STYLE) -> marks.Marker:
    events = [event(n, where) for n, where in enumerate(places)]
    return marks.Marker(entries.number(event_map(events)).spots, footprints or {}, VIEW, style)


def group(laid: scene.Scene, name: str) -> tuple[Any, ...]:
    return next(item.items for item in laid.pages[0].items if isinstance(item, Group) and item.name == name)


def test_an_area_without_an_outline_is_a_plate_and_no_pin() -> None:
    bare = location("Azawad", 18.0, 0.0, footprint="area", precision="region")
    drawn = marker(bare).draw(Room(FRAME))
    assert "bare" in drawn.features
    assert drawn.signs == []
    laid = scene.layout(event_map([event(1, bare), event(2, location("Gao", 16.27, -0.04))]), scene.Wanted(title="x"))
    assert "Legend: area" in {getattr(item, "name", "") for item in group(laid, "Legend")}


def test_a_river_is_a_line_with_its_numbers_along_it() -> None:
    river = location("Niger", 15.2, -0.5, footprint="line", precision="feature")
    laid = scene.layout(
        event_map([event(1, river), event(2, location("Gao", 16.27, -0.04))], {"p:Niger": RIVER}),
        scene.Wanted(title="x"),
    )
    lines = [item for item in group(laid, "Areas of events") if isinstance(item, Path) and item.name == "Area: Niger"]
    assert [line.closed for line in lines] == [False]
    along = areas.anchors(shapely.LineString([(0, 0), (100, 0)]), (3, 3))
    assert along == [(50.0, 0.0), (35.0, 0.0), (65.0, 0.0), (20.0, 0.0), (80.0, 0.0)]


def test_an_area_too_narrow_for_a_grid_has_a_point_of_its_own() -> None:
    sliver = shapely.Polygon([(0, 0), (100, 0), (100, 0.01), (0, 0.0001)])
    (found,) = areas.anchors(sliver.difference(shapely.box(-1, -1, 101, 0.00005)), (500, 500))[:1]
    assert 0 <= found[0] <= 100


def test_an_area_off_the_page_is_listed_as_outside_and_never_drawn() -> None:
    away = location("Away", 16.0, 0.0, footprint="area", precision="admin1")
    drawn = marker(away, footprints={"p:Away": shapely.box(100, -40, 110, -30)}).draw(Room(FRAME))
    assert [spot.location.name for spot in drawn.outside] == ["Away"]
    assert drawn.areas == []


def test_a_mark_without_a_neighbour_is_joined_with_none() -> None:
    alone = marker(location("Gao", 16.27, -0.04))
    assert alone.join((0, 0)) is False
    apart = marker(location("Gao", 10, -8), location("Kidal", 20, 8))
    assert apart.join((0, 0)) is False
    assert len(apart.marks()) == 2


def test_marks_that_are_one_already_stay_one() -> None:
    two = marker(location("Gao", 16.0, 0.0), location("Bourem", 16.0, 0.9))
    assert len(two.marks()) == 2
    assert two.join((0, 0)) is True
    assert len(two.marks()) == 1
    two._joined.append(two._joined[0])
    assert len(two.marks()) == 1


def test_where_nothing_is_free_a_number_is_told_as_failed() -> None:
    full = Room(FRAME)
    one = marker(location("Gao", 16.0, 0.0))
    (x, y) = one.points[0][1]
    full.take((0, 0, 560, y - 8))
    full.take((0, y + 8, 560, 400))
    full.take((0, 0, x - 8, 400))
    full.take((x + 8, 0, 560, 400))
    assert one.draw(full).failed == [(x, y)]


def test_boxes_around_a_mark_end_where_the_reach_does() -> None:
    assert list(far(0, 0, 5, 10, 10, reach=16)) == []
    assert len(list(far(0, 0, 5, 10, 10, reach=17))) == 16
    assert len(list(far(0, 0, 5, 10, 10, reach=26))) == 32


def test_parts_of_mixed_geometries() -> None:
    square = shapely.box(0, 0, 10, 10)
    mixed = shapely.GeometryCollection([square, shapely.GeometryCollection([shapely.MultiPolygon([square]), RIVER])])
    assert len(ground.rings_of(mixed)) == 2
    assert len(ground.rings_of(mixed, least=200)) == 0
    lines = shapely.GeometryCollection([RIVER, shapely.GeometryCollection([shapely.MultiLineString([RIVER]), square])])
    assert len(ground.lines_of(lines)) == 2


def test_a_style_of_one_colour_draws_everything_in_it() -> None:
    spot = marker(location("Gao", 16.0, 0.0)).points[0][0]
    assert ink(spot, STYLE) == spot.kinds[0].colour
    assert ink(spot, replace(STYLE, mark="#123456")) == "#123456"


def mentioned(name: str, **changes: Any) -> MentionedPlace:
    values: dict[str, Any] = {
        "id": f"p:{name}", "name": name, "lat": 16.0, "lon": 0.0, "country_code": None, "feature_class": "A",
        "feature_code": "ADM1", "footprint": "area",
    }  # fmt: skip
    return MentionedPlace(place=PlaceRef(**(values | changes)), mentions=())


def test_places_only_mentioned_that_are_off_the_page_leave_nothing() -> None:
    away, off = mentioned("Away"), mentioned("Off", feature_class="P", footprint="point", lat=-60.0)
    footprints = {"p:Away": shapely.box(100, -40, 110, -30)}
    assert mentions.draw([away, off], footprints, VIEW, STYLE, Room(FRAME)) == ([], [], set())
    here = mentioned("Here", feature_class="P", footprint="point")
    items, _, features = mentions.draw([here, here], {}, VIEW, STYLE, Room(FRAME))
    assert [type(item) for item in items] == [Circle], "the second finds no room"
    assert features == {"mentioned"}


def test_what_a_caption_counts() -> None:
    laid = scene.layout(small(), scene.Wanted(title="x"))
    assert "Outside the map" not in document._caption(laid)
    told = document._caption(replace(laid, outside=laid.briefing.placed[:2], retracted=("an attack in Gao",)))
    assert "Outside the map: 2." in told
    assert "No longer told by any article: an attack in Gao." in told


def test_what_is_noted_of_an_event() -> None:
    first = event(1, location("Gao", 16.27, -0.04))
    (entry,) = entries.number(event_map([replace(first, independent_sources=3)])).placed
    assert "3 sources" in entry.notes
    (bare,) = entries.number(event_map([replace(first, reports=())])).placed
    assert bare.what == ""


def test_places_on_opposite_sides_of_the_world_have_no_middle() -> None:
    def at(lon: float, lat: float) -> Extent:
        return Extent(lons=(lon,), lats=(lat,), lon=lon, lat=lat)

    assert view._middle([at(0, 0), at(180, 0)]) == (0.0, 0.0)
    assert view._middle([at(170, 10), at(-170, 10)]) == pytest.approx((180.0, 10.151), abs=0.01)


def test_tables_are_not_drawn_as_such() -> None:
    table = Table(x=0, y=0, widths=(), rows=(), size=8, colour="#000000", muted="#000000", line="#000000")
    with pytest.raises(TypeError, match="tables are drawn as their lines and text"):
        figure._draw(None, table, 0)


def test_a_name_without_a_shape_lies_in_none() -> None:
    name = ground.Name(text="Gao", places=((0, 0),), weight=1.0, country=False)
    assert names._share_inside((0, 0, 10, 10), name) == 0.0
    assert names._share_inside((0, 0, 10, 10), replace(name, shape=shapely.box(0, 0, 5, 10))) == 0.5


def test_the_hemisphere_of_the_inset_without_land_or_the_places_behind_it() -> None:
    laid = scene.layout(
        event_map([*(event(n, location(f"P{n}", -40 - n * 0.3, -140 + n * 0.4)) for n in range(9)),
                   event(20, location("Tehran", 35.7, 51.4))]),
        scene.Wanted(title="x"),
    )  # fmt: skip
    inset = next(item.items for item in laid.pages[0].items if isinstance(item, Group) and "nset" in item.name)
    assert [entry.place for entry in laid.outside] == ["Tehran"]
    assert not any(isinstance(item, Circle) and item.r == 1.8 for item in inset), "it lies on the other side"


def test_rows_of_the_key_that_all_fit_are_one_part() -> None:
    rows = key.rows(entries.number(event_map([event(n, None) for n in range(3)])), (), key.wide(900))
    (part,) = key.pages(rows, 4_000)
    assert list(part) == list(rows)
