"""One gazetteer and one geoparser for all tests of this folder: both are slow to make and safe to share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from gazetteer import Gazetteer
from mapper.geoparse import Geoparser
from mapper.model import Article, Toponym

Parse = Callable[..., tuple[Toponym, ...]]


@pytest.fixture(scope="session")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as opened:
        yield opened


@pytest.fixture(scope="session")
def geoparser(gazetteer: Gazetteer) -> Geoparser:
    return Geoparser(gazetteer)


@pytest.fixture(scope="session")
def parse(geoparser: Geoparser) -> Parse:
    def one(text: str, language: str = "en", **fields: object) -> tuple[Toponym, ...]:
        return geoparser.parse([Article(id="a", text=text, language=language, **fields)])[0]  # type: ignore[arg-type]

    return one
