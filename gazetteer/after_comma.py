"""What follows a comma narrows down what stands before it: "Paris, Texas", "Erie, PA", "Gao, ML".

Codes are understood there and nowhere else: "PA" alone may be a word, a name or Panama, so the gazetteer files nothing
under it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from gazetteer.errors import UnknownPlaceError
from gazetteer.index import Gazetteer
from gazetteer.place import Candidate, Place

LookUp = Callable[[str], Sequence[Candidate]]

_STATES = (
    "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|"
    "DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|"
    "KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|"
    "MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|"
    "NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|"
    "RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|"
    "WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming"
)
_PROVINCES = (
    "AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NS Nova Scotia|"
    "NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|SK Saskatchewan|YT Yukon"
)
_NAMES = {
    entry[:2]: (country, entry[3:])
    for country, table in (("US", _STATES), ("CA", _PROVINCES))
    for entry in table.split("|")
}


def holders(gazetteer: Gazetteer, code: str) -> Iterator[Place]:
    """The state or province, and the country, of a code in capitals; nothing for anything else."""
    if not (code.isascii() and code.isalpha() and code.isupper() and len(code) in (2, 3)):
        return
    if code in _NAMES:
        country, name = _NAMES[code]
        for candidate in gazetteer.candidates(name, country=country):
            if candidate.place.feature_code == "ADM1":
                yield candidate.place
                break
    try:
        yield gazetteer.country(code)
    except UnknownPlaceError:
        return


def narrowed(gazetteer: Gazetteer, query: str, look_up: LookUp | None = None) -> list[Candidate]:
    """Candidates for the part of ``query`` before the first comma that lie in what every part behind it may mean.

    Parts that do not fit together ("Paris, Mali") and a query without a comma give nothing. ``look_up`` chooses among
    the candidates for the first part; all of them by default.
    """
    parts = [part.strip() for part in query.split(",") if part.strip()]
    if len(parts) < 2:
        return []
    first, *rest = parts
    behind = [
        [*(one.place for one in gazetteer.candidates(part) if one.kind != "demonym"), *holders(gazetteer, part)]
        for part in rest
    ]
    return [
        candidate
        for candidate in (look_up or gazetteer.candidates)(first)
        if all(any(_holds(gazetteer, holder, candidate.place) for holder in each) for each in behind)
    ]


def _holds(gazetteer: Gazetteer, holder: Place, place: Place) -> bool:
    if holder.id == place.id:
        return False
    if holder.feature_code.startswith("PCL") and holder.country_code is not None:
        return holder.country_code == place.country_code
    if holder.feature_class in "ALTH" and holder.footprint == "area":
        return gazetteer.within(place.id, holder.id)
    return False
