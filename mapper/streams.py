"""The command's own frame: standard streams that may be closed, full or cut off, and a person who presses Ctrl-C."""

from __future__ import annotations

import io
import os
import signal
import sqlite3
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import click

from gazetteer.errors import GazetteerError
from mapper.console import EXIT_NOTHING, one_line

EXIT_INTERRUPTED = 130
"""As shells have it: 128 and the number of the signal (of SIGTERM: 143)."""
_EXIT_ENDED = 143
TRACEBACK_VARIABLE = "MAPPER_TRACEBACK"
"""Environment variable that shows where in the program a fault of its own arose."""


class Command(click.Group):
    """A group of commands in which whatever ends one is told in one line, never in a traceback."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        with_streams()
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, _end)  # so that temporary files are taken away
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except KeyboardInterrupt:
            _say("interrupted; nothing half-written is left")
            ctx.exit(EXIT_INTERRUPTED)
        except GazetteerError as error:
            _say(str(error))
            ctx.exit(EXIT_NOTHING)
        except BrokenPipeError:
            _let_go_of_output()  # whoever reads has seen enough: "mapper parse … | head"
            ctx.exit(EXIT_NOTHING)
        except OSError as error:
            _let_go_of_output()
            where = f"{error.filename}: " if isinstance(error.filename, str) else ""
            _say(f"{where}{error.strerror or error}")
            ctx.exit(EXIT_NOTHING)
        except sqlite3.Error as error:
            _say(f"a gazetteer or a store is damaged or cannot be written ({error})")
            ctx.exit(EXIT_NOTHING)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if os.environ.get(TRACEBACK_VARIABLE):
                raise
            _say(f"a fault of this program: {type(error).__name__}: {error} ({TRACEBACK_VARIABLE}=1 shows where)")
            ctx.exit(EXIT_NOTHING)


def with_streams() -> None:
    """A closed standard stream is None in Python. Reading finds nothing then, writing data is told, messages go."""
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - as long as the process lives
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(_Closed(), encoding="utf-8", write_through=True)
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


class _Closed(io.BufferedIOBase):
    """Standard output that is not there."""

    def writable(self) -> bool:
        return True

    def write(self, _data: Any, /) -> int:
        raise OSError("standard output is closed")


def _let_go_of_output() -> None:
    """What could not be written is not tried again when the process ends."""
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def _say(words: str) -> None:
    with suppress(OSError):  # standard error may be what is full
        click.echo(one_line(f"mapper: {words}"), err=True)


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(_EXIT_ENDED)
