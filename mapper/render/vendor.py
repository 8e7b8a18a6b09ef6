"""The vendored Leaflet: read, checked against its recorded hash, made fit for a single file."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "assets" / "vendor"


class VendorError(RuntimeError):
    """A vendored file is not the one that was checked in."""


def read(name: str) -> bytes:
    """A vendored file, as recorded in ``vendor/manifest.json``."""
    files = json.loads((_FOLDER / "manifest.json").read_text(encoding="utf-8"))["files"]
    data = (_FOLDER / name).read_bytes()
    if not name.endswith(".png"):
        data = data.replace(b"\r\n", b"\n")
    if hashlib.sha256(data).hexdigest() != files[name]["sha256"]:
        raise VendorError(f"{name} differs from the vendored copy: reinstall the package")
    return data


def _image(name: str) -> str:
    return "data:image/png;base64," + base64.b64encode(read(f"leaflet/{name}")).decode("ascii")


@lru_cache(maxsize=1)
def leaflet_script() -> str:
    return read("leaflet/leaflet.js").decode("utf-8")


@lru_cache(maxsize=2)
def leaflet_style(*, pictures: bool = False) -> str:
    """Leaflet's style sheet, with the pictures inside that its layer control and markers need, or without any."""
    text = read("leaflet/leaflet.css").decode("utf-8")
    for name in ("layers.png", "layers-2x.png", "marker-icon.png"):
        text = text.replace(f"url(images/{name})", f"url({_image(name)})" if pictures else "none")
    return text.replace("behavior: url(#default#VML);", "")


def marker_icons() -> str:
    """A script that gives Leaflet's default marker its pictures, which it would look for beside the page."""
    icons = {"iconUrl": "marker-icon.png", "iconRetinaUrl": "marker-icon-2x.png", "shadowUrl": "marker-shadow.png"}
    options = {key: _image(name) for key, name in icons.items()}
    return (
        f"L.Icon.Default.mergeOptions({json.dumps(options)});"
        "L.Icon.Default.imagePath='data:,';delete L.Icon.Default.prototype._getIconUrl;"
    )
