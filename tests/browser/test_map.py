"""What a reader sees and can do, in a real browser with the network cut."""

# ruff: noqa: E501

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.browser.conftest import Open, Watched
from tests.render import sample

pytestmark = pytest.mark.browser

ITEMS = "eventMap.items()"
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}


def clean(watched: Watched) -> None:
    assert watched.outside() == []
    assert watched.complaints == []


def index(watched: Watched, test: str) -> int:
    """The event for which ``test`` (an expression over its facts ``f``) holds."""
    found = watched.js(
        f"(() => {{ for (let i = 0; i < 25; i++) {{ const f = eventMap.facts(i); if ({test}) return i; }} return -1; }})()"
    )
    assert found >= 0, test
    return int(found)


def pick(watched: Watched, test: str) -> str:
    """Open an event's receipt; its text."""
    watched.js(f"eventMap.pick({index(watched, test)})")
    watched.until("!!document.querySelector('.receipt h2')")
    watched.settled()
    return str(watched.js("document.querySelector('.receipt').textContent"))


@pytest.mark.parametrize(
    "options",
    [{}, {"color_scheme": "dark"}, PHONE, {"viewport": {"width": 1920, "height": 1080}, "device_scale_factor": 2}],
)
def test_opens_without_request_or_error(open_page: Open, sample_file: Path, options: dict[str, object]) -> None:
    watched = open_page(sample_file, **options).ready()
    watched.page.mouse.move(700, 400)
    watched.page.mouse.wheel(0, -400)
    watched.page.wait_for_timeout(500)
    assert watched.js("[...document.querySelectorAll('canvas')].some((c) => c.width > 300)")
    clean(watched)


def test_areas_are_areas_and_points_are_points(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    items = watched.js(ITEMS)
    areas = {item["name"]: item for item in items if item["kind"] == "area"}
    assert set(areas) == {"Mali", "Niger", "Sahel", "Tillabéri"}
    assert all(item["outlined"] for item in areas.values())
    assert {name: item["n"] for name, item in areas.items()} == {"Mali": 1, "Niger": 2, "Sahel": 2, "Tillabéri": 1}
    points = {item["name"] for item in items if item["kind"] in ("point", "spot")}
    assert {"Tunis", "Algiers", "Nouakchott", "N’Djamena"} <= points
    assert not points & {"Mali", "Niger", "Sahel", "Algeria", "Libya", "Morocco"}
    assert {item["name"] for item in items if item["kind"] == "mentioned"} >= {"Libya", "Morocco"}


def test_count_badges_stand_apart(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    for _ in range(4):
        plates = [item for item in watched.js(ITEMS) if item["kind"] == "area"]
        for a in plates:
            assert not [
                b["name"] for b in plates if b is not a and abs(a["x"] - b["x"]) < 30 and abs(a["y"] - b["y"]) < 22
            ]
        watched.page.keyboard.press("Tab")
        watched.page.locator(".leaflet-control-zoom-in").click()
        watched.page.wait_for_timeout(350)


def test_badges_points_and_unplaced_make_the_filtered_count(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    for step in range(8):
        tally = watched.js("eventMap.tally()")
        assert tally["areas"] + tally["points"] + tally["unplaced"] == tally["filtered"] == 23
        watched.page.locator(".leaflet-control-zoom-in" if step < 5 else ".leaflet-control-zoom-out").click()
        watched.page.wait_for_timeout(350)
    watched.page.locator(".more > summary").click()
    watched.page.get_by_role("checkbox", name="Background").check()
    tally = watched.js("eventMap.tally()")
    assert tally["filtered"] == 24
    assert tally["areas"] + tally["points"] + tally["unplaced"] == 24
    clean(watched)


def test_what_is_on_screen_adds_up_at_the_first_view(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    assert sum(item["n"] for item in watched.js(ITEMS)) + watched.js("eventMap.tally().unplaced") == 23
    assert watched.js("document.getElementById('em-count').textContent") == "23 events of 25: 21 on the map, 2 unplaced"


def test_statuses_are_filtered_as_told(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    rows = watched.js("[...document.querySelectorAll('.list .row')].map((r) => r.textContent).join('|')")
    assert "planned" in rows
    assert "1962" not in watched.js("document.body.innerText")
    watched.page.locator(".more > summary").click()
    watched.page.get_by_role("checkbox", name="Denied").check()
    assert watched.js("eventMap.count()") == 24


def test_receipt_shows_the_articles_words(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    text = pick(watched, "f.headline.startsWith('Gunmen')")
    for words in (
        "Gunmen attack convoy north of Timbuktu",
        "killing four soldiers",
        "19 March 2024",
        "within about 40 km",
        "Second Agency",
        "2 independent sources",
        "Elsewhere",
        "most populous place of that name",
        "Timbuktu, Mali",
    ):
        assert words in text
    marks = watched.js(
        "[...document.querySelector('.receipt blockquote').querySelectorAll('mark')].map((m) => [m.className, m.textContent])"
    )
    assert ["m-trigger", "attacked"] in marks
    assert ["m-place", "Timbuktu"] in marks
    assert ["m-date", "on Tuesday"] in marks
    links = watched.js("[...document.querySelectorAll('.receipt a')].map((a) => [a.href, a.rel, a.target])")
    assert links == [
        ["https://news.example/1", "noopener noreferrer", "_blank"],
        ["https://news.example/900", "noopener noreferrer", "_blank"],
    ]
    clean(watched)


def test_hostile_text_is_shown_and_nothing_of_it_runs(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    text = pick(watched, "f.type === 'ASSAULT' && f.place === 'Djibo'")
    shown = watched.js("document.querySelector('.receipt h2').textContent")
    assert shown == sample.HOSTILE[0]
    assert sample.HOSTILE[1] in text
    assert "49" not in shown
    assert watched.js("document.querySelectorAll('.receipt a').length") == 0
    assert watched.js("typeof window.canary") == "undefined"
    assert watched.js("document.querySelectorAll('.receipt script, .receipt img').length") == 0
    clean(watched)


def test_marks_are_right_beyond_the_basic_plane(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    pick(watched, "f.type === 'COOPERATE'")
    marks = watched.js("[...document.querySelectorAll('.receipt blockquote mark')].map((m) => m.textContent)")
    assert marks == ["share patrols", "on Friday"]


def test_right_to_left_headline(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    pick(watched, "f.type === 'AGREE'")
    assert watched.js("getComputedStyle(document.querySelector('.receipt h2')).direction") == "rtl"
    assert watched.js("document.querySelector('.receipt h2').lang") == "ar"
    assert watched.js("getComputedStyle(document.querySelector('.receipt dl')).direction") == "ltr"


def test_click_on_an_area_opens_it_and_names_the_others(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    niger = next(item for item in watched.js(ITEMS) if item["name"] == "Niger" and item["kind"] == "area")
    box = watched.page.locator(".folium-map").bounding_box()
    watched.page.mouse.click(box["x"] + niger["x"], box["y"] + niger["y"])
    watched.until("!!document.querySelector('.receipt h2')")
    assert "1 of 2" in watched.js("document.querySelector('.receipt').textContent")
    watched.page.wait_for_timeout(500)  # the map has slid to make room
    watched.page.get_by_label("Next event here").click()
    watched.until("document.querySelector('.receipt')?.textContent.includes('2 of 2')")
    clean(watched)


def test_unplaced_and_mentioned_lists(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    watched.page.get_by_role("tab", name="Unplaced").click()
    assert watched.js("[...document.querySelectorAll('.list .h')].map((h) => h.textContent)") == [
        "Neighbours agree on patrols 🚓",
        "Call for a truce",
    ]
    watched.page.get_by_role("tab", name="Also mentioned").click()
    watched.page.get_by_role("button", name="Libya").click()
    watched.until("!!document.querySelector('.receipt')")
    text = watched.js("document.querySelector('.receipt').textContent")
    assert "Officials in Libya did not comment." in text
    assert sample.HOSTILE[1] in text
    clean(watched)


def test_search_folds_accents_and_scripts(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    for query, least in (("tillaberi", 1), ("الاثنين", 1), ("GUNMEN", 1), ("zzzz", 0)):
        watched.page.locator("#em-query").fill(query)
        watched.until(
            f"eventMap.count() <= 2 && eventMap.count() >= {least} && document.getElementById('em-count').textContent.startsWith(String(eventMap.count()))"
        )
        watched.page.wait_for_timeout(200)
        assert watched.js("eventMap.count()") == least
    clean(watched)


def test_link_reopens_the_view(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    watched.page.get_by_role("checkbox", name="Protest").uncheck()
    pick(watched, "f.headline.startsWith('Grain')")
    watched.page.wait_for_timeout(400)
    hash_ = watched.js("location.hash")
    assert "event=0000000000000004" in hash_
    assert "hide=PROTEST" in hash_
    again = open_page(sample_file, hash_=hash_).ready()
    again.until("!!document.querySelector('.receipt h2')")
    assert again.js("document.querySelector('.receipt h2').textContent") == "Grain reaches Gao"
    assert again.js("eventMap.count()") == 21
    clean(again)


@pytest.mark.parametrize(
    "hash_",
    [
        "#map=NaN/1e999/x",
        "#event=%3Cscript%3E&q=%3Cimg%20src=x%3E",
        "#country=__proto__&hide=constructor",
        "#%E0%A4%A",
        "#from=9999-99-99&to=x&sure=1e9",
    ],
)
def test_bad_links_do_no_harm(open_page: Open, sample_file: Path, hash_: str) -> None:
    watched = open_page(sample_file, hash_=hash_).ready()
    assert watched.js("typeof eventMap.count()") == "number"
    clean(watched)


def test_works_by_keyboard(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    watched.js("document.querySelector('.list .row').focus()")
    watched.page.keyboard.press("ArrowDown")
    watched.page.keyboard.press("Enter")
    watched.until("document.activeElement.tagName === 'H2'")
    watched.page.keyboard.press("Escape")
    watched.until("document.querySelector('.receipt') === null || !document.querySelector('.leaflet-popup')")
    assert watched.js("document.activeElement.className") == "row"
    assert watched.js("document.activeElement.dataset.at") == "1"


@pytest.mark.parametrize("how", ["sandbox", "srcdoc"])
def test_works_inside_a_frame(open_page: Open, sample_file: Path, tmp_path: Path, how: str) -> None:
    outer = tmp_path / "outer.html"
    if how == "sandbox":
        frame = f'<iframe sandbox="allow-scripts" src="{sample_file.as_uri()}" width="1200" height="700"></iframe>'
    else:
        import html

        text = html.escape(sample_file.read_text(encoding="utf-8"))
        frame = f'<iframe sandbox="allow-scripts" srcdoc="{text}" width="1200" height="700"></iframe>'
    outer.write_text(f"<!DOCTYPE html><title>outer</title>{frame}", encoding="utf-8")
    watched = open_page(outer)
    inner = watched.page.frames[1]
    for _ in range(200):
        if inner.evaluate("document.documentElement.dataset.texts") == "ready":
            break
        watched.page.wait_for_timeout(50)
    assert inner.evaluate("eventMap.count()") == 23
    inner.evaluate("eventMap.pick(2)")
    watched.page.wait_for_timeout(400)
    assert inner.evaluate("!!document.querySelector('.receipt h2')")
    assert [url for url in watched.outside() if url.split("#")[0] not in (sample_file.as_uri(), "about:srcdoc")] == []
    assert watched.complaints == []


def test_works_without_decompression_stream(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file, init="delete window.DecompressionStream; delete Uint8Array.fromBase64;").ready()
    assert watched.js("typeof DecompressionStream") == "undefined"
    assert watched.js("eventMap.count()") == 23
    clean(watched)


def test_reads_as_a_list_without_javascript(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file, java_script_enabled=False)
    text = watched.page.locator("body").inner_text()
    assert "Gunmen attack convoy north of Timbuktu" in text
    assert sample.HOSTILE[1] in text
    assert "Unplaced events" in text
    assert "Libya" in text
    assert not watched.page.locator(".em-side").is_visible()
    clean(watched)


def test_policy_stops_injected_script(open_page: Open, sample_file: Path) -> None:
    """Had escaping failed, the policy alone would hold: markup put in as HTML does not run."""
    watched = open_page(sample_file).ready()
    watched.js(
        'document.body.insertAdjacentHTML(\'beforeend\', \'<img src="data:," onerror="window.canary=1"><a id=bad href="javascript:window.canary=2">x</a>\')'
    )
    watched.js(
        "(() => { const s = document.createElement('script'); s.textContent = 'window.canary=3'; document.body.append(s); })()"
    )
    watched.js("document.getElementById('bad').click()")
    watched.page.wait_for_timeout(200)
    assert watched.js("typeof window.canary") == "undefined"
    assert watched.outside() == []


def test_print_has_map_and_numbered_table(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    watched.page.emulate_media(media="print")
    watched.js("dispatchEvent(new Event('beforeprint'))")
    assert watched.js("document.querySelectorAll('#em-print-table tbody tr').length") == 23
    assert watched.page.locator("#em-print-table").is_visible()
    assert not watched.page.locator(".em-side").is_visible()
    clean(watched)


def test_exports_are_what_is_filtered(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    watched.page.get_by_role("checkbox", name="Attack").uncheck()
    watched.page.locator("#em-menu > summary").click()
    with watched.page.expect_download() as download:
        watched.page.locator("#em-geojson").click()
    saved = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert len(saved["features"]) == watched.js("eventMap.count()") == 17
    by_place = {feature["properties"]["place"]: feature["geometry"] for feature in saved["features"]}
    assert by_place["Niger"] is None
    assert by_place["Tunis"]["coordinates"] == [10.1658, 36.819]
    clean(watched)


def test_towns_with_events_are_named_once(open_page: Open, sample_file: Path) -> None:
    hook = "const fill = CanvasRenderingContext2D.prototype.fillText; window.drawn = []; CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) { drawn.push(text); fill.call(this, text, ...rest); };"
    watched = open_page(sample_file, init=hook).ready()
    watched.js("(() => { drawn.length = 0; window[document.querySelector('.folium-map').id].fire('moveend'); })()")
    drawn = watched.js("drawn")
    for name in ("Kidal", "Agadez", "Bamako", "Tunis"):
        assert drawn.count(name) == 1, name
    clean(watched)


def test_back_and_forward_step_through_what_was_done(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    headline = "(document.querySelector('.receipt h2')?.textContent ?? '')"
    watched.page.wait_for_timeout(300)
    watched.page.get_by_role("checkbox", name="Protest").uncheck()
    watched.until("location.hash.includes('hide=PROTEST')")
    pick(watched, "f.headline.startsWith('Grain')")
    watched.until("location.hash.includes('event=0000000000000004')")
    watched.page.wait_for_timeout(400)
    steps = watched.js("history.length")
    watched.page.mouse.move(1000, 400)  # panning is no step
    watched.page.mouse.down()
    watched.page.mouse.move(900, 350, steps=4)
    watched.page.mouse.up()
    watched.page.wait_for_timeout(600)
    assert watched.js("history.length") == steps
    watched.js("history.back()")
    watched.until(f"{headline} === '' && eventMap.count() === 21")
    watched.js("history.back()")
    watched.until("eventMap.count() === 23")
    watched.page.wait_for_timeout(400)
    watched.js("history.forward()")
    watched.until("eventMap.count() === 21")
    watched.js("history.forward()")
    watched.until(f"{headline} === 'Grain reaches Gao'")
    clean(watched)


def test_every_filter_is_in_the_address(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file).ready()
    watched.page.locator(".more > summary").click()
    watched.page.get_by_role("checkbox", name="Denied").check()
    watched.page.get_by_role("checkbox", name="Attack").uncheck()
    watched.page.locator("#em-country").select_option(label="Mali")
    watched.page.locator("#em-source").select_option(label="Sample Wire")
    watched.page.locator("#em-query").fill("bamako")
    watched.js(
        "(() => { const r = document.getElementById('em-sure'); r.value = '40'; r.dispatchEvent(new Event('input')); })()"
    )
    watched.js(
        "(() => { const r = document.getElementById('em-to'); r.value = String(+r.value - 1); r.dispatchEvent(new Event('input')); })()"
    )
    watched.page.get_by_label("only mentioned, no event").uncheck()
    watched.page.get_by_label("List only what the map shows").check()
    watched.page.get_by_role("tab", name="Unplaced").click()
    watched.until(
        "['hide=', 'status=', 'country=', 'source=', 'q=', 'sure=', 'to=', 'mentioned=0', 'follow=1', 'list=unplaced'].every((part) => location.hash.includes(part))"
    )
    count, hash_ = watched.js("eventMap.count()"), watched.js("location.hash")
    again = open_page(sample_file, hash_=hash_).ready()
    again.page.wait_for_timeout(400)
    assert again.js("eventMap.count()") == count
    assert again.js("location.hash") == hash_
    clean(again)


def test_an_open_mention_is_in_the_address(open_page: Open, sample_file: Path) -> None:
    watched = open_page(sample_file, hash_="#place=c:LY").ready()
    watched.until("document.querySelector('.receipt h2')?.textContent === 'Libya'")
    clean(watched)
