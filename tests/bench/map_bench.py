"""``python -m tests.bench.map_bench [COUNT …]``: how long a map takes to make and to open, and how large it is.

Prints one line a size: our page (Python seconds, memory over the events' own, size, milliseconds in Chromium from
opening to the first picture and to all texts, then each kind of filter, a redraw, and the 95th percentile of frames
while panning), and beside it what plain folium needs in Python and bytes for its markers, MarkerCluster and
FastMarkerCluster. folium's own pages load scripts from the network, so they are not opened here.
"""

# ruff: noqa: E501

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

DESIGNS = ("ours", "Marker", "MarkerCluster", "FastMarkerCluster")
FOLIUM_LIMIT = {"Marker": 10_000, "MarkerCluster": 10_000, "FastMarkerCluster": 100_000}
"""Beyond this plain folium takes minutes and gigabytes."""


def make(design: str, count: int, path: Path) -> dict[str, float]:
    """Build one page in this process: CPU seconds and megabytes of memory beyond the events, and its size."""
    import resource

    from tests.bench.made_up import event_map

    events = event_map(count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    if design == "ours":
        from mapper.render.page import build

        build(events, title=f"{count} events").save(path)
    else:
        import folium
        from folium.plugins import FastMarkerCluster, MarkerCluster

        map_ = folium.Map([0, 0], zoom_start=2, tiles=None)
        placed = [(event, event.location) for event in events.events if event.location]
        if design == "FastMarkerCluster":
            rows = [[place.lat, place.lon, event.reports[0].title] for event, place in placed]
            FastMarkerCluster(rows).add_to(map_)
        else:
            group = map_ if design == "Marker" else MarkerCluster().add_to(map_)
            for event, place in placed:
                text = f"{event.reports[0].title}: {event.reports[0].evidence}"
                folium.Marker([place.lat, place.lon], popup=text, tooltip=event.reports[0].title).add_to(group)
        map_.save(str(path))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "python_s": round(time.process_time() - start, 2),
        "memory_mb": round((after - before) / 1024),
        "size_mb": round(path.stat().st_size / 1e6, 2),
    }


_MEASURE = """(async () => {
  const out = {};
  const time = (name, action) => { const at = performance.now(); action(); out[name] = Math.round((performance.now() - at) * 10) / 10; };
  for (const mark of performance.getEntriesByType("mark")) out[mark.name + "_ms"] = Math.round(mark.startTime);
  const box = document.querySelector("#em-types input"), from = document.getElementById("em-from");
  time("toggle_ms", () => box.click()); box.click();
  time("brush_ms", () => { from.value = String(+from.max / 3); from.dispatchEvent(new Event("input")); });
  from.value = "0"; from.dispatchEvent(new Event("input"));
  time("redraw_ms", () => window[document.querySelector(".folium-map").id].fire("moveend"));
  return out;
})()"""

_WATCH_FRAMES = """window.frames_ = [];
(function next(last) { requestAnimationFrame((now) => { window.frames_.push(now - last); next(now); }); })(performance.now())"""

_FRAMES = (
    "Math.round(window.frames_.slice(1).sort((a, b) => a - b)[Math.floor(window.frames_.length * .95) - 1] * 10) / 10"
)


def open_in_browser(path: Path, attempts: int = 3) -> dict[str, float]:
    """The best of some openings, as this kind of machine is noisy."""
    from playwright.sync_api import sync_playwright

    from tests.chromium import chromium

    best: dict[str, float] = {}
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"]
        browser = playwright.chromium.launch(executable_path=chromium(), args=options)
        for _ in range(attempts):
            page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
            page.goto(path.as_uri())
            while page.evaluate("document.documentElement.dataset.texts") != "ready":
                page.wait_for_timeout(50)
            page.wait_for_timeout(300)
            found = page.evaluate(_MEASURE)
            page.evaluate(_WATCH_FRAMES)
            page.mouse.move(900, 500)
            page.mouse.down()
            for step in range(40):
                page.mouse.move(900 - 6 * step, 500 - 3 * step)
                page.wait_for_timeout(16)
            found["pan_p95_ms"] = page.evaluate(_FRAMES)
            page.mouse.up()
            for name, value in found.items():
                best[name] = min(value, best.get(name, value))
            page.context.close()
        browser.close()
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[25, 500, 10_000, 100_000])
    parser.add_argument("--make", nargs=2, metavar=("DESIGN", "FILE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.make:
        print(json.dumps(make(arguments.make[0], arguments.counts[0], Path(arguments.make[1]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        for count in arguments.counts:
            for design in DESIGNS:
                if count > FOLIUM_LIMIT.get(design, count):
                    continue
                path = Path(folder) / f"{design}.html"
                # A process of its own for each, so that memory is measured from the ground up.
                command = [sys.executable, "-m", "tests.bench.map_bench", str(count), "--make", design, str(path)]
                row: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
                if design == "ours":
                    row |= open_in_browser(path)
                print(f"{count:>9,} {design:<18} {json.dumps(row)}", flush=True)


if __name__ == "__main__":
    main()
