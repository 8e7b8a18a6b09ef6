"""From bytes to text at the edges: each mark, how much damage is still UTF-8, how many noughts are UTF-16."""

from __future__ import annotations

import codecs

import pytest

from mapper.articles import decode as module
from mapper.articles.decode import byte_order_mark, decode
from mapper.errors import InputError

MARKS = [
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
]  # fmt: skip


@pytest.mark.parametrize(("mark", "encoding"), MARKS)
def test_a_mark_names_the_encoding_and_is_no_text(mark: bytes, encoding: str) -> None:
    data = mark + "é1".encode(encoding)
    assert byte_order_mark(data) == (encoding, len(mark))
    assert decode(data, name="x") == "é1"
    assert decode(data, name="x", declared="cp1251") == "é1"
    assert byte_order_mark(b"a" + mark) is None


def test_what_is_broken_behind_a_mark_is_shown_as_broken() -> None:
    assert decode(codecs.BOM_UTF8 + b"a\xffb", name="x") == "a\ufffdb"


@pytest.mark.parametrize("hiding", ["utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"])
def test_codecs_that_hide_things_are_never_used(hiding: str) -> None:
    assert module._try(b"abc", hiding) is None
    assert module._try(b"abc", hiding.upper()) is None


@pytest.mark.parametrize("declared", ["unicode_escape", "unicode-escape", "raw_unicode_escape", "RAW-UNICODE-ESCAPE"])
def test_a_page_cannot_hide_markup_behind_its_charset(declared: str) -> None:
    hidden = b"caf\xe9 \\u003cscript\\u003e"
    assert "<" not in decode(hidden, name="x", declared=declared)


@pytest.mark.parametrize("unknown", ["no-such-charset", "rot13", "base64", "hex", "\0", "utf-8\udcff"])
def test_what_is_no_charset_is_none(unknown: str) -> None:
    assert module._try(b"abc", unknown) is None


def test_latin_1_is_read_as_browsers_read_it() -> None:
    assert module._try(b"\x93a\x94\xe9", "latin-1") == "“a”é"
    assert module._try(b"\xe9", "cp1251") == "й"
    assert module._try(b"\x81", "cp1252") is None


@pytest.mark.parametrize(("even", "odd"), [(0, 30), (30, 0)])
def test_noughts_in_every_other_place_are_utf_16(even: int, odd: int) -> None:
    # A hundred pairs, of which so many have a nought in the one place and the others in neither.
    pairs = [b"\x00a" if n < even else b"a\x00" if n < odd else b"ab" for n in range(100)]
    text = module._without_mark(b"".join(pairs))
    assert text is not None
    assert text.count("a") == 30
    assert module._without_mark(b"".join(pairs[1:])) is None, "fewer than three in ten"


@pytest.mark.parametrize(("stray", "told"), [(5, True), (6, False)])
def test_a_few_noughts_may_stand_in_the_wrong_place(stray: int, told: bool) -> None:
    pairs = [b"a\x00"] * (100 - stray) + [b"\x00\x4e"] * stray
    assert (module._without_mark(b"".join(pairs)) is not None) is told


def test_noughts_are_looked_for_before_utf_8_is_tried() -> None:
    assert decode("Gao".encode("utf-16-be"), name="x") == "Gao"
    assert decode("Gao".encode("utf-16-le"), name="x", declared="cp1252") == "Gao"
    assert decode(b"\x00" + b"Gao Gao " * 40, name="x").endswith("Gao ")


@pytest.mark.parametrize(("broken", "kept"), [(1, True), (2, False)])
def test_up_to_one_broken_in_five_sound_letters_is_damaged_utf_8(broken: int, kept: bool) -> None:
    data = "é".encode() * 5 + b"a" * 9 + b"\xff" * broken
    assert (module._damaged_utf8(data) is not None) is kept


def test_damage_is_shown_where_it_is() -> None:
    assert decode("ééééé a".encode() + b"\xe2\x82", name="x") == "ééééé a\ufffd"
    assert module._damaged_utf8(b"a\x7f\xff") is None, "DEL is no letter"


def test_western_text_has_few_accents_and_a_western_language() -> None:
    french = "Des villageois de Sévaré ont été évacués après l’attaque de mardi, selon l'armée. "
    data = french.encode("cp1252")
    assert module._western(data) == french
    assert module._western(b"\xe9" * 16 + b"a" * 84) is None
    russian = "Взрыв в Бамако, погибли пять человек, сообщили во вторник официальные лица в столице страны"
    assert module._western(russian.encode("cp1251")) is None
    assert module._western(b"caf\x81" + data) is None, "no such character in cp1252"


@pytest.mark.parametrize(("share", "western"), [(0.15, True), (0.16, False)])
def test_more_than_fifteen_accents_in_a_hundred_are_another_alphabet(share: float, western: bool) -> None:
    words = "The minister said on Tuesday that the army had taken the town and that people were leaving it again. " * 2
    accents = round(100 * share)
    data = b"\xe9" * accents + words.encode()[: 100 - accents]
    assert (module._western(data) is not None) is western


def test_control_characters_make_a_binary_file() -> None:
    for code in [*range(1, 9), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F]:
        with pytest.raises(InputError) as told:
            decode(b"a" + bytes([code]) * 4, name="f.txt")
        assert (told.value.file, told.value.reason) == ("f.txt", "not text: a binary file")
        assert decode(b"a" + bytes([code]) * 3, name="x") == "a" + chr(code) * 3
    for code in (9, 10, 11, 12, 13, 0x1B, 0x20):
        assert decode(b"a" + bytes([code]) * 9, name="x") == "a" + chr(code) * 9


@pytest.mark.parametrize(("length", "binary"), [(799, True), (800, False)])
def test_one_in_two_hundred_may_be_a_control_character(length: int, binary: bool) -> None:
    data = b"\x01" * 4 + b"a" * (length - 4)
    if binary:
        with pytest.raises(InputError, match="a binary file"):
            decode(data, name="x")
    else:
        assert len(decode(data, name="x")) == 800


def test_bytes_that_fit_no_charset_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_guess", lambda _: None)
    with pytest.raises(InputError) as told:
        decode(b"\xff\xfeX"[:1] * 9, name="f")
    assert (told.value.file, told.value.reason) == ("f", "not text: its bytes fit no known charset")


GUESSED = {
    "cp1253": "Ο υπουργός Εξωτερικών συναντήθηκε την Τρίτη στην πρωτεύουσα με τον ομόλογό του, ανακοίνωσαν οι αρχές. ",
    "cp1254": "Dışişleri bakanı salı günü başkentte mevkidaşıyla bir araya geldi, görüşmenin iyi geçtiğini söyledi. ",
    "cp1255": "שר החוץ נפגש ביום שלישי בבירה עם עמיתו ודן עמו במצב באזור, כך מסרו גורמים רשמיים. ",
    "iso8859_6": "التقى وزير الخارجية نظيره في العاصمة يوم الثلاثاء لبحث الأوضاع في المنطقة، حسبما قال مسؤولون. ",
    "shift_jis": "外務大臣は火曜日に首都で相手国の外相と会談し、地域情勢について協議したと当局者が述べた。",
    "euc_jp": "外務大臣は火曜日に首都で相手国の外相と会談し、地域情勢について協議したと当局者が述べた。",
    "euc_kr": "외무장관은 화요일 수도에서 상대국 장관과 만나 지역 정세를 논의했다고 당국자들이 밝혔다. ",
    "big5": "外交部長星期二在首都會見了來訪的外長，雙方討論了地區局勢和經濟合作問題，官員表示。",
}


@pytest.mark.parametrize("charset", GUESSED)
def test_a_charset_that_nobody_states_is_guessed(charset: str) -> None:
    text = GUESSED[charset] * 3
    assert decode(text.encode(charset), name="x") == text


@pytest.mark.parametrize("language", "ca da de en es eu fi fr ga is it nl no pt sv".split())  # noqa: SIM905
def test_languages_that_are_written_in_cp1252(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "detect", lambda _: language)
    assert module._western(b"caf\xe9 and more words") == "café and more words"
    for other in (None, "pl", "tr", "ru", f"XX{language}"):
        monkeypatch.setattr(module, "detect", lambda _, other=other: other)
        assert module._western(b"caf\xe9 and more words") is None


def test_bytes_that_no_guess_fits_are_read_as_cp1252_where_they_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    import charset_normalizer

    class Nothing:
        def best(self) -> None:
            return None

    monkeypatch.setattr(charset_normalizer, "from_bytes", lambda *_, **__: Nothing())
    monkeypatch.setattr(module, "detect", lambda _: None)
    assert module._guess(b"\xe9\xe8") == "éè"
    assert module._guess(b"\x81") is None


def test_what_counts_as_a_letter_beyond_ascii() -> None:
    assert module._damaged_utf8("éééé".encode() + b"\xff") is None
    assert module._damaged_utf8(b"\x7f" * 5 + b"\xff") is None
    assert module._damaged_utf8("\u0080".encode() * 5 + b"\xff") is not None
    words = b"The minister said on Tuesday that the army had taken the town and that people were leaving it again. "
    assert module._western(b"\x7f" * 20 + words) is not None
    assert module._western(b"\x80" * 16 + words[:84]) is None


def test_a_nought_far_down_is_no_sign_of_utf_16() -> None:
    data = b"a" * module._SAMPLE + b"\x00b" * module._SAMPLE
    assert module._without_mark(data) is None
    assert decode(data[: module._SAMPLE + 2], name="x").startswith("aaa")
