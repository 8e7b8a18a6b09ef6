"""``OMP_NUM_THREADS=1 python -m tests.bench.stages ARTICLES``: words a second of each stage, on one core, by CPU time.

ARTICLES is anything that ``mapper parse`` takes. The models are loaded, and a few articles read, before the clock
starts.
"""

from __future__ import annotations

import sys
import time

from mapper.articles import read
from mapper.model import Article
from mapper.pipeline import Engine


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    articles = [item for item in read(*sys.argv[1:]) if isinstance(item, Article)]
    words = sum(len(article.text.split()) for article in articles)
    engine = Engine.load()
    engine.analyse(articles[:4])
    started = time.process_time()
    toponyms = engine.geoparser.parse(articles)
    parsed = time.process_time()
    engine.coder.code(list(zip(articles, toponyms, strict=True)))
    coded = time.process_time()
    print(f"{len(articles)} articles, {words} words")
    print(f"geoparse {words / (parsed - started):,.0f} words/s")
    print(f"events   {words / (coded - parsed):,.0f} words/s")
    print(f"both     {len(articles) / (coded - started):.1f} articles/s")


if __name__ == "__main__":
    main()
