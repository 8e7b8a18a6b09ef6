"""The named features of every (name, candidate) of a document, gathered in :mod:`mapper.geoparse.gather`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gazetteer.place import Place
from mapper.geoparse.groups import Group

_NAMES = (
    "population population_below_top rank choices is_country is_adm1 is_adm2 is_adm seat is_water "
    "is_mountain is_site is_region is_area by_name by_alternate by_abbreviation by_old_name by_demonym "
    "same_spelling head_agrees via letters capitals qualified_in qualified_out adm1_named adm1_near "
    "adm2_named adm2_near country_named country_share country_near holds_others near100_mean near100_max "
    "near500_mean near500_max country_agrees adm1_agrees lead_near lead_country outlet_country "
    "outlet_near outlet_adm1 mentions position names container_follows prominence prominence_below_top "
    "alternates near100_count near500_count near30_max near_top beside_agrees listed_alike "
    "twin_unit twin_gap twin_holds at_sea with_article"
)
FEATURES = tuple(_NAMES.split())
INDEX = {name: number for number, name in enumerate(FEATURES)}


@dataclass(slots=True)
class Evidence:
    """A document's groups, with the features of each of their candidates stacked in ``rows``."""

    groups: list[Group]
    rows: NDArray[np.float64]
    places: list[Place]
    owner: NDArray[np.int64]
    """Which group each row belongs to."""
    country_names: dict[str, str] = field(default_factory=dict)
    """Names by which the document names each country, by code; for the reasons given."""
    qualifiers: dict[int, str] = field(default_factory=dict)
    """What follows a group's name in apposition, as written, by the group's number."""
    unit_names: dict[str, str] = field(default_factory=dict)
    """Names by which it names first-level and second-level units, by place id."""

    def column(self, name: str) -> NDArray[np.float64]:
        """A feature of all rows (a view: writing to it sets the feature)."""
        view: NDArray[np.float64] = self.rows[:, INDEX[name]]
        return view

    def numbered(self) -> Iterator[tuple[int, Group, range]]:
        """Each group with its number and its rows."""
        for number, group in enumerate(self.groups):
            yield number, group, range(group.rows.start, group.rows.stop)
