"""What the tests of event coding share: sentences parsed on demand, toponyms made by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mapper import language
from mapper.events import EventCoder
from mapper.model import Article, Event, PlaceRef, Segment, Span, TimeExpression, Toponym

PLACES = {
    "Algeria": ("DZ", "A", "PCLI", 28.0, 3.0),
    "Mali": ("ML", "A", "PCLI", 17.0, -4.0),
    "Timbuktu": ("ML", "P", "PPLA", 16.77, -3.01),
    "Gao": ("ML", "P", "PPLA", 16.27, -0.04),
    "Tunis": ("TN", "P", "PPLC", 36.8, 10.18),
    "Tunisia": ("TN", "A", "PCLI", 34.0, 9.0),
    "Libya": ("LY", "A", "PCLI", 27.0, 17.0),
    "Washington": ("US", "P", "PPLC", 38.9, -77.04),
    "Paris": ("FR", "P", "PPLC", 48.85, 2.35),
    "Sahel": (None, "L", "RGN", 15.0, 5.0),
    "Algerian": ("DZ", "A", "PCLI", 28.0, 3.0),
    "French": ("FR", "A", "PCLI", 46.0, 2.0),
    "US": ("US", "A", "PCLI", 39.0, -98.0),
    "Geneva": ("CH", "P", "PPLA", 46.2, 6.15),
    "Turkey": ("TR", "A", "PCLI", 39.0, 35.0),
    "Reuters": ("GB", "P", "PPL", 51.5, -0.1),
    "Reuters Avenue": ("GB", "P", "PPL", 51.5, -0.1),
}
DEMONYMS = frozenset({"Algerian", "French"})


def place(name: str) -> PlaceRef:
    """A gazetteer place as it would travel with an article."""
    code, feature_class, feature_code, lat, lon = PLACES[name]
    return PlaceRef(
        id=f"test:{name.lower()}",
        name=name,
        lat=lat,
        lon=lon,
        country_code=code,
        feature_class=feature_class,
        feature_code=feature_code,
        footprint="point" if feature_class == "P" else "area",
    )


def toponym(text: str, name: str, kind: str | None = None, at: int = 0) -> Toponym:
    """The first mention of a known place from offset ``at`` on."""
    start = text.index(name, at)
    return Toponym(
        start=start,
        end=start + len(name),
        text=name,
        kind=kind or ("demonym" if name in DEMONYMS else "literal"),  # type: ignore[arg-type]
        place=place(name),
        stands_for=place(name).country_code if kind == "metonym" else None,
        confidence=0.9,
    )


Code = Callable[..., tuple[tuple[TimeExpression, ...], tuple[Event, ...]]]


@pytest.fixture(scope="session")
def coder() -> EventCoder:
    """The event coder with its model; tests that need it are skipped where the model is not installed."""
    if not language.installed():
        pytest.skip("the English language model is not installed")
    return EventCoder()


@pytest.fixture
def code(coder: EventCoder) -> Code:
    """Code one text: ``code(text, "Mali", ("Washington", "metonym"), published="2020-10-01")``."""

    def run(
        text: str,
        *names: str | tuple[str, str],
        published: str | None = "2020-10-01",
        segments: tuple[Segment, ...] = (),
        triggers: tuple[Span, ...] | None = None,
        language: str | None = "en",
    ) -> tuple[tuple[TimeExpression, ...], tuple[Event, ...]]:
        toponyms = tuple(sorted(toponym(text, *((name, None) if isinstance(name, str) else name)) for name in names))
        article = Article(
            id="a", text=text, published=published, language=language, segments=segments, triggers=triggers
        )
        return coder.code([(article, toponyms)])[0]

    return run
