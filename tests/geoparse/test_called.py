"""Words beside a name: which of them tell what sort of place it is."""

from __future__ import annotations

import pytest

import mapper
from gazetteer import Gazetteer
from mapper.geoparse.called import called_for, has_article, is_dateline
from mapper.geoparse.mention import Mention


def mention(text: str, name: str) -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), 0, 1, name, 1.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("He left Kano state.", "state"),
        ("He left the state of Kano.", "state"),
        ("The governor of Kano left.", "state"),
        ("The mayor of Kano left.", "city"),
        ("the outskirts of Kano", "city"),
        ("a village near Kano", "city"),
        ("Kano's state house", "state"),
        ("He left Kano.", ""),
        ("The people of Kano left.", ""),
        ("Kano statements", ""),
        ("Kano river", ""),  # no water of this name
    ],
)
def test_a_word_counts_where_a_place_of_that_sort_has_the_name(gazetteer: Gazetteer, text: str, head: str) -> None:
    assert called_for(text, mention(text, "Kano"), gazetteer.candidates("Kano")) == head


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("They crossed the Sahel.", True),
        ("The Sahel is dry.", True),
        ("across the Sahel", True),
        ("the Sahel states", False),
        ("They crossed Sahel.", False),
        ("bathe Sahel.", False),
    ],
)
def test_an_article_counts_where_the_name_stands_alone(text: str, alone: bool) -> None:
    assert has_article(text, mention(text, "Sahel")) is alone


@pytest.mark.parametrize(
    ("text", "filed"),
    [
        ("KANO (AP) — Police said", True),
        ("KANO, Nigeria (AP) — Police said", True),
        ("KANO, 3 May (Reuters) - Police said", True),
        ("Kano — Police said", True),
        ("By someone\nKANO -- Police said", True),
        ("In KANO (AP) — Police said", False),
        ("Kano, once a town of traders, is", False),
        ("Kano-based traders", False),
        ("Kano police said", False),
    ],
)
def test_a_dateline_begins_a_line_and_ends_in_a_dash_or_an_agency(text: str, filed: bool) -> None:
    assert is_dateline(text, mention(text, "KANO" if "KANO" in text else "Kano")) is filed


@pytest.mark.parametrize("name", ["New York", "Idlib", "Oaxaca"])
def test_news_is_filed_from_the_town_and_not_from_the_unit_around_it(name: str) -> None:
    text = f"{name.upper()} (AP) — Police in {name} arrested two men. The governor of {name} objected."
    (analysis,) = mapper.analyse([mapper.Article(id="a", text=text)])
    classes = [t.place.feature_class for t in analysis.toponyms if t.place is not None and t.text.title() == name]
    assert classes == ["P", "P", "A"]


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("Nurses went on strike in Zinder, Niger.", "P"),
        ("A village near Mopti was raided.", "P"),
        ("A bomb exploded in Córdoba, Argentina.", "P"),
        ("Protesters marched in Quebec, Canada.", "A"),
        ("Nurses went on strike in Zinder region, Niger.", "A"),
    ],
)
def test_a_seat_before_its_country_is_the_town(text: str, letter: str) -> None:
    (analysis,) = mapper.analyse([mapper.Article(id="a", text=text)])
    first = analysis.toponyms[0].place
    assert first is not None
    assert first.feature_class == letter
