"""Did it happen? Tense, negation and modality of a trigger, read off the tree above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mapper.events.lexicon import Lexicon, lexicon, word_set
from mapper.events.months import ENGLISH_WEEKDAYS
from mapper.events.syntax import Sentence, Token
from mapper.model import Status

Tense = Literal["past", "present", "progressive", "perfect", "pluperfect", "future", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reality:
    """What the sentence says about a trigger's being real. ``why`` is for the receipt."""

    status: Status
    tense: Tense = "none"
    announced: bool = False
    """Told as a promise or a plan by someone ("will", "is ready to", "plans to"), with no condition on it."""
    refused: bool = False
    """A refusal to do it ("will not")."""
    ahead: bool = False
    """Only said to lie after something else ("before the attack")."""
    why: str = ""


_FIXED = word_set("""
    go goes head heads take takes open opens begin begins start starts meet meets visit visits arrive arrives hold holds
    vote votes host hosts travel travels face faces fly flies convene convenes swear swears elect elects
""")
_FUTURE = frozenset({"will", "shall", "'ll", "wo", "’ll"})
_UNREAL = frozenset({"may", "might", "could", "can", "should", "must", "ought", "ca"})
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "relcl", "pcomp", "conj", "csubj", "parataxis", "dep"})
_UPCOMING = word_set("planned scheduled upcoming forthcoming proposed expected future next coming pending")
_SUPPOSED = word_set("""
    possible potential alleged hypothetical feared would-be threatened attempted foiled failed so-called
""")
_REMEMBERED = word_set("anniversary memory centenary veteran survivor movie film book novel exhibition")
_REMEMBERING = word_set("""
    remember remembers remembered remembering commemorate commemorates commemorated commemorating honour honours
    honoured honor honors honored
""")
_BEING = word_set("happen occur materialize materialise begin start go_ahead go succeed exist")
_ASKING = word_set("call ask appeal push press plead campaign wait hope apply petition lobby prepare argue")
_GIVEN = word_set("because after following since despite over amid due")
_AT_IT = word_set("in during after following since amid by from for over")
_BARRING = word_set("stop block blocked bar barred ban banned keep prohibit prohibited discourage discouraged dissuade")
_SEEMING = word_set("was were is sounded looked felt seemed looks feels sounds")
_RELATING = word_set("linked related connected directed aimed intended meant designed based tied motivated inspired")
_AHEAD = frozenset({"before", "ahead", "until", "till"})


def lemma_in(token: Token, words: frozenset[str], lex: Lexicon) -> bool:
    """Whether any lemma of the token's form is among the words."""
    return token.lower in words or any(lemma in words for lemma in lex.lemmas.get(token.lower, ()))


def tense_of(s: Sentence, i: int) -> Tense:
    """The tense of the verb group of token ``i``."""
    aux = [t.lower for t in s.children(i, "aux", "auxpass")]
    tag = s.tokens[i].tag
    if any(a in _FUTURE for a in aux) or ("going" in aux):
        return "future"
    if "had" in aux or "'d" in aux:
        return "pluperfect"
    if any(a in {"have", "has", "'ve"} for a in aux):
        return "perfect"
    if tag == "VBG" and any(a in {"is", "are", "am", "'re"} for a in aux):
        return "progressive"
    if any(a in {"was", "were", "did"} for a in aux) or tag == "VBD":
        return "past"
    if any(a in {"is", "are", "am", "does", "do", "'s", "'re"} for a in aux) or tag in {"VBZ", "VBP"}:
        return "present"
    return "past" if tag == "VBN" else "none"


def of_verb(s: Sentence, i: int) -> Reality:
    """How real the event of verb ``i`` is."""
    return _verb(s, i, 0)


def _verb(s: Sentence, i: int, hops: int) -> Reality:
    lex = lexicon()
    token = s.tokens[i]
    tense = tense_of(s, i)
    if hops > 12:
        return Reality(status="reported", tense=tense)
    aux = {t.lower for t in s.children(i, "aux")}
    negated = any(t.dep == "neg" or t.lower == "never" for t in s.children(i)) or _no_subject(s, i)
    mark = next(
        (t.lower for t in s.children(i, "mark", "advmod") if t.lower in lex.words["modality.unreal_marks"]), None
    )
    if mark:
        return Reality(status="hypothetical", tense=tense, why=f'under "{mark}"')
    if negated:
        refused = bool(aux & (_FUTURE | {"would"}))
        return Reality(status="denied", tense=tense, refused=refused, why="negated")
    if aux & _UNREAL:
        return Reality(status="hypothetical", tense=tense, why=f'"{min(aux & _UNREAL)}"')
    if aux & _FUTURE:
        conditional = any(
            c.dep == "advcl" and any(m.lower in {"if", "unless"} for m in s.children(c.i, "mark"))
            for c in s.children(i)
        )
        return Reality(
            status="planned", tense="future", announced=True, why='"will"' + (" on a condition" if conditional else "")
        )
    if "would" in aux:
        told = token.dep == "ccomp" and lemma_in(s.tokens[token.head], lex.words["speech.verbs"], lex)
        if told:
            return Reality(status="planned", tense="future", announced=True, why='"would", as told')
        return Reality(status="hypothetical", tense="future", why='"would"')
    if tense == "present" and (day := _fixed_for(s, token)) is not None:
        return Reality(status="planned", tense="future", why=f'present tense with "{day}"')
    if token.head == i or token.dep not in _CLAUSES:
        return Reality(status="reported", tense=tense)
    if "to" in aux or token.dep == "xcomp":
        return _infinitive(s, token, hops)
    return _clause(s, token, tense, hops)


def _fixed_for(s: Sentence, token: Token) -> str | None:
    """ "Voters go to the polls on Sunday", "takes office tomorrow": the day for which a deed is fixed."""
    if s.kind in {"headline", "caption"} or token.tag not in {"VBZ", "VBP"} or token.lower not in _FIXED:
        return None
    if s.children(token.i, "aux", "auxpass"):
        return None
    days = s.children(token.i, "npadvmod", "advmod")
    days += [d for p in s.children(token.i, "prep") if p.lower == "on" for d in s.children(p.i, "pobj")]
    found = next((d for d in days if d.lower in ENGLISH_WEEKDAYS or d.lower == "tomorrow"), None)
    if found is None or any(d.lower in {"every", "each", "last"} for d in s.children(found.i)):
        return None
    return found.text


def _no_subject(s: Sentence, i: int) -> bool:
    """ "No one was killed", "none of them attacked"."""
    subject = s.child(i, "nsubj", "nsubjpass")
    if subject is None:
        return False
    return subject.lower in {"none", "nobody", "nothing", "neither"} or any(
        d.lower in {"no", "neither", "not"} for d in s.children(subject.i, "det", "neg", "predet", "preconj", "advmod")
    )


def _infinitive(s: Sentence, token: Token, hops: int) -> Reality:
    """ "plans to visit", "failed to agree", "was forced to step down", "to pay respects"."""
    lex = lexicon()
    head = s.tokens[token.head]
    words = lex.words
    if token.dep == "conj":
        return _verb(s, head.i, hops + 1)
    passive = bool(s.children(head.i, "auxpass"))
    if head.lower == "going" and (be := s.child(head.i, "aux")) is not None:
        if be.lower in {"was", "were"}:
            return Reality(status="hypothetical", why=f'"{be.lower} going to"')
        return Reality(status="planned", tense="future", announced=True, why='"going to"')
    if lemma_in(head, words["modality.planned"], lex):
        above = _verb(s, head.i, hops + 1)
        if above.status in {"denied", "hypothetical"}:
            return above
        intended = {"intend", "plan", "aim", "hope"} & set(lex.lemmas.get(head.lower, (head.lower,)))
        if intended and head.tag == "VBD" and head.dep in {"ROOT", "relcl", "conj"} and not passive:
            return Reality(status="hypothetical", why=f'"{head.lower} to", no word of its being done')
        original = any(
            t.lower in {"originally", "initially", "previously", "once"} for t in s.children(head.i, "advmod")
        )
        if original or (above.tense == "pluperfect"):
            return Reality(status="hypothetical", why="an earlier plan")
        announced = (
            head.lower in {"plans", "plan", "planned", "intends", "intend", "planning", "prepared"} and not passive
        )
        return Reality(status="planned", tense="future", announced=announced, why=f'"{head.lower} to"')
    if lemma_in(head, words["modality.denied"], lex):
        return Reality(status="denied", why=f'"{head.lower} to"')
    if head.tag.startswith("NN") and any(_ranked(s, t) for t in s.children(head.i, "amod", "nummod")):
        return Reality(status="reported", tense="past")  # "the most senior official to visit", "the latest to resign"
    if head.lower in {"ready", "willing", "prepared"}:
        return Reality(status="planned", tense="future", announced=True, why=f'"{head.lower} to"')
    if lemma_in(head, words["modality.real"], lex) and token.dep in {"xcomp", "ccomp", "advcl", "acl"}:
        above = _verb(s, head.i, hops + 1)
        return Reality(status=above.status, tense=above.tense, announced=above.announced, why=above.why)
    if lemma_in(head, words["modality.wished"], lex) or head.tag.startswith(("NN", "JJ")):
        return Reality(status="hypothetical", why=f'"{head.lower} to"')
    if head.lower in {"is", "are", "was", "were", "be"} and token.dep == "xcomp":
        return Reality(status="planned", tense="future", why=f'"{head.lower} to"')
    if "to" not in {t.lower for t in s.children(token.i, "aux")}:
        above = _verb(s, head.i, hops + 1)  # a bare complement: "began shelling", "helped quell", "saw them attack"
        return Reality(status=above.status, tense=above.tense, why=above.why)
    return Reality(status="hypothetical", why="a purpose, not a deed")


def _likened(s: Sentence, token: Token) -> bool:
    """ "like a bomb going off"."""
    above = s.tokens[token.head]
    prep = s.tokens[above.head] if above.dep == "pobj" else above
    if prep.lower != "like" or prep.tag != "IN":
        return False
    return any(t.lower in _SEEMING for t in s.ancestors(prep.i))


def _ranked(s: Sentence, modifier: Token) -> bool:
    """Whether a modifier says that others did it or that it has been done: "first", "latest", "most senior"."""
    return (
        modifier.tag == "JJS"
        or modifier.lower in {"first", "second", "third", "fourth", "last", "latest", "only", "youngest", "oldest"}
        or any(t.lower == "most" for t in s.children(modifier.i))
    )


def _clause(s: Sentence, token: Token, tense: Tense, hops: int) -> Reality:
    lex = lexicon()
    words = lex.words
    head = s.tokens[token.head]
    if token.dep == "ccomp":
        if lemma_in(head, words["speech.deny"], lex):
            return Reality(status="denied", tense=tense, why=f'"{head.lower}"')
        if lemma_in(head, words["speech.doubt"], lex):
            return Reality(status="hypothetical", tense=tense, why=f'"{head.lower}"')
        if lemma_in(head, words["modality.wished"], lex) and not lemma_in(head, words["speech.verbs"], lex):
            return Reality(status="hypothetical", tense=tense, why=f'"{head.lower}"')
        above = _verb(s, head.i, hops + 1)
        if above.status == "denied" and tense != "past":
            return Reality(status="hypothetical", tense=tense, why=above.why)
        return Reality(status="reported", tense=tense)
    if token.dep == "acl" and any(m.lower == "that" for m in s.children(token.i, "mark")):
        # "denied reports that …": a claim is as true as what is done with it
        governor = s.tokens[head.head]
        if governor.tag == "IN":
            governor = s.tokens[governor.head]  # "rejected as baseless reports that …"
        if lemma_in(governor, words["speech.deny"] | {"reject", "dismiss"}, lex):
            return Reality(status="denied", tense=tense, why=f'"{governor.lower} {head.lower} that"')
        if head.lower.removesuffix("s") in words["light.unreal_nouns"]:
            return Reality(status="hypothetical", tense=tense, why=f'"{head.lower} that"')
    if token.dep in {"acl", "pcomp"} and _likened(s, token):
        return Reality(status="hypothetical", tense=tense, why="a comparison")
    if token.dep == "pcomp":
        return _gerund(s, head, tense, hops)
    if token.dep == "conj" and not s.children(token.i, "nsubj", "nsubjpass") and not _own_aux(s, token.i):
        above = _verb(s, head.i, hops + 1)
        if above.status == "denied" and head.dep == "ccomp" and _resumes(s, head, token):
            return Reality(status="reported", tense="past")
        if above.status != "reported" and token.tag in {"VB", "VBG", "VBN"}:
            return above
        return Reality(status="reported", tense=tense if tense != "none" else above.tense)
    if token.dep == "csubj":
        return Reality(status="hypothetical", tense=tense, why="as a subject of judgement")
    if token.dep in {"advcl", "acl"} and token.tag == "VBG":
        above = _verb(s, head.i, hops + 1) if head.tag.startswith("VB") else Reality(status="reported", tense="past")
        return Reality(status=above.status, tense=above.tense, announced=above.announced, why=above.why)
    if token.dep == "advcl" and any(m.lower in {"until", "till"} for m in s.children(token.i, "mark", "advmod")):
        above = _verb(s, head.i, hops + 1)
        if above.status != "reported":
            return Reality(status="hypothetical", tense=tense, why='"until"')
    if token.dep == "advcl" and any(m.lower == "once" for m in s.children(token.i, "mark", "advmod")):
        return Reality(status="hypothetical", tense=tense, why='"once"')
    return Reality(status="reported", tense=tense)


def _resumes(s: Sentence, head: Token, token: Token) -> bool:
    """Whether a second verb goes on with the main clause: "denied that it had fired, and accused the rebels"."""
    joined = next((c for c in s.children(head.i, "cc") if head.i < c.i < token.i), None)
    return joined is not None and s.tokens[joined.i - 1].text == "," and token.lower.endswith("ed")


def _own_aux(s: Sentence, i: int) -> bool:
    return bool(s.children(i, "aux", "auxpass"))


def _gerund(s: Sentence, prep: Token, tense: Tense, hops: int) -> Reality:
    """ "after killing", "before departing", "accused of killing", "without attacking"."""
    lex = lexicon()
    if prep.lower in {"without", "instead", "against", "than"}:
        return Reality(status="denied", tense=tense, why=f'"{prep.lower}"')
    governor = s.tokens[prep.head]
    if prep.lower in {"of", "for", "from", "in", "about", "to", "at", "on"}:
        if lemma_in(governor, lex.words["modality.denied"] | _BARRING, lex):
            return Reality(status="denied", tense=tense, why=f'"{governor.lower}"')
        if governor.lower in {
            "accused",
            "suspected",
            "accusing",
            "charged",
            "convicted",
            "guilty",
            "alleged",
            "accuses",
            "threat",
        }:
            return Reality(status="hypothetical", tense=tense, why=f'"{governor.lower} {prep.lower}"')
        if governor.tag.startswith(("NN", "JJ")) or lemma_in(governor, lex.words["modality.wished"], lex):
            return Reality(status="hypothetical", tense=tense, why=f'"{governor.lower} {prep.lower}"')
    if governor.tag.startswith("VB"):
        above = _verb(s, governor.i, hops + 1)
        return Reality(status=above.status, tense=above.tense, why=above.why)
    return Reality(status="reported", tense="past")


def of_noun(s: Sentence, i: int) -> Reality:
    """How real the event named by noun ``i`` is."""
    lex = lexicon()
    words = lex.words
    token = s.tokens[i]
    modifiers = {t.lower for t in s.children(i, "amod", "det", "neg", "compound", "advmod")}
    if modifiers & {"no", "neither"}:
        return Reality(status="denied", why="negated")
    if modifiers & _SUPPOSED:
        return Reality(status="hypothetical", why=f'"{min(modifiers & _SUPPOSED)}"')
    if modifiers & _UPCOMING:
        return Reality(status="planned", tense="future", why=f'"{min(modifiers & _UPCOMING)}"')
    if any(
        c.tag.startswith("VB") and c.lower in {"scheduled", "planned", "due", "slated", "set", "expected"}
        for c in s.children(i)
    ):
        return Reality(status="planned", tense="future", why='"scheduled"')
    at = token
    while at.dep == "conj" or (at.dep == "appos"):
        at = s.tokens[at.head]
    hops = 0
    preposition: Token | None = None
    while at.head != at.i and not at.tag.startswith("VB") and hops < 6:
        head = s.tokens[at.head]
        if at.dep == "prep" or head.tag == "IN":
            preposition = at if at.tag == "IN" else preposition
        if head.tag.startswith("NN"):
            name = head.lower.removesuffix("s")
            if at.dep == "prep" and name in words["light.unreal_nouns"] | {"hope", "threat", "fear"}:
                return Reality(status="hypothetical", why=f'"{head.lower} {at.lower}"')
            if name in _REMEMBERED:
                return Reality(status="background", tense="past", why=f'"{head.lower}"')
        at, hops = head, hops + 1
    if at.lower in {"subject", "liable", "prone", "vulnerable", "eligible"}:
        return Reality(status="hypothetical", why=f'"{at.lower} to"')
    if at.tag == "JJ" or not at.tag.startswith("VB"):
        return Reality(status="reported", why="")
    if preposition is not None and preposition.lower in _AHEAD:
        return Reality(status="planned", tense="future", ahead=True, why=f'"{preposition.lower}"')
    return _governed(s, token, at, preposition)


def _comes_about(s: Sentence, verb: Token) -> bool:
    """Whether a verb says of its subject only that it is: what is denied then is the event."""
    lemmas = lexicon().lemmas.get(verb.lower, (verb.lower,))
    if verb.lower in _RELATING:
        return False  # "the raid was not linked to the bombing"
    place = "take" in lemmas and any(t.lower == "place" for t in s.children(verb.i, "dobj"))
    return place or bool(_BEING & set(lemmas)) or bool(s.children(verb.i, "auxpass"))


def _governed(s: Sentence, token: Token, verb: Token, preposition: Token | None) -> Reality:
    """A noun's reality from the verb that it depends on."""
    lex = lexicon()
    words = lex.words
    above = _verb(s, verb.i, 0)
    raised = verb.lower in {"expected", "due", "likely", "set", "scheduled"} and token.dep in {"nsubj", "nsubjpass"}
    if raised and (clause := s.child(verb.i, "xcomp")) is not None and not lemma_in(clause, words["light.happen"], lex):
        return Reality(status="reported")  # "the talks were expected to focus on …": the talks took place
    if verb.lower in _REMEMBERING and preposition is not None and preposition.lower == "of":
        return Reality(status="background", tense="past", why=f'"{verb.lower}"')
    subject = preposition is None and token.dep in {"nsubj", "nsubjpass"}
    if subject and "design" in lex.lemmas.get(verb.lower, (verb.lower,)):
        return Reality(status="reported")  # "the visit was designed to show …"
    if subject and above.status == "denied" and not _comes_about(s, verb):
        return Reality(status="reported", tense=above.tense)  # "the explosions did no damage"
    if preposition is not None and preposition.lower in _GIVEN and above.status in {"planned", "hypothetical"}:
        return Reality(status="reported")  # "because of the attacks exports will stop"
    if preposition is not None and preposition.lower in _AT_IT and above.status == "denied":
        return Reality(status="reported", tense=above.tense)  # "no one was hurt in the shooting"
    obj = preposition is None and token.dep in {"dobj", "nsubjpass", "conj"}
    particles = {
        f"{verb_lemma}_{t.lower}"
        for t in s.children(verb.i, "prt", "prep")
        for verb_lemma in lex.lemmas.get(verb.lower, (verb.lower,))
    }
    lemmas = {*lex.lemmas.get(verb.lower, (verb.lower,)), *particles}
    if particles & {"set_off", "set_out"}:
        lemmas -= {"set"}  # "has set off sweeping expulsions"
    if obj and lemmas & words["modality.cancel"]:
        return Reality(status="denied", why=f'"{verb.lower}"')
    wished = lemmas & (
        words["modality.wished"] | {"call_for", "push_for", "appeal_for", "press_for", "threaten", "announce"}
    )
    asked = preposition is not None and preposition.lower == "for" and bool(lemmas & _ASKING)
    if asked:
        return Reality(status="hypothetical", why=f'"{verb.lower} for"')
    if obj:
        if lemmas & (words["modality.planned"] | {"schedule", "announce"}) and above.status in {"reported", "planned"}:
            return Reality(status="planned", tense="future", why=f'"{verb.lower}"')
        if wished:
            return Reality(status="hypothetical", why=f'"{verb.lower}"')
        if lemmas & words["speech.deny"]:
            return Reality(status="denied", why=f'"{verb.lower}"')
    if above.status in {"planned", "hypothetical", "denied"} and (
        token.dep in {"dobj", "nsubj", "nsubjpass", "attr", "conj", "appos"} or preposition is not None
    ):
        # "would condemn the attack": the attack is as real as before; "will hold talks": the talks are not yet.
        happening = lemmas & (
            words["light.verbs"] | words["light.happen"] | {"focus", "expect", "run", "win", "attend"}
        )
        if (
            happening
            or token.dep in {"nsubj", "nsubjpass"}
            or (preposition is not None and preposition.lower in {"in", "for", "during"})
        ):
            return above
    return Reality(status="reported", tense=above.tense if above.tense != "future" else "none")
