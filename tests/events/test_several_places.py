"""One telling of several places is an event in each; alternatives, routes and containers are not taken for lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from mapper.events import merge
from mapper.events.coder import EventCoder
from mapper.model import Analysis, Article, Event, PlaceRef, Span, Toponym

KNOWN = {
    "Oran": ("DZ", "P", "PPLA", 35.70, -0.63, 800_000),
    "Algiers": ("DZ", "P", "PPLC", 36.75, 3.06, 3_000_000),
    "Constantine": ("DZ", "P", "PPLA", 36.36, 6.61, 450_000),
    "Algeria": ("DZ", "A", "PCLI", 28.0, 3.0, 43_000_000),
    "Mali": ("ML", "A", "PCLI", 17.0, -4.0, 21_000_000),
    "Niger": ("NE", "A", "PCLI", 17.0, 9.0, 25_000_000),
    "Gao": ("ML", "P", "PPLA", 16.27, -0.04, 86_000),
    "Menaka": ("ML", "P", "PPLA", 15.92, 2.40, 20_000),
    "Kidal": ("ML", "P", "PPLA", 18.44, 1.41, 25_000),
    "Goma": ("CD", "P", "PPLA", -1.68, 29.22, 670_000),
    "Bukavu": ("CD", "P", "PPLA", -2.51, 28.85, 870_000),
    "Gombe": ("CD", "P", "PPL", -4.31, 15.29, 32_000),
    "Kinshasa": ("CD", "P", "PPLC", -4.33, 15.31, 16_000_000),
    "Washington": ("US", "P", "PPLC", 38.9, -77.04, 690_000),
    "London": ("GB", "P", "PPLC", 51.5, -0.13, 8_900_000),
    "Kabul": ("AF", "P", "PPLC", 34.53, 69.17, 4_400_000),
    "Leeds": ("GB", "P", "PPLA2", 53.80, -1.55, 536_000),
    "Bradford": ("GB", "P", "PPLA2", 53.79, -1.75, 366_000),
    "Kharkiv": ("UA", "P", "PPLA", 49.99, 36.23, 1_430_000),
    "Odesa": ("UA", "P", "PPLA", 46.48, 30.73, 1_010_000),
    "Saltivka": ("UA", "P", "PPLX", 50.02, 36.33, 400_000),
}

Told = Callable[..., Sequence[Event]]


def toponyms_of(text: str, names: Sequence[str]) -> tuple[Toponym, ...]:
    found = []
    at: dict[str, int] = {}
    for name in names:
        code, feature_class, feature_code, lat, lon, people = KNOWN[name]
        start = text.index(name, at.get(name, 0))
        at[name] = start + 1
        place = PlaceRef(
            id=f"test:{name.lower()}", name=name, lat=lat, lon=lon, country_code=code, feature_class=feature_class,
            feature_code=feature_code, footprint="point" if feature_class == "P" else "area", population=people,
        )  # fmt: skip
        found.append(
            Toponym(start=start, end=start + len(name), text=name, kind="literal", place=place, confidence=0.9)
        )
    return tuple(sorted(found))


def analysed(coder: EventCoder, text: str, *names: str, name: str = "a", triggers: Any = None) -> Analysis:
    article = Article(id=name, text=text, published="2021-06-09", language="en", triggers=triggers)
    toponyms = toponyms_of(text, names)
    times, events = coder.code([(article, toponyms)])[0]
    return Analysis(article=article, toponyms=toponyms, times=times, events=events)


@pytest.fixture
def told(coder: EventCoder) -> Told:
    return lambda text, *names: analysed(coder, text, *names).events


def where(events: Sequence[Event], kind: str) -> list[str | None]:
    return [e.location.name if e.location else None for e in events if e.type == kind]


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("Protests were held in Oran, Algiers and Constantine on Monday.", "PROTEST", "Oran Algiers Constantine"),
        ("Thousands of people marched in Oran, Algiers, and Constantine.", "PROTEST", "Oran Algiers Constantine"),
        ("Thousands marched in Oran, Algiers and other cities on Sunday.", "PROTEST", "Oran Algiers"),
        ("Thousands marched in Oran as well as Algiers on Sunday.", "PROTEST", "Oran Algiers"),
        ("Bombings in Gao and Kidal killed at least 20 people on Tuesday.", "ASSAULT", "Gao Kidal"),
        ("Gunmen attacked villages near Gao and Kidal on Sunday.", "ASSAULT", "Gao Kidal"),
        ("Clashes erupted in Goma and in Bukavu on Monday.", "ASSAULT", "Goma Bukavu"),
        ("Rebels attacked the towns of Goma and Bukavu on Monday.", "ASSAULT", "Goma Bukavu"),
        ("Police in Goma and Bukavu arrested 12 people on Monday.", "COERCE", "Goma Bukavu"),
        ("Gunmen attacked a market in Goma and a church in Bukavu on Friday.", "ASSAULT", "Goma Bukavu"),
        ("Attacks in Mali and Niger killed 40 people on Monday.", "ASSAULT", "Mali Niger"),
        ("The president visited Mali and Niger on Monday.", "CONSULT", "Mali Niger"),
        ("Elections were held in Mali and Niger on Sunday.", "ELECTION", "Mali Niger"),
        ("Floods hit Goma and Bukavu, killing 40 people.", "DISASTER", "Goma Bukavu"),
    ],
)
def test_an_event_in_each_place_of_a_list(told: Told, text: str, kind: str, names: str) -> None:
    events = [e for e in told(text, *names.split()) if e.type == kind]
    assert where(events, kind) == names.split()
    assert len({e.id for e in events}) == len(events)
    assert len({e.trigger for e in events}) == 1
    for e in events:
        others = [name for name in names.split() if e.location is not None and name != e.location.name]
        assert all(f'"{name}"' in e.why.place for name in others)
        assert sum(p.role == "happened_at" for p in e.places) == 1


@pytest.mark.parametrize(
    ("text", "kind", "names", "place"),
    [
        ("Police arrested 30 people in Oran, Algeria.", "COERCE", "Oran Algeria", "Oran"),
        ("A bomb exploded in Gombe, Kinshasa, on Monday.", "ASSAULT", "Gombe Kinshasa", "Gombe"),
        ("Protests broke out in Algiers and across Algeria on Friday.", "PROTEST", "Algiers Algeria", "Algiers"),
        ("An earthquake struck Goma and Bukavu on Monday, killing 300 people.", "DISASTER", "Goma Bukavu", None),
        ("Protesters marched from Oran to Algiers on Monday.", "PROTEST", "Oran Algiers", None),
    ],
)
def test_one_event_where_names_are_no_list(told: Told, text: str, kind: str, names: str, place: str | None) -> None:
    found = where(told(text, *names.split()), kind)
    assert len(found) == 1
    assert place is None or found == [place]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("An ambush on the road between Menaka and Kidal killed four soldiers on Monday.", "Menaka Kidal"),
        ("Fighting broke out between Goma and Bukavu on Monday.", "Goma Bukavu"),
        ("Air strikes hit either Gao or Kidal on Friday.", "Gao Kidal"),
        ("Gunmen killed six people in Gao or in Kidal on Friday.", "Gao Kidal"),
    ],
)
def test_one_of_two_places_is_no_pin_on_either(told: Told, text: str, names: str) -> None:
    (event,) = told(text, *names.split())
    assert event.location is not None
    assert (event.location.precision, event.location.acled_geo_precision) == ("near", 2)
    assert event.location.radius_km is not None
    assert 80 < event.location.radius_km < 350  # as far as the other one lies


def test_too_far_apart_to_say_where_between(told: Told) -> None:
    (event,) = told("Gunmen killed six people in Oran or in Kabul on Friday.", "Oran", "Kabul")
    assert event.location is None
    assert "leaves open" in event.why.place


def test_each_place_has_the_day_beside_it(told: Told) -> None:
    events = told("Protesters rallied in Oran on Monday and in Algiers on Tuesday.", "Oran", "Algiers")
    assert [(e.location.name, e.date.start) for e in events if e.location and e.date] == [
        ("Oran", "2021-06-07"),
        ("Algiers", "2021-06-08"),
    ]


def test_one_day_holds_for_all(told: Told) -> None:
    events = told("On Monday, protests were held in Oran and Algiers, officials said on Tuesday.", "Oran", "Algiers")
    assert [e.date.start for e in events if e.date] == ["2021-06-07", "2021-06-07"]


def test_a_count_of_all_is_no_ones(told: Told) -> None:
    events = told("Bombings in Gao and Kidal killed 20 people on Tuesday.", "Gao", "Kidal")
    assert [e.figures for e in events] == [(), ()]


def test_speakers_in_several_capitals_are_elsewhere(told: Told) -> None:
    text = "Officials in Washington and London condemned the attack in Kabul on Monday."
    events = told(text, "Washington", "London", "Kabul")
    assert where(events, "ACCUSE") == [None]
    assert where(events, "ASSAULT") == ["Kabul"]


def test_what_follows_is_in_none_of_them_alone(told: Told) -> None:
    text = "Protests were held in Oran, Algiers and Constantine on Monday. Police fired tear gas at protesters."
    events = told(text, "Oran", "Algiers", "Constantine")
    assert where(events, "ASSAULT") == [None]


def test_a_given_trigger_is_answered_once(coder: EventCoder) -> None:
    text = "Protests were held in Oran, Algiers and Constantine on Monday."
    found = analysed(coder, text, "Oran", "Algiers", "Constantine", triggers=(Span(start=0, end=8),))
    (event,) = found.events
    assert [p.role for p in event.places] == ["happened_at"] * 3


def clustered(*analyses: Analysis) -> list[set[tuple[str, str]]]:
    keys = merge.Keys()
    for analysis in analyses:
        keys.add(analysis)
    groups: dict[str, set[tuple[str, str]]] = {}
    of_event = keys.cluster()
    for analysis in analyses:
        for e in analysis.events:
            groups.setdefault(of_event[e.id], set()).add((analysis.article.id, e.location.name if e.location else ""))
    return sorted(groups.values(), key=sorted)


def test_merged_with_the_right_one_of_another_article(coder: EventCoder) -> None:
    first = analysed(coder, "Protests were held in Oran, Algiers and Constantine on Monday.", "Oran", "Algiers",
                     "Constantine", name="a")  # fmt: skip
    second = analysed(coder, "Hundreds of people protested in Algiers on Monday.", "Algiers", name="b")
    assert clustered(first, second) == [
        {("a", "Algiers"), ("b", "Algiers")}, {("a", "Constantine")}, {("a", "Oran")},
    ]  # fmt: skip


def test_told_again_of_one_town_in_the_same_article(coder: EventCoder) -> None:
    text = "Protests were held in Oran and Algiers on Monday. The protest in Algiers drew thousands of people."
    names = ("Oran", "Algiers", "Algiers")
    assert clustered(analysed(coder, text, *names)) == [{("a", "Algiers")}, {("a", "Oran")}]


@pytest.mark.parametrize(
    "text",
    [
        "Teachers protested in Leeds on Friday. Nurses protested in Bradford on Friday.",
        "A protest was held in Leeds on Friday. Another protest was held in Bradford on Friday.",
        "Protesters marched in Leeds on Friday. In Bradford, thousands rallied on the same day.",
    ],
)
def test_towns_side_by_side_are_two(coder: EventCoder, text: str) -> None:
    assert clustered(analysed(coder, text, "Leeds", "Bradford")) == [{("a", "Bradford")}, {("a", "Leeds")}]


def test_a_quarter_is_part_of_its_town(coder: EventCoder) -> None:
    text = "Missiles struck Kharkiv on Friday. Rockets struck Saltivka on Friday, killing two people."
    assert clustered(analysed(coder, text, "Kharkiv", "Saltivka")) == [{("a", "Kharkiv"), ("a", "Saltivka")}]


def test_told_as_another(coder: EventCoder) -> None:
    text = "Missiles struck Kharkiv on Friday. Another missile struck Saltivka on Friday, killing two people."
    assert len(clustered(analysed(coder, text, "Kharkiv", "Saltivka"))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Thousands protested against the war in Kabul on Sunday.",
        "Thousands protested over the killings in Kabul on Sunday.",
        "Students demonstrated against the coup in Mali on Sunday.",
        "Protesters marched against the war in Kabul and Mali on Sunday.",
    ],
)
def test_what_they_march_about_is_not_where_they_march(told: Told, text: str) -> None:
    events = told(text, *(name for name in ("Kabul", "Mali") if name in text))
    assert set(where(events, "PROTEST")) == {None}


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Bombs exploded in Gombe, Kinshasa and Goma on Monday.", "Gombe Kinshasa Goma", "Gombe Goma"),
        ("Bombs exploded in Oran, Algeria, and Gao, Mali, on Monday.", "Oran Algeria Gao Mali", "Oran Gao"),
        ("Bombs exploded in Oran, Algiers and Tlemcen on Monday.", "Oran Algiers", "Oran Algiers"),
        ("Bombs exploded in Oran, Algiers and elsewhere in Algeria on Monday.", "Oran Algiers Algeria", "Oran Algiers"),
        ("Bombs exploded in Oran, and then Algiers on Monday.", "Oran Algiers", "Oran Algiers"),
        ("Bombs exploded in Oran, in Algiers, on Monday.", "Oran Algiers", "Oran"),
    ],
)
def test_what_a_comma_says(told: Told, text: str, names: str, expected: str) -> None:
    assert where(told(text, *names.split()), "ASSAULT") == expected.split()
