"""What a run takes in: articles and earlier analyses from the files, folders, stores and addresses that were named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from mapper import articles
from mapper.codec import from_record
from mapper.errors import InputError, StoreError
from mapper.model import Analysis, Article
from mapper.pipeline import Refuse
from mapper.store import Store


def is_store(path: str) -> bool:
    """Whether the path is an SQLite file, and so a store or nothing that can be read."""
    try:
        if not Path(path).is_file():
            return False  # a pipe would be waited for, and what it gives be gone
        with Path(path).open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except (OSError, ValueError):
        return False  # whatever is wrong with it, the reader of articles says so by name


@dataclass(slots=True, kw_only=True)
class Intake:
    """The inputs of a run, read in their order. A store among them gives all that it holds.

    ``published``, ``source``, ``url`` and ``columns`` as for :func:`mapper.articles.read`; ``fetch``: addresses among
    the inputs may be asked for over the network. ``refuse`` is told of what cannot be used, ``duplicate`` of the id of
    each article that came before.
    """

    inputs: Sequence[str]
    refuse: Refuse
    duplicate: Callable[[str], None]
    published: str | None = None
    source: str | None = None
    url: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    fetch: bool = False

    @property
    def stores(self) -> list[str]:
        """The stores among the inputs."""
        return [path for path in self.inputs if is_store(path)]

    def __iter__(self) -> Iterator[Article | Analysis]:
        for stored, group in groupby(self.inputs, key=is_store):
            if stored:
                for path in group:
                    yield from self._stored(path)
            else:
                yield from articles.read(
                    *group,
                    from_record=from_record,
                    on_refusal=self.refuse,
                    on_duplicate=self.duplicate,
                    published=self.published,
                    source=self.source,
                    url=self.url,
                    columns=self.columns,
                    fetch=self.fetch,
                )

    def _stored(self, path: str) -> Iterator[Analysis]:
        try:
            with Store.open(Path(path), read_only=True) as store:
                yield from store.analyses(on_damage=lambda error: self.refuse(refusal(path, error)))
        except StoreError as error:
            self.refuse(refusal(path, error))


def refusal(path: str | Path, error: StoreError) -> InputError:
    """What is wrong with a store, or with an article in it, as a refusal of it."""
    return InputError(str(error).removeprefix(f"{path}: "), file=str(path))
