"""What came of a deed is no deed of its own: "…, killing six", "; one person was killed", "in which ten were hurt"."""

from __future__ import annotations

from mapper.events.candidate import Candidate
from mapper.events.lexicon import lexicon, word_set
from mapper.events.syntax import Sentence, Token

_HARMED = word_set("kill wound injure maim leave claim cause die hurt")
_DEED = frozenset({"ASSAULT", "ACCIDENT", "DISASTER"})
_OWN_DEED = frozenset({"abduct", "execute", "sexual", "assassinate"})
_WHERE = frozenset({"in", "at", "near", "outside"})
_TIMED = frozenset({"when", "as", "after", "while"})


def came_of(s: Sentence, cause: Candidate, outcome: Candidate) -> bool:
    """Whether one candidate of a sentence only tells what another's deed led to."""
    if outcome.type != "ASSAULT" or cause.status != outcome.status or outcome.mode in _OWN_DEED:
        return False
    riot = cause.type == "PROTEST"
    if cause.type not in _DEED and not riot:
        return False
    verb, deed = s.tokens[outcome.anchor], clause(s, cause)
    if not verb.tag.startswith("VB") or harms(s.tokens[cause.anchor]):
        return False
    harm = harms(verb)
    if riot and not (harm or (outcome.mode == "crowd-control" and cause.mode == "riot")):
        return False
    if not harm and outcome.mode not in {None, "destroy", "crowd-control"}:
        return False
    elsewhere = not harm and any(o.tag.startswith("NNP") for o in s.children(verb.i, "dobj"))
    homes = {deed.i, deed.head} if deed.dep == "advcl" else {deed.i}  # "fled as the volcano erupted, leaving 25 dead"
    if _participle(s, verb) and _first(s, verb).head in homes and not elsewhere:
        return True  # "stormed a hotel, killing nine and wounding dozens"
    if harm and _in_which(s, verb, cause):
        return True
    if (harm or riot) and _alongside(s, verb, deed, outcome):
        return True
    # "nine were killed when gunmen stormed a hotel": the clause that says how
    marks = {m.lower for m in s.children(deed.i, "mark", "advmod")}
    told_how = deed.dep == "advcl" and bool(marks & _TIMED)
    return harm and told_how and deed.head in {verb.i, _first(s, verb).i}


def clause(s: Sentence, c: Candidate) -> Token:
    """The verb of the clause in which a candidate is told: itself, or what a noun is subject or object of."""
    at = s.tokens[c.anchor]
    for above in (at, *s.ancestors(at.i)):
        if above.tag.startswith("VB"):
            return above
    return at


def harms(verb: Token) -> bool:
    """Whether a verb tells that someone came to harm, and not how."""
    return bool(_HARMED & set(lexicon().lemmas.get(verb.lower, (verb.lower,))))


def _first(s: Sentence, verb: Token) -> Token:
    """The first of co-ordinated verbs: "killing nine and wounding dozens" hangs on one place."""
    while verb.dep == "conj" and s.tokens[verb.head].tag.startswith("VB"):
        if s.tokens[verb.head].tag != verb.tag:
            break
        verb = s.tokens[verb.head]
    return verb


def _participle(s: Sentence, verb: Token) -> bool:
    first = _first(s, verb)
    return first.tag == "VBG" and first.dep in {"advcl", "acl"} and not s.children(first.i, "aux", "mark", "nsubj")


def _in_which(s: Sentence, verb: Token, cause: Candidate) -> bool:
    """ "an assault in which 12 were killed", "the quake that killed 40"."""
    first = _first(s, verb)
    if first.dep not in {"relcl", "acl"}:
        return False
    subject = s.child(first.i, "nsubj")
    relative = subject is not None and subject.lower in {"which", "that"}
    located = any(
        p.lower in {"in", "during"} and any(o.lower == "which" for o in s.children(p.i, "pobj"))
        for p in s.children(first.i, "prep")
    )
    head = s.tokens[first.head]
    return (relative or located) and (
        head.i == cause.word or head.i in set(s.subtree(cause.word)) or _named(s, head, cause)
    )


def _named(s: Sentence, head: Token, cause: Candidate) -> bool:
    """Whether a noun below the cause's verb names the deed again: "attacked a village in an assault in which …"."""
    return head.tag.startswith("NN") and head.i in set(s.subtree(cause.anchor)) and head.lower in lexicon().nouns


def _alongside(s: Sentence, verb: Token, deed: Token, outcome: Candidate) -> bool:
    """ "police opened fire; one person was killed": a passive with nobody to blame and nowhere of its own."""
    passive = bool(s.children(verb.i, "nsubjpass", "auxpass")) or (outcome.mode == "crowd-control")
    if not passive or s.children(verb.i, "agent") or _elsewhere(s, verb):
        return False
    chain = [verb]
    while chain[-1].dep in {"conj", "parataxis", "ccomp", "advcl", "dep"} and chain[-1].head != chain[-1].i:
        if any(m.lower in {"before", "because", "if", "although", "since"} for m in s.children(chain[-1].i, "mark")):
            return False
        chain.append(s.tokens[chain[-1].head])
    return deed.i in {t.i for t in chain[1:]} or any(
        deed.dep in {"ccomp", "parataxis", "conj"} and s.tokens[deed.head].i == t.i for t in chain
    )


def _elsewhere(s: Sentence, verb: Token) -> bool:
    return any(
        p.lower in _WHERE and any(o.tag == "NNP" for o in s.children(p.i, "pobj")) for p in s.children(verb.i, "prep")
    )
