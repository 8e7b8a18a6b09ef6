"""The block of texts: who told each event, in which sentence, and why it was read as it was.

What many tellings share is written once: an article is a line that its events point to, and so is a sentence, a reason
or a runner-up among places. The page's facts.js puts a telling together again when somebody asks for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain
from struct import Struct
from typing import Any, get_args

import numpy as np

from mapper import model
from mapper.model import MappedEvent, Mark, Report
from mapper.render.columns import Ints, Table, in_order_of_use, line, utf16_offsets


def codes(choices: Any) -> dict[str, int]:
    """The number of each choice of a ``Literal``."""
    return {choice: code for code, choice in enumerate(get_args(choices))}


_MARK_KINDS = codes(model.MarkKind)
_DATE_PRECISIONS = codes(model.DatePrecision)
_DATE_BASES = codes(model.DateBasis)
_ROLES = codes(model.ActorRole)

_HASH_DIGITS = 16
"""Of an article's digest: corrections ask for twelve or more, and digits do not compress."""

_HEX = re.compile(r"[0-9a-f]{16}")
_HEX_DIGITS = re.compile(r"[0-9a-f]*")
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Names(dict[str, int]):
    """A dictionary column: ``names[value]`` is the value's number, by first use; ``lines`` are the values as lines."""

    def __init__(self, *values: str) -> None:
        super().__init__((value, index) for index, value in enumerate(values))
        self.lines: list[str] = list(values)

    def __missing__(self, value: str) -> int:
        index = self[value] = len(self.lines)
        self.lines.append(line(value))
        return index


class Rows:
    """Rows of whole numbers of 32 bits. ``rows.packed += rows.pack(1, 2, 3)`` adds one: no other way is as quick."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.packed = bytearray()
        self.pack = Struct(f"={len(names)}i").pack

    def columns(self, positions: Ints | None = None) -> dict[str, Ints]:
        """The values by name, all of them or those of the rows at ``positions``."""
        rows = np.frombuffer(self.packed, dtype=np.int32).reshape(-1, len(self.names))
        return {
            name: (rows[:, k] if positions is None else rows[positions, k]).astype(np.int64)
            for k, name in enumerate(self.names)
        }


def stretches(counts: Ints, order: Ints) -> tuple[Ints, Ints]:
    """Of lists that lie end to end, ``counts`` long: the counts in another order, and which old position each has."""
    starts = np.cumsum(counts) - counts
    taken = counts[order]
    ends = np.cumsum(taken)
    within = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - taken, taken)
    return taken, np.repeat(starts[order], taken) + within


class Tellings:
    """Takes events one by one and gives the columns and lines of the block.

    ``headlines_only`` leaves out the sentences, what is marked in them, and the reasons.
    """

    def __init__(self, *, headlines_only: bool = False) -> None:
        self.headlines_only = headlines_only
        self.sources = Names()
        self._actor_names = Names()
        self._countries = Names("")
        self._names = {
            name: Names("")
            for name in ("date_text", "mode", "note", "changed", "figures", "place_why", "why_type", "why_place",
                         "why_date", "why_merged", "trigger", "published", "basis", "language")
        }  # fmt: skip
        self._ids: list[str] = []
        self._events = Rows(
            "actors",
            "tellings",
            "date_precision",
            "date_basis",
            "date_text",
            "mode",
            "note",
            "changed",
            "figures",
            "independent",
        )
        self._actors = Rows("name", "role", "country")
        words = () if headlines_only else (
            "sentence", "place_why", "why_type", "why_place", "why_date", "why_merged", "trigger", "marks", "others",
        )  # fmt: skip
        self._tellings = Rows("article", *words)
        self._articles = Rows("source", "published", "basis", "language")
        self._marks = Rows("start", "length", "kind")
        self._others = Rows("name", "score")
        self._other_names = Names()
        self._other_of: dict[tuple[str, str | None, str], int] = {}
        self._article_of: dict[tuple[str | None, ...], int] = {}
        self._article_lines: list[str] = []
        self._hashes = bytearray()
        self._sentences = Names()

    def add(self, event: MappedEvent) -> None:
        """Take in one event."""
        names, date, actors, reports = self._names, event.date, event.actors, event.reports
        self._ids.append(event.id)
        rows = self._events
        rows.packed += rows.pack(
            len(actors),
            len(reports),
            _DATE_PRECISIONS[date.precision] if date else 0,
            _DATE_BASES[date.basis] if date else 0,
            names["date_text"][date.text] if date and date.text else 0,
            names["mode"][event.mode] if event.mode else 0,
            names["note"][event.note] if event.note else 0,
            names["changed"][" ".join(event.changed_fields)] if event.changed_fields else 0,
            names["figures"][_figures(event)] if event.figures else 0,
            min(65535, event.independent_sources),
        )
        rows = self._actors
        for actor in actors:
            country = self._countries[actor.country_code] if actor.country_code else 0
            rows.packed += rows.pack(self._actor_names[actor.text], _ROLES[actor.role], country)
        rows = self._tellings
        if self.headlines_only:
            for report in reports:
                rows.packed += rows.pack(self._article(report))
        else:
            for report in reports:
                rows.packed += rows.pack(self._article(report), *self._words(report))

    def _article(self, report: Report) -> int:
        key = (
            report.article_id, report.content_hash, report.title, report.source, report.url, report.published,
            report.published_basis, report.language,
        )  # fmt: skip
        found = self._article_of.get(key)
        if found is None:
            found = self._article_of[key] = len(self._article_lines)
            names = self._names
            fields = [line(report.title or ""), line(report.url or "")]
            if not self.headlines_only:
                digest = report.content_hash[:_HASH_DIGITS]
                usual = _HEX.fullmatch(digest) is not None
                # Most articles are named after their digest, which then says both.
                fields += ["" if usual and report.article_id == digest else exact(report.article_id)]
                fields += ["" if usual else exact(digest)]
                self._hashes += bytes.fromhex(digest) if usual else bytes(8)
            self._article_lines.append("\x1f".join(fields))
            self._articles.packed += self._articles.pack(
                self.sources[report.source] + 1 if report.source else 0,
                names["published"][report.published or ""],
                names["basis"][report.published_basis or ""],
                names["language"][report.language or ""],
            )
        return found

    def _words(self, report: Report) -> tuple[int, ...]:
        """Where the sentence, the reasons, the marks and the runners-up of a telling stand: all of its row but one."""
        names, why, raw, marks, others = self._names, report.why, report.evidence, report.marks, report.alternatives
        sentence = self._sentences.get(raw)
        trigger = 0
        if sentence is None or not raw.isprintable():
            evidence = line(raw)
            sentence = self._sentences[evidence]
            if evidence != raw:
                # A correction quotes the trigger as it stands in the article, line ends and all.
                quoted = next((mark.of(raw) for mark in marks if mark.kind == "trigger"), "")
                if line(quoted) != quoted:
                    trigger = names["trigger"][_json(quoted)]
        rows = self._marks
        for start, end, kind in marks_of(raw, marks):
            rows.packed += rows.pack(start, end - start, kind)
        rows = self._others
        for other in others:
            key = other.name, other.country_code, other.id
            name = self._other_of.get(key)
            if name is None:
                text = f"{other.name}\x1e{other.country_code or ''}\x1e{other.id}"
                name = self._other_of[key] = self._other_names[text]
            rows.packed += rows.pack(name, round(other.score * 1000))
        return (
            sentence,
            names["place_why"][report.place_why],
            names["why_type"][why.type],
            names["why_place"][why.place],
            names["why_date"][why.date],
            names["why_merged"][why.merged],
            trigger,
            len(marks),
            len(others),
        )

    # ---- results

    def id_ranks(self) -> Ints:
        """The events by their ids, for an order that does not depend on how they came."""
        if (digits := self._id_digits) is not None:
            numbers = np.frombuffer(digits, dtype=">u8").astype(np.uint64)
            return numbers.view(np.int64) ^ np.int64(np.iinfo(np.int64).min)
        ranks = np.empty(len(self._ids), dtype=np.int64)
        ranks[sorted(range(len(self._ids)), key=self._ids.__getitem__)] = np.arange(len(self._ids))
        return ranks

    @cached_property
    def _id_digits(self) -> bytes | None:
        """The ids as numbers of eight bytes, end to end, where all are written as such. Asked for when all are in."""
        together = "".join(self._ids)
        usual = set(map(len, self._ids)) <= {_HASH_DIGITS} and _HEX_DIGITS.fullmatch(together) is not None
        return bytes.fromhex(together) if usual else None

    def actors_by_use(self, order: Ints) -> tuple[Ints, Ints, list[str]]:
        """Counts and names of actors by event, in the order given, and the names, the most used first."""
        counts, positions = stretches(self._events.columns()["actors"], order)
        names = self._actors.columns(positions)["name"]
        used = np.bincount(names, minlength=len(self._actor_names.lines))
        first = np.full(len(used), len(names), dtype=np.int64)
        np.minimum.at(first, names, np.arange(len(names)))
        by_use = np.lexsort([first, -used])
        rank = np.empty(len(used), dtype=np.int64)
        rank[by_use] = np.arange(len(used))
        return counts, rank[names], [self._actor_names.lines[index] for index in by_use]

    def sources_of(self, order: Ints) -> tuple[Ints, Ints]:
        """How many sources each event has, and which, each once, in the order given."""
        counts, positions = stretches(self._events.columns()["tellings"], order)
        events = np.repeat(np.arange(len(order)), counts)
        sources = self._articles.columns()["source"][self._tellings.columns(positions)["article"]] - 1
        events, sources = events[sources >= 0], sources[sources >= 0]
        span = len(self.sources.lines) + 1
        # By event they are in order already, which a stable sort is quick to see.
        pairs = np.sort(events * span + sources, kind="stable")
        distinct = pairs[np.diff(pairs, prepend=-1) != 0]
        return np.bincount(distinct // span, minlength=len(order)), distinct % span

    def write(self, order: Ints, table: Table) -> dict[str, Iterable[str]]:
        """Fill the table with the columns, events in the order given; the sections of lines that go with them."""
        sections: dict[str, Iterable[str]] = {}
        events = self._events.columns()
        for name, values in events.items():
            if name != "actors":
                table.add("event", name, values[order])
        if (digits := self._id_digits) is not None:
            halves = np.frombuffer(digits, dtype=">u4").reshape(-1, 2)[order]
            table.add("event", "id_high", halves[:, 0], "u4")
            table.add("event", "id_low", halves[:, 1], "u4")
        else:
            sections["ids"] = [exact(self._ids[index]) for index in order]
        actors = self._actors.columns(stretches(events["actors"], order)[1])
        table.add("actor", "role", actors["role"])
        table.add("actor", "country", actors["country"])
        positions = stretches(events["tellings"], order)[1]
        tellings = self._tellings.columns()
        articles, kept = in_order_of_use(tellings["article"][positions])
        table.add("telling", "article", articles, coding="first")
        for name, values in self._articles.columns(kept).items():
            table.add("article", name, values)
        sections["articles"] = [self._article_lines[index] for index in kept]
        if not self.headlines_only:
            halves = np.frombuffer(bytes(self._hashes), dtype=">u4").reshape(-1, 2)[kept]
            table.add("article", "hash_high", halves[:, 0], "u4")
            table.add("article", "hash_low", halves[:, 1], "u4")
            sections |= self._write_words(tellings, positions, table)
        sections |= {name: names.lines for name, names in self._names.items()}
        sections["countries"] = self._countries.lines
        return sections

    def _write_words(self, tellings: dict[str, Ints], positions: Ints, table: Table) -> dict[str, Iterable[str]]:
        sentences, kept = in_order_of_use(tellings["sentence"][positions])
        table.add("telling", "sentence", sentences, coding="first")
        for name in ("place_why", "why_type", "why_place", "why_date", "why_merged", "trigger", "marks", "others"):
            table.add("telling", name, tellings[name][positions])
        for name, counts, rows in (
            ("mark", tellings["marks"], self._marks),
            ("other", tellings["others"], self._others),
        ):
            for column, values in rows.columns(stretches(counts, positions)[1]).items():
                table.add(name, column, values)
        texts = self._sentences.lines
        return {"sentences": [texts[index] for index in kept], "others": self._other_names.lines}


def _figures(event: MappedEvent) -> str:
    """How many were harmed, as ``killed:3:5:2`` (from 3 to 5, in 2 tellings)."""
    return " ".join(f"{one.kind}:{one.low}:{one.high}:{one.tellings}" for one in event.figures)


def marks_of(text: str, marks: Sequence[Mark]) -> list[tuple[int, int, int]]:
    """Start, end and kind of each mark in UTF-16 units, in their order."""
    if text.isascii():
        return sorted((mark.start, mark.end, _MARK_KINDS[mark.kind]) for mark in marks)
    offsets = utf16_offsets(text, chain.from_iterable((mark.start, mark.end) for mark in marks))
    return sorted((offsets[2 * k], offsets[2 * k + 1], _MARK_KINDS[mark.kind]) for k, mark in enumerate(marks))


def exact(text: str) -> str:
    """A line from which the text comes back as it was: as it is, or as JSON where it holds what parts lines."""
    return text if line(text) == text and not text.startswith('"') else _json(text)
