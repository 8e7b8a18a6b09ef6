"""A long measurement done bit by bit: each part is kept in a file, and so is what the recogniser tagged.

    python -m tests.eval.geoparse CORPORA SCORER --parts FOLDER --only lgl-dev

(likewise: any corpus held out, halves, shipped, speed), in any order and several at once; then without --only for the
report.

What was tagged quotes the corpora, so FOLDER must lie outside the repository. Parts are kept until they are deleted:
nothing here knows that the weights or the gazetteer have changed since.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mapper.geoparse.reading import Tagger
from mapper.geoparse.training.workshop import Remembering

_TAGS = "tags.json"


class Parts:
    """Parts measured before and parts to be measured now: all of them, or ``only`` one."""

    def __init__(self, folder: Path | None, only: str | None) -> None:
        self.folder, self.only = folder, only
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)

    def part(self, name: str, measure: Callable[[], Any]) -> Any:
        """A part as it was kept, or measured (and then kept); None where another one alone is wanted."""
        if self.only not in (None, name):
            return None
        file = self.folder / f"{name}.json" if self.folder is not None else None
        if file is not None and file.exists():
            return json.loads(file.read_text(encoding="utf-8"))
        measured = measure()
        if file is not None:
            file.write_text(json.dumps(measured, ensure_ascii=False), encoding="utf-8", newline="\n")
        return measured

    def remember(self, tagger: Tagger) -> None:
        """Share what the recogniser tagged with the runs before and after this one."""
        if self.folder is None or not isinstance(tagger, Remembering):
            return
        file = self.folder / _TAGS
        known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        fresh = len(tagger.memory.keys() - known.keys())
        tagger.memory.update({text: [tuple(entity) for entity in found] for text, found in known.items()})
        if fresh:
            new = file.with_suffix(f".{self.only}")
            new.write_text(json.dumps(tagger.memory, ensure_ascii=True), encoding="utf-8", newline="\n")
            new.replace(file)
