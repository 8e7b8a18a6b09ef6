"""``REPORT.md``: one section for each measured part, each rewritten by its own command."""

from __future__ import annotations

import re
from pathlib import Path

REPORT = Path(__file__).with_name("REPORT.md")
HEAD = "# Measured\n\nEach section is written by the command that it names.\n"


def write_section(title: str, body: str, path: Path = REPORT) -> None:
    """Put a section into the report, in place of the one of the same title."""
    text = path.read_text(encoding="utf-8") if path.exists() else HEAD
    section = f"\n## {title}\n\n{body.strip()}\n"
    pattern = re.compile(rf"\n## {re.escape(title)}\n.*?(?=\n## |\Z)", re.DOTALL)
    text = pattern.sub(lambda _: section, text) if pattern.search(text) else text.rstrip("\n") + "\n" + section
    path.write_text(text, encoding="utf-8", newline="\n")
