"""What an analysis depends on besides its article, and analysing again in a store what depended on something else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

import gazetteer
from gazetteer.worldview import DEFAULT, worldviews
from mapper import __version__
from mapper.language import MODEL_VERSION
from mapper.model import Analysis
from mapper.pipeline import Refuse, analyse
from mapper.store import Store, batches

_SEEN = ", worldview "


def analysis_version(worldview: str = DEFAULT) -> str:
    """What an analysis depends on besides the article: this program, its gazetteer, its language model, and whose
    country places in disputed areas are shown with."""
    data = str(gazetteer.info()["database"]["sha256"])[:12]
    seen = "" if worldview == DEFAULT else f"{_SEEN}{worldview}"
    return f"mapper {__version__}, gazetteer {data}, model {MODEL_VERSION}{seen}"


def reanalyse(path: Path, *, workers: int, refuse: Refuse, quiet: bool) -> tuple[int, int]:
    """Analyse again what an earlier version analysed, in the worldview that it was analysed in; how many articles were,
    and how many stay as they are."""
    versions = {analysis_version(worldview): worldview for worldview in worldviews()}
    done = 0
    with Store.open(path, create=False) as store:
        for version, worldview in versions.items():
            articles = (one.article for old, one in store.outdated(versions) if _worldview_of(old) == worldview)
            fresh = analyse(articles, workers=workers, refuse=refuse, worldview=worldview)
            shown: Iterator[Analysis] = tqdm(fresh, unit=" articles", disable=True if quiet else None, leave=False)
            for batch in batches(shown):
                store.add_all(batch, version=version)
                done += len(batch)
        return done, int(store.info()["articles"]) - done


def _worldview_of(version: str) -> str:
    """The worldview that an analysis's version names."""
    found = version.partition(_SEEN)[2]
    return found if found in worldviews() else DEFAULT
