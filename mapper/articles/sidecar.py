"""What a person says about a file, in ``NAME.meta.json`` beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mapper.articles.decode import decode
from mapper.articles.draft import Draft, Item
from mapper.articles.fields import sidecar_fields, with_marks
from mapper.articles.limits import Limits
from mapper.articles.walk import reason
from mapper.errors import InputError

ENDING = ".meta.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidecar:
    """A sidecar's checked fields. ``record`` is the whole of it, for mentions and triggers."""

    file: str
    id: str | None
    given: Mapping[str, str]
    record: Mapping[str, Any]


def parse_sidecar(data: bytes, *, name: str, limits: Limits) -> Sidecar:
    """Raises InputError where it is not one."""
    if len(data) > limits.sidecar:
        raise InputError(f"larger than {limits.sidecar:,} bytes", file=name)
    identifier, given, record = sidecar_fields(decode(data, name=name), file=name)
    return Sidecar(file=name, id=identifier, given=given, record=record)


def sidecar_of(path: Path, *, limits: Limits) -> Sidecar | InputError | None:
    """The sidecar of the file at ``path``, None where it has none."""
    beside = path.with_name(path.name + ENDING)
    try:
        if not beside.is_file():
            return None
        with beside.open("rb") as stream:
            return parse_sidecar(stream.read(limits.sidecar + 1), name=str(beside), limits=limits)
    except InputError as refusal:
        return refusal
    except (OSError, ValueError) as error:
        return InputError(reason(error), file=str(beside))


def apply_sidecar(items: Iterator[Item], sidecar: Sidecar, *, limits: Limits) -> Iterator[Item]:
    """The items with what the sidecar says where they say nothing themselves."""
    for item in items:
        if not isinstance(item, Draft):
            yield item
            continue
        many = item.is_one_of_many  # what the file's sidecar says holds for each of them, but not an id
        draft = replace(item, id=item.id or (None if many else sidecar.id), given={**sidecar.given, **item.given})
        if not many and ("mentions" in sidecar.record or "triggers" in sidecar.record):
            try:
                draft = with_marks(draft, sidecar.record, file=sidecar.file, limits=limits)
            except InputError as refusal:
                yield refusal
        yield draft
