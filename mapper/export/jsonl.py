"""JSON lines: the full record of every article, the one format that keeps every character as it was read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mapper.codec import encode_line, to_record
from mapper.files import replacing
from mapper.model import Analysis


def write(path: Path, analyses: Iterable[Analysis]) -> None:
    """Write one record per article."""
    with replacing(path) as temporary, temporary.open("wb") as file:
        for analysis in analyses:
            file.write(encode_line(to_record(analysis)))
