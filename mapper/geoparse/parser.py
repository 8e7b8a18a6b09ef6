"""The stage: articles in, toponyms out."""

from __future__ import annotations

from collections.abc import Sequence

from gazetteer.place import Candidate, Place
from mapper.geoparse.candidates import Options, options
from mapper.geoparse.evidence import FEATURES
from mapper.geoparse.kinds import is_demonym, kind_of, stands_for
from mapper.geoparse.logit import Logit
from mapper.geoparse.mention import Mention
from mapper.geoparse.names import GazetteerLike, NameBook
from mapper.geoparse.outlet import outlet_of
from mapper.geoparse.reading import Reading, Tagger
from mapper.geoparse.recognise import Recogniser, common_words, weights_path
from mapper.geoparse.resolve import Calibration, Resolution, Resolver
from mapper.model import Alternative, Article, PlaceRef, Span, Toponym


class Geoparser:
    """Finds the place names of articles and the places that they name.

    ``model`` is a loaded spaCy pipeline with an ``ner`` component; None loads the pinned one, and where that is not
    installed the gazetteer alone proposes names, with one warning. Make one and use it for all batches: it remembers
    what it looked up. Not to be shared between threads.
    """

    def __init__(self, gazetteer: GazetteerLike, *, model: object | None = None) -> None:
        self.book = NameBook(gazetteer)
        common = common_words()
        tagger = Tagger.load(common) if model is None else Tagger(model, common)  # type: ignore[arg-type]
        self.recogniser = Recogniser(self.book, tagger=tagger)
        self.resolver = Resolver(
            self.book,
            first=Logit.load(weights_path("rank_first.json"), FEATURES),
            second=Logit.load(weights_path("rank_second.json"), FEATURES),
            calibration=Calibration.load(weights_path("confidence.json")),
        )

    @classmethod
    def of(cls, recogniser: Recogniser, resolver: Resolver) -> Geoparser:
        """A geoparser from its parts, for measuring models other than the shipped ones."""
        made = cls.__new__(cls)
        made.book = resolver.book
        made.recogniser = recogniser
        made.resolver = resolver
        return made

    def parse(self, articles: Sequence[Article]) -> list[tuple[Toponym, ...]]:
        """The toponyms of each article, in text order and not overlapping; or, where an article carries ``mentions``,
        exactly one for each of these, with the same span and in the same order."""
        return [
            self.locate(article, reading, mentions, context)
            for article, (reading, mentions, context) in zip(articles, self.recogniser.recognise(articles), strict=True)
        ]

    def locate(
        self, article: Article, reading: Reading, mentions: Sequence[Mention], context: Sequence[Mention]
    ) -> tuple[Toponym, ...]:
        """Resolve an article's mentions. ``context`` are names that help but are not answered."""
        words = reading.page.words
        everyone = sorted([*mentions, *context], key=lambda m: (m.start, m.end))
        place_of = {id(mention): number for number, mention in enumerate(everyone)}
        demonyms = [is_demonym(m, self.book.facts(m.lookup or m.name)) for m in everyone]
        looked_up = [
            options(m, words, self.book, demonym=d, fuzzy=False) for m, d in zip(everyone, demonyms, strict=True)
        ]
        found = self.resolver.resolve(article.text, everyone, looked_up, outlet_of(article, self.book))
        boilerplate = [s for s in article.segments if s.kind == "boilerplate"]
        toponyms = []
        for mention in mentions:
            number = place_of[id(mention)]
            span = Span(start=mention.start, end=mention.end)
            toponyms.append(
                _toponym(
                    article,
                    mention,
                    looked_up[number],
                    found[number],
                    demonyms[number],
                    any(span.overlaps(segment) for segment in boilerplate),
                )
            )
        return tuple(toponyms)


def _toponym(
    article: Article, mention: Mention, looked_up: Options, answer: Resolution, demonym: bool, boilerplate: bool
) -> Toponym:
    people = answer.candidate is not None and answer.candidate.kind == "demonym" and looked_up.via == "name"
    kind = kind_of(mention, looked_up, demonym=demonym or people, boilerplate=boilerplate)
    place = answer.candidate.place if answer.candidate is not None else None
    return Toponym(
        start=mention.start,
        end=mention.end,
        text=article.text[mention.start : mention.end],
        kind=kind,
        place=place_ref(place) if place is not None else None,
        stands_for=stands_for(kind, place),
        confidence=round(answer.confidence, 4),
        alternatives=tuple(_alternative(candidate, score) for candidate, score in answer.others),
        why=answer.why,
    )


def place_ref(place: Place) -> PlaceRef:
    """A gazetteer place as it travels with an article."""
    return PlaceRef(
        id=place.id,
        name=place.name,
        lat=round(place.lat, 5),
        lon=round(place.lon, 5),
        country_code=place.country_code,
        feature_class=place.feature_class,
        feature_code=place.feature_code,
        footprint=place.footprint,
        population=place.population,
    )


def _alternative(candidate: Candidate, score: float) -> Alternative:
    place = candidate.place
    return Alternative(
        id=place.id,
        name=place.name,
        lat=round(place.lat, 5),
        lon=round(place.lon, 5),
        country_code=place.country_code,
        score=round(score, 4),
    )
