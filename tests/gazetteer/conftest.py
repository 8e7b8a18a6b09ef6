"""The embedded gazetteer, opened once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gazetteer import Gazetteer


@pytest.fixture(scope="session")
def places() -> Iterator[Gazetteer]:
    with Gazetteer.open() as opened:
        yield opened
