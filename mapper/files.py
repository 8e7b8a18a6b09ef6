"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from mapper.errors import OutputError


def is_special(path: Path) -> bool:
    """Whether there is something at ``path`` that is neither a file nor a folder: a pipe, a socket, a device. Opening
    one may wait for ever."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False  # whoever opens it is told
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside ``path``; on success flush it to disk and move it into place, else remove it.

    The move is atomic (``os.replace``), so that a reader sees the old file or the new one, whole. Missing parent
    folders are made. Raises :class:`OutputError` naming ``path`` where the system refuses.
    """
    temporary: Path | None = None
    try:
        if path.is_dir():
            raise OutputError(f"{path}: is a folder, not a file")
        if is_special(path):
            raise OutputError(f"{path}: is no plain file")
        if "\0" in str(path):
            raise OutputError(f"{path}: no file can have a name with a NUL in it")
        path.parent.mkdir(parents=True, exist_ok=True)
        # The suffix stays, since writers such as GDAL choose the format by it.
        handle, name = tempfile.mkstemp(prefix=f".{path.stem[:40]}.", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        temporary.chmod(_default_mode())
        temporary.replace(path)
        temporary = None
    except OutputError:
        raise
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}") from error
    finally:
        if temporary is not None:
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()


def _default_mode() -> int:
    """The mode that a plainly created file gets; ``mkstemp`` makes files that only their owner may read."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 with line feeds as they are, whole or not at all. Raises :class:`OutputError`."""
    with replacing(path) as temporary:
        temporary.write_bytes(text.encode("utf-8"))
