"""The dateline at the start of a report: ``TUNIS, Tunisia (AP) —``, ``BAMAKO, 3 Jan (Reuters) -``."""

from __future__ import annotations

import re

from mapper.articles.phrases import AGENCIES

_CAPITALS = r"[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ'’.\-]+(?:[ /][^\W\d_a-zß-öø-ÿ'’.\-]{2,}){0,4}"
_PLACE = r"[^\W\d_][\w'’.\-]*(?: [^\W\d_][\w'’.\-]*){0,4}(?: \([^()\n]{2,30}\))?"
_MONTH = r"[^\W\d_]{3,10}\.?"
_DAY = (
    rf"(?:(?:le |el )?\d{{1,2}}(?:er)?\.? (?:de )?{_MONTH}(?:,? (?:de )?\d{{2,4}})?"
    rf"|{_MONTH} \d{{1,2}}(?:,? \d{{2}}(?:\d{{2}})?)?)"
)
_AGENCY = rf"(?:[(\[/][^()\[\]/\n]{{2,40}}[)\]/]|(?:{AGENCIES})\b)"
_DASH = r"(?:\s*(?:--+|[—–‒―\x96\x97]|\.-|\.—)|\s+[-_]|\s*:)(?=\s|\[|$)"  # \x97: a dash of cp1252 read as Latin-1
_TAGS = r"(?:\s*\[[^\[\]\n]{1,60}(?:\n[^\[\]\n]{1,60})?\])*"
_OPEN_SPACE = r"[ \t\u00a0]*"

_WITH_DAY = rf"{_PLACE}(?:, {_PLACE}){{0,2}},? {_DAY}(?:,? {_AGENCY})?{_DASH}{_TAGS}"
_WITH_AGENCY = rf"{_PLACE}(?:, {_PLACE}){{0,2}},? {_AGENCY}(?:,? {_DAY})?{_DASH}{_TAGS}"
_ALONE = rf"{_PLACE}(?:, {_PLACE}){{0,2}},? {_DAY}(?:,? {_AGENCY})?$"
_IN_CAPITALS = rf"{_CAPITALS}(?:, {_PLACE}){{0,2}}(?:\s*--+|\s*[—–‒―\x96\x97]|\s+[-_])(?=\s|$)"
_ARABIC = (
    r"[\u0600-\u06ff]+(?: [\u0600-\u06ff]+){0,3} ?(?:[(/][^()\n]{2,30}[)/] ?[-–—:]"
    r"|[-–—] ?[(/]?(?:رويترز|أ ف ب|وكالات|سبوتنيك|الأناضول|د ب أ)[)/]? ?[-–—:])"
)
_CHINESE = r"(?:[(（]?(?:新华社|中新社|法新社|路透社|人民网)\S{1,12}?\d{1,2}月\d{1,2}日(?:电|讯)[)）]?)"
_REPORT = re.compile(
    rf"{_OPEN_SPACE}(?:(?P<day>{_WITH_DAY}|{_ALONE})|(?P<agency>{_WITH_AGENCY})|(?P<capitals>{_IN_CAPITALS})|{_ARABIC}|{_CHINESE})",
)
_LONGEST = 140


def dateline_end(text: str, start: int, end: int) -> int | None:
    """Where the dateline that opens the paragraph ``start`` to ``end`` stops, None where there is none."""
    cut = start + _LONGEST < end  # then "$" is no end of line
    match = _REPORT.match(text, start, min(end, start + _LONGEST))
    if not match or (cut and match.end() == start + _LONGEST):
        return None
    if match.group("agency") and not _is_place_like(match.group("agency")):
        return None
    if match.group("capitals"):
        following = text[match.end() : end].lstrip()[:1]
        if following.islower() or (following and text[start:end][:400].isupper()):
            return None  # "NATO - the alliance"; or the whole report is in capitals, and they tell nothing
    return match.end()


def _is_place_like(opening: str) -> bool:
    """Each main word of what stands before the agency begins with a capital, where the script has them."""
    words = re.split(r"[,(\[/ ]+", re.split(r"[(\[/]", opening, maxsplit=1)[0].strip())
    small = {"de", "du", "des", "la", "le", "les", "el", "al", "of", "the", "and", "et", "y", "el-", "al-"}
    return all(not word[:1].islower() or word in small for word in words if word)
