"""Mentions that are taken to mean the same place, and what follows them in apposition.

Mentions of the same name in a document are judged together (one sense per document), unless what follows tells them
apart ("Paris, Texas" and "Paris, France").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gazetteer.place import Candidate, Place
from mapper.geoparse.called import called_for, is_dateline
from mapper.geoparse.candidates import Options
from mapper.geoparse.mention import Mention
from mapper.geoparse.names import TOWNS, NameBook, sort_of

_TOWN = "city"
"""What a dateline calls for."""


@dataclass(slots=True)
class Group:
    """A name's mentions that are taken to mean the same place."""

    name: str
    key: str
    mentions: list[int]
    options: Options
    first_row: int = 0
    qualifier: int | None = None
    """The mention that follows after a comma, or in brackets."""
    beside: str = ""
    """A word beside it that calls for a sort of place: "Kano state"."""

    @property
    def rows(self) -> slice:
        return slice(self.first_row, self.first_row + len(self.options.candidates))


def softmax_by_group(scores: NDArray[np.float64], evidence_groups: Sequence[Group]) -> NDArray[np.float64]:
    """Probabilities within each group."""
    result = np.zeros(len(scores))
    for group in evidence_groups:
        part = scores[group.rows]
        if len(part):
            part = np.exp(part - part.max())
            result[group.rows] = part / part.sum()
    return result


def make_groups(text: str, mentions: Sequence[Mention], looked_up: Sequence[Options], book: NameBook) -> list[Group]:
    """Mentions by name, and by what follows them in apposition."""
    qualifiers = [qualifier_of(text, mentions, number) for number in range(len(mentions))]
    # A comma means apposition only if some place of the second name holds some place of the first.
    for number, other in enumerate(qualifiers):
        if other is not None and not _may_hold(looked_up[other], looked_up[number], book):
            qualifiers[number] = None
    qualifying = {other for other in qualifiers if other is not None}
    keys = [book.key(m.lookup or m.name) for m in mentions]
    filed_from = {
        keys[number]
        for number, mention in enumerate(mentions)
        if is_dateline(text, mention) and any(sort_of(c.place) in TOWNS for c in looked_up[number].candidates)
    }
    seats = {
        keys[number]
        for number, other in enumerate(qualifiers)
        if other is not None and _is_country(looked_up[other]) and _has_seat(looked_up[number])
    }
    senses: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for number, other in enumerate(qualifiers):
        if other is not None and keys[other] not in senses[keys[number], looked_up[number].via == "name"]:
            senses[keys[number], looked_up[number].via == "name"].append(keys[other])
    groups: dict[tuple[str, bool, bool, str], Group] = {}
    twofold: dict[tuple[str, bool], bool] = {}
    for number, options in enumerate(looked_up):
        name = keys[number], options.via == "name"
        sense = senses.get(name, [])
        other = qualifiers[number]
        told = keys[other] if other is not None else sense[0] if sense else ""
        if not told and number in qualifying:
            # "Albany, New York" names the state, "a flight to New York" in the same text the city.
            if name not in twofold:
                twofold[name] = _may_hold(options, options, book)
            told = "," if twofold[name] else ""
        people = bool(options.candidates) and options.candidates[0].kind == "demonym"
        beside = "" if people else called_for(text, mentions[number], options.candidates)
        bare = not beside and not people
        filed = bare and keys[number] in filed_from
        if filed or (bare and keys[number] in seats):
            beside = _TOWN
        group = groups.setdefault(
            (*name, people, told + "+" + beside),
            Group(mentions[number].name, keys[number], [], _towns(options) if filed else options, beside=beside),
        )
        group.mentions.append(number)
        if other is not None and group.qualifier is None:
            group.qualifier = other
    row = 0
    for group in groups.values():
        group.first_row = row
        row += len(group.options.candidates)
    return list(groups.values())


def _is_country(options: Options) -> bool:
    return bool(options.candidates) and sort_of(options.candidates[0].place) == "country"


def _has_seat(options: Options) -> bool:
    """Whether a unit and its seat bear the name: "Zinder, Niger" is the town, since news says "Zinder region"."""
    units = {c.place.id for c in options.candidates if sort_of(c.place) == "adm1"}
    return any(c.place.admin1 in units and sort_of(c.place) in {"seat", "capital"} for c in options.candidates)


def _towns(options: Options) -> Options:
    """Without the units that hold a town of the same name among the candidates: for names known to mean the town."""
    towns = [c.place for c in options.candidates if sort_of(c.place) in TOWNS]
    around = {unit for town in towns for unit in (town.admin1, town.admin2)}
    return replace(options, candidates=tuple(c for c in options.candidates if c.place.id not in around))


def qualifier_of(text: str, mentions: Sequence[Mention], number: int) -> int | None:
    """The mention in apposition: after ", " or " (" within the same line."""
    mention = mentions[number]
    for other in range(number + 1, min(number + 3, len(mentions))):
        gap = text[mention.end : mentions[other].start]
        if gap in (", ", ",", " (", "., ", ", in ", ",\n", " in ", ", the "):
            return other
        if gap.strip():
            break
    return None


def ancestors(place: Place, book: NameBook) -> tuple[str, ...]:
    """Ids of the units and the country that hold a place."""
    found = [unit for unit in (place.admin1, place.admin2) if unit and unit != place.id]
    if place.country_code:
        country = book.country_id(place.country_code)
        if country and country != place.id:
            found.append(country)
    return tuple(found)


def _may_hold(outer: Options, inner: Options, book: NameBook) -> bool:
    held = {unit for candidate in inner.candidates for unit in ancestors(candidate.place, book)}
    return any(candidate.place.id in held for candidate in outer.candidates)


def options_of(groups: Sequence[Group], mention: int) -> tuple[Candidate, ...]:
    """The candidates of a mention's group."""
    for group in groups:
        if mention in group.mentions:
            return group.options.candidates
    return ()
