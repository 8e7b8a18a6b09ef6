"""What stands around a word: its subject and objects through passives and relative clauses, and what they are."""

from __future__ import annotations

from mapper.events.lexicon import lexicon, singular, word_set
from mapper.events.syntax import Sentence, Token

_PEOPLE_ENDINGS = ("girl", "girls", "boys", "men", "man", "women", "ists", "ist", "ers", "ors", "ians", "ese", "ans")
_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "who", "i", "him", "her", "them"})
_QUANTITIES = frozenset({"some", "many", "others", "several", "dozens", "hundreds", "thousands", "both"})
_POLICE = word_set("""
    police policeman gendarme gendarmerie immigration narcotic drug detective agent sheriff fbi swat inspector custom
    prosecutor investigator marshal deputy constable interpol
""")
_HELD_PLACES = word_set("""
    town city village base camp convoy position post home area airport hill bridge territory district province
    stronghold port island road border building palace ship vessel tank headquarters station capital region outpost
    checkpoint junction site crossing compound half third quarter part ridge heights neighbourhood suburb
    township hamlet settlement region airfield airstrip garrison barracks refinery dam
""")
_BOMBS = frozenset({"bomb", "device", "explosive", "mine", "charge", "grenade", "blast", "car", "explosion"})


def person_word(word: str) -> bool:
    """Whether a noun ends the way words for people do: "villagers", "Kenyans"; not "list" or "cars"."""
    return any(word.endswith(ending) and len(word) >= len(ending) + 3 for ending in _PEOPLE_ENDINGS)


class Grammar:
    """Questions about one sentence that reading verbs and nouns both ask."""

    def __init__(
        self, s: Sentence, *, raids: bool = False, strangers: bool = False, dignitaries: frozenset[str] = frozenset()
    ) -> None:
        self.s = s
        self.raids = raids
        self.strangers = strangers
        self.dignitaries = dignitaries
        self.lex = lexicon()
        self.words = self.lex.words
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
            agent = s.child(token.i, "agent") or self._shared_agent(token)
            subject = s.child(agent.i, "pobj") if agent is not None else None
        elif token.dep == "acl" and token.tag == "VBN" and s.tokens[token.head].tag.startswith("NN"):
            objects = [s.tokens[token.head], *objects]
            agent = s.child(token.i, "agent")
            subject = s.child(agent.i, "pobj") if agent is not None else None
        elif subject is not None and self._under_fire(token):
            objects, subject = [subject], next(iter(self._from(token)), None)
        elif (suffered := self._suffers(token, objects)) is not None:
            objects = [suffered]
            subject = next(iter(self._by(token)), None)
        elif subject is None:
            subject = self._shared_subject(token)
        objects = [o for obj in objects for o in (obj, *self.conjuncts(obj))]
        return subject, [self._referent(o) for o in objects]

    def _by(self, token: Token) -> list[Token]:
        """Who a deed is said to be by: "shelled by rebels", "a raid by agents"."""
        s = self.s
        return [o for p in s.children(token.i, "prep", "agent") if p.lower == "by" for o in s.children(p.i, "pobj")]

    def _under_fire(self, token: Token) -> bool:
        """ "The convoy came under fire": an active verb whose subject has it done to it."""
        came = token.lower in {"came", "come", "comes", "coming"}
        return came and bool(self.prep_objects(token, {"under"}) & {"fire", "attack", "shelling", "bombardment"})

    def _from(self, token: Token) -> list[Token]:
        """Whose fire somebody came under: "from the hills" is where, "from rebels" who."""
        s = self.s
        below = [
            p for under in s.children(token.i, "prep") for o in s.children(under.i, "pobj") for p in s.children(o.i)
        ]
        preps = [p for p in (*s.children(token.i, "prep"), *below) if p.lower in {"from", "by"}]
        return [o for p in preps for o in s.children(p.i, "pobj") if self.agentive(o)]

    def _shared_agent(self, token: Token) -> Token | None:
        """Whose deed the first of two passives is: "were arrested and beaten by police"."""
        for other in self.s.children(token.i, "conj"):
            bare = other.tag == "VBN" and not self.s.children(other.i, "nsubj", "nsubjpass", "aux", "auxpass")
            if bare and (agent := self.s.child(other.i, "agent")) is not None:
                return agent
        return None

    def _suffers(self, token: Token, objects: list[Token]) -> Token | None:
        """To whom a participle's deed is done where no auxiliary says so: "was seized and killed", "Curfew lifted"."""
        s = self.s
        if objects or token.tag not in {"VBD", "VBN"} or s.children(token.i, "aux", "auxpass"):
            return None
        own = s.child(token.i, "nsubj")
        if own is None:
            head = s.tokens[token.head]
            passive = token.dep == "conj" and token.tag == "VBN" and bool(s.children(head.i, "auxpass"))
            return s.child(head.i, "nsubjpass") if passive else None
        by = any(p.lower == "by" and p.dep == "agent" for p in s.children(token.i))
        lemmas = self.lex.lemmas.get(token.lower, ())
        needs = self.words["requirements.object"] | self.words["requirements.person"]
        needy = any(lemma in needs or "COERCE" in {x.type for x in self.lex.verbs.get(lemma, ())} for lemma in lemmas)
        paired = any(
            noun == singular(own.lower) and not particle
            for lemma in lemmas
            for particle, noun, _ in self.lex.pairs.get(lemma, ())
        )
        return own if s.kind == "headline" and (by or needy or paired) else None

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
            elif at.dep == "xcomp" and head.dep == "acomp":
                at = head  # "the council was due to meet": the adjective's subject is the verb's above it
            elif at.dep == "acomp":
                found = s.child(head.i, "nsubj")
                return self._referent(found) if found is not None else None
            elif at.dep in {"relcl", "acl"} and head.tag.startswith("NN"):
                return head
            elif at.dep == "appos" and at.tag == "VBG" and head.tag.startswith("NN"):
                return head  # "the council, meeting in Abuja, …"
            else:
                return None
        return None

    def heads(self, token: Token, objects: list[Token], particle: str) -> dict[str, Token]:
        """Nouns that a paired sense may ask for: objects, what hangs on them by "of", and the particle's object."""
        s = self.s
        found: dict[str, Token] = {}
        reach = list(objects)
        if particle:
            parts = particle.split("_")
            around = s.children(token.i, "prep", "prt", "advmod")
            if len(parts) > 1:  # "pulled out of the deal", "took part in a march"
                around += [p for t in around if t.lower in parts for p in s.children(t.i, "prep")]
            around += self.on_objects(token)
            for prep in around:
                if prep.lower in parts:
                    if prep.dep == "prt":  # "called off a march": parsers take short objects for adverbs
                        reach += [o for o in s.children(token.i, "npadvmod") if o.i > prep.i]
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

    def on_objects(self, token: Token) -> list[Token]:
        """The prepositions that parsers hang on a verb's object: "stripped the senator of his office"."""
        s = self.s
        return [p for o in s.children(token.i, "dobj", "nsubjpass") for p in s.children(o.i, "prep")]

    def particles(self, token: Token) -> set[str]:
        s = self.s
        return {
            t.lower
            for t in s.children(
                token.i, "prt", "prep", "advmod", "agent", "npadvmod", "dative", "acomp", "oprd", "dobj"
            )
        }

    def prep_objects(self, token: Token, preps: set[str]) -> set[str]:
        return {
            singular(p.lower)
            for prep in self.s.children(token.i, "prep")
            if prep.lower in preps
            for p in self.s.children(prep.i, "pobj")
        }

    def agentive(self, token: Token | None) -> bool:
        """Whether a noun is someone who can act: a name, a pronoun, a word for people or for a body of them."""
        if token is None:
            return False
        if self.s.shouted and token.tag.startswith("NN"):
            return True  # in capitals names cannot be told from nouns
        if token.tag.startswith("NNP") or token.tag == "CD" or token.lower in _PRONOUNS | _QUANTITIES:
            return True
        return singular(token.lower) in self.words["classes.people"] or person_word(token.lower)

    def official(self, token: Token | None) -> bool:
        """Whether a noun is a body or a person that speaks or acts for one."""
        if token is None:
            return False
        if token.tag.startswith("NNP") or token.lower in {"he", "she", "they", "it", "we", "who", "which"}:
            return True
        return singular(token.lower) in self.words["classes.official"] or self.s.shouted

    def by_police(self, token: Token, subject: Token | None = None) -> bool:
        """Whether police do it: "police raided", "a raid by federal agents", "the police raid"."""
        s = self.s
        names = s.children(token.i, "compound", "poss", "amod", "nmod")
        doers = [*names, *self._by(token), *([subject] if subject else [])]
        below = [part for d in doers for part in (d, *s.children(d.i, "compound", "amod", "conj"))]
        return any(singular(t.lower) in _POLICE for t in below)

    @staticmethod
    def held_place(token: Token) -> bool:
        """Whether a noun is a kind of place that is fought over."""
        return singular(token.lower) in _HELD_PLACES

    @staticmethod
    def bomb(token: Token) -> bool:
        """Whether a noun is something that explodes."""
        return singular(token.lower) in _BOMBS
