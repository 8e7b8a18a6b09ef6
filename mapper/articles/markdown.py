"""A Markdown file is one article: its words without the markup, its front matter as metadata."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mapper.articles.clean import clean, clean_line
from mapper.articles.decode import decode
from mapper.articles.draft import Draft, Item
from mapper.articles.fields import publication_day
from mapper.articles.limits import Limits

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(
    r"^(title|date|published|source|publisher|url|link|lang|language)[ \t]*:[ \t]*(.{1,2000})$",
    re.MULTILINE | re.IGNORECASE,
)
_FIELDS = {"date": "published", "publisher": "source", "link": "url", "lang": "language"}


def _heading(match: re.Match[str]) -> str:
    """The words of a heading, on lines of their own, without the signs that may close it."""
    words = match[1].rstrip(" \t").rstrip("#").rstrip(" \t")
    return f"\n{words}\n"


_MARKUP: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"^(?:```|~~~)[^\n]*\n.*?(?:^(?:```|~~~)[ \t]*$|\Z)", re.MULTILINE | re.DOTALL), ""),  # code
    (re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL), ""),
    (re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>"), ""),
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(.*)$", re.MULTILINE), _heading),
    (re.compile(r"^[ \t]{0,3}(?:(?:=+|-{2,})[ \t]*|(?:[*_-][ \t]*){3,})$", re.MULTILINE), ""),  # underlines and rules
    (re.compile(r"^[ \t]{0,3}\[[^\]\n]{1,200}\]:[ \t]*\S+.*$", re.MULTILINE), ""),  # link targets
    (re.compile(r"!\[([^\]\n]{0,500})\]\([^()\n]{0,1000}\)"), r"\1"),
    (re.compile(r"\[([^\]\n]{1,500})\](?:\([^()\n]{0,1000}\)|\[[^\]\n]{0,200}\])"), r"\1"),
    (re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*[*+-][ \t]+", re.MULTILINE), ""),
    (re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]{1,2000}?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w_])(_{1,3})(?=\S)([^_\n]{1,2000}?)(?<=\S)\1(?![\w_])"), r"\2"),
    (re.compile(r"`([^`\n]{1,500})`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])"), r"\1"),
)


def read_markdown(data: bytes, *, name: str, limits: Limits) -> Iterator[Item]:  # noqa: ARG001 - the readers' one shape
    text = decode(data, name=name).replace("\r\n", "\n")
    found: dict[str, str] = {}
    front = _FRONT.match(text)
    if front:
        text = text[front.end() :]
        for field, value in _FIELD.findall(front.group(1)):
            found.setdefault(_FIELDS.get(field.lower(), field.lower()), clean_line(value.strip().strip("\"'")))
        if not found.get("url", "").startswith(("http://", "https://")):
            found.pop("url", None)
        day = publication_day(found.pop("published", ""))
        if day:
            found["published"] = day
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    body = clean(text)
    title = found.get("title", "")
    if title and title.casefold() not in body[:500].casefold():
        body = f"{title}\n\n{body}"
    yield Draft(text=body, found=found)
