"""The same events on stock folium: the page that each of its ways makes, and its scripts from npm to open it with.

folium's pages load their scripts from the network. Here they are taken from npm packages into a temporary folder and
handed to the browser in place of the network, so that these pages can be opened and timed beside ours.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mapper.model import EventMap

DESIGNS = ("Marker", "MarkerCluster", "FastMarkerCluster")
LIMIT = {"Marker": 10_000, "MarkerCluster": 10_000, "FastMarkerCluster": 100_000}
"""Events. Beyond this, building takes minutes and gigabytes, and the page does not open in a minute."""

_PACKAGES = (
    "leaflet@1.9.3", "jquery@3.7.1", "bootstrap@5.2.2", "leaflet.awesome-markers@2.0.5", "leaflet.markercluster@1.1.0",
    "@fortawesome/fontawesome-free@6.2.0",
)  # fmt: skip


def make(design: str, events: EventMap, path: Path) -> None:
    """Build and save one page."""
    import folium
    from folium import plugins

    map_ = folium.Map([0, 0], zoom_start=2, tiles=None)
    map_.options["maxZoom"] = 16
    placed = [(event, event.location) for event in events.events if event.location]
    if design == "FastMarkerCluster":
        rows = [[place.lat, place.lon, _harmless(event.reports[0].title or "")] for event, place in placed]
        plugins.FastMarkerCluster(rows).add_to(map_)  # type: ignore[no-untyped-call]
    else:
        group = map_ if design == "Marker" else plugins.MarkerCluster().add_to(map_)  # type: ignore[no-untyped-call]
        for event, place in placed:
            title = _harmless(event.reports[0].title or "")
            text = f"{title}: {_harmless(event.reports[0].evidence)}"
            folium.Marker([place.lat, place.lon], popup=text, tooltip=title).add_to(group)
    map_.save(str(path))


def _harmless(text: str) -> str:
    """One back-tick in a headline or a town's name, and a page of stock folium stays empty."""
    return text.replace("`", "’")


def fetch_assets(folder: Path) -> bool:
    """Unpack the npm packages into ``folder``; False where there is no npm or no network."""
    npm = shutil.which("npm")
    if npm is None:
        return False
    try:
        subprocess.run([npm, "pack", "--silent", *_PACKAGES], cwd=folder, check=True, capture_output=True, timeout=180)
    except (subprocess.SubprocessError, OSError):
        return False
    for archive in sorted(folder.glob("*.tgz")):
        with tarfile.open(archive) as tar:
            tar.extractall(folder / archive.stem, filter="data")
    return True


def serve(page: Any, folder: Path) -> None:
    """Answer the page's requests with the files of that name, and with nothing where there is none."""
    files: dict[str, list[Path]] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            files.setdefault(path.name, []).append(path)

    def answer(route: Any) -> None:
        url = route.request.url.split("?")[0]
        if url.startswith("file:"):
            route.continue_()
            return
        # npm has no version in a file's name.
        found = _closest(files.get(re.sub(r"-[\d.]+(?=\.min)", "", url.rsplit("/", 1)[-1]), []), url)
        if found is None:
            route.fulfill(status=200, body="")
        else:
            route.fulfill(status=200, path=str(found))

    page.route("**/*", answer)


def _closest(paths: Sequence[Path], url: str) -> Path | None:
    """Of files of the same name the one whose path shares most words with the address."""
    words = set(re.split(r"\W+", url))
    return max(paths, key=lambda path: len(words & set(re.split(r"\W+", str(path)))), default=None)
