"""An event as one sentence tells it, before anyone asks who, when and where."""

from __future__ import annotations

from dataclasses import dataclass

from mapper.events.lexicon import Sense
from mapper.events.reality import Tense
from mapper.events.syntax import Sentence, Token
from mapper.model import Span, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A trigger with its type and status.

    ``anchor`` is the index of the token that governs its clause (the verb of "carried out an attack"), ``word`` that of
    the trigger's main word.
    """

    word: int
    anchor: int
    span: Span
    type: str
    mode: str | None
    status: Status
    tense: Tense
    confidence: float
    why: str
    results: tuple[int, ...] = ()
    """The words that tell what came of it ("…, killing six"): indices of tokens."""


def make(
    s: Sentence,
    trigger: Token,
    anchor: int,
    sense: Sense,
    status: Status,
    tense: Tense,
    confidence: float,
    why: str,
    *,
    verb: Token | None = None,
) -> Candidate:
    """A candidate whose confidence falls with the depth of its clause; ``verb`` is what a noun trigger hangs on."""
    first, last = trigger, trigger
    if verb is not None:
        if verb.i < trigger.i <= verb.i + 5:
            first = verb
        elif verb.i != trigger.i:
            first = last = verb
        for particle in s.children(verb.i, "prt"):
            if particle.i == last.i + 1:
                last = particle
    depth = sum(
        1
        for t in (s.tokens[anchor], *s.ancestors(anchor))
        if t.dep in {"advcl", "relcl", "acl", "ccomp", "xcomp", "pcomp"}
    )
    if depth and s.tokens[anchor].dep in {"ccomp", "xcomp"}:
        depth -= 1  # what somebody said is not less sure for being said
    confidence -= 0.04 * depth
    confidence -= {"hypothetical": 0.2, "denied": 0.15, "planned": 0.05}.get(status, 0.0)
    return Candidate(
        word=trigger.i, anchor=anchor, span=Span(start=first.start, end=last.end), type=sense.type, mode=sense.mode,
        status=status, tense=tense, confidence=max(0.05, min(0.97, confidence)), why=why,
    )  # fmt: skip
