"""Whether it happened, by sentences made by hand: what stands above a trigger, step by step."""

# ruff: noqa: E501 - a sentence is easier to read on one line

from __future__ import annotations

import pytest

from mapper.events.reality import of_noun, of_verb
from tests.events.by_hand import read


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ("The/DT/det/1 raid/NN/nsubj/2 shocked/VBD/ROOT/2 us/PRP/dobj/2", ("reported", "past")),
        ("No/DT/det/1 raid/NN/nsubj/2 shocked/VBD/ROOT/2", ("denied", "none")),
        ("Neither/DT/det/1 raid/NN/nsubj/2 shocked/VBD/ROOT/2", ("denied", "none")),
        ("An/DT/det/2 alleged/JJ/amod/2 raid/NN/nsubj/3 shocked/VBD/ROOT/3", ("hypothetical", "none")),
        ("The/DT/det/2 upcoming/JJ/amod/2 raid/NN/nsubj/3 shocked/VBD/ROOT/3", ("planned", "future")),
        ("The/DT/det/1 raid/NN/nsubj/3 scheduled/VBN/acl/1 shocks/VBZ/ROOT/3", ("planned", "future")),
        ("The/DT/det/1 raid/NN/nsubj/3 due/JJ/amod/1 shocked/VBD/ROOT/3", ("reported", "past")),
        # in company
        ("Hopes/NNS/nsubj/4 of/IN/prep/0 peace/NN/pobj/1 and/CC/cc/2 raid/NN/conj/2 grew/VBD/ROOT/5", ("hypothetical", "none")),
        ("Fear/NN/nsubj/3 of/IN/prep/0 raid/NN/pobj/1 grew/VBD/ROOT/3", ("hypothetical", "none")),
        ("The/DT/det/1 anniversary/NN/nsubj/4 of/IN/prep/1 raid/NN/pobj/2 came/VBD/ROOT/4", ("background", "past")),
        ("The/DT/det/1 market/NN/nsubj/4 of/IN/prep/1 raid/NN/pobj/2 closed/VBD/ROOT/4", ("reported", "past")),
        ("prone/JJ/ROOT/0 to/IN/prep/0 raid/NN/pobj/1", ("hypothetical", "none")),
        ("subject/JJ/ROOT/0 to/IN/prep/0 raid/NN/pobj/1", ("hypothetical", "none")),
        ("sad/JJ/ROOT/0 about/IN/prep/0 raid/NN/pobj/1", ("reported", "none")),
        ("The/DT/det/1 raid/NN/ROOT/1", ("reported", "none")),
        ("They/PRP/nsubj/1 slept/VBD/ROOT/1 before/IN/prep/1 the/DT/det/4 raid/NN/pobj/2", ("planned", "future")),
        # what its verb says
        ("The/DT/det/1 raid/NN/nsubjpass/3 is/VBZ/auxpass/3 expected/VBN/ROOT/3 to/TO/aux/5 focus/VB/xcomp/3", ("reported", "none")),
        ("They/PRP/nsubj/1 remembered/VBD/ROOT/1 the/DT/det/3 victims/NNS/dobj/1 of/IN/prep/1 raid/NN/pobj/4", ("background", "past")),
        ("The/DT/det/1 raid/NN/nsubj/2 designed/VBD/ROOT/2", ("reported", "none")),
        ("The/DT/det/1 raid/NN/nsubj/4 did/VBD/aux/4 not/RB/neg/4 damage/VB/ROOT/4", ("reported", "past")),
        ("The/DT/det/1 raid/NN/nsubj/4 did/VBD/aux/4 not/RB/neg/4 happen/VB/ROOT/4", ("denied", "past")),
        ("They/PRP/nsubj/2 will/MD/aux/2 stop/VB/ROOT/2 because/IN/prep/2 raid/NN/pobj/3", ("reported", "none")),
        ("Nobody/NN/nsubjpass/2 was/VBD/auxpass/2 hurt/VBN/ROOT/2 in/IN/prep/2 raid/NN/pobj/3", ("reported", "past")),
        ("They/PRP/nsubj/1 cancelled/VBD/ROOT/1 the/DT/det/3 raid/NN/dobj/1", ("denied", "none")),
        ("They/PRP/nsubj/1 asked/VBD/ROOT/1 for/IN/prep/1 raid/NN/pobj/2", ("hypothetical", "none")),
        ("They/PRP/nsubj/1 announced/VBD/ROOT/1 a/DT/det/3 raid/NN/dobj/1", ("planned", "future")),
        ("They/PRP/nsubj/1 denied/VBD/ROOT/1 the/DT/det/3 raid/NN/dobj/1", ("denied", "none")),
        ("They/PRP/nsubj/2 will/MD/aux/2 hold/VB/ROOT/2 a/DT/det/4 raid/NN/dobj/2", ("planned", "future")),
        ("They/PRP/nsubj/2 will/MD/aux/2 condemn/VB/ROOT/2 a/DT/det/4 raid/NN/dobj/2", ("reported", "none")),
    ],
)  # fmt: skip
def test_an_event_that_a_noun_names(spec: str, told: tuple[str, str]) -> None:
    s = read(spec)
    found = of_noun(s, next(t.i for t in s.tokens if t.lower == "raid"))
    assert (found.status, found.tense) == told


def test_only_said_to_lie_ahead() -> None:
    s = read("They/PRP/nsubj/1 slept/VBD/ROOT/1 before/IN/prep/1 the/DT/det/4 raid/NN/pobj/2")
    assert of_noun(s, 4).ahead is True


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ("They/PRP/nsubj/1 raided/VBD/ROOT/1 it/PRP/dobj/1", ("reported", "past")),
        ("They/PRP/nsubj/2 may/MD/aux/2 raided/VB/ROOT/2", ("hypothetical", "none")),
        ("They/PRP/nsubj/2 will/MD/aux/2 raided/VB/ROOT/2", ("planned", "future")),
        ("None/NN/nsubj/1 raided/VBD/ROOT/1", ("denied", "past")),
        ("No/DT/det/1 man/NN/nsubj/2 raided/VBD/ROOT/2", ("denied", "past")),
        # two of a kind
        ("They/PRP/nsubj/1 plan/VBP/ROOT/1 to/TO/aux/3 flee/VB/xcomp/1 and/CC/cc/3 to/TO/aux/6 raided/VB/conj/3", ("planned", "future")),
        ("They/PRP/nsubj/2 may/MD/aux/2 flee/VB/ROOT/2 and/CC/cc/2 raided/VB/conj/2", ("hypothetical", "none")),
        ("They/PRP/nsubj/2 may/MD/aux/2 flee/VB/ROOT/2 and/CC/cc/2 raided/VBD/conj/2", ("reported", "past")),
        ("They/PRP/nsubj/1 fled/VBD/ROOT/1 and/CC/cc/1 raided/VB/conj/1", ("reported", "past")),
        # beneath another verb
        ("They/PRP/nsubj/1 began/VBD/ROOT/1 raided/VBG/xcomp/1", ("reported", "past")),
        ("They/PRP/nsubj/1 saw/VBD/ROOT/1 men/NNS/nsubj/3 raided/VB/xcomp/1", ("reported", "past")),
        ("Proof/NN/ROOT/0 that/IN/mark/3 men/NNS/nsubj/3 raided/VBD/acl/0 it/PRP/dobj/3", ("reported", "past")),
        ("Claims/NNS/ROOT/0 that/IN/mark/3 men/NNS/nsubj/3 raided/VBD/acl/0 it/PRP/dobj/3", ("hypothetical", "past")),
        ("They/PRP/nsubj/1 slept/VBD/ROOT/1 until/IN/mark/4 men/NNS/nsubj/4 raided/VBD/advcl/1", ("reported", "past")),
        ("They/PRP/nsubj/2 may/MD/aux/2 sleep/VB/ROOT/2 until/IN/mark/5 men/NNS/nsubj/5 raided/VBD/advcl/2", ("hypothetical", "past")),
        ("They/PRP/nsubj/1 slept/VBD/ROOT/1 once/RB/advmod/4 men/NNS/nsubj/4 raided/VBD/advcl/1", ("hypothetical", "past")),
        ("They/PRP/nsubj/1 slept/VBD/ROOT/1 as/IN/mark/4 men/NNS/nsubj/4 raided/VBD/advcl/1", ("reported", "past")),
        ("It/PRP/nsubj/1 slept/VBD/ROOT/1 far/RB/advmod/1 from/IN/prep/2 raided/VBG/pcomp/3", ("reported", "past")),
        ("It/PRP/nsubj/1 slept/VBD/ROOT/1 without/IN/prep/1 raided/VBG/pcomp/2", ("denied", "none")),
        ("raided/VBG/csubj/1 helps/VBZ/ROOT/1", ("hypothetical", "none")),
    ],
)  # fmt: skip
def test_an_event_that_a_verb_tells(spec: str, told: tuple[str, str]) -> None:
    s = read(spec)
    found = of_verb(s, next(t.i for t in s.tokens if t.lower == "raided"))
    assert (found.status, found.tense) == told


def test_a_chain_without_end_is_taken_as_it_is() -> None:
    chain = " ".join(f"w{n}/VB/conj/{n - 1 if n else 0}" for n in range(1, 20))
    s = read(f"They/PRP/ROOT/0 {chain}")
    assert of_verb(s, 19).status == "reported"
