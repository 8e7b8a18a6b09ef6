"""Take the blanks out of the page's script that it runs as well without. Line ends stay: statements may end at them."""

from __future__ import annotations

import re

# Where a slash begins a regular expression, not a division: after these, or after one of these words.
_BEFORE_REGEX = frozenset("(,=:[!&|?{};<>+-*%~^\n")
_WORDS_BEFORE_REGEX = frozenset(
    {"return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do"}
)
_TIGHT = frozenset("{}()[];,:?=<>!&|*%")
"""Blanks beside these mean nothing. (Not so beside + and -, which may stand twice, nor beside a slash.)"""

_LITERAL = re.compile(
    r"""'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`""",
    re.DOTALL,
)
_REGEX = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_RUN = re.compile(r"""[^'"`/ \t]+|[ \t]+""")
_LAST_WORD = re.compile(r"\w+$")


def tight(script: str) -> str:
    """The script without needless blanks. Comments must be gone.

    Raises ValueError for a template literal that holds another.
    """
    out: list[str] = []
    at = 0
    last = "\n"
    while at < len(script):
        character = script[at]
        token = None
        if character in "'\"`":
            token = _LITERAL.match(script, at)
        elif character != "/":
            token = _RUN.match(script, at)
        elif _begins_regex(out, last):
            token = _REGEX.match(script, at)
        text = token[0] if token else character
        at += len(text)
        if character in " \t":
            following = script[at : at + 1]
            if not (last in _TIGHT or last == "\n" or following in _TIGHT or following == "\n"):
                out.append(" ")
            continue
        if character == "`" and text.count("${") > text.count("}"):
            raise ValueError(f"a template literal inside another: {text[:60]}")
        out.append(text)
        last = text[-1]
    return "".join(out)


def _begins_regex(out: list[str], last: str) -> bool:
    if last in _BEFORE_REGEX:
        return True
    word = _LAST_WORD.search("".join(out[-3:]).rstrip())
    return word is not None and word[0] in _WORDS_BEFORE_REGEX
