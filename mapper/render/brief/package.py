"""Office files without a clock in them: the same parts in the same order give the same bytes."""

from __future__ import annotations

import io
import zipfile
from typing import Any

_THEN = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip file can hold: no date."""


def stable(content: bytes) -> bytes:
    """An Office file's zip archive with no dates in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=_THEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            new.writestr(entry, old.read(name))
    return out.getvalue()


def describe(package: Any, *, title: str, subject: str) -> None:
    """Set a package's properties: what it is called, and nobody's name or clock."""
    properties = package.core_properties
    element = properties._element
    for child in list(element):
        element.remove(child)
    properties.title = title[:255]
    properties.subject = subject[:255]
