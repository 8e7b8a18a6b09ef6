"""Sentences of kinds that are seldom written: what is an event in them, and how real it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Code = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        # a noun carried by a light verb
        ("The president had a phone call with his counterpart on Monday.", [("CONSULT", "phone", "reported")]),
        ("The president made a phone call on Monday.", []),
        ("The officer took a shooting stance on Monday.", []),
        ("The army used manoeuvres to win time on Monday.", []),
        ("The minister faced a charm offensive on Monday.", []),
        ("The army fought a battle with the weather on Monday.", []),
        ("The two sides held no talks on Monday.", [("CONSULT", None, "denied")]),
        # what is asked of everybody, or of things
        ("Police urged residents to stay at home on Monday.", []),
        ("Police urged motorists to drive with care on Monday.", []),
        ("Residents were asked to leave on Monday.", []),
        ("The minister recognised the problem on Monday.", []),
        ("The minister recognised Kosovo as a state on Monday.", [("SUPPORT", None, "reported")]),
        # who or what did it
        ("A tyre burst on Monday.", []),
        ("A dam burst on Monday, killing five people.", [("DISASTER", None, "reported")]),
        ("The project met the criteria on Monday.", []),
        ("The minister met him on Monday.", [("CONSULT", None, "reported")]),
        ("You attacked the convoy on Monday.", []),
        ("It supports patients in the north.", []),
        ("Aid groups treated the wounded on Monday.", []),
        # what is said, sworn and refused
        ('"Rebels attack the town every day," he said.', []),
        ("The government will not sign the treaty, it said on Monday.", [("REJECT", None, "reported")]),
        ("The government said it would not reject the treaty.", []),
        ("The minister will not refuse the offer.", []),
        (
            "The minister vowed not to attack the town on Monday.",
            [("AGREE", None, "reported"), ("ASSAULT", None, "denied")],
        ),
        (
            "The bandits vowed to attack the town on Monday.",
            [("THREATEN", None, "reported"), ("ASSAULT", None, "hypothetical")],
        ),
        # how real it is
        ("Even before the killing of the minister, the town was empty.", [("ASSAULT", None, "reported")]),
        ("The town is prone to attacks.", []),
        ("People there are vulnerable to bombings.", []),
        ("The rebels denied reports that they had attacked the town on Monday.", [("ASSAULT", None, "denied")]),
        ("There was a threat that rebels would attack the town.", [("ASSAULT", None, "hypothetical")]),
        ("He spoke of a claim that soldiers shot a boy.", [("ASSAULT", "firearms", "hypothetical")]),
        ("The minister did not say that soldiers attack the town.", [("ASSAULT", None, "hypothetical")]),
        ("He is suspected of killing a soldier on Monday.", [("ASSAULT", None, "hypothetical")]),
        ("The men hoped for killing the king.", [("ASSAULT", None, "hypothetical")]),
        ("The men were about to shell the town on Monday.", [("ASSAULT", "heavy-weapons", "planned")]),
        ("The commander saw soldiers attack the town on Monday.", [("ASSAULT", None, "reported")]),
        ("The rebels did not plan to attack the town on Monday.", [("ASSAULT", None, "denied")]),
        ("Since shelling the town, the army has waited.", [("ASSAULT", "heavy-weapons", "reported")]),
        ("Despite bombing the town, the army lost on Monday.", [("ASSAULT", "aerial", "reported")]),
        ("He wanted to attack the town and bomb the port on Monday.", [("ASSAULT", None, "hypothetical")]),
        ("The town will be quiet until the army attacks it on Monday.", [("ASSAULT", None, "hypothetical")]),
        ("The king will speak once the rebels attack the town.", [("ASSAULT", None, "hypothetical")]),
        ("They may be attacking the town and bombing the port.", [("ASSAULT", None, "hypothetical")]),
        ("No attacks were reported on Monday.", [("ASSAULT", None, "denied")]),
        ("The army denied the bombing on Monday.", [("ASSAULT", "explosives", "denied")]),
        ("The upcoming election worries everyone.", [("ELECTION", None, "planned")]),
        ("Hopes of a ceasefire faded on Monday.", []),
        ("Talk of a coup is everywhere.", []),
        ("Talks are expected to begin on Monday.", [("CONSULT", None, "planned")]),
        ("Residents called for an end to the bombing on Monday.", [("REQUEST", None, "reported")]),
        # what fits the verb
        ("The bank charged a fee on Monday.", []),
        ("Floods derailed a train on Monday.", [("ACCIDENT", None, "reported")]),
        ("Boys swept the floor on Monday.", []),
        ("The minister insisted that the border is open on Monday.", []),
        ("A landslide buried the village on Monday.", [("DISASTER", None, "reported")]),
        ("Relatives buried the victims on Monday.", [("CEREMONY", None, "reported")]),
        (
            "The general warned that his troops would attack the town on Monday.",
            [("THREATEN", None, "reported"), ("ASSAULT", None, "hypothetical")],
        ),
        ("Voters voted on Monday.", [("ELECTION", None, "reported")]),
        ("Parliament voted on the budget on Monday.", []),
        ("It hit the town on Monday.", []),
        ("The illness battled the town on Monday.", []),
        ("We attack the town on Monday.", []),
        ("We attacked the town on Monday.", [("ASSAULT", None, "reported")]),
        ("Teachers closed schools on Monday.", []),
        ("Flights were cancelled on Monday.", []),
        ("The law will ban protests on Monday.", []),
        ("The troops remain deployed on the border.", []),
        ("The painter attacks the king in his new film.", []),
        ("The market crashed on Monday after the report.", []),
        # what fits the noun
        ("Typhoon Haiyan raged over the islands on Monday.", [("DISASTER", None, "reported")]),
        ("The crash of the market on Monday hurt everyone.", []),
        ("The collapse of the building on Monday killed five.", [("ACCIDENT", None, "reported")]),
        ("A third of the votes on Monday were lost.", []),
        ("Three million votes were counted on Monday.", []),
        ("The eye of the storm passed on Monday.", []),
        ("The centre of the storm brought rain on Monday.", [("DISASTER", None, "reported")]),
        ("A storm of protest followed on Monday.", []),
        ("An avalanche of mail arrived on Monday.", []),
        (
            "The council, meeting in Abuja, agreed on Monday to withdraw.",
            [("CONSULT", None, "reported"), ("AGREE", None, "reported")],
        ),
        ("Rain triggered landslides on Monday.", [("DISASTER", None, "reported")]),
        ("The army responded with a crackdown on Monday.", [("COERCE", "arrest", "reported")]),
        ("Polling stations opened on Monday.", [("ELECTION", None, "reported")]),
        ("Reinforcements arrived in the town on Monday.", [("MOBILIZE", "troops", "reported")]),
        ("1,500 people have died of cholera.", [("DISASTER", None, "reported")]),
        # one event in several words
        ("56 people were killed and 30 wounded on Monday.", [("ASSAULT", None, "reported")]),
        ("The shooting and the bombing killed five on Monday.", [("ASSAULT", None, "reported")]),
        ("The bus crashed, although nobody died, on Monday.", [("ACCIDENT", None, "reported")]),
        ("Ten people died after the bus crashed on Monday.", [("ACCIDENT", None, "reported")]),
        ("GUNMEN KILLED FIVE MEN IN THE MARKET ON MONDAY.", [("ASSAULT", None, "reported")]),
        ("A fire killed two on Monday.", [("ACCIDENT", None, "reported")]),
        ("Small arms fire killed two on Monday.", [("ASSAULT", None, "reported")]),
    ],
)
def test_what_is_an_event(text: str, events: list[tuple[str, str | None, str]], code: Code) -> None:
    _, found = code(text)
    assert [(e.type, e.mode, e.status) for e in found] == events


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Friday's attack killed two.", "2020-09-25"),
        ("The August 7 bombings killed two.", "2020-08-07"),
        ("In May, soldiers attacked the town.", "2020-05-01"),
        ("The army has been attacking the town since March.", "2020-03-01"),
        ("The army is attacking the town since 5 May.", "2020-05-05"),
        ("A year ago soldiers attacked the town.", "2019-01-01"),
        ("In may, soldiers attacked the town.", "2020-10-01"),
        ("Soldiers attacked the town after sales fell in the third quarter.", "2020-10-01"),
    ],
)
def test_the_day_of_an_event(text: str, start: str, code: Code) -> None:
    _, (event,) = code(text)
    assert event.date.start == start
