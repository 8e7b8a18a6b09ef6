"""A second look at each proposed span, with the whole document in view.

The first look is the span models' score in the span's own sentence. Here it meets what the document says elsewhere:
the same name in a clearer place, the same word as somebody's surname, and the spans that overlap or adjoin.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mapper.geoparse.features import LOCATIVE
from mapper.geoparse.reading import Reading
from mapper.geoparse.trees import Trees

_SORTS = (
    "none", "area", "site", "small", "town", "mountain", "water", "adm", "adm2", "big", "seat", "region", "adm1",
    "capital", "country",
)  # fmt: skip
_LABELS = ("-", "PERSON", "ORG", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "LANGUAGE", "FAC", "LOC", "GPE")

FEATURES = (
    "place", "bare", "neutral", "demonym", "embedded", "same_max", "same_mean", "same_count", "outer", "inner",
    "cross", "population", "places", "sort", "size", "left", "right", "density", "label", "small_share", "surname",
    "part_of", "locative_elsewhere", "cased", "stock", "is_demonym", "position", "inside_person", "inside_org",
)  # fmt: skip

_NOTHING = -9.0

LATE = 0.7
"""Weight of the second look beside the first: alone it leans on how the corpora it learned from annotate."""

MOST_OTHERS = 500
"""Occurrences of a name that each of its occurrences is seen with: a text of one name only takes no longer."""


def stack_features(reading: Reading, scores: NDArray[np.float64], columns: Mapping[str, int]) -> NDArray[np.float64]:
    """One row of :data:`FEATURES` for each proposal of a reading."""
    page, proposals = reading.page, reading.proposals
    words = page.words
    n = len(proposals)
    rows = np.full((n, len(FEATURES)), _NOTHING)
    if not n:
        return rows
    for place, name in enumerate(("place", "bare", "neutral", "demonym", "embedded")):
        rows[:, place] = scores[:, columns[name]]
    place_score = rows[:, 0].tolist()
    names = [" ".join(words.lower[p.first : p.last]) for p in proposals]
    same: dict[str, list[int]] = defaultdict(list)
    containing: dict[str, list[int]] = defaultdict(list)
    surnames: dict[str, int] = defaultdict(int)
    locative: dict[str, int] = defaultdict(int)
    prepositions = LOCATIVE.get(page.language, LOCATIVE["en"])
    for number, proposal in enumerate(proposals):
        same[names[number]].append(number)
        if proposal.last - proposal.first > 1:
            containing[words.lower[proposal.first]].append(number)
            containing[words.lower[proposal.last - 1]].append(number)
        if proposal.first and words.lower[proposal.first - 1] in prepositions:
            locative[names[number]] += 1
    for entity in page.tagged:
        if entity.label == "PERSON":
            surnames[words.lower[entity.last - 1]] += 1
    # Of a name, not of each of its occurrences.
    longer = {name: max((place_score[k] for k in containing.get(name, ())), default=_NOTHING) for name in same}
    strong = sum(score > 0 for score in place_score) / max(len(words), 1)
    for number, proposal in enumerate(proposals):
        first, last = proposal.first, proposal.last
        row = rows[number]
        others = [place_score[k] for k in same[names[number]][:MOST_OTHERS] if k != number]
        row[7] = len(others)
        if others:
            row[5], row[6] = max(others), sum(others) / len(others)
        outer = inner = cross = left = right = _NOTHING
        k = number - 1
        while k >= 0 and proposals[k].first >= first - 12:
            other = proposals[k]
            if other.last <= first:
                if other.last >= first - 2:
                    left = max(left, place_score[k])
            elif other.last >= last:
                outer = max(outer, place_score[k])
            elif other.first == first:
                inner = max(inner, place_score[k])
            else:
                cross = max(cross, place_score[k])
            k -= 1
        k = number + 1
        while k < n and proposals[k].first <= last + 2:
            other = proposals[k]
            if other.first >= last:
                right = max(right, place_score[k])
            elif other.last <= last:
                inner = max(inner, place_score[k])
            elif other.first == first:
                outer = max(outer, place_score[k])
            else:
                cross = max(cross, place_score[k])
            k += 1
        row[8:11] = outer, inner, cross
        facts = page.book.facts(words.text[words.starts[first] : words.ends[last - 1]])
        label = page.exact.get((first, last), "-")
        inside = page.entity_at[first]
        within = page.tagged[inside].label if label == "-" and inside >= 0 else "-"
        low = words.lower[first:last]
        row[11:29] = (
            facts.population,
            facts.places,
            _SORTS.index(facts.sort),
            last - first,
            left,
            right,
            strong,
            _LABELS.index(label) if label in _LABELS else -1,
            max(page.lower_counts[word] / page.surface_counts[word] for word in low),
            surnames.get(names[number], 0) - (label == "PERSON" and last - first == 1),
            longer[names[number]],
            locative[names[number]],
            words.cased,
            sum(word in words.common for word in low) / len(low),
            facts.demonym,
            first / len(words),
            within == "PERSON",
            within == "ORG",
        )
    return rows


class Stack:
    """The second look: boosted trees over :data:`FEATURES`."""

    def __init__(self, trees: Trees) -> None:
        self.trees = trees

    def second(self, reading: Reading, scores: NDArray[np.float64], columns: Mapping[str, int]) -> NDArray[np.float64]:
        """Log odds that each proposal is a place name."""
        late = self.trees.scores(stack_features(reading, scores, columns))
        early = scores[:, columns["place"]] + scores[:, columns["bare"]]
        blended: NDArray[np.float64] = LATE * late + (1 - LATE) * early / 2
        return blended

    def save(self, path: Path) -> None:
        self.trees.save(path)

    @classmethod
    def load(cls, path: Path) -> Stack:
        return cls(Trees.load(path))
