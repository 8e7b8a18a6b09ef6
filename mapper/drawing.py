"""From analyses to an :class:`~mapper.model.EventMap`, with what the gazetteer and the sentences add."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import gazetteer
from mapper.eventmap import EventMapBuilder
from mapper.model import Analysis, EventMap, Geometry
from mapper.sentences import sentences


def event_map_from(
    analyses: Iterable[Analysis],
    *,
    footprint: Callable[[str], Geometry],
    notes: Mapping[str, str] | None = None,
    voices: Mapping[str, str] | None = None,
) -> EventMap:
    """Merge the events of clustered analyses and gather the places that are only mentioned."""
    builder = EventMapBuilder(notes=notes or {}, voices=voices or {})
    for analysis in analyses:
        builder.add(analysis, sentences(analysis.article.text, analysis.article.segments))
    return builder.build(footprint=footprint, attribution=gazetteer.ATTRIBUTION)
