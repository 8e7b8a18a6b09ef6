"""The fields that a person may give with an article, checked: of a JSON record, a sidecar, a table's row."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from mapper.articles.draft import Draft, Earlier
from mapper.articles.limits import Limits
from mapper.errors import InputError
from mapper.model import Span

GIVEN = ("title", "url", "source", "published", "language")
EARLIEST, LATEST = 1600, 2199  # years between which a publication date is believed
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]{1,30})?")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{8}")
_LONGEST_FIELD = 10_000


def parse_json(text: str, *, file: str, line: int | None = None) -> Any:
    """A JSON value. InputError on anything that is not one, NaN and endless nesting included."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError:
        raise InputError("JSON is nested too deeply", file=file, line=line) from None
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg} (column {error.colno})", file=file, line=line) from None
    except ValueError as error:  # a number of thousands of digits, NaN
        raise InputError(f"not JSON: {str(error)[:80]}", file=file, line=line) from None


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def draft_from_record(record: Any, *, file: str, limits: Limits, line: int | None = None) -> Draft | Earlier:
    """The article that a JSON object describes, or the earlier output that it is. Raises InputError."""
    if not isinstance(record, dict):
        raise InputError(f"expected a JSON object, found {_kind(record)}", file=file, line=line)
    if "schema" in record:
        return Earlier(record=record, line=line)
    text = record.get("text")
    if not isinstance(text, str):
        found = "nothing" if text is None else _kind(text)
        raise InputError(f"text: expected a string, found {found}", file=file, line=line)
    return Draft(
        text=text,
        id=_identifier(record.get("id"), file=file, line=line),
        given=given_fields(record, file=file, line=line),
        mentions=_spans(record, "mentions", len(text), file=file, line=line, limits=limits),
        triggers=_spans(record, "triggers", len(text), file=file, line=line, limits=limits),
        line=line,
    )


def given_fields(record: Mapping[str, Any], *, file: str, line: int | None = None) -> dict[str, str]:
    """Title, url, source, published (as a day) and language (its main subtag), where given and not empty."""
    given: dict[str, str] = {}
    for name in GIVEN:
        value = record.get(name)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            raise InputError(f"{name}: expected a string, found {_kind(value)}", file=file, line=line)
        if len(value) > _LONGEST_FIELD:
            raise InputError(f"{name}: longer than {_LONGEST_FIELD:,} characters", file=file, line=line)
        given[name] = value
    if "published" in given:
        day = publication_day(given["published"])
        if day is None:
            shown = given["published"][:40]
            raise InputError(
                f"published: not a full ISO 8601 date between {EARLIEST} and {LATEST}: {shown!a}", file=file, line=line
            )
        given["published"] = day
    if "language" in given:
        tag = _LANGUAGE.fullmatch(given["language"].strip())
        if tag:
            given["language"] = tag.group(1).lower()
        else:
            del given["language"]  # "English": told from the text instead
    return given


def publication_day(value: str) -> str | None:
    """The day of an ISO 8601 or mail-style (RFC 5322) date or time, as written there; None where it is neither."""
    value = value.strip()
    try:
        if _ISO_DAY.fullmatch(value):
            day = date.fromisoformat(value)
        elif value[:4].isdecimal():
            day = datetime.fromisoformat(value).date()
        else:
            day = parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return day.isoformat() if EARLIEST <= day.year <= LATEST else None


def sidecar_fields(text: str, *, file: str) -> tuple[str | None, dict[str, str], Mapping[str, Any]]:
    """A sidecar's id, its checked fields and the whole record (for mentions and triggers)."""
    record = parse_json(text, file=file)
    if not isinstance(record, dict):
        raise InputError(f"expected a JSON object, found {_kind(record)}", file=file)
    if "text" in record:
        raise InputError("text: belongs in the article's own file, not in its sidecar", file=file)
    return _identifier(record.get("id"), file=file, line=None), given_fields(record, file=file), record


def with_marks(draft: Draft, record: Mapping[str, Any], *, file: str, limits: Limits) -> Draft:
    """The draft with the mentions and triggers that a sidecar gives."""
    return replace(
        draft,
        mentions=_spans(record, "mentions", len(draft.text), file=file, line=None, limits=limits),
        triggers=_spans(record, "triggers", len(draft.text), file=file, line=None, limits=limits),
    )


def _identifier(value: Any, *, file: str, line: int | None) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise InputError(f"id: expected a string or a number, found {_kind(value)}", file=file, line=line)
    try:
        identifier = str(value)
    except ValueError:  # an integer of thousands of digits
        identifier = ""
    if not identifier or len(identifier) > _LONGEST_FIELD:
        raise InputError(f"id: longer than {_LONGEST_FIELD:,} characters", file=file, line=line)
    return identifier


def _spans(
    record: Mapping[str, Any], name: str, length: int, *, file: str, line: int | None, limits: Limits
) -> tuple[Span, ...] | None:
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, list):
        raise InputError(f"{name}: expected a list, found {_kind(value)}", file=file, line=line)
    if len(value) > limits.marks:
        raise InputError(f"{name}: more than {limits.marks:,}", file=file, line=line)
    spans = []
    for index, mark in enumerate(value):
        start, end = (mark.get("start"), mark.get("end")) if isinstance(mark, dict) else (None, None)
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
            raise InputError(
                f"{name}[{index}]: expected start and end with 0 <= start < end <= {length}", file=file, line=line
            )
        spans.append(Span(start=start, end=end))
    return tuple(spans)


def _kind(value: Any) -> str:
    """What JSON calls a value's type."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    return {"str": "a string", "list": "a list", "dict": "an object"}.get(type(value).__name__, "something else")
