"""The geoparser's errors written out, to be read and sorted: ``python -m tests.eval.geoparse … --errors FOLDER``.

One table (tab-separated) for each kind of error: names missed and names made up (``recognition-CORPUS.tsv``), event
places missed in conflict sentences (``events.tsv``), wrong places on given spans (``resolution-CORPUS.tsv``) and kinds
taken for others (``kinds.tsv``); how many are of each class of :mod:`tests.eval.classes` is printed. The tables quote
the corpora, so FOLDER must lie outside the repository.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from mapper.geoparse import Geoparser
from mapper.geoparse.names import sort_of
from mapper.geoparse.text import trim
from mapper.model import Article, Toponym
from tests.eval import classes
from tests.eval import geoparse as measure
from tests.eval.halves import KINDS, Half

Row = dict[str, Any]
AROUND = 70
RECOGNITION = ("class", "error", "thought", "name", "overlaps", "context", "document")
RESOLUTION = ("class", "where", "name", "answer", "km", "gold", "confidence", "why", "context", "document", "url")


def around(text: str, start: int, end: int) -> str:
    """The span in its surroundings, on one line."""
    left, right = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return f"{left}[[{text[start:end]}]]{right}".replace("\n", "⏎").replace("\t", " ")


def write(path: Path, header: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    """A tab-separated table."""
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(
            out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None, escapechar="\\"
        )
        table.writerow(header)
        table.writerows(lines)


def count(title: str, lines: Sequence[Sequence[object]]) -> None:
    """Print how many errors are of each class."""
    print(f"\n{title}: {len(lines)}")
    for name, number in Counter(str(line[0]) for line in lines).most_common():
        print(f"{number:5}  {name}")


def candidates_in(geoparser: Geoparser, article: Article) -> dict[tuple[int, int], str]:
    """What is known of every proposed span: the recogniser's label, the gazetteer's sort, the models' probabilities."""
    recogniser = geoparser.recogniser
    reading = next(iter(recogniser.recognise([article])))[0]
    if not reading.proposals:
        return {}
    chances = recogniser.probabilities(reading, "en").tolist()
    said = {}
    for proposal, row in zip(reading.proposals, chances, strict=True):
        span = trim(article.text, proposal.start, proposal.end)
        label = reading.page.exact.get((proposal.first, proposal.last), "-")
        sort = geoparser.book.facts(article.text[span[0] : span[1]]).sort
        said[span] = " ".join([label, sort, *(f"{chance:.2f}" for chance in row)])
    return said


def recognition(geoparser: Geoparser, rows: Sequence[Row]) -> list[list[object]]:
    """Names missed and names made up, by exact span; what overlaps a missed name; what the models thought of it."""
    lines: list[list[object]] = []
    articles = measure.articles_of(rows, mentions=False)
    for row, article, toponyms in zip(rows, articles, measure.run(geoparser, articles), strict=True):
        text = article.text
        gold = {trim(text, t["start"], t["end"]): t for t in row["toponyms"]}
        wanted = {span for span, t in gold.items() if t.get("score", "place") == "place"}
        found = {trim(text, t.start, t.end): t for t in toponyms}
        said = candidates_in(geoparser, article)
        for span in sorted(wanted):
            answer = found.get(span)
            if answer is not None and answer.kind != "demonym":
                continue
            near = next((t for s, t in found.items() if s[0] < span[1] and span[0] < s[1]), None)
            also = f"{near.kind}: {near.text}" if near else ""
            after = text[span[1] : span[1] + 8]
            thought, name = said.get(span, "not proposed"), text[slice(*span)]
            sort = classes.missed(thought, name, also, after)
            lines.append([sort, "missed", thought, name, also, around(text, *span), row["doc_id"]])
        for span, toponym in sorted(found.items()):
            if span in wanted or toponym.kind in ("demonym", "embedded"):
                continue
            touched = [t for s, t in gold.items() if s[0] < span[1] and span[0] < s[1]]
            if any(t.get("score", "place") != "place" for t in touched):
                continue
            also = touched[0]["text"] if touched else ""
            sort = classes.made_up(said.get(span, "-"), toponym.text, also)
            lines.append([sort, "made up", said.get(span, "-"), toponym.text, also, around(text, *span), row["doc_id"]])
    return lines


def resolution(scorer: ModuleType, geoparser: Geoparser, rows: Sequence[Row]) -> list[list[object]]:
    """Given spans put more than 161 km off, with where the right place stood among the candidates."""
    lines: list[list[object]] = []
    articles = measure.articles_of(rows, mentions=True)
    for row, article, toponyms in zip(rows, articles, measure.run(geoparser, articles), strict=True):
        for gold, toponym in zip(row["toponyms"], toponyms, strict=True):
            if gold.get("lat") is None or not gold.get("geonameid"):
                continue
            error = scorer.error_km(_place(toponym), gold)
            if error is not None and error <= 161:
                continue
            others = [scorer.distance_km(a.lat, a.lon, gold["lat"], gold["lon"]) <= 161 for a in toponym.alternatives]
            where = f"second to {others.index(True) + 1}" if any(others) else "no runner-up is right"
            candidates = geoparser.book.candidates(toponym.text)
            chosen = toponym.place
            if not any(others):
                near = any(
                    scorer.distance_km(c.place.lat, c.place.lon, gold["lat"], gold["lon"]) <= 161 for c in candidates
                )
                where = "a low candidate is right" if near else "no candidate is right"
            of = next((sort_of(c.place) for c in candidates if chosen and c.place.id == chosen.id), "none")
            lines.append(
                [
                    classes.misplaced(where, of, toponym.text, of),
                    where,
                    toponym.text,
                    f"{chosen.name} {chosen.country_code} {chosen.feature_code} {chosen.population}"
                    if chosen
                    else "none",
                    f"{error:.0f}" if error is not None else "",
                    f"{gold['lat']:.2f} {gold['lon']:.2f} {gold.get('country') or ''} {gold['geonameid']}",
                    f"{toponym.confidence:.2f}",
                    toponym.why,
                    around(article.text, gold["start"], gold["end"]),
                    row["doc_id"],
                    row.get("url") or "",
                ]
            )
    return lines


def _place(toponym: Toponym) -> Row | None:
    import dataclasses

    return {"place": dataclasses.asdict(toponym.place)} if toponym.place else None


def by_halves(halves: Sequence[Half]) -> tuple[list[list[object]], list[list[object]]]:
    """Event places missed and kinds confused, each half by models that had not seen it."""
    missed: list[list[object]] = []
    confused: list[list[object]] = []
    for half in halves:
        events = half.workshop.corpus("event-location-dev")
        for number in sorted(half.events):
            document = events.documents[number]
            article = Article(id=document.id, text=document.text, language="en")
            reading = events.readings[number]
            spans = {
                trim(document.text, m.start, m.end) for m in half.geoparser.recogniser.judge(article, reading, "en")
            }
            said: dict[tuple[int, int], str] | None = None
            for gold in document.gold:
                if (gold.start, gold.end) in spans:
                    continue
                said = candidates_in(half.geoparser, article) if said is None else said
                also = next((document.text[s:e] for s, e in spans if s < gold.end and gold.start < e), "")
                thought = said.get((gold.start, gold.end), "not proposed")
                name = document.text[gold.start : gold.end]
                after = document.text[gold.end : gold.end + 8]
                what = classes.missed(thought, name, also, after)
                missed.append([what, thought, name, also, around(document.text, gold.start, gold.end), document.id])
        for document, annotated, toponyms in half.kinds():
            for gold, toponym in zip(annotated, toponyms, strict=True):
                wanted = KINDS[gold.what]
                if toponym.kind != wanted:
                    what = f"{document.corpus}: {wanted} taken for {toponym.kind}"
                    context = around(document.text, gold.start, gold.end)
                    confused.append([what, document.corpus, wanted, toponym.kind, toponym.text, context, document.id])
    return missed, confused


def write_for_corpus(output: Path, name: str, scorer: ModuleType, geoparser: Geoparser, rows: Sequence[Row]) -> None:
    """The tables of one corpus, by a geoparser that was not trained on it, and their classes."""
    found = recognition(geoparser, rows)
    write(output / f"recognition-{name}.tsv", RECOGNITION, found)
    count(f"{name}, missed", [line for line in found if line[1] == "missed"])
    count(f"{name}, made up", [line for line in found if line[1] != "missed"])
    misplaced = resolution(scorer, geoparser, rows)
    write(output / f"resolution-{name}.tsv", RESOLUTION, misplaced)
    count(f"{name}, misplaced", misplaced)


def write_for_halves(output: Path, halves: Sequence[Half]) -> None:
    """The tables of event places and of kinds, and their classes."""
    missed, confused = by_halves(halves)
    write(output / "events.tsv", ("class", "thought", "name", "overlaps", "context", "document"), missed)
    write(output / "kinds.tsv", ("class", "corpus", "gold", "answer", "name", "context", "document"), confused)
    count("event places missed", missed)
    count("kinds", confused)
