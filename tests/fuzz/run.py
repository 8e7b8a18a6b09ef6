"""Throws bytes at one reader, led by what they reach in it (atheris, libFuzzer).

    pip install atheris
    python -m tests.fuzz.run html -max_total_time=300 [CORPUS-FOLDER]

Targets: every reader of ``mapper.articles.child``, and ``text``, ``markdown``, ``json``, ``jsonl``, ``csv``, ``zip``,
``warc``, ``record`` (an earlier output), ``dump`` (GeoNames). A reader may refuse, and do nothing else: anything but an
article or an InputError ends the run with the bytes that did it. What the person's own files may raise by name
(OwnNamesError for a dump) counts as refusing.
"""

# ruff: noqa: E501

from __future__ import annotations

import contextlib
import io
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["mapper", "gazetteer"]):
    from gazetteer import dumps
    from gazetteer.errors import OwnNamesError
    from mapper.articles import guard
    from mapper.articles.assemble import assemble
    from mapper.articles.child import READERS, read_here
    from mapper.articles.draft import FAULT, Draft, Item
    from mapper.articles.formats import open_format
    from mapper.articles.limits import Limits
    from mapper.codec import encode_line, from_record, to_record
    from mapper.errors import InputError

LIMITS = Limits(file=200_000, page=200_000, text_characters=50_000)
_NAMES = {
    "text": ".txt", "markdown": ".md", "json": ".json", "jsonl": ".jsonl", "csv": ".csv", "zip": ".zip", "warc": ".warc",
}  # fmt: skip


def taken(item: Item) -> None:
    """What the program does with an item next must not fail either."""
    if isinstance(item, InputError):
        assert not item.reason.startswith(FAULT), item.reason
        assert str(item)
    elif isinstance(item, Draft) and item.text.strip():
        article = assemble(item, identifier=None)
        assert all(0 <= part.start <= part.end <= len(article.text) for part in article.segments)


def reader(kind: str) -> Callable[[bytes], None]:
    options: dict[str, Any] = {"page": {"declared": None}, "xlsx": {"columns": None}}.get(kind, {})

    def target(data: bytes) -> None:
        for item in read_here(kind, data, name="fuzz", limits=LIMITS, options=options):
            taken(item)

    return target


def file(suffix: str) -> Callable[[bytes], None]:
    def target(data: bytes) -> None:
        for item in open_format(io.BytesIO(data), name=f"fuzz{suffix}", suffix=suffix, limits=LIMITS):
            taken(item)

    return target


def record(data: bytes) -> None:
    """An earlier output: what is let in is written as it came in."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return
    if isinstance(value, dict):
        with contextlib.suppress(ValueError):
            analysis = from_record({"schema": "1"} | value)
            assert from_record(json.loads(encode_line(to_record(analysis)))) == analysis


def dump(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("ML.txt", "alternateNamesV2.txt", "admin1CodesASCII.txt", "ML.zip"):
            path = Path(folder) / name
            path.write_bytes(data)
            with contextlib.suppress(OwnNamesError):
                dumps.add([path], into=Path(folder) / "added.sqlite")


def main() -> None:
    kind = sys.argv.pop(1)
    guard._running = lambda: None  # read here, where what is reached can be seen
    own = {"record": record, "dump": dump}
    target = own.get(kind) or (file(_NAMES[kind]) if kind in _NAMES else reader(kind))
    assert kind in own or kind in _NAMES or kind in READERS
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
