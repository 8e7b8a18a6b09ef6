"""What is kept by hand or by list beside the big sources: peoples and adjectives, abbreviations, historic names."""

from __future__ import annotations

import json

from gazetteer.builder.fetch import Packages
from gazetteer.builder.records import Record
from gazetteer.names import name_key

_NATIONALITY_LANGUAGES = ("en", "fr", "es", "de", "it")


def add_nationalities(packages: Packages, countries: dict[str, Record]) -> None:
    """Nationalities by language. The source has some that are the country's own name; those are no demonyms."""
    for language in _NATIONALITY_LANGUAGES:
        table = json.loads(packages["nationalities"].read(f"package/langs/{language}.json"))["nationalities"]
        for code, name in sorted(table.items()):
            record = countries.get(code)
            if record is None:
                continue
            own = {name_key(record.name), *(name_key(other.text) for other in record.names)}
            if name_key(name) not in own:
                record.add(name, kind="demonym", language=language)
