"""The event ontology: PLOVER's 16 types and this project's six additions, with crosswalks to other codebooks.

PLOVER is the Political Language Ontology for Verifiable Event Records; type and mode names follow its manual (version
0.8,
2021), the definitions are this project's own words. Six types are added for what a news map needs and PLOVER knows
only as
a context. Crosswalk tables map names and codes between codebooks; where the mapping loses detail the comment says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One type: what it covers, its quad class (None outside PLOVER) and the modes that refine it."""

    name: str
    definition: str
    quad: Quad | None
    modes: tuple[str, ...] = ()
    extension: bool = False


_YIELD = ("assist", "change", "yield", "meet")

TYPES: dict[str, EventType] = {
    t.name: t
    for t in (
        EventType(
            name="AGREE",
            definition="Says it is willing to do something cooperative later: offers, promises, deals in principle.",
            quad="verbal cooperation",
        ),
        EventType(
            name="CONSULT",
            definition="Meets, talks, visits, telephones, or brings others together to talk.",
            quad="verbal cooperation",
            modes=("visit", "third-party", "multilateral", "phone"),
        ),
        EventType(
            name="SUPPORT",
            definition="Starts, renews or improves ties: signs or ratifies, recognises, endorses, praises, apologises.",
            quad="verbal cooperation",
        ),
        EventType(
            name="CONCEDE",
            definition="Gives way in words or rules: eases a restriction, accepts a demand, puts off a measure.",
            quad="verbal cooperation",
        ),
        EventType(
            name="COOPERATE",
            definition="Works together in deed: joint exercises, shared intelligence, trade, extradition.",
            quad="material cooperation",
        ),
        EventType(
            name="AID",
            definition="Hands over something of value or rescues: money, food, training, arms, shelter, evacuation.",
            quad="material cooperation",
        ),
        EventType(
            name="RETREAT",
            definition="Gives way in deed: withdraws, frees, returns, disarms, ceases fire, opens access, resigns.",
            quad="material cooperation",
            modes=("withdraw", "release", "return", "disarm", "ceasefire", "access", "resign"),
        ),
        EventType(
            name="REQUEST",
            definition="Asks, urges or demands that someone act, help, change, give way or meet.",
            quad="verbal conflict",
            modes=_YIELD,
        ),
        EventType(
            name="ACCUSE",
            definition="Disapproves, alleges wrongdoing, charges, sues or opens an inquiry.",
            quad="verbal conflict",
            modes=("disapprove", "investigate", "allege"),
        ),
        EventType(
            name="REJECT",
            definition="Refuses a request, a proposal or a rule, or blocks it.",
            quad="verbal conflict",
            modes=_YIELD,
        ),
        EventType(
            name="THREATEN",
            definition="Announces harm to come, with or without a condition.",
            quad="verbal conflict",
            modes=("restrict", "ban", "arrest", "relations", "expel", "territory", "violence"),
        ),
        EventType(
            name="PROTEST",
            definition="Civilians act in public against something: demonstrations, strikes, riots, boycotts.",
            quad="material conflict",
            modes=("demo", "riot", "strike", "hunger", "boycott", "obstruct"),
        ),
        EventType(
            name="SANCTION",
            definition="Cuts or reduces what it gave before: aid, ties, trade; expels diplomats; convicts.",
            quad="material conflict",
            modes=("convict", "expel", "withdraw", "discontinue"),
        ),
        EventType(
            name="MOBILIZE",
            definition="Readies or shows force without using it: deployments, alerts, patrols, weapons tests.",
            quad="material conflict",
            modes=("troops", "weapons", "police", "militia"),
        ),
        EventType(
            name="COERCE",
            definition="Uses power short of physical attack: arrests, bans, curfews, seizures, censorship, hacking.",
            quad="material conflict",
            modes=(
                "seize",
                "restrict",
                "ban",
                "censor",
                "curfew",
                "martial-law",
                "arrest",
                "deport",
                "withhold",
                "misinformation",
                "cyber",
            ),
        ),
        EventType(
            name="ASSAULT",
            definition="Attacks people, property or armed opponents: killing, fighting, abduction, destruction.",
            quad="material conflict",
            modes=(
                "beat",
                "torture",
                "execute",
                "sexual",
                "assassinate",
                "primitive",
                "firearms",
                "explosives",
                "suicide-attack",
                "heavy-weapons",
                "crowd-control",
                "destroy",
                "aerial",
                "drone",
                "cleansing",
                "unconventional",
                "abduct",
            ),
        ),
        EventType(name="ELECTION", definition="A vote of a people or a body, held or due.", quad=None, extension=True),
        EventType(
            name="LEADERSHIP_CHANGE",
            definition="Someone takes or loses office: inauguration, appointment, dismissal, overthrow.",
            quad=None,
            extension=True,
        ),
        EventType(
            name="CEREMONY",
            definition="A funeral, parade, commemoration or other solemn occasion.",
            quad=None,
            extension=True,
        ),
        EventType(
            name="DISASTER",
            definition="Harm by nature or disease: earthquake, flood, storm, drought, epidemic.",
            quad=None,
            extension=True,
        ),
        EventType(
            name="ACCIDENT", definition="Harm that nobody meant: crash, sinking, collapse.", quad=None, extension=True
        ),
        EventType(
            name="OTHER", definition="Something happened for which no other type fits.", quad=None, extension=True
        ),
    )
}

FAMILIES: dict[str, str] = {
    **dict.fromkeys(("ASSAULT", "ACCIDENT"), "harm"),
    **dict.fromkeys(("CONSULT", "AGREE", "SUPPORT", "COOPERATE", "AID"), "cooperation"),
    **dict.fromkeys(("CONCEDE", "RETREAT", "LEADERSHIP_CHANGE"), "yielding"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "words"),
    **dict.fromkeys(("SANCTION", "COERCE", "MOBILIZE"), "pressure"),
    "PROTEST": "protest",
    "ELECTION": "election",
    "CEREMONY": "ceremony",
    "DISASTER": "disaster",
    "OTHER": "other",
}
"""Types that tellings of one event are confused between; only events of one family are ever compared for merging."""

# A co-operative or yielding deed that is only announced is a promise, an announced hostile deed a threat (manual,
# "future").
PROMISED: dict[str, str] = {
    **dict.fromkeys(("SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"), "AGREE"),
    **dict.fromkeys(("SANCTION", "COERCE", "MOBILIZE", "ASSAULT"), "THREATEN"),
}

# CAMEO root codes. 01 (public statement) has no PLOVER type; 08 splits: 081 to 083 give way in words, 084 to 087 in
# deed.
CAMEO_ROOTS: dict[str, str | None] = {
    "01": None,
    "02": "REQUEST",
    "03": "AGREE",
    "04": "CONSULT",
    "05": "SUPPORT",
    "06": "COOPERATE",
    "07": "AID",
    "081": "CONCEDE",
    "082": "CONCEDE",
    "083": "CONCEDE",
    "084": "RETREAT",
    "085": "RETREAT",
    "086": "RETREAT",
    "087": "RETREAT",
    "09": "ACCUSE",
    "10": "REQUEST",
    "11": "ACCUSE",
    "12": "REJECT",
    "13": "THREATEN",
    "14": "PROTEST",
    "15": "MOBILIZE",
    "16": "SANCTION",
    "17": "COERCE",
    "18": "ASSAULT",
    "19": "ASSAULT",
    "20": "ASSAULT",
}

# ACLED sub-event types (names only; no ACLED record was used) to type and mode.
ACLED_SUB_EVENTS: dict[str, tuple[str, str | None]] = {
    "Armed clash": ("ASSAULT", None),
    "Government regains territory": ("ASSAULT", None),
    "Non-state actor overtakes territory": ("ASSAULT", None),
    "Chemical weapon": ("ASSAULT", "unconventional"),
    "Air/drone strike": ("ASSAULT", "aerial"),
    "Suicide bomb": ("ASSAULT", "suicide-attack"),
    "Shelling/artillery/missile attack": ("ASSAULT", "heavy-weapons"),
    "Remote explosive/landmine/IED": ("ASSAULT", "explosives"),
    "Grenade": ("ASSAULT", "explosives"),
    "Sexual violence": ("ASSAULT", "sexual"),
    "Attack": ("ASSAULT", None),
    "Abduction/forced disappearance": ("ASSAULT", "abduct"),
    "Peaceful protest": ("PROTEST", "demo"),
    "Protest with intervention": ("PROTEST", "demo"),
    "Excessive force against protesters": ("ASSAULT", "crowd-control"),
    "Violent demonstration": ("PROTEST", "riot"),
    "Mob violence": ("PROTEST", "riot"),
    "Agreement": ("SUPPORT", None),
    "Arrests": ("COERCE", "arrest"),
    "Change to group/activity": ("MOBILIZE", None),
    "Disrupted weapons use": ("COERCE", "seize"),
    "Headquarters or base established": ("MOBILIZE", "troops"),
    "Looting/property destruction": ("ASSAULT", "destroy"),
    "Non-violent transfer of territory": ("RETREAT", "withdraw"),
    "Other": ("OTHER", None),
}

# UCDP type_of_violence. All three are ASSAULT here; what tells them apart is who the two sides are.
UCDP_VIOLENCE: dict[int, str] = {1: "state-based conflict", 2: "non-state conflict", 3: "one-sided violence"}

# GDELT QuadClass numbers.
GDELT_QUADS: dict[int, Quad] = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}


def quad_class(type_: str) -> int | None:
    """GDELT's QuadClass (1 to 4) of a type, None for the types outside PLOVER."""
    quad = TYPES[type_].quad
    return next((number for number, name in GDELT_QUADS.items() if name == quad), None)


def from_cameo(code: str) -> str | None:
    """The type of a CAMEO code of two to four digits, None for a mere statement or an unknown code."""
    return CAMEO_ROOTS.get(code[:3], CAMEO_ROOTS.get(code[:2]))
