"""What the tests of reading share."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest

from mapper.articles import Limits, read
from mapper.articles.draft import FAULT
from mapper.errors import InputError
from mapper.model import Analysis, Article


@dataclass
class Outcome:
    articles: list[Article] = field(default_factory=list)
    analyses: list[Analysis] = field(default_factory=list)
    refusals: list[InputError] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [article.id for article in self.articles]


class ReadAll(Protocol):
    def __call__(self, *paths: Path | str, **options: Any) -> Outcome: ...


def _read_all(*paths: Path | str, **options: Any) -> Outcome:
    outcome = Outcome()
    found = read(*paths, on_refusal=outcome.refusals.append, on_duplicate=outcome.duplicates.append, **options)
    for item in found:
        if isinstance(item, Article):
            outcome.articles.append(item)
        else:
            outcome.analyses.append(item)
    assert not [refusal for refusal in outcome.refusals if refusal.reason.startswith(FAULT)]
    return outcome


@pytest.fixture
def read_all() -> ReadAll:
    """Reads paths and collects what comes out: articles, analyses, refusals, duplicates."""
    return _read_all


@pytest.fixture
def small_limits() -> Limits:
    return Limits(file=200_000, line=50_000, page=100_000, text_characters=40_000, sidecar=2_000)
