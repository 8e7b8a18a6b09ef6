"""What can go wrong, as one family. Each error is also the builtin that a caller would expect to catch."""

from __future__ import annotations


class MapperError(Exception):
    """Base of every error that this package raises on purpose."""


class InputError(MapperError, ValueError):
    """An input that cannot be used. ``str()`` gives ``FILE:LINE: reason`` (line only where there is one)."""

    def __init__(self, reason: str, *, file: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.file = file
        self.line = line

    def __reduce__(self) -> tuple[object, ...]:
        # Worker processes hand errors back; keyword-only arguments do not survive the default way of pickling.
        return _restored, (self.reason, self.file, self.line)

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.reason}"


def _restored(reason: str, file: str, line: int | None) -> InputError:
    return InputError(reason, file=file, line=line)


class OutputError(MapperError, OSError):
    """An output that could not be written. Nothing half-written is left behind."""


class CorrectionError(MapperError, ValueError):
    """A corrections file that does not say what it means to correct."""


class GroupsError(MapperError, ValueError):
    """A file of the user's own groups that does not say which groups there are."""


class MissingModelError(MapperError, ImportError):
    """A recogniser or model package that is not installed; the message says how to get it."""


class MissingExtraError(MapperError, ImportError):
    """An optional dependency that is not installed; the message names the extra that brings it."""


class StoreError(MapperError, OSError):
    """An event store that cannot be read or written: not a store, damaged, too new, locked, or no room left."""
