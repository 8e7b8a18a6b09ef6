"""What grammar settles about a place, by sentences made by hand: a name that the linker holds for even odds."""

# ruff: noqa: E501 - a sentence is easier to read on one line

from __future__ import annotations

from typing import Any

import pytest

from mapper.events.linking import Scored
from mapper.events.placing_rules import grammatical, is_region
from mapper.model import PlaceRef
from tests.events.by_hand import name, place, read, trigger

MALI = place("Mali", "PCLI", "A")
LIKELY, FAIRLY, HARDLY, OPEN = 0.95, 0.6, 0.1, 0.5


def chance(
    spec: str, word: str, type_: str, *, of: str = "Gao", ref: PlaceRef | None = None, kind: str = "literal",
    before: float = OPEN, **changes: Any,
) -> tuple[float, str]:  # fmt: skip
    s = read(spec)
    t = name(s, of, ref, kind)
    head = s.head_of(t)
    assert head is not None
    above = s.tokens[head.head]
    preposition = above.lower if head.dep == "pobj" else ""
    anchor = changes.pop("anchor", None)
    if anchor is not None:
        changes["anchor"] = next(x.i for x in s.tokens if x.text == anchor)
    scored = Scored(toponym=0, probability=before, why="the linker", preposition=preposition)
    found = grammatical(s, trigger(s, word, type_, **changes), [t], scored)
    return found.probability, found.why


def test_a_name_that_is_no_word_of_the_sentence_is_left_as_it_is() -> None:
    s = read("They/PRP/nsubj/1 attacked/VBD/ROOT/1 Gao/NNP/dobj/1")
    t = name(read("They/PRP/nsubj/1 attacked/VBD/ROOT/1 Gao/NNP/dobj/1", at=500), "Gao")
    scored = Scored(toponym=0, probability=0.5, why="", preposition="")
    assert grammatical(s, trigger(s, "attacked"), [t], scored) is scored


@pytest.mark.parametrize(
    ("spec", "chances"),
    [
        ("Gao/NNP/nsubj/5 where/WRB/advmod/3 they/PRP/nsubj/3 attacked/VBD/relcl/0 ,/,/punct/0 fell/VBD/ROOT/5", LIKELY),
        ("Gao/NNP/nsubj/5 that/WDT/advmod/3 they/PRP/nsubj/3 attacked/VBD/relcl/0 ,/,/punct/0 fell/VBD/ROOT/5", OPEN),
        ("Gao/NNP/nsubj/5 where/WRB/advmod/3 they/PRP/nsubj/3 attacked/VBD/ccomp/0 ,/,/punct/0 fell/VBD/ROOT/5", OPEN),
        ("Gao/NNP/nsubj/5 where/WRB/advmod/3 they/PRP/nsubj/3 attacked/VBD/acl/0 ,/,/punct/0 fell/VBD/ROOT/5", LIKELY),
        ("Gao/NNP/nsubj/5 where/WRB/advmod/3 they/PRP/nsubj/3 attacked/VBD/advcl/0 ,/,/punct/0 fell/VBD/ROOT/5", LIKELY),
        # through another clause
        ("Gao/NNP/nsubj/6 where/WRB/advmod/3 they/PRP/nsubj/3 went/VBD/relcl/0 and/CC/cc/3 attacked/VBD/conj/3 fell/VBD/ROOT/6", LIKELY),
        ("Gao/NNP/nsubj/6 where/WRB/advmod/3 they/PRP/nsubj/3 say/VBP/relcl/0 he/PRP/nsubj/5 attacked/VBD/ccomp/3 fell/VBD/ROOT/6", OPEN),
        ("Gao/NNP/nsubj/6 where/WRB/advmod/5 men/NNS/nsubj/5 who/WP/nsubj/4 attacked/VBD/relcl/2 live/VBP/relcl/0 fell/VBD/ROOT/6", OPEN),
        # of another name
        ("Kidal/NNP/nsubj/7 and/CC/cc/0 Gao/NNP/conj/0 where/WRB/advmod/5 they/PRP/nsubj/5 attacked/VBD/relcl/0 ,/,/punct/0 fell/VBD/ROOT/7", OPEN),
        ("Kidal/NNP/nsubj/7 and/CC/cc/0 Gao/NNP/conj/0 where/WRB/advmod/5 they/PRP/nsubj/5 attacked/VBD/relcl/2 ,/,/punct/0 fell/VBD/ROOT/7", LIKELY),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 Gao/NNP/npadvmod/1 where/WRB/advmod/1", OPEN),
    ],
)  # fmt: skip
def test_where_something_is_said_to_be(spec: str, chances: float) -> None:
    assert chance(spec, "attacked", "ASSAULT")[0] == chances
    if chances == LIKELY:
        assert chance(spec, "attacked", "ASSAULT") == (LIKELY, '"Gao, where …"')
        assert chance(spec, "attacked", "ASSAULT", before=0.97)[0] == 0.97


@pytest.mark.parametrize(
    ("spec", "type_", "how", "chances"),
    [
        ("Mali/NNP/nsubj/1 votes/VBZ/ROOT/1", "ELECTION", {}, LIKELY),
        ("Mali/NNP/nsubjpass/1 votes/VBZ/ROOT/1", "ELECTION", {}, LIKELY),
        ("Mali/NNP/dobj/1 votes/VBZ/ROOT/1", "ELECTION", {}, OPEN),
        ("Mali/NNP/poss/1 votes/NNS/ROOT/1", "ELECTION", {}, LIKELY),
        ("Mali/NNP/nsubj/1 votes/VBZ/ROOT/1", "PROTEST", {}, OPEN),
        ("Mali/NNP/nsubj/1 votes/VBZ/ROOT/1", "ASSAULT", {}, OPEN),
        ("Mali/NNP/nsubj/1 votes/VBZ/ROOT/1", "ELECTION", {"kind": "demonym"}, OPEN),
        ("Mali/NNP/nsubj/1 votes/VBZ/ROOT/1", "ELECTION", {"ref": place("Mali", "ADM1", "A")}, OPEN),
        ("Voters/NNS/nsubj/3 in/IN/prep/0 Mali/NNP/pobj/1 votes/VBD/ROOT/3", "ELECTION", {}, LIKELY),
        ("Voters/NNS/nsubj/3 of/IN/prep/0 Mali/NNP/pobj/1 votes/VBD/ROOT/3", "PROTEST", {}, LIKELY),
        ("Voters/NNS/nsubj/3 near/IN/prep/0 Mali/NNP/pobj/1 votes/VBD/ROOT/3", "PROTEST", {}, OPEN),
        ("Voters/NNS/nsubj/3 in/IN/prep/0 Mali/NNP/pobj/1 votes/VBD/ROOT/3", "ASSAULT", {}, OPEN),
        ("Voters/NNS/dobj/3 in/IN/prep/0 Mali/NNP/pobj/1 votes/VBD/ROOT/3", "ELECTION", {}, OPEN),
        ("They/PRP/nsubj/1 votes/VBD/ROOT/1 president/NN/dobj/1 of/IN/prep/2 Mali/NNP/pobj/3", "ELECTION", {}, LIKELY),
        ("They/PRP/nsubj/1 votes/VBD/ROOT/1 president/NN/dobj/1 of/IN/prep/2 Mali/NNP/pobj/3", "LEADERSHIP_CHANGE", {}, LIKELY),
        ("They/PRP/nsubj/1 votes/VBD/ROOT/1 president/NN/dobj/1 of/IN/prep/2 Mali/NNP/pobj/3", "PROTEST", {}, OPEN),
        ("They/PRP/nsubj/1 votes/VBD/ROOT/1 president/NN/dobj/1 in/IN/prep/2 Mali/NNP/pobj/3", "ELECTION", {}, OPEN),
        ("They/PRP/nsubj/1 votes/VBD/ROOT/1 market/NN/dobj/1 of/IN/prep/2 Mali/NNP/pobj/3", "ELECTION", {}, OPEN),
        ("They/PRP/nsubj/1 votes/VBD/ROOT/1 president/NN/dobj/1 of/IN/prep/2 Mali/NNP/compound/3", "ELECTION", {}, OPEN),
        ("They/PRP/nsubj/1 votes/VBD/ROOT/1 president/NN/dobj/1 of/IN/prep/2 Mali/NNP/pobj/3", "RETREAT", {"mode": "resign"}, LIKELY),
        ("They/PRP/nsubj/1 votes/VBD/ROOT/1 president/NN/dobj/1 of/IN/prep/2 Mali/NNP/pobj/3", "RETREAT", {}, OPEN),
    ],
)  # fmt: skip
def test_whose_own_affair_it_is(spec: str, type_: str, how: dict[str, Any], chances: float) -> None:
    found = chance(spec, "votes", type_, of="Mali", **({"ref": MALI} | how))
    assert found == (chances, '"Mali", whose own affair it is' if chances == LIKELY else "the linker")


@pytest.mark.parametrize(
    ("mode", "kind", "spec", "chances"),
    [
        ("visit", "literal", "He/PRP/nsubj/1 visits/VBZ/ROOT/1 Gao/NNP/dobj/1", LIKELY),
        ("visit", "metonym", "He/PRP/nsubj/1 visits/VBZ/ROOT/1 Gao/NNP/dobj/1", LIKELY),
        ("visit", "demonym", "He/PRP/nsubj/1 visits/VBZ/ROOT/1 Gao/NNP/dobj/1", OPEN),
        ("host", "literal", "He/PRP/nsubj/1 visits/VBZ/ROOT/1 Gao/NNP/dobj/1", OPEN),
        ("visit", "literal", "He/PRP/nsubj/1 visits/VBZ/ROOT/1 Gao/NNP/npadvmod/1", OPEN),
        ("visit", "literal", "He/PRP/nsubj/1 visits/VBZ/ROOT/1 to/TO/aux/3 see/VB/xcomp/1 Gao/NNP/dobj/3", OPEN),
    ],
)
def test_what_is_visited(mode: str, kind: str, spec: str, chances: float) -> None:
    found = chance(spec, "visits", "CONSULT", mode=mode, kind=kind)
    assert found == (chances, '"Gao" is what is visited' if chances == LIKELY else "the linker")


FLEW = "He/PRP/nsubj/1 flew/VBD/ROOT/1 from/IN/prep/1 Gao/NNP/pobj/2 {}/IN/{}/1 Kidal/NNP/pobj/4"


@pytest.mark.parametrize(
    ("spec", "type_", "chances"),
    [
        (FLEW.format("to", "prep"), "MOBILIZE", HARDLY), (FLEW.format("into", "prep"), "AID", HARDLY),
        (FLEW.format("for", "prep"), "CONSULT", HARDLY), (FLEW.format("with", "prep"), "MOBILIZE", OPEN),
        (FLEW.format("to", "agent"), "MOBILIZE", OPEN), (FLEW.format("to", "prep"), "RETREAT", OPEN),
        (FLEW.format("to", "prep").replace("from", "near"), "MOBILIZE", OPEN),
        ("He/PRP/nsubj/1 flew/VBD/ROOT/1 trucks/NNS/dobj/1 from/IN/prep/2 Gao/NNP/pobj/3 to/IN/prep/1 Kidal/NNP/pobj/5", "AID", OPEN),
        ("He/PRP/nsubj/1 flew/VBD/ROOT/1 trucks/NNS/dobj/1 from/IN/prep/2 Gao/NNP/pobj/3 to/IN/prep/2 Kidal/NNP/pobj/5", "AID", OPEN),
        (FLEW.format("for", "prep"), "MOBILIZE", HARDLY), (FLEW.format("into", "prep"), "MOBILIZE", HARDLY),
    ],
)  # fmt: skip
def test_where_someone_only_came_from(spec: str, type_: str, chances: float) -> None:
    assert chance(spec, "flew", type_)[0] == chances


BLAST = "{}/DT/det/1 blast/NN/{}/3 was/VBD/auxpass/3 heard/{}/{}/{} in/IN/prep/3 Gao/NNP/pobj/4"


@pytest.mark.parametrize(
    ("spec", "chances"),
    [
        (BLAST.format("The", "nsubjpass", "VBN", "ROOT", 3), HARDLY),
        (BLAST.format("A", "nsubjpass", "VBN", "ROOT", 3), OPEN),
        (BLAST.format("The", "nsubjpass", "NN", "ROOT", 3), OPEN),
        (BLAST.format("The", "nsubjpass", "VBD", "ROOT", 3), HARDLY),
        (BLAST.format("The", "nsubjpass", "VBN", "ROOT", 3).replace("heard", "made"), OPEN),
        (BLAST.format("The", "nsubjpass", "VBN", "ROOT", 3).replace("heard", "felt"), HARDLY),
        ("a/DT/det/1 blast/NN/ROOT/1 that/WDT/nsubj/3 heard/VBD/relcl/1 in/IN/prep/3 Gao/NNP/pobj/4", HARDLY),
        ("A/DT/det/1 blast/NN/nsubjpass/3 was/VBD/auxpass/3 followed/VBN/ROOT/3 by/IN/agent/3 one/CD/pobj/4 near/IN/prep/5 Gao/NNP/pobj/6", HARDLY),
        ("A/DT/det/1 blast/NN/nsubj/3 was/VBD/auxpass/3 followed/VBN/ROOT/3 by/IN/agent/3 one/CD/pobj/4 near/IN/prep/5 Gao/NNP/pobj/6", OPEN),
        ("A/DT/det/1 blast/NN/nsubjpass/3 was/VBD/auxpass/3 told/VBN/ROOT/3 by/IN/agent/3 one/CD/pobj/4 near/IN/prep/5 Gao/NNP/pobj/6", OPEN),
        ("A/DT/det/1 blast/NN/nsubjpass/3 was/VBD/auxpass/3 followed/VBN/ROOT/3 by/IN/prep/3 one/CD/pobj/4 near/IN/prep/5 Gao/NNP/pobj/6", OPEN),
    ],
)  # fmt: skip
def test_where_it_was_noticed(spec: str, chances: float) -> None:
    assert chance(spec, "blast", "ASSAULT")[0] == chances


def test_what_is_heard_itself_is_there() -> None:
    assert chance(BLAST.format("The", "nsubjpass", "VBN", "ROOT", 3), "blast", "ASSAULT", anchor="heard")[0] == OPEN


@pytest.mark.parametrize(
    ("spec", "type_", "chances"),
    [
        ("Gao/NNP/nsubj/1 summoned/VBD/ROOT/1 him/PRP/dobj/1", "ACCUSE", HARDLY),
        ("Gao/NNP/nsubj/1 summoned/VBD/ROOT/1 him/PRP/dobj/1", "COERCE", HARDLY),
        ("Gao/NNP/nsubj/1 summoned/VBD/ROOT/1 him/PRP/dobj/1", "MOBILIZE", HARDLY),
        ("Gao/NNP/nsubj/1 summoned/VBD/ROOT/1 him/PRP/dobj/1", "SANCTION", HARDLY),
        ("Gao/NNP/nsubj/1 summoned/VBD/ROOT/1 him/PRP/dobj/1", "ASSAULT", OPEN),
        ("Gao/NN/nsubj/1 summoned/VBD/ROOT/1 him/PRP/dobj/1", "ASSAULT", OPEN),
        ("Gao/NN/nsubj/1 summoned/VBD/ROOT/1 him/PRP/dobj/1", "COERCE", OPEN),
        ("Gao/NNP/nsubjpass/1 summoned/VBD/ROOT/1 him/PRP/dobj/1", "COERCE", OPEN),
        ("Kidal/NNP/nsubj/3 and/CC/cc/0 Gao/NNP/conj/0 summoned/VBD/ROOT/3 him/PRP/dobj/3", "COERCE", HARDLY),
        # of a verb above
        ("Gao/NNP/nsubj/1 said/VBD/ROOT/1 it/PRP/nsubj/3 summoned/VBD/ccomp/1 him/PRP/dobj/3", "CONSULT", HARDLY),
        ("Gao/NNP/nsubj/1 said/VBD/ROOT/1 it/PRP/nsubj/3 summoned/VBD/ccomp/1 him/PRP/dobj/3", "ASSAULT", HARDLY),
        ("Gao/NNP/nsubj/1 ran/VBD/ROOT/1 it/PRP/nsubj/3 summoned/VBD/ccomp/1 him/PRP/dobj/3", "ASSAULT", OPEN),
        ("Gao/NNP/nsubj/1 spoke/VBD/ROOT/1 over/IN/prep/1 the/DT/det/4 summoned/NN/pobj/2", "ASSAULT", HARDLY),
        ("Gao/NNP/nsubj/1 spoke/VBD/ROOT/1 in/IN/prep/1 the/DT/det/4 summoned/NN/pobj/2", "ASSAULT", OPEN),
        ("Gao/NNP/nsubj/1 spoke/VBD/ROOT/1 over/RP/prt/1 the/DT/det/4 summoned/NN/x/2", "ASSAULT", OPEN),
        ("Gao/NNPS/nsubj/1 summoned/VBD/ROOT/1 him/PRP/dobj/1", "COERCE", HARDLY),
        ("They/PRP/nsubj/1 summoned/VBD/ROOT/1 him/PRP/dobj/1 Gao/NNP/nsubj/4 said/VBD/ccomp/1", "SANCTION", OPEN),
    ],
)  # fmt: skip
def test_a_government_by_its_seat(spec: str, type_: str, chances: float) -> None:
    assert chance(spec, "summoned", type_, mode="convict")[0] == chances


@pytest.mark.parametrize(
    ("spec", "type_", "chances"),
    [
        ("Talks/NNS/ROOT/0 between/IN/prep/0 Kidal/NNP/pobj/1 and/CC/cc/2 Gao/NNP/conj/2", "CONSULT", HARDLY),
        ("Talks/NNS/ROOT/0 with/IN/prep/0 Gao/NNP/pobj/1", "CONSULT", HARDLY),
        ("Talks/NNS/ROOT/0 with/IN/prep/0 Gao/NNP/pobj/1", "ASSAULT", OPEN),
        ("Talks/NNS/ROOT/0 near/IN/prep/0 Gao/NNP/pobj/1", "CONSULT", OPEN),
        ("Talks/NNS/ROOT/0 with/IN/prep/0 Gao/NNP/compound/1", "CONSULT", OPEN),
    ],
)
def test_who_talks_with_whom(spec: str, type_: str, chances: float) -> None:
    assert chance(spec, "Talks", type_)[0] == chances


@pytest.mark.parametrize(
    ("spec", "type_", "how", "chances"),
    [
        ("Talks/NNS/ROOT/0 in/IN/prep/0 Gao/NNP/pobj/1", "CONSULT", {}, FAIRLY),
        ("Talks/NNS/ROOT/0 at/IN/prep/0 Gao/NNP/pobj/1", "CONSULT", {}, FAIRLY),
        ("Talks/NNS/ROOT/0 in/IN/prep/0 Gao/NNP/pobj/1", "CONSULT", {"before": 0.8}, 0.8),
        ("Talks/NNS/ROOT/0 in/IN/prep/0 Gao/NNP/pobj/1", "CONSULT", {"kind": "metonym"}, OPEN),
        ("Talks/NNS/ROOT/0 in/IN/prep/0 Gao/NNP/pobj/1", "AGREE", {}, OPEN),
        ("Talks/NNS/ROOT/0 between/IN/prep/0 Baku/NNP/pobj/1 and/CC/cc/2 Erivan/NNP/conj/2 in/IN/prep/4 Gao/NNP/pobj/5", "CONSULT", {}, FAIRLY),
        ("Talks/NNS/ROOT/0 on/IN/prep/0 arms/NNS/pobj/1 in/IN/prep/2 Gao/NNP/pobj/3", "CONSULT", {}, HARDLY),
        ("Talks/NNS/ROOT/0 in/IN/agent/0 Gao/NNP/pobj/1", "CONSULT", {}, OPEN),
        ("Talks/NNS/ROOT/0 on/IN/prep/0 arms/NNS/pobj/1 in/IN/prep/2 Gao/NNP/pobj/3", "COOPERATE", {"ref": place("Gao", "SEA", "H", None)}, HARDLY),
        # exercises at sea
        ("Talks/NNS/ROOT/0 in/IN/prep/0 Gao/NNP/pobj/1", "COOPERATE", {"ref": place("Gao", "SEA", "H", None)}, OPEN),
        ("Talks/NNS/ROOT/0 at/IN/prep/0 Gao/NNP/pobj/1", "COOPERATE", {"ref": place("Gao", "SEA", "H", None)}, HARDLY),
        ("Talks/NNS/ROOT/0 in/IN/prep/0 Gao/NNP/pobj/1", "AGREE", {"ref": place("Gao", "SEA", "H", None)}, HARDLY),
    ],
)  # fmt: skip
def test_people_meet_where_they_are_said_to_meet(spec: str, type_: str, how: dict[str, Any], chances: float) -> None:
    assert chance(spec, "Talks", type_, **how) == (chances, "the linker")


SIGNED = "They/PRP/nsubj/1 signed/VBD/ROOT/1 "


@pytest.mark.parametrize(
    ("spec", "type_", "how", "chances"),
    [
        (SIGNED + "a/DT/det/3 plan/NN/dobj/1 for/IN/prep/3 Gao/NNP/pobj/4", "AGREE", {}, HARDLY),
        (SIGNED + "a/DT/det/3 plan/NN/dobj/1 for/IN/prep/3 Gao/NNP/pobj/4", "SANCTION", {}, HARDLY),
        (SIGNED + "a/DT/det/3 plan/NN/dobj/1 for/IN/prep/3 Gao/NNP/pobj/4", "SANCTION", {"mode": "convict"}, OPEN),
        (SIGNED + "a/DT/det/3 plan/NN/dobj/1 for/IN/prep/3 Gao/NNP/pobj/4", "ASSAULT", {}, OPEN),
        (SIGNED + "for/IN/prep/1 Gao/NNP/pobj/2", "AGREE", {}, HARDLY),
        (SIGNED + "about/IN/prep/1 Gao/NNP/pobj/2", "AGREE", {}, HARDLY),
        (SIGNED + "in/IN/prep/1 Gao/NNP/pobj/2", "AGREE", {}, OPEN),
        (SIGNED + "to/IN/prep/1 Gao/NNP/pobj/2", "AGREE", {}, HARDLY),
        (SIGNED + "into/IN/prep/1 Gao/NNP/pobj/2", "AGREE", {}, HARDLY),
        (SIGNED + "from/IN/prep/1 Gao/NNP/pobj/2", "AGREE", {}, HARDLY),
        (SIGNED + "toward/IN/prep/1 Gao/NNP/pobj/2", "AGREE", {}, HARDLY),
        (SIGNED + "towards/IN/prep/1 Gao/NNP/pobj/2", "AGREE", {}, HARDLY),
        (SIGNED + "to/IN/prep/1 Gao/NNP/pobj/2", "CONSULT", {"mode": "visit"}, OPEN),
        (SIGNED + "over/IN/prep/1 Gao/NNP/pobj/2", "CONSULT", {"mode": "visit"}, HARDLY),
        (SIGNED + "that/IN/mark/3 war/NN/ccomp/1 ended/VBD/dep/3 in/IN/prep/3 Gao/NNP/pobj/5", "AGREE", {}, HARDLY),
        (SIGNED + "to/TO/aux/3 stop/VB/xcomp/1 in/IN/prep/3 Gao/NNP/pobj/4", "AGREE", {}, HARDLY),
        (SIGNED + "and/CC/cc/1 stop/VB/conj/1 in/IN/prep/3 Gao/NNP/pobj/4", "AGREE", {}, OPEN),
        (SIGNED + "having/VBG/advcl/1 met/VBN/dep/2 in/IN/prep/2 Gao/NNP/pobj/4", "AGREE", {}, HARDLY),
        (SIGNED + "by/IN/prep/1 meeting/VBG/pcomp/2 in/IN/prep/3 Gao/NNP/pobj/4", "AGREE", {}, HARDLY),
        (SIGNED + "in/IN/prep/1 a/DT/det/4 statement/NN/pobj/2 by/IN/prep/4 Gao/NNP/pobj/5", "AGREE", {}, OPEN),
        (SIGNED + "in/IN/prep/1 a/DT/det/4 statement/NN/pobj/2 by/IN/prep/4 Gao/NNP/pobj/5", "ASSAULT", {}, HARDLY),
        (SIGNED + "pacts/NNS/dobj/1 near/IN/prep/2 Gao/NNP/pobj/3", "AGREE", {}, HARDLY),
        (SIGNED + "it/PRP/dobj/1 in/IN/prep/2 Gao/NNP/pobj/3", "AGREE", {}, HARDLY),
        (SIGNED + "Gao/NNP/dobj/1", "AGREE", {}, OPEN),
        (SIGNED + "Gao/NNP/dobj/1", "AGREE", {"ref": place("Gao", "RGN", "L", None)}, HARDLY),
    ],
)  # fmt: skip
def test_what_words_are_about(spec: str, type_: str, how: dict[str, Any], chances: float) -> None:
    assert chance(spec, "signed", type_, **how)[0] == chances


ATTACKED = "They/PRP/nsubj/1 attacked/VBD/ROOT/1 men/NNS/dobj/1 "


@pytest.mark.parametrize(
    ("spec", "type_", "how", "chances"),
    [
        (ATTACKED + "in/IN/prep/2 Gao/NNP/pobj/3 on/IN/prep/1 Monday/NNP/pobj/5", "ASSAULT", {}, FAIRLY),
        (ATTACKED + "at/IN/prep/2 Gao/NNP/pobj/3 on/IN/prep/1 Monday/NNP/pobj/5", "ASSAULT", {}, FAIRLY),
        (ATTACKED + "near/IN/prep/2 Gao/NNP/pobj/3 late/RB/advmod/1 Monday/NNP/npadvmod/1", "ASSAULT", {}, FAIRLY),
        (ATTACKED + "outside/IN/prep/2 Gao/NNP/pobj/3 Monday/NNP/npadvmod/1", "ASSAULT", {}, FAIRLY),
        (ATTACKED + "of/IN/prep/2 Gao/NNP/pobj/3 on/IN/prep/1 Monday/NNP/pobj/5", "ASSAULT", {}, OPEN),
        (ATTACKED + "in/IN/prep/2 Gao/NNP/pobj/3 for/IN/prep/1 Monday/NNP/pobj/5", "ASSAULT", {}, OPEN),
        (ATTACKED + "in/IN/prep/2 Gao/NNP/pobj/3 on/IN/prep/1 last/JJ/amod/7 this/DT/det/7 Monday/NNP/pobj/5", "ASSAULT", {}, OPEN),
        (ATTACKED + "in/IN/prep/2 Gao/NNP/pobj/3 on/IN/prep/1 last/JJ/amod/7 Monday/NNP/pobj/5", "ASSAULT", {}, FAIRLY),
        (ATTACKED + "on/IN/prep/1 Monday/NNP/pobj/3 in/IN/prep/2 Gao/NNP/pobj/5", "ASSAULT", {}, FAIRLY),
        (ATTACKED + "on/IN/prep/1 Monday/NNP/pobj/3 men/NNS/dobj/1 in/IN/prep/2 Gao/NNP/pobj/6", "ASSAULT", {}, OPEN),
        (ATTACKED + "in/IN/prep/2 Gao/NNP/pobj/3 on/IN/prep/1 Monday/NNP/pobj/5", "ASSAULT", {"kind": "metonym"}, OPEN),
        (ATTACKED + "in/IN/prep/2 Gao/NNP/pobj/3 on/IN/prep/1 Monday/NNP/pobj/5", "ASSAULT", {"before": 0.7}, 0.7),
        (ATTACKED + "held/VBN/acl/2 in/IN/prep/3 Gao/NNP/pobj/4 on/IN/prep/1 Monday/NNP/pobj/6", "ASSAULT", {}, OPEN),
        (ATTACKED + ";/:/punct/2 in/IN/prep/2 Gao/NNP/pobj/4 on/IN/prep/1 Monday/NNP/pobj/6", "ASSAULT", {}, OPEN),
        (ATTACKED + ":/:/punct/2 in/IN/prep/2 Gao/NNP/pobj/4 on/IN/prep/1 Monday/NNP/pobj/6", "ASSAULT", {}, OPEN),
        ("In/IN/prep/4 Gao/NNP/pobj/0 on/IN/prep/4 Monday/NNP/pobj/2 attacked/VBD/ROOT/4", "ASSAULT", {}, OPEN),
        (ATTACKED + "Monday/NNP/npadvmod/1 in/IN/prep/2 Gao/NNP/pobj/4", "ASSAULT", {}, FAIRLY),
        (ATTACKED + "Monday/NNP/npadvmod/1 late/RB/advmod/1 last/JJ/amod/1 in/IN/prep/2 Gao/NNP/pobj/6", "ASSAULT", {}, OPEN),
        (ATTACKED + "Monday/NNP/npadvmod/1 late/RB/advmod/1 in/IN/prep/2 Gao/NNP/pobj/5", "ASSAULT", {}, OPEN),
        ("On/IN/prep/2 Monday/NNP/pobj/0 attacked/VBD/ROOT/2 in/IN/prep/2 Gao/NNP/pobj/3", "ASSAULT", {}, OPEN),
        # the place of what is spoken of
        (ATTACKED.replace("men", "bombing") + "in/IN/prep/2 Gao/NNP/pobj/3 on/IN/prep/1 Monday/NNP/pobj/5", "ACCUSE", {}, HARDLY),
        (ATTACKED.replace("men", "bombing") + "in/IN/prep/2 Gao/NNP/pobj/3 on/IN/prep/1 Monday/NNP/pobj/5", "ASSAULT", {}, FAIRLY),
        (ATTACKED.replace("men", "paper") + "in/IN/prep/2 Gao/NNP/pobj/3 on/IN/prep/1 Monday/NNP/pobj/5", "ACCUSE", {}, FAIRLY),
    ],
)  # fmt: skip
def test_a_place_beside_the_day(spec: str, type_: str, how: dict[str, Any], chances: float) -> None:
    probability, why = chance(spec, "attacked", type_, **how)
    assert probability == chances
    assert (why != "the linker") is (chances in {FAIRLY, 0.7})
    if chances == FAIRLY:
        preposition = spec.partition(" Gao")[0].rpartition(" ")[2].partition("/")[0]
        assert why == f'"{preposition} Gao" with the day'


def test_a_place_between_the_deed_and_its_verb_is_not_beside_the_day() -> None:
    spec = "The/DT/det/1 raid/NN/nsubj/6 in/IN/prep/1 Gao/NNP/pobj/2 on/IN/prep/1 Monday/NNP/pobj/4 failed/VBD/ROOT/6"
    assert chance(spec, "raid", "ASSAULT", anchor="failed")[0] == OPEN
    assert chance(spec, "raid", "ASSAULT")[0] == FAIRLY


def test_the_place_of_the_words_themselves_beside_the_day() -> None:
    spec = (
        "The/DT/det/1 bombing/NN/nsubj/6 in/IN/prep/1 Gao/NNP/pobj/2 on/IN/prep/1 Monday/NNP/pobj/4 failed/VBD/ROOT/6"
    )
    assert chance(spec, "bombing", "ACCUSE")[0] == FAIRLY


def test_what_is_held_is_not_what_it_is_about() -> None:
    spec = "They/PRP/nsubj/1 held/VBD/ROOT/1 talks/NNS/dobj/1 near/IN/prep/2 Gao/NNP/pobj/3"
    assert chance(spec, "talks", "AGREE", anchor="held")[0] == OPEN
    assert chance(spec.replace("near/", "over/"), "talks", "AGREE", anchor="held")[0] == HARDLY


@pytest.mark.parametrize(
    ("spec", "word", "anchor", "chances"),
    [
        # by way of the shorter of the two: from the deed itself, or from the verb that it hangs on
        ("They/PRP/nsubj/1 held/VBD/ROOT/1 talks/NNS/dobj/1 in/IN/prep/1 Gao/NNP/pobj/3", "talks", "held", OPEN),
        ("They/PRP/nsubj/1 held/VBD/ROOT/1 a/DT/det/3 round/NN/dobj/1 of/IN/prep/3 talks/NNS/pobj/4 near/IN/prep/5 Gao/NNP/pobj/6", "talks", "held", HARDLY),
        ("They/PRP/nsubj/1 held/VBD/ROOT/1 talks/NNS/dobj/1 men/NNS/x/2 welcomed/VBD/relcl/3 near/IN/prep/4 Gao/NNP/pobj/5", "talks", "held", HARDLY),
        ("They/PRP/nsubj/1 held/VBD/ROOT/1 talks/NNS/x/1 men/NNS/x/2 welcomed/VBD/advcl/3 near/IN/prep/4 Gao/NNP/pobj/5", "talks", "held", HARDLY),
        ("They/PRP/nsubj/1 held/VBD/ccomp/1 near/IN/prep/1 Gao/NNP/pobj/2 talks/NNS/dobj/1", "talks", "held", OPEN),
        ("They/PRP/nsubj/1 held/VBD/ccomp/1 near/IN/prep/1 Gao/NNP/pobj/2 talks/NNS/dobj/1", "held", "held", OPEN),
    ],
)  # fmt: skip
def test_what_talks_are_about_by_the_shorter_way(spec: str, word: str, anchor: str, chances: float) -> None:
    assert chance(spec, word, "AGREE", anchor=anchor)[0] == chances


def test_who_visits_another_place_only_came_from_the_first() -> None:
    assert chance(FLEW.format("to", "prep"), "flew", "CONSULT", mode="visit")[0] == HARDLY
    assert chance(FLEW.format("with", "prep"), "flew", "CONSULT", mode="visit")[0] == OPEN


def test_behind_a_relative_clause_further_up() -> None:
    spec = (
        "The/DT/det/1 grave/NN/ROOT/1 in/IN/prep/1 Gao/NNP/pobj/2 of/IN/prep/1 men/NNS/pobj/4 who/WP/nsubj/7 said/VBD/relcl/5 "
        "they/PRP/nsubj/9 fell/VBD/ccomp/7"
    )
    assert chance(spec, "fell", "ASSAULT", status="background")[0] == HARDLY


def test_behind_a_relative_clause() -> None:
    spec = "The/DT/det/1 grave/NN/ROOT/1 in/IN/prep/1 Gao/NNP/pobj/2 of/IN/prep/1 men/NNS/pobj/4 who/WP/nsubj/7 fell/VBD/relcl/5"
    assert chance(spec, "fell", "ASSAULT", status="background")[0] == HARDLY
    assert chance(spec, "fell", "ASSAULT")[0] == OPEN
    assert chance(spec, "fell", "ASSAULT", status="background", tense="pluperfect")[0] == OPEN
    assert chance(spec.replace("relcl", "acl"), "fell", "ASSAULT", status="background")[0] == OPEN
    within = "They/PRP/nsubj/1 said/VBD/relcl/1 in/IN/prep/1 Gao/NNP/pobj/2 it/PRP/nsubj/5 fell/VBD/ccomp/1"
    assert chance(within, "fell", "ASSAULT", status="background")[0] == OPEN


def test_what_drives_out_happens_where_it_drives_out_of() -> None:
    spec = "They/PRP/nsubj/1 drove/VBD/ROOT/1 them/PRP/dobj/1 out/IN/prep/1 of/IN/prep/3 Gao/NNP/pobj/4"
    assert chance(spec, "drove", "ASSAULT") == (FAIRLY, '"out of Gao"')
    assert chance(spec, "drove", "ASSAULT", before=0.7)[0] == 0.7
    assert chance(spec.replace("out/IN", "up/IN"), "drove", "ASSAULT")[0] == OPEN
    assert chance(spec.replace("out/IN/prep/1", "out/IN/prep/2"), "drove", "ASSAULT")[0] == OPEN
    assert chance(spec.replace("of/IN", "in/IN"), "drove", "ASSAULT")[0] == OPEN


@pytest.mark.parametrize(
    ("ref", "wide"),
    [
        (place("Sahel", "RGN", "L", None), True), (place("Sahel", "RGN", "L"), False), (place("x", "PPL", "P", None), False), (place("Sea", "SEA", "H", None), True),
        (place("Gao"), False), (MALI, False),
    ],
)  # fmt: skip
def test_regions_wider_than_a_country(ref: PlaceRef, wide: bool) -> None:
    s = read("x/NN/ROOT/0")
    assert is_region(name(s, "x", ref)) is wide


# ---- word by word


@pytest.mark.parametrize(
    "word", ["about", "on", "over", "regarding", "concerning", "amid", "despite", "against", "for", "of"]
)
def test_words_that_say_what_is_spoken_about(word: str) -> None:
    assert chance(SIGNED + f"{word}/IN/prep/1 Gao/NNP/pobj/2", "signed", "AGREE")[0] == HARDLY
    spec = f"Gao/NNP/nsubj/1 spoke/VBD/ROOT/1 {word}/IN/prep/1 the/DT/det/4 summoned/NN/pobj/2"
    assert chance(spec, "summoned", "ASSAULT")[0] == HARDLY


@pytest.mark.parametrize(
    "type_",
    ["AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE", "COOPERATE"],
)
def test_types_that_are_words(type_: str) -> None:
    assert chance(SIGNED + "for/IN/prep/1 Gao/NNP/pobj/2", "signed", type_)[0] == HARDLY


@pytest.mark.parametrize("words", ["late", "early", "earlier", "last", "this", "at", "near", "outside", ",", "in this"])
def test_words_between_a_place_and_the_day(words: str) -> None:
    between = " ".join(f"{word}/RB/advmod/1" for word in words.split())
    spec = ATTACKED + f"in/IN/prep/2 Gao/NNP/pobj/3 {between} Monday/NNP/npadvmod/1"
    assert chance(spec, "attacked", "ASSAULT")[0] == FAIRLY


@pytest.mark.parametrize("verb", ["heard", "felt", "seen"])
def test_verbs_of_notice(verb: str) -> None:
    spec = BLAST.format("The", "nsubjpass", "VBN", "ROOT", 3).replace("heard", verb)
    assert chance(spec, "blast", "ASSAULT")[0] == HARDLY


@pytest.mark.parametrize(
    ("spec", "chances"),
    [
        ("Smith/NNP/nsubj/5 ,/,/punct/0 of/IN/prep/0 Gao/NNP/pobj/2 ,/,/punct/0 attacked/VBD/ROOT/5", HARDLY),
        ("He/PRP/nsubj/5 21/CD/x/0 ,/,/punct/0 of/IN/prep/1 Gao/NNP/pobj/3 attacked/VBD/ROOT/5", HARDLY),
        ("He/PRP/nsubj/5 men/NNS/x/0 ,/,/punct/0 of/IN/prep/1 Gao/NNP/pobj/3 attacked/VBD/ROOT/5", OPEN),
        ("He/PRP/nsubj/5 21/CD/x/0 so/RB/punct/0 of/IN/prep/1 Gao/NNP/pobj/3 attacked/VBD/ROOT/5", OPEN),
        ("He/PRP/nsubj/5 21/CD/x/0 ,/,/punct/0 in/IN/prep/1 Gao/NNP/pobj/3 attacked/VBD/ROOT/5", OPEN),
        (",/,/punct/3 of/IN/prep/3 Gao/NNP/pobj/1 Smith/NNP/nsubj/4 attacked/VBD/ROOT/4", OPEN),
    ],
)
def test_where_someone_named_is_of(spec: str, chances: float) -> None:
    assert chance(spec, "attacked", "ASSAULT")[0] == chances


@pytest.mark.parametrize(
    ("spec", "chances"),
    [
        ("The/DT/det/1 vote/NN/nsubj/2 passed/VBD/ROOT/2 and/CC/cc/2 men/NNS/nsubj/5 fled/VBD/conj/2 in/IN/prep/5 Gao/NNP/pobj/6", HARDLY),
        ("The/DT/det/1 vote/NN/nsubj/2 passed/VBD/ROOT/2 and/CC/cc/2 men/NNS/nsubjpass/5 fled/VBD/conj/2 in/IN/prep/5 Gao/NNP/pobj/6", HARDLY),
        ("The/DT/det/1 vote/NN/nsubj/2 passed/VBD/ROOT/2 and/CC/cc/2 then/RB/advmod/5 fled/VBD/conj/2 in/IN/prep/5 Gao/NNP/pobj/6", OPEN),
        ("The/DT/det/1 vote/NNS/nsubj/2 passed/VBD/ROOT/2 and/CC/cc/2 men/NNS/nsubj/5 fled/VBD/conj/2 in/IN/prep/5 Gao/NNP/pobj/6", HARDLY),
        ("The/DT/det/1 vote/VB/nsubj/2 passed/VBD/ROOT/2 and/CC/cc/2 men/NNS/nsubj/5 fled/VBD/conj/2 in/IN/prep/5 Gao/NNP/pobj/6", OPEN),
        ("The/DT/det/1 vote/NN/nsubj/2 passed/VBD/ROOT/2 and/CC/cc/2 men/NNS/nsubj/5 fled/VBD/ccomp/2 in/IN/prep/5 Gao/NNP/pobj/6", OPEN),
        ("The/DT/det/1 vote/NN/nsubj/2 passed/VBD/ROOT/2 and/CC/cc/2 men/NNS/nsubj/5 flight/NN/conj/2 in/IN/prep/5 Gao/NNP/pobj/6", OPEN),
    ],
)  # fmt: skip
def test_the_next_clause_has_its_own_place(spec: str, chances: float) -> None:
    assert chance(spec, "vote", "ELECTION")[0] == chances


WENT = "He/PRP/nsubj/1 flew/VBD/ROOT/1 to/IN/prep/1 Gao/NNP/pobj/2 days/NNS/npadvmod/5 {}/IN/prep/1 the/DT/det/7 raid/NN/pobj/5"


@pytest.mark.parametrize(
    ("spec", "chances"),
    [
        *((WENT.format(word), HARDLY) for word in ("before", "after", "ahead", "following", "until")),
        *((WENT.format("before").replace("to/", f"{word}/"), HARDLY) for word in ("into", "for")),
        (WENT.format("before").replace("before/IN/prep", "before/IN/mark"), HARDLY),
        (WENT.format("with"), OPEN),
        (WENT.format("before").replace("to/", "in/"), OPEN),
        (WENT.format("before").replace("flew/VBD", "flight/NN"), OPEN),
        (WENT.format("before").replace("before/IN/prep", "before/IN/x"), OPEN),
        (
            "He/PRP/nsubj/1 flew/VBD/ROOT/1 to/IN/prep/1 Gao/NNP/pobj/2 before/IN/mark/6 they/PRP/nsubj/6 raid/VBP/advcl/1",
            OPEN,
        ),
    ],
)
def test_where_someone_went_before(spec: str, chances: float) -> None:
    assert chance(spec, "raid", "ASSAULT")[0] == chances


def test_where_someone_went_to_do_it() -> None:
    assert chance(WENT.format("before"), "raid", "ASSAULT", anchor="flew")[0] == OPEN


def test_where_someone_went_whom_it_is_not_told_of() -> None:
    spec = "They/PRP/nsubj/1 said/VBD/ROOT/1 before/IN/prep/1 the/DT/det/4 raid/NN/pobj/2 he/PRP/nsubj/6 flew/VBD/ccomp/1 to/IN/prep/6 Gao/NNP/pobj/7"
    assert chance(spec, "raid", "ASSAULT")[0] == OPEN


def test_what_had_been_done_to_them_is_itself_told() -> None:
    assert chance(HELD, "kidnapped", "ASSAULT", anchor="freed")[0] == OPEN


HELD = "Boys/NNS/nsubjpass/5 kidnapped/VBN/acl/0 in/IN/prep/1 Gao/NNP/pobj/2 were/VBD/auxpass/5 freed/VBN/ROOT/5"


@pytest.mark.parametrize(
    ("spec", "chances"),
    [
        (HELD, HARDLY), (HELD.replace("nsubjpass", "nsubj"), HARDLY), (HELD.replace("nsubjpass", "dobj"), OPEN),
        (HELD.replace("acl", "amod"), OPEN), (HELD.replace("kidnapped/VBN", "kidnapped/VBD"), OPEN),
        (HELD.replace("kidnapped", "seated"), OPEN),
        (HELD.replace("in/IN/prep/1 Gao/NNP/pobj/2", "there/RB/x/1 Gao/NNP/npadvmod/1"), HARDLY),
        ("Boys/NNS/nsubj/5 kidnapped/VBN/acl/0 in/IN/prep/1 Gao/NNP/pobj/2 slept/VBD/ROOT/4 and/CC/cc/4 freed/VBD/conj/4", OPEN),
    ],
)  # fmt: skip
def test_where_something_else_had_been_done_to_them(spec: str, chances: float) -> None:
    assert chance(spec, "freed", "RETREAT")[0] == chances


@pytest.mark.parametrize(
    ("spec", "chances"),
    [
        ("He/PRP/nsubj/1 attacked/VBN/ROOT/1 by/IN/agent/1 Gao/NNP/pobj/2", HARDLY),
        ("He/PRP/nsubj/1 attacked/VBN/ROOT/1 by/IN/prep/1 Gao/NNP/pobj/2", OPEN),
        ("Sgt/NNP/compound/1 Smith/NNP/nsubj/4 of/IN/prep/1 Gao/NNP/pobj/2 attacked/VBD/ROOT/4", HARDLY),
        ("Sgt/NNP/compound/2 ./NNP/punct/2 Smith/NNP/nsubj/5 of/IN/prep/2 Gao/NNP/pobj/3 attacked/VBD/ROOT/5", HARDLY),
        (
            "Lt./NNP/compound/2 Jo/NNP/compound/2 Smith/NNP/nsubj/5 of/IN/prep/2 Gao/NNP/pobj/3 attacked/VBD/ROOT/5",
            HARDLY,
        ),
        ("Sgt/NNP/compound/2 ./,/punct/2 Smith/NNP/nsubj/5 of/IN/prep/2 Gao/NNP/pobj/3 attacked/VBD/ROOT/5", HARDLY),
        ("Sgt/NNP/compound/1 Smith/NNP/nsubj/4 of/IN/prep/1 Gao/NNP/pobj/2 attacked/VBD/ROOT/4 ./,/punct/4", HARDLY),
        ("Old/NNP/compound/1 Smith/NNP/nsubj/4 of/IN/prep/1 Gao/NNP/pobj/2 attacked/VBD/ROOT/4", OPEN),
        ("Sgt/NN/x/2 said/VBD/x/2 Smith/NNP/nsubj/5 of/IN/prep/2 Gao/NNP/pobj/3 attacked/VBD/ROOT/5", OPEN),
        ("Smith/NNP/nsubj/3 of/IN/prep/0 Gao/NNP/pobj/1 attacked/VBD/ROOT/3", OPEN),
        ("the/DT/det/1 Sgt/NN/nsubj/4 of/IN/prep/1 Gao/NNP/pobj/2 attacked/VBD/ROOT/4", OPEN),
    ],
)
def test_whose_home_and_whose_deed(spec: str, chances: float) -> None:
    assert chance(spec, "attacked", "ASSAULT")[0] == chances


MARCH = "They/PRP/nsubj/1 marched/VBD/ROOT/1 {}/IN/prep/1 {}/{}/{}/4 {}/{}/pobj/2 in/IN/prep/{} Gao/NNP/pobj/5"


def marched(about: str = "against", det: str = "the", noun: str = "war", tag: str = "NN", on: int = 1) -> str:
    return MARCH.format(about, det, "DT" if det == "the" else "JJ", "det" if det == "the" else "amod", noun, tag, on)


@pytest.mark.parametrize(
    ("spec", "chances"),
    [
        *((marched(word), HARDLY) for word in ("about", "over", "against", "at", "regarding", "concerning")),
        (marched("with"), OPEN), (marched(det="more"), OPEN), (marched(det="more", noun="wars", tag="NNS"), HARDLY),
        (marched(noun="crowd"), OPEN),
        (marched().replace("Gao/NNP/pobj/5", "Kidal/NNP/pobj/5 and/CC/cc/6 Gao/NNP/conj/6"), HARDLY),
        *((marched().replace("in/IN", f"{word}/IN"), HARDLY) for word in ("inside", "at", "across", "throughout", "near", "outside", "around", "within")),
        (marched().replace("the/DT", "their/PRP$"), HARDLY), (marched().replace("the/DT", "'s/POS"), HARDLY),
        # "the" is of something else, or too far before the noun
        (marched(det="more") + " the/DT/x/1", OPEN),
        ("They/PRP/nsubj/1 marched/VBD/ROOT/1 against/IN/prep/1 the/DT/det/7 a/JJ/x/7 b/JJ/x/7 c/JJ/x/7 war/NN/pobj/2 in/IN/prep/1 Gao/NNP/pobj/8", HARDLY),
        ("They/PRP/nsubj/1 marched/VBD/ROOT/1 against/IN/prep/1 the/DT/det/8 a/JJ/x/8 b/JJ/x/8 c/JJ/x/8 d/JJ/x/8 war/NN/pobj/2 in/IN/prep/1 Gao/NNP/pobj/9", OPEN),
        ("against/IN/prep/6 the/DT/det/2 war/NN/pobj/0 in/IN/prep/6 Gao/NNP/pobj/3 they/PRP/nsubj/6 marched/VBD/ROOT/6", OPEN),
        (marched().replace("in/IN", "from/IN"), OPEN), (marched().replace("Gao/NNP/pobj", "Gao/NNP/x"), OPEN),
        ("About/IN/prep/3 the/DT/det/2 war/NN/pobj/0 marched/VBD/ROOT/3 it/PRP/x/3 in/IN/prep/3 Gao/NNP/pobj/5", OPEN),
    ],
)  # fmt: skip
def test_what_is_marched_about_is_elsewhere(spec: str, chances: float) -> None:
    assert chance(spec, "marched", "PROTEST")[0] == chances
    assert chance(spec, "marched", "RETREAT")[0] == OPEN
