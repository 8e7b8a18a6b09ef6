"""Words that look like days and months and are none."""

from __future__ import annotations

import pytest

from mapper.events.dates import find


@pytest.mark.parametrize(
    "text",
    [
        "He may go home.", "They march on the capital.", "Domingo Cavallo said so.", "USA TODAY said so.",
        "They remember Bloody Sunday.", "They remember Good Friday.", "Mon ami est parti.",
        "It was a 2003 Honda Accord.",
        "The wed couple left.", "They sat down.", "The team of El Ayer won.", "El club Hoy Deportes gana.",
        "The sun shone.", "He will dec the halls.", "Next day delivery is free.", "They may march in step.",
    ],
)  # fmt: skip
def test_no_date(text: str) -> None:
    assert find(text, "2020-10-01") == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He came on Monday. Next day he left.", ["Monday"]),
        ("It rained on 5 may.", ["5 may"]),
        ("On Sunday they remembered Bloody Sunday.", ["Sunday"]),
        ("El domingo llegaron.", ["domingo"]),
        ("It fell in 2003 and Honda left.", ["2003"]),
    ],
)
def test_a_date_beside_one(text: str, found: list[str]) -> None:
    assert [one.text for one in find(text, "2020-10-01")] == found
