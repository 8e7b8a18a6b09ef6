"""Changes and corrections in words, and the precision that a corrected place has."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mapper import changes
from mapper.corrections import Correction, apply, located, read, regroup
from mapper.diff import Change, Known
from mapper.errors import CorrectionError
from mapper.model import PlaceRef
from tests.samples import GAO, MALI, analysis

FACTS: dict[str, Any] = {
    "type": "CONSULT", "date": {"start": "2014-04-03", "end": "2014-04-03"}, "place": {"name": "Gao"},
    "sources": ["a", "b"],
}  # fmt: skip


def known(name: str = "e", **facts: object) -> Known:
    return Known(id=name, members={"m": "h"}, facts=FACTS | facts)


@pytest.mark.parametrize(
    ("facts", "fields", "said"),
    [
        ({"date": None}, ("date",), "  date: 2014-04-03 → none"),
        ({"date": {"start": "2014-04-03", "end": None}}, ("date",), "  date: 2014-04-03 → 2014-04-03/"),
        (
            {"date": {"start": "2014-04-03", "end": "2014-04-05"}},
            ("date",),
            "  date: 2014-04-03 → 2014-04-03/2014-04-05",
        ),
        ({"place": None}, ("place",), "  place: Gao → none"),
        ({"place": {"name": "Mali"}}, ("place",), "  place: Gao → Mali"),
        ({"sources": ["a"], "type": "AID"}, ("sources", "type"), "  sources: a, b → a; type: CONSULT → AID"),
        ({}, ("reports",), "  reports"),
        ({"note": "x"}, ("note",), "  note: none → x"),
    ],
)
def test_what_differs_in_words(facts: dict[str, object], fields: tuple[str, ...], said: str) -> None:
    change = Change(kind="updated", before=(known(),), after=(known(**facts),), fields=fields)
    assert changes._what_differs(change) == said


def test_what_events_came_of() -> None:
    merged = Change(kind="merged", before=(known("a"), known("b")), after=(known("a"),), fields=())
    assert changes._what_differs(merged) == "  from a, b"
    split = Change(kind="split", before=(known("a"),), after=(known("b"),), fields=())
    assert changes._what_differs(split) == "  from a"
    new = Change(kind="new", before=(), after=(known("b"),), fields=())
    assert changes._what_differs(new) == ""


def test_a_date_that_is_not_there_is_none() -> None:
    assert changes._shown("date", {"date": None}) == "none"
    assert changes._days({}) is None


# ---- corrections


@pytest.mark.parametrize(
    ("ref", "precision", "codes"),
    [
        (MALI, "country", (3, 6)),
        (replace(MALI, feature_code="ADM1"), "admin1", (3, 4)),
        (replace(MALI, feature_code="ADM2"), "admin2", (2, 3)),
        (replace(MALI, feature_class="L", feature_code="RGN"), "region", (3, 5)),
        (replace(MALI, feature_class="L", feature_code="RGN", country_code=None), "region", (3, 7)),
        (GAO, "settlement", (1, 1)),
        (replace(GAO, feature_class="S", feature_code="BDG"), "exact", (1, 1)),
    ],
)
def test_a_corrected_place_has_the_precision_of_such_a_place(
    ref: PlaceRef, precision: str, codes: tuple[int, int]
) -> None:
    where = located(ref)
    assert (where.precision, (where.acled_geo_precision, where.ucdp_where_prec)) == (precision, codes)
    assert (where.place_id, where.basis, where.radius_km) == (ref.id, "stated", None)


def correction(do: str, to: str | None = None, **more: str) -> Correction:
    fields = {"article": analysis().article.content_hash[:12], "evidence": "met elders", "who": "d", "why": "c"} | more
    return Correction(do=do, to=to, **fields)  # type: ignore[arg-type]  # a test's shorthand


def test_what_acts_after_clustering_leaves_the_event_as_it_is() -> None:
    note = correction("note", "seen")
    corrected, used = apply(analysis(), [note], place=lambda _: GAO)
    assert (corrected.events, used) == (analysis().events, (note,))


def test_a_correction_of_another_article_matches_nothing() -> None:
    other = correction("drop", article="0" * 12)
    assert other.matches(analysis().article, analysis().events[0]) is False
    assert apply(analysis(), [other], place=lambda _: GAO) == (analysis(), ())


def test_a_note_regroups_nothing() -> None:
    clusters = {"a": "a", "b": "b"}
    assert regroup(clusters, [("a", correction("note", "x")), ("b", correction("merge", "a"))]) == {"a": "a", "b": "a"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes of POSIX")
def test_a_pipe_is_no_file_of_corrections(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "c.toml")
    with pytest.raises(CorrectionError, match="is no plain file"):
        read(tmp_path / "c.toml")


def test_endless_nesting_is_told(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text("a = " + "[" * 100_000, encoding="utf-8")
    with pytest.raises(CorrectionError):
        read(tmp_path / "c.toml")
