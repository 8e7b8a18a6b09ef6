"""From bytes to text: byte order mark, UTF-8, what the document declares, then a guess among the usual charsets."""

from __future__ import annotations

import codecs
import re

from mapper.articles.language import detect
from mapper.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN = frozenset(("ca", "da", "de", "en", "es", "eu", "fi", "fr", "ga", "is", "it", "nl", "no", "pt", "sv"))
# What newspapers' pages and mails are found in, for the guess.
_USUAL = [
    *("cp1252", "cp1256", "cp1251", "cp1250", "cp1254", "cp1253", "cp1255", "iso8859_15", "iso8859_6"),
    *("koi8_r", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"),
]
_SAMPLE = 100_000  # bytes that the guess looks at
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def byte_order_mark(data: bytes) -> tuple[str, int] | None:
    """The encoding that a byte order mark announces and the mark's length."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    return None


def decode(data: bytes, *, name: str, declared: str | None = None) -> str:
    """The text of ``data``, line ends and all, without the byte order mark. Raises InputError where it is no text."""
    text = _decode(data, declared)
    if text is None:
        raise InputError("not text: its bytes fit no known charset", file=name)
    controls = len(_CONTROL.findall(text))
    if controls > 3 and controls > len(text) / 200:
        raise InputError("not text: a binary file", file=name)
    return text


def _decode(data: bytes, declared: str | None) -> str | None:
    marked = byte_order_mark(data)
    if marked:
        encoding, length = marked
        return data[length:].decode(encoding, errors="replace")
    if b"\x00" in data[:_SAMPLE]:  # before UTF-8, which NUL is a character of
        text = _without_mark(data)
        if text is not None:
            return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass  # the usual case for anything but UTF-8: the other ways follow
    if declared:
        text = _try(data, declared)
        if text is not None:
            return text
    return _damaged_utf8(data) or _guess(data)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        name = codecs.lookup(encoding).name
        if name in ("utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"):
            return None  # codecs that no page is in and that hide things
        return data.decode("cp1252" if name == "iso8859-1" else name)  # as browsers read "latin-1"
    except (LookupError, UnicodeError, ValueError, TypeError):
        return None


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of Western text is NUL."""
    even, odd = data[0:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    half = min(len(data), _SAMPLE) / 2
    if max(even, odd) < 0.3 * half or min(even, odd) > 0.05 * half:
        return None
    return _try(data, "utf-16-be" if even > odd else "utf-16-le")


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a few broken places (a cut, a stray byte), which a guess would turn into nonsense altogether."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    sound = sum(1 for character in text if ord(character) > 0x7F) - broken
    return text if broken * 5 <= sound else None


def _western(data: bytes) -> str | None:
    """cp1252, which guessers take for its neighbours: where few letters have accents, in a language that uses it."""
    if sum(byte > 0x7F for byte in data[:_SAMPLE]) > 0.15 * min(len(data), _SAMPLE):
        return None
    text = _try(data, "cp1252")
    return text if text is not None and detect(text) in _WESTERN else None


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    western = _western(data)
    if western is not None:
        return western
    best = from_bytes(data[:_SAMPLE], cp_isolation=_USUAL, language_threshold=0.1).best()
    for encoding in (best.encoding if best else "", "cp1252"):
        text = _try(data, encoding) if encoding else None
        if text is not None:
            return text
    return None
