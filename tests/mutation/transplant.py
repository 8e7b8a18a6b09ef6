"""Make a module that is in use behave as a changed text of it would, without importing anything anew.

Functions keep their identity and get the new code, so that whoever has imported one, or holds a method of a class, has
the changed one. Constants are exchanged wherever a module holds the old one under the same name.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any


def transplant(tree: ast.Module, path: Path, module: ModuleType) -> None:
    """Execute the tree and carry what it defines over into ``module``. Raises whatever its import would raise."""
    fresh = ModuleType(module.__name__)
    for name in ("__file__", "__package__", "__spec__", "__loader__", "__path__"):
        if hasattr(module, name):
            setattr(fresh, name, getattr(module, name))
    exec(compile(tree, str(path), "exec"), fresh.__dict__)
    for name in sorted(_defined(tree)):
        if name in fresh.__dict__:
            _carry(module, name, module.__dict__.get(name), fresh.__dict__[name])


def _defined(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {n.id for target in node.targets for n in ast.walk(target) if isinstance(n, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found


def _carry(module: ModuleType, name: str, old: Any, new: Any) -> None:
    function, other = _function(old), _function(new)
    if hasattr(old, "cache_clear"):
        old.cache_clear()  # what it remembers was worked out without the change
    if function is not None and other is not None:
        _carry_code(function, other)
    elif isinstance(old, type) and isinstance(new, type):
        _carry_class(old, new)
    elif not _is_same(old, new):
        for holder in list(sys.modules.values()):
            if holder is module or getattr(holder, "__dict__", {}).get(name, module) is old:
                setattr(holder, name, new)


def _carry_class(old: type, new: type) -> None:
    for name, value in vars(new).items():
        before = vars(old).get(name)
        function, other = _function(before), _function(value)
        if function is not None and other is not None:
            _carry_code(function, other)
        elif isinstance(before, property) and isinstance(value, property):
            for was, now in ((before.fget, value.fget), (before.fset, value.fset)):
                if isinstance(was, FunctionType) and isinstance(now, FunctionType):
                    _carry_code(was, now)
        elif isinstance(value, str | int | float | tuple | frozenset) and not name.startswith("__") and value != before:
            setattr(old, name, value)


def _carry_code(old: FunctionType, new: FunctionType) -> None:
    if old.__code__.co_freevars == new.__code__.co_freevars:
        old.__code__ = new.__code__
    old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__


def _function(value: Any) -> FunctionType | None:
    """The function written in the text, under what decorators have made of it."""
    if isinstance(value, staticmethod | classmethod):
        value = value.__func__
    if isinstance(value, type):
        return None
    value = getattr(value, "__wrapped__", value)
    return value if isinstance(value, FunctionType) else None


def _is_same(old: Any, new: Any) -> bool:
    if type(old) is not type(new):
        return False
    try:
        return bool(old == new)
    except (ValueError, TypeError):  # arrays have no one answer
        return repr(old) == repr(new)
