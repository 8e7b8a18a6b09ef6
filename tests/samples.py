"""A small analysis with every kind of value in it, and pieces to build others from."""

from __future__ import annotations

from dataclasses import replace

from mapper.model import (
    Actor,
    Alternative,
    Analysis,
    Article,
    Event,
    EventDate,
    EventPlace,
    Location,
    PlaceRef,
    Segment,
    Span,
    TimeExpression,
    Toponym,
    Trigger,
    Why,
    event_id,
)

TEXT = "Talks in Gao\n\nMali's minister met elders in Gao on 3 April 2014. Timbuktu was calm."

GAO = PlaceRef(
    id="geonames:2457161", name="Gao", lat=16.27, lon=-0.04, country_code="ML",
    feature_class="P", feature_code="PPLA", footprint="point", population=86353,
)  # fmt: skip
TIMBUKTU = replace(GAO, id="geonames:2449067", name="Timbuktu", lat=16.77, lon=-3.01)
MALI = replace(
    GAO,
    id="geonames:2453866",
    name="Mali",
    lat=17.35,
    lon=-3.52,
    feature_class="A",
    feature_code="PCLI",
    footprint="area",
)


def location(place: PlaceRef) -> Location:
    area = place.footprint == "area"
    return Location(
        place_id=place.id, name=place.name, lat=place.lat, lon=place.lon, country_code=place.country_code,
        footprint=place.footprint, basis="stated", precision="country" if area else "settlement", radius_km=None,
        acled_geo_precision=3 if area else 1, ucdp_where_prec=6 if area else 1,
    )  # fmt: skip


def toponym(text: str, name: str, place: PlaceRef | None, nth: int = 0, **changes: object) -> Toponym:
    """The ``nth`` occurrence of ``name`` in ``text``."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(name, start + 1)
    plain = Toponym(start=start, end=start + len(name), text=name, kind="literal", place=place, confidence=0.9)
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test's shorthand


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def event(text: str, trigger: str, evidence: str, **changes: object) -> Event:
    where = span(text, trigger)
    plain = Event(
        id=event_id(text, where), type="CONSULT", mode="meet",
        trigger=Trigger(start=where.start, end=where.end, text=trigger), evidence=span(text, evidence),
        date=None, actors=(), places=(), location=None, confidence=0.8, status="reported",
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test's shorthand


def analysis(identifier: str = "gao.txt", **article: object) -> Analysis:
    """Elders met in Gao, Mali; Timbuktu is only mentioned."""
    evidence = "Mali's minister met elders in Gao on 3 April 2014."
    day = span(TEXT, "3 April 2014")
    actor = span(TEXT, "Mali's minister")
    return Analysis(
        article=replace(
            Article(
                id=identifier, text=TEXT, title="Talks in Gao", url="https://example.org/gao", source="Example Wire",
                published="2014-04-04", published_basis="given", language="en",
                segments=(Segment(start=0, end=12, kind="headline"), Segment(start=14, end=len(TEXT), kind="body")),
            ),
            **article,  # type: ignore[arg-type]  # a test's shorthand
        ),
        toponyms=(
            toponym(TEXT, "Gao", GAO),
            toponym(TEXT, "Mali", MALI, kind="metonym", stands_for="ML"),
            toponym(
                TEXT, "Gao", GAO, 1, why="named with Mali",
                alternatives=(
                    Alternative(id="geonames:1", name="Gao", lat=1.0, lon=2.0, country_code="CN", score=0.1),
                ),
            ),
            toponym(TEXT, "Timbuktu", TIMBUKTU),
        ),
        times=(
            TimeExpression(
                start=day.start, end=day.end, text="3 April 2014", from_="2014-04-03", to="2014-04-03", basis="explicit"
            ),
        ),
        events=(
            event(
                TEXT, "met", evidence,
                date=EventDate(
                    start="2014-04-03", end="2014-04-03", precision="day", basis="explicit", text="3 April 2014"
                ),
                actors=(
                    Actor(start=actor.start, end=actor.end, text="Mali's minister", role="actor", country_code="ML"),
                ),
                places=(EventPlace(toponym=2, role="happened_at"),), location=location(GAO),
                why=Why(type="met: a meeting", place="met in Gao", date="stated in the sentence"),
            ),
        ),
    )  # fmt: skip
