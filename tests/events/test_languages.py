"""Events of French, Spanish and Arabic sentences: only what is told as done counts, and words have no place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.events import EventCoder, merge
from mapper.events.languages import SUPPORTED
from mapper.events.languages.phrases import phrases
from mapper.events.plover import TYPES
from mapper.model import Analysis, Article, Event, PlaceRef, Segment, Toponym


def coded(text: str, language: str, places: tuple[str, ...] = (), published: str = "2024-05-04") -> tuple[Event, ...]:
    segments = (Segment(start=0, end=len(text), kind="body"),) if text else ()
    article = Article(
        id="x", text=text, language=language, published=published, published_basis="given", segments=segments
    )
    toponyms = tuple(
        Toponym(
            start=text.index(name),
            end=text.index(name) + len(name),
            text=name,
            kind="literal",
            place=PlaceRef(
                id=f"test:{name}",
                name=name,
                lat=1.0,
                lon=2.0,
                country_code="ML",
                feature_class="P",
                feature_code="PPL",
                footprint="point",
            ),
            stands_for=None,
            confidence=0.9,
        )
        for name in places
    )
    return EventCoder().code([(article, toponyms)])[0][1]


@pytest.mark.parametrize(
    ("text", "language", "type_", "status"),
    [
        ("Dix civils ont été tués vendredi près de Gao.", "fr", "ASSAULT", "reported"),
        ("Un séisme a frappé la ville de Gao.", "fr", "DISASTER", "reported"),
        ("Des milliers de personnes ont manifesté à Gao.", "fr", "PROTEST", "reported"),
        ("Le ministre avait été arrêté à Gao.", "fr", "COERCE", "background"),
        ("Le président visitera Gao jeudi.", "fr", "CONSULT", "planned"),
        ("Un terremoto sacudió la ciudad de Gao.", "es", "DISASTER", "reported"),
        ("La policía detuvo a tres hombres en Gao.", "es", "COERCE", "reported"),
        ("El presidente viajará a Gao.", "es", "CONSULT", "planned"),
        ("تظاهر آلاف الأشخاص في غاو.", "ar", "PROTEST", "reported"),
        ("ضرب زلزال مدينة غاو.", "ar", "DISASTER", "reported"),
        ("قُتِل عشرة أشخاص في غاو.", "ar", "ASSAULT", "reported"),
    ],
)
def test_what_is_told_as_done_or_fixed(text: str, language: str, type_: str, status: str) -> None:
    assert [(e.type, e.status) for e in coded(text, language)] == [(type_, status)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Les soldats n'ont pas attaqué le village.", "fr"),
        ("Aucun soldat n'a été tué.", "fr"),
        ("L'armée a démenti avoir attaqué le village.", "fr"),
        ("Dix civils auraient été tués.", "fr"),
        ("Les rebelles pourraient attaquer la ville.", "fr"),
        ("Le ministre veut rencontrer les rebelles.", "fr"),
        ("Une attaque est possible, selon lui.", "fr"),
        ("La policía no detuvo a nadie.", "es"),
        ("El ejército negó que sus soldados atacaron el pueblo.", "es"),
        ("Habría sido secuestrado, según su familia.", "es"),
        ("لم يقتل أحد في الحادث.", "ar"),
        ("نفى الجيش أنه قصف المستشفى.", "ar"),
    ],
)
def test_what_is_not_told_as_done(text: str, language: str) -> None:
    assert coded(text, language) == ()


def test_sport_borrows_the_words() -> None:
    text = (
        "Le match a opposé deux équipes. Le joueur a attaqué dès le début. L'entraîneur a été arrêté par une blessure."
    )
    assert coded(text, "fr") == ()


@pytest.mark.parametrize("text", ["Dix civils ont été tués à Gao.", "À Gao, dix civils ont été tués."])
def test_a_place_behind_a_preposition(text: str) -> None:
    (event,) = coded(text, "fr", ("Gao",))
    assert event.location is not None
    assert (event.location.name, event.location.basis) == ("Gao", "stated")


@pytest.mark.parametrize(
    "text",
    [
        "Le gouvernement du Mali a condamné les violences à Gao.",
        "Paris a imposé des sanctions à Gao.",
        "Dix civils ont été tués, a dit le maire de Gao.",
    ],
)
def test_no_place_for_words_nor_from_speakers(text: str) -> None:
    assert [e.location for e in coded(text, "fr", ("Gao",))] == [None]


def test_dates_of_three_languages() -> None:
    texts = {
        "fr": "Dix civils ont été tués le 1er mai 2024 à Gao.",
        "es": "La policía detuvo a tres hombres el 1 de mayo de 2024 en Gao.",
        "ar": "تظاهر آلاف الأشخاص في غاو يوم 1 مايو 2024.",
    }
    for language, text in texts.items():
        (event,) = coded(text, language)
        assert event.date is not None
        assert event.date.start == "2024-05-01"


@pytest.mark.parametrize(("place", "together"), [("Gao", True), ("Kidal", False)])
def test_an_event_told_in_two_languages_is_one(place: str, together: bool) -> None:
    texts = {
        "fr": "Dix civils ont été tués vendredi à Gao.",
        "es": f"Fueron asesinados diez civiles el viernes en {place}.",
    }
    keys = merge.Keys()
    for language, text in texts.items():
        article = Article(id=language, text=text, language=language, published="2024-05-04", published_basis="given")
        keys.add(
            Analysis(
                article=article,
                toponyms=(),
                times=(),
                events=coded(text, language, (place if language == "es" else "Gao",)),
            )
        )
    assert (len(set(keys.cluster().values())) == 1) is together


def test_harm_after_an_earthquake_is_the_earthquake_s() -> None:
    events = coded("Un séisme a frappé Gao lundi. Il a fait dix morts.", "fr")
    assert [e.type for e in events] == ["DISASTER"]


@given(st.text(max_size=200), st.sampled_from(sorted(SUPPORTED)))
def test_any_text_can_be_read(text: str, language: str) -> None:
    for event in coded(text, language):
        assert text[event.trigger.start : event.trigger.end] == event.trigger.text


@pytest.mark.parametrize("language", sorted(SUPPORTED))
def test_every_phrase_has_a_type_of_the_ontology(language: str) -> None:
    assert {p.type for p in phrases(language).phrases} <= set(TYPES)
