"""The shapes of calendar expressions: regular expressions over the words of several languages, and what is no date."""

from __future__ import annotations

import re

from mapper.events.months import (
    ENGLISH_MONTHS,
    ENGLISH_WEEKDAYS,
    FEASTS,
    MONTHS,
    NUMBERS,
    RELATIVE_DAYS,
    TEENS,
    WEEKDAYS,
    alternatives,
)

_MONTH = alternatives(MONTHS)
_EN_MONTH = alternatives(ENGLISH_MONTHS)
_DAY = alternatives(ENGLISH_WEEKDAYS)
_ANY_DAY = alternatives(WEEKDAYS)
_NUMBER = r"\d{1,3}|" + alternatives(NUMBERS)
_YEAR = r"(?:1[6-9]\d\d|20\d\d)"
_DATE = r"(?:3[01]|[12]\d|0?[1-9])"
_PART = r"(?:(?P<part>early|earlier|late|later|mid|middle of|end of|beginning of|start of)[\s-]+(?:in\s+|the\s+)?)?"
_LEAD_DAY = rf"(?:(?:{_ANY_DAY})\.?,?\s+)?"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = alternatives(TEENS)
_ORDINAL = r"(?:st|nd|rd|th|er|º)?"

# Quantities that four figures may count: "1,990" never matches, "2000 people" must not either.
_COUNTED = (
    r"(?!\s*(?:people|persons|men|women|children|troops|soldiers|civilians|fighters|militants|rebels|police|officers|"
    r"families|homes|houses|villages|refugees|workers|students|protesters|demonstrators|dollars|euros|pounds|tons|tonnes|"
    r"km|kilomet|miles|met[er]|feet|hectares|acres|m\b|others|members|deaths|cases|votes|jobs|barrels|percent|%))"
)

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w$€£.,/-])(?:{pattern})", re.IGNORECASE))
    for name, pattern in (
        ("iso", r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])"),
        (
            "range_md",
            (
                rf"(?P<month>{_EN_MONTH})\.?\s+(?P<d>{_DATE}(?!\d)){_ORDINAL}\s*(?:-|–|to|and)\s*(?P<d2>{_DATE}(?!\d)){_ORDINAL}"
                rf"(?:,?\s+(?P<y>{_YEAR}))?(?![\w])"
            ),
        ),
        (
            "range_dm",
            (
                rf"(?P<d>{_DATE}(?!\d)){_ORDINAL}\s*(?:-|–|to|and|au|et|al|y)\s*(?P<d2>{_DATE}(?!\d)){_ORDINAL}\s+(?:de\s+)?"
                rf"(?P<month>{_MONTH})\b\.?(?:,?\s+(?:de\s+|del\s+)?(?P<y>{_YEAR}))?(?!\w)"
            ),
        ),
        (
            "month_day",
            (
                rf"{_LEAD_DAY}(?P<month>{_EN_MONTH})\.?\s+(?P<d>{_DATE}(?!\d)){_ORDINAL}(?![\d:]|\s*(?:percent|%))"
                rf"(?:,?\s+(?P<y>{_YEAR})\b)?(?!\w)"
            ),
        ),
        (
            "day_month",
            (
                rf"{_LEAD_DAY}(?:the\s+|le\s+|el\s+)?(?P<d>{_DATE}(?!\d)){_ORDINAL}\s+(?:of\s+|de\s+)?(?P<month>{_MONTH})\b\.?"
                rf"(?:,?\s+(?:de\s+|del\s+)?(?P<y>{_YEAR}|\d\d(?=\s*(?:--|\())))?(?!\w)"
            ),
        ),
        ("numeric", r"(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>(?:19|20)\d\d)(?!\d)"),
        (
            "nth_week",
            (
                rf"(?:the\s+)?(?P<nth>first|second|third|fourth|final|last|1st|2nd|3rd|4th)\s+(?P<piece>week|half)\s+of\s+"
                rf"(?:(?P<month>{_EN_MONTH})\b\.?(?:,?\s+(?:of\s+)?(?P<y>{_YEAR}))?|(?P<y2>{_YEAR}))(?!\w)"
            ),
        ),
        ("holiday", rf"(?P<feast>{alternatives(FEASTS)})(?!\w)(?:,?\s+(?P<y>{_YEAR})\b)?"),
        (
            "window",
            (
                rf"(?:in|over|during|within)\s+the\s+(?:last|past)\s+(?P<n>{_NUMBER}|few|several)\s+"
                r"(?P<u>hour|day|week|month)s\b"
            ),
        ),
        ("nth_day", r"(?<=\bon\s)the\s+(?P<d>\d{1,2})(?:st|nd|rd|th)(?=[.,;)]|\s+(?:and|but|when|after|as|in|at)\b|$)"),
        (
            "month_year",
            rf"{_PART}(?P<month>{_MONTH})\b\.?,?\s+(?:of\s+|de\s+|del\s+)?(?P<y>{_YEAR})(?!\w|-\d)",
        ),
        (
            "season_year",
            rf"{_PART}(?:the\s+)?(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?(?P<y>{_YEAR})\b",
        ),
        (
            "season",
            r"(?P<which>last|this|next)\s+(?P<season>spring|summer|autumn|fall|winter)\b",
        ),
        ("quarter", rf"(?:the\s+)?(?P<q>first|second|third|fourth)[\s-]quarter(?:\s+of\s+(?P<y>{_YEAR}))?\b"),
        (
            "weekday_last_week",
            rf"(?P<wd>{_DAY})\s+(?P<which>last|next|this)\s+week\b|(?P<which2>last|next)\s+week'?s?\s+(?P<wd2>{_DAY})\b",
        ),
        ("relative", rf"(?:earlier\s+|later\s+|late\s+|early\s+)?(?P<rel>{alternatives(RELATIVE_DAYS)})(?!\w)"),
        (
            "overnight",
            (
                rf"overnight(?=\s*[.,;:)—–]|\s+(?!(?:on|into|from|to)\s+(?:{_DAY})\b)"
                r"(?:on|in|into|from|to|at|near|and|as|after|when|but|by|amid|against|across|between|over|with|for)\b|\s*$)"
            ),
        ),
        (
            "unit",
            (
                rf"{_PART}(?P<which>last|past|this|current|next|previous|coming)\s+(?P<u>week|month|year)(?:'s|’s)?\b"
                r"(?!\s*-|\s+(?:and a half|or so))"
            ),
        ),
        (
            "unit_abroad",
            (
                r"(?:la|le|l['’]|el|al)\s*(?P<u>semaine|mois|an|année|semana|mes|año)\s+"
                r"(?P<which>derni(?:ère|er)|passée?|prochaine?|pasad[ao]|próxim[ao]|que viene)\b|"
                r"(?:la|el)\s+(?P<which2>próxima|próximo|pasada|pasado)\s+(?P<u2>semana|mes|año)\b|"
                r"(?P<u3>الأسبوع|الشهر|العام)\s+(?P<which3>الماضي|المقبل|القادم)"
            ),
        ),
        ("weekend", r"(?:(?P<which>last|this|next|over the|at the|the)\s+)weekend\b"),
        (
            "apart",
            (
                rf"(?:(?:about|nearly|almost|some|more than|over|just)\s+)?(?P<n>{_NUMBER})\s+(?P<u>day|week)s?\s+"
                r"(?P<side>earlier|previously|later|afterwards?|before(?=[.,;]))\b(?!\s+(?:than|in|this|that))"
            ),
        ),
        (
            "ago",
            (
                rf"(?:(?:about|nearly|almost|some|more than|over|just)\s+)?(?P<n>{_NUMBER})\s+"
                r"(?P<u>day|week|month|year)s?\s+"
                r"(?:ago|earlier)\b"
            ),
        ),
        ("year_ago", r"(?:the\s+)?year[\s-](?:ago|earlier)\b"),
        (
            "il_y_a",
            r"(?:il y a|hace)\s+(?P<n>\d{1,3}|un|una|une)\s+(?P<u>jour|semaine|mois|an|día|semana|mes|año)s?\b",
        ),
        ("in_time", rf"in\s+(?P<n>{_NUMBER})\s+(?P<u>day|week|month|year)s?(?:'|’)?(?:\s+time)\b"),
        (
            "anaphor",
            r"(?:the\s+)?(?P<which>following|next|previous|same|that)(?:\s+same)?\s+(?P<u>day|week|month|year)\b",
        ),
        (
            "weekday",
            (
                rf"(?:(?P<which>last|this|next|past|coming|the previous|the following)\s+)?(?P<wd>{_ANY_DAY})\b"
                r"(?!\s+(?:prayers|mosque|times|herald|post|telegraph|mirror))"
                r"(?:\s+(?P<last>dernier|prochain|pasado|próximo))?"
            ),
        ),
        (
            "month",
            (
                rf"{_PART}(?P<which>last|this|next|past|the\s+previous|end\s+of|in|since|until|till|by|of|during|from|"
                r"through|and|to|before|after|between|or|en|de)\s[\s-]*(?:(?P<part2>early|late|mid)[\s-]*)?"
                rf"(?P<month>{_MONTH})\b\.?(?!\s+\d|['’]s\s+[a-z]+\s+said)"
            ),
        ),
        ("part_month", rf"(?P<part>early|late|mid|earlier in|later in)[\s-]+(?P<month>{_EN_MONTH})\b\.?(?!\s+\d)"),
        ("decade", r"(?:the\s+)?(?:(?P<part>early|mid|late)[\s-]+)?(?P<y>(?:19|20)\d0)s\b"),
        (
            "bare_month",
            r"(?P<month>january|february|april|june|july|august|september|october|november|december)\b(?!\s+\d)",
        ),
        (
            "spelt_year",
            (
                rf"(?P<century>nineteen|twenty|two thousand(?:\s+and)?)(?:\s+|-)"
                rf"(?:(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?P<ones>{_ONES}))?|(?P<teens>{_TEENS}))"
                r"(?!\w|\s+(?:percent|per|people|dollars|thousand|million|billion))"
            ),
        ),
        ("year", rf"{_PART}(?:fiscal\s+|the\s+year\s+)?(?P<y>{_YEAR})(?![\w%]|,\d|\.\d|-\d|/\d|:\d){_COUNTED}"),
    )
)


_MODEL = re.compile(r"\b[Aa]\s+$")
_NAMED = re.compile(r"\s+[A-Z][a-z]")
_NAMED_DAY = re.compile(r"\b(?:Good|Black|Bloody|Ash|Holy|Palm|Super|Easter|Maundy|Cyber|Fat)\s$")


def trimmed(match: re.Match[str]) -> tuple[int, int]:
    """The match without the preposition that only served to recognise a month."""
    groups = match.re.groupindex
    if "month" in groups and "which" in groups and match["which"]:
        start = match.start("which")
        if match["which"].lower() not in {"last", "this", "next", "past"}:
            parts = [match.start(g) for g in ("part2", "month") if match[g]]
            start = min(parts)
        return start, match.end()
    if match[0].lower().startswith("in ") and "n" in groups:
        return match.start(), match.end()
    return match.start(), match.end()


def credible(name: str, match: re.Match[str], text: str) -> bool:
    groups = match.groupdict()
    month = groups.get("month")
    if (
        name == "year"
        and _MODEL.search(text, max(0, match.start() - 4), match.start())
        and _NAMED.match(text, match.end())
    ):
        return False  # "a 2003 Honda Accord"
    if name == "weekday" and _NAMED_DAY.search(text[max(0, match.start() - 9) : match.start()]):
        return False  # "Good Friday", "Bloody Sunday"
    if month and month.lower() in {"may", "mar", "mars", "mai", "march", "ago", "dic", "jan", "sep", "dec", "avr"}:
        if month[0].islower() and name not in {"day_month", "range_dm"}:
            return False  # the verbs "may" and "march"; months of English are capitalised
        if (
            month.lower() in {"may", "march", "mars"}
            and name == "month"
            and groups["which"].lower() in {"and", "or", "to", "de"}
        ):
            return False
    if name in {"month", "bare_month"} and month and month[0].islower() and month.lower() in ENGLISH_MONTHS:
        return False
    if name == "weekday":
        word = match["wd"]
        if (
            word.isascii()
            and word[0].islower()
            and word.lower() in WEEKDAYS
            and word.lower() in (*ENGLISH_WEEKDAYS, "mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun")
        ):
            return False
        if word.lower() in {"mon", "wed", "sat", "sun", "fri", "thu", "tue"}:
            return False  # too often words or names of their own
        if word.lower() == "domingo" and text[match.end() : match.end() + 2].strip()[:1].isupper():
            return False  # "Domingo Cavallo"
    if name == "relative":
        lowered = match["rel"].lower()
        if (
            lowered in {"ayer", "hoy", "hier", "demain"}
            and match["rel"][0].isupper()
            and match.start()
            and text[match.start() - 1] == " "
        ):
            return False
    if (
        name == "relative"
        and match["rel"].lower() == "today"
        and text[max(0, match.start() - 4) : match.start()].upper() == "USA "
    ):
        return False
    bare_next = name == "anaphor" and match["which"].lower() == "next" and not match[0].lower().startswith("the")
    return not bare_next
