"""Reading verbs: deeds, promises, threats, refusals and demands."""

from __future__ import annotations

from mapper.events.candidate import Candidate, make
from mapper.events.fits import DRIVERS, VEHICLES, Fits
from mapper.events.lexicon import Sense, singular, word_set
from mapper.events.plover import PROMISED
from mapper.events.reality import Reality, Tense, lemma_in, of_verb
from mapper.events.syntax import Token

# Types told in the simple present outside headlines and captions; of others that tense tells habits.
_TOLD_IN_PRESENT = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONSULT", "ELECTION"})
_ARMED = word_set("soldier troop troops army militant gunman fighter militia gendarme officer guard")
_BARRING = _ARMED | word_set("protester farmer demonstrator")
_EXERCISES = word_set("exercise drill maneuver manoeuvre wargame")
_REACHED = word_set("reached entered arrived crossed reaches enters arrives crosses")
_CARRIERS = word_set("convoy truck lorry aid shipment delivery supply plane flight ship vessel consignment relief")
_GOODS = word_set("aid food relief flour medicine vaccine supply wheat grain humanitarian water tent blanket ration")
_ARRIVING = word_set("arrived landed arrives arrive lands")
_ENTERING = word_set("entered enters")
_FIGHTERS = word_set("fighter rebel militant insurgent gunman guerrilla militiaman")
_GATHERING = word_set("gathered assembled massed converged")
_PROTESTERS = word_set("protester demonstrator campaigner activist")
_CROWDS = word_set("protester demonstrator crowd mob student supporter rioter marcher")
_FORCES = word_set("""
    troop troops soldier peacekeeper paratrooper marine warship tank reinforcement battalion contingent frigate
    destroyer
""")
_STORMS = word_set("cyclone hurricane typhoon storm")
_HOSTILE = frozenset({"ASSAULT", "SANCTION", "COERCE", "PROTEST"})
_OUTCOMES = word_set("win lose secure clinch sweep coast retain claim")
_REVENGE = word_set("retaliate avenge punish respond hit strike destroy crush annihilate continue fight")
_STANCES = word_set("oppose support back reject favour favor defend")
_PERIODS = frozenset({"War", "Revolution", "Uprising", "Holocaust", "Genocide", "Empire", "WWII", "WWI"})


class Verbs(Fits):
    """Reads the verbs of a sentence."""

    def _verb(self, token: Token) -> Candidate | None:
        s = self.s
        if token.dep in {"aux", "auxpass", "amod", "compound"} or (token.dep == "prep" and token.tag == "VBG"):
            return None
        if token.dep in {"dobj", "pobj", "nsubj", "nsubjpass"} and s.children(token.i, "det"):
            return None  # "evacuated the wounded"
        lemmas = self.lex.lemmas.get(token.lower)
        if not lemmas:
            if self._polls(token, s.child(token.i, "nsubj")):
                return self._told(token, token.lower, Sense("ELECTION", None), None, of_verb(s, token.i), None)
            subject = self.arguments(token)[0]
            if (sense := self._arriving(token, subject)) is not None:
                return self._told(token, token.lower, sense, None, of_verb(s, token.i), subject)
            if self._dies_of(token):
                return self._told(token, token.lower, Sense("DISASTER", None), None, of_verb(s, token.i), None)
            return self._obligation(token)
        real = of_verb(s, token.i)
        subject, objects = self.arguments(token)
        if subject is not None and subject.lower in {"you", "one"}:
            return None
        if (
            subject is not None
            and subject.lower in {"we", "i", "us", "me"}
            and real.tense in {"present", "future", "none"}
        ):
            return None  # a speech's or a column's own voice
        if (sense := self._arriving(token, subject)) is not None:
            return self._told(token, token.lower, sense, None, real, subject)
        if self._polls(token, subject):
            return self._told(token, token.lower, Sense("ELECTION", None), None, real, subject)
        if self._dies_of(token):
            return self._told(token, token.lower, Sense("DISASTER", None), None, real, None)
        for lemma in lemmas:
            sense, noun = self._sense(token, lemma, objects)
            if sense is None:
                sense, noun = self._intent(token, lemma), None
            if sense is not None and sense.mode == "restrict" and subject is not None and not self._rules(subject):
                continue  # teachers on strike close schools, too
            if sense is not None and lemma == "destroy" and not self._destroyer(subject):
                continue  # "trade practices destroyed factories"
            if sense is not None and noun is not None and noun.lower == "flights" and subject is None:
                continue  # flights are cancelled in any storm
            if sense is not None:
                sense = self._by_doer(token, lemma, sense, noun, subject)
            if sense is not None and noun is None and self._run_over(token, lemma, subject):
                sense = Sense("ACCIDENT", None)
                return self._told(token, lemma, sense, noun, real, subject)
            if sense is not None and (noun is not None or self._fits(token, lemma, sense, subject, objects)):
                return self._told(token, lemma, sense, noun, real, subject)
        if (
            real.refused
            and any(lemma in self.words["modality.refusable"] for lemma in lemmas)
            and self.official(subject)
        ):
            return make(
                self.s, token, token.i, Sense("REJECT", None), "reported", real.tense, 0.7, f'"not {token.lower}"'
            )
        return self._obligation(token)

    def _told(
        self, token: Token, lemma: str, sense: Sense, noun: Token | None, real: Reality, subject: Token | None
    ) -> Candidate | None:
        """A verb's candidate, with promises, threats and refusals told from deeds."""
        s = self.s
        type_, mode, status = sense.type, sense.mode, real.status
        confidence = 0.82 if noun is not None else 0.74
        why = f'"{token.text}"' + (f' with "{noun.text}"' if noun is not None else "")
        if real.refused and self.official(subject):
            if type_ != "REJECT":
                return make(
                    self.s, token, token.i, Sense("REJECT", None), "reported", real.tense, 0.7, f"{why}: refused"
                )
            return None
        passive = bool(s.children(token.i, "auxpass"))
        if status == "planned" and real.announced and type_ in PROMISED and not (passive and subject is None):
            if subject is not None and not (self.agentive(subject) or self.official(subject)):
                return None  # things promise and threaten nothing
            unless = any(m.lower == "unless" for c in s.children(token.i, "advcl") for m in s.children(c.i, "mark"))
            type_, mode = "THREATEN" if unless else PROMISED[type_], None
            why += f", {real.why}: announced, not done"
            confidence -= 0.1
        if status == "reported" and not self._narrated(token, type_, real.tense):
            return None
        thing = subject is not None and subject.lower in {"it", "which", "that"}
        if type_ == "SUPPORT" and real.tense == "present" and thing:
            return None  # "the centre supports patients"
        lasting = real.tense in {"present", "none"} or token.tag in {"VBG", "VBN"}
        if token.dep in {"relcl", "acl"} and lemma in _STANCES and lasting and s.kind != "headline":
            return None  # "those opposing the plan", "a group backed by Iran": what they are
        if status == "reported" and self._statal(token, type_, mode, subject, real.tense):
            return None
        if noun is not None and status == "reported" and any(d.lower == "no" for d in s.children(noun.i, "det", "neg")):
            status = "denied"
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
            if type_ == "AGREE":
                type_ = self._vowed(token)
        if status == "reported" and self._in_history(token):
            status = "background"
        if status == "planned" and type_ == "ELECTION" and lemma in _OUTCOMES:
            status = "hypothetical"  # "is expected to win": a forecast
        if status == "hypothetical" and type_ == "COERCE" and self._by_order(token):
            status = "reported"  # "ordered that schools be closed": the order does it
        if real.why and status == "hypothetical":
            why += f" ({real.why})"
        return make(self.s, noun or token, token.i, Sense(type_, mode), status, real.tense, confidence, why, verb=token)

    def _by_order(self, token: Token) -> bool:
        """Whether a deed is what somebody in power has ordered: "the governor ordered that schools be closed"."""
        head = self.s.tokens[token.head]
        if token.dep not in {"ccomp", "xcomp"} or token.tag != "VBN" or head.lower not in {"ordered", "decreed"}:
            return False
        return self.official(self.s.child(head.i, "nsubj")) and not self.s.children(head.i, "neg")

    def _arriving(self, token: Token, subject: Token | None) -> Sense | None:
        """What it is that arrives, where that is an event: aid or forces."""
        if self._brings_aid(token, subject):
            return Sense("AID", None)
        if self._gathers(token, subject):
            return Sense("PROTEST", "demo")
        return Sense("MOBILIZE", "troops") if self._moves_in(token, subject) else None

    def _gathers(self, token: Token, subject: Token | None) -> bool:
        """ "Protesters gathered in Kazan"."""
        crowd = subject is not None and singular(subject.lower) in _PROTESTERS
        return crowd and token.lower in _GATHERING and not self.s.children(token.i, "dobj")

    def _brings_aid(self, token: Token, subject: Token | None) -> bool:
        """ "A convoy with food reached the camp": aid that arrives."""
        if token.lower not in _REACHED or subject is None or not self.s.children(token.i, "dobj", "prep"):
            return False
        carried = {singular(self.s.tokens[i].lower) for i in self.s.subtree(subject.i)}
        return singular(subject.lower) in _CARRIERS and bool(carried & _GOODS)

    def _moves_in(self, token: Token, subject: Token | None) -> bool:
        """ "Peacekeepers arrived in Bangui", "rebels entered the city": forces that are moved."""
        if subject is None or singular(subject.lower) not in _FORCES | _FIGHTERS:
            return False
        reached = self.s.children(token.i, "dobj")
        if token.lower in _ENTERING:
            return any(o.tag == "NNP" or self.held_place(o) for o in reached)
        return token.lower in _ARRIVING and not reached

    def _dies_of(self, token: Token) -> bool:
        """ "1,500 have died of cholera": an outbreak, a flood or a cold spell told by its toll."""
        if token.lower not in {"died", "die", "dying"}:
            return False
        natural = self.words["classes.natural"]
        many = self.s.child(token.i, "nsubj")
        several = many is not None and (many.tag in {"NNS", "CD"} or many.lower in {"dozens", "hundreds", "number"})
        return several and bool(self.prep_objects(token, {"of", "from", "in"}) & natural)

    def _vowed(self, token: Token) -> str:
        """What a promise is: a threat where the deed is hostile, a refusal where talks or ties are sworn off."""
        s = self.s
        for clause in s.children(token.i, "xcomp", "ccomp"):
            lemmas = self.lex.lemmas.get(clause.lower, (clause.lower,))
            _, objects = self.arguments(clause)
            types = {sense.type for lemma in lemmas if (sense := self._sense(clause, lemma, objects)[0]) is not None}
            if s.children(clause.i, "neg"):
                return (
                    "REJECT" if types & {"CONSULT", "COOPERATE", "AGREE", "SUPPORT", "CONCEDE", "RETREAT"} else "AGREE"
                )
            vows = token.lower in {"vowed", "vows", "vow", "vowing", "threatened"}
            if vows and (types & _HOSTILE or clause.lower in _REVENGE):
                return "THREATEN"
        return "AGREE"

    def _polls(self, token: Token, subject: Token | None) -> bool:
        """ "Polls opened", "polling stations closed"."""
        if (
            subject is None
            or token.lower not in {"opened", "closed", "open", "close"}
            or self.s.children(token.i, "dobj")
        ):
            return False
        stations = any(t.lower == "polling" for t in self.s.children(subject.i, "compound", "amod"))
        return subject.lower == "polls" or stations

    def _by_doer(self, token: Token, lemma: str, sense: Sense, noun: Token | None, subject: Token | None) -> Sense:
        """The sense as who or what does it decides: police search, hackers break in, crowds protest, storms kill."""
        doer = singular(subject.lower) if subject is not None else ""
        if token.tag == "VBG" and token.dep in {"advcl", "acl"}:
            doer = ""  # "…, killing six": what came of an event told before
        if doer in self.lex.nouns:
            doer = ""  # "the flood killed six": the noun tells it
        if lemma == "raid" and self.by_police(token, subject):
            return Sense("COERCE", None)
        if noun is not None and noun.lower in {"raid", "raids"} and self.by_police(noun, subject):
            return Sense("COERCE", None)
        if sense.type == "ASSAULT" and doer == "hacker":
            return Sense("COERCE", "cyber")
        named = subject.tag == "NNP" if subject is not None else False
        kinds = {t.lower for t in self.s.children(subject.i, "compound")} if subject is not None and named else set()
        if sense.type == "ASSAULT" and (doer in self.words["classes.natural"] or kinds & _STORMS):
            return Sense("DISASTER", None)  # "the cold killed six", "Cyclone Idai hit Mozambique"
        if sense.type == "ASSAULT" and doer in self.words["classes.mishaps"]:
            return Sense("ACCIDENT", None)
        if sense.mode == "obstruct" and (self.by_police(token, subject) or doer in _ARMED):
            return Sense("COERCE", "restrict")  # "riot police blocked the road"
        if sense.type == "ACCIDENT" and doer in self.words["classes.weapons"]:
            return Sense("ASSAULT", "heavy-weapons")  # "a missile slammed into the hospital"
        if lemma == "storm" and doer in _CROWDS:
            return Sense("PROTEST", "riot")
        if lemma == "protest" and sense.type == "ACCUSE" and not self.official(subject):
            return Sense("PROTEST", "demo")
        own = noun is not None and singular(noun.lower) in _EXERCISES and sense.type == "COOPERATE"
        if own and noun is not None and not self._jointly(token, noun, subject):
            return Sense("MOBILIZE", "troops")
        return sense

    def _jointly(self, token: Token, noun: Token, subject: Token | None) -> bool:
        """Whether an exercise is held together: "joint drills", "drills with India", "Japan and India held drills"."""
        s = self.s
        words = {t.lower for t in s.children(noun.i)} | {p.lower for p in s.children(token.i, "prep")}
        several = subject is not None and (bool(s.children(subject.i, "conj")) or subject.tag in {"NNS", "NNPS"})
        return several or bool(words & {"joint", "with", "together", "combined", "multinational", "between"})

    def _run_over(self, token: Token, lemma: str, subject: Token | None) -> bool:
        """ "was struck by a car"."""
        if lemma not in {"hit", "strike"} and not (lemma in {"kill", "injure"} and self.s.children(token.i, "agent")):
            return False
        if subject is None or singular(subject.lower) not in VEHICLES | DRIVERS:
            return False
        return singular(subject.lower) in VEHICLES or any(self.agentive(o) for o in self.s.children(token.i, "dobj"))

    def _statal(self, token: Token, type_: str, mode: str | None, subject: Token | None, tense: Tense) -> bool:
        """ "is accused of fraud", "a man charged with murder": what somebody is, not what was done on a day."""
        if (type_, mode) != ("ACCUSE", "allege") or subject is not None or token.tag != "VBN":
            return False
        if self.s.kind == "headline":
            return False
        return (token.dep in {"acl", "advcl", "relcl", "conj", "amod"} and not self.s.children(token.i, "auxpass")) or (
            tense == "present"
        )

    def _destroyer(self, subject: Token | None) -> bool:
        """Whether it can lay waste: people and their weapons, nature, fire, or an event named by a noun."""
        if subject is None or self.agentive(subject):
            return True
        word = singular(subject.lower)
        kinds = ("weapons", "natural", "mishaps", "forces")
        return (
            word in self.lex.nouns or any(word in self.words[f"classes.{kind}"] for kind in kinds) or self.bomb(subject)
        )

    def _rules(self, subject: Token) -> bool:
        """Whether someone can restrict others: a body with power, or armed people."""
        return self.official(subject) or singular(subject.lower) in _BARRING

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
            if prep.dep == "prep" and prep.lower in {"during", "in", "under"} and not self._of_others(token, prep):
                for pobj in s.children(i, "pobj"):
                    if {pobj.text, *(t.text for t in s.children(pobj.i, "compound", "amod"))} & _PERIODS:
                        return True
        return False

    def _of_others(self, token: Token, below: Token) -> bool:
        """Whether a phrase tells of what some noun below the verb did: "visits the graves of men who fell in …"."""
        between, _ = self.s.path(below.i, token.i)
        return any(self.s.tokens[i].dep in {"relcl", "acl", "pcomp", "ccomp", "advcl"} for i in between[:-1])

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
        if not self.official(subject) or any(t.dep == "neg" for t in s.children(verb.i)):
            return None
        real = of_verb(s, verb.i)
        return make(self.s, token, verb.i, Sense("AGREE", None), real.status, "present", 0.62, f'"{token.lower} to"')

    def _obligation(self, token: Token) -> Candidate | None:
        """ "said that X must …": a demand."""
        s = self.s
        aux = {a.lower for a in s.children(token.i, "aux")}
        if not aux & {"must"} or self.quoted(token.i) or s.children(token.i, "neg"):
            return None
        head = s.tokens[token.head]
        subject = s.child(token.i, "nsubj")
        if token.dep == "ccomp" and lemma_in(head, self.words["speech.verbs"], self.lex) and self.official(subject):
            return make(
                self.s,
                token,
                token.i,
                Sense("REQUEST", None),
                "reported",
                "past",
                0.66,
                f'said it "must {token.lower}"',
            )
        return None
