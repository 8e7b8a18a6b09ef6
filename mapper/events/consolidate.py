"""One event, one candidate: within a sentence, drop what only tells more of another candidate's event."""

from __future__ import annotations

from dataclasses import replace

from mapper.events.candidate import Candidate
from mapper.events.fits import DRIVERS
from mapper.events.grammar import Grammar
from mapper.events.lexicon import singular
from mapper.events.outcome import came_of, harms
from mapper.events.syntax import Sentence

_OF_CONTENT = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})
_HARM = frozenset({"ASSAULT", "ACCIDENT", "DISASTER"})


def consolidated(s: Sentence, found: list[Candidate]) -> list[Candidate]:
    """Drop candidates that only tell more of another's event in the same sentence."""
    owner: dict[int, int] = {}
    for i, lower in enumerate(found):
        for j, upper in enumerate(found):
            if i != j and i not in owner and owner.get(j) is None and _absorbs(s, upper, lower):
                owner[i] = j
    results: dict[int, list[int]] = {}
    kept = [i for i in range(len(found)) if i not in owner]
    for i in kept:
        near = _by_nearness(found, i, kept)
        cause = next((j for j in near if j not in owner and came_of(s, found[j], found[i])), None)
        if cause is not None:
            results.setdefault(cause, []).append(found[i].anchor)
            owner[i] = cause
    return [
        replace(c, results=tuple(r for o, rs in results.items() if _root(o, owner) == i for r in rs))
        for i, c in enumerate(found)
        if i not in owner
    ]


def _by_nearness(found: list[Candidate], i: int, kept: list[int]) -> list[int]:
    return sorted((j for j in kept if j != i), key=lambda j: (abs(found[j].word - found[i].word), j))


def _root(i: int, owner: dict[int, int]) -> int:
    while i in owner:
        i = owner[i]
    return i


def _absorbs(s: Sentence, upper: Candidate, lower: Candidate) -> bool:
    if upper.span == lower.span:
        return upper.confidence > lower.confidence or (upper.confidence == lower.confidence and upper.word < lower.word)
    up_lower, _ = s.path(lower.word, upper.word)
    below = upper.word in up_lower or upper.anchor in up_lower
    between = [s.tokens[t] for t in up_lower[:-1]]
    crosses = any(t.dep in {"relcl", "advcl", "ccomp", "parataxis"} for t in between)
    same = upper.type == lower.type
    joined = s.tokens[lower.anchor].dep == "conj" and s.tokens[lower.anchor].head == upper.anchor
    if same and upper.type == "CEREMONY" and s.tokens[lower.anchor].dep in {"xcomp", "advcl", "acl", "relcl"}:
        return below or upper.anchor in up_lower  # "laid flowers to mark the anniversary"
    passive = s.tokens[lower.anchor].tag == "VBN" and not s.children(lower.anchor, "agent", "dobj")
    nobody = passive and not _places_apart(s, upper.anchor, lower.anchor)
    if same and joined and nobody and harms(s.tokens[upper.anchor]) and harms(s.tokens[lower.anchor]):
        return True  # "56 were killed and 30 wounded"
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
        hangs = s.tokens[lower.anchor]
        return hangs.dep in {"xcomp", "advcl", "acl"} and hangs.head in {upper.anchor, upper.word}  # what it is for
    content = upper.type in _OF_CONTENT and lower.status in {"hypothetical", "planned", "denied"}
    if below and not crosses and content:
        # What is agreed, asked, refused or threatened is that event's content.
        return s.tokens[lower.word].tag.startswith("VB") or lower.word == lower.anchor
    # "The quake killed 40", "40 died in the crash": one event, named by its cause.
    if upper.type in {"DISASTER", "ACCIDENT"} and lower.type == "ASSAULT":
        clause = lower.anchor
        while s.tokens[clause].dep == "conj" and not s.children(clause, "nsubj", "nsubjpass"):
            clause = s.tokens[clause].head
        return upper.word in set(s.subtree(clause)) and not _deed_apart(s, upper, lower)
    if (
        same
        and upper.type in _HARM
        and s.tokens[upper.word].tag.startswith("NN")
        and s.tokens[lower.anchor].tag.startswith("VB")
    ):
        return s.tokens[upper.word].dep == "nsubj" and s.tokens[upper.word].head == lower.anchor
    if upper.type == "ASSAULT" and lower.type == "MOBILIZE":
        return below or joined
    return False


def _deed_apart(s: Sentence, mishap: Candidate, deed: Candidate) -> bool:
    """Whether somebody did it, and the mishap is only told beside: "gunmen attacked a bus that had crashed"."""
    verb, other = s.tokens[deed.anchor], s.tokens[mishap.anchor]
    if not verb.tag.startswith("VB") or not other.tag.startswith("VB"):
        return False
    reader = Grammar(s)
    doer, _ = reader.arguments(verb)
    own, _ = reader.arguments(other)
    known = doer is not None and reader.agentive(doer) and singular(doer.lower) not in DRIVERS
    same = doer is not None and own is not None and (doer.i == own.i or own.tag == "PRP")
    return not same and (known or not (harms(verb) or deed.mode == "destroy"))


def _places_apart(s: Sentence, upper: int, lower: int) -> bool:
    """Whether two coordinated verbs each have a place phrase of their own."""

    def has(i: int) -> bool:
        return any(
            p.lower in {"in", "at", "near"} and any(o.tag == "NNP" for o in s.children(p.i, "pobj"))
            for p in s.children(i, "prep")
        )

    return has(upper) and has(lower)
