"""Everyday short names of places that gazetteers file under a longer one, and how a people's plural is undone.

Facts of usage, kept by hand: only names that nearly always mean the one place in English news.
"""

from __future__ import annotations

import re

ALIASES: dict[str, str] = {
    "america": "United States",
    "britain": "United Kingdom",
    "great britain": "United Kingdom",
    "drc": "Democratic Republic of the Congo",
    "dr congo": "Democratic Republic of the Congo",
    "congo kinshasa": "Democratic Republic of the Congo",
    "congo brazzaville": "Republic of the Congo",
    "dprk": "North Korea",
    "prc": "China",
    "uae": "United Arab Emirates",
    "ksa": "Saudi Arabia",
    "macedonia": "North Macedonia",
    "burma": "Myanmar",
    "swaziland": "Eswatini",
    "zaire": "Democratic Republic of the Congo",
    "ivory coast": "Côte d'Ivoire",
    "cape verde": "Cabo Verde",
    "east timor": "Timor-Leste",
    "holland": "Netherlands",
    "nyc": "New York City",
    "la": "Los Angeles",
    "dc": "Washington",
    "washington dc": "Washington",
    "sf": "San Francisco",
    "bc": "British Columbia",
    "nsw": "New South Wales",
    "nwt": "Northwest Territories",
    "pei": "Prince Edward Island",
    "bombay": "Mumbai",
    "calcutta": "Kolkata",
    "madras": "Chennai",
    "rangoon": "Yangon",
    "saigon": "Ho Chi Minh City",
    "kiev": "Kyiv",
    "peking": "Beijing",
}
"""Folded short name to the gazetteer's."""

CAPITALS_ONLY = frozenset({"la", "dc", "sf", "bc", "prc", "pei", "drc", "uae", "ksa", "nsw", "nwt", "nyc", "dprk"})
"""Short names that are meant only where written in capitals."""


_RUN_TOGETHER = re.compile(r"[A-Z][a-z]{2,}(?:[A-Z][a-z]{2,})+")


def run_together(name: str) -> str | None:
    """The words of a name written without blanks, as tags are ("SouthSudan"); None where it is not so written."""
    if not _RUN_TOGETHER.fullmatch(name) or name.startswith("Mac"):
        return None
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)


def singular(name: str) -> str | None:
    """The adjective in a people's plural: "Russians", "Malians"; None where the word is no such plural."""
    return name[:-1] if len(name) > 5 and name[-1] in "sS" and name[-2] in "nNiI" else None
