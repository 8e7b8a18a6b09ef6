"""The pipeline's stages apart, on one core, by CPU time; and articles to run it on.

``python -m tests.bench.stages ARTICLES`` prints them; ARTICLES is anything that ``mapper parse`` takes. The models are
loaded, and a few articles read, before the clock starts.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

from mapper.articles import read
from mapper.codec import encode_line, from_record, to_record
from mapper.model import Analysis, Article

WORDS = 400
"""Of a made-up article: as long as news articles are."""


def write_articles(count: int, path: Path, *, words: int = WORDS) -> Path:
    """Made-up articles as JSON lines: sentences of the made-up news over the Sahel, drawn anew for each."""
    from tests.fixtures.sahel import STORIES

    draw = random.Random(count)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number in range(count):
            day, source, title, _ = draw.choice(STORIES)
            parts: list[str] = []
            while sum(len(part.split()) for part in parts) < words:
                parts.append(draw.choice(STORIES)[3])
            record = {"id": str(number), "text": "\n".join(parts), "title": title, "source": source, "published": day}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def rates(*inputs: str) -> dict[str, float]:
    """Articles a second of each stage and of all, words a second of the two that read text, seconds to load."""
    from mapper.pipeline import Engine

    start = time.process_time()
    articles = [item for item in read(*inputs) if isinstance(item, Article)]
    words = sum(len(article.text.split()) for article in articles)
    reading = time.process_time() - start
    start = time.process_time()
    engine = Engine.load()
    engine.analyse(articles[:4])
    loading = time.process_time() - start
    start = time.process_time()
    toponyms = engine.geoparser.parse(articles)
    parsed = time.process_time()
    coded = engine.coder.code(list(zip(articles, toponyms, strict=True)))
    done = time.process_time()
    analyses = [
        Analysis(article=article, toponyms=found, times=times, events=events)
        for article, found, (times, events) in zip(articles, toponyms, coded, strict=True)
    ]
    packing = time.process_time()
    for analysis in analyses:
        from_record(json.loads(encode_line(to_record(analysis))))
    packed = time.process_time()
    count = len(articles)
    return {
        "articles": count,
        "words": words,
        "loading_s": loading,
        "reading": count / reading,
        "geoparse": count / (parsed - start),
        "geoparse_words": words / (parsed - start),
        "events": count / (done - parsed),
        "events_words": words / (done - parsed),
        "records": count / (packed - packing),
        "analysis": count / (done - start),
    }


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for name, value in rates(*sys.argv[1:]).items():
        print(f"{name:<16}{value:>12,.1f}")


if __name__ == "__main__":
    main()
