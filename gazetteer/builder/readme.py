"""The tables of ``gazetteer/README.md``, made from the manifest so that they say what is in the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

BEGIN = "<!-- tables: written by gazetteer.builder.readme from data/manifest.json -->\n"
END = "<!-- end of tables -->\n"

_CLASSES = {
    "A": "countries and their divisions", "H": "seas, gulfs, straits, lakes, rivers",
    "L": "macro-regions, ports, parks", "P": "populated places", "R": "roads", "S": "airports, air bases",
    "T": "mountains, deserts, islands", "U": "undersea features", "V": "forests",
}  # fmt: skip
_FOCUS = "DZ MA TN LY EH MR ML NE TD BF SN GM GN GW SD SS ET ER DJ SO NG CM EG CF CD KE MZ SY YE UA"


def tables(manifest: dict[str, Any]) -> str:
    """All tables as Markdown."""
    codes: dict[str, int] = manifest["feature_codes"]
    classes: Counter[str] = Counter()
    for code, count in codes.items():
        classes[code[0]] += count
    parts = [
        "### By feature class\n",
        _table(("class", "what", "places"), [(key, _CLASSES[key], _n(n)) for key, n in sorted(classes.items())]),
        "\n### By feature code (the commoner ones)\n",
        _table(("code", "places"), [(code, _n(count)) for code, count in sorted(codes.items()) if count >= 40]),
        "\n### Names by script\n",
        _table(("script", "names"), [(key, _n(count)) for key, count in sorted(manifest["names_by_script"].items())]),
        "\n### Populated places, Sahel, Maghreb, Horn and other theatres\n",
        _table(("country", "places"), [(key, _n(manifest["populated_places"].get(key, 0))) for key in _FOCUS.split()]),
        "\n### Sources\n",
        _table(
            ("package", "version", "credit", "licence", "state of the data", "taken"),
            [
                (f"{row['registry']} {row['package']}", row["version"], row["credit"], row["licence"], row["date"],
                 row["taken"])
                for row in manifest["sources"]
            ],
        ),
    ]  # fmt: skip
    return "\n".join(parts)


def update(readme: Path, manifest: dict[str, Any]) -> None:
    """Write the tables between the two marks of a README."""
    text = readme.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    readme.write_text(f"{head}{BEGIN}\n{tables(manifest)}\n{END}{tail}", encoding="utf-8", newline="\n")


def _n(count: int) -> str:
    return f"{count:,}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "/") for cell in line) + " |\n" for line in lines)
