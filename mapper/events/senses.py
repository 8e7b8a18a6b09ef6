"""Which sense of a verb is meant: by its object, its particle, or the event noun that it carries."""

from __future__ import annotations

from mapper.events.grammar import Grammar
from mapper.events.lexicon import Sense, singular, word_set
from mapper.events.months import ENGLISH_WEEKDAYS, MONTHS
from mapper.events.reality import lemma_in
from mapper.events.syntax import Token

_FROM_AFAR = word_set(
    "air missile cruise drone rocket artillery military aerial retaliatory precision punitive nuclear"
)
_KINDS = word_set("mission spree wave series round session process campaign drive effort offensive")
ALONG = word_set("down along past through across around")
"""Particles that only say which way somebody went: "marched down the avenue"."""
_PARTICLES = word_set("to of for in on with from at up out off by")
_SPANS = word_set("day week month hour weekend year round night")
_COURTS = word_set("judge court magistrate jury tribunal")
_PAID = word_set("pay serve undergo perform complete attend register forfeit repay reimburse")
PUBLIC = word_set("""
    anyone anybody public resident witness motorist driver parent viewer reader customer visitor taxpayer homeowner
    shopper pedestrian user applicant
""")
_LITIGANTS = word_set("court bank regulator insurer publisher landlord council creditor authority")
_LINES = word_set("phone telephone video conference")
_SENT_OFF = word_set("launch fire lob hurl send loose")
_PROJECTILES = word_set("missile rocket drone shell mortar projectile torpedo")
_OPEN_WATER = word_set("sea ocean water waters gulf strait space orbit sky air")
_DATES = frozenset({*ENGLISH_WEEKDAYS, *MONTHS}) | word_set("day night morning evening afternoon date anniversary")
_HITTING = word_set("kill wound injure hit destroy target damage flatten level demolish")


def _follows(said: list[str], words: list[str]) -> bool:
    """Whether words come in their order: particles at once ("gave in to"), others after two at most ("heavy fire")."""
    at = 0
    for word in words:
        gap = 1 if word in _PARTICLES else 3
        found = next((n for n, w in enumerate(said[at : at + gap]) if w == word), None)
        if found is None:
            return False
        at += found + 1
    return True


class Senses(Grammar):
    """Picks senses from the lexicon."""

    def _sense(self, token: Token, lemma: str, objects: list[Token]) -> tuple[Sense | None, Token | None]:
        """The sense of a verb and the noun that decided it: pairs first, then particles, plain verbs, light verbs."""
        particles = self.particles(token)
        if lemma in _SENT_OFF and (shot := self._shot_at(token, objects)) is not None:
            return Sense("ASSAULT", "aerial" if singular(shot.lower) == "drone" else "heavy-weapons"), shot
        paired = self.lex.pairs.get(lemma, ())
        reach = particles | {p.lower for p in self.on_objects(token)} if paired else particles
        for particle, noun, sense in paired:
            if particle and particle.partition("_")[0] not in reach:
                continue
            if not particle and lemma in self.words["requirements.whole"] and self.s.children(token.i, "prt"):
                continue  # "win over the vote"
            heads = self.heads(token, objects, particle)
            if noun in heads:
                if sense.mode == "strike" and self._from_afar(token, heads[noun]):
                    return self.lex.nouns["air-strike"], heads[noun]
                return sense, heads[noun]
        senses = self.lex.verbs.get(lemma, ())
        plain = next((s for s in senses if not s.particle), None)
        own = {t.lower for t in self.s.children(token.i, "prt")}
        if lemma in self.words["requirements.alone"]:
            own -= ALONG
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
            objects = [*objects, *self._engaged_in(token, lemma, particles), *self._filling(objects)]
            for noun, head in self.heads(token, objects, "").items():
                carried = self.named_sense(head) if singular(head.lower) == noun else None
                carried = carried or self.lex.nouns.get(noun) or self.lex.light_nouns.get(noun)
                if carried is not None and head in objects and self._carries(token, noun, head, carried):
                    return carried, head
        return plain, None

    def _shot_at(self, token: Token, objects: list[Token]) -> Token | None:
        """ "Fired missiles at the airport": what was fired, unless into the sea, as in tests."""
        shot = next((o for o in objects if singular(o.lower) in _PROJECTILES), None)
        if shot is None:
            return None
        for prep in (*self.s.children(token.i, "prep"), *self.s.children(shot.i, "prep")):
            for target in self.s.children(prep.i, "pobj"):
                if target.tag == "CD" or target.lower in _DATES:
                    continue  # "at 3 am", "on Friday"
                into = prep.lower in {"into", "on", "onto", "toward", "towards"}
                if prep.lower in {"at", "against"} or (into and target.lower not in _OPEN_WATER):
                    return shot
        return None

    def _from_afar(self, token: Token, strike: Token) -> bool:
        """ "launched strikes", "ordered cruise missile strikes": no walkouts."""
        words = {t.lower for t in self.s.children(strike.i, "compound", "nmod", "amod")}
        several = strike.lower == "strikes" and "launch" in self.lex.lemmas.get(token.lower, ())
        return several or bool(words & _FROM_AFAR) or self.raids

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
        if (
            word == "strike"
            and sense is not None
            and sense.mode == "strike"
            and (self.raids or self._hits(token) or self._aimed(token))
        ):
            sense = self.lex.nouns["air-strike"]
        return sense

    def _hits(self, token: Token) -> bool:
        """ "The strike killed five": no walkout does."""
        verb = self.s.tokens[token.head]
        return token.dep == "nsubj" and lemma_in(verb, _HITTING, self.lex)

    def _aimed(self, token: Token) -> bool:
        """ "A strike on its consulate", "a strike on Gaza City": no walkout has a target."""
        targets = [t for p in self.s.children(token.i, "prep") if p.lower == "on" for t in self.s.children(p.i, "pobj")]
        built = self.words["classes.places"]
        return any(
            t.lower not in _DATES and (t.tag == "NNP" or self.held_place(t) or singular(t.lower) in built)
            for t in targets
        )

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
        following = [t.lower for t in self.s.tokens[token.i + 1 : token.i + 8]]
        # Right behind the verb it is its particle whatever the parser hangs it on: "was fired upon twice".
        if words[0] not in particles and following[:1] != [words[0]]:
            return False
        following = [w for w in following if w not in ENGLISH_WEEKDAYS and not w.endswith("ly")]
        if len(words) == 1:
            return words[0] not in _PARTICLES or not self._ahead(token, words[0])
        starts = [n for n, w in enumerate(following) if w == words[0]]
        return any(_follows(following[n + 1 :], words[1:]) for n in starts)

    def _ahead(self, token: Token, particle: str) -> bool:
        """Whether a particle is joined to the verb's front: "out-voted", "down-sized"."""
        before = self.s.tokens[token.i - 2 : token.i] if token.i > 1 else ()
        return len(before) == 2 and before[0].lower == particle and before[1].text == "-"

    def _engaged_in(self, token: Token, lemma: str, particles: set[str]) -> list[Token]:
        """What a light verb with a preposition borrows its meaning from: "engaged in a gunfight"."""
        light = {p for p in particles if f"{lemma}_{p}" in self.words["light.verbs"]}
        preps = [p for p in self.s.children(token.i, "prep") if p.lower in light]
        found = [o for p in preps for o in self.s.children(p.i, "pobj")]
        return [o for o in found if singular(o.lower) in self.lex.nouns or self.named_sense(o) is not None]

    def _filling(self, objects: list[Token]) -> list[Token]:
        """What a stretch of time is filled with: "kicked off three days of war games"."""
        s = self.s
        spans = [o for o in objects if singular(o.lower) in _SPANS]
        return [
            p for o in spans for of in s.children(o.i, "prep") if of.lower == "of" for p in s.children(of.i, "pobj")
        ]

    def _light(self, lemma: str, particles: set[str]) -> bool:
        if lemma == "take" and "off" in particles:
            return False  # "taken off life support"
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
        if any(singular(o.lower) in PUBLIC for o in objects):
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
