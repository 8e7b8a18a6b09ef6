"""Which untagged alternate names do more harm than good. Builder and dump reader share it."""

from __future__ import annotations

import re

_THREE_CAPITALS = re.compile(r"[A-Z]{3,4}")
_LOWER_ASCII = re.compile(r"[a-z' `-]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_NOT_A_NAME = re.compile(r"https?:|www\.|[@/\\|<>{}\[\]=;]|\d{3}")


def is_noise(name: str) -> bool:
    """Whether an alternate is an airport code ("GAO" is Guantánamo's), a web address, a machine transliteration
    ("tmbktw"), or a Latin fragment of one or two letters."""
    if not any(char.isalpha() for char in name) or _NOT_A_NAME.search(name):
        return True
    if _THREE_CAPITALS.fullmatch(name) or _LOWER_ASCII.fullmatch(name):
        return True
    return bool(_LATIN.match(name)) and len(name) <= 2
