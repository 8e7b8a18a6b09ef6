"""When an event happened: the calendar expression that belongs to its trigger, or what can be said without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mapper.events.candidate import Candidate
from mapper.events.dates import Found, published_day
from mapper.events.lexicon import lexicon, singular
from mapper.events.placing_rules import VERBAL
from mapper.events.reality import of_verb, tense_of
from mapper.events.remembered import days_before, remembered, years_since
from mapper.events.syntax import Sentence, Token
from mapper.events.tense_cues import Direction
from mapper.model import EventDate, Status

BACKGROUND_DAYS = 90
"""Events told as older than this at publication are background, unless the whole story is."""
_FAR = 7.0  # steps in the tree, clauses counting for several: what is further away is another event's


@dataclass(frozen=True, slots=True)
class Dating:
    """An event's date, the reason for it, and the status it implies (None: no change)."""

    date: EventDate | None
    why: str
    status: Status | None = None
    found: Found | None = None


def direction_of(s: Sentence, start: int, end: int) -> Direction | None:
    """Whether the verb that governs an expression looks back or ahead; None where no verb does."""
    head = next((t for t in s.tokens if t.start < end and start < t.end), None)
    if head is None:
        return None
    for above in (head, *s.ancestors(head.i)):
        if above.tag.startswith("NN") and above.dep in {"nsubj", "dobj"} and head.dep in {"compound", "poss", "nmod"}:
            return "past"  # "Friday's attack", "the August 7 bombings"
        if above.tag.startswith("VB"):
            real = of_verb(s, above.i)
            if real.tense in {"past", "perfect", "pluperfect"} and real.status in {"reported", "denied"}:
                return "past"
            if real.status in {"planned", "hypothetical"} or real.tense == "future":
                return "future"
            return None
    return None


def date_event(
    s: Sentence, c: Candidate, times: Sequence[Found], candidates: Sequence[Candidate], published: str | None
) -> Dating:
    """Date an event from its own sentence; a date of None leaves it to what the article has set before."""
    day = published_day(published)
    looked_back = remembered(s, c.word)
    best = _nearest(s, c, times, candidates)
    ago = days_before(s, c.word)
    if best is not None and ago is not None:
        return _before(best, c, ago, published)
    if best is not None and (ongoing := _since(s, c, best, day)) is not None:
        return ongoing
    if best is not None and not (looked_back and _day_of_telling(best, day)):
        if _still_ahead(s, c, best, day):
            return Dating(None, f'"{best.text}" lies ahead of publication, the deed does not')
        return _from_expression(best, c, published)
    if day is not None and (years := years_since(s, c.word)) is not None:
        year = day.year - years
        return Dating(
            EventDate(start=f"{year:04}-01-01", end=f"{year:04}-12-31", precision="year", basis="inferred"),
            f"{years} years before publication, by the text",
            "background",
        )
    if looked_back:
        return Dating(None, "told as remembered; the text gives no date", "background")
    if c.tense == "progressive" and c.status == "reported" and day is not None and s.kind == "body":
        return Dating(
            EventDate(start=day.isoformat(), end=None, precision="range", basis="published"),
            "told as going on at publication",
        )
    return Dating(None, "")


def _since(s: Sentence, c: Candidate, f: Found, published: date | None) -> Dating | None:
    """ "have killed 40 since June": from then to publication; "have been fighting since June": still going on."""
    before = [t for t in s.tokens if t.end <= f.start]
    interval = f.narrowed()
    if not before or before[-1].lower != "since" or interval is None or published is None:
        return None
    if c.status != "reported" or c.tense not in {"perfect", "progressive"} or interval[0] > published:
        return None
    lasting = s.tokens[c.anchor].tag == "VBG" or c.tense == "progressive"
    end = None if lasting else published.isoformat()
    told = EventDate(start=interval[0].isoformat(), end=end, precision="range", basis=f.basis, text=f.text)
    return Dating(told, f'since "{f.text}"', None, f)


def _before(f: Found, c: Candidate, ago: int, published: str | None) -> Dating:
    """Some days before a dated event: exact where days are counted; weeks and months are too coarse for a day."""
    told = _from_expression(f, c, published)
    if told.date is None or told.date.precision != "day" or ago % 7 == 0 or ago >= 30:
        status: Status | None = "background" if ago > BACKGROUND_DAYS else None
        return Dating(None, f'some {ago} days before "{f.text}"', status, f)
    day = date.fromisoformat(told.date.start) - timedelta(days=ago)
    interval = EventDate(start=day.isoformat(), end=day.isoformat(), precision="day", basis="inferred", text=f.text)
    return Dating(interval, f'{ago} days before "{f.text}"', None, f)


def _day_of_telling(f: Found, published: date | None) -> bool:
    """Whether an expression near what is only remembered is that of the remembering."""
    interval = f.narrowed()
    return interval is None or published is None or published - interval[1] < timedelta(days=BACKGROUND_DAYS)


def _from_expression(f: Found, c: Candidate, published: str | None) -> Dating:
    interval = f.narrowed()
    if interval is None:
        return Dating(None, f'"{f.text}" cannot be reckoned without a publication date', found=f)
    first, last = interval
    anchor = published_day(published)
    if (
        anchor is not None
        and c.status == "reported"
        and c.tense in {"past", "perfect", "pluperfect"}
        and first <= anchor < last
    ):
        last = anchor  # "this year", told in the past: not after publication
    dated = EventDate(start=first.isoformat(), end=last.isoformat(), precision=f.precision, basis=f.basis, text=f.text)
    return Dating(dated, f'"{f.text}"', _status(c, first, last, anchor), f)


def _still_ahead(s: Sentence, c: Candidate, f: Found, published: date | None) -> bool:
    """Whether a deed told in the past stands beside a day to come: "told them to leave on Monday"."""
    interval = f.narrowed()
    if interval is None or published is None or c.status != "reported" or c.tense not in {"past", "perfect"}:
        return False
    return s.tokens[c.anchor].tag in {"VBD", "VBN"} and interval[0] > published + timedelta(days=1)


def _status(c: Candidate, first: date, last: date, anchor: date | None) -> Status | None:
    if anchor is None:
        return None
    if c.status == "reported" and last < anchor - timedelta(days=BACKGROUND_DAYS):
        return "background"
    if c.status == "reported" and first > anchor + timedelta(days=1):
        return "planned"
    return None


def _nearest(s: Sentence, c: Candidate, times: Sequence[Found], candidates: Sequence[Candidate]) -> Found | None:
    """The expression whose clause is the trigger's own, or holds it."""
    ranked = []
    speech = _spoken_of(s, c, candidates)
    for f in times:
        head = _head(s, f)
        if "quarter" in f.text.lower():
            continue  # what companies report by; nothing happens "in the third quarter"
        if head is None or (speech is not None and _hangs_on(s, head, speech)):
            continue
        if _of_another(s, c, head, f):
            continue  # "arrested over last year's bombings"
        cost = _cost(s, c, head)
        if cost is not None and cost > _FAR:
            continue
        if cost is None and _misattached(s, c, head, f):
            cost = 3.0
        if cost is None:
            continue
        rival = min((n for o in candidates if o.word != c.word and (n := _cost(s, o, head)) is not None), default=99)
        # An expression that stands right with another event is that one's, unless this event's clause hangs on it.
        if rival + 1 < cost and cost > 3:
            continue
        ranked.append((cost, abs(head.i - c.word), f.start, f))
    return min(ranked, key=lambda r: r[:3])[3] if ranked else None


def _spoken_of(s: Sentence, c: Candidate, candidates: Sequence[Candidate]) -> int | None:
    """The verb of saying whose object an event noun is: "condemned the attack on Tuesday" dates the condemning."""
    token = s.tokens[c.word]
    if not token.tag.startswith("NN") or c.anchor != c.word:
        return None
    verb = next((t for t in s.ancestors(c.word) if t.tag.startswith("VB")), None)
    speaking = verb is not None and any(o.anchor == verb.i and o.type in VERBAL for o in candidates)
    return verb.i if verb is not None and speaking and c.type not in VERBAL else None


def _hangs_on(s: Sentence, head: Token, verb: int) -> bool:
    """Whether a time hangs on a verb itself, not on a noun below it."""
    at = head
    while at.head not in {verb, at.i} and at.dep in {"pobj", "prep", "npadvmod", "advmod", "compound"}:
        at = s.tokens[at.head]
    return at.head == verb and at.dep in {"prep", "npadvmod", "advmod", "dobj"}


def _misattached(s: Sentence, c: Candidate, head: Token, f: Found) -> bool:
    """A past expression that the parser hung on a verb of the present, behind a trigger told in the past.

    "… is a partner against militants after troops tried to drive them out of Mali last year": the parser's slip,
    not ours.
    """
    verb = next((t for t in (head, *s.ancestors(head.i)) if t.tag.startswith("VB")), None)
    past = f.basis == "relative" and f.text.lower().startswith(
        ("last", "yesterday", "earlier", "late last", "early last")
    )
    return (
        past
        and verb is not None
        and tense_of(s, verb.i) == "present"
        and c.tense in {"past", "perfect"}
        and c.word < head.i
        and not any(t.tag == "VBD" for t in s.tokens[c.word + 1 : head.i])
    )


def _of_another(s: Sentence, c: Candidate, head: Token, f: Found) -> bool:
    """Whether an expression says when something else was: "last year's bombings", "the September 11th attacks".

    A day goes over to the deed where its noun takes part in it ("Friday's attack killed six", "signed at Friday's
    summit"), no longer time does.
    """
    noun = s.tokens[head.head]
    if head.dep not in {"poss", "nmod", "compound", "npadvmod", "nummod"} or noun.tag not in {"NN", "NNS"}:
        return False
    while noun.dep == "compound":
        noun = s.tokens[noun.head]
    if noun.i in {c.word, c.anchor, *c.results} or (noun.start < f.end and f.start < noun.end):
        return False
    if f.precision in {"year", "month", "season"}:
        return True
    above = s.tokens[noun.head]
    return noun.dep == "pobj" and above.lower not in {"in", "at", "during", "on", "with", "by", "to"}


def _head(s: Sentence, f: Found) -> Token | None:
    inside = [t for t in s.tokens if t.start < f.end and f.start < t.end]
    ids = {t.i for t in inside}
    return next((t for t in inside if t.head not in ids or t.head == t.i), None)


def _cost(s: Sentence, c: Candidate, head: Token) -> float | None:
    """How far an expression is from a trigger in the tree; None where it belongs to a clause of its own."""
    anchor = c.anchor
    nouns = lexicon().nouns
    up, down = s.path(c.word if s.tokens[c.word].tag.startswith("NN") and c.anchor == c.word else anchor, head.i)
    cost = 0.0
    for i in down[:-1]:
        dep = s.tokens[i].dep
        if dep == "relcl" and s.tokens[i].head == c.word and s.tokens[c.word].tag.startswith("NN"):
            cost += 2.0  # "a fire that swept through a train on Thursday"
            continue
        if dep in {"relcl", "ccomp", "parataxis"}:
            return None  # dated is what the subordinate clause says
        if s.tokens[i].tag.startswith("NN") and i != c.word and dep == "pobj" and singular(s.tokens[i].lower) in nouns:
            cost += 4.0  # "in retaliation for a strike on 1 April": the strike's day
        cost += {"advcl": 4.0, "acl": 3.0, "conj": 3.0, "xcomp": 0.5, "pcomp": 3.0}.get(dep, 0.6)
    for i in up[:-1]:
        dep = s.tokens[i].dep
        if dep == "relcl" and _meanwhile(s, i):
            cost += 1.0  # "a mutiny in which his men seized the town"
        elif dep == "relcl":
            return None  # "soldiers who were killed": what holds for the main clause does not hold for them
        if dep == "ccomp":
            # "said on Monday that …": the day of saying, at worst a day off
            cost += 2.0
        else:
            driven = dep == "advcl" and _driven(s, i)
            cost += 0.5 if driven else {"advcl": 2.0, "acl": 2.0, "conj": 1.5, "xcomp": 0.5, "pcomp": 2.0}.get(dep, 0.6)
    return cost


def _meanwhile(s: Sentence, i: int) -> bool:
    """Whether a relative clause tells what happened in the course of its noun: "in which", "during which", "when"."""
    if any(t.lower == "when" for t in s.children(i, "advmod")):
        return True
    return any(
        p.lower in {"in", "during"} and any(o.lower == "which" for o in s.children(p.i, "pobj"))
        for p in s.children(i, "prep")
    )


def _driven(s: Sentence, i: int) -> bool:
    """ "pushed him to step down": the clause that a causing verb brings about shares its time."""
    lex = lexicon()
    head = s.tokens[s.tokens[i].head]
    to = any(a.lower == "to" for a in s.children(i, "aux"))
    return to and any(lemma in lex.words["modality.real"] for lemma in lex.lemmas.get(head.lower, ()))
