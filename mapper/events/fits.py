"""Whether a verb's surroundings allow its sense: who does it, to what, and in which clause."""

from __future__ import annotations

from mapper.events.lexicon import Sense, singular, word_set
from mapper.events.senses import ALONG, PUBLIC, Senses
from mapper.events.syntax import Token

_PRICES = word_set("""
    fee price dollar interest rent rate toll tax duty tariff premium fare admission customer passenger battery phone
""")
_FLOWING = word_set("""
    water river torrent wave mud flood floodwater rain rock tide current stream sea landslide avalanche
""")
_AILMENTS = word_set("""
    pain pains injury injuries headache headaches symptoms nausea breathing dizziness discomfort fever
""")
_COVERS = word_set("""
    rubble debris snow avalanche mud landslide mudslide earth rock rocks ice sand ash lava soil collapse
""")
_FORECASTERS = word_set("""
    forecaster meteorologist scientist researcher doctor expert economist analyst firefighter weather forecast
    bureau seismologist geologist epidemiologist lifeguard retailer bank
""")
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
_NOTICES = word_set("urge remind warn exhort beg request demand")
_FROM_ABOARD = word_set("shell bomb bombard strafe attack hit strike pound target")
_LAWSUITS = word_set("suit lawsuit case complaint petition motion plea charge indictment")
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
_GRASPED = word_set("""
    seize capture attack target kill strike hit shoot storm ambush invade raid hijack snatch destroy bomb torpedo
    assault
""")
VEHICLES = word_set("car truck lorry train bus van motorcycle motorbike tram vehicle suv taxi pickup minibus lightning")
DRIVERS = word_set("driver motorist cyclist motorcyclist trucker pilot")
_SELVES = word_set("himself herself themselves itself yourself myself ourselves")
_MOVING = frozenset({"arrive", "fly", "travel", "head", "depart", "leave"})


class Fits(Senses):
    """Checks what the senses of verbs require: an object of a kind, someone who acts, a clause."""

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
            and self._clause_fits(token, lemma, key, subject)
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
        if lemma == "deploy" and objects and not any(self._force(o) for o in objects):
            return False  # "deployed a new website"
        if nouns and nouns <= words["classes.intangible"] and lemma in _GRASPED:
            return False  # "seized the chance", "shot down the rumours"
        if lemma == "charge" and nouns & _PRICES:
            return False  # "charges a fee"
        if lemma == "halt" and objects and all(self._person(o) for o in objects):
            return False  # stopped on the way, not a thing broken off
        if lemma == "bury" and self.prep_objects(token, {"under", "beneath", "in", "by", "below"}) & _COVERS:
            return False  # under snow or rubble: no funeral
        if lemma in _NOTICES and objects and nouns <= PUBLIC:
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
        along = any(t.lower in ALONG for t in self.s.children(token.i, "prt"))  # "marched down the avenue"
        return along or not (
            key in words["requirements.alone"] and any(o.dep in {"dobj", "obj", "oprd"} for o in objects)
        )

    def _breaks(self, lemma: str, token: Token, objects: list[Token]) -> bool:
        """Whether it is a vehicle or a building that comes to grief: not talks or prices, nor someone who faints."""
        subject = self.s.child(token.i, "nsubj", "nsubjpass") or self.arguments(token)[0]
        broken = objects or ([subject] if subject is not None else [])
        if any(singular(t.lower) in self.words["classes.abstract"] for t in broken):
            return False
        if lemma == "derail" and objects:
            return any(singular(o.lower) in VEHICLES for o in objects)
        return lemma != "collapse" or not any(
            t.lower in {"he", "she", "i"}
            or singular(t.lower) in self.words["classes.people"]
            or (t.tag == "NNP" and t.lower not in _BUILT)
            for t in broken
        )

    def _person(self, noun: Token) -> bool:
        return (
            noun.lower in {"he", "she", "him", "her", "they", "them"}
            or singular(noun.lower) in self.words["classes.people"]
        )

    def _force(self, noun: Token) -> bool:
        """Whether a noun is what armies and ministries deploy: people, ships, weapons."""
        parts = (noun, *self.s.children(noun.i, "compound"))
        return self.agentive(noun) or any(singular(t.lower) in self.words["classes.forces"] for t in parts)

    def _subject_fits(self, lemma: str, key: str, subject: Token | None, objects: list[Token]) -> bool:
        words = self.words
        official = lemma in words["requirements.official"]
        armed = subject is not None and singular(subject.lower) in words["classes.weapons"]
        if lemma in {"hit", "strike", "pound", "target"} and armed:
            return True  # "missiles hit a block of flats"
        if lemma in _FROM_ABOARD and subject is not None and singular(subject.lower) in words["classes.forces"]:
            return True  # "warships shelled the island"
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
        for kind, things in (("vehicle", "vehicles"), ("built", "built"), ("weapon", "weapons")):
            if key in words[f"requirements.{kind}"]:
                broken = objects if subject is None else [subject, *self._parts(subject)]
                return any(singular(t.lower) in words[f"classes.{things}"] for t in broken)
        if lemma in _MOVING:
            # Only those whose travels are news: people by name, and officials.
            named = subject is not None and subject.tag.startswith("NNP")
            if subject is not None and named and self.strangers and not self._known(subject):
                return False
            return subject is not None and (named or subject.lower in {"he", "she", "who"} or self.official(subject))
        if lemma in {"guarantee", "pledge", "promise"} and subject is not None:
            return singular(subject.lower) not in words["classes.plans"]  # "the law guarantees …"
        if lemma in {"sweep", "wash"}:
            told = {singular(t.lower) for t in self.s.tokens} & _FLOWING
            return bool(told) and (subject is None or singular(subject.lower) not in self.lex.nouns)
        if lemma == "erupt":
            return subject is not None and (singular(subject.lower) == "volcano" or self._mountain(subject))
        if lemma == "burst":
            return subject is not None and singular(subject.lower) in {"dam", "dyke", "dike", "levee", "embankment"}
        if lemma == "call" and subject is not None and singular(subject.lower) in words["classes.plans"]:
            return False  # "the forecast calls for rain"
        if lemma == "meet" and objects and not any(self.agentive(o) or o.lower in {"him", "them"} for o in objects):
            return False  # "met the criteria"
        return lemma not in {"meet", "discuss"} or subject is None or self.agentive(subject)

    def _parts(self, subject: Token) -> list[Token]:
        """What a measure is of: "a stretch of the bridge", "a salvo of rockets"."""
        s = self.s
        return [o for p in s.children(subject.i, "prep") if p.lower == "of" for o in s.children(p.i, "pobj")]

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

    def _clause_fits(self, token: Token, lemma: str, key: str, subject: Token | None) -> bool:
        if lemma in {"insist", "reiterate"}:
            return self._insists(token)
        if lemma == "complain" and self.prep_objects(token, {"of", "about", "to"}) & _AILMENTS:
            return False
        if lemma in _ASSAILED and self.prep_objects(token, {"in", "on", "from"}) & _FORUMS:
            return False  # "attacked in the press"
        if lemma == "blame" and subject is None:
            return False  # "three deaths were blamed on the storm"
        if lemma == "bury" and any(t.lower == "alive" for t in self.s.children(token.i)):
            return False
        if lemma == "bury" and subject is not None and singular(subject.lower) in self.words["classes.natural"]:
            return False  # under mud: no funeral
        if lemma == "warn" and self._warned_off(token, subject):
            return True
        if lemma == "warn":
            return bool(self.s.children(token.i, "ccomp", "xcomp")) and not self._foretells(token, subject)
        if key == "vote":
            voters = subject is not None and (singular(subject.lower) in _VOTERS or subject.tag == "NNPS")
            return voters or bool(self.prep_objects(token, {"in", "on"}) & _VOTES)
        return True

    def _warned_off(self, token: Token, subject: Token | None) -> bool:
        """ "warned Athens against drilling": between states and bodies, no advice to the public."""
        s = self.s
        against = any(p.lower == "against" for p in (*s.children(token.i, "prep"), *self.on_objects(token)))
        whom = s.children(token.i, "dobj", "nsubjpass")
        return (
            against
            and self.official(subject)
            and any(o.tag.startswith("NNP") or singular(o.lower) in self.words["classes.official"] for o in whom)
        )

    def _foretells(self, token: Token, subject: Token | None) -> bool:
        """ "warned that the river could rise", "economists warned": a forecast, not a threat."""
        s = self.s
        if subject is not None:
            words = {singular(t.lower) for t in (subject, *s.children(subject.i, "compound", "amod"))}
            if words & _FORECASTERS:
                return True
        natural = self.words["classes.natural"] | self.words["classes.abstract"] - {"government", "regime", "party"}
        for clause in s.children(token.i, "ccomp"):
            told_of = s.child(clause.i, "nsubj", "nsubjpass")
            if told_of is not None and singular(told_of.lower) in natural:
                return True
        return False

    def _insists(self, token: Token) -> bool:
        s = self.s
        if any(p.lower in {"on", "upon"} for p in s.children(token.i, "prep")):
            return True
        return any(
            c.tag == "VB" or any(a.lower in {"should", "must"} for a in s.children(c.i, "aux"))
            for c in s.children(token.i, "ccomp")
        )
