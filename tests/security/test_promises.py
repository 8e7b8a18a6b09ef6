"""SECURITY.md promises nothing without a test, and names no test that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
PROMISES = [line for line in TEXT.splitlines() if line.startswith("| ") and "promise | kept by" not in line]


def test_there_are_promises() -> None:
    assert len(PROMISES) >= 12


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise[2:60])
def test_each_promise_names_tests_that_exist(promise: str) -> None:
    named = [ROOT / path for path in re.findall(r"`(tests/[\w/.]+)`", promise)]
    assert named
    for path in named:
        tests = [path] if path.is_file() else sorted(path.glob("test_*.py"))
        assert tests, path
        assert any(re.search(r"^def test_", test.read_text("utf-8"), re.MULTILINE) for test in tests)


def test_every_file_named_exists() -> None:
    for path in re.findall(r"`((?:tests|mapper|gazetteer)/[\w/.]+)`", TEXT):
        assert (ROOT / path).exists(), path


def test_every_security_test_is_named() -> None:
    for path in sorted((ROOT / "tests/security").glob("test_*.py")):
        assert path.name in TEXT or path.name == Path(__file__).name, path
