"""Which events are the same, across all partitions: rows that share a block are shuffled to one worker and compared.

The answer is that of one machine: the same blocks, the same scores, the same grouping, and of articles and events that
come twice the same one counts. Only pairs that score high enough come back to the client; the last step, grouping,
needs no more than those. The shuffle is Dask's own (P2P), which keeps what passes through it on the workers' disks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from mapper.dask.keys import ARTICLE, BLOCK, COLUMNS, EVENT, TEXT, fingerprint, schema, unpacked
from mapper.dask.storage import filesystem
from mapper.events.blocking import compared
from mapper.events.key import Key
from mapper.events.key import unpacked as unpacked_key
from mapper.events.merge import THRESHOLD, copies_block, groups, reasons_of, score_of
from mapper.events.reprints import Sketches

if TYPE_CHECKING:
    import pandas
    from distributed import Client

_KEYS_PER_SHARE = 8  # how many files of keys make one share of the comparing
_Row = tuple[int, int, str, str, str, bytes]  # part, order, article, the article that it copies or itself, id, key


class _Twice(msgspec.Struct, frozen=True):
    """An article or event that comes more than once: here, and the place of the one that counts."""

    id: str
    part: int
    order: int
    kept_part: int
    same: bool


class _Pair(msgspec.Struct, frozen=True):
    """Two events that score high enough to be one; their keys are packed."""

    events: tuple[str, str]
    keys: tuple[bytes, bytes]
    parts: tuple[int, int]
    voices: tuple[str, str]
    score: float


@dataclass(slots=True)
class Merged:
    """What is to be done with the partitions, by their numbers: the clusters of events that are told elsewhere too, why
    they joined, and the articles (counted from 0) that came before. ``refused`` are ids that came with another text."""

    clusters: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    reasons: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    dropped: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    refused: list[tuple[int, str]] = field(default_factory=list)
    duplicates: int = 0


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of one partition before its rows are read: articles and events that count elsewhere, and of the
    articles that are copied or copies, the one whose voice they are."""

    dropped: frozenset[int] = frozenset()
    passed_over: frozenset[tuple[int, str]] = frozenset()
    voices: Mapping[str, str] = field(default_factory=dict)


def merge_partitions(client: Client, addresses: Sequence[tuple[int, str]]) -> Merged:
    """Compare the keys in the files at ``addresses`` (each with its partition's number) and group what is the same."""
    merged = Merged()
    known = {part: _Known() for part, _ in addresses}
    for again in _shuffled(client, addresses, ARTICLE, known, _articles_twice, _Twice):
        merged.dropped[again.part].append(again.order)
        if again.same:
            merged.duplicates += 1
        else:
            merged.refused.append((again.part, again.id))
    for part, orders in merged.dropped.items():
        known[part] = _Known(frozenset(orders))
    parts: dict[str, set[int]] = defaultdict(set)
    passed_over: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for again in _shuffled(client, addresses, EVENT, known, _events_twice, _Twice):
        parts[again.id].update((again.part, again.kept_part))
        passed_over[again.part].add((again.order, again.id))
    for part, voices in _voices(addresses, known).items():
        known[part] = _Known(known[part].dropped, frozenset(passed_over[part]), voices)
    _group(_shuffled(client, addresses, BLOCK, known, _alike, _Pair), parts, merged)
    merged.refused.sort()
    for orders in merged.dropped.values():
        orders.sort()
    return merged


def _voices(addresses: Sequence[tuple[int, str]], known: Mapping[int, _Known]) -> dict[int, dict[str, str]]:
    """For each partition, those of its articles that copy another or are copied, with the one whose voice they are."""
    sketches = Sketches()
    articles: dict[int, list[str]] = defaultdict(list)
    for part, address in addresses:
        for row in _records(address, TEXT, known[part]):
            sketches.put(row["article"], unpacked(row["key"]))
            articles[part].append(row["article"])
    voices = sketches.originals()
    voices |= {voice: voice for voice in voices.values()}
    return {part: {a: voices[a] for a in articles[part] if a in voices} for part, _ in addresses}


def _group(pairs: Sequence[_Pair], parts: dict[str, set[int]], merged: Merged) -> None:
    keys: dict[str, Key] = {}
    voices: dict[str, str] = {}
    for pair in pairs:
        for data, part, voice in zip(pair.keys, pair.parts, pair.voices, strict=True):
            key = unpacked_key(data)
            keys[key.event] = key
            parts[key.event].add(part)
            voices[key.article] = voice
    items = [key for _, key in sorted(keys.items())]
    index = {key.event: i for i, key in enumerate(items)}
    scores = sorted({(pair.score, index[pair.events[0]], index[pair.events[1]]) for pair in pairs})
    for group in groups(scores, len(items), lambda a, b: score_of(items[a], items[b], voices)[0]):
        if len(group) > 1:
            for event, why in reasons_of(group, items.__getitem__, voices, lambda i: items[i].event):
                for part in parts[event]:
                    merged.clusters[part][event] = items[group[0]].event
                    merged.reasons[part][event] = why


def _shuffled(
    client: Client,
    addresses: Sequence[tuple[int, str]],
    kind: int,
    known: Mapping[int, _Known],
    reduce: Callable[[list[_Row]], list[Any]],
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
            [known[part] for part, _ in addresses],
            meta=_frame(_schema().empty_table()),
        )
        shuffled = frame.shuffle("block", npartitions=-(-len(addresses) // _KEYS_PER_SHARE))
        answers = shuffled.map_partitions(
            partial(_reduced, reduce=reduce), meta=_frame(pyarrow.schema([("answers", pyarrow.binary())]).empty_table())
        )
        encoded = client.compute(answers, sync=True)["answers"]
    return [item for data in encoded for item in msgspec.msgpack.decode(data, type=list[answer])]  # type: ignore[valid-type]


def _frame(table: Any) -> pandas.DataFrame:
    import pandas

    # Arrow's own types: a column of bytes must not be taken for text on its way.
    frame: pandas.DataFrame = table.to_pandas(types_mapper=pandas.ArrowDtype)
    return frame


def _schema() -> Any:
    import pyarrow

    return schema().append(pyarrow.field("voice", pyarrow.string()))


def _records(address: str, kind: int, known: _Known) -> list[dict[str, Any]]:
    """The rows of one kind that count."""
    from pyarrow import parquet

    system, path = filesystem(address)
    with system.open(path, "rb") as file:
        records = parquet.read_table(file, columns=list(COLUMNS), filters=[("kind", "==", kind)]).to_pylist()
    return [
        row
        for row in records
        if row["order"] not in known.dropped and (row["order"], row["id"]) not in known.passed_over
    ]


def _rows(address: str, known: _Known, *, kind: int) -> pandas.DataFrame:
    """The rows of one kind; with those of events under their blocks also those under the block of all copies."""
    import pyarrow

    records = _records(address, kind, known)
    if kind == BLOCK and known.voices:
        for row in _records(address, EVENT, known):
            if row["article"] in known.voices:
                block = copies_block(unpacked_key(row["key"]), known.voices)
                records.append(row | {"block": fingerprint(repr(block))})
    told = [row | {"voice": known.voices.get(row["article"], row["article"])} for row in records]
    return _frame(pyarrow.Table.from_pylist(told, schema=_schema()))


def _reduced(frame: pandas.DataFrame, *, reduce: Callable[[list[_Row]], list[Any]]) -> pandas.DataFrame:
    import pyarrow

    blocks: dict[int, list[_Row]] = defaultdict(list)
    columns = (frame[name].to_numpy(dtype=object) for name in ("part", "order", "article", "voice", "id", "key"))
    for block, *row in zip(frame["block"].to_numpy(dtype=object), *columns, strict=True):
        blocks[block].append(tuple(row))
    answers = [item for _, rows in sorted(blocks.items()) if len(rows) > 1 for item in reduce(sorted(rows))]
    encoded = pyarrow.array([msgspec.msgpack.encode(answers)], pyarrow.binary())
    return _frame(pyarrow.table({"answers": encoded}))


def _articles_twice(rows: list[_Row]) -> list[_Twice]:
    """Of articles with one id the first counts, as in one process; one with another text is a refusal."""
    first: dict[str, tuple[int, bytes]] = {}
    again = []
    for part, order, article, _, _, content in rows:
        if article not in first:
            first[article] = part, content
            continue
        kept_part, kept = first[article]
        again.append(_Twice(article, part, order, kept_part, kept == content))
    return again


def _events_twice(rows: list[_Row]) -> list[_Twice]:
    """Of events with one id (reprints of a text) the first counts, as in one process."""
    first: dict[str, int] = {}
    again = []
    for part, order, _, _, identifier, _ in rows:
        if identifier not in first:
            first[identifier] = part
            continue
        again.append(_Twice(identifier, part, order, first[identifier], True))
    return again


def _alike(rows: list[_Row]) -> list[_Pair]:
    """The pairs of a block that score high enough."""
    found = {identifier: (part, voice, data) for part, _, _, voice, identifier, data in rows}
    items = [unpacked_key(data) for _, (_, _, data) in sorted(found.items())]
    voices = {key.article: found[key.event][1] for key in items}
    pairs = []
    for a, b in compared(range(len(items)), items.__getitem__):
        score = score_of(items[a], items[b], voices)[0]
        if score >= THRESHOLD:
            (part_a, voice_a, data_a), (part_b, voice_b, data_b) = (found[items[i].event] for i in (a, b))
            events = (items[a].event, items[b].event)
            pairs.append(_Pair(events, (data_a, data_b), (part_a, part_b), (voice_a, voice_b), score))
    return pairs
