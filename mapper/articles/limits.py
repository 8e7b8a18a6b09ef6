"""How much of anything a reader takes in, so that no single input can take the machine down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Upper bounds; what lies above is refused by name. Sizes are bytes unless the name says otherwise.

    ``text_characters`` and ``words`` (signs included) bound an article, since the time that it takes grows with it. A
    report of two hundred pages fits in; a longer one is better given in its chapters.
    ``ratio`` bounds how much an archive may grow when it is unpacked, ``unpacked`` to how much in all; ``members`` how
    many files, messages or entries one may have.
    ``depth`` bounds folders within folders and archives within archives. ``seconds`` is what a file may
    take to be read, and one second more for every ``bytes_a_second``.
    """

    file: int = 64 * 1024 * 1024
    line: int = 16 * 1024 * 1024
    sidecar: int = 1024 * 1024
    page: int = 4 * 1024 * 1024
    text_characters: int = 500_000
    words: int = 100_000
    marks: int = 100_000
    ratio: int = 200
    members: int = 10_000
    depth: int = 64
    unpacked: int = 1024 * 1024 * 1024
    seconds: float = 30.0
    bytes_a_second: int = 1024 * 1024
