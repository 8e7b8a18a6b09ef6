"""The reason for a choice, in words, from the evidence that set the chosen place apart from the others."""

from __future__ import annotations

from mapper.geoparse.evidence import INDEX, Evidence
from mapper.geoparse.names import sort_of
from mapper.geoparse.outlet import Outlet

_SORT_WORDS = {
    "country": "country", "adm1": "first-level division", "adm2": "second-level division", "adm": "division",
    "capital": "capital", "region": "region", "water": "water", "mountain": "landform", "site": "site",
}  # fmt: skip


def reason(evidence: Evidence, number: int, row: int, outlet: Outlet) -> str:
    """Why the place in ``row`` was chosen for group ``number``."""
    group = evidence.groups[number]
    place = evidence.places[row]
    candidates = group.options.candidates
    mine = evidence.rows[row]

    def has(feature: str) -> bool:
        return bool(mine[INDEX[feature]] > 0)

    def sets_apart(feature: str, least: float = 0.15) -> bool:
        column = evidence.rows[group.rows, INDEX[feature]]
        rest = [value for k, value in enumerate(column.tolist()) if k != row - group.first_row]
        return bool(not rest or mine[INDEX[feature]] >= max(rest) + least)

    said: list[str] = []
    via = group.options.via
    if via == "part":
        said.append(f"as “{group.options.inner}”")
    elif via == "inside":
        said.append(f"the place named inside, “{group.options.inner}”")
    elif via == "fuzzy":
        said.append("nearest spelling in the gazetteer")
    chosen = candidates[row - group.first_row]
    if chosen.kind == "demonym":
        said.append(f"people or adjective of {place.name}")
    if len(candidates) == 1:
        return "; ".join([*said, "the only place of this name"])
    country = evidence.country_names.get(place.country_code or "")
    unit = evidence.unit_names.get(place.admin1 or "") or evidence.unit_names.get(place.admin2 or "")
    if has("qualified_in") and group.qualifier is not None:
        said.append(f"followed by “{evidence.qualifiers.get(number, '')}”, which holds it")
    elif unit and unit != group.name and (has("adm1_near") or has("adm2_near")):
        said.append(f"named near {unit}")
    elif country and sort_of(place) != "country" and has("country_near") and sets_apart("country_near"):
        said.append(f"named near {country}")
    elif mine[INDEX["head_agrees"]] > 0 and sets_apart("head_agrees"):
        said.append(f"“{group.options.head}” calls for a {_SORT_WORDS.get(sort_of(place), 'place')} of this name")
    elif sets_apart("near100_mean", 0.05) and mine[INDEX["near100_max"]] > 0.3:
        said.append("nearest to the other places in the text")
    elif outlet.name and sets_apart("outlet_near", 0.2):
        said.append(f"near the outlet's home ({outlet.name})")
    elif country and sort_of(place) != "country" and sets_apart("country_share", 0.1):
        said.append(f"in {country}, which the text names")
    elif sort_of(place) != "country" and sets_apart("country_share", 0.2):
        said.append("in the country of most other places in the text")
    if not said or via in ("part", "inside", "fuzzy") or chosen.kind == "demonym":
        said.append(_prominence(evidence, number, row))
    return "; ".join(said)


def _prominence(evidence: Evidence, number: int, row: int) -> str:
    group = evidence.groups[number]
    place = evidence.places[row]
    many = len(group.options.candidates)
    if many == 1:
        return "the only place of this name"
    sort = sort_of(place)
    if sort in ("country", "capital", "region"):
        return f"the {_SORT_WORDS[sort]} among {many} places of this name"
    if evidence.rows[row, INDEX["population_below_top"]] <= 0:
        return f"the largest of {many} places of this name"
    if sort in _SORT_WORDS:
        return f"the best-fitting {_SORT_WORDS[sort]} among {many} places of this name"
    return f"the best fit among {many} places of this name"
