"""What can go wrong in the gazetteer."""

from __future__ import annotations


class GazetteerError(Exception):
    """Base of every error that this package raises on purpose."""


class UnknownPlaceError(GazetteerError, KeyError):
    """An id or country code that the gazetteer does not hold."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class DataError(GazetteerError, OSError):
    """A database that is missing, damaged, or of another version than this look-up reads."""


class OwnNamesError(GazetteerError, ValueError):
    """A file of the user's own names, or a dump, that cannot be used. ``str()`` gives ``FILE:LINE: reason``."""
