"""Which part of the page each line is, told from the text alone."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.articles.segments import segments
from mapper.model import Segment

SEEDS = Path(__file__).parents[2] / "seeds"
BODY = "The foreign minister of the island state met his counterpart on Tuesday, officials in the capital said."
MORE = "The two sides agreed to open three border posts before the end of the year, the ministry said."


def parts(text: str, **known: str) -> list[tuple[str, str]]:
    return [(segment.kind, segment.of(text)) for segment in segments(text, **known)]


def kinds(text: str, **known: str) -> dict[str, str]:
    return {words: kind for kind, words in parts(text, **known)}


def test_seed_of_a_page_with_labels_slug_and_button() -> None:
    text = (SEEDS / "000_e6bf141fd93fc848.txt").read_bytes().decode()
    found = parts(text)
    assert [kind for kind, _ in found] == [
        "headline",
        "credit",
        "boilerplate",
        "headline",
        "boilerplate",
        "body",
        "boilerplate",
    ]
    assert found[1][1] == "Islamic Invitation Turkey"
    assert found[2][1] == "North America"
    assert found[4][1] == "357145_Algeria-US-Kerry"
    assert found[6][1] == "Back to top button"
    assert found[5][1].startswith("Visiting US Secretary")
    assert found[5][1].endswith("ties between the countries.")


def test_seed_of_a_page_with_captions_and_credits() -> None:
    text = (SEEDS / "003_ac42fa43d409f4df.txt").read_bytes().decode()
    found = parts(text)
    assert [kind for kind, _ in found] == [
        *("headline", "headline", "caption", "credit", "boilerplate", "body"),
        *("caption", "credit", "caption", "credit", "body"),
    ]
    assert found[2][1].startswith("Fighters with the Al Qaeda-linked group")
    assert found[3][1] == "AP"
    assert found[4][1] == "Powered by automated translation"
    assert found[7][1] == "(AP Photo/Hassene Dridi)"
    assert found[8][1] == "The US Secretary of Defence also visited Tunisia."


@pytest.mark.parametrize(
    "line",
    [
        *("Back to top", "Back to top button", "Skip to main content", "Share this article", "Share on Facebook"),
        *("Facebook Twitter WhatsApp", "Follow us on Twitter", "Subscribe to our newsletter", "Advertisement"),
        *("Powered by automated translation", "Read more", "Read more: Five held over raid", "Related articles"),
        *("© 2019 The Daily. All rights reserved.", "All rights reserved", "3 comments", "Leave a comment"),
        *("Tags: Mali, army, peace", "Click here to subscribe", "We use cookies to make this site work", "5 min read"),
        *("Loading...", "1 of 12", "357145_Algeria-US-Kerry", "IMG_2231.jpg", "https://example.org/a", "#mali #peace"),
        *("Published: 3 April 2014 10:20", "Last updated on March 3, 2019 at 5 pm", "* * *"),
        *("Partager sur Facebook", "Lire aussi : trois morts à Gao", "Retour en haut", "Publicité", "Abonnez-vous"),
        *("Compartir en Twitter", "Leer también: tres muertos", "Volver arriba", "Todos los derechos reservados"),
        *("العودة إلى الأعلى", "شارك", "جميع الحقوق محفوظة", "اقرأ أيضا المزيد", "Поделиться", "Реклама"),
    ],
)
def test_furniture(line: str) -> None:
    text = f"Ministers open three border posts\n\n{BODY}\n\n{line}\n\n{MORE}"
    assert kinds(text)[line] == "boilerplate"
    assert kinds(text)[BODY] == "body"


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe buttons were smashed and the newspaper was burnt down in the riot on Monday.",
        "Related charges were dropped against the five officers who had been held since May.",
        "Follow us, the soldiers told the villagers before they led them to the river.",
        "Top officials met in the capital.",
        "Most popular parties boycotted the vote in the north.",
        "Home ministry officials said three people had died.",
        "By Tuesday the rebels had taken the town and its airport.",
        "By land and by sea, thousands fled the islands.",
        "Share prices fell in the capital after the coup.",
        "AP reporters saw three bodies in the street.",
        "Photo shops were looted in the centre of the town.",
        "The sign up at the border said that the road was mined.",
    ],
)
def test_reporting_that_begins_like_furniture(line: str) -> None:
    text = f"Ministers open three border posts\n\n{BODY}\n\n{line}\n\n{MORE}"
    assert [kind for kind, words in parts(text) if line in words] == ["body"]


@pytest.mark.parametrize(
    "line",
    [
        *("AP", "Reuters", "AFP/Getty Images", "(AP Photo/Jane Doe)", "Photo: Jane Doe/Reuters", "Credit: Reuters"),
        *("Image courtesy of the ministry", "Crédit photo : Jean Dupont", "Foto: EFE", "[Photo by Jane Doe]"),
    ],
)
def test_credits(line: str) -> None:
    assert kinds(f"Ministers open three border posts\n\n{BODY}\n\n{line}\n\n{MORE}")[line] == "credit"


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("Soldiers stand guard at a checkpoint in Gao. AP", "Soldiers stand guard at a checkpoint in Gao."),
        (
            "Soldiers stand guard in Gao, March 3, 2019. (AP Photo/Jane Doe)",
            "Soldiers stand guard in Gao, March 3, 2019.",
        ),
        ("A market in Mopti, Mali. Photo: Jane Doe", "A market in Mopti, Mali."),
        ("A market in Mopti, Mali / Reuters/Jane Doe", "A market in Mopti, Mali"),
    ],
)
def test_captions_and_their_credits(line: str, caption: str) -> None:
    found = parts(f"Ministers open three border posts\n\n{line}\n\n{BODY}\n\n{MORE}")
    assert ("caption", caption) in found
    assert found[found.index(("caption", caption)) + 1][0] == "credit"


def test_captions_by_their_opening() -> None:
    line = "FILE - Fighters ride through Kidal in the north of the country in 2012."
    assert kinds(f"Ministers open posts\n\n{BODY}\n\n{line}\n\n{MORE}")[line] == "caption"


def test_an_agency_under_a_report_signs_it_and_makes_no_caption() -> None:
    last = MORE + " " + BODY + " " + MORE
    found = parts(f"Ministers open three border posts\n\n{BODY}\n\n{last} Reuters")
    assert ("credit", "Reuters") in found
    assert "caption" not in [kind for kind, _ in found]


@pytest.mark.parametrize(
    "byline",
    [
        *("By Jane Doe", "By Jane Doe and John Smith, Associated Press", "Par Jean Dupont", "Por María Pérez"),
        *("بقلم محمد علي", "Reporting by Jane Doe; Editing by John Smith", "Jane Doe, Associated Press Writer"),
    ],
)
def test_bylines(byline: str) -> None:
    assert kinds(f"Ministers open three border posts\n{byline}\n\n{BODY}\n\n{MORE}")[byline] == "byline"


@pytest.mark.parametrize(
    "dateline",
    [
        *("TUNIS, Tunisia (AP) —", "BAMAKO, 3 Jan (Reuters) -", "SAN SALVADOR, 3 JAN 90 -- [TEXT]", "WASHINGTON —"),
        *("NAIROBI, Kenya (AP) _", "Paris, 12 March 2015 (AFP) -", "Algiers (AFP) –", "ALGER, 3 avril 2014 (APS) -"),
        *("MOSCOW (USSR), 12 OCT 89 (TASS) -- [COMMENTARY] [TEXT]", "الجزائر (رويترز) -", "新华社北京3月1日电"),
        *("Madrid, 3 ene (EFE).-", "ST. LOUIS (AP) --", "N'DJAMENA, Chad (AP) —"),
    ],
)
def test_datelines(dateline: str) -> None:
    found = parts(f"Ministers open three border posts\n\n{dateline} {BODY}\n\n{MORE}")
    assert found[1] == ("dateline", dateline)
    assert found[2] == ("body", f"{BODY}\n\n{MORE}")


@pytest.mark.parametrize(
    "opening",
    [
        "The minister - a former general - met his counterpart in the capital on Tuesday, officials said.",
        "Two men: one armed, one not, were held at the border on Tuesday night, officials said.",
        "NATO - the alliance of 29 states - met in the capital on Tuesday, officials said.",
        "Ministers (all but one) met: they signed an accord on water, officials in the capital said.",
    ],
)
def test_openings_that_are_no_dateline(opening: str) -> None:
    assert "dateline" not in [kind for kind, _ in parts(f"{opening}\n\n{MORE}")]


def test_a_known_title_in_the_first_line() -> None:
    title = "Ministers open three border posts"
    assert parts(f"{title}. {BODY}", title=title) == [("headline", f"{title}."), ("body", BODY)]


def test_a_label_above_the_headline() -> None:
    found = parts(f"World News\nMinisters open three border posts in the north\n\n{BODY}\n\n{MORE}")
    assert found[:2] == [
        ("boilerplate", "World News"),
        ("headline", "Ministers open three border posts in the north"),
    ]


def test_the_outlets_name_behind_the_headline() -> None:
    found = parts(f"Ministers open three border posts | The Daily\n\n{BODY}\n\n{MORE}", source="The Daily")
    assert found[:2] == [("headline", "Ministers open three border posts"), ("credit", "The Daily")]


def test_a_dash_in_a_headline_parts_nothing() -> None:
    headline = "Ministers open border posts - but only three"
    assert parts(f"{headline}\n\n{BODY}\n\n{MORE}")[0] == ("headline", headline)


def test_the_list_of_other_stories_at_the_foot() -> None:
    text = (
        f"Ministers open posts\n\n{BODY}\n\n{MORE}\n\nMore from The Daily\n\nBomb kills five in Kabul\n\nFlood in Dhaka"
    )
    assert [kind for kind, _ in parts(text)] == ["headline", "body", *["boilerplate"] * 3]


@pytest.mark.parametrize("glued", ["Back to top button", "All rights reserved", "Retour en haut", "Read more"])
def test_furniture_stuck_to_the_last_sentence(glued: str) -> None:
    for between in ("", " "):
        found = parts(f"Ministers open three border posts\n\n{BODY}\n\n{MORE}{between}{glued}")
        assert found[1:] == [("body", f"{BODY}\n\n{MORE}"), ("boilerplate", glued)]


def test_text_without_a_headline_is_all_body() -> None:
    assert parts(f"{BODY}\n\n{MORE}") == [("body", f"{BODY}\n\n{MORE}")]
    assert parts("Bomb kills five") == [("body", "Bomb kills five")]


def test_hard_wrapped_reports_are_cut_at_no_line() -> None:
    text = (
        "   SAN SALVADOR, 3 JAN 90 -- [TEXT] THE BATTALION COMMAND HAS REPORTED THAT\n"
        "ABOUT 50 PEASANTS HAVE BEEN KIDNAPPED BY THE\nREBELS IN THE EASTERN PROVINCE.\n"
    )
    assert parts(text) == [("dateline", "SAN SALVADOR, 3 JAN 90 -- [TEXT]"), ("body", text.strip().partition("] ")[2])]


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "AA, ",
            "AP and ",
            "Aa, ",
            "12",
            "a_",
            "By A ",
            "share on ",
            "Facebook ",
            "LA, ",
            "1 Jan ",
            "[a]",
            "(",
            '"',
            "!",
        ),
        *("\u0627", "\u0627 ", "A\n", "AP\n", "A. ", "- ", "photo: ", "\u00a9 a ", "aa1_\n", "12\n\n"),
    ],
)
def test_no_line_keeps_the_patterns_long(unit: str) -> None:
    before = time.perf_counter()
    for length in (40, 139, 299, 5_000):
        for end in ("", "\x00", "!", " AP"):
            segments((unit * length)[:length] + end)
    assert time.perf_counter() - before < 5


LINES = st.sampled_from(
    [
        BODY,
        MORE,
        "AP",
        "",
        " ",
        "Back to top",
        "By Jane Doe",
        "TUNIS (AP) — It rained all day long.",
        "A line",
        "Photo: x",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES | st.text(max_size=40), max_size=12).map("\n".join), st.none() | st.text(max_size=30))
def test_every_visible_character_has_one_part(text: str, title: str | None) -> None:
    found = segments(text, title=title, source=title)
    assert all(isinstance(segment, Segment) for segment in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= segment.start < segment.end <= len(text) for segment in found)
    covered = "".join(segment.of(text) for segment in found)
    outside = "".join(text.split())
    inside = "".join(covered.split())
    # What parts a headline from an outlet's name, or a title from its report, belongs to neither.
    missing = len(outside) - len(inside)
    assert missing >= 0
    assert all(not character.isalnum() for character in _difference(outside, inside))


def _difference(longer: str, shorter: str) -> str:
    rest, left = [], iter(shorter)
    wanted = next(left, None)
    for character in longer:
        if character == wanted:
            wanted = next(left, None)
        else:
            rest.append(character)
    assert wanted is None
    return "".join(rest)


def test_a_whole_report_on_one_line_with_a_credit_is_no_caption() -> None:
    report = f"TUNIS (AP) — {BODY} {MORE} {BODY} {MORE}"
    assert [kind for kind, _ in parts(f"{report} (AP Photo/Jane Doe)")] == ["dateline", "body", "credit"]


def test_a_dateline_on_a_line_of_its_own() -> None:
    assert parts(f"NAIROBI, Kenya (AP) _\n\n{BODY}\n\n{MORE}")[0] == ("dateline", "NAIROBI, Kenya (AP) _")
    assert parts(f"Headline of four words\n\nTOKYO —\n\n{BODY}\n\n{MORE}")[1] == ("dateline", "TOKYO —")
