"""Which sense of a verb is meant: by its object, its particle, or the event noun that it carries."""

from __future__ import annotations

from mapper.events.grammar import Grammar
from mapper.events.lexicon import Sense, singular, word_set
from mapper.events.syntax import Token

_VOTERS = frozenset({"voter", "people", "citizen", "electorate", "nation", "country"})
_VOTES = frozenset({"election", "referendum", "poll", "runoff", "vote"})
_ASSAILED = frozenset({"attack", "assault", "blast", "slam", "savage", "target", "pound", "hammer"})
_FORUMS = frozenset(
    {
        "press",
        "media",
        "speech",
        "article",
        "interview",
        "newspaper",
        "book",
        "letter",
        "pamphlet",
        "essay",
        "review",
        "column",
        "debate",
        "tweet",
        "twitter",
        "television",
        "radio",
        "advertisement",
        "ad",
    }
)
_KINDS = word_set("mission spree wave series round session process campaign drive effort offensive")
_COURTS = word_set("judge court magistrate jury tribunal")
_NOTICES = word_set("urge remind warn exhort beg request demand")
_LAWSUITS = word_set("suit lawsuit case complaint petition motion plea charge indictment")
_PAID = word_set("pay serve undergo perform complete attend register forfeit repay reimburse")
_PUBLIC = word_set("""
    anyone anybody public resident witness motorist driver parent viewer reader customer visitor taxpayer homeowner
    shopper pedestrian user applicant
""")
_LITIGANTS = word_set("court bank regulator insurer publisher landlord council creditor authority")
_LINES = word_set("phone telephone video conference")
_BREAKING = word_set("collapse crash sink overturn derail collide capsize")
_PAPERS = word_set("""
    communique statement report document video photo list name figure detail tape recording book album film data
    bulletin study survey letter
""")
_BUILT = word_set("bridge building tower dam mine school church mosque hotel roof wall stadium stand crane house block")
_RECOGNISED = word_set("""
    government independence state sovereignty country republic council result claim president authority border election
    victory genocide leadership leader assembly parliament annexation
""")
VEHICLES = word_set("car truck lorry train bus van motorcycle motorbike tram vehicle suv taxi pickup minibus lightning")
_SELVES = word_set("himself herself themselves itself yourself myself ourselves")
_MOVING = frozenset({"arrive", "fly", "travel", "head", "depart", "leave"})


class Senses(Grammar):
    """Picks senses from the lexicon and checks what they require."""

    def _sense(self, token: Token, lemma: str, objects: list[Token]) -> tuple[Sense | None, Token | None]:
        """The sense of a verb and the noun that decided it: pairs first, then particles, plain verbs, light verbs."""
        particles = self.particles(token)
        for particle, noun, sense in self.lex.pairs.get(lemma, ()):
            if particle and particle.partition("_")[0] not in particles:
                continue
            heads = self.heads(token, objects, particle)
            if noun in heads:
                return sense, heads[noun]
        senses = self.lex.verbs.get(lemma, ())
        plain = next((s for s in senses if not s.particle), None)
        own = {t.lower for t in self.s.children(token.i, "prt")}
        if lemma in self.words["requirements.whole"] and own:
            plain = None
            senses = tuple(s for s in senses if s.particle.partition(" ")[0] in own)
        alone = self.words["requirements.alone"]
        taken = any(o.dep in {"dobj", "obj"} for o in objects)
        joined = (
            s
            for s in senses
            if s.particle
            and self._phrase(token, s.particle, particles)
            and not (taken and f"{lemma}_{s.particle}" in alone)  # "evacuated 300 travellers from the valley"
        )
        sense_here = next(joined, plain if lemma not in self.words["light.verbs"] else None)
        if sense_here is not None:
            return sense_here, None
        if self._light(lemma, particles):
            for noun, head in self.heads(token, objects, "").items():
                carried = self.named_sense(head) if singular(head.lower) == noun else None
                carried = carried or self.lex.nouns.get(noun) or self.lex.light_nouns.get(noun)
                if carried is not None and head in objects and self._carries(token, noun, head, carried):
                    return carried, head
        return plain, None

    def named_sense(self, token: Token) -> Sense | None:
        """What an event noun names, with the words before it: "air strike" is no walkout."""
        word = singular(token.lower)
        sense = self.lex.nouns.get(word)
        if sense is None and "-" in word:
            sense = self.lex.nouns.get(word.rsplit("-", 1)[-1])
        for part in self.s.children(token.i, "compound", "nmod", "amod"):
            sense = self.lex.nouns.get(f"{part.lower}-{word}", sense)  # "air strike", "car bombing"
        if word == "call" and any(t.lower in _LINES for t in self.s.children(token.i, "compound", "amod")):
            return Sense("CONSULT", "phone")
        if word == "strike" and self.raids and sense is not None and sense.mode == "strike":
            sense = self.lex.nouns["air-strike"]
        return sense

    def against_a_thing(self, token: Token) -> bool:
        """ "his battle with illness", "a battle with the courts": no fight with arms."""
        against = [
            p
            for prep in self.s.children(token.i, "prep")
            if prep.lower in {"with", "against"}
            for p in self.s.children(prep.i, "pobj")
        ]
        return bool(against) and not any(
            (self.agentive(p) or self.held_place(p)) and singular(p.lower) not in _LITIGANTS for p in against
        )

    def figurative(self, token: Token) -> bool:
        """ "a court battle", "a charm offensive"."""
        words = {t.lower for t in self.s.children(token.i, "compound", "amod", "nmod")}
        return bool(words & self.words["light.figurative"])

    def _carries(self, verb: Token, noun: str, head: Token, carried: Sense) -> bool:
        """Whether a light verb's object names the event itself, and to whom it is spoken where it is a demand."""
        said = singular(head.lower)
        if noun != said and said not in _KINDS and said not in self.lex.nouns and said not in self.lex.light_nouns:
            return False  # "took a shooting stance"
        if carried.type != "ASSAULT" and "use" in self.lex.lemmas.get(verb.lower, ()):
            return False  # bombs are used, manoeuvres and appeals are not
        if self.figurative(head) or (said in self.words["requirements.foe"] and self.against_a_thing(head)):
            return False
        if carried.mode == "phone":
            return any(p.lower in {"with", "between"} for p in self.s.children(head.i, "prep"))
        if carried.type != "REQUEST":
            return True
        below = [*self.s.children(head.i), *(c for c in self.s.children(verb.i) if c.i > head.i)]
        return any(
            (c.dep in {"prep", "dative"} and c.lower in {"for", "to", "on", "upon", "from"})
            or c.dep in {"acl", "relcl", "xcomp", "ccomp"}
            for c in below
        )

    def _phrase(self, token: Token, particle: str, particles: set[str]) -> bool:
        """Whether a particle belongs to the verb, and all words of a longer one follow closely ("on strike")."""
        words = particle.split()
        if words[0] not in particles:
            return False
        following = [t.lower for t in self.s.tokens[token.i + 1 : token.i + 8]]
        return len(words) == 1 or all(w in following for w in words)

    def _light(self, lemma: str, particles: set[str]) -> bool:
        return lemma in self.words["light.verbs"] or any(f"{lemma}_{p}" in self.words["light.verbs"] for p in particles)

    def _intent(self, token: Token, lemma: str) -> Sense | None:
        """ "agreed to …", "refused to …", "ordered him to …"."""
        if lemma not in self.lex.intents:
            return None
        agrees = self.lex.intents[lemma] == "AGREE"
        told = any(
            (agrees and c.dep == "ccomp") or any(a.lower == "to" for a in self.s.children(c.i, "aux"))
            for c in self.s.children(token.i, "xcomp", "ccomp")
        )
        if not told:
            return None
        subject, objects = self.arguments(token)
        if self.lex.intents[lemma] == "REQUEST" and self._asked_of_anyone(token, subject, objects):
            return None
        return Sense(self.lex.intents[lemma], None)

    def _asked_of_anyone(self, token: Token, subject: Token | None, objects: list[Token]) -> bool:
        """ "Anyone with information is asked to call", "the judge ordered him to pay": notices and sentences."""
        if any(singular(o.lower) in _PUBLIC for o in objects):
            return True
        if subject is None and token.lower in {"asked", "told", "reminded", "invited"}:
            return True
        court = subject is not None and any(
            singular(t.lower) in _COURTS for t in (subject, *self.s.children(subject.i, "compound", "appos"))
        )
        clauses = self.s.children(token.i, "xcomp", "ccomp")
        return court and any(c.lower in _PAID for c in clauses)

    def bare_sense(self, token: Token) -> Sense | None:
        """A word's sense with all conditions put aside."""
        for lemma in self.lex.lemmas.get(token.lower, ()):
            senses = self.lex.verbs.get(lemma)
            if senses:
                return next((s for s in senses if not s.particle), senses[0])
        word = singular(token.lower)
        return self.lex.nouns.get(word) or self.lex.light_nouns.get(word)

    def _fits(
        self,
        token: Token,
        lemma: str,
        sense: Sense,
        subject: Token | None,
        objects: list[Token],
    ) -> bool:
        """Whether a verb's surroundings allow the sense: an object where one is needed, someone who acts, …"""
        key = f"{lemma}_{sense.particle.replace(' ', '_')}" if sense.particle else lemma
        return (
            self._object_fits(token, lemma, key, objects)
            and self._subject_fits(lemma, key, subject, objects)
            and self._enemy_fits(lemma, subject, objects)
            and self._clause_fits(token, lemma, subject)
        )

    def _object_fits(self, token: Token, lemma: str, key: str, objects: list[Token]) -> bool:
        words = self.words
        nouns = {singular(o.lower) for o in objects}
        if lemma == "dismiss" and nouns & _LAWSUITS:
            return False  # what courts do with cases
        if lemma in {"recognize", "recognise"} and not (
            nouns & _RECOGNISED or any(o.tag.startswith("NNP") for o in objects)
        ):
            return False
        if lemma in _BREAKING and not self._breaks(lemma, token, objects):
            return False
        if lemma in _NOTICES and objects and nouns <= _PUBLIC:
            return False  # "police urge motorists to drive with care"
        oneself = bool(objects) and all(o.lower in _SELVES for o in objects)
        if oneself and not key.startswith(("blow_", "detonate", "explode")):
            return False  # "hanged himself"
        # "rejected as baseless reports that …"
        as_such = lemma in {"reject", "dismiss"} and bool(self.prep_objects(token, {"as"}))
        told = bool(objects) or as_such or bool(self.s.children(token.i, "ccomp", "xcomp"))
        if key in words["requirements.object"] and not told:
            return False
        if (
            lemma in words["requirements.person"]
            and objects
            and not any(self.agentive(o) and singular(o.lower) not in _PAPERS for o in objects)
        ):
            return False
        return not (key in words["requirements.alone"] and any(o.dep in {"dobj", "obj"} for o in objects))

    def _breaks(self, lemma: str, token: Token, objects: list[Token]) -> bool:
        """Whether it is a vehicle or a building that comes to grief: not talks or prices, nor someone who faints."""
        subject = self.s.child(token.i, "nsubj", "nsubjpass") or self.arguments(token)[0]
        broken = objects or ([subject] if subject is not None else [])
        if any(singular(t.lower) in self.words["classes.abstract"] for t in broken):
            return False
        return lemma != "collapse" or not any(
            t.lower in {"he", "she", "i"}
            or singular(t.lower) in self.words["classes.people"]
            or (t.tag == "NNP" and t.lower not in _BUILT)
            for t in broken
        )

    def _subject_fits(self, lemma: str, key: str, subject: Token | None, objects: list[Token]) -> bool:
        words = self.words
        official = lemma in words["requirements.official"]
        armed = subject is not None and singular(subject.lower) in words["classes.weapons"]
        if lemma in {"hit", "strike", "pound", "target"} and armed:
            return True  # "missiles hit a block of flats"
        if lemma in words["requirements.agent"] and not self.agentive(subject):
            done_to_someone = subject is None and any(self.agentive(o) for o in objects)
            if official or not done_to_someone:
                return False
        if official and not (self.official(subject) or (subject is None and objects)):
            return False
        if lemma in {"hit", "strike"} and subject is not None and subject.lower == "it":
            return False  # of cars and trains, seldom of armies
        if key in words["requirements.bomb"]:
            return subject is not None and self.bomb(subject)
        if lemma in _MOVING:
            # Only those whose travels are news: people by name, and officials.
            named = subject is not None and subject.tag.startswith("NNP")
            if subject is not None and named and self.strangers and not self._known(subject):
                return False
            return subject is not None and (named or subject.lower in {"he", "she", "who"} or self.official(subject))
        if lemma == "erupt":
            return subject is not None and (singular(subject.lower) == "volcano" or self._mountain(subject))
        if lemma == "burst":
            return subject is not None and singular(subject.lower) in {"dam", "dyke", "dike", "levee", "embankment"}
        if lemma == "call" and subject is not None and singular(subject.lower) in words["classes.plans"]:
            return False  # "the forecast calls for rain"
        if lemma == "meet" and objects and not any(self.agentive(o) or o.lower in {"him", "them"} for o in objects):
            return False  # "met the criteria"
        return lemma not in {"meet", "discuss"} or subject is None or self.agentive(subject)

    def _mountain(self, subject: Token) -> bool:
        return any(t.text in {"Mount", "Mt", "Mt."} for t in self.s.children(subject.i, "compound"))

    def _known(self, subject: Token) -> bool:
        """Whether a name is that of someone whom the article gives an office, or no person's."""
        name = {subject.text, *(t.text for t in self.s.children(subject.i, "compound"))}
        return bool(name & self.dignitaries)

    def _enemy_fits(self, lemma: str, subject: Token | None, objects: list[Token]) -> bool:
        """Fights are between people: not against an illness, nor between teams."""
        words = self.words
        if lemma in words["requirements.foe"]:
            if objects and not any(self.agentive(o) or self.held_place(o) for o in objects):
                return False
            if subject is not None and not self.agentive(subject):
                return False
        named = objects and all(o.tag.startswith("NNP") for o in objects)
        if lemma in words["requirements.contest"] and named and not self.s.shouted:
            return subject is not None and not subject.tag.startswith("NNP")
        return True

    def _clause_fits(self, token: Token, lemma: str, subject: Token | None) -> bool:
        if lemma == "insist":
            return self._insists(token)
        if lemma in _ASSAILED and self.prep_objects(token, {"in", "on", "from"}) & _FORUMS:
            return False  # "attacked in the press"
        if lemma == "blame" and subject is None:
            return False  # "three deaths were blamed on the storm"
        if lemma == "warn":
            return bool(self.s.children(token.i, "ccomp", "xcomp"))
        if lemma == "vote":
            voters = subject is not None and (singular(subject.lower) in _VOTERS or subject.tag == "NNPS")
            return voters or bool(self.prep_objects(token, {"in", "on"}) & _VOTES)
        return True

    def _insists(self, token: Token) -> bool:
        s = self.s
        if any(p.lower in {"on", "upon"} for p in s.children(token.i, "prep")):
            return True
        return any(
            c.tag == "VB" or any(a.lower in {"should", "must"} for a in s.children(c.i, "aux"))
            for c in s.children(token.i, "ccomp")
        )
