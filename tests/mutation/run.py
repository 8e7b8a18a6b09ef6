"""Puts one small fault at a time into a module and runs the tests that are to find it, each in a process of its own.

    python -m tests.mutation.run            every module of the table below
    python -m tests.mutation.run mapper.export.cells

Prints the faults that no test found, and the share found. Faults: another comparison, ``and`` for ``or``, a condition
turned round, a number one higher, a text changed, an operator exchanged, a statement left out, nothing returned.
Unix only (forked processes). A fault that is none, since the code comes to the same, counts as not found.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import importlib
import importlib.abc
import importlib.util
import io
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]
SECONDS = 120
TESTS: dict[str, tuple[str, ...]] = {
    "mapper.articles.clean": ("tests/articles/test_clean.py",),
    "mapper.articles.decode": ("tests/articles/test_clean.py", "tests/articles/test_language_and_charset.py"),
    "mapper.articles.tags": ("tests/articles/test_html.py"),
    "mapper.export.cells": ("tests/export/test_cells.py",),
    "mapper.export.rows": ("tests/export/test_rows.py", "tests/export/test_formats.py"),
    "mapper.export.csv_file": ("tests/export/test_cells.py", "tests/export/test_formats.py"),
    "mapper.render.csp": ("tests/render/test_guards.py",),
    "mapper.render.noscript": ("tests/render/test_guards.py",),
    "mapper.files": ("tests/test_files.py",),
    "mapper.store": ("tests/test_store.py", "tests/test_store_model.py"),
    "mapper.store_schema": ("tests/test_store.py",),
}
_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.BitOr: ast.BitAnd, ast.Mod: ast.Add,
}  # fmt: skip


def faults(tree: ast.Module) -> Iterator[tuple[int, str, ast.Module]]:
    """Line, what is wrong there, and the whole tree with that one fault."""
    count = sum(1 for _ in ast.walk(tree))
    for place in range(count):
        for way in range(2):
            changed = copy.deepcopy(tree)
            nodes = list(ast.walk(changed))
            told = _spoil(nodes[place], way, changed)
            if told:
                ast.fix_missing_locations(changed)
                yield getattr(nodes[place], "lineno", 0), told, changed


def _spoil(node: ast.AST, way: int, tree: ast.Module) -> str | None:
    """Change a node; what was done, None where this node cannot be changed in this way."""
    if way == 0:
        if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARED:
            before = ast.unparse(node)
            node.ops[0] = _COMPARED[type(node.ops[0])]()
            return f"{before} -> {ast.unparse(node)}"
        if isinstance(node, ast.BoolOp):
            node.op = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
            return f"-> {ast.unparse(node)}"
        if isinstance(node, (ast.If, ast.IfExp, ast.While)):
            node.test = ast.UnaryOp(op=ast.Not(), operand=node.test)
            return f"-> if {ast.unparse(node.test)}"
        if isinstance(node, ast.BinOp) and type(node.op) in _COMPUTED and not _in_annotation(node, tree):
            node.op = _COMPUTED[type(node.op)]()
            return f"-> {ast.unparse(node)}"
        if isinstance(node, ast.Constant) and not _is_documentation(node, tree):
            return _other_constant(node)
        if isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
            node.value = ast.Constant(None)
            return "-> return None"
    elif isinstance(node, (ast.FunctionDef, ast.If, ast.With, ast.For, ast.While, ast.Try)):
        for at, statement in enumerate(node.body):
            if isinstance(statement, (ast.Expr, ast.Assign, ast.AugAssign, ast.Raise)) and not _is_text(statement):
                told = f"left out: {ast.unparse(statement)[:60]}"
                node.body[at] = ast.Pass()
                return told
    return None


def _other_constant(node: ast.Constant) -> str | None:
    before = node.value
    if isinstance(before, bool):
        node.value = not before
    elif isinstance(before, int | float):
        node.value = before + 1
    elif isinstance(before, str):
        node.value = "XX" + before
    elif isinstance(before, bytes):
        node.value = b"XX" + before
    else:
        return None
    return f"{before!r:.60} -> {node.value!r:.60}"


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _is_documentation(node: ast.Constant, tree: ast.Module) -> bool:
    """Texts that are no part of what the code does: descriptions, and the words of errors and annotations."""
    for other in ast.walk(tree):
        if _is_text(other) and getattr(other, "value", None) is node:
            return True
        if isinstance(other, (ast.Raise, ast.JoinedStr)) and any(inner is node for inner in ast.walk(other)):
            return isinstance(node.value, str)
    return _in_annotation(node, tree)


def _in_annotation(node: ast.AST, tree: ast.Module) -> bool:
    for other in ast.walk(tree):
        notes = [getattr(other, "annotation", None), getattr(other, "returns", None)]
        if any(note is not None and any(inner is node for inner in ast.walk(note)) for note in notes):
            return True
    return False


class _Spoilt(importlib.abc.Loader, importlib.abc.MetaPathFinder):
    """Gives a module as the tree says instead of as its file does."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = name, path, tree

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:  # noqa: ARG002 - as importlib calls it
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self)

    def create_module(self, spec: Any) -> None:  # noqa: ARG002 - likewise
        return None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)


def is_found(name: str, path: Path, tree: ast.Module, tests: tuple[str, ...]) -> bool:
    """Whether a test fails, or never ends, with the module so changed."""
    child = os.fork()
    if not child:
        import pytest

        os.setsid()
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
            sys.meta_path.insert(0, _Spoilt(name, path, tree))
            with contextlib.redirect_stdout(io.StringIO()):
                code = 1
                with contextlib.suppress(BaseException):
                    from hypothesis import settings

                    settings.register_profile("few", max_examples=25, deadline=None, database=None)
                    settings.load_profile("few")
                    quiet = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
                    code = pytest.main(["-q", "-x", "-p", "no:cacheprovider", *quiet, *tests])
            os._exit(0 if code == 0 else 1)
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) != 0
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def score(name: str) -> tuple[int, int]:
    """Faults found, and faults made, in a module."""
    path = ROOT / (name.replace(".", "/") + ".py")
    tests = tuple(str(ROOT / test) for test in TESTS[name] if (ROOT / test).exists())
    tree = ast.parse(path.read_text("utf-8"))
    if is_found(name, path, tree, tests):
        raise SystemExit(f"{name}: its tests fail as it is")
    found = made = 0
    for line, told, changed in faults(tree):
        made += 1
        if is_found(name, path, changed, tests):
            found += 1
        else:
            print(f"{name}:{line}: {told}", flush=True)
    return found, made


def main(names: list[str]) -> None:
    # What every test loads is loaded once, before the processes part.
    for module in ("pytest", "hypothesis", "numpy", "lxml.html", "msgspec", "charset_normalizer", "click"):
        importlib.import_module(module)
    os.environ["HYPOTHESIS_DATABASE_FILE"] = os.devnull
    whole = [0, 0]
    for name in names or list(TESTS):
        found, made = score(name)
        whole = [whole[0] + found, whole[1] + made]
        print(f"{name}: {found} of {made} faults found ({100 * found / max(made, 1):.0f}%)", flush=True)
    print(f"in all: {whole[0]} of {whole[1]} ({100 * whole[0] / max(whole[1], 1):.1f}%)")


if __name__ == "__main__":
    main(sys.argv[1:])
