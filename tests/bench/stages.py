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

# Most sentences of the news tell no event and name no place.
_PLAIN = (
    "The rest of the week was quiet, and most shops kept their usual hours.",
    "Officials had not commented by the time of writing, and the figures could not be checked independently.",
    "Prices have risen by about a tenth since last year, which many families say they can no longer bear.",
    "“We have seen all of this before, and we know how it ends,” said a teacher who asked not to be named.",
    "It is one of the poorest parts of the country, with few roads and a single hospital.",
    "Analysts are divided over what comes next, although few of them expect an early change of course.",
    "The rains came late this season and the harvest is likely to be smaller than hoped.",
    "According to people who know the matter, the decision had been put off several times.",
    "A spokeswoman said that the details would be made public in due time.",
    "The company that owns the plant employs some four thousand people, most of them from nearby villages.",
    "For years the two sides have spoken of trust, but neither has ever said what it means by it.",
    "Elders remember a time when there were forests here and the river never ran dry.",
)


def write_articles(count: int, path: Path, *, words: int = WORDS) -> Path:
    """Made-up articles as JSON lines: sentences of the made-up news over the Sahel, drawn anew for each."""
    from tests.fixtures.sahel import STORIES

    draw = random.Random(count)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number in range(count):
            day, source, title, _ = draw.choice(STORIES)
            parts: list[str] = []
            while sum(len(part.split()) for part in parts) < words:
                parts += [draw.choice(STORIES)[3], *draw.sample(_PLAIN, 3)]
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
