"""Mails: one article a message, its subject the headline. EML files and MBOX mailboxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from mapper.articles.clean import clean, clean_line
from mapper.articles.decode import decode
from mapper.articles.draft import Draft, Item
from mapper.articles.fields import publication_day
from mapper.articles.html import fragment_text
from mapper.articles.limits import Limits
from mapper.errors import InputError

_MESSAGE_START = re.compile(rb"(?:\A|\r?\n\r?\n|\r?\n)From [^\r\n]{1,500}\d{4}[^\r\n]{0,40}\r?\n(?=[\w-]{1,80}:)")


def read_mail(data: bytes, *, name: str, limits: Limits) -> Iterator[Item]:  # noqa: ARG001 - the readers' one shape
    yield _draft(data, name)


def read_mailbox(data: bytes, *, name: str, limits: Limits) -> Iterator[Item]:
    """The messages of a mailbox, each after its ``From`` line."""
    starts = list(_MESSAGE_START.finditer(data))
    if not starts:
        raise InputError("no mailbox: no message in it", file=name)
    if len(starts) > limits.members:
        raise InputError(f"a mailbox of more than {limits.members:,} messages", file=name)
    ends = [*(start.start() for start in starts[1:]), len(data)]
    for position, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        try:
            yield replace(_draft(data[start.end() : end], name), position=position)
        except InputError as refusal:
            yield InputError(f"message {position}: {refusal.reason}", file=name)


def _draft(data: bytes, name: str) -> Draft:
    try:
        message = message_from_bytes(data, _class=EmailMessage, policy=policy.default)
        body = _body(message, name)
        subject = clean_line(_header(message, "subject"))
        found = {
            "title": subject,
            "source": clean_line(re.sub(r"<[^<>]{0,300}>", "", _header(message, "from")).strip(" \"'"))[:300],
            "published": publication_day(_header(message, "date")) or "",
        }
        known_as = clean_line(_header(message, "message-id")).strip("<>")[:1_000]
    except InputError:
        raise
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f"not a mail that can be read: {type(error).__name__}", file=name) from None
    text = "\n\n".join(part for part in (subject, body) if part)
    if not text:
        raise InputError("a mail without text", file=name)
    return Draft(text=text, found={field: value for field, value in found.items() if value}, known_as=known_as or None)


def _header(message: EmailMessage, name: str) -> str:
    """A header's text; the mail library raises all sorts of errors on malformed ones."""
    try:
        return str(message.get(name) or "")
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError):
        return ""


def _body(message: EmailMessage, name: str) -> str:
    """The plain text, else the text of the page."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    text = decode(payload, name=name, declared=part.get_content_charset())
    return fragment_text(text) if part.get_content_type() == "text/html" else clean(text)
