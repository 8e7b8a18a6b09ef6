"""The small faults that are put into a module, one at a time, as changes to its syntax tree.

Comparisons exchanged and moved by one at the boundary; ``and`` and ``or`` exchanged, an operand left out; ``not`` and
minus left out; conditions turned round; arithmetic exchanged; numbers one higher, truth values turned, texts changed;
quantifiers, anchors and classes of regular expressions; arguments exchanged or left out; a call left out and its
argument taken as it is; a function exchanged for its opposite; slices without an end; loops never entered; statements,
``raise``, ``break`` and ``continue`` left out; nothing returned or yielded; what is caught, not caught.

Left alone is what is not behaviour: descriptions, annotations, decorators, the words of errors that are raised.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
}  # fmt: skip
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.BitXor: ast.BitAnd, ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}  # fmt: skip
_OPPOSITE = {
    "max": "min", "min": "max", "any": "all", "all": "any", "sorted": "list", "startswith": "endswith",
    "endswith": "startswith", "lstrip": "rstrip", "rstrip": "lstrip", "find": "rfind", "rfind": "find",
    "partition": "rpartition", "rpartition": "partition", "split": "rsplit", "lower": "upper", "upper": "lower",
    "casefold": "upper", "match": "search", "fullmatch": "match", "search": "match", "isupper": "islower",
    "islower": "isupper", "removeprefix": "removesuffix", "removesuffix": "removeprefix",
}  # fmt: skip
_KEEPS_KIND = frozenset(
    ("strip", "lstrip", "rstrip", "lower", "upper", "casefold", "replace", "removeprefix", "removesuffix", "translate")
)
_REGULAR = frozenset(("compile", "sub", "match", "fullmatch", "search", "findall", "finditer", "split"))
_BUILTIN = frozenset(dir(builtins))
_IN_PATTERN = re.compile(
    r"(?P<escape>\\[sSdDwWbB])|(?P<other>\\.)|(?P<negated>\[\^)|(?P<counted>\{\d+(?:,\d*)?\})"
    r"|(?P<lazy>[+*]\?)|(?P<repeat>(?<![(|])[+*?](?![?=!:<>]))|(?P<anchor>[$^])",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. ``lines``: first and last of what executes it, None where it takes effect at import. ``apply`` changes
    the tree that it was found in, for good."""

    line: int
    where: str
    text: str
    lines: tuple[int, int] | None
    apply: Callable[[], None] = field(repr=False)

    @property
    def name(self) -> str:
        """What it is known by in lists: does not change when lines are added above it."""
        return f"{self.where}: {self.text}"


def faults(tree: ast.Module) -> list[Fault]:
    """Every fault of a module's tree, in the order of its text."""
    return sorted(_Finder(tree).all(), key=lambda fault: fault.line)


class _Finder:
    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.found: list[Fault] = []
        self.where: list[str] = []
        self.lines: tuple[int, int] | None = None
        self.in_raise = self.in_pattern = False
        self.modules = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for alias in node.names
        }

    def all(self) -> list[Fault]:
        self._body(self.tree.body)
        return self.found

    # ---- statements

    def _body(self, body: list[ast.stmt]) -> None:
        for at, statement in enumerate(body):
            if _is_text(statement) or _is_left_alone(statement):
                continue
            self._statement(body, at, statement)

    def _statement(self, body: list[ast.stmt], at: int, node: ast.stmt) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            self._definition(node)
            return
        inside = self.lines is not None
        if inside:
            self.lines = node.lineno, _header_end(node)
        self._left_out(body, at, node)
        if isinstance(node, ast.If | ast.While):
            self._turned(node, node.test)
        if isinstance(node, ast.For):
            self._note(node, f"for … in {_short(node.iter)}: never", _setter(node, "iter", ast.Tuple([], ast.Load())))
        if isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
            self._note(node, f"return None for {_short(node.value)}", _setter(node, "value", ast.Constant(None)))
        if isinstance(node, ast.AugAssign):
            self._augmented(body, at, node)
        before, self.in_raise = self.in_raise, self.in_raise or isinstance(node, ast.Raise)
        for name, value in ast.iter_fields(node):
            if name in ("body", "orelse", "finalbody", "handlers", "cases", "annotation"):
                continue
            if not (name in ("target", "targets") and not _computes(value)):
                self._slots(node, name, value)
        self.in_raise = before
        for name in ("body", "orelse", "finalbody"):
            self._body(getattr(node, name, []))
        for handler in getattr(node, "handlers", []):
            self._handler(handler, inside=inside)
        for case in getattr(node, "cases", []):
            self._body(case.body)

    def _definition(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        self.where.append(node.name)
        before = self.lines
        if isinstance(node, ast.ClassDef):
            self._body(node.body)
        else:
            self.lines = node.body[0].lineno, node.body[-1].end_lineno or 0
            for field_ in ("defaults", "kw_defaults"):
                self._slots(node.args, field_, getattr(node.args, field_))
            self._body(node.body)
        self.lines = before
        self.where.pop()

    def _handler(self, handler: ast.ExceptHandler, *, inside: bool) -> None:
        if inside:
            self.lines = handler.lineno, handler.body[0].lineno
        if not (len(handler.body) == 1 and isinstance(handler.body[0], ast.Raise)):
            kinds = _short(handler.type) if handler.type else "all"
            self._note(handler, f"except {kinds}: raise", _setter(handler, "body", [ast.Raise()]))
        if isinstance(handler.type, ast.Tuple):
            for at, kind in enumerate(handler.type.elts):
                self._note(handler, f"except without {_short(kind)}", _dropper(handler.type.elts, at))
        self._body(handler.body)

    def _left_out(self, body: list[ast.stmt], at: int, node: ast.stmt) -> None:
        stored = isinstance(node, ast.Assign) and not any(isinstance(t, ast.Name | ast.Tuple) for t in node.targets)
        other = (ast.Expr, ast.Raise, ast.Assert, ast.Delete, ast.Continue, ast.Break, ast.AugAssign)
        if stored or isinstance(node, other):
            self._note(node, f"left out: {_short(node)}", lambda: body.__setitem__(at, ast.Pass()))
        if isinstance(node, ast.Continue):
            self._note(node, "continue -> break", lambda: body.__setitem__(at, ast.Break()))
        if isinstance(node, ast.Break):
            self._note(node, "break -> continue", lambda: body.__setitem__(at, ast.Continue()))

    def _augmented(self, body: list[ast.stmt], at: int, node: ast.AugAssign) -> None:
        other = _COMPUTED.get(type(node.op))
        if other:
            self._note(node, f"{_short(node)} -> {other.__name__}", _setter(node, "op", other()))
        plain = ast.Assign(targets=[node.target], value=node.value)
        self._note(node, f"{_short(node)} -> =", lambda: body.__setitem__(at, plain))

    # ---- expressions

    def _slots(self, parent: ast.AST, name: str, value: object) -> None:
        if isinstance(value, list):
            for at, item in enumerate(value):
                if isinstance(item, ast.AST):
                    self._expression(item, _item_setter(value, at))
        elif isinstance(value, ast.AST):
            self._expression(value, _setter_of(parent, name))

    def _expression(self, node: ast.AST, put: Callable[[ast.AST], None]) -> None:
        before_pattern = self.in_pattern
        for text, apply in self._ways(node, put):
            self._note(node, text, apply)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            told = node.func.attr in _REGULAR and isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            self.in_pattern = self.in_pattern or told
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "ctx", "op", "ops"):
                continue
            if isinstance(node, ast.Subscript) and name == "slice" and _is_type(node.value):
                continue
            self._slots(node, name, value)
        self.in_pattern = before_pattern

    def _ways(self, node: ast.AST, put: Callable[[ast.AST], None]) -> Iterator[tuple[str, Callable[[], None]]]:
        match node:
            case ast.Compare():
                for at, op in enumerate(node.ops):
                    for other in _COMPARED[type(op)]:
                        yield f"{_short(node)} -> {other.__name__}", _item_replacer(node.ops, at, other())
            case ast.BoolOp():
                other_op = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
                yield f"{_short(node)} -> {type(other_op).__name__}", _setter(node, "op", other_op)
                for at, value in enumerate(node.values):
                    yield f"{_short(node)} without {_short(value)}", self._operand_dropper(node, at, put)
            case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert()):
                yield f"{_short(node)} -> {_short(node.operand)}", lambda: put(node.operand)
            case ast.IfExp():
                if not isinstance(node.test, ast.Compare | ast.UnaryOp):
                    yield f"not: {_short(node)}", _setter(node, "test", _not(node.test))
            case ast.comprehension():
                for at, test in enumerate(node.ifs):
                    yield f"comprehension without if {_short(test)}", _dropper(node.ifs, at)
                    if not isinstance(test, ast.Compare | ast.UnaryOp):
                        yield f"comprehension if not {_short(test)}", _item_replacer(node.ifs, at, _not(test))
            case ast.BinOp():
                yield from self._computed(node, put)
            case ast.Constant():
                yield from self._constant(node)
            case ast.Call():
                yield from self._call(node, put)
            case ast.Slice():
                for name in ("lower", "upper", "step"):
                    if getattr(node, name) is not None:
                        yield f"[{_short(node)}] without its {name} end", _setter(node, name, None)
            case ast.Yield():
                if node.value is not None and not _is_none(node.value):
                    yield f"yield None for {_short(node.value)}", _setter(node, "value", ast.Constant(None))

    def _operand_dropper(self, node: ast.BoolOp, at: int, put: Callable[[ast.AST], None]) -> Callable[[], None]:
        if len(node.values) == 2:
            return lambda: put(node.values[1 - at])
        return _dropper(node.values, at)

    def _computed(self, node: ast.BinOp, put: Callable[[ast.AST], None]) -> Iterator[tuple[str, Callable[[], None]]]:
        if isinstance(node.op, ast.Add) and any(_is_textual(side) for side in (node.left, node.right)):
            yield f"{_short(node)} -> left", lambda: put(node.left)
            yield f"{_short(node)} -> right", lambda: put(node.right)
            return
        if isinstance(node.op, ast.Mod) and _is_textual(node.left):
            return
        other = _COMPUTED.get(type(node.op))
        if other:
            yield f"{_short(node)} -> {other.__name__}", _setter(node, "op", other())

    def _constant(self, node: ast.Constant) -> Iterator[tuple[str, Callable[[], None]]]:
        value = node.value
        if isinstance(value, bool):
            yield f"{value} -> {not value}", _setter(node, "value", not value)
        elif isinstance(value, int | float):
            yield f"{value!r} -> {value + 1!r}", _setter(node, "value", value + 1)
        elif isinstance(value, str | bytes):
            if self.in_raise:
                return
            marked = "XX" + value if isinstance(value, str) else b"XX" + value
            yield f"{value!r:.70} -> XX…", _setter(node, "value", marked)
            if self.in_pattern and isinstance(value, str):
                for text, changed in _other_patterns(value):
                    yield text, _setter(node, "value", changed)

    def _call(self, node: ast.Call, put: Callable[[ast.AST], None]) -> Iterator[tuple[str, Callable[[], None]]]:
        called, first = node.func, node.args[0] if node.args else None
        # The larger of two is the larger in either order.
        ordered = not (isinstance(called, ast.Name) and called.id in {"min", "max"})
        for at in range(len(node.args) - 1 if ordered else 0):
            if not any(isinstance(a, ast.Starred) for a in node.args[at : at + 2]):
                yield f"{_short(node)}: arguments {at + 1} and {at + 2} exchanged", _exchanger(node.args, at)
        for at, keyword in enumerate(node.keywords):
            if keyword.arg:
                yield f"{_short(node)} without {keyword.arg}", _dropper(node.keywords, at)
        if isinstance(called, ast.Name):
            if called.id in _OPPOSITE:
                yield f"{_short(node)} -> {_OPPOSITE[called.id]}", _setter(called, "id", _OPPOSITE[called.id])
            if first is not None and called.id not in _BUILTIN and called.id.lstrip("_")[:1].islower():
                yield f"{_short(node)} -> {_short(first)}", lambda: put(first)
        elif isinstance(called, ast.Attribute):
            if called.attr in _OPPOSITE and (called.attr != "split" or node.args):
                yield f"{_short(node)} -> {_OPPOSITE[called.attr]}", _setter(called, "attr", _OPPOSITE[called.attr])
            if called.attr in _KEEPS_KIND:
                yield f"{_short(node)} -> {_short(called.value)}", lambda: put(called.value)
            is_module = isinstance(called.value, ast.Name) and called.value.id in self.modules
            if is_module and first is not None and called.attr != "compile":
                yield f"{_short(node)} -> {_short(first)}", lambda: put(first)

    # ---- writing down

    def _turned(self, node: ast.If | ast.While, test: ast.expr) -> None:
        if not isinstance(test, ast.Compare | ast.UnaryOp) or (isinstance(test, ast.Compare) and len(test.ops) > 1):
            self._note(node, f"not: if {_short(test)}", _setter(node, "test", _not(test)))

    def _note(self, node: ast.AST, text: str, apply: Callable[[], None]) -> None:
        line = getattr(node, "lineno", self.lines[0] if self.lines else 0)
        self.found.append(Fault(line, ".".join(self.where), text, self.lines, apply))


def _other_patterns(pattern: str) -> Iterator[tuple[str, str]]:
    """The pattern with one quantifier, anchor or class changed."""
    for part in _IN_PATTERN.finditer(pattern):
        told, instead = part.group(), None
        if part.lastgroup == "escape":
            instead = "" if told in (r"\b", r"\B") else told[0] + told[1].swapcase()
        elif part.lastgroup == "negated":
            instead = "["
        elif part.lastgroup == "counted":
            instead = re.sub(r"\d+", lambda number: str(int(number.group()) + 1), told, count=1)
            if re.fullmatch(r"\{(\d+),(\d+)\}", instead) and int(instead[1:].split(",")[0]) > int(
                instead[:-1].split(",")[1]
            ):
                instead = None
        elif part.lastgroup in ("lazy", "repeat"):
            instead = {"+": "", "*": "+", "?": "", "+?": "+", "*?": "*"}[told]
        elif part.lastgroup == "anchor" and _stands_free(pattern, part.start()):
            instead = ""
        if instead is not None:
            yield (
                f"{pattern!r:.60}: {told!r} at {part.start()} -> {instead!r}",
                (pattern[: part.start()] + instead + pattern[part.end() :]),
            )


def _stands_free(pattern: str, at: int) -> bool:
    """Whether a character is no part of a set in brackets."""
    before = re.sub(r"\\.", "..", pattern[:at])
    return before.rfind("[") <= before.rfind("]")


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_left_alone(node: ast.stmt) -> bool:
    """Imports, what only a type checker reads, names of types, and what runs when the file is a program."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.If) and ("TYPE_CHECKING" in _short(node.test) or "__name__" in _short(node.test)):
        return True
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        name = node.targets[0].id
        return (
            name == "__all__" or _is_type(node.value) or (isinstance(node.value, ast.Subscript) and name[0].isupper())
        )
    return isinstance(node, ast.AnnAssign) and node.value is None


def _is_type(node: ast.AST) -> bool:
    name = node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
    return name in {"Literal", "Callable", "dict", "list", "tuple", "set", "frozenset", "type", "Sequence", "Iterator"}


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_textual(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str | bytes))


def _computes(value: object) -> bool:
    nodes = value if isinstance(value, list) else [value]
    return any(isinstance(node, ast.Subscript) for node in nodes)


def _header_end(node: ast.stmt) -> int:
    """The last line of a statement without the statements in it."""
    body = getattr(node, "body", None)
    return max(node.lineno, body[0].lineno - 1) if isinstance(body, list) and body else node.end_lineno or node.lineno


def _short(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())[:70]


def _not(node: ast.expr) -> ast.expr:
    return ast.UnaryOp(op=ast.Not(), operand=node)


def _setter(node: ast.AST, name: str, value: object) -> Callable[[], None]:
    return lambda: setattr(node, name, value)


def _setter_of(node: ast.AST, name: str) -> Callable[[ast.AST], None]:
    return lambda value: setattr(node, name, value)


def _item_setter(items: list[ast.AST], at: int) -> Callable[[ast.AST], None]:
    return lambda value: items.__setitem__(at, value)


def _item_replacer(items: list[ast.cmpop] | list[ast.expr], at: int, value: ast.AST) -> Callable[[], None]:
    return lambda: items.__setitem__(at, value)  # type: ignore[call-overload]


def _dropper(items: list[ast.expr] | list[ast.keyword], at: int) -> Callable[[], None]:
    return lambda: items.__delitem__(at)


def _exchanger(items: list[ast.expr], at: int) -> Callable[[], None]:
    def exchange() -> None:
        items[at], items[at + 1] = items[at + 1], items[at]

    return exchange
