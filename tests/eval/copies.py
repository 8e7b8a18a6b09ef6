"""``python -m tests.eval.copies CORPUS [ARTICLES]``: precision and recall of finding copies of articles.

CORPUS is a corpus of documents (JSON lines, gzipped, with ``text``) of which ARTICLES (400) are taken that share no
fifth of their four-word runs with another. Of each, copies are made as reprints are: cut to its first half or its last
two thirds, edited (one word in fifteen replaced), given another headline and a footer, and all of this at once. Pairs
of an article with its copies and of the copies with one another are the right ones.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections import Counter, defaultdict
from itertools import combinations
from math import comb
from pathlib import Path

from mapper.events.reprints import Sketches, shingles

HEADS = ("Our correspondents report", "World in brief", "From the wires, as received this morning")
FOOT = "\n\nSubscribe to our newsletter. More stories from our partners below. All rights reserved."


def documents(path: Path, wanted: int) -> list[str]:
    """Texts of at least eighty words that no other text of the corpus shares much with."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    runs = [shingles(text) for text in texts]
    holders: dict[int, list[int]] = defaultdict(list)
    for i, found in enumerate(runs):
        for run in found:
            holders[run].append(i)
    alone = []
    for i, found in enumerate(runs):
        shared = Counter(j for run in found for j in holders[run] if j != i)
        if len(found) >= 80 and not any(n * 5 >= min(len(found), len(runs[j])) for j, n in shared.items()):
            alone.append(texts[i])
    return alone[:wanted]


def copies(text: str, draw: random.Random) -> list[str]:
    """What becomes of a text on its way through other papers."""
    words = text.split()
    half, tail = " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 3 :])
    return [half, tail, edited(words, draw), f"{draw.choice(HEADS)}\n\n{text}{FOOT}",
            f"{draw.choice(HEADS)}\n\n{edited(half.split(), draw)}{FOOT}"]  # fmt: skip


def edited(words: list[str], draw: random.Random) -> str:
    """One word in fifteen replaced by another of the text."""
    return " ".join(draw.choice(words) if draw.random() < 1 / 15 else word for word in words)


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    draw = random.Random(11)
    texts = documents(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 400)
    sketches = Sketches()
    family: dict[str, int] = {}
    for n, text in enumerate(texts):
        for k, copy in enumerate((text, *copies(text, draw))):
            family[f"{n:05}-{k}"] = n
            sketches.add(f"{n:05}-{k}", copy)
    voices = sketches.originals()
    groups: dict[str, list[str]] = defaultdict(list)
    for article in family:
        groups[voices.get(article, article)].append(article)
    said = [(a, b) for group in groups.values() for a, b in combinations(group, 2)]
    right = sum(family[a] == family[b] for a, b in said)
    wanted = sum(comb(n, 2) for n in Counter(family.values()).values())
    print(f"{len(texts)} articles, {len(family) - len(texts)} copies of them")
    print(f"pairs: precision {right / max(1, len(said)):.4f}, recall {right / wanted:.4f} of {wanted}")


if __name__ == "__main__":
    main()
