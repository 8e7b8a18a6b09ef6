"""What an event takes over from the article around it, and what it does not: drafts made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from mapper.events.inherit import Draft, _same_breath, fill_in
from mapper.events.locate import located
from mapper.model import Actor, Article, EventDate, EventPlace, PlaceRef, Segment, Span, Toponym
from tests.events.by_hand import place, read, trigger

GAO, KIDAL, BAMAKO = place("Gao"), place("Kidal"), place("Bamako", "PPLC")
MALI, GHANA = place("Mali", "PCLI", "A"), place("Ghana", "PCLI", "A", "GH")
ACCRA = place("Accra", "PPLC", country="GH")
SAHEL = place("Sahel", "RGN", "L", None)
ARTICLE = Article(id="a", text="x" * 400, published="2020-10-07T10:00:00Z")
ATTACK = "Gunmen/NNS/nsubj/1 attacked/VBD/ROOT/1"
THE_ATTACK = "The/DT/det/1 attack/NN/nsubj/2 happened/VBD/ROOT/2"


def at(ref: PlaceRef, basis: Any = "stated") -> Any:
    return located(ref, basis=basis)


def on(day: str, precision: Any = "day") -> EventDate:
    return EventDate(start=day, end=day, precision=precision, basis="explicit", text=day)


def draft(
    type_: str = "ASSAULT", where: PlaceRef | None = None, *, number: int = 1, spec: str = ATTACK, word: str = "",
    kind: Any = "body", mode: str | None = None, status: Any = "reported", tense: Any = "past", day: str | None = None,
    **more: Any,
) -> Draft:  # fmt: skip
    s = read(spec)
    word = word or ("attacked" if "attacked" in spec else "attack")
    c = trigger(s, word, type_, mode=mode, status=status, tense=tense, why=f'"{word}" said')
    if day:
        more |= {"date": on(day), "dated": True}
    if where is not None:
        more["location"] = at(where)
    values: dict[str, Any] = {"sentence": s, "evidence": Span(start=0, end=20)}
    return Draft(candidate=c, kind=kind, number=number, **(values | more))


def using(changes: dict[str, Any], **plain: Any) -> dict[str, Any]:
    """What a draft is made of: the plain values, changed."""
    return plain | changes


def names(*found: tuple[PlaceRef, str]) -> list[Toponym]:
    return [
        Toponym(start=20 * n, end=20 * n + 5, text=ref.name, kind=kind, place=ref, confidence=0.9)  # type: ignore[arg-type]
        for n, (ref, kind) in enumerate(found)
    ]


def actor(text: str, role: Any = "actor", country: str | None = None) -> Actor:
    return Actor(start=0, end=len(text), text=text, role=role, country_code=country)


def filled(
    *drafts: Draft, toponyms: Sequence[Toponym] = (), article: Article = ARTICLE, within: Any = None
) -> tuple[Draft, ...]:
    fill_in(drafts, toponyms, article, within)
    return drafts


def put(*drafts: Draft, **how: Any) -> tuple[str | None, str | None]:
    """Where the last of the drafts is put, and on what ground."""
    found = filled(*drafts, **how)[-1].location
    return (found.name, found.basis) if found is not None else (None, None)


NOWHERE = (None, None)
IN_GAO = ("Gao", "inherited")

# ---- days


def day(*drafts: Draft, article: Article = ARTICLE) -> tuple[str | None, str | None]:
    found = filled(*drafts, article=article)[-1].date
    return (found.start, found.basis) if found is not None else (None, None)


def test_undated_news_takes_the_day_of_the_opening_or_of_publication() -> None:
    assert day(draft()) == ("2020-10-07", "published")
    assert day(draft(), article=Article(id="a", text="x")) == (None, None)
    first, last = filled(draft(day="2020-10-05"), draft(number=2))
    assert (last.date.start if last.date else None, last.date.basis if last.date else None) == (
        "2020-10-05",
        "inferred",
    )
    assert last.date_why == 'no date in its sentence; the article\'s own event is dated "2020-10-05"'
    assert first.date_why == ""
    only = filled(draft())[0]
    assert only.date_why == "no date in its sentence; reported on this day"
    assert only.date is not None
    assert (only.date.end, only.date.precision) == ("2020-10-07", "day")


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"status": "planned"}, (None, None)), ({"kind": "caption"}, (None, None)), ({"dated": True}, (None, None)),
        ({"tense": "pluperfect"}, (None, None)), ({"kind": "headline"}, ("2020-10-05", "inferred")),
        ({"day": "2020-01-01"}, ("2020-01-01", "explicit")),
    ],
)  # fmt: skip
def test_what_takes_no_day_from_others(changes: dict[str, Any], found: tuple[str | None, str | None]) -> None:
    last = draft(number=2, **changes)
    assert day(draft(day="2020-10-05"), last) == found
    earlier = "told as earlier than the rest; the text gives no date"
    assert last.date_why == (earlier if changes.get("tense") else last.date_why)


@pytest.mark.parametrize(
    ("first", "found"),
    [
        (draft(day="2020-10-05", kind="headline"), ("2020-10-07", "published")),
        (draft(day="2020-10-05", status="planned"), ("2020-10-07", "published")),
        (draft(date=on("2020-10-01", "month"), dated=True), ("2020-10-07", "published")),
        (draft(date=on("2020-10-05")), ("2020-10-07", "published")),
        (draft(day="2020-10-05", number=9), ("2020-10-05", "inferred")),
    ],
)
def test_which_event_dates_the_others(first: Draft, found: tuple[str, str]) -> None:
    assert day(first, draft(number=10)) == found


def test_the_news_is_the_latest_of_what_the_opening_dates() -> None:
    led = draft(day="2020-10-01", number=1), draft(day="2020-10-05", number=3)
    assert day(*led, draft(number=5)) == ("2020-10-05", "inferred")
    far = draft(day="2020-10-01", number=1), draft(day="2020-10-05", number=4)
    assert day(*far, draft(number=5)) == ("2020-10-01", "inferred")
    twice = draft(day="2020-10-05", number=1), draft(day="2020-10-05", number=2, spec=ATTACK.replace("Gunmen", "Men"))
    assert day(*twice, draft(number=5)) == ("2020-10-05", "inferred")


@pytest.mark.parametrize(
    ("spec", "type_", "found"),
    [
        (THE_ATTACK, "ASSAULT", "2020-10-02"), (THE_ATTACK.replace("The/", "This/"), "ASSAULT", "2020-10-02"),
        (THE_ATTACK.replace("The/", "That/"), "ASSAULT", "2020-10-02"),
        (THE_ATTACK.replace("The/", "These/"), "ASSAULT", "2020-10-02"),
        (THE_ATTACK.replace("The/", "Those/"), "ASSAULT", "2020-10-02"),
        (THE_ATTACK.replace("The/", "An/"), "ASSAULT", "2020-10-05"),
        (THE_ATTACK.replace("det", "amod"), "ASSAULT", "2020-10-05"), (THE_ATTACK, "PROTEST", "2020-10-05"),
        (THE_ATTACK.replace("attack/NN", "attack/VB"), "ASSAULT", "2020-10-05"),
    ],
)  # fmt: skip
def test_the_attack_is_the_one_told_last(spec: str, type_: str, found: str) -> None:
    told = draft(day="2020-10-01"), draft("AID", day="2020-10-05"), draft(day="2020-10-02", number=2)
    last = draft(type_, spec=spec, number=5)
    assert day(*told, last) == (found, "inferred")
    if found == "2020-10-02":
        assert last.date_why == 'no date in its sentence; as in "attacked"'


@pytest.mark.parametrize(
    ("start", "end", "basis", "found"),
    [
        ("2020-10-04", "2020-10-05", "relative", "2020-10-04"), ("2020-10-04", "2020-10-06", "relative", "2020-10-07"),
        ("2020-10-04", "2020-10-05", "explicit", "2020-10-07"), ("2020-10-04", None, "relative", "2020-10-07"),
    ],
)  # fmt: skip
def test_the_night_between_two_days_is_as_good_as_a_day(start: str, end: str | None, basis: Any, found: str) -> None:
    overnight = EventDate(start=start, end=end, precision="week", basis=basis)
    assert day(draft(date=overnight, dated=True), draft(number=2))[0] == found


def test_what_lies_ahead_dates_no_news() -> None:
    assert day(draft(day="2020-10-08"), draft(number=2)) == ("2020-10-07", "published")
    assert day(draft(day="2020-10-07"), draft(number=2)) == ("2020-10-07", "inferred")
    assert day(draft(day="2020-10-08"), draft(number=2), article=Article(id="a", text="x"))[0] == "2020-10-08"


def test_of_two_of_one_day_the_first_is_quoted() -> None:
    first, second = (replace(on("2020-10-05"), text=words) for words in ("Monday", "5 October"))
    told = draft(date=first, dated=True), draft(date=second, dated=True, number=2)
    last = filled(*told, draft(number=4))[-1]
    assert last.date_why == 'no date in its sentence; the article\'s own event is dated "Monday"'


def test_the_attack_before_any_is_none_of_them() -> None:
    assert day(draft(spec=THE_ATTACK), draft(day="2020-10-02", number=2))[0] == "2020-10-02"
    drafts = filled(draft(spec=THE_ATTACK, number=1), draft(day="2020-10-02", number=2))
    assert drafts[0].date_why.startswith("no date in its sentence; the article's own event")
    assert day(draft(day="2020-10-02", status="planned"), draft(spec=THE_ATTACK, number=2))[0] == "2020-10-07"
    assert day(draft(date=on("2020-10-02"), dated=False), draft(spec=THE_ATTACK, number=2))[0] == "2020-10-07"
    assert day(draft(day="2020-10-02", kind="headline"), draft(number=2, sentence=None))[0] == "2020-10-07"


# ---- a neighbour's place


def test_the_place_of_the_telling_before_and_why() -> None:
    last = filled(draft(where=GAO), draft(number=2))[-1]
    assert last.location == at(GAO, "inherited")
    assert last.place_why == 'not said in its sentence; as in "attacked"'


@pytest.mark.parametrize(
    ("other", "mine", "found"),
    [
        ({}, {}, IN_GAO),
        ({}, {"number": 4}, IN_GAO),
        ({}, {"number": 5}, NOWHERE),
        ({"number": 3}, {"number": 2}, NOWHERE),
        ({"several": True}, {}, NOWHERE),
        ({"where": SAHEL}, {}, NOWHERE),
        ({"where": place("North", "RGN", "L")}, {}, ("North", "inherited")),
        ({"where": place("Buoy", country=None)}, {}, ("Buoy", "inherited")),
        ({"status": "planned"}, {}, NOWHERE),
        ({"status": "planned"}, {"status": "planned"}, IN_GAO),
        ({"kind": "caption"}, {"kind": "caption"}, NOWHERE),
        ({"kind": "headline"}, {}, NOWHERE),
        ({"kind": "headline"}, {"kind": "headline"}, IN_GAO),
        ({"type_": "CONSULT"}, {"type_": "CONSULT"}, NOWHERE),
        ({"type_": "PROTEST"}, {"type_": "PROTEST"}, IN_GAO),
        ({"type_": "DISASTER"}, {"type_": "ACCIDENT"}, IN_GAO),
        ({"type_": "ASSAULT"}, {"type_": "DISASTER"}, IN_GAO),
        ({"type_": "ASSAULT"}, {"type_": "COERCE"}, NOWHERE),
        ({"type_": "PROTEST"}, {"type_": "ASSAULT"}, NOWHERE),
        ({"type_": "PROTEST"}, {"type_": "ASSAULT", "mode": "crowd-control"}, IN_GAO),
        ({"type_": "ASSAULT", "mode": "crowd-control"}, {"type_": "PROTEST"}, IN_GAO),
        ({"type_": "COERCE"}, {"type_": "ASSAULT", "mode": "crowd-control"}, NOWHERE),
        ({"day": "2020-10-01"}, {"day": "2020-10-02"}, NOWHERE),
        ({"day": "2020-10-01"}, {"day": "2020-10-01"}, IN_GAO),
        ({"day": "2020-10-01"}, {"date": on("2020-10-02")}, IN_GAO),
        ({"date": on("2020-10-01")}, {"day": "2020-10-02"}, IN_GAO),
        ({"day": "2020-10-01"}, {}, IN_GAO),
        ({"where": None, "location": at(GAO, "inferred")}, {}, NOWHERE),
        # in one sentence, only where one clause stands beside the other
        ({"number": 2}, {}, NOWHERE),
        ({"number": 2}, {"spec": ATTACK.replace("ROOT/1", "conj/0").replace("nsubj/1", "ROOT/0")}, IN_GAO),
        ({"number": 2}, {"spec": ATTACK.replace("ROOT/1", "parataxis/0").replace("nsubj/1", "ROOT/0")}, IN_GAO),
        ({"number": 2}, {"spec": ATTACK.replace("ROOT/1", "advcl/0").replace("nsubj/1", "ROOT/0")}, IN_GAO),
        ({"number": 2}, {"spec": ATTACK.replace("ROOT/1", "ccomp/0").replace("nsubj/1", "ROOT/0")}, NOWHERE),
        ({"number": 2}, {"spec": "a/DT/x/3 b/NN/x/3 ;/:/p/3 attacked/VBD/ROOT/3"}, IN_GAO),
        ({"number": 2}, {"spec": "a/DT/x/3 b/NN/x/3 ,/:/p/3 attacked/VBD/ROOT/3"}, NOWHERE),
        ({"number": 2}, {"spec": ";/:/x/3 b/NN/x/3 c/NN/p/3 attacked/VBD/ROOT/3"}, NOWHERE),
    ],
)  # fmt: skip
def test_what_is_taken_from_a_neighbour(other: dict[str, Any], mine: dict[str, Any], found: Any) -> None:
    assert put(draft(**using(other, where=GAO)), draft(**using(mine, number=2))) == found


def test_only_the_last_eight_are_neighbours() -> None:
    between = [draft("AID", number=1) for _ in range(7)]
    assert put(draft(where=GAO), *between, draft(number=2)) == IN_GAO
    assert put(draft(where=GAO), *between, draft("AID", number=1), draft(number=2)) == NOWHERE
    assert put(draft(where=GAO), draft(where=KIDAL, number=1), draft(number=2)) == ("Kidal", "inherited")
    assert put(draft(where=GAO), draft("PROTEST", where=KIDAL, number=1), draft(number=2)) == IN_GAO


def test_a_neighbour_stands_before() -> None:
    beside = ATTACK.replace("ROOT/1", "conj/0").replace("nsubj/1", "ROOT/0")
    first = draft(number=2, spec=beside)
    filled(first, draft(where=GAO, number=2))
    assert first.location is None
    assert put(draft(where=GAO, spec=THE_ATTACK), draft(number=9)) == NOWHERE


@pytest.mark.parametrize("status", ["background", "denied", "hypothetical"])
def test_what_is_not_news_takes_no_place(status: str) -> None:
    assert put(draft(where=GAO, status=status), draft(number=2, status=status)) == NOWHERE


def test_what_has_a_place_or_no_sentence_is_left_as_it_is() -> None:
    assert put(draft(where=GAO), draft(where=KIDAL, number=2)) == ("Kidal", "stated")
    assert put(draft(where=GAO), draft(number=2, sentence=None)) == NOWHERE


@pytest.mark.parametrize(
    ("ref", "kind", "within", "found"),
    [
        (KIDAL, "literal", None, NOWHERE),
        (GAO, "literal", None, IN_GAO),
        (ACCRA, "literal", None, NOWHERE),
        (GHANA, "literal", None, NOWHERE),
        (MALI, "literal", None, IN_GAO),
        (KIDAL, "metonym", None, IN_GAO),
        (KIDAL, "literal", lambda inner, outer: (inner, outer) == (GAO.id, KIDAL.id), IN_GAO),
        (KIDAL, "literal", lambda inner, outer: (inner, outer) == (KIDAL.id, GAO.id), NOWHERE),
    ],
)
def test_another_place_in_its_sentence_speaks_against_it(ref: PlaceRef, kind: str, within: Any, found: Any) -> None:
    toponyms = names((ref, kind))
    assert put(draft(where=GAO), draft(number=2, here=(0,)), toponyms=toponyms, within=within) == found


# ---- what is told after


@pytest.mark.parametrize(
    ("after", "mine", "found"),
    [
        ({}, {}, IN_GAO), ({"number": 3}, {}, IN_GAO), ({"number": 4}, {}, NOWHERE),
        ({"spec": THE_ATTACK.replace("The/", "This/")}, {}, IN_GAO),
        ({"spec": THE_ATTACK.replace("The/", "An/")}, {}, NOWHERE),
        ({"spec": THE_ATTACK.replace("det", "amod")}, {}, NOWHERE),
        ({"spec": ATTACK}, {}, NOWHERE), ({"spec": "The/DT/det/1 attacked/VBD/ROOT/1"}, {}, NOWHERE),
        ({"type_": "DISASTER"}, {}, IN_GAO), ({"type_": "COERCE"}, {}, NOWHERE),
        ({"status": "planned"}, {}, NOWHERE), ({"several": True}, {}, NOWHERE), ({"where": SAHEL}, {}, NOWHERE),
        ({}, {"type_": "COERCE"}, NOWHERE), ({}, {"type_": "ACCIDENT"}, IN_GAO), ({}, {"here": (0,)}, NOWHERE),
    ],
)  # fmt: skip
def test_the_same_told_again_with_its_place(after: dict[str, Any], mine: dict[str, Any], found: Any) -> None:
    first = draft(**mine)
    later = draft(**using(after, where=GAO, number=2, spec=THE_ATTACK))
    fill_in([first, later], names((MALI, "literal")), ARTICLE, None)
    place_ = first.location
    assert ((place_.name, place_.basis) if place_ is not None else NOWHERE) == found


def test_told_again_among_the_next_four() -> None:
    for others, found in ((3, True), (4, False)):
        first, later = draft(), draft(where=GAO, number=2, spec=THE_ATTACK)
        fill_in([first, *(draft("PROTEST", number=1) for _ in range(others)), later], (), ARTICLE, None)
        assert (first.location is not None) is found


# ---- domestic events


@pytest.mark.parametrize(
    ("type_", "mode", "domestic", "ref", "kind", "found"),
    [
        ("PROTEST", None, "ML", MALI, "demonym", ("Mali", "inferred")),
        ("ELECTION", None, "ML", MALI, "demonym", ("Mali", "inferred")),
        ("LEADERSHIP_CHANGE", None, "ML", MALI, "demonym", ("Mali", "inferred")),
        ("RETREAT", "resign", "ML", MALI, "demonym", ("Mali", "inferred")),
        ("RETREAT", None, "ML", MALI, "demonym", NOWHERE),
        ("ASSAULT", None, "ML", MALI, "demonym", NOWHERE),
        ("PROTEST", None, None, MALI, "demonym", NOWHERE),
        ("PROTEST", None, "GH", MALI, "demonym", NOWHERE),
        ("PROTEST", None, "ML", MALI, "metonym", NOWHERE),
        ("PROTEST", None, "ML", GAO, "demonym", NOWHERE),
    ],
)  # fmt: skip
def test_the_country_of_a_people(type_: str, mode: Any, domestic: Any, ref: PlaceRef, kind: str, found: Any) -> None:
    last = draft(type_, mode=mode, domestic=domestic, here=(0,))
    assert put(last, toponyms=names((ref, kind))) == found
    if found != NOWHERE:
        assert last.place_why == 'no place named; domestic event of "Mali" actors, at country precision'
    hypothetical = draft(type_, mode=mode, domestic=domestic, here=(0,), status="hypothetical")
    assert put(hypothetical, toponyms=names((ref, kind))) == found


def test_a_people_goes_before_a_neighbour() -> None:
    last = draft("PROTEST", domestic="GH", here=(0,), number=2)
    assert put(draft("PROTEST", where=GAO), last, toponyms=names((GHANA, "demonym"))) == ("Ghana", "inferred")


# ---- hosts and what was said


def host(**changes: Any) -> Draft:
    return draft(**using(changes, type_="CONSULT", number=6, actors=(actor("the king", "recipient", "ML"),)))


@pytest.mark.parametrize(
    ("visit", "mine", "found"),
    [
        ({}, {}, IN_GAO), ({"mode": "meet"}, {}, NOWHERE), ({"status": "planned"}, {}, NOWHERE),
        ({"where": None, "location": at(GAO, "inferred")}, {}, NOWHERE), ({"where": ACCRA}, {}, NOWHERE),
        ({}, {"type_": "AGREE"}, NOWHERE), ({}, {"actors": (actor("the king", "actor", "ML"),)}, NOWHERE),
        ({}, {"actors": ()}, NOWHERE),
        ({"day": "2020-10-01"}, {"day": "2020-10-02"}, NOWHERE), ({"day": "2020-10-01"}, {"day": "2020-10-01"}, IN_GAO),
        ({"day": "2020-10-01"}, {"date": on("2020-10-02")}, IN_GAO),
        ({"actors": (actor("a monument", "recipient"),)}, {}, NOWHERE),
        ({"actors": (actor("the president", "recipient"),)}, {}, IN_GAO),
    ],
)  # fmt: skip
def test_a_meeting_with_the_host_of_a_visit(visit: dict[str, Any], mine: dict[str, Any], found: Any) -> None:
    other = draft(**using(visit, type_="CONSULT", mode="visit", where=GAO, kind="headline"))
    assert put(other, host(**mine)) == found


@pytest.mark.parametrize(
    ("opening", "mine", "ref", "kind", "found"),
    [
        ({}, {}, GAO, "literal", IN_GAO), ({}, {}, GAO, "metonym", IN_GAO), ({}, {}, GAO, "demonym", NOWHERE),
        ({}, {}, KIDAL, "literal", NOWHERE), ({}, {"number": 1}, GAO, "literal", NOWHERE),
        ({"number": 6}, {}, GAO, "literal", IN_GAO), ({"number": 7}, {}, GAO, "literal", NOWHERE),
        ({"kind": "headline"}, {}, GAO, "literal", NOWHERE), ({"status": "planned"}, {}, GAO, "literal", NOWHERE),
        ({}, {"type_": "PROTEST"}, GAO, "literal", NOWHERE),
    ],
)  # fmt: skip
def test_words_about_the_place_of_the_opening(
    opening: dict[str, Any], mine: dict[str, Any], ref: PlaceRef, kind: str, found: Any
) -> None:
    last = draft(**using(mine, type_="ACCUSE", number=9, here=(0,)))
    assert put(draft(where=GAO, **opening), last, toponyms=names((ref, kind))) == found


@pytest.mark.parametrize(
    "type_",
    ["AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE", "AID", "COOPERATE"],
)
def test_every_type_that_is_words(type_: str) -> None:
    last = draft(type_, number=9, here=(0,))
    assert put(draft(where=GAO), last, toponyms=names((GAO, "literal"))) == IN_GAO
    assert put(draft(type_, where=GAO), draft(type_, number=2)) == NOWHERE


def test_a_host_goes_before_the_opening() -> None:
    jane = actor("Ms. Jane Doe")
    opening = draft("CONSULT", KIDAL, actors=(jane,))
    visit = draft("CONSULT", GAO, mode="visit", kind="headline")
    assert put(opening, visit, host(actors=(jane, actor("the king", "recipient", "ML")))) == IN_GAO
    assert put(opening, host(actors=(jane, actor("the king", "recipient", "ML")))) == ("Kidal", "inherited")


def test_names_of_no_known_place_say_nothing() -> None:
    known = names((MALI, "literal"), (MALI, "literal"), (MALI, "literal"), (MALI, "literal"))
    toponyms = [replace(known[0], place=None), *known[1:]]
    assert put(draft(where=GAO), draft(number=2, here=(0,)), toponyms=toponyms) == IN_GAO
    assert put(draft(here=(0,)), toponyms=toponyms) == ("Mali", "inherited")
    jane = (actor("Ms. Jane Doe"),)
    told = draft("CONSULT", GAO, actors=jane), draft("AGREE", number=9, actors=jane, here=(0,))
    assert put(*told, toponyms=toponyms) == IN_GAO
    assert put(draft("PROTEST", domestic="ML", here=(0,)), toponyms=toponyms) == ("Mali", "inherited")


def test_who_lays_flowers_at_a_grave_meets_nobody_there() -> None:
    for thing, found in (("monument", NOWHERE), ("minister", IN_GAO)):
        spec = f"They/PRP/nsubj/1 visited/VBD/ROOT/1 a/DT/det/3 {thing}/NN/dobj/1"
        text = f"They visited a {thing} in the city and left for the airport."
        visit = draft("CONSULT", GAO, mode="visit", spec=spec, word="visited", evidence=Span(start=0, end=len(text)))
        assert visit.place_why == ""
        article = Article(id="a", text=text, published="2020-10-07")
        assert put(visit, host(number=2), article=article) == found
        assert visit.site is (found == NOWHERE)


@pytest.mark.parametrize(
    ("opening", "mine", "found"),
    [
        ({}, {}, IN_GAO), ({"actors": (actor("John Roe"),)}, {}, NOWHERE), ({"type_": "ASSAULT"}, {}, NOWHERE),
        ({"type_": "AID"}, {}, IN_GAO), ({}, {"kind": "headline"}, NOWHERE), ({}, {"type_": "PROTEST"}, NOWHERE),
        ({"mode": "visit", "actors": (actor("Jane Doe"), actor("a monument", "recipient"))}, {}, NOWHERE),
        ({"actors": ()}, {"actors": (actor("he", country="ML"),)}, IN_GAO),
        ({"actors": ()}, {"actors": (actor("he", country="GH"),)}, NOWHERE),
        ({"actors": (actor("President The Mr. Xi of"),)}, {"actors": (actor("President The Mr. Xi of"),)}, NOWHERE),
        ({"actors": (actor("JANE"),)}, {"actors": (actor("Jane"),)}, IN_GAO),
        ({"actors": (actor("the doe"),)}, {"actors": (actor("the doe"),)}, NOWHERE),
        # a place of its own in another country
        ({}, {"here": (1,), "places": (EventPlace(toponym=1, role="happened_at"),)}, NOWHERE),
        ({}, {"here": (1,), "places": (EventPlace(toponym=1, role="mentioned"),)}, IN_GAO),
        ({}, {"here": (2,), "places": (EventPlace(toponym=2, role="happened_at"),)}, IN_GAO),
        ({}, {"here": (3,), "places": (EventPlace(toponym=3, role="happened_at"),)}, IN_GAO),
        ({"several": True}, {}, NOWHERE),
    ],
)  # fmt: skip
def test_words_of_those_whom_the_opening_is_about(opening: dict[str, Any], mine: dict[str, Any], found: Any) -> None:
    jane = (actor("Ms. Jane Doe"),)
    toponyms = names((GAO, "literal"), (ACCRA, "literal"), (KIDAL, "literal"), (ACCRA, "metonym"))
    first = draft(**using(opening, type_="CONSULT", where=GAO, actors=jane))
    assert put(first, draft(**using(mine, type_="AGREE", number=9, actors=jane)), toponyms=toponyms) == found


# ---- what the article is about


@pytest.mark.parametrize(
    ("about", "found"),
    [
        ([(MALI, "literal")] * 3, "Mali"),
        ([(MALI, "literal")] * 2, "Mali"),
        ([(MALI, "literal")], None),
        ([(MALI, "demonym")] * 2, None),
        ([(MALI, "literal"), (GAO, "literal"), (KIDAL, "literal")], "Mali"),
        ([(GAO, "literal")] * 3, None),
        ([(MALI, "demonym")] * 3, "Mali"),
        ([(MALI, "metonym")] * 3, "Mali"),
        ([(MALI, "literal")] * 4 + [(GHANA, "literal")] * 2, "Mali"),
        ([(MALI, "literal")] * 4 + [(GHANA, "literal")] * 3, "Mali"),
        ([(MALI, "literal")] * 4 + [(GHANA, "literal")] * 4, None),
        ([(MALI, "metonym")] * 4 + [(GHANA, "metonym")] * 3, None),
        ([(MALI, "metonym")] * 4 + [(GHANA, "metonym")] * 2, "Mali"),
        ([(SAHEL, "literal")] * 3, None),
        # where its places lie: peoples count half, governments nothing
        ([(MALI, "demonym")] * 3 + [(GHANA, "literal")] * 2, "Ghana"),
        ([(MALI, "demonym")] * 2 + [(MALI, "literal")] + [(GHANA, "metonym")] * 2, "Mali"),
    ],
)  # fmt: skip
def test_harm_without_a_place_is_in_the_country_that_the_article_is_about(about: Any, found: str | None) -> None:
    last = draft()
    assert put(last, toponyms=names(*about)) == ((found, "inherited") if found else NOWHERE)
    if found:
        assert last.place_why == f"not said in its sentence; the article is about {found}"
    for other in (draft("AID"), draft(kind="headline"), draft(status="background")):
        assert put(other, toponyms=names(*about)) == NOWHERE
    for other in (draft("COERCE"), draft("DISASTER"), draft("ACCIDENT")):
        assert put(other, toponyms=names(*about))[0] == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, "Mali"), ({"here": (3,)}, None), ({"here": (0,)}, "Mali"), ({"here": (4,)}, "Mali"),
        ({"actors": (actor("he", country="GH"),)}, None), ({"actors": (actor("he", country="ML"),)}, "Mali"),
        ({"actors": (actor("he"),)}, "Mali"),
    ],
)  # fmt: skip
def test_another_country_in_its_sentence_speaks_against_it(changes: dict[str, Any], found: str | None) -> None:
    toponyms = names(*[(MALI, "literal")] * 3, (GHANA, "literal"), (GHANA, "demonym"), *[(MALI, "literal")] * 3)
    assert put(draft(**changes), toponyms=toponyms)[0] == found


def test_furniture_and_datelines_are_not_what_an_article_is_about() -> None:
    toponyms = names(*[(MALI, "literal")] * 3)
    for kind, found in (
        ("byline", NOWHERE), ("credit", NOWHERE), ("boilerplate", NOWHERE), ("dateline", NOWHERE),
        ("body", ("Mali", "inherited")), ("headline", ("Mali", "inherited")),
    ):  # fmt: skip
        segments = (Segment(start=0, end=100, kind=kind),)  # type: ignore[arg-type]  # one kind after the other
        article = Article(id="a", text="x" * 400, segments=segments)
        assert put(draft(), toponyms=toponyms, article=article) == found
    filed = Article(id="a", text="x" * 400, segments=(Segment(start=0, end=25, kind="dateline"),))
    assert put(draft(), toponyms=toponyms, article=filed) == ("Mali", "inherited"), "two datelines and the body"


@pytest.mark.parametrize(
    ("about", "opening", "changes", "found"),
    [
        ([(MALI, "literal")] * 3, None, {}, "Mali"),
        ([(MALI, "literal")] * 4 + [(GHANA, "literal")] * 3, None, {}, None),
        ([(MALI, "literal")] * 4 + [(GHANA, "literal")] * 3, GAO, {}, "Mali"),
        ([(MALI, "literal")] * 3, ACCRA, {}, None),
        ([(MALI, "literal")] * 3, GAO, {"here": (0,)}, "Mali"),
        ([(MALI, "literal")] * 4 + [(GHANA, "literal")], None, {"here": (4,)}, None),
        ([(MALI, "literal")] * 4 + [(GHANA, "demonym")], None, {"here": (4,)}, "Mali"),
        ([(MALI, "literal")] * 2, None, {}, None),
    ],
)  # fmt: skip
def test_a_protest_without_a_place(about: Any, opening: PlaceRef | None, changes: Any, found: str | None) -> None:
    first = [draft("AGREE", where=opening)] if opening is not None else []
    assert put(*first, draft("PROTEST", number=9, **changes), toponyms=names(*about))[0] == found


def test_what_has_no_sentence_stands_beside_nothing() -> None:
    assert _same_breath(draft(sentence=None), draft()) is False
    assert _same_breath(draft(spec="a/DT/x/3 b/NN/x/3 ;/:/p/3 attacked/VBD/ROOT/3"), draft()) is True
