"""Places named in one breath: "in Oran, Algiers and Constantine" is three, "either in Gao or in Kidal" one that is
left open, "in Oran, Algeria" one and what it lies in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from mapper.events.lexicon import singular, word_set
from mapper.events.placing_features import Within, contains
from mapper.events.placing_scope import DIRECTIONS, SIDES
from mapper.events.syntax import Sentence
from mapper.model import PlaceRef, Span, Toponym


@dataclass(frozen=True, slots=True)
class Joining:
    """The words, of one language, that join the names of a list or stand before one of them."""

    led_by: frozenset[str]
    both: frozenset[tuple[str, ...]]
    either: frozenset[tuple[str, ...]]
    one_of: frozenset[str]


ENGLISH = Joining(
    led_by=word_set("in at near inside outside around of on across within the both also cities"),
    both=frozenset({("and",), ("&",), ("as", "well", "as"), ("and", "then")}),
    either=frozenset({("or",), ("nor",), ("and", "/", "or")}),
    one_of=frozenset({"between", "either"}),
)
_SET_BY = word_set("in at near of outside around inside within")
_MORE = word_set("other others elsewhere several many some dozens")
_LOOSE = 8  # tokens between two places of one clause: "a market in Maiduguri and a mosque in Kano"
_BESIDE_KM = 25.0  # a name set beside one so near by a mere comma says where it is: "Gombe, Kinshasa"
_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Named:
    """Toponyms (by index, in text order) that one list names; ``one_of`` where only one of them, or what lies between
    them, can be meant."""

    members: tuple[int, ...]
    one_of: bool


def lists(
    s: Sentence,
    toponyms: Sequence[Toponym],
    indices: Sequence[int],
    within: Within | None = None,
    together: Sequence[int] = (),
    joining: Joining = ENGLISH,
) -> list[Named]:
    """The lists that a sentence's places make. ``together`` are those of one event, which may stand farther
    apart."""
    if len(indices) < 2:
        return []
    found: list[Named] = []
    chain: list[_Link] = []
    for link in _links(s, toponyms, indices, within, frozenset(together), joining):
        if not link.said:
            found += _named(s, chain, toponyms, within, joining)
            chain = []
        chain.append(link)
    return [*found, *_named(s, chain, toponyms, within, joining)]


@dataclass(frozen=True, slots=True)
class _Link:
    """A name, and how it is joined to the one before: ",", "and", "or", or not at all."""

    index: int
    said: str


def _links(
    s: Sentence,
    toponyms: Sequence[Toponym],
    indices: Sequence[int],
    within: Within | None,
    together: frozenset[int],
    joining: Joining,
) -> list[_Link]:
    found: list[_Link] = []
    last: Toponym | None = None
    end = 0
    for i in sorted(indices, key=lambda i: toponyms[i].start):
        t = toponyms[i]
        if t.start < end:
            continue
        said = "" if last is None else _said(s, Span(start=end, end=t.start), joining, together >= {found[-1].index, i})
        if last is not None and said == "," and _says_where(last.place, t.place, within):
            end = t.end  # "Oran, Algeria": what follows is joined to the two as to one
            continue
        if t.kind not in {"literal", "metonym"}:
            last, end = None, t.end
            continue
        found.append(_Link(i, said))
        last, end = t, t.end
    return found


def _said(s: Sentence, gap: Span, joining: Joining, together: bool) -> str:
    tokens = [t for t in s.tokens if gap.start <= t.start and t.end <= gap.end]
    words = [t.lower for t in tokens if t.text not in {"(", ")"}]
    bare = tuple(w for w in words if w not in joining.led_by and singular(w) not in SIDES and w not in DIRECTIONS)
    if bare in {(",",), ("،",)}:
        return "," if not set(words) & _SET_BY else ""  # ", near X" and ", in X" say where the last one lies
    bare = bare[1:] if bare[:1] in {(",",), ("،",)} else bare
    if bare in joining.both:
        return "and"
    if bare in joining.either:
        return "or"
    plain = len(tokens) <= _LOOSE and words.count("and") == 1 and not {"or", ";", ":"} & set(words)
    return "and" if together and plain and not any(t.tag.startswith(("VB", "W")) for t in tokens) else ""


def _named(
    s: Sentence, chain: Sequence[_Link], toponyms: Sequence[Toponym], within: Within | None, joining: Joining
) -> list[Named]:
    joined = [n for n, link in enumerate(chain) if link.said in {"and", "or"} or _goes_on(s, toponyms, link)]
    if not joined:
        return []  # commas alone make no list
    chain = chain[: joined[-1] + 1]
    first = toponyms[chain[0].index].start
    before = [t.lower for t in s.tokens if t.end <= first]
    before = [w for w in before if w not in joining.led_by and singular(w) not in SIDES][-1:]
    one_of = any(link.said == "or" for link in chain) or (bool(before) and before[0] in joining.one_of)
    members: list[int] = []
    for link in chain:
        place = toponyms[link.index].place
        if place is not None and any(holds(place, toponyms[other.index].place, within) for other in chain):
            continue  # "in Bamako and elsewhere in Mali"
        if place is None or place.id not in {p.id for i in members if (p := toponyms[i].place) is not None}:
            members.append(link.index)
    return [Named(tuple(members), one_of)] if len(members) > 1 else []


def _goes_on(s: Sentence, toponyms: Sequence[Toponym], link: _Link) -> bool:
    """ "in Barcelona, Madrid, Seville and other cities": a list that ends in no name, or in one that nobody knows."""
    after = [t for t in s.tokens if t.start >= toponyms[link.index].end]
    after = after[1:] if after and after[0].text == "," else after
    if len(after) < 2 or after[0].lower != "and":
        return False
    return after[1].lower in _MORE or after[1].tag.startswith("NNP")


def _says_where(part: PlaceRef | None, whole: PlaceRef | None, within: Within | None) -> bool:
    """Whether a name set after another by a comma only says where that one lies."""
    if part is None or whole is None:
        return False
    if holds(whole, part, within):
        return True
    return part.feature_class == whole.feature_class == "P" and apart_km(part, whole) < _BESIDE_KM


def holds(outer: PlaceRef, inner: PlaceRef | None, within: Within | None) -> bool:
    """Whether one place is the other's country, or holds it by the gazetteer."""
    if inner is None or outer.id == inner.id:
        return False
    country = outer.feature_code.startswith("PCL") and not inner.feature_code.startswith("PCL")
    return (country and outer.country_code == inner.country_code) or contains(outer.id, inner.id, within)


def apart_km(a: PlaceRef, b: PlaceRef) -> float:
    """The distance between two places, along a great circle."""
    p, q = radians(a.lat), radians(b.lat)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(h)))
