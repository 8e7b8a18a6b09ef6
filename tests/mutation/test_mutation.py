"""The faults that are put into key modules, how they get there, and one module in which every one is found."""

# ruff: noqa: E501

from __future__ import annotations

import ast
import importlib
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from tests.mutation.faults import faults
from tests.mutation.modules import KEY, TESTS
from tests.mutation.transplant import transplant

ROOT = Path(__file__).parents[2]


def texts(source: str) -> list[str]:
    return [fault.text for fault in faults(ast.parse(source))]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(a):\n return a < 1", ["a < 1 -> LtE", "a < 1 -> GtE", "1 -> 2", "return None for a < 1"]),
        ("def f(a, b):\n return a and b", ["a and b -> Or", "a and b without a", "a and b without b"]),
        ("def f(a):\n return not a", ["not a -> a"]),
        ("def f(a):\n return -a", ["-a -> a"]),
        ("def f(a, b):\n return a + b", ["a + b -> Sub"]),
        ("def f(a):\n return a + 'x'", ["a + 'x' -> left", "a + 'x' -> right", "'x' -> XX…"]),
        ("def f(a):\n if a:\n  raise KeyError('no')", ["not: if a", "left out: raise KeyError('no')"]),
        ("def f(a):\n for b in a:\n  continue", ["for … in a: never", "left out: continue", "continue -> break"]),
        ("def f(a):\n a += 1", ["left out: a += 1", "a += 1 -> Sub", "a += 1 -> ="]),
        ("def f(a):\n a.append(1)", ["left out: a.append(1)"]),
        (
            "def f(g, a, b):\n return g(a, b, c=a)",
            ["g(a, b, c=a): arguments 1 and 2 exchanged", "g(a, b, c=a) without c"],
        ),
        ("def f(a):\n return escape(a)", ["escape(a) -> a"]),
        ("import html\ndef f(a):\n return html.escape(a)", ["html.escape(a) -> a"]),
        ("def f(a):\n return a.strip().startswith(a)", ["a.strip() -> a", "a.strip().startswith(a) -> endswith"]),
        ("def f(a):\n return a[1:]", ["[1:] without its lower end"]),
        ("def f(a):\n return [b for b in a if b]", ["comprehension without if b", "comprehension if not b"]),
        (
            "def f(a):\n try:\n  a()\n except (KeyError, OSError):\n  pass",
            ["except (KeyError, OSError): raise", "except without KeyError"],
        ),
        (
            "import re\nA = re.compile(r'^a+\\d$')",
            ["'^a+\\\\d$': '+' at 2 -> ''", "'^a+\\\\d$': '\\\\d' at 3 -> '\\\\D'", "'^a+\\\\d$': '$' at 5 -> ''"],
        ),
        ("A = True", ["True -> False"]),
    ],
)
def test_faults_of_each_kind(source: str, expected: list[str]) -> None:
    found = texts(source)
    assert [text for text in expected if text not in found] == []


@pytest.mark.parametrize(
    "source",
    [
        '"""Words about the module."""', "import a\nfrom b import c", "def f(a: int = None) -> str: ...", "__all__ = ['a']",
        "Kind = Literal['a', 'b']", "if TYPE_CHECKING:\n a = 1", "if __name__ == '__main__':\n f(1)",
        "@dataclass(frozen=True)\nclass A:\n a: int", "def f():\n 'Words.'\n raise KeyError",
    ],
)  # fmt: skip
def test_what_is_not_behaviour_is_left_alone(source: str) -> None:
    assert [text for text in texts(source) if not text.startswith("left out: raise")] == []


def test_every_fault_changes_the_text_of_its_module() -> None:
    path = ROOT / "mapper" / "export" / "cells.py"
    whole = ast.unparse(ast.parse(path.read_text("utf-8")))
    for at in range(len(faults(ast.parse(path.read_text("utf-8"))))):
        tree = ast.parse(path.read_text("utf-8"))
        fault = faults(tree)[at]
        fault.apply()
        assert ast.unparse(tree) != whole, fault


SOURCE = """
from dataclasses import dataclass
from functools import cache
LIMIT = 1
def plain(a, b=2): return a + b + LIMIT
@cache
def kept(a): return a + 1
@dataclass
class Pair:
    a: int = 1
    word = "x"
    @property
    def doubled(self): return self.a * 2
    @staticmethod
    def still(): return 1
"""


def test_whoever_holds_a_function_has_the_changed_one(tmp_path: Path) -> None:
    path = tmp_path / "sample.py"
    module, holder = ModuleType("sample"), ModuleType("holder_of_sample")
    sys.modules |= {"sample": module, "holder_of_sample": holder}
    try:
        exec(compile(SOURCE, str(path), "exec"), module.__dict__)
        holder.LIMIT, plain, kept, pair = module.LIMIT, module.plain, module.kept, module.Pair()  # type: ignore[attr-defined]
        assert (plain(1), kept(1), pair.doubled, pair.still()) == (4, 2, 2, 1)
        changed = SOURCE.replace("LIMIT = 1", "LIMIT = 100").replace("b=2", "b=20").replace("a + 1", "a + 1000")
        changed = changed.replace("* 2", "* 9").replace("return 1", "return 7").replace('"x"', '"y"')
        transplant(ast.parse(changed), path, module)
        assert plain(1) == 121
        assert (kept(1), pair.doubled, pair.still(), pair.word) == (1001, 9, 7, "y")
        assert holder.LIMIT == 100
    finally:
        del sys.modules["sample"], sys.modules["holder_of_sample"]


def test_every_key_module_is_there_with_its_tests() -> None:
    for module, tests in TESTS.items():
        assert importlib.util.find_spec(module) is not None, module
        assert tests, module
        assert [test for test in tests if not (ROOT / test).exists()] == [], module
    assert {"cleaning", "linking", "escaping", "storing"} == set(KEY)
    named = tomllib.loads((Path(__file__).parent / "equivalent.toml").read_text("utf-8"))
    assert set(named) <= set(TESTS)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a system that forks processes")
def test_every_fault_in_the_guard_of_cells_is_found() -> None:
    """The guard against formulas: the quick part of what tests/mutation/REPORT.md tells of all key modules."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.mutation.run", "mapper.export.cells"],
        capture_output=True, text=True, encoding="utf-8", check=False, cwd=ROOT, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "mapper.export.cells: 14 of 14 found (100.0%)" in done.stdout, done.stdout + done.stderr
