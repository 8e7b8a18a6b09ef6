"""Named features of a (trigger, toponym) pair: the syntax between them, and the other names around."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mapper.events.candidate import Candidate
from mapper.events.lexicon import lexicon, singular, word_set
from mapper.events.placing_scope import DIRECTIONS, SIDES, of_trigger, scope, surface
from mapper.events.syntax import Sentence, Token
from mapper.model import Toponym

Within = Callable[[str, str], bool]

_CLAUSAL = frozenset({"relcl", "ccomp", "advcl", "acl", "xcomp", "conj", "parataxis", "appos", "pcomp"})
_PREPS = word_set("""
    in at near on of from to into outside inside around across through against between for with by over toward
    towards throughout along within off north south east west about after before under during via beyond
""")
_AT_PLACE = frozenset(
    {"in", "at", "near", "inside", "outside", "on", "around", "across", "throughout", "within", "over", "along", "into"}
)


@dataclass(frozen=True, slots=True)
class Linked:
    """A toponym as the features see it."""

    index: int
    toponym: Toponym
    head: Token
    preposition: Token | None


def linked(s: Sentence, toponyms: Sequence[Toponym], indices: Sequence[int]) -> list[Linked]:
    """The toponyms of a sentence with the token and the preposition that each hangs on."""
    found = []
    for index in indices:
        head = s.head_of(toponyms[index])
        if head is not None:
            found.append(Linked(index, toponyms[index], head, preposition_of(s, head)))
    return found


def preposition_of(s: Sentence, head: Token) -> Token | None:
    """The preposition whose object the toponym is part of: "in" of "in the Aziziyah district"."""
    at = head
    for _ in range(4):
        up = s.tokens[at.head]
        if at.dep == "pobj" or (at.dep == "pcomp" and up.tag == "IN"):
            return up
        if at.dep in {"compound", "nmod", "poss", "amod", "conj", "appos", "nummod"} and up.i != at.i:
            at = up
            continue
        return None
    return None


def features(
    s: Sentence, c: Candidate, here: Linked, others: Sequence[Linked], within: Within | None = None
) -> dict[str, float]:
    """Named features of one (trigger, toponym) pair. Values are 0, 1 or small numbers."""
    t = here.toponym
    head, prep = here.head, here.preposition
    f = {**of_trigger(s, c), **dict(scope(s, c, head, prep))}
    trigger = s.tokens[c.word]
    up, down = s.path(c.word, head.i)
    anchor_up = up if c.anchor == c.word else s.path(c.anchor, head.i)[0]

    def on(name: str, value: float = 1.0) -> None:
        f[name] = value

    prep_text = prep.lower if prep is not None and prep.lower in _PREPS else ("other" if prep is not None else "none")
    on(f"prep={prep_text}")
    on(f"dep={head.dep}")
    on(f"dep={head.dep}|prep={prep_text}")
    on(f"kind={t.kind}")
    on(f"class={place_class(t)}")
    on(f"type={c.type}|dep={head.dep}")
    on("trigger=noun" if trigger.tag.startswith("NN") else "trigger=verb")
    # the path between them
    down_deps = [s.tokens[i].dep for i in down[:-1]]
    up_deps = [s.tokens[i].dep for i in up[:-1]]
    on("path=" + ">".join(reversed(down_deps[-4:])) if len(down_deps) <= 4 else "path=long")
    on("up=" + ("<".join(up_deps) if len(up_deps) <= 2 else "long"))
    on("len.down", min(len(down_deps), 8) / 8)
    on("len.up", min(len(up_deps), 6) / 6)
    on("below.trigger", float(len(up) == 1))
    on("below.anchor", float(len(anchor_up) == 1))
    for i in down[:-1]:
        if s.tokens[i].dep in _CLAUSAL:
            on(f"down.{s.tokens[i].dep}")
    for i in up[:-1]:
        if s.tokens[i].dep in _CLAUSAL:
            on(f"up.{s.tokens[i].dep}")
    if prep is not None:
        governor = s.tokens[prep.head]
        on("prep.on.trigger", float(prep.head in {c.word, c.anchor}))
        on("prep.on.verb" if governor.tag.startswith("VB") else "prep.on.noun")
        if governor.tag.startswith("VB") and governor.i not in {c.word, c.anchor}:
            on("prep.on.speech" if _speech(governor) else "prep.on.other.verb")
            on(f"prep.on.other.verb|{prep_text}")
        if governor.tag.startswith("NN"):
            on("prep.on.person" if _person(governor) else "prep.on.thing")
            on(f"prep.on.noun.dep={governor.dep}")
            if governor.head in {c.word, c.anchor}:
                on(f"prep.on.argument.{governor.dep}|{prep_text}")
        if prep_text in {"in", "at", "near", "on"} and _fronted(s, prep, trigger):
            on("fronted")
    # what the name does in its own noun phrase
    if head.dep in {"compound", "nmod", "amod", "poss"}:
        noun = s.tokens[head.head]
        on(
            f"{head.dep}.of."
            + (
                "trigger"
                if noun.i == c.word
                else "person"
                if _person(noun)
                else "side"
                if singular(noun.lower) in SIDES
                else "place"
                if _is_toponym(noun, others)
                else "thing"
            )
        )
    if any(m.lower in DIRECTIONS for m in s.children(head.i, "amod", "compound", "advmod")):
        on("directed")
    after = s.tokens[head.i + 1].lower if head.i + 1 < len(s.tokens) else ""
    if after in SIDES:
        on("before.side")
    if head.dep == "nsubj" and s.tokens[head.head].i == c.anchor:
        on("is.subject")
    if head.dep in {"dobj", "nsubjpass"} and head.head == c.anchor:
        on(f"is.object|type={c.type}")
    # words beside the name, kept where training saw them often enough
    before = s.tokens[head.i - 1].lower if head.i else ""
    on(f"next={after}")
    on(f"before={before}")
    if head.head != head.i:
        on(f"noun={s.tokens[head.head].lower}|{head.dep}")
    if prep is not None:
        on(f"on={s.tokens[prep.head].lower}|{prep_text}")
    on(f"trigger={trigger.lower}|{head.dep}")
    on("sure", t.confidence)
    on("resolved" if t.place is not None else "unresolved")
    on(f"kind={t.kind}|dep={head.dep}")
    on("words", min(len(t.text.split()), 4) / 4)
    # among the other names
    distance = abs(head.i - trigger.i)
    on("distance", min(distance, 30) / 30)
    on("before" if head.i < trigger.i else "after")
    mine = len(up) + len(down)
    ranks = sorted((sum(map(len, s.path(c.word, o.head.i))), abs(o.head.i - trigger.i), o.index) for o in others)
    on("nearest.path", float(ranks[0][2] == here.index))
    on("nearest.text", float(here.index == min(others, key=lambda o: (abs(o.head.i - trigger.i), o.index)).index))
    on("alone", float(len(others) == 1))
    on("rank", min(sum(r[0] < mine for r in ranks), 4) / 4)
    relations = {_relation(s, here, o, within) for o in others if o.index != here.index}
    for relation in sorted(relations - {""}):  # in one order, so that sums round alike
        on(relation)
    for relation, _ in said_between(s, here, others):
        on(relation)
    better = [
        o
        for o in others
        if o.index != here.index
        and o.preposition is not None
        and o.preposition.lower in _AT_PLACE
        and o.preposition.head in {c.word, c.anchor}
    ]
    if better:
        on("other.has.prep")
    if any(
        o.preposition is not None and o.head.i < here.head.i and o.preposition.i == (prep.i if prep else -1)
        for o in others
    ):
        on("listed")
    if _dateline(s, here):
        on("dateline")
    return f


_SAID = {
    "in": ("surface.in", "surface.holds"),
    "near": ("surface.near", "surface.landmark"),
    "whose": ("surface.owner", "surface.owned"),
}


def said_between(s: Sentence, here: Linked, names: Sequence[Linked]) -> list[tuple[str, int]]:
    """What the words between a name and those next to it say, each with the number of the other name."""
    found = []
    for (m, n), said in surface(s, tuple(name.toponym for name in names)).items():
        if names[m].index == here.index:
            found.append((_SAID[said][0], n))
        if names[n].index == here.index:
            found.append((_SAID[said][1], m))
    return found


def place_class(t: Toponym) -> str:
    """What kind of thing a toponym names, as coarse as placing needs."""
    place = t.place
    if place is None:
        return "unknown"
    if place.feature_code.startswith("PCL"):
        return "country"
    if place.feature_code == "ADM1":
        return "adm1"
    if place.feature_class == "A":
        return "adm2"
    if place.feature_class == "P":
        return "capital" if place.feature_code == "PPLC" else "settlement"
    if place.id.startswith("region:") or place.feature_code in {"RGN", "CONT"}:
        return "region"
    return "water" if place.feature_class == "H" else "spot"


def _speech(token: Token) -> bool:
    lex = lexicon()
    return any(lemma in lex.words["speech.verbs"] for lemma in lex.lemmas.get(token.lower, ()))


def _person(token: Token) -> bool:
    return singular(token.lower) in lexicon().words["classes.people"]


def _is_toponym(noun: Token, others: Sequence[Linked]) -> bool:
    return any(o.toponym.start <= noun.start < o.toponym.end for o in others)


def _fronted(s: Sentence, prep: Token, trigger: Token) -> bool:
    """ "In Vienna, …": a place phrase before the clause that it holds for."""
    comma = any(s.tokens[i].text == "," for i in range(prep.i + 1, min(trigger.i, prep.i + 9)))
    return comma and all(s.tokens[i].tag in {"RB", "CC", ",", "``", "IN", "RBR"} for i in range(min(prep.i, 4)))


def _relation(s: Sentence, a: Linked, b: Linked, within: Within | None) -> str:
    """Whether the other name is part of, or holds, this one: by syntax, then by the gazetteer."""
    b_up = [b.head.i, *(t.i for t in s.ancestors(b.head.i))]
    if a.head.i in b_up:
        chain = [s.tokens[i].dep for i in b_up[: b_up.index(a.head.i)]]
        if set(chain) <= {"pobj", "prep", "appos", "poss", "compound", "nmod"}:
            return "holds.it"
    a_up = [a.head.i, *(t.i for t in s.ancestors(a.head.i))]
    if b.head.i in a_up:
        chain = [s.tokens[i].dep for i in a_up[: a_up.index(b.head.i)]]
        if set(chain) <= {"pobj", "prep", "appos", "poss", "compound", "nmod"}:
            return "poss.container" if "poss" in chain else "inside.other.phrase"
    sided = _sided(s, a, b)
    if sided:
        return sided
    gap = s.tokens[min(a.head.i, b.head.i) : max(a.head.i, b.head.i)]
    if a.head.i < b.head.i and len(gap) <= 4 and b.toponym.start - a.toponym.end <= 2:
        return "followed.by.container"
    if b.head.i < a.head.i and a.toponym.start - b.toponym.end <= 2:
        return "follows.part"
    pa, pb = a.toponym.place, b.toponym.place
    if pa is not None and pb is not None and pa.id != pb.id:
        related = pa.country_code is None or pb.country_code is None or pa.country_code == pb.country_code
        same = pa.country_code == pb.country_code
        if (same and place_class(a.toponym) == "country") or (related and contains(pa.id, pb.id, within)):
            return "gaz.container"
        if (same and place_class(b.toponym) == "country") or (related and contains(pb.id, pa.id, within)):
            return "gaz.part"
    return ""


def _sided(s: Sentence, a: Linked, b: Linked) -> str:
    """ "the Amiriyah district in western Baghdad", "the New York borough of Queens": which is part of which."""
    for part, whole, said in ((a, b, "named.side"), (b, a, "side.whole")):
        noun = s.tokens[part.head.head]
        if part.head.dep in {"compound", "nmod", "appos", "amod"} and singular(noun.lower) in SIDES:
            preposition = whole.preposition
            if preposition is not None and preposition.head == noun.i and preposition.lower in {"of", "in", "near"}:
                of_it = preposition.lower == "of" and noun.lower in {
                    "city",
                    "town",
                    "village",
                    "borough",
                    "suburb",
                    "port",
                }
                if of_it and part is a:
                    return "side.whole"  # "the West Bank city of Hebron"
                return "named.side" if of_it else said
    return ""


def joint(
    names: Sequence[Linked], probabilities: Sequence[float], s: Sentence, within: Within | None
) -> list[dict[str, float]]:
    """Second look: for each name what the first look thought of it and of the names around it."""
    found = []
    for n, name in enumerate(names):
        others = [p for i, p in enumerate(probabilities) if i != n]
        f = {
            "own.p": probabilities[n],
            "others.best": max(others, default=0.0),
            "others.sum": min(3.0, sum(others)),
            "rank.p": float(min(4, sum(p > probabilities[n] for p in others))),
            "lead": probabilities[n] - max(others, default=0.0),
        }
        for i, other in enumerate(names):
            if i == n:
                continue
            relation = _relation(s, name, other, within)
            if relation:
                f[f"{relation}.p"] = max(f.get(f"{relation}.p", 0.0), probabilities[i])
            if _listed(s, name.head, other.head):
                f["listed.p"] = max(f.get("listed.p", 0.0), probabilities[i])
            mine, its = name.preposition, other.preposition
            if mine is not None and its is not None and mine.i == its.i:
                f["same.preposition.p"] = max(f.get("same.preposition.p", 0.0), probabilities[i])
        for relation, i in said_between(s, name, names):
            f[f"{relation}.p"] = probabilities[i]
        found.append(f)
    return found


def _listed(s: Sentence, a: Token, b: Token) -> bool:
    """Whether two names are members of one list ("Goma, Bukavu and Uvira")."""

    def first(t: Token) -> int:
        while t.dep in {"conj", "appos"}:
            t = s.tokens[t.head]
        return t.i

    return first(a) == first(b)


def contains(outer: str, inner: str, within: Within | None) -> bool:
    """Whether place ``inner`` lies in place ``outer``, as far as the gazetteer was handed over."""
    if within is None:
        return False
    try:
        return within(inner, outer)
    except KeyError:  # a place that this gazetteer does not hold
        return False


def _dateline(s: Sentence, here: Linked) -> bool:
    """ "SAN SALVADOR, 4 JAN 90 --", "Nairobi (Reuters) -": the name opens the text and a dash or agency follows."""
    if here.toponym.start - s.span.start > 2 and s.kind != "dateline":
        return False
    if s.kind == "dateline":
        return True
    following = [t.text for t in s.tokens if t.start >= here.toponym.end]
    return any(w in {"--", "—", "–", "-", "_"} for w in following[:9]) and (
        here.head.text.isupper() or "(" in following[:3]
    )
