"""Which words of a parsed sentence report an event, of which type, and whether it happened.

The lexicon proposes, the grammar around the word decides: objects and particles pick the sense, negation and modality
the status, and readings that are no event (noun adjuncts, habits, quoted wishes, games, prices) fall away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from mapper.events.lexicon import Lexicon, Sense, lexicon, singular
from mapper.events.plover import PROMISED
from mapper.events.reality import Reality, Tense, lemma_in, of_noun, of_verb
from mapper.events.syntax import Sentence, Token
from mapper.model import Span, Status

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_QUOTES = re.compile(r"[“\"«]([^”\"»]{12,})[”\"»]|``(.+?)''")
# Types told in the simple present outside headlines and captions; of others that tense tells habits.
_TOLD_IN_PRESENT = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONSULT", "ELECTION"})
_HARM = frozenset({"ASSAULT", "ACCIDENT", "DISASTER"})
_GAMES_CONFUSE = frozenset(
    {
        "ASSAULT",
        "PROTEST",
        "THREATEN",
        "RETREAT",
        "COERCE",
        "SUPPORT",
        "CONSULT",
        "MOBILIZE",
        "REJECT",
        "ELECTION",
        "AID",
    }
)
_PEOPLE_ENDINGS = ("girl", "girls", "boys", "men", "man", "women", "ists", "ist", "ers", "ors", "ians", "ese", "ans")
_PERIODS = frozenset({"War", "Revolution", "Uprising", "Holocaust", "Genocide", "Empire", "WWII", "WWI"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An event as one sentence tells it, before anyone asks who, when and where.

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


def may_hold_event(text: str, lex: Lexicon | None = None) -> bool:
    """Whether a sentence holds any word that could start an event: others need no parse."""
    surfaces = (lex or lexicon()).surfaces
    return any(
        word in surfaces or ("-" in word and any(part in surfaces for part in word.split("-")))
        for word in _WORD.findall(text.lower())
    )


def detect(s: Sentence, *, games: bool = False, markets: bool = False) -> list[Candidate]:
    """The events that a sentence reports, in text order. ``games``/``markets``: the article is about sport or prices."""
    reader = _Reader(s)
    found = [c for t in s.tokens if (c := reader.read(t)) is not None]
    if reader.about("topics.sport", games):
        found = [c for c in found if c.type not in _GAMES_CONFUSE]
    if reader.about("topics.market", markets):
        found = [c for c in found if c.type not in _GAMES_CONFUSE | {"ACCIDENT", "SUPPORT", "CONCEDE"}]
    return _consolidated(s, found)


def given(s: Sentence, span: Span) -> Candidate:
    """The one event that a trigger given from outside reports: type OTHER where no type fits."""
    reader = _Reader(s)
    tokens = s.at(span)
    for token in tokens:
        found = reader.read(token)
        if found is not None:
            return replace(found, span=span, word=token.i)
    head = s.head_of(span) or s.tokens[0]
    for token in tokens:
        sense = reader.bare_sense(token)
        if sense is not None:
            real = of_verb(s, token.i) if token.tag.startswith("VB") else of_noun(s, token.i)
            return Candidate(
                word=token.i, anchor=token.i, span=span, type=sense.type, mode=sense.mode, status=real.status,
                tense=real.tense, confidence=0.4, why=f'"{token.text}" given as trigger',
            )  # fmt: skip
    real = of_verb(s, head.i) if head.tag.startswith("VB") else Reality(status="reported")
    return Candidate(
        word=head.i, anchor=head.i, span=span, type="OTHER", mode=None, status=real.status, tense=real.tense,
        confidence=0.3, why="given as trigger; no type of the ontology fits",
    )  # fmt: skip


class _Reader:
    """Reads one sentence against the lexicon."""

    def __init__(self, s: Sentence) -> None:
        self.s = s
        self.lex = lexicon()
        self.words = self.lex.words
        text = "".join(t.text + " " for t in s.tokens)
        self._lower = text.lower()
        self._quoted = self._quotations()

    def _quotations(self) -> list[tuple[int, int]]:
        """Stretches of direct speech, from one quotation mark to the next, in token indices."""
        spans: list[tuple[int, int]] = []
        opened: int | None = None
        for t in self.s.tokens:
            if t.text in {"“", "``", "«"} or (t.text == '"' and opened is None):
                opened = t.i
            elif opened is not None and t.text in {"”", "''", "»", '"'}:
                spans.append((opened, t.i))
                opened = None
        if opened is not None:
            spans.append((opened, len(self.s.tokens)))
        return [(a, b) for a, b in spans if b - a > 4]

    def quoted(self, i: int) -> bool:
        """Whether token ``i`` stands in a quotation of a clause's length."""
        return any(a < i < b for a, b in self._quoted)

    def about(self, topic: str, article: bool) -> bool:
        """Whether the sentence is about ``topic``: two of its words, or one in an article about it."""
        hits = len({t.lower for t in self.s.tokens} & self.words[topic])
        return hits >= 3 or (article and hits >= 1)

    # --- reading one word ---

    def read(self, token: Token) -> Candidate | None:
        """The event that a word reports, None where it reports none."""
        if token.tag.startswith("VB") or (
            token.tag in {"JJ", "NN"}
            and token.dep in {"ROOT", "ccomp", "relcl", "advcl"}
            and token.lower.endswith("ed")
        ):
            return self._verb(token)
        if token.tag.startswith("NN"):
            if self.s.kind == "headline" and token.dep in {"ROOT", "ccomp"} and token.lower in self.lex.lemmas:
                as_verb = self._verb(token)  # "Iran rejects offer": taggers take headline verbs for nouns
                if as_verb is not None:
                    return as_verb
            return self._noun(token)
        if token.tag == "JJ" and token.lower in {"ready", "willing", "prepared"}:
            return self._readiness(token)
        return None

    def bare_sense(self, token: Token) -> Sense | None:
        """A word's sense with all conditions put aside."""
        for lemma in self.lex.lemmas.get(token.lower, ()):
            senses = self.lex.verbs.get(lemma)
            if senses:
                return next((s for s in senses if not s.particle), senses[0])
        word = singular(token.lower)
        return self.lex.nouns.get(word) or self.lex.light_nouns.get(word)

    # --- verbs ---

    def _verb(self, token: Token) -> Candidate | None:
        s = self.s
        if token.dep in {"aux", "auxpass", "amod", "compound"} or (token.dep == "prep" and token.tag == "VBG"):
            return None
        lemmas = self.lex.lemmas.get(token.lower)
        if not lemmas:
            return self._obligation(token)
        real = of_verb(s, token.i)
        subject, objects = self.arguments(token)
        if subject is not None and subject.lower in {"you", "one"}:
            return None
        if subject is not None and subject.lower in {"we", "i"} and real.tense in {"present", "future", "none"}:
            return None  # a speech's or a column's own voice
        for lemma in lemmas:
            sense, noun = self._sense(token, lemma, subject, objects)
            if sense is None:
                sense, noun = self._intent(token, lemma), None
            if sense is not None and self._fits(token, lemma, sense, subject, objects, paired=noun is not None):
                return self._told(token, lemma, sense, noun, real, subject)
        if (
            real.refused
            and any(lemma in self.words["modality.refusable"] for lemma in lemmas)
            and self._official(subject)
        ):
            return self._make(
                token, token.i, Sense("REJECT", None), "reported", real.tense, 0.7, f'"not {token.lower}"'
            )
        return self._obligation(token)

    def arguments(self, token: Token) -> tuple[Token | None, list[Token]]:
        """Who does it and what it is done to, passives turned round; the subject may be taken from the verb above."""
        s = self.s
        objects = s.children(token.i, "dobj", "obj", "dative", "oprd", "attr")
        passive = s.children(token.i, "nsubjpass")
        subject = s.child(token.i, "nsubj")
        if subject is not None:
            subject = self._referent(subject)
        if passive or s.children(token.i, "auxpass"):
            objects = [*passive, *objects]
            agent = s.child(token.i, "agent")
            subject = s.child(agent.i, "pobj") if agent is not None else None
        elif token.dep in {"acl"} and token.tag == "VBN" and s.tokens[token.head].tag.startswith("NN"):
            objects = [s.tokens[token.head], *objects]
            agent = s.child(token.i, "agent")
            subject = s.child(agent.i, "pobj") if agent is not None else None
        elif subject is None:
            subject = self._shared_subject(token)
        objects = [o for obj in objects for o in (obj, *self.conjuncts(obj))]
        return subject, [self._referent(o) for o in objects]

    def conjuncts(self, token: Token) -> list[Token]:
        found = self.s.children(token.i, "conj")
        return [t for c in found for t in (c, *self.conjuncts(c))]

    def _referent(self, token: Token) -> Token:
        """The noun that a relative pronoun stands for."""
        if token.lower in {"which", "who", "that", "whom"}:
            for above in self.s.ancestors(token.i):
                if above.dep == "relcl":
                    return self.s.tokens[above.head]
        return token

    def _shared_subject(self, token: Token) -> Token | None:
        s = self.s
        at = token
        for _ in range(6):
            head = s.tokens[at.head]
            if at.dep in {"conj", "xcomp", "advcl", "dep"} and head.tag.startswith("VB"):
                found = s.child(head.i, "nsubj") or (s.child(head.i, "nsubjpass") if at.dep != "conj" else None)
                if at.dep == "xcomp" and (controller := s.child(head.i, "dobj")) is not None:
                    return controller  # "pushed the president to step down"
                if found is not None:
                    return self._referent(found)
                at = head
            elif at.dep == "pcomp":
                at = head
            elif at.dep == "prep" and head.tag.startswith("VB"):
                found = s.child(head.i, "nsubj")
                return self._referent(found) if found is not None else None
            elif at.dep in {"relcl", "acl"} and head.tag.startswith("NN"):
                return head
            else:
                return None
        return None

    def _heads(self, token: Token, objects: list[Token], particle: str) -> dict[str, Token]:
        """Nouns that a paired sense may ask for: objects, what hangs on them by "of", and the particle's object."""
        s = self.s
        found: dict[str, Token] = {}
        reach = list(objects)
        if particle:
            first = particle.split("_")[0]
            for prep in s.children(token.i, "prep", "prt", "advmod"):
                if prep.lower == first:
                    reach += [p for pobj in s.children(prep.i, "pobj") for p in (pobj, *self.conjuncts(pobj))]
        for t in reach:
            found.setdefault(singular(t.lower), t)
            for of in s.children(t.i, "prep"):
                if of.lower == "of":
                    for pobj in s.children(of.i, "pobj"):
                        found.setdefault(singular(pobj.lower), pobj)
            for part in s.children(t.i, "compound", "amod", "appos"):
                found.setdefault(singular(part.lower), t)
        return found

    def _particles(self, token: Token) -> set[str]:
        s = self.s
        found = {
            t.lower
            for t in s.children(
                token.i, "prt", "prep", "advmod", "agent", "npadvmod", "dative", "acomp", "oprd", "dobj"
            )
        }
        return found

    def _sense(
        self, token: Token, lemma: str, subject: Token | None, objects: list[Token]
    ) -> tuple[Sense | None, Token | None]:
        particles = self._particles(token)
        for particle, noun, sense in self.lex.pairs.get(lemma, ()):
            if particle and particle.split("_")[0] not in particles:
                continue
            heads = self._heads(token, objects, particle)
            if noun in heads:
                return sense, heads[noun]
        for sense in self.lex.verbs.get(lemma, ()):
            if not sense.particle or (sense.particle.split()[0] in particles and self._phrase(token, sense.particle)):
                if sense.particle or lemma not in self.words["light.verbs"]:
                    return sense, None
        if self._light(lemma, particles):
            for noun, head in self._heads(token, objects, "").items():
                sense_of = self.lex.nouns.get(noun) or self.lex.light_nouns.get(noun)
                if sense_of is not None and head in objects:
                    return sense_of, head
        for sense in self.lex.verbs.get(lemma, ()):
            if not sense.particle:
                return sense, None
        return None, None

    def _phrase(self, token: Token, particle: str) -> bool:
        """Whether all words of a longer particle follow the verb closely ("on strike", "to death")."""
        words = particle.split()
        if len(words) == 1:
            return True
        following = [t.lower for t in self.s.tokens[token.i + 1 : token.i + 8]]
        return all(w in following for w in words)

    def _light(self, lemma: str, particles: set[str]) -> bool:
        return lemma in self.words["light.verbs"] or any(f"{lemma}_{p}" in self.words["light.verbs"] for p in particles)

    def _intent(self, token: Token, lemma: str) -> Sense | None:
        """ "agreed to …", "refused to …", "ordered him to …"."""
        if lemma not in self.lex.intents:
            return None
        clause = next(
            (
                c
                for c in self.s.children(token.i, "xcomp", "ccomp")
                if any(a.lower == "to" for a in self.s.children(c.i, "aux"))
            ),
            None,
        )
        if clause is None:
            return None
        return Sense(self.lex.intents[lemma], None)

    def _fits(
        self, token: Token, lemma: str, sense: Sense, subject: Token | None, objects: list[Token], *, paired: bool
    ) -> bool:
        """Whether a verb's surroundings allow the sense: an object where one is needed, someone who acts, …"""
        words = self.words
        s = self.s
        if paired:
            return True
        key = f"{lemma}_{sense.particle.replace(' ', '_')}" if sense.particle else lemma
        if key in words["requirements.object"] and not objects and not s.children(token.i, "ccomp", "xcomp"):
            return False
        if lemma in words["requirements.agent"] and not self._agentive(subject):
            passive = not subject and bool(objects)
            if not (passive and any(self._agentive(o) or o.tag.startswith("NNP") for o in objects)):
                return False
            if lemma in words["requirements.official"]:
                return False
        if lemma in words["requirements.official"] and not (self._official(subject) or (subject is None and objects)):
            return False
        if lemma == "insist" and not self._insists(token):
            return False
        if lemma == "warn" and not any(c.dep in {"ccomp", "xcomp"} for c in s.children(token.i)):
            return False
        if lemma == "vote" and not (
            subject is not None
            and singular(subject.lower) in {"voter", "people", "citizen", "electorate", "nation", "country"}
            or self._prep_object(token, {"in", "on"}) & {"election", "referendum", "poll", "runoff", "vote"}
        ):
            return False
        if lemma in words["requirements.person"] and objects and not any(self._agentive(o) for o in objects):
            return False
        if key in words["requirements.alone"] and any(o.dep in {"dobj", "obj"} for o in objects):
            return False
        if key in words["requirements.bomb"] and not (subject is not None and self._explosive(subject)):
            return False
        if lemma in words["requirements.foe"]:
            if objects and not any(self._agentive(o) or self._placelike(o) for o in objects):
                return False
            if subject is not None and not self._agentive(subject):
                return False
        if lemma in words["requirements.contest"] and objects and all(o.tag.startswith("NNP") for o in objects):
            if subject is None or subject.tag.startswith("NNP"):
                return False
        if lemma in {"meet", "discuss"} and subject is not None and not self._agentive(subject):
            return False
        if (
            lemma in {"visit", "tour"}
            and objects
            and not (self._agentive(objects[0]) or objects[0].tag.startswith("NN"))
        ):
            return False
        if lemma in {"arrive", "fly", "travel", "head", "depart", "leave"} and not (
            subject is not None
            and (
                subject.tag == "NNP"
                or subject.lower in {"he", "she", "who"}
                or singular(subject.lower) in words["classes.official"]
            )
        ):
            return False
        return True

    def _prep_object(self, token: Token, preps: set[str]) -> set[str]:
        return {
            singular(p.lower)
            for prep in self.s.children(token.i, "prep")
            if prep.lower in preps
            for p in self.s.children(prep.i, "pobj")
        }

    def _insists(self, token: Token) -> bool:
        s = self.s
        if any(p.lower in {"on", "upon"} for p in s.children(token.i, "prep")):
            return True
        return any(
            c.tag == "VB" or any(a.lower in {"should", "must"} for a in s.children(c.i, "aux"))
            for c in s.children(token.i, "ccomp")
        )

    def _agentive(self, token: Token | None) -> bool:
        if token is None:
            return False
        if self.s.shouted and token.tag.startswith("NN"):
            return True  # in capitals names cannot be told from nouns
        if token.tag.startswith("NNP") or token.lower in {
            "he",
            "she",
            "they",
            "we",
            "who",
            "i",
            "it",
            "him",
            "her",
            "them",
            "some",
            "many",
            "others",
            "several",
            "dozens",
            "hundreds",
            "thousands",
            "both",
        }:
            return True
        word = singular(token.lower)
        if word in self.words["classes.people"] or token.lower.endswith(_PEOPLE_ENDINGS):
            return True
        return token.tag == "CD"

    def _placelike(self, token: Token) -> bool:
        return singular(token.lower) in {
            "town",
            "city",
            "village",
            "base",
            "camp",
            "convoy",
            "position",
            "post",
            "home",
            "area",
        }

    def _explosive(self, token: Token) -> bool:
        return singular(token.lower) in {
            "bomb",
            "device",
            "explosive",
            "mine",
            "charge",
            "grenade",
            "blast",
            "car",
            "explosion",
        }

    def _official(self, token: Token | None) -> bool:
        if token is None:
            return False
        return (
            token.tag.startswith("NNP")
            or token.lower in {"he", "she", "they", "it", "we", "who", "which"}
            or singular(token.lower) in self.words["classes.official"]
        )

    def _told(
        self, token: Token, lemma: str, sense: Sense, noun: Token | None, real: Reality, subject: Token | None
    ) -> Candidate | None:
        """A verb's candidate, with promises, threats and refusals told from deeds."""
        s = self.s
        type_, mode, status = sense.type, sense.mode, real.status
        confidence = 0.82 if noun is not None else 0.74
        why = f'"{token.text}"' + (f' with "{noun.text}"' if noun is not None else "")
        if real.refused and self._official(subject):
            if type_ != "REJECT":
                return self._make(token, token.i, Sense("REJECT", None), "reported", real.tense, 0.7, f"{why}: refused")
            return None
        if status == "planned" and real.announced and type_ in PROMISED:
            unless = any(m.lower == "unless" for c in s.children(token.i, "advcl") for m in s.children(c.i, "mark"))
            type_, mode = "THREATEN" if unless else PROMISED[type_], None
            why += f", {real.why}: announced, not done"
            confidence -= 0.1
        if status == "reported" and not self._narrated(token, type_, real.tense):
            return None
        if self.quoted(token.i):
            if status != "reported" and not real.announced:
                return None
            if real.tense in {"present", "none"}:
                return None
            confidence -= 0.15
        if (
            lemma in self.lex.intents
            and self._intent(token, lemma)
            and type_ in {"AGREE", "REQUEST", "REJECT", "THREATEN"}
        ):
            confidence += 0.06
        if status == "reported" and self._in_history(token):
            status = "background"
        if real.why and status == "hypothetical":
            why += f" ({real.why})"
        return self._make(noun or token, token.i, Sense(type_, mode), status, real.tense, confidence, why, verb=token)

    def _narrated(self, token: Token, type_: str, tense: Tense) -> bool:
        """Whether the tense is one that news is told in: present deeds outside headlines and captions are habits."""
        if tense not in {"present", "none"} or self.s.kind in {"headline", "caption"}:
            return True
        if tense == "none":
            return token.tag != "VB" or token.dep != "ROOT"  # an imperative orders, it does not report
        return type_ in _TOLD_IN_PRESENT

    def _in_history(self, token: Token) -> bool:
        """ "killed during World War II": a named period of the past."""
        s = self.s
        for i in s.subtree(token.i):
            prep = s.tokens[i]
            if prep.dep == "prep" and prep.lower in {"during", "in", "under"}:
                for pobj in s.children(i, "pobj"):
                    if {pobj.text, *(t.text for t in s.children(pobj.i, "compound", "amod"))} & _PERIODS:
                        return True
        return False

    def _readiness(self, token: Token) -> Candidate | None:
        """ "is ready to …": a promise, or a threat where the deed is hostile."""
        s = self.s
        if not any(c.dep == "xcomp" for c in s.children(token.i)) or token.dep not in {
            "acomp",
            "ROOT",
            "ccomp",
            "conj",
        }:
            return None
        verb = s.tokens[token.head]
        subject = s.child(verb.i, "nsubj") or s.child(token.i, "nsubj")
        if not self._official(subject) or any(t.dep == "neg" for t in s.children(verb.i)):
            return None
        return self._make(token, verb.i, Sense("AGREE", None), "reported", "present", 0.62, f'"{token.lower} to"')

    def _obligation(self, token: Token) -> Candidate | None:
        """ "said that X must …": a demand."""
        s = self.s
        aux = {a.lower for a in s.children(token.i, "aux")}
        if not aux & {"must"} or self.quoted(token.i) or s.children(token.i, "neg"):
            return None
        head = s.tokens[token.head]
        subject = s.child(token.i, "nsubj")
        if token.dep == "ccomp" and lemma_in(head, self.words["speech.verbs"], self.lex) and self._official(subject):
            return self._make(
                token, token.i, Sense("REQUEST", None), "reported", "past", 0.66, f'said it "must {token.lower}"'
            )
        return None

    # --- nouns ---

    def _noun(self, token: Token) -> Candidate | None:
        s = self.s
        word = singular(token.lower)
        sense = self.lex.nouns.get(word)
        if sense is None and "-" in word:
            sense = self.lex.nouns.get(word.rsplit("-", 1)[-1])
        if sense is None or token.dep in {"compound", "nmod", "amod"}:
            return None
        if token.tag.startswith("NNP") and s.kind != "headline" and not token.text.isupper():
            return None
        if {t.lower for t in s.children(token.i, "compound", "amod")} & self.words["light.figurative"]:
            return None
        verb, role = self._governor(token)
        if verb is not None and role == "object" and self._verb_claims(verb, token):
            return None  # the light verb reports it
        real = of_noun(s, token.i)
        if self.quoted(token.i) and not (real.tense in {"past", "perfect"} and real.status == "reported"):
            return None
        grounded, ground = self._grounds(token, verb, role, sense)
        if not grounded:
            return None
        status: Status = real.status
        confidence = 0.64 if ground == "happens" else 0.56 if ground == "placed" else 0.46
        why = f'noun "{token.text}"' + (f" ({real.why})" if real.why else "")
        return self._make(token, token.i, sense, status, real.tense, confidence, why)

    def _governor(self, token: Token) -> tuple[Token | None, str]:
        s = self.s
        at = token
        while at.dep == "conj":
            at = s.tokens[at.head]
        head = s.tokens[at.head]
        if head.tag.startswith("VB"):
            if at.dep in {"dobj", "obj", "nsubjpass", "attr", "oprd"}:
                return head, "object"
            if at.dep == "nsubj":
                return head, "subject"
        return None, ""

    def _verb_claims(self, verb: Token, noun: Token) -> bool:
        """Whether the verb makes an event together with this noun."""
        lemmas = self.lex.lemmas.get(verb.lower)
        if not lemmas:
            return False
        subject, objects = self.arguments(verb)
        return any(self._sense(verb, lemma, subject, objects)[1] == noun for lemma in lemmas)

    def _grounds(self, token: Token, verb: Token | None, role: str, sense: Sense) -> tuple[bool, str]:
        """Whether a bare event noun points at something that took place, and how we know."""
        s = self.s
        if verb is not None:
            particles = {
                f"{lemma}_{t.lower}"
                for lemma in self.lex.lemmas.get(verb.lower, (verb.lower,))
                for t in s.children(verb.i, "prt")
            }
            lemmas = {*self.lex.lemmas.get(verb.lower, (verb.lower,)), *particles}
            if role == "subject" and lemmas & self.words["light.happen"]:
                return True, "happens"
        modifiers = s.children(token.i)
        lowered = {t.lower for t in modifiers if t.dep in {"det", "amod", "advmod"}}
        placed = any(
            p.dep == "prep"
            and p.lower
            in {
                "in",
                "at",
                "near",
                "on",
                "outside",
                "inside",
                "across",
                "to",
                "against",
                "around",
                "between",
                "by",
                "from",
            }
            and any(o.tag.startswith(("NNP", "CD")) or o.tag == "NN" for o in s.children(p.i, "pobj"))
            for p in modifiers
        )
        owned = any(t.dep == "poss" for t in modifiers)
        named = any(t.dep in {"compound", "npadvmod", "nmod"} and t.tag.startswith(("NNP", "CD")) for t in modifiers)
        demonym = any(t.dep == "amod" and t.text[:1].isupper() for t in modifiers)
        definite = bool(
            lowered
            & {
                "the",
                "this",
                "that",
                "these",
                "those",
                "latest",
                "recent",
                "first",
                "second",
                "mass",
                "fresh",
                "deadly",
                "last",
            }
        )
        counted = any(t.dep in {"nummod", "quantmod"} for t in modifiers)
        if sense.type in {"REQUEST", "ACCUSE", "REJECT", "AGREE", "THREATEN", "SUPPORT", "CONCEDE"}:
            return False, ""  # words named, not spoken: only their verbs report them
        if sense.type == "MOBILIZE" or sense.mode in {"release", "withdraw"}:
            return (placed or owned) and definite, "placed"
        if placed and not lowered & {"any", "such", "every"}:
            return True, "placed"
        if named or demonym or counted or owned:
            return True, "named"
        if definite or (s.kind == "headline"):
            return True, "definite"
        in_event = token.dep == "pobj" and s.tokens[token.head].lower in {
            "in",
            "during",
            "after",
            "following",
            "amid",
            "by",
            "since",
        }
        return in_event and not lowered & {"any", "such", "every"}, "definite"

    # --- results ---

    def _make(
        self,
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
        s = self.s
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
        if status != "reported":
            confidence -= 0.05
        return Candidate(
            word=trigger.i, anchor=anchor, span=Span(start=first.start, end=last.end), type=sense.type, mode=sense.mode,
            status=status, tense=tense, confidence=max(0.05, min(0.97, confidence)), why=why,
        )  # fmt: skip


# --- one event, one candidate ---


def _consolidated(s: Sentence, found: list[Candidate]) -> list[Candidate]:
    """Drop candidates that only tell more of another's event in the same sentence."""
    dropped: set[int] = set()
    for i, lower in enumerate(found):
        for j, upper in enumerate(found):
            if i != j and j not in dropped and i not in dropped and _absorbs(s, upper, lower):
                dropped.add(i)
    return [c for i, c in enumerate(found) if i not in dropped]


def _absorbs(s: Sentence, upper: Candidate, lower: Candidate) -> bool:
    if upper.span == lower.span:
        return upper.confidence > lower.confidence or (upper.confidence == lower.confidence and upper.word < lower.word)
    up_lower, up_upper = s.path(lower.word, upper.word)
    below = upper.word in up_lower or upper.anchor in up_lower
    between = [s.tokens[t] for t in up_lower[:-1]]
    crosses = any(t.dep in {"relcl", "advcl", "ccomp", "parataxis"} for t in between)
    same = upper.type == lower.type
    joined = s.tokens[lower.anchor].dep == "conj" and s.tokens[lower.anchor].head == upper.anchor
    if same and upper.mode != "visit" and (joined or (below and not crosses)) and upper.status == lower.status:
        own_subject = joined and bool(s.children(lower.anchor, "nsubj", "nsubjpass"))
        own_place = joined and _places_apart(s, upper.anchor, lower.anchor)
        return not own_subject and not own_place
    if (
        same
        and lower.type == "CONSULT"
        and s.tokens[lower.anchor].dep == "advcl"
        and s.tokens[lower.anchor].tag == "VBG"
    ):
        return s.tokens[lower.anchor].head == upper.anchor  # "met the king, kicking off a tour": one occasion
    if same and upper.mode == "visit" and below and not crosses and lower.word != lower.anchor:
        return True
    if (
        same
        and upper.mode == "visit"
        and below
        and not crosses
        and lower.type == "CONSULT"
        and s.tokens[lower.word].tag.startswith("NN")
    ):
        return True
    if upper.type == "PROTEST" and lower.type == "REQUEST" and below:
        return s.tokens[lower.anchor].dep in {"xcomp", "advcl", "acl"}  # what it is for
    if below and not crosses:
        if upper.type in {"AGREE", "REQUEST", "REJECT", "THREATEN"} and lower.status in {
            "hypothetical",
            "planned",
            "denied",
        }:
            # What is agreed, asked, refused or threatened is that event's content.
            return s.tokens[lower.word].tag.startswith("VB") or lower.word == lower.anchor
    # "The quake killed 40", "40 died in the crash": one event, named by its cause.
    if upper.type in {"DISASTER", "ACCIDENT"} and lower.type == "ASSAULT":
        return upper.word in set(s.subtree(lower.anchor))
    if (
        same
        and upper.type in _HARM
        and s.tokens[upper.word].tag.startswith("NN")
        and s.tokens[lower.word].tag.startswith("VB")
    ):
        return s.tokens[upper.word].dep in {"nsubj"} and s.tokens[upper.word].head == lower.word
    if upper.type == "ASSAULT" and lower.type == "MOBILIZE":
        return below or joined
    return False


def _places_apart(s: Sentence, upper: int, lower: int) -> bool:
    """Whether two coordinated verbs each have a place phrase of their own."""

    def has(i: int) -> bool:
        return any(
            p.lower in {"in", "at", "near"} and any(o.tag == "NNP" for o in s.children(p.i, "pobj"))
            for p in s.children(i, "prep")
        )

    return has(upper) and has(lower)


def topic_share(texts: Iterable[str], topic: str) -> int:
    """How many different words of a topic an article uses."""
    words = lexicon().words[f"topics.{topic}"]
    return len({w for text in texts for w in _WORD.findall(text.lower()) if w in words})
