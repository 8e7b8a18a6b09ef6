"""Reading nouns that name events: "the attack", "clashes erupted", "Thursday's vote"."""

from __future__ import annotations

from mapper.events.candidate import Candidate, make
from mapper.events.lexicon import Sense, singular, word_set
from mapper.events.reality import lemma_in, of_noun
from mapper.events.syntax import Token
from mapper.events.verbs import Verbs

_WHERE = word_set("in at near on outside inside across to around")
_MATTER = word_set("""
    mud rocks rock snow ice water lava ash debris town city village capital camp base palace embassy year month week
    magnitude intensity strength scale category gunfire shells missiles rockets mortars bombs artillery fire
""")
_STRIKING = frozenset({"ASSAULT", "DISASTER", "ACCIDENT", "COERCE"})
_SHOOTING = word_set("""
    rebel enemy friendly artillery mortar sniper rocket gun heavy tank small-arms machine-gun army police hostile return
    automatic rifle cannon government militant indirect covering live
""")
_BRINGING = word_set(
    "trigger triggers triggered cause spark sparks sparked unleash unleashes unleashed provoke provokes provoked"
)
_BROUGHT = frozenset({"DISASTER", "PROTEST", "ASSAULT", "ACCIDENT"})
_PLANNED = frozenset({"PROTEST", "CONSULT", "ELECTION", "CEREMONY"})
_MANY = word_set(
    "wave series spate string number dozen hundred spree round rash succession pair flurry barrage thousand"
)
_TRENDS = word_set("""
    drop rise increase decline fall surge spike reduction decrease upsurge jump uptick upswing lull level rate
""")
_SHARES = word_set("half percent % majority share number most third")
_ENDLESS = word_set("violence unrest gunfire bloodshed famine fire genocide arson sabotage")
_FALLEN = word_set("died die dies killed wounded injured fell fallen perished")
_NOTED = word_set("report record hear heard feel felt see")
_RAISED = word_set("expected due set scheduled likely slated expects")
_BEGUN = word_set("hold effect force place shape")
_ANSWERS = word_set("respond retaliate react answer hit strike reply")
_ON_WHOM = word_set("on against between by from with")


class Nouns(Verbs):
    """Reads the event nouns of a sentence, unless a verb has claimed them."""

    def _noun(self, token: Token) -> Candidate | None:
        s = self.s
        word = singular(token.lower)
        sense = self.named_sense(token) or self._held_meeting(token, word)
        if sense is None and self._named_storm(token):
            return make(s, token, token.i, Sense("DISASTER", None), "reported", "past", 0.64, f'storm "{token.text}"')
        if sense is None or token.dep in {"compound", "nmod", "amod"}:
            return None
        if word in self.words["requirements.foe"] and self.against_a_thing(token):
            return None
        if self._figure_of_speech(token, word):
            return None
        if word == "raid" and self.by_police(token):
            sense = Sense("COERCE", None)
        if token.tag.startswith("NNP") and token.i and s.kind != "headline" and not token.text.isupper():
            return None
        if self.figurative(token) or (word == "protest" and s.tokens[token.head].lower == "in"):
            return None  # "recalled its ambassador in protest"
        if self._counted_only(token):
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
        status = real.status
        if status == "planned" and real.ahead and sense.type in _STRIKING:
            status = "reported"  # "even before the killing": it has come since
        confidence = 0.64 if ground == "happens" else 0.56 if ground == "placed" else 0.46
        why = f'noun "{token.text}"' + (f" ({real.why})" if real.why else "")
        return make(self.s, token, token.i, sense, status, real.tense, confidence, why)

    def _figure_of_speech(self, token: Token, word: str) -> bool:
        """ "a storm of criticism", "an avalanche of mail", "a battle of wits": much of something, or words."""
        s = self.s
        if word in {"collapse", "crash"} and any(
            singular(o.lower) in self.words["classes.abstract"]
            for o in (*s.children(token.i, "compound", "poss"), *self._of(token))
        ):
            return True  # "the collapse of talks", "the market crash"
        if word == "fire" and self._gunfire(token):
            return True
        held = self._of(token)
        if word == "vote" and token.tag == "NNS" and self._tallied(token):
            return True
        if (
            word == "storm"
            and token.dep == "pobj"
            and s.tokens[s.tokens[token.head].head].lower in {"centre", "center", "eye"}
        ):
            return not any(t.lower in {"rain", "wind", "winds", "coast", "landfall", "km", "kph"} for t in s.tokens)
        if word == "demonstration" and held and not any(self.agentive(o) for o in held):
            return True  # of skill, of force, of support
        if any(singular(o.lower) in self.words["classes.immaterial"] for o in held):
            return True
        if word not in self.words["light.of_plenty"] or not held:
            return False
        return not any(o.tag.startswith(("NNP", "CD")) or o.lower in _MATTER for o in held)

    def _held_meeting(self, token: Token, word: str) -> Sense | None:
        """ "A meeting in Abuja agreed …", "ministers meeting in Brussels": placed, past, and not where one spoke."""
        s = self.s
        if word != "meeting" or s.kind == "headline" or token.dep not in {"nsubj", "pobj", "appos", "acl"}:
            return None
        held = any(
            p.lower in {"in", "at"} and any(o.tag == "NNP" for o in s.children(p.i, "pobj"))
            for p in s.children(token.i, "prep")
        )
        verb = next((t for t in s.ancestors(token.i) if t.tag.startswith("VB")), None)
        if not held or verb is None or verb.tag != "VBD":
            return None
        spoken = token.dep == "pobj" and lemma_in(verb, self.words["speech.verbs"] | {"speak"}, self.lex)
        return None if spoken else self.lex.light_nouns[word]

    def _named_storm(self, token: Token) -> bool:
        """ "Typhoon Haiyan tore through the islands": a storm by its name, with a verb that is no event itself."""
        s = self.s
        if token.tag != "NNP" or token.dep != "nsubj" or s.tokens[token.head].tag != "VBD":
            return False
        if not any(t.lower in {"typhoon", "hurricane", "cyclone"} for t in s.children(token.i, "compound")):
            return False
        lemmas = self.lex.lemmas.get(s.tokens[token.head].lower, ())
        raging = set(lemmas) & self.words["light.happen"]
        return bool(raging) and not any(lemma in self.lex.verbs for lemma in lemmas)

    def _tallied(self, token: Token) -> bool:
        """ "half of the votes", "3 million more votes": papers counted, not the voting."""
        s = self.s
        if s.children(token.i, "nummod", "quantmod"):
            return True
        above = s.tokens[s.tokens[token.head].head]
        counted = above.tag == "CD" or above.lower in _SHARES
        return token.dep == "pobj" and s.tokens[token.head].lower == "of" and counted

    def _counted_only(self, token: Token) -> bool:
        """ "a drop in violence", "the rate of kidnappings": how many there are, not one of them."""
        s = self.s
        prep = s.tokens[token.head]
        if token.dep != "pobj" or prep.lower not in {"in", "of"}:
            return False
        return singular(s.tokens[prep.head].lower) in _TRENDS

    def _gunfire(self, token: Token) -> bool:
        """ "rebel fire", "fire from the hills": shots, and told by other words."""
        s = self.s
        kinds = s.children(token.i, "compound", "amod", "nmod", "poss")
        shot = any(t.text[:1].isupper() or singular(t.lower) in _SHOOTING for t in kinds)
        return shot or any(p.lower in {"from", "by"} for p in s.children(token.i, "prep"))

    def _of(self, token: Token) -> list[Token]:
        s = self.s
        return [o for p in s.children(token.i, "prep") if p.lower == "of" for o in s.children(p.i, "pobj")]

    def _governor(self, token: Token) -> tuple[Token | None, str]:
        s = self.s
        at = token
        while at.dep == "conj":
            at = s.tokens[at.head]
        if at.dep == "pobj" and s.tokens[at.head].lower == "of":
            above = s.tokens[s.tokens[at.head].head]
            if singular(above.lower) in _MANY:
                at = above  # "a wave of attacks shook the city"
        head = s.tokens[at.head]
        if at.dep in {"nsubj", "nsubjpass"} and head.lower in _RAISED:
            clause = s.child(head.i, "xcomp", "ccomp")
            if clause is not None and clause.tag.startswith("VB"):
                return clause, "subject"  # "talks are expected to begin"
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
        _, objects = self.arguments(verb)
        return any(self._sense(verb, lemma, objects)[1] == noun for lemma in lemmas)

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
            if role == "subject" and (lemmas & self.words["light.happen"] or self._begins(verb)):
                return True, "happens"
            if role == "object" and lemmas & _BRINGING and sense.type in _BROUGHT:
                return True, "happens"  # "rain triggered landslides"
            if role == "object" and lemmas & _NOTED and verb.tag in {"VBN", "VBD"} and s.children(verb.i, "auxpass"):
                return not any(a.lower in {"is", "are"} for a in s.children(verb.i, "auxpass")), "happens"
            if role == "object" and lemmas & self.words["modality.planned"] and sense.type in _PLANNED:
                return True, "happens"  # "plans a series of protests"
        if singular(token.lower) in self.words["light.only_happening"]:
            return False, ""
        modifiers = s.children(token.i)
        lowered = {t.lower for t in modifiers if t.dep in {"det", "amod", "advmod"}}
        placed = any(
            p.dep == "prep" and any(self._place_phrase(p, o) for o in s.children(p.i, "pobj")) for p in modifiers
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
        spoken = sense.type in {"REQUEST", "ACCUSE", "REJECT", "AGREE", "THREATEN", "SUPPORT", "CONCEDE"}
        if spoken and singular(token.lower) not in self.words["light.enacted"]:
            return False, ""  # words named, not spoken: only their verbs report them
        if sense.type == "MOBILIZE" or sense.mode in {"release", "withdraw"}:
            return (placed or owned) and definite, "placed"
        told = next((r for r in s.children(token.i, "relcl") if s.tokens[r.i].tag == "VBD"), None)
        if told is not None and not lowered & {"any", "such", "every"}:
            return True, "named"  # "a cyberattack that shut down websites"
        if placed and not lowered & {"any", "such", "every"}:
            return True, "placed"
        if singular(token.lower) in self.words["light.grounded"]:
            return bool(lowered & {"military", "armed"}), "named"
        if named or demonym or counted or owned:
            return True, "named"
        if definite or (s.kind == "headline"):
            return True, "definite"
        answered = token.dep == "pobj" and s.tokens[token.head].lower == "with"
        above = s.tokens[s.tokens[token.head].head]
        if answered and any(
            lemma in _ANSWERS for lemma in self.lex.lemmas.get(above.lower, (above.lower.removesuffix("ed"),))
        ):
            return True, "definite"  # "responded with a crackdown"
        bare = token.tag == "NN" and not modifiers and not token.lower.endswith("ing") and token.lower not in _ENDLESS
        if bare and above.lower in _FALLEN:
            return True, "named"  # "died in combat"
        if (
            bare
            and token.dep == "pobj"
            and s.tokens[token.head].lower == "in"
            and sense.type not in _BROUGHT - {"ASSAULT"}
        ):
            return False, ""  # "a name won in battle"
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

    def _begins(self, verb: Token) -> bool:
        """ "A truce took hold", "the ban went into effect": the object says that it is there."""
        s = self.s
        led = [o for p in s.children(verb.i, "prep") if p.lower == "into" for o in s.children(p.i, "pobj")]
        return any(o.lower in _BEGUN for o in (*s.children(verb.i, "dobj"), *led))

    def _place_phrase(self, preposition: Token, noun: Token) -> bool:
        """Whether a phrase says where ("in the market", "near Gao"), or on whom ("on a convoy")."""
        if preposition.lower in _WHERE:
            known = noun.tag.startswith(("NNP", "CD")) or self.s.shouted
            return known or singular(noun.lower) in self.words["classes.places"]
        return preposition.lower in _ON_WHOM and (self.agentive(noun) or self.held_place(noun))
