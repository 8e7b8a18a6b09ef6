"""The embedded gazetteer, opened once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gazetteer import Gazetteer


@pytest.fixture(scope="session")
def places(_nothing_added: None) -> Iterator[Gazetteer]:
    with Gazetteer.open() as opened:
        yield opened


@pytest.fixture(scope="session", autouse=True)
def _nothing_added(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whoever runs the tests may have added places of their own; the tests are about the embedded ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAPPER_DATA", str(tmp_path_factory.mktemp("data")))
        yield
