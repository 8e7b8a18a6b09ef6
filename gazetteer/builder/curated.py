"""What is kept by hand in ``curated/``: peoples and adjectives, abbreviations, historic and colloquial names.

The column ``place`` of these tables names a place as ``DZ`` (ISO 3166-1), ``US-KY`` (ISO 3166-2), ``FR/Paris`` (the
most populous place of that name in the country) or by an id of the gazetteer.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from importlib.resources import files

from gazetteer.builder import demonyms
from gazetteer.builder.postal import Nearby
from gazetteer.builder.records import Record, Records
from gazetteer.place import NameKind

_KINDS: dict[str, NameKind] = {"historic": "historic", "colloquial": "colloquial", "alternate": "alternate"}


class Places:
    """Finds the record that a curated table means."""

    def __init__(self, records: Records, countries: Mapping[str, Record], by_iso: Mapping[str, str]) -> None:
        self._records = records
        self._countries = countries
        self._by_iso = by_iso
        self._named = Nearby(records)
        self.unknown: list[str] = []

    def find(self, place: str) -> Record | None:
        """The record, or None with ``place`` noted in :attr:`unknown`."""
        country, slash, name = place.partition("/")
        found: Record | None
        if slash:
            towns = [record for record in self._named.named(country, name) if record.feature_class == "P"]
            found = max(towns, key=lambda record: (record.population, record.id), default=None)
        elif ":" in place:
            found = self._records.get(place)
        elif "-" in place:
            found = self._records.get(self._by_iso.get(place))
        else:
            found = self._countries.get(place)
        if found is None:
            self.unknown.append(place)
        return found


def apply(places: Places) -> None:
    """Add the names of all tables. Raises ValueError naming the places that no record is found for."""
    for file in ("demonyms.csv", "city_demonyms.csv"):
        for place, language, form in demonyms.rows(file):
            if (record := places.find(place)) is not None:
                record.add(form, kind="demonym", language=language)
    for row in _rows("abbreviations.csv"):
        if (record := places.find(row["place"])) is not None:
            record.add(*(term.strip() for term in row["terms"].split("|")), kind="abbreviation")
    for row in _rows("other_names.csv"):
        if (record := places.find(row["place"])) is not None:
            names = (name.strip() for name in row["names"].split("|"))
            record.add(*names, kind=_KINDS[row["kind"]], language=row["language"] or None)
    if places.unknown:
        raise ValueError(f"no place in the gazetteer for: {', '.join(sorted(set(places.unknown)))}")


def _rows(file: str) -> Iterator[dict[str, str]]:
    text = files("gazetteer.builder").joinpath("curated", file).read_text(encoding="utf-8")
    yield from csv.DictReader(io.StringIO(text))
