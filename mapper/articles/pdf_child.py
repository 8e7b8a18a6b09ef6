"""The child process that reads a PDF from standard input and writes its text as JSON. Not for calling directly."""

from __future__ import annotations

import importlib
import io
import json
import logging
import sys
from typing import Any

MEMORY = 1024**3  # bytes
PAGES = 500


def main() -> None:
    _limit()
    logging.disable(logging.CRITICAL)
    data = sys.stdin.buffer.read()
    try:
        answer = _read(data)
    except MemoryError:
        answer = {"error": "takes more memory than it may"}
    except Exception as error:  # noqa: BLE001 - whatever a broken file makes the library raise is told in one word
        answer = {"error": type(error).__name__}
    sys.stdout.write(json.dumps(answer))


def _limit() -> None:
    """A bound on memory, where the system has one (not on Windows; on macOS it is not kept)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _read(data: bytes) -> dict[str, str]:
    pypdf: Any = importlib.import_module("pypdf")
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return {"error": "encrypted"}
    if len(reader.pages) > PAGES:
        return {"error": f"more than {PAGES} pages"}
    pages = [page.extract_text() or "" for page in reader.pages]
    return {"text": "\n".join(pages), "title": str((reader.metadata or {}).get("/Title") or "")}


if __name__ == "__main__":
    main()
