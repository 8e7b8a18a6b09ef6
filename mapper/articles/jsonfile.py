"""A JSON file: one article, a list of articles, or an object that holds such a list."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from mapper.articles.decode import decode
from mapper.articles.draft import Draft, Item
from mapper.articles.fields import draft_from_record, parse_json
from mapper.articles.jsonl import read_jsonl
from mapper.articles.limits import Limits
from mapper.errors import InputError

_LISTS = ("articles", "items", "documents", "docs", "stories", "news", "results", "entries", "data", "records")


def read_json(data: bytes, *, name: str, limits: Limits) -> Iterator[Item]:
    """Each article in the file. A file of JSON lines under this ending is read as that."""
    try:
        value = parse_json(decode(data, name=name), file=name)
    except InputError as refusal:
        if "Extra data" not in refusal.reason:
            raise
        yield from read_jsonl(io.BytesIO(data), name=name, limits=limits)
        return
    if isinstance(value, dict) and ("text" in value or "schema" in value):
        yield draft_from_record(value, file=name, limits=limits)
        return
    for position, record in enumerate(_records(value, name), start=1):
        try:
            item = draft_from_record(record, file=name, limits=limits)
        except InputError as refusal:
            yield InputError(f"article {position}: {refusal.reason}", file=name)
            continue
        # Several in one file: none of them is the file, so the file's name is no id for any.
        yield replace(item, position=position) if isinstance(item, Draft) else item


def _records(value: Any, name: str) -> list[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        for key in _LISTS:
            held = value.get(key)
            if isinstance(held, list) and any(isinstance(item, dict) and "text" in item for item in held):
                return held
    raise InputError("no articles in it: expected objects with a text", file=name)
