"""What holds for the whole project: style, types, import rules, a light start, public names that are there."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import mapper

ROOT = Path(__file__).parent.parent
# A checker that is not installed is a mistake in the test dependencies, so nothing here is skipped.
CHECKS = {
    "style": ["ruff", "check", "."],
    "layout": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
}


def run(*command: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        **options,
    )  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("check", CHECKS)
def test_checker_is_content(check: str) -> None:
    result = run(*CHECKS[check])
    assert result.returncode == 0, result.stdout + result.stderr


def test_imports_keep_to_the_rules() -> None:
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=environment,
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("name", ["mapper", "gazetteer", "mapper.cli"])
def test_starting_loads_nothing_heavy(name: str) -> None:
    code = f"import sys, {name}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = {"spacy", "geopandas", "pandas", "folium", "shapely", "trafilatura", "numpy", "matplotlib"}
    assert heavy.isdisjoint(loaded)


def test_public_names_exist() -> None:
    for name in mapper.__all__:
        assert getattr(mapper, name) is not None
    assert set(mapper.__all__) <= set(dir(mapper))
    with pytest.raises(AttributeError):
        mapper.no_such_name  # noqa: B018 - the look-up is what is tested


def test_the_version_is_stated_once_everywhere() -> None:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert stated == mapper.__version__


def test_both_packages_are_typed() -> None:
    for package in ("mapper", "gazetteer"):
        home = Path(str(importlib.import_module(package).__file__)).parent
        assert (home / "py.typed").exists()
