"""``python -m tests.browser.screenshot MAP.html PICTURE.png [WIDTH HEIGHT]``: a picture of a map, as in the README."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright


def main() -> None:
    if len(sys.argv) not in (3, 5):
        sys.exit(__doc__)
    source, picture = Path(sys.argv[1]).resolve(), sys.argv[2]
    width, height = (int(size) for size in sys.argv[3:5] or ("1280", "800"))
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page(viewport={"width": width, "height": height})
        page.goto(source.as_uri())
        while page.evaluate("document.documentElement.dataset.texts") != "ready":
            page.wait_for_timeout(50)
        page.wait_for_timeout(500)
        page.screenshot(path=picture)
        chromium.close()


if __name__ == "__main__":
    main()
