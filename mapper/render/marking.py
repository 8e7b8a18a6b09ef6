"""Traffic Light Protocol markings (version 2.0, FIRST), the same on maps and on briefing material."""

from __future__ import annotations

from typing import Final

TLP: Final = {
    "RED": "#ff2b2b",
    "AMBER": "#ffc000",
    "AMBER+STRICT": "#ffc000",
    "GREEN": "#33ff00",
    "CLEAR": "#ffffff",
}
"""The colour of each label's letters, on black."""


def label(marking: str | None) -> str | None:
    """The full label, such as ``TLP:AMBER+STRICT``, for ``amber+strict`` or ``TLP:AMBER+STRICT``.

    Raises ``ValueError`` naming the labels that there are.
    """
    if marking is None:
        return None
    name = marking.strip().upper().removeprefix("TLP:").strip()
    if name not in TLP:
        raise ValueError(f"{marking}: no TLP label; there are {', '.join(TLP)}")
    return f"TLP:{name}"
