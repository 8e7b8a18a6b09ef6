"""How the commands speak: exit codes, refusals named once, failures as one line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import click

from gazetteer.errors import GazetteerError
from mapper.errors import InputError, MapperError

EXIT_NOTHING = 1
EXIT_SOME_REFUSED = 3

EXIT_CODES = """\b
Exit codes
  0  all input was used
  1  nothing was usable, or nothing could be written
  2  wrong usage
  3  some input was refused (each named on standard error as FILE:LINE: reason), the rest done
  130  interrupted with Ctrl-C; nothing half-written is left"""


@dataclass(slots=True)
class Reporter:
    """Names refused input on standard error, once each, and remembers that there was some."""

    as_json: bool = False
    quiet: bool = False
    refused: int = 0

    def refuse(self, error: InputError) -> None:
        self.refused += 1
        if self.as_json:
            line = json.dumps({"file": error.file, "line": error.line, "reason": error.reason})
        else:
            line = one_line(str(error))
        click.echo(line, err=True)

    def say(self, message: str) -> None:
        if not self.quiet:
            click.echo(one_line(message), err=True)

    def code(self, used: int) -> int:
        """The exit code, given how many articles were used."""
        if used == 0:
            return EXIT_NOTHING
        return EXIT_SOME_REFUSED if self.refused else 0


def one_line(text: str) -> str:
    """The text without anything that moves a terminal's cursor: a file name may hold any character."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


@contextmanager
def failures(reporter: Reporter) -> Iterator[None]:
    """Errors that end the job, as one clear line and exit code 1."""
    try:
        yield
    except InputError as error:
        reporter.refuse(error)
        sys.exit(EXIT_NOTHING)
    except (MapperError, GazetteerError) as error:
        click.echo(one_line(f"mapper: {error}"), err=True)
        sys.exit(EXIT_NOTHING)


def print_tree(facts: Any, depth: int = 0) -> None:
    """Nested facts as indented lines on standard output."""
    pad = "  " * depth
    for key, value in facts.items():
        if isinstance(value, dict):
            click.echo(f"{pad}{one_line(str(key))}")
            print_tree(value, depth + 1)
        elif isinstance(value, list):
            click.echo(f"{pad}{key}")
            for item in value:
                text = ", ".join(f"{k} {v}" for k, v in item.items()) if isinstance(item, dict) else str(item)
                click.echo(f"{pad}  {one_line(text)}")
        else:
            shown = f"{value:,}" if isinstance(value, int) else str(value)
            click.echo(f"{pad}{one_line(str(key))}: {one_line(shown)}")
