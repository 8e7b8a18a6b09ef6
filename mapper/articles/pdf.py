"""A PDF is one article."""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator
from typing import Any

from mapper.articles.clean import clean, clean_line
from mapper.articles.draft import Draft, Item
from mapper.articles.limits import Limits
from mapper.errors import InputError

PAGES = 500
"""A document of more pages is no article."""


def read_pdf(data: bytes, *, name: str, limits: Limits) -> Iterator[Item]:  # noqa: ARG001 - the readers' one shape
    """The document's text. Raises InputError where it has none."""
    try:
        pypdf: Any = importlib.import_module("pypdf")
    except ImportError:
        raise InputError('PDF needs the extra "pdf": pip install "geospatial-event-mapper[pdf]"', file=name) from None
    try:
        text, title = _read(pypdf, data, name)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever a broken file makes the library raise is told in one word
        raise InputError(f"a PDF that cannot be read: {type(error).__name__}", file=name) from None
    if not text:
        raise InputError("a PDF without text (scanned pages have to be recognised first)", file=name)
    # Many PDFs are titled after the file they were made from: believed only where the text begins with it.
    found = {"title": title} if title and title.casefold() in " ".join(text[:1_000].split()).casefold() else {}
    yield Draft(text=text, found=found)


def _read(pypdf: Any, data: bytes, name: str) -> tuple[str, str]:
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError("a PDF that cannot be read: encrypted", file=name)
    if len(reader.pages) > PAGES:
        raise InputError(f"a PDF of more than {PAGES} pages", file=name)
    pages = [page.extract_text() or "" for page in reader.pages]
    return clean("\n".join(pages)), clean_line(str((reader.metadata or {}).get("/Title") or ""))
