"""The trigger lexicon: which words report which events, in every inflected form.

The words live in ``lexicon.toml``; here they are read once, inflected, and laid out for look-up.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


def word_set(text: str) -> frozenset[str]:
    """The words of a text, as a set: how word lists are written in this package."""
    return frozenset(text.split())


_IRREGULAR = {
    "beat": "beat beaten",
    "begin": "began begun",
    "blow": "blew blown",
    "break": "broke broken",
    "befall": "befell befallen",
    "bind": "bound",
    "bring": "brought",
    "burst": "burst",
    "catch": "caught",
    "cast": "cast",
    "come": "came come",
    "cut": "cut",
    "dig": "dug",
    "draw": "drew drawn",
    "drive": "drove driven",
    "feed": "fed",
    "fight": "fought",
    "find": "found",
    "fall": "fell fallen",
    "fly": "flew flown",
    "freeze": "froze frozen",
    "choose": "chose chosen",
    "light": "lit lighted",
    "burn": "burned burnt",
    "flee": "fled",
    "forgive": "forgave forgiven",
    "speak": "spoke spoken",
    "steal": "stole stolen",
    "tear": "tore torn",
    "run": "ran run",
    "ring": "rang rung",
    "ride": "rode ridden",
    "hide": "hid hidden",
    "forbid": "forbade forbidden",
    "get": "got gotten",
    "give": "gave given",
    "go": "went gone",
    "hang": "hung hanged",
    "have": "had has",
    "hit": "hit",
    "hold": "held",
    "keep": "kept",
    "lay": "laid",
    "lead": "led",
    "leave": "left",
    "let": "let",
    "lose": "lost",
    "make": "made",
    "meet": "met",
    "pay": "paid",
    "put": "put",
    "quit": "quit",
    "read": "read",
    "rise": "rose risen",
    "say": "said",
    "see": "saw seen",
    "seek": "sought",
    "sell": "sold",
    "send": "sent",
    "set": "set",
    "shake": "shook shaken",
    "shoot": "shot",
    "show": "showed shown",
    "shut": "shut",
    "sing": "sang sung",
    "sit": "sat",
    "slide": "slid",
    "speed": "sped speeded",
    "spill": "spilled spilt",
    "sink": "sank sunk",
    "slay": "slew slain",
    "spread": "spread",
    "stand": "stood",
    "strike": "struck stricken",
    "swear": "swore sworn",
    "sweep": "swept",
    "swing": "swung",
    "take": "took taken",
    "tell": "told",
    "think": "thought",
    "throw": "threw thrown",
    "thrust": "thrust",
    "overshoot": "overshot",
    "wage": "waged",
    "win": "won",
    "withdraw": "withdrew withdrawn",
    "withhold": "withheld",
    "write": "wrote written",
    "overthrow": "overthrew overthrown",
    "overrun": "overran overrun",
    "retake": "retook retaken",
    "undertake": "undertook undertaken",
    "strive": "strove striven",
    "forge": "forged",
    "deal": "dealt",
    "bury": "buried",
    "inter": "interred",
    "die": "died dying",
}
PASTS = frozenset(forms.split()[0] for forms in _IRREGULAR.values()) - _IRREGULAR.keys() - {"found", "saw", "fell"}
"""Past forms that are no verb's base form, whatever a tagger says."""
_ARRIVING = word_set(
    "crossed reached landed died reaches entered arrived opened closed gathered assembled massed converged"
)
"""Forms of verbs whose sense hangs on who does it: "the convoy reached the camp", "protesters gathered"."""
_NOT = word_set("not won't wouldn't won’t wouldn’t never no cannot can't")
_DOUBLING = word_set("""
    stab rob ban nab bar drop stop ram plan cut hit set put let get shut quit begin commit permit admit expel
    rebel compel repel refer confer defer inter spar raid_ sit run win rip slam swap dig scrap chat plot slap tip
    sit flip drag pin club flog jam skid drum tap strip snub eavesdrop
    beg bid forbid overrun kidnap hijack_ kid rap airdrop gun lob occur patrol prefer ship shun skip step submit wrap
""")


def verb_forms(lemma: str) -> frozenset[str]:
    """All inflected forms of an English verb, the lemma included."""
    forms = {lemma}
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        forms.add(lemma + "es")
    elif re.search(r"[^aeiou]y$", lemma):
        forms.add(lemma[:-1] + "ies")
    else:
        forms.add(lemma + "s")
    stems = {lemma}
    if lemma in _DOUBLING:
        stems = {lemma + lemma[-1]} | ({lemma} if lemma == "kidnap" else set())
    elif lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        stems = {lemma[:-1]}
    forms |= {stem + "ing" for stem in stems}
    if lemma.endswith("ie"):
        forms.add(lemma[:-2] + "ying")
    if irregular := _IRREGULAR.get(lemma):
        forms |= set(irregular.split())
    elif re.search(r"[^aeiou]y$", lemma):
        forms.add(lemma[:-1] + "ied")
    elif lemma.endswith("e"):
        forms.add(lemma + "d")
    else:
        forms |= {stem + "ed" for stem in stems}
    if lemma.endswith(("el", "al")):
        forms |= {lemma + "led", lemma + "ling"}
    return frozenset(forms)


def noun_forms(lemma: str) -> frozenset[str]:
    """Singular and plural of an English noun."""
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return frozenset({lemma, lemma + "es"})
    if re.search(r"[^aeiou]y$", lemma):
        return frozenset({lemma, lemma[:-1] + "ies"})
    return frozenset({lemma, lemma + "s"})


_NOT_MEN = word_set("omen specimen regimen abdomen acumen yemen ramen stamen semen amen")
_PLURALS = {"men": "man", "children": "child", "schoolchildren": "schoolchild", "thieves": "thief", "wives": "wife"}


def singular(word: str) -> str:
    """A noun without its plural ending, by rule."""
    word = word.lower()
    if word in {"troops", "talks", "arms", "police", "news", "hostilities", "damages", "elections"}:
        return {"elections": "election"}.get(word, word)
    if word.endswith("men") and len(word) > 3 and word not in _NOT_MEN:
        return word[:-2] + "an"  # "gunmen"
    if word in _PLURALS:
        return _PLURALS[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word reports: PLOVER type and mode, and the particle that has to stand by ('' for none)."""

    type: str
    mode: str | None
    particle: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The trigger lexicon, laid out for look-up by lower-cased surface form."""

    lemmas: dict[str, tuple[str, ...]]
    """Verb form -> the lemmas it may belong to."""
    verbs: dict[str, tuple[Sense, ...]]
    """Verb lemma -> senses, those with a particle first."""
    pairs: dict[str, tuple[tuple[str, str, Sense], ...]]
    """Verb lemma -> (particle, object noun, sense)."""
    nouns: dict[str, Sense]
    """Noun form (singular) -> sense."""
    light_nouns: dict[str, Sense]
    intents: dict[str, str]
    words: dict[str, frozenset[str]]
    """Named word classes: the entries of [light], [modality] … under ``section.key``."""
    surfaces: frozenset[str]
    """Every surface form that can start an event."""
    company: dict[str, frozenset[str]]
    """Those that start one only beside another word ("came" under fire): the words, singular, one of which it needs."""

    @property
    def entries(self) -> int:
        """How many senses the lexicon knows."""
        return (
            sum(map(len, self.verbs.values()))
            + sum(map(len, self.pairs.values()))
            + len(self.nouns)
            + len(self.light_nouns)
            + len(self.intents)
        )


def _senses(table: dict[str, dict[str, str]]) -> list[tuple[str, str, str | None]]:
    return [
        (word, type_, None if mode == "any" else mode)
        for type_, modes in table.items()
        for mode, words in modes.items()
        for word in words.split()
    ]


@cache
def lexicon() -> Lexicon:
    """The lexicon of ``lexicon.toml``, read once."""
    data = tomllib.loads(resources.files("mapper.events").joinpath("lexicon.toml").read_text(encoding="utf-8"))
    verbs: dict[str, list[Sense]] = {}
    pairs: dict[str, list[tuple[str, str, Sense]]] = {}
    for word, type_, mode in _senses(data["verbs"]):
        lemma, _, particle = word.partition("_")
        verbs.setdefault(lemma, []).append(Sense(type_, mode, particle.replace("_", " ")))
    for word, type_, mode in _senses(data["pairs"]):
        verb, _, objects = word.partition(":")
        lemma, _, particle = verb.partition("_")
        for noun in objects.split(","):
            pairs.setdefault(lemma, []).append((particle, singular(noun), Sense(type_, mode, particle)))
    nouns = {singular(w): Sense(t, m) for w, t, m in _senses(data["nouns"])}
    light_nouns = {singular(w): Sense(t, m) for w, t, m in _senses(data["light_nouns"])}
    intents = {w.replace("_to", ""): t for w, t, _ in _senses(data["intents"])}
    words = {
        f"{section}.{key}": frozenset(value.split())
        for section in ("light", "requirements", "speech", "modality", "topics", "classes")
        for key, value in data[section].items()
    }
    refusable = words["modality.refusable"]
    lemma_set = {*verbs, *pairs, *intents, *refusable}
    for name in ("light.verbs", "light.happen", "speech.verbs", "speech.deny", "speech.doubt"):
        lemma_set |= {w.partition("_")[0] for w in words[name]}
    for name in ("modality.planned", "modality.wished", "modality.denied", "modality.real", "modality.cancel"):
        lemma_set |= {w.partition("_")[0] for w in words[name]}
    lemmas: dict[str, list[str]] = {}
    for lemma in sorted(lemma_set):
        for form in sorted(verb_forms(lemma)):
            lemmas.setdefault(form, []).append(lemma)
    needs: dict[str, set[str]] = {lemma: set() for lemma in (*pairs, *refusable)}
    for lemma, entries in pairs.items():
        needs[lemma] |= {noun for _, noun, _ in entries}
    for lemma in refusable:
        needs[lemma] |= _NOT
    for lemma, senses in verbs.items():
        needs.setdefault(lemma, set()).update(s.particle.partition(" ")[0] for s in senses)
    whole = {lemma for lemma, senses in verbs.items() if any(not s.particle for s in senses)} | intents.keys()
    company: dict[str, frozenset[str]] = {}
    for lemma in sorted(needs):
        for form in verb_forms(lemma):
            company[form] = company.get(form, frozenset()) | needs[lemma]
    surfaces = {form for lemma in {*verbs, *pairs, *intents, *refusable} for form in verb_forms(lemma)}
    for noun in nouns:
        first, joined, last = noun.rpartition("-")
        if joined:  # "war games" are two words
            for form in noun_forms(last):
                company[form] = company.get(form, frozenset()) | set(first.split("-")[-1:])
                surfaces.add(form)
    alone = {form for lemma in whole for form in verb_forms(lemma)}
    named = {form for noun in {*nouns, *light_nouns} for form in noun_forms(noun)}
    surfaces |= named
    surfaces |= _ARRIVING
    return Lexicon(
        lemmas={k: tuple(v) for k, v in lemmas.items()},
        verbs={k: tuple(sorted(v, key=lambda s: (not s.particle, s.type))) for k, v in verbs.items()},
        pairs={k: tuple(v) for k, v in pairs.items()},
        nouns=nouns,
        light_nouns=light_nouns,
        intents=intents,
        words=words,
        surfaces=frozenset(surfaces),
        company={k: v for k, v in company.items() if k not in _ARRIVING | named | alone},
    )
