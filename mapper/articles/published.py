"""When an article was published, and how that is known; None where it is not, never today's date.

In this order: given by the person, the page's metadata, the address, the dateline, a dated caption. The first four
state the day. The caption only bounds it from below; with the lead's weekday it determines it (:func:`caption_day`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from mapper.articles.fields import EARLIEST, LATEST
from mapper.articles.phrases import DATE_LINE, FILE_PHOTO
from mapper.model import PublishedBasis, Segment
from mapper.sentences import sentences

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv enero ene januar jänner gennaio janeiro يناير جانفي января",
            "february feb février févr fevrier febrero februar febbraio fevereiro فبراير فيفري февраля",
            "march mar mars marzo märz maerz março مارس марта",
            "april apr avril avr abril abr aprile أبريل إبريل أفريل апреля",
            "may mai mayo maggio maio مايو ماي мая",
            "june jun juin junio juni giugno junho يونيو جوان июня",
            "july jul juillet juil julio juli luglio julho يوليو جويلية июля",
            "august aug août aout agosto ago أغسطس أوت августа",
            "september sep sept septembre septiembre settembre setembro سبتمبر сентября",
            "october oct octobre octubre oktober okt ottobre outubro أكتوبر октября",
            "november nov novembre noviembre novembro نوفمبر ноября",
            "december dec décembre déc decembre diciembre dic dezember dez dicembre dezembro ديسمبر декабря",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon lundi lunes montag الاثنين الإثنين понедельник",
            "tuesday tue tues mardi martes dienstag الثلاثاء вторник",
            "wednesday wed weds mercredi miércoles mittwoch الأربعاء среда среду",
            "thursday thu thur thurs jeudi jueves donnerstag الخميس четверг",
            "friday fri vendredi viernes freitag الجمعة пятница пятницу",
            "saturday sat samedi sábado samstag السبت суббота субботу",
            "sunday sun dimanche domingo sonntag الأحد воскресенье",
        )
    )
    for name in names.split()
}
_LONG_WEEKDAYS = frozenset(name for name in _WEEKDAYS if len(name) > 5 or not name.isascii()) | {
    "lundi",
    "mardi",
    "jeudi",
}
_SHORT_YEAR = r"\d{2}(?=\s*(?:\(|--|—|–|-|$))"  # "3 JAN 90 --": two figures only where a dateline goes on
_FULL_DATE = re.compile(
    rf"""
    (?: (?P<weekday>[^\W\d_]{{3,12}})\.?,?\s+ )?
    (?:
        (?:le\ |el\ |the\ )?
        (?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?\s+(?:de\ |of\ )?
        (?P<month>[^\W\d_]{{3,10}})\.?,?\s+(?:de\ |del\ )?(?P<year>\d{{4}}|{_SHORT_YEAR})
    |
        (?P<month2>[^\W\d_]{{3,10}})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}}|{_SHORT_YEAR})
    )\b
    | (?P<iso>(?:1[6-9]|2[01])\d\d-\d\d-\d\d)
    | (?P<cjk>\d{{4}}年\d{{1,2}}月\d{{1,2}}日)
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_URL_DAY = re.compile(
    r"(?<![0-9])((?:19|20)\d\d)(?:/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])|-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    r"|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?![0-9])"
)
_NOT_THIS_WEEK = re.compile(
    r"(?:last|next|previous|following|every|each|coming|past|dernier|prochain|pasado|próximo)\W*$", re.IGNORECASE
)
_LEAD = 1_500  # code points of body that count as the lead, at most
_REACH = timedelta(days=3)  # how long after a dated picture of the same story its report still names the day by weekday
_TWO_DIGIT_PIVOT = 50  # "90" is 1990, "14" is 2014


def published(
    text: str,
    segments: Sequence[Segment],
    *,
    given: Mapping[str, str],
    found: Mapping[str, str],
) -> tuple[str | None, PublishedBasis | None]:
    """The day of publication (ISO 8601) and how it is known; (None, None) where it is not."""
    if "published" in given:
        return given["published"], "given"
    if "published" in found:
        return found["published"], "metadata"
    printed = _date_line(text, segments)
    if printed:
        return printed.isoformat(), "metadata"
    for url in (given.get("url"), found.get("url")):
        day = url_day(url) if url else None
        if day:
            return day.isoformat(), "url"
    for segment in segments:
        if segment.kind == "dateline":
            days = [day for day, _, _ in full_dates(segment.of(text))]
            if days:
                return days[0].isoformat(), "dateline"
    day = caption_day(text, segments)
    return (day.isoformat(), "caption") if day else (None, None)


def full_dates(text: str) -> Iterator[tuple[date, int | None, int]]:
    """Calendar dates with a year: the day, the weekday named with it (Monday 0) and where it stands."""
    for match in _FULL_DATE.finditer(text):
        day = _day(match)
        if day:
            weekday = _WEEKDAYS.get((match.group("weekday") or "").casefold())
            yield day, weekday, match.start()


def _day(match: re.Match[str]) -> date | None:
    try:
        if match.group("iso"):
            return date.fromisoformat(match.group("iso"))
        if match.group("cjk"):
            year, month, day = (int(number) for number in re.findall(r"\d+", match.group("cjk")))
        else:
            name = (match.group("month") or match.group("month2")).casefold()
            month = _MONTHS.get(name, 0)
            day = int(match.group("day") or match.group("day2"))
            written = match.group("year") or match.group("year2")
            year = int(written)
            if len(written) == 2:
                year += 1900 if year >= _TWO_DIGIT_PIVOT else 2000
        answer = date(year, month, day)
    except ValueError:
        return None
    return answer if EARLIEST <= answer.year <= LATEST else None


def url_day(url: str) -> date | None:
    """The day in an address, as news sites file their pages: ``/2014/04/03/``, ``/2014-04-03-``, ``/20140403/``."""
    path = url[:2_000].split("?", 1)[0].split("#", 1)[0]
    for match in _URL_DAY.finditer(path):
        year, *parts = match.groups()
        month, day = (part for part in parts if part)
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def _date_line(text: str, segments: Sequence[Segment]) -> date | None:
    """The line ``Published: 3 April 2014``; where a page prints several (published, updated), the first."""
    for segment in segments:
        if segment.kind == "boilerplate":
            line = " ".join(segment.of(text).split())
            if len(line) < 200 and DATE_LINE.fullmatch(line):
                for day, _, _ in full_dates(line):
                    return day
    return None


def caption_day(text: str, segments: Sequence[Segment]) -> date | None:
    """The day that a dated caption and the lead's weekday determine together, None where they leave a choice.

    News names a day by its weekday only within the week, and a picture of the same story is taken on one of its days.
    So where the caption is dated (with its right weekday, not a file photo, naming someone whom the lead names) and the
    lead says that the news was on one single weekday, that day is the first such weekday from the caption's on. It is
    believed only within three days: later, the weekday may as well be the one before the picture.
    """
    lead = _lead(text, segments)
    weekdays = _lead_weekdays(lead)
    if len(weekdays) != 1:
        return None
    dated: set[date] = set()
    for segment in segments:
        if segment.kind == "caption":
            caption = segment.of(text)
            days = [(day, weekday) for day, weekday, _ in full_dates(caption) if weekday == day.weekday()]
            if days and not FILE_PHOTO.search(caption) and len(_names(caption) & _names(lead)) >= 2:
                dated.add(max(day for day, _ in days))
    if not dated:
        return None
    last = max(dated)
    ahead = timedelta(days=(weekdays.pop() - last.weekday()) % 7)
    if ahead > _REACH:
        return None
    answer = last + ahead
    body = [day for segment in segments if segment.kind == "body" for day, _, _ in full_dates(segment.of(text))]
    return None if any(timedelta(0) < day - answer < timedelta(days=366) for day in body) else answer


def _lead(text: str, segments: Sequence[Segment]) -> str:
    """The first two sentences of the body."""
    for segment in segments:
        if segment.kind == "body":
            found = sentences(text[segment.start : min(segment.end, segment.start + _LEAD)])[:2]
            return text[segment.start + found[0].start : segment.start + found[-1].end] if found else ""
    return ""


def _lead_weekdays(lead: str) -> set[int]:
    """The weekdays that the lead names as the news's own, without "last" or "next"."""
    return {
        _WEEKDAYS[word.group().casefold()]
        for word in _WORD.finditer(lead)
        if word.group().casefold() in _LONG_WEEKDAYS and not _NOT_THIS_WEEK.search(lead[: word.start()][-20:])
    }


def _names(passage: str) -> set[str]:
    """Words with a capital that do not open a sentence: who and what a passage is about."""
    words = set()
    for match in _WORD.finditer(passage):
        before = passage[: match.start()].rstrip("\"'“‘«([ ")
        if match.group()[0].isupper() and before and before[-1] not in ".!?":
            words.add(match.group().casefold())
    return words - _WEEKDAYS.keys() - _MONTHS.keys()
