"""Who did it and to whom: noun phrases around a trigger, with the country that their words give away.

A country comes from a demonym, a government's metonym or a country's name inside the phrase, or from the list of
groups in
``groups.toml`` and of the user; never from a place where something happened.
"""

from __future__ import annotations

from mapper.events.candidate import Candidate
from mapper.events.grammar import Grammar, person_word
from mapper.events.groups import group_in
from mapper.events.lexicon import lexicon, singular, word_set
from mapper.events.months import ENGLISH_WEEKDAYS
from mapper.events.syntax import Sentence, Token
from mapper.model import Actor, ActorRole, Span, Toponym

_LONGEST = 12  # tokens of a phrase: what follows is description
_OUTSIDE = frozenset(
    {"relcl", "acl", "advcl", "appos", "punct", "conj", "cc", "prep", "parataxis", "preconj", "case", "det"}
)
_NOT_FIRST = frozenset({"DT", "PRP$", ",", "``", "''", "POS", "HYPH"})
_PRONOUNS = frozenset({"PRP", "WP", "WDT", "EX", "PRP$"})
_RECIPROCAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT"})
_OF_CONTENT = frozenset({"AGREE", "REJECT", "THREATEN"})
_DONE_TO_THE_NOUN = frozenset({"LEADERSHIP_CHANGE", "SANCTION", "COERCE", "RETREAT", "AID", "PROTEST"})
_MEASURES = word_set("""
    hundreds thousands dozens scores tens millions number majority members some many most several group groups
    band crowd crowds convoy column team busload boatload dozen half one two both
""")
"""Words whose "of" names the people meant: "hundreds of teachers", "a convoy of peacekeepers"."""
_NOBODY = word_set("""
    papers orders offers numbers borders headquarters rivers waters powers matters towers others computers
    flowers letters quarters centers factors sectors doors floors errors reactors tractors motors sensors oceans
    caravans containers tankers helicopters bombers trailers shelters corners shoulders chambers registers
    routers prayers answers figures measures dinners dollars cars corridors mirrors harbors harbours scars wars
    banners barriers boulders bunkers covers counters craters trackers
""")
_RECIPIENT_PREPS = {
    "CONSULT": ("with",),
    "AGREE": ("with", "to", "for"),
    "COOPERATE": ("with",),
    "SUPPORT": ("with", "for", "to"),
    "AID": ("to", "for"),
    "REQUEST": ("on", "to", "upon"),
    "ACCUSE": ("against", "of"),
    "THREATEN": ("against",),
    "SANCTION": ("on", "against", "to", "with"),
    "ASSAULT": ("on", "against", "with", "of"),
    "PROTEST": ("against", "with"),
    "COERCE": ("on", "against", "of"),
    "REJECT": ("from", "by"),
    "RETREAT": ("to",),
    "LEADERSHIP_CHANGE": ("of",),
}


def actors(s: Sentence, c: Candidate, toponyms: tuple[Toponym, ...], text: str) -> tuple[Actor, ...]:
    """Actors and recipients of a candidate, in text order within each role, never overlapping."""
    doers, done_to = _arguments(s, c)
    found: list[Actor] = []
    for role, heads in (("actor", doers), ("recipient", done_to)):
        for head in heads:
            actor = _actor(s, head, role, toponyms, text)  # type: ignore[arg-type]
            if actor is not None and not any(actor.overlaps(other) for other in found):
                found.append(actor)
    return tuple(found)


def _arguments(s: Sentence, c: Candidate) -> tuple[list[Token], list[Token]]:
    reader = Grammar(s)
    verb = s.tokens[c.anchor]
    word = s.tokens[c.word]
    doers: list[Token] = []
    done_to: list[Token] = []
    if verb.tag.startswith("VB"):
        subject, objects = reader.arguments(verb)
        if subject is not None and singular(subject.lower) in lexicon().nouns:
            doers += _behind(s, subject)  # "the attack by rebels killed six"
        elif subject is not None:
            doers += [subject, *reader.conjuncts(subject)]
        told = c.type in _DONE_TO_THE_NOUN and singular(word.lower) in lexicon().words["classes.people"]
        done_to += [o for o in objects if o.i != c.word or told]
        done_to += _by_preposition(s, verb, c.type)
        if c.type in {"REQUEST", "AGREE", "REJECT"}:
            done_to += [n for cl in s.children(verb.i, "ccomp") for n in s.children(cl.i, "nsubj", "nsubjpass")]
        if not done_to and c.type in _OF_CONTENT:
            done_to += _in_content(s, reader, verb)
    for r in c.results:
        done_to += reader.arguments(s.tokens[r])[1]  # "stormed a hotel, killing nine": whom it was done to
    if word.tag.startswith("NN"):
        done_to += _by_preposition(s, word, c.type)
        if c.anchor == c.word or not doers:
            doers += _behind(s, word, light=c.anchor != c.word)
    if c.type == "DISASTER":
        doers = []  # nobody does a cyclone
    return doers, done_to


def _in_content(s: Sentence, reader: Grammar, verb: Token) -> list[Token]:
    """Whom what is promised, refused or threatened would concern: "offered to hand two men over to Britain"."""
    found: list[Token] = []
    for clause in s.children(verb.i, "xcomp"):
        found += reader.arguments(clause)[1]
        for prep in s.children(clause.i, "prep", "dative"):
            if prep.lower in {"to", "with", "for", "from", "against"}:
                found += [o for p in s.children(prep.i, "pobj") for o in (p, *s.children(p.i, "conj"))]
    return found


def _behind(s: Sentence, noun: Token, *, light: bool = False) -> list[Token]:
    """Whose deed an event noun names: "by rebels", "the army's", "Israeli"; "talks between the two sides"."""
    by = [
        o
        for prep in s.children(noun.i, "prep")
        if prep.lower in {"by", "between"}
        for p in s.children(prep.i, "pobj")
        for o in (p, *s.children(p.i, "conj"))
    ]
    adjectives = [t for t in s.children(noun.i, "amod", "compound", "nmod") if t.text[:1].isupper()]
    return [*by, *s.children(noun.i, "poss"), *([] if light else adjectives)]


def _by_preposition(s: Sentence, token: Token, type_: str) -> list[Token]:
    wanted = _RECIPIENT_PREPS.get(type_, ())
    found: list[Token] = []
    for prep in s.children(token.i, "prep", "dative"):
        if prep.lower in wanted:
            for pobj in s.children(prep.i, "pobj"):
                found.append(pobj)
                found += s.children(pobj.i, "conj")
    return found


def _actor(s: Sentence, head: Token, role: ActorRole, toponyms: tuple[Toponym, ...], text: str) -> Actor | None:
    meant = _measured(s, head)
    if meant is head and (head.tag in _PRONOUNS or head.tag in {"CD", "DT", "IN", "RB"} or head.tag.startswith("VB")):
        return None
    span = phrase(s, head)
    if meant is not head:
        span, head = Span(start=span.start, end=phrase(s, meant).end), meant
    said = span.of(text)
    country = country_of(span, said, toponyms)
    if not _someone(head, said, country, span, toponyms):
        return None
    return Actor(start=span.start, end=span.end, text=said, role=role, country_code=country)


def _measured(s: Sentence, head: Token) -> Token:
    """The people whom a word of quantity counts, or the head itself."""
    if head.lower not in _MEASURES and head.tag != "CD":
        return head
    of = next((p for p in s.children(head.i, "prep") if p.lower == "of" and p.i == head.i + 1), None)
    meant = s.child(of.i, "pobj") if of is not None else None
    return meant if meant is not None and meant.tag.startswith("NN") else head


def phrase(s: Sentence, head: Token) -> Span:
    """The noun phrase of a head: its modifiers before it, without relative clauses and appositions."""
    start = end = head
    for left in s.children(head.i):
        if left.i < head.i and left.dep not in _OUTSIDE:
            first = min(s.subtree(left.i))
            if head.i - first <= _LONGEST and s.tokens[first].start < start.start:
                start = s.tokens[first]
    # "On Sunday rebels attacked": the day is no part of who did it.
    while start.i < head.i and (start.tag in _NOT_FIRST or start.lower in ENGLISH_WEEKDAYS):
        start = s.tokens[start.i + 1]
    return Span(start=start.start, end=end.end)


def country_of(span: Span, said: str, toponyms: tuple[Toponym, ...]) -> str | None:
    """The country that a phrase belongs to by its own words."""
    group = group_in(said)
    if group is not None:
        return group.country
    for kind in ("demonym", "metonym", "literal"):
        for toponym in toponyms:
            if toponym.kind == kind and span.overlaps(toponym) and toponym.place is not None:
                if toponym.stands_for:
                    return toponym.stands_for
                if kind == "literal" and toponym.place.feature_class != "A":
                    continue
                if toponym.place.country_code:
                    return toponym.place.country_code
    return None


def _someone(head: Token, said: str, country: str | None, span: Span, toponyms: tuple[Toponym, ...]) -> bool:
    """Whether a phrase names people or a body that acts."""
    words = lexicon().words
    if singular(head.lower) in words["classes.people"] or group_in(said) is not None:
        return True
    if head.tag == "NNS" and person_word(head.lower) and head.lower not in _NOBODY:
        return True
    if head.tag.startswith("NNP"):
        settlements = [t for t in toponyms if t.overlaps(span) and t.place is not None and t.kind == "literal"]
        return not any(t.start <= head.start and t.place and t.place.feature_class != "A" for t in settlements)
    return country is not None and head.tag.startswith("NN")


def domestic_country(toponyms: tuple[Toponym, ...], here: list[int]) -> str | None:
    """The one country whose demonym a sentence names, None where it names several or another place."""
    named = [toponyms[i] for i in here]
    if any(t.kind == "literal" and t.place is not None for t in named):
        return None
    countries = {
        t.place.country_code for t in named if t.kind == "demonym" and t.place is not None and t.place.country_code
    }
    return next(iter(countries)) if len(countries) == 1 else None
