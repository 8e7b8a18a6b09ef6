"""Keys that are nearly the one asked for: misspellings and other transliterations.

Distances are optimal string alignment (insert, drop, replace, swap neighbours), worked out by rapidfuzz over the keys
that begin alike.
"""

from __future__ import annotations

import sqlite3

# Letters that transliterations and typists exchange at the start of a name.
_ALIKE = ("cgkqx", "jyi", "dtz", "bpv", "vwuo", "szcx", "aei", "fp", "hk")
_CACHED = 6


class NearKeys:
    """Finds near keys in one database; keeps the keys of a few beginnings in memory."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._beginnings: dict[str, list[str]] = {}

    def near(self, key: str) -> list[tuple[str, int]]:
        """(key, distance) of every key at a distance that its length allows, ``key`` itself left out; in fixed order.

        One change is allowed up to five letters, two up to nine, three beyond; none below four, where most words are
        one change from some place.
        """
        if len(key) < 4:
            return []
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        allowed = 1 if len(key) <= 5 else 2 if len(key) <= 9 else 3
        first = key[0]
        starts = {first, *(letter for group in _ALIKE if first in group for letter in group)}
        found: list[tuple[str, int]] = []
        for start in sorted(starts):
            close = process.extract(
                key,
                self._beginning_with(start),
                scorer=OSA.distance,
                processor=None,
                score_cutoff=allowed,
                limit=None,
            )
            found.extend((other, int(distance)) for other, distance, _ in close if other != key)
        return sorted(found, key=lambda pair: (pair[1], pair[0]))

    def _beginning_with(self, start: str) -> list[str]:
        if start not in self._beginnings:
            rows = self._database.execute(
                "SELECT DISTINCT key FROM name WHERE key >= ? AND key < ? AND length(key) BETWEEN 4 AND 40",
                (start, chr(ord(start) + 1)),
            )
            if len(self._beginnings) >= _CACHED:
                del self._beginnings[next(iter(self._beginnings))]
            self._beginnings[start] = [key for (key,) in rows]
        return self._beginnings[start]
