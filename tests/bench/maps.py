"""How long a map takes to make and to open, how large it is, and how quickly it answers; plain folium's beside it.

``python -m tests.bench.maps COUNT --make DESIGN FILE`` builds one page in a process of its own and prints what it took.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.bench import measure, plain_folium
from tests.bench.made_up import MadeUp, event_map

HELD = 100_000
"""Up to so many events the map's events are made before the clock starts; more are made while it runs, and the time
that making them takes is measured apart and taken off."""

SEARCHES = ("attack", "the", "near tou")

_MEASURE = """(async () => {
  const times = {}, pause = () => new Promise((done) => setTimeout(done, 40));
  const time = async (name, action) => { const at = performance.now(); action(); (times[name] ||= []).push(performance.now() - at); await pause(); };
  const box = document.querySelector("#em-types input"), from = document.getElementById("em-from"), map = window[document.querySelector(".folium-map").id];
  for (let k = 0; k < 20; k++) await time("toggle", () => box.click());
  for (let k = 0; k < 20; k++) await time("brush", () => { from.value = String(Math.round(+from.max * (k % 10 + 1) / 12)); from.dispatchEvent(new Event("input")); });
  from.value = "0"; from.dispatchEvent(new Event("input"));
  for (let k = 0; k < 10; k++) await time("redraw", () => map.fire("moveend"));
  const out = {};
  for (const mark of performance.getEntriesByType("mark")) out[mark.name] = mark.startTime;
  for (const [name, values] of Object.entries(times)) out[name] = Math.min(...values);
  return out;
})()"""  # noqa: E501

_SEARCH = """(async (words) => {
  const query = document.getElementById("em-query"), count = document.getElementById("em-count"), real = window.setTimeout;
  const search = (text) => new Promise((done) => {
    // The page waits for a pause in typing: measured is from its timer until the answer stands on the page.
    let began = 0;
    window.setTimeout = (action, wait, ...rest) => real(() => { began = performance.now(); action(...rest); }, wait);
    const watch = new MutationObserver(() => { watch.disconnect(); done(performance.now() - began); });
    watch.observe(count, { childList: true, characterData: true, subtree: true });
    query.value = text;
    query.dispatchEvent(new Event("input"));
    window.setTimeout = real;
  });
  const takes = [];
  for (let k = 0; k < 3; k++) { takes.push(await search(words)); await search(""); await new Promise((done) => real(done, 100)); }
  return Math.min(...takes);
})"""  # noqa: E501

_WATCH_FRAMES = """window.frames_ = [];
(function next(last) { requestAnimationFrame((now) => { window.frames_.push(now - last); next(now); }); })(performance.now())"""  # noqa: E501
_FRAMES = "window.frames_.slice(1).sort((a, b) => a - b)[Math.floor(window.frames_.length * .95) - 1]"


def make(design: str, count: int, path: Path) -> dict[str, float]:
    """Build one page in this process: CPU seconds, megabytes of memory over the events' own, and its size."""
    if design == "ours":
        from mapper.render.page import build
    events = event_map(count, held=count <= HELD)
    spent = 0.0
    if count > HELD:
        start = time.process_time()
        for _ in MadeUp(count):
            pass
        spent = time.process_time() - start
    before = measure.most_held()
    start = time.process_time()
    if design == "ours":
        build(events, title=f"{count:,} events").save(path)
    else:
        plain_folium.make(design, events, path)
    python = time.process_time() - start - spent
    return {"build_s": python, "memory_mb": measure.most_held() - before, "size_mb": path.stat().st_size / 1e6}


def open_ours(browser: Any, path: Path, attempts: int) -> dict[str, float]:
    """Milliseconds from opening to the first picture and to all texts, then of each act; the best of some openings."""
    best: dict[str, float] = {}
    for _ in range(attempts):
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        page.goto(path.as_uri())
        while page.evaluate("document.documentElement.dataset.texts") != "ready":
            page.wait_for_timeout(50)
        page.wait_for_timeout(2000)
        found = page.evaluate(_MEASURE)
        found |= {f"search “{words}”": page.evaluate(f"{_SEARCH}({json.dumps(words)})") for words in SEARCHES}
        found["pan p95"] = _pan(page)
        for name, value in found.items():
            best[name] = min(value, best.get(name, value))
        page.context.close()
    return best


def open_plain(browser: Any, path: Path, assets: Path, *, seconds: float) -> dict[str, float]:
    """From opening to the first frame after the page's script has run; empty where it takes more than ``seconds``."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    plain_folium.serve(page, assets)
    drawn = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
    try:
        page.goto(path.as_uri(), timeout=seconds * 1000, wait_until="load")
        found = {"drawn": page.evaluate(drawn), "pan p95": _pan(page)}
        if errors:
            raise RuntimeError(f"{path.name} does not run, and so cannot be compared: {errors[0]}")
        return found
    except Exception as error:
        if "Timeout" not in str(error):
            raise
        return {}
    finally:
        page.context.close()


def _pan(page: Any) -> float:
    page.evaluate(_WATCH_FRAMES)
    page.mouse.move(900, 500)
    page.mouse.down()
    for step in range(40):
        page.mouse.move(900 - 6 * step, 500 - 3 * step)
        page.wait_for_timeout(16)
    value: float = page.evaluate(_FRAMES)
    page.mouse.up()
    return value


def seeds(*, attempts: int) -> dict[str, float]:
    """Size and opening of the map of the seeds; empty without a browser."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        path = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "seeds.html"
        browser = _browser(stack)
        if browser is None:
            return {}
        measure.python("-m", "mapper", "map", "seeds", "-o", str(path), "--quiet")
        return {"size_mb": path.stat().st_size / 1e6} | open_ours(browser, path, attempts)


def rows(counts: Sequence[int], *, attempts: int, browse: bool = True) -> Iterator[tuple[int, str, dict[str, float]]]:
    """Measure each size in each design: events, design, figures (seconds, megabytes, milliseconds)."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        browser = _browser(stack) if browse else None
        (assets := folder / "assets").mkdir()
        plain = browser is not None and plain_folium.fetch_assets(assets)
        for count in counts:
            for design in ("ours", *plain_folium.DESIGNS):
                if count > plain_folium.LIMIT.get(design, count):
                    continue
                path = folder / f"{design}.html"
                words = ("-m", "tests.bench.maps", str(count), "--make", design, str(path))
                # The largest takes minutes to make up, and plain folium's are not what is looked for.
                again = attempts if design == "ours" and count <= HELD else 1
                takes = [json.loads(measure.python(*words).output) for _ in range(again)]
                row: dict[str, float] = {name: min(take[name] for take in takes) for name in takes[0]}
                if browser is not None and design == "ours":
                    row |= open_ours(browser, path, attempts)
                elif browser is not None and plain:
                    row |= open_plain(browser, path, assets, seconds=60)
                path.unlink()
                yield count, design, row


def _browser(stack: Any) -> Any:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    from tests.chromium import chromium

    path = chromium()
    if path is None:
        return None
    playwright = stack.enter_context(sync_playwright())
    options = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"]
    browser = playwright.chromium.launch(executable_path=path, args=options)
    stack.callback(browser.close)
    return browser


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--make", nargs=2, metavar=("DESIGN", "FILE"), required=True)
    arguments = parser.parse_args()
    print(json.dumps(make(arguments.make[0], arguments.count, Path(arguments.make[1]))))


if __name__ == "__main__":
    main()
