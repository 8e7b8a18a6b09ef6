"""Pieces of the page at their edges: outlines of nothing, languages not spoken, files that are not the vendored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely

from mapper.render import about, areas, bundle, minify, vendor, words
from tests.brief.examples import small


def test_what_is_smaller_than_a_step_has_no_outline() -> None:
    assert areas._deltas(shapely.LineString([(1, 1), (1 + 1e-9, 1)])) == []
    two = areas._deltas(shapely.LineString([(0, 0), (1, 2)]))
    assert two == [0, 0, areas.UNIT, 2 * areas.UNIT]


def test_a_name_has_as_many_places_as_there_is_room_for() -> None:
    square = shapely.box(0, 0, 1, 1)
    frame = square - shapely.box(0.001, 0.001, 0.999, 0.999)
    spur = frame | shapely.box(0.49, 0, 0.51, 0.31)
    for shape, least, most in ((frame, 1, 1), (spur, 2, areas._ANCHORS - 1), (square, areas._ANCHORS, areas._ANCHORS)):
        anchors = areas._anchors(shape, shape, lat=0.5, lon=0.5)
        assert least <= len(anchors) <= most
        assert len({tuple(at) for at in anchors}) == len(anchors)
        assert all(shape.distance(shapely.Point(x / areas.UNIT, y / areas.UNIT)) < 0.01 for x, y in anchors)


def test_what_is_about_the_map_is_counted_where_nobody_has() -> None:
    speaks = words.words("en")
    tally = about.Tally()
    for event in small().events:
        tally.add(event)
    assert about.describe(small(), speaks, as_of=None) == about.describe(small(), speaks, as_of=None, tally=tally)


def test_a_language_that_the_page_does_not_speak() -> None:
    with pytest.raises(ValueError, match=r"the page speaks en, .*, not 'tlh'"):
        words.words("tlh")


def test_a_vendored_file_that_is_another_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"a.js": {"sha256": "9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0"}}
    (tmp_path / "manifest.json").write_text(json.dumps({"files": files}), encoding="utf-8")
    monkeypatch.setattr(vendor, "_FOLDER", tmp_path)
    (tmp_path / "a.js").write_bytes(b"aaa")
    assert vendor.read("a.js") == b"aaa"
    (tmp_path / "a.js").write_bytes(b"aab")
    with pytest.raises(vendor.VendorError, match=r"a\.js differs from the vendored copy"):
        vendor.read("a.js")


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("const a = `one\ntwo`;\n", "a template literal over several lines"),
        ("const a = 1;\nexport { a as b } from 'x';\n", "in a form that cannot be bundled"),
    ],
)
def test_a_script_that_cannot_be_bundled_is_refused(
    script: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "_read", lambda _: script)
    with pytest.raises(bundle.BundleError, match=fault):
        bundle.script.__wrapped__()


def test_a_template_within_a_template_is_refused() -> None:
    with pytest.raises(ValueError, match="a template literal inside another"):
        minify.tight("const a = `${f(`b`)}`;")
    assert minify.tight("const a = `${b} c`;") == "const a=`${b} c`;"
