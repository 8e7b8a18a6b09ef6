"""Text that a page, feed, mail or document yields, cleaned once, at the door. Text given as text never comes here."""

from __future__ import annotations

import re
import unicodedata

# Invisible characters that carry no words: zero-width space, bidirectional controls and isolates, soft hyphen, tags.
# ZERO WIDTH (NON-)JOINER stay: Persian, Urdu, Hindi and emoji are spelt with them.
_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NEWLINE = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_LINE_EDGES = re.compile(r" ?\n ?")
_MANY_NEWLINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """NFC, without invisible and control characters, runs of white space made one space or at most one blank line."""
    text = _SURROGATE.sub("\ufffd", text)
    text = _CONTROL.sub("", _INVISIBLE.sub("", _NEWLINE.sub("\n", text)))
    text = unicodedata.normalize("NFC", text)
    text = _LINE_EDGES.sub("\n", _SPACES.sub(" ", text))
    return _MANY_NEWLINES.sub("\n\n", text).strip()


def clean_line(text: str) -> str:
    """The same on one line: titles, names."""
    return " ".join(clean(text).split())
