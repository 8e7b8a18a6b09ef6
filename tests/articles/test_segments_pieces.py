"""Finding the parts of a page, piece by piece, at the edges of what each takes for its own."""

from __future__ import annotations

import pytest

from mapper.articles import segments as module
from mapper.articles.segments import segments

STORY = "Gunmen attacked a convoy near the market town of Veld on Tuesday, the army said in a statement."


def parts(text: str, **known: str) -> list[tuple[str, str]]:
    return [(s.kind, s.of(text)) for s in segments(text, **known)]


def piece(text: str, kind: str = "body", start: int = 0) -> module._Piece:
    return module._Piece(start, len(text), kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "title", "same"),
    [
        ("", "", False), ("", "bomb", False), ("bomb", "", False), ("bomb", "bomb", True), ("bomb", "bombs", False),
        ("bomb kills five in veld", "the post bomb kills five in veld", True),
        ("the post bomb kills five in veld", "bomb kills five in veld", True),
        ("bomb kills five", "bomb kills five in veld", False),
        ("bomb kills five in veld", "a bomb kills five in veld", True),
        ("a bomb kills five in veld", "bomb kills five in veld", True),
        ("bomb kills five in", "bomb kills five in veld", True),
        ("bomb kills five i", "bomb kills five in veld", False),
        ("omb kills five in", "bomb kills five in veld", False),
        ("a b c d", "a b c d " + "e" * 13, True), ("a b c d", "a b c d " + "e" * 14, False),
    ],
)  # fmt: skip
def test_the_same_headline(line: str, title: str, same: bool) -> None:
    assert module._is_same_title(line, title) is same


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Seven words make no paragraph by themselves.", False),
        ("Eight words make a paragraph when they are ended.", True),
        ("Eight words make no paragraph when they go on", False),
        (" ".join(["word"] * 40), False),
        (" ".join(["word"] * 41), True),
        ("\n".join(["word"] * 41), True),
        ("What is there to be done now for the people of the north of Mali?", False),
        ("What is there to be done now for the people of the north of Mali!", False),
        ("What is there to be done now for the people of the north of Mali?”", False),
        ("外交部长星期二在首都会见了来访的外长。", True),
        ("外交部长星期二在首都会。", False),
        ("外交部长星期二在首都会见了来访的外长", False),
        ("! Eight words make a paragraph when they are ended.", True),
    ],
)
def test_where_reporting_starts(text: str, starts: bool) -> None:
    assert module._is_paragraph(text, piece(text)) is starts
    assert module._is_paragraph(text, piece(text, "credit")) is False


def test_a_question_further_down_is_reporting() -> None:
    text = "x\nWhat is there to be done now for the people of the north?"
    assert module._is_paragraph(text, piece(text, start=2)) is True
    long = "What is there to be done " + "now for the people " * 4 + "of Mali?"
    assert module._is_paragraph(long, piece(long)) is True


@pytest.mark.parametrize(
    ("lines", "wanted", "headline"),
    [
        ({}, "", None),
        ({0: "bomb kills five in veld"}, "", 0),
        ({0: "world", 1: "bomb kills five in veld"}, "", 1),
        ({0: "world news", 1: "bomb kills five in veld"}, "", 1),
        ({0: "world news today", 1: "bomb kills five in veld"}, "", 0),
        ({0: "world", 1: "bomb kills five"}, "", 0),
        ({0: "world", 1: "mali"}, "", 0),
        ({0: "", 1: "world"}, "", 1),
        ({0: "another line of many words", 1: "bomb kills five in veld"}, "bomb kills five in veld", 1),
        ({0: "another line of many words", 1: "bomb kills five in veld"}, "no such line", 0),
    ],
)
def test_which_line_is_the_headline(lines: dict[int, str], wanted: str, headline: int | None) -> None:
    assert module._first_headline(lines, wanted) == headline


def test_letters_and_figures_alone_make_a_headline() -> None:
    assert module._folded("  “Élan”: 5_000 ﬁghters, STRASSE straße! ") == "elan 5 000 fighters strasse strasse"
    assert module._folded("* * *") == ""


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Jane Doe", "byline"),
        ("By Jane Doe and John Roe", "byline"),
        ("By Jane Doe.", "byline"),
        ("By the river they sat and waited for the boat to come", "body"),
        ("(Reuters)", "credit"),
        (STORY, "body"),
        ("", "body"),
    ],
)
def test_a_line_by_its_wording(line: str, kind: str) -> None:
    assert module._kind_of_line(line) == kind


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Doe", True), ("By Jane van der Doe", True), ("By Jane Doe, with others there", False),
        ("By walking there", False), ("By 村 上", True), ("By Jane Doe Roe Poe with", True),
        ("By Jane Doe with others", False),
    ],
)  # fmt: skip
def test_names_and_no_sentence(line: str, names: bool) -> None:
    assert module._is_byline(line) is names


@pytest.mark.parametrize(
    ("text", "short"),
    [("One. Two.", True), ("One. Two. Three.", False), ("x" * 249, True), ("x" * 250, False)],
)
def test_what_is_short(text: str, short: bool) -> None:
    assert module._is_short(text, 0, len(text)) is short


def test_space_is_skipped_within_its_bounds() -> None:
    assert module._skip_space("  a", 0, 3) == 2
    assert module._skip_space("   ", 0, 3) == 3
    assert module._skip_space("   ", 0, 2) == 2
    assert module._back_over_space("a  ", 0, 3) == 1
    assert module._back_over_space("   ", 1, 3) == 1


def test_a_title_in_the_first_line_is_set_apart() -> None:
    title = "Bomb kills five in Veld"
    for mark in (". ", ": ", " | ", " — "):
        found = parts(f"{title}{mark}{STORY}", title=title)
        assert found[0][0] == "headline"
        assert found[0][1].startswith(title)
        assert found[-1] == ("body", STORY)
    assert parts(f"{title} on Tuesday. {STORY}", title=title)[0][0] == "body"
    assert parts(f"{title}.", title=title) == [("headline", f"{title}.")]
    assert module._title_in_first_line("Text.", [piece("Text.")], "***") == [piece("Text.")]


def test_only_the_first_paragraph_is_looked_at_for_the_title() -> None:
    title = "Bomb kills five in Veld"
    text = f"{STORY}\n\n{title}. {STORY}"
    pieces = [module._Piece(0, len(STORY), "body"), module._Piece(len(STORY) + 2, len(text), "body")]
    assert module._title_in_first_line(text, pieces, title) == pieces
    skipped = [module._Piece(0, len(STORY), "credit"), pieces[1]]
    assert [p.kind for p in module._title_in_first_line(text, skipped, title)] == ["credit", "headline", "body"]


def test_the_outlets_name_is_parted_where_it_is_known() -> None:
    head = "Bomb kills five in Veld"
    text = f"{head} - The Post\n\n{STORY}"
    assert parts(text, source="The Post")[:2] == [("headline", head), ("credit", "The Post")]
    assert parts(text, source="Another Paper")[0] == ("headline", f"{head} - The Post")
    assert parts(text)[0] == ("headline", f"{head} - The Post")


def test_a_list_of_other_stories_closes_the_page() -> None:
    text = f"{STORY}\n\nMore stories\n\nFirst other story\n\nSecond other story"
    found = parts(text)
    assert found[0] == ("body", STORY)
    assert {kind for kind, _ in found[1:]} == {"boilerplate"}
    long = f"{STORY}\n\nMore stories {'x' * 80}\n\nFirst other story"
    assert [kind for kind, _ in parts(long)] != ["body", "boilerplate"]


def test_a_section_label_and_a_headline_above_the_report() -> None:
    text = f"World\n\nBomb kills five in Veld\n\n{STORY}"
    assert parts(text) == [("boilerplate", "World"), ("headline", "Bomb kills five in Veld"), ("body", STORY)]
    assert parts(f"World\n\n{STORY}")[0] == ("headline", "World")
    both = f"Bomb kills five in Veld\n\nThe Post: Bomb kills five in Veld\n\n{STORY}"
    assert [kind for kind, _ in parts(both, title="Bomb kills five in Veld")] == ["headline", "headline", "body"]


def test_unfinished_lines_alone() -> None:
    assert parts("Bomb kills five in Veld") == [("body", "Bomb kills five in Veld")]
    assert parts("Bomb kills five in Veld", title="Bomb kills five in Veld")[0][0] == "headline"
    kinds = [kind for kind, _ in parts("Bomb kills five in Veld\n\nThe army has said nothing about it")]
    assert kinds == ["headline", "body"]
