"""The sentence splitter: where sentences end, and what every answer must keep to whatever the text."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.model import Segment
from mapper.sentences import LONGEST, sentences


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["The U.S. Secretary of State met Mr. Lopez on Sept. 30, 2020.", "He left at noon."],
        ["Some 3.5 million people fled to the U.S.", "The army came."],
        ["Gen. J. F. Okafor spoke in Washington, D.C. on Monday.", '"It is late," he said.'],
        ['"Why?" he asked.', '"No!"', "They left."],
        ["Gov. Ruiz of Calif. signed it at 5 p.m. Friday.", "It rained."],
        ["He waited ... and waited.", "Then he left…", "Nobody came."],
        ["(The talks failed.)", "A spokesman for Acme Inc. declined to comment."],
        ["Er kam am 3. Januar nach Kairo.", "Dann ging er."],
        ["« Nous partirons. »", "Le président Diop a parlé à M. Sow.", "Il est parti."],
        ["El Sr. Pérez llegó a EE.UU. ayer.", "¿Quién habló?", "Nadie."],
        ["قال الرئيس إن الوضع خطير.", "هل سيتغير؟", "قال د. محمد ذلك."],
        ["یہ خبر ہے۔", "وہ چلا گیا۔"],
        ["Президент приехал в Москву.", "Он уехал."],
        ["The law passed in No. 10 on Jan. 5.", "See p. 12 for more."],
    ],
)
def test_sentences_on_one_line(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


def test_chinese_needs_no_spaces() -> None:
    assert split("总统昨天访问开罗。他走了！真的？是的。") == ["总统昨天访问开罗。", "他走了！", "真的？", "是的。"]


def test_a_lost_space_before_boilerplate() -> None:
    assert split("Ties grew between the countries.Back to top") == ["Ties grew between the countries.", "Back to top"]
    assert split("See www.example.com and node.js.") == ["See www.example.com and node.js."]


def test_numbered_items_keep_their_number() -> None:
    assert split("1. Talks open in Rabat.\n2. Talks close.") == ["1. Talks open in Rabat.", "2. Talks close."]


def test_titles_stand_alone_and_blank_lines_split() -> None:
    text = "Talks open in Rabat\nNorth Africa\n\nThe talks opened on Monday\n\nand then closed"
    assert split(text) == ["Talks open in Rabat", "North Africa", "The talks opened on Monday", "and then closed"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_hard_wrapped_lines_are_joined(newline: str) -> None:
    lines = [
        "The foreign minister of the northern republic said on Tuesday that",
        "President Okafor would travel to the disputed border province of",
        "Eastmarch next week for talks. He gave no details of the visit and",
        "U.S. officials declined to comment.",
    ]
    text = newline.join(lines)
    assert split(text) == [
        newline.join(lines[:2]) + newline + "Eastmarch next week for talks.",
        "He gave no details of the visit and" + newline + "U.S. officials declined to comment.",
    ]


def test_credits_and_boilerplate_are_left_out_unless_asked_for() -> None:
    text = "Talks open. AP\nShare this"
    segments = (
        Segment(start=0, end=11, kind="caption"),
        Segment(start=12, end=14, kind="credit"),
        Segment(start=15, end=25, kind="boilerplate"),
    )
    assert [s.of(text) for s in sentences(text, segments)] == ["Talks open."]
    everything = sentences(text, segments, kinds={"caption", "credit", "boilerplate"})
    assert [s.of(text) for s in everything] == ["Talks open.", "AP", "Share this"]


def test_an_endless_sentence_is_cut_at_spaces() -> None:
    text = "word " * 5_000
    spans = sentences(text)
    assert all(span.end - span.start <= LONGEST for span in spans)
    assert all(span.of(text).startswith("word") and span.of(text).endswith("word") for span in spans)


PIECES = st.sampled_from(
    [
        *"aAzZ1 .!?…؟。\n\r\"'”»«()-,",
        "U.S.",
        " Mr. ",
        "Sept. 3",
        "\n\n",
        ". ",
        ". »",
        "د. ",
        "\u2028",
        "\u00a0",
        "\u200b",
        "\x00",
        "\ud800",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=200)), st.data())
def test_whatever_the_text(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    bounds = [0, *cuts, len(text)]
    segments = tuple(
        Segment(start=a, end=b, kind="headline" if i % 2 else "body") for i, (a, b) in enumerate(pairwise(bounds))
    )
    spans = sentences(text, segments)
    assert list(spans) == sorted(spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    for span in spans:
        piece = span.of(text)
        assert piece
        assert piece == piece.strip()
        assert len(piece) <= LONGEST
        assert any(segment.contains(span) for segment in segments)
    covered = "".join(span.of(text) for span in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert sentences(text, segments) == spans


@pytest.mark.parametrize(
    "unit",
    [". ", "a.", "\n", "A\n", '"', ".»", " ", "。 ", "X. ", "1. Januar ", ". -(", ".(((", "A 1. B ", "the\n", "Mr. "],
)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def seconds(copies: int) -> float:
        text = unit * copies
        best = float("inf")
        for _ in range(3):
            before = time.perf_counter()
            sentences(text)
            best = min(best, time.perf_counter() - before)
        return best

    # Eight times the text: a linear splitter takes about 8 times as long, a quadratic one 64 times.
    small, large = seconds(3_000), seconds(24_000)
    assert large < max(24 * small, 0.25)
