"""Throws bytes at one reader, led by what they reach in it (atheris, libFuzzer).

    pip install atheris
    python -m tests.fuzz.run html -max_total_time=300 [CORPUS-FOLDER]

Targets: every reader of ``mapper.articles.child``, and ``text``, ``markdown``, ``json``, ``jsonl``, ``csv``, ``zip``,
``warc``, ``record`` (an earlier output), ``dump`` (GeoNames). A reader may refuse, and do nothing else: anything but an
article or an InputError ends the run with the bytes that did it. What the person's own files may raise by name
(OwnNamesError for a dump) counts as refusing. Without a folder it starts from :mod:`tests.fuzz.seeds`.

Bytes that begin no zip file are taken for the part of a Word document or a workbook that carries its words: changed
inside a zip file they would nearly all end at its checksum. Of a dump the first byte says which of GeoNames' files it
is; the database that it is read into is in memory.
"""

# ruff: noqa: E501

from __future__ import annotations

import contextlib
import io
import json
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["mapper", "gazetteer"]):
    from gazetteer import dumps, storage
    from gazetteer.errors import OwnNamesError
    from gazetteer.layer import Layer
    from mapper.articles import guard
    from mapper.articles.assemble import assemble
    from mapper.articles.child import READERS, read_here
    from mapper.articles.draft import FAULT, Draft, Item
    from mapper.articles.formats import open_format
    from mapper.articles.limits import Limits
    from mapper.codec import encode_line, from_record, to_record
    from mapper.errors import InputError
    from mapper.eventmap import EventMapBuilder
    from mapper.events.merge import Keys
    from mapper.sentences import sentences
    from tests.fuzz.seeds import PARTS, seeds

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

    wrapping = parts(seeds(kind)[0]) if kind in PARTS else {}

    def target(data: bytes) -> None:
        if wrapping and not data.startswith(b"PK"):
            data = stored(wrapping | {PARTS[kind]: data})
        for item in read_here(kind, data, name="fuzz", limits=LIMITS, options=options):
            taken(item)

    return target


def file(suffix: str) -> Callable[[bytes], None]:
    def target(data: bytes) -> None:
        for item in open_format(io.BytesIO(data), name=f"fuzz{suffix}", suffix=suffix, limits=LIMITS):
            taken(item)

    return target


def record(data: bytes) -> None:
    """An earlier output: what is let in is written as it came in, and can be merged and drawn."""
    try:
        value = json.loads(data)
        analysis = from_record({"schema": "1"} | value if isinstance(value, dict) else {})
    except (ValueError, RecursionError):
        return
    assert from_record(json.loads(encode_line(to_record(analysis)))) == analysis
    keys = Keys()
    keys.add(analysis)
    builder = EventMapBuilder(held=0, voices=keys.cluster().voices)
    builder.add(analysis, sentences(analysis.article.text, analysis.article.segments))
    assert len(list(builder.build(footprint=nowhere, attribution=()).events)) <= len(analysis.events)


def nowhere(place: str) -> Any:
    raise LookupError(place)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def stored(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


def dump(folder: Path) -> Callable[[bytes], None]:
    files = [folder / name for name in ("ML.txt", "alternateNamesV2.txt", "admin1CodesASCII.txt", "ML.zip")]
    embedded = Layer(storage.database(), immutable=True)

    def target(data: bytes) -> None:
        file = files[data[0] % len(files)] if data else files[0]
        file.write_bytes(data[1:])
        with contextlib.closing(dumps._open(Path(":memory:"))) as database, contextlib.suppress(OwnNamesError):
            dumps._Reader(database, embedded, file, lambda *_: None).read()
            dumps._link_divisions(database)

    return target


def main() -> None:
    kind = sys.argv.pop(1)
    guard._running = lambda: None  # read here, where what is reached can be seen
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        target = record if kind == "record" else dump(folder) if kind == "dump" else None
        if target is None:
            assert kind in _NAMES or kind in READERS
            target = file(_NAMES[kind]) if kind in _NAMES else reader(kind)
        corpus = folder / "corpus"
        corpus.mkdir()
        for number, seed in enumerate(seeds(kind)):
            (corpus / f"{number}").write_bytes(seed)
            target(seed)  # what is loaded at the first use is no part of the time that an input takes
        if all(argument.startswith("-") for argument in sys.argv[1:]):
            sys.argv.append(str(corpus))
        atheris.Setup(sys.argv, target)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
