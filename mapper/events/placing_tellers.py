"""Where those are who tell of an event, or where someone in it is from: never where it happened."""

from __future__ import annotations

from mapper.events.candidate import Candidate
from mapper.events.lexicon import lexicon, singular, word_set
from mapper.events.placing_scope import outer_preposition
from mapper.events.reality import lemma_in
from mapper.events.syntax import Sentence, Token
from mapper.model import Toponym

_SAYING = word_set("told tells telling speaking spoke talking addressing briefing briefed")
_STATEMENTS = word_set("statement interview conference communique communiqué speech briefing")
_REACTING = word_set("""
    condemn deplore denounce decry lament mourn hear learn deny reject regret criticise criticize slam blast praise
    welcome hail protest blame investigate probe confirm discuss heard hears learned learnt learns mourned mourns
    mourning estimate estimated estimates
""")
"""What is done about an event from afar. Beside verbs of speech, whose list the lexicon keeps."""
_SPOKEN = frozenset({"ACCUSE", "REJECT", "SUPPORT", "REQUEST", "CONCEDE"})
"""Types that are words: who speaks "in X" is there by office, as governments and headquarters are."""
_NATIVES = word_set("native national citizen graduate alumnus")
_LIFE = word_set("""
    grow grew grown live lives lived living study studied studying born raised educated train trained trains graduate
    graduated work works worked working reside resides resided hail hails hailed
""")
_UP = 4  # steps up from a name to the verb that its phrase hangs on


def tellers_place(s: Sentence, c: Candidate, head: Token, t: Toponym) -> bool:
    """Whether a name only says where someone speaks, files or is from."""
    return (
        _in_compound(s, t)
        or _native(s, head)
        or _of_a_life(s, c, head)
        or _filed_from(s, t)
        or _according_to(s, c, head)
        or _tails(s, c, head)
        or _speakers(s, c, head.i)
    )


def _in_compound(s: Sentence, t: Toponym) -> bool:
    """ "the London-based group", "a Leeds-born fighter", "Saudi-led warplanes"."""
    after = [x for x in s.tokens if x.start >= t.end][:2]
    return len(after) == 2 and after[0].text == "-" and after[0].start == t.end and after[1].tag in {"VBN", "VBD"}


def _native(s: Sentence, head: Token) -> bool:
    """ "a native of Madrid", "a sailor from Manila", "originally from Tunis"."""
    preposition = s.tokens[head.head]
    if head.dep != "pobj":
        return False
    preposition = outer_preposition(s, preposition) or preposition  # "brothers from the village of Tsurif"
    holder = s.tokens[preposition.head]
    if preposition.lower == "from":
        before = s.tokens[preposition.i - 1].lower if preposition.i else ""
        return before == "originally" or singular(holder.lower) in lexicon().words["classes.people"]
    return preposition.lower == "of" and singular(holder.lower) in _NATIVES


def _of_a_life(s: Sentence, c: Candidate, head: Token) -> bool:
    """ "the reporter, who had studied in Boston, was arrested"."""
    _, down = s.path(c.anchor, head.i)
    return any(s.tokens[i].dep in {"relcl", "acl"} and s.tokens[i].lower in _LIFE for i in down[:-1])


def _filed_from(s: Sentence, t: Toponym) -> bool:
    """ "New Delhi: Rebels ambushed …": a dateline that stands in the first line of a report."""
    if s.kind != "body" or t.start - s.span.start > 1:
        return False
    after = [x for x in s.tokens if x.start >= t.end][:2]
    return len(after) == 2 and after[0].text == ":" and after[1].text[:1].isupper()


def _according_to(s: Sentence, c: Candidate, head: Token) -> bool:
    """ "…, according to officials in Gao", "according to the Times of India"."""
    _, down = s.path(c.anchor, head.i)
    return any(s.tokens[i].lower == "according" for i in down[:-1])


def _tails(s: Sentence, c: Candidate, head: Token) -> bool:
    """ "Gunmen killed four farmers, the ministry in Bogota said.": parsers hang the speaker on the farmers."""
    for verb in s.ancestors(c.anchor):
        if head.i < verb.i and lemma_in(verb, lexicon().words["speech.verbs"], lexicon()):
            comma = next((i for i in range(verb.i - 1, -1, -1) if s.tokens[i].text in {",", '"', "”", "''"}), None)
            alone = not s.children(verb.i, "nsubj", "nsubjpass")
            return alone and comma is not None and c.word < comma < head.i and c.anchor < comma
    return False


def _speakers(s: Sentence, c: Candidate, head: int) -> bool:
    """ "…, officials in Manikganj said", "a court in London heard that …", "relatives in Lahore mourned …"."""
    lex = lexicon()
    up, down = s.path(c.anchor, head)
    meeting = s.tokens[down[-1]]
    if len(down) < 2 or s.tokens[down[-2]].dep != "nsubj":
        return False
    if len(up) < 2:
        # "the opposition in Harare condemned …"; prosecutors do look into things where they are.
        return c.type in _SPOKEN and c.mode != "investigate" and s.tokens[head].dep == "pobj"
    above = [s.tokens[i].dep for i in up[:-1]]
    if "relcl" in above and above[-1] == "dobj":
        return True  # "relatives in Lahore buried the workers, who were shot …"
    if lemma_in(meeting, lex.words["speech.verbs"], lex):
        return "ccomp" in above or "parataxis" in above or meeting.dep == "parataxis"
    return lemma_in(meeting, _REACTING, lex) and above[-1] in {"ccomp", "dobj", "parataxis", "xcomp"}


def said_there(s: Sentence, c: Candidate, head: Token) -> bool:
    """Where words were said, not where what they tell happened.

    "…, a spokesman told reporters in Washington", "speaking in Geneva, …", "in a statement issued in Paris, …", "police
    said in Tunis that …".
    """
    _, down = s.path(c.anchor, head.i)
    said = (s.tokens[i] for i in down[:-1] if i not in {c.word, c.anchor})
    if any(t.lower in _STATEMENTS and t.tag.startswith("NN") for t in said):
        return True
    preposition = s.tokens[head.head]
    if head.dep != "pobj" or preposition.lower not in {"in", "at", "from"}:
        return False
    if s.tokens[0].lower in _SAYING and c.word > next((t.i for t in s.tokens if t.text == ","), c.word) > head.i:
        return True
    verb = s.tokens[preposition.head]
    if c.word < verb.i < head.i and any(c.anchor in set(s.subtree(x.i)) for x in s.children(verb.i, "ccomp")):
        return lemma_in(verb, lexicon().words["speech.verbs"], lexicon())  # "…, Al Jazeera reported from Doha"
    told = next((x for x in s.children(verb.i, "ccomp") if s.children(x.i, "mark")), None)
    if told is not None and head.i < min(s.subtree(told.i)) and c.anchor in set(s.subtree(told.i)):
        return lemma_in(verb, lexicon().words["speech.verbs"], lexicon())
    for _ in range(_UP):
        # "told reporters in X", "speaking to journalists in X", "told a radio station in X"
        if not (verb.tag.startswith("NN") and verb.dep in {"dobj", "pobj"}) and verb.dep not in {"prep", "dative"}:
            break
        verb = s.tokens[verb.head]
    return verb.i not in {c.word, c.anchor} and verb.lower in _SAYING
