"""Tables of what the tests execute, from the file that ``coverage json`` writes.

    python -m coverage run -m pytest -p tests.coverage.children
    python -m coverage combine
    python -m coverage json --omit=/nothing -o coverage.json
    python -m tests.coverage.report coverage.json

Lines are statements; branches are ways out of a line that may go more than one way, each counted by itself. What needs
corpora (training) or the dumps that the gazetteer is built of (builder) is counted apart.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.mutation.modules import KEY

_APART = ("/training/", "gazetteer/builder/")


def _sum(files: Iterable[dict[str, Any]]) -> tuple[int, int, int, int]:
    """Lines executed and all, branches taken and all."""
    told = [file["summary"] for file in files]
    lines = sum(one["covered_lines"] for one in told), sum(one["num_statements"] for one in told)
    return (*lines, sum(one["covered_branches"] for one in told), sum(one["num_branches"] for one in told))


def _row(name: str, files: Iterable[dict[str, Any]]) -> str:
    done, lines, taken, branches = _sum(files)
    line_share = 100 * done / lines if lines else 100.0
    branch_share = 100 * taken / branches if branches else 100.0
    return f"| {name} | {lines:,} | {line_share:.1f}% | {branches:,} | {branch_share:.1f}% |"


def _package(path: str) -> str:
    parts = path.split("/")
    return "/".join(parts[:2]) if len(parts) > 2 else parts[0]


def tables(measured: dict[str, Any]) -> str:
    """The tables as Markdown."""
    files = {path.replace("\\", "/"): file for path, file in measured["files"].items()}
    apart = {path: file for path, file in files.items() if any(part in path for part in _APART)}
    rest = {path: file for path, file in files.items() if path not in apart}
    packages: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path, file in sorted(rest.items()):
        packages[_package(path)].append(file)
    head = "| {} | lines | executed | branches | taken |\n|---|---:|---:|---:|---:|"
    out = [head.format("package"), *(_row(f"`{name}`", found) for name, found in packages.items())]
    out += [_row("**all**", rest.values()), "", head.format("apart"), _row("training, builder", apart.values()), ""]
    for kind, modules in KEY.items():
        out.append(head.format(f"key modules: {kind}"))
        for module in modules:
            path = module.replace(".", "/") + ".py"
            if path in files:
                out.append(_row(f"`{module}`", [files[path]]))
        out.append("")
    return "\n".join(out)


if __name__ == "__main__":
    print(tables(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
