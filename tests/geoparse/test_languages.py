"""A small hand-made set for each language that has no recogniser here: the gazetteer alone must find these."""

from __future__ import annotations

import pytest

from tests.geoparse.conftest import Parse

SENTENCES = [
    (
        "fr",
        "Des affrontements ont éclaté lundi à Tombouctou, dans le nord du Mali.",
        {"Tombouctou": "ML", "Mali": "ML"},
    ),
    ("fr", "Le président algérien s'est rendu à Oran et à Tamanrasset.", {"Oran": "DZ", "Tamanrasset": "DZ"}),
    ("es", "Una bomba estalló el martes en Bogotá, capital de Colombia.", {"Bogotá": "CO", "Colombia": "CO"}),
    ("es", "Los manifestantes marcharon por las calles de Sevilla.", {"Sevilla": "ES"}),
    ("ar", "اندلعت اشتباكات في مدينة طرابلس أمس بعد زيارة وفد من الجزائر", {"طرابلس": "LY", "الجزائر": "DZ"}),
    ("ar", "وصل الرئيس إلى القاهرة قادما من باريس", {"القاهرة": "EG", "باريس": "FR"}),
    ("ru", "Взрыв произошёл в Харькове, сообщили власти Украины.", {"Харькове": "UA", "Украины": "UA"}),
    ("ru", "Делегация прибыла в Тунис из Москвы.", {"Тунис": "TN", "Москвы": "RU"}),
    ("zh", "示威者周一在突尼斯举行抗议活动，随后代表团前往北京。", {"突尼斯": "TN", "北京": "CN"}),
    ("zh", "武装分子袭击了马里北部的廷巴克图。", {"马里": "ML", "廷巴克图": "ML"}),
]


@pytest.mark.parametrize(("language", "text", "wanted"), SENTENCES)
def test_names_are_found_in(parse: Parse, language: str, text: str, wanted: dict[str, str]) -> None:
    found = {t.text: t.place.country_code for t in parse(text, language) if t.place is not None}
    assert {name: found.get(name) for name in wanted} == wanted


def test_an_arabic_preposition_is_no_part_of_the_name(parse: Parse) -> None:
    text = "عقد الاجتماع بالجزائر يوم الاثنين"
    spans = [text[t.start : t.end] for t in parse(text, "ar")]
    assert [span for span in spans if "جزائر" in span] == ["الجزائر"]
