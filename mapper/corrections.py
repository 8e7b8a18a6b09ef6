"""What analysts have put right, kept in a file of their own and applied on every run.

The file is TOML, made to be written by hand, mailed and kept under version control::

    [[correction]]
    article = "9f2c…"            # SHA-256 of the article's text (at least its first 12 digits)
    evidence = "the sentence, quoted as it stands, or enough of it to be found"
    trigger = "attacked"         # optional: which event, where the sentence tells several
    at = "Gao"                   # optional: which of them, where one word tells of several places
    do = "place"                 # type | place | date | merge | split | drop | note
    to = "geonames:2449067"      # see below
    who = "desk"
    why = "the governor's office named the town"

or the same as a table, CSV in UTF-8 with the field names as headings, for whoever prefers a spreadsheet; an empty cell
is a field that is not there.

What ``to`` holds depends on ``do``: ``type`` an event type, with an optional mode after a slash ("ASSAULT/aerial");
``place`` a place id of the gazetteer, or "none" for unplaced; ``date`` a day or a range ("2014-04-03",
"2014-04-02/2014-04-05", "2014-04-02/" for still going on), or "none"; ``merge`` the id of a cluster to join;
``split`` and ``drop`` nothing; ``note`` the text to show. Anchored on content and quotation rather than on ids, a
correction survives re-analysis, renamed files and later versions. One that matches nothing is reported, never ignored.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from mapper.articles.walk import reason
from mapper.errors import CorrectionError
from mapper.events.plover import TYPES
from mapper.files import is_special
from mapper.model import Analysis, Article, DatePrecision, Event, EventDate, Location, PlaceRef, Precision

Action = Literal["type", "place", "date", "merge", "split", "drop", "note"]
_NEEDS_VALUE = frozenset({"type", "place", "date", "merge", "note"})
_SHORTEST_HASH = 12
_DEEP_KEY = re.compile(r"^[ \t\[]*(?:[\w-]+[ \t]*\.[ \t]*){100}", re.MULTILINE)
_LARGEST = 16 * 1024 * 1024  # bytes of a file of corrections


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One correction: which event (``article``, ``evidence``, ``trigger``, ``at``), what to do to it, who says so and
    why.

    ``where`` is where it stands, as errors name it.
    """

    article: str
    evidence: str
    do: Action
    to: str | None
    who: str
    why: str
    trigger: str | None = None
    at: str | None = None
    where: str = field(default="correction", compare=False)

    def matches(self, article: Article, event: Event) -> bool:
        """Whether this is the article and the event of it which the correction means."""
        if not article.content_hash.startswith(self.article):
            return False
        quoted = _folded(self.evidence)
        told = _folded(event.evidence.of(article.text))
        word = event.trigger.text
        # A later version may read "attacked a convoy" where this one read "attacked".
        named = self.trigger is None or self.trigger in word or word in self.trigger
        return named and (quoted in told or told in quoted)

    def meant(self, analysis: Analysis) -> frozenset[str]:
        """The ids of the events that it means: of several that one trigger tells, the one put at that place."""
        found = [event for event in analysis.events if self.matches(analysis.article, event)]
        found = [event for event in found if event.trigger.text == self.trigger] or found
        told = Counter(event.trigger for event in found)
        return frozenset(
            event.id
            for event in found
            if self.at is None or told[event.trigger] == 1 or (event.location and self.at == event.location.name)
        )


@dataclass(frozen=True, slots=True)
class Corrections:
    """A corrections file as read."""

    items: tuple[Correction, ...] = ()

    def unused(self, used: Iterable[Correction]) -> tuple[Correction, ...]:
        """Those of the file that matched nothing, to be reported."""
        seen = set(used)
        return tuple(item for item in self.items if item not in seen)


def read(path: Path) -> Corrections:
    """Read a corrections file: a table where its name ends in ``.csv``, else TOML.

    Raises :class:`CorrectionError` with ``FILE: reason`` where it is not one.
    """
    if is_special(path):
        raise CorrectionError(f"{path}: is no plain file")
    try:
        if path.stat().st_size > _LARGEST:
            raise CorrectionError(f"{path}: larger than {_LARGEST:,} bytes")
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    rows = _csv_rows(path) if path.suffix.lower() == ".csv" else _toml_rows(path)
    return Corrections(tuple(_correction(row, f"{path}: {where}") for where, row in rows))


def _unreadable(path: Path, error: Exception) -> CorrectionError:
    if isinstance(error, CorrectionError):
        return error
    if isinstance(error, UnicodeDecodeError):
        return CorrectionError(f"{path}: not UTF-8 (byte {error.start + 1} of the file)")
    return CorrectionError(f"{path}: {reason(error)}")


def _toml_rows(path: Path) -> list[tuple[str, dict[str, Any]]]:
    try:
        text = path.read_text("utf-8")
        if _DEEP_KEY.search(text):  # read in time that grows with the square of its parts
            raise CorrectionError(f"{path}: nested too deeply")
        table = tomllib.loads(text)
    except RecursionError as error:
        raise CorrectionError(f"{path}: nested too deeply") from error
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    rows = table.get("correction", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or set(table) - {"correction"}:
        raise CorrectionError(f"{path}: only [[correction]] tables are known")
    return [(f"correction {number}", row) for number, row in enumerate(rows, 1)]


def _csv_rows(path: Path) -> list[tuple[str, dict[str, Any]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            csv.field_size_limit(max(csv.field_size_limit(), _LARGEST))
            reader = csv.reader(file, strict=True)
            lines = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except (OSError, ValueError, csv.Error) as error:
        raise _unreadable(path, error) from error
    if not lines:
        return []
    headings = [cell.strip().lower() for cell in lines[0][1]]
    if doubled := sorted({name for name in headings if name and headings.count(name) > 1}):
        raise CorrectionError(f"{path}: two columns are named {doubled[0]!r}")
    found = []
    for number, row in lines[1:]:
        if any(cell.strip() for cell in row[len(headings) :]):
            raise CorrectionError(f"{path}: line {number}: more cells than headings")
        cells = zip(headings, row, strict=False)
        found.append((f"line {number}", {name: cell.strip() for name, cell in cells if cell.strip()}))
    return found


def _correction(row: Mapping[str, Any], where: str) -> Correction:
    known = {"article", "evidence", "trigger", "at", "do", "to", "who", "why"}
    if unknown := sorted(set(row) - known):
        raise CorrectionError(f"{where}: unknown field {unknown[0]!r}")
    if wrong := sorted(key for key, value in row.items() if not isinstance(value, str)):
        raise CorrectionError(f"{where}: {wrong[0]!r} must be text")
    if missing := sorted({"article", "evidence", "do", "who", "why"} - set(row)):
        raise CorrectionError(f"{where}: {missing[0]!r} is missing")
    if row["do"] not in get_args(Action):
        raise CorrectionError(f"{where}: do = {row['do']!r} is none of {', '.join(get_args(Action))}")
    if (row["do"] in _NEEDS_VALUE) != ("to" in row):
        raise CorrectionError(f"{where}: {row['do']!r} {'needs' if row['do'] in _NEEDS_VALUE else 'takes no'} 'to'")
    if len(row["article"]) < _SHORTEST_HASH:
        raise CorrectionError(f"{where}: 'article' must hold at least {_SHORTEST_HASH} digits of the text's SHA-256")
    if not row["evidence"].strip():
        raise CorrectionError(f"{where}: 'evidence' is empty")
    if row["do"] == "date":
        _date(row["to"], where)
    if row["do"] == "type" and row["to"].partition("/")[0].upper() not in {*TYPES, "OTHER"}:
        raise CorrectionError(f"{where}: {row['to']!r} is no event type: {', '.join(TYPES)}")
    return Correction(
        article=row["article"].lower(), evidence=row["evidence"], do=row["do"], to=row.get("to"),
        who=row["who"], why=row["why"], trigger=row.get("trigger"), at=row.get("at"), where=where,
    )  # fmt: skip


def apply(
    analysis: Analysis, corrections: Sequence[Correction], *, place: Callable[[str], PlaceRef]
) -> tuple[Analysis, tuple[Correction, ...]]:
    """Apply ``type``, ``place``, ``date`` and ``drop`` to the events of one analysis.

    ``place`` looks a gazetteer id up and raises ``KeyError`` for an unknown one. Also returned: the corrections that
    matched, in the order of the file. ``merge``, ``split`` and ``note`` act after clustering: see :func:`regroup`.
    """
    if not corrections:
        return analysis, ()
    content = analysis.article.content_hash
    mine = [(item, item.meant(analysis)) for item in corrections if content.startswith(item.article)]
    used: list[Correction] = []
    events: list[Event] = []
    for original in analysis.events:
        event: Event | None = original
        for item, meant in mine:
            if event is not None and original.id in meant:
                used.append(item)
                event = _applied(event, item, place)
        if event is not None:
            events.append(event)
    if not used:
        return analysis, ()
    return replace(analysis, events=tuple(events)), tuple(dict.fromkeys(used))


def regroup(clusters: Mapping[str, str], matched: Iterable[tuple[str, Correction]]) -> dict[str, str]:
    """Apply ``merge`` and ``split`` to a mapping of event id to cluster id; ``matched`` pairs events with corrections.

    A split event stands alone under its own id; a merged one takes its whole present cluster along.
    """
    result = dict(clusters)
    for event, item in matched:
        if item.do == "split":
            # Not its own id, which may be the name of the very cluster that it leaves.
            result[event] = f"split {event}"
        elif item.do == "merge" and item.to is not None:
            old, new = result[event], item.to
            result = {key: new if value == old else value for key, value in result.items()}
    return _smallest_member(result)


def _smallest_member(clusters: Mapping[str, str]) -> dict[str, str]:
    """The same grouping with each cluster named by its smallest member id, as the output format asks."""
    smallest: dict[str, str] = {}
    for event, cluster in clusters.items():
        smallest[cluster] = min(event, smallest.get(cluster, event))
    return {event: smallest[cluster] for event, cluster in clusters.items()}


def _applied(event: Event, item: Correction, place: Callable[[str], PlaceRef]) -> Event | None:
    said = f"corrected by {item.who}: {item.why}"
    if item.do == "drop":
        return None
    if item.do == "type" and item.to is not None:
        kind, _, mode = item.to.partition("/")
        return replace(event, type=kind.upper(), mode=mode or None, why=replace(event.why, type=said))
    if item.do == "date" and item.to is not None:
        return replace(event, date=_date(item.to, "correction"), why=replace(event.why, date=said))
    if item.do == "place" and item.to is not None:
        location = None if item.to == "none" else located(_place(item.to, place, item.where))
        return replace(event, location=location, why=replace(event.why, place=said))
    return event


def _place(identifier: str, place: Callable[[str], PlaceRef], where: str) -> PlaceRef:
    try:
        return place(identifier)
    except KeyError as error:
        raise CorrectionError(f"{where}: the gazetteer has no place {identifier!r}") from error


def located(place: PlaceRef) -> Location:
    """A place said by a person to be where an event happened, at the precision that such a place has."""
    precision, acled, ucdp = _precision(place)
    return Location(
        place_id=place.id, name=place.name, lat=place.lat, lon=place.lon, country_code=place.country_code,
        footprint=place.footprint, basis="stated", precision=precision, radius_km=None,
        acled_geo_precision=acled, ucdp_where_prec=ucdp,
    )  # fmt: skip


def _precision(place: PlaceRef) -> tuple[Precision, int, int]:
    """Precision with ACLED's geo-precision (1 to 3) and UCDP's where_prec (1 exact … 6 country, 7 wider)."""
    code = place.feature_code
    if code.startswith("PCL"):
        return "country", 3, 6
    if code == "ADM1":
        return "admin1", 3, 4
    if code.startswith("ADM"):
        return "admin2", 2, 3
    if place.footprint != "point":
        return "region", 3, 7 if place.country_code is None else 5
    if place.feature_class == "P":
        return "settlement", 1, 1
    return "exact", 1, 1


def _date(value: str, where: str) -> EventDate | None:
    if value == "none":
        return None
    first, slash, last = value.partition("/")
    try:
        start = date.fromisoformat(first)
        end = date.fromisoformat(last) if last else None
    except ValueError as error:
        raise CorrectionError(f"{where}: {value!r} is no day, no range of days and not 'none'") from error
    if end is not None and end < start:
        raise CorrectionError(f"{where}: {value!r} ends before it starts")
    precision: DatePrecision = "range" if slash else "day"
    return EventDate(
        start=start.isoformat(), end=end.isoformat() if end else None if slash else start.isoformat(),
        precision=precision, basis="explicit", text=None,
    )  # fmt: skip


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
