"""Where an event of a language without a parser happened, by the words before the names of its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from mapper.events.dates import Found
from mapper.events.languages.phrases import Phrase, Phrases
from mapper.events.linking import Scored
from mapper.events.locate import Placing, located, of_list
from mapper.events.placing_lists import lists
from mapper.events.syntax import Sentence, Token
from mapper.model import EventPlace, Span, Toponym

_PLACED = frozenset(
    {"ASSAULT", "PROTEST", "COERCE", "DISASTER", "ACCIDENT", "CONSULT", "AID", "ELECTION", "CEREMONY", "MOBILIZE"}
    | {"RETREAT", "LEADERSHIP_CHANGE"}
)
_NATURE = frozenset({"DISASTER", "ACCIDENT"})
_ARTICLES = frozenset({"", "la", "le", "l'", "l’", "el", "los", "las", "les"})
_CLAUSE_END = re.compile(r"[;:!?]|[.,،؛](?=\s)|\s[-–—]\s")
_WORD = re.compile(r"\w+|[^\w\s]")
_LED = 40  # characters before a name in which what leads to it stands


def clause_at(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause around a stretch of a sentence begins and ends, as far as its marks tell."""
    begin = max((m.end() for m in _CLAUSE_END.finditer(sentence) if m.end() <= start), default=0)
    stop = next((m.start() for m in _CLAUSE_END.finditer(sentence) if m.start() >= end), len(sentence))
    return begin, stop


def place(
    phrase: Phrase,
    trigger: Span,
    here: Sequence[int],
    toponyms: Sequence[Toponym],
    dated: Sequence[Found],
    text: str,
    span: Span,
    known: Phrases,
) -> Placing:
    """The place behind a preposition of place: the finest kind, then the nearest to the trigger.

    Words and measures have a target ("sanctions against Niger"), no place. Where someone tells of it is none either.
    """
    if phrase.type not in _PLACED and phrase.mode != "convict":
        return Placing((), None, "")
    ranked, said = [], []
    for i in here:
        t = toponyms[i]
        if t.kind != "literal" or t.place is None or t.text.lower() in known.common:
            continue
        if any(f.start < t.end and t.start < f.end for f in dated):
            continue
        led = known.place.search(text[max(span.start, t.start - _LED) : t.start])
        linked = phrase.kind == "noun" and trigger.end <= t.start and known.of.match(text[trigger.end : t.start])
        visited = phrase.mode == "visit" and text[trigger.end : t.start].strip().lower() in _ARTICLES
        if not led and not linked and not visited:
            continue
        if _tellers(span, trigger, t, text, known):
            said.append(i)
            continue
        area = t.place.feature_class != "P"
        gap = t.start - trigger.end if t.start >= trigger.end else 20 + trigger.start - t.end
        ranked.append((area, gap, i))
    there = tuple(EventPlace(toponym=i, role="statement_at") for i in said)
    if not ranked:
        return Placing(there, None, "")
    index = min(ranked)[2]
    read = _read(span, text, [toponyms[i] for i in here])
    named = next((n for n in lists(read, toponyms, here, None, (), known.joining) if index in n.members), None)
    at = {index} if named is None else set(named.members)
    roles = tuple(EventPlace(toponym=i, role="happened_at") for i in sorted(at))
    chosen = toponyms[index]
    if chosen.place is None:
        return Placing(there, None, "")
    placing = Placing(
        tuple(sorted((*roles, *there), key=lambda r: r.toponym)),
        located(chosen.place, basis="stated"),
        _why(chosen),
        index,
    )
    if named is None or (phrase.type in _NATURE and not named.one_of):
        return placing
    members = [
        Scored(toponym=i, probability=1.0, why=_why(toponyms[i]), preposition="")
        for i in named.members
        if toponyms[i].place is not None
    ]
    return of_list(placing, named, members, toponyms)


def _why(t: Toponym) -> str:
    return f'"{t.text}" behind a preposition of place'


def _tellers(span: Span, trigger: Span, t: Toponym, text: str, known: Phrases) -> bool:
    """ "Un responsable à Paris a déclaré que …", "…, informó la policía en Bogotá": who tells of it is there."""
    sentence = span.of(text)
    begin, stop = clause_at(sentence, t.start - span.start, t.end - span.start)
    begin = max([begin, *(m.end() for m in known.that.finditer(sentence) if m.end() <= t.start - span.start)])
    stop = min([stop, *(m.start() for m in known.that.finditer(sentence) if m.start() >= t.end - span.start)])
    apart = trigger.end - span.start <= begin or stop <= trigger.start - span.start
    return apart and known.said.search(sentence[begin:stop]) is not None


def _read(span: Span, text: str, names: Sequence[Toponym]) -> Sentence:
    """A sentence as its words alone, names cut from the "and" they are written with: enough to see what it lists."""
    cuts = sorted({span.start, span.end, *(n.start for n in names)})
    found = [(a + m.start(), a + m.end(), m.group()) for a, b in pairwise(cuts) for m in _WORD.finditer(text[a:b])]
    tokens = [
        Token(i=i, text=word, lower=word.lower(), tag="", dep="", head=i, start=start, end=end)
        for i, (start, end, word) in enumerate(found)
    ]
    return Sentence(span, "body", tokens)
