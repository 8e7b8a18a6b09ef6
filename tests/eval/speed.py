"""``python -m tests.eval.speed CORPUS``: words a second of recognition and of resolution, and peak memory, as JSON.

One process and one thread; the models are loaded and a few texts read before the clock starts. Processor time, so that
other programs disturb it little (they still take turns in its caches).
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

BATCH = 64


def main() -> int:
    """Measure one corpus."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from gazetteer import Gazetteer
    from mapper.geoparse import Geoparser
    from mapper.geoparse.training import corpora
    from mapper.model import Article

    rows = corpora.rows(Path(sys.argv[1]))
    articles = [Article(id=str(row["doc_id"]), text=row["text"], url=row.get("url"), language="en") for row in rows]
    words = sum(len(article.text.split()) for article in articles)
    watch = time.process_time
    with Gazetteer.open() as gazetteer:
        geoparser = Geoparser(gazetteer)
        geoparser.parse([Article(id="a", text="Gunmen attacked Gao in Mali on Monday.", language="en")])
        recognising = resolving = 0.0
        for first in range(0, len(articles), BATCH):
            batch = articles[first : first + BATCH]
            begun = watch()
            readings = list(geoparser.recogniser.recognise(batch))
            middle = watch()
            for article, (reading, mentions, context) in zip(batch, readings, strict=True):
                geoparser.locate(article, reading, mentions, context)
            recognising, resolving = recognising + middle - begun, resolving + watch() - middle
    result = {
        "recognition": words / recognising,
        "resolution": words / resolving,
        "both": words / (recognising + resolving),
        "peak": peak_memory(),
    }
    print(json.dumps(result))
    return 0


def peak_memory() -> float | None:
    """The process's greatest resident size in megabytes; None where the platform does not tell."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not getrusage: a child's greatest size begins with its parent's there.
        lines = (line.split() for line in status.read_text(encoding="ascii", errors="replace").splitlines())
        return next((int(line[1]) / 1024 for line in lines if line and line[0] == "VmHWM:"), None)
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 if sys.platform != "darwin" else 1024 * 1024)


if __name__ == "__main__":
    sys.exit(main())
