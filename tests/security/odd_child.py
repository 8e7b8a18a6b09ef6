"""A reading child with readers that go wrong in every way."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator

from mapper.articles import child
from mapper.articles.draft import Draft, Item
from mapper.articles.limits import Limits


def _goes_wrong(data: bytes, *, name: str, limits: Limits) -> Iterator[Item]:
    yield Draft(text="before it went wrong")
    how = data.decode()
    if how == "hang":
        time.sleep(600)
    elif how == "spin":
        while True:
            pass
    elif how == "abort":
        os.abort()
    elif how == "exit":
        os._exit(0)
    elif how == "memory":
        held = []
        while True:
            held.append(bytearray(64 * 1024 * 1024))
    elif how == "recursion":
        _goes_wrong_deeply()
    elif how == "noise":
        print("{}")
        os.write(sys.stdout.fileno(), b"no answer at all\n")
    elif how == "lie":
        os.write(3, b"\xff no JSON\n")  # whatever the descriptor is, nothing may come of it but a refusal


def _goes_wrong_deeply() -> None:
    _goes_wrong_deeply()


child.READERS["html"] = _goes_wrong

if __name__ == "__main__":
    child.main()
