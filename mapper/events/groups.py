"""Organised actors by name: those of ``groups.toml`` and those that the user adds in the data folder."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from gazetteer.storage import data_folder
from mapper.errors import GroupsError

_LARGEST = 1024 * 1024  # bytes of the user's own file
_LONGEST = 200  # characters of a name
_COUNTRY = re.compile("[A-Z]{2}")
KINDS = frozenset({"rebel", "militia", "terrorist", "security", "mercenary", "peacekeeper", "igo", "ngo"})


@dataclass(frozen=True, slots=True)
class Group:
    """An organised actor: its common name, kind, home country (ISO 3166) if it has one, and the lists it stands on."""

    name: str
    kind: str
    country: str | None
    listed: tuple[str, ...] = ()


def own_groups() -> Path:
    """The user's own groups, in the form of the embedded ``groups.toml``; the file need not exist."""
    return data_folder() / "groups.toml"


@cache
def groups() -> dict[str, Group]:
    """Every name and alias, lower-cased, to its group. The user's entries win.

    Raises :class:`~mapper.errors.GroupsError` where the user's file cannot be read.
    """
    embedded = resources.files("mapper.events").joinpath("groups.toml").read_text(encoding="utf-8")
    rows = list(_rows(embedded, "the embedded groups.toml"))
    path = own_groups()
    if path.is_file():
        own = list(_rows(_text(path), str(path)))
        replaced = {folded(row["name"]) for row in own}
        rows = [*(row for row in rows if folded(row["name"]) not in replaced), *own]
    found: dict[str, Group] = {}
    for row in rows:
        group = Group(row["name"], row["kind"], row.get("country"), tuple(row.get("listed", ())))
        for name in (row["name"], *row.get("alias", ())):
            found[folded(name)] = group
    return found


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise GroupsError(f"{path}: larger than {_LARGEST:,} bytes")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise GroupsError(f"{path}: not UTF-8 (byte {error.start + 1} of the file)") from None
    except OSError as error:
        raise GroupsError(f"{path}: {error.strerror or error}") from None


def _rows(text: str, where: str) -> Iterator[dict[str, Any]]:
    try:
        rows = tomllib.loads(text).get("group", [])
    except RecursionError:
        raise GroupsError(f"{where}: nested too deeply") from None
    except ValueError as error:
        raise GroupsError(f"{where}: {error}") from None
    for row in rows if isinstance(rows, list) else [rows]:
        if wrong := _wrong(row):
            raise GroupsError(f"{where}: {wrong}: {row!a:.120}")
        yield row


def _wrong(row: Any) -> str | None:
    """What is wrong with an entry; None where it is one."""
    if not isinstance(row, dict) or not _is_name(row.get("name")) or row.get("kind") not in tuple(KINDS):
        return f"every group needs a name and a kind of {', '.join(sorted(KINDS))}"
    for key in ("alias", "listed"):
        names = row.get(key, [])
        if not isinstance(names, list) or not all(map(_is_name, names)):
            return f"{key} must be a list of names"
    country = row.get("country")
    if country is not None and not (isinstance(country, str) and _COUNTRY.fullmatch(country)):
        return "country must be two capital letters (ISO 3166)"
    return None


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= _LONGEST


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(groups(), key=lambda n: (-len(n), n))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")


def folded(name: str) -> str:
    """A name as it is looked up."""
    return name.lower().replace("’", "'")


def group_in(phrase: str) -> Group | None:
    """The first listed group that a phrase names. Abbreviations count only in capitals."""
    for match in _pattern().finditer(folded(phrase)):
        said = phrase[match.start() : match.end()]
        if len(said) > 4 or said.isupper() or (said[0].isupper() and not said.islower() and len(said) > 3):
            return groups()[match.group()]
    return None
