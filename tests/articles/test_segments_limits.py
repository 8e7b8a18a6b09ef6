"""How long, how far down and how much of everything: where each part of a page ends and the next begins."""

from __future__ import annotations

import pytest

from mapper.articles import segments as module
from mapper.articles.segments import segments

STORY = "Gunmen attacked a convoy near the market town of Veld on Tuesday, the army said in a statement."
MORE = "The two sides agreed to open three border posts before the end of the year, the ministry said."
HEAD = "Bomb kills five in Veld"


def parts(text: str, **known: str) -> list[tuple[str, str]]:
    return [(s.kind, s.of(text)) for s in segments(text, **known)]


def kinds(text: str, **known: str) -> list[str]:
    return [s.kind for s in segments(text, **known)]


def kind_in_story(line: str) -> str:
    """What a line is that stands by itself within a report."""
    text = f"{HEAD}\n\n{STORY}\n\n{line}\n\n{MORE}"
    at = text.index(line)
    (found,) = [s.kind for s in segments(text) if s.start <= at < s.end]
    return found


def words(count: int, word: str = "soldier") -> str:
    return " ".join([word] * count)


# ---- lines by their wording


def test_furniture_is_no_longer_than_three_hundred_letters() -> None:
    link = "https://example.org/"
    assert kind_in_story(link + "x" * (300 - len(link))) == "boilerplate"
    assert kind_in_story(link + "x" * (301 - len(link))) == "body"


def test_furniture_after_a_long_headline_is_furniture_still() -> None:
    text = f"{words(60)}\n\nhttps://example.org/{'x' * 200}"
    assert kinds(text)[-1] == "boilerplate"


def test_a_wording_is_known_over_several_spaces() -> None:
    assert kind_in_story("Back   to \u00a0 top") == "boilerplate"
    assert kind_in_story("Backto top") == "body"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Published 3 April 2014 at noon", "boilerplate"),
        ("Published 3 April 2014 at noon.", "body"),
        ("Published 3 April 2014 and closed by soldiers of the guard on that very day", "body"),
        ("Published 3 April 2014 at noon!", "body"),
        ("Updated on Tuesday", "body"),
    ],
)
def test_a_line_with_a_date(line: str, kind: str) -> None:
    assert kind_in_story(line) == kind


def _byline(spaces: int, end: str) -> str:
    return "Reporting by " + " ".join(["Jane"] * (spaces - 1)) + end


def test_names_that_are_ended_like_a_sentence_are_few() -> None:
    assert _byline(11, ".").count(" ") == 11
    assert kind_in_story(_byline(11, ".")) == "byline"
    assert kind_in_story(_byline(12, ".")) == "body"
    assert kind_in_story(_byline(13, ".")) == "body"
    assert kind_in_story(_byline(12, "")) == "byline"
    assert kind_in_story(_byline(20, "")) == "byline"


def test_a_byline_has_fewer_than_two_hundred_letters() -> None:
    start = "Reporting by Jane "
    assert kind_in_story(start + "D" * (199 - len(start))) == "byline"
    assert kind_in_story(start + "D" * (200 - len(start))) == "body"
    assert kind_in_story(start + "D" * (201 - len(start))) == "body"


def test_what_follows_a_name_in_a_byline_is_short() -> None:
    start = "By Jane Doe, "
    assert kind_in_story(start + ("Roe " * 23)[:90].strip()) == "byline"
    assert kind_in_story(start + "Roe " * 23 + "Doe") == "body"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        # The first word says who: it counts for nothing.
        ("walked Jane Doe Roe Poe", True),
        ("By walked Jane Doe Roe", True),  # one of four is small
        ("By walked Jane Doe", False),  # one of three
        ("By walked there Jane Doe Roe Poe Moe Low", True),  # two of eight
        ("By walked there Jane Doe Roe Poe Moe", False),  # two of seven
        ("By the van der Jane", True),  # three letters are a particle
        ("By with", False),  # four are a word
        ("By 12 34 56 78 with", False),  # figures are no names
        ("By (walked) Jane / Doe", False),
        ("By d’Arcy O'Neill St.-Just Doe Roe", True),
        ("By Jane,walked Doe", False),
        ("By Jane Doe (Post)", True),
        ("By 村 上 walked", False),
    ],
)
def test_most_words_of_names_begin_with_a_capital(line: str, names: bool) -> None:
    assert module._is_byline(line) is names


# ---- headlines


def test_the_headline_stands_among_the_first_twelve_paragraphs() -> None:
    label, far = "Mali", "Bomb kills five in the market of Veld"
    near = "\n\n".join([*[f"{label} {n}" for n in range(11)], far, STORY])
    assert ("headline", far) in parts(near)
    below = "\n\n".join([*[f"{label} {n}" for n in range(12)], far, STORY])
    assert ("headline", far) not in parts(below)
    assert ("body", f"{far}\n\n{STORY}") in parts(below)


def test_the_title_is_sought_in_the_first_twelve_paragraphs() -> None:
    for labels, found in ((11, True), (12, False)):
        text = "\n\n".join([*["(Reuters)"] * labels, f"{HEAD}. {STORY}"])
        assert (("headline", f"{HEAD}.") in parts(text, title=HEAD)) is found


def test_labels_have_three_words_at_most() -> None:
    text = f"{HEAD}\n\nNews of the world\n\nNews of Mali\n\n{STORY}"
    assert parts(text)[:3] == [("headline", HEAD), ("headline", "News of the world"), ("boilerplate", "News of Mali")]


def test_nothing_but_unfinished_lines() -> None:
    lines = [HEAD, "Soldiers say they saw nothing", "Traders in the market fled"]
    text = "\n\n".join(lines)
    assert kinds(text) == ["headline", "body"]
    assert kinds(text, title=HEAD) == ["headline", "headline", "headline"]
    assert kinds(text, title="") == ["headline", "body"]
    assert kinds(HEAD, title="") == ["headline"]
    assert kinds(f"(Reuters)\n\n{HEAD}") == ["credit", "headline"]
    assert kinds("(Reuters)") == ["credit"]


def test_a_caption_above_the_report_is_no_headline() -> None:
    caption = "FILE - Fighters ride through Kidal in 2012"
    assert parts(f"{HEAD}\n\n{caption}\n\n{STORY}")[1] == ("caption", caption)
    assert parts(f"{caption}\n\n{HEAD}\n\n{STORY}")[:2] == [("caption", caption), ("headline", HEAD)]
    assert parts(f"{caption}\n\nFive dead\n\n{STORY}")[:2] == [("caption", caption), ("headline", "Five dead")]


def test_the_same_headline_again_though_it_is_short() -> None:
    assert kinds(f"Five dead\n\nFIVE DEAD!\n\nMali\n\n{STORY}")[:3] == ["headline", "headline", "boilerplate"]
    # The known title is a headline wherever it stands above the report, and so is what repeats it.
    assert kinds(f"Mali\n\nFive dead\n\n{STORY}", title="Five dead")[:2] == ["boilerplate", "headline"]
    text = f"{HEAD}, officials say\n\nMali\n\nFive dead\n\n{STORY}"
    assert kinds(text, title="Five dead")[:3] == ["headline", "boilerplate", "headline"]


def test_without_a_title_no_line_is_taken_for_it() -> None:
    assert kinds(f"{HEAD}\n\n* * * *\n\n—\n\n{STORY}", title="***")[0] == "headline"
    assert kinds(f"“”\n\nMali\n\n{STORY}")[1:] == ["headline", "body"]
    assert kinds(f"_ _\n\nMali\n\n{STORY}") == ["boilerplate", "headline", "body"]
    assert kinds(f"_ _\n\n{STORY}") == ["boilerplate", "body"]


@pytest.mark.parametrize("first", ["Five dead", "World"])
def test_the_first_line_is_the_headline_unless_a_longer_one_follows(first: str) -> None:
    assert parts(f"{first}\n\nMali\n\n{STORY}")[:2] == [("headline", first), ("boilerplate", "Mali")]
    assert parts(f"{first}\n\n{HEAD}\n\n{STORY}")[:2] == [("boilerplate", first), ("headline", HEAD)]
    assert parts(f"{first}\n\nThree words only\n\n{STORY}")[0] == ("headline", first)
    assert parts(f"{first}\n\nFour words and more\n\n{STORY}")[0] == ("boilerplate", first)


def test_a_headline_of_three_words_stands_over_a_longer_one() -> None:
    text = f"Five soldiers dead\n\n{HEAD}\n\n{STORY}"
    assert parts(text)[:2] == [("headline", "Five soldiers dead"), ("headline", HEAD)]


# ---- where the report begins


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        (words(6) + " dead.", False),
        (words(7) + " dead.", True),
        ("\n".join(["soldier"] * 7) + "\ndead.", True),
        (words(40), False),
        (words(41), True),
        (words(18) + " dead?", False),
        (words(19) + " dead?", True),
        (words(18) + " dead!”", False),
        (words(18) + " dead.", True),
        ("?" + words(18) + " dead.", True),
        (words(6) + " dead”.", False),
        (words(7) + " (dead.)", True),
        (words(7) + ' dead."', True),
        (words(7) + " dead. And", False),
        ("二" * 14 + "。", True),
        ("二" * 13 + "。", False),
        ("1" * 14 + ".", True),
        ("a" * 14 + ".", False),
        ("A" * 14 + ".", False),
        ("二" * 200 + "a.", True),
        ("二" * 199 + "a.", False),
        ("二" * 199 + "A.", False),
        ("BAMAKO, 3 Jan (Reuters) - Five", True),
        ("Soldiers in the market of Veld on Tuesday morning. (AP Photo/Jane Doe)", False),
        ("Soldiers stand in the market of Veld on Tuesday morning. AP", False),
        ("FILE - Soldiers stand in the market of Veld on Tuesday morning.", False),
        ("Soldiers in the market of Veld have seen the file: it is empty.", True),
    ],
)
def test_what_is_reporting(text: str, starts: bool) -> None:
    before, after = "FILE - x\n", "\n(AP Photo/x)"
    assert module._is_paragraph(text, module._Piece(0, len(text), "body")) is starts
    if not text.endswith(("?", "!”")):
        placed = before + text + after
        at = module._Piece(len(before), len(before) + len(text), "body")
        assert module._is_paragraph(placed, at) is starts


def test_a_question_is_a_headline_only_at_the_very_beginning() -> None:
    question = words(18) + " dead?"
    assert module._is_paragraph("x" + question, module._Piece(1, 1 + len(question), "body")) is True
    assert parts(f"{HEAD}\n\n{question}\n\n{STORY}")[1:] == [("body", f"{question}\n\n{STORY}")]
    assert parts(f"{question}\n\n{STORY}")[0] == ("headline", question)


def test_how_far_back_a_caption_s_credit_is_sought() -> None:
    def caption(text: str) -> bool:
        return module._is_caption(text, module._Piece(0, len(text), "body"))

    start, end = "(AP Photo/", ")"
    for length, found in ((104, True), (110, True), (111, False)):  # within the brackets a hundred letters
        credit = start + "x" * (length - len(start) - len(end)) + end
        assert caption("Soldiers. " + credit) is found
    assert caption("Soldiers in Veld. AP") is True
    assert caption("Soldiers in Veld. AP" + " " * 57) is False
    assert caption("Soldiers in Veld AP") is False
    assert caption("They stood. FILE - Soldiers in Veld") is False


# ---- a title in the first line


@pytest.mark.parametrize(
    ("opening", "headline"),
    [
        (f"{HEAD}. ", f"{HEAD}."),
        (f"{HEAD} . ", f"{HEAD} ."),
        (f"{HEAD}!! ", f"{HEAD}!!"),
        (f"{HEAD}? – ", f"{HEAD}?"),
        (f"{HEAD}  . ", f"{HEAD}"),
        (f"{HEAD}: ", HEAD),
        (f"{HEAD} | ", HEAD),
        (f"{HEAD} -- ", HEAD),
        (f"{HEAD}\n", HEAD),
        (f"“{HEAD}” — ", f"“{HEAD}”"),
        (f"{HEAD.upper()}: ", HEAD.upper()),
        (f"*- {HEAD}: ", f"*- {HEAD}"),
        ("Bomb  kills – five in: Veld. ", "Bomb  kills – five in: Veld."),
    ],
)
def test_a_title_before_the_report_in_one_line(opening: str, headline: str) -> None:
    text = opening + STORY
    found = module._title_in_first_line(text, [module._Piece(0, len(text), "body")], HEAD)
    assert [(p.kind, text[p.start : p.end]) for p in found] in (
        [("headline", headline), ("body", STORY)],
        [("headline", headline), ("body", ". " + STORY)],
    )


@pytest.mark.parametrize(
    "opening",
    [f"{HEAD} ", f"{HEAD}s. ", f"{HEAD}.5 ", f"{HEAD}:x ", f"*-- {HEAD}: ", f"A {HEAD}: ", "Bomb kills. "],
)
def test_no_title_before_the_report(opening: str) -> None:
    text = opening + STORY
    whole = [module._Piece(0, len(text), "body")]
    assert module._title_in_first_line(text, whole, HEAD) == whole
    dashed = f"— {STORY}"
    whole = [module._Piece(0, len(dashed), "body")]
    assert module._title_in_first_line(dashed, whole, "***") == whole


def test_a_title_of_sixty_words_is_enough_of_it() -> None:
    title = words(60)
    for beyond, apart in (("", True), (" sailor", True)):
        text = f"{title}. {STORY}"
        whole = [module._Piece(0, len(text), "body")]
        assert (len(module._title_in_first_line(text, whole, title + beyond)) == 2) is apart


def test_the_title_keeps_within_its_paragraph() -> None:
    text = f"{HEAD}. {STORY}"
    only = [module._Piece(0, len("Bomb kills five"), "body")]
    assert module._title_in_first_line(text, only, HEAD) == only
    told, _ = module._title_in_first_line(text, [module._Piece(0, len(HEAD), "body")], HEAD)
    assert (told.kind, text[told.start : told.end]) == ("headline", HEAD)
    told, _ = module._title_in_first_line(f"{HEAD} {STORY}", [module._Piece(0, len(HEAD), "body")], HEAD)
    assert (told.kind, told.end) == ("headline", len(HEAD))
    told, _ = module._title_in_first_line(f"{HEAD} — ", [module._Piece(0, len(HEAD) + 2, "body")], HEAD)
    assert told.end == len(HEAD)


def test_what_stands_around_the_title_stays() -> None:
    text = f"(Reuters)\n\n{HEAD}. {STORY}\n\n{MORE}"
    assert parts(text, title=HEAD) == [
        ("credit", "(Reuters)"),
        ("headline", f"{HEAD}."),
        ("body", f"{STORY}\n\n{MORE}"),
    ]
    by_agency = f"Xinhua says of it: {STORY}"
    assert parts(f"{HEAD}. {by_agency}", title=HEAD) == [("headline", f"{HEAD}."), ("body", by_agency)]
    assert parts(f"{HEAD}\n\n{HEAD}. {STORY}", title=HEAD) == [("headline", HEAD), ("body", f"{HEAD}. {STORY}")]


# ---- the outlet's name


def test_a_headline_that_stands_by_itself_as_well() -> None:
    text = f"{HEAD} | The Post\n\n{HEAD}\n\n{STORY}"
    assert parts(text)[:3] == [("headline", HEAD), ("credit", "The Post"), ("headline", HEAD)]
    assert parts(f"Mali\n\n{text}")[:3] == [("boilerplate", "Mali"), ("headline", HEAD), ("credit", "The Post")]


@pytest.mark.parametrize("mark", ["-", "–", "—", "|", "•", "·", ":", "»", "||", "  -  "])
def test_what_parts_headline_and_outlet(mark: str) -> None:
    text = f"{HEAD} {mark} The Post\n\n{STORY}"
    assert parts(text, source="the post!")[:2] == [("headline", HEAD), ("credit", "The Post")]


def test_the_outlet_stands_behind_the_last_mark() -> None:
    text = f"{HEAD} - what now - The Post\n\n{STORY}"
    assert parts(text, source="The Post")[:2] == [("headline", f"{HEAD} - what now"), ("credit", "The Post")]
    for joined in (f"{HEAD}- The Post", f"{HEAD} -The Post"):
        assert parts(f"{joined}\n\n{STORY}", source="The Post")[0] == ("headline", joined)


def test_nothing_is_parted_where_a_side_is_empty() -> None:
    for line in (f"{HEAD} - !", "! - The Post of today in Veld"):
        assert parts(f"{line}\n\n{STORY}", source="The Post of today in Veld")[0] == ("headline", line)
        assert parts(f"{line}\n\n{STORY}")[0] == ("headline", line)


def test_only_headlines_are_parted_and_nothing_is_lost() -> None:
    text = f"{HEAD} - The Post\n\nWhat is known of it - The Post\n\nMali\n\n{STORY}\n\nSoldiers - The Post"
    assert parts(text, source="The Post") == [
        ("headline", HEAD), ("credit", "The Post"), ("headline", "What is known of it"), ("credit", "The Post"),
        ("boilerplate", "Mali"), ("body", f"{STORY}\n\nSoldiers - The Post"),
    ]  # fmt: skip


# ---- other stories


def test_the_heading_of_other_stories_has_fewer_than_eighty_letters() -> None:
    for length, found in ((79, "boilerplate"), (80, "body"), (81, "body")):
        heading = "Related to this story: " + "x" * (length - 23)
        assert len(heading) == length
        assert kinds(f"{STORY}\n\nSeen there\n\n{heading}x\n\nFlood in Dhaka".replace("xx\n", "x\n"))[-1] == found


def test_other_stories_come_after_all_reporting() -> None:
    list_ = "More on the north\n\nFlood in Dhaka"
    assert kinds(f"{STORY}\n\n{list_}\n\n{MORE}") == ["body"]
    assert kinds(f"{STORY}\n\nSeen there\n\n{list_}") == ["body", "boilerplate", "boilerplate"]
    assert parts(f"{STORY}\n\nSeen there\n\n{list_}")[0] == ("body", f"{STORY}\n\nSeen there")
    assert "boilerplate" not in kinds(f"{HEAD}\n\nSeen there\n\n{list_}")
    assert kinds(f"{STORY}\n\nMore than that\n\nSee more from the town") == ["body"]


# ---- what is stuck to the end of a paragraph


def tail_of(text: str, tail: str) -> str:
    """What the end of a report's second paragraph is, told apart from what stands before it."""
    whole = f"{STORY}\n\n{text}{tail}\n\n{MORE}"
    at = whole.index(tail, len(STORY) + 2 + len(text))
    (found,) = [s for s in segments(whole) if s.start <= at < s.end]
    return found.kind if found.of(whole) == tail.strip() else "within " + found.kind


def test_how_much_furniture_may_be_stuck_to_a_sentence() -> None:
    start = "Click here to subscribe"
    for marks, found in ((160 - len(start), "boilerplate"), (161 - len(start), "within body")):
        assert tail_of(STORY, start + "!" * marks) == found


def test_furniture_alone_and_furniture_in_a_headline() -> None:
    assert parts(f"{HEAD} Read more\n\n{STORY}")[:2] == [("headline", HEAD), ("boilerplate", "Read more")]
    found = parts(f"{STORY}\n\n{MORE} \u00a0 All rights reserved")
    assert found == [("body", f"{STORY}\n\n{MORE}"), ("boilerplate", "All rights reserved")]


def test_furniture_behind_a_credit() -> None:
    text = f"{STORY}\n\nSoldiers in Veld. (AP Photo/Jane Doe) Read more\n\n{MORE}"
    assert parts(text)[1:4] == [
        ("caption", "Soldiers in Veld."), ("credit", "(AP Photo/Jane Doe)"), ("boilerplate", "Read more"),
    ]  # fmt: skip


def test_a_credit_lies_within_its_paragraph() -> None:
    first, second = "Soldiers in Veld (AP Photo/Jane", "Doe in Veld)"
    assert parts(f"{STORY}\n\n{first}\n\n{second}\n\n{MORE}") == [("body", f"{STORY}\n\n{first}\n\n{second}\n\n{MORE}")]


def test_a_caption_has_nine_hundred_letters_at_most() -> None:
    for length, kind in ((899, "caption"), (900, "caption"), (901, "body")):
        text = "x" * (length - 2) + ". (AP Photo/Jane Doe)"
        assert text.index("(") == length
        found = parts(f"{STORY}\n\n{text}\n\n{MORE}")
        assert ("credit", "(AP Photo/Jane Doe)") in found
        assert ("caption" in [k for k, _ in found]) is (kind == "caption")


def test_the_only_paragraph_is_no_caption() -> None:
    text = f"{HEAD}\n\n{STORY} (AP Photo/Jane Doe)"
    assert kinds(text) == ["headline", "body", "credit"]
    assert kinds(f"{text}\n\n{MORE}")[1] == "caption"


def test_an_agency_signs_the_last_paragraph_of_a_report() -> None:
    long = f"{STORY} {MORE} {STORY}"
    assert kinds(f"{MORE}\n\n{long} Reuters") == ["body", "credit"]
    assert kinds(f"{MORE}\n\n{long} Reuters\n\nSeen there") == ["body", "credit", "body"]
    assert kinds(f"{MORE}\n\n{long} Reuters\n\n{MORE}") == ["body", "caption", "credit", "body"]
    assert kinds(f"{MORE}\n\nSoldiers stand in Veld. Reuters") == ["body", "caption", "credit"]
    assert kinds(f"{MORE}\n\n{long} (AP Photo/Jane Doe)") == ["body", "caption", "credit"]
    assert kinds(f"{long} Reuters\n\nSeen there\n\nMali at noon") == ["body", "credit", "headline", "body"]
    dated = f"BAMAKO, 3 Jan (Reuters) - {long}"
    assert kinds(f"{MORE}\n\n{dated} Reuters") == ["body", "dateline", "body", "credit"]
    assert kinds(f"{MORE}\n\n{long} Getty Images") == ["body", "caption", "credit"], "pictures are all it sells"
    text = f"{HEAD}. AP - The Post\n\n{STORY}"
    assert parts(text, source="The Post")[0] == ("headline", f"{HEAD}. AP")
    assert kinds(f"{HEAD}. AP\n\n{STORY}\n\n{MORE}")[0] != "headline"


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [("x" * 248 + ".", "caption"), ("x" * 249 + ".", "body"), ("One. Two.", "caption"), ("One. Two. Three.", "body")],
)
def test_what_is_short_enough_for_a_caption(sentence: str, kind: str) -> None:
    text = f"{MORE}\n\n{STORY}\n\n{sentence} Reuters"
    assert ("caption" in kinds(text)) is (kind == "caption")
    assert kinds(text)[-1] == "credit"


def test_a_caption_is_known_by_its_beginning() -> None:
    assert kind_in_story("File photo - soldiers in the market of Veld on Tuesday.") == "caption"
    assert kind_in_story("Soldiers in the market of Veld have seen the file: it is empty.") == "body"


# ---- left and right


def test_a_caption_says_who_stands_where() -> None:
    line = "Jane Doe (left) and John Roe met in Veld on Tuesday morning, their offices in the capital said."
    assert parts(f"{HEAD}\n\n{STORY}\n\n{line}\n\n{MORE}")[2] == ("caption", line)
    assert "caption" not in kinds(f"{HEAD}\n\n{STORY}\n\n{line.replace('(left)', ', left, ')}\n\n{MORE}")
    both = line.replace("(left)", ", left,").replace("morning,", "(morning),")
    assert "caption" in kinds(f"{HEAD}\n\n{STORY}\n\n{both}\n\n{MORE}")
    assert parts(f"{HEAD} (left)\n\n{STORY}")[0] == ("headline", f"{HEAD} (left)")
    assert kinds(f"{STORY} (There.)\n\n{line.replace('(left)', ', left,')}\n\n{MORE} (There.)") == ["body"]


@pytest.mark.parametrize(("length", "kind"), [(499, "caption"), (500, "body"), (501, "body")])
def test_a_caption_that_says_so_has_fewer_than_five_hundred_letters(length: int, kind: str) -> None:
    line = "Jane Doe (left) " + "x" * (length - 17) + "."
    assert len(line) == length
    assert ("caption" in kinds(f"{HEAD}\n\n{STORY}\n\n{line}\n\n{MORE}")) is (kind == "caption")


@pytest.mark.parametrize(("before", "kind"), [(194, "caption"), (195, "body")])
def test_who_stands_where_is_said_in_the_first_two_hundred_letters(before: int, kind: str) -> None:
    line = "x" * (before - 1) + " (left) and John Roe met in Veld on Tuesday."
    assert ("caption" in kinds(f"{HEAD}\n\n{STORY}\n\n{line}\n\n{MORE}")) is (kind == "caption")


# ---- datelines


def test_a_dateline_is_sought_in_the_first_three_paragraphs_of_the_report() -> None:
    dated = "BAMAKO, 3 Jan (Reuters) - Five soldiers were killed in the market, the army said on Monday."
    for before, found in ((2, True), (3, False)):
        text = "\n\n".join([HEAD, "(Reuters)", *[STORY] * before, dated])
        assert ("dateline" in kinds(text)) is found


def test_what_stands_around_a_dateline_stays() -> None:
    dated = "BAMAKO, 3 Jan (Reuters) -"
    assert parts(f"{HEAD}\n\n{STORY}\n\n{dated}  {MORE}\n\n{STORY}") == [
        ("headline", HEAD), ("body", STORY), ("dateline", dated), ("body", f"{MORE}\n\n{STORY}"),
    ]  # fmt: skip
    assert parts(f"{HEAD}\n\n{dated}") == [("headline", HEAD), ("dateline", dated)]
