"""What a KML viewer makes of it: text shown as text, areas as areas, unplaced events in a folder of their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree, html
from shapely.geometry import LineString

from mapper import export
from mapper.export.rows import clean
from mapper.model import EventDate
from tests.export.hostile import STRINGS, corpus, footprint
from tests.samples import MALI, analysis, location

KML = "{http://www.opengis.net/kml/2.2}"
# The schema of KML 2.2 asks for the parts of a placemark in this order.
ORDER = ["name", "Snippet", "description", "TimeSpan", "styleUrl", "ExtendedData", "Point", "Polygon", "MultiGeometry"]


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> etree._ElementTree:
    path: Path = tmp_path_factory.mktemp("kml") / "e.kml"
    export.write(path, corpus(), footprint=footprint)
    assert b"<![CDATA[" not in path.read_bytes()
    return etree.parse(path)


def folder(document: etree._ElementTree, name: str) -> list[etree._Element]:
    return next(f for f in document.iter(f"{KML}Folder") if f.findtext(f"{KML}name") == name).findall(f"{KML}Placemark")


def test_each_folder_holds_its_kind_of_geometry(document: etree._ElementTree) -> None:
    drawn = {
        name: {
            child.tag.removeprefix(KML)
            for placemark in folder(document, name)
            for child in placemark
            if child.tag.removeprefix(KML) in {"Point", "Polygon", "MultiGeometry", "LineString"}
        }
        for name in ("points", "areas", "unplaced")
    }
    assert drawn == {"points": {"Point"}, "areas": {"MultiGeometry"}, "unplaced": set()}
    assert len(folder(document, "unplaced")) == 2 * len(STRINGS)  # nowhere, and an area without a known outline


def test_a_placemark_is_in_the_order_of_the_schema(document: etree._ElementTree) -> None:
    for placemark in document.iter(f"{KML}Placemark"):
        places = [ORDER.index(child.tag.removeprefix(KML)) for child in placemark]
        assert places == sorted(places)


def test_a_description_shown_as_html_is_the_text_and_nothing_else(document: etree._ElementTree) -> None:
    for placemark in document.iter(f"{KML}Placemark"):
        told = {d.get("name"): d.findtext(f"{KML}value") or "" for d in placemark.iter(f"{KML}Data")}
        shown = placemark.findtext(f"{KML}description") or ""
        assert "<" not in shown
        assert "$[" not in shown
        # What makes a difference to HTML alone (C1 controls are read as Windows-1252) is left out of the comparison.
        if not any("\x7f" <= character <= "\x9f" for character in told["evidence"]):
            assert told["evidence"].strip() in html.fromstring(f"<pre>-{shown}</pre>").text_content()


def test_a_name_has_no_markup_whoever_shows_it(document: etree._ElementTree) -> None:
    names = [placemark.findtext(f"{KML}name") or "" for placemark in document.iter(f"{KML}Placemark")]
    assert not any(set("<>&$") & set(name) for name in names)
    assert any("\u2039script\u203a" in name for name in names)


def test_the_extended_data_hold_the_text_as_it_is(document: etree._ElementTree) -> None:
    titles = {data.findtext(f"{KML}value") or "" for data in document.iter(f"{KML}Data") if data.get("name") == "title"}
    assert {clean(text) for text in STRINGS} <= titles


def test_the_balloon_shows_the_description_only(document: etree._ElementTree) -> None:
    assert [text.text for text in document.iter(f"{KML}text")] == ["$[description]"]


def test_a_river_is_a_line_and_an_undated_event_has_no_time(tmp_path: Path) -> None:
    one = analysis()
    river = replace(location(MALI), place_id="river", footprint="line")
    event = replace(one.events[0], location=river, date=None)
    still = replace(one.events[0], date=EventDate(start="20140403", end=None, precision="day", basis="explicit"))
    export.write(
        tmp_path / "e.kml",
        [replace(one, events=(event, still))],
        footprint=lambda _: LineString([(0, 1), (2, -3.5)]),
    )
    document = etree.parse(tmp_path / "e.kml")
    assert document.findtext(f".//{KML}LineString/{KML}coordinates") == "0.0,1.0 2.0,-3.5"
    (span,) = document.iter(f"{KML}TimeSpan")
    assert [(child.tag, child.text) for child in span] == [(f"{KML}begin", "2014-04-03")]
    assert "undated" in (folder(document, "areas")[0].findtext(f"{KML}name") or "")
