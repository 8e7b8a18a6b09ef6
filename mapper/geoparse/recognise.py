"""Which spans of a text are place names. What kind each is, is settled in :mod:`mapper.geoparse.kinds`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mapper.geoparse.company import inside_address, inside_organisation, inside_person, owns_policy, stands_for_unit
from mapper.geoparse.features import Page
from mapper.geoparse.linear import LinearModels
from mapper.geoparse.mention import Mention
from mapper.geoparse.names import NameBook
from mapper.geoparse.propose import Proposal
from mapper.geoparse.reading import Reader, Reading, Tagger
from mapper.geoparse.scripts import begins_sentence, scan
from mapper.geoparse.stack import Stack
from mapper.geoparse.text import Words, trim
from mapper.model import Article

THRESHOLD = 0.3
"""Least probability of a place name for it to be answered. Chosen on lgl-dev, left out of training: about the best F1
there, and a little below the best on geowebnews-dev (0.35 to 0.45)."""

KIND_THRESHOLD = 0.5

_WELL_KNOWN = frozenset({"country", "capital", "adm1", "adm2", "seat", "big", "town", "region"})


def weights_path(name: str) -> Path:
    """A file of shipped weights."""
    return Path(str(resources.files("mapper.geoparse") / "weights" / name))


def common_words() -> frozenset[str]:
    """Words written small unless they begin a sentence."""
    return frozenset(weights_path("common_words.txt").read_text(encoding="utf-8").split())


class Recogniser:
    """Finds place names in batches of articles."""

    def __init__(
        self,
        book: NameBook,
        *,
        tagger: Tagger | None = None,
        models: LinearModels | None = None,
        stack: Stack | None = None,
        threshold: float = THRESHOLD,
    ) -> None:
        self.reader = Reader(book, tagger if tagger is not None else Tagger.load(common_words()), common_words())
        self.models = models if models is not None else LinearModels.load(weights_path("spans.npz"))
        self.stack = stack if stack is not None else Stack.load(weights_path("stack.npz"))
        self.threshold = threshold
        self._columns = {name: column for column, name in enumerate(self.models.names)}

    def recognise(self, articles: Sequence[Article]) -> Iterator[tuple[Reading, list[Mention], list[Mention]]]:
        """Each article's reading, its mentions in text order (given ones in the order given), and for articles with
        given mentions what else was found, as context."""
        languages = [language_of(article) for article in articles]
        prepared = [self.reader.prepare(article.text) for article in articles]
        english = [number for number, language in enumerate(languages) if language == "en"]
        tagged = dict(zip(english, self.reader.tagger.tag([prepared[number].text for number in english]), strict=True))
        for number, (article, words) in enumerate(zip(articles, prepared, strict=True)):
            language, entities = languages[number], tagged.get(number, [])
            reading = self.reader.finish(words, entities, language)
            mentions = self.judge(article, reading, language)
            if language != "en":
                known = [m for m in mentions if self._known(article.text, m)]
                mentions = _merge(known, scan(article.text, words, self.reader.book, language))
            mentions = [m for m in mentions if not _in_boilerplate(article, m)]
            if article.mentions is None:
                yield reading, mentions, []
                continue
            given = [(span.start, span.end) for span in article.mentions]
            context = [m for m in mentions if all(m.end <= start or m.start >= end for start, end in given)]
            yield reading, self.judge_given(article, words, entities, language, given), context

    def _known(self, text: str, mention: Mention) -> bool:
        """Whether a mention in a language that the models were not trained on may stand: a single word at the beginning
        of a sentence, where all words have capitals, only if it is somewhere well known."""
        facts = self.reader.book.facts(mention.name)
        if not (facts.places or facts.demonym):
            return False
        single = mention.last - mention.first == 1
        return not single or facts.sort in _WELL_KNOWN - {"town"} or not begins_sentence(text, mention.start)

    def judge_given(
        self,
        article: Article,
        words: Words,
        tagged: Sequence[tuple[int, int, str]],
        language: str,
        given: Sequence[tuple[int, int]],
    ) -> list[Mention]:
        """One mention for each given span."""
        if not len(words):
            return [Mention(s, e, 0, 0, article.text[s:e], 0.5, 0.0, 0.0, 0.0, True) for s, e in given]
        reading = self.reader.finish(words, tagged, language, given)
        if not reading.proposals:
            return []
        chances = self.probabilities(reading, language).tolist()
        found = []
        for proposal, row in zip(reading.proposals, chances, strict=True):
            start, end = trim(article.text, proposal.start, proposal.end)
            name = article.text[start:end] if end > start else article.text[proposal.start : proposal.end]
            mention = replace(_mention(article.text, proposal, row, True), name=name)
            if inside_organisation(reading.page, mention.first, mention.last):
                mention = _embed(mention)
            found.append(mention)
        return found

    def probabilities(self, reading: Reading, language: str) -> NDArray[np.float64]:
        """The models' probabilities for each proposal: place, demonym, embedded, metonym."""
        rows = [n + c + s for n, c, s in zip(reading.neutral, reading.context, reading.tagger, strict=True)]
        scores = self.models.scores(rows).astype(np.float64)
        columns = self._columns
        if language != "en":
            column = scores[:, columns["neutral"]]
        elif self.reader.tagger.model is None:
            column = scores[:, columns["bare"]]
        else:
            column = self.stack.second(reading, scores, columns)
        kinds = scores[:, [columns["demonym"], columns["embedded"], columns["metonym"]]]
        result: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(np.column_stack([column, kinds]), -30, 30)))
        return result

    def in_company(self, reading: Reading, mention: Mention) -> Mention:
        """The mention with what its neighbours tell: part of a person's name, or of an organisation's."""
        page = reading.page
        at = mention.first, mention.last
        if inside_person(page, *at) or inside_address(page, *at) or stands_for_unit(page, *at):
            return replace(mention, place=mention.place * 0.1, demonym=mention.demonym * 0.1)
        sort = self.reader.book.facts(mention.name).sort
        if sort == "country" and mention.last - mention.first > 1 and mention.place > 0.05:
            # A country's full name is not cut short: "Trinidad and Tobago", not "Tobago".
            mention = replace(mention, place=max(mention.place, 0.99))
        likely = mention.place > 0.05 and mention.name.lower() not in self.reader.common
        if likely and sort in _WELL_KNOWN and inside_organisation(page, mention.first, mention.last):
            return _embed(mention)
        if sort in ("capital", "country") and owns_policy(page, mention.last):
            return replace(mention, metonym=max(mention.metonym, 0.75))
        return mention

    def judge(self, article: Article, reading: Reading, language: str) -> list[Mention]:
        """The mentions among a reading's proposals: not overlapping, the most probable first served."""
        if not reading.proposals:
            return []
        chances = self.probabilities(reading, language)
        everything = [
            self.in_company(reading, _mention(article.text, proposal, row, False))
            for proposal, row in zip(reading.proposals, chances.tolist(), strict=True)
        ]
        book = self.reader.book
        places = sorted((m for m in everything if m.place >= self.threshold), key=lambda m: (-m.place, m.start, -m.end))
        demonyms = sorted(
            (m for m in everything if book.facts(m.name).demonym and is_people(m, reading.page)),
            key=lambda m: (-m.demonym, m.start, -m.end),
        )
        embedded = sorted(
            (m for m in everything if m.embedded >= KIND_THRESHOLD and book.facts(m.name).places),
            key=lambda m: (-m.embedded, m.start, -m.end),
        )
        taken: list[Mention] = []  # in text order, none overlapping another
        for mention in places + demonyms + embedded:
            at = bisect_left(taken, mention.start, key=lambda m: m.start)
            if (not at or taken[at - 1].end <= mention.start) and (at == len(taken) or mention.end <= taken[at].start):
                taken.insert(at, mention)
        return taken


def language_of(article: Article) -> str:
    """The article's language as a two-letter code; English where it is not known and the script does not speak."""
    if article.language:
        return article.language.lower()[:2]
    sample = article.text[:2000]
    letters = [char for char in sample if char.isalpha()]
    if letters and sum(char.isascii() for char in letters) < 0.3 * len(letters):
        return _script_language(letters) or "und"
    return "en"


def _script_language(letters: Sequence[str]) -> str | None:
    counts = {
        "ar": sum("\u0600" <= char <= "\u06ff" for char in letters),
        "ru": sum("\u0400" <= char <= "\u04ff" for char in letters),
        "zh": sum("\u4e00" <= char <= "\u9fff" for char in letters),
    }
    best = max(sorted(counts), key=lambda code: counts[code])
    return best if counts[best] > len(letters) / 2 else None


def _mention(text: str, proposal: Proposal, row: Sequence[float], given: bool) -> Mention:
    place, demonym, embedded, metonym = row
    return Mention(
        proposal.start, proposal.end, proposal.first, proposal.last, text[proposal.start : proposal.end],
        place, demonym, embedded, metonym, given,
    )  # fmt: skip


def is_people(mention: Mention, page: Page) -> bool:
    """Whether a word that may name a people does: by the model, or by the recogniser's word for it."""
    return mention.demonym >= KIND_THRESHOLD or (
        page.exact.get((mention.first, mention.last)) == "NORP" and mention.demonym > mention.place * 0.5
    )


def _embed(mention: Mention) -> Mention:
    return replace(mention, embedded=max(mention.embedded, mention.place, 0.75), place=mention.place * 0.9)


def _merge(mentions: list[Mention], scanned: list[Mention]) -> list[Mention]:
    """The models' mentions and those scanned for; of two that overlap the longer, the models' where they are equal.
    Both lists are in text order and without overlaps."""

    def touching(others: list[Mention], mention: Mention) -> list[Mention]:
        low = bisect_right(others, mention.start, key=lambda m: m.end)
        return others[low : bisect_left(others, mention.end, key=lambda m: m.start)]

    def length(mention: Mention) -> int:
        return mention.end - mention.start

    longer = [s for s in scanned if all(length(s) > length(m) for m in touching(mentions, s))]
    kept = [m for m in mentions if not touching(longer, m)]
    return sorted(kept + longer, key=lambda m: m.start)


def _in_boilerplate(article: Article, mention: Mention) -> bool:
    """Whether a mention lies in text that is no part of the article, such as a menu or a notice."""
    return any(
        segment.kind == "boilerplate" and segment.start < mention.end and mention.start < segment.end
        for segment in article.segments
    )
