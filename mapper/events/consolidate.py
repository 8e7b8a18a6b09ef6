"""One event, one candidate: within a sentence, drop what only tells more of another candidate's event."""

from __future__ import annotations

from mapper.events.candidate import Candidate
from mapper.events.syntax import Sentence

_OF_CONTENT = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})
_HARM = frozenset({"ASSAULT", "ACCIDENT", "DISASTER"})


def consolidated(s: Sentence, found: list[Candidate]) -> list[Candidate]:
    """Drop candidates that only tell more of another's event in the same sentence."""
    dropped: set[int] = set()
    for i, lower in enumerate(found):
        for j, upper in enumerate(found):
            if i != j and j not in dropped and i not in dropped and _absorbs(s, upper, lower):
                dropped.add(i)
    return [c for i, c in enumerate(found) if i not in dropped]


def _absorbs(s: Sentence, upper: Candidate, lower: Candidate) -> bool:
    if upper.span == lower.span:
        return upper.confidence > lower.confidence or (upper.confidence == lower.confidence and upper.word < lower.word)
    up_lower, _ = s.path(lower.word, upper.word)
    below = upper.word in up_lower or upper.anchor in up_lower
    between = [s.tokens[t] for t in up_lower[:-1]]
    crosses = any(t.dep in {"relcl", "advcl", "ccomp", "parataxis"} for t in between)
    same = upper.type == lower.type
    joined = s.tokens[lower.anchor].dep == "conj" and s.tokens[lower.anchor].head == upper.anchor
    if same and upper.mode != "visit" and (joined or (below and not crosses)) and upper.status == lower.status:
        own_subject = joined and bool(s.children(lower.anchor, "nsubj", "nsubjpass"))
        own_place = joined and _places_apart(s, upper.anchor, lower.anchor)
        return not own_subject and not own_place
    if (
        same
        and lower.type == "CONSULT"
        and s.tokens[lower.anchor].dep == "advcl"
        and s.tokens[lower.anchor].tag == "VBG"
    ):
        return s.tokens[lower.anchor].head == upper.anchor  # "met the king, kicking off a tour": one occasion
    if same and upper.mode == "visit" and below and not crosses and lower.word != lower.anchor:
        return True
    if (
        same
        and upper.mode == "visit"
        and below
        and not crosses
        and lower.type == "CONSULT"
        and s.tokens[lower.word].tag.startswith("NN")
    ):
        return True
    if upper.type == "PROTEST" and lower.type == "REQUEST" and below:
        return s.tokens[lower.anchor].dep in {"xcomp", "advcl", "acl"}  # what it is for
    content = upper.type in _OF_CONTENT and lower.status in {"hypothetical", "planned", "denied"}
    if below and not crosses and content:
        # What is agreed, asked, refused or threatened is that event's content.
        return s.tokens[lower.word].tag.startswith("VB") or lower.word == lower.anchor
    # "The quake killed 40", "40 died in the crash": one event, named by its cause.
    if upper.type in {"DISASTER", "ACCIDENT"} and lower.type == "ASSAULT":
        clause = lower.anchor
        while s.tokens[clause].dep == "conj" and not s.children(clause, "nsubj", "nsubjpass"):
            clause = s.tokens[clause].head
        return upper.word in set(s.subtree(clause))
    if (
        same
        and upper.type in _HARM
        and s.tokens[upper.word].tag.startswith("NN")
        and s.tokens[lower.word].tag.startswith("VB")
    ):
        return s.tokens[upper.word].dep == "nsubj" and s.tokens[upper.word].head == lower.word
    if upper.type == "ASSAULT" and lower.type == "MOBILIZE":
        return below or joined
    return False


def _places_apart(s: Sentence, upper: int, lower: int) -> bool:
    """Whether two coordinated verbs each have a place phrase of their own."""

    def has(i: int) -> bool:
        return any(
            p.lower in {"in", "at", "near"} and any(o.tag == "NNP" for o in s.children(p.i, "pobj"))
            for p in s.children(i, "prep")
        )

    return has(upper) and has(lower)
