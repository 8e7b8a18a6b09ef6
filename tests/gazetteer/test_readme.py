"""What the README shows works as it is written."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from gazetteer import Gazetteer

TEXT = Path(str(files("gazetteer").joinpath("README.md"))).read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda snippet: snippet.splitlines()[-1][:30])
def test_snippets_run(snippet: str) -> None:
    exec(compile(snippet, "README.md", "exec"), {})


def test_there_are_some() -> None:
    assert len(SNIPPETS) >= 3


def test_own_names_work_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (table,) = re.findall(r"```csv\n(.*?)```", TEXT, flags=re.DOTALL)
    (tmp_path / "names.csv").write_text(table, encoding="utf-8")
    monkeypatch.setenv("MAPPER_DATA", str(tmp_path))
    with Gazetteer.open() as places:
        camp = places.candidates("FOB Alpha")[0].place
        assert (camp.name, camp.lat, camp.lon, camp.country_code, camp.feature_code) == (
            "Camp Alpha", 16.95, -0.35, "ML", "INSM",
        )  # fmt: skip
        assert places.candidates("Gaoville")[0].place.id == "geonames:2457163"


def test_every_file_of_the_package_is_listed() -> None:
    listed = set(re.findall(r"`(\w+\.(?:py|toml))`", TEXT))
    there = {path.name for path in Path(str(files("gazetteer"))).glob("*.*") if path.suffix in (".py", ".toml")}
    assert there - listed - {"__init__.py", "noise.py", "shapes.py"} == set()
