"""A small hand-made set for each language that has no recogniser here: the gazetteer alone must find these.

The sentences are in ``languages.jsonl``, with the names as written and the country of each ("*" for what lies in none
or in several). They are news-like, of several continents, with peoples, waters and regions among the names.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from mapper.articles.language import detect
from mapper.geoparse import Geoparser
from mapper.model import Article
from tests.geoparse.conftest import Parse

SENTENCES = [
    json.loads(line) for line in Path(__file__).with_name("languages.jsonl").read_text(encoding="utf-8").splitlines()
]

FLOORS = {
    "fr": (0.95, 0.95),
    "es": (0.95, 0.95),
    "ar": (0.95, 0.95),
    "ru": (0.95, 0.90),
    "zh": (0.95, 0.95),
}
"""Precision of the spans, and the share of the names found with the right country."""


@dataclass(slots=True)
class Tally:
    """Names annotated, names found, names found in the right country, and spans that are no name."""

    gold: int = 0
    found: int = 0
    right: int = 0
    false: int = 0


@pytest.fixture(scope="module")
def tallies(geoparser: Geoparser) -> Mapping[str, Tally]:
    counts: defaultdict[str, Tally] = defaultdict(Tally)
    articles = [Article(id=str(n), text=s["text"], language=s["language"]) for n, s in enumerate(SENTENCES)]
    for sentence, toponyms in zip(SENTENCES, geoparser.parse(articles), strict=True):
        tally, wanted = counts[sentence["language"]], sentence["places"]
        found = {t.text: t.place.country_code if t.place else None for t in toponyms}
        tally.gold += len(wanted)
        tally.found += sum(name in found for name in wanted)
        tally.right += sum(name in found and code in ("*", found[name]) for name, code in wanted.items())
        tally.false += sum(name not in wanted for name in found)
    return counts


@pytest.mark.parametrize("language", sorted(FLOORS))
def test_names_are_found_and_nothing_else(tallies: Mapping[str, Tally], language: str) -> None:
    tally = tallies[language]
    precision, right = FLOORS[language]
    assert tally.gold >= 24
    assert tally.found / (tally.found + tally.false) >= precision
    assert tally.right / tally.gold >= right


@pytest.mark.parametrize("language", sorted(FLOORS))
def test_the_language_is_seen_where_none_is_given(language: str) -> None:
    assert detect(" ".join(s["text"] for s in SENTENCES if s["language"] == language)) == language


def test_an_arabic_preposition_is_no_part_of_the_name(parse: Parse) -> None:
    text = "عقد الاجتماع بالجزائر يوم الاثنين"
    spans = [text[t.start : t.end] for t in parse(text, "ar")]
    assert [span for span in spans if "جزائر" in span] == ["الجزائر"]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", "Le traité de l'Iran avec la Chine est entré en vigueur.", "Iran"),
        ("fr", "Il est né aux Pays-Bas avant de vivre au Niger.", "Pays-Bas"),
        ("ru", "Раненых доставили в больницу Донецкой области.", "Донецкой области"),
        ("zh", "長江與长江同名。", "长江"),
        ("ar", "انسحبت القوات من جنوب السودان", "جنوب السودان"),
    ],
)
def test_articles_cases_and_characters_are_undone(parse: Parse, language: str, text: str, name: str) -> None:
    assert name in [t.text for t in parse(text, language) if t.place is not None]
