"""What an event's own sentence leaves open, taken from what the article set before: conservatively, and marked as such.

A place is inherited from a neighbouring telling or from the event that the article opens with, never a region wider
than
a country, never onto background. Domestic events fall back on the country of the actors' demonym ("Algerian
protesters").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from mapper.events.candidate import Candidate
from mapper.events.locate import located
from mapper.events.placing_features import Within, contains
from mapper.events.placing_rules import DOMESTIC
from mapper.events.syntax import Sentence
from mapper.events.visits import site_visited
from mapper.model import Actor, Article, EventDate, EventPlace, Location, PlaceRef, SegmentKind, Span, Toponym

_NEAR = 3  # sentences back from which a place still holds
_VERBAL = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE", "AID", "COOPERATE"}
)
_MATERIAL = frozenset({"ASSAULT", "COERCE", "DISASTER", "ACCIDENT"})
_HARM = frozenset({"ASSAULT", "DISASTER", "ACCIDENT"})


@dataclass(slots=True, kw_only=True)
class Draft:
    """An event in the making: what its sentence told, before the article's context is added."""

    candidate: Candidate
    evidence: Span
    kind: SegmentKind
    number: int
    sentence: Sentence | None
    actors: tuple[Actor, ...] = ()
    places: tuple[EventPlace, ...] = ()
    location: Location | None = None
    place_why: str = ""
    date: EventDate | None = None
    date_why: str = ""
    dated: bool = False
    here: tuple[int, ...] = field(default=())
    domestic: str | None = None
    site: bool = False
    several: bool = False
    """One of several places that one telling names: nothing after it is known to have happened in this one."""
    name: Span | None = None
    """The place's name, where another event of the same trigger stands first."""


def fill_in(drafts: Sequence[Draft], toponyms: Sequence[Toponym], article: Article, within: Within | None) -> None:
    """Complete dates and places in place."""
    for d in drafts:
        c = d.candidate
        d.site = site_visited(c.mode, c.span, d.evidence, d.actors, article.text)
    _dates(drafts, article)
    _places(drafts, toponyms, _focus(toponyms, article), within)


def _dates(drafts: Sequence[Draft], article: Article) -> None:
    """Undated news takes the day of the event that the article opens with, else the day of publication."""
    published = article.published[:10] if article.published else None
    told = [d for d in drafts if d.kind == "body" and d.dated and _is_news(d)]
    opening = [d for d in told if published is None or (d.date is not None and d.date.start <= published)]
    first = opening[0].number if opening else 0
    # The news is the latest of what the first paragraphs date; what led up to it is often dated too.
    lead = max(
        (d for d in opening if d.number <= first + 2),
        key=lambda d: (d.date.start if d.date else "", -d.number),
        default=None,
    )
    for n, d in enumerate(drafts):
        c = d.candidate
        if d.date is not None or d.dated or c.status != "reported" or d.kind == "caption":
            continue
        if c.tense == "pluperfect":
            d.date_why = "told as earlier than the rest; the text gives no date"
        elif (meant := _meant(d, drafts[:n])) is not None and meant.date is not None:
            d.date = replace(meant.date, basis="inferred")
            d.date_why = f'no date in its sentence; as in "{_said(meant)}"'
        elif lead is not None and lead.date is not None:
            d.date = replace(lead.date, basis="inferred")
            d.date_why = f'no date in its sentence; the article\'s own event is dated "{lead.date.text}"'
        elif published is not None:
            d.date = EventDate(start=published, end=published, precision="day", basis="published")
            d.date_why = "no date in its sentence; reported on this day"


def _meant(d: Draft, before: Sequence[Draft]) -> Draft | None:
    """The event that "the attack" points back to: the last of its type told with a date of its own."""
    if d.sentence is None or not d.sentence.tokens[d.candidate.word].tag.startswith("NN"):
        return None
    determiner = d.sentence.child(d.candidate.word, "det")
    if determiner is None or determiner.lower not in {"the", "this", "that", "these", "those"}:
        return None
    return next((o for o in reversed(before) if o.candidate.type == d.candidate.type and _is_news(o) and o.dated), None)


def _is_news(d: Draft) -> bool:
    """Whether something is reported with its day, or with the night between two."""
    if d.candidate.status != "reported" or d.date is None or d.date.end is None:
        return False
    first, last = date.fromisoformat(d.date.start), date.fromisoformat(d.date.end)
    return d.date.precision == "day" or (d.date.basis == "relative" and (last - first).days <= 1)


def _places(drafts: Sequence[Draft], toponyms: Sequence[Toponym], focus: _Focus, within: Within | None) -> None:
    anchor = _anchor(drafts)
    for n, d in enumerate(drafts):
        if d.location is not None or d.sentence is None:
            continue
        c = d.candidate
        if c.status == "background" or (c.status in {"denied", "hypothetical"}):
            _domestic(d, toponyms)
            continue
        literal = [toponyms[i] for i in d.here if toponyms[i].kind == "literal" and toponyms[i].place is not None]
        if _domestic(d, toponyms):
            continue
        source = _named_again(d, toponyms, anchor) or _host(d, drafts) or _neighbour(n, drafts, literal, within)
        source = source or _told_after(n, drafts, literal)
        if source is None and anchor is not None and c.type in _VERBAL and _fits_anchor(d, anchor, literal):
            source = anchor
        if source is None and (country := _at_home(d, focus, anchor, toponyms)) is not None:
            d.location = located(country, basis="inherited")
            d.place_why = f"not said in its sentence; the article is about {country.name}"
        if source is not None and source.location is not None:
            d.location = replace(source.location, basis="inherited")
            d.place_why = f'not said in its sentence; as in "{_said(source)}"'


@dataclass(frozen=True, slots=True)
class _Focus:
    """What an article is about.

    ``named`` is the country that it names most, ``plain`` whether it is plainly about that one; ``scene`` the country
    that most of its places lie in, where governments spoken of by their capitals count for nothing and peoples half.
    """

    named: PlaceRef | None
    plain: bool
    scene: PlaceRef | None


def _focus(toponyms: Sequence[Toponym], article: Article) -> _Focus:
    """A dateline counts with the rest, but what is named nowhere else is not what an article is about."""
    furniture = [s for s in article.segments if s.kind in {"byline", "credit", "boilerplate"}]
    filed = [s for s in article.segments if s.kind == "dateline"]
    told = [t for t in toponyms if not any(s.contains(t) for s in furniture)]
    countries: dict[str, PlaceRef] = {}
    for t in told:
        if t.place is not None and t.place.country_code is not None and t.place.feature_code.startswith("PCL"):
            countries.setdefault(t.place.country_code, t.place)
    matter = {t.place.country_code for t in told if t.place is not None and not any(s.contains(t) for s in filed)}
    all_alike = {"literal": 1, "demonym": 1, "metonym": 1, "embedded": 1}
    named = _leading(told, all_alike, share=0.4, lead=1.0)
    plain = named is not None and named == _leading(told, all_alike, share=0.5, lead=2.0)
    scene = _leading(told, {"literal": 2, "demonym": 1}, share=0.4, lead=1.25)
    about = {code: place for code, place in countries.items() if code in matter}
    return _Focus(about.get(named or ""), plain, about.get(scene or ""))


def _leading(toponyms: Sequence[Toponym], weights: dict[str, int], *, share: float, lead: float) -> str | None:
    """The country (code) with at least that share of the weight and that many times the next one's, three or more."""
    counts: dict[str, int] = {}
    for t in toponyms:
        if t.place is not None and t.place.country_code is not None:
            counts[t.place.country_code] = counts.get(t.place.country_code, 0) + weights.get(t.kind, 0)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < max(3, share * sum(counts.values())):
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= lead * ranked[1][1] else None


def _at_home(d: Draft, focus: _Focus, anchor: Draft | None, toponyms: Sequence[Toponym]) -> PlaceRef | None:
    """The country that the article is about, where an event with no place of its own may stand in it."""
    named = {t.place.country_code for t in (toponyms[i] for i in d.here) if t.kind != "demonym" and t.place is not None}
    if d.candidate.type in DOMESTIC:
        if focus.named is None or named - {focus.named.country_code}:
            return None
        scene = anchor.location if anchor is not None else None
        at_home = focus.plain if scene is None else scene.country_code == focus.named.country_code
        return focus.named if at_home else None
    if d.candidate.type not in _MATERIAL or d.kind != "body":
        return None
    actors = {a.country_code for a in d.actors if a.country_code}
    for country in (focus.named if focus.plain else None, focus.scene):
        if country is not None and not (named | actors) - {country.country_code}:
            return country
    return None


def _anchor(drafts: Sequence[Draft]) -> Draft | None:
    """The event that sets the scene: the first news of the body with a stated place that can be inherited."""
    return next(
        (
            d
            for d in drafts
            if d.kind == "body" and d.number <= 6 and _sets_scene(d) and d.candidate.status == "reported"
        ),
        None,
    )


def _sets_scene(d: Draft) -> bool:
    place = d.location
    return (
        place is not None
        and place.basis == "stated"
        and not d.several
        and not (place.precision == "region" and place.country_code is None)
    )


def _said(d: Draft) -> str:
    return d.candidate.why.strip('"').split('"')[0]


def _host(d: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """A meeting with a host in whose country the article tells of a visit on no other day.

    Not at a site that was visited as well: who lays flowers at a grave meets nobody there.
    """
    if d.candidate.type != "CONSULT":
        return None
    hosts = {a.country_code for a in d.actors if a.role == "recipient" and a.country_code}
    for other in drafts:
        c = other.candidate
        if (
            c.mode != "visit"
            or c.status != d.candidate.status
            or other.location is None
            or other.location.basis != "stated"
            or other.site
        ):
            continue
        apart = (
            d.dated
            and other.dated
            and d.date is not None
            and other.date is not None
            and d.date.start != other.date.start
        )
        if other.location.country_code in hosts and not apart:
            return other
    return None


def _named_again(d: Draft, toponyms: Sequence[Toponym], anchor: Draft | None) -> Draft | None:
    """Its sentence names the place of the article's own event, in a part that the linker left open."""
    if anchor is None or anchor.location is None or d.candidate.type not in _VERBAL or anchor.number == d.number:
        return None
    ids = {t.place.id for i in d.here if (t := toponyms[i]).place is not None and t.kind in {"literal", "metonym"}}
    return anchor if anchor.location.place_id in ids else None


def _neighbour(n: int, drafts: Sequence[Draft], literal: Sequence[Toponym], within: Within | None) -> Draft | None:
    """A telling just before, of the same kind and day, with a place that nothing in this sentence speaks against."""
    d = drafts[n]
    for other in reversed(drafts[max(0, n - 8) : n]):
        if (
            not _sets_scene(other)
            or not 0 <= d.number - other.number <= _NEAR
            or other.candidate.status != d.candidate.status
        ):
            continue
        if other.kind == "caption" or d.kind != other.kind or d.candidate.type in _VERBAL:
            continue
        kinds = {other.candidate.type, d.candidate.type}
        policed = kinds == {"PROTEST", "ASSAULT"} and "crowd-control" in {other.candidate.mode, d.candidate.mode}
        if len(kinds) > 1 and not kinds <= _HARM and not policed:
            continue
        place = other.location
        if place is None or (d.number == other.number and not _same_breath(d, other)):
            continue
        foreign = [t for t in literal if t.place is not None and t.place.country_code != place.country_code]
        if foreign or any(t.place is not None and _elsewhere(place, t, within) for t in literal):
            continue
        if (
            d.date is not None
            and other.date is not None
            and d.date.start != other.date.start
            and d.dated
            and other.dated
        ):
            continue
        return other
    return None


def _same_breath(d: Draft, other: Draft) -> bool:
    """Whether a clause is set beside another of its sentence: "…; one person was killed"."""
    if d.sentence is None:
        return False
    tokens = d.sentence.tokens
    if tokens[d.candidate.anchor].dep in {"conj", "parataxis", "advcl"}:
        return True
    between = tokens[min(other.candidate.anchor, d.candidate.anchor) : max(other.candidate.anchor, d.candidate.anchor)]
    return any(t.text == ";" for t in between)  # parsers take either half for the main clause


def _told_after(n: int, drafts: Sequence[Draft], literal: Sequence[Toponym]) -> Draft | None:
    """ "A bomb exploded … The blast took place in X": the same event named again, with its place."""
    d = drafts[n]
    if literal or d.candidate.type not in _HARM:
        return None
    for other in drafts[n + 1 : n + 5]:
        if other.number - d.number > 2:
            return None
        noun = other.sentence is not None and other.sentence.tokens[other.candidate.word].tag.startswith("NN")
        again = noun and other.candidate.type in _HARM and other.candidate.status == d.candidate.status
        if again and _sets_scene(other) and other.sentence is not None:
            determiner = other.sentence.child(other.candidate.word, "det")
            if determiner is not None and determiner.lower in {"the", "this"}:
                return other
    return None


def _elsewhere(place: Location, t: Toponym, within: Within | None) -> bool:
    """Whether a named place is another one than (and does not hold) the place to be inherited."""
    return (
        t.place is not None
        and t.place.id != place.place_id
        and t.place.feature_class == "P"
        and not contains(t.place.id, place.place_id, within)
    )


def _fits_anchor(d: Draft, anchor: Draft, literal: Sequence[Toponym]) -> bool:
    """Whether something said belongs to the meeting or visit that the article opens with: it shares someone with it."""
    if anchor.candidate.type not in _VERBAL or d.kind != "body" or anchor.location is None:
        return False
    if anchor.site:
        return False
    codes = {t.place.country_code for t in literal if t.place is not None}
    if codes and anchor.location.country_code not in codes and any(p.role == "happened_at" for p in d.places):
        return False
    mine = _names(d)
    return bool(mine & _names(anchor)) or anchor.location.country_code in {a.country_code for a in d.actors}


def _names(d: Draft) -> set[str]:
    return {
        w.lower()
        for a in d.actors
        for w in a.text.split()
        if w[:1].isupper() and len(w) > 2 and w not in {"The", "Mr.", "President"}
    }


def _domestic(d: Draft, toponyms: Sequence[Toponym]) -> bool:
    """CONTRACT's one exception: a domestic event in the country of its actors' demonym."""
    c = d.candidate
    if not (c.type in DOMESTIC or c.mode == "resign") or d.domestic is None:
        return False
    for i in d.here:
        t = toponyms[i]
        if (
            t.kind == "demonym"
            and t.place is not None
            and t.place.country_code == d.domestic
            and t.place.feature_code.startswith("PCL")
        ):
            d.location = located(t.place, basis="inferred")
            d.place_why = f'no place named; domestic event of "{t.text}" actors, at country precision'
            return True
    return False
