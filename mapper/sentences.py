"""Where the sentences of an article are: the one splitter that every stage uses. Standard library only, linear time.

Own rules, no model: a full stop ends a sentence unless what stands before it (an abbreviation, an initial, a number)
or after it (a small letter) says otherwise. A sentence never crosses a segment, a blank line, or a line that ends the
way titles and paragraphs do; the lines of hard-wrapped text are joined.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from mapper.model import Segment, SegmentKind, Span

PROSE: frozenset[SegmentKind] = frozenset({"headline", "byline", "dateline", "body", "caption"})
"""The segments whose text is someone's words: what :func:`sentences` covers unless told otherwise."""

LONGEST = 2_000
"""Code points after which a sentence is cut at a space: no reporter wrote it, and parsers choke on it."""

# A terminator run with the quotation marks and brackets that close behind it; French » may stand off by one space.
_TERMINATOR = re.compile(r"[.!?…؟۔।։።។。！？｡]+[\"'”’»›)\]}」』】）]*(?:[ \u00a0\u202f]»(?=\s|$))?")
_CLOSERS = "\"'”’»›)]}」』】）\u00a0\u202f "
_OPENERS = "\"'“‘«‹([{「『【（¿¡—–-"
_UNSPACED = frozenset("؟۔।։።។。！？｡")  # scripts that put no space after these, or drop it freely
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_FIRST_WORD = re.compile(r"\S{1,40}")
_LIST_ITEM = re.compile(r"[-*•·–—▪■►]\s|\(?\d{1,3}[.)]\s|#")
_TOKEN_BACK = 24  # code points looked at before a full stop: longer than any abbreviation


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Always followed by what they announce, so that the full stop never ends the sentence.
_TITLES = _words("""
    mr mrs ms mx dr drs prof gen lt col maj capt sgt cpl pvt adm vadm brig cmdr cdr comdr sen sens rep reps gov govs
    pres rev revd hon fr st ste mt ft messrs mme mmes mlle mgr sr sra srta dra ing lic gral cnel tte alm pte dpto supt
    insp det dep asst assoc amb atty vs viz cf e.g i.e eg ie approx ca bzw vgl hr frau hrn dipl
""")
# Followed by a number when they abbreviate; otherwise an ordinary end of a sentence.
_BEFORE_NUMBER = _words("""
    jan feb mar apr jun jul aug sep sept oct nov dec janv févr avr juil déc ene abr ago dic
    no nos nr num núm art arts fig figs sec ch vol pp p pg par para op lev av est min
""")
# May end a sentence too: they do where a word follows that opens sentences.
_EITHER = _words("""
    inc corp ltd co cos bros jr esq etc dept univ assn ave blvd rd sq bldg intl natl govt mil
    ala ariz calif colo conn del fla ga ind kan kans ky md mass mich minn mont neb nev okla ore penn tenn tex va vt wis
    wyo ont que alta sask n.b b.c d.c ph.d m.d b.a m.a a.m p.m a.d s.a ee.uu ss mm hh
""")
_STARTERS = _words("""
    a after all also although among an and another as at because before both but by despite during each earlier even
    every few for from he her here his how however i if in instead into it its last later many meanwhile more most my
    neither next no nor not now of officials on once one only or other others our out over people police residents
    several she since so some still such that the their then there these they this those though three thousands to
    two under unlike until we what when where whether which while who why with without witnesses yet you
    le la les l un une des du au aux il elle ils elles on ce cette ces selon dans pour mais et
    el los las lo una unos unas se según pero y en al der die das ein eine er sie es wir und aber
""")
# Small words that no line of its own ends with.
_DANGLING = _words(
    "the a an of to and or in on at for from by with that which who his her its their le la les de des du et el"
)
_MONTHS_AFTER_ORDINAL = _words("""
    januar jänner februar märz april mai juni juli august september oktober november dezember
""")


def sentences(
    text: str, segments: Sequence[Segment] = (), *, kinds: Collection[SegmentKind] = PROSE
) -> tuple[Span, ...]:
    """The sentences of ``text`` in order: trimmed of white space, not overlapping, none crossing a segment.

    Every visible character of the segments of the given ``kinds`` lies in exactly one of them; other segments
    (by default credits and boilerplate) have none. Without segments the whole text counts as body.
    """
    if not segments:
        segments = (Segment(start=0, end=len(text), kind="body"),)
    wrap = _wrap_width(text)
    found: list[Span] = []
    for segment in segments:
        if segment.kind in kinds:
            for block in _blocks(text, segment.start, segment.end, wrap):
                found.extend(_split(text, block))
    return tuple(found)


def paragraphs(text: str) -> Iterator[Span]:
    """The paragraphs, titles and other pieces that stand on lines of their own; hard-wrapped lines are joined."""
    return _blocks(text, 0, len(text), _wrap_width(text))


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """The lines between two offsets, trimmed; an empty span stands for a blank line."""
    at = start
    for newline in _LINE_END.finditer(text, start, end):
        yield _trim(text, at, newline.start())
        at = newline.end()
    yield _trim(text, at, end)


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    length = len(piece.strip())
    return Span(start=start + lead, end=start + lead + length)


def _wrap_width(text: str) -> int | None:
    """The width at which the text was wrapped by hand or machine, None where each line is a paragraph or a title."""
    width = 0
    run: list[int] = []
    for line, below in pairwise((*_lines(text, 0, len(text)), Span(start=0, end=0))):
        length = line.end - line.start
        if not length:
            continue
        run.append(length)
        if below.start < below.end:
            if length <= 160 and _runs_on(text, line, below):
                width = max(width, length)
            continue
        # Scripts without capitals: a paragraph of three lines or more, all but the last about equally long.
        longest = max(run)
        if len(run) >= 3 and 30 <= longest <= 120 and min(run[:-1]) >= 0.8 * longest:
            width = max(width, longest)
        run.clear()
    return width or None


def _runs_on(text: str, above: Span, below: Span) -> bool:
    """Whether the words themselves say that the line above is not finished."""
    if _ends_sentence(text, above):
        return False
    if text[below.start].islower() or text[above.end - 1] == ",":
        return True
    last = text[max(above.start, above.end - _TOKEN_BACK) : above.end].rsplit(maxsplit=1)[-1]
    return last.casefold() in _DANGLING  # whole reports in capitals are hard-wrapped too


def _ends_sentence(text: str, line: Span) -> bool:
    at = line.end - 1
    while at > line.start and text[at] in _CLOSERS:
        at -= 1
    return text[at] in ".!?…:" or text[at] in _UNSPACED


def _blocks(text: str, start: int, end: int, wrap: int | None) -> Iterator[Span]:
    """Runs of lines that belong together: a paragraph, or a title by itself."""
    open_line: Span | None = None
    block_start = start
    for line in _lines(text, start, end):
        if line.start == line.end:
            if open_line is not None:
                yield Span(start=block_start, end=open_line.end)
            open_line = None
            continue
        if open_line is None:
            block_start = line.start
        elif not _continues(text, open_line, line, wrap):
            yield Span(start=block_start, end=open_line.end)
            block_start = line.start
        open_line = line
    if open_line is not None:
        yield Span(start=block_start, end=open_line.end)


def _continues(text: str, above: Span, below: Span, wrap: int | None) -> bool:
    """Whether the line below goes on with the line above."""
    if _LIST_ITEM.match(text, below.start, below.end):
        return False
    if _runs_on(text, above, below):
        return True
    word = _FIRST_WORD.match(text, below.start, below.end)
    length = above.end - above.start
    room = length + 1 + (len(word.group()) if word else 0)
    if wrap is None or length > wrap + 8:
        return False
    return room > wrap or (length > 0.75 * wrap and not _ends_sentence(text, above))


def _split(text: str, block: Span) -> Iterator[Span]:
    start = block.start
    for match in _TERMINATOR.finditer(text, block.start, block.end):
        if _is_end(text, match, start, block.end):
            yield from _capped(text, start, match.end())
            start = match.end()
            while start < block.end and text[start].isspace():
                start += 1
    yield from _capped(text, start, block.end)


def _capped(text: str, start: int, end: int) -> Iterator[Span]:
    span = _trim(text, start, end)
    start, end = span.start, span.end
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = space if space > 0 else start + LONGEST
        piece = _trim(text, start, cut)
        if piece.start < piece.end:
            yield piece
        start = cut
    span = _trim(text, start, end)
    if span.start < span.end:
        yield span


def _is_end(text: str, match: re.Match[str], start: int, end: int) -> bool:
    mark = match.group()
    after = match.end()
    if after >= end:
        return False  # the block ends here anyway
    run = mark.rstrip(_CLOSERS)
    if run[-1] in _UNSPACED:
        return True
    if not text[after].isspace():
        return _is_glued(text, match.start(), after, end)
    following = after
    while following < end and (text[following].isspace() or text[following] in _OPENERS):
        following += 1
    if following >= end:
        return False
    first = text[following]
    if first.islower():
        return False
    if run[0] != "." or len(run) > 1:  # ! ? … and runs of them
        return True
    closed = len(mark) > len(run)
    return _full_stop_ends(text, match.start(), start, following, end, closed=closed)


def _is_glued(text: str, stop: int, after: int, end: int) -> bool:
    """A lost space, as scraped pages have it: ``… in the region.Back to top``; not ``example.com`` or ``U.S.``."""
    if stop < 3 or not (text[stop - 1].islower() and text[stop - 2].islower() and text[stop - 3].islower()):
        return False
    if after + 1 >= end or not (text[after].isupper() and text[after + 1].islower()):
        return False
    word = _FIRST_WORD.match(text, after, end)
    return word is not None and word.group().rstrip(",;:’'").isalpha()


def _full_stop_ends(text: str, stop: int, start: int, following: int, end: int, *, closed: bool) -> bool:
    """Whether a single full stop before white space and a capital, a figure or a letter without case is an end."""
    before = text[max(start, stop - _TOKEN_BACK) : stop]
    tail = before.split()[-1] if before and not before[-1].isspace() else ""
    token = tail.lstrip("\"'“‘«([{¿¡—–-")
    word = token.casefold()
    if not word or closed:
        return True
    if token.isdecimal():
        is_list_number = stop - len(tail) == start and len(token) <= 3
        return not is_list_number and _word(text, following, end) not in _MONTHS_AFTER_ORDINAL
    if word in _TITLES or (len(token) == 1 and not token.isascii() and not token.isupper() and token.isalpha()):
        return False  # "Gen. Smith"; Arabic titles are one letter: "د. محمد"
    if word in _BEFORE_NUMBER and text[following].isdecimal():
        return False
    initials = (len(token) == 1 and token.isupper()) or ("." in token and all(len(p) <= 2 for p in token.split(".")))
    if initials or word in _EITHER:
        return _word(text, following, end) in _STARTERS
    return True


def _word(text: str, at: int, end: int) -> str:
    stop = at
    while stop < end and stop - at < _TOKEN_BACK and text[stop].isalpha():
        stop += 1
    return text[at:stop].casefold()
