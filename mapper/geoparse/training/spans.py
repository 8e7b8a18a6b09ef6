"""Fitting the span models: which proposals are place names, and of which kind.

scikit-learn fits; what is kept is one array of weights that numpy alone can use.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mapper.geoparse.linear import BUCKETS, LinearModels
from mapper.geoparse.reading import Reading
from mapper.geoparse.text import trim
from mapper.geoparse.training.corpora import Document

MODELS = ("place", "bare", "neutral", "demonym", "embedded", "metonym")
"""The columns: a place name (all features; without the recogniser's; language-neutral ones alone), and kinds."""

STRENGTH = {"place": 0.5, "bare": 0.5, "neutral": 1.0, "demonym": 0.5, "embedded": 0.5, "metonym": 0.3}
"""Inverse regularisation of each model: set by hand, not tuned."""

EVENTS_EMBEDDED = 0.2
"""Weight of where something happened as a teacher of what is not embedded: there are twelve times as many of them."""

_EVENTS = ("embedded", "event-location-dev")

SURE_LABELS = frozenset({"GPE", "LOC", "FAC", "NORP"})


@dataclass(slots=True)
class Examples:
    """Proposals with what they are: ``what`` is none, place, metonym, demonym, embedded, other or unknown."""

    rows: list[tuple[list[int], list[int], list[int]]] = field(default_factory=list)
    what: list[str] = field(default_factory=list)
    corpus: list[str] = field(default_factory=list)
    document: list[int] = field(default_factory=list)

    def extend(self, other: Examples) -> None:
        shift = (self.document[-1] + 1) if self.document else 0
        self.rows += other.rows
        self.what += other.what
        self.corpus += other.corpus
        self.document += [number + shift for number in other.document]


def label(document: Document, reading: Reading) -> list[str]:
    """What each proposal of a document is, by its annotation."""
    exact = {(gold.start, gold.end): gold.what for gold in document.gold}
    found = []
    for proposal in reading.proposals:
        start, end = trim(document.text, proposal.start, proposal.end)
        what = exact.get((start, end)) or exact.get(
            (start, end - 1) if document.text[end - 1 : end] == "." else (-1, -1)
        )
        if what is None:
            touching = [g for g in document.gold if g.start < end and start < g.end]
            if any(g.what == "other" for g in touching):
                what = "other"
            elif document.complete or touching:
                what = "none"
            else:
                sure = reading.page.exact.get((proposal.first, proposal.last)) in SURE_LABELS
                facts = reading.page.book.facts(document.text[start:end])
                what = "unknown" if sure or facts.places or facts.demonym else "none"
        found.append(what)
    return found


def examples(documents: Sequence[Document], readings: Sequence[Reading]) -> Examples:
    """Every proposal of the documents, labelled."""
    made = Examples()
    for number, (document, reading) in enumerate(zip(documents, readings, strict=True)):
        for what, neutral, context, tagger in zip(
            label(document, reading), reading.neutral, reading.context, reading.tagger, strict=True
        ):
            made.rows.append((neutral, context, tagger))
            made.what.append(what)
            made.corpus.append(document.corpus)
            made.document.append(number)
    return made


def _target(model: str, what: str, corpus: str) -> int | None:
    """1, 0, or None where the example teaches this model nothing."""
    if what in ("other", "unknown"):
        return None
    if model in ("place", "bare", "neutral"):
        return int(what in ("place", "metonym"))
    if model == "demonym":
        return int(what == "demonym") if corpus in ("lgl-dev", "geowebnews-dev") else None
    if model == "embedded":
        if corpus == "geowebnews-dev":
            return int(what == "embedded")
        # Elsewhere names within the names of organisations are annotated like others, so they teach nothing; but where
        # something happened is no organisation.
        return 0 if what == "place" and corpus == "event-location-dev" else None
    if what in ("place", "metonym") and corpus in ("geowebnews-dev", "relocar"):
        return int(what == "metonym")
    return None


def families(model: str) -> tuple[int, ...]:
    """Which feature families a model uses: 0 neutral, 1 context, 2 recogniser."""
    return {"bare": (0, 1), "neutral": (0,), "metonym": (0, 1), "embedded": (0, 1, 2)}.get(model, (0, 1, 2))


def fit(data: Examples, *, weight: Callable[[str], float], only: Sequence[str] = MODELS) -> LinearModels:
    """Fit the models and put them side by side."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((BUCKETS, len(MODELS)), np.float32)
    bias = np.zeros(len(MODELS), np.float32)
    for column, model in enumerate(MODELS):
        if model not in only:
            bias[column] = -20.0
            continue
        use = families(model)
        chosen, targets, importance = [], [], []
        for row, what, corpus in zip(data.rows, data.what, data.corpus, strict=True):
            target = _target(model, what, corpus)
            if target is None:
                continue
            chosen.append([bucket for family in use for bucket in row[family]])
            targets.append(target)
            importance.append(weight(corpus) * (EVENTS_EMBEDDED if (model, corpus) == _EVENTS else 1.0))
        if len(set(targets)) < 2:
            bias[column] = -20.0
            continue
        sizes = np.array([len(row) for row in chosen])
        flat = np.fromiter((bucket for row in chosen for bucket in row), np.int32, int(sizes.sum()))
        matrix = csr_matrix(
            (np.ones(len(flat), np.float32), flat, np.concatenate(([0], np.cumsum(sizes)))), (len(chosen), BUCKETS)
        )
        matrix.sum_duplicates()
        used = np.flatnonzero(matrix.getnnz(axis=0) >= 2)
        regression = LogisticRegression(C=STRENGTH[model], max_iter=120, tol=1e-3)
        regression.fit(matrix[:, used], np.array(targets), sample_weight=np.array(importance))
        weights[used, column] = regression.coef_[0]
        bias[column] = regression.intercept_[0]
    weights[np.abs(weights) < 0.02] = 0
    return LinearModels(MODELS, weights, bias)


def score(models: LinearModels, data: Examples) -> NDArray[np.float32]:
    """Log odds of every example by every model. A model has no weights on the families that it was not fitted on."""
    return models.scores([neutral + context + tagger for neutral, context, tagger in data.rows])
