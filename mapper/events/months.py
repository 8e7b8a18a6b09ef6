"""Names of months, weekdays, numbers and relative days in the languages whose dates are read."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ENGLISH_MONTHS = """january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|
september sept sep|october oct|november nov|december dec"""
_FRENCH_MONTHS = """janvier janv|février fevrier févr|mars|avril avr|mai|juin|juillet juil|août aout|septembre|octobre|
novembre|décembre decembre déc"""
_SPANISH_MONTHS = """enero ene|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre setiembre|octubre|
noviembre|diciembre dic"""
# Gulf and Egyptian, Levantine and Iraqi, Maghrebi (from French) names.
_ARABIC_MONTHS = """يناير جانفي|فبراير شباط فيفري|مارس آذار|أبريل ابريل إبريل نيسان أفريل|مايو أيار ماي|
يونيو يونيه حزيران جوان|يوليو يوليه تموز جويلية|أغسطس اغسطس آب أوت|سبتمبر أيلول|أكتوبر اكتوبر|نوفمبر|ديسمبر"""

_ENGLISH_DAYS = "monday mon|tuesday tues tue|wednesday wed|thursday thurs thu|friday fri|saturday sat|sunday sun"
_FRENCH_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_SPANISH_DAYS = "lunes|martes|miércoles miercoles|jueves|viernes|sábado sabado|domingo"
_ARABIC_DAYS = "الاثنين الإثنين|الثلاثاء|الأربعاء الاربعاء|الخميس|الجمعة|السبت|الأحد الاحد"


def _numbered(*lists: str) -> dict[str, int]:
    return {name: i for each in lists for i, names in enumerate(each.split("|"), 1) for name in names.split()}


# "may" and "mar" read as months only in English and with a figure beside them where they stand alone (see dates.py).
MONTHS: dict[str, int] = _numbered(_ENGLISH_MONTHS, _FRENCH_MONTHS, _SPANISH_MONTHS, _ARABIC_MONTHS)
ENGLISH_MONTHS: dict[str, int] = _numbered(_ENGLISH_MONTHS)
# ISO numbers: Monday is 1.
WEEKDAYS: dict[str, int] = _numbered(_ENGLISH_DAYS, _FRENCH_DAYS, _SPANISH_DAYS, _ARABIC_DAYS)
ENGLISH_WEEKDAYS: dict[str, int] = _numbered("monday|tuesday|wednesday|thursday|friday|saturday|sunday")

# Days from publication.
RELATIVE_DAYS: dict[str, int] = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
    "ce matin": 0,
    "ce soir": 0,
    "cette nuit": 0,
    "esta mañana": 0,
    "esta tarde": 0,
    "esta noche": 0,
    "anoche": -1,
    "أول أمس": -2,
    "aujourd'hui": 0,
    "aujourd’hui": 0,
    "avant-hier": -2,
    "hier": -1,
    "demain": 1,
    "hoy": 0,
    "anteayer": -2,
    "ayer": -1,
    "أمس": -1,
    "اليوم": 0,
    "غدا": 1,
}

ONES: dict[str, int] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
TEENS: dict[str, int] = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS: dict[str, int] = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
# How many days or years are told of in one word; "a" and "an" are one.
NUMBERS: dict[str, int] = {
    "a": 1, "an": 1, **ONES, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50,
}  # fmt: skip
# Feasts on a fixed day, as month and day; movable ones are not reckoned.
FEASTS: dict[str, tuple[int, int]] = {
    "new year's day": (1, 1), "new year’s day": (1, 1), "new year's eve": (12, 31), "new year’s eve": (12, 31),
    "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
}  # fmt: skip
SEASONS: dict[str, tuple[int, int]] = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
"""First and last month, northern reckoning. Winter spans a year's end and is handled apart."""


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
