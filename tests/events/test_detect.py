"""What is reported as an event, of which type, and what is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Code = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "type_", "status"),
    [
        ("Gunmen attacked a convoy.", "ASSAULT", "reported"),
        ("Missiles hit an apartment block on Saturday.", "ASSAULT", "reported"),
        ("A convoy with food reached the camp.", "AID", "reported"),
        ("A man was struck by a car.", "ACCIDENT", "reported"),
        ("A gas explosion killed nine people.", "ACCIDENT", "reported"),
        ("Dengue has killed a thousand people this year.", "DISASTER", "reported"),
        ("Torrential rain triggered landslides in the hills.", "DISASTER", "reported"),
        ("Hackers attacked the ministry.", "COERCE", "reported"),
        ("Police raided a house.", "COERCE", "reported"),
        ("Residents protested against the closure of the hospital.", "PROTEST", "reported"),
        ("Iran protested against the decision.", "ACCUSE", "reported"),
        ("China began military drills around the island.", "MOBILIZE", "reported"),
        ("China and Russia held drills in the gulf.", "COOPERATE", "reported"),
        ("Polls opened on Sunday.", "ELECTION", "reported"),
        ("A wave of attacks shook the city.", "ASSAULT", "reported"),
        ("The explosions did no damage.", "ASSAULT", "reported"),
        ("No one was hurt in the shooting.", "ASSAULT", "reported"),
        ("Foreign troops clashed with militiamen on Monday.", "ASSAULT", "reported"),
        ("A sailor was abducted by pirates.", "ASSAULT", "reported"),
        ("Troops were deployed to the border on Tuesday.", "MOBILIZE", "reported"),
        ("A spy was executed on Monday.", "ASSAULT", "reported"),
        ("The strike killed five people.", "ASSAULT", "reported"),
        ("The strike paralysed the capital.", "PROTEST", "reported"),
        ("An explosion tore through the port.", "ASSAULT", "reported"),
        ("The army retook the village.", "ASSAULT", "reported"),
        ("The union announced sanctions against two officials.", "SANCTION", "reported"),
        ("The raid did not take place.", "ASSAULT", "denied"),
        ("Not a single shot was fired.", "ASSAULT", "denied"),
        ("He became the most senior official to visit the camp.", "CONSULT", "reported"),
        ("The rebels planned to attack the town.", "ASSAULT", "hypothetical"),
        ("Soldiers carried out an attack on the village.", "ASSAULT", "reported"),
        ("A bomb exploded in the market.", "ASSAULT", "reported"),
        ("The two presidents met for talks.", "CONSULT", "reported"),
        ("The minister made a rare visit to the base.", "CONSULT", "reported"),
        ("Germany signed a trade agreement with Chile.", "SUPPORT", "reported"),
        ("France pledged aid to the victims.", "AGREE", "reported"),
        ("Norway is ready to send peacekeepers.", "AGREE", "reported"),
        ("Israel said it would release prisoners.", "AGREE", "planned"),
        ("The ministry refused to meet the rebels.", "REJECT", "reported"),
        ("The union will not accept the offer.", "REJECT", "reported"),
        ("The opposition demanded new elections.", "REQUEST", "reported"),
        ("Russia said that Sudan must return the helicopter.", "REQUEST", "reported"),
        ("Iran threatened to close the strait.", "THREATEN", "reported"),
        ("NATO confirmed that it would tighten the blockade.", "THREATEN", "planned"),
        ("Thousands of students marched through the capital.", "PROTEST", "reported"),
        ("Police arrested three journalists.", "COERCE", "reported"),
        ("The government imposed a curfew.", "COERCE", "reported"),
        ("Britain imposed sanctions on the company.", "SANCTION", "reported"),
        ("The army deployed tanks along the border.", "MOBILIZE", "reported"),
        ("The president resigned.", "RETREAT", "reported"),
        ("A strong earthquake struck the island.", "DISASTER", "reported"),
        ("A ferry capsized in the lake.", "ACCIDENT", "reported"),
        ("Voters will elect a new parliament on Sunday.", "ELECTION", "planned"),
        ("The rebels did not attack the town.", "ASSAULT", "denied"),
        ("The army denied that it had shelled the camp.", "ASSAULT", "denied"),
        ("The minister denied reports that troops had attacked villagers.", "ASSAULT", "denied"),
        ("The rebels could attack the town.", "ASSAULT", "hypothetical"),
        ("If soldiers attack the town, people will flee.", "ASSAULT", "hypothetical"),
        ("The envoy is scheduled to visit the region.", "CONSULT", "planned"),
        ("The envoy was originally scheduled to visit the region last year.", "CONSULT", "hypothetical"),
        ("Rebels had invaded the country in 2011.", "ASSAULT", "background"),
        ("The rebels vowed to avenge their leader.", "THREATEN", "reported"),
        ("The president vowed not to resume negotiations with Israel.", "REJECT", "reported"),
        ("Peacekeepers arrived in the capital on Monday.", "MOBILIZE", "reported"),
        ("Hundreds have died of cholera in the north.", "DISASTER", "reported"),
        ("The army denied that it had shelled the camp, and accused rebels of lying.", "ACCUSE", "reported"),
        ("The envoy urged that the sanctions stay until the troops were withdrawn.", "RETREAT", "hypothetical"),
        ("A vigil was planned for Tuesday evening.", "PROTEST", "planned"),
        ("The dispute has set off expulsions of diplomats from Britain.", "SANCTION", "reported"),
        ("U.S. forces launched cruise missile strikes against camps.", "ASSAULT", "reported"),
        ("The raid is not linked to the bombing, he said.", "ASSAULT", "reported"),
        ("The minister criticised a film for likening the camps to those during World War II.", "ACCUSE", "reported"),
        ("Fourteen soldiers died in combat near the border.", "ASSAULT", "reported"),
        ("Federal agents led an immigration raid on the plant.", "COERCE", "reported"),
        ("The two fugitives were captured in Chattanooga.", "COERCE", "reported"),
        ("Two men were found guilty of murder on Monday.", "SANCTION", "reported"),
        ("The king appointed a cousin as the governor of the province.", "LEADERSHIP_CHANGE", "reported"),
        ("The militia launched forty drones and missiles at the port.", "ASSAULT", "reported"),
        ("Militants fired rockets into the town at 3 am on Monday.", "ASSAULT", "reported"),
        ("North Korea fired two missiles into the sea on Friday.", "MOBILIZE", "reported"),
        ("Iran fired a rocket on Friday.", "MOBILIZE", "reported"),
        ("A strike on the embassy came at dawn.", "ASSAULT", "reported"),
        ("A strike on Friday paralysed the capital.", "PROTEST", "reported"),
        ("The council was due to meet in Geneva on Sunday.", "CONSULT", "planned"),
        ("The council, meeting in Geneva, praised the envoy.", "CONSULT", "reported"),
        ("A meeting in Geneva agreed on a roadmap.", "CONSULT", "reported"),
        ("Clashes were reported near the border on Monday.", "ASSAULT", "reported"),
        ("Gunfire was heard in the capital on Monday.", "ASSAULT", "reported"),
        ("An earthquake was felt on the coast on Monday.", "DISASTER", "reported"),
        ("Demonstrators stormed the palace.", "PROTEST", "reported"),
        ("Gunmen stormed the palace.", "ASSAULT", "reported"),
        ("Rebels entered Geneva on Sunday.", "MOBILIZE", "reported"),
        ("A defector was poisoned in a hotel.", "ASSAULT", "reported"),
        ("The villa was set on fire on Sunday.", "ASSAULT", "reported"),
        ("Gunmen burned two trucks.", "ASSAULT", "reported"),
        ("Warships shelled the island.", "ASSAULT", "reported"),
        ("The army captured the refinery.", "ASSAULT", "reported"),
        ("Protesters gathered in Geneva.", "PROTEST", "reported"),
        ("The convoy came under fire near the bridge.", "ASSAULT", "reported"),
        ("Police engaged in a gunfight with smugglers.", "ASSAULT", "reported"),
        ("Protesters were met with tear gas outside the palace.", "ASSAULT", "reported"),
        ("A missile slammed into the hospital on Friday.", "ASSAULT", "reported"),
        ("A lorry plunged into a ravine on Friday.", "ACCIDENT", "reported"),
        ("The ferry went down off the coast.", "ACCIDENT", "reported"),
        ("The senate stripped the president of his office.", "LEADERSHIP_CHANGE", "reported"),
        ("The governor ordered that all schools be closed.", "COERCE", "reported"),
        ("A truce took hold in the valley at midnight.", "RETREAT", "reported"),
        ("A curfew in the capital went into effect on Monday.", "COERCE", "reported"),
        ("A landslide buried the road under mud.", "DISASTER", "reported"),
        ("The navies kicked off three days of war games.", "MOBILIZE", "reported"),
        ("Thousands marched down Lincoln Avenue on Sunday.", "PROTEST", "reported"),
        ("Turkey warned Athens against drilling in the bay.", "THREATEN", "reported"),
        ("The signing took place in Geneva on Friday.", "SUPPORT", "reported"),
        ("The king pulled out of the accord on Monday.", "SANCTION", "reported"),
        ("The president is expected to win another term.", "ELECTION", "hypothetical"),
        ("The cabinet signed off on Thursday on the sale.", "AGREE", "reported"),
        ("Riot police blocked the road to the port.", "COERCE", "reported"),
        ("Farmers blocked the road to the port.", "PROTEST", "reported"),
        ("A stretch of the bridge gave way on Tuesday.", "ACCIDENT", "reported"),
        ("A shell landed on a school on Sunday.", "ASSAULT", "reported"),
        ("The emir takes office on Sunday.", "LEADERSHIP_CHANGE", "planned"),
        ("Voters go to the polls on Saturday.", "ELECTION", "planned"),
        ("Hackers knocked out electricity in the region.", "COERCE", "reported"),
        ("A bomb destroyed a hotel on Friday.", "ASSAULT", "reported"),
    ],
)
def test_type_and_status(code: Code, text: str, type_: str, status: str) -> None:
    _, events = code(text)
    assert (type_, status) in {(e.type, e.status) for e in events}, [(e.type, e.status) for e in events]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked a bus that had crashed into a wall near Gao on Friday.",
        "A bus that had crashed into a wall near Gao was attacked by gunmen on Friday.",
        "Attackers fired on a lorry, which overturned near Gao.",
        "Rebels ambushed rescuers at the site where a plane crashed on Monday.",
    ],
)
def test_a_mishap_told_beside_does_not_swallow_the_attack(code: Code, text: str) -> None:
    _, events = code(text)
    assert sorted(e.type for e in events) == ["ACCIDENT", "ASSAULT"]


@pytest.mark.parametrize(
    "text",
    [
        "Six people were killed when a bus crashed near Gao.",
        "A lorry that overturned killed six people near Gao.",
        "A driver killed six people when he crashed into a wall.",
    ],
)
def test_harm_in_a_mishap_is_the_mishap_s(code: Code, text: str) -> None:
    _, events = code(text)
    assert [e.type for e in events] == ["ACCIDENT"]


@pytest.mark.parametrize(
    "text",
    [
        "Both countries are alarmed by the threat posed by extremists.",
        "The shop met with a storm of criticism.",
        "He was fed up with the noise.",
        "Police asked anyone with information to call.",
        "The defendant pleaded guilty.",
        "The judge ordered him to pay a fine.",
        "The teams met the criteria for promotion.",
        "The forecast calls for heavy rain.",
        "Visitor numbers collapsed.",
        "The court dismissed the lawsuit.",
        "The scandal implicated nobody.",
        "He hanged himself.",
        "Three deaths were blamed on the cold.",
        "The law severed her artery.",
        "Security assistance remains important.",
        "He delivers his speech.",
        "The striker scored a goal in the second half of the match and the coach praised the team.",
        "England beat Wales in the final.",
        "Shares and stocks crashed as traders and investors dumped bonds.",
        "The singer died of a heart attack.",
        "The company released a list of names.",
        "He battled illness for years.",
        "Attacks are common in the region.",
        "The protest movement is divided.",
        "Back to top button",
        "After 20 years in power he is tired.",
        "The minister seized the chance to explain himself.",
        "The chairman shot down the rumours.",
        "He was buried under the snow.",
        "The officer was taken off life support.",
        "The centre offers interactive demonstrations of cooking.",
        "Forecasters warned that the river could burst its banks.",
        "Police closed the road after a lorry shed its load in the snow.",
        "The new law guarantees that pensions will rise.",
        "The officers complained of back pain.",
        "The town deployed a new website.",
        "The town has seen a drop in violence.",
        "He made his name in battle.",
        "Those opposing the plan live nearby.",
        "She was halted by a guard at the gate.",
        "The university will confer degrees on the graduates.",
        "He told a meeting in Geneva that rain was needed.",
        "He called it a reward for patience.",
        "Earthquakes are felt there every year.",
        "Villagers gathered in the church.",
        "Activists assembled a radio.",
        "Troops entered the third month of training.",
        "He was taken off life support on Tuesday.",
        "Talks foundered on the price.",
        "Share prices went down again on Friday.",
        "He gave interviews in English to three stations.",
        "Bad policies have destroyed thousands of factories.",
        "Two miners were buried alive.",
        "A jet landed on time on Sunday.",
    ],
)
def test_no_event_is_reported(code: Code, text: str) -> None:
    _, events = code(text)
    assert [(e.type, e.trigger.text) for e in events if e.status in {"reported", "planned"}] == []


@pytest.mark.parametrize(
    "text",
    [
        "The president cancelled a visit to the region.",
        "Officials called off the talks.",
        "The two sides postponed the summit.",
    ],
)
def test_a_cancelled_meeting_is_no_meeting(code: Code, text: str) -> None:
    _, events = code(text)
    assert not [e for e in events if e.type == "CONSULT" and e.status in {"reported", "planned"}]


def test_a_quoted_wish_is_no_event(code: Code) -> None:
    _, events = code('"What they can do is share electronic intelligence with the armed forces," he said.')
    assert not [e for e in events if e.status in {"reported", "planned"}]


def test_one_disaster_is_one_event(code: Code) -> None:
    _, events = code("The earthquake killed 40 people and destroyed homes.")
    assert [e.type for e in events] == ["DISASTER"]


@pytest.mark.parametrize("harm", ["caused no casualties", "killed nine people", "wounded nobody"])
def test_what_came_of_an_attack_is_no_second_one(code: Code, harm: str) -> None:
    _, events = code(f"A drone attack on the airport {harm}.")
    assert [(e.type, e.status) for e in events] == [("ASSAULT", "reported")]


def test_a_day_is_no_part_of_who_did_it(code: Code) -> None:
    _, events = code("On Sunday rebels attacked the camp.")
    assert [a.text for e in events for a in e.actors if a.role == "actor"] == ["rebels"]


def test_confidence_and_reasons_are_given(code: Code) -> None:
    _, events = code("Gunmen attacked a convoy on Monday near Gao.", "Gao")
    (event,) = events
    assert 0 < event.confidence <= 1
    assert event.why.type
    assert event.why.place
    assert event.why.date


def test_actors_through_the_passive(code: Code) -> None:
    _, events = code("Three French soldiers were killed by Boko Haram fighters.", "French")
    (event,) = events
    roles = {(a.role, a.country_code) for a in event.actors}
    assert ("recipient", "FR") in roles
    assert ("actor", "NG") in roles


@pytest.mark.parametrize(
    ("text", "doers", "done_to"),
    [
        ("The village was attacked by gunmen on Sunday.", {"gunmen"}, set()),
        ("Three journalists were arrested and beaten by police.", {"police"}, {"Three journalists"}),
        ("Gunmen who had crossed from Niger killed six farmers.", {"Gunmen"}, {"six farmers"}),
        ("Six farmers whom gunmen had abducted were freed by the army.", {"army", "gunmen"}, {"Six farmers"}),
        ("The hostages were released by their captors.", {"captors"}, {"hostages"}),
        ("Hundreds of teachers marched through the city.", {"Hundreds of teachers"}, set()),
        ("An attack by Boko Haram on a market killed 20 people.", {"Boko Haram"}, {"20 people"}),
        ("Rebels ambushed a convoy of peacekeepers.", {"Rebels"}, {"convoy of peacekeepers"}),
        ("Talks between the government and the rebels resumed on Monday.", {"government", "rebels"}, set()),
        ("The president dismissed his army chief.", {"president"}, {"army chief"}),
        ("Norway offered to hand two men over to Britain.", {"Norway"}, {"two men", "Britain"}),
    ],
)
def test_actors_and_recipients(code: Code, text: str, doers: set[str], done_to: set[str]) -> None:
    _, events = code(text)
    shown = [a for e in events if e.status in {"reported", "planned"} for a in e.actors]
    assert {a.text for a in shown if a.role == "actor"} == doers
    assert {a.text for a in shown if a.role == "recipient"} >= done_to
