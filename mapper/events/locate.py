"""Where an event happened: the role of each place named around it, and the one location to draw, at the precision
known.

Precision codes, with ACLED's geo_precision and UCDP's where_prec beside them:

==========  ====================================================  =====  ====
precision   the text names                                        ACLED  UCDP
==========  ====================================================  =====  ====
exact       a building, bridge, camp, hill, crossing …            1      1
near        a point "near" or "outside" which it was (radius_km)  2      2
settlement  a city, town, village or quarter                      1      1
admin2      a district or another unit below the first level      2      3
admin1      a province, state or governorate                      3      4
region      a vernacular region or a water body                   3      5 in one country, 7 across countries
country     a country                                             3      6
==========  ====================================================  =====  ====
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mapper.events.candidate import Candidate
from mapper.events.lexicon import lexicon, word_set
from mapper.events.linking import Model, Scored, model, score
from mapper.events.placing_features import Within, contains, linked, place_class
from mapper.events.syntax import Sentence, Token
from mapper.model import EventPlace, Location, LocationBasis, PlaceRef, PlaceRole, Precision, Toponym

NEAR_KM = {"near": 25.0, "outside": 15.0, "around": 25.0, "off": 50.0}
"""How far "near X" and the like may reach: ours, chosen wide enough for what reporters call near."""

_CODES: dict[Precision, tuple[int, int]] = {
    "exact": (1, 1),
    "near": (2, 2),
    "settlement": (1, 1),
    "admin2": (2, 3),
    "admin1": (3, 4),
    "country": (3, 6),
    "region": (3, 7),
}
_FINENESS: dict[Precision, int] = {
    "exact": 0, "settlement": 1, "near": 2, "admin2": 3, "admin1": 4, "region": 5, "country": 6,
}  # fmt: skip
_IN_CAPITALS = 0.25  # probability that the best name of a sentence all in capitals needs
_SETTLED = 0.95  # probability of what grammar alone decides
_LEAVING = word_set("""
    depart leave flee return withdraw retreat fly travel come arrive pull deport expel evacuate
""")
_GOING = word_set("""
    depart leave head fly travel go return send deploy dispatch flee move arrive deliver ship donate deport
    repatriate extradite pledge offer promise sell export provide supply give
""")
_ABOUT = frozenset({"about", "on", "over", "regarding", "concerning", "amid", "despite", "against", "for", "of"})
VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE", "COOPERATE"})
"""Types that happen where the words are said, not where what they are about lies."""
_INSIDE = frozenset({"in", "inside", "at", "across", "throughout", "near", "outside", "around", "within"})
# Domestic events: whose country is the actor's own where the text names no other place (the one exception).
DOMESTIC = frozenset({"PROTEST", "ELECTION", "LEADERSHIP_CHANGE"})


@dataclass(frozen=True, slots=True)
class Placing:
    """An event's places with their roles, its location and the reason for it."""

    places: tuple[EventPlace, ...]
    location: Location | None
    why: str
    toponym: int | None = None


def place(
    s: Sentence,
    c: Candidate,
    toponyms: Sequence[Toponym],
    here: Sequence[int],
    *,
    within: Within | None = None,
    using: Model | None = None,
) -> Placing:
    """Give each toponym of the sentence its role in the event, and the event its location where one is stated."""
    chosen_model = using or model()
    scored = [_grammatical(s, c, toponyms, p) for p in score(s, c, toponyms, here, within=within, using=chosen_model)]
    happened = [
        p for p in scored if p.probability >= chosen_model.threshold and _may_hold(s, c, toponyms[p.toponym], p)
    ]
    names = {n.index: n for n in linked(s, toponyms, here)}
    if not happened and s.shouted and c.type not in VERBAL:
        # Capitals hide names from the tagger and make every probability low: the one name that stands out.
        best = max(scored, key=lambda p: (p.probability, -p.toponym), default=None)
        if best is not None and best.probability >= _IN_CAPITALS and _may_hold(s, c, toponyms[best.toponym], best):
            happened = [best]
    roles: list[EventPlace] = []
    chosen = {p.toponym for p in happened}
    for p in scored:
        role: PlaceRole = (
            "happened_at" if p.toponym in chosen else _other_role(s, c, names[p.toponym].head.i, p, toponyms[p.toponym])
        )
        roles.append(EventPlace(toponym=p.toponym, role=role))
    located = [p for p in happened if toponyms[p.toponym].place is not None]
    if not located and (c.type in {"MOBILIZE", "AID"} or c.mode == "visit"):
        # Where troops, aid and visitors went is where the deed took place.
        gone = {r.toponym for r in roles if r.role == "destination"}
        located = [
            p
            for p in scored
            if p.toponym in gone and toponyms[p.toponym].kind == "literal" and toponyms[p.toponym].place is not None
        ]
    if not located:
        return Placing(tuple(roles), None, "")
    finest = _finest(located, toponyms, within)
    location = locate(toponyms[finest.toponym], basis="stated", preposition=finest.preposition)
    return Placing(tuple(roles), location, finest.why, finest.toponym)


def _grammatical(s: Sentence, c: Candidate, toponyms: Sequence[Toponym], p: Scored) -> Scored:
    """What grammar settles by itself: "Mali, where …" is the place; what is talked about is not where it is
    talked of."""
    head = s.head_of(toponyms[p.toponym])
    if head is None:
        return p
    t = toponyms[p.toponym]
    if _where_clause(s, c, head.i):
        return replace(p, probability=max(p.probability, _SETTLED), why=f'"{t.text}, where …"')
    if c.type in DOMESTIC | {"RETREAT"} and t.kind != "demonym" and _is_the_country(s, c, head, t):
        return replace(p, probability=max(p.probability, _SETTLED), why=f'"{t.text}", whose own affair it is')
    if (c.type in VERBAL or (c.type == "SANCTION" and c.mode != "convict")) and (
        _is_theme(s, c, head.i, p.preposition) or is_region(t)
    ):
        return replace(p, probability=min(p.probability, 0.1))
    if c.status == "background" and c.tense != "pluperfect" and _behind_relative(s, c, head.i):
        return replace(p, probability=min(p.probability, 0.1))
    if p.preposition == "of" and _out_of(s, c, head):
        return replace(p, probability=max(p.probability, 0.6), why=f'"out of {t.text}"')
    return p


def _out_of(s: Sentence, c: Candidate, head: Token) -> bool:
    """ "drove them out of Mali": what drives out happens where it drives out of."""
    preposition = s.tokens[head.head]
    out = s.tokens[preposition.head]
    return out.lower == "out" and out.head in {c.word, c.anchor}


def _behind_relative(s: Sentence, c: Candidate, head: int) -> bool:
    """Whether the trigger is in a relative clause that leaves the name out: "the grave in Carthage of men who fell"."""
    up, _ = s.path(c.anchor, head)
    return any(s.tokens[i].dep == "relcl" for i in up[:-1])


def _is_the_country(s: Sentence, c: Candidate, head: Token, t: Toponym) -> bool:
    """ "Burkina Faso will vote", "voters in Congo", "president of Gambia": the country of a domestic event."""
    if place_class(t) != "country" or (c.type == "RETREAT" and c.mode != "resign"):
        return False
    subjects = [*s.children(c.anchor, "nsubj", "nsubjpass"), *s.children(c.word, "poss")]
    if c.type == "ELECTION" and head in subjects:
        return True
    preposition = s.tokens[head.head]
    if head.dep != "pobj" or preposition.lower not in {"in", "of"}:
        return False
    holder = s.tokens[preposition.head]
    office = c.type != "PROTEST" and holder.lower in lexicon().words["classes.official"]
    return holder in subjects or (office and preposition.lower == "of")


def _where_clause(s: Sentence, c: Candidate, head: int) -> bool:
    at = s.tokens[c.anchor]
    for above in (at, *s.ancestors(at.i)):
        if above.dep in {"relcl", "advcl", "acl"} and any(t.lower == "where" for t in s.children(above.i, "advmod")):
            holder = above.head
            return holder == head or (s.tokens[holder].dep in {"appos", "conj"} and s.tokens[holder].i == head)
        if above.dep in {"relcl", "ccomp"}:
            return False
    return False


def _is_theme(s: Sentence, c: Candidate, head: int, preposition: str) -> bool:
    """Whether a name stands inside what a speech act is about: below an object, a clause or "about/on/over"."""
    if c.mode == "visit":
        return preposition in _ABOUT  # what is visited is where the visit is
    if preposition in {"to", "into", "from", "toward", "towards"}:
        return True
    _, down = s.path(c.word, head)
    _, from_anchor = s.path(c.anchor, head)
    path = from_anchor if len(from_anchor) < len(down) or c.word in from_anchor else down
    for i in path[1:-1] if path[0] == head else path[:-1]:
        token = s.tokens[i]
        if token.dep == "prep" and token.lower in _ABOUT:
            return True
        if token.dep in {"ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp"}:
            return True
        if token.dep == "dobj" and i != c.word and i != head:
            return True
    return False


def _may_hold(s: Sentence, c: Candidate, t: Toponym, p: Scored) -> bool:
    """Whether a name's reading allows something to happen there: "in Washington" does, "Washington offers" does not."""
    if t.kind == "literal" or p.probability >= _SETTLED:
        return True
    head = s.head_of(t)
    if t.kind == "demonym" or head is None or head.dep == "nsubj":
        return False
    if p.preposition in _INSIDE or c.type not in VERBAL:
        return True
    return head.dep == "dobj" and c.mode == "visit"  # one visits the country, not its government


def _other_role(s: Sentence, c: Candidate, head: int, p: Scored, t: Toponym) -> PlaceRole:
    if t.kind in {"demonym", "embedded"}:
        return "mentioned"
    lex = lexicon()
    name_chain = [head, *(a.i for a in s.ancestors(head))]
    preposition = next(
        (
            s.tokens[i]
            for i in name_chain[1:4]
            if s.tokens[i].dep in {"prep", "dative"} and s.tokens[i].lower == p.preposition
        ),
        None,
    )
    if preposition is None:
        return "mentioned"
    governor = s.tokens[preposition.head]
    lemmas = set(lex.lemmas.get(governor.lower, ()))
    if governor.i in {c.word, c.anchor}:
        if preposition.lower in {"from", "out"}:
            return "origin"
        if preposition.lower in {"to", "into", "for", "toward", "towards"} and (
            lemmas & _GOING or c.type in {"AID", "AGREE", "CONSULT", "MOBILIZE", "RETREAT"}
        ):
            return "destination"
    if preposition.lower in {"in", "at", "from"} and lemmas & lex.words["speech.verbs"]:
        return "statement_at"
    return "mentioned"


def _finest(happened: list[Scored], toponyms: Sequence[Toponym], within: Within | None) -> Scored:
    """The finest of several places; a container yields to what lies in it; between equals the likelier."""

    def key(p: Scored) -> tuple[bool, int, float, int]:
        place = toponyms[p.toponym].place
        if place is None:
            return True, 9, 0.0, p.toponym
        holds = any(
            other.toponym != p.toponym and _holds(place, toponyms[other.toponym].place, within) for other in happened
        )
        return holds, _FINENESS[precision_of(place, p.preposition)[0]], -round(p.probability, 6), p.toponym

    return min(happened, key=key)


def _holds(outer: PlaceRef, inner: PlaceRef | None, within: Within | None) -> bool:
    if inner is None or inner.id == outer.id:
        return False
    if contains(outer.id, inner.id, within):
        return True
    return (
        outer.feature_code.startswith("PCL")
        and outer.country_code == inner.country_code
        and not inner.feature_code.startswith("PCL")
    )


def precision_of(place: PlaceRef, preposition: str = "") -> tuple[Precision, float | None]:
    """The precision that naming a place gives, with the radius in kilometres where the text says "near" or
    "outside"."""
    if place.feature_code.startswith("PCL"):
        return "country", None
    if place.feature_code == "ADM1":
        return "admin1", None
    if place.feature_class == "A":
        return "admin2", None
    if place.footprint != "point" or place.feature_code in {"RGN", "CONT"} or place.id.startswith("region:"):
        return "region", None
    if preposition in NEAR_KM:
        return "near", NEAR_KM[preposition]
    return ("settlement", None) if place.feature_class == "P" else ("exact", None)


def locate(t: Toponym, *, basis: LocationBasis, preposition: str = "") -> Location | None:
    """The location that a resolved toponym gives, None for an unresolved one."""
    return located(t.place, basis=basis, preposition=preposition) if t.place is not None else None


def located(place: PlaceRef, *, basis: LocationBasis, preposition: str = "") -> Location:
    """A place as an event's location."""
    precision, radius = precision_of(place, preposition)
    acled, ucdp = _CODES[precision]
    if precision == "region" and place.country_code is not None:
        ucdp = 5
    return Location(
        place_id=place.id,
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        country_code=place.country_code,
        footprint=place.footprint,
        basis=basis,
        precision=precision,
        radius_km=radius,
        acled_geo_precision=acled,
        ucdp_where_prec=ucdp,
    )


def is_region(t: Toponym) -> bool:
    """Whether a toponym names a region wider than a country, which is never inherited."""
    return place_class(t) in {"region", "water"} and (t.place is None or t.place.country_code is None)
