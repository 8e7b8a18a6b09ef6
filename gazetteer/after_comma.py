"""Codes that stand behind a comma and nowhere else: postal codes of states and provinces, ISO codes of countries.

"Erie, PA" is in Pennsylvania; "PA" alone may be a word, a name or Panama, so the gazetteer files nothing under it.
"""

from __future__ import annotations

from collections.abc import Iterator

from gazetteer.errors import UnknownPlaceError
from gazetteer.index import Gazetteer
from gazetteer.place import Place

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
