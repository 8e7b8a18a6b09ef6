"""Which place each mention means: two rounds of a learned ranker over named evidence, then a calibrated confidence."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gazetteer.place import Candidate
from mapper.geoparse.candidates import Options
from mapper.geoparse.evidence import INDEX, Evidence
from mapper.geoparse.gather import gather
from mapper.geoparse.groups import Group, make_groups, softmax_by_group
from mapper.geoparse.linear import sigmoid
from mapper.geoparse.logit import Logit
from mapper.geoparse.mention import Mention
from mapper.geoparse.names import NameBook
from mapper.geoparse.outlet import Outlet
from mapper.geoparse.reasons import reason

RUNNERS_UP = 5

ABSTAIN = 0.12
"""Least confidence with which a place is answered."""
ABSTAIN_INSIDE = 0.4
"""The same where a name is known only for another inside it: of such answers below it, hardly one in ten is right."""


_TWIN = 0.25  # probability that a city needs beside that of its state


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of one mention. ``confidence`` is the probability that the place is right."""

    candidate: Candidate | None
    confidence: float
    others: tuple[tuple[Candidate, float], ...]
    why: str


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt scaling with company: log odds of being right from the ranker's own, and other signs of doubt."""

    weights: tuple[float, ...]
    bias: float

    @staticmethod
    def signs(chances: NDArray[np.float64], group: Group, mention: Mention, evidence: Evidence) -> list[float]:
        """Log odds of the best, how its candidates were found, how well known it is, how long its name is, and whether
        the outlet is at home there. What the span models think of the mention is no sign: they are surer of texts that
        they were trained on, and so would teach doubt of all others."""
        index = int(chances.argmax())
        best = float(chances[index])
        candidate = group.options.candidates[index]
        alone = float(len(chances) == 1)
        row = evidence.rows[group.first_row + index]
        population = float(row[INDEX["population"]])
        return [
            math.log((best + 0.002) / (1.002 - best)),
            alone,
            alone * population,
            float(group.options.via == "part"),
            float(group.options.via == "inside"),
            population,
            float(candidate.kind != "name"),
            math.log1p(mention.last - mention.first),
            float(row[INDEX["outlet_near"]]),
        ]

    def __call__(self, chances: NDArray[np.float64], group: Group, mention: Mention, evidence: Evidence) -> float:
        signs = self.signs(chances, group, mention, evidence)
        return sigmoid(sum(w * s for w, s in zip(self.weights, signs, strict=True)) + self.bias)

    def save(self, path: Path) -> None:
        text = json.dumps({"weights": [round(w, 5) for w in self.weights], "bias": round(self.bias, 5)})
        path.write_text(text + "\n", encoding="utf-8", newline="\n")

    @classmethod
    def load(cls, path: Path) -> Calibration:
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(tuple(data["weights"]), data["bias"])


def _city(order: Sequence[int], chances: NDArray[np.float64], group: Group, evidence: Evidence) -> int:
    """The best candidate, but of a state and the city of its name in it the city, where nothing speaks for the state.

    The ranker goes by size; nothing else of the state in the text, no word such as "governor" beside the name and no
    town before it ("Albany, New York") is what tells a state.
    """
    best = order[0]
    first = group.first_row
    unit = evidence.places[first + best]
    if unit.feature_code != "ADM1" or group.beside:
        return best
    row = evidence.rows[first + best]
    if row[INDEX["holds_others"]] > 0 or row[INDEX["listed_alike"]] > 0:
        return best
    towns = (k for k in order[1:3] if evidence.places[first + k].feature_class == "P" and chances[k] >= _TWIN)
    return next((k for k in towns if evidence.places[first + k].admin1 == unit.id), best)


class Resolver:
    """Ranks the candidates of a document's mentions, all together."""

    def __init__(self, book: NameBook, *, first: Logit, second: Logit, calibration: Calibration) -> None:
        self.book = book
        self.first, self.second, self.calibration = first, second, calibration

    def rank(
        self, text: str, mentions: Sequence[Mention], looked_up: Sequence[Options], outlet: Outlet
    ) -> tuple[Evidence, NDArray[np.float64]]:
        """The evidence of the second round, and each candidate's probability within its group."""
        groups = make_groups(text, mentions, looked_up, self.book)
        early = gather(text, mentions, looked_up, self.book, outlet, groups=groups)
        belief = softmax_by_group(self.first.scores(early.rows), groups)
        late = gather(text, mentions, looked_up, self.book, outlet, belief=belief, groups=groups)
        return late, softmax_by_group(self.second.scores(late.rows), groups)

    def resolve(
        self, text: str, mentions: Sequence[Mention], looked_up: Sequence[Options], outlet: Outlet
    ) -> list[Resolution]:
        """One resolution for each mention, in order."""
        nowhere = Resolution(None, 0.0, (), "not in the gazetteer")
        answers = [nowhere] * len(mentions)
        if not mentions:
            return answers
        evidence, chances = self.rank(text, mentions, looked_up, outlet)
        for number, group in enumerate(evidence.groups):
            part = chances[group.rows]
            if not len(part):
                continue
            order = sorted(range(len(part)), key=lambda k: (-round(float(part[k]), 6), k))
            best = _city(order, part, group, evidence)
            swapped = best != order[0]
            if swapped:
                part = part.copy()
                part[order[0]] = 0.99 * part[best]  # no surer of the city than the ranker was
                order = [best, *(k for k in order if k != best)]
            candidate = group.options.candidates[best]
            others = tuple(
                (group.options.candidates[k], float(part[k])) for k in order[1 : RUNNERS_UP + 1] if part[k] >= 0.0005
            )
            why = reason(evidence, number, group.first_row + best, outlet)
            if swapped:
                why = "the city, as nothing speaks for the state of its name"
            for mention in group.mentions:
                sure = self.calibration(part, group, mentions[mention], evidence)
                if sure < (ABSTAIN_INSIDE if group.options.via == "inside" else ABSTAIN):
                    everyone = ((candidate, float(part[best])), *others)[:RUNNERS_UP]
                    said = f"no place of this name fits well enough (best: {candidate.place.name}, {sure:.2f})"
                    answers[mention] = Resolution(None, sure, everyone, said)
                else:
                    answers[mention] = Resolution(candidate, sure, others, why)
        return answers


__all__ = ["INDEX", "Calibration", "Resolution", "Resolver"]
