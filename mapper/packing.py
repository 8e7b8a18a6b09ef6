"""Values of one kind as bytes and back."""

from __future__ import annotations

import json
from typing import Any, Generic, TypeVar

import msgspec

T = TypeVar("T")


class Packing(Generic[T]):
    """MessagePack, or JSON where a text has lone surrogates, which only JSON can carry. ``kind`` is a dataclass."""

    def __init__(self, kind: type[T]) -> None:
        self._kind = kind
        self._decoder: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder(kind)

    def pack(self, value: T) -> bytes:
        """The value as bytes."""
        try:
            return msgspec.msgpack.encode(value)
        except UnicodeEncodeError:
            return json.dumps(msgspec.to_builtins(value)).encode("ascii")

    def unpack(self, data: bytes) -> T:
        """A value equal to the one that :meth:`pack` was given."""
        found: T = msgspec.convert(json.loads(data), self._kind) if data[:1] == b"{" else self._decoder.decode(data)
        return found
