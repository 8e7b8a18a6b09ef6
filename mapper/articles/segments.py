"""What part of the page each stretch of a text is, told from the text alone, before anything parses it.

Works paragraph by paragraph: first the wordings that are the same on every page (boilerplate, credits, bylines), then
the shape (captions), then the place on the page: what stands above the first real paragraph is headline or section
label. Whatever nothing speaks against is body.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mapper.articles.dateline import dateline_end
from mapper.articles.phrases import (
    AGENCY_TAIL,
    BOILERPLATE_LINE,
    BOILERPLATE_TAIL,
    BYLINE,
    CAPTION_MARK,
    CAPTION_START,
    CREDIT_LINE,
    DATE_LINE,
    MORE_STORIES,
    PHOTO_CREDIT_TAIL,
    is_slug,
)
from mapper.model import Segment, SegmentKind
from mapper.sentences import paragraphs, sentences

_LONGEST_CAPTION = 900  # code points: more is a report with a credit at its end
_LONGEST_LINE = 300  # code points: furniture is short, and no wording is looked for in what is longer
_LONGEST_TAIL = 160  # code points: no credit or button stuck to the end of a paragraph is longer
_LEAD_PARAGRAPHS = 12  # how far down the headline may go
_DATELINE_PARAGRAPHS = 3  # how many paragraphs of body may be tried for the dateline
_LABEL_WORDS = 3  # a section label ("North America") is no longer
_ENDED = re.compile(r"[.!?…؟。！？۔:][\"'”’»)\]]*$")
_SITE_SEPARATOR = re.compile(r"\s+[-–—|•·:»]+\s+")


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    kind: SegmentKind


def segments(text: str, *, title: str | None = None, source: str | None = None) -> tuple[Segment, ...]:
    """The parts of ``text`` in order, not overlapping, covering everything but the white space between them.

    ``title`` and ``source``, where known from elsewhere, help to find the headline and the outlet's name.
    """
    pieces = [_by_wording(text, span.start, span.end) for span in paragraphs(text)]
    pieces = _headed(text, pieces, title, source)
    pieces = _without_other_stories(text, pieces)
    pieces = list(_split_tails(text, pieces))
    pieces = _with_dateline(text, pieces)
    return _joined(pieces)


def _by_wording(text: str, start: int, end: int) -> _Piece:
    if end - start > _LONGEST_LINE:
        return _Piece(start, end, "body")
    line = " ".join(text[start:end].split())
    return _Piece(start, end, _kind_of_line(line))


def _kind_of_line(line: str) -> SegmentKind:
    if is_slug(line) or BOILERPLATE_LINE.fullmatch(line):
        return "boilerplate"
    if CREDIT_LINE.fullmatch(line):
        return "credit"
    ended = _ENDED.search(line)
    if DATE_LINE.fullmatch(line) and not ended:
        return "boilerplate"
    if BYLINE.fullmatch(line) and (not ended or line.count(" ") < 12) and len(line) < 200 and _is_byline(line):
        return "byline"
    return "body"


def _is_byline(line: str) -> bool:
    """Names, not a sentence that happens to begin with "By": most words begin with a capital, where there are any."""
    words = [word for word in re.split(r"[^\w'’.-]", line)[1:] if word]
    cased = [word for word in words if word[0].isupper() or word[0].islower()]
    small = [word for word in cased if len(word) > 3 and word[0].islower()]
    return len(small) * 4 <= len(cased)


def _folded(line: str) -> str:
    """Letters and figures only, without case or accents: two spellings of one headline are equal."""
    apart = unicodedata.normalize("NFKD", line).casefold()
    plain = "".join(character for character in apart if not unicodedata.combining(character))
    return " ".join(re.findall(r"[^\W_]+", plain))


def _headed(text: str, pieces: Sequence[_Piece], title: str | None, source: str | None) -> list[_Piece]:
    """Headlines and section labels: the unfinished lines above the first paragraph."""
    answer = list(pieces)
    first = next((i for i, piece in enumerate(answer) if _is_paragraph(text, piece)), len(answer))
    first = min(first, _LEAD_PARAGRAPHS)
    if len(answer) == 1 and title is None:
        return answer  # a single unfinished line is somebody's text, not a headline over nothing
    lead = [i for i in range(first) if answer[i].kind == "body" and not _is_caption(text, answer[i])]
    if first == len(answer) and not title:
        lead = lead[:1]  # nothing but unfinished lines: only the first is surely a headline
    lines = {i: _folded(text[answer[i].start : answer[i].end]) for i in lead}
    wanted = _folded(title) if title else ""
    headline = _first_headline(lines, wanted)
    for i in lead:
        again = headline is not None and lines[i] == lines[headline]
        words = lines[i].count(" ") + 1
        answer[i] = replace(answer[i], kind="headline" if again or words > _LABEL_WORDS else "boilerplate")
    if title and not any(piece.kind == "headline" for piece in answer):
        answer = _title_in_first_line(text, answer, title)
    return _without_site_name(text, answer, lines, source)


def _is_paragraph(text: str, piece: _Piece) -> bool:
    """Whether reporting starts here: a finished sentence, or more words than a headline has."""
    if piece.kind != "body":
        return False
    line = text[piece.start : piece.end]
    if CAPTION_START.match(line):
        return False  # "FILE - Soldiers stand guard": no place, though it stands like one
    if dateline_end(text, piece.start, piece.end) is not None:
        return True
    words = line.count(" ") + line.count("\n") + 1
    caseless = not any(character.isupper() or character.islower() for character in line[:200])
    if _is_caption(text, piece):
        return False
    if piece.start == 0 and words < 20 and line.rstrip("\"'”’»").endswith(("!", "?")):
        return False  # "What now for the north?" over the first paragraph
    enough = words >= 8 or (caseless and len(line) >= 15)
    return words > 40 or (enough and _ENDED.search(line) is not None)


def _is_caption(text: str, piece: _Piece) -> bool:
    line = text[piece.start : piece.end]
    tail = line[-_LONGEST_TAIL:]
    return bool(CAPTION_START.match(line) or PHOTO_CREDIT_TAIL.search(tail) or AGENCY_TAIL.search(tail))


def _first_headline(lines: dict[int, str], wanted: str) -> int | None:
    """The line that is the headline: the known title, else the first line, unless that is a label over a longer one."""
    for i, line in lines.items():
        if _is_same_title(line, wanted):
            return i
    longer = any(line.count(" ") >= _LABEL_WORDS for line in lines.values())
    for i, line in lines.items():
        if line and (line.count(" ") + 1 >= _LABEL_WORDS or not longer):
            return i
    return None


def _is_same_title(line: str, title: str) -> bool:
    """The same headline, perhaps with the outlet's name or a section before or behind it on one of the two."""
    shorter, longer = sorted((line, title), key=len)
    if shorter == longer:
        return bool(line)
    return shorter.count(" ") >= _LABEL_WORDS and f" {shorter} " in f" {longer} " and len(shorter) * 3 >= len(longer)


def _title_in_first_line(text: str, pieces: list[_Piece], title: str) -> list[_Piece]:
    """The known title set before the report in one line, as feeds have it: ``Title. The report …``."""
    for i, piece in enumerate(pieces[:_LEAD_PARAGRAPHS]):
        if piece.kind != "body":
            continue
        pattern = r"\W+".join(re.findall(r"\w+", title)[:60])
        match = re.compile(rf"\W{{0,3}}{pattern}[\"'”’»)]*", re.IGNORECASE).match(text, piece.start, piece.end)
        if pattern and match and re.match(r"\s*(?:[.!?:|—–-]+(?:\s|$)|\n|$)", text[match.end() : piece.end]):
            end = match.end()
            stop = re.compile(r"\s?[.!?]+").match(text, end, piece.end)
            end = stop.end() if stop else end
            start = end
            while start < piece.end and (text[start].isspace() or text[start] in ":|—–-"):
                start += 1
            rest = _Piece(start, piece.end, "body")
            return [*pieces[:i], _Piece(piece.start, end, "headline"), rest, *pieces[i + 1 :]]
        break
    return pieces


def _without_site_name(text: str, pieces: list[_Piece], lines: dict[int, str], source: str | None) -> list[_Piece]:
    """``Headline - Outlet`` parted, where the headline stands elsewhere by itself, or the outlet is known."""
    answer: list[_Piece] = []
    titles = set(lines.values())
    outlet = _folded(source) if source else ""
    for piece in pieces:
        separators = list(_SITE_SEPARATOR.finditer(text, piece.start, piece.end)) if piece.kind == "headline" else []
        cut = separators[-1] if separators else None
        if cut:
            head, tail = _folded(text[piece.start : cut.start()]), _folded(text[cut.end() : piece.end])
            if tail and head and (head in titles or tail == outlet):
                answer.append(_Piece(piece.start, cut.start(), "headline"))
                answer.append(_Piece(cut.end(), piece.end, "credit"))
                continue
        answer.append(piece)
    return answer


def _without_other_stories(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """The list of other stories at the foot: a heading that opens one, and only unfinished lines down to the end."""
    last = max((i for i, piece in enumerate(pieces) if _is_paragraph(text, piece)), default=-1)
    for i in range(last + 1, len(pieces)):
        line = text[pieces[i].start : pieces[i].end]
        if last >= 0 and len(line) < 80 and MORE_STORIES.match(line):
            return [*pieces[:i], *(replace(piece, kind="boilerplate") for piece in pieces[i:])]
    return pieces


def _split_tails(text: str, pieces: list[_Piece]) -> Iterator[_Piece]:
    """Captions with their credits, and furniture stuck to the end of a paragraph."""
    last_prose = max((i for i, piece in enumerate(pieces) if _is_paragraph(text, piece)), default=-1)
    bodies = [i for i, piece in enumerate(pieces) if piece.kind == "body"]
    only = bodies[0] if len(bodies) == 1 else None  # the whole report, whatever stands at its end
    for i, piece in enumerate(pieces):
        if piece.kind not in ("body", "headline"):
            yield piece
            continue
        start, end = piece.start, piece.end
        after: list[_Piece] = []
        tail_start = max(start, end - _LONGEST_TAIL)
        tail = BOILERPLATE_TAIL.search(text, tail_start, end)
        if tail:
            after.append(_Piece(_skip_space(text, tail.start(), end), end, "boilerplate"))
            end = _back_over_space(text, start, tail.start())
        kind: SegmentKind = piece.kind
        photo = PHOTO_CREDIT_TAIL.search(text, tail_start, end)
        agency = None if photo or kind == "headline" else AGENCY_TAIL.search(text, tail_start, end)
        credit = photo or agency
        if credit:
            is_signature = agency and i >= last_prose and not _is_short(text, start, credit.start())
            if not is_signature and credit.start() - start <= _LONGEST_CAPTION and only != i:
                kind = "caption"
            after.insert(0, _Piece(_skip_space(text, credit.start(), end), end, "credit"))
            end = _back_over_space(text, start, credit.start())
        elif CAPTION_START.match(text, start, end) or (kind == "body" and _has_caption_mark(text, start, end)):
            kind = "caption"
        yield _Piece(start, end, kind)
        yield from after


def _is_short(text: str, start: int, end: int) -> bool:
    return len(sentences(text[start:end])) <= 2 and end - start < 250


def _has_caption_mark(text: str, start: int, end: int) -> bool:
    return (
        end - start < 500 and bool(CAPTION_MARK.search(text, start, min(end, start + 200))) and "(" in text[start:end]
    )


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _back_over_space(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _with_dateline(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """The dateline before the report, set apart."""
    bodies = [i for i, piece in enumerate(pieces) if piece.kind == "body"][:_DATELINE_PARAGRAPHS]
    for i in bodies:
        piece = pieces[i]
        end = dateline_end(text, piece.start, piece.end)
        if end is not None:
            start = _skip_space(text, end, piece.end)
            rest = _Piece(start, piece.end, "body")
            return [*pieces[:i], _Piece(piece.start, end, "dateline"), rest, *pieces[i + 1 :]]
    return pieces


def _joined(pieces: Sequence[_Piece]) -> tuple[Segment, ...]:
    """Neighbouring paragraphs of body as one segment, and nothing where nothing was left of a piece."""
    joined: list[_Piece] = []
    for piece in pieces:
        if piece.start == piece.end:
            continue
        if joined and joined[-1].kind == piece.kind == "body":
            joined[-1] = replace(joined[-1], end=piece.end)
        else:
            joined.append(piece)
    return tuple(Segment(start=piece.start, end=piece.end, kind=piece.kind) for piece in joined)
