"""Peoples and adjectives of places, in all their forms: the tables in ``curated/`` hold one, grammar gives the rest.

A cell holds forms parted by ``|``. A bare form is inflected after the rules of its language; ``=`` before one says that
it is taken as it stands, its other forms being listed beside it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from importlib.resources import files

LANGUAGES = ("en", "fr", "es", "de", "it", "ar")


def rows(file: str) -> Iterator[tuple[str, str, str]]:
    """(place, language, form) of every form in a table of ``curated/``."""
    text = files("gazetteer.builder").joinpath("curated", file).read_text(encoding="utf-8")
    for row in csv.DictReader(io.StringIO(text)):
        for language in LANGUAGES:
            for cell in (row.get(language) or "").split("|"):
                form = cell.strip()
                if form.startswith("="):
                    yield row["place"], language, form[1:]
                elif form:
                    yield from ((row["place"], language, each) for each in forms(form, language))


def forms(form: str, language: str) -> list[str]:
    """The form itself and those of other gender, number and case; for German also the adjective's endings."""
    return list(dict.fromkeys((form, *_INFLECT[language](form))))


def _english(form: str) -> list[str]:
    return [] if form.endswith(("ese", "ish", "ch", "s", "sh")) else [f"{form}s"]


_FRENCH_FEMININE = (("ien", "ienne"), ("éen", "éenne"), ("yen", "yenne"), ("on", "onne"), ("e", "e"), ("", "e"))


def _french(form: str) -> list[str]:
    feminine = next(form.removesuffix(end) + new for end, new in _FRENCH_FEMININE if form.endswith(end))
    plural = form if form.endswith(("s", "x")) else f"{form}s"
    return [feminine, plural, f"{feminine}s"]


_SPANISH = (
    ("o", ("a", "os", "as")), ("és", ("esa", "eses", "esas")), ("án", ("ana", "anes", "anas")),
    ("ín", ("ina", "ines", "inas")), ("ón", ("ona", "ones", "onas")), ("ol", ("ola", "oles", "olas")),
    ("al", ("al", "ales")), ("í", ("í", "íes", "ís")), ("ú", ("ú", "úes", "ús")), ("", ("", "s")),
)  # fmt: skip


def _endings(form: str, table: tuple[tuple[str, tuple[str, ...]], ...]) -> list[str]:
    end, others = next((end, others) for end, others in table if form.endswith(end))
    return [form.removesuffix(end) + other for other in others]


def _spanish(form: str) -> list[str]:
    return _endings(form, _SPANISH)


_GERMAN = (
    ("isch", ("ische", "ischen", "ischer", "isches", "ischem")), ("er", ("ers", "ern", "erin", "erinnen")),
    ("e", ("en", "in", "innen")), ("i", ("is",)), ("", ("en", "s")),
)  # fmt: skip


def _german(form: str) -> list[str]:
    return _endings(form, _GERMAN)


_ITALIAN = (("o", ("a", "i", "e")), ("ese", ("esi",)), ("e", ("i",)), ("a", ("i", "e")), ("", ()))


def _italian(form: str) -> list[str]:
    return _endings(form, _ITALIAN)


def _arabic(form: str) -> list[str]:
    if not form.endswith("ي"):
        return []
    return [f"{form}ة", f"{form}ون", f"{form}ين", f"{form}ات"]


_INFLECT: dict[str, Callable[[str], list[str]]] = {
    "en": _english, "fr": _french, "es": _spanish, "de": _german, "it": _italian, "ar": _arabic,
}  # fmt: skip
