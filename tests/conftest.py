"""What many tests share: the seeds, analysed once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mapper.model import Analysis
from tests.chromium import browser

__all__ = ["browser"]

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session", autouse=True)
def _nothing_added(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whoever runs the tests may have added places of their own; the tests are about the embedded ones. A fault of the
    program is raised, not told in a line."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAPPER_DATA", str(tmp_path_factory.mktemp("data")))
        patch.setenv("MAPPER_TRACEBACK", "1")
        yield


@pytest.fixture(scope="session")
def seeds() -> Path:
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def seeds_jsonl(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``mapper parse seeds`` writes."""
    from click.testing import CliRunner

    from mapper.cli import main

    output = tmp_path_factory.mktemp("seeds") / "seeds.jsonl"
    result = CliRunner().invoke(main, ["parse", str(seeds), "-o", str(output)])
    assert result.exit_code == 0, result.output
    return output


@pytest.fixture(scope="session")
def seed_analyses(seeds_jsonl: Path) -> list[Analysis]:
    import mapper

    return list(mapper.analyse(mapper.read(seeds_jsonl)))
