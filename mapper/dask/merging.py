"""Which events are the same, across all partitions: rows that share a block are shuffled to one worker and compared.

The answer is that of one machine: the same blocks, the same scores, the same grouping, and of articles and events that
come twice the same one counts. Only pairs that score high enough come back to the client; the last step, grouping,
needs no more than those. The shuffle is Dask's own (P2P), which keeps what passes through it on the workers' disks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from mapper.dask.keys import ARTICLE, BLOCK, EVENT
from mapper.dask.storage import filesystem
from mapper.events import merge
from mapper.events.key import Key
from mapper.events.similarity import similarity

if TYPE_CHECKING:
    import pandas
    from distributed import Client

_KEYS_PER_SHARE = 8  # how many files of keys make one share of the comparing
_COLUMNS = ("block", "part", "order", "id", "key")


class _Twice(msgspec.Struct, frozen=True):
    """An article or event that comes more than once: here, and the place of the one that counts."""

    id: str
    part: int
    order: int
    kept_part: int
    same: bool


class _Pair(msgspec.Struct, frozen=True):
    """Two events that score high enough to be one."""

    a: Key
    b: Key
    parts: tuple[int, int]
    score: float
    why: str


@dataclass(slots=True)
class Merged:
    """What is to be done with the partitions, by their numbers: the clusters of events that are told elsewhere too,
    and the articles (counted from 0) that came before. ``refused`` are ids that came before with another text."""

    clusters: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    dropped: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    refused: list[tuple[int, str]] = field(default_factory=list)
    duplicates: int = 0


def merge_partitions(client: Client, addresses: Sequence[tuple[int, str]]) -> Merged:
    """Compare the keys in the files at ``addresses`` (each with its partition's number) and group what is the same."""
    merged = Merged()
    for again in _shuffled(client, addresses, ARTICLE, merged.dropped, {}, _articles_twice, _Twice):
        merged.dropped[again.part].append(again.order)
        if again.same:
            merged.duplicates += 1
        else:
            merged.refused.append((again.part, again.id))
    parts: dict[str, set[int]] = defaultdict(set)
    passed_over: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for again in _shuffled(client, addresses, EVENT, merged.dropped, {}, _events_twice, _Twice):
        parts[again.id].update((again.part, again.kept_part))
        passed_over[again.part].append((again.order, again.id))
    pairs = _shuffled(client, addresses, BLOCK, merged.dropped, passed_over, _alike, _Pair)
    _group(pairs, parts, merged)
    merged.refused.sort()
    for orders in merged.dropped.values():
        orders.sort()
    return merged


def _group(pairs: Sequence[_Pair], parts: dict[str, set[int]], merged: Merged) -> None:
    keys: dict[str, Key] = {}
    for pair in pairs:
        for key, part in zip((pair.a, pair.b), pair.parts, strict=True):
            keys[key.event] = key
            parts[key.event].add(part)
    items = [key for _, key in sorted(keys.items())]
    index = {key.event: i for i, key in enumerate(items)}
    scores = {(index[pair.a.event], index[pair.b.event]): (pair.score, pair.why) for pair in pairs}
    clusters, _ = merge.linked(items, scores)
    for event, cluster in clusters.items():
        if event != cluster:
            for part in parts[event]:
                merged.clusters[part][event] = cluster


def _shuffled(
    client: Client,
    addresses: Sequence[tuple[int, str]],
    kind: int,
    dropped: dict[int, list[int]],
    passed_over: dict[int, list[tuple[int, str]]],
    reduce: Callable[[Iterable[Any]], list[Any]],
    answer: type[Any],
) -> list[Any]:
    """What ``reduce`` makes of the rows of each block, in no particular order."""
    import dask
    import pyarrow
    from dask import dataframe

    with dask.config.set({"dataframe.convert-string": False, "dataframe.shuffle.method": "p2p"}):
        frame = dataframe.from_map(
            partial(_rows, kind=kind),
            [address for _, address in addresses],
            [frozenset(dropped.get(part, ())) for part, _ in addresses],
            [frozenset(passed_over.get(part, ())) for part, _ in addresses],
            meta=_frame(pyarrow.schema(_schema()).empty_table()),
        )
        shares = -(-len(addresses) // _KEYS_PER_SHARE)
        shuffled = frame.shuffle("block", npartitions=shares)
        answers = shuffled.map_partitions(
            partial(_reduced, reduce=reduce), meta=_frame(pyarrow.schema([("answers", pyarrow.binary())]).empty_table())
        )
        encoded = client.compute(answers, sync=True)["answers"]
    return [item for data in encoded for item in msgspec.msgpack.decode(data, type=list[answer])]  # type: ignore[valid-type]


def _schema() -> list[tuple[str, Any]]:
    import pyarrow

    kinds = (pyarrow.int64(), pyarrow.int32(), pyarrow.int32(), pyarrow.string(), pyarrow.binary())
    return list(zip(_COLUMNS, kinds, strict=True))


def _frame(table: Any) -> pandas.DataFrame:
    import pandas

    # Arrow's own types: a column of bytes must not be taken for text on its way.
    frame: pandas.DataFrame = table.to_pandas(types_mapper=pandas.ArrowDtype)
    return frame


def _rows(
    address: str, dropped: frozenset[int], passed_over: frozenset[tuple[int, str]], *, kind: int
) -> pandas.DataFrame:
    from pyarrow import parquet

    system, path = filesystem(address)
    with system.open(path, "rb") as file:
        table = parquet.read_table(file, columns=list(_COLUMNS), filters=[("kind", "==", kind)])
    frame = _frame(table)
    if dropped or passed_over:
        wanted = [
            order not in dropped and (order, identifier) not in passed_over
            for order, identifier in zip(frame["order"], frame["id"], strict=True)
        ]
        frame = frame[wanted]
    return frame


def _reduced(frame: pandas.DataFrame, *, reduce: Callable[[Iterable[Any]], list[Any]]) -> pandas.DataFrame:
    import pyarrow

    blocks: dict[int, list[tuple[int, int, str, bytes]]] = defaultdict(list)
    columns = (frame[name].to_numpy(dtype=object) for name in _COLUMNS)
    for block, *row in zip(*columns, strict=True):
        blocks[block].append(tuple(row))
    answers = [item for _, rows in sorted(blocks.items()) if len(rows) > 1 for item in reduce(sorted(rows))]
    encoded = pyarrow.array([msgspec.msgpack.encode(answers)], pyarrow.binary())
    return _frame(pyarrow.table({"answers": encoded}))


def _articles_twice(rows: Iterable[tuple[int, int, str, bytes]]) -> list[_Twice]:
    """Of articles with one id the first counts, as in one process; one with another text is a refusal."""
    first: dict[str, tuple[int, bytes]] = {}
    again = []
    for part, order, identifier, content in rows:
        if identifier not in first:
            first[identifier] = part, content
            continue
        kept_part, kept = first[identifier]
        again.append(_Twice(identifier, part, order, kept_part, kept == content))
    return again


def _events_twice(rows: Iterable[tuple[int, int, str, bytes]]) -> list[_Twice]:
    """Of events with one id (reprints) the last counts, as in one process."""
    known: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for part, order, identifier, _ in rows:
        known[identifier].append((part, order))
    return [
        _Twice(identifier, part, order, places[-1][0], True)
        for identifier, places in known.items()
        for part, order in places[:-1]
    ]


def _alike(rows: Iterable[tuple[int, int, str, bytes]]) -> list[_Pair]:
    """The pairs of a block that score high enough."""
    found = {identifier: (part, data) for part, _, identifier, data in rows}
    parts = [part for _, (part, _) in sorted(found.items())]
    items = [msgspec.msgpack.decode(data, type=Key) for _, (_, data) in sorted(found.items())]
    pairs = []
    for a, b in merge.compared(items, list(range(len(items)))):
        score, why = similarity(items[a], items[b])
        if score >= merge.THRESHOLD:
            pairs.append(_Pair(items[a], items[b], (parts[a], parts[b]), score, why))
    return pairs
