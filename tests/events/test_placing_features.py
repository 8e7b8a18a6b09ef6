"""What the place linker sees of a trigger and a name, by sentences made by hand. Weights are learned for these names."""

# ruff: noqa: E501 - a sentence is easier to read on one line

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mapper.events.placing_features import (
    contains,
    features,
    joint,
    linked,
    place_class,
    preposition_of,
    said_between,
)
from mapper.events.placing_scope import between, outer_preposition, surface
from mapper.events.syntax import Sentence
from mapper.model import PlaceRef, Toponym
from tests.events.by_hand import name, place, read, trigger

MALI = place("Mali", "PCLI", "A")
REFS = {"Mali": MALI, "Ghana": place("Ghana", "PCLI", "A", "GH"), "Accra": place("Accra", "PPLC", "P", "GH")}
NAMES = ("Gao", "Kidal", "Mali", "Ghana", "Accra")


def seen(
    spec: str, word: str = "attacked", of: str = "Gao", *, type_: str = "ASSAULT", kinds: dict[str, str] | None = None,
    refs: dict[str, PlaceRef | None] | None = None, within: Any = None, segment: Any = "body", at: int = 0, **changes: Any,
) -> dict[str, float]:  # fmt: skip
    s = read(spec, kind=segment, at=at)
    words = [t.text for t in s.tokens if t.text in NAMES]
    found = linked(s, [toponym(s, n, (refs or {}), (kinds or {}).get(n, "literal")) for n in words], range(len(words)))
    anchor = changes.pop("anchor", None)
    if anchor is not None:
        changes["anchor"] = next(t.i for t in s.tokens if t.text == anchor)
    return features(s, trigger(s, word, type_, **changes), found[words.index(of)], found, within)


def toponym(s: Sentence, word: str, refs: dict[str, PlaceRef | None], kind: str = "literal") -> Toponym:
    plain = name(s, word, (REFS | refs).get(word), kind)
    return replace(plain, place=None) if word in refs and refs[word] is None else plain


PLAIN = "Gunmen/NNS/nsubj/1 attacked/VBD/ROOT/1 soldiers/NNS/dobj/1 in/IN/prep/1 Gao/NNP/pobj/3 ,/,/punct/4 Mali/NNP/appos/4"
FRONT = "In/IN/prep/3 Gao/NNP/pobj/0 ,/,/punct/3 attacked/VBD/ROOT/3 men/NNS/dobj/3 from/IN/prep/4 Mali/NNP/pobj/5"


def test_all_of_a_plain_sentence() -> None:
    found = seen(PLAIN)
    ones = """
        dobj=soldier nsubj=gunman governor=trigger type=ASSAULT|prep=in mode=None|dep=pobj status=reported tense=past
        prep=in dep=pobj dep=pobj|prep=in kind=literal class=settlement type=ASSAULT|dep=pobj trigger=verb
        path=prep>pobj up= below.trigger below.anchor prep.on.trigger prep.on.verb next=, before=in noun=in|pobj
        on=attacked|in trigger=attacked|pobj resolved kind=literal|dep=pobj after nearest.path nearest.text holds.it
        surface.in other.has.prep
    """.split()  # noqa: SIM905
    assert {key for key in ones if found.get(key) != 1.0} == set()
    numbers = {
        "numbers": 0.0, "length": 7 / 60, "verbs.after": 0.0, "commas.after": 0.0, "prepositions.after": 0.25, "len.down": 0.25,
        "len.up": 0.0, "sure": 0.9, "words": 0.25, "distance": 0.1, "alone": 0.0, "rank": 0.0,
    }  # fmt: skip
    assert {key: found[key] for key in numbers} == numbers
    assert set(found) == set(ones) | set(numbers)


def test_all_of_the_name_beside_it() -> None:
    first, found = seen(PLAIN), seen(PLAIN, of="Mali")
    same = {key for key in found if first.get(key) == found[key]}
    assert {key: value for key, value in found.items() if key not in same} == {
        "commas.after": 1 / 3, "mode=None|dep=appos": 1.0, "dep=appos": 1.0, "dep=appos|prep=in": 1.0,
        "class=country": 1.0, "type=ASSAULT|dep=appos": 1.0, "path=prep>pobj>appos": 1.0, "len.down": 3 / 8,
        "down.appos": 1.0, "next=": 1.0, "before=,": 1.0, "noun=gao|appos": 1.0, "trigger=attacked|appos": 1.0,
        "kind=literal|dep=appos": 1.0, "distance": 5 / 30, "nearest.path": 0.0, "nearest.text": 0.0, "rank": 0.25,
        "inside.other.phrase": 1.0, "surface.holds": 1.0, "listed": 1.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("spec", "how", "there", "absent"),
    [
        # a name before the trigger, in a phrase of its own
        (FRONT, {}, {"fronted": 1, "before": 1, "commas.before": 1 / 3, "verbs.before": 0, "prepositions.before": 0, "gaz.part": 1}, "after listed dateline alone="),
        (FRONT, {"of": "Mali"}, {"prep.on.person": 1, "prep.on.noun": 1, "prep.on.noun.dep=dobj": 1, "prep.on.argument.dobj|from": 1, "governor=noun.below.dobj": 1, "gaz.container": 1, "other.has.prep": 1, "prep.on.trigger": 0}, "fronted prep.on.thing prep.on.verb"),
        (FRONT.replace("In/", "Near/"), {}, {"fronted": 1, "prep=near": 1}, ""),
        (FRONT.replace("In/", "From/"), {}, {"prep=from": 1}, "fronted"),
        (FRONT.replace(",/,", "so/RB"), {}, {}, "fronted"),
        ("Then/RB/advmod/4 in/IN/prep/4 Gao/NNP/pobj/1 ,/,/punct/4 attacked/VBD/ROOT/4", {}, {"fronted": 1}, ""),
        ("Men/NNS/nsubj/4 in/IN/prep/4 Gao/NNP/pobj/1 ,/,/punct/4 attacked/VBD/ROOT/4", {}, {}, "fronted"),
        ("In/IN/prep/9 Gao/NNP/pobj/0 a/DT/x/9 a/DT/x/9 a/DT/x/9 a/DT/x/9 a/DT/x/9 a/DT/x/9 ,/,/punct/9 attacked/VBD/ROOT/9", {}, {"fronted": 1}, ""),
        ("In/IN/prep/10 Gao/NNP/pobj/0 a/DT/x/9 a/DT/x/9 a/DT/x/9 a/DT/x/9 a/DT/x/9 a/DT/x/9 a/DT/x/9 ,/,/punct/9 attacked/VBD/ROOT/10", {}, {}, "fronted"),
        # other prepositions, and none
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 amid/IN/prep/1 Gao/NNP/pobj/2", {}, {"prep=other": 1, "dep=pobj|prep=other": 1, "on=attacked|other": 1, "type=ASSAULT|prep=amid": 1}, "prep=amid"),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 Gao/NNP/dobj/1", {}, {"prep=none": 1, "is.object|type=ASSAULT": 1, "dobj=NAME": 1, "alone": 1}, "prep.on.trigger is.subject on=attacked|none"),
        ("Gao/NNP/nsubjpass/2 was/VBD/auxpass/2 attacked/VBN/ROOT/2", {}, {"is.object|type=ASSAULT": 1, "nsubjpass=NAME": 1, "before=": 1}, "is.subject"),
        ("Gao/NNP/nsubj/1 attacked/VBD/ROOT/1 it/PRP/dobj/1", {}, {"is.subject": 1, "nsubj=NAME": 1}, "is.object|type=ASSAULT"),
        ("Gao/NNP/nsubj/1 said/VBD/ROOT/1 it/PRP/nsubj/3 attacked/VBD/ccomp/1", {}, {"up=ccomp": 1, "up.ccomp": 1, "len.up": 1 / 6, "below.trigger": 0, "below.anchor": 0, "verbs.before": 0.25}, "is.subject"),
        # a verb of speech, and another one
        ("They/PRP/nsubj/1 said/VBD/ROOT/1 in/IN/prep/1 Gao/NNP/pobj/2 it/PRP/nsubj/5 attacked/VBD/ccomp/1", {}, {"prep.on.speech": 1, "prep.on.other.verb|in": 1, "governor=verb.above.ccomp": 1, "prep.on.trigger": 0}, "prep.on.other.verb prep.on.noun"),
        ("They/PRP/nsubj/1 ran/VBD/ROOT/1 in/IN/prep/1 Gao/NNP/pobj/2 it/PRP/nsubj/5 attacked/VBD/ccomp/1", {}, {"prep.on.other.verb": 1, "prep.on.other.verb|in": 1}, "prep.on.speech"),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 men/NNS/dobj/1 living/VBG/acl/2 in/IN/prep/3 Gao/NNP/pobj/4", {}, {"down.acl": 1, "governor=verb.below.dobj": 1, "path=dobj>acl>prep>pobj": 1}, "up.acl path=long"),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 men/NNS/dobj/1 who/WP/nsubj/4 live/VBP/relcl/2 in/IN/prep/4 suburbs/NNS/pobj/5 of/IN/prep/6 Gao/NNP/pobj/7", {}, {"down.relcl": 1, "path=long": 1, "relative.after": 1, "len.down": 6 / 8, "prep.on.thing": 1, "outer=in": 1, "outer.on.trigger": 0, "type=ASSAULT|prep=in": 1}, "prep.on.person prep.on.other.verb prep.on.speech"),
        # what the trigger is
        ("The/DT/det/1 raid/NN/nsubj/4 in/IN/prep/1 Gao/NNP/pobj/2 failed/VBD/ROOT/4", {"word": "raid"}, {"trigger=noun": 1, "governor=trigger": 1, "prep.on.noun": 1, "prep.on.trigger": 1}, "trigger=verb"),
        ("The/DT/det/1 raid/NN/nsubj/2 failed/VBD/ROOT/2 in/IN/prep/2 Gao/NNP/pobj/3", {"word": "raid"}, {"up=nsubj": 1, "governor=verb.above.nsubj": 1, "prep.on.trigger": 0}, ""),
        ("The/DT/det/1 raid/NN/nsubj/2 failed/VBD/ROOT/2 in/IN/prep/2 Gao/NNP/pobj/3", {"word": "raid", "anchor": "failed"}, {"up=nsubj": 1, "governor=trigger": 1, "prep.on.trigger": 1, "below.anchor": 1, "below.trigger": 0}, ""),
        ("They/PRP/nsubj/1 say/VBP/ROOT/1 that/IN/mark/5 they/PRP/nsubj/5 had/VBD/aux/5 attacked/VBN/ccomp/1 after/IN/prep/1 Gao/NNP/pobj/6", {"status": "denied", "tense": "past", "mode": "aerial"}, {"status=denied": 1, "mode=aerial|dep=pobj": 1}, "status=reported"),
        # what the name does in its noun phrase
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 Gao/NNP/compound/3 men/NNS/dobj/1", {}, {"compound.of.person": 1, "next=men": 1, "noun=men|compound": 1}, "before.side"),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 Gao/NNP/compound/3 trucks/NNS/dobj/1", {}, {"compound.of.thing": 1}, ""),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 Gao/NNP/nmod/3 district/NN/dobj/1", {}, {"nmod.of.side": 1, "before.side": 1}, ""),
        ("The/DT/det/2 Gao/NNP/amod/2 raid/NN/ROOT/2", {"word": "raid"}, {"amod.of.trigger": 1}, ""),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 Gao/NNP/poss/3 Kidal/NNP/dobj/1", {}, {"poss.of.place": 1, "poss.container": 1}, ""),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 northern/JJ/amod/3 Gao/NNP/dobj/1", {}, {"directed": 1}, ""),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 new/JJ/amod/3 Gao/NNP/dobj/1", {}, {}, "directed"),
        # kinds
        (PLAIN, {"kinds": {"Gao": "metonym"}}, {"kind=metonym": 1, "kind=metonym|dep=pobj": 1}, "kind=literal"),
        (PLAIN, {"refs": {"Gao": None}}, {"unresolved": 1, "class=unknown": 1}, "resolved"),
        # how much stands between
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 ,/,/p/1 ran/VBD/x/1 ,/,/p/1 could/MD/x/1 ,/,/p/1 flee/VB/x/1 ,/,/p/1 go/VB/x/1 see/VB/x/1 Gao/NNP/dobj/1", {}, {"verbs.after": 1, "commas.after": 1, "distance": 10 / 30}, ""),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 ;/:/p/1 “/``/p/1 on/IN/x/1 of/IN/x/1 Gao/NNP/dobj/1", {}, {"broken.after": 1, "quoted": 1, "prepositions.after": 0.5}, "relative.after"),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 --/:/p/1 where/WRB/x/1 Gao/NNP/dobj/1", {}, {"broken.after": 1, "relative.after": 1}, "quoted"),
        ("Gao/NNP/dobj/3 –/:/p/1 which/WDT/x/3 attacked/VBD/ROOT/3", {}, {"broken.before": 1, "relative.before": 1}, "broken.after"),
        ("They/PRP/nsubj/3 did/VBD/aux/3 not/RB/neg/3 attacked/VBD/ROOT/3 5/CD/x/3 6/CD/x/3 7/CD/x/3 8/CD/x/3 Gao/NNP/dobj/3", {}, {"negated": 1, "numbers": 1}, ""),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 5/CD/x/1 Gao/NNP/dobj/1", {}, {"numbers": 1 / 3, "length": 4 / 60}, "negated"),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 " + "a/NN/x/1 " * 31 + "Gao/NNP/dobj/1", {}, {"distance": 1, "length": 34 / 60}, ""),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 could/MD/x/1 :/:/p/1 ''/''/p/1 Gao/NNP/dobj/1", {}, {"verbs.after": 0.25, "broken.after": 1, "quoted": 1}, ""),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 —/:/p/1 ”/''/p/1 of/IN/x/1 of/IN/x/1 of/IN/x/1 of/IN/x/1 of/IN/x/1 Gao/NNP/dobj/1", {}, {"verbs.after": 0, "broken.after": 1, "quoted": 1, "prepositions.after": 1}, ""),
        ("The/DT/det/1 raid/NN/ROOT/1 went/VBD/x/1 went/VBD/x/1 Gao/NNP/dobj/1", {"word": "raid"}, {"verbs.after": 0.5, "commas.after": 0}, ""),
        # how far below and above
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 a/NN/dobj/1 b/NN/x/2 c/NN/x/3 by/IN/prep/4 Gao/NNP/pobj/5", {}, {"path=long": 1, "len.down": 5 / 8}, ""),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 a/NN/dobj/1 b/NN/x/2 by/IN/prep/3 Gao/NNP/pobj/4", {}, {"path=dobj>x>prep>pobj": 1}, "path=long"),
        ("Gao/NNP/nsubj/1 said/VBD/ROOT/1 it/PRP/nsubj/3 ran/VBD/ccomp/1 to/TO/aux/5 attacked/VB/xcomp/3", {}, {"up=xcomp<ccomp": 1, "up.xcomp": 1, "up.ccomp": 1, "len.up": 2 / 6}, "up=long"),
        ("Gao/NNP/nsubj/1 said/VBD/ROOT/1 it/PRP/nsubj/3 ran/VBD/ccomp/1 to/TO/aux/5 go/VB/xcomp/3 and/CC/cc/5 attacked/VB/conj/5", {}, {"up=long": 1, "up.conj": 1, "up.xcomp": 1, "up.ccomp": 1, "len.up": 0.5}, ""),
        ("They/PRP/nsubj/1 ran/VBD/ROOT/1 and/CC/cc/1 attacked/VBD/conj/1 in/IN/prep/3 Gao/NNP/pobj/4", {}, {"path=prep>pobj": 1}, "down.conj up.conj"),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 it/PRP/nsubj/3 ran/VBD/parataxis/1 in/IN/prep/3 Gao/NNP/pobj/4", {}, {"down.parataxis": 1}, ""),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 round/IN/prep/1 Gao/NNP/pobj/2", {}, {"prep=other": 1}, "prep=round other.has.prep"),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 in/IN/prep/1 Gao/NNP/pobj/2", {}, {"alone": 1}, "other.has.prep listed"),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 Gao/NNP/dobj/1 men/NNS/x/1 in/IN/prep/3 Kidal/NNP/pobj/4", {}, {}, "other.has.prep"),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 to/TO/aux/3 see/VB/xcomp/1 Gao/NNP/dobj/3", {}, {"down.xcomp": 1}, "is.object|type=ASSAULT"),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 Gao/NNP/compound/3 districts/NNS/dobj/1", {}, {"compound.of.side": 1}, ""),
        ("Kidal/NNP/nmod/1 men/NNS/nsubj/2 attacked/VBD/ROOT/2 Gao/NNP/dobj/2", {}, {"nearest.path": 1, "nearest.text": 1, "rank": 0}, ""),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 a/NN/dobj/1 b/NN/x/2 Kidal/NNP/x/3 it/PRP/x/1 was/PRP/x/1 Gao/NNP/npadvmod/1", {}, {"nearest.path": 1, "nearest.text": 0}, ""),
        ("Kidal/NNP/npadvmod/4 a/RB/x/4 b/RB/x/4 c/RB/x/4 attacked/VBD/ROOT/4 Gao/NNP/dobj/4", {}, {"nearest.path": 1, "nearest.text": 1, "rank": 0}, ""),
        ("Kidal/NNP/npadvmod/4 a/RB/x/4 b/RB/x/4 c/RB/x/4 attacked/VBD/ROOT/4 Gao/NNP/dobj/4", {"of": "Kidal"}, {"nearest.path": 0, "nearest.text": 0, "rank": 0}, ""),
        ("Gao/NNP/x/1 a/NN/ROOT/1 b/NN/x/1 c/NN/x/2 d/NN/x/3 e/NN/x/4 f/NN/x/5 g/NN/x/6 attacked/VBD/x/7", {}, {"len.up": 1}, ""),
        ("Gao/NNP/x/1 a/NN/ROOT/1 b/NN/x/1 c/NN/x/2 d/NN/x/3 e/NN/x/4 f/NN/x/5 attacked/VBD/x/6", {}, {"len.up": 1}, ""),
        ("Gao/NNP/x/1 a/NN/ROOT/1 b/NN/x/1 c/NN/x/2 d/NN/x/3 e/NN/x/4 attacked/VBD/x/5", {}, {"len.up": 5 / 6}, ""),
        ("``/``/punct/4 on/IN/prep/4 Gao/NNP/pobj/1 ,/,/punct/4 attacked/VBD/ROOT/4", {}, {"fronted": 1, "prep=on": 1}, ""),
        ("at/IN/prep/3 Gao/NNP/pobj/0 ,/,/punct/3 attacked/VBD/ROOT/3", {}, {"fronted": 1}, ""),
        ("a/RB/x/6 b/RB/x/6 c/RB/x/6 d/RB/x/6 e/NN/x/9 in/IN/prep/9 Gao/NNP/pobj/5 ,/,/punct/9 x/NN/x/9 attacked/VBD/ROOT/9", {}, {"fronted": 1}, ""),
        # among other names
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 in/IN/prep/1 Gao/NNP/pobj/2 and/CC/cc/3 Kidal/NNP/conj/3", {"of": "Kidal"}, {"listed": 1, "prep=in": 1, "nearest.path": 0, "nearest.text": 0, "rank": 0.25, "other.has.prep": 1}, ""),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 in/IN/prep/1 Gao/NNP/pobj/2 and/CC/cc/3 Kidal/NNP/conj/3", {}, {"nearest.path": 1, "nearest.text": 1, "rank": 0, "other.has.prep": 1}, "listed"),
        ("They/PRP/nsubj/1 attacked/VBD/ROOT/1 by/IN/prep/1 Gao/NNP/pobj/2 of/IN/prep/3 Kidal/NNP/pobj/4", {}, {}, "other.has.prep listed"),
        ("Kidal/NNP/npadvmod/1 attacked/VBD/ROOT/1 men/NNS/dobj/1 of/IN/prep/2 Gao/NNP/pobj/3", {}, {"nearest.path": 0, "nearest.text": 0, "rank": 0.25}, "listed"),
    ],
)  # fmt: skip
def test_what_is_seen(spec: str, how: dict[str, Any], there: dict[str, float], absent: str) -> None:
    found = seen(spec, **how)
    assert {key: found.get(key) for key in there} == there
    assert [key for key in absent.split() if key in found] == []
    assert "" not in found


@pytest.mark.parametrize(
    "word",
    [
        "in",
        "at",
        "near",
        "inside",
        "outside",
        "on",
        "around",
        "across",
        "throughout",
        "within",
        "over",
        "along",
        "into",
    ],
)
def test_another_name_stands_in_a_place(word: str) -> None:
    spec = f"They/PRP/nsubj/1 attacked/VBD/ROOT/1 Gao/NNP/dobj/1 {word}/IN/prep/1 Kidal/NNP/pobj/3"
    assert seen(spec).get("other.has.prep") == 1.0
    assert seen(spec, of="Kidal").get(f"prep={word}") == 1.0


@pytest.mark.parametrize(("text", "words"), [("Gao", 0.25), ("New Gao", 0.5), ("a b c Gao", 1.0), ("a b c d Gao", 1.0)])
def test_words_of_a_name(text: str, words: float) -> None:
    s = read("They/PRP/nsubj/1 attacked/VBD/ROOT/1 Gao/NNP/dobj/1")
    (one,) = linked(s, [replace(name(s, "Gao"), text=text)], [0])
    assert features(s, trigger(s, "attacked"), one, [one])["words"] == words


# ---- names and names


@pytest.mark.parametrize(
    ("spec", "gao", "other"),
    [
        ("in/IN/ROOT/0 Gao/NNP/pobj/0 of/IN/prep/1 Kidal/NNP/pobj/2", "holds.it", "inside.other.phrase"),
        ("in/IN/ROOT/0 Gao/NNP/poss/3 the/DT/det/3 Kidal/NNP/pobj/0", "poss.container", "holds.it"),
        ("in/IN/ROOT/0 Gao/NNP/compound/2 Kidal/NNP/pobj/0", "inside.other.phrase", "holds.it"),
        ("in/IN/ROOT/0 Gao/NNP/nmod/2 Kidal/NNP/pobj/0", "inside.other.phrase", "holds.it"),
        ("in/IN/ROOT/0 Gao/NNP/appos/2 Kidal/NNP/pobj/0", "inside.other.phrase", "holds.it"),
        ("in/IN/ROOT/0 Gao/NNP/conj/2 Kidal/NNP/pobj/0", "followed.by.container", "follows.part"),
        ("in/IN/ROOT/0 Gao/NNP/pobj/0 held/VBN/acl/1 by/IN/agent/2 Kidal/NNP/pobj/3", "", ""),
        ("the/DT/det/2 Gao/NNP/compound/2 district/NN/ROOT/2 in/IN/prep/2 Kidal/NNP/pobj/3", "named.side", "side.whole"),
        ("the/DT/det/2 Gao/NNP/compound/2 district/NN/ROOT/2 of/IN/prep/2 Kidal/NNP/pobj/3", "named.side", "side.whole"),
        ("the/DT/det/2 Gao/NNP/compound/2 city/NN/ROOT/2 of/IN/prep/2 Kidal/NNP/pobj/3", "side.whole", "named.side"),
        ("the/DT/det/2 Gao/NNP/compound/2 city/NN/ROOT/2 in/IN/prep/2 Kidal/NNP/pobj/3", "named.side", "side.whole"),
        ("the/DT/det/2 Gao/NNP/compound/2 city/NN/ROOT/2 with/IN/prep/2 Kidal/NNP/pobj/3", "", ""),
        ("the/DT/det/2 Gao/NNP/compound/2 truck/NN/ROOT/2 in/IN/prep/2 Kidal/NNP/pobj/3", "", ""),
        ("Gao/NNP/ROOT/0 Kidal/NNP/dep/2 it/PRP/dep/0", "followed.by.container", "follows.part"),
        ("Gao/NNP/ROOT/0 it/PRP/dep/0 then/RB/dep/0 Kidal/NNP/dep/2", "", ""),
        ("x/NN/ROOT/0 x/NN/x/0 x/NN/x/0 x/NN/x/0 x/NN/x/0 Gao/NNP/x/0 Kidal/NNP/x/0", "followed.by.container", "follows.part"),
        ("Gao/NNP/ROOT/0 in/IN/prep/0 a/NN/pobj/1 b/NN/appos/2 c/NN/poss/3 d/NN/compound/4 Kidal/NNP/nmod/5", "holds.it", "poss.container"),
        ("Kidal/NNP/ROOT/0 in/IN/prep/0 a/NN/pobj/1 b/NN/appos/2 c/NN/poss/3 d/NN/compound/4 Gao/NNP/nmod/5", "poss.container", "holds.it"),
    ],
)  # fmt: skip
def test_what_is_part_of_what(spec: str, gao: str, other: str) -> None:
    relations = {
        "holds.it", "inside.other.phrase", "poss.container", "named.side", "side.whole", "followed.by.container",
        "follows.part", "gaz.container", "gaz.part",
    }  # fmt: skip
    for of, relation in (("Gao", gao), ("Kidal", other)):
        assert relations & set(seen(spec, spec.partition("/")[0], of)) == ({relation} if relation else set())


def anywhere(*_: str) -> bool:
    return True


@pytest.mark.parametrize("word", ["city", "town", "village", "borough", "suburb", "port"])
def test_the_town_of_a_name_is_that_name(word: str) -> None:
    spec = f"the/DT/det/2 Gao/NNP/nmod/2 {word}/NN/ROOT/2 of/IN/prep/2 Kidal/NNP/pobj/3"
    assert "side.whole" in seen(spec, word)
    assert "named.side" in seen(spec, word, "Kidal")
    assert "named.side" in seen(spec.replace("of/IN", "near/IN"), word)


@pytest.mark.parametrize(
    ("spec", "sided"),
    [
        ("the/DT/det/2 Gao/NNP/amod/2 district/NN/ROOT/2 in/IN/prep/2 Kidal/NNP/pobj/3", True),
        ("the/DT/det/2 Gao/NNP/appos/2 district/NN/ROOT/2 in/IN/prep/2 Kidal/NNP/pobj/3", True),
        ("the/DT/det/2 Gao/NNP/poss/2 district/NN/ROOT/2 in/IN/prep/2 Kidal/NNP/pobj/3", False),
        ("the/DT/det/2 Gao/NNP/amod/2 district/NN/ROOT/2 lying/VBG/acl/2 in/IN/prep/3 Kidal/NNP/pobj/4", False),
        ("the/DT/det/2 Gao/NNP/amod/2 district/NN/ROOT/2 Kidal/NNP/x/2", False),
    ],
)
def test_a_district_by_its_name_and_where_it_lies(spec: str, sided: bool) -> None:
    assert ("named.side" in seen(spec, "district")) is sided
    assert ("side.whole" in seen(spec, "district", "Kidal")) is sided


APART = "Gao/NNP/nsubj/1 attacked/VBD/ROOT/1 and/CC/cc/1 it/PRP/nsubj/4 took/VBD/conj/1 {}/NNP/dobj/4"


@pytest.mark.parametrize(
    ("other", "refs", "within", "gao"),
    [
        ("Mali", {}, None, "gaz.part"), ("Ghana", {}, None, ""), ("Kidal", {}, None, ""),
        ("Kidal", {}, lambda inner, outer: (inner, outer) == ("p:gao", "p:kidal"), "gaz.part"),
        ("Kidal", {}, lambda inner, outer: (inner, outer) == ("p:kidal", "p:gao"), "gaz.container"),
        ("Accra", {}, anywhere, ""),
        ("Kidal", {"Kidal": place("Kidal", country=None)}, lambda inner, outer: (inner, outer) == ("p:gao", "p:kidal"), "gaz.part"),
        ("Kidal", {"Kidal": place("Kidal", country=None)}, lambda inner, outer: (inner, outer) == ("p:kidal", "p:gao"), "gaz.container"),
        ("Mali", {"Gao": place("Gao", country="GH")}, None, ""),
        ("Mali", {"Gao": place("Gao", "PCLI", "A")}, None, "gaz.container"),
        ("Kidal", {"Kidal": None}, anywhere, ""),
        ("Kidal", {"Gao": None}, anywhere, ""),
        ("Kidal", {"Kidal": place("Gao")}, anywhere, ""),
    ],
)  # fmt: skip
def test_what_the_gazetteer_says_lies_in_what(other: str, refs: Any, within: Any, gao: str) -> None:
    found = seen(APART.format(other), refs=refs, within=within)
    assert {"gaz.container", "gaz.part"} & set(found) == ({gao} if gao else set())


def test_what_the_gazetteer_does_not_hold_lies_nowhere() -> None:
    def unknown(inner: str, outer: str) -> bool:
        raise KeyError(inner)

    assert contains("a", "b", None) is False
    assert contains("a", "b", unknown) is False
    assert contains("outer", "inner", lambda inner, outer: (inner, outer) == ("inner", "outer")) is True


@pytest.mark.parametrize(
    ("ref", "kind"),
    [
        (None, "unknown"), (MALI, "country"), (place("A", "PCLS", "A"), "country"), (place("A", "ADM1", "A"), "adm1"),
        (place("A", "ADM2", "A"), "adm2"), (place("A", "PPLC"), "capital"), (place("A", "PPLA"), "settlement"),
        (place("A", "RGN", "L"), "region"), (place("A", "CONT", "L"), "region"), (place("A", "SEA", "H"), "water"),
        (place("A", "MT", "T"), "spot"), (place("A", "MT", "T", id="region:x"), "region"),
    ],
)  # fmt: skip
def test_kinds_of_places(ref: PlaceRef | None, kind: str) -> None:
    assert place_class(Toponym(start=0, end=1, text="A", kind="literal", place=ref, confidence=1.0)) == kind


@pytest.mark.parametrize(
    ("spec", "preposition"),
    [
        ("in/IN/ROOT/0 Gao/NNP/pobj/0", "in"),
        ("in/IN/ROOT/0 Gao/NNP/pcomp/0", "in"),
        ("is/VBZ/ROOT/0 Gao/NNP/pcomp/0", None),
        ("in/IN/ROOT/0 Gao/NNP/compound/2 district/NN/pobj/0", "in"),
        ("in/IN/ROOT/0 Gao/NNP/advmod/2 district/NN/pobj/0", None),
        ("in/IN/ROOT/0 Gao/NNP/compound/2 b/NN/nmod/3 c/NN/poss/4 d/NN/pobj/0", "in"),
        ("in/IN/ROOT/0 Gao/NNP/compound/2 b/NN/nmod/3 c/NN/poss/4 d/NN/amod/5 e/NN/pobj/0", None),
        ("a/NN/ROOT/0 and/CC/cc/0 Gao/NNP/conj/0", None),
        ("Gao/NNP/appos/0", None),
        ("in/IN/ROOT/0 Gao/NNP/advmod/0", None),
        ("in/IN/ROOT/0 Gao/NNP/amod/2 b/NN/pobj/0", "in"),
        ("in/IN/ROOT/0 Gao/NNP/nummod/2 b/NN/pobj/0", "in"),
        ("in/IN/ROOT/0 b/NN/pobj/0 Gao/NNP/conj/1", "in"),
        ("in/IN/ROOT/0 b/NN/pobj/0 Gao/NNP/appos/1", "in"),
    ],
)
def test_the_preposition_of_a_name(spec: str, preposition: str | None) -> None:
    s = read(spec)
    found = preposition_of(s, next(t for t in s.tokens if t.text == "Gao"))
    assert (found.lower if found is not None else None) == preposition


def test_a_name_that_is_no_word_is_left_out() -> None:
    s = read("in/IN/ROOT/0 Gao/NNP/pobj/0")
    away = name(read("Gao/NNP/ROOT/0", at=99), "Gao")
    assert [(one.index, one.head.text) for one in linked(s, [away, name(s, "Gao")], [0, 1])] == [(1, "Gao")]


@pytest.mark.parametrize(
    ("spec", "segment", "at", "dateline"),
    [
        ("GAO/NNP/dep/3 ~,/,/p/3 --/:/p/3 attacked/VBD/ROOT/3", "body", 0, True),
        ("GAO/NNP/dep/3 ~,/,/p/3 —/:/p/3 attacked/VBD/ROOT/3", "body", 2, True),
        ("GAO/NNP/dep/3 ~,/,/p/3 –/:/p/3 attacked/VBD/ROOT/3", "body", 3, False),
        ("GAO/NNP/dep/3 ~,/,/p/3 _/:/p/3 attacked/VBD/ROOT/3", "dateline", 3, True),
        ("GAO/NNP/dep/3 ~,/,/p/3 on/IN/p/3 attacked/VBD/ROOT/3", "dateline", 0, True),
        ("GAO/NNP/dep/3 ~,/,/p/3 –/:/p/3 attacked/VBD/ROOT/3", "body", 0, True),
        ("GAO/NNP/dep/3 ~,/,/p/3 _/:/p/3 attacked/VBD/ROOT/3", "body", 0, True),
        ("GAO/NNP/dep/3 ~,/,/p/3 on/IN/p/3 attacked/VBD/ROOT/3", "body", 0, False),
        ("Gao/NNP/dep/3 ~,/,/p/3 -/:/p/3 attacked/VBD/ROOT/3", "body", 0, False),
        ("Gao/NNP/dep/5 (/-LRB-/p/5 ~AP/NNP/p/5 ~)/-RRB-/p/5 -/:/p/5 attacked/VBD/ROOT/5", "body", 0, True),
        ("Gao/NNP/dep/5 ~,/,/p/5 ~3/CD/p/5 ~(/-LRB-/p/5 -/:/p/5 attacked/VBD/ROOT/5", "body", 0, True),
        ("Gao/NNP/dep/6 ~,/,/p/5 ~3/CD/p/5 ~,/,/p/5 ~(/-LRB-/p/5 -/:/p/5 attacked/VBD/ROOT/6", "body", 0, False),
        ("GAO/NNP/dep/10 " + "a/NN/p/10 " * 8 + "-/:/p/10 attacked/VBD/ROOT/10", "body", 0, True),
        ("GAO/NNP/dep/11 " + "a/NN/p/11 " * 9 + "-/:/p/11 attacked/VBD/ROOT/11", "body", 0, False),
    ],
)  # fmt: skip
def test_a_dateline(spec: str, segment: Any, at: int, dateline: bool) -> None:
    s = read(spec, kind=segment, at=at)
    (one,) = linked(s, [name(s, s.tokens[0].text)], [0])
    assert ("dateline" in features(s, trigger(s, "attacked"), one, [one])) is dateline


# ---- the second look


def test_what_the_first_look_thought_of_the_others() -> None:
    s = read("in/IN/ROOT/0 Gao/NNP/pobj/0 and/CC/cc/1 Kidal/NNP/conj/1 of/IN/prep/3 Mali/NNP/pobj/4")
    names = linked(s, [toponym(s, n, {}) for n in ("Gao", "Kidal", "Mali")], [0, 1, 2])
    gao, kidal, mali = joint(names, [0.2, 0.9, 0.6], s, None)
    assert gao == pytest.approx({
        "own.p": 0.2, "others.best": 0.9, "others.sum": 1.5, "rank.p": 2.0, "lead": -0.7, "listed.p": 0.9,
        "same.preposition.p": 0.9, "gaz.part.p": 0.6,
    })  # fmt: skip
    assert kidal == pytest.approx({
        "own.p": 0.9, "others.best": 0.6, "others.sum": 0.8, "rank.p": 0.0, "lead": 0.3, "listed.p": 0.2,
        "same.preposition.p": 0.2, "holds.it.p": 0.6, "surface.in.p": 0.6,
    })  # fmt: skip
    assert mali == pytest.approx({
        "own.p": 0.6, "others.best": 0.9, "others.sum": 1.1, "rank.p": 1.0, "lead": -0.3,
        "inside.other.phrase.p": 0.9, "gaz.container.p": 0.2, "surface.holds.p": 0.9,
    })  # fmt: skip
    (alone,) = joint(names[:1], [0.2], s, None)
    assert alone == {"own.p": 0.2, "others.best": 0.0, "others.sum": 0.0, "rank.p": 0.0, "lead": 0.2}


def test_many_others_count_no_more_than_a_few() -> None:
    s = read("Gao/NNP/ROOT/0 " + " ".join(f"n{n}/NNP/dep/0" for n in range(6)))
    names = linked(s, [name(s, t.text, place(t.text)) for t in s.tokens], range(7))
    first = joint(names, [0.1, *[0.9] * 6], s, None)[0]
    assert (first["others.sum"], first["rank.p"]) == (3.0, 4.0)


# ---- the words between


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        ("in/IN", "in"), ("of/IN", "in"), ("near/IN", "near"), ("in/IN the/DT north/NN of/IN", "in"),
        ("in/IN a/DT village/NN near/IN", "near"), (",/,", "in"), ("(/-LRB-", "in"), (",/, the/DT", "in"),
        (",/, the/DT largest/JJS", ""), ("in/IN the/DT biggest/JJS", "in"), ("in/IN old/JJ", "in"), ("in/IN big/VB", ""), ("the/DT", ""), ("and/CC", ""), ("'s/POS", "whose"), ("'s/POS old/JJ district/NN", "whose"),
        ("'s/POS men/NNS", ""), ("in/IN men/NNS", ""), ("district/NN in/IN", "in"), ("3/CD near/IN", "near"), ("’s/POS", "whose"),
        ("in/IN " + "a/DT " * 7, "in"), ("in/IN " + "a/DT " * 8, ""), ("", ""),
    ],
)  # fmt: skip
def test_what_the_words_between_two_names_say(gap: str, said: str) -> None:
    words = " ".join(f"{part}/dep/0" for part in gap.split())
    s = read(f"Gao/NNP/ROOT/0 {words} Kidal/NNP/dep/0")
    gao, kidal = name(s, "Gao"), name(s, "Kidal")
    assert between(s, gao, kidal) == said
    assert dict(surface(s, (kidal, gao))) == ({(1, 0): said} if said else {})
    heard = said_between(s, linked(s, [gao], [0])[0], linked(s, [gao, kidal], [0, 1]))
    assert (
        heard
        == {"in": [("surface.in", 1)], "near": [("surface.near", 1)], "whose": [("surface.owner", 1)], "": []}[said]
    )
    heard = said_between(s, linked(s, [gao, kidal], [0, 1])[1], linked(s, [gao, kidal], [0, 1]))
    assert (
        heard
        == {"in": [("surface.holds", 0)], "near": [("surface.landmark", 0)], "whose": [("surface.owned", 0)], "": []}[
            said
        ]
    )


@pytest.mark.parametrize(
    ("spec", "outer"),
    [
        ("in/IN/ROOT/0 village/NN/pobj/0 of/IN/prep/1 Gao/NNP/pobj/2", "in"),
        ("in/IN/ROOT/0 north/NN/pobj/0 of/IN/prep/1 Gao/NNP/pobj/2", "in"),
        ("in/IN/ROOT/0 truck/NN/pobj/0 of/IN/prep/1 Gao/NNP/pobj/2", None),
        ("in/IN/ROOT/0 village/VB/pobj/0 of/IN/prep/1 Gao/NNP/pobj/2", None),
        ("village/NN/ROOT/0 of/IN/prep/0 Gao/NNP/pobj/1", None),
        ("village/NN/dobj/0 of/IN/prep/0 Gao/NNP/pobj/1", None),
        ("in/IN/ROOT/0 village/NN/compound/2 fields/NNS/pobj/0 of/IN/prep/1 Gao/NNP/pobj/3", "in"),
        ("in/IN/ROOT/0 village/NN/nmod/2 fields/NNS/pobj/0 of/IN/prep/1 Gao/NNP/pobj/3", "in"),
        ("in/IN/ROOT/0 fields/NNS/pobj/0 village/NN/appos/1 of/IN/prep/2 Gao/NNP/pobj/3", "in"),
        ("in/IN/ROOT/0 fields/NNS/pobj/0 village/NN/conj/1 of/IN/prep/2 Gao/NNP/pobj/3", "in"),
        ("near/IN/ROOT/0 east/NN/pobj/0 of/IN/prep/1 village/NN/pobj/2 of/IN/prep/3 Gao/NNP/pobj/4", "near"),
        ("a/IN/ROOT/0 b/NN/pobj/0 near/IN/prep/1 east/NN/pobj/2 of/IN/prep/3 town/NN/pobj/4 in/IN/prep/5 port/NN/pobj/6 of/IN/prep/7 Gao/NNP/pobj/8", "near"),
        ("a/IN/ROOT/0 city/NN/pobj/0 near/IN/prep/1 east/NN/pobj/2 on/IN/prep/3 town/NN/pobj/4 in/IN/prep/5 port/NN/pobj/6 of/IN/prep/7 Gao/NNP/pobj/8", "near"),
    ],
)  # fmt: skip
def test_the_phrase_that_a_name_is_in(spec: str, outer: str | None) -> None:
    s = read(spec)
    preposition = preposition_of(s, s.tokens[-1])
    assert preposition is not None
    found = outer_preposition(s, preposition)
    assert (found.lower if found is not None else None) == outer
