"""Made-up event maps of any size, the same for the same number: for measuring, not for looking at.

What the texts say is nonsense; what matters for size and speed is as in the news that the pipeline was run over:
three events to an article, one telling in six a copy or another paper's, 140 letters to a sentence, few sources and
many names, places as unequal as towns are, and sentences that gzip takes to 0.36 to 0.39 of their size (measured by
:func:`ratio`; of seven corpora of news it is 0.34 to 0.39).
"""

# ruff: noqa: E501, SIM905

from __future__ import annotations

import gzip
import hashlib
import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from gazetteer import basemap
from mapper.model import Actor, Alternative, DateBasis, EventDate, EventMap, Location, MappedEvent, Mark, Report, Why

TYPES = (
    "ASSAULT", "PROTEST", "CONSULT", "AID", "COERCE", "MOBILIZE", "AGREE", "ACCUSE", "DISASTER", "ELECTION", "THREATEN",
    "SANCTION",
)  # fmt: skip
_COUNTRIES = ("ML", "NE", "UA", "SY", "MM", "SD", "NG", "TD", "ET", "CO", "IQ", "PH")
_COMMON = (
    "government police people army state officials security president minister country city forces group local party "
    "report area court military attack week company members public health national talks border district market water "
    "leaders village road protest election rebels aid workers families children hospital schools troops convoy soldiers "
    "fighters residents spokesman authorities region capital province mayor judge union students farmers traders army "
    "crisis deal vote agreement ceasefire sanctions budget prices fuel food grain oil power flood storm fire rain "
    "damage relief camp refugees prison charges trial killing bombing explosion strike march rally campaign opposition "
    "parliament constitution law reform policy statement meeting conference visit delegation mission embassy envoy"
).split()
_VERBS = (
    "attacked killed arrested met visited shelled closed opened detained accused rejected signed announced called delivered "
    "blocked seized freed wounded evacuated condemned approved suspended launched held marched urged threatened warned "
    "deployed withdrew struck burned looted destroyed rescued fined sentenced elected dismissed appointed banned"
).split()
_ADJECTIVES = (
    "new local armed northern southern eastern western former senior heavy early late public joint foreign military "
    "several hundreds dozens second third major small regional national dead injured unknown political economic"
).split()
_LINKS = (
    "after", "before", "while", "as", "despite", "because of", "a day after", "weeks after", "amid", "following",
    "according to", "in spite of", "ahead of",
)  # fmt: skip
_BASES: tuple[DateBasis, ...] = ("explicit", "relative", "relative", "published")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ENDINGS = ("", "", "s", "ed", "ing", "er", "al", "ion", "ly", "ment", "ity", "ous")
_ONSETS = "b br c ch cl cr d dr f fl fr g gr h j k l m n p pl pr qu r s sc sh sp st str t th tr v w".split()
_NUCLEI = "a e i o u ai ea ee ie ou oo".split()
_CODAS = ("", "", "n", "r", "l", "t", "s", "st", "nd", "ck", "m", "p", "d", "ng", "rt", "x")


@lru_cache(maxsize=1)
def _cities() -> list[tuple[str, float, float]]:
    columns = basemap.load()["cities"]
    return [(name, y / 1000, x / 1000) for name, x, y in zip(columns["name"], columns["x"], columns["y"], strict=True)]


class _Writer:
    """Sentences of a small grammar over the news's common words, made-up rarer ones, and names."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        rare = [self._word() + draw.choice(_ENDINGS) for _ in range(14_000)]
        self.words = [*_COMMON, *rare]
        # Zipf's law, flattened at the head: the commonest words of all stand in the grammar itself.
        self.weights = list(accumulate(1 / (rank + 40) for rank in range(len(self.words))))
        self.people = [f"{self._word().title()} {self._word().title()}" for _ in range(4000)]
        self.bodies = [f"{draw.choice(_ADJECTIVES)} {draw.choice(_COMMON)} {draw.choice(_COMMON)}" for _ in range(600)]

    def _word(self) -> str:
        syllables = self.draw.choice((1, 2, 2, 3))
        parts = (
            self.draw.choice(_ONSETS) + self.draw.choice(_NUCLEI) + self.draw.choice(_CODAS) for _ in range(syllables)
        )
        return "".join(parts)

    def noun(self) -> str:
        return self.words[bisect(self.weights, self.draw.random() * self.weights[-1])]

    def phrase(self) -> str:
        chance = self.draw.random()
        if chance < 0.2:
            return f"{self.draw.choice(_ADJECTIVES)} {self.noun()}"
        if chance < 0.45:
            return f"the {self.noun()}"
        if chance < 0.6:
            return f"the {self.noun()} of {self.noun()}"
        if chance < 0.7:
            return f"{self.draw.randint(2, 900)} {self.noun()}"
        return f"a {self.noun()} {self.noun()}"

    def actor(self) -> str:
        one = self.people if self.draw.random() < 0.5 else self.bodies
        return one[int(self.draw.random() ** 2 * len(one))]

    def headline(self, who: str, verb: str, place: str) -> str:
        tail = self.draw.choice((f" in {place}", f" near {place}", "", f", {self.noun()} says"))
        return f"{who} {verb} {self.noun()} {self.noun()}{tail}".capitalize()

    def sentence(self, who: str, verb: str, place: str) -> tuple[str, tuple[Mark, ...]]:
        """The sentence, and where in it are who, what and where."""
        start = f"On {self.draw.choice(_DAYS)}, " if self.draw.random() < 0.3 else ""
        first = f"{start}{who} {verb} "
        middle = f"{self.phrase()} {self.draw.choice(('in', 'near', 'outside'))} "
        rest: list[str] = []
        while self.draw.random() < 0.55 and len(rest) < 5:
            rest.append(f" {self.draw.choice(_LINKS)} {self.phrase()} {self.draw.choice(_VERBS)} {self.phrase()}")
        end = f", {self.draw.choice(self.people)} said." if self.draw.random() < 0.4 else "."
        text = first + middle + place + "".join(rest) + end
        at, trigger = len(start), len(start) + len(who) + 1
        marks = (
            Mark(start=at, end=at + len(who), kind="actor"),
            Mark(start=trigger, end=trigger + len(verb), kind="trigger"),
            Mark(start=len(first) + len(middle), end=len(first) + len(middle) + len(place), kind="place"),
        )
        return text, marks


class MadeUp(Sequence[MappedEvent]):
    """Events made as they are asked for, in one order: a map of a million is never held as a whole."""

    def __init__(self, count: int, *, seed: int = 1, unplaced: float = 0.05) -> None:
        self.size = count
        self.seed = seed
        self.unplaced = unplaced

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, index: int) -> MappedEvent:  # type: ignore[override]
        raise TypeError("made in order only")

    def __iter__(self) -> Iterator[MappedEvent]:
        made = 0
        for article in self._articles():
            for event in article:
                if made == self.size:
                    return
                made += 1
                yield event

    def _articles(self) -> Iterator[list[MappedEvent]]:
        draw = random.Random(self.seed)
        writer = _Writer(draw)
        cities = _cities()
        names = [
            f"{draw.choice(cities)[0]} {draw.choice(('News', 'Times', 'Post', 'Herald', 'Wire', 'Radio'))}"
            for _ in range(300)
        ]
        number = 0
        while True:
            number += 1
            source = int(draw.random() ** 2 * len(names))
            day = f"{2022 + number % 3}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
            who, verb = writer.actor(), draw.choice(_VERBS)
            home = self._place(draw, cities)
            title = writer.headline(who, verb, home.name)
            slug = "-".join(title.lower().replace(",", "").split())
            digest = hashlib.sha256(f"{self.seed}:{number}".encode()).hexdigest()
            papers = [source]
            while draw.random() < 0.15 and len(papers) < 4:
                papers.append(int(draw.random() * len(names)))
            events = []
            for k in range(draw.choice((1, 1, 2, 3, 3, 4, 5, 6))):
                place = home if draw.random() < 0.6 else self._place(draw, cities)
                if k:
                    who, verb = writer.actor(), draw.choice(_VERBS)
                sentence, marks = writer.sentence(who, verb, place.name)
                spot = None if draw.random() < self.unplaced else place
                basis: DateBasis = draw.choice(_BASES)
                date = EventDate(
                    start=day,
                    end=day,
                    precision="day",
                    basis=basis,
                    text=draw.choice(_DAYS) if basis == "relative" else None,
                )
                kind = TYPES[int(draw.random() ** 2 * len(TYPES))]
                confidence = round(0.3 + 0.7 * draw.random(), 2)
                others = tuple(
                    Alternative(id=f"geonames:{int(place.lat * 1e4) + j * 7919}", name=place.name, lat=place.lat + j, lon=place.lon, country_code=_COUNTRIES[j % 12], score=round(draw.random() * 0.2, 4))
                    for j in range(draw.choice((0, 1, 2, 4, 4)))
                )  # fmt: skip
                tellings = tuple(
                    Report(
                        event_id=digest[4 * k : 4 * k + 16], article_id=f"{digest[40:56]}{copy or ''}", title=title, source=names[paper],
                        url=f"https://www.{names[paper].lower().replace(' ', '')}.example/{day[:7].replace('-', '/')}/{slug}", published=day, published_basis="metadata", language="en", type=kind,
                        evidence=sentence, marks=marks, date=date, location=spot, alternatives=others, confidence=confidence,
                        place_why=draw.choice(("the only place of this name", "nearest to the other places in the text", f"the largest of {len(others) + 1} places of this name")) if spot else "",
                        why=Why(type=f"“{verb}”", place="in the same clause" if spot else "", date="the day named, before publication" if basis == "relative" else ""), content_hash=hashlib.sha256(f"{digest}{copy}".encode()).hexdigest(),
                    )
                    for copy, paper in enumerate(papers)
                )  # fmt: skip
                events.append(
                    MappedEvent(
                        id=hashlib.sha256(f"{digest}:{k}".encode()).hexdigest()[:16], type=kind, mode=None, status="reported" if draw.random() < 0.9 else "planned", date=date,
                        actors=(Actor(start=0, end=len(who), text=who, role="actor", country_code=None),), location=spot,
                        confidence=confidence, reports=tellings, independent_sources=len(set(papers)),
                    )
                )  # fmt: skip
            yield events

    def _place(self, draw: random.Random, cities: list[tuple[str, float, float]]) -> Location:
        name, lat, lon = cities[min(int(draw.expovariate(1 / 1500)), len(cities) - 1)]
        return Location(
            place_id=f"geonames:{int(lat * 1e4)}", name=name, lat=lat, lon=lon, country_code=_COUNTRIES[int(lat * 7) % 12],
            footprint="point", basis="stated", precision="settlement", radius_km=None, acled_geo_precision=1, ucdp_where_prec=1,
        )  # fmt: skip


def event_map(count: int, *, seed: int = 1, held: bool = True) -> EventMap:
    """``count`` events; ``held`` in memory, or made anew each time that they are gone through."""
    events = MadeUp(count, seed=seed)
    return EventMap(
        events=tuple(events) if held else events, mentioned=(), footprints={}, articles=count // 3, attribution=()
    )


def ratio(count: int = 20_000) -> float:
    """How much of their size gzip leaves of the distinct sentences: what shows whether they are like real text."""
    sentences = dict.fromkeys(event.reports[0].evidence for event in MadeUp(count))
    raw = "\n".join(sentences).encode("utf-8")
    return len(gzip.compress(raw, 6, mtime=0)) / len(raw)
