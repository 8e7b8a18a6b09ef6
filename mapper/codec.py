"""Analyses as the records of ``mapper parse`` output, and back.

A record that comes in is hostile until checked: types, choices, ranges and offsets are verified before it becomes
an :class:`Analysis`, and what is wrong with it is said in one line.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

import msgspec

from mapper.model import SCHEMA, Analysis, Article, Event, Segment, Span, TimeExpression, Toponym

_RENAMED = {(TimeExpression, "from_"): "from"}
FARTHEST_KM = 20_038
"""Half way round the Earth: no two places are farther apart."""
LARGEST = 2**53
"""Of whole numbers: what every format can carry, JavaScript's included."""
_OUTPUT_ARTICLE = ("id", "title", "url", "source", "published", "published_basis", "language", "text", "segments")


@cache
def _fields(kind: type[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((f.name, _RENAMED.get((kind, f.name), f.name)) for f in dataclasses.fields(kind))


def plain(value: Any) -> Any:
    """The value as dicts, lists and scalars, named as in the output format."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {key: plain(getattr(value, name)) for name, key in _fields(type(value))}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def to_record(analysis: Analysis) -> dict[str, Any]:
    """The analysis as one record of the output format (schema version :data:`mapper.model.SCHEMA`)."""
    article = analysis.article
    record: dict[str, Any] = {"schema": SCHEMA}
    record |= {name: plain(getattr(article, name)) for name in _OUTPUT_ARTICLE}
    record |= {name: plain(getattr(analysis, name)) for name in ("toponyms", "times", "events")}
    return record


def encode_line(record: Mapping[str, Any]) -> bytes:
    """One line of JSON in UTF-8, line feed included. Lone surrogates, which UTF-8 cannot carry, stay JSON escapes."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def from_record(record: Mapping[str, Any]) -> Analysis:
    """The analysis that an output record holds. Raises ``ValueError`` with a one-line reason if it holds none."""
    if record.get("schema") != SCHEMA:
        raise ValueError(f"schema {record.get('schema')!r} is not {SCHEMA!r}, which this version reads")
    values = dict(record)
    for key in ("id", "text"):
        if not isinstance(values.get(key), str):
            raise ValueError(f"{key!r} is missing or not a string")
    times = values.get("times", [])
    if isinstance(times, list):
        times = [{"from_" if k == "from" else k: v for k, v in t.items()} if isinstance(t, dict) else t for t in times]
    try:
        article = msgspec.convert({name: values[name] for name in _OUTPUT_ARTICLE if name in values}, Article)
        analysis = Analysis(
            article=article,
            toponyms=msgspec.convert(values.get("toponyms", []), tuple[Toponym, ...]),
            times=msgspec.convert(times, tuple[TimeExpression, ...]),
            events=msgspec.convert(values.get("events", []), tuple[Event, ...]),
        )
    except msgspec.ValidationError as error:
        raise ValueError(f"not a record of schema {SCHEMA}: {error}") from error
    _check(analysis)
    return analysis


def _check(analysis: Analysis) -> None:
    length = len(analysis.article.text)
    _check_spans(analysis.article.segments, length, "segments")
    _check_spans(analysis.toponyms, length, "toponyms")
    _check_spans(analysis.times, length, "times")
    for event in analysis.events:
        _check_spans((event.trigger, event.evidence, *event.actors, *event.figures), length, "events")
        if not all(0 <= place.toponym < len(analysis.toponyms) for place in event.places):
            raise ValueError(f"event {event.id!r} names a toponym that is not there")
        if event.date is not None:
            _check_day(event.date.start)
            _check_day(event.date.end)
        _check_share(event.confidence, f"event {event.id!r}: confidence")
        _check_figures(event)
        if event.location is not None:
            _check_point(event.location.lat, event.location.lon, f"event {event.id!r}")
            _check_radius(event.location.radius_km, f"event {event.id!r}")
            _check_size(event.location.acled_geo_precision, f"event {event.id!r}: acled_geo_precision")
            _check_size(event.location.ucdp_where_prec, f"event {event.id!r}: ucdp_where_prec")
    for time in analysis.times:
        _check_day(time.from_)
        _check_day(time.to)
    for toponym in analysis.toponyms:
        _check_share(toponym.confidence, "toponyms: confidence")
        for alternative in toponym.alternatives:
            _check_share(alternative.score, "alternatives: score")
        if toponym.place is not None:
            _check_size(toponym.place.population, f"place {toponym.place.id!r}: population")
        for place in (toponym.place, *toponym.alternatives):
            if place is not None:
                _check_point(place.lat, place.lon, f"place {place.id!r}")


def _check_figures(event: Event) -> None:
    for figure in event.figures:
        ends = [n for n in (figure.low, figure.high) if n is not None]
        if not ends or min(ends) < 0 or ends != sorted(ends):
            raise ValueError(f"event {event.id!r}: figure {figure.low} to {figure.high} is no range")
        _check_size(max(ends), f"event {event.id!r}: figure")


def _check_spans(spans: Iterable[Span | Segment], length: int, what: str) -> None:
    for span in spans:
        if not 0 <= span.start <= span.end <= length:
            raise ValueError(f"{what}: offsets {span.start}..{span.end} lie outside the text")


def _check_day(day: str | None) -> None:
    if day is not None:
        date.fromisoformat(day)  # raises ValueError, which says what is wrong with it


def _check_point(lat: float, lon: float, what: str) -> None:
    if not (math.isfinite(lat) and math.isfinite(lon) and -90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{what}: latitude {lat}, longitude {lon} is nowhere on Earth")


def _check_share(value: float, what: str) -> None:
    if not 0 <= value <= 1:  # false for NaN as well
        raise ValueError(f"{what} {value} is not between 0 and 1")


def _check_size(value: int, what: str) -> None:
    if abs(value) > LARGEST:
        raise ValueError(f"{what} has {len(str(value))} digits")


def _check_radius(radius_km: float | None, what: str) -> None:
    if radius_km is not None and not 0 <= radius_km <= FARTHEST_KM:
        raise ValueError(f"{what}: a radius of {radius_km} km")
