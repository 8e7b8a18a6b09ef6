"""Made-up event maps of any size, the same for the same number: for measuring, not for looking at."""

# ruff: noqa: E501

from __future__ import annotations

import random
from functools import lru_cache

from gazetteer import basemap
from mapper.model import Actor, EventDate, EventMap, Location, MappedEvent, Mark, Report, Why

TYPES = (
    "ASSAULT",
    "PROTEST",
    "CONSULT",
    "AID",
    "COERCE",
    "MOBILIZE",
    "AGREE",
    "ACCUSE",
    "DISASTER",
    "ELECTION",
    "THREATEN",
    "SANCTION",
)


@lru_cache(maxsize=1)
def _cities() -> list[tuple[str, float, float]]:
    columns = basemap.load()["cities"]
    return [(name, y / 1000, x / 1000) for name, x, y in zip(columns["name"], columns["x"], columns["y"], strict=True)]


def event_map(count: int, *, seed: int = 1, texts: bool = True) -> EventMap:
    """``count`` events at some 9,000 towns over three years, headlines and sentences out of a vocabulary of 18,000 words."""
    draw = random.Random(seed)
    words = ["".join(draw.choices("aeioubcdfghklmnprstvz", k=draw.randint(2, 10))) for _ in range(18_000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    total = [0.0]
    for weight in weights:
        total.append(total[-1] + weight)
    cumulative = total[1:]

    def text(least: int, most: int) -> str:
        return " ".join(draw.choices(words, cum_weights=cumulative, k=draw.randint(least, most))).capitalize()

    cities = _cities()
    sources = [f"{text(1, 2)} News" for _ in range(200)]
    people = [text(1, 3) for _ in range(3000)]
    events = []
    for number in range(count):
        name, lat, lon = cities[min(int(draw.expovariate(1 / 1500)), len(cities) - 1)]
        day = f"{2022 + number % 3}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
        place = Location(
            place_id=f"p:{name}:{lat}", name=name, lat=lat, lon=lon, country_code=("ML", "NE", "UA", "SY", "MM", "SD")[int(lat * 7) % 6],
            footprint="point", basis="stated", precision="settlement", radius_km=None, acled_geo_precision=1, ucdp_where_prec=1,
        )  # fmt: skip
        sentence = text(18, 30) + "." if texts else ""
        date = EventDate(start=day, end=day, precision="day", basis="relative")
        kind = TYPES[int(draw.random() ** 2 * len(TYPES))]
        telling = Report(
            event_id=f"{number:016x}", article_id=str(number), title=text(7, 13), source=sources[number % 200],
            url=f"https://news.example/{draw.randint(0, 1 << 40):x}/{text(4, 7).replace(' ', '-')}", published=day, published_basis="metadata",
            language="en", type=kind, evidence=sentence, marks=(Mark(start=0, end=5, kind="actor"), Mark(start=8, end=15, kind="trigger")) if texts else (),
            date=date, location=place, alternatives=(), confidence=0.8, place_why="largest of that name", why=Why(type="verb", place="same clause"),
        )  # fmt: skip
        actor = Actor(start=0, end=5, text=people[int(draw.random() ** 2 * 3000)], role="actor", country_code=None)
        events.append(
            MappedEvent(
                id=f"{number:016x}", type=kind, mode=None, status="reported", date=date, actors=(actor,), location=place,
                confidence=round(draw.random(), 2), reports=(telling,), independent_sources=1,
            )
        )  # fmt: skip
    return EventMap(events=tuple(events), mentioned=(), footprints={}, articles=count, attribution=())
