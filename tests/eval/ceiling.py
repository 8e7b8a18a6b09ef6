#!/usr/bin/env python3
"""How far place resolution can get: the share of gold toponyms for which the gazetteer offers a right candidate at all.

    python -m tests.eval.ceiling CORPORA [--misses N] [--fuzzy] [--gazetteer FILE]

CORPORA is a folder with lgl-dev.jsonl.gz and so on; corpora that are not there are left out. A candidate is right if it
has the gold's geonameid, lies within 161 km of the gold's point, is an area by that name that covers the point (a
country, a region, a sea), or a river that passes within 161 km of it (corpora mostly put rivers at their mouths).
Counted: every toponym with coordinates; where the corpus has geonameids at all, those that have one, since the rest are
mostly streets, schools and organisations. Demonyms are candidates like the rest.

Many points of wiktor-dev have lost the minus of their longitude or latitude (San Juan, Texas at 98° east): a candidate
near the point with its sign put back counts too, in a column of its own.

What is missing is sorted into classes by the gold's own type where it has one and by its words: see :func:`class_of`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import shapely

from gazetteer import Gazetteer, Place

CORPORA = ("lgl-dev", "geowebnews-dev", "tud-loc2013", "geocorpora", "wiktor-dev")
NEAR_KM = 161.0


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    p, q = math.radians(lat1), math.radians(lat2)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.0176 * math.asin(min(1.0, math.sqrt(h)))


def bare(text: str) -> str:
    """The name without a leading article, a possessive ending, and marks at its edges."""
    text = re.sub(r"(?:'s|’s|’|')$", "", text.strip())
    return re.sub(r"^(?:the|The|THE)\s+", "", text).strip(" \n\t\"'“‘([#@”’,;:)].")


def toponyms(path: Path) -> Iterator[dict[str, Any]]:
    """Gold toponyms that can be looked for."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        found = [gold for line in lines for gold in json.loads(line)["toponyms"] if gold.get("lat") is not None]
    linked = [gold for gold in found if gold.get("geonameid")]
    yield from linked or found


Outline = Callable[[str], Any]


def outlines(gazetteer: Gazetteer) -> Outline:
    """Outlines of places, prepared for being asked about many points."""

    @lru_cache(maxsize=4096)
    def outline(place_id: str) -> Any:
        shape = gazetteer.footprint(place_id)
        shapely.prepare(shape)
        return shape

    return outline


def offered(
    gazetteer: Gazetteer, outline: Outline, gold: dict[str, Any], lat: float, lon: float, *, fuzzy: bool
) -> bool:
    """Whether one of the candidates for the gold's text is right."""
    candidates = gazetteer.candidates(bare(gold["text"]), fuzzy=fuzzy)
    same = f"geonames:{gold.get('geonameid')}"
    for candidate in candidates:
        place = candidate.place
        if place.id == same or distance_km(place.lat, place.lon, lat, lon) <= NEAR_KM:
            return True
    return any(reaches(outline, candidate.place, lat, lon) for candidate in candidates)


def reaches(outline: Outline, place: Place, lat: float, lon: float) -> bool:
    """Whether an area covers a point, or a line passes near it."""
    if place.footprint == "point":
        return False
    if place.footprint == "area":
        return bool(shapely.intersects_xy(outline(place.id), lon, lat))
    nearest = shapely.shortest_line(outline(place.id), shapely.Point(lon, lat)).coords[0]
    return distance_km(nearest[1], nearest[0], lat, lon) <= NEAR_KM


def signs(gold: dict[str, Any]) -> list[tuple[float, float]]:
    """The gold's point, then the points it may have been before it lost a sign."""
    lat, lon = gold["lat"], gold["lon"]
    return [(lat, lon), (lat, -lon), (-lat, lon), (-lat, -lon)]


_CLASSES = (
    ("unsure or unknown to GeoNames by the corpus's own mark", "vague|not_in_geonames|uncertain|ambiguous", None),
    ("street, bridge, tunnel or station", None,
     r"\b(street|st\.?|road|rd|avenue|ave|highway|boulevard|parkway|bridge|tunnel|metro|stn|station|way|lane|\d+)$"),
    ("building, firm, school, court or other organisation", r"^S\.|^POI",
     (r"universit|college|school|hospital|clinic|church|mosque|temple|museum|library|hotel|palace|castle|cathedral"
     r"|embassy|parliament|senate|congress|court|council|commission|bank|reserve$|chambers|office|prison|correction"
     r"|jail|stadium|arena|cent(?:er|re)$|mall|market|theatre|tower|theme|disney|airport|institute|residence|nations")),
    ("river, lake, bay, beach or other water", r"^H\.",
     r"\b(river|creek|stream|lake|lagoon|bay|beach|falls|canal|harbou?r|strait|straits|reef|coast|fall|sea)\b"),
    ("mountain, valley, park, island or other land form", r"^T\.|^V\.|^L\.|^LANDMARK",
     r"\b(mount|mountains?|alps|valley|hills?|park|forest|desert|island|isle|canyon|crater|garden|trail|fault)\b"),
    ("abbreviation, nickname or words run together", None, r"^[A-Z.]{1,5}$|^[a-z]+$|[a-z][A-Z]"),
    ("part of a city", r"^P\.PPLX", r"\b(side|town|quarter|square|downtown|district|estate)$"),
    ("part of a country or continent, or a people", None,
     r"^(?:north|south|east|west|central|upper|lower|north-?east|north-?west|south-?east|south-?west)(?:ern)?\b|(?:an|ers?|ish)s?$"),
)  # fmt: skip


def class_of(gold: dict[str, Any], *, known: bool) -> str:
    """What kind of thing a missed toponym is, after the type that the corpus gives and the words of its name.

    ``known``: the gazetteer has the name, but for places elsewhere."""
    kind, text = str(gold.get("type")), bare(gold["text"])
    for name, types, words in _CLASSES:
        cased = 0 if words and "A-Z" in words else re.IGNORECASE
        if (types and re.search(types, kind)) or (words and re.search(words, text, cased)):
            return name
    return "town, village or division: " + ("only namesakes elsewhere are known" if known else "the name is not known")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="also list the N commonest names without one")
    parser.add_argument("--fuzzy", action="store_true", help="count candidates nearly spelled so too")
    parser.add_argument("--gazetteer", type=Path, help="another database than the embedded one")
    parser.add_argument("--only", choices=CORPORA)
    options = parser.parse_args()
    print("| corpus | toponyms | with a right candidate | ceiling | with signs put back |\n|---|---|---|---|---|")
    with Gazetteer.open(options.gazetteer) as gazetteer:
        outline = outlines(gazetteer)
        for name in CORPORA:
            path = options.corpora / f"{name}.jsonl.gz"
            if not path.exists() or options.only not in (None, name):
                continue
            total, right, mended = 0, 0, 0
            missed: Counter[str] = Counter()
            kinds: Counter[str] = Counter()
            # Corpora name the same place again and again.
            seen: dict[tuple[object, ...], list[bool]] = {}
            for gold in toponyms(path):
                total += 1
                points = signs(gold) if name.startswith("wiktor") else signs(gold)[:1]
                same = (gold["text"], gold.get("geonameid"), *points)
                if same not in seen:
                    seen[same] = [
                        offered(gazetteer, outline, gold, lat, lon, fuzzy=options.fuzzy) for lat, lon in points
                    ]
                hits = seen[same]
                right += hits[0]
                mended += any(hits)
                if not any(hits):
                    missed[f"{bare(gold['text'])} [{gold.get('type') or gold.get('canonical')}]"] += 1
                    kinds[class_of(gold, known=bool(gazetteer.candidates(bare(gold["text"]))))] += 1
            back = f"{mended / total:.3f}" if name.startswith("wiktor") else ""
            print(f"| {name} | {total} | {right} | {right / total:.3f} | {back} |")
            if options.misses:
                for kind, count in kinds.most_common():
                    print(f"    {count:4} {kind}")
                print()
            for text, count in missed.most_common(options.misses):
                print(f"    {count:4} {text}")


if __name__ == "__main__":
    main()
