"""Calendar expressions: where the text names a day, week, month, season or year, and which interval of days it means.

Relative expressions are reckoned from the publication date and from nothing else; without one they stay unresolved.
A weekday, a month or a day without its year is the latest one not after publication, or the next one where the
governing verb looks ahead. Durations ("for three days", "a five-year term") are never dates.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from mapper.events.months import FEASTS, MONTHS, NUMBERS, RELATIVE_DAYS, SEASONS, TEENS, TENS, WEEKDAYS
from mapper.events.numeric_dates import numeric_day
from mapper.events.patterns import PATTERNS, credible, trimmed
from mapper.events.tense_cues import Direction, guess_direction
from mapper.model import DatePrecision, TimeExpression

Interval = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One calendar expression with what an event's date needs beyond its interval."""

    start: int
    end: int
    text: str
    interval: Interval | None
    precision: DatePrecision
    basis: Literal["explicit", "relative"]
    part: Literal["", "early", "mid", "late"] = ""

    def expression(self) -> TimeExpression:
        """The expression as the output gives it."""
        first, last = self.interval or (None, None)
        return TimeExpression(
            start=self.start,
            end=self.end,
            text=self.text,
            from_=first.isoformat() if first else None,
            to=last.isoformat() if last else None,
            basis=self.basis,
        )

    def narrowed(self) -> Interval | None:
        """The interval cut down by "early", "mid" or "late"."""
        if self.interval is None or not self.part:
            return self.interval
        first, last = self.interval
        length = (last - first).days + 1
        if length < 20:
            return self.interval
        third = length / 3
        begin = {"early": 0.0, "mid": third, "late": 2 * third}[self.part]
        begins = first + timedelta(days=int(begin))
        ends = last if self.part == "late" else first + timedelta(days=int(begin + third) - 1)
        if self.precision == "year":  # whole months: "late 2013" is September to December
            begins = begins.replace(day=1)
            ends = ends.replace(day=calendar.monthrange(ends.year, ends.month)[1])
        return begins, ends


_SEASON_MONTHS = {**SEASONS, "winter": (12, 2)}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_UNITS = {
    "jour": "day",
    "día": "day",
    "semaine": "week",
    "semana": "week",
    "mois": "month",
    "mes": "month",
    "an": "year",
    "año": "year",
    "année": "year",
    "الأسبوع": "week",
    "الشهر": "month",
    "العام": "year",
}
_NEXT_ABROAD = ("prochain", "próxim", "que viene", "المقبل", "القادم")
_PARTS = {
    "early": "early",
    "earlier in": "early",
    "beginning of": "early",
    "start of": "early",
    "mid": "mid",
    "middle of": "mid",
    "late": "late",
    "later in": "late",
    "end of": "late",
}


def published_day(published: str | None) -> date | None:
    """The day of an ISO 8601 date or time, None where there is none."""
    if not published:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def find(
    text: str,
    published: str | None,
    direction: Callable[[int, int], Direction | None] | None = None,
    *,
    day_first: bool | None = None,
) -> tuple[Found, ...]:
    """All calendar expressions of ``text`` in order, never overlapping.

    ``direction`` tells, for the span of an expression, whether its governing verb looks back or ahead (None: unknown);
    ``day_first``, whether the day leads in dates such as 03/05/2012 (None: leave them unread).
    """
    anchor = published_day(published)
    taken: list[tuple[int, int, str, re.Match[str]]] = []
    occupied = bytearray(len(text))
    for name, pattern in PATTERNS:
        for match in pattern.finditer(text):
            start, end = trimmed(match)
            if start < end and not any(occupied[start:end]) and credible(name, match, text):
                occupied[start:end] = b"\1" * (end - start)
                taken.append((start, end, name, match))
    return tuple(_resolved(sorted(taken, key=lambda t: t[0]), text, anchor, direction, day_first))


def _resolved(
    taken: list[tuple[int, int, str, re.Match[str]]],
    text: str,
    anchor: date | None,
    direction: Callable[[int, int], Direction | None] | None,
    day_first: bool | None,
) -> Iterator[Found]:
    last: Interval | None = None
    for start, stop, name, match in taken:
        way = (direction(start, stop) if direction else None) or guess_direction(text, start, stop)
        try:
            reading = _read(name, match, anchor, way, last, day_first)
        except (ValueError, OverflowError):
            continue  # no such day: "31 February", "45/13/2020"
        if reading is None:
            continue
        interval, precision, explicit = reading
        groups = match.groupdict()
        part = _PARTS.get((groups.get("part") or groups.get("part2") or "").lower(), "")
        end = start + max(1, len(text[start:stop].rstrip(".,")))
        yield Found(
            start=start,
            end=end,
            text=text[start:end],
            interval=interval,
            precision=precision,
            basis="explicit" if explicit else "relative",
            part=part,  # type: ignore[arg-type]
        )
        if interval is not None and precision == "day":
            last = interval


_Reading = tuple[Interval | None, DatePrecision, bool]


def _read(
    name: str, match: re.Match[str], anchor: date | None, way: Direction, last: Interval | None, first: bool | None
) -> _Reading | None:
    g = {k: v.lower() for k, v in match.groupdict().items() if v}
    year = int(g["y"]) if "y" in g else None
    if year is not None and year < 100:
        year += 1900 if year > 30 else 2000
    if name == "iso":
        return _day(date(year or 1, int(g["m"]), int(g["d"]))), "day", True
    if name == "numeric":
        # With full stops the day always leads; the month does with strokes in American papers.
        led = True if "." in match[0] else first
        found = numeric_day(int(g["a"]), int(g["b"]), year or 1, led)
        return (_day(found), "day", True) if found is not None else None
    if name == "month_day" and year is None and _ELEVENTH.match(match.string, match.start()):
        return _day(date(2001, 9, 11)), "day", True
    if name == "nth_week":
        return _nth(g, anchor, way)
    if name == "holiday":
        month, day = FEASTS[g["feast"]]
        return _month_day(month, day, 0, year, anchor, way)
    if name == "spelt_year":
        return _year(_spelt(g)), "year", True
    if name in {"month_day", "day_month", "range_md", "range_dm"}:
        return _month_day(MONTHS[g["month"]], int(g["d"]), int(g.get("d2", 0)), year, anchor, way)
    if name in {"month_year", "month", "part_month", "bare_month"}:
        return _month(MONTHS[g["month"]], year, anchor, way, g.get("which", ""))
    if name in {"season", "season_year"}:
        return _season(g["season"], year, anchor, g.get("which", ""))
    if name == "quarter":
        return _quarter(_QUARTERS[g["q"]], year, anchor)
    if name == "year":
        return _year(year or 1), "year", True
    if name == "decade":
        return (date(year or 1, 1, 1), date((year or 1) + 9, 12, 31)), "range", True
    return _relative(name, g, anchor, way, last)


def _relative(
    name: str, g: dict[str, str], anchor: date | None, way: Direction, last: Interval | None
) -> _Reading | None:
    """Expressions that mean nothing without a publication date (or an earlier day, for "the following day")."""
    if name == "anaphor":
        if last is None:
            return None
        shift = {"following": 1, "next": 1, "previous": -1}.get(g["which"], 0)
        return _shifted(last[0], g["u"], shift)
    if name == "apart":
        return _apart(g, anchor, last)
    precision: DatePrecision = "day"
    if name == "window":
        return _window(g, anchor)
    if name == "nth_day":
        return (_day(_day_of_month(int(g["d"]), anchor)), "day", False) if anchor is not None else (None, "day", False)
    if name == "unit_abroad":
        said = g.get("u") or g.get("u2") or g["u3"]
        ahead = (g.get("which") or g.get("which2") or g["which3"]).startswith(_NEXT_ABROAD)
        g = {"u": _UNITS.get(said, said), "which": "next" if ahead else "last"}
        name = "unit"
    if name in {"unit", "ago", "in_time", "il_y_a"}:
        unit = _UNITS.get(g["u"], g["u"])
        if anchor is None:
            return None, _precision(unit), False
        if name == "unit":
            shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(g["which"], 0)
        else:
            number = NUMBERS.get(g["n"], 1) if not g["n"].isdecimal() else int(g["n"])
            shift = number if name == "in_time" else -number
        return _shifted(anchor, unit, shift)
    if name == "year_ago":
        return (None if anchor is None else _year(anchor.year - 1)), "year", False
    if name == "weekend":
        precision = "range"
    if anchor is None:
        return None, precision, False
    if name == "overnight":
        return (anchor - timedelta(days=1), anchor), "range", False
    if name == "relative":
        return _day(anchor + timedelta(days=RELATIVE_DAYS[g["rel"]])), "day", False
    if name == "weekend":
        saturday = _weekday(6, anchor, "future" if way == "future" or g.get("which") == "next" else "past", "")
        return (saturday, saturday + timedelta(days=1)), "range", False
    if name == "weekday_last_week":
        which, wanted = g.get("which") or g["which2"], WEEKDAYS[g.get("wd") or g["wd2"]]
        monday = anchor - timedelta(days=anchor.isoweekday() - 1)
        weeks = {"last": -7, "next": 7}.get(which, 0)
        return _day(monday + timedelta(days=weeks + wanted - 1)), "day", False
    which = {"dernier": "last", "pasado": "last", "prochain": "next", "próximo": "next"}.get(
        g.get("last", ""), g.get("which", "")
    )
    return _day(_weekday(WEEKDAYS[g["wd"]], anchor, way, which)), "day", False


def _apart(g: dict[str, str], anchor: date | None, last: Interval | None) -> _Reading:
    """ "Two days later", "a week earlier": from the day told of before; earlier, without one, than publication."""
    back = g["side"] in {"earlier", "previously", "before"}
    told = last[0] if last is not None and last[1] - last[0] < timedelta(days=7) else None
    start = told or (anchor if back else None)
    if start is None:
        return None, _precision(g["u"]), False
    number = int(g["n"]) if g["n"].isdecimal() else NUMBERS.get(g["n"], 1)
    return _shifted(start, g["u"], -number if back else number)


def _day(day: date) -> Interval:
    return day, day


def _year(year: int) -> Interval:
    return date(year, 1, 1), date(year, 12, 31)


def _month_of(year: int, month: int) -> Interval:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _precision(unit: str) -> DatePrecision:
    return {"day": "day", "week": "week", "month": "month", "year": "year"}[unit]  # type: ignore[return-value]


def _shifted(anchor: date, unit: str, by: int) -> _Reading:
    if unit == "day":
        return _day(anchor + timedelta(days=by)), "day", False
    if unit == "week":
        monday = anchor - timedelta(days=anchor.isoweekday() - 1) + timedelta(days=7 * by)
        return (monday, monday + timedelta(days=6)), "week", False
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + by
        return _month_of(months // 12, months % 12 + 1), "month", False
    return _year(anchor.year + by), "year", False


def _weekday(wanted: int, anchor: date, way: Direction, which: str) -> date:
    back = (anchor.isoweekday() - wanted) % 7
    if which in {"last", "past", "the previous"}:
        return anchor - timedelta(days=back or 7)
    if which in {"next", "coming", "the following"}:
        return anchor + timedelta(days=(wanted - anchor.isoweekday()) % 7 or 7)
    if which == "this" or way == "future":
        return anchor + timedelta(days=(wanted - anchor.isoweekday()) % 7)
    return anchor - timedelta(days=back)


# The one day that news name without its year.
_ELEVENTH = re.compile(r"Sept(?:\.|ember)? 11(?:th)?,? (?:terror(?:ist)? )?(?:attack|hijacking|atrocit)", re.IGNORECASE)


def _nth(g: dict[str, str], anchor: date | None, way: Direction) -> _Reading | None:
    """ "The second week of June", "the first half of 2012"."""
    year = int(g.get("y") or g.get("y2") or 0)
    which = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3}.get(g["nth"], -1)
    if "month" not in g:
        if g["piece"] == "week" or which > 1:
            return None
        first, last = (date(year, 1, 1), date(year, 6, 30)) if which == 0 else (date(year, 7, 1), date(year, 12, 31))
        return (first, last), "range", True
    whole = _month(MONTHS[g["month"]], year or None, anchor, way, "")
    if whole[0] is None:
        return None, "week" if g["piece"] == "week" else "range", False
    first, last = whole[0]
    if g["piece"] == "half":
        middle = first + timedelta(days=14)
        return ((first, middle) if which == 0 else (middle + timedelta(days=1), last)), "range", whole[2]
    begin = last - timedelta(days=6) if which < 0 else first + timedelta(days=7 * which)
    return (begin, begin + timedelta(days=6)), "week", whole[2]


def _window(g: dict[str, str], anchor: date | None) -> _Reading:
    """ "In the past three days": from then to publication."""
    if anchor is None:
        return None, "range", False
    number = int(g["n"]) if g["n"].isdecimal() else NUMBERS.get(g["n"], 5)  # "few", "several": about five
    days = {"hour": -(-number // 24), "day": number, "week": 7 * number, "month": 30 * number}[g["u"]]
    return (anchor - timedelta(days=days), anchor), "range", False


def _day_of_month(day: int, anchor: date) -> date:
    """The latest such day of a month not after publication."""
    if day <= anchor.day:
        return anchor.replace(day=day)
    return (anchor.replace(day=1) - timedelta(days=1)).replace(day=day)


def _spelt(g: dict[str, str]) -> int:
    """ "Nineteen ninety-one"."""
    century = {"nineteen": 1900, "twenty": 2000}.get(g["century"], 2000)
    return (
        century + TENS.get(g.get("tens", ""), 0) + NUMBERS.get(g.get("ones", ""), 0) + TEENS.get(g.get("teens", ""), 0)
    )


def _month_day(
    month: int, day: int, until: int, year: int | None, anchor: date | None, way: Direction
) -> _Reading | None:
    if until and until <= day:
        return None
    precision: DatePrecision = "range" if until else "day"
    if year is None:
        date(2000, month, until or day)  # raises for days that no year has
        if anchor is None:
            return None, precision, False
        year = _nearest_year(month, day, anchor, way)
    return (date(year, month, day), date(year, month, until or day)), precision, True


def _nearest_year(month: int, day: int, anchor: date, way: Direction) -> int:
    here = (month, day) <= (anchor.month, anchor.day)
    if way == "future":
        return anchor.year if (month, day) >= (anchor.month, anchor.day) else anchor.year + 1
    if not here and (date(anchor.year, month, min(day, 28)) - anchor).days <= 7:
        return anchor.year  # days ahead named without "will": schedules, fixtures
    return anchor.year if here else anchor.year - 1


def _month(month: int, year: int | None, anchor: date | None, way: Direction, which: str) -> _Reading:
    if year is not None:
        return _month_of(year, month), "month", True
    if anchor is None:
        return None, "month", False
    year = anchor.year
    if which == "last":
        year -= month >= anchor.month
    elif which == "next":
        year += month <= anchor.month
    elif which == "this":
        pass
    elif way == "future":
        year += month < anchor.month
    else:
        year -= month > anchor.month
    return _month_of(year, month), "month", False


def _season(season: str, year: int | None, anchor: date | None, which: str) -> _Reading:
    first, last = _SEASON_MONTHS[season]
    explicit = year is not None
    if year is None and anchor is not None:
        year = anchor.year + (which == "next" and first <= anchor.month) - (which == "last" and last >= anchor.month)
        if season == "winter" and which != "next":
            year = anchor.year - 1
    if year is None:
        return None, "season", False
    until = year + (season == "winter")
    return (date(year, first, 1), _month_of(until, last)[1]), "season", explicit


def _quarter(quarter: int, year: int | None, anchor: date | None) -> _Reading:
    explicit = year is not None
    if year is None:
        if anchor is None:
            return None, "range", False
        year = anchor.year - (quarter * 3 - 2 > anchor.month)
    return (date(year, quarter * 3 - 2, 1), _month_of(year, quarter * 3)[1]), "range", explicit
