"""Where those are who tell of an event, by sentences made by hand: Gao is theirs, and not where it happened."""

# ruff: noqa: E501, ISC004 - a sentence is easier to read on one line

from __future__ import annotations

import pytest

from mapper.events.placing_tellers import said_there, tellers_place
from tests.events.by_hand import name, read, trigger

KILLED = "Gunmen/NNS/nsubj/1 killed/VBD/{} farmers/NNS/dobj/1"


def tells(spec: str, word: str, type_: str = "ASSAULT", mode: str | None = None, **how: object) -> bool:
    s = read(spec, **how)  # type: ignore[arg-type]
    t = name(s, "Gao")
    head = s.head_of(t)
    assert head is not None
    return tellers_place(s, trigger(s, word, type_, mode=mode), head, t)


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        # joined to a participle
        ("The/DT/det/3 Gao/NNP/npadvmod/3 ~-/HYPH/punct/3 ~based/VBN/amod/4 group/NN/nsubj/5 attacked/VBD/ROOT/5", True),
        ("The/DT/det/3 Gao/NNP/npadvmod/3 ~-/HYPH/punct/3 ~led/VBD/amod/4 group/NN/nsubj/5 attacked/VBD/ROOT/5", True),
        ("The/DT/det/3 Gao/NNP/npadvmod/3 ~-/HYPH/punct/3 ~area/NN/amod/4 group/NN/nsubj/5 attacked/VBD/ROOT/5", False),
        ("The/DT/det/3 Gao/NNP/npadvmod/3 -/HYPH/punct/3 based/VBN/amod/4 group/NN/nsubj/5 attacked/VBD/ROOT/5", False),
        ("The/DT/det/3 Gao/NNP/npadvmod/3 ~+/HYPH/punct/3 ~based/VBN/amod/4 group/NN/nsubj/5 attacked/VBD/ROOT/5", False),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 Gao/NNP/dobj/1 ~-/HYPH/punct/1", False),
        # where someone is from
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 natives/NNS/dobj/1 of/IN/prep/2 Gao/NNP/pobj/3", True),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 citizens/NNS/dobj/1 of/IN/prep/2 Gao/NNP/pobj/3", True),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 suburbs/NNS/dobj/1 of/IN/prep/2 Gao/NNP/pobj/3", False),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 nation/NN/dobj/1 of/IN/prep/2 Gao/NNP/pobj/3", False),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 natives/NNS/dobj/1 in/IN/prep/2 Gao/NNP/pobj/3", False),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 sailors/NNS/dobj/1 from/IN/prep/2 Gao/NNP/pobj/3", True),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 trucks/NNS/dobj/1 from/IN/prep/2 Gao/NNP/pobj/3", False),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 sailors/NNS/dobj/1 in/IN/prep/2 Gao/NNP/pobj/3", False),
        ("They/PRP/nsubj/3 ,/,/punct/3 originally/RB/advmod/3 attacked/VBD/ROOT/3 from/IN/prep/3 Gao/NNP/pobj/4", False),
        ("They/PRP/nsubj/3 originally/RB/advmod/2 from/IN/prep/3 attacked/VBD/ROOT/3 Gao/NNP/pobj/2", True),
        ("From/IN/prep/3 Gao/NNP/pobj/0 they/PRP/nsubj/3 attacked/VBD/ROOT/3", False),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 sailors/NNS/dobj/1 from/IN/prep/2 Gao/NNP/compound/3", False),
        # what someone did in a life
        (
            "They/PRP/nsubj/1 attacked/VBD/ROOT/1 a/DT/det/3 man/NN/dobj/1 who/WP/nsubj/5 studied/VBD/relcl/3 in/IN/prep/5 "
            "Gao/NNP/pobj/6",
            True,
        ),
        (
            "They/PRP/nsubj/1 attacked/VBD/ROOT/1 a/DT/det/3 man/NN/dobj/1 born/VBN/acl/3 in/IN/prep/4 Gao/NNP/pobj/5",
            True,
        ),
        (
            "They/PRP/nsubj/1 attacked/VBD/ROOT/1 a/DT/det/3 man/NN/dobj/1 sitting/VBG/acl/3 in/IN/prep/4 Gao/NNP/pobj/5",
            False,
        ),
        (
            "They/PRP/nsubj/1 attacked/VBD/ROOT/1 a/DT/det/3 man/NN/dobj/1 and/CC/cc/1 lived/VBD/conj/1 in/IN/prep/5 "
            "Gao/NNP/pobj/6",
            False,
        ),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 those/DT/dobj/1 who/WP/nsubj/4 raise/VBP/relcl/2 in/IN/prep/4 Gao/NNP/pobj/5", False),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 having/VBG/aux/3 studied/VBN/acl/1 in/IN/prep/3 Gao/NNP/pobj/4", True),
        ("Those/DT/ROOT/0 who/WP/nsubj/2 attacked/VBD/relcl/0 in/IN/prep/2 Gao/NNP/pobj/3", False),
        # by whom it is known
        ("According/VBG/ROOT/0 to/IN/prep/0 Gao/NNP/pobj/1 they/PRP/nsubj/4 attacked/VBD/ccomp/0", False),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 according/VBG/prep/1 to/IN/prep/2 police/NN/pobj/3 in/IN/prep/4 Gao/NNP/pobj/5", True),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 up/VBG/prep/1 to/IN/prep/2 police/NN/pobj/3 in/IN/prep/4 Gao/NNP/pobj/5", False),
    ],
)  # fmt: skip
def test_where_someone_is_from_or_tells_it_from(spec: str, told: bool) -> None:
    assert tells(spec, "attacked") is told


def test_a_life_that_is_the_event_itself() -> None:
    assert tells("Men/NNS/ROOT/0 who/WP/nsubj/2 trained/VBD/relcl/0 in/IN/prep/2 Gao/NNP/pobj/3", "trained") is False


def test_a_name_alone_is_filed_from_nowhere() -> None:
    assert tells("Gao/NNP/ROOT/0", "Gao") is False
    spec = "Gao/NNP/dep/2 ~:/:/punct/2 They/PRP/nsubj/3 attacked/VBD/ROOT/3"
    assert tells(spec, "attacked", at=11, start=10) is True
    assert tells(spec, "attacked", at=12, start=10) is False


@pytest.mark.parametrize(
    ("spec", "at", "kind", "told"),
    [
        ("Gao/NNP/dep/2 ~:/:/punct/2 They/PRP/nsubj/3 attacked/VBD/ROOT/3", 0, "body", True),
        ("Gao/NNP/dep/2 ~:/:/punct/2 They/PRP/nsubj/3 attacked/VBD/ROOT/3", 1, "body", True),
        ("Gao/NNP/dep/2 ~:/:/punct/2 They/PRP/nsubj/3 attacked/VBD/ROOT/3", 2, "body", False),
        ("Gao/NNP/dep/2 ~:/:/punct/2 they/PRP/nsubj/3 attacked/VBD/ROOT/3", 0, "body", False),
        ("Gao/NNP/dep/2 ~;/:/punct/2 They/PRP/nsubj/3 attacked/VBD/ROOT/3", 0, "body", False),
        ("Gao/NNP/dep/2 ~:/:/punct/2 They/PRP/nsubj/3 attacked/VBD/ROOT/3", 0, "headline", False),
        ("attacked/VBD/ROOT/0 Gao/NNP/dobj/0 ~:/:/punct/0", 0, "body", False),
    ],
)
def test_where_a_report_is_filed(spec: str, at: int, kind: str, told: bool) -> None:
    assert tells(spec, "attacked", at=at, kind=kind) is told


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        # "Gunmen killed farmers, the ministry in Gao said."
        (KILLED.format("ccomp/8") + " ,/,/punct/2 the/DT/det/5 ministry/NN/appos/2 in/IN/prep/5 Gao/NNP/pobj/6 said/VBD/ROOT/8", True),
        (KILLED.format("ccomp/8") + " ”/''/punct/2 the/DT/det/5 ministry/NN/appos/2 in/IN/prep/5 Gao/NNP/pobj/6 said/VBD/ROOT/8", True),
        (KILLED.format("ccomp/8") + " and/CC/punct/2 the/DT/det/5 ministry/NN/appos/2 in/IN/prep/5 Gao/NNP/pobj/6 said/VBD/ROOT/8", False),
        (KILLED.format("ccomp/8") + " ,/,/punct/2 the/DT/det/5 ministry/NN/appos/2 in/IN/prep/5 Gao/NNP/pobj/6 ran/VBD/ROOT/8", False),
        (KILLED.format("ccomp/8") + " ,/,/punct/2 the/DT/det/5 ministry/NN/nsubj/8 in/IN/prep/2 Gao/NNP/pobj/6 said/VBD/ROOT/8", False),
        (KILLED.format("ccomp/8") + " in/IN/prep/2 Gao/NNP/pobj/3 ,/,/punct/2 the/DT/det/7 ministry/NN/appos/2 said/VBD/ROOT/8", False),
        (KILLED.format("ccomp/7") + " ,/,/punct/2 ministry/NN/appos/2 in/IN/prep/4 Gao/NNP/pobj/5 said/VBD/ROOT/7", True),
        (KILLED.format("ccomp/7") + ' "/``/punct/2 ministry/NN/appos/2 in/IN/prep/4 Gao/NNP/pobj/5 said/VBD/ROOT/7', True),
        (KILLED.format("ccomp/7") + " ''/''/punct/2 ministry/NN/appos/2 in/IN/prep/4 Gao/NNP/pobj/5 said/VBD/ROOT/7", True),
        (KILLED.format("ccomp/7") + " ,/,/punct/2 it/PRP/nsubjpass/7 in/IN/prep/2 Gao/NNP/pobj/5 said/VBN/ROOT/7", False),
        (KILLED.format("ccomp/8") + " ,/,/punct/2 ministry/NN/appos/2 in/IN/prep/4 Gao/NNP/pobj/5 ,/,/punct/2 said/VBD/ROOT/8", False),
        ("killed/VBN/ccomp/5 ,/,/punct/0 police/NNS/appos/0 in/IN/prep/2 Gao/NNP/pobj/3 said/VBD/ROOT/5", True),
        (KILLED.format("ccomp/4") + " ,/,/punct/2 said/VBD/ROOT/4 the/DT/det/6 ministry/NN/appos/2 in/IN/prep/6 Gao/NNP/pobj/7", False),
        # the speaker stands behind the verb
        ("Said/VBD/ROOT/0 Gunmen/NNS/nsubj/2 killed/VBD/ccomp/0 farmers/NNS/dobj/2 ,/,/punct/3 people/NNS/appos/3 in/IN/prep/5 Gao/NNP/pobj/6", False),
    ],
)  # fmt: skip
def test_a_speaker_at_the_end(spec: str, told: bool) -> None:
    assert tells(spec, "killed") is told


OFFICIALS = "Officials/NNS/nsubj/3 in/IN/prep/0 Gao/NNP/pobj/1 "


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        (OFFICIALS + "said/VBD/ROOT/3 gunmen/NNS/nsubj/5 killed/VBD/ccomp/3", True),
        (OFFICIALS + "said/VBD/parataxis/5 gunmen/NNS/nsubj/5 killed/VBD/ROOT/5", False),
        (OFFICIALS + "said/VBD/ROOT/3 gunmen/NNS/nsubj/5 killed/VBD/parataxis/3", True),
        (OFFICIALS + "said/VBD/ROOT/3 gunmen/NNS/nsubj/5 killed/VBD/advcl/3", False),
        (OFFICIALS + "said/VBD/parataxis/6 gunmen/NNS/nsubj/5 killed/VBD/advcl/3 it/PRP/ROOT/6", True),
        (OFFICIALS + "ran/VBD/ROOT/3 gunmen/NNS/nsubj/5 killed/VBD/ccomp/3", False),
        # a reaction
        (OFFICIALS + "mourned/VBD/ROOT/3 the/DT/det/5 killed/NN/dobj/3", True),
        (OFFICIALS + "heard/VBD/ROOT/3 they/PRP/nsubj/5 killed/VBD/ccomp/3", True),
        (OFFICIALS + "mourned/VBD/ROOT/3 the/DT/det/5 killed/NN/nsubj/3", False),
        (OFFICIALS + "ate/VBD/ROOT/3 the/DT/det/5 killed/NN/dobj/3", False),
        (OFFICIALS + "investigate/VBP/ROOT/3 the/DT/det/5 killed/NN/parataxis/3", True),
        (OFFICIALS + "probe/VBP/ROOT/3 the/DT/det/5 killed/NN/xcomp/3", True),
        # whom they buried
        (OFFICIALS + "buried/VBD/ROOT/3 workers/NNS/dobj/3 who/WP/nsubj/6 were/VBD/aux/6 killed/VBN/relcl/4", True),
        (OFFICIALS + "buried/VBD/ROOT/3 workers/NNS/nsubj/3 who/WP/nsubj/6 were/VBD/aux/6 killed/VBN/relcl/4", False),
        (OFFICIALS + "buried/VBD/ROOT/3 workers/NNS/dobj/3 who/WP/nsubj/6 were/VBD/aux/6 killed/VBN/acl/4", False),
        # no subject of the verb above
        ("Farmers/NNS/dobj/3 in/IN/prep/0 Gao/NNP/pobj/1 said/VBD/ROOT/3 gunmen/NNS/nsubj/5 killed/VBD/ccomp/3", False),
        ("Gao/NNP/nsubj/1 killed/VBD/ROOT/1", False),
        ("Gao/NNP/ROOT/0 killed/VBD/acl/0", False),
    ],
)
def test_who_speaks(spec: str, told: bool) -> None:
    assert tells(spec, "killed") is told


@pytest.mark.parametrize(
    ("type_", "mode", "dep", "told"),
    [
        ("ACCUSE", None, "pobj", True), ("REJECT", None, "pobj", True), ("SUPPORT", None, "pobj", True),
        ("REQUEST", None, "pobj", True), ("CONCEDE", None, "pobj", True), ("ASSAULT", None, "pobj", False),
        ("AGREE", None, "pobj", False), ("ACCUSE", "investigate", "pobj", False), ("ACCUSE", None, "npadvmod", False),
    ],
)  # fmt: skip
def test_who_condemns_does_so_from_office(type_: str, mode: str | None, dep: str, told: bool) -> None:
    spec = f"Officials/NNS/nsubj/3 in/IN/prep/0 Gao/NNP/{dep}/1 condemned/VBD/ROOT/3 it/PRP/dobj/3"
    assert tells(spec, "condemned", type_, mode) is told


def test_who_does_it_is_not_who_tells_of_it() -> None:
    assert tells("Gao/NNP/nsubj/1 condemned/VBD/ROOT/1 it/PRP/dobj/1", "condemned", "ACCUSE") is False
    assert tells("It/PRP/nsubj/1 condemned/VBD/ROOT/1 Gao/NNP/dobj/1", "condemned", "ACCUSE") is False


@pytest.mark.parametrize(
    ("spec", "there"),
    [
        # in a statement
        ("They/PRP/nsubj/1 killed/VBD/ROOT/1 in/IN/prep/1 a/DT/det/4 statement/NN/pobj/2 from/IN/prep/4 Gao/NNP/pobj/5", True),
        ("They/PRP/nsubj/1 killed/VBD/ROOT/1 in/IN/prep/1 an/DT/det/4 interview/NN/pobj/2 by/IN/prep/4 Gao/NNP/pobj/5", True),
        ("They/PRP/nsubj/1 killed/VBD/ROOT/1 in/IN/prep/1 a/DT/det/4 market/NN/pobj/2 from/IN/prep/4 Gao/NNP/pobj/5", False),
        ("They/PRP/nsubj/1 killed/VBD/ROOT/1 to/TO/aux/3 interview/VB/xcomp/1 by/IN/prep/3 Gao/NNP/pobj/4", False),
        # told reporters in Gao
        ("They/PRP/nsubj/1 killed/VBD/ccomp/3 he/PRP/nsubj/3 told/VBD/ROOT/3 reporters/NNS/dobj/3 in/IN/prep/4 Gao/NNP/pobj/5", True),
        ("They/PRP/nsubj/1 killed/VBD/ccomp/3 he/PRP/nsubj/3 told/VBD/ROOT/3 reporters/NNS/dobj/3 at/IN/prep/4 Gao/NNP/pobj/5", True),
        ("They/PRP/nsubj/1 killed/VBD/ccomp/3 he/PRP/nsubj/3 told/VBD/ROOT/3 reporters/NNS/dobj/3 from/IN/prep/4 Gao/NNP/pobj/5", True),
        ("They/PRP/nsubj/1 killed/VBD/ccomp/3 he/PRP/nsubj/3 told/VBD/ROOT/3 reporters/NNS/dobj/3 of/IN/prep/4 Gao/NNP/pobj/5", False),
        ("They/PRP/nsubj/1 killed/VBD/ccomp/3 he/PRP/nsubj/3 told/VBD/ROOT/3 reporters/NNS/dobj/3 in/IN/prep/4 Gao/NNP/npadvmod/5", False),
        ("They/PRP/nsubj/1 killed/VBD/ccomp/3 he/PRP/nsubj/3 saw/VBD/ROOT/3 reporters/NNS/dobj/3 in/IN/prep/4 Gao/NNP/pobj/5", False),
        ("They/PRP/nsubj/1 killed/VBD/ccomp/3 he/PRP/nsubj/3 told/VBD/ROOT/3 reporters/NNS/nsubj/3 in/IN/prep/4 Gao/NNP/pobj/5", False),
        ("They/PRP/nsubj/1 killed/VBD/ccomp/3 he/PRP/nsubj/3 told/VBD/ROOT/3 reporting/VBG/dobj/3 in/IN/prep/4 Gao/NNP/pobj/5", False),
        ("They/PRP/nsubj/1 killed/VBD/ccomp/3 he/PRP/nsubj/3 spoke/VBD/ROOT/3 to/IN/dative/3 reporters/NNS/pobj/4 in/IN/prep/5 Gao/NNP/pobj/6", True),
        (
            "They/PRP/nsubj/1 killed/VBD/ccomp/3 he/PRP/nsubj/3 told/VBD/ROOT/3 a/NN/dobj/3 b/IN/prep/4 c/NN/pobj/5 in/IN/prep/6 Gao/NNP/pobj/7",
            True,
        ),
        (
            "They/PRP/nsubj/1 killed/VBD/ccomp/3 he/PRP/nsubj/3 told/VBD/ROOT/3 a/NN/dobj/3 b/IN/prep/4 c/NN/pobj/5 d/IN/prep/6 e/NN/pobj/7 "
            "in/IN/prep/8 Gao/NNP/pobj/9",
            False,
        ),
        ("He/PRP/nsubj/1 told/VBD/ROOT/1 killed/VBN/dobj/1 in/IN/prep/1 Gao/NNP/pobj/3", True),
        # speaking in Gao, …
        ("Speaking/VBG/advcl/5 in/IN/prep/5 Gao/NNP/pobj/1 ,/,/punct/5 they/PRP/nsubj/5 killed/VBD/ROOT/5", True),
        ("Standing/VBG/advcl/5 in/IN/prep/5 Gao/NNP/pobj/1 ,/,/punct/5 they/PRP/nsubj/5 killed/VBD/ROOT/5", False),
        ("Speaking/VBG/advcl/4 in/IN/prep/4 Gao/NNP/pobj/1 they/PRP/nsubj/4 killed/VBD/ROOT/4", False),
        ("Speaking/VBG/advcl/3 ,/,/punct/3 they/PRP/nsubj/3 killed/VBD/ROOT/3 in/IN/prep/3 Gao/NNP/pobj/4", False),
        # said in Gao that …
        ("He/PRP/nsubj/1 said/VBD/ROOT/1 in/IN/prep/1 Gao/NNP/pobj/2 that/IN/mark/6 they/PRP/nsubj/6 killed/VBD/ccomp/1", True),
        ("He/PRP/nsubj/1 said/VBD/ROOT/1 in/IN/prep/1 Gao/NNP/pobj/2 so/RB/advmod/6 they/PRP/nsubj/6 killed/VBD/ccomp/1", False),
        ("He/PRP/nsubj/1 ran/VBD/ROOT/1 in/IN/prep/1 Gao/NNP/pobj/2 that/IN/mark/6 they/PRP/nsubj/6 killed/VBD/ccomp/1", False),
        ("He/PRP/nsubj/1 said/VBD/ROOT/1 that/IN/mark/4 they/PRP/nsubj/4 killed/VBD/ccomp/1 in/IN/prep/1 Gao/NNP/pobj/5", False),
        ("It/PRP/nsubj/1 killed/VBD/ROOT/1 in/IN/prep/5 Gao/NNP/pobj/2 he/PRP/nsubj/5 said/VBD/conj/1 that/IN/mark/7 ran/VBD/ccomp/5", False),
    ],
)  # fmt: skip
def test_where_words_were_said(spec: str, there: bool) -> None:
    s = read(spec)
    head = s.head_of(name(s, "Gao"))
    assert head is not None
    assert said_there(s, trigger(s, "killed"), head) is there


def test_what_is_said_is_not_where_it_is_said_itself() -> None:
    s = read("He/PRP/nsubj/1 told/VBD/ROOT/1 them/PRP/dobj/1 in/IN/prep/1 Gao/NNP/pobj/3")
    assert said_there(s, trigger(s, "told", "REQUEST"), s.tokens[4]) is False
    assert said_there(s, trigger(s, "He", anchor=1), s.tokens[4]) is False
