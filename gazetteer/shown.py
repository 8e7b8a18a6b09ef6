"""Whose country a place is shown with in a worldview: the geometry behind :mod:`gazetteer.worldview`."""

from __future__ import annotations

from gazetteer.areas import Areas
from gazetteer.errors import DataError
from gazetteer.layer import Layer
from gazetteer.worldview import disputed

Box = tuple[float, float, float, float]


class ShownCountries:
    """Answers for one worldview; with the default one every place keeps the code that its source gives."""

    def __init__(self, layer: Layer, areas: Areas, worldview: str) -> None:
        self._areas = areas
        self._by_code: dict[str | None, str] = {}
        self._by_area: list[tuple[int, Box, str, frozenset[str]]] = []
        wanted = [area for area in disputed(worldview) if area.country_code is not None]
        boxes = {number: (w, s, e, n) for number, w, s, e, n in layer.boxes()} if wanted else {}
        for area in wanted:
            number = _number(layer, area.place_id)
            row = None if number is None else layer.place(number)
            # A gazetteer made for one purpose need not have every area.
            if number is None or row is None:
                continue
            to = str(area.country_code)
            if layer.codes[row.code][1].startswith(("PCL", "TERR")):
                if row.country is not None and row.country != to:
                    self._by_code[row.country] = to
            elif number in boxes:
                known = frozenset({*area.claimed_by, *area.held_by, *([row.country] if row.country else [])})
                self._by_area.append((number, boxes[number], to, known - {to}))

    def country(self, code: str | None, lat: float, lon: float) -> str | None:
        """The country code that a point is shown with, where its source says ``code``: None for land that the outlines
        give to no country."""
        if code in self._by_code:
            return self._by_code[code]
        for number, (west, south, east, north), to, instead_of in self._by_area:
            inside = (code is None or code in instead_of) and west <= lon <= east and south <= lat <= north
            if inside and self._areas.covers(number, lat, lon):
                return to
        return code


def _number(layer: Layer, place_id: str) -> int | None:
    scheme, _, rest = place_id.partition(":")
    if not rest:
        raise DataError(f"worldviews.toml: {place_id!r} is no id")
    return int(rest) if scheme == "geonames" else layer.number(place_id)
