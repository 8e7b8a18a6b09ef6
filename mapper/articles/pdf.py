"""A PDF is one article. Read in a child process with limits on time and memory: no format is easier to choke on."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator

from mapper.articles.clean import clean, clean_line
from mapper.articles.draft import Draft, Item
from mapper.articles.limits import Limits
from mapper.errors import InputError

_CHILD = "mapper.articles.pdf_child"


def read_pdf(data: bytes, *, name: str, limits: Limits) -> Iterator[Item]:
    if importlib.util.find_spec("pypdf") is None:
        raise InputError('PDF needs the extra "pdf": pip install "geospatial-event-mapper[pdf]"', file=name)
    try:
        child = subprocess.run(
            [sys.executable, "-X", "utf8", "-m", _CHILD],
            input=data,
            capture_output=True,
            timeout=limits.seconds,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
    except subprocess.TimeoutExpired:
        raise InputError(f"a PDF that takes longer than {limits.seconds:g} s", file=name) from None
    try:
        answer = json.loads(child.stdout)
    except ValueError:
        raise InputError("a PDF that cannot be read", file=name) from None
    if "error" in answer:
        raise InputError(f"a PDF that cannot be read: {answer['error']}", file=name)
    text = clean(answer["text"])
    if not text:
        raise InputError("a PDF without text (scanned pages have to be recognised first)", file=name)
    title = clean_line(answer["title"])
    # Many PDFs are titled after the file they were made from: believed only where the text begins with it.
    found = {"title": title} if title and title.casefold() in " ".join(text[:1_000].split()).casefold() else {}
    yield Draft(text=text, found=found)
