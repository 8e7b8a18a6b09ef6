"""How many were killed, wounded, arrested … as French, Spanish and Arabic news says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.events.languages.tolls import figures, value_of
from mapper.model import Span

Code = Callable[..., Any]


def counted(text: str, language: str) -> list[tuple[str, int | None, int | None]]:
    return [(f.kind, f.low, f.high) for f in figures(text, Span(start=0, end=len(text)), language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fr",
            "Au moins 12 personnes ont été tuées et 30 autres blessées.",
            [("killed", 12, None), ("wounded", 30, 30)],
        ),
        ("fr", "L'attaque a fait douze morts et une trentaine de blessés.", [("killed", 12, 12), ("wounded", 27, 33)]),
        ("fr", "L'explosion a tué 1.200 civils.", [("killed", 1200, 1200)]),
        ("fr", "Douze hommes armés ont tué cinq soldats.", [("killed", 5, 5)]),
        ("fr", "Quarante personnes, dont trois enfants, ont été tuées.", [("killed", 40, 40)]),
        ("fr", "La police a arrêté vingt-deux manifestants.", [("arrested", 22, 22)]),
        ("fr", "Plus de 2 000 personnes ont été déplacées.", [("displaced", 2001, None)]),
        ("fr", "Entre 12 et 15 personnes sont mortes.", [("killed", 12, 15)]),
        ("fr", "Le naufrage a coûté la vie à six pêcheurs.", [("killed", 6, 6)]),
        ("fr", "Moins de dix personnes ont été blessées.", [("wounded", None, 9)]),
        ("fr", "Six pêcheurs sont portés disparus.", [("missing", 6, 6)]),
        ("fr", "Des hommes ont enlevé quatre élèves.", [("abducted", 4, 4)]),
        ("fr", "Il a été tué il y a 12 ans, le 3 mars.", []),
        ("fr", "Une explosion a fait des morts.", []),
        ("fr", "Le 12 mars, 15 % des voix ont été perdues.", []),
        ("es", "Al menos 12 personas murieron y 30 resultaron heridas.", [("killed", 12, None), ("wounded", 30, 30)]),
        ("es", "El ataque dejó doce muertos y decenas de heridos.", [("killed", 12, 12), ("wounded", 24, 99)]),
        ("es", "La policía detuvo a treinta y dos manifestantes.", [("arrested", 32, 32)]),
        ("es", "Doce hombres armados mataron a cinco soldados.", [("killed", 5, 5)]),
        ("es", "Doce policías han detenido a cinco jóvenes.", [("arrested", 5, 5)]),
        ("es", "Hubo más de 2.000 desplazados.", [("displaced", 2001, None)]),
        ("es", "Hombres armados secuestraron a seis alumnos.", [("abducted", 6, 6)]),
        ("es", "Unas cuarenta personas, entre ellas tres niños, fueron asesinadas.", [("killed", 40, 40)]),
        ("es", "Seis personas siguen desaparecidas.", [("missing", 6, 6)]),
        ("es", "Murió el 12 de mayo a los 80 años.", []),
        ("ar", "مقتل 12 شخصا وإصابة 30 آخرين في انفجار.", [("killed", 12, 12), ("wounded", 30, 30)]),
        ("ar", "مقتل ١٢ شخصا.", [("killed", 12, 12)]),
        ("ar", "قتل ما لا يقل عن خمسة عشر جنديا.", [("killed", 15, None)]),
        ("ar", "أسفر الهجوم عن 12 قتيلا و30 جريحا.", [("killed", 12, 12), ("wounded", 30, 30)]),
        ("ar", "اعتقلت الشرطة عشرين متظاهرا.", [("arrested", 20, 20)]),
        ("ar", "نزوح أكثر من ألفي شخص.", [("displaced", 2001, None)]),
        ("ar", "قتل 12 شخصا بينهم ثلاثة أطفال.", [("killed", 12, 12)]),
        ("ar", "وفقدان ستة صيادين.", [("missing", 6, 6)]),
        ("ar", "قتل قبل 12 عاما.", []),
    ],
)
def test_what_is_counted(language: str, text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    assert counted(text, language) == expected


_FRENCH = [
    "",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_FRENCH_TENS = [
    "",
    "",
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
    "soixante",
    "quatre-vingt",
    "quatre-vingt",
]
_SPANISH = [
    "",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
]
_SPANISH_TENS = [
    "",
    "",
    "",
    "treinta",
    "cuarenta",
    "cincuenta",
    "sesenta",
    "setenta",
    "ochenta",
    "noventa",
]
_SPANISH_HUNDREDS = [
    "",
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
]


def in_french(n: int) -> str:
    if n >= 1000:
        return " ".join(filter(None, (in_french(n // 1000) if n >= 2000 else "", "mille", in_french(n % 1000))))
    if n >= 100:
        return " ".join(filter(None, (_FRENCH[n // 100] if n >= 200 else "", "cent", in_french(n % 100))))
    if n < 20:
        return _FRENCH[n]
    tens, ones = n // 10, n % 10
    if tens in {7, 9}:
        ones += 10
    joint = " et " if ones in {1, 11} and tens < 8 else "-"
    return _FRENCH_TENS[tens] + (joint + _FRENCH[ones] if ones else "")


def in_spanish(n: int) -> str:
    if n >= 1000:
        return " ".join(filter(None, (in_spanish(n // 1000) if n >= 2000 else "", "mil", in_spanish(n % 1000))))
    if n >= 100:
        return " ".join(filter(None, (_SPANISH_HUNDREDS[n // 100], in_spanish(n % 100))))
    if n < 30:
        return _SPANISH[n]
    return _SPANISH_TENS[n // 10] + (f" y {_SPANISH[n % 10]}" if n % 10 else "")


@given(st.integers(min_value=1, max_value=99_999))
def test_numbers_in_words_have_their_value(n: int) -> None:
    assert value_of(in_french(n), "fr") == n
    assert value_of(in_spanish(n), "es") == n


@given(st.integers(min_value=2, max_value=99_999))
def test_numbers_in_words_are_found_whole(n: int) -> None:
    assert counted(f"L'attaque a fait {in_french(n)} morts.", "fr") == [("killed", n, n)]
    assert counted(f"Hubo {in_spanish(n)} muertos.", "es") == [("killed", n, n)]


@given(st.text(max_size=80), st.sampled_from(["fr", "es", "ar"]))
def test_any_text_is_read_without_error_and_offsets_hold(text: str, language: str) -> None:
    for f in figures(text, Span(start=0, end=len(text)), language):
        assert f.text == text[f.start : f.end]


@pytest.mark.parametrize(
    ("language", "text", "type_", "expected"),
    [
        ("fr", "Une attaque contre un marché a tué douze personnes lundi à Gao.", "ASSAULT", ("killed", 12, 12)),
        ("fr", "La police a arrêté vingt manifestants mardi à Dakar.", "COERCE", ("arrested", 20, 20)),
        ("es", "La policía detuvo a veinte manifestantes el martes en Quito.", "COERCE", ("arrested", 20, 20)),
        ("ar", "هاجم مسلحون قرية قرب الموصل ما أدى إلى مقتل 12 شخصا.", "ASSAULT", ("killed", 12, 12)),
    ],
)
def test_an_event_carries_its_count(
    code: Code, language: str, text: str, type_: str, expected: tuple[str, int, int]
) -> None:
    _, events = code(text, language=language)
    assert expected in [(f.kind, f.low, f.high) for e in events if e.type == type_ for f in e.figures]
