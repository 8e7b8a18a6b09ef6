"""Reads ECB+ (``ecbplus.jsonl.gz``, CC BY 3.0): event mentions, given, with the event that each belongs to."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mapper.events import EventCoder
from mapper.events.key import Key, key_of
from mapper.model import Article, Span


@dataclass(frozen=True, slots=True)
class Mention:
    """An annotated mention: its topic, its event, the corpus part it is in, and the key that merging reads."""

    topic: str
    event: str
    part: str
    key: Key


def read(path: Path) -> list[Mention]:
    """All mentions of the corpus, coded from the texts as they are, each mention given as a trigger."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    documents: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        documents[row["topic"], row["doc"], row["context"]].append(row)
    articles = [
        Article(id=f"{topic}/{doc}", text=text, language="en", triggers=tuple(_span(text, r) for r in documents[key]))
        for key in documents
        for topic, doc, text in [key]
    ]
    coded = EventCoder().code([(a, ()) for a in articles])
    return [
        Mention(row["topic"], f"{row['topic']} {row['cluster']}", row["split"], key_of(article, event))
        for article, (_, events), found in zip(articles, coded, documents.values(), strict=True)
        for event, row in zip(events, found, strict=True)
    ]


def _span(text: str, row: dict[str, Any]) -> Span:
    words = text.split(" ")
    first, last = row["ctx_idx"][1:]
    if " ".join(words[first : last + 1]) == row["mention"]:
        start = sum(len(w) + 1 for w in words[:first])
    else:
        start = max(0, text.find(row["mention"]))
    return Span(start=start, end=start + len(row["mention"]))
