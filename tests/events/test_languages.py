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


PLACED = {
    "Paris": ("FR", 48.85, 2.35), "Washington": ("US", 38.9, -77.04), "Gao": ("ML", 16.27, -0.04),
    "Kidal": ("ML", 18.44, 1.41), "Oran": ("DZ", 35.7, -0.63), "Alger": ("DZ", 36.75, 3.06),
    "Constantine": ("DZ", 36.36, 6.61), "Lima": ("PE", -12.05, -77.04), "Cusco": ("PE", -13.52, -71.97),
    "باريس": ("FR", 48.85, 2.35), "غاو": ("ML", 16.27, -0.04), "وهران": ("DZ", 35.7, -0.63),
    "الجزائر": ("DZ", 36.75, 3.06), "قسنطينة": ("DZ", 36.36, 6.61),
}  # fmt: skip


def placed(text: str, language: str, *names: str) -> tuple[Event, ...]:
    """The events of a text whose names are of towns far apart."""
    segments = (Segment(start=0, end=len(text), kind="body"),)
    article = Article(id="x", text=text, language=language, published="2024-05-04", segments=segments)
    toponyms = []
    for name in names:
        code, lat, lon = PLACED[name]
        place = PlaceRef(
            id=f"test:{name}", name=name, lat=lat, lon=lon, country_code=code, feature_class="P", feature_code="PPL",
            footprint="point",
        )  # fmt: skip
        start = text.index(name)
        toponyms.append(
            Toponym(start=start, end=start + len(name), text=name, kind="literal", place=place, confidence=0.9)
        )
    return EventCoder().code([(article, tuple(sorted(toponyms)))])[0][1]


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("Un porte-parole à Paris a affirmé lundi que des rebelles ont attaqué un convoi.", "fr", "Paris"),
        ("Selon un responsable à Paris, trois soldats ont été tués dans une embuscade.", "fr", "Paris"),
        ("Des hommes armés ont tué six villageois, a indiqué un responsable à Paris.", "fr", "Paris"),
        ("Interrogé à Paris, le ministre a annoncé que trois soldats ont été tués.", "fr", "Paris"),
        ("Dans un communiqué publié à Paris, le groupe assure que trois soldats ont été tués.", "fr", "Paris"),
        ("Un portavoz en Washington declaró el lunes que hombres armados mataron a seis personas.", "es", "Washington"),
        ("Seis personas fueron asesinadas, informó una funcionaria en Washington.", "es", "Washington"),
        ("Según un funcionario en Washington, seis personas fueron asesinadas.", "es", "Washington"),
        ("وقال متحدث في باريس إن مسلحين قتلوا عشرة أشخاص.", "ar", "باريس"),
        ("قتل مسلحون ستة قرويين، حسبما قال مسؤول في باريس.", "ar", "باريس"),
    ],
)
def test_where_it_is_told_is_not_where_it_happened(text: str, language: str, name: str) -> None:
    (event,) = placed(text, language, name)
    assert event.location is None
    assert [p.role for p in event.places] == ["statement_at"]


@pytest.mark.parametrize(
    ("text", "language", "names", "where"),
    [
        ("Un responsable à Paris a déclaré que dix personnes ont été tuées à Gao lundi.", "fr", "Paris Gao", "Gao"),
        ("Trois soldats ont été tués à Gao, a annoncé l'armée à Paris.", "fr", "Gao Paris", "Gao"),
        ("L'armée a annoncé que la police de Gao a arrêté dix hommes à Kidal.", "fr", "Gao Kidal", "Kidal"),
        ("قال مسؤول في باريس إن عشرة أشخاص قتلوا في غاو يوم الاثنين.", "ar", "باريس غاو", "غاو"),
    ],
)
def test_what_is_told_has_its_own_place(text: str, language: str, names: str, where: str) -> None:
    (event,) = placed(text, language, *names.split())
    assert event.location is not None
    assert event.location.name == where


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Des manifestations ont eu lieu à Oran, Alger et Constantine lundi.", "fr", "Oran Alger Constantine"),
        ("Une attaque a fait dix morts à Kidal et à Gao lundi.", "fr", "Kidal Gao"),
        ("La policía detuvo a tres hombres en Lima y Cusco.", "es", "Lima Cusco"),
        ("تظاهر آلاف الأشخاص في وهران والجزائر وقسنطينة.", "ar", "وهران الجزائر قسنطينة"),
    ],
)
def test_an_event_in_each_place_of_a_list(text: str, language: str, names: str) -> None:
    events = placed(text, language, *names.split())
    assert [e.location.name for e in events if e.location] == names.split()
    assert len({e.id for e in events}) == len(names.split())


def test_one_of_two_places_is_no_pin_on_either() -> None:
    (event,) = placed("La policía detuvo a tres hombres en Lima o en Cusco.", "es", "Lima", "Cusco")
    assert event.location is None
    assert "leaves open" in event.why.place
    (event,) = placed("Trois soldats ont été tués entre Kidal et Gao.", "fr", "Kidal", "Gao")
    assert event.location is None
