"""An article on its way in: what a format's reader found, before segments, date and language are worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from mapper.articles.limits import Limits
from mapper.errors import InputError
from mapper.model import Segment, Span

FAULT = "a fault of this program kept it from being read"
"""How a refusal begins that no reader meant to give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """``given`` fields come from the person (record, sidecar); ``found`` ones from the page's or file's own metadata.

    ``id`` None means that the article has no id of its own. ``segments`` are set only where the format itself tells
    the parts (HTML); otherwise they are worked out from the text. ``line`` is where it stands in a file of lines,
    ``position`` its number in a file that holds several in another way; ``known_as`` is the name that such a file has
    for it (a feed's guid), ``member`` its path within an archive.
    """

    text: str
    id: str | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    found: Mapping[str, str] = field(default_factory=dict)
    mentions: tuple[Span, ...] | None = None
    triggers: tuple[Span, ...] | None = None
    segments: tuple[Segment, ...] | None = None
    line: int | None = None
    position: int | None = None
    known_as: str | None = None
    member: str | None = None

    @property
    def is_one_of_many(self) -> bool:
        """Whether its file holds other articles too, so that the file's name is no id for it."""
        return not (self.line is None and self.position is None and self.member is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A record of an earlier output, not yet decoded."""

    record: Mapping[str, Any]
    line: int | None = None


Item = Draft | Earlier | InputError
"""What a reader yields. A refusal is yielded, not raised, so that everything after it is still read."""


class Reader(Protocol):
    """Reads one file's bytes. ``name`` is what refusals call the file."""

    def __call__(self, data: bytes, *, name: str, limits: Limits) -> Iterator[Item]: ...
