"""What grammar settles about an event's place, whatever the learned linker says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mapper.events.candidate import Candidate
from mapper.events.lexicon import lexicon, singular, word_set
from mapper.events.linking import Scored
from mapper.events.months import ENGLISH_WEEKDAYS
from mapper.events.placing_features import place_class
from mapper.events.placing_tellers import said_there, tellers_place
from mapper.events.syntax import Sentence, Token
from mapper.model import Toponym

SETTLED = 0.95  # probability of what grammar alone decides
_ABOUT = frozenset({"about", "on", "over", "regarding", "concerning", "amid", "despite", "against", "for", "of"})
_SPOKEN_OF = frozenset({"about", "over", "against", "at", "regarding", "concerning"})
_AFFAIRS = word_set("war genocide conflict crisis situation blockade atrocity bloodshed slaughter occupation abuse")
_PHRASE = 5  # words that a phrase such as "against Israel's month-long war" may take
VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE", "COOPERATE"})
"""Types that happen where the words are said, not where what they are about lies."""
INSIDE = frozenset({"in", "inside", "at", "across", "throughout", "near", "outside", "around", "within"})
# Domestic events: whose country is the actor's own where the text names no other place (the one exception).
DOMESTIC = frozenset({"PROTEST", "ELECTION", "LEADERSHIP_CHANGE"})
_NOTICED = frozenset({"hear", "heard", "feel", "felt", "see", "seen"})
_TITLES = word_set("sgt cpl capt lt mr mrs ms dr pvt pfc maj col gen officer deputy trooper constable rev sergeant")
_NEXT = frozenset({"follow", "precede"})
_BETWEEN = frozenset({"on", "late", "early", "earlier", "last", "this", "in", "at", "near", "outside", ","})


def grammatical(s: Sentence, c: Candidate, toponyms: Sequence[Toponym], p: Scored) -> Scored:
    """What grammar settles by itself: "Mali, where …" is the place; what is talked about is not where it is
    talked of."""
    head = s.head_of(toponyms[p.toponym])
    if head is None:
        return p
    t = toponyms[p.toponym]
    if _where_clause(s, c, head.i):
        return replace(p, probability=max(p.probability, SETTLED), why=f'"{t.text}, where …"')
    if c.type in DOMESTIC | {"RETREAT"} and t.kind != "demonym" and _is_the_country(s, c, head, t):
        return replace(p, probability=max(p.probability, SETTLED), why=f'"{t.text}", whose own affair it is')
    if c.mode == "visit" and t.kind != "demonym" and head.dep == "dobj" and head.head == c.anchor:
        return replace(p, probability=max(p.probability, SETTLED), why=f'"{t.text}" is what is visited')
    if _left(s, c, head, p.preposition) or _government(s, c, head):
        return replace(p, probability=min(p.probability, 0.1))
    if (
        _witnessed(s, c, head)
        or _next_clause(s, c, head)
        or _comes_from(s, head)
        or _gone_to_first(s, c, head)
        or _done_before(s, c, head)
    ):
        return replace(p, probability=min(p.probability, 0.1))
    if c.type in VERBAL and _party(s, c, head) is not None:
        return replace(p, probability=min(p.probability, 0.1))
    if _protested_of(s, c, head):
        return replace(p, probability=min(p.probability, 0.1))
    if tellers_place(s, c, head, t) or (c.type not in VERBAL and said_there(s, c, head)):
        return replace(p, probability=min(p.probability, 0.1))
    if t.kind == "literal" and c.type == "CONSULT" and p.preposition in {"in", "at"} and _own_phrase(s, c, head):
        return replace(p, probability=max(p.probability, 0.6))  # people meet where they are said to meet
    if t.kind == "literal" and _beside_the_day(s, c, t, p.preposition) and not _of_a_deed(s, c, head):
        return replace(p, probability=max(p.probability, 0.6), why=f'"{p.preposition} {t.text}" with the day')
    if c.type == "COOPERATE" and p.preposition == "in" and _own_phrase(s, c, head):
        return p  # exercises at sea are held there
    if (c.type in VERBAL or (c.type == "SANCTION" and c.mode != "convict")) and (
        _is_theme(s, c, head.i, p.preposition) or is_region(t)
    ):
        return replace(p, probability=min(p.probability, 0.1))
    if c.status == "background" and c.tense != "pluperfect" and _behind_relative(s, c, head.i):
        return replace(p, probability=min(p.probability, 0.1))
    if p.preposition == "of" and _out_of(s, c, head):
        return replace(p, probability=max(p.probability, 0.6), why=f'"out of {t.text}"')
    return p


def _left(s: Sentence, c: Candidate, head: Token, preposition: str) -> bool:
    """ "flew from Tunis to Paris": where someone only came from."""
    if c.type not in {"CONSULT", "MOBILIZE", "AID"} or preposition != "from" or not _own_phrase(s, c, head):
        return False
    return any(t.lower in {"to", "into", "for"} for t in s.children(s.tokens[head.head].head, "prep"))


def _witnessed(s: Sentence, c: Candidate, head: Token) -> bool:
    """ "The blast was heard in Cyprus", "the quake was followed by a tremor near Van": where it was noticed, or what
    came next, took place elsewhere."""
    _, down = s.path(c.word, head.i)
    for i in down:
        verb = s.tokens[i]
        lemmas = lexicon().lemmas.get(verb.lower, (verb.lower,))
        if _NOTICED.intersection(lemmas) and verb.tag in {"VBN", "VBD"} and verb.i != c.anchor:
            known = any(d.lower == "the" for d in s.children(c.word, "det"))
            return verb.dep == "relcl" or known  # "gunfire was heard in Bamako" tells of it there
        if verb.dep == "agent" and _NEXT.intersection(lexicon().lemmas.get(s.tokens[verb.head].lower, ())):
            return s.tokens[c.word].dep == "nsubjpass"
    return False


def _gone_to_first(s: Sentence, c: Candidate, head: Token) -> bool:
    """ "He flew to Florida days before the inauguration": where someone went, not where what came after was."""
    to = s.tokens[head.head]
    if to.lower not in {"to", "into", "for"} or not s.tokens[to.head].tag.startswith("VB"):
        return False
    up, _ = s.path(c.word, to.head)
    marks = {s.tokens[i].lower for i in up[:-1] if s.tokens[i].dep in {"prep", "mark"}}
    return (
        up[-1] == to.head and c.anchor != to.head and bool(marks & {"before", "after", "ahead", "following", "until"})
    )


def _done_before(s: Sentence, c: Candidate, head: Token) -> bool:
    """ "Boys kidnapped in Gao were freed": where something else had been done to those it was done to."""
    lex = lexicon()
    _, down = s.path(c.anchor, head.i)
    for i in down[1:-1]:
        t = s.tokens[i]
        if t.tag == "VBN" and t.dep == "acl" and any(lemma in lex.verbs for lemma in lex.lemmas.get(t.lower, ())):
            held = s.tokens[t.head]
            return held.dep in {"nsubj", "nsubjpass"} and held.head == c.anchor and t.i not in {c.word, c.anchor}
    return False


def _comes_from(s: Sentence, head: Token) -> bool:
    """ "Cpl. Smith, 21, of Ohio, was killed", "Sgt. Smith of Ohio", "ignored by Ohio": whose home or deed, no scene."""
    of = s.tokens[head.head]
    if of.lower == "by" and of.dep == "agent":
        return True
    if of.lower != "of" or of.i < 2 or s.tokens[of.head].tag not in {"NNP", "CD"}:
        return False
    first = of.i
    while first and (s.tokens[first - 1].tag == "NNP" or s.tokens[first - 1].text == "."):
        first -= 1
    named = {t.lower.rstrip(".") for t in s.tokens[first : of.i]}
    return s.tokens[of.i - 1].text == "," or bool(named & _TITLES)


def _next_clause(s: Sentence, c: Candidate, head: Token) -> bool:
    """ "He won the vote, and clashes broke out in Gao": a clause set beside, with a subject of its own, has its own
    place. Not so after a verb: "five were killed and ten were hurt in Gao"."""
    if not s.tokens[c.word].tag.startswith("NN"):
        return False
    _, down = s.path(c.word, head.i)
    return any(
        s.tokens[i].dep == "conj" and s.tokens[i].tag.startswith("VB") and s.children(i, "nsubj", "nsubjpass")
        for i in down[:-1]
    )


def _government(s: Sentence, c: Candidate, head: Token) -> bool:
    """ "New Delhi summoned the ambassador", "Seoul and Tokyo agreed": a government by its seat, whatever was read."""
    while head.dep == "conj" and head.head != head.i:
        head = s.tokens[head.head]
    verb = s.tokens[head.head]
    if head.dep != "nsubj" or not head.tag.startswith("NNP"):
        return False
    above = [c.anchor, *(t.i for t in s.ancestors(c.anchor))]
    if verb.i == c.anchor:
        return c.type in VERBAL | {"COERCE", "MOBILIZE", "SANCTION"}
    up, _ = s.path(c.word, verb.i)
    spoken_of = any(s.tokens[i].dep == "prep" and s.tokens[i].lower in _ABOUT for i in up)
    return verb.i in above and (c.type in VERBAL or spoken_of)


def _out_of(s: Sentence, c: Candidate, head: Token) -> bool:
    """ "drove them out of Mali": what drives out happens where it drives out of."""
    preposition = s.tokens[head.head]
    out = s.tokens[preposition.head]
    return out.lower == "out" and out.head in {c.word, c.anchor}


def _behind_relative(s: Sentence, c: Candidate, head: int) -> bool:
    """Whether the trigger is in a relative clause that leaves the name out: "the grave in Carthage of men who fell"."""
    up, _ = s.path(c.anchor, head)
    return any(s.tokens[i].dep == "relcl" for i in up[:-1])


def _is_the_country(s: Sentence, c: Candidate, head: Token, t: Toponym) -> bool:
    """ "Burkina Faso will vote", "voters in Congo", "president of Gambia": the country of a domestic event."""
    if place_class(t) != "country" or (c.type == "RETREAT" and c.mode != "resign"):
        return False
    subjects = [*s.children(c.anchor, "nsubj", "nsubjpass"), *s.children(c.word, "poss")]
    if c.type == "ELECTION" and head in subjects:
        return True
    preposition = s.tokens[head.head]
    if head.dep != "pobj" or preposition.lower not in {"in", "of"}:
        return False
    holder = s.tokens[preposition.head]
    office = c.type != "PROTEST" and holder.lower in lexicon().words["classes.official"]
    return holder in subjects or (office and preposition.lower == "of")


def _where_clause(s: Sentence, c: Candidate, head: int) -> bool:
    at = s.tokens[c.anchor]
    for above in (at, *s.ancestors(at.i)):
        if above.dep in {"relcl", "advcl", "acl"} and any(t.lower == "where" for t in s.children(above.i, "advmod")):
            return above.head == head
        if above.dep in {"relcl", "ccomp"}:
            return False
    return False


def _is_theme(s: Sentence, c: Candidate, head: int, preposition: str) -> bool:
    """Whether a name stands inside what a speech act is about: below an object, a clause or "about/on/over"."""
    if c.mode == "visit":
        return preposition in _ABOUT  # what is visited is where the visit is
    if preposition in {"to", "into", "from", "toward", "towards"}:
        return True
    _, down = s.path(c.word, head)
    _, from_anchor = s.path(c.anchor, head)
    path = from_anchor if len(from_anchor) < len(down) or c.word in from_anchor else down
    for i in path[1:-1]:
        token = s.tokens[i]
        if token.dep == "prep" and token.lower in _ABOUT:
            return True
        if token.dep in {"ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp"}:
            return True
        if token.dep == "dobj" and i != c.word:
            return True
    return False


def _beside_the_day(s: Sentence, c: Candidate, t: Toponym, preposition: str) -> bool:
    """ "on officials in Brussels on Wednesday": a place beside the day belongs to the clause, as the day does.

    Only in the trigger's own clause, after it, and where nobody leaves for or speaks of the place.
    """
    if preposition not in {"in", "at", "near", "outside"}:
        return False
    inside = s.at(t)
    first, last = inside[0].i, inside[-1].i
    start = max(c.word, c.anchor)
    if first <= start or any(x.tag.startswith("VB") or x.lower in {";", ":"} for x in s.tokens[start + 1 : first]):
        return False
    after = s.tokens[last + 1 : last + 4]
    for token in after:
        if token.lower in ENGLISH_WEEKDAYS:
            return True
        if token.lower not in _BETWEEN:
            break
    before = [x for x in s.tokens[start + 1 : first] if x.lower not in _BETWEEN]
    return bool(before) and before[-1].lower in ENGLISH_WEEKDAYS and before[-1].i >= first - 2


def _of_a_deed(s: Sentence, c: Candidate, head: Token) -> bool:
    """ "condemned the attack in Kabul on Monday": place and day of what is spoken of."""
    noun = s.tokens[s.tokens[head.head].head]
    return c.type in VERBAL and noun.i not in {c.word, c.anchor} and noun.lower in lexicon().nouns


def _protested_of(s: Sentence, c: Candidate, head: Token) -> bool:
    """ "marched against the war in Gaza and Lebanon": where what they march about is, whatever parsers hang it on."""
    while head.dep == "conj" and head.head != head.i:
        head = s.tokens[head.head]
    preposition = s.tokens[head.head]
    if c.type != "PROTEST" or head.dep != "pobj" or preposition.lower not in INSIDE or not preposition.i:
        return False
    noun = s.tokens[preposition.i - 1]
    if noun.i in {c.word, c.anchor} or not {noun.lower, singular(noun.lower)} & (_AFFAIRS | set(lexicon().nouns)):
        return False
    before = s.tokens[max(0, noun.i - _PHRASE) : noun.i]
    if noun.tag != "NNS" and not any(t.tag in {"DT", "PRP$", "POS"} for t in before):
        return False  # "against police violence in Nairobi": no one affair, and so perhaps where they march
    return any(t.lower in _SPOKEN_OF and t.i > min(c.word, c.anchor) for t in before)


def _own_phrase(s: Sentence, c: Candidate, head: Token) -> bool:
    """Whether a name hangs by a preposition on the trigger or on its verb, or as parsers have it on whom it was with:
    "talks between Baku and Yerevan in Brussels"."""
    preposition = s.tokens[head.head]
    if preposition.dep != "prep":
        return False
    return preposition.head in {c.word, c.anchor} or _party(s, c, s.tokens[preposition.head]) is not None


def _party(s: Sentence, c: Candidate, head: Token) -> Token | None:
    """The preposition by which a name is one of those who talk or agree: "between Baku and Yerevan", "with Iran"."""
    while head.dep == "conj" and head.head != head.i:
        head = s.tokens[head.head]
    preposition = s.tokens[head.head]
    with_whom = head.dep == "pobj" and preposition.lower in {"between", "with"}
    return preposition if with_whom and preposition.head in {c.word, c.anchor} else None


def is_region(t: Toponym) -> bool:
    """Whether a toponym names a region wider than a country, which is never inherited."""
    return place_class(t) in {"region", "water"} and (t.place is None or t.place.country_code is None)
