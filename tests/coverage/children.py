"""A pytest plugin for measuring: the child process that reads hostile formats is asked to end before it is killed.

A process that is killed writes down nothing of what it has executed. ``python -m pytest -p tests.coverage.children``
"""

from __future__ import annotations

import atexit
import subprocess
from contextlib import suppress

from mapper.articles import guard


def _end_kindly() -> None:
    for child in guard._children:
        with suppress(OSError, ValueError, subprocess.TimeoutExpired):
            if child._process.stdin is not None:
                child._process.stdin.close()  # it ends where there is no more to read
            child._process.wait(20)


# Registered last, it is called before the guard's own, which kills.
atexit.register(_end_kindly)
