"""Which language, which charset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.articles.clean import clean, clean_line
from mapper.articles.decode import decode
from mapper.articles.language import KNOWN, detect
from mapper.errors import InputError

STORIES = {
    "en": "The foreign minister of the island state met his counterpart in the capital on Tuesday, officials said.",
    "fr": "Le ministre des affaires étrangères a rencontré mardi son homologue dans la capitale, a-t-on dit.",
    "es": "El ministro de Exteriores se reunió el martes con su homólogo en la capital, según las autoridades.",
    "de": "Der Außenminister des Inselstaats traf am Dienstag seinen Amtskollegen in der Hauptstadt, hieß es.",
    "it": "Il ministro degli Esteri ha incontrato martedì il suo omologo nella capitale, hanno detto i funzionari.",
    "pt": "O ministro das Relações Exteriores reuniu-se na terça-feira com o seu homólogo na capital, disseram.",
    "ar": "التقى وزير الخارجية نظيره في العاصمة يوم الثلاثاء لبحث الأوضاع في المنطقة، حسبما قال مسؤولون.",
    "ru": "Министр иностранных дел встретился во вторник со своим коллегой в столице, сообщили официальные лица.",
    "zh": "外交部长星期二在首都会见了来访的外长，双方讨论了地区局势和经济合作问题。",
    "tr": "Dışişleri bakanı salı günü başkentte mevkidaşıyla bir araya geldi ve görüşmenin olumlu geçtiğini söyledi.",
    "fa": "وزیر امور خارجه روز سه‌شنبه در پایتخت با همتای خود دیدار و درباره تحولات منطقه گفت‌وگو کرد.",
    "sw": "Waziri wa mambo ya nje alikutana na mwenzake katika mji mkuu siku ya Jumanne, maafisa walisema.",
}


@pytest.mark.parametrize("language", STORIES)
def test_languages(language: str) -> None:
    assert detect(STORIES[language]) == language


def test_long_english_and_english_in_capitals() -> None:
    assert detect(STORIES["en"] * 5) == "en"
    assert detect(STORIES["en"].upper()) == "en"


@pytest.mark.parametrize("text", ["", "AP", "Timbuktu", "12345 67890 ---", "\ud800\ud801", "????????????????????????"])
def test_too_little_to_tell(text: str) -> None:
    assert detect(text) is None


@given(st.text(max_size=300))
def test_any_text_has_a_known_language_or_none(text: str) -> None:
    assert detect(text) in {None, *KNOWN}


CHARSETS = {
    "utf-8": "Des villageois de Sévaré ont été évacués après l’attaque.",
    "utf-8-sig": "Des villageois de Sévaré ont été évacués après l’attaque.",
    "utf-16": "Des villageois de Sévaré ont été évacués.",
    "utf-16-le": "Villagers of Veld were led to safety after the attack.",
    "utf-16-be": "Villagers of Veld were led to safety after the attack.",
    "utf-32": "Des villageois de Sévaré ont été évacués.",
    "cp1252": "Des villageois de Sévaré ont été évacués après l’attaque – la troisième. " * 3,
    "cp1251": STORIES["ru"] * 3,
    "koi8-r": STORIES["ru"] * 3,
    "cp1256": STORIES["ar"] * 3,
    "gb18030": STORIES["zh"] * 3,
}


@pytest.mark.parametrize("charset", CHARSETS)
def test_charsets(charset: str) -> None:
    text = CHARSETS[charset]
    assert decode(text.encode(charset), name="x") == text


def test_a_few_broken_bytes_do_not_turn_utf8_into_nonsense() -> None:
    data = (CHARSETS["utf-8"] * 4).encode()[:-1] + b"\xe2\x82"
    assert "évacués après l’attaque" in decode(data, name="x")


def test_a_declared_charset_is_tried_before_a_guess() -> None:
    assert decode("Sévaré – Mopti".encode("cp1252"), name="x", declared="iso-8859-1") == "Sévaré – Mopti"
    assert decode("Ségou".encode("cp1252"), name="x", declared="no-such-charset")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data, name="x")
    except InputError as refusal:
        text = refusal.file
    assert isinstance(text, str)


@given(st.text(max_size=200))
def test_cleaning_is_done_once(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not set(cleaned) & set("\u200b\u202e\ufeff\x00\x07\r")
    assert "\n" not in clean_line(text)


def test_joiners_stay_where_words_are_spelt_with_them() -> None:
    assert clean("گفت‌وگو") == "گفت‌وگو"


def test_a_declared_charset_is_believed_where_the_bytes_fit_it() -> None:
    text = "Взрыв в Бамако, погибли пять человек"
    assert decode(text.encode("koi8-r"), name="a", declared="koi8-r") == text
    assert decode(text.encode("utf-8"), name="a", declared="koi8-r") == text
    assert decode("naïve – “quoted”".encode("cp1252"), name="a", declared="iso-8859-1") == "naïve – “quoted”"
    for hiding in ("utf-7", "unicode_escape", "punycode", "idna", "raw_unicode_escape", "undefined", "rot13", "\0"):
        assert "script" not in decode(b"caf\xe9 au lait +ADw-s+AGM-ript", name="a", declared=hiding)


def test_more_than_a_few_control_characters_are_no_text() -> None:
    with pytest.raises(InputError, match=r"a: not text: a binary file"):
        decode(b"abc\x01\x02\x03\x04 words", name="a")
    assert decode(b"abc\x01\x02\x03 words", name="a") == "abc\x01\x02\x03 words"
    assert decode(b"\x01\x02\x03\x04" + b"words " * 200, name="a").endswith("words ")
    assert decode(b"tab\t line\n feed\r and escape \x1b\x1b\x1b\x1b\x1b", name="a").startswith("tab\t")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_known_by_its_noughts(encoding: str) -> None:
    text = "Gunmen attacked a convoy near Gao, Mali."
    assert decode(text.encode(encoding), name="a") == text


def test_damaged_utf_8_stays_utf_8() -> None:
    assert decode("é à ü ö ñ ç ê".encode() + b"\xc3", name="a") == "é à ü ö ñ ç ê\ufffd"
