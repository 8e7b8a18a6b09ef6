"""How many were killed, wounded, arrested … by a sentence, for its event: a range, with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapper.events.lexicon import word_set
from mapper.events.quantities import Quantity, quantities
from mapper.model import Figure, FigureKind, Span

_DONE: dict[FigureKind, frozenset[str]] = {
    "killed": word_set("killed slain murdered executed massacred drowned"),
    "wounded": word_set("wounded injured hurt hospitalised hospitalized maimed"),
    "arrested": word_set("arrested detained jailed imprisoned"),
    "abducted": word_set("abducted kidnapped"),
    "displaced": word_set("displaced evacuated uprooted"),
}
_OF_THEMSELVES: dict[FigureKind, frozenset[str]] = {
    "killed": word_set("dead died dies die perished deaths fatalities"),
    "wounded": word_set("injuries"),
    "missing": word_set("missing unaccounted"),
    "arrested": word_set("arrests"),
    "displaced": word_set("homeless fled"),
}
_DOING: dict[FigureKind, frozenset[str]] = {
    "killed": word_set("kill kills killed killing murdered murdering slaying executing executed massacring drowning"),
    "wounded": word_set("wound wounds wounded wounding injure injures injured injuring hurting maiming"),
    "arrested": word_set("arrest arrests arrested arresting detain detains detained detaining jailed jailing"),
    "abducted": word_set("abduct abducts abducted abducting kidnap kidnaps kidnapped kidnapping"),
    "displaced": word_set("displace displaces displaced displacing evacuate evacuated evacuating"),
}
_TOLL = re.compile(
    r"(?:death toll|number of (?:dead|deaths)|toll)\b[^.;]{0,40}?\b(?:to|at|of|reached|hit|passed|was|is)\s$|"
    r"(?:claim(?:ed|ing|s)?|cost|took|taking) (?:the )?lives of\s$",
    re.IGNORECASE,
)
_STOPS = word_set("and but while when after as who whom which that with by , ; : . ( ) – —")
_BE = word_set(
    "was were is are been be being have has had reported feared believed left also confirmed still to get got"
)
_AFTER = word_set("""
    in by when after on during and as while at near , . ; : ) – — outside inside across since over last this today
    yesterday or but from with according before including under monday tuesday wednesday thursday friday saturday sunday
    so
""")
_NOT_PEOPLE = word_set("""
    years year months month weeks week days day hours hour minutes minute km kilometres kilometers miles metres meters
    dollars euros percent times people's january february march april may june july august september october november
    december jan feb mar apr jun jul aug sep sept oct nov dec animals cattle cows sheep goats houses homes buildings
""")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\s\w]")
_LISTED = re.compile(r" (?:[a-z-]+ ){1,3}and ")
_ASIDE = re.compile(r"^([^,;.()]{0,40}), [^,;.()]{1,50}, (?=(?:was|were|had|have|are)\b)")
_REACH = 7  # words after a number among which what befell them is looked for


def figures(text: str, sentence: Span) -> list[Figure]:
    """Every count of people harmed, held or driven out in a sentence, by offsets into the text."""
    said = sentence.of(text)
    found = []
    before: Quantity | None = None
    for q in quantities(said):
        kind, started = _kind(said, q), before
        before = q if kind is None else None
        if kind is not None:
            if started is not None and _LISTED.fullmatch(said[started.end : q.start]):
                q = _sum(started, q)  # noqa: PLW2901 - "nine soldiers and two civilians were killed"
            start, end = sentence.start + q.start, sentence.start + q.end
            found.append(
                Figure(
                    start=start, end=end, kind=kind, low=q.low, high=q.high, qualifier=q.qualifier, text=text[start:end]
                )
            )
    return found


def _sum(a: Quantity, b: Quantity) -> Quantity:
    low = a.low + b.low if a.low is not None and b.low is not None else None
    high = a.high + b.high if a.high is not None and b.high is not None else None
    if low is None and high is None:
        return b
    return Quantity(a.start, b.end, low, high, a.qualifier or b.qualifier)


def _kind(said: str, q: Quantity) -> FigureKind | None:
    before = [w.lower() for w in _WORD.findall(said[max(0, q.start - 60) : q.start])]
    after = [w.lower() for w in _WORD.findall(_ASIDE.sub(r"\1 ", said[q.end : q.end + 120]))]
    if after and after[0] in _NOT_PEOPLE:
        return None
    passive = len(before) > 1 and before[-2] in _BE and before[-1] not in _DONE  # "were killed 12" is not said
    if before and not passive:
        for kind, words in _DOING.items():
            if before[-1] in words:
                return kind
    if _TOLL.search(said[max(0, q.start - 80) : q.start]):
        return "killed"
    if after[:1] == ["lives"]:
        return "killed" if before[-1:] and before[-1].startswith(("claim", "cost", "took", "tak")) else None
    return _befell(after)


def _befell(after: Sequence[str]) -> FigureKind | None:
    """What is said of people right after their number: "people were killed", "others wounded", "dead"."""
    for n, word in enumerate(after[:_REACH]):
        for kind, words in _OF_THEMSELVES.items():
            if word in words:
                return kind
        for kind, words in _DONE.items():
            if word in words:
                told = n and after[n - 1] in _BE
                following = after[n + 1] if n + 1 < len(after) else "."
                return kind if told or following in _AFTER else None  # "12 gunmen killed five": they did it
        if word in _STOPS or word in _NOT_PEOPLE or word.isdecimal():
            return None
    return None


_HARM = frozenset({"ASSAULT", "ACCIDENT", "DISASTER"})
# The types that a figure belongs to, first those that it is the very matter of.
_SUITED: dict[FigureKind, tuple[frozenset[str], ...]] = {
    "killed": (_HARM, frozenset({"PROTEST", "COERCE"})),
    "wounded": (_HARM, frozenset({"PROTEST", "COERCE"})),
    "missing": (_HARM,),
    "arrested": (frozenset({"COERCE"}), frozenset({"PROTEST", "ASSAULT"})),
    "abducted": (frozenset({"ASSAULT", "COERCE"}),),
    "displaced": (_HARM, frozenset({"COERCE"})),
}


def assigned(found: Sequence[Figure], events: Sequence[tuple[str, Span]]) -> list[tuple[Figure, ...]]:
    """The figures of a sentence by its events (type and trigger): each goes to the nearest that can have it."""
    mine: list[list[Figure]] = [[] for _ in events]
    for figure in found:
        for types in _SUITED[figure.kind]:
            near = [
                (max(trigger.start - figure.end, figure.start - trigger.end, 0), n)
                for n, (type_, trigger) in enumerate(events)
                if type_ in types
            ]
            if near:
                mine[min(near)[1]].append(figure)
                break
    return [tuple(f) for f in mine]
