"""Names of places in the languages that maps speak: ``python -m gazetteer.builder.local_names CACHE [OUT]``.

For the towns that the base map labels, and for divisions, regions and waters. Three sources, the surest first:

1. Unicode CLDR's city names by language (those of time zones), joined to the base map's foremost town of that name on
   the zone's continent;
2. names that the gazetteer holds with their language, where there is no more than one;
3. for Arabic, names in Arabic letters without a language. Persian, Urdu, Kurdish and Uyghur share most letters, so that
   only a place's one spelling counts, and only in a country whose language is Arabic or with a letter that the others
   do not write; of several spellings in such a country the one with the article.

What none of them gives keeps its English name. Read by :mod:`gazetteer.local_names`.
"""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from gazetteer import basemap, storage
from gazetteer.builder.fetch import Package, Source, fetch
from gazetteer.local_names import FILE, LANGUAGES, Row
from gazetteer.names import name_key

SOURCE = Source(
    name="zones",
    registry="npm",
    package="cldr-dates-full",
    version="48.2.0",
    file="cldr-dates-full-48.2.0.tgz",
    bytes=5708206,
    sha256="0256f1cefeca14f7d515be4872dda48fcdd7e75381430f25aafd0143eae5b430",
    credit="Unicode CLDR",
    licence="Unicode-3.0",
    date="48.2.0",
    taken="names of cities that time zones are called by, by language",
)

CONTINENTS: Mapping[str, tuple[float, float, float, float]] = {
    "Africa": (-26, -36, 60, 38),
    "America": (-180, -60, -25, 84),
    "Asia": (25, -12, 180, 82),
    "Australia": (112, -45, 160, -9),
    "Europe": (-32, 34, 70, 82),
}
"""Where the towns of a zone's continent lie: west, south, east, north."""

ARABIC_SPEAKING = frozenset(
    "AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE".split()  # noqa: SIM905
)

_ARABIC = re.compile(r"[ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي ]+")
_ARABIC_ALONE = re.compile(r"[ةأإيك]")


def city_names(package: Package, language: str) -> dict[str, tuple[str, str]]:
    """Zone → (continent, name of its city) in a language, for the zones that CLDR names a city for."""
    table = json.loads(package.text(f"package/main/{language}/timeZoneNames.json"))
    found = {}
    for continent, zones in table["main"][language]["dates"]["timeZoneNames"]["zone"].items():
        for zone, entry in _leaves(zones):
            if "exemplarCity" in entry:
                found[f"{continent}/{zone}"] = (continent, entry["exemplarCity"])
    return found


def _leaves(zones: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, Mapping[str, Any]]]:
    for name, entry in zones.items():
        if entry.get("_type") == "zone":
            yield before + name, entry
        else:
            yield from _leaves(entry, f"{before}{name}/")


def from_zones(package: Package, language: str, cities: Mapping[str, Any]) -> list[Row]:
    """The base map's towns that CLDR names in the language."""
    english, local = city_names(package, "en"), city_names(package, language)
    places: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(cities["name"]):
        places[name_key(name)].append(index)
    rows = []
    for zone, (continent, name) in sorted(local.items()):
        plain = english.get(zone, (continent, zone.rsplit("/", 1)[1].replace("_", " ")))[1]
        west, south, east, north = CONTINENTS.get(continent, (-180, -90, 180, 90))
        at = [
            index
            for index in places[name_key(plain)]
            if west * 1000 <= cities["x"][index] <= east * 1000 and south * 1000 <= cities["y"][index] <= north * 1000
        ]
        if at and "," not in plain:
            best = min(at, key=lambda index: (-cities["rank"][index], cities["zoom"][index], index))
            # "Tripoli (Libye)": what tells it from another of that name is seen on a map.
            local_name = re.sub(r" ?[(（].*", "", name)
            rows.append((cities["name"][best], cities["x"][best], cities["y"][best], local_name))
    return rows


def tagged(database: sqlite3.Connection, language: str) -> list[Row]:
    """Places with exactly one name in the language; a name that the place is called by there counts before others."""
    found: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = "SELECT place, key, text, kind FROM name WHERE language = ? AND kind IN (0, 1, 4)"
    for place, key, text, kind in database.execute(rows, (language,)):
        found[place][kind].add(text or key.title())
    chosen = {}
    for place, kinds in found.items():
        # A name of common speech ("Ouaga") is not for maps, but shows that the other may not be the usual one.
        names = kinds.get(0) or (kinds[1] and kinds[1] | kinds[4])
        if len(names) == 1:
            chosen[place] = next(iter(names))
    return _placed(database, chosen)


def in_arabic_letters(database: sqlite3.Connection, cities: Mapping[str, Any]) -> list[Row]:
    """The base map's towns whose one spelling in Arabic letters is Arabic, as far as spelling can tell."""
    at = set(zip(cities["name"], cities["x"], cities["y"], strict=True))
    near = [(dx, dy) for dx in (0, 1, -1) for dy in (0, 1, -1)]
    rows = (
        "SELECT place.number, name, lat, lon, country FROM place JOIN code ON code.number = place.code "
        "WHERE code.class = 'P'"
    )
    country: dict[int, str] = {
        number: code
        for number, name, lat, lon, code in database.execute(rows)
        if any((name, round(lon / 100) + dx, round(lat / 100) + dy) in at for dx, dy in near)
    }
    spellings: dict[int, set[str]] = defaultdict(set)
    rows = "SELECT place, key, text FROM name WHERE language IS NULL AND kind IN (0, 1)"
    for place, key, text in database.execute(rows):
        name = text or key
        if place in country and _ARABIC.fullmatch(name):
            spellings[place].add(name.removeprefix("مدينة ").strip())
    chosen = {}
    for place, found in spellings.items():
        arabic = country[place] in ARABIC_SPEAKING
        names = found
        if len(found) > 1 and arabic:
            names = {name for name in found if name.startswith("ال") and " " not in name}
        if len(names) == 1 and (arabic or _ARABIC_ALONE.search(next(iter(names)))):
            chosen[place] = next(iter(names))
    return _placed(database, chosen)


def _placed(database: sqlite3.Connection, chosen: Mapping[int, str]) -> list[Row]:
    rows = []
    for place, local in chosen.items():
        for name, lat, lon in database.execute("SELECT name, lat, lon FROM place WHERE number = ?", (place,)):
            rows.append((name, round(lon / 100), round(lat / 100), local))
    return rows


def build(package: Package, database: sqlite3.Connection) -> dict[str, list[Row]]:
    """Rows by language; a place has one name in a language, and none where it is the English one."""
    cities = basemap.load()["cities"]
    table = {}
    for language in LANGUAGES:
        sources = [from_zones(package, language, cities), tagged(database, language)]
        if language == "ar":
            sources.append(in_arabic_letters(database, cities))
        rows: dict[tuple[str, int, int], str] = {}
        for source in sources:
            for name, x, y, local in source:
                rows.setdefault((name, x, y), local)
        table[language] = sorted((*place, local) for place, local in rows.items() if local != place[0])
    return table


def main() -> None:
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    package = Package(SOURCE, fetch(SOURCE, Path(sys.argv[1])))
    database = sqlite3.connect(f"file:{storage.database()}?mode=ro", uri=True)
    table = build(package, database)
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    out = Path(sys.argv[2]) if len(sys.argv) == 3 else FILE
    out.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print({language: len(rows) for language, rows in table.items()}, out.stat().st_size, file=sys.stderr)


if __name__ == "__main__":
    main()
