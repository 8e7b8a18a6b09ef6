"""What may leave the desk: how much of an article travels, and analyses made coarse enough to be passed on.

Three amounts of text (:data:`TEXTS`): ``none`` – headline, outlet and link, and no sentence; ``evidence`` – besides,
the sentences that events were read from and those that name places; ``full`` – besides, each article's whole text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from gazetteer import Gazetteer, GazetteerError, Place
from mapper.model import Actor, Analysis, Article, Event, EventMap, Location, Span, Trigger, Why, content_hash

Text = Literal["none", "evidence", "full"]
TEXTS: Final = ("none", "evidence", "full")

_NOWHERE = Span(start=0, end=0)
_COARSE_ENOUGH = frozenset({"admin1", "country", "region"})


def with_text(event_map: EventMap, text: Text, *, of_article: Callable[[], Mapping[str, str]]) -> EventMap:
    """The map with as much of its articles as ``text`` says; ``of_article`` gives the whole texts by article id."""
    if text == "full":
        return replace(event_map, texts=of_article())
    if text == "evidence":
        return event_map
    events = tuple(
        replace(event, reports=tuple(replace(report, evidence="", marks=()) for report in event.reports))
        for event in event_map.events
    )
    mentioned = tuple(
        replace(place, mentions=tuple(replace(mention, sentence="", marks=()) for mention in place.mentions))
        for place in event_map.mentioned
    )
    return replace(event_map, events=events, mentioned=mentioned)


@dataclass(frozen=True, slots=True)
class ShareSafe:
    """Makes analyses safe to share: nothing finer than a first-level division, and no words of an article.

    An event keeps its id, cluster, type, mode, status, date, confidence, the country of each actor, how many were
    harmed (as numbers), and its article's outlet, language and date of publication. A place smaller than a first-level
    division becomes the division that holds it (its country where none does), drawn as an area. Gone are text,
    headline, link, file name, names of actors, reasons, mentioned places and what people noted: each can name the spot.
    """

    gazetteer: Gazetteer

    def __call__(self, analysis: Analysis) -> Analysis:
        """The analysis as it may be shared."""
        article = analysis.article
        return Analysis(
            article=Article(
                id=content_hash(article.id)[:16],
                text="",
                source=article.source,
                published=article.published,
                published_basis=article.published_basis,
                language=article.language,
            ),
            events=tuple(self._event(event) for event in analysis.events),
        )

    def _event(self, event: Event) -> Event:
        codes = dict.fromkeys((actor.role, actor.country_code) for actor in event.actors if actor.country_code)
        return replace(
            event,
            trigger=Trigger(start=0, end=0, text=""),
            evidence=_NOWHERE,
            date=event.date and replace(event.date, text=None),
            actors=tuple(
                Actor(start=0, end=0, text=self._country(code), role=role, country_code=code) for role, code in codes
            ),
            places=(),
            location=event.location and self.coarse(event.location),
            figures=tuple(replace(figure, start=0, end=0, qualifier="", text="") for figure in event.figures),
            why=Why(),
        )

    def coarse(self, where: Location) -> Location | None:
        """The location no finer than a first-level division. None where nothing that holds it is known."""
        try:
            unit = self._unit(where)
        except GazetteerError:
            unit = self._at(where)
        if unit is None:
            return where if where.precision in _COARSE_ENOUGH and where.footprint != "point" else None
        country = unit.feature_code.startswith("PCL")
        return replace(
            where,
            place_id=unit.id, name=unit.name, lat=unit.lat, lon=unit.lon, country_code=unit.country_code,
            footprint=unit.footprint, precision="country" if country else "admin1", radius_km=None,
            acled_geo_precision=3, ucdp_where_prec=6 if country else 4,
        )  # fmt: skip

    def _unit(self, where: Location) -> Place | None:
        """The division that the place is or lies in; None for a wide place in none. Raises for an unknown place."""
        place = self.gazetteer.place(where.place_id)
        if place.feature_code == "ADM1" or place.feature_code.startswith("PCL"):
            return place
        # A desert or a lake is wide itself: only a division that holds all of it is better.
        wide = where.precision in _COARSE_ENOUGH and where.footprint == "area"
        for one in self.gazetteer.parents(place.id):
            if one.feature_code == "ADM1" or (one.feature_code.startswith("PCL") and not wide):
                return one
        return None

    def _at(self, where: Location) -> Place | None:
        """What holds the point of a place of somebody else's gazetteer."""
        here = self.gazetteer.at(lat=where.lat, lon=where.lon)
        units = [one for one in here if one.feature_code == "ADM1" or one.feature_code.startswith("PCL")]
        return max(units, key=lambda one: one.feature_code == "ADM1", default=None)

    def _country(self, code: str) -> str:
        try:
            return self.gazetteer.country(code).name
        except GazetteerError:
            return code
