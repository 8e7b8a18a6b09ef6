"""Fitting the ranker and its calibration: which candidate of an annotated name is the right one."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gazetteer.place import Place
from mapper.geoparse.candidates import Options, options
from mapper.geoparse.evidence import FEATURES, Evidence
from mapper.geoparse.gather import gather
from mapper.geoparse.groups import softmax_by_group
from mapper.geoparse.kinds import is_demonym
from mapper.geoparse.logit import Logit
from mapper.geoparse.mention import Mention
from mapper.geoparse.names import NameBook
from mapper.geoparse.outlet import NOWHERE, Outlet
from mapper.geoparse.resolve import Calibration
from mapper.geoparse.text import Words
from mapper.geoparse.training.corpora import Gold

RIGHT_KM = 161.0
"""A hundred miles: how far off an answer may be and still count, in the literature."""

COUNTRY_KM = 1500.0
"""How far a country's two points may lie apart where the annotation gives no id."""


RULES = {"qualified_in": 5.0, "qualified_out": 0.0, "container_follows": 0.0, "at_sea": 3.0}
"""Weights that are set and not learned. A place in apposition that holds the candidate ("Paris, Texas") was right in
all of 53 names of lgl-dev; but such cases are few, and wiktor-dev, where every mention of a name counts as the page's
own subject, teaches the contrary. Seas that a province is called after ("Red Sea") are as few."""


@dataclass(slots=True)
class Case:
    """One annotated document, ready for ranking. ``gold`` is, for each mention, its annotation or None (context)."""

    corpus: str
    text: str
    mentions: list[Mention]
    looked_up: list[Options]
    gold: list[Gold | None]
    outlet: Outlet
    seen: Evidence | None = None

    def evidence(self, book: NameBook) -> Evidence:
        """The evidence of the first round, gathered once."""
        if self.seen is None:
            self.seen = gather(self.text, self.mentions, self.looked_up, book, self.outlet)
        return self.seen


_SENTENCE_END = re.compile(r"[.!?…][\"”’)]*\s+|\n+")


def sentences(case: Case, *, every: int = 2) -> Iterator[Case]:
    """The document's sentences with an annotated name, ``every`` so-manieth of them, as documents without an outlet: so
    the ranker learns what to think of a name that has little company, as in a tweet."""
    ends = [match.end() for match in _SENTENCE_END.finditer(case.text)] + [len(case.text)]
    start = found = 0
    for end in ends:
        here = [k for k, mention in enumerate(case.mentions) if start <= mention.start < end]
        start = end
        golds = [case.gold[k] for k in here]
        if not any(gold is not None and gold.geonameid for gold in golds):
            continue
        found += 1
        if (found - 1) % every == 0:
            yield Case(
                f"{case.corpus}, sentences", case.text, [case.mentions[k] for k in here],
                [case.looked_up[k] for k in here], golds, NOWHERE,
            )  # fmt: skip


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance."""
    p, q = math.radians(lat1), math.radians(lat2)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.0176 * math.asin(min(1.0, math.sqrt(h)))


def make_case(
    corpus: str,
    text: str,
    words: Words,
    given: Sequence[tuple[Mention, Gold | None]],
    book: NameBook,
    outlet: Outlet,
) -> Case:
    """Look the mentions of a document up. ``given`` pairs each with its annotation, or with None for context."""
    ordered = sorted(given, key=lambda pair: (pair[0].start, pair[0].end))
    mentions = [mention for mention, _ in ordered]
    looked_up = [options(m, words, book, demonym=is_demonym(m, book.facts(m.lookup or m.name))) for m in mentions]
    return Case(corpus, text, mentions, looked_up, [gold for _, gold in ordered], outlet)


def is_right(place: Place, gold: Gold, countries: Mapping[int, str]) -> bool:
    """Whether a place is what the annotation means: a country by its code, anything else within 161 km."""
    if gold.lat is None or gold.lon is None:
        return False
    km = kilometres(place.lat, place.lon, gold.lat, gold.lon)
    if place.feature_code.startswith("PCL"):
        if gold.geonameid is not None:
            return countries.get(gold.geonameid) == place.country_code
        return km < COUNTRY_KM
    return km <= RIGHT_KM


def _teaches(place: Place, gold: Gold, countries: Mapping[int, str]) -> bool:
    """As :func:`is_right`; besides, a region or continent is right wherever in it the annotation put its point."""
    if is_right(place, gold, countries):
        return True
    wide = {"RGN": COUNTRY_KM, "CONT": 2 * COUNTRY_KM}.get(place.feature_code, 0.0)
    return gold.country is None and place.feature_class == "L" and _away(place, gold) < wide


def _away(place: Place, gold: Gold) -> float:
    return kilometres(place.lat, place.lon, gold.lat or 0.0, gold.lon or 0.0)


def targets(evidence: Evidence, case: Case, countries: Mapping[int, str]) -> list[tuple[int, list[int]]]:
    """For each group with an annotation that some candidate meets: the group, and the rows that are right (those of the
    very id where there are any)."""
    found = []
    for number, group in enumerate(evidence.groups):
        gold = next((case.gold[m] for m in group.mentions if case.gold[m] is not None), None)
        if gold is None or gold.lat is None:
            continue
        rows = range(group.rows.start, group.rows.stop)
        same = [row for row in rows if gold.geonameid and evidence.places[row].id == f"geonames:{gold.geonameid}"]
        right = same or [row for row in rows if _teaches(evidence.places[row], gold, countries)]
        if right:
            if not same:
                away = {r: _away(evidence.places[r], gold) for r in right}
                least = min(away.values())
                right = [r for r in right if away[r] <= least + 10.0]
            found.append((number, right))
    return found


@dataclass(slots=True)
class Ranker:
    """The two rounds."""

    first: Logit
    second: Logit


def fit_ranker(
    cases: Sequence[Case], book: NameBook, countries: Mapping[int, str], weight: Mapping[str, float]
) -> Ranker:
    """Fit the first round, then the second on what the first believes."""
    early = [(case, case.evidence(book)) for case in cases]
    first = fit_logit(early, countries, weight)
    late = [
        (
            case,
            gather(
                case.text, case.mentions, case.looked_up, book, case.outlet,
                belief=softmax_by_group(first.scores(evidence.rows), evidence.groups), groups=evidence.groups,
            ),
        )
        for case, evidence in early
    ]  # fmt: skip
    return Ranker(first, fit_logit(late, countries, weight))


def fit_logit(
    pairs: Sequence[tuple[Case, Evidence]],
    countries: Mapping[int, str],
    weight: Mapping[str, float],
    *,
    penalty: float = 1.0,
) -> Logit:
    """Greatest likelihood of the right candidates among each name's, with a ridge on standardised weights."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    blocks, marks, importance = [], [], []
    for case, evidence in pairs:
        for number, right in targets(evidence, case, countries):
            group = evidence.groups[number]
            if group.rows.stop - group.rows.start < 2:
                continue
            blocks.append(evidence.rows[group.rows])
            mark = np.zeros(group.rows.stop - group.rows.start, bool)
            mark[[row - group.rows.start for row in right]] = True
            marks.append(mark)
            count = math.sqrt(sum(case.gold[m] is not None for m in group.mentions))
            importance.append(count * weight.get(case.corpus, 1.0))
    rows = np.vstack(blocks)
    scale = rows.std(axis=0)
    used = (scale > 1e-9) & np.array([name not in RULES for name in FEATURES])
    scale[~used] = 1.0
    scale = np.maximum(scale, 0.15)  # a feature seen a few times must not carry a great weight
    rows = rows / scale * used
    right_rows = np.concatenate(marks)
    starts = np.concatenate(([0], np.cumsum([len(block) for block in blocks])[:-1]))
    owner = np.repeat(np.arange(len(blocks)), [len(block) for block in blocks])
    weights = np.array(importance)
    fixed = np.array([RULES.get(name, 0.0) for name in FEATURES])
    set_scores = np.vstack(blocks) @ fixed

    def loss(beta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = rows @ beta + set_scores
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        total = np.add.reduceat(odds, starts)
        good = np.add.reduceat(odds * right_rows, starts) + 1e-30
        value = -float((weights * (np.log(good) - np.log(total))).sum()) + penalty * float(beta @ beta) / 2
        slope = weights[owner] * (odds / total[owner] - odds * right_rows / good[owner])
        return value, rows.T @ slope + penalty * beta

    fitted = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return Logit(FEATURES, fitted.x / scale * used + fixed)


def rank(case: Case, ranker: Ranker, book: NameBook) -> tuple[Evidence, NDArray[np.float64]]:
    """Both rounds on one case."""
    early = case.evidence(book)
    groups = early.groups
    belief = softmax_by_group(ranker.first.scores(early.rows), groups)
    late = gather(case.text, case.mentions, case.looked_up, book, case.outlet, belief=belief, groups=groups)
    return late, softmax_by_group(ranker.second.scores(late.rows), groups)


def judged(
    cases: Sequence[Case], ranker: Ranker, book: NameBook, countries: Mapping[int, str]
) -> list[tuple[list[float], bool]]:
    """Calibration examples: each annotated mention's signs of doubt, and whether the best candidate is right."""
    found = []
    for case in cases:
        evidence, chances = rank(case, ranker, book)
        for group in evidence.groups:
            part = chances[group.rows]
            if not len(part):
                continue
            best = evidence.places[group.rows.start + int(part.argmax())]
            for number in group.mentions:
                gold = case.gold[number]
                if gold is not None and gold.lat is not None:
                    signs = Calibration.signs(part, group, case.mentions[number], evidence)
                    found.append((signs, is_right(best, gold, countries)))
    return found


def fit_calibration(examples: Sequence[tuple[list[float], bool]]) -> Calibration:
    """Logistic regression from signs of doubt to being right."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, max_iter=500)
    model.fit(np.array([signs for signs, _ in examples]), np.array([right for _, right in examples]))
    return Calibration(tuple(float(w) for w in model.coef_[0]), float(model.intercept_[0]))
