"""A plain text file is one article, its text kept as it is."""

from __future__ import annotations

from collections.abc import Iterator

from mapper.articles.decode import decode
from mapper.articles.draft import Draft, Item
from mapper.articles.limits import Limits


def read_text(data: bytes, *, name: str, limits: Limits) -> Iterator[Item]:  # noqa: ARG001 - the readers' one shape
    yield Draft(text=decode(data, name=name))
