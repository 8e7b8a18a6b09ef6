"""Arabic: conjunctions and prepositions that are written onto a name are taken off it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapper.geoparse.mention import Mention
from mapper.geoparse.names import NameBook
from mapper.geoparse.scanning import KNOWN_WELL, found_at, trust
from mapper.geoparse.text import Words, word_set

_SEMITIC = re.compile(r"[\u0590-\u06ff]")

_PREFIXES = ("وبال", "وال", "وب", "ول", "بال", "لل", "و", "ب", "ل", "ف", "ك")
"""And, in, to, so, like; with the article or without."""

_LOCATIVE = word_set(
    "في من إلى الى قرب بمدينة مدينة شمال جنوب شرق غرب وسط عبر نحو بلدة قرية ولاية محافظة منطقة إقليم ضواحي العاصمة"
)

_DIRECTIONS = word_set("شمال جنوب شرق غرب وسط شمالي جنوبي شرقي غربي")
"""Directions, which begin a name only where that is of a country or a great unit ("جنوب السودان")."""

_NO_NAME = word_set(
    "مدينة المدينة بلدة قرية القرية منطقة المنطقة ولاية الولاية محافظة المحافظة إقليم الإقليم "
    "عاصمة العاصمة دولة الدولة بلاد البلاد بلد البلد نهر النهر بحر البحر جبل الجبل جزيرة الجزيرة "
    "شارع الشارع طريق الطريق ميناء الميناء مطار المطار حي الحي حدود الحدود ساحل الساحل سلطة "
    "السلطة سلطات السلطات حكومة الحكومة رئيس الرئيس وزير الوزير وزارة الوزارة شرطة الشرطة جيش "
    "الجيش قوات القوات جنود الجنود مجلس المجلس حزب الحزب حركة الحركة لجنة اللجنة شركة الشركة بنك "
    "البنك صباح الصباح مساء المساء يوم اليوم أمس اليومين عام العام شهر الشهر أسبوع الأسبوع ساعة "
    "الساعة مشاركة المشاركة زيارة الزيارة هجوم الهجوم انفجار الانفجار قتل القتل حرب الحرب سلام "
    "السلام أمن الأمن نار النار ماء الماء مياه المياه أرض الأرض سماء كبير الكبير صغير الصغير "
    "جديد الجديد قديم القديم أول الأول ثاني الثاني آلاف مئات عدة بعض كل جميع خلال بعد قبل بين "
    "تحت فوق أمام خلف حول ضد دون غير مثل على عن مع منذ حتى هذا هذه ذلك تلك التي الذي الذين كان "
    "كانت قال قالت أعلن أعلنت وقال شعب الشعب وفد الوفد قمة القمة اجتماع الاجتماع مؤتمر المؤتمر "
    "مصدر المصدر مصادر المصادر "
    "حريق الحريق قبالة شمس الشمس جسر الجسر سوق السوق مدرسة المدرسة مستشفى المستشفى جامعة الجامعة "
    "عملية العملية حملة الحملة"
)
"""Everyday words of the news that are also somewhere's name."""


def scan_arabic(text: str, words: Words, book: NameBook) -> Iterator[Mention]:
    """Names in text order, not overlapping."""
    i = 0
    while i < len(words):
        hit = _longest(text, words, i, book) if _SEMITIC.match(words.surface[i]) else None
        if hit is None:
            i += 1
            continue
        mention, i = hit
        yield mention


def _longest(text: str, words: Words, i: int, book: NameBook) -> tuple[Mention, int] | None:
    word = words.surface[i]
    stems = [(0, "")] + [
        (len(prefix) - 2, "") if prefix.endswith("ال") else (len(prefix), "ال" if prefix == "لل" else "")
        for prefix in _PREFIXES
        if word.startswith(prefix) and len(word) - len(prefix) >= 2
    ]
    stems = [(cut, article) for cut, article in stems if article + word[cut:] not in _NO_NAME]
    last = i + 1
    while last < min(i + 4, len(words)) and words.joined[last]:
        last += 1
    forms = [
        (cut, j, article + text[words.starts[i] + cut : words.ends[j - 1]])
        for j in range(last, i, -1)
        for cut, article in stems
        if not cut or j - i > 1 or len(word) - cut + len(article) >= 3
    ]
    book.learn(form for _, _, form in forms)
    before = words.surface[i - 1] if i else ""
    for cut, j, form in forms:
        if not book.has(form):
            continue
        facts = book.facts(form)
        if word[cut:] in _DIRECTIONS and (j - i == 1 or facts.sort not in ("country", "adm1", "region")):
            continue
        locative = before in _LOCATIVE or (cut > 0 and word[cut - 1] in "بل")
        chance = trust(facts, letters=len(form), locative=locative, least=3)
        start, end = words.starts[i] + cut, words.ends[j - 1]
        if facts.demonym and (not chance or facts.sort not in KNOWN_WELL):
            return found_at(text, words, start, end, 0.8, demonym=True, lookup=form), j
        if chance >= 0.5:
            return found_at(text, words, start, end, chance, lookup=form), j
    return None
