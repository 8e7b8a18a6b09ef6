"""The way in: paths to articles, whatever the format, refusing by name what cannot be read and reading the rest."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from mapper.articles.assemble import assemble
from mapper.articles.draft import FAULT, Draft, Earlier, Item
from mapper.articles.fetch import Fetcher, is_address
from mapper.articles.fields import given_fields
from mapper.articles.formats import open_format
from mapper.articles.limits import Limits
from mapper.articles.seen import Seen
from mapper.articles.sidecar import apply_sidecar, sidecar_of
from mapper.articles.walk import Found, reason, walk
from mapper.errors import InputError, OutputError
from mapper.model import Analysis, Article, content_hash

STANDARD_INPUT = "-"
_WORD = re.compile(r"\w+|[^\w\s]")

FromRecord = Callable[[Mapping[str, Any]], Analysis]


def read(
    *paths: str | Path,
    published: str | None = None,
    source: str | None = None,
    url: str | None = None,
    from_record: FromRecord | None = None,
    on_refusal: Callable[[InputError], None] | None = None,
    on_duplicate: Callable[[str], None] | None = None,
    limits: Limits | None = None,
    columns: Mapping[str, str] | None = None,
    standard_input: BinaryIO | None = None,
    fetch: bool | Fetcher = False,
) -> Iterator[Article | Analysis]:
    """The articles in files, folders, standard input (``-``) and addresses, in order, one at a time.

    ``published``, ``source`` and ``url`` hold for every article that does not give its own; what they say goes before
    what a page's metadata says. ``from_record`` decodes a record of an earlier output (a JSON line with ``schema``);
    without it such records are refused.

    ``columns`` names a table's columns where their headings are not understood: ``{"text": "Corps"}``. An address is
    asked for over the network only where ``fetch`` says so: see :mod:`mapper.articles.fetch`.

    Each input that cannot be used goes to ``on_refusal``, and everything else is still read; without it, the first one
    is raised. An article that came before, with the same id and the same text, is left out and its id goes to
    ``on_duplicate``.
    """
    defaults = given_fields({"published": published, "source": source, "url": url}, file="options")
    bounds = limits or Limits()
    fetcher = Fetcher(limits=bounds) if fetch is True else fetch or None
    door = _Door(defaults, from_record, bounds)
    for path in paths:
        if is_address(str(path)):
            found = _fetched(str(path), fetcher, bounds, columns)
        else:
            found = _items(path, bounds, standard_input, columns)
        for item in found:
            try:
                answer = item if isinstance(item, InputError) else door.admit(*item)
            except InputError as refusal:
                answer = refusal
            except OutputError:
                raise  # no room for what is remembered: no article's fault
            except Exception as error:  # noqa: BLE001 - one article's fault must not keep the others out
                file = str(path) if isinstance(item, InputError) else item[1]
                answer = InputError(f"{FAULT}: {type(error).__name__}", file=file)
            if isinstance(answer, InputError):
                if on_refusal is None:
                    raise answer
                on_refusal(answer)
            elif isinstance(answer, str):
                if on_duplicate is not None:
                    on_duplicate(answer)
            else:
                yield answer


class _Door:
    """Lets each article in once."""

    def __init__(self, defaults: Mapping[str, str], from_record: FromRecord | None, limits: Limits) -> None:
        self._defaults = defaults
        self._from_record = from_record
        self._limits = limits
        self._seen = Seen()

    def admit(self, item: Draft | Earlier, file: str, derived: str | None) -> Article | Analysis | str:
        """The article, or its id where it was here before. Raises InputError where it cannot be used."""
        if isinstance(item, Earlier):
            return self._earlier(item, file)
        if not item.text.strip():
            raise InputError("no text", file=file, line=item.line)
        if len(item.text) > self._limits.text_characters:
            raise InputError(f"text longer than {self._limits.text_characters:,} characters", file=file, line=item.line)
        if len(item.text) > self._limits.words and sum(1 for _ in _WORD.finditer(item.text)) > self._limits.words:
            raise InputError(f"text of more than {self._limits.words:,} words", file=file, line=item.line)
        identifier = item.id
        if identifier is None and derived is not None:
            identifier = derived
            if self._seen.is_taken(identifier, item.text):
                identifier = f"{derived}-{content_hash(item.text)[:8]}"
        if identifier is None:
            identifier = content_hash(item.text)[:16]
        if not self._is_new(identifier, item.text, file, item.line):
            return identifier
        draft = replace(item, given={**self._defaults, **item.given})
        return assemble(draft, identifier=identifier)

    def _earlier(self, item: Earlier, file: str) -> Analysis | str:
        if self._from_record is None:
            raise InputError("an earlier output cannot be used here", file=file, line=item.line)
        try:
            analysis = self._from_record(item.record)
        except InputError as error:
            raise InputError(error.reason, file=file, line=item.line) from None
        except (ValueError, TypeError, KeyError) as error:
            raise InputError(f"not a record of an earlier output: {error}", file=file, line=item.line) from None
        article = analysis.article
        return analysis if self._is_new(article.id, article.text, file, item.line) else article.id

    def _is_new(self, identifier: str, text: str, file: str, line: int | None) -> bool:
        first = self._seen.first(identifier, text)
        if first is None:
            raise InputError(f"id {identifier[:60]!a} was used before, for another text", file=file, line=line)
        return first


def _items(
    path: str | Path, limits: Limits, standard_input: BinaryIO | None, columns: Mapping[str, str] | None
) -> Iterator[InputError | tuple[Draft | Earlier, str, str | None]]:
    """What a path holds, each with the name of its file and the id that the file's name gives it."""
    if str(path) == STANDARD_INPUT:
        stream = standard_input or sys.stdin.buffer
        items = open_format(stream, name="standard input", suffix=None, limits=limits, columns=columns)
        yield from _named(items, "standard input", None)
        return
    for found in walk(Path(path), limits=limits):
        if isinstance(found, InputError):
            yield found
        else:
            yield from _file(found, limits, columns)


def _fetched(
    url: str, fetcher: Fetcher | None, limits: Limits, columns: Mapping[str, str] | None
) -> Iterator[InputError | tuple[Draft | Earlier, str, str | None]]:
    """The articles at an address. One that says no other address of its own is known by this one."""
    if fetcher is None:
        yield InputError("an address; nothing is asked for over the network without --fetch", file=url)
        return
    try:
        answer = fetcher.get(url)
    except InputError as refusal:
        yield refusal
        return
    items = open_format(io.BytesIO(answer.data), name=url, suffix=answer.suffix, limits=limits, columns=columns)
    for named in _named(items, url, url):
        if isinstance(named, InputError):
            yield named
            continue
        item, name, derived = named
        if isinstance(item, Draft):
            item = replace(item, found={"url": answer.url, **item.found})
        yield item, name, derived


def _file(
    found: Found, limits: Limits, columns: Mapping[str, str] | None
) -> Iterator[InputError | tuple[Draft | Earlier, str, str | None]]:
    name = str(found.path)
    sidecar = sidecar_of(found.path, limits=limits)
    if isinstance(sidecar, InputError):
        yield sidecar  # the article itself is sound, and is still read
        sidecar = None
    try:
        with found.path.open("rb") as stream:
            items = open_format(stream, name=name, suffix=found.path.suffix.lower(), limits=limits, columns=columns)
            if sidecar is not None:
                items = apply_sidecar(items, sidecar, limits=limits)
            yield from _named(items, name, found.id)
    except (OSError, ValueError) as error:
        yield InputError(reason(error), file=name)


def _named(
    items: Iterator[Item], name: str, derived: str | None
) -> Iterator[InputError | tuple[Draft | Earlier, str, str | None]]:
    for item in items:
        if isinstance(item, InputError):
            yield item
        elif isinstance(item, Earlier):
            yield item, name, None
        else:
            file = f"{name}/{item.member}" if item.member else name
            yield item, file, _derived_id(item, derived)


def _derived_id(draft: Draft, file_id: str | None) -> str | None:
    """The id that an article has from where it was found; None where that tells nothing, and its text has to."""
    if draft.known_as is not None:
        return draft.known_as
    if draft.member is not None:
        return f"{file_id}/{draft.member}" if file_id else draft.member
    return None if draft.is_one_of_many else file_id
