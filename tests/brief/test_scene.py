"""What is drawn says what is known, and every output is drawn from the same scene."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest

from mapper.render.brief import entries, key, kinds, scene, styles, text
from mapper.render.brief.shapes import Group, Item, Plate, Symbol, Table, Text
from mapper.render.brief.shapes import Path as Drawn
from mapper.render.words import words
from tests.brief.examples import event, event_map, location, small

SCRIPT = Path(__file__).parents[2] / "mapper" / "render" / "assets" / "js" / "types.js"


@lru_cache(maxsize=1)
def laid_out() -> scene.Scene:
    wanted = scene.Wanted(title="A title", subtitle="A subtitle", as_of="2024-03-20", tlp="amber")
    return scene.layout(small(), wanted)


def group(name: str) -> tuple[Item, ...]:
    return next(item.items for item in laid_out().pages[0].items if isinstance(item, Group) and item.name == name)


def texts() -> list[str]:
    return [item.text for item in laid_out().pages[0].flat() if isinstance(item, Text)]


def test_an_area_is_outlined_and_never_pinned() -> None:
    outlines = [item for item in group("Areas of events") if isinstance(item, Drawn) and item.closed]
    assert [item.name for item in outlines] == ["Area: Desert"]
    assert not any(isinstance(item, Symbol) and "Desert" in item.name for item in group("Events"))


def test_the_key_lists_every_event_shown_and_those_without_a_place() -> None:
    table = next(item for item in laid_out().pages[0].flat() if isinstance(item, Table))
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert [row[0] for row in cells] == ["No.", "1", "2", "3", "4", "5", "Not placed: the articles state no place", "–"]
    assert any("planned" in row[-1] for row in cells)
    assert any("place inferred" in row[-1] for row in cells)
    assert any(row[2] == "near Timbuktu, within 40 km" for row in cells)


def test_the_legend_explains_what_is_drawn_and_nothing_else() -> None:
    words = {item.text for item in group("Legend") if isinstance(item, Text)} - {"2"}
    assert {"place known only as this area", "somewhere within the ring", "planned", "Aid", "Protest"} <= words
    assert "Disaster" not in words
    assert "place only mentioned" not in words


def test_marking_date_counts_and_credits_are_on_the_page() -> None:
    shown = " ".join(texts())
    assert "TLP:AMBER" in shown
    assert "As of 2024-03-20. 3 articles; 6 events, 1 without a place, 1 more" in shown
    assert "GeoNames (CC BY 4.0)" in shown
    assert "Natural Earth" in shown


def test_everything_lies_on_the_page() -> None:
    page = laid_out().pages[0]
    for item in page.flat():
        if isinstance(item, Text):
            width = text.width(item.text, item.size, bold=item.bold)
            left = item.x - {"start": 0, "middle": width / 2, "end": width}[item.anchor]
            assert left >= 0
            assert left + width <= page.width
            assert item.size / 2 <= item.y <= page.height - item.size / 2
        elif isinstance(item, Plate):
            assert 0 <= item.box[0] <= item.box[2] <= page.width
        elif isinstance(item, Drawn):
            assert all(0 <= x <= page.width and 0 <= y <= page.height for ring in item.rings for x, y in ring)


def test_numbers_do_not_depend_on_the_size() -> None:
    one = scene.picture(small(), scene.Wanted(title="x"), size=(300, 300))
    assert [e.number for e in one.briefing.entries] == [e.number for e in laid_out().briefing.entries]
    assert [e.event.id for e in one.briefing.entries] == [e.event.id for e in laid_out().briefing.entries]


def test_a_long_key_goes_on_pages_of_its_own() -> None:
    events = [event(n, location(f"Place {n}", 10 + n % 7, n % 11)) for n in range(60)]
    paged = scene.layout(event_map(events), scene.Wanted(title="x"))
    assert paged.key_pages >= 2
    tables = [item for page in paged.pages for item in page.flat() if isinstance(item, Table)]
    numbers = [row.cells[0].text for table in tables for row in table.rows if not row.heading]
    assert numbers == [str(n) for n in range(1, 61)]
    assert all(table.y + table.height < paged.pages[0].height - 30 for table in tables)
    tall = scene.layout(event_map(events), scene.Wanted(title="x"), paged=False)
    assert len(tall.pages) == 1
    assert tall.pages[0].height > paged.pages[0].height


def test_no_events_is_a_map_all_the_same() -> None:
    empty = scene.layout(event_map([]), scene.Wanted(title="Nothing"))
    assert "0 events" in " ".join(i.text for i in empty.pages[0].flat() if isinstance(i, Text))


def test_an_area_off_the_map_is_listed_as_outside() -> None:
    near = [event(n, location(f"Place {n}", 16 + n * 0.3, n * 0.4)) for n in range(9)]
    laid = scene.layout(event_map([*near, event(20, location("Washington", 38.9, -77.0))]), scene.Wanted(title="x"))
    assert [entry.place for entry in laid.outside] == ["Washington"]


def test_signs_are_those_of_the_html_map() -> None:
    script = SCRIPT.read_text("utf-8")
    found = re.findall(r'^  ([A-Z_]+): \["(\w+)", "(\w+)"\]', script, re.MULTILINE)
    assert {code: (words("en").type(code), family, shape) for code, family, shape in found} == kinds.TYPES
    colours = dict(re.findall(r'(\w+): "(#[0-9a-f]{6})"', script.split("FAMILIES", 1)[1].split("}", 1)[0]))
    assert colours == kinds.FAMILIES


def test_no_two_types_look_alike_without_colour() -> None:
    looks = [(kinds.kind(code).shape, kinds.kind(code).detail) for code in [*kinds.TYPES, "SOMETHING_NEW"]]
    assert len(set(looks)) == len(looks)


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", styles.STYLES)
def test_styles_can_be_read_in_grey(name: str) -> None:
    style = styles.STYLES[name]
    for ground in (style.land, style.sea):
        assert contrast(style.text, ground) >= 7
        assert contrast(style.quiet, ground) >= 3.5
        for colour in [style.mark] if style.mark else kinds.FAMILIES.values():
            assert contrast(colour, ground) >= 3
    assert contrast(style.muted, style.paper) >= 4.5


def test_dates_are_told_at_the_precision_known() -> None:
    assert entries.date_words(None) == "no date"
    assert [entries.ranges(n) for n in ([3], [1, 2, 3, 7], [9, 8])] == [["3"], ["1–3", "7"], ["8–9"]]


def test_wrapping_keeps_to_the_width() -> None:
    lines = text.wrap("a wordthatisfartoolongtofitintoanycolumn and more of them", 60, 9)
    assert all(text.width(one, 9) <= 60 for one in lines)
    assert "".join(lines).replace(" ", "") == "awordthatisfartoolongtofitintoanycolumnandmoreofthem"
    assert text.wrap("one two three four five six", 40, 9, most=2)[-1].endswith("…")


def test_control_characters_and_overrides_do_not_reach_the_page() -> None:
    assert text.line("a\x00b\n c\u202ed\ud800") == "a\u2400b cd\ufffd"


def test_key_pages_keep_a_heading_with_its_rows() -> None:
    briefing = entries.number(event_map([event(n, None) for n in range(40)]))
    parts = key.pages(key.rows(briefing, (), key.wide(900)), 400)
    assert len(parts) > 1
    assert all(not part[-1].heading for part in parts)


def test_what_changed_is_in_the_key_the_foot_and_the_notes() -> None:
    from dataclasses import replace

    from mapper.model import RetractedEvent
    from mapper.render.brief import evidence

    plain = small()
    events = tuple(replace(e, change="new") if e.id.endswith("1") else e for e in plain.events)
    gone = RetractedEvent(id="x", type="PROTEST", date="2024-03-01", place="Niamey", sources=("Sample Wire",))
    told = scene.layout(replace(plain, events=events, since="monday", retracted=(gone,)), scene.Wanted(title="T"))
    words = [item.text for page in told.pages for item in page.flat() if isinstance(item, Text)]
    assert any(word.endswith("Since monday: 1 new, 1 retracted.") for word in words)
    assert [entry.notes for entry in told.briefing.entries if "new" in entry.notes] == [("new",)]
    assert "No longer told by any article:\nProtest, Niamey, 2024-03-01, Sample Wire" in evidence.notes(told)
    quiet = scene.layout(plain, scene.Wanted(title="T"))
    assert "Since" not in " ".join(i.text for page in quiet.pages for i in page.flat() if isinstance(i, Text))


def test_a_sentence_that_does_not_travel_leaves_no_empty_quotation() -> None:
    from dataclasses import replace

    from mapper.render.brief import evidence

    plain = small()
    events = tuple(
        replace(e, reports=tuple(replace(r, evidence="", marks=(), title=None) for r in e.reports))
        for e in plain.events
    )
    told = scene.layout(replace(plain, events=events), scene.Wanted(title="T"))
    assert "“" not in evidence.notes(told)
