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

from mapper.events.away import away_km
from mapper.events.candidate import Candidate
from mapper.events.lexicon import lexicon, singular, word_set
from mapper.events.linking import Model, Scored, model, score
from mapper.events.placing_features import Within, linked
from mapper.events.placing_lists import Named, apart_km, holds, lists
from mapper.events.placing_rules import INSIDE, SETTLED, VERBAL, grammatical
from mapper.events.placing_scope import SIDES, surface
from mapper.events.syntax import Sentence
from mapper.model import EventPlace, Location, LocationBasis, PlaceRef, PlaceRole, Precision, Span, Toponym

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
FINENESS: dict[Precision, int] = {
    "exact": 0, "settlement": 1, "near": 2, "admin2": 3, "admin1": 4, "region": 5, "country": 6,
}  # fmt: skip
_MOST = 40  # names in one sentence
_FAR_KM = 300.0  # away beyond which a place says too little to draw something near it
_OPEN_KM = 400.0  # apart beyond which two places between which something happened say too little to draw
_SURE = {"embedded": 0.5}
_SURE_ENOUGH = 0.25  # below it every other place is a wrong one, below a half where a name stands inside another
_TRUSTED = 0.6  # confidence in what is said to hold a place that outweighs the place itself
_STREETS = word_set("street st avenue ave road rd lane drive boulevard blvd highway parkway expressway square crescent")
_IN_CAPITALS = 0.25  # probability that the best name of a sentence all in capitals needs
_GOING = word_set("""
    depart leave head fly travel go return send deploy dispatch flee move arrive deliver ship donate deport
    repatriate extradite pledge offer promise sell export provide supply give
""")


@dataclass(frozen=True, slots=True)
class Placing:
    """An event's places with their roles, its location and the reason for it.

    ``others``: the same for each further place that one telling names, "in Oran, Algiers and Constantine".
    """

    places: tuple[EventPlace, ...]
    location: Location | None
    why: str
    toponym: int | None = None
    others: tuple[Placing, ...] = ()


def place(
    s: Sentence,
    c: Candidate,
    toponyms: Sequence[Toponym],
    here: Sequence[int],
    *,
    within: Within | None = None,
    using: Model | None = None,
) -> Placing:
    """Give each toponym of the sentence its role in the event, and the event its location where one is stated.

    Of a list of very many only those nearest the event are weighed, since each is weighed against every other.
    """
    chosen_model = using or model()
    if len(here) > _MOST:
        at = s.tokens[c.word].start
        here = sorted(sorted(here, key=lambda index: abs(toponyms[index].start - at))[:_MOST])
    found = [
        replace(p, away_km=away_km(s, toponyms[p.toponym]))
        for p in score(s, c, toponyms, here, within=within, using=chosen_model)
    ]
    scored, happened = settled(s, c, toponyms, found, chosen_model.threshold, within)
    names = {n.index: n for n in linked(s, toponyms, here)}
    roles: list[EventPlace] = []
    chosen = {p.toponym for p in happened}
    for p in scored:
        role: PlaceRole = (
            "happened_at" if p.toponym in chosen else _other_role(s, c, names[p.toponym].head.i, p, toponyms[p.toponym])
        )
        roles.append(EventPlace(toponym=p.toponym, role=role))
    astray = _astray(s, toponyms, here)
    near = [p for p in scored if p.away_km is None or p.away_km <= _FAR_KM]
    located = [p for p in happened if p in near and p.toponym not in astray and sure(toponyms[p.toponym])]
    if not located:
        wholes = {astray[p.toponym] for p in happened if p.toponym in astray}
        located = [p for p in scored if p.toponym in wholes and sure(toponyms[p.toponym])]
    if happened and not located:
        located = [p for p in near if _around(s, toponyms, happened, p)]
    if not located and (c.type in {"MOBILIZE", "AID"} or c.mode == "visit"):
        # Where troops, aid and visitors went is where the deed took place.
        gone = {r.toponym for r in roles if r.role == "destination"}
        located = [
            p
            for p in scored
            if p.toponym in gone and toponyms[p.toponym].kind == "literal" and sure(toponyms[p.toponym])
        ]
    if not located:
        return Placing(tuple(roles), None, "")
    finest = _finest(located, toponyms, within)
    location = _stated(finest, toponyms)
    together = [p.toponym for p in located]
    named = next((n for n in lists(s, toponyms, here, within, together) if finest.toponym in n.members), None)
    placing = Placing(tuple(roles), location, finest.why, finest.toponym)
    if named is None or (_one_thing(s, c) and not named.one_of):
        return placing
    return of_list(placing, named, [p for p in located if p.toponym in named.members], toponyms)


def of_list(placing: Placing, named: Named, members: Sequence[Scored], toponyms: Sequence[Toponym]) -> Placing:
    """The placing of an event whose place is one of a list: in each of its ``members``, or near the one that was
    taken."""
    return _open(placing, named, toponyms) if named.one_of else _each(members, placing.places, toponyms)


def _one_thing(s: Sentence, c: Candidate) -> bool:
    """ "an earthquake struck Antakya and Aleppo": one, however far it is felt."""
    word = s.tokens[c.word]
    determined = s.child(word.i, "det") is not None or word.tag == "NNP"
    return c.type in {"DISASTER", "ACCIDENT"} and word.tag in {"NN", "NNP"} and determined


def _each(named: Sequence[Scored], roles: Sequence[EventPlace], toponyms: Sequence[Toponym]) -> Placing:
    """A placing for each place of a list, in text order: the first, with the others."""
    placed = sorted(
        [p for p in named if _narrow(toponyms[p.toponym])] or named, key=lambda p: toponyms[p.toponym].start
    )
    first, *others = [
        Placing(
            tuple(roles),
            _stated(p, toponyms),
            p.why,
            p.toponym,
        )
        for p in placed
    ]
    return replace(first, others=tuple(others))


def _narrow(t: Toponym) -> bool:
    """Whether a place is no wider than a country, or is water."""
    return t.place is not None and (t.place.country_code is not None or t.place.feature_class == "H")


def _open(placing: Placing, named: Named, toponyms: Sequence[Toponym]) -> Placing:
    """ "between Gao and Kidal", "either in Gao or in Kidal": as near the one as the other is far."""
    places = [place for i in named.members if (place := toponyms[i].place) is not None]
    here, location = toponyms[placing.toponym or 0].place, placing.location
    if here is None or location is None or location.precision not in {"settlement", "exact", "near"}:
        return placing
    texts = " and ".join(f'"{toponyms[i].text}"' for i in named.members)
    reach = max(apart_km(here, place) for place in places)
    if reach > _OPEN_KM:
        return replace(placing, location=None, why=f"the text leaves open where between {texts}")
    near = replace(
        location, precision="near", radius_km=round(max(reach, location.radius_km or 0.0), 1),
        acled_geo_precision=_CODES["near"][0], ucdp_where_prec=_CODES["near"][1],
    )  # fmt: skip
    return replace(placing, location=near, why=f"{placing.why}; {texts} are both named, so that it is no nearer known")


def sure(t: Toponym) -> bool:
    """Whether a name's place is certain enough to put an event on the map there."""
    if t.place is None or (t.kind == "embedded" and t.text.rsplit(" ", 1)[-1].lower().rstrip(".") in _STREETS):
        return False
    return t.confidence >= _SURE.get(t.kind, _SURE_ENOUGH)


def _astray(s: Sentence, toponyms: Sequence[Toponym], here: Sequence[int]) -> dict[int, int]:
    """Names whose place lies in another country than the text says, each with what is said to hold it: "the Shaab
    district of Baghdad", where the only Shaab known is abroad."""
    found = {}
    for (m, n), said in surface(s, tuple(toponyms[i] for i in here)).items():
        part, whole = (here[m], here[n]) if said == "in" else (here[n], here[m])
        inner, outer = toponyms[part].place, toponyms[whole].place
        if said not in {"in", "whose"} or inner is None or outer is None or toponyms[whole].confidence < _TRUSTED:
            continue
        named = {t.i for t in s.at(toponyms[part])}
        gap = s.at(Span(start=toponyms[here[m]].end, end=toponyms[here[n]].start))
        sided = any(singular(t.lower) in SIDES for t in gap)
        apart = inner.country_code and outer.country_code and inner.country_code != outer.country_code
        if apart and any(
            t.lower in {"of", "'s", "’s"} or (t.lower == "in" and (sided or t.head in named)) for t in gap
        ):
            found[part] = whole
    return found


def settled(
    s: Sentence,
    c: Candidate,
    toponyms: Sequence[Toponym],
    found: Sequence[Scored],
    threshold: float,
    within: Within | None = None,
) -> tuple[list[Scored], list[Scored]]:
    """What the linker found once grammar has had its say, and those names of it where the event happened: of a place
    and what holds it the finer one."""
    ruled = with_lists(s, toponyms, found, [grammatical(s, c, toponyms, p) for p in found], threshold)
    scored = with_parts(s, toponyms, ruled, threshold)
    happened = [p for p in scored if p.probability >= threshold and _may_hold(s, c, toponyms[p.toponym], p)]
    happened = [p for p in happened if not _holds_another(p, happened, toponyms, within)]
    if not happened and s.shouted and c.type not in VERBAL:
        # Capitals hide names from the tagger and make every probability low: the one name that stands out.
        best = max(scored, key=lambda p: (p.probability, -p.toponym), default=None)
        if best is not None and best.probability >= _IN_CAPITALS and _may_hold(s, c, toponyms[best.toponym], best):
            happened = [best]
    return scored, happened


def _holds_another(p: Scored, happened: Sequence[Scored], toponyms: Sequence[Toponym], within: Within | None) -> bool:
    place = toponyms[p.toponym].place
    return place is not None and any(holds(place, toponyms[other.toponym].place, within) for other in happened)


def with_parts(s: Sentence, toponyms: Sequence[Toponym], scored: Sequence[Scored], threshold: float) -> list[Scored]:
    """What happened in "La Paz, Bolivia" happened in La Paz: a part is as likely as the whole that it is named with."""
    found = list(scored)
    for (m, n), said in surface(s, tuple(toponyms[p.toponym] for p in scored)).items():
        part, whole = toponyms[found[m].toponym], toponyms[found[n].toponym]
        if said == "in" and found[m].probability < threshold <= found[n].probability and _is_part(part, whole):
            found[m] = replace(found[m], probability=found[n].probability, why=f'"{part.text}" in {whole.text}')
    return found


def with_lists(
    s: Sentence, toponyms: Sequence[Toponym], before: Sequence[Scored], scored: Sequence[Scored], threshold: float
) -> list[Scored]:
    """What happened "in Goma and in Bukavu" happened in both: of one list each is as likely as the likeliest, unless
    grammar has ruled one out."""
    found = list(scored)
    number = {p.toponym: n for n, p in enumerate(found)}
    for named in lists(s, toponyms, list(number)):
        numbers = [number[i] for i in named.members]
        out = [n for n in numbers if found[n].probability < min(before[n].probability, threshold)]
        for n in numbers:
            if out:
                found[n] = replace(found[n], probability=min(found[n].probability, found[out[0]].probability))
        likeliest = max((found[n] for n in numbers), key=lambda p: (p.probability, -p.toponym))
        for n in numbers:
            p = found[n]
            if not named.one_of and p.probability < threshold <= likeliest.probability:
                said = f'"{toponyms[p.toponym].text}" named with "{toponyms[likeliest.toponym].text}"'
                found[n] = replace(p, probability=likeliest.probability, why=said)
    return found


def _is_part(part: Toponym, whole: Toponym) -> bool:
    """Whether a name is of a place in the country that the other one names."""
    inner, outer = part.place, whole.place
    if part.kind != "literal" or inner is None or outer is None or inner.id == outer.id:
        return False
    return outer.feature_code.startswith("PCL") and inner.country_code == outer.country_code


def _around(s: Sentence, toponyms: Sequence[Toponym], happened: Sequence[Scored], p: Scored) -> bool:
    """Whether a name says where an unresolved place of the event lies: "in the Padma river in central Bangladesh"."""
    t = toponyms[p.toponym]
    head = s.head_of(t)
    if head is None or not sure(t) or t.kind not in {"literal", "metonym"} or p.preposition not in {"in", "of"}:
        return False
    inner = [i.i for h in happened for i in s.at(toponyms[h.toponym])]
    return (
        bool(inner)
        and 0 < head.i - max(inner) <= (5 if p.away_km is None else 9)
        and not any(x.tag.startswith("VB") for x in s.tokens[max(inner) : head.i])
    )


def _may_hold(s: Sentence, c: Candidate, t: Toponym, p: Scored) -> bool:
    """Whether a name's reading allows something to happen there: "in Washington" does, "Washington offers" does not."""
    if t.kind == "literal" or p.probability >= SETTLED:
        return True
    head = s.head_of(t)
    if t.kind == "demonym" or head is None or head.dep == "nsubj":
        return False
    if p.preposition in INSIDE or c.type not in VERBAL:
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
        wider = any(holds(place, toponyms[other.toponym].place, within) for other in happened)
        wide = place.country_code is None and place.feature_class != "H"  # the Maghreb is wider than a country
        fineness = FINENESS[precision_of(place, p.preposition, p.away_km)[0]]
        return wider or wide, fineness, -round(p.probability, 6), p.toponym

    return min(happened, key=key)


def precision_of(
    place: PlaceRef, preposition: str = "", away_km: float | None = None
) -> tuple[Precision, float | None]:
    """The precision that naming a place gives, with the radius in kilometres where the text says "near", "outside" or
    how far away."""
    if place.feature_code.startswith("PCL"):
        return "country", None
    if place.feature_code == "ADM1":
        return "admin1", None
    if place.feature_class == "A":
        return "admin2", None
    if place.footprint != "point" or place.feature_code in {"RGN", "CONT"} or place.id.startswith("region:"):
        return "region", None
    if away_km is not None:
        return "near", away_km
    if preposition in NEAR_KM:
        return "near", NEAR_KM[preposition]
    return ("settlement", None) if place.feature_class == "P" else ("exact", None)


def _stated(p: Scored, toponyms: Sequence[Toponym]) -> Location | None:
    place = toponyms[p.toponym].place
    return located(place, basis="stated", preposition=p.preposition, away_km=p.away_km) if place is not None else None


def located(place: PlaceRef, *, basis: LocationBasis, preposition: str = "", away_km: float | None = None) -> Location:
    """A place as an event's location."""
    precision, radius = precision_of(place, preposition, away_km)
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
