"""The annotated corpora, read from a folder of ``.jsonl.gz`` files, as training examples for spans and kinds.

Which of them may be trained on, and under which licence each is used, is said in ``tests/eval/REPORT.md``.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mapper.geoparse.text import trim

MEASURE_ONLY = frozenset({"tud-loc2013"})
"""Corpora whose licence does not allow training what is given away."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated span (trimmed). ``what`` is place, metonym, demonym, embedded, or other (not to be learned)."""

    start: int
    end: int
    what: str
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its annotations. ``complete`` tells whether every place name in it is annotated."""

    id: str
    corpus: str
    text: str
    gold: tuple[Gold, ...]
    complete: bool
    title: str | None = None
    url: str | None = None


_GEOWEBNEWS = {
    "Literal": "place",
    "Literal_Modifier:Noun": "place",
    "Mixed": "place",
    "Mixed:Noun": "place",
    "Embedded_Literal:Noun": "place",
    "Metonymic": "metonym",
    "Non_Literal_Modifier:Noun": "metonym",
    "Coercion": "other",
    "Homonym": "none",
}


def rows(path: Path) -> list[Row]:
    """The objects of a JSON-lines file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _what(corpus: str, toponym: Row) -> str:
    kind = toponym.get("type") or ""
    if corpus == "geowebnews":
        if kind in _GEOWEBNEWS:
            return _GEOWEBNEWS[kind]
        return "embedded" if kind.startswith("Embedded_Non_Lit") else "demonym"
    if toponym.get("score", "place") == "place":
        return "place"
    return "demonym" if corpus == "lgl" else "other"


def load(folder: Path, name: str) -> list[Document]:
    """One corpus: lgl-dev, geowebnews-dev, geocorpora, wiktor-dev, tud-loc2013, event-location-dev or relocar."""
    path = folder / f"{name}.jsonl.gz"
    if name == "relocar":
        return [_relocar(number, row) for number, row in enumerate(rows(path))]
    if name == "event-location-dev":
        return [_event_location(row) for row in rows(path)]
    found = []
    for row in rows(path):
        gold = []
        for toponym in row["toponyms"]:
            start, end = trim(row["text"], toponym["start"], toponym["end"])
            gold.append(
                Gold(
                    start,
                    end,
                    _what(row["corpus"], toponym),
                    toponym.get("lat"),
                    toponym.get("lon"),
                    toponym.get("geonameid"),
                    toponym.get("country"),
                )
            )
        found.append(
            Document(
                str(row["doc_id"]),
                name,
                row["text"],
                tuple(gold),
                name != "wiktor-dev",
                row.get("title"),
                row.get("url"),
            )
        )
    return found


def _relocar(number: int, row: Row) -> Document:
    what = {"literal": "place", "metonymic": "metonym"}.get(row["reading"], "other")
    return Document(str(number), "relocar", row["text"], (Gold(row["start"], row["end"], what),), False)


def _event_location(row: Row) -> Document:
    spans = [trim(row["text"], place["start"], place["end"]) for place in row["event_locations"]]
    gold = tuple(Gold(start, end, "place") for start, end in spans)
    return Document(str(row["doc_id"]), "event-location-dev", row["text"], gold, False)


def common_words(texts: Iterable[str], *, least: int = 3, share: float = 0.9) -> list[str]:
    """Words written small nearly always, sorted: what case restoration leaves small."""
    import re
    from collections import Counter

    small: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for text in texts:
        if text.isupper():
            continue
        for word in re.findall(r"[^\W\d_]+", text):
            low = word.lower()
            every[low] += 1
            small[low] += word == low
    return sorted(word for word, count in small.items() if count >= least and count >= share * every[word])
