"""What the method scored where it was measured, for the map's own "About" card."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any


@cache
def accuracy() -> Any:
    """The rows of ``accuracy.json``, taken from ``tests/eval/REPORT.md`` and ``EVENTS.md``."""
    return json.loads(resources.files("mapper").joinpath("accuracy.json").read_text("utf-8"))
