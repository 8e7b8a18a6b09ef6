"""What an article is about, where its subject borrows the words of events: sport, prices, business, arts, elections.

"The storm the bidder weathered", "a battle for the title", "the siege that opens the film" and "the council's vote" are
told in the words of war, diplomacy and elections. Each test is on words of the whole article or of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapper.events.candidate import Candidate
from mapper.events.games import SERIOUS
from mapper.events.lexicon import lexicon, singular, word_set
from mapper.events.syntax import Sentence
from mapper.model import Actor

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SPORT = 4  # different words of a subject that make an article one about it
_MARKET = 4
_BUSINESS = 4
_ARTS = 3
_TELLING = 4  # sentences from which on it tells something that a word is not there
_AIR_STRIKE = re.compile(
    r"\b(?:air|drone|missile|rocket|artillery|aerial|retaliatory|precision)[\s-]?(?:strikes?|raids?|attacks?)\b|"
    r"\bbombed\b|\bwarplanes?\b|\bcruise missiles?\b",
    re.IGNORECASE,
)
_PRICES = re.compile(
    r"\b(?:shares?|stocks?|bonds?|index|futures)\b[^.]{0,50}\b(?:jumped|hit|rose|fell|climbed|dropped|slid|gained|lost|surged|"
    r"plunged|tumbled|soared|slipped|rallied|closed|edged|sank)\b",
    re.IGNORECASE,
)
_TALLY = re.compile(r"(?<![\d-])\d{1,3}\s?[-–]\s?\d{1,3}(?![\d-])|\b\d+ to \d+\b|\b\d+ (?:votes )?in favou?r\b")
_OFFICE = (
    r"(?:[Pp]residents?|[Mm]inisters?|[Pp]rime [Mm]inisters|[Pp]remier|[Cc]hancellor|"
    r"[Ss]ecretary(?:[ -][Gg]eneral)?|King|Queen|Prince|Princess|"
    r"Emir|Sultan|Pope|Patriarch|Ambassador|[Ee]nvoy|Governor|Senator|Sen\.|Gen\.|General|Admiral|Col\.|Colonel|"
    r"[Ll]eader|[Cc]hief|[Dd]irector|[Cc]ommissioner|Archbishop|Bishop|Cardinal|Ayatollah|Sheikh|[Ss]pokes\w{3,6}|"
    r"[Oo]fficial|[Dd]iplomat|[Cc]ommander|Representative|Rep\.|[Cc]andidate|Mayor)"
)
_CAPITALISED = r"[A-Z][\w'’-]{1,30}"
_NAME = rf"(?P<name>{_CAPITALISED}(?: (?:al-|de |van |von |bin |ben )?{_CAPITALISED}){{0,3}})"
_TITLED = re.compile(rf"\b{_OFFICE}(?: of [A-Z]\w+| for [A-Z]\w+)?,? {_NAME}(?: and {_NAME.replace('name', 'other')})?")
_OFFICE_AFTER = re.compile(rf"\b{_NAME}, (?:the |a |an |who (?:is|was) )?(?:[\w'’-]{{1,30}} ){{0,5}}{_OFFICE}\b")
_VERBAL = word_set("AGREE CONSULT SUPPORT CONCEDE COOPERATE REQUEST REJECT THREATEN")
_GAMES_CONFUSE = _VERBAL | word_set("ASSAULT PROTEST RETREAT COERCE MOBILIZE ELECTION AID ACCIDENT")
_MARKETS_CONFUSE = _GAMES_CONFUSE - {"REJECT", "THREATEN"} | {"ASSAULT"}
_BUSINESS_CONFUSE = _VERBAL | word_set("LEADERSHIP_CHANGE AID MOBILIZE SANCTION RETREAT")
_VOTES = word_set("vote votes voted voting")
_ELECTORAL = word_set("""
    election elections electoral referendum referendums plebiscite ballot ballots voter voters polls polling electorate
    runoff run-off by-election elect choose candidate candidates turnout constituency constituencies presidential
""")
_MISHAPS = word_set("""
    crash accident collision wreck snow ice fog flooding flood storm repairs repair construction maintenance
    roadworks paramedics congestion motorists traffic landslide mudslide blaze
""")
_CHAMBERS = word_set("""
    council senate house parliament congress assembly lawmaker legislator senator deputy member committee board
    councillor councilor commissioner shareholder mp commission jury trustee chamber bench delegate judge supervisor
    alderman bill resolution amendment motion
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """What an article is about; by default, anything."""

    games: bool = False
    markets: bool = False
    business: bool = False
    arts: bool = False
    raids: bool = False
    """It tells of strikes from the air or with missiles: then "the strike" is no walkout."""
    elections: bool = True
    dignitaries: frozenset[str] = frozenset()
    """Names of people whom the article gives an office."""
    strangers: bool = False
    """It is long enough for a person without an office in it to be a private one."""
    civic: bool = True
    """It speaks of states, armies, unions or the like: in news of private people words alone make no event."""


def topics_of(texts: Sequence[str]) -> Topics:
    """The subjects of an article, from the texts of its sentences."""
    words = {w for text in texts for w in _WORD.findall(text.lower())}
    classes = lexicon().words
    return Topics(
        games=len(words & classes["topics.sport"]) >= _SPORT,
        markets=len(words & classes["topics.market"]) >= _MARKET or any(_PRICES.search(t) for t in texts),
        business=len(words & classes["topics.business"]) >= _BUSINESS,
        arts=len(words & classes["topics.arts"]) >= _ARTS,
        raids=any(_AIR_STRIKE.search(t) for t in texts),
        elections=bool(words & _ELECTORAL),
        dignitaries=frozenset(name for text in texts for name in _titled(text)),
        strangers=len(texts) >= _TELLING,
        civic=len(texts) < _TELLING or bool(words & classes["topics.civic"]) or any(map(_names_body, texts)),
    )


def belongs(s: Sentence, c: Candidate, topics: Topics, *, game: bool) -> bool:
    """Whether a candidate may be an event in an article of these topics; ``game``: told beside a game's result."""
    if c.type in _GAMES_CONFUSE and (game or (_about(s, "sport", topics.games) and not _serious(s, c))):
        return False
    if (
        c.type in {"ACCUSE", "SANCTION"}
        and (game or _about(s, "sport", topics.games))
        and not _public(s)
        and not _serious(s, c)
    ):
        return False
    if _about(s, "market", topics.markets) and c.type in _MARKETS_CONFUSE:
        return False
    public = _public(s)
    worded = (c.type, c.mode) in {("ASSAULT", None), ("ACCUSE", "disapprove")}
    if topics.business and not public and (c.type in _BUSINESS_CONFUSE or worded):
        return False
    if (c.type, c.mode) == ("COERCE", "restrict") and (_by_mishap(s) or not (topics.civic or public)):
        return False
    if topics.arts and (c.tense in {"present", "none"} or (not public and c.type in _VERBAL | {"ACCUSE"})):
        return False
    return c.type != "ELECTION" or s.tokens[c.word].lower not in _VOTES or _of_voters(s, topics)


def spoken_privately(c: Candidate, actors: Sequence[Actor], topics: Topics) -> bool:
    """Whether a deed of words is one among private people: nobody and nothing in the article stands for a state."""
    return not topics.civic and c.type in _VERBAL and not any(a.country_code for a in actors)


def _serious(s: Sentence, c: Candidate) -> bool:
    """Whether a sentence of a sport's article tells of harm or of the police: riots in stadiums are events."""
    return c.type not in _VERBAL and bool({t.lower for t in s.tokens} & SERIOUS)


def _by_mishap(s: Sentence) -> bool:
    """Whether a road or a school is closed because of what has happened, not to keep people from it."""
    return bool({t.lower for t in s.tokens} & _MISHAPS)


def _about(s: Sentence, topic: str, article: bool) -> bool:
    """Whether a sentence is about a topic: three of its words, or one in an article about it."""
    hits = len({t.lower for t in s.tokens} & lexicon().words[f"topics.{topic}"])
    return hits >= 3 or (article and hits >= 1)


def _public(s: Sentence) -> bool:
    """Whether a sentence speaks of states and those who act for them."""
    return bool({t.lower for t in s.tokens} & lexicon().words["topics.civic"])


def _titled(text: str) -> Iterator[str]:
    """The names that stand with an office: "President Hassan Rouhani", "Rouhani, the president"."""
    for match in _TITLED.finditer(text):
        yield from match["name"].split()
        yield from (match["other"] or "").split()
    for match in _OFFICE_AFTER.finditer(text):
        yield from match["name"].split()


def _names_body(text: str) -> bool:
    """Whether a text names a body of states by its letters."""
    return re.search(r"\b(?:UN|U\.N\.|EU|E\.U\.|NATO|ECOWAS|OPEC|ASEAN|IMF|FMLN|ISIS|ISIL)\b", text) is not None


def _of_voters(s: Sentence, topics: Topics) -> bool:
    """Whether a vote is that of an electorate: not a chamber's, a council's or a board's."""
    if not topics.elections:
        return False
    words = {t.lower for t in s.tokens}
    if words & _ELECTORAL:
        return True
    text = " ".join(t.text for t in s.tokens)
    return not {singular(w) for w in words} & _CHAMBERS and _TALLY.search(text) is None
