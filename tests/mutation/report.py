"""The table of REPORT.md from the figures that ``python -m tests.mutation.run --json FILE`` collects.

python -m tests.mutation.report FILE
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.mutation.modules import KEY


def _row(name: str, scores: list[dict[str, Any]]) -> str:
    made, found, none = (sum(one[field] for one in scores) for field in ("made", "found", "equivalent"))
    of_all, of_real = 100 * found / max(1, made), 100 * found / max(1, made - none)
    return f"| {name} | {made:,} | {found:,} | {of_all:.1f}% | {none} | {of_real:.1f}% |"


def _sampled(score: dict[str, Any]) -> str:
    return f" (one in {score['every']})" if score.get("every", 1) > 1 else ""


def table(scores: dict[str, dict[str, Any]]) -> str:
    """The table as Markdown: found of all that were made, and of those that are faults."""
    out = ["| module | made | found | share | none | share of the rest |", "|---|---:|---:|---:|---:|---:|"]
    for kind, modules in KEY.items():
        known = {module: scores[module] for module in modules if module in scores}
        out += [_row(f"`{module}`{_sampled(one)}", [one]) for module, one in known.items()]
        out.append(_row(f"**{kind}**", list(known.values())))
    out.append(_row("**all**", [scores[m] for modules in KEY.values() for m in modules if m in scores]))
    return "\n".join(out)


if __name__ == "__main__":
    print(table(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
