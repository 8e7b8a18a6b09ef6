"""The receipts in words: for a slide's notes and a document's table."""

from __future__ import annotations

from mapper.model import Report
from mapper.render.brief import text
from mapper.render.brief.entries import Entry
from mapper.render.brief.scene import Scene

PRECISION = {
    "exact": "exact place",
    "near": "near the place named",
    "settlement": "town",
    "admin2": "district",
    "admin1": "province",
    "country": "country",
    "region": "region",
}
"""What each precision says of a place."""


def source(report: Report) -> str:
    """Outlet, title, day and address, as far as they are known."""
    parts = [report.source, report.title, (report.published or "")[:10], report.url]
    return ", ".join(dict.fromkeys(part for part in map(text.line, parts) if part)) or text.line(report.article_id)


def heading(entry: Entry) -> str:
    notes = f" ({', '.join(entry.notes)})" if entry.notes else ""
    return f"{entry.label}. {entry.date}, {entry.place}: {entry.kind.label}{notes}"


def precision(entry: Entry) -> str:
    """How exactly the place is known, in words."""
    location = entry.event.location
    if location is None:
        return ""
    basis = "" if location.basis == "stated" else f", {location.basis}"
    return PRECISION.get(location.precision, location.precision) + basis


def quoted(report: Report) -> str:
    """The sentence and where it stands; where it is alone, if the sentence does not travel."""
    words = text.line(report.evidence)
    return f"“{words}” ({source(report)})" if words else source(report)


def notes(scene: Scene) -> str:
    """Every event with the sentences that it rests on, then the sources' and the base map's credits."""
    blocks = []
    for entry in scene.briefing.entries:
        lines = [heading(entry)]
        lines += [quoted(report) for report in entry.event.reports]
        blocks.append("\n".join(lines))
    if scene.retracted:
        blocks.append("\n".join(("No longer told by any article:", *scene.retracted)))
    credits_ = " · ".join(scene.credits)
    as_of = f"As of {scene.as_of}. " if scene.as_of else ""
    blocks.append(f"{as_of}{credits_}. Events found and placed by a program.")
    return "\n\n".join(blocks)
